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
    """One piece of text from plain and styled parts; line breaks stay."""
    return Content("").join([_part(part, keep_lines=True) for part in parts])


def line(*parts: Part) -> Content:
    """One line from plain and styled parts; line breaks become spaces."""
    return Content("").join([_part(part, keep_lines=False) for part in parts])


def lines(rows: Iterable[Part]) -> Content:
    """Rows, one under the other."""
    return Content("\n").join([_part(row, keep_lines=True) for row in rows])


def _part(part: Part, *, keep_lines: bool) -> Content:
    if isinstance(part, Content):
        return part
    words, style = (part, "") if isinstance(part, str) else part
    return Content.styled(clean(words, keep_lines=keep_lines), style)


def chip(key: str) -> Content:
    """A key as it stands in a text."""
    return say((f" {key} ", "bold $on-accent on $accent"))
