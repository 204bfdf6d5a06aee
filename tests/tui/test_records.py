"""The record at the table: log, undo, lines of play, bookmarks, checkpoints, seats."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.errors import MoveError
from tabletop.session.runview import (
    BranchView,
    CheckpointView,
    ClockView,
    Result,
    RunView,
)
from tabletop.session.view import CONTROL, LogEntry, View
from tabletop.tui.screens.bookmark import BookmarkScreen
from tabletop.tui.screens.branches import BranchesScreen, NameScreen
from tabletop.tui.screens.checkpoints import CheckpointsScreen
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.entry import EntryScreen
from tabletop.tui.screens.log import LogScreen
from tabletop.tui.screens.look import LookScreen
from tabletop.tui.screens.problem import ErrorScreen
from tabletop.tui.screens.seats import SeatsScreen
from tabletop.tui.screens.undo import UndoScreen
from tabletop.tui.screens.why import WhyScreen
from tests.tui.fake_session import (
    FakeGame,
    FakeUndoing,
    Text,
    hostile,
    inject_view,
    same,
    view_of,
)
from tests.tui.table import NARROW, WIDE, seated, shown
from tests.waiting import leave, press, until, until_screen

BROAD = (160, 50)
SIZES = [NARROW, BROAD]


def branches(text: Text = same) -> tuple[BranchView, ...]:
    """A line that was left, and the one that is played."""
    return (
        BranchView("b0", 12, 9, current=False, title=text("Kyiv plays Strike")),
        BranchView("b1", 7, 7, current=True, title=text("Kyiv passes"), leaves=5),
    )


def points(text: Text = same) -> tuple[CheckpointView, ...]:
    """One that nobody waits for, one that is due, one that was judged."""
    return (
        CheckpointView("log", text("Somebody keeps a log."), "", "", "", "", ""),
        CheckpointView("call", text("Kyiv calls first."), "warn", "kyiv", "congress",
                       "", ""),
        CheckpointView("ask", text("Europe asks."), "warn", "europe", "winter",
                       "partly", text("late")),
    )  # fmt: skip


def run_of(text: Text = same) -> RunView:
    clock = ClockView(running=True, allotted=300, gone=60)
    return RunView("running", clock, objectives=(("warn", text("Warn in time")),),
                   checkpoints=points(text))  # fmt: skip


def control_view(text: Text = same) -> View:
    """Control's view, with a log that holds one entry of each sort."""
    view = view_of(CONTROL, text)
    last = view.log[-1]

    def entry(number: int, kind: str, title: str, note: str = "") -> LogEntry:
        return replace(last, number=number, kind=kind, seat=CONTROL, changes=(),
                       title=text(title), note=text(note))  # fmt: skip

    log = (
        *view.log[:4],
        entry(5, "fire", "Control fires Winter"),
        entry(6, "add", "Ruling: US aid +4", "agreed"),
        entry(8, "undo", "Undone, kept as b0: Kyiv plays Strike, Kyiv passes"),
        replace(entry(9, "note", "Control notes", "who pays?"), author=text("Ana"),
                teams=("kyiv",), objective="warn"),
        entry(10, "bookmark", "Bookmark", "the bargain"),
        entry(11, "checkpoint", "Not met: Kyiv calls first."),
        entry(13, "exercise", "StartEx"),
        last,
    )  # fmt: skip
    injects = (inject_view("congress", "fired", text), view.injects[1])
    return replace(view, log=log, injects=injects)


