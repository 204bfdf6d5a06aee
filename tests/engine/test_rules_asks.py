"""Rules of play: dice, questions with their outcomes, and responses."""

import pytest

from tabletop.errors import IllegalMoveError, WrongSeatError
from tabletop.session.view import CONTROL
from tests.engine.small import TEAMS, Play, adds, card, inject

OPTIONS = """options = [
    { id = "no", label = "No", effects = ["x -= 1"] },
    { id = "yes", label = "Yes", effects = ["x = x * 2"] } ]"""


def ask(*teams: str, answers: str = "open", more: str = "") -> str:
    """A card of Ada's that asks these teams the same."""
    who = ", ".join(f'"{team}"' for team in teams)
    asks = f'ask = [{{ teams = [{who}], prompt = "Well?", {OPTIONS} }}]'.replace(
        "\n", ""
    )
    return card("a", asks, f'answers = "{answers}"', more)


# --- questions


def test_a_question_stops_the_game_until_it_is_answered() -> None:
    game = Play(TEAMS, ask("bob"))
    game.play("ada", "a")
    assert (game.owing(), game.x) == (("bob",), 50)
    assert game.offered("bob") == ["no", "yes"]
    with pytest.raises(WrongSeatError):
        game.answer("bob", "no", by="ada")
    game.answer("bob", "no")
    assert (game.owing(), game.x) == (("ada",), 49)


def test_open_questions_are_put_in_their_order() -> None:
    game = Play(TEAMS, ask("bob", "ada"))
    game.play("ada", "a")
    assert game.owing() == ("bob",)
    game.answer("bob", "no")
    assert game.owing() == ("ada",)
    assert "Bob answers: No" in str(game.session.view("ada").log[-1].changes)
    game.answer("ada", "yes")
    assert game.x == (50 - 1) * 2


def test_secret_answers_come_in_any_order_and_are_told_together() -> None:
    game = Play(TEAMS, ask("bob", "ada", answers="secret"))
    game.play("ada", "a")
    assert game.owing() == ("ada", "bob")
    game.answer("ada", "yes")
    assert (game.owing(), game.x) == (("bob",), 50)
    told = game.session.view("bob").log[-1].changes
    assert [change.text for change in told] == ["Ada has answered"]
    game.answer("bob", "no")
    assert game.x == (50 - 1) * 2  # in the order of the questions
    assert game.told("reveal") == []
    assert game.told("answer")[-2:] == ["Bob answers: No", "Ada answers: Yes"]


def test_every_outcome_that_holds_follows() -> None:
    outcomes = """outcomes = [
    { when = "chose.yes == asked", effects = ["x += 1"] },
    { when = "chose.yes > 0", effects = ["x += 2"] },
    { when = "answer.bob.no", effects = ["x += 4"] },
    { when = "asked == 2 and x > 0", effects = ["x += 8"] } ]""".replace("\n", "")
    for bob, added in (("yes", 1 + 2 + 8), ("no", 2 + 4 + 8)):
        game = Play(TEAMS, ask("ada", "bob", more=outcomes))
        game.control("set", "x", 10)
        game.play("ada", "a")
        game.answer("ada", "yes")
        game.answer("bob", bob)
        before = 10 * 2 * 2 if bob == "yes" else 10 * 2 - 1
        assert game.x == before + added


@pytest.mark.parametrize("option", ["no", "yes"])
def test_an_answer_that_was_not_given_is_known(option: str) -> None:
    outcomes = """outcomes = [
    { when = "not answer.bob.no", effects = ["x += 1"] },
    { when = "not answer.bob.yes", effects = ["x += 2"] },
    { when = "not answer.bob.no and x > 0", effects = ["x += 4"] } ]"""
    game = Play(TEAMS, ask("bob", more=outcomes.replace("\n", "")))
    game.control("set", "x", 10)
    game.play("ada", "a")
    game.answer("bob", option)
    assert game.x == (10 * 2 + 1 + 4 if option == "yes" else 10 - 1 + 2)


def test_an_option_may_have_a_condition() -> None:
    options = (
        '[{ id = "no", label = "N" }, { id = "up", label = "U", requires = "x > 60" }]'
    )
    asks = f'ask = [{{ team = "bob", prompt = "?", options = {options} }}]'
    game = Play(TEAMS, card("a", asks), adds("more", 20))
    game.play("ada", "a")
    assert game.offered("bob") == ["no"]
    with pytest.raises(IllegalMoveError):
        game.answer("bob", "up")
    game.answer("bob", "no")
    game.play("ada", "more", "a")
    assert game.offered("bob") == ["no", "up"]


def test_control_answers_for_an_absent_team() -> None:
    game = Play(TEAMS, ask("bob"))
    game.session.set_seat("bob", "absent")
    game.play("ada", "a")
    assert [each.team for each in game.session.view(CONTROL).asks] == ["bob"]
    game.answer("bob", "yes", by=CONTROL)
    assert game.x == 100


