"""Turning points of the line that is shown, measured beside the screen.

What was measured so far is drawn as it comes, and is kept when it is stopped.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from textual import getters, on, work
from textual.app import ComposeResult

from tabletop.errors import TabletopError
from tabletop.session.view import CONTROL, SeatId
from tabletop.study.choices import Choices
from tabletop.study.forecast import PLAYOUTS
from tabletop.study.jobs import Job, Measured, jobs
from tabletop.study.method import method
from tabletop.study.playouts import RANDOM, best_gear
from tabletop.study.turning import Analysis, Option, TurningPoint
from tabletop.tui.keys import bindings
from tabletop.tui.measuring import Measuring
from tabletop.tui.screens.forecast import ForecastScreen
from tabletop.tui.screens.replay.guess import Measure
from tabletop.tui.screens.replay.trying import ReplayTrying
from tabletop.tui.widgets.turning import State, Studied, TurningPane

FEWER = 200
"""Playouts of each option where only low gear is there."""
PAUSE = 0.7
"""Seconds between two drawings of what has come."""
SHARE = 12
"""A drawing is followed by so many times its own length without one."""


@dataclass
class Study:
    """One line as one seat knows it, on its way to be measured."""

    playouts: int
    state: State = "none"
    jobs: Sequence[Job] = ()
    measured: dict[int, Measured] = field(default_factory=dict)
    """By the place on the line."""
    trouble: str = ""
    waits: str = ""

    @property
    def left(self) -> list[Job]:
        """What is not measured yet."""
        return [job for job in self.jobs if job.place not in self.measured]


def playouts_here() -> int:
    """Playouts of each option: fewer where they are slow."""
    return PLAYOUTS if best_gear(100 * PLAYOUTS) == "high" else FEWER


class ReplayStudy(ReplayTrying):
    """The pane of turning points and the keys that belong to it."""

    BINDINGS = bindings("study.analyse", "study.forecast", "study.next", "study.before")
    # Escape has more than one meaning: the screen binds them all.

    turning = getters.query_one("#turning", TurningPane)
    _measuring: Measuring | None = None
    _busy: tuple[int, SeatId] | None = None
    """The line and the seat that are being measured."""

    @property
    def studies(self) -> dict[tuple[int, SeatId], Study]:
        """What was begun, by the tip of its line and the seat that looked."""
        if not hasattr(self, "_studies"):
            self._studies: dict[tuple[int, SeatId], Study] = {}
        return self._studies

    @property
    def open_moves(self) -> set[int]:
        """Moves whose options were tried or looked at."""
        if not hasattr(self, "_open_moves"):
            self._open_moves: set[int] = set()
        return self._open_moves

    @property
    def measuring(self) -> Measuring:
        """The process beside the screen."""
        if self._measuring is None:
            self._measuring = Measuring(self._waiting)
        return self._measuring

    # What is shown.

    def compose_study(self) -> ComposeResult:
        """The pane."""
        yield TurningPane(id="turning")

    @property
    def study(self) -> Study | None:
        """What was begun of this line for this seat."""
        return self.studies.get((self.tip, self.seat))

    def _studied(self) -> Studied:
        study, found = self.study, self.analysis
        playouts = study.playouts if study is not None else playouts_here()
        policy = found.policy if found is not None else RANDOM
        said = method(self.seat, playouts, policy, turning=True)
        return Studied(
            state=study.state if study is not None else "none",
            team=self.team,
            points=self.turning_points(),
            done=len(study.measured) if study is not None else 0,
            total=len(study.jobs or self.moments) if study is not None else 0,
            playouts=playouts,
            policy=policy,
            open=frozenset(self.open_moves),
            trouble=study.trouble if study is not None else "",
            waits=study.waits if study is not None else "",
            method="\n\n".join(said),
        )

    def _show_study(self) -> None:
        if self.is_mounted and self.moments:
            self.turning.show(self._studied(), self.last_view)
            self.turning.go_to(self.number)
            self.refresh_bindings()

    def draw(self) -> None:
        """Draw the pane with everything else."""
        super().draw()
        self._show_study()

    def draw_place(self) -> None:
        """The cursor of the list goes along."""
        super().draw_place()
        if self.is_mounted:
            self.turning.go_to(self.number)

    @on(TurningPane.PointChosen)
    def _go_to_point(self, chosen: TurningPane.PointChosen) -> None:
        self.look_closely()
        self.go_to_number(chosen.number)

    def can_turning_point(self, step: int) -> bool:
        """There is one."""
        return not self.typing and bool(self.turning_points())

    def action_turning_point(self, step: int) -> None:
        """To the next one, or the one before; the last stays the last."""
        self.look_closely()
        points: Sequence[TurningPoint] = self.turning_points()
        numbers = {point.step.number for point in points}
        places = [m.place for m in self.moments if m.number in numbers]
        side = [place for place in places if (place - self.place) * step > 0]
        if side:
            self.go(min(side) if step > 0 else max(side))

    def reveal(self, number: int) -> None:
        """From now on the better move may be read."""
        super().reveal(number)
        self.open_moves.add(number)
        self._show_study()

    # Measuring.

    def can_analyse(self) -> bool:
        """A seat that knows something of its own, and something not measured yet."""
        teams = {team.id for team in self.last_view.teams} if self.moments else set()
        study = self.study
        open_yet = study is None or study.state in ("none", "stopped", "failed")
        return self.seat in (CONTROL, *teams) and open_yet and not self.typing

    def action_analyse(self) -> None:
        """Begin, or go on with what is left."""
        key = (self.tip, self.seat)
        study = self.studies.setdefault(key, Study(playouts_here()))
        study.state, study.trouble = "running", ""
        self._busy = key
        self._show_study()
        self._analyse(key, study)

    def can_stop_analysis(self) -> bool:
        """While this line is being measured."""
        return self._busy is not None

    def action_stop_analysis(self) -> None:
        """Stop, and keep what there is."""
        self._stop_study()
        self.draw()

    def _stop_study(self) -> None:
        key, self._busy = self._busy, None
        if key is None:
            return
        self.workers.cancel_group(self, "analysis")
        self.measuring.cancel()
        study = self.studies[key]
        study.state, study.waits = "stopped", ""
        self._keep(key, study)

    def line_shown(self) -> None:
        """What is measured is the line that is shown; another one is stopped."""
        super().line_shown()
        if self._busy is not None and self._busy != (self.tip, self.seat):
            self._stop_study()
            words = "Another line is shown: measuring was stopped. What it found stays."
            self.notify(words, markup=False)

    # Without a description Textual writes one, of everything that is handed over.
    @work(exclusive=True, group="analysis", description="an analysis")
    async def _analyse(self, key: tuple[int, SeatId], study: Study) -> None:
        """Measure what is left, and draw what comes."""
        try:
            if not study.jobs:
                tree = self.replay.session.tree
                make = partial(jobs, tree, *key, study.playouts, {}, 0)
                study.jobs = await asyncio.to_thread(make)
                self._show_study()
            await self._measure(key, study)
        except asyncio.CancelledError:
            return
        except TabletopError as error:
            study.state = "failed"
            study.trouble = f"{error.message}. {error.hint}".removesuffix(" ")
        else:
            study.state = "done"
        self._busy, study.waits = None, ""
        self._keep(key, study)
        self.draw()

    async def _measure(self, key: tuple[int, SeatId], study: Study) -> None:
        """Raises a TabletopError when the process fails; what came is kept."""
        waiting = [asyncio.wrap_future(self.measuring.submit(j)) for j in study.left]
        now, due = asyncio.get_running_loop().time, 0.0
        try:
            for future in waiting:
                found = await future
                study.measured[found.place] = found
                if (begun := now()) > due:
                    self._keep(key, study)
                    self._show_study()
                    due = now() + max(PAUSE, SHARE * (now() - begun))
        finally:
            for future in waiting:
                future.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    def _keep(self, key: tuple[int, SeatId], study: Study) -> None:
        """Put together what was measured, for the chart and for the list."""
        if 0 not in study.measured:
            return
        tree = self.replay.session.tree
        found = Analysis.of(
            tree, key[0], list(study.jobs), study.measured.values(),
            so_far=self.analyses.get(key),
        )  # fmt: skip
        self.keep_analysis(*key, found)

    def _waiting(self, words: str) -> None:
        """Say what everybody waits for."""
        study = self.studies.get(self._busy) if self._busy is not None else None
        if study is not None:
            study.waits = words
            self._show_study()

    def on_unmount(self) -> None:
        """End the process with the screen."""
        if self._measuring is not None:
            self._measuring.close()

    # Looking ahead from a moment.

    def can_forecast(self) -> bool:
        """A seat that knows something of its own."""
        teams = {team.id for team in self.last_view.teams} if self.moments else set()
        return self.seat in (CONTROL, *teams) and not self.typing

    def action_forecast(self) -> None:
        """What could be expected at this moment."""
        self.look_closely()
        if self._busy is not None:
            self.action_stop_analysis()
        tree = self.replay.session.tree
        self.app.push_screen(
            ForecastScreen(self.measuring, tree, self.number, self.seat, self.view)
        )

    # What a team's options promised.

    def measure_for(self, team: SeatId) -> tuple[Measure | None, int, str]:
        """From what that team knew, with fewer playouts where they are slow."""
        if self._busy is not None:
            self.action_stop_analysis()
        playouts = playouts_here()
        choices = Choices(self.replay.session.tree, self.tip, team, playouts)

        async def measure(number: int) -> Sequence[Option]:
            job = choices.job(number)
            if job is None:
                return ()
            measured = await asyncio.wrap_future(self.measuring.submit(job))
            return choices.options(number, measured)

        return measure, playouts, "\n\n".join(method(team, playouts, RANDOM))
