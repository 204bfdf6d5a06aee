"""What stands: which flags, what their labels share, and where everybody sees it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.session.standing import said, together, what_does_not, what_stands
from tabletop.session.view import CONTROL, PUBLIC, Change, FlagView, LogEntry, View
from tabletop.tui import glyphs
from tabletop.tui.screens.ask import AskScreen
from tabletop.tui.screens.display import DisplayScreen
from tabletop.tui.text import clean
from tabletop.tui.widgets import HandPane, SituationPane, StandsBand
from tabletop.tui.widgets.displaystanding import standing_lines
from tabletop.tui.widgets.line import Line
from tabletop.tui.widgets.standing import paragraph, some_rows
from tests.tui.bench import rows, screen
from tests.tui.bench import shown as on_bench
from tests.tui.fake_session import FakeGame
from tests.tui.table import at_table, shown, until_drawn
from tests.tui.views import HOSTILE, entry, friendly
from tests.waiting import press, until, until_screen

SECRET = ("rearming", "routes")
FLAGS = tuple(
    FlagView(id_, label, value=id_ != "war", secret=id_ in SECRET)
    for id_, label in (
        ("rearming", "Rearming"), ("land", "Draft: land"), ("peace", "Cease-fire"),
        ("arms", "Draft: no arms"), ("routes", "Draft: by other routes"),
        ("war", "War resumed"), ("lone", "Want: quiet"), ("odd", "Odd: "),
    )
)  # fmt: skip
CLAUSES = (
    "territory", "recognition", "neutrality", "small army", "no weapons", "no call-up",
    "elections", "guarantees", "relief", "business",
)  # fmt: skip
DRAFT = tuple(
    FlagView(f"c{i}", f"Draft: {clause}", value=True, secret=False)
    for i, clause in enumerate(CLAUSES)
)


def table(*log: LogEntry, flags: tuple[FlagView, ...] = FLAGS) -> View:
    return replace(friendly("kyiv"), flags=flags, log=log)


def changing(round_: int, kind: str = "play", **flags: int) -> LogEntry:
    changes = tuple(
        Change("flag", id_, "words", 1 - after, after) for id_, after in flags.items()
    )
    return entry(9, 0, "kyiv", kind, "Kyiv plays", changes, round_=round_)


# --- which


def test_what_all_may_see_comes_first_and_what_begins_alike_stands_together() -> None:
    found = [(each.shared, each.label, each.secret) for each in what_stands(table())]
    assert found == [
        ("Draft: ", "land", False), ("Draft: ", "no arms", False),
        ("", "Cease-fire", False), ("", "Want: quiet", False), ("", "Odd: ", False),
        ("", "Rearming", True), ("", "Draft: by other routes", True),
    ]  # fmt: skip
    assert [each.label for each in what_does_not(table())] == ["War resumed"]


def test_control_reads_whose_a_secret_is() -> None:
    own = FlagView("w", "Want: quiet", value=True, secret=True, teams=("kyiv",))
    for seat, label in ((CONTROL, "Want: quiet (Kyiv)"), ("kyiv", "Want: quiet")):
        (told,) = what_stands(replace(friendly(seat), flags=(own,)))
        assert told.shared + told.label == label


def test_a_beginning_is_said_once() -> None:
    assert said(what_stands(table())) == (
        "Draft: land, no arms; Cease-fire; Want: quiet; Odd: ; Rearming; "
        "Draft: by other routes"
    )
    assert said(()) == ""


def newest(*log: LogEntry) -> list[str]:
    return [each.label for each in what_stands(table(*log)) if each.newest]


def test_the_newest_is_what_the_last_change_of_this_round_set() -> None:
    before = changing(3, peace=1)
    assert newest() == []
    assert newest(before) == ["Cease-fire"]
    assert newest(before, changing(3, arms=1, war=0)) == ["no arms"]
    assert newest(before, changing(3)) == ["Cease-fire"]
    assert newest(changing(2, peace=1)) == []
    assert newest(changing(3, "start", peace=1)) == []
    same = replace(before, changes=(Change("flag", "peace", "words", 1, 1),))
    assert newest(same) == []


# --- as chips


def plain(lines: list[Line]) -> list[str]:
    return [each.plain for each in lines]


def test_a_paragraph_says_all_and_secrets_in_rows_of_their_own() -> None:
    stands = what_stands(table(changing(3, peace=1)))
    assert plain(paragraph(stands, 34)) == [
        "✓ Draft: land · no arms",
        "✓ Cease-fire new  ✓ Want: quiet",
        "✓ Odd: ",
        "secret ✓ Rearming",
        "✓ Draft: by other routes",
    ]
    assert paragraph((), 34) == []


def test_a_row_counts_what_it_has_no_room_for() -> None:
    stands = what_stands(table(changing(3, routes=1)))
    assert plain(some_rows(stands, 30, 1)) == ["✓ Draft: land  +6 new"]
    assert plain(some_rows(stands, 40, 1)) == ["✓ Draft: land · no arms  +5 new"]
    assert some_rows(stands, 200, 1) == some_rows(stands, 200, 9)
    assert "+" not in some_rows(stands, 200, 1)[0].plain
    assert some_rows(stands, 200, 0) == []


def test_ascii_has_its_own_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "_chosen", [glyphs.ASCII])
    stands = what_stands(table())
    assert plain(paragraph(stands, 30))[0] == "* Draft: land - no arms"
    assert "\n".join(plain(paragraph(stands, 9))).isascii()


LABELS = st.lists(
    st.sampled_from(("Draft: ", "", "Want: ")).flatmap(
        lambda start: st.text("ab 漢:[", min_size=1, max_size=30).map(start.__add__)
    ),
    max_size=12,
)


@given(LABELS, st.integers(6, 90), st.integers(1, 4))
def test_no_row_is_too_long_and_none_is_lost(
    labels: list[str], room: int, most: int
) -> None:
    stands = together(
        FlagView(str(i), label, value=True, secret=i % 3 == 0)
        for i, label in enumerate(labels)
    )
    every, some = paragraph(stands, room), some_rows(stands, room, most)
    assert all(each.width <= room for each in (*every, *some))
    assert len(some) <= most
    assert bool(some) == bool(labels)
    told = "".join("".join(plain(every)).split())
    assert all("".join(clean(each.label).split()) in told for each in stands) or any(
        len(label) > room - 12 for label in labels
    )


# --- where


class Table(FakeGame):
    """Gives every seat its view, with flags that are set."""

    flags: tuple[FlagView, ...] = DRAFT

    def view(self, seat: str) -> View:
        known = friendly("europe" if seat == PUBLIC else seat)
        return replace(known, seat=seat, flags=self.flags)


def flagged(seat: str, flags: tuple[FlagView, ...] = DRAFT) -> Table:
    game = Table({seat: "person"}, waits=[seat])
    game.flags = flags
    return game


@pytest.mark.parametrize("seat", [CONTROL, "kyiv"])
async def test_a_narrow_console_has_a_row_of_it_only_when_something_stands(
    seat: str,
) -> None:
    async with at_table(flagged(seat), (80, 24)) as (pilot, play):
        await until_drawn(pilot, play)
        row = next(r for r in shown(pilot).split("\n") if r.startswith(" stands"))
        assert row.startswith(" stands ✓ Draft: territory · recognition · neutrality")
        assert row.rstrip().endswith("small army  +6")
    unset = tuple(replace(flag, value=False) for flag in DRAFT)
    async with at_table(flagged(seat, unset), (80, 24)) as (pilot, play):
        await until_drawn(pilot, play)
        assert play.query_one(StandsBand).size.height == 0


async def test_nothing_of_it_is_left_for_the_next_seat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = FlagView("w", "Want: quiet", value=True, secret=True)
    async with at_table(flagged("kyiv", (own,)), (80, 24)) as (pilot, play):
        await until_drawn(pilot, play)
        assert "secret ✓ Want: quiet" in shown(pilot)
        monkeypatch.setattr(play, "refresh_view", lambda: None)
        await play.sit("europe")
        await pilot.pause()
        assert "Want: quiet" not in shown(pilot)


async def test_a_row_that_comes_leaves_no_scroll_bar_where_all_is_in_view() -> None:
    async with at_table(flagged("kyiv", ()), (80, 24)) as (pilot, play):
        await until_drawn(pilot, play)
        hand = play.query_one(HandPane)
        before = hand.size
        play.draw(replace(play.game.view("kyiv"), flags=DRAFT))
        shorter = lambda: hand.size.height < before.height  # noqa: E731
        await until(pilot, "a row less", shorter)
        hidden = lambda: not hand.show_vertical_scrollbar  # noqa: E731
        await until(pilot, "no scroll bar", hidden)
        assert hand.room.width == before.width


@pytest.mark.parametrize(("size", "rows_"), [((120, 37), 2), ((160, 50), 0)])
async def test_a_team_reads_it_in_its_situation_where_that_has_room(
    size: tuple[int, int], rows_: int
) -> None:
    async with at_table(flagged("kyiv"), size) as (pilot, play):
        await until_drawn(pilot, play)
        assert play.query_one(StandsBand).size.height == rows_
        assert "relief" in shown(pilot)


async def test_a_wide_console_shows_all_clauses_and_marks_what_is_secret() -> None:
    flags = (*DRAFT, FlagView("r", "Rearming", value=True, secret=True))
    async with at_table(flagged(CONTROL, flags), (160, 50)) as (pilot, play):
        await until_drawn(pilot, play)
        text = shown(pilot)
    assert "Draft: " + " · ".join(CLAUSES) in text
    assert "secret ✓ Rearming" in text


async def test_controls_tracks_begin_with_what_the_row_could_not_hold() -> None:
    async with at_table(flagged(CONTROL), (80, 24)) as (pilot, play):
        await until_drawn(pilot, play)
        await press(pilot, "1")
        text = shown(pilot)
        assert "· relief · business" in text
        await press(pilot, "end", "home")
        assert "· relief · business" in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_who_must_answer_sees_every_clause(size: tuple[int, int]) -> None:
    async with at_table(flagged("europe"), size) as (pilot, _):
        await until_screen(pilot, AskScreen)
        await pilot.pause()
        band = pilot.app.screen.query_one(StandsBand)
        text = shown(pilot).split("\n")
        told = " ".join(text[band.region.y : band.region.bottom])
    assert all(clause in told for clause in CLAUSES)
    assert "+" not in told
    assert any("Give way" in row for row in text)


async def test_a_situation_says_what_stands_before_what_was_heard() -> None:
    view = table(flags=(*DRAFT[:2], *(replace(d, value=False) for d in DRAFT[2:])))
    async with on_bench(SituationPane(), lambda p: p.show(view), (40, 20)) as pilot:
        found = [row.strip() for row in rows(pilot.app)]
        start = found.index("What stands")
        assert found[start + 1] == "✓ Draft: territory · recognition"
        assert found[found.index("Not so") + 1].startswith("○ Draft: neutrality")
        await pilot.resize_terminal(40, start + 2)
        await pilot.pause()
        assert "Not so" not in screen(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (96, 27), (160, 50)])
async def test_the_display_shows_the_draft_and_no_secret(size: tuple[int, int]) -> None:
    secret = FlagView("r", "Rearming", value=True, secret=True)
    async with at_table(flagged(CONTROL, (*DRAFT, secret)), size) as (pilot, play):
        await until_drawn(pilot, play)
        await press(pilot, "d")
        await until_screen(pilot, DisplayScreen)
        text = shown(pilot)
    assert " STANDS " in text
    assert "✓ Draft: territory · recognition" in text
    assert "business" in text
    assert "Rearming" not in text


def test_the_display_has_large_letters_for_a_few() -> None:
    view = replace(friendly("kyiv"), seat=PUBLIC)
    few, many = replace(view, flags=DRAFT[:2]), replace(view, flags=DRAFT)
    assert any("█" in each.plain for each in standing_lines(few, 154, 37))
    assert not any("█" in each.plain for each in standing_lines(many, 154, 37))
    assert standing_lines(replace(view, flags=()), 154, 37) == []


@pytest.mark.parametrize("rows_", [7, 12, 17, 37])
def test_hostile_labels_stay_words_on_the_display(rows_: int) -> None:
    flags = tuple(replace(flag, label=HOSTILE) for flag in DRAFT)
    found = standing_lines(replace(friendly("kyiv"), flags=flags), 76, rows_)
    assert all(each.width <= 76 for each in found)
    assert "\x1b" not in "".join(plain(found))
