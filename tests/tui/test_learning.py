"""What a team is told: its inbox, what it knows so far, its orders, the tour."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from tabletop import paths
from tabletop.deck.loader import load_text
from tabletop.session.session import Session
from tabletop.session.view import Cause, Change, LogEntry, View
from tabletop.tui.screens.inbox import InboxScreen, letters, unread
from tabletop.tui.screens.known import KnownScreen, now_rows, story
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.problem import RefusalScreen
from tabletop.tui.screens.tour import TOURS, Kind, TourScreen
from tabletop.tui.widgets.orders import laid_costs
from tabletop.tui.widgets.situation import news
from tests.decks.shipped import BRIGHT_DAYS, deck
from tests.tui.fake_session import FakeGame, ask_view, hostile, log_entry, view_of
from tests.tui.table import NARROW, SIZES, WIDE, at_table, seated, shown
from tests.waiting import leave, press, until, until_screen

ORDERS = """
format = 1
id = "hills"
title = "Two hills"
[rounds]
count = 2
play = "orders"
ending = "over"
[teams.ada]
name = "Ada"
points = 4
[teams.bob]
name = "Bob"
points = 4
[tracks.hill]
label = "The hill"
start = 50
[cards.push]
team = "ada"
title = "Push"
cost = 2
effects = ["hill += 10"]
[cards.dig]
team = "ada"
title = "Dig in"
effects = ["hill += 2"]
[cards.shove]
team = "bob"
title = "Shove"
effects = ["hill -= 10"]
[endings.over]
title = "Over"
"""


def entry(number: int, kind: str, *changes: Change, **more: str) -> LogEntry:
    """An entry of round 2."""
    seat, title = more.get("seat", "control"), more.get("title", "Something")
    return LogEntry(
        number, "2026-05-01T12:00:00Z", 2, "play", seat, kind, title,
        more.get("note", ""), changes,
    )  # fmt: skip


def inject(number: int, title: str = "Storm") -> LogEntry:
    text = f"{title}: “The wind turns west.”"
    return entry(number, "fire", Change("inject", "storm", text), title="Control fires")


def told() -> View:
    """A view whose log tells of an inject, a question, a ruling, a card and a play."""
    card = Cause("card", "umbrella", "Your umbrella")
    asked = Change("ask", "kyiv", "Kyiv is asked", team="kyiv", cause=card)
    other = replace(asked, team="europe", text="Europe is asked")
    given = Change("give", "gift", "Kyiv gets Gift", team="kyiv", cause=card)
    ruling = {"title": "Ruling: US aid is 40", "note": "the letter came"}
    log = (
        log_entry(1),
        inject(8),
        entry(9, "play", asked, other, given, seat="europe", title="Europe plays it"),
        entry(10, "set", **ruling),
    )
    return replace(view_of("kyiv"), log=log, asks=(ask_view("kyiv"),))


# --- the inbox


def test_the_inbox_holds_what_was_told_and_the_newest_first() -> None:
    found = [(each.kind, each.title, each.text) for each in letters(told())]
    assert found == [
        ("ruling", "US aid is 40", "the letter came"),
        ("card", "Kyiv gets Gift", "Your umbrella"),
        ("question", "Your umbrella", "Well?"),
        ("inject", "Storm", "The wind turns west."),
    ]
    assert unread(told(), 0) == 4
    assert unread(told(), 8) == 3
    assert unread(told(), 10) == 0


def test_an_envelope_is_told_with_what_its_dice_came_to_and_to_its_team_alone() -> None:
    session = Session.new(deck(BRIGHT_DAYS), seed=4, seats={})
    for team, row in (("kremlin", "The great powers: normal ties"), ("kyiv", "")):
        view = session.view(team)
        told = {letter.title: letter.text for letter in letters(view)}
        assert row in told.get("An envelope for the Kremlin", "")
        assert ("The great powers" in " ".join([*told.values(), *news(view)])) == bool(
            row
        )


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_new_is_counted_until_it_is_looked_at(
    size: tuple[int, int],
) -> None:
    game = FakeGame(views={"kyiv": replace(told(), asks=())})
    async with seated(game, size) as (pilot, play):
        assert "inbox: 4 new" in shown(pilot)
        await press(pilot, "i")
        await until_screen(pilot, InboxScreen)
        text = shown(pilot)
        assert "4 new" in text
        assert "The wind turns west." in text
        await leave(pilot)
        await until(pilot, "nothing new", lambda: " new" not in shown(pilot))
        later = (*told().log, inject(11, "Flood"))
        game.views["kyiv"] = replace(told(), asks=(), log=later)
        play.refresh_view()
        await until(pilot, "one new", lambda: "inbox: 1 new" in shown(pilot))
        await press(pilot, "i")
        await until_screen(pilot, InboxScreen)
        [new] = [row for row in shown(pilot).splitlines() if "  new" in row]
        assert "inject Flood" in new


async def test_the_situation_says_how_much_is_new() -> None:
    game = FakeGame(views={"kyiv": replace(told(), asks=())})
    async with seated(game, WIDE) as (pilot, _):
        assert "Situation · inbox 4 new" in shown(pilot)


async def test_control_writes_injects_with_the_key_that_teams_read_them_with() -> None:
    game = FakeGame(seats={"control": "person"}, waits=["control"])
    async with seated(game) as (pilot, play):
        assert not play.can_inbox()
        assert not play.can_known()
        await press(pilot, "i")
        await until(pilot, "the form", lambda: pilot.app.screen is not play)
        assert not isinstance(pilot.app.screen, InboxScreen)


# --- what is known so far


@pytest.mark.parametrize("size", SIZES)
async def test_who_comes_late_reads_what_the_team_knows(size: tuple[int, int]) -> None:
    own = replace(log_entry(2), title="Kyiv plays Dig in", note="to buy time")
    view = told()
    game = FakeGame(views={"kyiv": replace(view, asks=(), log=(own, *view.log[1:]))})
    async with seated(game, size) as (pilot, _):
        await press(pilot, "k")
        screen = await until_screen(pilot, KnownScreen)
        text = whole(screen)
        assert "You have 2 points left of 4" in text
        assert "60 → 55" in text  # the track since the start
        for said in ("Kyiv plays Dig in", "to buy time", "Storm", "the letter came",
                     "The wind turns west.", "Pushback"):  # fmt: skip
            assert said in text, said
        assert text.index("Month 1") < text.rindex("Month 2")


def whole(screen: KnownScreen) -> str:
    """All words of a dialog, those below its edge too."""
    parts = screen.query("#dialog Static").results(Static)
    return " ".join(str(each.render()) for each in parts)


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("key", ["i", "k"])
async def test_hostile_texts_are_shown_as_they_are(
    size: tuple[int, int], key: str
) -> None:
    view = view_of("kyiv", hostile)
    storm = Change("inject", "storm", hostile("Storm: “Wind”"))
    log = (*view.log, entry(9, "fire", storm, title=hostile("x"), note=hostile("y")))
    game = FakeGame(text=hostile, views={"kyiv": replace(view, log=log)})
    async with seated(game, size) as (pilot, play):
        await press(pilot, key)
        await until(pilot, "the dialog", lambda: pilot.app.screen is not play)
        assert "[/" in shown(pilot)
        assert not set("\x1b\x07") & set(shown(pilot))


def test_a_seat_knows_what_its_own_view_knows() -> None:
    """No reason of another team, no letter to it, no order that lies."""
    session = Session.new(
        load_text({"deck.toml": ORDERS}), seed=1, seats={"control": "person"}
    )
    lay = next(m.move for m in session.view("bob").moves if m.move.kind == "lay")
    session.submit("bob", lay, note="from the left")
    theirs, own = story_of(session.view("ada")), story_of(session.view("bob"))
    for secret in ("from the left", "Shove"):
        assert secret not in theirs
        assert secret in own


def story_of(view: View) -> str:
    """All that a team reads of what it knows so far."""
    rows = [*now_rows(view, 60), *(row for part in story(view, 60) for row in part)]
    return "\n".join(str(row) for row in rows)


# --- orders


def hills() -> Session:
    """A game by orders, one person against a bot."""
    deck = load_text({"deck.toml": ORDERS})
    return Session.new(deck, seed=1, seats={"ada": "person", "bob": "bot:first"})


@pytest.mark.parametrize("size", SIZES)
async def test_orders_that_lie_are_listed_until_they_are_carried_out(
    size: tuple[int, int],
) -> None:
    session = hills()
    async with seated(session, size) as (pilot, play):
        await until(pilot, "the strip", lambda: "none lies" in shown(pilot))
        assert "4 points left" in shown(pilot)
        assert "p ready" in shown(pilot)
        assert "lay" in shown(pilot).splitlines()[-1]
        await press(pilot, "enter", *"high", "enter")
        await until(pilot, "an order", lambda: bool(session.view("ada").laid))
        await until(pilot, "its row", lambda: "2 points left" in shown(pilot))
        assert "1 Push 2" in shown(pilot)
        assert laid_costs(session.view("ada")) == [("Push", 2)]
        await press(pilot, "enter")
        await until_screen(pilot, RefusalScreen)
        await leave(pilot)
        await press(pilot, "p")
        await until(pilot, "the second round", lambda: session.view("ada").round == 2)
        assert session.view("ada").laid == ()
        log = session.view("ada").log
        notes = [e.note for e in log if e.kind == "lay" and e.seat == "ada"]
        assert notes == ["high"]
        assert play.view is not None


async def test_a_card_that_lies_already_says_so() -> None:
    session = hills()
    async with seated(session) as (pilot, _):
        await press(pilot, "2", "enter", "enter")
        await until(pilot, "an order", lambda: session.view("ada").laid == ("Dig in",))
        await press(pilot, "2", "enter")
        await until_screen(pilot, RefusalScreen)
        assert "It lies face down already." in shown(pilot)


async def test_games_in_turns_have_no_strip_for_orders() -> None:
    async with seated(FakeGame()) as (pilot, _):
        assert "Orders" not in shown(pilot)


# --- the tour


@pytest.fixture
def newcomer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Somebody who has never seen the program."""
    monkeypatch.setenv("TABLETOP_TOUR", "1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@pytest.mark.usefixtures("newcomer")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seat", ["kyiv", "control"])
