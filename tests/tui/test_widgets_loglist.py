"""The log with a cursor, over thousands of entries."""

from dataclasses import replace

from tabletop.session.view import CONTROL, View
from tabletop.tui.widgets.loglist import (
    CHUNK,
    PAGE,
    SORTS,
    LogList,
    LogSorts,
)
from tests.tui.bench import rows, screen, shown
from tests.tui.views import LOG, friendly
from tests.waiting import until

TABLE = friendly(CONTROL)


def long_log(count: int) -> View:
    log = tuple(
        replace(LOG[n % len(LOG)], number=n, round=1 + n // 100) for n in range(count)
    )
    return replace(TABLE, log=log)


async def test_the_end_of_a_long_log_is_there_before_the_rest_is_drawn() -> None:
    pane = LogList()
    count = PAGE + 3 * CHUNK
    async with shown(pane, lambda p: p.show(long_log(count)), (60, 20)) as pilot:
        assert pane.selected is not None
        assert pane.selected.number == count - 1
        before = rows(pilot.app)
        await until(pilot, "all of it", lambda: len(pane.entries) == count)
        await pilot.pause()
        assert rows(pilot.app)[1:] == before[1:], "what is in sight stays there"
        assert pane.selected.number == count - 1


async def test_keys_reach_what_is_not_drawn_yet() -> None:
    pane = LogList()
    async with shown(pane, lambda p: p.show(long_log(PAGE + 900)), (60, 20)) as pilot:
        pane.focus()
        await pilot.press("home")
        assert pane.selected is not None
        assert pane.selected.number == 0
        await pilot.pause()
        assert "Month 1" in screen(pilot.app)


async def test_going_up_by_pages_passes_every_page() -> None:
    pane = LogList()
    async with shown(pane, lambda p: p.show(long_log(60)), (60, 12)) as pilot:
        pane.focus()
        seen = []
        for _ in range(60):
            await pilot.press("pageup")
            assert pane.selected is not None
            seen.append(pane.selected.number)
        assert seen[-1] == 0
        assert seen == sorted(seen, reverse=True)


async def test_a_click_moves_the_cursor_and_a_second_one_chooses() -> None:
    heard: list[int] = []

    class Listening(LogList):
        def post_message(self, message: object) -> bool:
            if isinstance(message, LogList.EntryChosen):
                heard.append(message.number)
            return super().post_message(message)  # type: ignore[arg-type]

    async with shown(Listening(), lambda pane: pane.show(TABLE), (60, 40)) as pilot:
        row = next(i for i, r in enumerate(rows(pilot.app)) if "RULING" in r)
        await pilot.click(Listening, offset=(20, row))
        assert heard == []
        await pilot.click(Listening, offset=(20, row))
        assert heard == [68]


async def test_the_sorts_fit_a_narrow_window() -> None:
    def show(bar: LogSorts) -> None:
        bar.show(TABLE, TABLE.teams[1].id)

    async with shown(LogSorts(), show, (80, 3)) as pilot:
        row = rows(pilot.app)[0]
        for sort in SORTS:
            assert sort.name in row
        assert "White Hous" in row, "the chosen team is named"
