"""What holds of the machine in every game: legal moves, bounds, cards, and ends."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pytest
from hypothesis import Phase, given, settings

from tabletop.deck.loader import load_text
from tabletop.engine import layout as at
from tabletop.engine import machine, playout
from tabletop.engine.compile import compile_deck
from tabletop.engine.imagine import imagine
from tabletop.engine.program import Program
from tabletop.testing.strategies import deck_texts
from tests.engine.games import (
    POLICIES,
    after,
    legal,
    owing,
    ruling,
    some_programs,
    start,
    walk,
)
from tests.engine.small import HEAD, TEAMS, adds

GENERATED = 150
PROGRAMS = some_programs(GENERATED)
Step = tuple[Program, list[int], int, list[int]]


def steps(programs: dict[str, Program], games: int = 2) -> Iterator[Step]:
    """Steps of games in which teams and control do anything they may."""
    for program in programs.values():
        for game in range(games):
            for state, move, new in walk(program, game, random.Random(game)):
                yield program, state, move, new


@cache
def played() -> list[Step]:
    """Two games of every deck."""
    return list(steps(PROGRAMS))


# --- the checks; each is also given to decks that Hypothesis makes


def check_legal(step: Step) -> None:
    """Legal moves come in one order, once each, and asking changes nothing."""
    program, state, _, _ = step
    before = list(state)
    for seat in range(program.control + 1):
        moves = legal(program, state, seat)
        assert moves == legal(program, state, seat)
        assert moves == sorted(moves, key=order), "not in order"
        assert len(set(moves)) == len(moves)
        may_always = seat == program.control
        assert bool(moves) or may_always or seat not in owing(program, state)
        assert not moves or may_always or seat in owing(program, state)
    digested = program.digest_words
    assert state[:digested] == before[:digested]


def order(move: int) -> tuple[bool, int, int]:
    """Cards before passing; injects one after the other, advancing first."""
    kind, item = move % at.MOVE_TEAM, move // at.MOVE_ITEM
    return kind == at.MV_PASS, item if kind != at.MV_ADVANCE else -1, kind


def check_applies(step: Step) -> None:
    """Every legal move applies, and brings the game to its next stop."""
    program, state, _, _ = step
    for seat in range(program.control + 1):
        for move in legal(program, state, seat):
            new = after(program, state, move)
            assert new[at.S_ERROR] == 0
            assert new[at.S_MOVES] == state[at.S_MOVES] + 1
            assert new[at.S_OVER] or owing(program, new), "nobody owes a move"
            assert new[at.S_OVER] or new[at.S_DIRTY] == 0 or new[at.S_DEPTH]


def check_end(step: Step) -> None:
    """A finished game has no moves, and nobody owes one."""
    program, _, _, new = step
    if not new[at.S_OVER]:
        return
    room = [0] * program.move_room()
    assert 1 <= new[at.S_ENDING] <= len(program.endings)
    assert owing(program, new) == []
    assert machine.next_seat(program.words, new) == -1
    for seat in range(program.control + 1):
        assert legal(program, new, seat) == []
    chance = random.Random(1)
    for _ in range(20):
        wish = ruling(program, chance)
        assert not machine.is_legal(program.words, new, program.control, wish, room)


def check_bounds(step: Step) -> None:
    """Tracks, flags and points are within their bounds, rounds within the game's."""
    program, _, _, state = step
    words = program.words
    for target in range(len(program.targets)):
        row = words[at.H_TARGET] + target * at.TARGET_WORDS
        value = state[words[at.H_S_TARGET] + target]
        assert words[row + at.G_LOW] <= value <= words[row + at.G_HIGH]
    for team in range(len(program.teams)):
        assert 0 <= state[words[at.H_S_POINTS] + team] <= 999
    assert 1 <= state[at.S_ROUND] <= program.rounds
    assert 0 <= state[at.S_PHASE] < len(program.phases)


