"""A save stepped through line by line."""

import json
import random
import shutil
import sys
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.session.replaying import Replay
from tabletop.session.session import Session
from tests.cli.test_plain_monkey import LINES as TABLE_LINES
from tests.samples import PLAYED

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(PLAYED)
LINES = (
    "next", "back", "", "", "", "next 3", "back 2", "next decision", "back decision",
    "next decision town", "next decision board", "next die", "next ruling", "again",
    "next inject", "next track water", "next track front", "next round", "back phase",
    "next bookmark", "next mark", "back note", "next checkpoint", "next nonsense",
    "next decision nobody", "go 5", "go 12", "go start", "go end", "go 99999", "go x",
    "round 2", "round 99", "board", "hand", "log", "log 3", "why water", "why front",
    "why", "options", "options 1", "options 99", "lines", "line 1", "line 2",
    "line what-if A", "compare 2", "compare what-if A", "compare 5", "compare",
    "seat", "search water", "search the", "search", "mark !", "mark ? Why?", "mark -",
    "mark", "mark words alone", "marks", "seat town", "seat kyiv", "seat control",
    "seat public", "try", "try town", "try all", "try kyiv same dice", "try control",
    "try nobody", "try board into save", "guess", "guess town", "guess kyiv",
    "guess nobody", "export", "export x.doc", "export a.txt", "export a.json",
    "export a.html", "export /no/such/folder/a.txt", "?", "help", "\x1b[2J",
    "[/bold]", "'",
    "9" * 40,
)  # fmt: skip


class Typist:
    """Standard input that types lines, and then no more."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = iter(lines)

    def readline(self) -> str:
        line = next(self._lines, None)
        return "" if line is None else f"{line}\n"

    def isatty(self) -> bool:
        return False


@pytest.fixture
def save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tutorial, played to its end, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(ROOT / "saves" / "tutorial.jsonl", tmp_path))


def replayed(
    save: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch, *more: str
) -> int:
    monkeypatch.setattr(sys, "stdin", Typist(lines))
    return main(["replay", str(save), "--plain", *more])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_nothing_typed_does_harm(
    sample: Path,
    seed: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever is typed, and into which of its tables: it ends cleanly."""
    monkeypatch.chdir(tmp_path)
    save = Path(shutil.copy(sample, tmp_path))
    before = save.read_bytes()
    luck = random.Random(seed)
    lines = [
        luck.choice(TABLE_LINES if luck.random() < 0.25 else LINES) for _ in range(120)
    ]
    assert replayed(save, lines, monkeypatch) == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out
    assert "Traceback" not in said.err
    assert save.read_bytes().startswith(before)
    for path in tmp_path.glob("*.jsonl"):
        assert main(["verify", str(path)]) == 0


def test_a_save_is_stepped_through(
    save: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["go 8", "options", "why water", "next ruling", "q", "not read any more"]
    assert replayed(save, lines, monkeypatch) == 0
    out = capsys.readouterr().out
    assert "* 8  River board plays Hold the river back" in out
    assert "1. Play Hold the river back, which was chosen" in out
    assert "2. Play Open the sluice" in out
    assert "Water at the gauge began at 30." in out
    assert "Ruling: " in out
    assert "not read" not in out


def test_only_what_a_seat_may_know_is_told(
    save: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["go end", "board", "log 99", "lines", "guess board", "try board", "go 8",
             "options"]  # fmt: skip
    assert replayed(save, lines, monkeypatch, "--seat", "town") == 0
    out = capsys.readouterr().out
    assert "Room in the reservoir" not in out
    assert "We changed our mind" not in out
    assert "you may only take your own seat" in out
    assert "can play on as it alone" in out
    assert "no team of yours decided here" in out
    assert main(["replay", str(save), "--plain", "--seat", "nobody"]) == 2


def test_another_way_is_tried_and_seen_beside_what_was_played(
    save: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = save.read_bytes()
    lines = ["go 11", "try town", "1", "1", "q", "lines", "line what-if A", "go end"]
    assert replayed(save, lines, monkeypatch) == 0
    out = capsys.readouterr().out
    assert "Kept as what-if A." in out
    assert "b1, as played beside what-if A:" in out
    assert "what-if A: what if" in out
    assert save.read_bytes() == before
    assert replayed(save, ["lines", "go 11", "try town", "q"], monkeypatch) == 0
    out = capsys.readouterr().out
    assert "what-if A: what if" in out
    assert "Nothing was played." in out


def test_the_save_takes_the_line_when_one_says_so(
    save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert replayed(save, ["go 11", "try town into save", "1", "q"], monkeypatch) == 0
    assert [path.name for path in save.parent.iterdir()] == ["tutorial.jsonl"]
    session = Session.open(save, read_only=True)
    assert [course.name for course in session.tree.courses()][-1] == "what-if A"


def test_one_chooses_before_seeing_what_they_chose(
    save: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["guess town", "h", "p 3", "3", "7", "99", "s", "0", "q", "q"]
    assert replayed(save, lines, monkeypatch) == 0
    out = capsys.readouterr().out
    first = out.index("Decision 1 of")
    assert "They:" not in out[:first]
    assert out.index("What would you do?") < out.index("They said: The dike first.")
    assert "You chose as Saltmouth did in" in out
    assert "there is no choice '99'" in out
    assert "! 'Shut the harbour gate' can't be played now\n  only as a response" in out


def test_marks_stay_beside_the_save(
    save: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = save.read_bytes()
    lines = ["go 5", "mark ?! Too early", "go 8", "mark Only words", "go 9", "mark !",
             "mark -"]  # fmt: skip
    assert replayed(save, lines, monkeypatch) == 0
    assert save.read_bytes() == before
    capsys.readouterr()
    assert replayed(save, ["next mark", "marks", "again"], monkeypatch) == 0
    out = capsys.readouterr().out
    assert "* Marked ?!: Too early" in out
    assert "   8  Only words" in out
    replay = Replay.open(save)
    marks = replay.annotations()
    assert marks is not None
    assert list(marks.all()) == [5, 8]
    replay.close()
    with (save.parent / "tutorial.jsonl.marks").open("ab") as file:
        file.write(b'{"move":5')
    assert replayed(save, ["marks", "mark ! More", "q"], monkeypatch) == 0
    said = capsys.readouterr()
    assert "tutorial.jsonl.marks:6" in said.err
    assert "?! Too early" in said.out


def test_a_moment_is_written_to_a_file(
    save: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["go 8", "export a.json", "export a.txt", "export a.html", "export a.txt"]
    assert replayed(save, lines, monkeypatch) == 0
    assert "a.txt exists already" in capsys.readouterr().out
    view = json.loads(Path("a.json").read_text(encoding="utf-8"))["view"]
    assert view["move"] == 8
    assert "Water at the gauge: 30" in Path("a.txt").read_text(encoding="utf-8")
    assert Path("a.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_bad_save_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("nonsense\n", encoding="utf-8")
    assert main(["replay", str(bad), "--plain"]) == 4
    assert main(["replay", str(tmp_path / "none.jsonl"), "--plain"]) == 4
