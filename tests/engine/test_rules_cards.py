"""Rules of play: points, hands, piles, and what cards may do when."""

import pytest

from tabletop.errors import IllegalMoveError
from tests.engine.small import TEAMS, Play, adds, card


def solo(*lines: str) -> str:
    """One team, with further fields."""
    return "\n".join(["[teams.ada]", 'name = "Ada"', *lines, ""])


# --- points


def test_points_are_set_as_a_round_begins() -> None:
    game = Play(solo("points = 5"), adds("a", 1, cost=2))
    game.play("ada", "a")
    assert game.track("ada.points") == 3
    game.skip("ada")
    assert (game.round, game.track("ada.points")) == (2, 5)


def test_points_that_carry_are_added() -> None:
    game = Play(solo("points = 5", "carry = true"), adds("a", 1, cost=2))
    game.play("ada", "a")
    game.skip("ada")
    assert game.track("ada.points") == 3 + 5


def test_points_may_be_an_expression() -> None:
    game = Play(solo('points = "x // 20 + round"'), adds("a", 30))
    assert game.track("ada.points") == 50 // 20 + 1
    game.play("ada", "a")
    game.skip("ada")
    assert game.track("ada.points") == 80 // 20 + 2


def test_points_stay_within_0_and_999() -> None:
    effects = 'effects = ["ada.points -= 50", "x = ada.points", "ada.points += 5000"]'
    game = Play(solo(), card("a", effects))
    game.play("ada", "a")
    assert game.x == 0
    assert game.track("ada.points") == 999


# --- when a card may be played


def test_a_card_needs_its_points() -> None:
    game = Play(solo("points = 3"), adds("a", 1, cost=2), adds("b", 1, cost=4))
    assert game.offered("ada") == ["a"]
    game.play("ada", "a")
    assert game.offered("ada") == []


def test_a_card_needs_its_condition() -> None:
    game = Play(TEAMS, adds("a", 10, 'requires = "x < 70 and bob.plays == 0"'))
    game.play("ada", "a", "a")
    assert game.x == 70
    assert game.offered("ada") == []
    with pytest.raises(IllegalMoveError):
        game.play("ada", "a")
    terms = game.session.view("ada").hand[0].terms
    assert [term.met for term in terms] == [True, False, True]
    assert terms[1].text == "needs X < 70, now 70"


def test_a_limit_counts_the_plays_of_a_game() -> None:
    game = Play(solo("points = 9"), adds("a", 1, "limit = 2"))
    game.play("ada", "a", "a")
    assert game.offered("ada") == []
    game.skip("ada")
    assert game.offered("ada") == []


def test_a_card_rests_for_its_cooldown() -> None:
    game = Play(solo("points = 9"), adds("a", 1, "cooldown = 1"))
    game.play("ada", "a")
    offered = [game.offered("ada")]
    for _ in range(2):
        game.skip("ada")
        offered.append(game.offered("ada"))
    assert offered == [[], [], ["a"]]


def test_plays_of_a_round_are_limited() -> None:
    """Else a card without a cost could be played for ever."""
    game = Play(solo(), card("a", "effects = []", cost=0))
    game.play("ada", *["a"] * 100)
    assert game.offered("ada") == []
    assert game.session.view("ada").hand[0].terms[1].text == "100 plays a round"
    game.skip("ada")
    assert game.offered("ada") == ["a"]


# --- hands


def test_a_hand_is_filled_from_the_pile_as_a_round_begins() -> None:
    game = Play(solo("hand = 2", "points = 9"), adds("a", 1, "copies = 5"))
    assert game.sizes("ada") == (2, 3, 0)
    game.play("ada", "a", "a")
    assert game.sizes("ada") == (0, 3, 2)
    game.skip("ada")
    assert game.sizes("ada") == (2, 1, 2)


def test_an_empty_pile_is_made_of_the_discards() -> None:
    game = Play(solo("hand = 3", "points = 9"), adds("a", 1, "copies = 4"))
    game.play("ada", "a", "a")
    game.skip("ada")
    assert game.told("shuffle") == ["Ada shuffles its discards"]
    assert game.sizes("ada") == (3, 1, 0)


def test_a_card_at_its_limit_leaves_the_game() -> None:
    game = Play(solo("hand = 2"), adds("a", 1, "limit = 1"), adds("b", 1))
    game.play("ada", "a", "b")
    game.skip("ada")
    assert game.held("ada") == ["b"]
    assert game.sizes("ada") == (1, 0, 0)


