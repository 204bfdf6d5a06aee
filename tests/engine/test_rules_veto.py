"""Rules of play: what control may forbid, show, and draw anew."""

import random
from collections.abc import Iterator

import pytest

from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.program import Program
from tabletop.errors import IllegalMoveError, MoveError
from tabletop.session.view import CONTROL, PUBLIC, Move
from tests.engine.games import after, legal, owing, some_programs, walk
from tests.engine.small import TEAMS, Play, adds, card

PLAIN = (TEAMS, adds("a", 1), adds("b", 2, team="bob"), adds("c", 4))
HANDS = (TEAMS.replace("points = 5", "points = 5\nhand = 1"), *PLAIN[1:])
ORDERS = (
    TEAMS,
    adds("a", 3, cost=2),
    adds("b", 5, team="bob", cost=2),
    adds("c", 4),
)
ANSWERED = (
    TEAMS,
    adds("a", 9, "invites_response = true"),
    adds("no", 1, "response = true", team="bob"),
)


def orders(*deck: str) -> Play:
    """A game whose cards are laid face down."""
    return Play(*deck, rounds='play = "orders"')


# --- vetoes


def test_a_vetoed_card_is_not_offered_until_it_is_lifted() -> None:
    game = Play(*PLAIN)
    game.control("veto", "a")
    assert game.offered("ada") == ["c"]
    with pytest.raises(IllegalMoveError):
        game.play("ada", "a")
    shown = next(each for each in game.session.view("ada").hand if each.id == "a")
    assert not shown.playable
    assert [t.text for t in shown.terms if not t.met] == ["vetoed by control"]
    game.control("lift", "a")
    assert game.offered("ada") == ["a", "c"]


def test_a_veto_needs_a_reason() -> None:
    game = Play(*PLAIN)
    for kind in ("veto", "lift"):
        with pytest.raises(MoveError, match="reason"):
            game.session.submit(CONTROL, Move(kind, item="a"))


def test_only_what_is_vetoed_is_lifted_and_only_once() -> None:
    game = Play(*PLAIN)
    with pytest.raises(IllegalMoveError):
        game.control("lift", "a")
    game.control("veto", "a")
    with pytest.raises(IllegalMoveError):
        game.control("veto", "a")
    game.control("lift", "a")
    with pytest.raises(IllegalMoveError):
        game.control("lift", "a")


def test_a_card_in_the_pile_can_be_vetoed_before_it_is_drawn() -> None:
    game = Play(*HANDS)
    pile = ({"a", "c"} - set(game.held("ada"))).pop()
    game.control("veto", pile)
    game.control("give", pile, team="ada")
    assert pile in game.held("ada")
    assert pile not in game.offered("ada")


def test_an_order_that_is_vetoed_fails_at_its_turn_and_its_cost_comes_back() -> None:
    game = orders(*ORDERS)
    game.lay("ada", "a", "c")
    game.lay("bob", "b")
    game.control("veto", "a")
    assert game.track("ada.points") == 2
    game.skip("ada", "bob")
    assert game.told("fail") == ["a fails: Ada gets its cost back"]
    assert game.x == 50 + 5 + 4
    game.control("set", "x", 50)
    assert "a" not in game.offered("ada")


def test_a_vetoed_card_can_not_be_laid() -> None:
    game = orders(*ORDERS)
    game.control("veto", "a")
    assert game.offered("ada") == ["c"]
    with pytest.raises(IllegalMoveError):
        game.lay("ada", "a")


def test_a_veto_of_a_card_that_others_may_respond_to_keeps_it_from_acting() -> None:
    game = Play(*ANSWERED)
    game.play("ada", "a")
    assert game.owing() == ("bob",)
    game.control("veto", "a")
    assert game.told("cancel") == ["a has no effect"]
    assert (game.x, game.owing()) == (50, ("ada",))
    assert game.session.view("bob").log[-1].title == "Ruling: a is vetoed"
    assert game.offered("ada") == ["a"], "only that play was vetoed"


def test_a_card_is_vetoed_while_its_response_is_under_way() -> None:
    asks = 'ask = [{ team = "ada", prompt = "?", options = [{ id="o", label="O" }] }]'
    game = Play(
        *ANSWERED[:2],
        card("no", asks, 'effects = ["x += 1"]', "response = true", team="bob"),
    )
    game.play("ada", "a")
    game.play("bob", "no")
    assert game.owing() == ("ada",)
    game.control("veto", "a")
    assert game.owing() == ("ada",)
    game.answer("ada", "o")
    assert (game.x, game.owing()) == (51, ("ada",))


def test_control_may_force_a_vetoed_card_which_stays_vetoed() -> None:
    game = Play(TEAMS, adds("a", 1, "cooldown = 1"))
    game.control("veto", "a")
    game.control("force", "a", team="ada")
    assert game.x == 51
    game.skip("ada", "bob")
    game.skip("ada", "bob")
    assert game.round == 3
    assert game.offered("ada") == []
    game.control("lift", "a")
    assert game.offered("ada") == ["a"]


@pytest.mark.parametrize("vetoed", [False, True])
def test_a_veto_does_not_change_how_long_a_card_rests(vetoed: bool) -> None:
    game = Play(TEAMS, adds("a", 1, "cooldown = 1"))
    game.play("ada", "a")
    if vetoed:
        game.control("veto", "a")
        assert game.session.view("ada").hand[0].terms[2].text == "rests 2 more"
        game.control("lift", "a")
    offered = [game.offered("ada")]
    for _ in range(2):
        game.skip("ada", "bob")
        offered.append(game.offered("ada"))
    assert offered == [[], [], ["a"]]


# --- who is told


