"""Whole games, from the first curtain to the end, by keyboard alone."""

import random
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.deck.deck import Deck
from tabletop.session.game import ABSENT, AUTO, BOT, PERSON
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tabletop.testing.making import numbered
from tabletop.tui.screens.ask import AskScreen
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.curtain import CurtainScreen
from tabletop.tui.screens.dice import DiceScreen
from tabletop.tui.screens.end import EndScreen
from tabletop.tui.screens.moves import MovesScreen
from tabletop.tui.screens.play import PlayScreen
from tests.decks.shipped import TUTORIAL, deck
from tests.tui.table import NARROW, WIDE, at_table, shown
from tests.waiting import leave, press, until, until_screen

MOST_STEPS = 600
"""Steps after which a game counts as stuck."""


class Player:
    """Plays with the keys that a screen offers, by chance; sees what a person sees."""

    def __init__(self, pilot: Pilot[Any], play: PlayScreen, seed: int) -> None:
        self.pilot = pilot
        self.play = play
        self.chance = random.Random(seed)
        self.met: set[str] = set()

    async def to_the_end(self) -> None:
        for _ in range(MOST_STEPS):
            screen = self.pilot.app.screen
            self.met.add(type(screen).__name__)
            if isinstance(screen, EndScreen):
                return
            await self.step(screen)
            await self.pilot.pause()
        raise AssertionError(f"stuck at {self.pilot.app.screen}: {shown(self.pilot)}")

    async def step(self, screen: Any) -> None:
        match screen:
            case CurtainScreen() | DiceScreen() | ConfirmScreen():
                await press(self.pilot, "enter")
            case MovesScreen():
                for_teams = [i for i, m in enumerate(screen.moves) if m.move.team]
                screen.rows.put_cursor(f"move-{self.chance.choice(for_teams)}")
                await press(self.pilot, "enter", "enter")
            case AskScreen():
                await self.answer(screen)
            case PlayScreen() if screen.view is not None:
                await bots_done(self.pilot, screen)
                if self.pilot.app.screen is self.play:
                    await self.move(self.play)

    async def answer(self, screen: AskScreen) -> None:
        option = self.chance.choice(screen.open_options)
        screen.pane.selected = option.id
        await press(self.pilot, "enter", "y", "enter")

    async def move(self, screen: PlayScreen) -> None:
        live = {key.id for key in screen.live_keys()}
        view = screen.view
        assert view is not None
        playable = [card for card in view.hand if card.playable]
        if playable and self.chance.random() < 0.7:
            assert screen.team_table is not None
            chosen = view.hand.index(self.chance.choice(playable)) + 1
            screen.team_table.go_to_card(chosen)
            line = screen.team_table.intent
            await press(self.pilot, "enter")
            await until(self.pilot, "the line", lambda: line.typing)
            await press(self.pilot, "w", "h", "y", "enter")
        elif "play.pass" in live:
            await press(self.pilot, "p")
        elif "control.act" in live and CONTROL not in view.to_act:
            await press(self.pilot, "c")
        elif "control.advance" in live:
            await press(self.pilot, "right")


async def bots_done(pilot: Pilot[Any], play: PlayScreen) -> None:
    """Wait until no bot owes a move, or a dialog holds them up."""
    await until(
        pilot, "the bots' moves",
        lambda: pilot.app.screen is not play or play.game.next_thought() is None,
    )  # fmt: skip


async def played(
    loaded: Deck, seats: Mapping[str, str], size: tuple[int, int], path: Path, seed: int
) -> tuple[Session, Player]:
    """A game played to its end, and who played it."""
    session = Session.new(loaded, seed=seed, seats=seats, path=path)
    with closing(session):
        return session, await watched(session, size, seed)


async def watched(session: Session, size: tuple[int, int], seed: int) -> Player:
    """The player of a game that was played to its end, and looked at again."""
    async with at_table(session, size) as (pilot, play):
        player = Player(pilot, play, seed)
        await player.to_the_end()
        view = session.view(CONTROL)
        assert view.over is not None
        assert view.over.title in " ".join(shown(pilot).split())
        await leave(pilot)
        await press(pilot, "e")
        await until_screen(pilot, EndScreen)
    return player