@dataclass
class RecordGame(FakeGame):
    """A game that remembers how it was undone, and what was looked at."""

    undoings: list[tuple[int | None, bool]] = field(default_factory=list)
    looked: list[tuple[str, int]] = field(default_factory=list)
    seen: Sequence[str] = ("Europe has seen 1 drawn card since then.",)

    def undo_preview(self, seat: str, to: int | None = None) -> FakeUndoing:
        goal = 5 if to is None else to
        return FakeUndoing(to=goal, branch=self.text("b1"), seen=self.seen)

    def undo(self, seat: str, to: int | None = None, *, anew: bool = False) -> None:
        self._fail()
        self.undoings.append((to, anew))

    def name_branch(self, tip: int, name: str) -> None:
        self._fail()
        super().name_branch(tip, name)

    def view_at(self, seat: str, number: int) -> View:
        self.looked.append((seat, number))
        return super().view_at(seat, number)


def control_game(text: Text = same, **options: Any) -> RecordGame:
    options.setdefault("views", {CONTROL: control_view(text)})
    seats = options.pop("seats", {CONTROL: "person", "kyiv": "bot:random"})
    return RecordGame(seats, text, [CONTROL], lines=branches(text),
                      run=run_of(text), **options)  # fmt: skip


async def opened(pilot: Pilot[Any], key: str, screen: Any) -> Any:
    await press(pilot, key)
    return await until_screen(pilot, screen)


async def type_in(pilot: Pilot[Any], text: str) -> None:
    await press(pilot, *("space" if char == " " else char for char in text))


# --- the log


async def to_entry(pilot: Pilot[Any], number: int) -> Any:
    screen: Any = await opened(pilot, "l", LogScreen)
    screen.entries.go_to_number(number)
    await pilot.pause()
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_log_marks_every_sort_of_entry(size: tuple[int, int]) -> None:
    async with seated(control_game(), size) as (pilot, _):
        await opened(pilot, "l", LogScreen)
        await press(pilot, "home")
        text = shown(pilot)
        assert "Kyiv plays card 1" in " ".join(text.split())
        await press(pilot, "end")
        text = shown(pilot)
        for words in (
            "§ RULING US aid +4", "↶ Undone, kept as b0: Kyiv plays Strike",
            "Ana notes · ▲ Kyiv · Warn in time", "» Bookmark",
            "✗ Not met: Kyiv calls first.", "StartEx ──",
        ):  # fmt: skip
            assert words in text


async def test_left_and_right_narrow_the_log_down() -> None:
    async with seated(control_game(), WIDE) as (pilot, _):
        screen = await opened(pilot, "l", LogScreen)
        kinds = []
        for _ in range(5):
            await press(pilot, "right")
            kinds.append({entry.kind for entry in screen.entries.entries})
        assert kinds == [
            {"add"}, {"fire"}, {"note"}, {"bookmark", "checkpoint", "exercise"},
            {"undo"},
        ]  # fmt: skip
        await press(pilot, "right")
        assert {e.number for e in screen.entries.entries} == {1, 2, 3, 4, 7, 9}
        await press(pilot, *["left"] * 6)
        assert len(screen.entries.entries) == 12


async def test_words_narrow_the_log_down_and_escape_gives_it_back() -> None:
    async with seated(control_game(), NARROW) as (pilot, play):
        screen: Any = await opened(pilot, "l", LogScreen)
        await press(pilot, "slash")
        await type_in(pilot, "ruling aid")
        assert [entry.number for entry in screen.entries.entries] == [6]
        await press(pilot, "enter")
        assert screen.entries.has_focus
        await press(pilot, "slash")
        await type_in(pilot, "zzz")
        assert "Nothing here holds" in shown(pilot)
        await press(pilot, "escape", "escape")
        assert pilot.app.screen == screen
        assert len(screen.entries.entries) == 12
        await leave(pilot)
        assert pilot.app.screen == play


async def test_the_cursor_goes_through_entries_and_stays_in_sight() -> None:
    view = control_view()
    long = [replace(view.log[0], number=n) for n in range(1, 400)]
    game = control_game(views={CONTROL: replace(view, log=tuple(long))})
    async with seated(game, NARROW) as (pilot, _):
        screen = await opened(pilot, "l", LogScreen)
        log = screen.entries
        assert log.selected.number == 399
        await press(pilot, "home")
        assert log.selected.number == 1
        await press(pilot, "pagedown", "pagedown", "down", "up", "up")
        rows = log.rows_of(log.entries.index(log.selected))
        assert 1 < log.selected.number < 399
        top = log.scroll_offset.y
        assert top <= rows.start
        assert rows.stop <= top + log.room.height
        await press(pilot, "end", "pageup", "pagedown")
        assert log.selected.number == 399