def test_whoever_holds_every_card_neither_draws_nor_discards() -> None:
    effects = 'effects = ["draw(ada, 2)", "discard(ada)", "discard(a)"]'
    game = Play(solo(), card("a", effects), adds("b", 1))
    game.play("ada", "a", "a")
    assert game.held("ada") == ["a", "b"]
    assert game.told("discard") == []


def test_cards_are_drawn_and_discarded_by_effects() -> None:
    deck = solo("hand = 1"), card("a", 'effects = ["draw(ada, 2)"]', "copies = 9")
    game = Play(*deck)
    game.play("ada", "a")
    assert game.sizes("ada") == (2, 6, 1)
    bob = '[teams.bob]\nname = "Bob"\nhand = 3\n'
    own = adds("b", 1, "copies = 3", team="bob")
    game = Play(solo(), bob, own, card("a", 'effects = ["discard(bob, 2)"]'))
    game.play("ada", "a")
    assert game.sizes("bob") == (1, 0, 2)
    assert game.told("discard") == ["Bob loses b", "Bob loses b"]


def test_a_named_card_leaves_the_hand_it_is_in() -> None:
    bob = '[teams.bob]\nname = "Bob"\nhand = 1\n'
    game = Play(
        solo(), bob, adds("b", 1, team="bob"), card("a", 'effects = ["discard(b)"]')
    )
    game.play("ada", "a")
    assert game.sizes("bob") == (0, 0, 1)
    game.play("ada", "a")
    assert game.told("discard") == []


def test_a_given_card_goes_back_to_its_owner_after_use() -> None:
    give = card("a", 'effects = ["give(b, ada)"]')
    game = Play(TEAMS, give, adds("b", 7, team="bob"))
    game.play("ada", "a")
    assert (game.held("ada"), game.held("bob")) == (["a", "b"], [])
    game.play("ada", "b")
    assert game.x == 57
    assert (game.held("ada"), game.held("bob")) == (["a"], ["b"])


# --- effects and numbers


def test_each_effect_stops_at_the_bounds() -> None:
    effects = 'effects = ["x += 1000", "x -= 10", "y = x", "x -= 1000", "x += 3"]'
    tracks = '[tracks.y]\nlabel = "Y"\nstart = 0\nmax = 500\n'
    game = Play(solo(), tracks, card("a", effects))
    game.play("ada", "a")
    assert (game.track("y"), game.x) == (90, 3)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-7 // 2", -4), ("7 // -2", -4), ("-7 % 3", 2), ("7 % -3", -2),
        ("7 // (x - 50)", 0), ("7 % (x - 50)", 0), ("-x // 7", -8), ("-x % 7", 6),
        ("x - 60 // 7", 42), ("2 + 3 * 4", 14), ("abs(x - 60)", 10),
        ("min(x, 9, 4) + max(x, 70)", 74), ("1 if x > 50 else 2", 2),
        ("1 if 40 < x <= 50 else 2", 1), ("1 if not (x == 50) or up else 2", 2),
        ("3 if x != 50 and 1 // (x - 50) == 0 else 4", 4),
    ],
)  # fmt: skip
def test_numbers(text: str, value: int) -> None:
    tracks = '[tracks.y]\nlabel = "Y"\nstart = 0\nmin = -500\nmax = 500\n'
    flags = '[flags.up]\nlabel = "Up"\n'
    game = Play(solo(), tracks, flags, card("a", f'effects = ["y = {text}"]'))
    game.play("ada", "a")
    assert game.track("y") == value


def test_names_in_expressions() -> None:
    bands = 'bands = [{ to = 49, label = "a" }, { to = 60, label = "b" }, '
    game = Play(
        TEAMS,
        '[flags.up]\nlabel = "Up"\n',
        f'[tracks.y]\nlabel = "Y"\nstart = 50\n{bands}{{ to = 100, label = "c" }}]\n',
        card("a", 'effects = ["x = played.a * 10 + ada.plays", "up = y.band == 1"]'),
        card("b", 'effects = ["x = bob.points * 10 + bob.hand"]', team="bob"),
        card("c", 'effects = ["x = round * 10 + rounds"]', team="bob"),
    )
    game.play("ada", "a")
    assert (game.x, game.track("up")) == (11, 1)
    game.play("ada", "a")
    assert game.x == 22
    game.skip("ada")
    game.play("bob", "b")
    assert game.x == 42
    game.play("bob", "c")
    assert game.x == 14
