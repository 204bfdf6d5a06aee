"""The games in `saves/` were played once, and open for ever after."""

from pathlib import Path

import pytest

from tabletop.deck.loader import load
from tabletop.errors import DivergenceError
from tabletop.session.journal import Journal
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC

ROOT = Path(__file__).resolve().parent.parent
EXERCISE = ROOT / "saves" / "bright-days-exercise.jsonl"
SAVES = [
    ROOT / "saves" / "tutorial.jsonl",
    ROOT / "saves" / "bright-days.jsonl",
    EXERCISE,
]
DECKS = [ROOT / "decks" / "tutorial.toml", ROOT / "decks" / "bright-days"]


def names(path: Path) -> str:
    return path.stem


def test_every_shipped_deck_has_a_save() -> None:
    played = {Session.open(path, read_only=True).deck.model.id for path in SAVES}
    assert {load(deck).model.id for deck in DECKS} == played


@pytest.mark.parametrize("path", SAVES, ids=names)
def test_it_replays_to_its_end_and_is_not_touched(path: Path) -> None:
    before = path.read_bytes()
    session = Session.open(path, read_only=True)
    assert not session.warnings
    assert not session.damaged
    for seat in (CONTROL, PUBLIC, *session.deck.model.teams):
        view = session.view(seat)
        assert view.over is not None
        assert len(view.log) > 20
    assert path.read_bytes() == before
    assert not path.with_suffix(".jsonl.torn").exists()


@pytest.mark.parametrize("path", SAVES, ids=names)
def test_it_shows_what_a_save_can_hold(path: Path) -> None:
    session = Session.open(path, read_only=True)
    log = session.view(CONTROL).log
    assert len(session.branches()) > 1, "an undone line"
    assert {"note", "play", "pass", "advance"} <= {entry.kind for entry in log}
    assert any(entry.title.startswith("Ruling") and entry.note for entry in log)
    assert any(entry.note for entry in log if entry.kind == "play"), "an intent"


@pytest.mark.parametrize("path", SAVES, ids=names)
def test_a_changed_move_is_found(path: Path, tmp_path: Path) -> None:
    """The first state that differs is named, with both digests."""
    text = path.read_text(encoding="utf-8")
    digest = Journal.open(path, read_only=True).lines[8].digest
    changed = tmp_path / path.name
    changed.write_text(text.replace(digest, "0" * 32), encoding="utf-8")
    with pytest.raises(DivergenceError, match=rf"move 9 .*{digest}.*0{{32}}"):
        Session.open(changed, read_only=True)


def test_an_exercise_is_told_with_all_that_was_beside_the_moves() -> None:
    session = Session.open(EXERCISE, read_only=True)
    run = session.run_view()
    assert (run.state, run.clock.running) == ("ended", False)
    assert [mark.text for mark in run.bookmarks] == ["The call"]
    judged = {point.id: point.result for point in run.checkpoints if point.result}
    assert judged == {
        "clash_answered": "partly",
        "two_readouts": "met",
        "last_month": "not met",
    }
    assert [line.name for line in session.branches() if line.practice] == ["practice"]
    log = session.view(CONTROL).log
    kinds = {entry.kind for entry in log}
    assert {"exercise", "bookmark", "checkpoint", "judge", "veto", "lift"} <= kinds
    assert {entry.author for entry in log if entry.kind == "note"} == {"", "Ann Lee"}
    assert any(entry.title == "Control fires A train is late" for entry in log)
