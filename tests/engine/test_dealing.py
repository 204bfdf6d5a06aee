"""States that a seat holds possible: whole, legal, and free of what it can't know."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from tabletop.deck.loader import load_text
from tabletop.engine import dealing, machine, playout
from tabletop.engine import layout as at
from tabletop.engine.imagine import imagine
from tabletop.engine.program import Program, seed_key
from tabletop.session.session import Session
from tests.engine.games import (
    Guarded,
    after,
    legal,
    owing,
    some_decks,
    start,
    walk,
)
from tests.engine.small import HEAD, TEAMS, card
from tests.session.twins import Secrets

DECKS = some_decks(40)
TABLES = {
    name: Session.new(deck, seed=1, seats={}).tree for name, deck in DECKS.items()
}
SHIPPED = ("tutorial", "bright-days")


def dealt(program: Program, state: list[int], seat: int, word: int) -> list[int]:
    """A state as the seat may hold it for."""
    out = [7] * program.state_words
    dealing.deal_anew(program.words, state, seat, out, word)
    return out


def known(program: Program, state: list[int], seat: int) -> list[int]:
    """What a seat knows of a state."""
    out = program.new_state()
    imagine(program.words, state, seat, out)
    return out


def positions(name: str, games: int, step: int) -> Iterator[list[int]]:
    """Some places of games of moves by chance, rulings and injects among them."""
    program = TABLES[name].program
    for seed in range(games):
        chance = random.Random(f"{name} {seed}")
        for number, (state, _, _) in enumerate(walk(program, seed, chance, most=150)):
            if number % step == seed % step:
                yield state


def finished(program: Program, state: list[int]) -> list[int]:
    """The state at the end of a game that is played on by random bots."""
    room = [0] * program.move_room()
    policies = [at.BOT_RANDOM] * len(program.teams)
    spare, trial = program.new_state(), program.new_state()
    playout.play_out(program.words, state, policies, room, spare, trial, 5_000)
    return state


@pytest.mark.parametrize("name", DECKS)
def test_a_dealt_state_keeps_what_the_seat_knows(name: str) -> None:
    program, chance = TABLES[name].program, random.Random(name)
    for state in positions(name, games=3, step=4):
        for seat in range(program.control + 1):
            new = dealt(program, state, seat, chance.getrandbits(32))
            assert known(program, new, seat) == known(program, state, seat)


@pytest.mark.parametrize("name", DECKS)
def test_a_dealt_state_can_be_played_to_the_end(name: str) -> None:
    program, chance = TABLES[name].program, random.Random(name)
    played = 0
    for state in positions(name, games=2, step=7):
        for seat in range(program.control + 1):
            new = dealt(program, state, seat, chance.getrandbits(32))
            end = finished(program, new)
            assert end[at.S_ERROR] == 0
            assert end[at.S_OVER] == 1
            played += 1
    assert played > 1


@pytest.mark.parametrize("name", DECKS)
def test_a_dealt_state_does_not_depend_on_what_the_seat_can_not_know(name: str) -> None:
    tree, chance = TABLES[name], random.Random(name)
    for state in positions(name, games=3, step=4):
        for seat, team in enumerate(tree.program.teams):
            twin = Secrets(tree, team).twin(state, chance)
            word = chance.getrandbits(32)
            deals = [dealt(tree.program, each, seat, word) for each in (state, twin)]
            assert deals[0] == deals[1]


@pytest.mark.parametrize("name", DECKS)
def test_the_seat_has_the_same_moves_in_a_dealt_state(name: str) -> None:
    program, chance = TABLES[name].program, random.Random(name)
    for state in positions(name, games=3, step=3):
        for seat in owing(program, state):
            new = dealt(program, state, seat, chance.getrandbits(32))
            assert legal(program, new, seat) == legal(program, state, seat)
            assert owing(program, new) == owing(program, state)


@pytest.mark.parametrize("name", SHIPPED)
def test_control_is_only_given_other_luck(name: str) -> None:
    program = TABLES[name].program
    luck = range(at.S_DICE, at.S_FRAME)
    for state in positions(name, games=2, step=5):
        new = dealt(program, state, program.control, 5)
        words = range(program.digest_words)
        changed = {i for i in words if new[i] != state[i]}
        assert changed <= set(luck)
        assert len(changed) >= 6


def test_dice_that_control_has_entered_are_known_to_control_alone() -> None:
    program = TABLES["bright-days"].program
    state = start(program, 1)
    state = after(program, state, machine.encode(at.MV_DIE, 0, 0, 6))
    assert dealt(program, state, program.control, 1)[at.S_DIE] == 6
    assert dealt(program, state, 0, 1)[at.S_FORCED] == 0


def test_unknown_cards_are_anywhere_as_likely() -> None:
    """A chi-square test: how often each of a team's cards is dealt into its hand."""
    program = TABLES["bright-days"].program
    state = start(program, 3)
    team = 1
    row = program.words[at.H_TEAM] + team * at.TEAM_WORDS
    hand, pile = (program.words[at.H_S_HAND] + team, program.words[at.H_S_PILE] + team)
    first, count = program.words[row + at.T_S_HAND], state[hand]
    deals = 6_000
    held: Counter[int] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    for number in range(deals):
        word = dealing.playout_word(seed_key(1), number)
        cards = dealt(program, state, 0, word)[first : first + count]
        held.update(cards)
        pairs[cards[0], cards[1]] += 1
    unknown = count + state[pile]
    copies = Counter(cards_of(program, team))
    assert unknown == copies.total()
    share = count / unknown
    expected = {card: deals * share * number for card, number in copies.items()}
    # Drawn without return: the variance is smaller by (1 - share).
    square = sum((held[card] - e) ** 2 / e for card, e in expected.items())
    assert square / (1 - share) < chi_square_bound(len(expected))
    assert len(pairs) > unknown


