"""From a character of a TOML string's value back to the file's own characters.

Escapes, line ends and dropped line breaks make the two differ; a marker under an
expression has to stand under the text as it was written.
"""

import re

_PIECE = re.compile(
    r"""\\[ \t]*(?:\r\n|\n)[ \t\r\n]*    # a line break that is left out
    | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} | \\x[0-9A-Fa-f]{2} | \\.
    | \r\n | .""",
    re.VERBOSE | re.DOTALL,
)
_PLAIN = re.compile(r"\r\n|.", re.DOTALL)


def offsets(raw: str) -> list[int]:
    r"""For each character of the value, and its end, the offset in the raw string.

    >>> offsets('"ab"')
    [1, 2, 3]
    >>> offsets(r'"\"a"')
    [1, 3, 4]
    """
    start, end = _inside(raw)
    pattern = _PIECE if raw[0] == '"' else _PLAIN
    found: list[int] = []
    for piece in pattern.finditer(raw, start, end):
        if not _left_out(piece.group()):
            found.append(piece.start())
    return [*found, end]


def _inside(raw: str) -> tuple[int, int]:
    """Where the text between the quotes begins and ends."""
    quotes = 3 if raw[:3] in ('"""', "'''") and len(raw) >= 6 else 1
    start = quotes
    if quotes == 3:
        # A line break straight after the quotes does not belong to the value.
        start += len("\r\n") if raw[3:5] == "\r\n" else raw[3:4] == "\n"
    return start, len(raw) - quotes


def _left_out(piece: str) -> bool:
    return piece[0] == "\\" and len(piece) > 1 and piece[1] in " \t\r\n"
