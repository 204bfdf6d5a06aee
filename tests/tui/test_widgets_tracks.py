"""Tracks say value, change and band without colour, and keep their cursor."""

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.session.view import CONTROL, TrackView, View
from tabletop.tui.widgets import TrackChart, TracksPane
from tabletop.tui.widgets import tracks as tracks_module
from tabletop.tui.widgets.bar import bar, place, sparkline, steps
from tabletop.tui.widgets.tracks import Widths, figures_line, name_line
from tests.tui.bench import rows, screen, shown
from tests.tui.views import AID, TRACKS, friendly, hostile, track
from tests.waiting import until

VIEW = friendly("kyiv")
FALLEN = TRACKS[0]


def seen(*tracks: TrackView, view: View = VIEW) -> View:
    return replace(view, tracks=tracks)


def test_a_bar_tells_value_change_and_band_edges_by_its_signs() -> None:
    now, start = place(FALLEN, 38, 34), place(FALLEN, 50, 34)
    drawn = bar(FALLEN, 34).plain
    assert len(drawn) == 34
    assert drawn.index("●") == now
    assert drawn.index("○") == start
    assert drawn[place(FALLEN, 20, 34)] == "┿"
    assert drawn[place(FALLEN, 60, 34)] == "┼"
    assert drawn[:6] == "━━━━━━"
    assert drawn[-4:] == "────"


def test_the_value_is_drawn_over_a_start_and_an_edge_in_the_same_cell() -> None:
    assert bar(track("x", "X", (20, 20), AID), 11).plain == "━━●───┼────"


@given(st.integers(-50, 150), st.integers(1, 60))
def test_a_bar_is_as_long_as_it_is_asked_to_be(value: int, cells: int) -> None:
    drawn = bar(replace(FALLEN, value=value), cells).plain
    assert len(drawn) == (cells if cells > 1 else 0)


@given(st.integers(-10_000, 10_000), st.integers(1, 10_000), st.integers(2, 80))
def test_the_ends_of_a_bar_are_the_ends_of_the_range(
    low: int, size: int, cells: int
) -> None:
    found = replace(FALLEN, low=low, high=low + size)
    assert place(found, low, cells) == 0
    assert place(found, low + size, cells) == cells - 1
    places = [place(found, low + i * size // 10, cells) for i in range(11)]
    assert places == sorted(places)


def test_steps_are_scaled_to_their_own_range_but_not_to_noise() -> None:
    assert steps([0, 50, 100], 20) == [0, 3, 7]
    assert max(steps([40, 41, 42], 20)) - min(steps([40, 41, 42], 20)) <= 1
    assert sparkline(track("x", "X", (60, 55, 50, 38))).plain == "█▆▅▁"
    assert sparkline(track("x", "X", tuple(range(0, 100, 5)))).width == 8


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=9), st.integers(1, 500))
def test_steps_keep_their_order_and_their_bounds(values: list[int], least: int) -> None:
    found = steps(values, least)
    assert all(0 <= step <= 7 for step in found)
    by_value = [step for _, step in sorted(zip(values, found, strict=True))]
    assert by_value == sorted(by_value)


def test_a_secret_is_told_however_narrow_the_pane_is() -> None:
    secret = next(t for t in TRACKS if t.secret)
    assert name_line(secret, 30).plain == "Strike readiness  secret"
    assert name_line(secret, 16).plain == "Strikes  secret"
    assert name_line(secret, 12).plain == "Str…  secret"


async def test_a_track_is_put_as_in_the_mock_up() -> None:
    async with shown(
        TracksPane(), lambda pane: pane.show(seen(FALLEN)), (46, 6)
    ) as pilot:
        words, drawn = rows(pilot.app)[:2]
    assert words.split() == ["US", "military", "aid", "38", "▼", "12", "grudging"]
    assert drawn.strip().startswith("━━━━━━━┿━━━━━●")
    assert drawn.endswith("█▆▅▁")


async def test_figures_stand_in_columns() -> None:
    async with shown(
        TracksPane(), lambda p: p.show(friendly(CONTROL)), (48, 40)
    ) as pilot:
        signs = [
            next(i for i, c in enumerate(row) if c in "▲▼·")
            for row in rows(pilot.app)
            if row[1:2].isalpha()
        ]
    assert len(signs) == len(TRACKS)
    assert len(set(signs)) == 1


@pytest.mark.parametrize(
    ("size", "lines_each"), [((48, 40), 3), ((48, 26), 2), ((80, 14), 1), ((30, 14), 2)]
)
async def test_a_track_takes_the_lines_that_there_are(
    size: tuple[int, int], lines_each: int
) -> None:
    view = friendly(CONTROL)
    async with shown(TracksPane(), lambda pane: pane.show(view), size) as pilot:
        pane = pilot.app.query_one(TracksPane)
        assert pane.virtual_size.height == lines_each * len(view.tracks)


