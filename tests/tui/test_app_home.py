"""The first screen: what there is to play, how a game begins and is gone on with."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.deck.loader import load
from tabletop.errors import LockedError, TabletopError
from tabletop.paths import saves
from tabletop.session.game import ABSENT, AUTO, BOT, PERSON
from tabletop.session.view import CONTROL
from tabletop.tui.ago import ago
from tabletop.tui.app import BOT_PAUSE, TabletopApp, run_home, run_session
from tabletop.tui.library import DeckEntry, SaveEntry, latest, solo_seats
from tabletop.tui.screens.home import HomeScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.problem import DeckProblemScreen, ErrorScreen
from tabletop.tui.screens.saves import SavesScreen
from tabletop.tui.screens.setup import SetupScreen
from tabletop.tui.shelf import Shelf
from tests.tui.fake_session import FakeGame, hostile
from tests.tui.table import NARROW, WIDE, EmptyLibrary, seated, shown
from tests.waiting import leave, press, until, until_screen

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
TUTORIAL = Path(__file__).parents[2] / "decks" / "tutorial.toml"


def save(name: str, **options: Any) -> SaveEntry:
    return SaveEntry(
        Path(f"saves/{name}.jsonl"), "High water", "Day 2, Play", NOW, **options
    )


@dataclass
class FakeLibrary:
    """The tutorial, a broken deck and some saves; games that are not real."""

    found: list[SaveEntry] = field(default_factory=list)
    begun: list[tuple[Path, dict[str, str], int]] = field(default_factory=list)
    resumed: list[Path] = field(default_factory=list)
    fails: list[TabletopError] = field(default_factory=list)
    problem: str = "line 31: unknown track 'ecnomy'"

    def decks(self) -> list[DeckEntry]:
        model = load(TUTORIAL).model
        broken = DeckEntry(Path("decks/mine.toml"), "mine", self.problem, None)
        return [DeckEntry(TUTORIAL, model.title, "", model), broken]

    def saves(self) -> list[SaveEntry]:
        return self.found

    def explain(self, deck: Path) -> str:
        return f"error[E201]: {self.problem}"

    def begin(self, deck: Path, seats: Mapping[str, str], seed: int) -> FakeGame:
        self.begun.append((deck, dict(seats), seed))
        return FakeGame()

    def resume(self, save: Path) -> FakeGame:
        if self.fails:
            raise self.fails.pop(0)
        self.resumed.append(save)
        return FakeGame()


@asynccontextmanager
async def at_home(
    library: FakeLibrary, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[Pilot[Any], HomeScreen]]:
    app = TabletopApp(library, pause=0)
    async with app.run_test(size=size) as pilot:
        home = await until_screen(pilot, HomeScreen)
        await until(pilot, "the decks", lambda: home.deck is not None)
        await pilot.pause()
        yield pilot, home


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_it_names_decks_saves_and_what_is_known_of_the_deck(
    size: tuple[int, int],
) -> None:
    async with at_home(FakeLibrary([save("tuesday")]), size) as (pilot, _):
        text = shown(pilot)
        assert "tuesday" in text
        assert "Day 2, Play" in text
        assert "✓ High water" in text
        assert "Saltmouth" in text
        assert "13 cards" in text
        assert "✗ mine" in text


async def test_a_first_game_is_one_key_away() -> None:
    library = FakeLibrary()
    async with at_home(library) as (pilot, _):
        await press(pilot, "t")
        await until_screen(pilot, PlayScreen)
        deck, seats, _ = library.begun[0]
        assert deck == TUTORIAL
        assert seats == {"town": PERSON, "board": BOT, CONTROL: AUTO}


async def test_a_key_pressed_before_the_decks_are_found_is_not_lost() -> None:
    found = Event()

    class SlowLibrary(FakeLibrary):
        def decks(self) -> list[DeckEntry]:
            found.wait(10)
            return super().decks()

    library = SlowLibrary()
    async with TabletopApp(library, pause=0).run_test(size=WIDE) as pilot:
        await until_screen(pilot, HomeScreen)
        await press(pilot, "t")
        assert library.begun == []
        found.set()
        await until_screen(pilot, PlayScreen)
        assert [deck for deck, _, _ in library.begun] == [TUTORIAL]


async def test_finished_games_leave_the_cursor_on_the_lesson() -> None:
    async with at_home(FakeLibrary([save("sample", over=True)])) as (_, home):
        assert home.menu.chosen == "learn"


async def test_c_goes_on_with_the_latest_game_that_is_not_over() -> None:
    library = FakeLibrary(
        [save("friday", over=True), save("thursday", ok=False), save("tuesday")]
    )
    async with at_home(library) as (pilot, _):
        await press(pilot, "c")
        await until_screen(pilot, PlayScreen)
        assert library.resumed == [Path("saves/tuesday.jsonl")]


async def test_another_save_is_chosen_from_the_list() -> None:
    library = FakeLibrary([save("tuesday"), save("friday", over=True)])
    async with at_home(library) as (pilot, _):
        await press(pilot, "o")
        await until_screen(pilot, SavesScreen)
        await press(pilot, "down", "enter")
        await until_screen(pilot, PlayScreen)
        assert library.resumed == [Path("saves/friday.jsonl")]


async def test_what_there_is_nothing_for_does_nothing() -> None:
    library = FakeLibrary()
    async with at_home(library) as (pilot, home):
        await press(pilot, "c", "o", "e")
        assert pilot.app.screen is home
        assert "none yet" in shown(pilot)


async def test_a_save_that_is_open_elsewhere_is_a_dialog() -> None:
    locked = LockedError("The save is open in process 7.", "Close it there first.")
    library = FakeLibrary([save("tuesday")], fails=[locked])
    async with at_home(library) as (pilot, home):
        await press(pilot, "c")
        await until_screen(pilot, ErrorScreen)
        assert "process 7" in shown(pilot)
        assert "Close it there first." in shown(pilot)
        await leave(pilot)
        assert pilot.app.screen is home


async def test_a_broken_deck_shows_its_first_problem_and_then_all() -> None:
    library = FakeLibrary()
    async with at_home(library) as (pilot, _):
        await press(pilot, "tab", "down")
        assert "unknown track 'ecnomy'" in shown(pilot)
        await press(pilot, "n")
        assert library.begun == []
        await press(pilot, "e")
        await until_screen(pilot, DeckProblemScreen)
        assert "error[E201]" in shown(pilot)


async def test_seats_and_seed_are_chosen_before_a_game() -> None:
    library = FakeLibrary()
    async with at_home(library) as (pilot, _):
        await press(pilot, "n")
        screen = await until_screen(pilot, SetupScreen)
        screen.seed.value = "7"
        await press(pilot, "right", "down", "left", "down", "right", "enter")
        await until_screen(pilot, PlayScreen)
        _, seats, seed = library.begun[0]
        assert seats == {"town": BOT, "board": ABSENT, CONTROL: PERSON}
        assert seed == 7


async def test_control_must_be_a_person_where_a_team_is_absent() -> None:
    library = FakeLibrary()
    async with at_home(library) as (pilot, _):
        await press(pilot, "s")
        await until_screen(pilot, SetupScreen)
        await press(pilot, "left", "enter")
        await until_screen(pilot, PlayScreen)
        assert library.begun[0][1][CONTROL] == PERSON


async def test_a_seed_that_is_no_number_starts_nothing() -> None:
    library = FakeLibrary()
    async with at_home(library) as (pilot, _):
        await press(pilot, "n")
        screen = await until_screen(pilot, SetupScreen)
        screen.seed.value = ""
        await press(pilot, "f10")
        assert pilot.app.screen is screen
        assert library.begun == []
        await press(pilot, "4", "2", "enter")
        await until_screen(pilot, PlayScreen)
        assert library.begun[0][2] == 42


async def test_leaving_a_game_leads_home_and_the_save_is_let_go() -> None:
    library = FakeLibrary()
    async with at_home(library) as (pilot, _):
        await press(pilot, "t")
        play = await until_screen(pilot, PlayScreen)
        await until(pilot, "the table", lambda: play.view is not None)
        game = play.game
        library.found.append(save("new"))
        await press(pilot, "q", "enter")
        await until_screen(pilot, HomeScreen)
        await until(pilot, "the save let go", lambda: game.closed)
        await until(pilot, "the new save", lambda: "new" in shown(pilot))
        await press(pilot, "t")
        again = await until_screen(pilot, PlayScreen)
        assert again.game is not game


async def test_a_game_that_was_opened_directly_leads_home_too() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, _):
        await press(pilot, "q", "enter")
        await until_screen(pilot, HomeScreen)
        await until(pilot, "the save let go", lambda: game.closed)


async def test_hostile_names_are_shown_as_they_are() -> None:
    library = FakeLibrary([save(hostile("x")[:60])], problem=hostile("problem"))
    async with at_home(library) as (pilot, _):
        await press(pilot, "tab", "down")
        assert "[/" in shown(pilot)
        await press(pilot, "e")
        await until_screen(pilot, DeckProblemScreen)


async def test_an_empty_machine_is_said_to_be_empty() -> None:
    app = TabletopApp(EmptyLibrary(), pause=0)
    async with app.run_test(size=NARROW) as pilot:
        await until_screen(pilot, HomeScreen)
        await until(pilot, "the word", lambda: "No deck found." in shown(pilot))
        await press(pilot, "n", "s", "t", "c", "o", "enter")
        assert isinstance(pilot.app.screen, HomeScreen)


def test_the_latest_game_that_can_be_gone_on_with() -> None:
    assert latest([save("a", over=True), save("b")]) == save("b")
    assert latest([save("a", ok=False)]) is None


def test_one_person_plays_the_first_team() -> None:
    entry = FakeLibrary().decks()[0]
    assert solo_seats(entry) == {"town": PERSON, "board": BOT, CONTROL: AUTO}


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (timedelta(seconds=3), "just now"),
        (timedelta(minutes=40), "40 min ago"),
        (timedelta(hours=5), "5 h ago"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=40), "22 Mar 2026"),
        (timedelta(seconds=-9), "just now"),
    ],
)
def test_how_long_ago(gone: timedelta, said: str) -> None:
    assert ago(NOW - gone, NOW) == said


def test_the_shelf_finds_decks_and_saves_and_begins_and_resumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "saves").mkdir()
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "broken.toml").write_text("format = 1\n")
    (tmp_path / "saves" / "torn.jsonl").write_text("no save at all")
    monkeypatch.setattr(
        "tabletop.tui.shelf.paths.saves",
        lambda: (*saves(), tmp_path / "saves" / "gone.jsonl"),
    )
    monkeypatch.chdir(tmp_path)
    shelf = Shelf()
    decks = {entry.path.name: entry for entry in shelf.decks()}
    assert decks["tutorial.toml"].ok
    assert decks["broken.toml"].problem
    assert "error" in shelf.explain(decks["broken.toml"].path)
    game = shelf.begin(TUTORIAL, {"town": PERSON, "board": BOT}, 7)
    game.close()
    assert game.path is not None
    entries = {entry.name: entry for entry in shelf.saves()}
    assert entries[game.path.stem].ok
    assert entries[game.path.stem].state.startswith("Day 1")
    assert not entries["torn"].ok
    assert not entries["gone"].ok
    resumed = shelf.resume(game.path)
    assert resumed.seats == {"town": PERSON, "board": BOT, CONTROL: AUTO}
    resumed.close()


@pytest.mark.parametrize(("level", "pause"), [("none", 0.0), ("full", BOT_PAUSE)])
def test_bots_wait_for_people_unless_nothing_should_move(
    monkeypatch: pytest.MonkeyPatch, level: str, pause: float
) -> None:
    monkeypatch.setattr("tabletop.tui.app.TEXTUAL_ANIMATIONS", level)
    assert TabletopApp(EmptyLibrary()).pause == pause


def test_a_fault_of_ours_ends_the_program_with_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(TabletopApp, "run", lambda _app: None)
    monkeypatch.setattr(TabletopApp, "return_code", 1)
    with pytest.raises(SystemExit) as ended:
        run_session(FakeGame())
    assert ended.value.code == 1


def test_the_save_is_told_when_the_program_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(TabletopApp, "run", lambda app: app.game and app.game.path)
    monkeypatch.setattr(TabletopApp, "return_code", 0)
    assert run_session(FakeGame()) == FakeGame().path
    assert run_home() is None


async def test_f2_changes_the_look_and_comes_back() -> None:
    async with at_home(FakeLibrary()) as (pilot, _):
        first = pilot.app.theme
        await press(pilot, "f2", "f2")
        assert pilot.app.theme != first
        await press(pilot, "f2")
        assert pilot.app.theme == first
