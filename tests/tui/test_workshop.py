"""A facilitator runs Bright days by the keyboard alone, from StartEx to EndEx.

What is checked is the save, not only the screen.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from tabletop.session.game import ABSENT, BOT, PERSON
from tabletop.session.journal import Journal, Line
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, View
from tabletop.tui.screens.ask import AskScreen
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.curtain import CurtainScreen
from tabletop.tui.screens.dice import DiceScreen
from tabletop.tui.screens.end import EndScreen
from tabletop.tui.screens.leave import LeaveScreen
from tabletop.tui.screens.moves import MovesScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.rows import Rows
from tabletop.tui.screens.ruling import RulingScreen
from tabletop.tui.screens.seats import SeatsScreen
from tabletop.tui.screens.time import TimeScreen
from tabletop.tui.screens.undo import UndoScreen
from tests.decks.shipped import BRIGHT_DAYS, deck
from tests.tui.table import at_table
from tests.waiting import press, until, until_screen

SIZE = (160, 50)
SEATS = {
    "kremlin": PERSON, "white_house": PERSON, "kyiv": ABSENT, "europe": BOT,
    CONTROL: PERSON,
}  # fmt: skip
MOST_STEPS = 400


class Facilitator:
    """Reads the screen, and presses keys."""

    def __init__(self, pilot: Pilot[Any], play: PlayScreen) -> None:
        self.pilot = pilot
        self.play = play

    @property
    def view(self) -> View:
        assert self.play.view is not None
        return self.play.view

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)

    async def write(self, text: str) -> None:
        await self.press(*("space" if c == " " else c for c in text))

    async def on(self, kind: type[Any]) -> Any:
        return await until_screen(self.pilot, kind)

    async def choose(self, rows: Rows, wanted: Callable[[str], bool]) -> None:
        """Move the cursor down to a row."""
        for _ in range(rows.option_count):
            if wanted(rows.chosen or ""):
                return
            await self.press("down")
        raise AssertionError(f"no such row, the cursor is on {rows.chosen}")

    async def wish(self, title: str, *, sure: bool = False) -> None:
        """Declare something in the dialog for the exercise."""
        await self.press("t")
        screen: TimeScreen = await self.on(TimeScreen)
        places = [
            i for i, wish in enumerate(screen.wishes)
            if wish.title == title and wish.live(self.play.game.run_view())
        ]  # fmt: skip
        await self.choose(screen.rows, lambda row: row == f"wish-{places[0]}")
        await self.press("enter")
        if sure:
            await self.on(ConfirmScreen)
            await self.press("enter")
        await self.on(PlayScreen)

    async def to_the_console(self) -> None:
        """Open curtains and close dice until the console is on the screen."""
        for _ in range(MOST_STEPS):
            screen = self.pilot.app.screen
            if isinstance(screen, CurtainScreen | DiceScreen):
                await self.press("enter")
            elif isinstance(screen, AskScreen):
                await self.answer(screen)
            elif self.play.view is not None and self.play.seat != CONTROL:
                await self.press("s")
            elif self.play.view is not None and screen is self.play:
                return
            await self.pilot.pause()
        raise AssertionError(f"no console: {self.pilot.app.screen}")

    async def answer(self, screen: AskScreen) -> None:
        """The first answer that is open."""
        for _ in range(9):
            if screen.pane.selected == screen.open_options[0].id:
                break
            await self.press("down")
        await self.press("enter", "enter")

    async def next_phase(self) -> None:
        """The one key that moves on, and yes."""
        await self.to_the_console()
        await self.press("right")
        await self.on(ConfirmScreen)
        await self.press("enter")
        await self.to_the_console()

    async def step(self) -> None:
        """Whatever the screen wants next; on the console, the next phase."""
        screen = self.pilot.app.screen
        if isinstance(screen, ConfirmScreen | CurtainScreen | DiceScreen):
            await self.press("enter")
        elif isinstance(screen, AskScreen):
            await self.answer(screen)
        elif self.play.view is not None and self.play.seat != CONTROL:
            await self.press("s")
        elif self.play.offers("advance"):
            await self.press("right")
        elif any(seat != CONTROL for seat in self.view.to_act):
            await self.act(lambda move: move.kind == "answer", "as they say")
        await self.pilot.pause()

    async def act(self, wanted: Callable[[Any], bool], why: str) -> None:
        """Key in a move for a team, with its reason."""
        await self.press("c")
        screen: MovesScreen = await self.on(MovesScreen)
        place = next(i for i, m in enumerate(screen.moves) if wanted(m.move))
        await self.choose(screen.rows, lambda row: row == f"move-{place}")
        await self.press("enter")
        await until(self.pilot, "the line", lambda: screen.intent.typing)
        await self.write(why)
        await self.press("enter")
        await until(self.pilot, "the move", lambda: self.pilot.app.screen is not screen)

    async def on_inject(self, inject: str, key: str) -> None:
        """Put the cursor on an inject, and press a key."""
        assert self.play.control_table is not None
        pane = self.play.control_table.injects
        await self.press("3")
        for _ in range(2 * len(self.view.injects)):
            if pane.selected == inject:
                break
            places = list(pane.ids())
            up = places.index(inject) < places.index(pane.selected or inject)
            await self.press("up" if up else "down")
        assert pane.selected == inject
        await self.press(key)
        await self.to_the_console()


def with_dice(game: Session) -> str:
    """A card of the team that is to play which throws dice, when it may play it."""
    view = game.view(CONTROL)
    for team in view.to_act:
        for card in view.hands.get(team, ()):
            if card.dice and card.playable and not card.asks:
                return card.id
    return ""


async def before_dice(room: Facilitator, game: Session) -> str:
    """Let the teams pass and the rounds go by until a card with dice can be played."""
    for _ in range(MOST_STEPS):
        await room.to_the_console()
        card = with_dice(game)
        if card:
            return card
        if CONTROL in room.view.to_act:
            await room.next_phase()
        else:
            await room.act(lambda move: move.kind == "pass", "nothing to add")
    raise AssertionError("no card with dice came")


def lines(path: Path) -> tuple[Line, ...]:
    with closing(Journal.open(path, read_only=True)) as journal:
        assert journal.damage is None
        return journal.lines


def of(found: tuple[Line, ...], kind: str) -> list[Line]:
    return [line for line in found if line.kind == kind]


def moves(found: tuple[Line, ...], kind: str) -> list[Line]:
    return [n for n in found if n.move is not None and n.move["kind"] == kind]


async def test_a_workshop_from_startex_to_endex(tmp_path: Path) -> None:
    path = tmp_path / "workshop.jsonl"
    loaded = deck(BRIGHT_DAYS)
    with closing(Session.new(loaded, seed=11, seats=SEATS, path=path)) as game:
        async with at_table(game, SIZE) as (pilot, play):
            await open_the_workshop(Facilitator(pilot, play), game)
    first_part(lines(path))
    with closing(Session.open(path)) as again:
        assert not again.run_view().clock.running
        async with at_table(again, SIZE) as (pilot, play):
            await close_the_workshop(Facilitator(pilot, play), again)
    last_part(lines(path))
    with closing(Session.open(path, read_only=True)) as replayed:
        assert replayed.run_view().state == "ended"


async def open_the_workshop(room: Facilitator, game: Session) -> None:
    await room.to_the_console()
    await room.wish("StartEx")
    await room.on_inject("thirteen_march", "h")
    while room.view.phase != "play":
        await room.next_phase()
    await room.on_inject("thirteen_march", "f")
    await before_then_after_dice(room, game)
    await rule(room)
    await change_a_seat(room)
    await note(room)
    await room.press("space")
    assert game.run_view().state == "paused"
    await room.press("q")
    await room.on(LeaveScreen)
    await room.press("q")


async def before_then_after_dice(room: Facilitator, game: Session) -> None:
    """Play a card that throws dice, then take it back and play on anew."""
    card = await before_dice(room, game)
    before = game.head
    await room.act(lambda move: move.item == card, "to see what they have")
    await room.to_the_console()
    await room.press("u")
    screen: UndoScreen = await room.on(UndoScreen)
    assert screen.anew, "dice were seen, so new ones are offered"
    await room.press("u")
    await room.to_the_console()
    view = game.view(CONTROL)
    assert view.log[-1].kind in ("reseed", "undo")
    assert before in {node.number for node in game.tree.path()}


async def rule(room: Facilitator) -> None:
    await room.press("r")
    screen: RulingScreen = await room.on(RulingScreen)
    await room.press("enter")
    await until(room.pilot, "the value", lambda: screen.focused is screen.value)
    await room.write("+5")
    await room.press("enter")
    await until(room.pilot, "the reason", lambda: screen.focused is screen.reason)
    await room.write("agreed by the table")
    await room.press("enter")
    await room.to_the_console()


async def change_a_seat(room: Facilitator) -> None:
    await room.press("o")
    screen: SeatsScreen = await room.on(SeatsScreen)
    await room.choose(screen.rows, lambda row: row == "kyiv")
    await room.press("right", "enter")
    await room.to_the_console()


async def note(room: Facilitator) -> None:
    await room.press("n")
    await until(room.pilot, "a line", lambda: isinstance(room.play.focused, Input))
    await room.write("they hesitate @kyiv")
    await room.press("enter", "escape")


def first_part(found: tuple[Line, ...]) -> None:
    """What the save must hold after the facilitator has left in the middle."""
    assert [line.data["do"] for line in of(found, "exercise")] == ["start", "pause"]
    held, fired = moves(found, "hold"), moves(found, "fire")
    assert held[0].move is not None
    assert held[0].move["item"] == "thirteen_march"
    assert fired[0].number > held[0].number
    reseeds = moves(found, "reseed")
    assert len(reseeds) == 1
    undone = of(found, "head")
    assert undone[-1].number < reseeds[0].number
    assert reseeds[0].parent == undone[-1].parent
    played = [n for n in moves(found, "play") if n.note == "to see what they have"]
    assert len(played) == 1, "what was taken back stays in the save"
    ruling = moves(found, "add")
    assert [n.note for n in ruling] == ["agreed by the table"]
    assert of(found, "seat")[-1].data["seat"] == "kyiv"
    notes = [n for n in of(found, "note") if n.note == "they hesitate"]
    assert notes[0].data["teams"] == ["kyiv"]


async def close_the_workshop(room: Facilitator, game: Session) -> None:
    await room.to_the_console()
    assert game.run_view().state == "paused"
    await room.press("space")
    assert game.run_view().state == "running"
    for _ in range(MOST_STEPS):
        if isinstance(room.pilot.app.screen, EndScreen):
            break
        await room.step()
    await room.press("escape")
    await room.on(PlayScreen)
    await room.wish("EndEx", sure=True)


def last_part(found: tuple[Line, ...]) -> None:
    """The whole game is one save, and it was declared over once."""
    declared = [line.data["do"] for line in of(found, "exercise")]
    assert declared == ["start", "pause", "resume", "end"]
    times = [line.at for line in found]
    assert all(times)
