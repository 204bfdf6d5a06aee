"""The random generators: known outputs, no bias, and the shares that cards print."""

import random
from collections import Counter
from fractions import Fraction
from types import FunctionType

import pytest

from tabletop.engine import layout as at
from tabletop.engine import machine, playout, words
from tabletop.engine.program import seed_key
from tabletop.session.rows import row_chances, totals
from tests.engine.games import POLICIES, some_programs, start
from tests.engine.small import TEAMS, Play, card

REFERENCE = (
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849,
    3729100597, 4258142804, 337829053, 2142557243, 3576906021, 2006103318, 3870238204,
    1001584594, 3804789018, 2299676403, 3571406116, 2962224741,
)  # fmt: skip
"""The first outputs of xoshiro128** 1.1 for the state 1, 2, 3, 4, as other
implementations publish them."""


def test_the_generator_is_xoshiro128() -> None:
    state = [1, 2, 3, 4]
    assert [words.next32(state, 0) for _ in REFERENCE] == list(REFERENCE)


def xoshiro(s: list[int]) -> int:
    """xoshiro128** 1.1 as its authors write it, in unbounded integers."""
    mask = (1 << 32) - 1
    result = (rotated(s[1] * 5 & mask, 7) * 9) & mask
    t = s[1] << 9 & mask
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotated(s[3], 11)
    return result


def rotated(x: int, k: int) -> int:
    return (x << k | x >> (32 - k)) & ((1 << 32) - 1)


def test_it_stays_so_for_many_states() -> None:
    chance = random.Random(1)
    for _ in range(200):
        ours = [chance.getrandbits(32) | 1 for _ in range(4)]
        theirs = list(ours)
        for _ in range(20):
            assert words.next32(ours, 0) == xoshiro(theirs)
        assert ours == theirs


@pytest.mark.parametrize(
    ("word", "mixed"),
    [(0, 0), (1, 0x514E28B7), (2, 0x30F4C306), (0xFFFFFFFF, 0x81F16F39)],
)
def test_words_are_mixed_as_murmurhash_does(word: int, mixed: int) -> None:
    assert words.mix32(word) == mixed


def test_products_of_words_keep_their_low_bits() -> None:
    chance = random.Random(2)
    for _ in range(1_000):
        a, b = chance.getrandbits(32), chance.getrandbits(32)
        assert words.times32(a, b) == a * b % 2**32


# --- below(n) without bias


class Feed:
    """Stands in for the generator: hands out the given words."""

    def __init__(self, given: list[int]) -> None:
        self.given = given

    def __call__(self, state: list[int], place: int) -> int:
        return self.given.pop(0)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 6, 7, 10, 100, 255])
def test_every_number_below_n_is_equally_likely(
    n: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted exactly, with words of 8 bits in place of 32."""
    monkeypatch.setattr(words, "MASK", 255)
    code = words.below.__code__
    consts = tuple(8 if const == 32 else const for const in code.co_consts)
    below = FunctionType(code.replace(co_consts=consts), vars(words))
    found: Counter[int] = Counter()
    for word in range(256):
        feed = Feed([word])
        monkeypatch.setattr(words, "next32", feed)
        try:
            found[below([], 0, n)] += 1
        except IndexError:  # the word was refused, and another one asked for
            found[-1] += 1
    kept = 256 // n
    assert found == {**dict.fromkeys(range(n), kept), **rest(256 - kept * n)}


def rest(refused: int) -> dict[int, int]:
    return {-1: refused} if refused else {}


@pytest.mark.parametrize("n", [2, 6, 10, 999])
def test_numbers_spread_evenly(n: int) -> None:
    """Chi-square, with a fixed seed: far from the 1 in 10,000 tails."""
    state, throws = seed_key(6), 40 * n
    counts = Counter(words.below(state, 0, n) for _ in range(throws))
    assert set(counts) <= set(range(n))
    chi = sum((counts[i] - 40) ** 2 / 40 for i in range(n))
    spread = 4 * (2 * max(n - 1, 1)) ** 0.5 + 8
    assert abs(chi - (n - 1)) < spread


# --- streams


def test_seeds_and_games_have_streams_of_their_own() -> None:
    program = some_programs(0)["tutorial"]
    seen = set()
    for seed in range(30):
        for game in range(30):
            state = start(program, seed, game)
            seen.add(tuple(state[at.S_DICE : at.S_FRAME]))
    assert len(seen) == 900


def test_game_numbers_beyond_32_bits_count() -> None:
    program = some_programs(0)["tutorial"]
    streams = {
        tuple(start(program, 1, 2**k)[at.S_DICE : at.S_FRAME]) for k in range(50)
    }
    assert len(streams) == 50


def test_dice_do_not_move_when_cards_are_drawn() -> None:
    """Nor the other way round: each stream is its own."""
    program = some_programs(0)["bright-days"]
    state = start(program, 1)
    dice = state[at.S_DICE : at.S_CARDS]
    for _ in range(50):
        words.below(state, at.S_CARDS, 7)
    assert state[at.S_DICE : at.S_CARDS] == dice
    cards = state[at.S_CARDS : at.S_FRAME]
    words.throw_die(state, 6, None)
    assert state[at.S_CARDS : at.S_FRAME] == cards
    assert state[at.S_DICE : at.S_CARDS] != dice


def test_bots_do_not_move_dice_or_cards() -> None:
    for program in some_programs(6).values():
        state = start(program, 2)
        rooms = [program.new_state() for _ in range(2)]
        moves = [0] * program.move_room()
        seat = machine.next_seat(program.words, state)
        count = machine.legal_moves(program.words, state, seat, moves)
        before = list(state)
        for policy in POLICIES if 0 <= seat < program.control else ():
            playout.choose(program.words, state, seat, policy, moves, count, *rooms)
        digested = program.digest_words
        assert state[:digested] == before[:digested]


# --- dice tables


def test_totals_are_counted_exactly() -> None:
    assert totals(2, 6) == [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]
    assert sum(totals(5, 10)) == 10**5


@pytest.mark.parametrize("modifier", [-3, 0, 2, 20])
def test_rows_come_as_often_as_their_cards_say(modifier: int) -> None:
    roll = """roll = { dice = "2d6", modifier = "x - 50", table = [
    { to = 4, text = "a", effects = ["y = 1"] },
    { to = 9, text = "b", effects = ["y = 2"] },
    { text = "c", effects = ["y = 3"] } ] }""".replace("\n", "")
    track = '[tracks.y]\nlabel = "Y"\nstart = 0\n'
    game = Play(TEAMS, track, card("a", roll, cost=0))
    game.control("set", "x", 50 + modifier)
    tree = game.session.tree
    model = tree.deck.model.cards["a"].roll
    assert model is not None
    chances = row_chances(model, modifier)
    assert sum(chances) == 1
    found: Counter[int] = Counter()
    row = tree.program.words[at.H_S_TARGET] + tree.program.targets.index("y")
    state, throws = game.state, 3_600
    for _ in range(throws):
        state[tree.program.words[at.H_S_PLAYS]] = 0
        machine.perform(tree.program.words, state, at.MV_PLAY, None)
        found[state[row] - 1] += 1
    for i, chance in enumerate(chances):
        assert_fits(found[i], throws, chance)


def assert_fits(found: int, throws: int, chance: Fraction) -> None:
    """Within five standard deviations; exactly, when it is certain."""
    expected = float(throws * chance)
    spread = (expected * float(1 - chance)) ** 0.5
    assert abs(found - expected) <= 5 * spread
