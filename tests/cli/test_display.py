"""`tabletop display`: what is handed to the screen, and what a room can read."""

from pathlib import Path

import pytest

from tabletop.cli import display, output
from tabletop.session.watch import Watch
from tabletop.tui.theme import THEMES
from tests.cli.conftest import Shell

Shown = list[tuple[Path, str, bool]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """The save and the look that were shown, and whether there was a game."""
    found: Shown = []

    def show(watch: Watch, theme: str) -> None:
        watch.follow()
        found.append((watch.path, theme, watch.view() is not None))

    monkeypatch.setattr(output, "has_screen", lambda: True)
    monkeypatch.setattr("tabletop.tui.display.run_display", show)
    return found


def test_it_shows_a_save_and_leaves_it_as_it_is(shell: Shell, shown: Shown) -> None:
    shell("play", "ferry.toml", "--save", "game.jsonl", "--plain")
    before = Path("game.jsonl").read_bytes()
    result = shell("display", "game.jsonl", "--theme", "paper")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert shown == [(Path("game.jsonl"), "paper", True)]
    assert Path("game.jsonl").read_bytes() == before
    assert not Path("game.jsonl.lock").exists()


def test_the_save_need_not_exist_yet(shell: Shell, shown: Shown) -> None:
    assert shell("display", "tomorrow.jsonl").code == 0
    assert shown == [(Path("tomorrow.jsonl"), "night", False)]


def test_its_looks_are_those_of_the_program() -> None:
    assert THEMES == display.LOOKS


def test_it_needs_a_save(shell: Shell, shown: Shown) -> None:
    result = shell("display")
    assert result.code == 2
    assert "tabletop display SAVE" in result.err
    assert shown == []


def test_it_needs_a_terminal(shell: Shell) -> None:
    result = shell("display", "game.jsonl")
    assert result.code == 2
    assert "terminal" in result.err


def test_what_can_be_read_from_the_last_row(shell: Shell) -> None:
    result = shell("display", "--distance", "4", "--width", "1.5")
    assert result.code == 0
    assert "27 rows and 96 columns" in result.out


def test_a_picture_that_is_too_small_is_told(shell: Shell) -> None:
    result = shell("display", "--distance", "30", "--width", "1.5")
    assert result.code == 0
    assert "no farther away than 6.2 m" in result.out


def test_nearer_or_larger_is_never_worse() -> None:
    rows = [display.legible(4, width / 10) for width in range(5, 100)]
    assert rows == sorted(rows)
    columns = [display.legible(distance / 2, 3) for distance in range(1, 60)]
    assert columns == sorted(columns, reverse=True)


@pytest.mark.parametrize(
    "line",
    [
        ("--distance", "4"), ("--width", "2"), ("--distance", "0", "--width", "2"),
        ("--distance", "far", "--width", "2"), ("--distance", "nan", "--width", "2"),
        ("--theme", "pink", "game.jsonl"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(shell: Shell, line: tuple[str, ...]) -> None:
    assert status(shell, *line) == 2


def status(shell: Shell, *line: str) -> object:
    """The exit status, whether the parser or the verb refuses."""
    try:
        return shell("display", *line).code
    except SystemExit as stop:
        return stop.code