def test_an_inject_can_ask() -> None:
    asks = f'ask = [{{ team = "bob", prompt = "?", {OPTIONS} }}]'.replace("\n", "")
    game = Play(TEAMS, adds("a", 1), inject("i", "at = { round = 1 }", asks))
    assert game.owing() == ("bob",)
    game.answer("bob", "yes")
    assert (game.x, game.owing()) == (100, ("ada",))


# --- responses

INVITES = adds("a", 20, "invites_response = true")


def test_others_may_respond_before_a_card_takes_effect() -> None:
    answer = adds("r", -3, "response = true", team="bob")
    game = Play(TEAMS, INVITES, answer, adds("other", 1, team="bob"))
    game.play("ada", "a")
    assert (game.owing(), game.x) == (("bob",), 50)
    assert game.offered("bob") == ["r"]
    game.play("bob", "r")
    assert (game.owing(), game.x) == (("bob",), 47)
    game.skip("bob")
    assert (game.owing(), game.x) == (("ada",), 67)


def test_a_response_is_no_play_of_ones_own() -> None:
    game = Play(TEAMS, INVITES, adds("r", -3, "response = true", team="bob"))
    game.skip("ada")
    assert game.offered("bob") == []


def test_a_response_can_cancel() -> None:
    deck = card("r", 'effects = ["cancel()"]', "response = true", team="bob")
    game = Play(TEAMS, INVITES, deck)
    game.play("ada", "a")
    game.play("bob", "r")
    assert (game.owing(), game.x) == (("ada",), 50)
    assert game.told("cancel") == ["a has no effect"]
    assert game.track("ada.points") == 4


def test_a_response_may_be_to_one_card_alone() -> None:
    answer = adds("r", 1, "response = true", 'requires = "playing.a"', team="bob")
    game = Play(TEAMS, INVITES, adds("b", 2, "invites_response = true"), answer)
    game.play("ada", "b")
    assert game.offered("bob") == []
    game.skip("bob")
    game.play("ada", "a")
    assert game.offered("bob") == ["r"]


def test_a_response_may_be_to_all_but_one_card() -> None:
    """Whichever of them stands first in the deck."""
    invites = [adds(id_, 2, "invites_response = true") for id_ in ("a", "b")]
    for other in ("a", "b"):
        requires = f'requires = "not playing.{other}"'
        answer = adds("r", 1, "response = true", requires, team="bob")
        game = Play(TEAMS, *invites, answer)
        game.play("ada", other)
        assert game.offered("bob") == []
        game.skip("bob")
        game.play("ada", "b" if other == "a" else "a")
        assert game.offered("bob") == ["r"]


def test_nobody_is_waited_for_without_responses() -> None:
    game = Play(TEAMS, INVITES)
    game.play("ada", "a")
    assert game.x == 70


# --- dice

ROLL = """roll = { dice = "2d6", modifier = "x // 25", table = [
    { to = 6, text = "Low.", effects = ["x = roll"] },
    { to = 9, text = "Middle.", effects = ["x = 30 + roll"] },
    { text = "High.", effects = ["x = 60 + roll"] } ] }""".replace("\n", "")


@pytest.mark.parametrize(
    ("dice", "x"),
    [((1, 1), 4), ((2, 2), 6), ((2, 3), 37), ((4, 3), 39), ((4, 4), 70), ((6, 6), 74)],
)
def test_the_total_with_its_modifier_picks_the_row(
    dice: tuple[int, int], x: int
) -> None:
    """The modifier is 2, since x is 50."""
    game = Play(TEAMS, card("a", ROLL))
    for value in dice:
        game.control("die", value=value)
    game.play("ada", "a")
    assert game.x == x
    assert f"2d6 ⇒ {dice[0]}+{dice[1]} + 2 = {sum(dice) + 2}" in game.told("roll")[0]


def test_dice_are_thrown_after_the_effects() -> None:
    game = Play(TEAMS, card("a", ROLL, 'effects = ["x = 0"]'))
    game.control("die", value=1)
    game.control("die", value=1)
    game.play("ada", "a")
    assert game.x == 2


def test_a_die_can_not_show_more_than_its_sides() -> None:
    game = Play(TEAMS, card("a", ROLL))
    game.control("die", value=20)
    game.control("die", value=1)
    game.play("ada", "a")
    assert game.x == 39


def test_the_same_seed_throws_the_same_dice() -> None:
    def throws(seed: int) -> list[str]:
        game = Play(TEAMS, card("a", ROLL), seed=seed)
        game.play("ada", *["a"] * 5)
        log = game.session.view(CONTROL).log
        return [c.text for entry in log for c in entry.changes if c.kind == "roll"]

    assert throws(1) == throws(1)
    assert throws(1) != throws(2)
