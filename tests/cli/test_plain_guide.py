"""The deck's words for its facilitator at the plain table."""

import io
import sys
from collections.abc import Callable

import pytest

from tabletop.cli.plain.table import PlainTable
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tests.session.test_hot_wash import game

Play = Callable[..., str]


@pytest.fixture
def play(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Plays the typed lines at a plain table, and gives what it said."""

    def play_lines(session: Session, *lines: str) -> str:
        typed = "".join(f"{line}\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        PlainTable(session).play()
        return capsys.readouterr().out

    return play_lines


def seated(control: str, red: str) -> Session:
    """The deck with guide and hot washes, and a bot for its other team."""
    seats = {CONTROL: control, "red": red, "blue": "bot:first"}
    return Session.new(game().deck, seed=1, seats=seats)


def test_the_questions_of_a_hot_wash_are_told_as_it_opens(play: Play) -> None:
    said = play(seated("person", "bot:first"), "1", "1")
    before, _, now = said.partition("Control, Round 1 of 4, Hot wash\n")
    assert "Ask:" not in before
    assert "\nAsk: Who <knew>?\nAsk: When?\n" in now


def test_control_reads_the_guide(play: Play) -> None:
    said = play(seated("person", "bot:first"), "guide")
    assert "Agenda: Two [hours]:\n- 100 min Play\n" in said
    assert "Read aloud." in said
    assert "Hot wash of Round 4:\n- At what price?\n" in said
    assert said.index("At the end:") > said.index("Hot wash of Round 4")


def test_a_team_is_not_told(play: Play) -> None:
    said = play(seated("auto", "person"), "guide", "?")
    assert "only control can do this" in said
    assert "Agenda" not in said
    assert "Ask:" not in said
