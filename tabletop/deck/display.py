"""Text on a terminal: how wide it is, and without what could disturb one."""

import unicodedata

TAB = 4
_DISTURBING = ("Cc", "Cf", "Cs", "Zl", "Zp")


def safe(text: str) -> str:
    """Text without control characters or marks that reorder a line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "\ufffd" if unicodedata.category(character) in _DISTURBING else character
        for character in text.replace("\t", " " * TAB)
    )


def width(text: str) -> int:
    """Columns that a text takes on a terminal.

    >>> width("a漢")
    3
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
