"""Steering a real game by keys: what the journal holds, and what must not change."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tabletop.session.session import Session
from tabletop.session.view import CONTROL, InjectView
from tabletop.tui.screens.csvfile import PathScreen, PlanScreen
from tabletop.tui.screens.inject import InjectForm
from tabletop.tui.screens.judge import JudgeForm
from tabletop.tui.screens.msel import MselScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.problem import ErrorScreen
from tabletop.tui.screens.round import RoundScreen
from tabletop.tui.screens.ruling import RulingScreen
from tests.decks.shipped import BRIGHT_DAYS, deck
from tests.session.twins import clock
from tests.tui.table import NARROW, seated, shown
from tests.tui.test_steering import fill, typed
from tests.waiting import leave, press, until, until_screen

BROAD = (160, 50)


@asynccontextmanager
async def console(
    path: Path, size: tuple[int, int] = BROAD
) -> AsyncIterator[tuple[Pilot[Any], Session]]:
    """Bright days as a facilitator alone at the keyboard has it: all teams absent."""
    bright = deck(BRIGHT_DAYS)
    seats = dict.fromkeys(bright.model.teams, "absent") | {CONTROL: "person"}
    save = path / "game.jsonl"
    with closing(
        Session.new(bright, seed=3, seats=seats, path=save, clock=clock)
    ) as session:
        async with seated(session, size) as (pilot, play):
            while pilot.app.screen is not play:
                await leave(pilot)
            yield pilot, session


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Every line of the save but its header."""
    rows = (path / "game.jsonl").read_text().splitlines()[1:]
    return [json.loads(row) for row in rows]


def moves_of(path: Path) -> list[tuple[dict[str, Any], str]]:
    """The moves in the save with what was written beside them."""
    lines = [line for line in lines_of(path) if line["kind"] == "move"]
    return [(line["move"], line.get("note", "")) for line in lines]


async def until_moves(pilot: Pilot[Any], path: Path, count: int) -> None:
    """Wait until the save holds so many moves."""
    await until(pilot, f"{count} moves", lambda: len(moves_of(path)) == count)


def inject_of(session: Session, title: str) -> InjectView:
    """The inject with a title."""
    return next(i for i in session.view(CONTROL).injects if i.title == title)


async def test_an_inject_written_now_is_fired_and_stays_in_the_save(
    tmp_path: Path,
) -> None:
    async with console(tmp_path) as (pilot, session):
        before = {t.id: t.value for t in session.view(CONTROL).tracks}
        await press(pilot, "i")
        await until_screen(pilot, InjectForm)
        await typed(pilot, "Leak")
        await fill(pilot, "effects", "us_aid -= 5")
        pilot.app.screen.query_one("#when").focus()
        await press(pilot, "right")
        figures = str(before["us_aid"] - 5)
        await until(pilot, "the preview", lambda: figures in shown(pilot))
        await press(pilot, "f10")
        await until(pilot, "the shot", lambda: bool(moves_of(tmp_path)))
        written = inject_of(session, "Leak")
        assert (written.state, written.written) == ("fired", True)
        assert moves_of(tmp_path)[0][0] == {"kind": "fire", "item": written.id}
        assert [line["kind"] for line in lines_of(tmp_path)][-2:] == ["deck", "move"]
    with closing(Session.open(tmp_path / "game.jsonl")) as again:
        after = {t.id: t.value for t in again.view(CONTROL).tracks}
        assert after["us_aid"] == before["us_aid"] - 5
        assert inject_of(again, "Leak").state == "fired"


async def test_a_bad_effect_is_named_at_its_field_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    async with console(tmp_path, NARROW) as (pilot, _):
        kept = len(lines_of(tmp_path))
        await press(pilot, "i")
        screen = await until_screen(pilot, InjectForm)
        await typed(pilot, "Leak")
        await fill(pilot, "effects", "us_aid -= 1\necnomy -= 6")
        await until(pilot, "the mistake", lambda: "ecnomy" in trouble(screen))
        assert "line 2" in trouble(screen)
        await press(pilot, "f10")
        await until(pilot, "its place", lambda: screen.query_one("#effects").has_focus)
        assert "line 2" in trouble(screen)
        assert len(lines_of(tmp_path)) == kept
        assert screen.values["effects"] == "us_aid -= 1\necnomy -= 6"


def trouble(screen: InjectForm) -> str:
    """What stands under the field for effects."""
    field = screen.query_one("#effects").parent
    assert field is not None
    assert field.parent is not None
    return str(field.parent.query_one(".trouble").render())


