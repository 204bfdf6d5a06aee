"""A replay by key presses: every moment, line, pair of eyes and file of it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.widgets import Input

from tabletop.session.replaying import Replay
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tabletop.tui.app import TabletopApp
from tabletop.tui.library import SaveEntry
from tabletop.tui.screens.csvfile import PathScreen
from tabletop.tui.screens.end import EndScreen
from tabletop.tui.screens.home import HomeScreen
from tabletop.tui.screens.replay import moving
from tabletop.tui.screens.replay.choose import EyesScreen, FormatsScreen
from tabletop.tui.screens.replay.commands import ReplayCommands
from tabletop.tui.screens.replay.hands import HandsScreen
from tabletop.tui.screens.replay.jump import JumpScreen
from tabletop.tui.screens.replay.looking import ReplayLog
from tabletop.tui.screens.replay.marking import MarkScreen
from tabletop.tui.screens.replay.options import OptionsScreen
from tabletop.tui.screens.replay.screen import ReplayScreen
from tabletop.tui.screens.saves import SavesScreen
from tabletop.tui.screens.why import WhyScreen
from tests.tui.replays import copied, replaying, settled
from tests.tui.table import NARROW, SIZES, EmptyLibrary, at_table, shown
from tests.waiting import leave, press, until, until_screen

BROAD = (160, 48)


# --- moments


@pytest.mark.parametrize("size", SIZES)
async def test_arrows_go_through_every_moment(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with replaying(copied(tmp_path, "tutorial"), size) as (pilot, screen):
        numbers = [moment.number for moment in screen.moments]
        await press(pilot, "home")
        for number in numbers:
            await settled(pilot, screen)
            assert screen.number == number == screen.view.move
            wanted = f"move {number}" if number else "the start"
            assert wanted in shown(pilot)
            await press(pilot, "right")
        assert screen.number == numbers[-1], "the end is the end"
        await press(pilot, "left")
        assert screen.number == numbers[-2]


async def test_shifted_arrows_go_through_the_rounds(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        await press(pilot, "home")
        seen = [screen.moment.round]
        for _ in range(6):
            await press(pilot, "shift+right")
            seen.append(screen.moment.round)
        assert seen == sorted(set(seen))
        await press(pilot, "shift+left", "shift+left")
        assert screen.moment.round < seen[-1]


async def test_a_jump_can_be_repeated_both_ways(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        await press(pilot, "home", "j")
        jumps = await until_screen(pilot, JumpScreen)
        assert "before" in shown(pilot)
        jumps.rows.put_cursor("ruling")
        await press(pilot, "enter")
        await until_screen(pilot, ReplayScreen)
        rulings = [m.place for m in screen.moments if m.kind == "ruling"]
        assert screen.place == rulings[0]
        await press(pilot, "n")
        assert screen.place == rulings[1]
        await press(pilot, "N")
        assert screen.place == rulings[0]
        await press(pilot, "N")
        assert screen.place == rulings[0], "there is none before"
        assert "No ruling before" in shown(pilot)


async def test_a_jump_leads_to_where_a_track_changed(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        track = screen.last_view.tracks[0].id
        await press(pilot, "j")
        jumps = await until_screen(pilot, JumpScreen)
        jumps.rows.put_cursor(f"track:{track}")
        await press(pilot, "left")
        await until_screen(pilot, ReplayScreen)
        assert track in screen.moment.targets


async def test_words_are_looked_for_and_gone_through(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        await press(pilot, "home", "slash", *"kremlin passes", "enter")
        hits = screen.hits
        assert len(hits) > 2
        assert screen.place == hits[0]
        await settled(pilot, screen)
        assert f"found 1 of {len(hits)}" in shown(pilot)
        await press(pilot, "n", "n", "N")
        assert screen.place == hits[1]
        await press(pilot, "escape")
        assert not screen.hits
        assert not isinstance(screen.focused, Input)


async def test_words_that_nothing_holds_are_said_to_be_nowhere(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        before = screen.place
        await press(pilot, "slash", *"zzzz", "left")
        assert screen.place == before, "the arrow is the line's own"
        assert "nothing holds these words" in shown(pilot)


async def test_it_goes_on_by_itself_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "STEP", 0.001)
    async with replaying(copied(tmp_path, "tutorial")) as (pilot, screen):
        last = screen.place
        await press(pilot, "greater_than_sign", "space")
        assert "2×" in shown(pilot)
        await until(
            pilot, "the end", lambda: screen.place == last and not screen.running
        )


async def test_any_step_stops_it(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        await press(pilot, "space")
        states = [screen.running]
        await press(pilot, "right")
        assert [*states, screen.running] == [True, False]


@pytest.mark.parametrize(("size", "where", "left"), [
    (BROAD, "#chart", 17), (BROAD, "#lanes", 17), (NARROW, "#timeline", 1),
])  # fmt: skip
async def test_a_click_goes_to_the_moment_that_it_points_at(
    tmp_path: Path, size: tuple[int, int], where: str, left: int
) -> None:
    async with replaying(copied(tmp_path), size) as (pilot, screen):
        await pilot.click(where, offset=(left, 0 if where == "#timeline" else 3))
        await until(pilot, "the start", lambda: screen.place <= 1)


async def test_the_palette_leads_wherever_keys_do(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path), BROAD) as (pilot, screen):
        commands = {c.label: c.run for c in ReplayCommands(screen).commands()}
        await commands["To the start"]()
        assert screen.place == 0
        track = screen.view.tracks[4]
        commands[f"Chart: {track.label}"]()
        await settled(pilot, screen)
        assert f"3 {track.label}" in shown(pilot)
        commands["See as Kyiv"]()
        await settled(pilot, screen)
        assert "seen as ▲ Kyiv" in shown(pilot)


# --- lines


async def test_the_chart_says_what_a_track_was_before_the_first_round(
    tmp_path: Path,
) -> None:
    async with replaying(copied(tmp_path, "tutorial"), BROAD) as (pilot, _):
        assert "began at 30" in shown(pilot), "the first round has moved it to 40"


async def test_lines_of_play_are_shown_and_compared(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path), BROAD) as (pilot, screen):
        main, others = screen.tip, [each.branch.tip for each in screen.lines[1:]]
        await press(pilot, "d")
        assert [screen.other] == [others[0]]
        await settled(pilot, screen)
        assert "as played" in shown(pilot)
        assert "practice after" in shown(pilot)
        await press(pilot, *["d"] * len(others))
        compared = [screen.other]
        assert compared == [None]
        await press(pilot, "b", "down", "enter")
        assert screen.tip == others[0]
        assert screen.moments[-1].number == others[0]
        await press(pilot, "b", "up", "enter")
        assert screen.tip == main


# --- eyes


def hidden(screen: ReplayScreen) -> list[str]:
    """What the tracks are called that the seat may not see."""
    everything = screen.replay.session.view_at(CONTROL, screen.number).tracks
    known = {track.id for track in screen.view.tracks}
    found = [track.label for track in everything if track.id not in known]
    assert found, "there is something to hide"
    return found


async def test_another_seat_sees_only_its_own(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path), BROAD) as (pilot, screen):
        await press(pilot, "v")
        eyes = await until_screen(pilot, EyesScreen)
        eyes.rows.put_cursor("kyiv")
        await press(pilot, "enter")
        await until_screen(pilot, ReplayScreen)
        await settled(pilot, screen)
        assert screen.seat == screen.view.seat == screen.last_view.seat == "kyiv"
        words = shown(pilot)
        assert "seen as ▲ Kyiv" in words
        for label in hidden(screen):
            assert label not in words


# --- more of a moment


def decision(screen: ReplayScreen) -> None:
    """Go to a decision in the middle of the game."""
    middle = len(screen.moments) // 2
    place = screen.replay.seek(screen.moments, middle, "decision", 1)
    assert place is not None
    screen.go(place)


@pytest.mark.parametrize("size", SIZES)
async def test_the_options_stand_beside_what_was_played(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with replaying(copied(tmp_path), size) as (pilot, screen):
        decision(screen)
        options = screen.replay.options(screen.number)
        played = next(option.label for option in options if option.chosen)
        await press(pilot, "s")
        await until_screen(pilot, OptionsScreen)
        words = shown(pilot)
        assert f"Played: {played}"[:30] in words
        assert "Instead: " in words
        await press(pilot, "down")
        await leave(pilot)


async def test_control_has_no_options_at_its_own_moves(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        screen.go(next(m.place for m in screen.moments if m.kind == "phase"))
        await press(pilot, "s")
        assert pilot.app.screen is screen


async def test_why_tells_the_number_of_that_moment(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        track = screen.last_view.tracks[0]
        changed = screen.replay.seek(screen.moments, 0, f"track:{track.id}", 1)
        assert changed is not None
        screen.go(changed)
        await settled(pilot, screen)
        value = next(t.value for t in screen.view.tracks if t.id == track.id)
        await press(pilot, "w")
        await until_screen(pilot, WhyScreen)
        assert f"{track.label} is {value}" in shown(pilot)


async def test_hands_are_those_of_the_moment(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        decision(screen)
        await press(pilot, "h")
        await until_screen(pilot, HandsScreen)
        team = next(team for team, cards in screen.view.hands.items() if cards)
        assert screen.view.hands[team][0].title in shown(pilot)


async def test_the_whole_log_leads_to_a_moment(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        await press(pilot, "l")
        log = await until_screen(pilot, ReplayLog)
        await press(pilot, *["up"] * 12)
        wanted = log._after(log.entries.selected)
        await press(pilot, "enter")
        await until_screen(pilot, ReplayScreen)
        assert screen.number == wanted


# --- what is kept


async def test_marks_are_kept_beside_the_save_and_never_in_it(tmp_path: Path) -> None:
    save = copied(tmp_path)
    before = save.read_bytes()
    async with replaying(save, BROAD) as (pilot, screen):
        decision(screen)
        number = screen.number
        await press(pilot, "exclamation_mark")
        marks = await until_screen(pilot, MarkScreen)
        marks.rows.put_cursor("?!")
        await press(pilot, "enter", *"too soon", "enter")
        await until_screen(pilot, ReplayScreen)
        await settled(pilot, screen)
        assert "?!" in shown(pilot)
        assert "too soon" in shown(pilot)
    assert save.read_bytes() == before
    async with replaying(save) as (pilot, screen):
        note = screen.notes[number]
        assert (note.mark, note.text) == ("?!", "too soon")
        await press(pilot, "home", "j")
        jumps = await until_screen(pilot, JumpScreen)
        jumps.rows.put_cursor("mark")
        await press(pilot, "enter")
        await until_screen(pilot, ReplayScreen)
        assert screen.number == number
        await press(pilot, "exclamation_mark")
        marks = await until_screen(pilot, MarkScreen)
        marks.rows.put_cursor("none")
        await press(pilot, "enter", *["backspace"] * 8, "enter")
        await until_screen(pilot, ReplayScreen)
        assert not screen.notes


@pytest.mark.parametrize("kind", ["html", "txt", "json"])
async def test_a_moment_is_written_as_the_seat_saw_it(
    tmp_path: Path, kind: str
) -> None:
    save = copied(tmp_path)
    async with replaying(save, seat="kyiv") as (pilot, screen):
        decision(screen)
        number, secret = screen.number, hidden(screen)
        await press(pilot, "x")
        formats = await until_screen(pilot, FormatsScreen)
        formats.rows.put_cursor(kind)
        await press(pilot, "enter")
        await until_screen(pilot, PathScreen)
        await press(pilot, "enter")
        await until_screen(pilot, ReplayScreen)
        written = tmp_path / f"{save.stem}-move-{number}-kyiv.{kind}"
        await until(pilot, "the file", written.exists)
    text = written.read_text(encoding="utf-8")
    assert "Kyiv" in text
    assert not [label for label in secret if label in text]
    if kind == "json":
        assert json.loads(text)


async def test_a_file_is_not_overwritten_unasked(tmp_path: Path) -> None:
    save = copied(tmp_path, "tutorial")
    async with replaying(save) as (pilot, screen):
        there = tmp_path / f"tutorial-move-{screen.number}-control.html"
        there.write_text("mine", encoding="utf-8")
        await press(pilot, "x", "enter")
        await until_screen(pilot, PathScreen)
        await press(pilot, "enter")
        assert there.read_text(encoding="utf-8") == "mine"
        assert "exists" in shown(pilot)


# --- coming and going


async def test_leaving_leads_home(tmp_path: Path) -> None:
    async with replaying(copied(tmp_path, "tutorial"), NARROW) as (pilot, _):
        await press(pilot, "q")
        await until_screen(pilot, HomeScreen)


async def test_a_game_in_memory_can_be_replayed(tmp_path: Path) -> None:
    session = Replay.open(copied(tmp_path, "tutorial")).session
    session._journal = None
    async with replaying(Replay(session)) as (pilot, screen):
        await press(pilot, "exclamation_mark")
        assert pilot.app.screen is screen, "it has no place for marks"
        await press(pilot, "left", "left")
        assert "a game in memory" in shown(pilot)


class Shelf(EmptyLibrary):
    """A library of one save."""

    def __init__(self, save: Path) -> None:
        self._save = save

    def saves(self) -> Sequence[SaveEntry]:
        """That save."""
        changed = datetime(2026, 5, 4, tzinfo=UTC)
        return [SaveEntry(self._save, "Tutorial", "ended", changed, over=True)]


async def test_a_save_is_replayed_from_the_list(tmp_path: Path) -> None:
    app = TabletopApp(Shelf(copied(tmp_path, "tutorial")), pause=0)
    async with app.run_test(size=NARROW) as pilot:
        home = await until_screen(pilot, HomeScreen)
        await until(pilot, "the saves", lambda: bool(home._saves))
        await press(pilot, "o")
        await until_screen(pilot, SavesScreen)
        await press(pilot, "v")
        await until_screen(pilot, ReplayScreen)
        assert "replay of tutorial" in shown(pilot)


async def test_a_finished_game_is_replayed_from_its_end(tmp_path: Path) -> None:
    game = Session.open(copied(tmp_path, "tutorial"))
    assert game.over
    async with at_table(game, BROAD) as (pilot, _):
        await until_screen(pilot, EndScreen)
        await press(pilot, "v")
        screen = await until_screen(pilot, ReplayScreen)
        assert screen.save == tmp_path / "tutorial.jsonl"
        await press(pilot, "q")
        await until_screen(pilot, HomeScreen)
