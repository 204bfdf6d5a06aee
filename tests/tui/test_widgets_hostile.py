"""Whatever a deck's strings hold, widgets draw it in its place and do no more."""

import inspect
import re
import sys
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from rich.cells import cell_len
from textual.scroll_view import ScrollView
from textual.widget import Widget

from tabletop.session.view import CONTROL, View
from tabletop.tui import glyphs, widgets
from tabletop.tui.widgets import (
    AskPane,
    BigName,
    CardFull,
    CueBand,
    HandPane,
    Header,
    InjectsPane,
    KeysBar,
    LogPane,
    PreviewPane,
    SituationPane,
    TeamsPane,
    TeamsStrip,
    TrackChart,
    TracksPane,
    WhyPane,
)
from tests.tui.bench import screen, shown, strips
from tests.tui.views import (
    ASK,
    HOSTILE,
    WHY,
    answer_previews,
    ended,
    friendly,
    hostile,
    preview,
)

Show = Callable[[Any, View, Callable[[Any], Any]], object]

CASES: dict[str, tuple[Callable[[], Widget], Show]] = {
    "header": (Header, lambda w, v, h: w.show(v)),
    "cue": (CueBand, lambda w, v, h: w.show(v)),
    "teams": (TeamsPane, lambda w, v, h: w.show(v)),
    "strip": (TeamsStrip, lambda w, v, h: w.show(v)),
    "tracks": (TracksPane, lambda w, v, h: w.show(v)),
    "hand": (HandPane, lambda w, v, h: w.show(h(friendly().hand), 2, v.teams)),
    "preview": (PreviewPane, lambda w, v, h: w.show(h(preview("refinery")), v)),
    "inject": (PreviewPane, lambda w, v, h: w.show(h(preview("congress")), v)),
    "log": (LogPane, lambda w, v, h: w.show(v)),
    "injects": (InjectsPane, lambda w, v, h: w.show(v)),
    "why": (WhyPane, lambda w, v, h: w.show(h(WHY), v)),
    "situation": (SituationPane, lambda w, v, h: w.show(v)),
    "ask": (AskPane, lambda w, v, h: w.show(h(ASK), h(answer_previews()), v)),
    "keys": (KeysBar, lambda w, v, h: w.show([(h("f"), h("fire"))] * 9)),
    "card": (CardFull, lambda w, v, h: w.show(h(friendly().hand[0]), 2, v.teams)),
    "chart": (TrackChart, lambda w, v, h: w.show(v.tracks[0])),
}  # fmt: skip

WORDLESS = ("chart",)
"""Widgets that draw no words of a deck in their inside."""
ODD = ("", " ", "\n", "漢" * 300, "e" + "\u0301" * 400, "\ud800")
SIZES = [(160, 50), (80, 24), (33, 9), (7, 3)]


def check_screen(pilot: Any) -> None:
    """Every row is exactly as wide as the screen and holds nothing that acts."""
    for strip in strips(pilot.app):
        assert cell_len(strip.text) == strip.cell_length == pilot.app.size.width
        acting = [c for c in strip.text if unicodedata.category(c)[0] == "C"]
        assert not acting, acting


@pytest.mark.parametrize("case", CASES)
async def test_hostile_strings_are_drawn_in_their_place(case: str) -> None:
    make, show = CASES[case]
    async with shown(make(), lambda widget: None) as pilot:
        widget = pilot.app.query(Widget).last()
        for size in SIZES:
            await pilot.resize_terminal(*size)
            for seat in ("kyiv", "europe", CONTROL):
                show(widget, hostile(friendly(seat)), hostile)
                await pilot.pause()
                check_screen(pilot)
            if size == SIZES[0] and case not in WORDLESS:
                assert "[/" in screen(pilot.app)


@pytest.mark.parametrize("case", CASES)
async def test_odd_strings_are_drawn_in_their_place(case: str) -> None:
    make, show = CASES[case]
    async with shown(make(), lambda widget: None) as pilot:
        widget = pilot.app.query(Widget).last()
        for text in ODD:
            view = ended(hostile(friendly(CONTROL), text))
            show(widget, view, partial(hostile, text=text))
            await pilot.pause()
            check_screen(pilot)


@pytest.mark.parametrize("case", CASES)
async def test_plain_signs_are_ascii(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the plain set, an ASCII deck gives an ASCII screen."""
    monkeypatch.setattr(glyphs, "_chosen", [glyphs.ASCII])
    make, show = CASES[case]
    words = partial(hostile, text="Plain words")
    async with shown(make(), lambda widget: None, (120, 40)) as pilot:
        widget = pilot.app.query(Widget).last()
        for seat in ("kyiv", CONTROL):
            show(widget, words(friendly(seat)), words)
            await pilot.pause()
            assert screen(pilot.app).isascii()


async def test_a_hostile_name_is_not_built_from_blocks() -> None:
    async with shown(BigName(HOSTILE), lambda w: None) as pilot:
        check_screen(pilot)


def test_no_name_of_ours_hides_one_of_textuals() -> None:
    """An attribute that Textual uses for itself breaks in the oddest places."""
    for name in widgets.__all__:
        check_names(getattr(widgets, name))


def check_names(kind: type[Widget]) -> None:
    """A widget's own names are none of Textual's."""
    module = sys.modules[Widget.__module__]
    sources = "".join(
        inspect.getsource(found)
        for found in (
            module,
            sys.modules["textual.dom"],
            sys.modules["textual.message_pump"],
        )
    )
    theirs = set(dir(ScrollView)) | set(
        re.findall(r"self\.(\w+)(?:: [^=]+)? = ", sources)
    )
    wanted = {
        "BINDINGS", "DEFAULT_CSS", "can_focus", "can_focus_children", "render_line",
        "render_lines",
        "get_content_height", "get_content_width", "watch_scroll_y",
        "action_scroll_up", "action_scroll_down", "action_scroll_home",
        "action_scroll_end", "action_page_up", "action_page_down",
    }  # fmt: skip
    for part in kind.__mro__:
        if part.__module__.startswith("tabletop."):
            own = {n for n in vars(part) if not n.startswith("__")}
            made = set(
                re.findall(r"self\.(\w+)(?:: [^=]+)? = ", inspect.getsource(part))
            )
            metaclass = {n for n in own if n in vars(Widget) and n.startswith("_")}
            clash = (own | made) & theirs - wanted - metaclass
            assert not clash - {"border_title", "border_subtitle", "virtual_size"}