async def test_the_first_time_a_tour_shows_the_table(
    seat: str, size: tuple[int, int]
) -> None:
    seats = {seat: "person"}
    kind: Kind = "control" if seat == "control" else "team"
    async with at_table(FakeGame(seats=seats, waits=[seat]), size) as (pilot, _):
        await until_screen(pilot, TourScreen)
        for step in TOURS[kind]:
            await pilot.pause()
            assert step.title in shown(pilot)
            await press(pilot, "enter")
        await until_screen(pilot, PlayScreen)
    async with at_table(FakeGame(seats=seats, waits=[seat]), size) as (pilot, play):
        await until(pilot, "a seat", lambda: play.view is not None)
        await pilot.pause()
        assert not isinstance(pilot.app.screen, TourScreen)


@pytest.mark.usefixtures("newcomer")
async def test_escape_skips_all_of_the_tour_and_it_can_be_seen_again() -> None:
    async with at_table(FakeGame()) as (pilot, _):
        await until_screen(pilot, TourScreen)
        await press(pilot, "enter", "left", "enter")
        await leave(pilot)
        await until_screen(pilot, PlayScreen)
        await press(pilot, "f3")
        await until_screen(pilot, TourScreen)
        assert TOURS["team"][0].title in shown(pilot)


@pytest.mark.usefixtures("newcomer")
@pytest.mark.parametrize(
    ("size", "digits"), [(NARROW, "to the pane"), (WIDE, "to the card")]
)
async def test_the_tour_says_what_digits_do_in_this_window(
    size: tuple[int, int], digits: str
) -> None:
    async with at_table(FakeGame(), size) as (pilot, _):
        await until_screen(pilot, TourScreen)
        await pilot.pause()
        assert f"Go {digits} with that number." in shown(pilot)


async def test_the_tour_can_be_switched_off() -> None:
    async with seated(FakeGame()) as (pilot, _):
        assert not isinstance(pilot.app.screen, TourScreen)


@pytest.mark.usefixtures("newcomer")
def test_what_was_shown_once_is_remembered() -> None:
    assert paths.remember("tour-team")
    assert not paths.remember("tour-team")
    assert paths.remember("tour-control")
