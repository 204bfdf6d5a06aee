"""Games by bots that a test looks at, move by move, in plain Python.

Without a start of the test's own, game `i` is the game that `tabletop run` plays with
the same deck, seed and bots.
"""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tabletop.bots.policies import policy_codes
from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.gear import SlowGear
from tabletop.engine.playout import choose_plainly
from tabletop.engine.program import Program
from tabletop.engine.words import mix32
from tabletop.session.facts import TraceRow
from tabletop.session.start import Start, begin
from tabletop.testing.board import Board
from tabletop.testing.files import Case, TestFile
from tabletop.testing.goals import program_of
from tabletop.testing.models import Always, Goal
from tabletop.testing.steps import start_of

Look = Callable[[list[int], Sequence[TraceRow]], bool]
"""Given the state after the start and after each move, and the trace of that; whether
to stop there."""
Choose = Callable[[list[int], int, Sequence[int]], int]
"""Picks a move: the state, the seat that is to move, its legal moves."""

Distance = Callable[[list[int]], int]
"""How far a state is from a goal."""
STRAYS = 8
"""Of what moves towards a goal, one in so many is made at random, so that no two games
are alike."""

FIRED = 12
"""Control fires an inject by hand at one move in so many, where it is to do so."""


@dataclass(frozen=True)
class Line:
    """A game, or the beginning of one."""

    game: int
    moves: tuple[int, ...]
    """The moves as the machine numbers them."""
    stopped: bool
    """Whether looking at it stopped it."""
    rounds: int


@dataclass(frozen=True)
class Setting:
    """What games are played on."""

    file: TestFile
    case: Case
    seed: int

    @property
    def program(self) -> Program:
        """The deck's program."""
        return program_of(self.file.deck)

    @cached_property
    def start(self) -> Start | None:
        """What the games begin with; None for what the deck says."""
        return start_of(self.case.table.start)

    @property
    def named(self) -> Mapping[str, str]:
        """The bot of each team by its name."""
        table = self.case.table
        policy = table.policy if isinstance(table, Always | Goal) else "random"
        teams = self.program.teams
        named = dict.fromkeys(teams, policy) if isinstance(policy, str) else policy
        return {team: named.get(team, "random") for team in teams}

    def bots(self) -> Choose:
        """The test's bots."""
        return chooser(self.program, policy_codes(self.file.deck, self.named))

    def play(
        self, game: int, choose: Choose, look: Look, most: int = at.BIG,
        by_hand: Sequence[int] = (),
    ) -> Line:  # fmt: skip
        """Plays a game up to its end, to where it is stopped, or round `most`.

        Control fires injects `by_hand` now and then.
        """
        words, room = self.program.words, [0] * self.program.move_room()
        moves: list[int] = []
        trace: list[TraceRow] = []
        state = begin(self.program, self.seed, game, self.start, trace)
        stop = look(state, trace)
        while not stop and state[at.S_ERROR] == 0 and state[at.S_ROUND] <= most:
            seat = machine.next_seat(words, state)
            if seat < 0:
                break
            move = at.MV_ADVANCE
            if seat < len(self.program.teams):
                count = machine.legal_moves(words, state, seat, room)
                move = choose(state, seat, room[:count])
            move = fired(words, state, by_hand) or move
            trace = []
            machine.perform(words, state, move, trace)
            moves.append(move)
            stop = look(state, trace)
        return Line(game, tuple(moves), stop, state[at.S_ROUND])

    def board(self, line: Line) -> Board:
        """A line played again, so that it can be shown."""
        board = Board(self.file.deck, self.seed, self.start, line.game)
        for move in line.moves:
            board.make(board.tree.codec.decode(move, board.state()))
        return board

    def command(self, game: int) -> str:
        """The command that plays a game of the test's bots alone."""
        if self.start is not None:
            return again(self.case)
        deck = shlex.quote(str(self.file.deck_path))
        teams = self.named
        bots = "".join(
            f" --policy {team}={shlex.quote(bot)}"
            for team, bot in teams.items()
            if bot != "random"
        )
        return f"tabletop run {deck} --seed {self.seed}{bots} --only {game} --log"


def fired(words: list[int], state: list[int], by_hand: Sequence[int]) -> int:
    """The move by which control fires one of some injects now; mostly 0, for none."""
    luck = chance(state) if by_hand else 1
    if luck % FIRED:
        return 0
    may = [i for i in by_hand if machine.may_steer(words, state, at.MV_FIRE, i)]
    if not may:
        return 0
    return at.MV_FIRE + may[(luck >> 8) % len(may)] * at.MOVE_ITEM


def chance(state: list[int]) -> int:
    """A number by chance, the same for the same state, that draws on no stream."""
    return mix32(state[at.S_DICE] ^ mix32(state[at.S_CARDS] + state[at.S_MOVES]))


def chooser(program: Program, policies: Sequence[int]) -> Choose:
    """How built-in bots choose, by the machine's number of each team's."""
    slow = SlowGear()
    plain = (at.BOT_RANDOM, at.BOT_FIRST)

    def choose(state: list[int], seat: int, moves: Sequence[int]) -> int:
        policy = policies[seat]
        if policy in plain or len(moves) == 1:
            return moves[choose_plainly(program.words, state, policy, len(moves))]
        return slow.choose(program.words, state, seat, policy, list(moves))

    return choose


def least_used() -> Choose:
    """Chooses what was chosen least before, the first of several; it remembers."""
    used: dict[int, int] = {}

    def choose(state: list[int], seat: int, moves: Sequence[int]) -> int:
        del state, seat
        move = min(moves, key=lambda each: used.get(each, 0))
        used[move] = used.get(move, 0) + 1
        return move

    return choose


def towards(program: Program, distance: Distance, seen: Callable[[], None]) -> Choose:
    """Chooses, for whatever team, the move after which a state is nearest to a goal.

    It sees dice before they fall. `seen` is called for each position that it looks at.
    """

    def choose(state: list[int], seat: int, moves: Sequence[int]) -> int:
        del seat
        luck = chance(state)
        if len(moves) == 1 or luck % STRAYS == 0:
            return moves[(luck >> 8) % len(moves)]
        best: list[int] = []
        least = at.BIG
        for move in moves:
            after = list(state)
            machine.perform(program.words, after, move, None)
            seen()
            far = at.BIG if after[at.S_ERROR] else distance(after)
            if far < least:
                least, best = far, []
            if far == least:
                best.append(move)
        return best[(luck >> 8) % len(best)]

    return choose


def again(case: Case) -> str:
    """The command that runs a test alone."""
    words = case.name.casefold().split()
    plain = not any(word in ("and", "or", "not") for word in words)
    plain = plain and not set('()"') & set(case.name)
    name = case.name if plain or '"' in case.name else f'"{case.name}"'
    return f"tabletop test {shlex.quote(case.file)} -k {shlex.quote(name)}"
