"""What control reads out now, and the chosen inject, each of them whole."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from tabletop.session.runview import RunView
from tabletop.session.view import InjectView, Preview, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import lines, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.widgets.cue import fired_now, thrown
from tabletop.tui.widgets.grammar import quoted
from tabletop.tui.widgets.msel import InjectPane


class WholeInject(InjectPane):
    """An inject as high as it needs to be."""

    DEFAULT_CSS = """
    WholeInject {
        height: auto;
        margin-bottom: 1;
    }
    """

    def __init__(self, about: InjectView) -> None:
        super().__init__()
        self.about = about


class AloudScreen(Dialog[None]):
    """The words for this moment, then the inject under the cursor."""

    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "To read out"
    HELP_TEXT: ClassVar[str] = (
        "What has come last, or what opens this phase, in whole; then the inject that "
        "is chosen. For you alone: read out only what stands in quotation marks."
    )
    TITLE_TEXT = "To read out, and the chosen inject"

    def __init__(
        self,
        view: View,
        run: RunView | None,
        chosen: InjectView | None,
        preview: Preview | None,
    ) -> None:
        super().__init__()
        self._view = view
        self._say = run.say if run is not None else ""
        self._asks = run.asks if run is not None else ()
        self._fired = fired_now(view)
        self._chosen = chosen
        self._preview = preview

    def compose_dialog(self) -> ComposeResult:
        """What is to be said now; the chosen inject below it."""
        chosen = self._chosen
        for fired in self._fired:
            yield Static(say((f"Now: {fired.title}", "bold $accent")))
            if dice := thrown(self._view, fired):
                yield Static(say("Thrown: ", (dice, "bold")))
            yield WholeInject(fired)
        if not self._fired and self._say:
            yield Static(say(("Now: as this phase opens", "bold $accent")))
            yield Static(say(f"{quoted(self._say)}\n"))
        if self._asks:
            yield Static(say(("To ask", "bold $accent")))
            asks = [f"{glyphs().dot} {words}" for words in self._asks]
            yield Static(lines([*asks, ""]))
        if chosen is not None and chosen not in self._fired:
            yield Static(say((f"Chosen: {chosen.title}", "bold $accent")))
            yield WholeInject(chosen)

    def on_mount(self) -> None:
        """Draw the injects."""
        super().on_mount()
        for pane in self.query(WholeInject):
            here = pane.about == self._chosen and pane.about not in self._fired
            pane.show(pane.about, self._view, self._preview if here else None)
