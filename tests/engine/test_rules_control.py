"""Rules of play: what control may do at any moment, with a reason."""

import pytest

from tabletop.errors import IllegalMoveError, MoveError
from tabletop.session.view import CONTROL, Move
from tests.engine.small import TEAMS, Play, adds, card, inject, rule

PLAIN = (TEAMS, '[flags.up]\nlabel = "Up"\n', adds("a", 1), adds("b", 2, team="bob"))
HANDS = TEAMS.replace("points = 5", "points = 5\nhand = 1")


def test_a_ruling_needs_a_reason_and_is_in_the_log() -> None:
    game = Play(*PLAIN)
    with pytest.raises(MoveError):
        game.session.submit(CONTROL, Move("set", item="x", value=3))
    game.control("set", "x", 3)
    entry = game.session.view("bob").log[-1]
    assert (entry.seat, entry.note) == (CONTROL, "because")
    assert entry.title == "Ruling: X is 3"


def test_control_sets_and_adds_within_bounds() -> None:
    game = Play(*PLAIN)
    game.control("set", "x", 3)
    assert game.x == 3
    game.control("add", "x", -7)
    assert game.x == 0
    game.control("add", "ada.points", 4)
    assert game.track("ada.points") == 9
    game.control("set", "up", 1)
    assert game.track("up") == 1


def test_a_ruling_can_set_things_off() -> None:
    high = inject("high", 'when = "x > 90"', 'effects = ["bob.points = 0"]')
    game = Play(
        *PLAIN, high, '[endings.top]\ntitle = "T"\nwhen = "x == 100"\nat = "always"\n'
    )
    game.control("set", "x", 91)
    assert game.track("bob.points") == 0
    game.control("set", "x", 100)
    assert game.ending() == "top"


def test_control_gives_and_takes_cards() -> None:
    game = Play(HANDS, adds("a", 1), adds("b", 2, team="bob"))
    game.control("give", "b", team="ada")
    assert (game.held("ada"), game.held("bob")) == (["a", "b"], [])
    game.control("take", "b", team="ada")
    assert (game.held("ada"), game.sizes("bob")) == (["a"], (0, 0, 1))
    with pytest.raises(IllegalMoveError):
        game.control("take", "b", team="ada")


def test_a_card_that_is_always_held_can_not_be_taken() -> None:
    game = Play(*PLAIN)
    with pytest.raises(IllegalMoveError):
        game.control("take", "a", team="ada")


def test_a_card_that_has_left_the_game_can_not_be_given_or_forced() -> None:
    game = Play(HANDS, adds("a", 1, "limit = 1"), adds("b", 2, team="bob"))
    game.play("ada", "a")
    for kind in ("give", "force"):
        with pytest.raises(IllegalMoveError):
            game.control(kind, "a", team="ada")


def test_control_forces_a_play_without_cost_or_condition() -> None:
    game = Play(TEAMS, adds("a", 7, 'requires = "x > 90"', cost=9))
    assert game.offered("ada") == []
    game.control("force", "a", team="ada")
    assert (game.x, game.track("ada.points")) == (57, 5)
    assert game.owing() == ("ada",)


@pytest.mark.parametrize("place", ["hand", "pile", "discards"])
def test_a_forced_card_comes_from_where_it_is(place: str) -> None:
    game = Play(HANDS, adds("a", 1), adds("b", 2))
    held = game.held("ada")[0]
    wanted = held if place != "pile" else {"a": "b", "b": "a"}[held]
    if place == "discards":
        game.play("ada", held)
    game.control("force", wanted, team="ada")
    assert sum(game.sizes("ada")) == 2
    assert game.told("play") == [f"Ada plays {wanted}"]


def test_control_fires_an_inject_once() -> None:
    game = Play(*PLAIN, inject("i", 'effects = ["x += 5"]'))
    game.control("fire", "i")
    assert game.x == 55
    with pytest.raises(IllegalMoveError):
        game.control("fire", "i")


def test_an_inject_can_be_fired_while_a_question_is_open() -> None:
    asks = (
        'ask = [{ team = "bob", prompt = "?", options = [{ id = "o", label = "O" }] }]'
    )
    game = Play(
        TEAMS,
        card("a", asks, 'effects = ["x += 1"]'),
        inject("i", 'effects = ["x += 5"]'),
    )
    game.play("ada", "a")
    game.control("fire", "i")
    assert (game.x, game.owing()) == (56, ("bob",))
    game.answer("bob", "o")
    assert game.owing() == ("ada",)


DUE = inject("i", "at = { round = 2 }", 'effects = ["x += 5"]')


def state_of(game: Play) -> str:
    """What has become of the inject."""
    return game.session.view(CONTROL).injects[0].state


def test_a_held_inject_does_not_come_until_it_is_released() -> None:
    game = Play(*PLAIN, DUE)
    game.control("hold", "i")
    game.skip("ada", "bob")
    assert (game.round, game.x, state_of(game)) == (2, 50, "held")
    game.control("release", "i")
    assert game.x == 50
    game.skip("ada", "bob")
    assert (game.x, state_of(game)) == (55, "fired")


def test_a_skipped_inject_does_not_come() -> None:
    game = Play(*PLAIN, DUE)
    game.control("skip", "i")
    for _ in range(4):
        game.skip("ada", "bob")
    assert (game.ending(), game.x, state_of(game)) == ("over", 50, "skipped")


def test_an_inject_can_be_moved_to_another_round() -> None:
    game = Play(*PLAIN, DUE)
    game.control("forward", "i", 3)
    seen = []
    for _ in range(3):
        game.skip("ada", "bob")
        seen.append(game.x)
    assert seen == [50, 55, 55]
    with pytest.raises(IllegalMoveError):
        game.control("forward", "i", 9)


def test_a_held_inject_that_was_scheduled_comes_when_it_is_released() -> None:
    storm = inject("storm", 'effects = ["x -= 9"]')
    game = Play(TEAMS, card("a", 'effects = ["schedule(storm, 1)"]'), storm)
    game.play("ada", "a")
    game.control("hold", "storm")
    game.skip("ada", "bob")
    assert game.x == 50
    game.control("release", "storm")
    game.skip("ada", "bob")
    assert game.x == 41


def test_rules_after_an_inject_run_when_control_fires_it() -> None:
    after = rule("r", 'at = "after_inject"', 'effects = ["x += 3"]')
    game = Play(*PLAIN, inject("i"), after)
    game.control("fire", "i")
    assert game.x == 53


def test_control_moves_for_an_absent_team() -> None:
    game = Play(*PLAIN)
    game.session.set_seat("ada", "absent")
    game.session.submit(CONTROL, Move("play", "ada", "a"))
    game.session.submit(CONTROL, Move("pass", "ada"))
    assert (game.x, game.owing()) == (51, ("bob",))
