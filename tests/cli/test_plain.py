"""The plain table, driven as a pipe drives it: lines in, lines out."""

import io
import sys
from collections.abc import Callable

import pytest

from tabletop.cli.plain.table import PlainTable
from tabletop.errors import IllegalMoveError, StorageError
from tabletop.session.thinking import Decided, Thought
from tabletop.session.view import Term
from tests.cli.fakes import FakeGame

HOTSEAT = {"red": "person", "blue": "person", "control": "auto"}
ALONE = {"red": "person", "blue": "bot:first", "control": "auto"}
FACILITATED = {"red": "person", "blue": "person", "control": "person"}

Play = Callable[..., str]


@pytest.fixture
def play(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Plays the typed lines at a plain table, and gives what it said."""

    def play_lines(game: FakeGame, *lines: str) -> str:
        typed = "".join(f"{line}\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        PlainTable(game).play()
        return capsys.readouterr().out

    return play_lines


def test_a_person_plays_a_bot_to_the_end(play: Play) -> None:
    game = FakeGame(ALONE)
    said = play(game, "1 to scare them", "1")
    assert [(seat, note) for seat, _move, note in game.made] == [
        ("red", "to scare them"),
        ("blue", ""),
        ("red", ""),
    ]
    assert "* 1  red pushes\n        > to scare them\n" in said
    assert "* 2  blue pushes\n        Tension 2 → 4 (Push)\n" in said
    assert "The end: War" in said
    assert "Red: 3 points" in said


def test_choices_are_numbered_under_who_and_when(play: Play) -> None:
    said = play(FakeGame(ALONE))
    assert "Red, Round 1 of 1, Play, 2 points left\nPush.\n  1. Push\n" in said


def test_the_end_of_the_input_leaves_the_game_as_it_is(play: Play) -> None:
    game = FakeGame(ALONE)
    play(game)
    assert game.made == []


def test_quitting_leaves_the_game_as_it_is(play: Play) -> None:
    game = FakeGame(ALONE)
    play(game, "q", "1")
    assert game.made == []


def test_each_team_waits_behind_a_curtain(play: Play) -> None:
    said = play(FakeGame(HOTSEAT), "", "1", "", "1")
    red, blue = said.index("Only red"), said.index("Only blue")
    assert red < said.index("Blue, sit down and press Enter") < blue
    assert said.index("Red, sit down and press Enter") < red


def test_nothing_of_a_team_is_said_before_it_sits_down(play: Play) -> None:
    said = play(FakeGame(HOTSEAT), "", "1")
    assert "Only blue" not in said


def test_a_seat_hears_what_happened_since_it_looked_last(play: Play) -> None:
    said = play(FakeGame(HOTSEAT, goal=99), "", "1", "", "1", "")
    assert said.count("* 1  red pushes") == 2
    assert said.count("* 2  blue pushes") == 1


def test_one_person_needs_no_curtain(play: Play) -> None:
    assert "sit down" not in play(FakeGame(ALONE), "1", "1")


def test_control_can_take_the_keyboard_and_keeps_it(play: Play) -> None:
    game = FakeGame(FACILITATED, goal=99)
    ruling = "set tension 9 because the fleet sailed"
    play(game, "", "seat control", "", ruling, ruling, "seat blue")
    assert [(seat, note) for seat, _move, note in game.made] == [
        ("control", "the fleet sailed"),
        ("control", "the fleet sailed"),
    ]
    assert game.made[0][1].item == "tension"


def test_asking_for_the_seat_one_has_does_not_keep_it(play: Play) -> None:
    game = FakeGame(HOTSEAT, goal=99)
    play(game, "", "seat red", "1", "", "1")
    assert [seat for seat, _move, _note in game.made] == ["red", "blue"]


def test_a_team_cannot_rule(play: Play) -> None:
    game = FakeGame(ALONE)
    said = play(game, "set tension 9 because I want it")
    assert "! only control can do this" in said
    assert game.made == []


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("?", "w TRACK: why the number is what it is"),
        ("h", "  1. Push, costs 1"),
        ("v 1", "  Does: Tension up 2"),
        ("p 1", "  Tension 0 → 2 (Push)"),
        ("t", "Tension: 0"),
        ("s", "Only red knows this."),
        ("i", "You see no injects."),
        ("w tension", "Tension is 0."),
        ("w TENS", "Tension is 0."),
        ("", "  1. Push"),
    ],
)
def test_a_question_is_answered_and_changes_nothing(
    play: Play, line: str, answer: str
) -> None:
    game = FakeGame(ALONE)
    said = play(game, line)
    introduction, answered = said.split("(? for help): ", maxsplit=1)
    assert "Pushing" in introduction
    assert answer in answered
    assert game.made == []


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("2", "! there is no choice '2'"),
        ("0", "! there is no choice '0'"),
        ("9" * 5000, "! there is no choice '999"),
        ("push", "! 'push' is not a command"),
        ("w", "does not name one number"),
        ("w morale", "does not name one number"),
        ("v 7", "! there is no card '7'"),
        ("v", "! there is no card ''"),
        ("p x", "! there is no choice 'x'"),
        ("n", "! the note is empty"),
        ("seat blue", "! no person sits at 'blue'"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(
    play: Play, line: str, refusal: str
) -> None:
    game = FakeGame(ALONE)
    assert refusal in play(game, line)
    assert game.made == []


def test_an_illegal_move_is_refused_term_by_term(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        terms = [Term(met=False, text="costs 3, you have 2")]
        raise IllegalMoveError("too dear", "Wait for the next round.", terms)

    monkeypatch.setattr(FakeGame, "submit", refuse)
    said = play(FakeGame(ALONE), "1", "t")
    assert "! too dear\n  costs 3, you have 2\n  Wait for the next round.\n" in said
    assert said.endswith(
        "Tension: 0\nRed (person): 2 points, 1 card, waits\nBlue"
        " (bot:first): 2 points, 1 card, waits\nRed (? for help): \n"
    )


def test_undo_says_what_it_takes_back_and_asks(play: Play) -> None:
    game = FakeGame(ALONE, goal=99)
    said = play(game, "1", "u", "n", "u", "y")
    assert said.count("Undo takes back 1 move:\n  blue pushes\n") == 2
    assert "Nothing is undone." in said
    assert "Taken back." in said
    assert "red undoes" in said


def test_undo_to_an_earlier_entry(play: Play) -> None:
    game = FakeGame(ALONE, goal=99)
    said = play(game, "1", "1", "u 1", "y")
    assert "  blue pushes\n  red pushes\n" in said
    assert [seat for seat, _move, _note in game.made] == ["red", "blue"]


def test_undo_tells_who_saw_what(play: Play) -> None:
    assert "Seen since: blue saw a card" in play(FakeGame(ALONE), "1", "u")


def test_undo_can_draw_anew(play: Play) -> None:
    said = play(FakeGame(ALONE, goal=99), "1", "u", "a")
    assert "red undoes and draws anew" in said


def test_lines_of_play_are_listed_named_and_taken_up(play: Play) -> None:
    said = play(FakeGame(ALONE), "g", "g 2 The bluff", "g", "g 1", "g 3")
    assert "  1. b0: 4 moves\n" in said
    assert "  2. b1: 5 moves, from move 2, where the game is\n" in said
    assert "Named: The bluff." in said
    assert "  2. The bluff: 5 moves" in said
    assert "Taken up: b0.\n" in said
    assert "red takes up 4" in said
    assert "! there is no line of play '3'\n  There are 1 to 2.\n" in said
    assert "hides" not in said, "a team is not told how other lines end"


def test_lines_of_play_are_controls_where_a_person_is_in_control(play: Play) -> None:
    game = FakeGame(FACILITATED)
    said = play(game, "", "g", "seat control", "", "g")
    assert "! only control can do this" in said
    assert said.count("ends with: red hides") == 1


def test_a_note_goes_to_the_log(play: Play) -> None:
    game = FakeGame(ALONE)
    play(game, "n they are bluffing")
    assert game.log[-1].note == "they are bluffing"


def test_a_game_under_way_opens_with_its_last_entries(play: Play) -> None:
    game = FakeGame(ALONE, goal=99)
    for number in range(20):
        game.note("red", f"note {number}")
    said = play(game)
    assert said.count("red notes") == 5
    assert "note 19" in said
    assert "Only red" not in said


def test_bots_alone_play_and_the_table_is_left(play: Play) -> None:
    game = FakeGame({"red": "bot:first", "blue": "bot:first", "control": "auto"})
    said = play(game)
    assert "The end: War" in said
    assert "? for help" not in said


def test_a_full_disk_stops_bots_until_there_is_room(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [StorageError("the disk is full", "Make room.")] * 2
    carry_out = FakeGame.carry_out

    def carry(game: FakeGame, thought: Thought, decided: Decided) -> bool:
        if failures and game.made:
            raise failures.pop()
        return carry_out(game, thought, decided)

    monkeypatch.setattr(FakeGame, "carry_out", carry)
    game = FakeGame(ALONE, goal=99)
    said = play(game, "1", "", "", "q")
    assert said.count("! the disk is full\n  Make room.\nPress Enter") == 2
    assert [seat for seat, _move, _note in game.made] == ["red", "blue"]


def test_a_game_that_can_only_be_read_is_left_alone(play: Play) -> None:
    game = FakeGame({"red": "bot:first", "blue": "person", "control": "auto"})
    game.read_only = True
    said = play(game, "t")
    assert "Tension: 0" in said
    assert game.made == []


def test_names_cannot_forge_lines_or_steer_the_terminal(play: Play) -> None:
    game = FakeGame(ALONE, name="T\x1b[2J\n  1. Surrender\u202e")
    said = play(game, "1", "t", "w tension", "p 1")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\n  1. Surrender" not in said
