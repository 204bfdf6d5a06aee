"""The plain table with a real game: lasting numbers, secrets, questions, curtains."""

import io
import sys
from collections.abc import Callable

import pytest

from tabletop.cli.plain.table import PlainTable
from tabletop.deck.loader import load_text
from tabletop.session.session import Session
from tabletop.session.view import CONTROL

DECK = """
format = 1
id = "pact"
title = "The pact"

[rounds]
count = 2
ending = "over"

[teams.red]
name = "Red"
points = 3
hand = "all"

[teams.blue]
name = "Blue"
points = 3
hand = "all"

[tracks.front]
label = "Front"
start = 5

[tracks.patience]
label = "Red's patience"
start = 40
visible_to = ["red"]

[flags.truce]
label = "Truce"

[flags.want]
label = "Want: the bridge"
visible_to = ["red"]

[flags.bridge]
label = "Bridge open"

[cards.march]
team = "red"
title = "March"
limit = 1
effects = ["front += 10", "bridge = true"]

[cards.dig]
team = "red"
title = "Dig"
requires = "front >= 10"
effects = ["front -= 1"]

[cards.pact]
team = "red"
title = "Pact"
ask = [ { teams = ["red", "blue"], prompt = "Do you sign?", options = [
    { id = "sign", label = "Sign" },
    { id = "no", label = "Refuse", effects = ["front += 1"] } ] } ]
outcomes = [
    { when = "chose.sign == asked", text = "Quiet.", effects = ["truce = true"] } ]

[cards.wait]
team = "blue"
title = "Wait"
effects = ["front += 1"]

[injects.envelope]
title = "An envelope"
at = { round = 1 }
audience = ["red"]
effects = ["want = true"]

[injects.letter]
title = "A letter"
sender = "The mayor"
ask = [{ team = "blue", prompt = "Who opens it?", options = [
    { id = "we", label = "We do", effects = ["front += 1"] } ] }]

[endings.over]
title = "Over"
"""
ALONE = {"red": "person", "blue": "bot:first"}
BOTH = {"red": "person", "blue": "person", CONTROL: "auto"}
FACILITATED = {**BOTH, CONTROL: "person"}

Play = Callable[..., str]


@pytest.fixture
def play(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Types lines at a table with these seats, and gives what it said."""

    def typed(seats: dict[str, str], *lines: str) -> str:
        deck = load_text({"pact.toml": DECK})
        text = "".join(f"{line}\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        PlainTable(Session.new(deck, seed=1, seats=seats)).play()
        return capsys.readouterr().out

    return typed


def test_a_card_keeps_its_number_when_others_come_and_go(play: Play) -> None:
    said = play(ALONE, "1", "h")
    first, then = said.split("Red plays March")
    assert "\n  1. Play March\n  3. Play Pact\n  0. Pass\n" in first
    assert "\n  2. Play Dig\n  3. Play Pact\n  0. Pass\n" in then
    assert "  1. March, costs 1: not now, already played, once a game\n" in then
    assert "  2. Dig, costs 1\n  3. Pact, costs 1\n" in then


@pytest.mark.parametrize("line", ["2", "p 2", "2 to hold the line"])
def test_a_card_that_must_wait_says_why_and_stays(play: Play, line: str) -> None:
    said = play(ALONE, line, "1")
    assert "! 'Dig' can't be played now\n  needs Front ≥ 10, now 5\n" in said
    assert "Red plays Dig" not in said
    assert "Red plays March" in said


def test_passing_has_a_number_of_its_own(play: Play) -> None:
    assert "Red passes" in play(ALONE, "0")


def test_a_number_that_nothing_has_is_told_from_those_there_are(play: Play) -> None:
    said = play(ALONE, "4")
    assert "! there is no choice '4'\n  There are 0, 1, 3.\n" in said


def test_what_only_a_team_sees_is_told_as_it_sits_down(play: Play) -> None:
    said = play(BOTH, "", "1", "0", "")
    red, blue = said.split("Blue, sit down")
    sits, plays = red.split("Red plays March")
    assert "In secret: Want: the bridge.\n" in sits
    assert "Red's patience: 40 (not known to all)\n" in sits
    assert "Red's patience" not in plays, "it is told once"
    assert "patience" not in blue
    assert "Want" not in blue


def test_a_board_begins_with_what_only_the_team_sees(play: Play) -> None:
    _, board = play(ALONE, "1", "t").rsplit("(? for help): Red's", 1)
    assert board.splitlines()[:5] == [
        " patience: 40 (not known to all)",
        "Want: the bridge: yes (not known to all)",
        "Front: 15 (+10 this round)",
        "Bridge open: yes",
        "Truce: no",
    ]


def test_the_situation_ends_with_what_stands(play: Play) -> None:
    told = play(ALONE, "1", "s").split("(? for help): ")[2]
    assert told.endswith(
        "What stands: Bridge open.\nIn secret: Want: the bridge.\nRed "
    )


def test_a_question_says_what_stands_and_what_follows_from_all_answers(
    play: Play,
) -> None:
    said = play(BOTH, "", "1", "3", "1", "")
    own, other = said.split("asks Blue:")
    assert "What stands: Bridge open.\n" in own.rsplit("Red plays Pact")[-1]
    for half in (own.rsplit("'Pact' asks Red:")[-1], other):
        assert "  Sign: no effect by itself.\n  Refuse: Front up 1.\n" in half
        assert (
            "Once all have answered:\n"
            "  If all say 'Sign': Quiet. (Truce yes)\n"
            "  1. Answer: Sign\n" in half
        )
    assert own.endswith("Red ")
    assert "'Pact' asks Red:\n  Do you sign?\n" in own


def test_an_inject_asks_in_the_name_of_its_sender(play: Play) -> None:
    said = play(FACILITATED, "", "seat control", "", "fire 2", "seat blue", "")
    asked = "The mayor asks Blue:\n  Who opens it?\n  We do: Front up 1.\n"
    assert said.count(asked) == 2
    assert "Control asks" not in said


def test_control_plays_and_answers_for_an_absent_team(play: Play) -> None:
    seats = {"red": "person", "blue": "absent", CONTROL: "person"}
    lines = ("", "3", "1", "", "2001", "", "0", "", "p 2001", "2001 as they said")
    said = play(seats, *lines)
    assert "\n  1. Open Round 2\n" in said
    assert "\n2001. Blue: Play Wait\n2000. Blue: Pass\n" in said
    assert "\n2001. Blue: Answer: Sign\n2002. Blue: Answer: Refuse\n" in said
    assert "Blue plays Wait\n        > as they said\n" in said
    assert "Truce: yes (Pact)" in said


def test_nothing_typed_at_the_curtain_is_lost_unheard(play: Play) -> None:
    said = play(BOTH, "n we must hold", "", "n we hold", "q")
    assert said.count("Red, sit down") == 2
    assert "! not heard: Red must sit down first\n" in said
    assert "Noted." in said


def test_the_curtain_obeys_who_leaves(play: Play) -> None:
    said = play(BOTH, "Q", "", "1")
    assert "Red plays" not in said
    assert said.count("sit down") == 1
