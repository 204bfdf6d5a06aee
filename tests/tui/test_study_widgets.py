"""Turning points, forecasts and verdicts as they are drawn."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from textual.widget import Widget

from tabletop.report.guesses import Guess, Guesses
from tabletop.session.guessing import Decision, Verdict
from tabletop.session.replaying import Alternative
from tabletop.session.view import CONTROL, Change, Move, Preview, View
from tabletop.tui import glyphs
from tabletop.tui.widgets.forecast import ForecastPane, Foreseen
from tabletop.tui.widgets.turning import METHOD_ID, TurningPane, bar, whole
from tabletop.tui.widgets.verdict import Judged, SummaryPane, VerdictPane
from tests.tui.bench import screen, shown
from tests.tui.studied import (
    DONE,
    FAILED,
    METHOD,
    NONE,
    POINTS,
    RUNNING,
    STOPPED,
    expect,
    forecast,
)
from tests.tui.test_widgets_hostile import ODD, SIZES, check_names, check_screen
from tests.tui.views import friendly, hostile
from tests.waiting import press

BROAD = (110, 24)
CHANGE = Change("track", "us_aid", "US military aid", 50, 38, tone="bad")
OURS = Alternative(
    Move("play", "kyiv", "dig_in"), "Play Dig in", chosen=False,
    preview=Preview(Move("play", "kyiv", "dig_in"), "Dig in", (CHANGE,)),
)  # fmt: skip
THEIRS = replace(OURS, move=Move("pass", "kyiv"), label="Pass", chosen=True)
VERDICT = Verdict(
    Decision(8, 0, friendly("kyiv")), OURS, THEIRS, "make Europe carry it",
    (CHANGE,), (),
)  # fmt: skip
JUDGED = Judged(VERDICT, expect("kyiv", 29), expect("kyiv", 35), playouts=1000)
GUESS = Guess(8, 1, "Play Dig in", "Pass", "wait", False, 29.0, 30.5, 1.5)
GUESSES = Guesses("Bright days", "Kyiv", "Month", 3, (GUESS,), 1000, METHOD)
FORESEEN = Foreseen(
    forecast(71, 52), 72, working=True, method=METHOD, titles={"deal": "The deal"}
)


def shows(widget: Any, value: Any, view: View) -> None:
    widget.show(value, view)


async def drawn(value: Any, size: tuple[int, int] = BROAD, *keys: str) -> str:
    """The pane of turning points, after some keys."""
    pane = TurningPane()
    async with shown(pane, lambda w: shows(w, value, friendly(CONTROL)), size) as pilot:
        pane.focus()
        pane.go_to(71)
        await press(pilot, *keys)
        return screen(pilot.app)


@pytest.mark.parametrize("size", [BROAD, (78, 24)])
async def test_a_turning_point_tells_choice_and_luck_apart(
    size: tuple[int, int],
) -> None:
    text = " ".join((await drawn(DONE, size)).split())
    for words in ("▼14", "▲9", "▼17", "▲21", "Refinery strikes", "White House"):
        assert words in text
    assert "Here the game turned against Kyiv." in text
    assert "could expect 52 points; after it, 35." in text
    assert "Of that −12 was the choice, and −5 the luck that followed." in text
    assert "80 % of results lie within 29 and 41" in text
    assert "1,000 playouts of each of the 4 moves" in text
    assert "plays any legal move" in text, "the method stands below"


async def test_a_turning_point_of_control_is_no_teams_choice() -> None:
    text = " ".join((await drawn(DONE, BROAD, "down")).split())
    assert "This inject turned the game for Kyiv." in text
    assert "No team chose it" in text
    text = " ".join((await drawn(DONE, BROAD, "down", "down")).split())
    assert "This ruling turned the game" in text
    assert "Control decided it" in text


async def test_the_better_move_is_kept_back_until_it_is_asked_for() -> None:
    before = await drawn(DONE)
    assert "Summit of allies" not in before
    assert "Try it yourself before you look" in before
    opened = replace(DONE, open=frozenset({71}))
    after = " ".join((await drawn(opened, (110, 30))).split())
    assert "Summit of allies" in after
    assert "Signal resolve 47 ±1.0" in after
    assert "Try it yourself" not in after


async def test_a_moment_elsewhere_offers_to_go_to_the_point() -> None:
    pane = TurningPane()
    async with shown(pane, lambda w: shows(w, DONE, friendly(CONTROL)), BROAD) as pilot:
        pane.go_to(5)
        await pilot.pause()
        text = screen(pilot.app)
        assert "go to this move" in text
        assert "try another move" not in text


async def test_what_is_not_measured_yet_says_what_it_would_be() -> None:
    text = await drawn(NONE)
    assert "Nothing is measured yet." in text
    assert " a  analyse" in text
    assert "plays any legal move" in text


async def test_progress_stands_where_the_result_will() -> None:
    text = await drawn(RUNNING)
    assert "Measured 52 of 142 moves" in text
    assert "stop here and keep them" in text
    assert "Suspend deliveries" in text, "what is there is drawn already"
    text = await drawn(replace(RUNNING, waits="Compiling the machine ..."))
    assert "Compiling the machine" in text
    text = await drawn(STOPPED)
    assert "52 of 142 moves are measured" in text
    assert "go on with the rest" in text
    text = await drawn(FAILED)
    assert "The process that measures ended." in text
    assert "try again" in text


async def test_the_method_can_be_gone_to_and_left() -> None:
    pane = TurningPane()
    async with shown(
        pane, lambda w: shows(w, DONE, friendly(CONTROL)), (78, 14)
    ) as pilot:
        pane.focus()
        await press(pilot, "end")
        assert pane.selected == METHOD_ID
        assert "plays any legal move" in screen(pilot.app)
        await press(pilot, "home")
        assert "often better" in screen(pilot.app)


@pytest.mark.parametrize(
    ("choice", "luck", "wanted"),
    [(-12, -5, "███░"), (0, 21, "░░░░░"), (-14, 0, "███"), (-3, 20, "░░░░"),
     (-20, 3, "████")],
)  # fmt: skip
def test_a_bar_is_solid_for_choice_and_shaded_for_luck(
    choice: float, luck: float, wanted: str
) -> None:
    assert bar(choice, luck, 21, 5).plain.rstrip() == wanted


def test_halves_are_rounded_away_from_zero() -> None:
    assert [whole(v) for v in (0.5, -0.5, 1.49, -1.49, 0.0)] == [1, -1, 1, -1, 0]


async def test_a_forecast_shows_every_interval() -> None:
    pane = ForecastPane()
    async with shown(
        pane, lambda w: shows(w, FORESEEN, friendly(CONTROL)), (70, 30)
    ) as pilot:
        text = screen(pilot.app)
    assert "1,000 playouts from move 71" in text
    assert "measuring move 72" in text
    assert "The deal" in text
    assert "62 %" in text
    assert "59–65" in text
    assert "no ending" in text
    assert "52.0 ±1.0" in text
    assert "plays any legal move" in text


async def test_a_verdict_sets_both_choices_side_by_side() -> None:
    pane = VerdictPane()
    async with shown(pane, lambda w: w.show(JUDGED), (100, 20)) as pilot:
        text = screen(pilot.app)
    assert "Play Dig in" in text
    assert "could expect 29.0 ±1.0" in text
    assert "make Europe carry it" in text
    assert "Theirs promised 6.0 points more." in text
    assert "nothing changed at once" in text


async def test_a_verdict_whose_figures_are_still_to_come() -> None:
    pane = VerdictPane()
    waiting = Judged(VERDICT, measuring=True)
    async with shown(pane, lambda w: w.show(waiting), (60, 24)) as pilot:
        text = screen(pilot.app)
    assert text.count("measuring ...") == 2
    close = Judged(VERDICT, expect("kyiv", 29), expect("kyiv", 30))
    async with shown(VerdictPane(), lambda w: w.show(close), (60, 24)) as pilot:
        assert "Too close to call" in screen(pilot.app)


async def test_a_summary_counts_and_adds_up() -> None:
    pane = SummaryPane()
    async with shown(pane, lambda w: w.show(GUESSES), (90, 20)) as pilot:
        text = " ".join(screen(pilot.app).split())
    assert "You answered 1 of 3 decisions of Kyiv and left 2 out." in text
    assert "1.5 points less than theirs, give or take 1.5" in text


Show = Callable[[Any, View, Callable[[Any], Any]], object]
CASES: dict[str, tuple[Callable[[], Widget], Show]] = {
    "turning": (TurningPane, lambda w, v, h: w.show(studied(h), v)),
    "none": (TurningPane, lambda w, v, h: w.show(replace(NONE, method=h("m")), v)),
    "failed": (TurningPane, lambda w, v, h: w.show(replace(FAILED, trouble=h("t")), v)),
    "forecast": (ForecastPane, lambda w, v, h: w.show(h(FORESEEN), v)),
    "verdict": (VerdictPane, lambda w, v, h: w.show(h(JUDGED))),
    "summary": (SummaryPane, lambda w, v, h: w.show(h(GUESSES))),
}  # fmt: skip


def studied(h: Callable[[Any], Any]) -> Any:
    """Every text of the turning points put through a function."""
    points = []
    for point in POINTS:
        options = tuple(replace(o, label=h(o.label)) for o in point.step.options)
        step = replace(point.step, title=h(point.step.title), options=options)
        best = options[0] if point.best is not None else None
        points.append(replace(point, step=step, best=best))
    return replace(DONE, points=points, open=frozenset({71}), method=h("Words"))


@pytest.mark.parametrize("case", CASES)
async def test_hostile_strings_are_drawn_in_their_place(case: str) -> None:
    make, show = CASES[case]
    async with shown(make(), lambda widget: None) as pilot:
        widget = pilot.app.query(Widget).last()
        for size in SIZES:
            await pilot.resize_terminal(*size)
            show(widget, hostile(friendly(CONTROL)), hostile)
            await pilot.pause()
            check_screen(pilot)
        for text in ODD:
            view = hostile(friendly(CONTROL), text)
            show(widget, view, partial(hostile, text=text))
            await pilot.pause()
            check_screen(pilot)


@pytest.mark.parametrize("case", CASES)
async def test_plain_signs_are_ascii(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glyphs, "_chosen", [glyphs.ASCII])
    make, show = CASES[case]
    words = partial(hostile, text="Plain words")
    async with shown(make(), lambda widget: None, (120, 40)) as pilot:
        widget = pilot.app.query(Widget).last()
        show(widget, words(friendly(CONTROL)), words)
        await pilot.pause()
        assert screen(pilot.app).isascii()


@pytest.mark.parametrize("kind", [TurningPane, ForecastPane, VerdictPane, SummaryPane])
def test_no_name_of_ours_hides_one_of_textuals(kind: type[Widget]) -> None:
    check_names(kind)
