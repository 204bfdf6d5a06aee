"""The journal: what is appended comes back, and nothing else changes a save."""

import json
from pathlib import Path
from typing import Any

import pytest

from tabletop.errors import JournalError, StorageError
from tabletop.session import contents, journal
from tabletop.session.journal import Journal, Line
from tests.session.saves import head, header, move, note, write_save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.jsonl"


def test_lines_come_back_as_they_were(path: Path) -> None:
    lines = (
        move(1, note="Why: «слава» \u2028 [/]\n\x1b[31m"),
        note(2, 1, "a note"),
        move(3, 1, move={"kind": "set", "value": -5}, data={"list": [1, None, True]}),
        head(4, 1),
        Line(number=5, parent=1, kind="seat", by="control", at="", data={"who": "x"}),
    )
    with Journal.create(path, header()) as created:
        for line in lines:
            created.append(line)
        assert created.lines == lines
    with Journal.open(path) as opened:
        assert opened.header == header()
        assert opened.lines == lines
        assert opened.warnings == ()
        assert opened.damage is None
        assert not opened.read_only


def test_a_line_is_canonical_json(path: Path) -> None:
    with Journal.create(path, header()) as created:
        created.append(move(1, note="é"))
    first, second, rest = path.read_bytes().split(b"\n")
    assert rest == b""
    assert first.startswith(b'{"format":2,"program":"tabletop","program_version":')
    assert second.decode() == (
        '{"number":1,"parent":0,"kind":"move","by":"red","at":"2026-03-01T09:01:00Z",'
        '"move":{"kind":"play","team":"red","item":"card_1","value":0},"note":"é",'
        '"digest":"00000000000000000000000000000001","data":{}}'
    )


def test_the_order_of_the_deck_files_is_kept(path: Path) -> None:
    files = {"deck.toml": "1", "z.toml": "2", "a.toml": "3"}
    Journal.create(path, header(deck_files=files)).close()
    opened = Journal.open(path, read_only=True)
    assert list(opened.header.deck_files) == ["deck.toml", "z.toml", "a.toml"]


def test_appending_goes_on_after_reopening(path: Path) -> None:
    before = write_save(path, 3)
    with Journal.open(path) as opened:
        opened.append(move(4))
    assert path.read_bytes().startswith(before)
    assert Journal.open(path, read_only=True).lines[-1] == move(4)


def test_nothing_is_left_beside_a_closed_save(path: Path) -> None:
    write_save(path, 1)
    assert list(path.parent.iterdir()) == [path]


def test_the_same_lines_make_the_same_bytes(tmp_path: Path) -> None:
    assert write_save(tmp_path / "a.jsonl", 9) == write_save(tmp_path / "b.jsonl", 9)


@pytest.mark.parametrize("before", [b"", b"something else", None])
def test_a_file_is_never_overwritten(path: Path, before: bytes | None) -> None:
    if before is None:
        before = write_save(path, 2)
    path.write_bytes(before)
    with pytest.raises(JournalError, match="exists already"):
        Journal.create(path, header())
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_link_to_nowhere_is_not_followed(path: Path) -> None:
    path.symlink_to(path.parent / "elsewhere")
    with pytest.raises(JournalError, match="exists already"):
        Journal.create(path, header())
    assert not (path.parent / "elsewhere").exists()


def test_a_save_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no folder"):
        Journal.create(tmp_path / "nowhere" / "x.jsonl", header())


def test_a_draft_of_a_killed_program_is_no_obstacle(path: Path) -> None:
    path.with_name("night.jsonl.new").write_bytes(b"half a hea")
    write_save(path, 1)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], 0),
        ([move(1), move(2)], 2),
        ([move(1), move(2), note(3, 1, "x")], 2),
        ([move(1), move(2), head(3, 1)], 1),
        ([move(1), head(2, 0), note(3, 0, "x")], 0),
        ([move(1), head(2, 0), move(3, 0)], 3),
        ([move(1), move(2), head(3, 1), move(4, 1), head(5, 2)], 2),
    ],
)
def test_head(path: Path, lines: list[Line], expected: int) -> None:
    with Journal.create(path, header()) as created:
        for line in lines:
            created.append(line)
        assert created.head() == expected
    assert Journal.open(path, read_only=True).head() == expected


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (move(1), "has the number 1, where 3 was due"),
        (move(4), "has the number 4, where 3 was due"),
        (move(3, 3), "follows 3, which is no earlier move"),
        (move(3, 2), "follows 2, which is no earlier move"),
        (move(3, -1), "follows -1, which is no earlier move"),
        (move(3, 1, kind="play"), "has the kind 'play'"),
        (move(3, 1, move=None), "has no `move`"),
        (move(3, 1, kind="note"), "has a `move`"),
        (move(3, 1, note="\udcff"), "not valid Unicode"),
        (move(3, 1, data={"x": 0.5}), "holds 0.5, which is no whole number"),
        (move(3, 1, data={"x": float("nan")}), "holds a value that JSON can't"),
        (move(3, 1, data={"x": 10**20}), "more than 20 digits"),
        (move(3, 1, data={"x": (1, 2)}), "would be read back as another"),
        (move(3, 1, data={1: 2}), "would be read back as another"),
        (move(3, 1, data={"x": {1}}), "holds a value that JSON can't"),
        (move(3, 1, by=7), "has 7 as `by`, where text was due"),
        (move(3, 1, note="x" * (5 << 20)), "bytes"),
    ],
)
def test_a_line_that_could_not_be_read_back_is_refused(
    path: Path, line: Line, message: str
) -> None:
    with Journal.create(path, header()) as created:
        created.append(move(1))
        created.append(note(2, 1, "x"))
        before = path.read_bytes()
        with pytest.raises(JournalError, match=message):
            created.append(line)
        assert path.read_bytes() == before
        created.append(move(3, 1))
        assert len(created.lines) == 3


