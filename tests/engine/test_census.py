"""Counts of many games: equal in both gears, in any parts, and to a count by hand."""

import random
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.engine import flow, machine
from tabletop.engine import layout as at
from tabletop.engine.census import NEVER, Census, Count, Thing
from tabletop.engine.census_things import KINDS, things
from tabletop.engine.counting import BOT_LEAST
from tabletop.engine.gear import GearName, gear, has_fast
from tabletop.engine.ledger import Countable, countable
from tabletop.engine.order import reversed_order
from tabletop.engine.program import seed_key
from tests.engine.games import POLICIES, some_decks, walk

KEY = seed_key(6)
GENERATED = 12
GEARS: tuple[GearName, ...] = ("low", "high")


@cache
def ready_decks() -> dict[str, tuple[Deck, Countable]]:
    """Some decks, ready for counting."""
    return {
        name: (each, countable(each)) for name, each in some_decks(GENERATED).items()
    }


def mixed(ready: Countable, shift: int) -> tuple[list[int], list[int]]:
    """A bot of another kind for each team, and their tables."""
    kinds = [*POLICIES, BOT_LEAST]
    teams = len(ready.program.teams)
    codes = [kinds[(team + shift) % len(kinds)] for team in range(teams)]
    size = ready.choices * ready.program.rounds
    tables = [teams + team * size for team in range(teams)]
    return codes, tables + [0] * (teams * size)


def named(each: Deck, ready: Countable, kind: str) -> dict[str, int]:
    """The place of each thing of a kind, by its name."""
    found = [thing.name for thing in things(each, ready.program) if thing.kind == kind]
    assert len(set(found)) == len(found)
    return {name: place for place, name in enumerate(found)}


@pytest.mark.skipif(not has_fast(), reason="high gear is not installed")
@pytest.mark.xdist_group("high gear")
def test_both_gears_count_alike() -> None:
    moves = 0
    for number, (name, (_, ready)) in enumerate(ready_decks().items()):
        codes, tables = mixed(ready, number)
        low, high = (
            gear(which).count(
                ready, KEY, 64, 4, codes, tables=tables, luck_key=seed_key(8)
            )
            for which in ("low", "high")
        )
        assert low == high, name
        moves += low.moves
    assert moves > 1_000


@pytest.mark.skipif(not has_fast(), reason="high gear is not installed")
@pytest.mark.xdist_group("high gear")
def test_bots_that_search_are_counted_in_both_gears() -> None:
    ready = ready_decks()["tutorial"][1]
    policies = [at.BOT_SEARCH + at.BOT_BUDGET * 5, at.BOT_GREEDY]
    low, high = (gear(w).count(ready, KEY, 2, 3, policies) for w in ("low", "high"))
    assert low == high
    rows = gear("low").play_games(ready.program, KEY, 2, 3, policies)
    assert low.lengths == Counter(row[0] for row in rows)


@pytest.mark.parametrize("name", ["tutorial", "made 3", "made 5"])
def test_parts_add_up_to_the_whole_in_any_order(name: str) -> None:
    """Also across the end of a batch of bots that learn."""
    ready = ready_decks()[name][1]
    codes, tables = mixed(ready, 3)
    assert BOT_LEAST in codes
    machine_ = gear("low")
    whole = machine_.count(ready, KEY, 60, 8, codes, tables=tables)
    for cuts in ((60, 63, 66, 68), (60, 64, 65, 68)):
        parts = [
            machine_.count(ready, KEY, first, last - first, codes, tables=tables)
            for first, last in pairwise(cuts)
        ]
        total = Census()
        for part in (parts[1], parts[2], parts[0]):
            total.add(part)
        assert total == whole
    assert whole.games == 8


def test_counting_plays_the_games_that_are_played_without() -> None:
    judged = 0
    for number, (_, ready) in enumerate(ready_decks().values()):
        program = ready.program
        codes = [POLICIES[(number + i) % 3] for i in range(len(program.teams))]
        rows = gear("low").play_games(program, KEY, 3, 4, codes)
        census = gear("low").count(ready, KEY, 3, 4, codes)
        assert census.lengths == Counter(row[0] for row in rows)
        assert census.rounds == Counter(row[2] for row in rows)
        ended = Counter(row[1] for row in rows if row[1] >= 0)
        assert [count.hits for count in census.seen["ending"]] == [
            ended[place] for place in range(len(program.endings))
        ]
        for team in range(len(program.teams)):
            assert census.scores[team] == Counter(row[5 + team] for row in rows)
            wins = [row[team - len(program.teams)] for row in rows]
            states = team in program.judging
            assert set(wins) <= ({0, 1} if states else {-1})
            assert census.successes[team] == (sum(wins) if states else 0)
            judged += census.successes[team]
    assert judged > 10


