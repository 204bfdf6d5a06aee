"""Looks for a game that comes to something: by bots first, then by searching.

The search goes on, in each round of the game in turn, from the position that is nearest
to the goal so far (best-first search), where near means how much the goal's conditions
lack.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush, nsmallest

from tabletop.deck.expressions import Expr
from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.session.facts import TraceRow
from tabletop.session.start import begin
from tabletop.testing.games import Choose, Line, Setting, chooser, least_used, towards
from tabletop.testing.goals import Target
from tabletop.testing.models import Reach
from tabletop.testing.search_bulk import Bulk
from tabletop.testing.wishes import Tell

ROOTS = 8
"""Games of other luck in which the search begins."""
POSITIONS = 5
"""Positions that are searched, for each game that may be played."""
EVERY = 200
"""Games after which it is told how many they are."""
MOST_KEPT = 8_000
"""Positions that wait to be searched on from, over all rounds."""


@dataclass
class Nearest:
    """The state that came nearest to the goal."""

    distance: int = at.BIG
    state: list[int] = field(default_factory=list)

    def see(self, distance: int, state: list[int]) -> None:
        """Keeps a state that is nearer than all before it."""
        if distance < self.distance:
            self.distance, self.state = distance, list(state)


@dataclass
class Found:
    """What a search came to."""

    line: Line | None = None
    by: str = ""
    """How it was found: the bot's name, or 'search'."""
    games: int = 0
    positions: int = 0
    nearest: Nearest = field(default_factory=Nearest)


@dataclass(frozen=True, order=True, slots=True)
class Spot:
    """A position that may be searched on from; the nearest comes first."""

    far: int
    number: int
    """Tells equally near ones apart: the one found first comes first."""
    state: list[int] = field(compare=False)
    moves: tuple[int, ...] = field(compare=False)
    root: int = field(compare=False)
    """The game that it is of."""
    seen: bool = field(compare=False)
    """Whether what is to happen has happened."""