def titles(game: Play, seat: str) -> list[str]:
    """The titles of a seat's log."""
    return [entry.title for entry in game.session.view(seat).log]


@pytest.mark.parametrize(("kind", "word"), [("veto", "is vetoed"), ("lift", "again")])
def test_only_control_and_the_cards_team_are_told(kind: str, word: str) -> None:
    game = Play(*PLAIN)
    game.control("veto", "a")
    if kind == "lift":
        game.control("lift", "a")
    for seat, told in (("ada", 1), (CONTROL, 1), ("bob", 0), (PUBLIC, 0)):
        assert sum(word in title for title in titles(game, seat)) == told, seat
    assert game.session.view("ada").log[-1].note == "because"


def test_whoever_holds_a_vetoed_card_is_told_too() -> None:
    game = Play(*PLAIN)
    game.control("give", "a", team="bob")
    game.control("veto", "a")
    assert titles(game, "bob")[-1] == "Ruling: a is vetoed"
    game.skip("ada")
    assert game.offered("bob") == ["b"]


@pytest.mark.parametrize(
    ("to", "told", "untold"),
    [
        (0, ("ada", "bob", PUBLIC, CONTROL), ()),
        (2, ("bob", CONTROL), ("ada", PUBLIC)),
    ],
)
def test_a_card_is_revealed_to_all_or_to_one_team(
    to: int, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    game = Play(*HANDS)
    held = game.held("ada")[0]
    before = {seat: titles(game, seat) for seat in (*told, *untold)}
    game.control("reveal", held, to, team="ada")
    for seat in told:
        entry = game.session.view(seat).log[-1]
        assert [change.text for change in entry.changes] == [f"Ada holds {held}"]
        assert entry.note == "because"
    for seat in untold:
        assert titles(game, seat) == before[seat]


def test_an_order_that_is_laid_can_be_revealed() -> None:
    game = orders(HANDS[0], adds("a", 1), adds("b", 2, team="bob"))
    game.lay("ada", "a")
    assert game.held("ada") == []
    game.control("reveal", "a", team="ada")
    assert game.told("show") == ["Ada holds a"]


def test_what_a_team_does_not_hold_can_not_be_revealed() -> None:
    game = Play(*HANDS)
    held = game.held("ada")[0]
    other = {"a": "c", "c": "a"}[held]
    for team, item, to in (("ada", other, 0), ("bob", held, 0), ("ada", held, 1)):
        with pytest.raises(IllegalMoveError):
            game.control("reveal", item, to, team=team)
    with pytest.raises(IllegalMoveError):
        game.control("reveal", held, 3, team="ada")


# --- drawing anew


def test_all_are_told_when_control_draws_anew() -> None:
    game = Play(*PLAIN)
    game.session.submit(CONTROL, Move("reseed", value=7))
    for seat in ("ada", "bob", PUBLIC, CONTROL):
        assert titles(game, seat)[-1] == "Control draws cards and dice anew from here"


def test_drawing_anew_changes_the_streams_by_its_number_alone() -> None:
    game = Play(*PLAIN)
    program, state = game.session.tree.program, game.state
    seen = {tuple(state[at.S_DICE : at.S_FRAME])}
    for value in (1, 2, 3):
        move = machine.encode(at.MV_RESEED, 0, 0, value)
        one, two = after(program, state, move), after(program, state, move)
        assert one == two
        seen.add(tuple(one[at.S_DICE : at.S_FRAME]))
        assert all(0 <= word <= at.MASK for word in one[at.S_DICE : at.S_FRAME])
    assert len(seen) == 4


# --- in many games


def judged(P: list[int], state: list[int], kind: int, card: int) -> list[int]:
    """The state after a veto or its lifting, which the machine must allow."""
    code = machine.encode(kind, 0, card, 0)
    assert machine.may_rule(P, state, code)
    new = list(state)
    machine.perform(P, new, code, None)
    return new


def offers(program: Program, state: list[int]) -> set[int]:
    """The cards that any team may play or lay."""
    moves = [m for seat in owing(program, state) for m in legal(program, state, seat)]
    kinds = (at.MV_PLAY, at.MV_LAY)
    return {
        (move // at.MOVE_ITEM) % 65536 for move in moves if move % at.MOVE_TEAM in kinds
    }


def vetoable(seed: int) -> Iterator[tuple[Program, list[int], int, int]]:
    """Places in many games, with the move that was made and a card to veto."""
    for name, program in some_programs(20).items():
        chance = random.Random(f"{name} {seed}")
        for state, move, _ in walk(program, seed, chance, most=80):
            offered = sorted(offers(program, state)) if chance.random() < 0.5 else []
            number = chance.choice(offered or range(len(program.cards)))
            rest = state[program.words[at.H_S_REST] + number]
            if rest < at.VETO and machine.awaited(state, number) == 0:
                yield program, state, move, number


def test_vetoes_that_are_lifted_leave_no_trace() -> None:
    """Vetoed and lifted between any two moves, a game goes as it would have gone."""
    compared = 0
    for program, state, move, number in vetoable(3):
        one = judged(program.words, state, at.MV_VETO, number)
        two = judged(program.words, one, at.MV_LIFT, number)
        two[at.S_MOVES] = state[at.S_MOVES]
        assert after(program, two, move) == after(program, state, move)
        compared += 1
    assert compared > 400


def test_a_veto_takes_away_the_offer_of_its_card_alone() -> None:
    taken = 0
    for program, state, _, number in vetoable(5):
        before = offers(program, state)
        now = offers(program, judged(program.words, state, at.MV_VETO, number))
        assert now == before - {number}
        taken += number in before
    assert taken > 50
