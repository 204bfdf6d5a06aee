"""The games in `saves/` were played once, and open for ever after, in every verb."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.deck.loader import load
from tabletop.errors import DivergenceError
from tabletop.report.comparing.comparison import compare, read_groups
from tabletop.session.journal import Journal
from tabletop.session.records import Line
from tabletop.session.replaying import Replay
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC
from tests.decks.shipped import BRIGHT_DAYS, HOSPITAL, HOUR, TUTORIAL
from tests.report.reports import forms, read_report
from tests.samples import (
    BY_BOTS,
    DIGESTS,
    ENDINGS,
    GROUPS,
    PLAYED,
    REPORTS,
    SAVES,
    stem,
)

EXERCISE = SAVES / "bright-days-exercise.jsonl"


def test_every_shipped_deck_has_a_save() -> None:
    played = {Journal.open(path, read_only=True).header.deck_id for path in PLAYED}
    decks = (TUTORIAL, BRIGHT_DAYS, HOUR, HOSPITAL)
    assert {load(deck).model.id for deck in decks} == played


@pytest.mark.parametrize("path", [*PLAYED, *BY_BOTS], ids=stem)
def test_it_replays_to_its_end_and_is_not_touched(path: Path) -> None:
    before = path.read_bytes()
    session = Session.open(path, read_only=True)
    assert not session.warnings
    assert not session.damaged
    for seat in (CONTROL, PUBLIC, *session.deck.model.teams):
        view = session.view(seat)
        assert view.over is not None
        assert view.over.ending == ENDINGS.get(path.stem, view.over.ending)
        assert len(view.log) > 20
    assert path.read_bytes() == before
    assert not path.with_suffix(".jsonl.torn").exists()


@pytest.mark.parametrize("path", PLAYED, ids=stem)
def test_it_shows_what_a_save_can_hold(path: Path) -> None:
    session = Session.open(path, read_only=True)
    log = session.view(CONTROL).log
    assert len(session.branches()) > 1, "an undone line"
    assert {"note", "play", "pass", "advance"} <= {entry.kind for entry in log}
    assert any(entry.title.startswith("Ruling") and entry.note for entry in log)
    assert any(entry.note for entry in log if entry.kind == "play"), "an intent"


def moves(path: Path) -> list[Line]:
    return [each for each in Journal.open(path, read_only=True).lines if each.move]


@pytest.mark.parametrize("path", PLAYED, ids=stem)
def test_a_changed_move_is_found(path: Path, tmp_path: Path) -> None:
    """The first state that differs is named, with both digests."""
    text = path.read_text(encoding="utf-8")
    ninth = moves(path)[8]
    digest = ninth.digest
    changed = tmp_path / path.name
    changed.write_text(text.replace(digest, "0" * 32), encoding="utf-8")
    with pytest.raises(
        DivergenceError, match=rf"move {ninth.number} .*{digest}.*0{{32}}"
    ):
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


def test_no_save_is_ever_changed() -> None:
    there = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in SAVES.glob("*.jsonl")
    }
    assert {each: there.get(each) for each in DIGESTS} == DIGESTS


def test_no_save_tells_where_it_was_made() -> None:
    for path in (*PLAYED, *BY_BOTS, *REPORTS):
        assert not re.search(r"/(home|tmp|Users|root|var)/", path.read_text("utf-8"))


@pytest.mark.parametrize("path", PLAYED, ids=stem)
def test_it_is_stepped_through_from_every_seat(path: Path) -> None:
    replay = Replay.open(path)
    tips = [line.branch.tip for line in replay.lines()]
    assert len(tips) == len(replay.session.branches())
    for seat in (CONTROL, PUBLIC, *replay.session.deck.model.teams):
        replay.seat = seat
        for tip in tips:
            moments = replay.moments(tip)
            assert moments[0].number == 0
            for moment in [*moments[::9], moments[-1], *moments[-2::-13]]:
                assert replay.view(moment.number, tip).move == moment.number
    replay.close()


@pytest.mark.parametrize("path", PLAYED, ids=stem)
def test_it_is_reported_to_every_seat(path: Path) -> None:
    session = Session.open(path, read_only=True)
    for seat in (CONTROL, PUBLIC, *session.deck.model.teams):
        html, markdown = forms(session, seat)
        assert read_report(html).wrong == []
        assert "# " in markdown


@pytest.mark.parametrize("path", PLAYED, ids=stem)
def test_it_is_exported_verified_and_printed(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, sheet = str(tmp_path / "out"), str(tmp_path / "now.html")
    at = moves(path)[8].number
    assert main(["verify", str(path)]) == 0
    assert main(["export", str(path), "-o", out, "--all-lines"]) == 0
    assert main(["print", str(path), "--at", str(at), "-o", sheet]) == 0
    capsys.readouterr()
    assert main(["export", str(path), "--at", str(at)]) == 0
    assert json.loads(capsys.readouterr().out)["view"]["move"] == at
    for made in (tmp_path / "out").iterdir():
        assert len(made.read_text(encoding="utf-8").splitlines()) > 1


def test_the_groups_that_played_bright_days_can_be_compared_at_once() -> None:
    groups, refused = read_groups(GROUPS)
    assert refused == []
    told = compare(groups)
    assert len({group.ending for group in told.groups}) > 1
    assert told.tracks[0].spread > 20
    assert any(len(each.chosen) > 1 for each in told.questions)
    assert any(each.chosen[0][1:] == (("A", "B"),) for each in told.decisions)


def test_every_ending_of_bright_days_has_a_game() -> None:
    assert set(load(BRIGHT_DAYS).model.endings) <= set(ENDINGS.values())


def told(report: str) -> list[str]:
    """Ending, scores, and each decision with its intent: what must not change."""
    rows = [re.split(r" \| ", line.strip("| ")) for line in report.splitlines()]
    ends = [row[1] for row in rows if row[0] == "Ending"]
    scores = report.split("### Scores")[1].split("###")[0]
    decisions = report.split("## 3. Decisions")[1].split("## 4.")[0]
    cells = [line.split(" | ")[1:4] for line in decisions.splitlines() if "**" in line]
    return [*ends, *scores.split(), *(" ".join(each) for each in cells)]


@pytest.mark.parametrize("path", REPORTS, ids=stem)
def test_a_report_beside_the_saves_tells_its_game(path: Path) -> None:
    """Words may be put better later; what was played stays."""
    session = Session.open(SAVES / f"{path.stem}.jsonl", read_only=True)
    kept = told(path.read_text(encoding="utf-8"))
    assert kept == told(forms(session, CONTROL)[1])
    assert len(kept) > 50
    assert "## 9. Turning points" in path.read_text(encoding="utf-8")