def check_cards(step: Step) -> None:
    """Each copy is in one hand, pile, discards or among the orders, or used up."""
    program, _, _, state = step
    words, everywhere = program.words, places(program, state)
    for card, copies in all_copies(program).items():
        found = everywhere[card]
        limit = words[words[at.H_CARD] + card * at.CARD_WORDS + at.C_LIMIT]
        played = state[words[at.H_S_PLAYED] + card]
        used_up = limit > 0 and played >= limit
        name = program.cards[card]
        assert found == copies or (used_up and found < copies), name


def check_zeroed(step: Step) -> None:
    """Words that are not used are 0, so that equal states have equal digests."""
    program, _, _, state = step
    for start_, count, cap in lists(program, state):
        assert 0 <= count <= cap
        assert all(word == 0 for word in state[start_ + count : start_ + cap])
    used = at.S_FRAME + state[at.S_DEPTH] * at.FRAME_WORDS
    assert not any(state[used : at.STATE_HEAD])
    if not state[at.S_DEPTH]:
        answers = program.words[at.H_S_ANSWER]
        assert not any(state[answers : answers + len(program.teams)])


def check_imagined(step: Step) -> None:
    """To imagine what is known already changes nothing, and offers the same moves."""
    program, _, _, state = step
    for seat in range(program.control + 1):
        known, again = program.new_state(), program.new_state()
        imagine(program.words, state, seat, known)
        imagine(program.words, known, seat, again)
        assert again == known
        assert legal(program, known, seat) == legal(program, state, seat)


CHECKS: list[Callable[[Step], None]] = [
    check_legal, check_applies, check_end, check_bounds, check_cards, check_zeroed,
    check_imagined,
]  # fmt: skip


def all_copies(program: Program) -> Counter[int]:
    """How many copies of each card there are."""
    copies: Counter[int] = Counter()
    words = program.words
    for team in range(len(program.teams)):
        row = words[at.H_TEAM] + team * at.TEAM_WORDS
        first = words[row + at.T_OWN]
        own = words[first : first + words[row + at.T_OWNS]]
        copies.update(own if words[row + at.T_HAND] >= 0 else set(own))
    return copies


def lists(program: Program, state: list[int]) -> Iterator[tuple[int, int, int]]:
    """Each list of cards: where it stands, how many it holds, how many fit."""
    words = program.words
    for team in range(len(program.teams)):
        row = words[at.H_TEAM] + team * at.TEAM_WORDS
        for place, count, cap in (
            (at.T_S_HAND, at.H_S_HAND, at.T_HAND_CAP),
            (at.T_S_PILE, at.H_S_PILE, at.T_PILE_CAP),
            (at.T_S_DISCARD, at.H_S_DISCARD, at.T_PILE_CAP),
            (at.T_S_LAID, at.H_S_LAID, at.T_LAID_CAP),
        ):
            yield words[row + place], state[words[count] + team], words[row + cap]


def places(program: Program, state: list[int]) -> Counter[int]:
    """How many copies of each card are somewhere."""
    found: Counter[int] = Counter()
    for number, (start_, count, _) in enumerate(lists(program, state)):
        if number % 4 != 3:
            found.update(state[start_ : start_ + count])
    found.update(laid(program, state))
    return found


def laid(program: Program, state: list[int]) -> Iterator[int]:
    """The orders that are still to be resolved and are not in a hand besides."""
    words, teams = program.words, len(program.teams)
    resolving = state[at.S_STAGE] == at.FLOW_RESOLVE
    for place in range(teams):
        team = state[words[at.H_S_ORDER] + place]
        row = words[at.H_TEAM] + team * at.TEAM_WORDS
        for i in range(state[words[at.H_S_LAID] + team]):
            card = state[words[row + at.T_S_LAID] + i]
            owner = words[words[at.H_CARD] + card * at.CARD_WORDS + at.C_TEAM]
            stays = words[row + at.T_HAND] < 0 and owner == team
            done = resolving and i * teams + place < state[at.S_STEP]
            if not stays and not done:
                yield card


# --- in many games


