"""The run of the exercise: StartEx to EndEx, its clocks, what the display shows.

All of it stands beside the moves: no rule reads it, and undo leaves it as it is.
"""

import contextlib
from functools import cached_property

from tabletop.engine import layout as at
from tabletop.errors import MoveError, StorageError
from tabletop.session.clock import (
    STANDS,
    STEPS,
    SUSPENDED,
    Clock,
    Place,
    amount_of,
    seconds,
)
from tabletop.session.journal import Line
from tabletop.session.observing import Observing
from tabletop.session.runview import RunView
from tabletop.session.view import CONTROL

HOT_WASH = "hotwash"
"""The phase in which a round is discussed; in a deck without it, the round's last."""
MAX_SECONDS = 86_400
"""The most that a clock is put on or back at once."""
DECLARED = {
    "practice": "Practice, off the record",
    "start": "StartEx",
    "pause": "PauseEx",
    "resume": "The exercise goes on",
    "end": "EndEx",
    "reopen": "The exercise is open again",
}
"""What the log says of each declaration."""
_NOW = {
    "open": "StartEx has not been declared",
    "practice": "this is a practice",
    "running": "the exercise is running",
    "paused": "the exercise is paused",
    "ended": "the exercise has ended",
}
_COMMANDS = ("start", "stop", "extend", "set")