def test_a_value_that_holds_itself_is_refused(path: Path) -> None:
    endless: dict[str, Any] = {}
    endless["x"] = endless
    with (
        Journal.create(path, header()) as created,
        pytest.raises(JournalError, match="holds a value that JSON can't"),
    ):
        created.append(move(1, data=endless))


def test_a_header_of_a_giant_deck_is_refused(path: Path) -> None:
    with pytest.raises(JournalError, match="the most"):
        Journal.create(path, header(deck_files={"deck.toml": "x" * (17 << 20)}))
    assert list(path.parent.iterdir()) == []


def test_a_save_does_not_outgrow_what_can_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(write_save(path, 2))
    monkeypatch.setattr(contents, "MAX_FILE", size + 10)
    monkeypatch.setattr(journal, "MAX_FILE", size + 10)
    with Journal.open(path) as opened, pytest.raises(JournalError, match="is full"):
        opened.append(move(3))
    assert path.stat().st_size == size


def test_nothing_is_appended_read_only_or_after_closing(path: Path) -> None:
    write_save(path, 1)
    with pytest.raises(JournalError, match="not open for writing"):
        Journal.open(path, read_only=True).append(move(2))
    closed = Journal.open(path)
    closed.close()
    closed.close()
    with pytest.raises(JournalError, match="not open for writing"):
        closed.append(move(2))


def test_reading_changes_nothing_on_the_disk(path: Path) -> None:
    before = write_save(path, 2) + b'{"number":3'
    path.write_bytes(before)
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        opened = Journal.open(path, read_only=True)
        assert len(opened.lines) == 2
        assert "left out" in opened.warnings[0]
        assert list(path.parent.iterdir()) == [path]
        assert path.read_bytes() == before
    finally:
        path.parent.chmod(0o700)


def test_a_reader_follows_a_growing_save(path: Path) -> None:
    with Journal.create(path, header()) as writer:
        reader = Journal.open(path, read_only=True)
        assert reader.refresh() == ()
        writer.append(move(1))
        writer.append(move(2))
        assert reader.refresh() == (move(1), move(2))
        assert reader.refresh() == ()
        writer.append(head(3, 1))
        assert reader.refresh() == (head(3, 1),)
        assert reader.lines == writer.lines
        assert reader.head() == 1
        assert writer.refresh() == ()


def test_a_reader_waits_for_the_end_of_a_line(path: Path) -> None:
    whole = write_save(path, 2)
    path.write_bytes(whole[:-20])
    reader = Journal.open(path, read_only=True)
    assert reader.refresh() == ()
    path.write_bytes(whole)
    assert reader.refresh() == (move(2),)


def test_a_reader_stops_at_damage(path: Path) -> None:
    whole = write_save(path, 1)
    reader = Journal.open(path, read_only=True)
    path.write_bytes(whole + b"[]\n")
    assert reader.refresh() == ()
    assert reader.damage is not None
    assert reader.damage.line == 3
    assert reader.refresh() == ()


@pytest.mark.parametrize("lines", [0, 1, 3])
def test_a_reader_notices_another_save_in_its_place(path: Path, lines: int) -> None:
    write_save(path, lines)
    reader = Journal.open(path, read_only=True)
    path.unlink()
    with Journal.create(path, header(seed=1)) as other:
        for number in range(1, lines + 1):
            other.append(move(number, by="blue"))
    with pytest.raises(JournalError, match="no longer the save"):
        reader.refresh()


def test_a_reader_notices_a_line_that_was_taken_back(path: Path) -> None:
    write_save(path, 3)
    reader = Journal.open(path, read_only=True)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))
    with pytest.raises(JournalError, match="no longer the save"):
        reader.refresh()


def test_a_save_may_be_written_in_another_json_style(path: Path) -> None:
    raw = write_save(path, 2).decode()
    loose = "".join(
        json.dumps(json.loads(line), indent=None, sort_keys=True) + " \r\n"
        for line in raw.splitlines()
    )
    path.write_text(loose, encoding="utf-8", newline="")
    opened = Journal.open(path, read_only=True)
    assert opened.header == header()
    assert opened.lines == (move(1), move(2))
