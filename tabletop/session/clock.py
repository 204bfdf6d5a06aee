"""The clock of the exercise: whole seconds that come in with lines, and what they make.

Time belongs to the room. Each phase of each round keeps what was spent in it and what
was added to it, whatever is played, undone or taken up again. Nothing here reads a
clock, and nothing here acts when time is over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tabletop.session.runview import ClockView, ExerciseState
from tabletop.session.strict_json import Json

Place = tuple[int, int]
"""A round, and the index of a phase in it."""
STEPS: Mapping[str, Mapping[ExerciseState, ExerciseState]] = {
    "practice": {"open": "practice"},
    "start": {"open": "running", "practice": "running"},
    "pause": {"running": "paused"},
    "resume": {"paused": "running"},
    "end": {"running": "ended", "paused": "ended"},
    "reopen": {"ended": "running"},
}
"""What may be declared, and what each state becomes by it."""
STANDS: tuple[ExerciseState, ...] = ("paused", "ended")
"""The states in which no clock runs."""
SUSPENDED = 30
"""Seconds without a sign of life after which the machine was not there."""


def seconds(at: str) -> int | None:
    """A time of a save as seconds; None when it is no time.

    >>> seconds("1970-01-01T00:01:00Z"), seconds("yesterday")
    (60, None)
    """
    try:
        moment = datetime.fromisoformat(at)
        whole = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return int(whole.timestamp())
    except (ValueError, OverflowError, OSError):
        return None


@dataclass
class Count:
    """What the clock of one phase of one round says."""

    spent: int = 0
    added: int = 0
    goes: bool = False
    """Whether it went when the phase was left."""


@dataclass
class Clock:
    """All clocks of an exercise, folded over the lines of its save in their order."""

    minutes: Sequence[int]
    """What the deck gives each phase, in their order."""
    place: Place
    """Where the game stands."""
    state: ExerciseState = "open"
    goes: bool = False
    """Whether the present phase's clock goes, unless the exercise stands."""
    idle: int = 0
    since: int | None = None
    """Up to when time has been counted."""
    counts: dict[Place, Count] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        """Whether time counts now."""
        return self.goes and self.state not in STANDS

    @property
    def now(self) -> Count:
        """The present phase's count."""
        return self.counts.setdefault(self.place, Count())

    def view(self, at: int | None) -> ClockView:
        """What the present phase's clock says at a time; nothing is changed."""
        count = self.counts.get(self.place, Count())
        more = self._passed(at) if self.running else 0
        return ClockView(
            self.running, max(0, self._given() + count.added), count.spent + more,
            self.idle + more,
        )  # fmt: skip

    # --- what the lines do; each comes with the time of its line

    def pass_to(self, at: int | None, away: int = 0) -> None:
        """Time passes; `away` seconds of it are not counted."""
        if self.running:
            passed = max(0, self._passed(at) - max(0, away))
            self.now.spent += passed
            self.idle += passed
        self.since = self.since if at is None else at

    def go_to(self, place: Place, at: int | None, *, played: bool) -> None:
        """A move was `played`, or the game went to another one; it stands there now."""
        self.pass_to(at)
        self.idle = 0
        if place == self.place:
            return
        self.now.goes = self.goes
        known = place in self.counts
        self.place = place
        if self.state not in ("open", "practice"):
            self.goes = self.now.goes if known and not played else self._given() > 0

    def declare(self, do: str, at: int | None) -> None:
        """StartEx and the like; what makes no sense now is passed over."""
        self.pass_to(at)
        after = STEPS.get(do, {}).get(self.state)
        if after is None:
            return
        self.state = after
        if do == "start":
            self.counts.clear()
            self.idle = 0
            self.goes = self._given() > 0

    def command(self, do: str, amount: int, at: int | None) -> None:
        """`start`, `stop`, `extend`, `set` what is left, or `away`."""
        self.pass_to(at, away=amount if do == "away" else 0)
        if do in ("start", "stop"):
            self.goes = do == "start"
        elif do == "extend":
            self.now.added += amount
        elif do == "set":
            self.now.added = amount + self.now.spent - self._given()

    def _given(self) -> int:
        """The seconds that the deck gives the present phase."""
        return self.minutes[self.place[1]] * 60

    def _passed(self, at: int | None) -> int:
        if at is None or self.since is None:
            return 0
        return max(0, at - self.since)


def amount_of(data: Mapping[str, Json]) -> int:
    """The seconds that a clock line names; 0 when it names none."""
    amount = data.get("seconds", 0)
    return amount if isinstance(amount, int) and not isinstance(amount, bool) else 0
