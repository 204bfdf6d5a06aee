"""What control reads out now, and the chosen inject, each of them whole."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from tabletop.session.view import InjectView, Preview, RunView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import lines, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.widgets.cue import just_fired
from tabletop.tui.widgets.grammar import quoted
from tabletop.tui.widgets.msel import InjectPane


class WholeInject(InjectPane):
    """An inject as high as it needs to be."""

    DEFAULT_CSS = """
    WholeInject {
        height: auto;
    }
    """


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
        self._chosen = chosen
        self._preview = preview

    def compose_dialog(self) -> ComposeResult:
        """What is to be said now; the chosen inject below it."""
        fired, chosen = just_fired(self._view), self._chosen
        if fired is not None:
            yield Static(say((f"Now: {fired.title}", "bold $accent")))
            yield WholeInject(id="aloud-now")
        elif self._say:
            yield Static(say(("Now: as this phase opens", "bold $accent")))
            yield Static(say(quoted(self._say)))
        if self._asks:
            yield Static(say(("\nTo ask", "bold $accent")))
            yield Static(lines([f"{glyphs().dot} {words}" for words in self._asks]))
        if chosen is not None and chosen != fired:
            yield Static(say((f"\nChosen: {chosen.title}", "bold $accent")))
            yield WholeInject(id="aloud-chosen")

    def on_mount(self) -> None:
        """Draw the injects."""
        super().on_mount()
        fired = just_fired(self._view)
        for pane in self.query(WholeInject):
            if pane.id == "aloud-now":
                pane.show(fired, self._view)
            else:
                pane.show(self._chosen, self._view, self._preview)
