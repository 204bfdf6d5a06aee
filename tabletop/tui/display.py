"""The public display as a program of its own, in a second terminal."""

from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import App

from tabletop.tui.screens.display import DisplayScreen, Source
from tabletop.tui.theme import THEMES, register, variable_defaults

STYLES = Path(__file__).parent / "styles"


class DisplayApp(App[None]):
    """One screen, no keys but those to leave it and to change its look."""

    TITLE = "tabletop display"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        STYLES / "widgets.tcss",
        STYLES / "display.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, source: Source, *, theme: str = THEMES[0]) -> None:
        super().__init__()
        register(self)
        self.theme = theme
        self.source = source

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, so that every theme can be used."""
        return dict(variable_defaults(self.current_theme))

    def on_mount(self) -> None:
        """Show the display."""
        self.push_screen(DisplayScreen(self.source))

    def action_next_look(self) -> None:
        """Dark, light, high contrast, and round again."""
        now = THEMES.index(self.theme) if self.theme in THEMES else -1
        self.theme = THEMES[(now + 1) % len(THEMES)]


def run_display(source: Source, theme: str) -> None:
    """Show a source until the display is left.

    A fault of ours ends the program with a failure, after Textual has shown it.
    """
    app = DisplayApp(source, theme=theme)
    app.run()
    if app.return_code:
        raise SystemExit(app.return_code)