class Search:
    """Looks for one goal."""

    def __init__(
        self, setting: Setting, target: Target, guide: Sequence[Expr], tell: Tell
    ) -> None:
        """`guide`: conditions that must hold on the way."""
        self.tell = tell
        self.setting = setting
        self.target = target
        self.guide = guide
        table = setting.case.table
        if not isinstance(table, Reach):
            raise TypeError(f"{setting.case.kind} is not searched for")
        self.runs = table.within.runs
        self.most = table.within.rounds or at.BIG
        self.found = Found()
        injects = setting.file.deck.model.injects.values()
        self.by_hand = [
            i for i, inject in enumerate(injects) if not (inject.at or inject.when)
        ]
        """Injects that control may fire, since nothing else does."""
        self._searched = 0
        self._known: set[int] = set()
        self._rounds: dict[int, list[Spot]] = {}
        """Positions to go on from, for each round."""

    def look(self) -> Found:
        """Looks, as long as the test allows: few games, a little search, then more."""
        few = max(1, self.runs // 10)
        bots = self.setting.bots()
        greedy = [at.BOT_GREEDY] * len(self.setting.program.teams)
        stages: list[Callable[[], None]] = [
            lambda: self._games("bots", bots, range(few)),
            lambda: self._search(POSITIONS * few),
            lambda: self._games("search", self._towards(), range(few)),
            lambda: self._steered(bots, range(few)),
            lambda: self._many(bots, range(few, self.runs // 2)),
            lambda: self._games(
                "least-used", least_used(), range(self.runs // 2, 3 * self.runs // 4)
            ),
            lambda: self._games(
                "greedy", chooser(self.setting.program, greedy), range(few)
            ),
            lambda: self._steered(bots, range(few, self.runs // 4)),
            lambda: self._search(POSITIONS * self.runs),
        ]
        for stage in stages:
            stage()
            if self.found.line is not None:
                break
        return self.found

    def _towards(self) -> Choose:
        """A player that sees nothing but the goal."""

        def seen() -> None:
            self.found.positions += 1

        def far(state: list[int]) -> int:
            return self.distance(state, seen=False)

        return towards(self.setting.program, far, seen)

    def _steered(self, bots: Choose, games: range) -> None:
        """Lets the test's bots play while control fires injects, if any are its own."""
        if self.by_hand:
            self._games("control", bots, games, self.by_hand)

    def _games(
        self, by: str, choose: Choose, games: range, by_hand: Sequence[int] = ()
    ) -> None:
        """Lets bots play."""
        for game in games:
            line = self._game(game, choose, by_hand)
            self.found.games += 1
            if line.stopped:
                self.found.line, self.found.by = line, by
                return
            if self.found.games % EVERY == 0:
                self.tell(f"{self.setting.case.name}: {self.found.games:,} games")

    def _many(self, bots: Choose, games: range) -> None:
        """Lets the test's bots play, in bulk where that is quick."""
        bulk = Bulk(self.setting, self.target)
        if not (bulk.possible and bulk.fast and self.most == at.BIG):
            self._games("bots", bots, games)
            return
        for part in bulk.parts(games):
            found = bulk.first(part)
            if found >= 0:
                self.found.games += found - part.start
                self._games("bots", bots, range(found, found + 1))
                return
            self.found.games += len(part)

    def _game(self, game: int, choose: Choose, by_hand: Sequence[int]) -> Line:
        seen = False

        def met(state: list[int], trace: Sequence[TraceRow]) -> bool:
            nonlocal seen
            seen = seen or self.target.tells(trace)
            return self._met(state, seen=seen)

        return self.setting.play(game, choose, met, self.most, by_hand)

    def _met(self, state: list[int], *, seen: bool) -> bool:
        if state[at.S_ROUND] > self.most or state[at.S_ERROR]:
            return False
        if self.target.met(state, seen=seen):
            return True
        if not self.target.plain_ending or state[at.S_OVER]:
            self.found.nearest.see(self.distance(state, seen=seen), state)
        return False

    def distance(self, state: list[int], *, seen: bool) -> int:
        """How far a state is from the goal, by its conditions and those on the way."""
        far = self.target.distance(state, seen=seen)
        asker = self.target.asker
        return far + sum(asker.distance(expr, state) for expr in self.guide)

    # --- best first

    def _search(self, most: int) -> None:
        """Searches on from the nearest position of each round in turn."""
        if not self._known:
            self._begin()
        while self._searched < most:
            open_ = [heap for heap in self._rounds.values() if heap]
            if not open_:
                return
            for heap in open_:
                if self._spread(heappop(heap)):
                    return

    def _begin(self) -> None:
        """The starts of games of other luck."""
        setting = self.setting
        for root in range(min(ROOTS, self.runs)):
            trace: list[TraceRow] = []
            state = begin(setting.program, setting.seed, root, setting.start, trace)
            spot = Spot(0, root, state, (), root, self.target.tells(trace))
            self._keep(spot)

    def _spread(self, spot: Spot) -> bool:
        """Looks at what each move leads to; whether it is the goal."""
        for move, state, told in self._next(spot.state):
            self.found.positions += 1
            self._searched += 1
            seen, moves = spot.seen or told, (*spot.moves, move)
            if self._met(state, seen=seen):
                last = state[at.S_ROUND]
                self.found.line = Line(spot.root, moves, stopped=True, rounds=last)
                self.found.by = "search"
                return True
            self._keep(Spot(0, 0, state, moves, spot.root, seen))
        return False

    def _keep(self, spot: Spot) -> None:
        """Keeps a position to go on from, unless it is known or leads nowhere."""
        round_ = spot.state[at.S_ROUND]
        mark = machine.fingerprint(self.setting.program.words, spot.state)
        heap = self._rounds.setdefault(round_, [])
        if spot.state[at.S_OVER] or round_ > self.most or mark in self._known:
            return
        self._known.add(mark)
        far = self.distance(spot.state, seen=spot.seen)
        heappush(heap, replace(spot, far=far, number=len(self._known)))
        most = max(50, MOST_KEPT // self.setting.program.rounds)
        if len(heap) > 2 * most:  # a sorted list is a heap
            heap[:] = nsmallest(most, heap)

    def _next(self, state: list[int]) -> Iterator[tuple[int, list[int], bool]]:
        """The positions after each move: the move, the state, whether it is told."""
        program = self.setting.program
        words, room = program.words, [0] * program.move_room()
        seat = machine.next_seat(words, state)
        if seat < 0:
            return
        moves = [at.MV_ADVANCE]
        if seat < program.control:
            moves = room[: machine.legal_moves(words, state, seat, room)]
        fired = (
            at.MV_FIRE + inject * at.MOVE_ITEM
            for inject in self.by_hand
            if machine.may_steer(words, state, at.MV_FIRE, inject)
        )
        for move in (*moves, *fired):
            after, trace = list(state), list[TraceRow]()
            machine.perform(words, after, move, trace)
            if not after[at.S_ERROR]:
                yield move, after, self.target.tells(trace)
