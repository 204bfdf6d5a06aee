"""`check --watch` in a process of its own, while its files are edited."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_saves import hear_interrupts
from tests.deck.clean import DECK, card

LONG = 60
"""Seconds after which something has failed, however slow the machine."""


class Watcher:
    """The watching process, and what it has said so far."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tabletop", "check", *arguments, "--watch"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=hear_interrupts if os.name == "posix" else None,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, text: str) -> str:
        """What is said up to a line with a text in it."""
        said = ""
        while text not in said:
            said += self._lines.get(timeout=LONG)
        return said

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(LONG)

    def end(self) -> None:
        with self.process:
            self.process.kill()
            self._listener.join()


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "deck.toml"
    path.write_text(DECK, encoding="utf-8")
    return path


@pytest.fixture
def watcher(deck: Path) -> Iterator[Watcher]:
    watching = Watcher(deck.parent, ".")
    yield watching
    watching.end()


def test_what_is_new_and_what_is_gone(watcher: Watcher, deck: Path) -> None:
    watcher.until("no problems")
    deck.write_text(card("cots = 3\neffects = ['front += 500']"), encoding="utf-8")
    said = watcher.until("new, ")
    assert "deck.toml changed" in said
    assert "E010" in said
    assert "(2 new, 0 gone)" in said
    # Half of a file, as an editor may leave it for a moment.
    deck.write_text(card("cots = 3\neffects = ['fro"), encoding="utf-8")
    assert "E001" in watcher.until("new, ")
    deck.write_text(card("effects = ['front += 500']"), encoding="utf-8")
    said = watcher.until("new, ")
    assert "W302" in said
    assert "gone: deck.toml:" in said
    deck.unlink()
    assert "E004" in watcher.until("new, ")
    deck.write_text(DECK, encoding="utf-8")
    said = watcher.until("new, ")
    assert "no problems" in said
    assert watcher.interrupt() == 130


def test_files_that_are_included_count(watcher: Watcher, deck: Path) -> None:
    watcher.until("no problems")
    main = DECK.replace("[rounds]", 'include = ["more/part.toml"]\n[rounds]')
    deck.write_text(main, encoding="utf-8")
    assert "part.toml" in watcher.until("new, ")
    part = deck.parent / "more" / "part.toml"
    part.parent.mkdir()
    part.write_bytes(b"# nothing\xff")
    assert "E002" in watcher.until("new, ")
    part.write_text("# nothing", encoding="utf-8")
    assert "no problems" in watcher.until("new, ")
    assert watcher.interrupt() == 130
