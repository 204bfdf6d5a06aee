"""The log: who did what, what followed and why, from thousands of entries."""

from dataclasses import replace
from time import perf_counter

import pytest

from tabletop.session.view import CONTROL, Cause, Change, LogEntry, View
from tabletop.tui.widgets import LogPane
from tabletop.tui.widgets import log as log_module
from tabletop.tui.widgets.line import Line
from tabletop.tui.widgets.logtext import entry_lines, title_line
from tests.tui.bench import rows, screen, shown
from tests.tui.views import HAND, LOG, change, entry, friendly

TABLE = friendly(CONTROL)


def told(found: LogEntry, room: int = 60) -> list[str]:
    """An entry's lines without the column of the time."""
    return [row.plain[7:].rstrip() for row in entry_lines(found, TABLE, room)]


def plays(*changes: Change) -> LogEntry:
    return entry(9, 1, "kyiv", "play", "Kyiv plays Dig in", changes)


def long_log(count: int) -> View:
    log = tuple(replace(LOG[n % len(LOG)], number=n, round=1 + n // 100)
                for n in range(count))  # fmt: skip
    return replace(TABLE, log=log)


def test_a_move_stands_with_everything_that_followed() -> None:
    assert told(LOG[3]) == [
        "◆ Kremlin plays Partial mobilization",
        ["Manpower (K) 40→65 ⇒ ample  Support 58→46", "Economy (K) 47→41"][0],
        "Economy (K) 47→41",
        "“buy a summer”",
    ]


def test_what_something_else_caused_stands_under_its_title() -> None:
    assert told(LOG[-1])[1:] == [
        "US aid 50→38  Cohesion 53→48",
        "· the_hill_wakes",
        "  Congress 42→52 ⇒ leaning in",
        "? Europe is asked",
    ]


def test_a_rule_is_named_once() -> None:
    rule = Cause("rule", "attrition", "Attrition")
    found = plays(
        Change("rule", "attrition", "Attrition"),
        change("front", "Front line", 14, 15, cause=rule),
    )
    assert told(found)[1:] == ["· Attrition", "  Front line 14→15"]


def test_a_ruling_is_marked_by_a_bar_a_sign_and_a_word() -> None:
    lines = [row.plain for row in entry_lines(LOG[5], TABLE, 50)]
    assert all(row.startswith("▌") for row in lines)
    assert "§ RULING Kremlin support +4" in lines[0]
    assert lines[0].endswith("move 68")
    assert "“Crowd rallied; agreed by the table”" in lines[-1]


def test_the_price_of_a_card_stands_beside_it() -> None:
    cause = Cause("card", "dig", "Dig in")
    paid = Change("points", "kyiv.points", "Kyiv: points", 4, 2, "kyiv", cause=cause)
    assert told(plays(paid), 40) == ["▲ Kyiv plays Dig in         2 pts"]
    given = replace(paid, before=2, after=4)
    assert told(plays(given), 40)[1:] == ["Kyiv: points 2→4"]


def test_draws_share_a_line() -> None:
    own = [
        Change("draw", card.id, f"Kyiv draws {card.title}", team="kyiv")
        for card in HAND[2:4]
    ]
    hidden = [Change("draw", "", "Europe draws a card", team="europe")] * 3
    assert told(plays(*own, *hidden))[1:] == [
        "Kyiv draws Hold the fortress belt, Lobby the Hill",
        "Europe draws a card ×3",
    ]


def test_a_title_too_long_for_its_line_takes_two() -> None:
    assert told(LOG[-1], 30)[:2] == ["● White House plays", "Your umbrella, our ter…"]


@pytest.mark.parametrize(
    "at", ["", "yesterday", "9999-99-99", "0001-01-01T00:00:00+00:00"]
)
def test_a_time_that_can_not_be_read_is_left_out(at: str) -> None:
    assert title_line(replace(LOG[3], at=at), TABLE)
    assert entry_lines(replace(LOG[3], at=at), TABLE, 40)


async def test_entries_stand_under_their_round_and_phase() -> None:
    async with shown(LogPane(), lambda pane: pane.show(TABLE), (52, 40)) as pilot:
        heads = [row.split(" ─")[0] for row in rows(pilot.app) if " ──" in row]
    assert heads == ["Month 2 · Hot wash", "Month 3 · Plan", "Month 3 · Play"]


async def test_the_log_follows_its_end_unless_someone_reads_further_up() -> None:
    pane = LogPane()
    async with shown(pane, lambda p: p.show(long_log(200)), (60, 12)) as pilot:
        await pilot.pause()
        assert pane.scroll_offset.y == pane.max_scroll_y > 100
        pane.show(long_log(250))
        await pilot.pause()
        await pilot.pause()
        assert pane.scroll_offset.y == pane.max_scroll_y
        pane.focus()
        await pilot.press("pageup")
        await pilot.pause()
        read = pane.scroll_offset.y
        pane.show(long_log(300))
        await pilot.pause()
        assert pane.scroll_offset.y == read
        await pilot.press("end")
        await pilot.pause()
        pane.show(long_log(350))
        await pilot.pause()
        await pilot.pause()
        assert pane.scroll_offset.y == pane.max_scroll_y


async def test_a_shorter_log_after_an_undo_shows_its_end() -> None:
    pane = LogPane()
    async with shown(pane, lambda p: p.show(long_log(200)), (60, 12)) as pilot:
        await pilot.pause()
        pane.show(long_log(9))
        await pilot.pause()
        await pilot.pause()
        assert pane.scroll_offset.y == pane.max_scroll_y
        assert "Month 1" in screen(pilot.app) or pane.max_scroll_y > 0


async def test_a_click_chooses_the_entry_under_it() -> None:
    heard: list[int] = []

    class Listening(LogPane):
        def post_message(self, message: object) -> bool:
            if isinstance(message, LogPane.EntryChosen):
                heard.append(message.number)
            return super().post_message(message)  # type: ignore[arg-type]

    async with shown(Listening(), lambda pane: pane.show(TABLE), (60, 40)) as pilot:
        row = next(i for i, r in enumerate(rows(pilot.app)) if "RULING" in r)
        await pilot.click(Listening, offset=(20, row + 1))
        assert heard == [68]


async def test_entries_drawn_before_are_not_drawn_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[int] = []

    def counting(found: LogEntry, view: View, room: int) -> list[Line]:
        drawn.append(found.number)
        return entry_lines(found, view, room)

    monkeypatch.setattr(log_module, "entry_lines", counting)
    pane = LogPane()
    view = long_log(3000)
    async with shown(pane, lambda p: p.show(view), (60, 30)) as pilot:
        drawn.clear()
        start = perf_counter()
        pane.show(replace(view, log=(*view.log, replace(LOG[0], number=9999))))
        await pilot.pause()
        assert drawn == [9999]
        assert perf_counter() - start < 2


async def test_another_seat_is_told_nothing_of_the_last_ones_log() -> None:
    """Drawn lines are kept by number; a seat that takes over must not get them."""
    pane = LogPane()
    async with shown(pane, lambda p: p.show(TABLE), (60, 40)) as pilot:
        assert "buy a summer" in screen(pilot.app)
        other = friendly("kyiv")
        log = tuple(replace(found, note="") for found in LOG)
        pane.show(replace(other, log=log))
        await pilot.pause()
        assert "buy a summer" not in screen(pilot.app)


async def test_an_empty_log_says_so() -> None:
    async with shown(LogPane(), lambda p: p.show(replace(TABLE, log=()))) as pilot:
        assert "Nothing has happened yet." in screen(pilot.app)


def test_an_inject_is_told_with_its_words_and_what_it_did() -> None:
    inject = Cause("inject", "bank", "Central bank")
    found = entry(9, 1, CONTROL, "advance", "Control opens the next phase", (
        Change("inject", "bank", "Central bank: “The rate stays at 21 %.”"),
        change("economy", "Russian economy", 50, 47, cause=inject),
    ))  # fmt: skip
    lines = [row.plain[7:].rstrip() for row in entry_lines(found, TABLE, 60)]
    assert lines[1:] == [
        "○ Central bank", "  “The rate stays at 21 %.”", "  Economy (K) 50→47",
    ]  # fmt: skip
    by_hand = replace(found, kind="fire", title="Control fires Central bank")
    lines = [row.plain[7:].rstrip() for row in entry_lines(by_hand, TABLE, 60)]
    assert lines[1:] == ["“The rate stays at 21 %.”", "Economy (K) 50→47"]