async def test_an_inject_for_later_comes_in_its_round_and_can_be_moved(
    tmp_path: Path,
) -> None:
    async with console(tmp_path) as (pilot, session):
        await press(pilot, "m", "i")
        await until_screen(pilot, InjectForm)
        await typed(pilot, "Leak")
        pilot.app.screen.query_one("#when").focus()
        await press(pilot, "end", "f10")
        screen = await until_screen(pilot, MselScreen)
        assert inject_of(session, "Leak").round == 8
        screen.list.selected = inject_of(session, "Leak").id
        await press(pilot, "b")
        await until_screen(pilot, RoundScreen)
        await press(pilot, "home", "down", "down", "enter")
        await until(pilot, "the round", lambda: inject_of(session, "Leak").round == 3)
        await press(pilot, "x")
        await until(pilot, "the state", lambda: screen.list.inject.state == "skipped")
        await press(pilot, "x")
        await until(pilot, "the state", lambda: screen.list.inject.state == "scheduled")
    kinds = [move["kind"] for move, _ in moves_of(tmp_path)]
    assert kinds == ["forward", "skip", "release"]


async def test_a_card_is_vetoed_and_the_veto_lifted_with_reasons(
    tmp_path: Path,
) -> None:
    async with console(tmp_path) as (pilot, session):
        card = session.cards()[0]
        said = (("Veto it", "not yet"), ("Lift the veto", "now"))
        for number, (deed, reason) in enumerate(said, 1):
            await press(pilot, "r", "slash")
            screen = await until_screen(pilot, RulingScreen)
            await typed(pilot, card.title.lower())
            await press(pilot, "enter", "enter")
            words = [words.plain for words, _ in screen._deeds]
            place = next(n for n, row in enumerate(words) if deed in row)
            await press(pilot, *["down"] * place, "enter")
            await typed(pilot, reason)
            await press(pilot, "enter")
            await until_screen(pilot, PlayScreen)
            await until_moves(pilot, tmp_path, number)
            assert session.cards()[0].vetoed == (deed == "Veto it")
    assert moves_of(tmp_path) == [
        ({"kind": "veto", "item": card.id}, "not yet"),
        ({"kind": "lift", "item": card.id}, "now"),
    ]


@pytest.mark.parametrize("size", [NARROW, BROAD])
async def test_an_argument_is_judged_and_logged_as_a_ruling(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with console(tmp_path, size) as (pilot, session):
        before = next(t.value for t in session.view(CONTROL).tracks if t.id == "us_aid")
        await press(pilot, "j")
        await until_screen(pilot, JudgeForm)
        await typed(pilot, "Rail strike")
        await fill(pilot, "pros", "unions\nwinter")
        await fill(pilot, "cons", "police")
        await fill(pilot, "thrown", "9")
        await fill(pilot, "effects", "us_aid -= 5")
        await until(pilot, "the chance", lambda: "72 %" in shown(pilot))
        await fill(pilot, "reason", "agreed by the table")
        await press(pilot, "f10")
        await until(pilot, "the moves", lambda: len(moves_of(tmp_path)) == 2)
        after = next(t.value for t in session.view(CONTROL).tracks if t.id == "us_aid")
        assert after == before - 5
        entry = session.view(CONTROL).log[-1]
        assert (entry.kind, entry.note) == ("judge", "agreed by the table")
        for team in session.deck.model.teams:
            assert session.view(team).log[-1].kind == "judge"
    assert moves_of(tmp_path)[0] == ({"kind": "die", "value": 9}, "agreed by the table")


async def test_a_schedule_goes_out_as_csv_and_comes_back(tmp_path: Path) -> None:
    async with console(tmp_path) as (pilot, session):
        await press(pilot, "m", "s")
        await until_screen(pilot, PathScreen)
        await press(pilot, "enter")
        file = tmp_path / "game-msel.csv"
        await until(pilot, "the file", file.exists)
        await until_screen(pilot, MselScreen)
        text = file.read_text("utf-8-sig")
        titles = [inject.title for inject in session.view(CONTROL).injects]
        assert all(title in text for title in titles)
        header = text.splitlines()[0]
        count = header.count(",")
        file.write_text(header + "\r\n" + ",".join(["", "99", *[""] * (count - 1)]))
        kept = len(lines_of(tmp_path))
        await press(pilot, "a")
        screen = await until_screen(pilot, PathScreen)
        screen.query_one("#path", Input).value = str(file)
        await press(pilot, "enter")
        await until_screen(pilot, ErrorScreen)
        said = shown(pilot)
        assert "row 2" in said
        assert "column" in said
        assert len(lines_of(tmp_path)) == kept
        assert len(session.view(CONTROL).injects) == len(titles)
        await leave(pilot)
        file.write_text("Title,Round\r\nLeak,3\r\n")
        await press(pilot, "a")
        screen = await until_screen(pilot, PathScreen)
        screen.query_one("#path", Input).value = str(file)
        await press(pilot, "enter")
        await until_screen(pilot, PlanScreen)
        assert "Leak" in shown(pilot)
        await press(pilot, "enter")
        await until(
            pilot, "the inject",
            lambda: any(i.title == "Leak" for i in session.view(CONTROL).injects),
        )  # fmt: skip
        assert inject_of(session, "Leak").round == 3
