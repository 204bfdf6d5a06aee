"""Short texts with emphasis, put together without markup.

Strings from decks, saves and people pass through here as they are: whatever they hold
is shown, never obeyed.
"""

from collections.abc import Iterable

from textual.content import Content

from tabletop.tui.text import clean

Part = str | tuple[str, str] | Content
"""Words, words with a style, or something said already."""


def say(*parts: Part) -> Content:
    """One piece of text from plain and styled parts."""
    return Content("").join([_part(part) for part in parts])


def _part(part: Part) -> Content:
    if isinstance(part, Content):
        return part
    if isinstance(part, str):
        return Content(clean(part))
    words, style = part
    return Content.styled(clean(words), style)


def lines(rows: Iterable[Part]) -> Content:
    """Rows, one under the other."""
    return Content("\n").join([_part(row) for row in rows])


def chip(key: str) -> Content:
    """A key as it stands in a text."""
    return say((f" {key} ", "bold $on-accent on $accent"))
