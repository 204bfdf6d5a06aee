"""Writers for the killer: they append moves and acknowledge them until they die."""

import os
from pathlib import Path

from tabletop.session.journal import Journal
from tests.session.killer import Acknowledge
from tests.session.saves import header, move


def moves(save: Path, acknowledge: Acknowledge) -> None:
    """Acknowledges each move when the journal has taken it."""
    with _journal(save) as journal:
        while True:
            number = len(journal.lines) + 1
            journal.append(move(number))
            acknowledge(number)


def moves_byte_by_byte(save: Path, acknowledge: Acknowledge) -> None:
    """The same, on a disk that takes one byte at a time: most kills tear a line."""
    write = os.write

    def write_little(descriptor: int, data: memoryview) -> int:
        return write(descriptor, data[:1])

    with _journal(save) as journal:
        while True:
            number = len(journal.lines) + 1
            os.write = write_little  # type: ignore[assignment] # only in this child
            journal.append(move(number))
            os.write = write
            acknowledge(number)


def liar(save: Path, acknowledge: Acknowledge) -> None:
    """Acknowledges each move before it is written, as no journal may."""
    with _journal(save) as journal:
        while True:
            number = len(journal.lines) + 1
            acknowledge(number)
            journal.append(move(number))


def saved_moves(save: Path) -> set[int]:
    """The numbers of the moves in a save; every one must be as it was made."""
    journal = Journal.open(save, read_only=True)
    assert journal.damage is None, str(journal.damage)
    assert journal.header == header()
    assert journal.lines == tuple(move(line.number) for line in journal.lines)
    return {line.number for line in journal.lines}


def _journal(save: Path) -> Journal:
    if save.exists():
        return Journal.open(save, at="2026-03-01T09:00:00Z")
    return Journal.create(save, header())