# --- a second way to count, by the trace of each move


class ByHand:
    """Counts one game after the other, from the machine's states and facts."""

    def __init__(self, ready: Countable) -> None:
        self.program = ready.program
        self.hits = {kind: Counter[int]() for kind in KINDS}
        self.games = {kind: Counter[int]() for kind in KINDS}
        self.offered: Counter[int] = Counter()
        self.chosen: Counter[int] = Counter()
        self.options: Counter[tuple[int, int, int]] = Counter()
        self.tracks: Counter[tuple[int, int, int]] = Counter()
        self.waited: Counter[int] = Counter()
        self.real: Counter[int] = Counter()
        self.turns: dict[tuple[int, int, int], int] = {}
        """By game, team and round: the cards that could be played as its turn began."""
        self.game = 0

    def play(self, game: int) -> None:
        """One game by random bots."""
        self.game = game
        P, state = self.program.words, self.program.new_state()
        trace: list[tuple[int, int, int, int, int, int]] = []
        machine.set_up(P, state, KEY, game, trace)
        seen = self.facts(trace)
        while (seat := machine.next_seat(P, state)) >= 0:
            move = at.MV_ADVANCE
            if seat < self.program.control:
                move = self.decide(state, seat)
            trace, before = [], list(state)
            machine.perform(P, state, move, trace)
            seen |= self.facts(trace)
            self.closing(before, state, move)
        self.hits["ending"][state[at.S_ENDING] - 1] += 1
        seen.add(("ending", state[at.S_ENDING] - 1))
        self.close(state, state[at.S_ROUND])
        for kind, place in seen:
            self.games[kind][place] += 1

    def decide(self, state: list[int], seat: int) -> int:
        """A random bot's move; what it could do is counted."""
        room = [0] * self.program.move_room()
        count = machine.legal_moves(self.program.words, state, seat, room)
        move = gear("low").choose(self.program.words, state, seat, 0, room[:count])
        self.options[state[at.S_ROUND], seat, count] += 1
        self.real[self.game] += count > 1
        may_pass = at.MV_PASS in [legal % at.MOVE_TEAM for legal in room[:count]]
        if may_pass and state[at.S_WAIT] != at.W_RESPOND:
            self.turns.setdefault((self.game, seat, state[at.S_ROUND]), count - 1)
        for legal in room[:count]:
            self.offered[self.choice(state, seat, legal)] += 1
        self.chosen[self.choice(state, seat, move)] += 1
        return move

    def choice(self, state: list[int], seat: int, move: int) -> int:
        """Cards by their number, options by theirs behind them, -1 for passing."""
        P, kind = self.program.words, move % at.MOVE_TEAM
        item = (move // at.MOVE_ITEM) % 65536
        if kind == at.MV_ANSWER:
            question = machine.asked_question(P, state, seat)
            row = P[at.H_QUESTION] + question * at.QUESTION_WORDS
            return len(self.program.cards) + P[row + at.Q_OPTION] + item
        return item if kind in (at.MV_PLAY, at.MV_LAY) else -1

    def closing(self, before: list[int], state: list[int], move: int) -> None:
        """What a move tells of a round's end or of the end of play."""
        passed = self.program.words[at.H_S_PASSED]
        teams = range(len(self.program.teams))
        team = (move // at.MOVE_TEAM) % 16
        waiting = before[at.S_DEPTH] == 0 and move % at.MOVE_TEAM == at.MV_PASS
        if waiting and all(before[passed + t] or t == team for t in teams):
            for card in range(len(self.program.cards)):
                owner = self.program.words[
                    self.program.words[at.H_CARD] + card * at.CARD_WORDS
                ]
                hand = self.program.words[
                    self.program.words[at.H_TEAM] + owner * at.TEAM_WORDS + at.T_S_HAND
                ]
                held = before[self.program.words[at.H_S_HAND] + owner]
                self.waited[card] += card in before[hand : hand + held]

    def facts(self, trace: Sequence[tuple[int, ...]]) -> set[tuple[str, int]]:
        """Counts what a trace tells: the things that happened."""
        seen = set()
        for kind, a, b, c, *_ in trace:
            thing = {
                at.TR_PLAY: ("card", b), at.TR_ANSWER: ("option", b),
                at.TR_OUTCOME: ("outcome", a), at.TR_ROLL: ("row", c),
                at.TR_RULE: ("rule", a), at.TR_INJECT: ("inject", a),
            }.get(kind)  # fmt: skip
            if kind == at.TR_DUE:
                site = self.program.sites[a]
                if site in self.program.cards:
                    thing = ("card", self.program.cards.index(site))
            if thing:
                self.hits[thing[0]][thing[1]] += 1
                seen.add(thing)
        return seen

    def close(self, state: list[int], round_: int) -> None:
        """The tracks as the game ends."""
        for track in range(len(self.program.tracks)):
            value = state[self.program.words[at.H_S_TARGET] + track]
            self.tracks[round_, track, value] += 1


def test_counts_are_those_of_a_count_by_hand() -> None:
    counted: Counter[str] = Counter()
    for name, (_, ready) in ready_decks().items():
        teams = len(ready.program.teams)
        census = gear("low").count(ready, KEY, 0, 6, [at.BOT_RANDOM] * teams)
        hand = ByHand(ready)
        for game in range(6):
            hand.play(game)
        for kind in KINDS:
            if kind == "lasting":
                continue
            for place, count in enumerate(census.seen[kind]):
                assert count.hits == hand.hits[kind][place], (name, kind, place)
                assert count.games == hand.games[kind][place], (name, kind, place)
                counted[kind] += count.hits
        size = len(ready.program.cards)
        offered = census.offered["card"] + census.offered["option"]
        chosen = census.chosen["card"] + census.chosen["option"]
        for place in range(size + len(ready.program.options)):
            assert offered[place] == hand.offered[place]
            assert chosen[place] == hand.chosen[place]
        assert hand.options == Counter({
            (round_, team, legal): times
            for round_, by_team in enumerate(census.options)
            for team, counts in enumerate(by_team)
            for legal, times in counts.items()
        })  # fmt: skip
        assert census.waited == [hand.waited[card] for card in range(size)]
        assert census.real == Counter(hand.real.values())
        turns = [(team, cards) for (_, team, _), cards in hand.turns.items()]
        for team in range(teams):
            own = [cards for whose, cards in turns if whose == team]
            assert census.turns[team] == len(own)
            assert census.few[team] == sum(cards < 2 for cards in own)
        for (round_, track, value), times in hand.tracks.items():
            assert census.tracks[round_][track][value] >= times
        for round_, by_track in enumerate(census.tracks):
            reached = sum(n for last, n in census.rounds.items() if last >= round_)
            assert all(sum(counts.values()) == reached for counts in by_track)
    assert min(counted[kind] for kind in KINDS if kind != "lasting") > 10, counted


# --- what a count means


SURE = """
format = 1
id = "sure"
title = "Sure"
[rounds]
count = 3
ending = "late"
[endings.won]
title = "Won"
when = "x >= 99"
[endings.late]
title = "Late"
[tracks.x]
label = "X"
start = 0
[teams.a]
name = "A"
points = 1
success = "x >= 17 and ending.late"
[[teams.a.objectives]]
text = "More"
score = "x"
[cards.up]
team = "a"
title = "Up"
requires = "x < 20 and (round >= 2 or not x > 5)"
effects = ["x += 5"]
lasting = { rounds = 1, effects = ["x += 1"] }
[rules.high]
at = "round_end"
when = "x >= 5"
effects = ["x += 0"]
"""
"""By the first legal move x is 5, 11 and 17 as the rounds close."""


def sure(games: int) -> tuple[dict[str, Any], Census]:
    """The counts of that deck's things by their names, and the census."""
    each = load_text({"sure.toml": SURE})
    ready = countable(each)
    census = gear("low").count(ready, KEY, 4, games, [at.BOT_FIRST])
    rows: dict[str, Any] = {**census.seen, "term": census.terms}
    found = {
        f"{kind} {name}": rows[kind][place]
        for kind in (*KINDS, "term")
        for name, place in named(each, ready, kind).items()
    }
    return found, census


def test_a_deck_whose_counts_are_known() -> None:
    found, census = sure(2)
    assert found["card up"] == Count(6, 2, 4, 1)
    assert found["lasting up"] == Count(4, 2, 4, 2)
    assert found["rule high"] == Count(6, 2, 4, 1)
    assert found["ending late"] == Count(2, 2, 4, 3)
    assert found["ending won"] == Count(0, 0, NEVER, 0)
    assert found["term cards.up.requires#1"] == (6, 0)
    assert found["term cards.up.requires#2"] == (4, 2)
    assert found["term cards.up.requires#3"] == (2, 4)
    assert found["term rules.high.when#1"] == (6, 0)
    assert found["term endings.won.when#1"] == (0, 6)
    assert (census.offered["card"], census.chosen["card"]) == ([6], [6])
    assert census.waited == [6]
    assert census.by_last_round == {1: 2}
    assert [row[0] for row in census.tracks] == [{0: 2}, {5: 2}, {11: 2}, {17: 2}]
    assert [row[0] for row in census.options] == [{}, {2: 2, 1: 2}] + 2 * [{2: 2, 1: 2}]
    assert (census.scores, census.best, census.best_alone) == ([{17: 2}], [2], [2])
    assert census.successes == [2]
    # One card, played once in each of three rounds: never more than one to choose from.
    assert (census.turns, census.few, census.real) == ([6], [6], {3: 2})
    assert (census.games, census.rounds, census.lengths) == (2, {3: 2}, {6: 2})


GROWING = """
format = 1
id = "growing"
title = "Growing"
[rounds]
count = 14
ending = "late"
[endings.late]
title = "Late"
[tracks.x]
label = "X"
start = 0
[teams.a]
name = "A"
points = 1
[cards.grow]
team = "a"
title = "Grow"
effects = ["schedule(grow, 1)", "schedule(grow, 1)", "schedule(grow, 1)", "x += 1"]
"""


@pytest.mark.xdist_group("high gear")
def test_games_that_the_machine_stops_are_counted_as_far_as_they_came() -> None:
    ready = countable(load_text({"growing.toml": GROWING}))
    found = [
        gear(name).count(ready, KEY, 3, 2, [at.BOT_FIRST])
        for name in (GEARS if has_fast() else GEARS[:1])
    ]
    assert found[1:] == found[:1] * (len(found) - 1)
    census = found[0]
    assert (census.games, census.stopped, census.first_stopped) == (2, 2, 3)
    assert census.seen["ending"][0] == Count(0, 0, NEVER, 0)
    assert not census.by_last_round
    last = max(census.rounds)
    assert 8 < last < 14
    assert census.tracks[last][0] == {100: 2}
    assert not census.tracks[last + 1][0]
    assert census.seen["card"][0].hits > 50_000


def test_terms_are_the_parts_that_and_and_or_join() -> None:
    each = load_text({"sure.toml": SURE})
    found = [t for t in things(each, countable(each).program) if t.kind == "term"]
    assert [(t.name, t.text) for t in found[:3]] == [
        ("cards.up.requires#1", "x < 20"),
        ("cards.up.requires#2", "round >= 2"),
        ("cards.up.requires#3", "not x > 5"),
    ]
    text = "x < 20 and (round >= 2 or not x > 5)"
    assert [text[slice(*(t.span or ()))] for t in found[:3]] == [
        t.text for t in found[:3]
    ]
    assert found[0].path == ("cards", "up", "requires")


def test_every_thing_has_a_name_of_its_own_and_a_place_in_the_deck() -> None:
    for each, ready in ready_decks().values():
        found = things(each, ready.program)
        assert len({(thing.kind, thing.name) for thing in found}) == len(found)
        data = each.model.model_dump()
        for thing in found:
            assert at_path(data, thing) is not None
            assert thing.text


def at_path(data: Any, thing: Thing) -> Any:
    """What stands in a deck where a thing does."""
    for key in thing.path:
        data = data[key]
    return data


def test_other_luck_leaves_the_bots_as_they_are() -> None:
    """In a deck without dice or draws nothing changes; else the games do."""
    ready = countable(load_text({"sure.toml": SURE}))
    rows = [
        gear("low").play_games(ready.program, KEY, 0, 20, [0], luck_key=luck)
        for luck in (None, KEY, seed_key(7))
    ]
    assert rows[0] == rows[1]
    assert [row[5:] for row in rows[0]] == [row[5:] for row in rows[2]]
    ready = ready_decks()["bright-days"][1]
    teams = [0] * len(ready.program.teams)
    games = [
        gear("low").play_games(ready.program, KEY, 0, 6, teams, luck_key=luck)
        for luck in (None, KEY, seed_key(7))
    ]
    assert games[0] == games[1]
    assert not set(map(tuple, games[0])) & set(map(tuple, games[2]))


def test_the_reverse_order_is_the_order_backwards() -> None:
    turned = 0
    for _, ready in ready_decks().values():
        program, chance = ready.program, random.Random(1)
        other = reversed_order(program)
        for _, _, state in walk(program, 3, chance, most=80):
            orders = []
            for words in (program.words, other.words):
                copy = list(state)
                flow.order_teams(words, copy)
                first = words[at.H_S_ORDER]
                orders.append(copy[first : first + len(program.teams)])
            assert orders[0] == orders[1][::-1]
            turned += len(orders[0]) > 1
    assert turned > 200
    assert ready_decks()["tutorial"][1].program.words != other.words


@pytest.mark.skipif(not has_fast(), reason="high gear is not installed")
@pytest.mark.xdist_group("high gear")
def test_both_gears_play_the_reverse_order_alike() -> None:
    turned = 0
    for name in ("tutorial", "bright-days", "made 2", "made 3"):
        ready = ready_decks()[name][1]
        teams = [0] * len(ready.program.teams)
        low, high = (
            gear(which).count(ready, KEY, 0, 4, teams, reverse=True)
            for which in ("low", "high")
        )
        assert low == high
        turned += low != gear("low").count(ready, KEY, 0, 4, teams)
    assert turned >= 2
