"""The verbs that open a screen hand the right game to it, and say where it was left."""

from pathlib import Path

import pytest

from tabletop.cli import output
from tabletop.session.session import Session
from tests.cli.conftest import Shell

Opened = list[Session | None]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What the screen was opened with; it is left at once."""
    found: Opened = []

    def table(session: Session) -> Path | None:
        found.append(session)
        return session.path

    def home() -> Path | None:
        found.append(None)
        return None

    monkeypatch.setattr(output, "has_screen", lambda: True)
    monkeypatch.setattr("tabletop.tui.app.run_session", table)
    monkeypatch.setattr("tabletop.tui.app.run_home", home)
    return found


def test_no_verb_opens_the_home_screen(shell: Shell, opened: Opened) -> None:
    result = shell()
    assert (result.code, result.out, opened) == (0, "", [None])


def test_play_opens_the_table(shell: Shell, opened: Opened) -> None:
    seats = ("--seat", "crew=bot:greedy", "--seat", "control=person")
    result = shell("play", "ferry.toml", *seats, "--seed", "7", "--save", "a b.jsonl")
    assert result.out == (
        "Saved in a b.jsonl\nGo on with: tabletop resume 'a b.jsonl'\n"
    )
    [session] = opened
    assert session is not None
    assert session.seed == 7
    assert session.seats == {
        "crew": "bot:greedy",
        "harbour": "person",
        "control": "person",
    }


def test_resume_opens_the_same_game(shell: Shell, opened: Opened) -> None:
    shell("play", "ferry.toml", "--seed", "7", "--save", "game.jsonl")
    shell("resume", "game.jsonl")
    first, second = opened
    assert first is not None
    assert second is not None
    assert first.view("crew") == second.view("crew")


@pytest.mark.parametrize("line", [("play", "ferry.toml"), ("resume", "game.jsonl")])
def test_the_save_is_free_again_even_when_the_screen_fails(
    shell: Shell,
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
    line: tuple[str, ...],
) -> None:
    shell("play", "ferry.toml", "--save", "game.jsonl")

    def fail(_session: Session) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tabletop.tui.app.run_session", fail)
    with pytest.raises(ZeroDivisionError):
        shell(*line, *(["--save", "other.jsonl"] if line[0] == "play" else []))
    for save in Path().glob("*.jsonl"):
        Session.open(save).close()