async def test_u_goes_back_to_before_the_chosen_entry() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await to_entry(pilot, 6)
        await opened(pilot, "u", UndoScreen)
        assert "move 5" in shown(pilot)
        assert "Control fires Winter" in shown(pilot)
        await press(pilot, "u")
        await until(pilot, "the undo", lambda: game.undoings == [(5, True)])


async def test_an_entry_offers_what_can_be_done_there() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await to_entry(pilot, 3)
        screen = await opened(pilot, "enter", EntryScreen)
        text = shown(pilot)
        assert "Go back to before it" in text
        assert "takes back 5 moves" in text
        assert "Go back to right after it" in text
        assert "takes back 4 moves" in text
        assert "Look at the table as it was then" in text
        assert "Bookmark this moment" not in text
        screen.rows.put_cursor("undo:3")
        await press(pilot, "enter")
        await until_screen(pilot, UndoScreen)
        await press(pilot, "u")
        await until(pilot, "the undo", lambda: game.undoings == [(3, True)])


async def test_a_note_leads_to_the_moment_at_which_it_was_written() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await to_entry(pilot, 9)
        await opened(pilot, "v", LookScreen)
        assert game.looked == [(CONTROL, 6)]
        await press(pilot, "left")
        assert game.looked[-1] == (CONTROL, 5)
        assert "move 5" in shown(pilot)
        assert "not the present" in shown(pilot)
        await opened(pilot, "u", UndoScreen)
        await leave(pilot)
        assert game.undoings == []
        await to_entry(pilot, 10)
        await opened(pilot, "enter", EntryScreen)
        assert "Go back there" in shown(pilot)


async def test_the_present_can_be_marked_and_noted_from_the_log() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await to_entry(pilot, 99)
        screen = await opened(pilot, "enter", EntryScreen)
        assert "Write a note here" in shown(pilot)
        screen.rows.put_cursor("bookmark")
        await press(pilot, "enter")
        await until_screen(pilot, BookmarkScreen)
        await type_in(pilot, "a b")
        await press(pilot, "enter")
        await until(pilot, "a mark", lambda: ("bookmark", "a b") in game.calls)


async def test_an_entry_asks_why_its_number_is_so() -> None:
    async with seated(control_game()) as (pilot, _):
        screen = await to_entry(pilot, 3)
        await opened(pilot, "w", WhyScreen)
        await leave(pilot)
        assert pilot.app.screen is screen


async def test_an_entry_on_the_table_opens_the_log_at_it() -> None:
    async with seated(control_game(), BROAD) as (pilot, play):
        assert play.control_table is not None
        log = play.query_one("#control-log")
        log.focus()
        await press(pilot, "home", "enter")
        screen = await until_screen(pilot, LogScreen)
        assert screen.entries.selected is not None


async def test_a_team_at_a_facilitated_table_only_reads() -> None:
    """Going back to any moment, and looking there, is for whoever runs the game."""
    game = RecordGame({"kyiv": "person"}, lines=branches())
    async with seated(game) as (pilot, play):
        screen = await opened(pilot, "l", LogScreen)
        await press(pilot, "home", "u", "z")
        assert pilot.app.screen is screen
        await press(pilot, "enter")
        entry = await until_screen(pilot, EntryScreen)
        assert "Go back" not in shown(pilot)
        await leave(pilot)
        await leave(pilot)
        assert entry is not play
        await press(pilot, "g", "z", "y", "o")
        assert pilot.app.screen is play
        assert game.calls == []


