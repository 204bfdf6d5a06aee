"""The two kinds of lines of a save, as values and as bytes.

Nothing here knows files, decks or rules: it checks which keys a line has and of what
type they are, and leaves their meaning to those who wrote them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from tabletop.session.strict_json import Json, NotJsonError, dump, parse_bytes

FORMAT = 2
"""The version of the save format that this program writes, and the newest it reads."""
PROGRAM = "tabletop"
"""The name by which a save is told from other programs' files."""
KINDS = (
    "move", "note", "head", "seat", "clock", "exercise", "display", "mark", "branch",
    "deck",
)  # fmt: skip
"""What a line after the header may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Line 1 of a save: everything that its moves are played on."""

    format: int = FORMAT
    program: str = PROGRAM
    program_version: str
    rules_version: int
    """The version of the rules that made the digests."""
    deck_id: str
    deck_title: str
    deck_files: Mapping[str, str]
    """The deck's files, name to whole text, in the order in which they are read."""
    deck_digest: str
    seed: int
    game: int
    """Which game of the seed this is; 0 for a game at the table."""
    seats: Mapping[str, str]
    """Who sat where when the game began."""
    created: str
    """When: ISO 8601, UTC."""
    start_digest: str
    """Digest of the state before the first move."""
    start: Mapping[str, Json] = field(default_factory=dict)
    """What the game began with, where that is not what the deck says. Not written when
    it is empty, as it is but in games of deck tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Each further line: a move, or something that was noted beside the moves."""

    number: int
    """1 for the first line after the header, and one more each time."""
    parent: int
    """The move that it follows; 0 is the start. A head line makes that move current."""
    kind: str
    """One of `KINDS`."""
    by: str
    """The seat that made it."""
    at: str
    """When: ISO 8601, UTC; or empty."""
    move: Mapping[str, Json] | None = None
    """The move itself; only, and always, on a line of that kind."""
    note: str = ""
    digest: str = ""
    """Digest of the state after a move."""
    data: Mapping[str, Json] = field(default_factory=dict)


class BadRecordError(ValueError):
    """JSON that is not a line of a save; `column` counts from 1."""

    def __init__(self, found: str, column: int = 1) -> None:
        super().__init__(found)
        self.found = found
        self.column = column


def encode(record: Header | Line) -> bytes:
    """One line of bytes with its newline: what reading it back gives the same record.

    Raises `BadRecordError` for a record that could not be read back.
    """
    try:
        raw = dump(_table(record)).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        raise BadRecordError("holds text that is not valid Unicode") from None
    except (TypeError, ValueError, RecursionError) as error:
        raise BadRecordError(f"holds a value that JSON can't: {error}") from None
    if _read_back(record, raw) != record:
        raise BadRecordError("holds a value that would be read back as another")
    return raw


def decode_line(raw: bytes) -> Line:
    """The line that these bytes hold.

    Raises `NotJsonError` for bytes that are not JSON, else `BadRecordError`.
    """
    table = _checked(parse_bytes(raw), _LINE_SHAPES, raw)
    if table["kind"] not in KINDS:
        found = f"has the kind {_short(table['kind'])}, not {' or '.join(KINDS)}"
        raise BadRecordError(found, _column(raw, "kind"))
    if (table["move"] is not None) != (table["kind"] == "move"):
        has = "no" if table["move"] is None else "a"
        found = f"is of the kind {table['kind']} and has {has} `move`"
        raise BadRecordError(found, _column(raw, "move"))
    return Line(**table)


def decode_header(raw: bytes) -> Header:
    """The header that these bytes hold; errors as for `decode_line`."""
    return Header(**_checked(parse_bytes(raw), _HEADER_SHAPES, raw))


def _table(record: Header | Line) -> dict[str, Any]:
    values = ((each.name, getattr(record, each.name)) for each in fields(record))
    return {
        name: dict(value) if isinstance(value, Mapping) else value
        for name, value in values
        if value or name not in _OPTIONAL
    }


def _read_back(record: Header | Line, raw: bytes) -> Header | Line:
    try:
        return decode_header(raw) if isinstance(record, Header) else decode_line(raw)
    except NotJsonError as error:
        raise BadRecordError(error.found, error.column) from None


def _checked(value: Json, shapes: "Mapping[str, _Shape]", raw: bytes) -> dict[str, Any]:
    """The value as a table with these keys and no others, each of its shape."""
    if not isinstance(value, dict):
        raise BadRecordError(f"is {_short(value)}, where an object was due")
    for key, shape in shapes.items():
        if key not in value:
            if key in _OPTIONAL:
                continue
            raise BadRecordError(f"has no `{key}`")
        if not shape.fits(value[key]):
            found = f"has {_short(value[key])} as `{key}`, where {shape.name} was due"
            raise BadRecordError(found, _column(raw, key))
    for key in value:
        if key not in shapes:
            raise BadRecordError(f"has an unknown key {_short(key)}", _column(raw, key))
    return value


def _column(raw: bytes, key: str) -> int:
    """The column where a key stands, or 1 when it is written in another way."""
    return max(0, raw.decode("utf-8").find(f'"{key}"')) + 1


def _short(value: Json) -> str:
    """A value as people read it in a message, never long."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:39] + "…")
    return dump({"": value})[4:-1]


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    fits: Callable[[Json], bool]


def _is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_texts(value: Json) -> bool:
    return isinstance(value, dict) and all(
        isinstance(each, str) for each in value.values()
    )


_WHOLE = _Shape("a whole number", _is_whole)
_TEXT = _Shape("text", lambda value: isinstance(value, str))
_TEXTS = _Shape("an object of texts", _is_texts)
_OBJECT = _Shape("an object", lambda value: isinstance(value, dict))
_OBJECT_OR_NULL = _Shape(
    "an object or null", lambda value: value is None or isinstance(value, dict)
)

_HEADER_SHAPES: Mapping[str, _Shape] = {
    "format": _WHOLE,
    "program": _TEXT,
    "program_version": _TEXT,
    "rules_version": _WHOLE,
    "deck_id": _TEXT,
    "deck_title": _TEXT,
    "deck_files": _TEXTS,
    "deck_digest": _TEXT,
    "seed": _WHOLE,
    "game": _WHOLE,
    "seats": _TEXTS,
    "created": _TEXT,
    "start_digest": _TEXT,
    "start": _OBJECT,
}
_OPTIONAL = ("start",)
_LINE_SHAPES: Mapping[str, _Shape] = {
    "number": _WHOLE,
    "parent": _WHOLE,
    "kind": _TEXT,
    "by": _TEXT,
    "at": _TEXT,
    "move": _OBJECT_OR_NULL,
    "note": _TEXT,
    "digest": _TEXT,
    "data": _OBJECT,
}
