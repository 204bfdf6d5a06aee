"""What the record's screens do stands in the save, and is there when it is reopened."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.deck.loader import load_text
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Move
from tabletop.tui.screens.bookmark import BookmarkScreen
from tabletop.tui.screens.branches import BranchesScreen
from tabletop.tui.screens.checkpoints import CheckpointsScreen
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.curtain import CurtainScreen
from tabletop.tui.screens.end import EndScreen
from tabletop.tui.screens.entry import EntryScreen
from tabletop.tui.screens.log import LogScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.seats import SeatsScreen
from tabletop.tui.screens.undo import UndoScreen
from tests.tui.table import WIDE, seated, shown
from tests.waiting import press, until, until_screen

DECK = """
format = 1
id = "beds"
title = "How many beds"
version = "1.0.0"

[rounds]
count = 3
ending = "done"

[exercise.objectives]
share = "Share what is known"

[checkpoints.count]
text = "The hospital says since when it knows."
objective = "share"
team = "hospital"

[teams.city]
name = "City"
color = "blue"
points = 1
hand = "all"

[teams.hospital]
name = "Hospital"
color = "red"
points = 2
hand = "all"

[tracks.trust]
label = "Trust"
start = 50

[cards.speak]
team = "city"
title = "Speak"
text = "To the press."
cost = 1
effects = ["trust += 3"]

[cards.beds]
team = "hospital"
title = "Count beds"
text = "Floor by floor."
cost = 1
roll = { dice = "1d6", table = [
    { to = 3, text = "Few.", effects = ["trust -= 2"] },
    { to = 99, text = "Many.", effects = ["trust += 2"] } ] }

[endings.done]
title = "Done"
text = "Over."
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A game in which the city's bot has played, and the hospital owes a move."""
    deck = load_text({"deck.toml": DECK}, "beds")
    seats = {"city": "bot:first", "hospital": "absent", CONTROL: "person"}
    path = tmp_path / "beds.jsonl"
    with closing(Session.new(deck, seed=5, path=path, seats=seats)) as begun:
        while begun.bot_moves():
            pass
        yield begun


def lines(session: Session) -> list[dict[str, Any]]:
    """The save's lines after its header."""
    assert session.path is not None
    return [json.loads(row) for row in session.path.read_text().splitlines()[1:]]


def tail(session: Session, since: int) -> list[tuple[str, int, Any]]:
    """What was written since a line: kind, parent, and what it holds."""
    return [
        (line["kind"], line["parent"], line["move"] or line["data"])
        for line in lines(session)[since:]
        if line["kind"] != "clock"
    ]


def seen_move(play: PlayScreen) -> int:
    """The move whose view the table shows."""
    return play.view.move if play.view is not None else -1


async def opened(pilot: Pilot[Any], key: str, screen: Any) -> Any:
    await press(pilot, key)
    return await until_screen(pilot, screen)


async def test_undo_across_a_throw_and_back_to_the_line_that_was_left(
    session: Session,
) -> None:
    before = session.head
    session.submit(CONTROL, Move("play", "hospital", "beds"))
    tip, since = session.head, len(lines(session))
    async with seated(session, WIDE) as (pilot, play):
        await opened(pilot, "u", UndoScreen)
        text = shown(pilot)
        assert "1d6" in text
        assert "(seen by all)" in text
        assert "[x] yes" in text
        await press(pilot, "tab", *"few", "enter")
        await until(pilot, "the undo", lambda: session.head != tip)
        await until_screen(pilot, PlayScreen)
        kinds = tail(session, since)
        assert kinds[:2] == [("branch", tip, {"name": "few"}), ("head", before, {})]
        assert kinds[2][2]["kind"] == "reseed"
        assert len(kinds) == 3

        await opened(pilot, "l", LogScreen)
        assert "Undone, kept as few: " in shown(pilot)
        await press(pilot, "escape")
        await until_screen(pilot, PlayScreen)

        since = len(lines(session))
        screen = await opened(pilot, "g", BranchesScreen)
        screen.pane.selected = str(tip)
        await pilot.pause()
        await opened(pilot, "t", ConfirmScreen)
        await press(pilot, "enter")
        await until(pilot, "the line again", lambda: session.head == tip)
        assert tail(session, since) == [("head", tip, {})]
        await until(pilot, "its view", lambda: seen_move(play) == tip)
    session.close()
    assert session.path is not None
    with closing(Session.open(session.path)) as again:
        assert again.head == tip
        assert "few" in {branch.name for branch in again.branches()}


