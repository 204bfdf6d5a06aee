"""What bots make of the shipped decks: no card is dead, no ending is certain."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import mean, median

import pytest

from tabletop.engine import machine, playout
from tabletop.engine.compile import compile_deck
from tabletop.engine.layout import (
    BIG,
    BOT_GREEDY,
    BOT_RANDOM,
    H_S_FIRED,
    H_S_PLAYED,
    S_ENDING,
    S_ERROR,
    S_ROUND,
    S_WAIT,
    W_PLAY,
)
from tabletop.engine.program import Program
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck, scheduled

KEY = [2025, 2, 28, 18]
RANDOM_GAMES = 300
GREEDY_GAMES = 100
BOTH = pytest.mark.parametrize(
    "path", [TUTORIAL, BRIGHT_DAYS], ids=["tutorial", "bright-days"]
)


@dataclass
class Played:
    """What happened in a number of games."""

    endings: Counter[str] = field(default_factory=Counter)
    cards: Counter[str] = field(default_factory=Counter)
    injects: Counter[str] = field(default_factory=Counter)
    rounds: list[int] = field(default_factory=list)
    moves: list[int] = field(default_factory=list)
    scores: list[list[int]] = field(default_factory=list)

    def share(self, ending: str) -> float:
        """The part of the games that ended so."""
        return self.endings[ending] / self.endings.total()


@cache
def played(path: Path, policy: int) -> Played:
    """Games of a deck by one kind of bot, always the same ones."""
    program = compile_deck(deck(path))
    seen = Played()
    for game in range(RANDOM_GAMES if policy == BOT_RANDOM else GREEDY_GAMES):
        _play(program, path, policy, game, seen)
    return seen


def _play(program: Program, path: Path, policy: int, game: int, seen: Played) -> None:
    words, model = program.words, deck(path).model
    state, teams = program.new_state(), range(len(model.teams))
    machine.set_up(words, state, KEY, game, None)
    seen.moves.append(
        playout.play_out(
            words,
            state,
            [policy for _ in teams],
            [0] * program.move_room(),
            program.new_state(),
            program.new_state(),
            BIG,
        )
    )
    assert state[S_ERROR] == 0, f"game {game}"
    seen.endings[program.endings[state[S_ENDING] - 1]] += 1
    seen.rounds.append(state[S_ROUND])
    seen.scores.append([machine.team_score(words, state, team) for team in teams])
    for place, card in enumerate(model.cards):
        seen.cards[card] += state[words[H_S_PLAYED] + place]
    for place, inject in enumerate(model.injects):
        seen.injects[inject] += state[words[H_S_FIRED] + place]


@BOTH
def test_every_card_is_played(path: Path) -> None:
    cards = played(path, BOT_RANDOM).cards
    assert [card for card, plays in cards.items() if plays == 0] == []


@BOTH
def test_every_inject_that_comes_by_itself_comes(path: Path) -> None:
    model, fired = deck(path).model, played(path, BOT_RANDOM).injects
    due = scheduled(deck(path))
    own = [id_ for id_, i in model.injects.items() if i.at or i.when or id_ in due]
    assert [inject for inject in own if fired[inject] == 0] == []


@BOTH
def test_every_ending_is_reached(path: Path) -> None:
    reached = played(path, BOT_RANDOM).endings + played(path, BOT_GREEDY).endings
    assert set(deck(path).model.endings) - set(reached) == set()


@BOTH
def test_no_ending_is_certain_when_nobody_thinks(path: Path) -> None:
    seen = played(path, BOT_RANDOM)
    assert max(seen.share(ending) for ending in seen.endings) <= 0.5


def test_no_ending_of_bright_days_is_certain_when_teams_want_something() -> None:
    seen = played(BRIGHT_DAYS, BOT_GREEDY)
    assert max(seen.share(ending) for ending in seen.endings) <= 0.5


def test_a_careful_table_keeps_the_storm_outside() -> None:
    seen = played(TUTORIAL, BOT_GREEDY)
    assert seen.share("dry_feet") + seen.share("one_crew") >= 0.6


def test_bright_days_lasts() -> None:
    for policy in (BOT_RANDOM, BOT_GREEDY):
        seen = played(BRIGHT_DAYS, policy)
        assert min(seen.rounds) >= 3
        assert median(seen.rounds) >= 6
        assert min(seen.moves) >= 40


def turns(path: Path, games: int) -> Iterator[tuple[int, bool]]:
    """Each time a team's turn begins: which team, and whether it can play a card."""
    program, teams = compile_deck(deck(path)), range(len(deck(path).model.teams))
    words, moves = program.words, [0] * program.move_room()
    state, known, trial = (program.new_state() for _ in range(3))
    for game in range(games):
        machine.set_up(words, state, KEY, game, None)
        before = (-1, 0)
        while (seat := machine.next_seat(words, state)) >= 0:
            now = (seat, state[S_ROUND])
            if state[S_WAIT] == W_PLAY and now != before:
                before = now
                yield seat, machine.legal_moves(words, state, seat, moves) > 1
            bots = [BOT_RANDOM for _ in teams]
            playout.play_out(words, state, bots, moves, known, trial, 1)


@BOTH
def test_hardly_ever_has_a_team_nothing_to_play(path: Path) -> None:
    begun, stuck = Counter[int](), Counter[int]()
    for team, can_play in turns(path, games=60):
        begun[team] += 1
        stuck[team] += not can_play
    assert len(begun) == len(deck(path).model.teams)
    assert all(stuck[team] <= 0.03 * begun[team] for team in begun)


@pytest.mark.parametrize("team", [0, 1], ids=["town", "board"])
def test_thinking_pays_in_the_tutorial(team: int) -> None:
    careless = mean(row[team] for row in played(TUTORIAL, BOT_RANDOM).scores)
    careful = mean(row[team] for row in played(TUTORIAL, BOT_GREEDY).scores)
    assert careful > careless + 5


@pytest.mark.parametrize("team", range(4), ids=["kremlin", "white", "kyiv", "europe"])
def test_every_team_of_bright_days_has_games_it_would_call_a_success(team: int) -> None:
    """In every eighth game or more it gets well beyond its usual score."""
    scores = [row[team] for row in played(BRIGHT_DAYS, BOT_RANDOM).scores]
    good = [score for score in scores if score >= median(scores) + 8]
    assert len(good) >= len(scores) / 8
