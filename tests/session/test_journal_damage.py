"""Saves that are cut off, damaged or no saves: told with their place, never harmed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.errors import DamagedError, JournalError, NewerFormatError
from tabletop.session.contents import MAX_FILE, MAX_HEADER, MAX_LINE
from tabletop.session.journal import Journal
from tests.session.saves import head, header, move, note, write_save

LINES = 6


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.jsonl"


@pytest.fixture
def whole(path: Path) -> bytes:
    return write_save(path, LINES)


@pytest.fixture
def torn(path: Path) -> Path:
    return path.with_name("night.jsonl.torn")


def _cut_lengths(whole: bytes) -> tuple[int, list[int]]:
    """Where the header ends, and where each line after it does."""
    ends = [place + 1 for place, byte in enumerate(whole) if byte == ord("\n")]
    return ends[0], ends[1:]


def test_a_save_cut_off_anywhere_keeps_its_whole_lines(
    path: Path, whole: bytes
) -> None:
    header_end, ends = _cut_lengths(whole)
    for length in range(header_end, len(whole) + 1):
        path.write_bytes(whole[:length])
        complete = sum(end <= length for end in ends)
        opened = Journal.open(path, read_only=True)
        assert len(opened.lines) == complete, length
        assert opened.damage is None
        clean = length in (header_end, *ends)
        assert bool(opened.warnings) is not clean


def test_a_save_cut_off_anywhere_can_be_continued(
    path: Path, whole: bytes, torn: Path
) -> None:
    header_end, ends = _cut_lengths(whole)
    for length in range(header_end, len(whole) + 1, 7):
        path.write_bytes(whole[:length])
        torn.unlink(missing_ok=True)
        complete = sum(end <= length for end in ends)
        with Journal.open(path) as opened:
            opened.append(move(complete + 1))
        good = ([header_end, *ends])[complete]
        kept = torn.read_bytes() if torn.exists() else b""
        assert whole[good:length] in kept
        assert path.read_bytes()[:good] == whole[:good]
        assert len(Journal.open(path, read_only=True).lines) == complete + 1


def test_a_save_cut_off_in_its_header_is_an_error(path: Path, whole: bytes) -> None:
    header_end, _ = _cut_lengths(whole)
    for length in range(header_end):
        path.write_bytes(whole[:length])
        for read_only in (True, False):
            with pytest.raises(JournalError, match=r"is cut off|is empty"):
                Journal.open(path, read_only=read_only)
        assert path.read_bytes() == whole[:length]


def test_a_torn_line_is_set_aside_with_its_time(
    path: Path, whole: bytes, torn: Path
) -> None:
    path.write_bytes(whole + b'{"number":7,"par')
    with Journal.open(path, at="2026-03-01T10:00:00Z") as opened:
        assert len(opened.lines) == LINES
        assert "set aside in" in opened.warnings[0]
        assert "night.jsonl.torn" in opened.warnings[0]
    assert path.read_bytes() == whole
    assert torn.read_bytes() == (
        f"--- 2026-03-01T10:00:00Z: 16 bytes from byte {len(whole)}\n".encode()
        + b'{"number":7,"par\n'
    )


def test_what_is_set_aside_again_is_added(path: Path, whole: bytes, torn: Path) -> None:
    for tail in (b"one", b"two"):
        path.write_bytes(whole + tail)
        Journal.open(path).close()
    assert [line for line in torn.read_bytes().splitlines() if line[:3] != b"---"] == [
        b"one",
        b"two",
    ]


@pytest.mark.parametrize(
    "tail", [b"\x00" * 300, b"{}\x00\n", b"\n", b"\xff\xff\n", b'{"number":7\n']
)
def test_a_last_line_that_is_no_json_is_torn(
    path: Path, whole: bytes, tail: bytes, torn: Path
) -> None:
    path.write_bytes(whole + tail)
    with Journal.open(path) as opened:
        assert len(opened.lines) == LINES
        assert len(opened.warnings) == 1
    assert path.read_bytes() == whole
    assert tail.rstrip(b"\n") in torn.read_bytes()


def test_nothing_is_cut_when_it_cannot_be_set_aside(
    path: Path, whole: bytes, torn: Path
) -> None:
    torn.mkdir()
    path.write_bytes(whole + b"tail")
    with pytest.raises(JournalError, match=r"\.torn can't be written"):
        Journal.open(path)
    assert path.read_bytes() == whole + b"tail"
    assert len(Journal.open(path, read_only=True).lines) == LINES


def _change(number: int, old: bytes, new: bytes) -> Callable[[list[bytes]], None]:
    """Replaces bytes in a line of the file (1 is the header)."""

    def change(lines: list[bytes]) -> None:
        assert lines[number - 1].count(old) >= 1
        lines[number - 1] = lines[number - 1].replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("change", "line", "column", "found"),
    [
        (_change(3, b",", b";"), 3, 12, "is not JSON: Expecting ',' delimiter"),
        (_change(3, b"red", b"r\xffd"), 3, 45, "is not UTF-8: found the byte 0xff"),
        (_change(3, b"}", b""), 3, 202, "is not JSON"),
        (_change(3, b":2", b":9"), 3, 2, "has the number 9, where 2 was due"),
        (_change(3, b":2", b":-2"), 3, 2, "has the number -2"),
        (_change(3, b":2", b":true"), 3, 2, "has true as `number`"),
        (_change(3, b":2", b":2.0"), 3, 11, "holds 2.0, which is no whole number"),
        (_change(3, b":2", b":NaN"), 3, 11, "holds NaN"),
        (_change(3, b":2", b":" + b"9" * 5000), 3, 11, "more than 20 digits"),
        (_change(3, b'parent":1', b'parent":2'), 3, 13, "follows 2, which is no"),
        (_change(3, b'parent":1', b'parent":99'), 3, 13, "follows 99, which is no"),
        (_change(3, b'"parent":1,', b""), 3, 1, "has no `parent`"),
        (_change(3, b'parent":1', b'parent":1,"a":1'), 3, 24, "unknown key 'a'"),
        (_change(3, b'"parent"', b'"number"'), 3, 13, "has the key 'number' twice"),
        (_change(3, b'"move","', b'"play","'), 3, 24, "has the kind 'play'"),
        (_change(3, b'"red"', b"null"), 3, 38, "has null as `by`, where text was due"),
        (_change(3, b'"red"', b"[1]"), 3, 38, "has a list as `by`, where text"),
        (_change(3, b"red", b"\\ud83d"), 3, 44, "half of a character"),
        (_change(3, b"red", b"r\x00d"), 3, 45, "is not JSON: Invalid control"),
        (_change(3, b'"red"', b"[" * 5000), 3, 1, "brackets deep"),
        (lambda lines: lines.insert(2, b"\n"), 3, 1, "is not JSON"),
        (lambda lines: lines.insert(2, b"[]\n"), 3, 1, "is a list, where an object"),
        (lambda lines: lines.insert(2, b"7\n"), 3, 1, "is 7, where an object"),
        (lambda lines: lines.insert(2, lines[1]), 3, 2, "has the number 1"),
        (lambda lines: lines.insert(2, lines[0]), 3, 1, "has no `number`"),
        (lambda lines: lines.pop(2), 3, 2, "has the number 3, where 2 was due"),
        (lambda lines: lines.insert(2, b"x" * (MAX_LINE + 1) + b"\n"), 3, 1, "longer"),
        (lambda lines: lines.append(b"x" * (MAX_LINE + 1)), 8, 1, "longer"),
        (lambda lines: lines.append(b"{}\n"), 8, 1, "has no `number`"),
    ],
)
def test_damage_is_named_and_what_stands_before_it_opens(
    path: Path,
    whole: bytes,
    change: Callable[[list[bytes]], None],
    line: int,
    column: int,
    found: str,
) -> None:
    lines = whole.splitlines(keepends=True)
    change(lines)
    path.write_bytes(b"".join(lines))
    for read_only in (True, False):
        opened = Journal.open(path, read_only=read_only)
        assert opened.damage is not None
        place = (opened.damage.path, opened.damage.line, opened.damage.column)
        assert place == (path, line, column)
        assert found in opened.damage.found
        assert str(opened.damage).startswith(f"{path}:{line}:{column}: this line ")
        assert str(opened.damage) in opened.warnings[0]
        assert opened.read_only
        assert len(opened.lines) == line - 2
        with pytest.raises(JournalError, match="not open for writing"):
            opened.append(move(line - 1))
    assert path.read_bytes() == b"".join(lines)
    assert list(path.parent.iterdir()) == [path]


def test_only_moves_have_lines_after_them(path: Path) -> None:
    with Journal.create(path, header()) as journal:
        journal.append(move(1))
        journal.append(note(2, 1, "x"))
        journal.append(head(3, 1))
        journal.append(move(4, 1))
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"number":4,"parent":1', b'"number":4,"parent":3'))
    opened = Journal.open(path, read_only=True)
    assert opened.damage is not None
    assert opened.damage.found == "follows 3, which is no earlier move"
    assert len(opened.lines) == 3


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is empty"),
        (b"\n", "is not a save"),
        (b"junk", "is not a save"),
        (b"{}\n", "is not a save of tabletop"),
        (b"[1,2]\n", "is not a save of tabletop"),
        (b'"text"\n', "is not a save of tabletop"),
        (b'{"seed":1}', "is not a save of tabletop"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "is not a save: is not UTF-8|is not JSON"),
        (b"\xff\xfe{\x00\n\x00", "is not UTF-8"),
        (b"\xef\xbb\xbf{}\n", "is not JSON"),
        (b"[" * 100_000 + b"\n", "brackets"),
        (b'{"a":' * 100_000 + b"\n", "brackets"),
        (b"1" * 100_000 + b"\n", "is not a save"),
        (b'{"format":1,"program":"chess"}\n', "another program, 'chess'"),
        (b'{"format":1,"program":{}}\n', "another program"),
        (b'{"format":1,"program":"tabletop"}\n', "has no `program_version`"),
        (b'{"format":0,"program":"tabletop"}\n', "has no `format` that"),
        (b'{"format":true,"program":"tabletop"}\n', "has True|has true as `format`"),
        (b'{"format":"2","program":"tabletop"}\n', "has no `format` that"),
        (b'{"format":1,"x\n', "is not JSON"),
    ],
)
def test_other_files_are_refused_and_left_alone(
    path: Path, raw: bytes, message: str
) -> None:
    path.write_bytes(raw)
    for read_only in (True, False):
        with pytest.raises(JournalError, match=message) as caught:
            Journal.open(path, read_only=read_only)
        assert str(path) in caught.value.message
        assert caught.value.hint
    assert path.read_bytes() == raw
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        (b'"seed":18446744073709551615', b'"seed":"1"', "has '1' as `seed`"),
        (b'"game":0,', b"", "has no `game`"),
        (b'"game":0', b'"game":0,"game":1', "has the key 'game' twice"),
        (b'"game":0', b'"game":0,"luck":1', "has an unknown key 'luck'"),
        (b'"red":"person"', b'"red":1', "has an object as `seats`"),
    ],
)
def test_a_damaged_header_is_an_error_with_its_place(
    path: Path, whole: bytes, key: bytes, value: bytes, found: str
) -> None:
    assert key in whole
    path.write_bytes(whole.replace(key, value, 1))
    with pytest.raises(DamagedError) as caught:
        Journal.open(path)
    assert caught.value.message.startswith(f"{path}:1:")
    assert found in caught.value.message


def test_a_newer_save_is_refused_with_the_version_that_reads_it(path: Path) -> None:
    raw = b'{"format":3,"program":"tabletop","program_version":"3.1.0","new":{}}\n'
    path.write_bytes(raw)
    with pytest.raises(NewerFormatError, match="has save format 3") as caught:
        Journal.open(path)
    assert "3.1.0" in caught.value.hint


def test_a_folder_is_no_save(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="is a folder"):
        Journal.open(tmp_path)


def test_a_missing_save_is_an_error_and_leaves_no_lock(path: Path) -> None:
    with pytest.raises(JournalError, match="there is no save"):
        Journal.open(path)
    assert list(path.parent.iterdir()) == []


def test_a_pipe_is_no_save_and_does_not_hang(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(JournalError, match="not an ordinary file"):
        Journal.open(path)


def test_a_device_is_no_save() -> None:
    with pytest.raises(JournalError, match="not an ordinary file"):
        Journal.open(Path("/dev/zero"), read_only=True)


def test_a_name_that_no_file_can_have_is_an_error() -> None:
    with pytest.raises(JournalError, match="can't be read"):
        Journal.open(Path("x" * 5000), read_only=True)


def test_a_file_of_giant_size_is_refused_unread(path: Path, whole: bytes) -> None:
    os.truncate(path, MAX_FILE + 1)
    with pytest.raises(JournalError, match="too large"):
        Journal.open(path)
    assert path.stat().st_size == MAX_FILE + 1


def test_a_first_line_without_end_is_refused(path: Path, whole: bytes) -> None:
    path.write_bytes(b'{"format":1,"program":"' + b"x" * MAX_HEADER)
    with pytest.raises(DamagedError, match="longer than any header"):
        Journal.open(path)
