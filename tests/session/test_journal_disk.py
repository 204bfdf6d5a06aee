"""A disk that refuses: the move is not made, the save is as it was, play goes on."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from tabletop.errors import JournalError, StorageError
from tabletop.session import storage
from tabletop.session.journal import Journal
from tests.session.saves import header, move, write_save


class Disk:
    """Stands in for the calls that write; each can be made to fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[str] = []
        self.room: int | None = None
        """Bytes that still fit."""
        self.piece: int | None = None
        """The most that one write takes."""
        self.failing: set[str] = set()
        self._write, self._sync = os.write, os.fsync
        monkeypatch.setattr(os, "write", self.write)
        monkeypatch.setattr(storage, "sync", self.sync)

    def write(self, descriptor: int, data: memoryview) -> int:
        self.calls.append("write")
        if "write" in self.failing:
            raise OSError(errno.EIO, "Input/output error")
        if self.room == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        limits = [limit for limit in (self.room, self.piece) if limit is not None]
        done = self._write(descriptor, data[: min([len(data), *limits])])
        if self.room is not None:
            self.room -= done
        return done

    def sync(self, descriptor: int) -> None:
        self.calls.append("sync")
        if "sync" in self.failing:
            raise OSError(errno.EIO, "Input/output error")
        self._sync(descriptor)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.jsonl"


@pytest.fixture
def opened(path: Path, disk: Disk) -> Iterator[Journal]:
    write_save(path, 2)
    disk.calls.clear()
    with Journal.open(path) as journal:
        yield journal


def test_a_line_is_on_the_disk_before_it_is_acknowledged(
    opened: Journal, disk: Disk
) -> None:
    opened.append(move(3))
    assert disk.calls == ["write", "sync"]


def test_a_save_is_on_the_disk_before_it_has_its_name(path: Path, disk: Disk) -> None:
    disk.failing.add("sync")
    with pytest.raises(StorageError, match="can't be created"):
        Journal.create(path, header())
    assert list(path.parent.iterdir()) == []


def test_short_writes_are_carried_on(opened: Journal, path: Path, disk: Disk) -> None:
    disk.piece = 7
    opened.append(move(3))
    assert Journal.open(path, read_only=True).lines[-1] == move(3)


@pytest.mark.parametrize("room", [0, 1, 100])
def test_a_full_disk_costs_the_move_and_nothing_else(
    opened: Journal, path: Path, disk: Disk, room: int
) -> None:
    before = path.read_bytes()
    disk.room = room
    for _ in range(2):
        with pytest.raises(StorageError, match="No space left") as caught:
            opened.append(move(3))
        assert path.read_bytes() == before
        assert len(opened.lines) == 2
        disk.room = room
    assert "Make room" in caught.value.hint
    disk.room = None
    opened.append(move(3))
    assert Journal.open(path, read_only=True).lines == opened.lines


@pytest.mark.parametrize("what", ["write", "sync"])
def test_a_failing_disk_costs_the_move(
    opened: Journal, path: Path, disk: Disk, what: str
) -> None:
    before = path.read_bytes()
    disk.failing.add(what)
    with pytest.raises(StorageError, match="Input/output error"):
        opened.append(move(3))
    assert path.read_bytes() == before
    disk.failing.clear()
    opened.append(move(3))
    assert path.read_bytes().startswith(before)
    assert Journal.open(path, read_only=True).lines == opened.lines


