"""What all panes share: lines that are built for a size and drawn one by one."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from tabletop.tui.text import clean, cut, width
from tabletop.tui.widgets.line import BLANK, Line


class Pane(ScrollView):
    """Draws the lines that `build` gives; scrolls when there are more than fit."""

    DEFAULT_CSS = """
    Pane {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
    }
    """
    can_focus = True

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: Sequence[Line] = ()
        self._named: str | None = None
        """The words in the upper border, when they were put there by `title`."""
        self._legends: tuple[str, ...] = ()
        self._built_for = (-1, -1)
        self._inks: dict[tuple[str, str], RichStyle] = {}
        self._ground: RichStyle | None = None

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The pane's lines, each at most `room` cells wide; `rows` are in view."""
        raise NotImplementedError

    def title(self, text: str) -> None:
        """Put words into the upper border."""
        self._named = clean(text)
        self._show_title()

    def _show_title(self) -> None:
        if self._named is not None:
            room = self.outer_size.width - 6
            words = cut(self._named, room) if room > 0 else self._named
            self.border_title = Content(words)

    def legend(self, *forms: str) -> None:
        """Put words into the lower border: the first form that fits, else none."""
        self._legends = forms
        self._show_legend()

    def _show_legend(self) -> None:
        room = self.outer_size.width - 6
        fitting = (form for form in map(clean, self._legends) if width(form) <= room)
        self.border_subtitle = Content(next(fitting, ""))

    def redraw(self, *, layout: bool = False) -> None:
        """Build the lines again; with `layout`, when their number may have changed.

        Only those that are others now are painted again.
        """
        before = self._lines
        self._built_for = (-1, -1)
        self._prepare()
        if layout or len(before) != len(self._lines):
            self.refresh(layout=layout)
            return
        for y, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old is not new and old != new:
                self.refresh_line(y)

    @property
    def room(self) -> Size:
        """The cells that can be drawn on."""
        return self.scrollable_content_region.size

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are lines."""
        return len(self.build(width, 0)) if width > 0 else 0

    def on_resize(self) -> None:
        """Fit the lines to the new size."""
        self._prepare()

    # Nothing glides: what is asked for is there at once.

    def action_scroll_up(self) -> None:
        """A row up."""
        self.scroll_up(animate=False)

    def action_scroll_down(self) -> None:
        """A row down."""
        self.scroll_down(animate=False)

    def action_page_up(self) -> None:
        """A page up."""
        self.scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """A page down."""
        self.scroll_page_down(animate=False)

    def action_scroll_home(self) -> None:
        """To the first row."""
        self.scroll_home(animate=False)

    def action_scroll_end(self) -> None:
        """To the last row."""
        self.scroll_end(animate=False)

    def _prepare(self) -> None:
        """Build the lines if they are not yet built for this size."""
        room = self.room
        size = (room.width, room.height)
        if size == self._built_for or room.width <= 0:
            return
        self._built_for = size
        self._lines = self.build(*size)
        self._take_size(Size(room.width, len(self._lines)))
        self._show_title()
        self._show_legend()
        self.built()

    def _take_size(self, size: Size) -> None:
        """Take a new number of lines; the screen is laid out anew only if it must be.

        That is when a scroll bar comes or goes, or when the lines make the pane's
        height.
        """
        rows = self.room.height
        bar = self.virtual_size.height > rows
        same_bar = bar == (size.height > rows) == self.show_vertical_scrollbar
        if not same_bar or self.styles.is_auto_height or size.width != self.room.width:
            self.virtual_size = size
            if self.show_vertical_scrollbar and size.height <= rows:
                self.call_after_refresh(self._refresh_scrollbars)
        elif size != self.virtual_size:
            self.set_reactive(Pane.virtual_size, size)
            if bar:
                self.vertical_scrollbar.window_virtual_size = size.height

    def built(self) -> None:
        """Called when the lines are new."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Several rows; the ground under them is looked up once."""
        self._ground = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row, as Textual asks for it."""
        self._prepare()
        row = y + self.scroll_offset.y
        found = self._lines[row] if row < len(self._lines) else BLANK
        return self.strip(found, self.room.width)

    def strip(self, found: Line, room: int) -> Strip:
        """A line in the colours of the theme."""
        segments = [Segment(words, self.ink(style)) for words, style in found.spans]
        style = self._ground or self.rich_style
        strip = Strip(segments, found.width).adjust_cell_length(room, style)
        return strip.apply_style(style)

    def ink(self, style: str) -> RichStyle:
        """A style's colours in the theme of now."""
        key = (self.app.theme, style)
        if key not in self._inks:
            self._inks[key] = Style.parse(style, self._variables()).rich_style
        return self._inks[key]

    def _variables(self) -> dict[str, str]:
        """The theme's colours; grounds that it leaves to the terminal stay its own."""
        found = self.app.theme_variables
        ground = found["background"]
        return {name: ground if v == "transparent" else v for name, v in found.items()}
