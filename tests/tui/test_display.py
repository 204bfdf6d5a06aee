"""The public display: whole games followed, its states, its sizes, and no secrets."""

import random
from collections.abc import AsyncIterator, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load
from tabletop.errors import JournalError, TabletopError
from tabletop.session.runview import ClockView, RunView
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Headline, View
from tabletop.session.watch import Watch
from tabletop.tui import glyphs
from tabletop.tui.display import DisplayApp
from tabletop.tui.screens import display
from tabletop.tui.screens.display import DisplayScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.text import width
from tabletop.tui.widgets.display import DisplayBody, body_lines, margin
from tabletop.tui.widgets.displaystates import notice_lines, notice_of, plain_prose
from tabletop.tui.widgets.displaytop import clock_label, clock_style, top_lines
from tabletop.tui.widgets.displaytracks import thick_bar
from tests.conftest import ROOT
from tests.engine.games import some_decks
from tests.session.twins import Secrets, clock, moved, with_state
from tests.tui import views
from tests.tui.table import seated, shown
from tests.waiting import press, until, until_screen

Size = tuple[int, int]
SIZES: list[Size] = [(60, 18), (80, 24), (96, 27), (160, 50), (200, 60)]
DECKS = {
    "bright-days": ROOT / "decks" / "bright-days",
    "tutorial": ROOT / "decks" / "tutorial.toml",
}
PLAYING = RunView("running", ClockView(running=True, allotted=1200, gone=433))
ASKED = Headline(
    71, 3, "EUROPE IS ASKED",
    "Washington ties its guarantee to Europe's arms for Kyiv. Give way, or push back?",
    "europe",
)  # fmt: skip


def public(**changes: Any) -> View:
    """The friendly table as the room may see it."""
    view = views.friendly("kyiv")
    seen = tuple(track for track in view.tracks if not track.secret)
    room = replace(
        view, seat=PUBLIC, hand=(), hands={}, tracks=seen, headlines=(ASKED,),
        objectives=(), asks=(), moves=(),
    )  # fmt: skip
    return replace(room, **changes)


def timed(**changes: Any) -> RunView:
    """The exercise in play, with another clock."""
    return replace(PLAYING, clock=replace(PLAYING.clock, **changes))


def drawn(view: View, run: RunView, size: Size) -> list[str]:
    """The rows that a screen of a size shows of a view, without colours."""
    columns, rows = size
    edge = margin(columns)
    room = columns - 2 * edge
    notice = notice_of(view, run)
    if notice is not None:
        lines = notice_lines(notice, room, rows)
    else:
        top = top_lines(view, run, room, rows)
        practice = run.state == "practice"
        lines = [
            *top,
            *body_lines(view, room, rows - len(top), frozenset(), practice=practice),
        ]
    return [(" " * edge + line.cut(room).plain).rstrip() for line in lines[:rows]]


@dataclass
class Scripted:
    """A source that shows what it is told to."""

    shows: View | None
    run: RunView | None = PLAYING
    problem: TabletopError | None = None
    fresh: bool = True
    looked: int = 0

    def follow(self) -> bool:
        fresh, self.fresh = self.fresh, False
        self.looked += 1
        return fresh

    def view(self) -> View | None:
        return self.shows

    def run_view(self) -> RunView | None:
        return self.run


@asynccontextmanager
async def displayed(
    source: display.Source, size: Size = (96, 27)
) -> AsyncIterator[tuple[Pilot[Any], DisplayScreen]]:
    """A display that has drawn what there is; nothing on it moves."""
    app = DisplayApp(source)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        screen = await until_screen(pilot, DisplayScreen)
        await pilot.pause()
        yield pilot, screen


def rows_of(pilot: Pilot[Any]) -> list[str]:
    """The rows of the screen, without the blank ones at its end."""
    rows = [row.rstrip() for row in shown(pilot).split("\n")]
    return without_end(rows)


def without_end(rows: Sequence[str]) -> list[str]:
    kept = list(rows)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def game(deck: Deck, path: Path | None = None, seed: int = 3) -> Session:
    """A game that bots play by themselves."""
    seats = {**dict.fromkeys(deck.model.teams, "bot:random"), CONTROL: "auto"}
    return Session.new(deck, seed=seed, seats=seats, path=path, clock=clock)


# --- whole games


