"""Clock arithmetic: whatever is declared, extended, undone or slept through."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.session.clock import STEPS, Clock, Place, seconds

MINUTES = (3, 0, 10)
"""Of the phases of a round; the second one has no time."""
PLACES = [(round_, phase) for round_ in (1, 2) for phase in range(len(MINUTES))]


@dataclass(frozen=True)
class Event:
    """A line, how long after the one before it, and what it does."""

    after: int
    kind: str
    do: str = ""
    amount: int = 0
    place: Place = (1, 0)


def events() -> st.SearchStrategy[list[Event]]:
    after = st.integers(-50, 600)
    places = st.sampled_from(PLACES)
    declared = st.builds(
        Event, after, st.just("exercise"), do=st.sampled_from(sorted(STEPS))
    )
    moves = st.builds(
        Event, after, st.sampled_from(["move", "head"]), place=places
    )  # fmt: skip
    stops = st.builds(
        Event, after, st.just("clock"), do=st.sampled_from(["start", "stop", "away"]),
        amount=st.integers(0, 300),
    )  # fmt: skip
    more = st.builds(
        Event, after, st.just("clock"), do=st.sampled_from(["extend", "set"]),
        amount=st.integers(-100, 300),
    )  # fmt: skip
    others = st.builds(Event, after, st.just("note"))
    return st.lists(declared | moves | stops | more | others, max_size=30)


def new() -> Clock:
    clock = Clock(MINUTES, (1, 0))
    clock.pass_to(0)
    return clock


def tell(clock: Clock, event: Event, now: int) -> None:
    if event.kind in ("move", "head"):
        clock.go_to(event.place, now, played=event.kind == "move")
    elif event.kind == "exercise":
        clock.declare(event.do, now)
    elif event.kind == "clock":
        clock.command(event.do, event.amount, now)
    else:
        clock.pass_to(now)


def started() -> Clock:
    clock = new()
    clock.declare("start", 0)
    return clock


def begins(clock: Clock, event: Event) -> bool:
    """Whether all clocks begin anew with a line."""
    return (event.kind, event.do) == ("exercise", "start") and clock.state in (
        "open",
        "practice",
    )


def spent(clock: Clock) -> dict[Place, int]:
    return {place: count.spent for place, count in clock.counts.items()}


@given(events())
def test_time_is_what_passed_while_a_clock_ran(told: list[Event]) -> None:
    """Over all phases together, and never less than nothing in any of them."""
    clock, now, ran = new(), 0, 0
    for event in told:
        away = event.amount if event.do == "away" else 0
        ran += max(0, event.after - away) if clock.running else 0
        now += event.after
        before = spent(clock)
        if begins(clock, event):
            before, ran = {}, 0
        tell(clock, event, now)
        after = spent(clock)
        assert sum(after.values()) == ran
        assert all(after[place] >= before[place] for place in before)
        assert min(after.values(), default=0) >= 0


@given(events(), st.integers(0, 5_000))
def test_looking_changes_nothing_and_says_what_a_line_would(
    told: list[Event], later: int
) -> None:
    looked, blind, now = new(), new(), 0
    for event in told:
        now += event.after
        looked.view(now + later)
        tell(looked, event, now)
        tell(blind, event, now)
    assert looked == blind
    ahead = looked.view(now + later)
    looked.pass_to(now + later)
    assert looked.view(now + later) == ahead
    if not looked.running:
        assert ahead.gone == blind.view(now).gone


@given(events(), events())
def test_a_clock_that_stands_counts_nothing(
    before: list[Event], after: list[Event]
) -> None:
    clock, now = new(), 0
    for event in before:
        now += event.after
        tell(clock, event, now)
    clock.command("stop", 0, now)
    counted = spent(clock)
    for event in after:
        if event.kind in ("note", "head"):
            now += event.after
            clock.pass_to(now)
    assert spent(clock) == counted


@given(st.permutations([60, -30, 120, 5]), st.lists(st.integers(0, 90), max_size=8))
def test_the_order_in_which_time_is_added_is_the_same(
    amounts: list[int], waits: list[int]
) -> None:
    clock, now = started(), 0
    for amount, wait in zip(amounts, [*waits, 0, 0, 0, 0], strict=False):
        now += wait
        clock.command("extend", amount, now)
    view = clock.view(now)
    assert view.allotted == MINUTES[0] * 60 + 155
    assert view.gone == now


@given(st.lists(st.integers(0, 400), min_size=1, max_size=9))
def test_pauses_add_up_to_what_was_not_counted(spans: list[int]) -> None:
    """Running and paused by turns: only every second span counts."""
    clock, now = started(), 0
    for place, span in enumerate(spans):
        now += span
        clock.declare("resume" if place % 2 else "pause", now)
    assert clock.view(now + 99).gone == sum(spans[::2]) + 99 * (len(spans) % 2 == 0)


@given(st.integers(-5_000, 5_000), st.integers(0, 5_000))
def test_what_is_left_can_be_set(left: int, spent: int) -> None:
    clock = started()
    clock.command("set", left, spent)
    view = clock.view(spent)
    assert view.left == left or view.allotted == 0
    assert view.gone == spent


def test_undo_gives_a_phase_its_clock_as_it_was_left() -> None:
    clock = started()
    clock.command("extend", 60, 30)
    clock.go_to((1, 1), 100, played=True)
    assert not clock.running
    clock.go_to((1, 0), 150, played=False)
    view = clock.view(160)
    assert (view.running, view.allotted, view.gone) == (True, 240, 110)


def test_undo_within_a_phase_leaves_its_clock() -> None:
    clock = started()
    clock.go_to((1, 0), 20, played=True)
    clock.go_to((1, 0), 50, played=False)
    assert (clock.view(60).gone, clock.view(60).idle) == (60, 10)


def test_a_phase_opens_with_its_clock_unless_the_exercise_is_paused() -> None:
    clock = started()
    clock.go_to((1, 2), 10, played=True)
    clock.declare("pause", 20)
    assert clock.view(25).gone == 10
    clock.go_to((2, 0), 30, played=True)
    assert clock.view(35).gone == 0
    clock.declare("resume", 40)
    assert clock.view(45).gone == 5
    assert clock.view(45).running


def test_time_before_startex_is_off_the_record() -> None:
    clock = new()
    clock.declare("practice", 5)
    clock.command("start", 0, 5)
    clock.command("extend", 300, 10)
    clock.go_to((1, 2), 100, played=True)
    clock.go_to((1, 0), 200, played=False)
    clock.declare("start", 200)
    view = clock.view(210)
    assert (view.gone, view.allotted) == (10, 180)


def test_more_than_the_time_is_no_end() -> None:
    clock = started()
    assert clock.view(200).left == -20
    assert clock.view(200).running


@pytest.mark.parametrize("at", ["", "soon", "2026-13-01T00:00:00Z", "9" * 400])
def test_what_is_no_time_stops_nothing(at: str) -> None:
    clock = started()
    clock.pass_to(seconds(at))
    assert clock.view(seconds(at)).gone == 0
    assert clock.view(10).gone == 10


def test_times_are_read_with_any_offset() -> None:
    same = {
        seconds("2026-03-01T09:00:00Z"),
        seconds("2026-03-01T09:00:00"),
        seconds("2026-03-01T10:00:00+01:00"),
        seconds("2026-03-01T09:00:00.900+00:00"),
    }
    assert len(same) == 1
