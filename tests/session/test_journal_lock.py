"""One writer for a save, whoever it is and however the last one ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tabletop.errors import JournalError, LockedError, StorageError
from tabletop.session import lock as locks
from tabletop.session.journal import Journal
from tabletop.session.lock import Lock
from tests.session.saves import header, move, write_save

HOLDER = """
import sys
from pathlib import Path
from tabletop.session.journal import Journal
journal = Journal.open(Path(sys.argv[1]))
sys.stdout.write("open\\n")
sys.stdout.flush()
sys.stdin.read()
journal.close()
"""


FORKING_HOLDER = """
import os, sys, time
from pathlib import Path
from tabletop.session.journal import Journal
journal = Journal.open(Path(sys.argv[1]))
if os.fork() == 0:
    sys.stdout.write(f"{os.getpid()}\\n")
    sys.stdout.flush()
    time.sleep(60)
    os._exit(0)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_save(tmp_path / "night.jsonl", 2)
    return tmp_path / "night.jsonl"


@contextmanager
def _other_process(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another program that has the save open until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_told_who_has_it(path: Path) -> None:
    with _other_process(path) as process:
        with pytest.raises(LockedError, match=rf"process {process.pid}\)") as caught:
            Journal.open(path)
        assert "tabletop log" in caught.value.hint
        assert len(Journal.open(path, read_only=True).lines) == 2
        process.communicate()
    Journal.open(path).close()
    assert list(path.parent.iterdir()) == [path]


def test_a_killed_writer_blocks_nobody(path: Path) -> None:
    with _other_process(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert path.with_name("night.jsonl.lock").exists()
    with Journal.open(path) as opened:
        opened.append(move(3))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork")
def test_a_killed_writers_child_blocks_nobody(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", FORKING_HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        try:
            with pytest.raises(LockedError):
                Journal.open(path)
            process.kill()
            process.wait()
            Journal.open(path).close()
        finally:
            os.kill(child, signal.SIGKILL)


def test_a_second_writer_in_this_process_is_refused(path: Path) -> None:
    with (
        Journal.open(path),
        pytest.raises(LockedError, match="already, in this program"),
    ):
        Journal.open(path)
    Journal.open(path).close()


def test_a_save_is_locked_from_its_creation(tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    with Journal.create(path, header()), pytest.raises(LockedError):
        Journal.open(path)


def test_another_name_for_the_save_has_the_same_lock(path: Path) -> None:
    link = path.parent / "folder" / "link.jsonl"
    link.parent.mkdir()
    link.symlink_to(path)
    with Journal.open(link), pytest.raises(LockedError):
        Journal.open(path)


def test_a_copy_is_free(path: Path) -> None:
    with Journal.open(path):
        copy = path.parent / "copy.jsonl"
        copy.write_bytes(path.read_bytes())
        lock = path.with_name("night.jsonl.lock").read_bytes()
        copy.with_name("copy.jsonl.lock").write_bytes(lock)
        Journal.open(copy).close()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"77 elsewhere\n", r"another program \(process 77 on elsewhere\)"),
        (b"", "another program"),
        (b"\xff\xfe", "another program"),
        (b"many words and no number", "another program"),
        (b"9" * 5000, "another program"),
    ],
)
def test_whatever_the_lock_says_is_only_for_the_message(
    path: Path, said: bytes, expected: str
) -> None:
    with Journal.open(path):
        path.with_name("night.jsonl.lock").write_bytes(said)
        with pytest.raises(LockedError, match=expected):
            Journal.open(path)


def test_a_failed_opening_gives_the_lock_back(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(b"junk\n")
    with pytest.raises(JournalError):
        Journal.open(path)
    assert list(path.parent.iterdir()) == [path]
    path.write_bytes(whole)
    Journal.open(path).close()


def test_a_lock_that_was_taken_away_meanwhile_is_taken_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who held it removes the file between our opening and our locking of it."""
    lock_path = path.with_name("night.jsonl.lock")
    take = locks._lock
    times = 0

    def after_removal(descriptor: int) -> bool:
        nonlocal times
        times += 1
        if times == 1:
            lock_path.unlink()
        return take(descriptor)

    monkeypatch.setattr(locks, "_lock", after_removal)
    with Journal.open(path):
        assert times == 2
        assert lock_path.exists()
        with pytest.raises(LockedError):
            Journal.open(path)


def test_a_lock_that_never_stays_is_an_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_is_at", lambda *_: False)
    with pytest.raises(LockedError, match="again and again"):
        Lock.take(path)


def test_a_folder_in_the_locks_place_is_an_error(path: Path) -> None:
    path.with_name("night.jsonl.lock").mkdir()
    with pytest.raises(StorageError, match="can't be locked"):
        Journal.open(path)
    assert len(Journal.open(path, read_only=True).lines) == 2


def test_a_file_system_without_locks_is_an_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> bool:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(locks, "_lock", refuse)
    with pytest.raises(StorageError, match="No locks available"):
        Journal.open(path)


def test_releasing_twice_does_not_take_anothers_lock_away(path: Path) -> None:
    first = Lock.take(path)
    first.release()
    second = Lock.take(path)
    first.release()
    assert path.with_name("night.jsonl.lock").exists()
    second.release()
    assert not path.with_name("night.jsonl.lock").exists()


def test_the_lock_names_this_process(path: Path) -> None:
    with Journal.open(path):
        said = path.with_name("night.jsonl.lock").read_text()
    assert said.split()[0] == str(os.getpid())
