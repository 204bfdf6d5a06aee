"""`tabletop record`: a save becomes a test that passes, where its author wants it."""

import shutil
from pathlib import Path

import pytest

from tabletop.bots.bulk import play_one
from tabletop.deck.loader import load
from tests.cli.conftest import DECK, Shell

SAVES = Path(__file__).parents[2] / "saves"


@pytest.fixture
def save(shell: Shell) -> Path:
    """A game of the ferry, in the folder that holds its deck."""
    path = Path("game.jsonl")
    play_one(load("ferry.toml"), 4, 0, {}, path).close()
    return path


def test_what_is_recorded_passes(shell: Shell, save: Path) -> None:
    recorded = shell(
        "record", "game.jsonl", "--deck", "ferry.toml", "-o", "ferry.test.toml"
    )
    assert (recorded.code, recorded.err) == (0, "")
    assert "to ferry.test.toml" in recorded.out
    result = shell("test", "ferry.toml")
    assert result.code == 0
    assert "ok     recorded: Left behind" in result.out


def test_it_is_printed_where_no_place_is_named(shell: Shell, save: Path) -> None:
    printed = shell("record", "game.jsonl", "--deck", "ferry.toml").out
    assert printed.startswith('deck = "ferry.toml"\nformat = 1\n\n[[test]]\n')
    Path("a.test.toml").write_text(printed, encoding="utf-8")
    assert shell("test", "a.test.toml").code == 0


def test_each_step_may_say_what_it_changes(shell: Shell, save: Path) -> None:
    more = ("record", "game.jsonl", "--deck", "ferry.toml", "-o", "ferry.test.toml")
    assert shell(*more, "--each").code == 0
    text = Path("ferry.test.toml").read_text(encoding="utf-8")
    assert 'play = "board", then = { aboard = ' in text
    assert shell("test", "ferry.toml").code == 0


def test_the_deck_is_named_as_seen_from_the_file(shell: Shell, save: Path) -> None:
    Path("decks").mkdir()
    shutil.copy("ferry.toml", "decks")
    more = ("--deck", "decks/ferry.toml", "-o", "deep/er/x.test.toml")
    assert shell("record", "game.jsonl", *more).code == 0
    text = Path("deep/er/x.test.toml").read_text(encoding="utf-8")
    assert text.startswith('deck = "../../decks/ferry.toml"\n')
    assert shell("test", "deep").code == 0


def test_more_tests_are_added_to_a_file(shell: Shell, save: Path) -> None:
    more = ("record", "game.jsonl", "--deck", "ferry.toml", "-o", "ferry.test.toml")
    assert shell(*more).code == 0
    assert shell(*more, "--append").code == 2
    again = shell(
        "record", "game.jsonl", "-o", "ferry.test.toml", "--append", "--until", "2",
        "--name", 'the "start"',
    )  # fmt: skip
    assert again.code == 0
    listed = shell("test", "ferry.test.toml", "--list").out.splitlines()
    assert [line.split(": ", 2)[2] for line in listed] == [
        "recorded: Left behind", 'the "start"',
    ]  # fmt: skip
    assert shell("test", "ferry.test.toml").code == 0


def test_tests_of_another_deck_are_not_mixed_in(shell: Shell, save: Path) -> None:
    shutil.copy("ferry.toml", "other.toml")
    shell("record", "game.jsonl", "--deck", "other.toml", "-o", "a.test.toml")
    before = Path("a.test.toml").read_text(encoding="utf-8")
    result = shell(
        "record", "game.jsonl", "--deck", "ferry.toml", "-o", "a.test.toml",
        "--append", "--name", "x",
    )  # fmt: skip
    assert result.code == 2
    assert "are of other.toml" in result.err
    assert Path("a.test.toml").read_text(encoding="utf-8") == before


def test_a_deck_that_was_changed_is_told(shell: Shell, save: Path) -> None:
    Path("ferry.toml").write_text(
        DECK.replace("aboard += 30", "aboard += 31"), encoding="utf-8"
    )
    result = shell(
        "record", "game.jsonl", "--deck", "ferry.toml", "-o", "ferry.test.toml"
    )
    assert result.code == 0
    assert "is not the deck that was played" in result.err


def test_a_shipped_deck_is_found_by_its_id(shell: Shell) -> None:
    result = shell("record", str(SAVES / "tutorial.jsonl"), "-o", "t.test.toml")
    assert result.code == 0
    text = Path("t.test.toml").read_text(encoding="utf-8")
    assert text.splitlines()[0].endswith('decks/tutorial.toml"')


def test_a_deck_beside_the_test_is_found_by_its_id(shell: Shell, save: Path) -> None:
    assert shell("record", "game.jsonl", "-o", "ferry.test.toml").code == 0
    text = Path("ferry.test.toml").read_text(encoding="utf-8")
    assert text.startswith('deck = "ferry.toml"\n')
    Path("deep/ferry").mkdir(parents=True)
    shutil.move("ferry.toml", "deep/ferry/deck.toml")
    lost = shell("record", "game.jsonl")
    assert lost.code == 2
    assert "no deck called 'ferry'" in lost.err
    assert "--deck" in lost.err
    assert shell("record", "game.jsonl", "-o", "deep/a.test.toml").code == 0
    text = Path("deep/a.test.toml").read_text(encoding="utf-8")
    assert text.startswith('deck = "ferry"\n')


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--deck", "ferri.toml"), "no deck 'ferri.toml'"),
        (("--deck", "ferry.toml", "-o", "x.toml"), "would not be found"),
        (("--deck", "ferry.toml", "--append"), "--append needs a file"),
        (("--deck", "ferry.toml", "--until", "99"), "no move 99"),
        (("--deck", "ferry.toml", "--until", "0"), "nothing was played"),
        (("--deck", "ferry.toml", "-o", "there.test.toml"), "exists already"),
    ],
)
def test_what_can_t_be_recorded(
    shell: Shell, save: Path, more: tuple[str, ...], said: str
) -> None:
    Path("there.test.toml").write_text("", encoding="utf-8")
    result = shell("record", "game.jsonl", *more)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert "hint: " in result.err or "--until" in more


def test_a_save_that_is_none(shell: Shell) -> None:
    assert shell("record", "ferry.toml").code == 4


def test_a_name_that_no_test_may_have_is_refused(shell: Shell, save: Path) -> None:
    result = shell("record", "game.jsonl", "--deck", "ferry.toml", "--name", "x" * 999)
    assert (result.code, result.out) == (2, "")
    assert "at most 200 characters, not 999" in result.err