def run(check: Callable[[Step], None], some: Iterable[Step]) -> None:
    """Checks every step."""
    for step in some:
        check(step)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_holds_in_games_of_many_decks(check: Callable[[Step], None]) -> None:
    run(check, played())


def test_the_games_are_long_enough() -> None:
    assert len(played()) > 3_500


@given(deck_texts())
@settings(max_examples=25, phases=[Phase.generate])  # shrinking would take minutes
def test_it_holds_in_decks_that_hypothesis_makes(text: str) -> None:
    program = compile_deck(load_text({"deck.toml": text}))
    for step in steps({"made": program}, games=1):
        for check in CHECKS:
            check(step)


def test_every_kind_of_move_and_of_stop_occurs() -> None:
    """Else the checks above would not have seen them."""
    kinds: Counter[int] = Counter()
    stops: Counter[int] = Counter()
    depths: Counter[int] = Counter()
    for _, state, move, _ in played():
        kinds[move % at.MOVE_TEAM] += 1
        stops[state[at.S_WAIT]] += 1
        depths[state[at.S_DEPTH]] += 1
    assert min(kinds[kind] for kind in range(at.MV_RESEED + 1)) >= 3, kinds
    stops_seen = [stops[stop] for stop in range(at.W_ADVANCE, at.W_RESPOND + 1)]
    assert min(stops_seen) >= 20, stops
    assert depths[2] > 10


# --- by bots


@pytest.mark.parametrize("policy", POLICIES, ids=["random", "first", "greedy"])
def test_every_game_by_bots_ends_in_time(policy: int) -> None:
    for name, program in PROGRAMS.items():
        policies = [policy] * len(program.teams)
        state = start(program, 5)
        known, trial = program.new_state(), program.new_state()
        moves = [0] * program.move_room()
        playout.play_out(program.words, state, policies, moves, known, trial, at.BIG)
        assert state[at.S_OVER] == 1, name
        assert state[at.S_ERROR] == 0, name
        assert state[at.S_ROUND] <= program.rounds, name


def test_a_small_deck_has_exactly_as_many_games_as_counted_by_hand() -> None:
    """With k points and two cards of cost 1 a team has f(k) = 1 + 2 f(k - 1) ways to
    play; f(2) is 7, and two teams play one after the other."""
    teams = TEAMS.replace("points = 5", "points = 2")
    cards = [adds(f"{t}{i}", 1, team=t) for t in ("ada", "bob") for i in range(2)]
    text = HEAD.format(count=1, rounds="", deck="\n".join([teams, *cards]))
    program = compile_deck(load_text({"deck.toml": text}))

    def games(state: list[int]) -> int:
        seat = machine.next_seat(program.words, state)
        moves = legal(program, state, seat) if seat >= 0 else []
        return sum(games(after(program, state, move)) for move in moves) or 1

    assert games(start(program, 1)) == 7 * 7


def test_the_digest_is_of_the_digested_words() -> None:
    program = PROGRAMS["tutorial"]
    state = start(program, 1)
    digest = program.digest(state)
    seen = {digest}
    for place in range(program.state_words):
        changed = list(state)
        changed[place] += 1
        new = program.digest(changed)
        assert (new == digest) == (place >= program.digest_words)
        seen.add(new)
    assert len(seen) == program.digest_words + 1


def test_a_broken_machine_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every check can fail: here cards are lost on their way to the discards."""
    monkeypatch.setattr("tabletop.engine.flow.put_away", lambda *_: None)
    with pytest.raises(AssertionError):
        run(check_cards, steps({"large": PROGRAMS["large"]}))


def test_a_machine_without_bounds_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(S: list[int], slot: int, target: int, value: int, *_: object) -> None:
        S[slot] = value
        S[at.S_DIRTY] = 1

    for module in ("effects", "flow", "machine"):
        monkeypatch.setattr(f"tabletop.engine.{module}.set_target", write)
    with pytest.raises(AssertionError):
        run(check_bounds, steps({"large": PROGRAMS["large"]}))