def cards_of(program: Program, team: int) -> list[int]:
    """A team's own cards, copies too."""
    row = program.words[at.H_TEAM] + team * at.TEAM_WORDS
    own = program.words[row + at.T_OWN]
    return program.words[own : own + program.words[row + at.T_OWNS]]


def chi_square_bound(freedom: int) -> float:
    """About the 99.9 % point (Wilson and Hilferty, 1931)."""
    spread = 2 / (9 * freedom)
    return float(freedom * (1 - spread + 3.09 * spread**0.5) ** 3)


ORDERS = "\n".join(
    [
        TEAMS,
        *(card(f"a{i}", 'effects = ["x += 1"]', cost=0) for i in range(4)),
        card("reply", "response = true", cost=0),
        *(card(f"b{i}", cost=0, team="bob") for i in range(3)),
    ]
)


def test_any_own_card_may_be_an_order_that_was_laid_but_no_answer_to_others() -> None:
    text = HEAD.format(count=2, rounds='play = "orders"', deck=ORDERS)
    tree = Session.new(load_text({"small.toml": text}), seed=1, seats={}).tree
    program = tree.program
    names = program.cards
    state = start(program, 1)
    for name in ("a2", "a0"):
        move = machine.encode(at.MV_LAY, 0, names.index(name), 0)
        state = after(program, state, move)
    at_laid = program.words[program.words[at.H_TEAM] + at.T_S_LAID]
    seen: Counter[tuple[str, ...]] = Counter()
    for number in range(600):
        new = dealt(program, state, 1, dealing.playout_word(seed_key(2), number))
        seen[tuple(names[c] for c in new[at_laid : at_laid + 2])] += 1
    own = ["a0", "a1", "a2", "a3"]
    assert set(seen) == {(a, b) for a in own for b in own if a != b}
    assert min(seen.values()) > 25


def test_secret_answers_are_any_that_is_open() -> None:
    text = HEAD.format(count=2, rounds="", deck=TEAMS + card(
        "offer", 'answers = "secret"', 'ask = [{ teams = ["ada", "bob"], '
        'prompt = "?", options = [{ id = "a", label = "A" }, '
        '{ id = "b", label = "B", requires = "x > 90" }, { id = "c", label = "C" }] }]',
    ))  # fmt: skip
    tree = Session.new(load_text({"small.toml": text}), seed=1, seats={}).tree
    program = tree.program
    state = start(program, 1)
    state = after(program, state, machine.encode(at.MV_PLAY, 0, 0, 0))
    state = after(program, state, machine.encode(at.MV_ANSWER, 0, 2, 0))
    word = at.S_FRAME + at.F_ANSWER
    answers = Counter(
        dealt(program, state, 1, dealing.playout_word(seed_key(1), i))[word]
        for i in range(200)
    )
    assert set(answers) == {1, 3}
    assert min(answers.values()) > 70
    assert dealt(program, state, 0, 1)[word] == 3


def test_a_card_that_was_given_may_be_the_order_or_still_in_the_hand() -> None:
    text = HEAD.format(count=2, rounds='play = "orders"', deck=ORDERS)
    tree = Session.new(load_text({"small.toml": text}), seed=1, seats={}).tree
    program, state = tree.program, start(tree.program, 1)
    card = {name: number for number, name in enumerate(program.cards)}
    for given in ("b0", "b1"):
        move = machine.encode(at.MV_GIVE, 0, card[given], 0)
        state = after(program, state, move)
    for name in ("b1", "a3"):
        move = machine.encode(at.MV_LAY, 0, card[name], 0)
        state = after(program, state, move)
    row = program.words[at.H_TEAM]
    hand, laid = program.words[row + at.T_S_HAND], program.words[row + at.T_S_LAID]
    size = state[program.words[at.H_S_HAND]]
    orders: Counter[tuple[int, ...]] = Counter()
    for number in range(400):
        new = dealt(program, state, 1, dealing.playout_word(seed_key(3), number))
        pair = new[laid : laid + 2]
        orders[tuple(sorted(pair))] += 1
        strangers = {card["b0"], card["b1"]}
        assert len(strangers & set(pair)) == 1
        assert strangers <= {*pair, *new[hand : hand + size]}
        assert new[hand : hand + size] == sorted(new[hand : hand + size])
    assert len(orders) == 8
    assert min(orders.values()) > 20


@pytest.mark.parametrize("name", DECKS)
def test_no_index_leaves_its_list(name: str) -> None:
    program, chance = TABLES[name].program, random.Random(name)
    words, room = Guarded(program.words), Guarded([0] * program.move_room())
    policies = Guarded([at.BOT_RANDOM] * len(program.teams))
    spaces = [Guarded(program.new_state()) for _ in range(4)]
    known, state, spare, trial = spaces
    for place in positions(name, games=2, step=9):
        for seat in range(program.control + 1):
            dealing.take_known(words, Guarded(place), seat, known)
            word = chance.getrandbits(32)
            dealing.play_on(
                words, known, seat, -1, word, policies, state, room, spare, trial
            )
            row = Guarded([0] * (2 + len(program.teams)))
            assert dealing.write_outcome(words, state, row, 0) == len(row)
            assert row[0] == 0
