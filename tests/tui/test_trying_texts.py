"""What-if and one's own choice on hostile texts, and where only ASCII can be drawn."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tabletop.session.guessing import Decision, Guessing, Verdict
from tabletop.session.replaying import Alternative, Replay
from tabletop.session.view import CONTROL, Move
from tabletop.tui.app import TabletopApp
from tabletop.tui.glyphs import ASCII, UNICODE, use
from tabletop.tui.screens.replay.guess import GuessScreen, Sitting
from tabletop.tui.screens.replay.trial import Moment, TrialScreen
from tests.tui import views
from tests.tui.replays import EXERCISE, SAVES
from tests.tui.table import SIZES, EmptyLibrary, shown
from tests.waiting import press, until_screen

FORBIDDEN = "\x1b\x9b\x07\u202e\ud800"


class OddGuessing:
    """Real decisions of a team, every text replaced."""

    def __init__(self, text: str) -> None:
        session = Replay.open(SAVES / f"{EXERCISE}.jsonl").session
        self.real = Guessing(Replay(session, "kyiv"), "kyiv")
        self.text = text

    def decisions(self) -> tuple[int, ...]:
        return self.real.decisions()[:3]

    def decision(self, place: int) -> Decision:
        return views.hostile(self.real.decision(place), self.text)

    def choose(self, decision: Decision, move: Move) -> Verdict:
        real = self.real.decision(decision.place)
        return views.hostile(self.real.choose(real, move), self.text)

    def previews(self, number: int) -> Sequence[Alternative]:
        return views.hostile(self.real.replay.options(number), self.text)


@asynccontextmanager
async def over_home(
    screen: Screen[Any], size: tuple[int, int]
) -> AsyncIterator[Pilot[Any]]:
    """A screen over the first one."""
    app = TabletopApp(EmptyLibrary(), pause=0)
    async with app.run_test(size=size, notifications=True) as pilot:
        app.push_screen(screen)
        await until_screen(pilot, type(screen))
        yield pilot


async def guessed(text: str, size: tuple[int, int]) -> list[str]:
    """Everything that is drawn from the first decision to the summary."""
    guessing = OddGuessing(text)
    sitting = Sitting(cast("Guessing", guessing), guessing.previews, method=text)
    found = []
    async with over_home(GuessScreen(sitting), size) as pilot:
        for key in ("", "down", "tab", "tab", "tab", "tab", "1", "enter", "tab", "tab",
                    "tab", "tab", "enter", "k", "2", "enter", "e", "down"):  # fmt: skip
            if key:
                await press(pilot, key)
            found.append(shown(pilot))
    assert "You answered 2 of 3" in " ".join(found[-1].split())
    return found


async def tried(text: str, size: tuple[int, int]) -> list[str]:
    """Everything that is drawn while it is chosen how to play on."""
    view = views.hostile(views.friendly(CONTROL), text)
    teams = tuple(team.id for team in view.teams)
    found = []
    screen = TrialScreen(Moment(view, 3, "kyiv", teams))
    async with over_home(screen, size) as pilot:
        for key in ("", "left", "right", *["down", "right"] * 9):
            if key:
                await press(pilot, key)
            found.append(shown(pilot))
    return found


@pytest.mark.parametrize("draw", [guessed, tried])
@pytest.mark.parametrize("size", SIZES)
async def test_hostile_texts_are_shown_and_never_obeyed(
    size: tuple[int, int], draw: Any
) -> None:
    drawn = await draw(views.HOSTILE, size)
    assert any("[/]" in text for text in drawn), "they are shown as they are"
    assert not [sign for sign in FORBIDDEN for text in drawn if sign in text]
    assert all(len(text.split("\n")) == size[1] for text in drawn)


@pytest.mark.parametrize("draw", [guessed, tried])
async def test_in_ascii_nothing_else_is_drawn(draw: Any) -> None:
    use(ASCII)
    try:
        drawn = await draw("Some words", (80, 24))
    finally:
        use(UNICODE)
    assert [line for text in drawn for line in text.split("\n") if not line.isascii()] \
        == []  # fmt: skip
