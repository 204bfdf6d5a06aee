"""Saves with bytes changed at random open, or are refused in words; nothing else.

TABLETOP_MUTATIONS sets how many are tried, TABLETOP_MUTATION_SEED which.
"""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.errors import JournalError
from tabletop.session.journal import Journal, Line
from tests.session.saves import head, header, move, note

MUTATIONS = int(os.environ.get("TABLETOP_MUTATIONS", "4000"))
SEED = int(os.environ.get("TABLETOP_MUTATION_SEED", "1"))
WRITERS = 8
"""One in so many is opened for writing, which waits for the disk."""

SPITEFUL = [
    b"\n", b"\r\n", b"\x00", b"\xff", b"\xed\xa0\x80", b"\\ud800", b'"', b"\\",
    b"[", b"]", b"{", b"}", b"{}", b"null", b"true", b"-1", b"1.5", b"1e999", b"NaN",
    b"9" * 25, b"9" * 5000, b"[" * 40, b"[" * 3000, b'{"a":' * 3000, b'"number":1,',
    b'"parent":0', b'"format":2', b'"kind":"head"', b'"move":null', b"\xef\xbb\xbf",
]  # fmt: skip

Mutation = Callable[[bytearray, random.Random], None]


def _place(raw: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(raw) + 1)


def _flip(raw: bytearray, chance: random.Random) -> None:
    if raw:
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


def _cut(raw: bytearray, chance: random.Random) -> None:
    start = _place(raw, chance)
    del raw[start : start + chance.choice([1, 2, 10, 300])]


def _truncate(raw: bytearray, chance: random.Random) -> None:
    del raw[_place(raw, chance) :]


def _double(raw: bytearray, chance: random.Random) -> None:
    start = _place(raw, chance)
    piece = raw[start : start + chance.choice([1, 10, 300])]
    place = _place(raw, chance)
    raw[place:place] = piece


def _insert(raw: bytearray, chance: random.Random) -> None:
    place = _place(raw, chance)
    raw[place:place] = chance.choice(SPITEFUL)


def _replace_value(raw: bytearray, chance: random.Random) -> None:
    """Puts something else behind a colon, most often of the wrong kind."""
    start = raw.find(b":", _place(raw, chance)) + 1
    end = raw.find(b",", start)
    raw[start : max(start, end)] = chance.choice(SPITEFUL)


def _swap_lines(raw: bytearray, chance: random.Random) -> None:
    lines = bytes(raw).splitlines(keepends=True)
    if len(lines) > 1:
        one, other = chance.sample(range(len(lines)), 2)
        lines[one], lines[other] = lines[other], lines[one]
    raw[:] = b"".join(lines)


MUTATIONS_OF_ALL_KINDS: list[Mutation] = [
    _flip, _cut, _truncate, _double, _insert, _replace_value, _swap_lines,
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "night.jsonl"
    with Journal.create(path, header()) as journal:
        for line in _lines():
            journal.append(line)
    return path.read_bytes()


def _lines() -> list[Line]:
    return [
        move(1),
        move(2, note="Почему?"),
        note(3, 2, 'a "note" \\ with {brackets] and\nlines'),
        head(4, 1),
        move(5, 1, data={"seen": ["a", 1, None]}),
        move(6),
    ]


def _mutated(whole: bytes, chance: random.Random) -> bytes:
    raw = bytearray(whole)
    for _ in range(chance.choice([1, 1, 1, 2, 5])):
        chance.choice(MUTATIONS_OF_ALL_KINDS)(raw, chance)
    return bytes(raw)


def test_a_mutated_save_ends_in_lines_or_in_an_error(
    tmp_path: Path, whole: bytes
) -> None:
    chance = random.Random(SEED)
    outcomes = {"whole": 0, "torn": 0, "damaged": 0, "refused": 0}
    for case in range(MUTATIONS):
        raw = _mutated(whole, chance)
        path = tmp_path / "night.jsonl"
        path.write_bytes(raw)
        try:
            outcomes[_outcome(path, raw, write=case % WRITERS == 0)] += 1
        except Exception as error:
            error.add_note(f"mutation {case} of seed {SEED}: {raw!r}")
            raise
    assert min(outcomes.values()) > MUTATIONS // 100, outcomes


def _outcome(path: Path, raw: bytes, *, write: bool) -> str:
    """What became of a mutated save, once everything that must hold was checked."""
    try:
        opened = Journal.open(path, read_only=not write)
    except JournalError as error:
        _check_refusal(error, path, raw)
        return "refused"
    with opened:
        _check_tree(opened.lines)
        if opened.damage:
            assert opened.read_only
            assert path.read_bytes() == raw
            assert opened.damage.line == len(opened.lines) + 2
            return "damaged"
        if write:
            _check_continues(opened)
        return "torn" if opened.warnings else "whole"


def _check_refusal(error: JournalError, path: Path, raw: bytes) -> None:
    assert str(path) in error.message
    assert error.hint
    assert path.read_bytes() == raw


def _check_tree(lines: tuple[Line, ...]) -> None:
    moves = {0}
    for number, line in enumerate(lines, 1):
        assert line.number == number
        assert line.parent in moves
        if line.kind == "move":
            moves.add(number)


def _check_continues(opened: Journal) -> None:
    opened.append(move(len(opened.lines) + 1, opened.head()))
    again = Journal.open(opened.path, read_only=True)
    assert again.lines == opened.lines
    assert again.warnings == ()


BOMBS = {
    "a header of objects": b'{"format":1,"x":[' + b"{}," * 5_000_000 + b"{}]}\n",
    "a header of keys": b'{"format":1' + b',"a":1' * 2_500_000 + b"}\n",
    "a deep header": b'{"format":' + b"[" * 16_000_000 + b"\n",
    "a header of escapes": b'{"format":"' + b"\\u00e9" * 2_500_000 + b'"}\n',
    "a wide header": b'{"format":"' + "😀".encode() * 4_000_000 + b'"}\n',
    "no newline at all": b"x" * (31 << 20),
    "newlines alone": b"\n" * (31 << 20),
    "a header without end": b'{"format":"' + b"x" * (31 << 20),
}

OPEN_IN_LITTLE_ROOM = """
import resource, sys
from pathlib import Path
from tabletop.errors import JournalError
from tabletop.session.journal import Journal

resource.setrlimit(resource.RLIMIT_AS, (512 << 20, resource.RLIM_INFINITY))
try:
    Journal.open(Path(sys.argv[1]), read_only=True)
except JournalError as error:
    sys.stdout.write(error.message)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_no_save_takes_more_than_half_a_gigabyte(
    tmp_path: Path, root: Path, name: str
) -> None:
    path = tmp_path / "bomb.jsonl"
    path.write_bytes(BOMBS[name])
    done = subprocess.run(
        [sys.executable, "-c", OPEN_IN_LITTLE_ROOM, str(path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert str(path) in done.stdout
