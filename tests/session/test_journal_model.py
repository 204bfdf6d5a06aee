"""A journal under every order of appending, failing, tearing and reopening."""

import errno
import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tabletop.errors import StorageError
from tabletop.session.journal import Journal, Line
from tests.session.saves import head, header, move, note

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


class JournalMachine(RuleBasedStateMachine):
    """Holds a journal against a plain list of the lines it acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "night.jsonl"
        self.journal = Journal.create(self.path, header())
        self.reader = Journal.open(self.path, read_only=True)
        self.lines: list[Line] = []
        self.head = 0

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.folder)

    @property
    def _next(self) -> int:
        return len(self.lines) + 1

    def _any_move(self, data: st.DataObject) -> int:
        moves = [line.number for line in self.lines if line.kind == "move"]
        return data.draw(st.sampled_from([0, *moves]))

    def _append(self, line: Line) -> None:
        self.journal.append(line)
        self.lines.append(line)

    @rule(text=TEXT)
    def make_a_move(self, text: str) -> None:
        self._append(move(self._next, self.head, note=text))
        self.head = len(self.lines)

    @rule(data=st.data())
    def branch(self, data: st.DataObject) -> None:
        self._append(move(self._next, self._any_move(data)))
        self.head = len(self.lines)

    @rule(data=st.data())
    def go_to(self, data: st.DataObject) -> None:
        place = self._any_move(data)
        self._append(head(self._next, place))
        self.head = place

    @rule(data=st.data(), text=TEXT)
    def write_a_note(self, data: st.DataObject, text: str) -> None:
        self._append(note(self._next, self._any_move(data), text))

    @rule(room=st.integers(0, 150))
    def run_out_of_room(self, room: int) -> None:
        write = os.write

        def little_room(descriptor: int, data: memoryview) -> int:
            nonlocal room
            if room == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            done = write(descriptor, data[:room])
            room -= done
            return done

        line = move(self._next, self.head, by="red" * 50)
        with mock.patch("os.write", little_room), pytest.raises(StorageError):
            self.journal.append(line)

    @rule()
    def reopen(self) -> None:
        self.journal.close()
        self.journal = Journal.open(self.path)
        assert self.journal.warnings == ()

    @rule(length=st.integers(1, 150))
    def die_while_writing(self, length: int) -> None:
        self.journal.close()
        half = b'{"number":%d,"parent":0,' % self._next + b'"note":"' + b"x" * 150
        with self.path.open("ab") as file:
            file.write(half[:length])
        self.journal = Journal.open(self.path)
        assert len(self.journal.warnings) == 1

    @rule()
    def follow(self) -> None:
        known = len(self.reader.lines)
        assert self.reader.refresh() == tuple(self.lines[known:])

    @invariant()
    def what_was_acknowledged_is_there(self) -> None:
        assert self.journal.lines == tuple(self.lines)
        assert self.journal.head() == self.head
        on_disk = Journal.open(self.path, read_only=True)
        assert on_disk.lines == tuple(self.lines)
        assert on_disk.head() == self.head


JournalMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=20)
TestJournal = JournalMachine.TestCase
