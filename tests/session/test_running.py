"""The run of the exercise: what is declared, timed, written down, and found again."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load, load_text
from tabletop.errors import JournalError, MoveError, StorageError
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, LogEntry, Move

ROOT = Path(__file__).parents[2]

DECK = """
format = 1
id = "ferry"
title = "The last ferry"
[rounds]
count = 3
ending = "home"
minutes = { brief = 2, play = 5, talk = 0 }
[teams.crew]
name = "Crew"
[teams.harbour]
name = "Harbour"
[tracks.calm]
label = "Calm"
start = 50
[cards.oil]
team = "crew"
title = "Oil the engine"
effects = ["calm += 5"]
[cards.call]
team = "harbour"
title = "Call the ferry"
effects = ["calm -= 5"]
[endings.home]
title = "Home"
[exercise]
objectives = { decide = "Decide under pressure" }
questions = ["What surprised you?"]
say = { brief = "Listen.", play = "Your move." }
[checkpoints.asks]
text = "The crew asks before it sails"
objective = "decide"
team = "crew"
"""


class Time:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_772_355_600

    def __call__(self) -> str:
        return datetime.fromtimestamp(self.now, UTC).isoformat(timespec="seconds")

    def passes(self, session: Session, amount: int) -> None:
        """The program runs meanwhile, and gives a sign of life each second."""
        for _ in range(amount):
            self.now += 1
            session.beat()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def deck() -> Deck:
    return load_text({"deck.toml": DECK})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ferry.jsonl"


@pytest.fixture
def game(deck: Deck, path: Path, time: Time) -> Iterator[Session]:
    session = Session.new(
        deck, seed=1, seats={CONTROL: "person"}, path=path, clock=time
    )
    session.beat()
    yield session
    session.close()


@pytest.fixture
def reopened(game: Session, path: Path, time: Time) -> Callable[[], Session]:
    def again() -> Session:
        return Session.open(path, read_only=True, clock=time)

    return again


def advance(session: Session) -> None:
    session.submit(CONTROL, Move("advance"))


def beside(session: Session, seat: str = CONTROL) -> list[LogEntry]:
    kinds = ("note", "bookmark", "checkpoint", "exercise")
    return [entry for entry in session.view(seat).log if entry.kind in kinds]


def titles(session: Session, seat: str) -> list[str]:
    return [entry.title for entry in beside(session, seat)]


# --- the exercise


def test_startex_keeps_the_game_where_it_is(game: Session) -> None:
    advance(game)
    head = game.head
    game.exercise("start")
    run = game.run_view()
    assert (run.state, run.say, game.head) == ("running", "Your move.", head)
    assert run.clock.running
    assert run.clock.allotted == 300


def test_a_practice_is_kept_apart_and_the_game_begins_anew(
    game: Session, reopened: Callable[[], Session]
) -> None:
    game.exercise("practice")
    advance(game)
    game.submit(CONTROL, Move("play", "crew", "oil"))
    game.judge("asks", "met")
    last = game.head
    game.exercise("start")
    advance(game)
    for session in (game, reopened()):
        practice = next(each for each in session.branches() if each.tip == last)
        assert (practice.name, practice.practice) == ("practice", True)
        assert session.view(CONTROL).tracks[0].value == 50
        run = session.run_view()
        assert (run.state, run.checkpoints[0].result) == ("running", "")


def test_what_makes_no_sense_is_refused_and_leaves_no_line(
    game: Session, path: Path
) -> None:
    before = path.read_bytes()
    for do in ("end", "pause", "resume", "reopen", "begin"):
        with pytest.raises(MoveError) as refused:
            game.exercise(do)
        assert refused.value.hint
    assert path.read_bytes() == before
    game.exercise("start")
    with pytest.raises(MoveError, match="the exercise is running"):
        game.exercise("start")


def test_everybody_reads_what_is_declared(
    game: Session, reopened: Callable[[], Session]
) -> None:
    game.exercise("start")
    game.exercise("pause")
    game.exercise("resume")
    game.set_clock("extend", 120)
    game.exercise("end")
    said = [
        "StartEx", "PauseEx", "The exercise goes on", "2 minutes more for this phase",
        "EndEx",
    ]  # fmt: skip
    for session in (game, reopened()):
        for seat in (CONTROL, PUBLIC, "crew", "harbour"):
            assert titles(session, seat) == said
    game.exercise("reopen")
    assert game.run_view().state == "running"


def test_what_was_declared_stays_in_the_log_after_undo(game: Session) -> None:
    advance(game)
    game.exercise("start")
    game.undo(CONTROL)
    assert "StartEx" in titles(game, "crew")


ACTS: dict[str, Callable[[Session], object]] = {
    "practice": lambda game: game.exercise("practice"),
    "start": lambda game: game.exercise("start"),
    "pause": lambda game: game.exercise("pause"),
    "resume": lambda game: game.exercise("resume"),
    "end": lambda game: game.exercise("end"),
    "reopen": lambda game: game.exercise("reopen"),
    "go": lambda game: game.set_clock("start"),
    "stop": lambda game: game.set_clock("stop"),
    "more": lambda game: game.set_clock("extend", 120),
    "less": lambda game: game.set_clock("extend", -60),
    "set": lambda game: game.set_clock("set", 30),
    "advance": advance,
    "play": lambda game: game.submit(CONTROL, Move("play", "crew", "oil")),
    "undo": lambda game: game.undo(CONTROL),
    "anew": lambda game: game.undo(CONTROL, anew=True),
    "note": lambda game: game.note("crew", "Hm."),
    "mark": lambda game: game.bookmark(),
    "judge": lambda game: game.judge("asks", "met"),
    "blank": lambda game: game.show_on_display("blank"),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 90))))
def test_a_save_tells_the_run_as_it_was(acts: list[tuple[str, int]]) -> None:
    """Live, followed line by line, and opened anew: the same run, the same logs."""
    time = Time()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ferry.jsonl"
        game = Session.new(
            load_text({"deck.toml": DECK}), seed=1, seats={CONTROL: "person"},
            path=path, clock=time,
        )  # fmt: skip
        shown = Session.open(path, read_only=True, clock=time)
        for do, wait in acts:
            game.beat()
            time.now += wait
            game.beat()
            with contextlib.suppress(MoveError):
                ACTS[do](game)
            shown.follow()
            assert shown.run_view() == game.run_view()
        opened = Session.open(path, read_only=True, clock=time)
        for session in (shown, opened):
            assert session.run_view() == game.run_view()
            assert session.branches() == game.branches()
            for seat in (CONTROL, PUBLIC, "crew"):
                assert session.view(seat).log == game.view(seat).log
        game.close()


# --- its clock


def test_the_clock_goes_by_the_exercise(game: Session, time: Time) -> None:
    time.passes(game, 40)
    game.exercise("start")
    time.passes(game, 50)
    game.exercise("pause")
    time.passes(game, 40)
    assert game.run_view().clock.gone == 50
    with pytest.raises(MoveError, match="paused"):
        game.set_clock("start")
    game.exercise("resume")
    time.passes(game, 5)
    game.set_clock("stop")
    time.passes(game, 50)
    clock = game.run_view().clock
    assert (clock.gone, clock.left, clock.running) == (55, 65, False)


def test_a_suspended_machine_costs_no_time(
    game: Session, time: Time, reopened: Callable[[], Session]
) -> None:
    game.exercise("start")
    time.passes(game, 20)
    time.now += 5_000
    game.beat()
    time.passes(game, 10)
    for session in (game, reopened()):
        clock = session.run_view().clock
        assert (clock.gone, clock.running) == (30, True)


def test_a_slow_moment_is_no_suspension(game: Session, time: Time) -> None:
    game.exercise("start")
    time.now += 25
    game.beat()
    assert game.run_view().clock.gone == 25


def test_quit_and_resume_leaves_the_time_out(
    game: Session, time: Time, path: Path
) -> None:
    game.exercise("start")
    time.passes(game, 45)
    game.close()
    time.now += 9_000
    again = Session.open(path, clock=time)
    again.beat()
    clock = again.run_view().clock
    assert (clock.gone, clock.running, again.run_view().state) == (45, False, "running")
    again.set_clock("start")
    time.passes(again, 5)
    assert again.run_view().clock.gone == 50
    again.close()


def test_a_killed_program_costs_what_came_after_its_last_line(
    game: Session, time: Time, path: Path, tmp_path: Path
) -> None:
    game.exercise("start")
    time.passes(game, 12)
    game.note(CONTROL, "It works.")
    time.passes(game, 20)
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(path.read_bytes())
    time.now += 9_000
    again = Session.open(copy, clock=time)
    clock = again.run_view().clock
    assert (clock.gone, clock.running) == (12, False)
    again.close()


def test_a_phase_can_have_more_time_and_not_less_than_none(game: Session) -> None:
    game.exercise("start")
    game.set_clock("extend", -120)
    assert game.run_view().clock.allotted == 0
    for do, amount in (("extend", -1), ("extend", 10**9), ("wind", 3)):
        with pytest.raises(MoveError):
            game.set_clock(do, amount)
    game.set_clock("set", 90)
    assert game.run_view().clock.left == 90


def test_undo_across_phases_gives_each_its_own_clock(
    game: Session, time: Time, reopened: Callable[[], Session]
) -> None:
    game.exercise("start")
    time.passes(game, 30)
    advance(game)
    time.passes(game, 70)
    game.undo(CONTROL)
    time.passes(game, 5)
    assert game.run_view().clock.gone == 35
    advance(game)
    for session in (game, reopened()):
        assert session.run_view().clock.gone == 70
        assert session.run_view() == game.run_view()


def test_a_full_disk_stops_no_tick(
    game: Session, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    game.exercise("start")
    with monkeypatch.context() as full:
        full.setattr(type(game), "_write", refuse)
        time.now += 100
        game.beat()
    assert game.run_view().state == "running"


def refuse(*_: object, **__: object) -> None:
    raise StorageError("no space is left", "Free some.")


# --- notes, bookmarks, checkpoints


def test_a_note_says_who_and_what_about(
    game: Session, reopened: Callable[[], Session]
) -> None:
    game.note(
        CONTROL, " They hesitate. ", author="Ann", teams=["crew"], objective="decide"
    )
    game.note("crew", "Why us?")
    for session in (game, reopened()):
        first, second = beside(session)
        assert (first.note, first.author) == ("They hesitate.", "Ann")
        assert (first.teams, first.objective) == (("crew",), "decide")
        assert [entry.note for entry in beside(session, "crew")] == ["Why us?"]
        assert second.seat == "crew"
        assert beside(session, "harbour") == beside(session, PUBLIC) == []


@pytest.mark.parametrize("about", [
    {"teams": ["crow"]}, {"objective": "decided"}, {"author": "x" * 61},
])  # fmt: skip
def test_a_note_about_nothing_is_refused(
    game: Session, path: Path, about: dict[str, object]
) -> None:
    before = path.read_bytes()
    with pytest.raises(MoveError) as refused:
        game.note(CONTROL, "Hm.", **about)  # type: ignore[arg-type]
    assert refused.value.hint
    assert path.read_bytes() == before


def test_bookmarks_are_found_again(
    game: Session, reopened: Callable[[], Session], time: Time
) -> None:
    advance(game)
    game.bookmark("The turn")
    game.undo(CONTROL)
    game.bookmark()
    for session in (game, reopened()):
        first, second = session.run_view().bookmarks
        assert (first.text, first.move, first.at) == ("The turn", 1, time())
        assert second.move == 0


def test_checkpoints_are_judged_and_judged_again(
    game: Session, reopened: Callable[[], Session]
) -> None:
    game.judge("asks", "partly", "after a while")
    game.judge("asks", "met")
    for session in (game, reopened()):
        point = session.run_view().checkpoints[0]
        assert (point.result, point.note, point.team) == ("met", "", "crew")
        text = "The crew asks before it sails"
        assert titles(session, CONTROL) == [f"Partly: {text}", f"Met: {text}"]
        assert beside(session, "crew") == beside(session, PUBLIC) == []
    for checkpoint, result in (("ask", "met"), ("asks", "well")):
        with pytest.raises(MoveError) as refused:
            game.judge(checkpoint, result)  # type: ignore[arg-type]
        assert "Known: " in refused.value.hint


def test_the_display_is_covered_and_shown_again(
    game: Session, reopened: Callable[[], Session]
) -> None:
    game.show_on_display("blank")
    assert reopened().run_view().display == "blank"
    game.show_on_display("game")
    assert reopened().run_view().display == "game"
    with pytest.raises(MoveError):
        game.show_on_display("the hand of the crew")


# --- older saves


def test_a_save_of_the_first_format_goes_on(tmp_path: Path, time: Time) -> None:
    path = tmp_path / "old.jsonl"
    path.write_bytes((ROOT / "saves" / "tutorial.jsonl").read_bytes())
    old = Session.open(path, clock=time)
    state = old.tree.digest(old.head)
    old.exercise("start")
    old.bookmark("So far")
    old.close()
    again = Session.open(path, read_only=True, clock=time)
    assert path.read_bytes().startswith(b'{"format":1,')
    assert again.run_view().bookmarks[0].move == again.head
    assert again.tree.digest(again.head) == state


# --- following


def test_another_program_follows_all_of_it(game: Session, path: Path) -> None:
    shown = Session.open(path, read_only=True, clock=game.clock)
    assert not shown.follow()
    assert not game.follow()
    acts: tuple[Callable[[], object], ...] = (
        lambda: game.exercise("start"),
        lambda: advance(game),
        lambda: game.set_clock("extend", 60),
        lambda: game.show_on_display("blank"),
        lambda: game.bookmark("here"),
        lambda: game.judge("asks", "met"),
        lambda: game.set_seat("crew", "bot:first"),
        lambda: game.undo(CONTROL),
    )
    for act in acts:
        act()
        assert shown.follow()
        assert not shown.follow()
        for seat in (*game.seats, PUBLIC):
            view = game.view(seat)
            moves = shown.view(seat).moves
            assert replace(shown.view(seat), moves=moves) == replace(view, moves=moves)
        assert shown.run_view() == game.run_view()


def test_who_follows_is_told_that_the_save_is_another_one(
    game: Session, path: Path
) -> None:
    advance(game)
    shown = Session.open(path, read_only=True)
    path.write_text(path.read_text("utf-8").splitlines(keepends=True)[0])
    with pytest.raises(JournalError, match="no longer the save"):
        shown.follow()


def test_damage_that_comes_up_is_told_once(game: Session, path: Path) -> None:
    shown = Session.open(path, read_only=True)
    with path.open("ab") as file:
        file.write(b'{"number":9}\n{}\n')
    assert shown.follow()
    assert not shown.follow()
    assert "ferry.jsonl:2:1" in shown.warnings[-1]


# --- the shipped decks


@pytest.mark.parametrize("name", ["bright-days", "tutorial.toml"])
def test_every_phase_of_a_shipped_deck_has_its_clock(name: str, time: Time) -> None:
    deck = load(ROOT / "decks" / name)
    game = Session.new(deck, seed=1, seats={CONTROL: "person"}, clock=time)
    game.exercise("start")
    for minutes in deck.model.rounds.minutes.values():
        clock = game.run_view().clock
        assert (clock.allotted, clock.running) == (minutes * 60, minutes > 0)
        for team in deck.model.teams:
            if Move("pass", team) in [m.move for m in game.view(CONTROL).moves]:
                game.submit(CONTROL, Move("pass", team))
        advance(game)
