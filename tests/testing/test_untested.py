"""What no test reaches is named, and what tests reach or name is not."""

from pathlib import Path

import pytest

from tabletop.deck.diagnostics import Spot
from tabletop.testing.untested import findings
from tests.cli.conftest import DECK
from tests.decks.shipped import TUTORIAL


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.toml"
    path.write_text(DECK, encoding="utf-8")
    return path


def write(ferry: Path, text: str, name: str = "ferry.test.toml") -> None:
    text = f'deck = "ferry.toml"\n\n{text}'
    ferry.with_name(name).write_text(text, encoding="utf-8")


def untested(ferry: Path) -> list[str]:
    return [finding.message.split("the ")[-1] for finding in findings(ferry)]


DOOR = """\
[[test]]
name = "door"
steps = [{ team = "crew", play = "board", then = { aboard = 30 } }]
"""


TRIED = """\
[[test]]
name = "x"
steps = [{ team = "harbour", try = "hurry", illegal = "turn" }]
"""
ENDED = """\
[[test]]
name = "x"
steps = [{ advance = "end" }]
expect.where = ["ending.left_behind", "played.board == 0"]
"""


def test_a_deck_without_tests_is_told_once(ferry: Path) -> None:
    [finding] = findings(ferry)
    assert (finding.code, finding.message) == ("W701", "the deck has no tests")


def test_what_is_played_is_tested(ferry: Path) -> None:
    write(ferry, DOOR)
    assert untested(ferry) == ["card `hurry`", "ending `left_behind`"]
    [card, _] = findings(ferry)
    assert card.spot == Spot(("cards", "hurry"), part="header")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (TRIED, ["card `board`", "ending `left_behind`"]),
        ('[[chance]]\nending = "left_behind"\nbetween = [0, 1]\nruns = 9',
         ["card `board`", "card `hurry`"]),
        ('[[never]]\nreach = "card:board"\ngames = 0',
         ["card `hurry`", "ending `left_behind`"]),
        ('[[reach]]\nwhere = ["played.hurry > 0"]\nwithin.runs = 50',
         ["card `board`", "ending `left_behind`"]),
        (ENDED, ["card `hurry`"]),
    ],
)  # fmt: skip
def test_what_is_named_is_tested(ferry: Path, text: str, left: list[str]) -> None:
    write(ferry, text)
    assert untested(ferry) == left


def test_files_with_errors_and_of_other_decks_do_not_count(ferry: Path) -> None:
    write(ferry, DOOR.replace("steps", "stepps"))
    assert untested(ferry) == ["deck has no tests"]
    ferry.with_name("deck.toml").write_text(DECK, encoding="utf-8")
    folder = ferry.parent
    write(ferry, DOOR, "other.test.toml")  # beside deck.toml, of ferry.toml
    assert untested(folder) == ["deck has no tests"]


def test_the_tutorial_s_tests_leave_little_out() -> None:
    assert len(findings(TUTORIAL)) <= 6