@pytest.mark.parametrize("deck", DECKS)
async def test_it_follows_a_whole_game_move_by_move(deck: str, tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    writer = game(load(DECKS[deck]), path)
    async with displayed(Watch(path, clock), (80, 24)) as (pilot, screen):
        for _ in range(500):
            await screen.look()
            await pilot.pause()
            expected = drawn(writer.view(PUBLIC), writer.run_view(), (80, 24))
            assert rows_of(pilot) == without_end(expected)
            if not writer.bot_moves():
                break
    assert writer.over
    writer.close()


async def test_it_survives_quitting_resuming_deleting_and_a_new_game(
    tmp_path: Path,
) -> None:
    path = tmp_path / "game.jsonl"
    async with displayed(Watch(path, clock)) as (pilot, screen):
        await until(pilot, "what is missing", lambda: "is not there" in shown(pilot))
        for seed in (3, 4):
            play_on(game(load(DECKS["tutorial"]), path, seed), 9)
            play_on(Session.open(path, clock=clock), 9)
            await sees(pilot, screen, path)
            path.unlink()
            await until(pilot, "a word", lambda: "is not there" in shown(pilot))


def play_on(session: Session, moves: int) -> None:
    for _ in range(moves):
        assert session.bot_moves()
    session.close()


async def sees(pilot: Pilot[Any], screen: DisplayScreen, path: Path) -> None:
    """Wait until the save is drawn as it is now."""
    now = Session.open(path, read_only=True, clock=clock)
    expected = drawn(now.view(PUBLIC), now.run_view(), (96, 27))
    await until(pilot, "the save", lambda: rows_of(pilot) == without_end(expected))


# --- secrets


def positions(deck: Deck, games: int, most: int) -> Iterator[Session]:
    """Places in games of moves by chance, control's own among them."""
    for number in range(games):
        session, chance = game(deck, seed=number), random.Random(number)
        for _ in range(most):
            if session.over:
                break
            yield session
            moved(session, chance)


@pytest.mark.parametrize("deck", DECKS)
def test_what_some_team_may_not_know_changes_nothing(deck: str) -> None:
    check_twins(load(DECKS[deck]), games=4, most=90)


def test_nor_on_decks_made_by_chance() -> None:
    for deck in some_decks(25).values():
        check_twins(deck, games=1, most=30)


def check_twins(deck: Deck, games: int, most: int) -> None:
    chance = random.Random(7)
    for session in positions(deck, games, most):
        state = Secrets(session.tree, PUBLIC).twin(session.tree.state(), chance)
        twin = with_state(session, state)
        for size in ((80, 24), (160, 50)):
            here = drawn(session.view(PUBLIC), PLAYING, size)
            assert here == drawn(twin.view(PUBLIC), PLAYING, size)


def test_a_track_that_is_secret_is_never_drawn() -> None:
    view = public(tracks=views.TRACKS)
    assert any(track.secret for track in view.tracks)
    for size in SIZES:
        text = "\n".join(drawn(view, PLAYING, size))
        assert "Strike readiness" not in text
        assert "Strikes" not in text


# --- states


NEW = {"move": 0, "round": 1}
OVER = views.ended(public())


@pytest.mark.parametrize(
    ("view", "run", "name", "words"),
    [
        (public(**NEW), replace(PLAYING, state="open"), "before",
         ["begins soon", "The front holds."]),
        (public(**NEW), replace(PLAYING, state="practice"), "practice",
         ["off the record"]),
        (public(), replace(PLAYING, state="paused"), "paused",
         ["The clock stands at 12:47 in Play, month 3.", "Look up, please."]),
        (public(), replace(PLAYING, display="blank"), "blank",
         ["Bright days for Moscow?"]),
        (public(), replace(PLAYING, state="ended"), "ended",
         ["The exercise is over."]),
        (OVER, PLAYING, "over", ["An epilogue.", "● White House", "Kyiv", "34"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", SIZES)
async def test_states_cover_the_game(
    view: View, run: RunView, name: str, words: list[str], size: Size
) -> None:
    scores = (("white_house", 7), ("kyiv", 34))
    if view.over is not None:
        view = replace(view, over=replace(view.over, scores=scores))
    async with displayed(Scripted(view, run), size) as (pilot, screen):
        assert screen.notice.name_shown == name
        text = shown(pilot)
        for each in words:
            assert each in text
        assert "US military aid" not in text


async def test_practice_is_shown_as_such_while_it_is_played() -> None:
    source = Scripted(public(), replace(PLAYING, state="practice"))
    async with displayed(source) as (pilot, _):
        assert "PRACTICE   off the record" in shown(pilot)
        assert "US military aid" in shown(pilot)


async def test_it_says_why_there_is_nothing_and_goes_on() -> None:
    source = Scripted(None, None, JournalError("saves/x [/] is damaged", "Look."))
    async with displayed(source) as (pilot, screen):
        assert "saves/x [/] is damaged" in shown(pilot)
        source.shows, source.run, source.fresh = public(), PLAYING, True
        await until(pilot, "the game", lambda: "US military aid" in shown(pilot))
        assert not screen.has_class("-notice")


def test_a_headline_of_another_round_says_so() -> None:
    text = "\n".join(drawn(public(round=4), PLAYING, (96, 27)))
    assert "Month 3: Washington ties" in text


def test_before_any_headline_the_title_stands_there() -> None:
    text = "\n".join(drawn(public(headlines=()), PLAYING, (96, 27)))
    assert "The front holds." in text


# --- the clock


@pytest.mark.parametrize(
    ("run", "label", "style"),
    [
        (timed(), "left in Play", "$foreground"),
        (timed(gone=1145), "left in Play", "$warn"),
        (timed(gone=1195), "left in Play", "bold $warn"),
        (timed(gone=1242), "OVER 0:42 in Play", "bold $warn"),
        (timed(running=False), "Play: the clock stands", "$muted"),
        (timed(running=False, allotted=0, gone=0), "", None),
    ],
)
def test_the_clock_warns_and_goes_on_counting(
    run: RunView, label: str, style: str | None
) -> None:
    assert clock_label(public(), run.clock).plain == label
    assert style is None or clock_style(run.clock) == style


def test_a_game_without_clocks_shows_none() -> None:
    run = replace(timed(running=False, gone=0), state="open")
    assert "clock" not in "\n".join(drawn(public(), run, (96, 27)))


async def test_a_second_of_the_clock_draws_the_clock_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    built: list[int] = []
    build = DisplayBody.build

    def counted(self: DisplayBody, room: int, rows: int) -> Sequence[Any]:
        built.append(rows)
        return build(self, room, rows)

    source = Scripted(public())
    async with displayed(source) as (pilot, screen):
        monkeypatch.setattr(DisplayBody, "build", counted)
        before = shown(pilot)
        source.run = timed(gone=434)
        await screen.look()
        await pilot.pause()
        assert shown(pilot) != before
        assert built == []


async def test_nothing_is_drawn_when_nothing_is_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = Scripted(public())
    async with displayed(source) as (pilot, screen):
        monkeypatch.setattr(screen, "_draw", None)
        monkeypatch.setattr(screen, "_say", None)
        looked = source.looked
        await until(pilot, "more looks", lambda: source.looked > looked + 2)


# --- what has changed


async def test_a_changed_number_stands_out_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(display, "LIT", 0.01)
    source = Scripted(public())
    async with displayed(source) as (pilot, _):
        pilot.app.animation_level = "full"
        lit: list[AbstractSet[str]] = []
        show = DisplayBody.show

        def seen(
            self: DisplayBody, view: View, *, practice: bool, lit_: AbstractSet[str]
        ) -> None:
            lit.append(lit_)
            show(self, view, practice=practice, lit=lit_)

        monkeypatch.setattr(
            DisplayBody, "show",
            lambda self, view, *, practice, lit: seen(
                self, view, practice=practice, lit_=lit
            ),
        )  # fmt: skip
        source.shows, source.fresh = with_aid(41), True
        await until(pilot, "a light and its end", lambda: lit[1:2] == [set()])
        assert lit[0] == {"us_aid"}
        assert "▼9" in shown(pilot)


async def test_not_where_animation_is_off() -> None:
    source = Scripted(public())
    async with displayed(source) as (pilot, screen):
        source.shows, source.fresh = with_aid(41), True
        await until(pilot, "the value", lambda: "▼9" in shown(pilot))
        assert screen._lit == frozenset()


def with_aid(value: int) -> View:
    view = public()
    first = replace(view.tracks[0], value=value)
    return replace(view, tracks=(first, *view.tracks[1:]))


# --- sizes and texts


@pytest.mark.parametrize("size", SIZES)
async def test_all_that_matters_is_there_at_every_size(size: Size) -> None:
    async with displayed(Scripted(public()), size) as (pilot, _):
        text = shown(pilot)
        for words in ("left in Play", "PLAY", "of 8", "answering", "▼12"):
            assert words in text
        assert "US military aid" in text or "US aid" in text
        for team in views.TEAMS:
            assert team.name in text or team.short in text


@pytest.mark.parametrize("deck", DECKS)
def test_nothing_is_cut_in_the_shipped_decks(deck: str) -> None:
    for session in positions(load(DECKS[deck]), 2, 200):
        for size in ((80, 24), (96, 27), (160, 50)):
            rows = drawn(session.view(PUBLIC), PLAYING, size)
            assert "…" not in "\n".join(rows), rows


def test_every_size_is_filled_and_none_is_exceeded() -> None:
    hostile = views.hostile(public())
    for view in (public(), public(tracks=(), teams=()), hostile, views.ended(hostile)):
        for columns in (1, 7, 20, 59, 60, 83, 84, 100, 139, 140, 200):
            for rows in (1, 2, 5, 9, 17, 18, 24, 30, 44, 60):
                for row in drawn(view, PLAYING, (columns, rows)):
                    assert width(row) <= max(columns, 2), (columns, rows, row)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_texts_are_only_shown(size: Size) -> None:
    view = views.hostile(public())
    for run in (PLAYING, replace(PLAYING, state="paused")):
        for each in (view, replace(view, move=0), views.hostile(OVER)):
            async with displayed(Scripted(each, run), size) as (pilot, _):
                text = shown(pilot)
                assert "\x1b" not in text
                assert "[/" in text


@pytest.mark.parametrize("size", [(60, 18), (96, 27)])
def test_plain_signs_where_only_ascii_can_be_drawn(
    size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glyphs, "_chosen", [glyphs.ASCII])
    view = public(tracks=views.TRACKS[:4])
    text = "\n".join(drawn(view, PLAYING, size))
    assert text.isascii()
    for words in ("Month 3", "12:47", "EUROPE IS ASKED", "-12", "K Kremlin"):
        assert words in text


async def test_it_fits_itself_to_a_new_size() -> None:
    async with displayed(Scripted(public()), (160, 50)) as (pilot, _):
        for size in ((60, 18), (96, 27), (200, 60)):
            await pilot.resize_terminal(*size)
            expected = without_end(drawn(public(), PLAYING, size))
            await until(pilot, f"{size}", lambda e=expected: rows_of(pilot) == e)  # type: ignore[misc]


def test_a_bar_shows_value_loss_gain_and_the_next_band() -> None:
    lost, gained = views.TRACKS[0], views.TRACKS[2]
    assert thick_bar(lost, 20).plain == "████████░░──│───────"
    assert thick_bar(gained, 20).plain == "██▓────│────────────"


def test_markdown_becomes_plain_words() -> None:
    found = plain_prose("# A\n\n**b** `c`\n- [d](http://e)\n- f\n\n> g")
    assert found == "A\nb c\n· d\n· f\ng"


# --- keys


async def test_q_leaves_and_other_keys_do_nothing() -> None:
    source = Scripted(public())
    async with displayed(source) as (pilot, screen):
        await press(pilot, "x", "escape", "enter", "right", "d")
        assert pilot.app.screen is screen
        await press(pilot, "f2")
        assert pilot.app.theme == "paper"
        await press(pilot, "q")
        await until(pilot, "the end", lambda: pilot.app._exit)


@pytest.mark.parametrize("key", ["d", "escape", "x", "space"])
async def test_over_the_table_any_key_leads_back(key: str) -> None:
    deck = load(DECKS["bright-days"])
    seats = {**dict.fromkeys(deck.model.teams, "absent"), CONTROL: "person"}
    session = Session.new(deck, seed=3, seats=seats, clock=clock)
    secrets = [each.title for hand in session.view(CONTROL).hands.values()
               for each in hand]  # fmt: skip
    async with seated(session) as (pilot, play):
        await press(pilot, "d")
        await until_screen(pilot, DisplayScreen)
        text = shown(pilot)
        assert "begins soon" in text
        assert not any(title in text for title in secrets)
        await press(pilot, key)
        await until_screen(pilot, PlayScreen)
        assert pilot.app.screen is play


async def test_a_team_has_no_such_key() -> None:
    session = game(load(DECKS["tutorial"]))
    session.set_seat("town", "person")
    async with seated(session) as (_, play):
        assert play.seat != CONTROL
        assert not play.can("display", ())
