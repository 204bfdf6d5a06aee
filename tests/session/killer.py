"""Kills writers at random instants and counts what they had acknowledged and lost.

`kill_often` starts this file as a program of its own. It forks one child after the
other: each runs the writer, which acknowledges numbers until it is killed. Afterwards
the reader says which numbers are there. Writer and reader are named like
'tests.session.killed:moves', so that whatever saves can be tested in the same way.
"""

import contextlib
import importlib
import json
import os
import random
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

Acknowledge = Callable[[int], None]
Writer = Callable[[Path, Acknowledge], None]
"""Works on the save at the path, which a killed one may have left, until it is killed.
May return when it thinks that the save is long enough."""
Reader = Callable[[Path], set[int]]
"""The numbers that a save holds. Read before and after the next writer opens it."""

_NUMBER = struct.Struct("<q")
_LONGEST = 0.004
"""Seconds after which a child is killed at the latest."""
_RENEWED = 25
"""After so many kills the next save is begun, so that opening stays quick."""


@dataclass
class Report:
    """What came of it."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    before_any: int = 0
    """Kills before the child had acknowledged anything, as while it opened the save."""
    beside: int = 0
    """Files that stood beside the saves in the end: torn lines and old locks."""
    failed: str = ""
    """The error of a writer or a reader, if there was one."""


def kill_often(
    writer: str, reader: str, folder: Path, *, kills: int, seed: int
) -> Report:
    """Kills the writer so many times; the saves it leaves are in the folder."""
    arguments = [writer, reader, str(folder), str(kills), str(seed)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.session.killer", *arguments],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Report(**json.loads(done.stdout))


def _named(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), function)
    return found


def _run(writer: Writer, reader: Reader, folder: Path, kills: int, seed: int) -> Report:
    chance = random.Random(seed)
    report = Report()
    known: dict[Path, set[int]] = {}
    for kill in range(kills):
        save = folder / f"save-{kill // _RENEWED}.jsonl"
        numbers, error = _one_kill(writer, save, chance)
        report.kills += 1
        report.acknowledged += len(numbers)
        report.before_any += not numbers
        report.failed = report.failed or error
        due = known.setdefault(save, set())
        due |= numbers
        if save.exists() or due:
            report.lost += len(due - reader(save))
    report.beside = sum(path not in known for path in folder.iterdir())
    return report


def _one_kill(
    writer: Writer, save: Path, chance: random.Random
) -> tuple[set[int], str]:
    """What a child had acknowledged when it was killed, and its error if it failed."""
    reading, writing = os.pipe()
    errors = save.with_name("errors")
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(writer, save, writing, errors)
    os.close(writing)
    first = os.read(reading, _NUMBER.size) if chance.random() < 0.7 else b""
    time.sleep(chance.random() * _LONGEST)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with open(reading, "rb") as pipe:  # noqa: PTH123 - a descriptor
        raw = first + pipe.read()
    error = errors.read_text() if errors.exists() else ""
    errors.unlink(missing_ok=True)
    whole = len(raw) // _NUMBER.size * _NUMBER.size
    return {number for (number,) in _NUMBER.iter_unpack(raw[:whole])}, error


def _work(writer: Writer, save: Path, writing: int, errors: Path) -> None:
    """What the child does; it never returns."""
    try:
        writer(save, lambda number: _tell(writing, number))
    except BaseException as error:
        errors.write_text(repr(error))
    finally:
        os._exit(0)


def _tell(writing: int, number: int) -> None:
    os.write(writing, _NUMBER.pack(number))


def _main() -> None:
    writer, reader, folder, kills, seed = sys.argv[1:]
    report = _run(
        _named(writer),  # type: ignore[arg-type] # their types are the caller's word
        _named(reader),  # type: ignore[arg-type]
        Path(folder),
        int(kills),
        int(seed),
    )
    sys.stdout.write(json.dumps(asdict(report)))


if __name__ == "__main__":
    _main()
