"""What is kept of a replay: marks and words beside the save, files of a moment."""

from pathlib import Path

from textual import work

from tabletop.session.annotations import AllAnnotations, Annotations
from tabletop.tui.attempt import attempt, done, quietly
from tabletop.tui.say import line
from tabletop.tui.screens.csvfile import PathScreen, write_text
from tabletop.tui.screens.replay.choose import FormatsScreen
from tabletop.tui.screens.replay.looking import ReplayLooking
from tabletop.tui.screens.replay.marking import MarkScreen

ENDINGS = {"html": ".html", "txt": ".txt", "json": ".json"}


class ReplayKeeping(ReplayLooking):
    """Marks and exports. The save itself is never written to."""

    _annotations: Annotations | AllAnnotations | None = None
    _told: tuple[str, ...] = ()
    """What was said of lines of the save and of marks that can't be used."""

    def read_lines(self) -> None:
        """Read the marks too: a line that was played from here may have some."""
        super().read_lines()
        self._annotations = quietly(self.replay.annotations)
        self.notes = self._annotations.all() if self._annotations else {}
        marks = self._annotations.problems if self._annotations else ()
        problems = (*self.replay.warnings, *marks)
        for problem in problems if problems != self._told else ():
            self.notify(problem, severity="warning", timeout=10, markup=False)
        self._told = problems

    # Marks.

    def can_mark(self) -> bool:
        """A game in memory has no place for marks."""
        return self._annotations is not None

    @work(exclusive=True, group="dialog")
    async def action_mark(self) -> None:
        """Ask for a mark and words, and keep them."""
        self.stop()
        number, kept = self.number, self._annotations
        if kept is None:
            return
        title = self.moment.title or "The start"
        what = line((f"Move {number}  ", "$muted"), (title, "bold"))
        screen = MarkScreen(what, self.notes.get(number))
        written = await self.app.push_screen_wait(screen)
        if written is not None and done(self.app, lambda: kept.write(number, *written)):
            self.notes = kept.all()
            self.draw()

    # Files.

    @work(exclusive=True, group="dialog")
    async def action_export(self) -> None:
        """Ask what and where, and write it."""
        self.stop()
        format_ = await self.app.push_screen_wait(FormatsScreen.of())
        if format_ is None:
            return
        default = str(self._default(format_))
        screen = PathScreen("Export this moment", default, must_exist=False)
        path = await self.app.push_screen_wait(screen)
        if path is None:
            return
        text = attempt(self.app, lambda: self._written(format_))
        if text is not None and done(self.app, lambda: write_text(path, text)):
            self.tell(f"Written: {path}")

    def _default(self, format_: str) -> Path:
        """Beside the save, named after it, the moment and the eyes."""
        path = self.save
        name = path.stem if path is not None else "replay"
        file = f"{name}-move-{self.number}-{self.seat}{ENDINGS[format_]}"
        return path.with_name(file) if path is not None else Path(file)

    def _written(self, format_: str) -> str:
        """The moment as the seat may know it."""
        # What writes sheets and tables is slow to load, and not needed to look.
        from tabletop.report import moments

        return moments.written(self.replay, self.number, self.tip, format_)