async def test_a_team_that_plays_alone_runs_its_game() -> None:
    game = RecordGame({"kyiv": "person", CONTROL: "auto"}, lines=branches())
    async with seated(game) as (pilot, _):
        await opened(pilot, "g", BranchesScreen)
        assert all(seat == "kyiv" for seat, _ in game.looked)
        assert "Kyiv plays Strike" not in shown(pilot), "only what its own log tells"
        await leave(pilot)
        await opened(pilot, "o", SeatsScreen)


async def test_a_game_that_is_only_read_can_be_looked_at() -> None:
    game = control_game(read_only=True)
    async with seated(game) as (pilot, play):
        await press(pilot, "z", "o", "u")
        assert pilot.app.screen is play
        await to_entry(pilot, 3)
        await press(pilot, "u")
        await opened(pilot, "v", LookScreen)
        assert "go back here" not in shown(pilot)
        await leave(pilot)
        await leave(pilot)
        await opened(pilot, "g", BranchesScreen)
        await press(pilot, "up", "t", "n")
        assert type(pilot.app.screen).__name__ == "BranchesScreen"


# --- undo


async def test_undo_deals_anew_once_something_was_seen() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await opened(pilot, "u", UndoScreen)
        assert "[x] yes" in shown(pilot)
        await press(pilot, "space")
        assert "the same again" in shown(pilot)
        await press(pilot, "u")
        await until(pilot, "the undo", lambda: game.undoings == [(5, False)])


async def test_undo_deals_the_same_again_when_nothing_was_seen() -> None:
    game = control_game()
    game.seen = ()
    async with seated(game) as (pilot, _):
        await opened(pilot, "u", UndoScreen)
        assert "[ ] no" in shown(pilot)
        await press(pilot, "u")
        await until(pilot, "the undo", lambda: game.undoings == [(5, False)])


async def test_the_line_that_is_left_can_be_named() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await opened(pilot, "u", UndoScreen)
        await press(pilot, "tab")
        await type_in(pilot, "the u turn")
        await press(pilot, "enter")
        await until(pilot, "the undo", lambda: game.undoings == [(5, True)])
        assert game.calls[-1] == ("name_branch", 7, "the u turn")


async def test_a_name_that_is_refused_leaves_everything() -> None:
    game = control_game(fails=[MoveError("another line of play is called 'b0'")])
    async with seated(game) as (pilot, play):
        await opened(pilot, "u", UndoScreen)
        await press(pilot, "tab", "b", "0", "enter")
        await until_screen(pilot, ErrorScreen)
        await leave(pilot)
        assert pilot.app.screen is play
        assert game.undoings == []


# --- lines of play


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_of_play_is_listed(size: tuple[int, int]) -> None:
    async with seated(control_game(), size) as (pilot, _):
        await opened(pilot, "g", BranchesScreen)
        text = shown(pilot)
        assert "b0  from the start, 9 moves" in text
        assert "b1  leaves at move 5, 7 moves" in text
        assert "played now" in text
        assert "last Kyiv plays Strike" in text
        assert ("Its log" in text) == (size == BROAD)
        assert "2 lines of play" in text


async def test_one_line_alone_says_what_comes_here() -> None:
    game = control_game()
    game.lines = (BranchView("b0", 7, 7, current=True, title="Kyiv passes"),)
    async with seated(game) as (pilot, _):
        await opened(pilot, "g", BranchesScreen)
        assert "Nothing has been taken back yet." in shown(pilot)


async def test_what_was_taken_back_of_the_only_line_is_taken_up_again() -> None:
    game = control_game()
    game.lines = (BranchView("b0", 9, 9, current=True, title="Kyiv passes"),)
    async with seated(game, WIDE) as (pilot, _):
        await opened(pilot, "g", BranchesScreen)
        text = shown(pilot)
        assert "played now, back to move 7" in text
        assert "Nothing has been taken back" not in text
        await opened(pilot, "t", ConfirmScreen)
        assert "What was taken back of it is made again." in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, "its end", lambda: game.calls == [("take_up", 9)])