async def test_the_cursor_moves_tells_and_stays_on_its_track() -> None:
    heard: list[object] = []

    class Listening(TracksPane):
        def post_message(self, message: object) -> bool:
            if isinstance(
                message, TracksPane.TrackHighlighted | TracksPane.TrackChosen
            ):
                heard.append((type(message).__name__, message.track_id))
            return super().post_message(message)  # type: ignore[arg-type]

    view = friendly(CONTROL)
    async with shown(Listening(), lambda pane: pane.show(view), (60, 20)) as pilot:
        pane = pilot.app.query_one(TracksPane)
        pane.focus()
        await pilot.press("down", "down", "enter")
        assert heard == [
            ("TrackHighlighted", "eu_aid"),
            ("TrackHighlighted", "front"),
            ("TrackChosen", "front"),
        ]
        pane.show(replace(view, tracks=view.tracks[1:]))
        assert pane.selected == "front"
        pane.show(view)
        pane.show(
            replace(view, tracks=tuple(t for t in view.tracks if t.id != "front"))
        )
        assert pane.selected == "manpower_ua"
        assert len(heard) == 3
        await pilot.press("end")
        assert pane.selected == view.tracks[-1].id
        await pilot.press("down", "home", "up")
        assert pane.selected == view.tracks[0].id


async def test_the_cursor_is_kept_in_view() -> None:
    async with shown(
        TracksPane(), lambda p: p.show(friendly(CONTROL)), (30, 9)
    ) as pilot:
        pane = pilot.app.query_one(TracksPane)
        pane.focus()
        await pilot.press("end")
        await pilot.pause()
        assert "Nuclear" in screen(pilot.app)
        await pilot.press("home")
        await pilot.pause()
        assert "US aid" in screen(pilot.app)


async def test_a_click_moves_the_cursor() -> None:
    async with shown(
        TracksPane(), lambda p: p.show(friendly(CONTROL)), (48, 26)
    ) as pilot:
        await pilot.click(TracksPane, offset=(5, 4))
        assert pilot.app.query_one(TracksPane).selected == "front"


def test_a_value_that_has_just_changed_stands_out() -> None:
    widths = Widths.of(TRACKS, 44, frozenset({"us_aid"}))
    assert ("38", "bold reverse") in figures_line(FALLEN, widths).spans
    assert "reverse" not in str(figures_line(TRACKS[1], widths).spans)


@pytest.mark.parametrize("level", ["full", "none"])
async def test_a_changed_value_stands_out_once_and_only_where_things_may_move(
    level: Literal["full", "none"], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracks_module, "FLASH", 0.01)
    marked: list[frozenset[str]] = []
    marking = Widths.of

    def noting(found: object, room: int, fresh: frozenset[str]) -> Widths:
        marked.append(fresh)
        return marking(TRACKS, room, fresh)

    monkeypatch.setattr(Widths, "of", noting)
    pane = TracksPane()
    async with shown(pane, lambda p: p.show(seen(FALLEN))) as pilot:
        pilot.app.animation_level = level
        pane.show(seen(replace(FALLEN, value=40)))
        settled = lambda: marked[-1] == frozenset()  # noqa: E731
        await until(pilot, "the value has settled", settled)
    assert (frozenset({"us_aid"}) in marked) is (level == "full")


async def test_no_track_to_see_is_said() -> None:
    async with shown(TracksPane(), lambda pane: pane.show(seen()), (50, 9)) as pilot:
        assert "No track is to be seen" in screen(pilot.app)


async def test_the_legend_is_the_longest_that_fits() -> None:
    pane = TracksPane()
    async with shown(pane, lambda p: p.show(VIEW), (60, 20)) as pilot:
        assert str(pane.border_subtitle) == "● now  ○ at the month's start  ┼ band edge"
        await pilot.resize_terminal(38, 20)
        await pilot.pause()
        assert str(pane.border_subtitle) == "● now  ○ before  ┼ band edge"


async def test_a_hostile_title_stays_words() -> None:
    chart = TrackChart()
    async with shown(chart, lambda c: c.show(hostile(FALLEN)), (60, 20)):
        assert "[b +" in str(chart.border_title)


async def test_the_chart_stands_over_its_rounds() -> None:
    async with shown(TrackChart(), lambda c: c.show(FALLEN), (40, 12)) as pilot:
        drawn = rows(pilot.app)
    assert drawn[0].startswith("100")
    foot = next(row for row in drawn if "now" in row)
    assert foot.split() == ["1", "2", "3", "now"]