def same_when_opened_again(session: Session) -> None:
    """The save holds the game that was played."""
    assert session.path is not None
    expected = session.view(CONTROL)
    session.close()
    again = Session.open(session.path, read_only=True)
    assert again.view(CONTROL) == expected
    again.close()


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_tutorial_alone_against_a_bot(
    size: tuple[int, int], tmp_path: Path
) -> None:
    seats = {"town": PERSON, "board": BOT, CONTROL: AUTO}
    session, player = await played(
        deck(TUTORIAL), seats, size, tmp_path / "solo.jsonl", 1
    )
    assert "CurtainScreen" not in player.met
    assert any(entry.note == "why" for entry in session.view(CONTROL).log)
    same_when_opened_again(session)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_tutorial_in_the_hot_seat_with_a_facilitator(
    size: tuple[int, int], tmp_path: Path
) -> None:
    seats = {"town": PERSON, "board": PERSON, CONTROL: PERSON}
    session, player = await played(
        deck(TUTORIAL), seats, size, tmp_path / "hot.jsonl", 2
    )
    assert {"CurtainScreen", "ConfirmScreen", "PlayScreen"} <= player.met
    same_when_opened_again(session)


async def test_control_plays_for_teams_that_are_absent(tmp_path: Path) -> None:
    seats = {"town": ABSENT, "board": ABSENT, CONTROL: PERSON}
    session, player = await played(
        deck(TUTORIAL), seats, WIDE, tmp_path / "absent.jsonl", 3
    )
    assert {"MovesScreen", "ConfirmScreen"} <= player.met
    same_when_opened_again(session)


async def test_a_game_of_bots_alone_is_watched_to_its_end(tmp_path: Path) -> None:
    seats = {"town": BOT, "board": BOT, CONTROL: AUTO}
    session, player = await played(
        deck(TUTORIAL), seats, WIDE, tmp_path / "bots.jsonl", 4
    )
    assert player.met <= {"PlayScreen", "EndScreen", "Screen"}
    same_when_opened_again(session)


@pytest.mark.parametrize(
    ("number", "people", "size"), [(8, 1, WIDE), (14, 9, NARROW), (15, 1, NARROW)]
)
async def test_decks_that_nobody_wrote(
    number: int, people: int, size: tuple[int, int], tmp_path: Path
) -> None:
    made = numbered(number)
    teams = enumerate(made.model.teams)
    seats = {team: PERSON if index < people else BOT for index, team in teams}
    control = PERSON if people > 1 else AUTO
    session, _ = await played(
        made, {**seats, CONTROL: control}, size, tmp_path / "made.jsonl", number
    )
    same_when_opened_again(session)


def drawn_anew(session: Session) -> bool:
    """Whether the game stands where dice and cards were just drawn anew."""
    move = session.tree.now.move
    return move is not None and move.kind == "reseed"


async def test_undo_takes_back_a_play_and_the_game_goes_on(tmp_path: Path) -> None:
    session = Session.new(
        deck(TUTORIAL), seed=5, seats={"town": PERSON, "board": BOT, CONTROL: AUTO},
        path=tmp_path / "undo.jsonl",
    )  # fmt: skip
    async with at_table(session) as (pilot, play):
        player = Player(pilot, play, 5)
        await until(pilot, "the table", lambda: play.can_pass_turn())
        before = session.view("town")
        await press(pilot, "p")
        await until(pilot, "the move", lambda: session.head > before.move)
        await until(pilot, "the table", lambda: pilot.app.screen is play)
        await press(pilot, "u")
        await press(pilot, "u")
        await until(pilot, "the undo", lambda: drawn_anew(session))
        assert session.tree.now.parent == before.move
        assert session.view("town").hand == before.hand
        await player.to_the_end()
    session.close()
