"""A replay of hostile texts stays itself; in ASCII nothing else is drawn; what a team
may not know changes no cell of it."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tabletop.session.replaying import (
    Alternative,
    Comparison,
    LineView,
    Moment,
    Replay,
)
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, LogEntry, View, Why
from tabletop.tui.glyphs import ASCII, UNICODE, use
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.session.twins import Secrets, clock, moved, with_state
from tests.tui import views
from tests.tui.replays import DIALOGS, EXERCISE, KEYS, SAVES, replaying, settled
from tests.tui.table import SIZES, shown
from tests.waiting import leave, press, until

FORBIDDEN = "\x1b\x9b\x07\u202e\ud800"


class HostileReplay(Replay):
    """A replay whose every text would harm a screen."""

    def lines(self) -> tuple[LineView, ...]:
        return views.hostile(super().lines())

    def moments(self, tip: int | None = None) -> tuple[Moment, ...]:
        return views.hostile(super().moments(tip))

    def view(self, number: int, tip: int | None = None) -> View:
        return views.hostile(super().view(number, tip))

    def entry(self, number: int) -> LogEntry | None:
        found = super().entry(number)
        return views.hostile(found) if found is not None else None

    def options(self, number: int) -> tuple[Alternative, ...]:
        return views.hostile(super().options(number))

    def compare(self, ours: int, theirs: int) -> Comparison:
        return views.hostile(super().compare(ours, theirs))

    def why(self, number: int, subject: str) -> Why:
        return views.hostile(super().why(number, subject))


def to_a_decision(screen: Any) -> None:
    middle = len(screen.moments) // 2
    screen.go(screen.replay.seek(screen.moments, middle, "decision", 1) or 0)


async def every_screen(
    replay: Replay, size: tuple[int, int], keys: Sequence[str] = KEYS
) -> list[str]:
    """What is drawn after each key, and in each dialog."""
    found = []
    async with replaying(replay, size) as (pilot, screen):
        for key in keys:
            await press(pilot, key)
            await settled(pilot, screen)
            found.append(shown(pilot))
        to_a_decision(screen)
        for key in DIALOGS:
            await press(pilot, key)
            found.append(shown(pilot))
            while pilot.app.screen is not screen:
                await press(pilot, "down")
                await leave(pilot)
        await press(pilot, "slash", "e")
        await settled(pilot, screen)
        found.append(shown(pilot))
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_texts_are_shown_and_never_obeyed(size: tuple[int, int]) -> None:
    session = Replay.open(SAVES / f"{EXERCISE}.jsonl").session
    drawn = await every_screen(HostileReplay(session), size)
    assert any("[/]" in text for text in drawn), "they are shown as they are"
    assert not [sign for sign in FORBIDDEN for text in drawn if sign in text]
    rows, columns = size[1], size[0]
    for text in drawn:
        assert len(text.split("\n")) == rows
    assert columns


def plain(value: Any) -> Any:
    """A replay's texts in ASCII, as a deck in English alone would have them."""
    return views.hostile(value, "Some words of it")


class PlainReplay(HostileReplay):
    """A replay whose texts are ASCII."""

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        own = getattr(Replay, name, None)
        if name in vars(HostileReplay) and callable(found) and own is not None:
            return lambda *args: plain(own(self, *args))
        return found


@pytest.mark.parametrize("size", SIZES)
async def test_in_ascii_nothing_else_is_drawn(size: tuple[int, int]) -> None:
    use(ASCII)
    try:
        session = Replay.open(SAVES / f"{EXERCISE}.jsonl").session
        drawn = await every_screen(PlainReplay(session), size)
    finally:
        use(UNICODE)
    odd = [line for text in drawn for line in text.split("\n") if not line.isascii()]
    assert odd == []


# --- secrets


def places(path: Any, seat: str) -> Iterator[Session]:
    """Positions of a game of moves by chance, control's own among them."""
    chance = random.Random(f"replay {seat}")
    loaded = deck(path)
    seats = dict.fromkeys(loaded.model.teams, "person")
    session = Session.new(loaded, seed=5, seats=seats, clock=clock)
    for _ in range(24):
        moved(session, chance)
        if session.over:  # then the scores tell what was secret
            return
    yield session


async def at_the_end(session: Session, seat: str) -> list[str]:
    """Every pane and dialog of the last moment, where the states differ."""
    found = []
    async with replaying(Replay(session, seat), (160, 48)) as (pilot, screen):
        for key in ("", "c", "c", "3", "w", "s", "h", "l", "j", "question_mark"):
            if key:
                await press(pilot, key)
            await until(pilot, "a drawn moment", lambda: not screen.drawing)
            found.append(shown(pilot))
            while pilot.app.screen is not screen:
                await leave(pilot)
    return found


SEATS = [
    (path, team) for path in (TUTORIAL, BRIGHT_DAYS) for team in deck(path).model.teams
]


@pytest.mark.parametrize(("path", "seat"), SEATS)
async def test_secrets_of_others_are_drawn_nowhere(path: Any, seat: str) -> None:
    chance = random.Random(7)
    for session in places(path, seat):
        state = Secrets(session.tree, seat).twin(session.tree.state(), chance)
        assert state != session.tree.state(), "there is something to hide"
        twin = with_state(session, state)
        assert await at_the_end(session, seat) == await at_the_end(twin, seat)


async def test_going_over_to_a_team_leaves_nothing_of_control(tmp_path: Any) -> None:
    session = Replay.open(SAVES / f"{EXERCISE}.jsonl").session
    async with replaying(Replay(session, "kyiv"), (160, 48)) as (pilot, screen):
        to_a_decision(screen)
        await settled(pilot, screen)
        own = shown(pilot)
        place = screen.place
    async with replaying(Replay(session, CONTROL), (160, 48)) as (pilot, screen):
        screen.go(place)
        await press(pilot, "c", "v", "down", "down", "down", "enter")
        await until(pilot, "Kyiv's eyes", lambda: screen.seat == "kyiv")
        screen.track = screen.last_view.tracks[0].id
        screen.draw()
        await settled(pilot, screen)
        assert shown(pilot) == own