class Running(Observing):
    """What is declared to the room, and the time it has."""

    _beat: int | None = None
    _elsewhere = False
    """Whether the lines told last are a what-if's, in which no time is counted."""
    _shown = "game"

    # --- looking

    def run_view(self) -> RunView:
        """Where the exercise stands now, by the session's own clock."""
        brought = self.deck.model.exercise
        clock = self._told()
        phase = self.tree.program.phases[clock.place[1]]
        return RunView(
            clock.state, clock.view(seconds(self.clock())),
            "blank" if self._shown == "blank" else "game",
            say=brought.say.get(phase, ""), questions=tuple(brought.questions),
            asks=self._asks(clock.place[0], phase), hotwash=brought.hot_washes(),
            agendas=brought.agendas(), guide=brought.guide,
            objectives=tuple(brought.objectives.items()),
            checkpoints=self.checkpoints(), bookmarks=tuple(self._bookmarks),
        )  # fmt: skip

    def _asks(self, number: int, phase: str) -> tuple[str, ...]:
        """What is to be discussed in a phase of a round."""
        brought, phases = self.deck.model.exercise, self.tree.program.phases
        if self.tree.nodes[self.tree.head].over:
            return tuple(brought.questions)
        if phase != (HOT_WASH if HOT_WASH in phases else phases[-1]):
            return ()
        other = () if phase == "play" else brought.questions
        return tuple(brought.hotwash.get(str(number), other))

    # --- the exercise

    def exercise(self, do: str) -> None:
        """Declares `practice`, `start`, `pause`, `resume`, `end` or `reopen`.

        StartEx after a practice goes back to the start and keeps the practice as a line
        of play. Raises MoveError for what makes no sense now.
        """
        state = self._told().state
        if do not in STEPS:
            raise MoveError(f"'{do}' can't be declared", f"Known: {', '.join(STEPS)}.")
        if state not in STEPS[do]:
            known = [DECLARED[each] for each, steps in STEPS.items() if state in steps]
            hint = f"What can be declared now: {'; '.join(known)}."
            raise MoveError(f"{DECLARED[do]}: not now, {_NOW[state]}", hint)
        if do == "start" and state == "practice":
            self._leave_practice()
        self._record("exercise", CONTROL, self.tree.head, data={"do": do})

    def _leave_practice(self) -> None:
        """Back to the start; what was played stays, as lines of play of that name.

        Dice and cards are then drawn anew: nobody has seen them in the practice.
        """
        parents = {node.parent for node in self.tree.nodes.values()}
        tips = [number for number in self.tree.nodes if number not in parents]
        if self.tree.head:
            self._record("head", CONTROL, 0, data={"practice": True})
            self._draw_anew()
        for i, tip in enumerate(tips):
            name = f"practice {i + 1}" if i else "practice"
            data: dict[str, object] = {"name": name, "practice": True}
            self._record("branch", CONTROL, tip, data=data)

    # --- its clock

    def set_clock(self, do: str, seconds: int = 0) -> None:
        """`start`, `stop`, `extend` by seconds, or `set` what is left to seconds.

        Raises MoveError for what makes no sense now.
        """
        if do not in _COMMANDS:
            raise MoveError(f"no clock does '{do}'", f"Known: {', '.join(_COMMANDS)}.")
        data: dict[str, object] = {"do": do}
        if do in ("extend", "set"):
            data["seconds"] = seconds
        self._check_command(self._told(), do, seconds)
        self._record("clock", CONTROL, self.tree.head, data=data)

    def _check_command(self, clock: Clock, do: str, amount: int) -> None:
        if do == "start" and clock.state in STANDS:
            declare = DECLARED["resume" if clock.state == "paused" else "reopen"]
            hint = f"Declare first: {declare}."
            raise MoveError(f"the clock stands: {_NOW[clock.state]}", hint)
        if abs(amount) > MAX_SECONDS:
            hint = f"At most {MAX_SECONDS // 3600} hours at once."
            raise MoveError(f"{amount} seconds are too many", hint)
        allotted = clock.view(None).allotted
        if do == "extend" and amount < -allotted:
            hint = f"It has {_length(allotted)}: take away no more than that."
            raise MoveError("the phase has less time than that", hint)

    def beat(self) -> bool:
        """A sign of life, to be given about once a second while the game is open.

        A longer gap means that the machine was suspended meanwhile: that time is
        written down as not counted. Tells whether an observer has written something.
        """
        heard = self.hear()
        now = seconds(self.clock())
        clock = self._told()
        last = max(self._beat or 0, clock.since or 0)
        gone = now - last if now is not None and self._beat is not None else 0
        self._beat = now
        if gone > SUSPENDED and clock.running and not self.read_only:
            data: dict[str, object] = {"do": "away", "seconds": gone}
            with contextlib.suppress(StorageError):
                self._record("clock", CONTROL, self.tree.head, data=data)
        return heard

    def close(self) -> None:
        """Lets go of the save, the clock stopped; what was acknowledged is in it."""
        if not self.read_only and self._told().running:
            self.beat()
            self._stop(self.clock())
        super().close()

    def _stop_left_running(self) -> None:
        """Stops a clock that the last program left running, at its last sign."""
        if not self.read_only and self._told().running:
            self._stop(self._last_at)

    def _stop(self, when: str) -> None:
        with contextlib.suppress(StorageError):
            data: dict[str, object] = {"do": "stop"}
            self._record("clock", CONTROL, self.tree.head, at=when, data=data)

    # --- the display

    def show_on_display(self, what: str) -> None:
        """`game`, or `blank` to cover the public display. Raises MoveError."""
        if what not in ("game", "blank"):
            raise MoveError(f"'{what}' can't be shown", "Known: game, blank.")
        self._record("display", CONTROL, self.tree.head, data={"show": what})

    # --- replay

    def _replay_exercise(self, line: Line) -> None:
        do = str(line.data.get("do"))
        if do == "start":
            self._begin_judging(seconds(line.at) or 0)
        title = DECLARED.get(do, do)
        self._log_beside(line, "exercise", title, public=True)

    def _replay_clock(self, line: Line) -> None:
        amount = amount_of(line.data)
        if line.data.get("do") == "extend" and amount:
            more = "more" if amount > 0 else "less"
            title = f"{_length(abs(amount))} {more} for this phase"
            self._log_beside(line, "exercise", title, public=True)

    def _replay_display(self, line: Line) -> None:
        self._shown = str(line.data.get("show"))

    def _told(self) -> Clock:
        """The clocks, told of every line so far."""
        for line in self._news:
            self._tell(self._clock, line, seconds(line.at))
            self._last_at = line.at or self._last_at
        self._news.clear()
        return self._clock

    _last_at = ""

    @cached_property
    def _clock(self) -> Clock:
        return Clock(tuple(self.deck.model.rounds.minutes.values()), self._place(0))

    def _tell(self, clock: Clock, line: Line, when: int | None) -> None:
        do = str(line.data.get("do"))
        if line.kind == "head":
            self._elsewhere = line.data.get("what_if") is True
        if self._elsewhere:
            return
        if line.kind == "move":
            clock.go_to(self._place(line.number), when, played=True)
        elif line.kind == "head":
            clock.go_to(self._place(line.parent), when, played=False)
        elif line.kind == "exercise":
            clock.declare(do, when)
        elif line.kind == "clock":
            clock.command(do, amount_of(line.data), when)
        else:
            clock.pass_to(when)

    def _place(self, number: int) -> Place:
        state = self.tree.nodes[number].state
        return state[at.S_ROUND], state[at.S_PHASE]


def _length(amount: int) -> str:
    """Seconds in words.

    >>> _length(120), _length(60), _length(75)
    ('2 minutes', '1 minute', '1 min 15 s')
    """
    minutes, rest = divmod(amount, 60)
    if rest:
        return f"{minutes} min {rest} s" if minutes else f"{rest} s"
    return f"{minutes} minute{'s' * (minutes != 1)}"