def test_half_a_line_that_could_not_be_taken_back_goes_with_the_next(
    opened: Journal, path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    disk.room = 10
    with monkeypatch.context() as patch:
        patch.setattr(storage.AppendFile, "_take_back", lambda *_: None)
        with pytest.raises(StorageError):
            opened.append(move(3))
    assert len(path.read_bytes()) == len(before) + 10
    disk.room = None
    opened.append(move(3, by="blue"))
    assert path.read_bytes().startswith(before)
    assert Journal.open(path, read_only=True).lines[-1] == move(3, by="blue")


@pytest.mark.parametrize("after", ["write", "sync"])
def test_an_interrupt_leaves_no_half_line(
    opened: Journal, path: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    before = path.read_bytes()

    def interrupted(work: Callable[..., object]) -> Callable[..., None]:
        def call(*arguments: object) -> None:
            work(*arguments)
            monkeypatch.undo()
            raise KeyboardInterrupt

        return call

    if after == "write":
        monkeypatch.setattr(os, "write", interrupted(os.write))
    else:
        monkeypatch.setattr(storage, "sync", interrupted(storage.sync))
    with pytest.raises(KeyboardInterrupt):
        opened.append(move(3))
    assert path.read_bytes() == before
    opened.append(move(3))
    assert Journal.open(path, read_only=True).lines == opened.lines


def test_another_programs_bytes_are_never_overwritten(
    opened: Journal, path: Path
) -> None:
    with path.open("ab") as other:
        other.write(b"not ours\n")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="changed by another program"):
        opened.append(move(3))
    assert path.read_bytes() == before


def test_a_save_that_was_cut_meanwhile_is_not_filled_with_nothing(
    opened: Journal, path: Path
) -> None:
    os.truncate(path, 100)
    with pytest.raises(StorageError, match="changed by another program"):
        opened.append(move(3))
    assert path.stat().st_size == 100


@pytest.mark.parametrize("replaced", [True, False])
def test_a_removed_save_takes_no_moves(
    opened: Journal, path: Path, *, replaced: bool
) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    path.unlink()
    if replaced:
        copy.rename(path)
    with pytest.raises(StorageError, match="removed or replaced"):
        opened.append(move(3))


def test_a_file_system_without_hard_links_has_saves_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    before = write_save(path, 1)
    with pytest.raises(JournalError, match="exists already"):
        storage.create(path, b"other")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_cannot_be_flushed_has_saves_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    with monkeypatch.context() as patch:
        patch.setattr(storage, "sync", lambda descriptor: None)
        patch.setattr(os, "fsync", refuse)
        write_save(path, 1)
    assert len(Journal.open(path, read_only=True).lines) == 1


def test_a_folder_that_fails_to_be_flushed_has_no_half_made_save(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(storage, "sync", lambda descriptor: None)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError, match="can't be created: Input/output error"):
        Journal.create(path, header())
    assert list(path.parent.iterdir()) == []


def test_a_torn_line_that_cannot_be_cut_off_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = write_save(path, 2) + b"half"
    path.write_bytes(before)

    def refuse(self: storage.AppendFile, length: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(storage.AppendFile, "_truncate", refuse)
        with pytest.raises(StorageError, match="Input/output error"):
            Journal.open(path)
    assert path.read_bytes() == before
    with Journal.open(path) as journal:
        journal.append(move(3))
    assert len(Journal.open(path, read_only=True).lines) == 3


def test_a_save_that_may_not_be_written_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_save(path, 2)

    def refuse(self: Path, mode: str, buffering: int = -1) -> IO[bytes]:
        if mode == "r+b":
            raise PermissionError(errno.EACCES, "Permission denied")
        return unpatched(self, mode, buffering)

    unpatched: Callable[..., IO[bytes]] = Path.open
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        with pytest.raises(StorageError, match="Permission denied") as caught:
            Journal.open(path)
    assert "Copy it to a folder" in caught.value.hint
    assert list(path.parent.iterdir()) == [path]
    Journal.open(path).close()


LIMITED = """
import resource, sys
from pathlib import Path
from tabletop.errors import StorageError
from tabletop.session.journal import Journal
from tests.session.saves import header, move

path, room = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
with Journal.create(path, header()) as journal:
    refused = ""
    while not refused:
        before = path.read_bytes()
        try:
            journal.append(move(len(journal.lines) + 1))
        except StorageError as error:
            refused = error.message
    assert path.read_bytes() == before
    resource.setrlimit(resource.RLIMIT_FSIZE, (room * 2, resource.RLIM_INFINITY))
    journal.append(move(len(journal.lines) + 1))
    sys.stdout.write(f"{len(journal.lines)} {refused}")
"""


def test_the_systems_own_limit(path: Path, root: Path) -> None:
    """The system writes as much as fits, then refuses: a short write, then an error."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), "5001"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines, _, refused = done.stdout.partition(" ")
    assert "File too large" in refused
    assert len(Journal.open(path, read_only=True).lines) == int(lines) > 10
