"""Observers' notes: kept beside the save, read into control's log, never lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.deck.loader import load_text
from tabletop.errors import JournalError, LockedError, TabletopError, UsageError
from tabletop.session.observers import Notebook, Observation, paths, read
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, LogEntry
from tests.session.test_running import DECK, Time, advance

SEEN = Observation(at="2026-03-01T09:00:05Z", move=1, text="They hesitate.")


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def save(tmp_path: Path) -> Path:
    return tmp_path / "ferry.jsonl"


@pytest.fixture
def game(save: Path, time: Time) -> Iterator[Session]:
    deck = load_text({"deck.toml": DECK})
    session = Session.new(
        deck, seed=1, seats={CONTROL: "person"}, path=save, clock=time
    )
    yield session
    session.close()


def book(game: Session, name: str = "Ann") -> Notebook:
    assert game.path
    return Notebook.open(game.path, name, game.tree.digest(0))


def write(game: Session, *seen: Observation, name: str = "Ann") -> Path:
    mine = book(game, name)
    for each in seen:
        mine.write(each)
    mine.close()
    return mine.path


def notes(session: Session, seat: str = CONTROL) -> list[LogEntry]:
    kinds = ("note", "bookmark", "checkpoint")
    return [entry for entry in session.view(seat).log if entry.kind in kinds]


def test_control_reads_what_observers_wrote_by_time(
    game: Session, save: Path, time: Time
) -> None:
    advance(game)
    time.passes(game, 10)
    game.note(CONTROL, "Mine, at ten.")
    early, late = time.now - 5, time.now + 5
    seen = replace(SEEN, teams=["crew", "nobody"], objective="decide")
    time.now = early
    write(game, replace(seen, at=time(), text="At five."))
    time.now = late
    write(game, replace(seen, at=time(), text="At fifteen."), name="Ørjan Ås")
    assert game.beat()
    assert not game.beat()
    for session in (game, Session.open(save, read_only=True, clock=time)):
        found = notes(session)
        assert [entry.note for entry in found] == [
            "At five.", "Mine, at ten.", "At fifteen.",
        ]  # fmt: skip
        assert found[0].author == "Ann"
        assert (found[0].teams, found[0].objective) == (("crew",), "decide")
        for seat in ("crew", "harbour", PUBLIC):
            assert notes(session, seat) == []


def test_notes_of_a_move_that_was_undone_go_with_it(game: Session) -> None:
    advance(game)
    write(game, SEEN)
    game.undo(CONTROL)
    game.hear()
    assert notes(game) == []


def test_observers_mark_and_judge_too(game: Session, time: Time) -> None:
    point = replace(SEEN, kind="checkpoint", checkpoint="asks", result="partly")
    write(game, replace(point, at=time()), replace(SEEN, kind="bookmark", move=0))
    time.now += 60
    game.beat()
    run = game.run_view()
    assert run.checkpoints[0].result == "partly"
    assert run.checkpoints[0].note == "Ann: They hesitate."
    assert run.bookmarks[0].text == "They hesitate. (Ann)"
    game.judge("asks", "met")
    assert game.run_view().checkpoints[0].result == "met"
    write(game, replace(point, at="2026-01-01T00:00:00Z"), name="Ben")
    game.hear()
    assert game.run_view().checkpoints[0].result == "met"


def test_what_is_no_note_is_reported_and_stays(game: Session, save: Path) -> None:
    path = write(game, SEEN)
    good = path.read_bytes()
    line = good.splitlines()[1]
    bad = [
        b"{}", b'{"at":1', b"[]", b"\xff", line.replace(b"note", b"nite"),
        line.replace(b'"move":1', b'"move":"1"'),
        line.replace(b'"teams":[]', b'"teams":[1]'),
        line.replace(b'"move"', b'"moves":1,"move"'),
    ]  # fmt: skip
    path.write_bytes(good + b"\n".join(bad) + b"\n")
    write(game, replace(SEEN, text="After."))
    again = Session.open(save, read_only=True)
    assert [entry.note for entry in notes(again)] == ["They hesitate.", "After."]
    assert len(again.warnings) == len(bad)
    places = [f"{path}:{number}:" for number in range(3, 3 + len(bad))]
    assert all(
        warning.startswith(place)
        for warning, place in zip(again.warnings, places, strict=True)
    )
    assert path.read_bytes().startswith(good + b"\n".join(bad))


def test_what_was_not_written_to_its_end_costs_nothing_else(game: Session) -> None:
    path = write(game, SEEN)
    with path.open("ab") as file:
        file.write(b'{"at":"2026')
    write(game, replace(SEEN, text="Later."))
    found = read(path, game.tree.digest(0))
    assert [each.text for each in found.observations] == ["They hesitate.", "Later."]
    assert len(found.problems) == 1


@pytest.mark.parametrize("first", [
    b"", b"no notes", b"[]", b'{"program":"tabletop"}',
    b'{"program":"tabletop","notes":9,"author":"Ann","start_digest":""}',
    b'{"program":"tabletop","notes":1,"author":"Ann","start_digest":"of another"}',
])  # fmt: skip
def test_a_file_of_another_game_is_left_alone(
    game: Session, save: Path, first: bytes
) -> None:
    path = save.with_name(f"{save.name}.notes-ann")
    path.write_bytes(first + b"\n")
    assert not game.hear()
    assert Session.open(save, read_only=True).warnings[0].startswith(f"{path}:1: ")
    with pytest.raises(JournalError):
        book(game)
    assert path.read_bytes() == first + b"\n"


def test_each_observer_has_a_file(game: Session, save: Path) -> None:
    first = book(game, "Ann Lee")
    with pytest.raises(LockedError):
        book(game, "Ann Lee")
    book(game, "Ben").close()
    first.close()
    with pytest.raises(UsageError, match="Ann Lee"):
        book(game, "ann-lee")
    with pytest.raises(UsageError):
        book(game, "../..")
    names = [f"{save.name}.notes-{name}" for name in ("ann-lee", "ben")]
    assert [path.name for path in paths(save)] == names


def test_a_save_that_is_gone_has_no_notes(tmp_path: Path) -> None:
    assert paths(tmp_path / "nowhere" / "x.jsonl") == []
    assert read(tmp_path / "x", "").problems
    with pytest.raises(TabletopError):
        Notebook.open(tmp_path / "nowhere" / "x.jsonl", "Ann", "")