async def test_a_line_is_taken_up_after_asking() -> None:
    game = control_game()
    async with seated(game) as (pilot, play):
        await opened(pilot, "g", BranchesScreen)
        await press(pilot, "t")
        assert isinstance(pilot.app.screen, BranchesScreen), "it is played already"
        await press(pilot, "up")
        await opened(pilot, "t", ConfirmScreen)
        assert "b1, is left at move 7 and kept" in " ".join(shown(pilot).split())
        await leave(pilot)
        assert game.calls == []
        await opened(pilot, "t", ConfirmScreen)
        await press(pilot, "enter")
        await until(pilot, "another line", lambda: game.calls == [("take_up", 12)])
        await until(pilot, "the table", lambda: pilot.app.screen is play)


async def test_a_line_is_looked_at_then_taken_up_from_one_of_its_moves() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await opened(pilot, "g", BranchesScreen)
        await press(pilot, "up")
        await opened(pilot, "enter", LookScreen)
        assert game.looked[-1] == (CONTROL, 12)
        assert "b0" in shown(pilot)
        await press(pilot, "left")
        await opened(pilot, "t", ConfirmScreen)
        await press(pilot, "enter")
        await until(pilot, "another line", lambda: game.calls == [("take_up", 7)])


async def test_a_line_is_given_a_name() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await opened(pilot, "g", BranchesScreen)
        await press(pilot, "up")
        await opened(pilot, "n", NameScreen)
        await type_in(pilot, "first try")
        await press(pilot, "enter")
        await until(pilot, "a name", lambda: bool(game.calls))
        assert game.calls == [("name_branch", 12, "first try")]


# --- bookmarks and checkpoints


async def test_a_moment_is_marked_without_a_word_too() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await opened(pilot, "z", BookmarkScreen)
        assert "move 7" in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, "a mark", lambda: game.calls == [("bookmark", "")])


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_due_stands_first(size: tuple[int, int]) -> None:
    async with seated(control_game(), size) as (pilot, _):
        screen = await opened(pilot, "y", CheckpointsScreen)
        text = shown(pilot)
        places = [text.index(words) for words in (
            "Due now", "Kyiv calls first.", "Warn in time ─", "Europe asks.",
            "Without an objective", "Somebody keeps a log.",
        )]  # fmt: skip
        assert places == sorted(places)
        assert "after Inject congress" in text
        assert "‖ Europe asks." in text
        assert "1 of 3 judged" in text
        assert screen.pane.selected == "call"


async def test_a_checkpoint_is_judged_with_a_line() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await opened(pilot, "y", CheckpointsScreen)
        await press(pilot, "3")
        assert "Not met:" in shown(pilot)
        await type_in(pilot, "press 1st")
        await press(pilot, "enter")
        await until(pilot, "a judgement", lambda: bool(game.calls))
        assert game.calls == [("judge", "call", "not met", "press 1st")]


class JudgedGame(RecordGame):
    """A game in which a judgement stands at once, and two checkpoints are due."""

    def judge(self, checkpoint: str, result: Result, note: str = "") -> None:
        super().judge(checkpoint, result, note)
        found = (
            replace(point, result=result) if point.id == checkpoint else point
            for point in self.run.checkpoints
        )
        self.run = replace(self.run, checkpoints=tuple(found))


