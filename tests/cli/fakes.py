"""A small game for the plain table: two teams take turns to push one track."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.errors import IllegalMoveError
from tabletop.session.runview import BranchView, ClockView, RunView
from tabletop.session.thinking import Decided, Thought
from tabletop.session.view import (
    CONTROL,
    Asking,
    CardView,
    Cause,
    Change,
    EffectView,
    EndView,
    LogEntry,
    Move,
    MoveView,
    ObjectiveView,
    PhaseView,
    Preview,
    SeatId,
    TeamView,
    Term,
    TrackView,
    View,
    Why,
    WhyLine,
)

PUSH = Move("play", team="", item="push", value=1)
TEAMS = ("red", "blue")


@dataclass(frozen=True)
class Plan:
    """What an undo would do."""

    to: int
    moves: int
    titles: Sequence[str]
    branch: str
    seen: Sequence[str]


class FakeGame:
    """Each push raises the track by 2; the track at `goal` ends the game."""

    def __init__(
        self, seats: dict[SeatId, str], *, goal: int = 6, name: str = "Tension"
    ) -> None:
        self.seats = seats
        self.goal = goal
        self.name = name
        self.path = None
        self.read_only = False
        self.what_if = False
        self.warnings: Sequence[str] = ()
        self.made: list[tuple[SeatId, Move, str]] = []
        self.log: list[LogEntry] = []
        self.closed = False
        self.lines = ["b0", "b1"]

    @property
    def value(self) -> int:
        return 2 * len(self.made)

    @property
    def turn(self) -> SeatId:
        return TEAMS[len(self.made) % 2]

    def run_view(self) -> RunView:
        return RunView("open", ClockView(running=False, allotted=0, gone=0))

    def waiting(self) -> tuple[SeatId, ...]:
        over = self.value >= self.goal
        person = self.seats[self.turn] == "person"
        return (self.turn,) if person and not over else ()

    def submit(self, seat: SeatId, move: Move, *, note: str = "") -> Sequence[Change]:
        if seat != self.turn and seat != CONTROL:
            raise IllegalMoveError(
                "not your turn", "Wait.", [Term(met=False, text="blue comes first")]
            )
        before = self.value
        self.made.append((seat, move, note))
        change = self._change(before, self.value)
        self._write(seat, f"{seat} pushes", note, (change,))
        return (change,)

    def _change(self, before: int, after: int) -> Change:
        cause = Cause("card", "push", "Push")
        return Change("track", "tension", self.name, before, after, cause=cause)

    def _write(
        self, seat: SeatId, title: str, note: str, changes: tuple[Change, ...]
    ) -> None:
        number = self.log[-1].number + 1 if self.log else 1
        self.log.append(
            LogEntry(number, "", 1, "play", seat, "play", title, note, changes)
        )

    def preview(self, seat: SeatId, move: Move) -> Preview:
        change = self._change(self.value, self.value + 2)
        return Preview(move, "Push", (change,), notes=("No dice.",))

    def asking(self, seat: SeatId, item: str) -> Asking:
        return Asking()

    def why(self, seat: SeatId, subject: str) -> Why:
        lines = tuple(
            WhyLine(number, 1, "Push", 2 * number - 2, 2 * number, who)
            for number, (who, _move, _note) in enumerate(self.made, start=1)
        )
        return Why(subject, self.name, 0, self.value, lines)

    def note(
        self, seat: SeatId, text: str, *, author: str = "",
        teams: Sequence[SeatId] = (), objective: str = "",
    ) -> None:  # fmt: skip
        self._write(seat, f"{seat} notes", text, ())

    def undo_preview(self, seat: str, to: int | None = None) -> Plan:
        to = len(self.made) - 1 if to is None else to
        titles = [entry.title for entry in self.log[to:]]
        return Plan(to, len(titles), titles, "line 1", ["blue saw a card"])

    def undo(self, seat: SeatId, to: int | None = None, *, anew: bool = False) -> None:
        del self.made[to:]
        how = " and draws anew" if anew else ""
        self._write(seat, f"{seat} undoes{how}", "", ())

    def branches(self) -> Sequence[BranchView]:
        main = BranchView(self.lines[0], 4, 4, current=False, title="blue pushes")
        other = BranchView(
            self.lines[1], 7, 5, current=True, title="red hides", leaves=2
        )
        return main, other

    def take_up(self, seat: SeatId, number: int) -> None:
        self._write(seat, f"{seat} takes up {number}", "", ())

    def name_branch(self, tip: int, name: str) -> None:
        self.lines[{4: 0, 7: 1}[tip]] = name

    def next_thought(self) -> Thought | None:
        who = self.seats[self.turn]
        if self.value >= self.goal or not who.startswith("bot"):
            return None
        return Thought(self.turn, len(self.made), who, lambda: Decided(PUSH))

    def carry_out(self, thought: Thought, decided: Decided) -> bool:
        assert decided.move is not None
        self.submit(thought.seat, decided.move)
        return True

    def bot_moves(self) -> bool:
        thought = self.next_thought()
        return thought is not None and self.carry_out(thought, thought.decide())

    def close(self) -> None:
        self.closed = True

    def view(self, seat: SeatId) -> View:
        over = self.value >= self.goal
        mine = seat == self.turn and not over
        hand = (_card(playable=mine),) if seat in TEAMS else ()
        return View(
            seat=seat,
            deck="pushing",
            title="Pushing",
            brief="Push.",
            team_brief=f"Only {seat} knows this.",
            move=len(self.made),
            round=1,
            rounds=1,
            round_label="Round",
            phase="play",
            phases=(PhaseView("play", "Play", 10, "now"),),
            play="turns",
            prompt="Push." if mine else f"Waits for {self.turn}.",
            to_act=() if over else (self.turn,),
            teams=tuple(_team(team, self.seats[team]) for team in TEAMS),
            tracks=(_track(self.name, self.value),),
            flags=(),
            hand=hand,
            hands={team: (_card(playable=False),) for team in TEAMS},
            laid=(),
            asks=(),
            moves=(MoveView(PUSH, "Push"),) if mine or seat == CONTROL else (),
            log=tuple(self.log),
            injects=(),
            objectives=(ObjectiveView("red", "High tension", 3),),
            over=EndView("war", "War", "It is over.", (("red", 3),)) if over else None,
        )


def _card(*, playable: bool) -> CardView:
    return CardView(
        id="push",
        team="red",
        title="Push",
        short="Push",
        text="Push it.",
        cost=1,
        playable=playable,
        terms=(Term(met=playable, text="needs your turn"),),
        effects=(EffectView("Tension", 1, "2"),),
        lasting="",
        dice="",
        rows=(),
        asks=(),
        notes=("once",),
        source=("F1",),
        number=1,
    )


def _team(team: str, seat: str) -> TeamView:
    return TeamView(
        id=team,
        name=team.capitalize(),
        short=team,
        color=team,
        letter=team[0].upper(),
        points=2,
        points_full=3,
        hand=1,
        pile=0,
        discards=0,
        laid=0,
        played=0,
        status="waits",
        seat=seat,
    )


def _track(name: str, value: int) -> TrackView:
    return TrackView(
        id="tension",
        label=name,
        short="T",
        text="",
        value=value,
        low=0,
        high=10,
        round_start=0,
        history=(0, value),
        bands=(),
        band=-1,
        secret=False,
    )
