"""The facilitator's guide and the questions of a hot wash, at the console."""

from dataclasses import replace

import pytest

from tabletop.deck.loader import load_text
from tabletop.session.runview import ClockView, RunView
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Move
from tabletop.tui.screens.aloud import AloudScreen
from tabletop.tui.screens.guide import GuideScreen
from tabletop.tui.widgets import CueBand
from tests.deck.small import HEAD
from tests.tui.bench import rows, shown
from tests.tui.fake_session import FakeGame, hostile
from tests.tui.table import NARROW, WIDE, at_table, seated
from tests.tui.table import shown as drawn
from tests.tui.views import friendly
from tests.waiting import press, until_screen

TABLE = friendly(CONTROL)
RUN = RunView(
    "running", ClockView(running=True, allotted=600, gone=0), say="Cards down.",
    questions=("Which decision changed most?",), asks=("Who knew?", "Who asked?"),
    hotwash=((1, ("Who knew?", "Who asked?")), (2, ("What did it cost?",))),
    agendas=(("Half a day", ("20 min  Briefs",)), ("Two hours", ("90 min  Play",))),
    guide="Seat two teams **back to back**.",
)  # fmt: skip


THROWN = """
[injects.night]
title = "Ten to five"
read = "The screens go dark."
cue = "CUE"
roll = { dice = "1d6", table = [
    { to = 6, text = "It began with the servers: all of them." } ] }
"""


def thrown(cue: str) -> Session:
    """A game in which an inject has just come, and its die shows 2."""
    deck = load_text({"d.toml": HEAD + THROWN.replace("CUE", cue)})
    seats = {CONTROL: "person", "red": "absent", "blue": "absent"}
    session = Session.new(deck, seed=1, seats=seats)
    session.submit(CONTROL, Move("die", value=2), note="on the table")
    session.submit(CONTROL, Move("fire", item="night"))
    return session


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("cells", [80, 120])
async def test_the_cue_asks_the_questions_of_this_hot_wash(cells: int) -> None:
    show = lambda cue: cue.show(TABLE, RUN)  # noqa: E731
    async with shown(CueBand(), show, (cells, 5)) as pilot:
        first, second = (words(row) for row in rows(pilot.app)[:2])
    assert (first, second) == ("ASK Who knew?", "Who asked?")


@pytest.mark.parametrize(
    ("cue", "then"), [("Ask who rings whom.", " · Ask who rings whom."), ("", "")]
)
async def test_the_cue_says_what_the_program_has_thrown(cue: str, then: str) -> None:
    view = thrown(cue).view(CONTROL)
    async with shown(CueBand(), lambda band: band.show(view), (120, 5)) as pilot:
        say, after = (words(row) for row in rows(pilot.app)[:2])
    assert say == "SAY NOW “The screens go dark.”"
    assert after == f"then thrown: 2, It began with the servers: all of them.{then}"


async def test_what_is_read_out_in_whole_has_the_throw_too() -> None:
    async with seated(thrown("Ask who rings whom."), NARROW) as (pilot, _):
        await press(pilot, "v")
        await until_screen(pilot, AloudScreen)
        assert "Thrown: 2, It began with the servers: all of them." in drawn(pilot)


async def test_long_questions_share_the_rows_there_are() -> None:
    run = replace(RUN, asks=("Who knew of it " * 4, "Who asked for it " * 4))
    show = lambda cue: cue.show(TABLE, run)  # noqa: E731
    async with shown(CueBand(), show, (80, 5)) as pilot:
        first, second = (words(row) for row in rows(pilot.app)[:2])
    assert first.startswith("ASK Who knew")
    assert "Who asked" in second


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_control_reads_the_guide(size: tuple[int, int]) -> None:
    async with at_table(
        FakeGame(seats={CONTROL: "person"}, waits=[CONTROL], run=RUN), size
    ) as (pilot, _):
        await press(pilot, "G")
        await until_screen(pilot, GuideScreen)
        text = words(drawn(pilot))
        assert "Ask now" in text
        assert "Agenda: Half a day" in text
        assert "back to back" in text


async def test_no_team_has_the_guide() -> None:
    async with at_table(FakeGame(run=RUN), NARROW) as (pilot, play):
        assert not play.can_guide()
        play.action_guide()
        await pilot.pause()
        assert not isinstance(pilot.app.screen, GuideScreen)


async def test_hostile_words_are_drawn_as_they_are() -> None:
    bad = hostile("guide")
    game = FakeGame(seats={CONTROL: "person"}, waits=[CONTROL], run=RUN)
    game.run = replace(
        RUN, guide=bad, asks=(bad,), agendas=((bad, (bad,)),), hotwash=((1, (bad,)),)
    )
    async with at_table(game, WIDE) as (pilot, _):
        await press(pilot, "G")
        await until_screen(pilot, GuideScreen)
        assert "guide" in drawn(pilot)