async def test_what_was_judged_keeps_its_place_and_the_cursor() -> None:
    first = points()[1]
    second = replace(first, id="pays", text="Kyiv pays.")
    seats = {CONTROL: "person", "kyiv": "bot:random"}
    run = replace(run_of(), checkpoints=(points()[0], first, second))
    views = {CONTROL: control_view()}
    game = JudgedGame(seats, waits=[CONTROL], views=views, run=run)
    async with seated(game) as (pilot, _):
        screen = await opened(pilot, "y", CheckpointsScreen)
        await press(pilot, "1", "enter")
        await until(pilot, "a judgement", lambda: bool(game.calls))
        await pilot.pause()
        text = shown(pilot)
        assert screen.pane.selected == "call"
        assert text.index("Due now") < text.index("✓ Kyiv calls first.")
        await press(pilot, "down", "3", "enter")
        await until(pilot, "another", lambda: len(game.calls) == 2)
        await leave(pilot)
        await opened(pilot, "y", CheckpointsScreen)
        assert "Due now" not in shown(pilot)
    assert [call[1:3] for call in game.calls] == [("call", "met"), ("pays", "not met")]


async def test_a_line_that_was_left_is_there_again_and_on_no_other() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        screen = await opened(pilot, "y", CheckpointsScreen)
        await press(pilot, "1")
        await type_in(pilot, "half")
        await press(pilot, "escape")
        assert pilot.app.screen == screen
        await press(pilot, "down", "2")
        assert screen.why.line.value == "late"
        await press(pilot, "escape", "up", "1")
        assert screen.why.line.value == "half"
        await press(pilot, "enter")
        await until(
            pilot, "it", lambda: game.calls == [("judge", "call", "met", "half")]
        )


async def test_a_deck_without_checkpoints_says_so() -> None:
    game = control_game()
    game.run = replace(run_of(), checkpoints=())
    async with seated(game) as (pilot, _):
        await opened(pilot, "y", CheckpointsScreen)
        assert "This deck names nothing to watch for." in shown(pilot)
        await press(pilot, "1", "enter")
        assert game.calls == []


# --- seats


async def test_a_seat_is_given_to_a_bot() -> None:
    game = control_game()
    async with seated(game) as (pilot, play):
        await opened(pilot, "o", SeatsScreen)
        assert "Nothing is changed yet." in shown(pilot)
        await press(pilot, "right")
        assert "It moves by itself, at once" in shown(pilot)
        assert "1 seat changes hands." in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, "a change", lambda: bool(game.calls))
        assert game.calls == [("set_seat", "kyiv", "bot:first")]
        assert pilot.app.screen is play


async def test_with_an_absent_team_control_stays_a_person() -> None:
    game = control_game(seats={CONTROL: "auto", "kyiv": "person"})
    async with seated(game) as (pilot, _):
        await opened(pilot, "o", SeatsScreen)
        await press(pilot, "left", "enter")
        await until(pilot, "changes", lambda: len(game.calls) == 2)
        assert game.calls == [
            ("set_seat", CONTROL, "person"), ("set_seat", "kyiv", "absent"),
        ]  # fmt: skip


# --- every text is data


KEYS_OF_RECORDS = {
    "l": LogScreen, "u": UndoScreen, "g": BranchesScreen, "y": CheckpointsScreen,
    "z": BookmarkScreen, "o": SeatsScreen,
}  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_texts_change_nothing(size: tuple[int, int]) -> None:
    game = control_game(hostile)
    async with seated(game, size) as (pilot, play):
        for key, screen in KEYS_OF_RECORDS.items():
            await opened(pilot, key, screen)
            assert "\x1b" not in shown(pilot)
            await press(pilot, "down", "pagedown", "end", "home")
            await leave(pilot)
            assert pilot.app.screen is play
        await to_entry(pilot, 9)
        for key, screen in {"enter": EntryScreen, "v": LookScreen}.items():
            await opened(pilot, key, screen)
            assert "[/" in shown(pilot)
            await leave(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_has_help(size: tuple[int, int]) -> None:
    async with seated(control_game(), size) as (pilot, play):
        for key, screen in KEYS_OF_RECORDS.items():
            found = await opened(pilot, key, screen)
            await press(pilot, "f1")
            assert found.HELP_TITLE in shown(pilot)
            await press(pilot, "escape")
            await leave(pilot)
            await until(pilot, "the table", lambda: pilot.app.screen is play)