async def test_back_to_any_line_of_the_log(session: Session) -> None:
    for _ in range(2):
        session.submit(CONTROL, Move("play", "hospital", "beds"))
    first = session.view(CONTROL).log[1].number
    async with seated(session, WIDE) as (pilot, _):
        screen = await opened(pilot, "l", LogScreen)
        screen.entries.go_to_number(first)
        await pilot.pause()
        await opened(pilot, "enter", EntryScreen)
        await press(pilot, "down")  # to right after it
        await press(pilot, "enter")
        await until_screen(pilot, UndoScreen)
        assert f"move {first}" in shown(pilot)
        since = len(lines(session))
        await press(pilot, "u")
        await until(pilot, "the undo", lambda: len(lines(session)) > since)
        assert tail(session, since)[0] == ("head", first, {})


async def test_a_bot_that_takes_a_seat_moves_at_once(session: Session) -> None:
    head, since = session.head, len(lines(session))
    async with seated(session, WIDE) as (pilot, _):
        await opened(pilot, "o", SeatsScreen)
        await press(pilot, "down", "left", "enter")
        await until_screen(pilot, EndScreen)
        taken = {"seat": "hospital", "who": "bot:first"}
        assert tail(session, since)[0] == ("seat", head, taken)
        by = [line["by"] for line in lines(session)[since:] if line["kind"] == "move"]
        assert by[0] == "hospital"
        assert set(by) == {"hospital", "city"}


async def test_a_person_who_takes_a_seat_is_called_behind_a_curtain(
    session: Session,
) -> None:
    async with seated(session, WIDE) as (pilot, play):
        await opened(pilot, "o", SeatsScreen)
        await press(pilot, "down", "right", "enter")
        await until_screen(pilot, CurtainScreen)
        assert "Count beds" not in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, "the hospital's table", lambda: play.seat == "hospital")
        assert session.seats["hospital"] == "person"


async def test_the_facilitator_who_leaves_takes_the_view_along(
    session: Session,
) -> None:
    """With control's seat the program's, one person is left: still a curtain."""
    async with seated(session, WIDE) as (pilot, play):
        assert play.seat == CONTROL
        await opened(pilot, "o", SeatsScreen)
        await press(pilot, "down", "right", "down", "right", "enter")
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until(pilot, "the team", lambda: play.seat == "hospital")
        assert session.seats == {
            "city": "bot:first", "hospital": "person", CONTROL: "auto",
        }  # fmt: skip


async def test_marks_and_judgements_are_written(session: Session) -> None:
    head, since = session.head, len(lines(session))
    async with seated(session, WIDE) as (pilot, _):
        await opened(pilot, "z", BookmarkScreen)
        await press(pilot, *"here", "enter")
        await until(pilot, "a mark", lambda: len(tail(session, since)) == 1)
        await until_screen(pilot, PlayScreen)
        await opened(pilot, "y", CheckpointsScreen)
        await press(pilot, "2", *"late", "enter")
        await until(pilot, "a judgement", lambda: len(tail(session, since)) == 2)
        await pilot.pause()
        assert "1 of 1 judged" in shown(pilot)
    written = [line for line in lines(session)[since:] if line["kind"] == "mark"]
    assert [line["note"] for line in written] == ["here", "late"]
    assert [line["parent"] for line in written] == [head, head]
    assert written[1]["data"] == {
        "mark": "checkpoint", "checkpoint": "count", "result": "partly",
    }  # fmt: skip
    run = session.run_view()
    assert [mark.text for mark in run.bookmarks] == ["here"]
    assert [point.result for point in run.checkpoints] == ["partly"]
