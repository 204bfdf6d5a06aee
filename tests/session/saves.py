"""Headers, lines and whole saves for tests, made without a deck."""

from pathlib import Path
from typing import Any

from tabletop.session.journal import Header, Journal, Line

DECK = 'format = 1\ntitle = "Ночь [/] 夜 \\"a\\""\n'


def header(**changes: Any) -> Header:
    """A header, with some of its values changed."""
    values: dict[str, Any] = {
        "program_version": "0.1.0",
        "rules_version": 1,
        "deck_id": "night",
        "deck_title": "Ночь [/] 夜",
        "deck_files": {"deck.toml": DECK, "a.toml": ""},
        "deck_digest": "d0" * 16,
        "seed": 2**64 - 1,
        "game": 0,
        "seats": {"red": "person", "blue": "bot:greedy", "control": "auto"},
        "created": "2026-03-01T09:00:00Z",
        "start_digest": "00" * 16,
    }
    return Header(**(values | changes))


def move(number: int, parent: int | None = None, **changes: Any) -> Line:
    """A move, after the line before it unless told otherwise."""
    values: dict[str, Any] = {
        "number": number,
        "parent": number - 1 if parent is None else parent,
        "kind": "move",
        "by": "red",
        "at": f"2026-03-01T09:{number % 60:02}:00Z",
        "move": {"kind": "play", "team": "red", "item": f"card_{number}", "value": 0},
        "digest": f"{number:032x}",
    }
    return Line(**(values | changes))


def note(number: int, parent: int, text: str) -> Line:
    """A note beside a move."""
    return Line(
        number=number, parent=parent, kind="note", by="control", at="", note=text
    )


def head(number: int, parent: int) -> Line:
    """A line that makes an earlier move the current one."""
    return Line(number=number, parent=parent, kind="head", by="control", at="")


def write_save(path: Path, lines: int) -> bytes:
    """A save of so many moves; gives its bytes."""
    with Journal.create(path, header()) as journal:
        for number in range(1, lines + 1):
            journal.append(move(number))
    return path.read_bytes()
