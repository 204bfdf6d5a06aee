"""HTML that cannot be broken by what stands in it.

Text becomes HTML only here: a plain `str` is escaped wherever it is put, and only what
this module made is taken as it stands. It never writes a link, a script or an image
from elsewhere; drawings are elements of SVG, made by `tag` as all others are.
"""

import re
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

_DISTURBING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but not tab and newline
    "\u202a-\u202e\u2066-\u2069"  # embedding, overriding, isolating directions
    "\u2028\u2029"  # other line ends
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # halves of characters, and none
)
VOID = frozenset({"br", "col", "hr", "meta"})
"""Elements that have no end."""


class Markup(str):
    """HTML that was made by this module, and may stand as it is."""

    __slots__ = ()


Part: TypeAlias = "str | Iterable[str]"
"""A text, HTML, or several of them."""


def clean(words: str) -> str:
    """Words without characters that disturb a page; they are no HTML yet.

    >>> clean("a\\x1b\\u202eb")
    'ab'
    """
    return _DISTURBING.sub("", words)


def text(words: str) -> Markup:
    """Words as HTML, without characters that disturb a page.

    >>> text("<b> & \\x00'")
    '&lt;b&gt; &amp; &#x27;'
    """
    return Markup(escape(clean(words)))


def join(*parts: Part) -> Markup:
    """Parts one after the other; what is plain text among them is escaped."""
    return Markup("".join(_each(parts)))


def _each(parts: Iterable[Part]) -> Iterable[str]:
    for part in parts:
        if isinstance(part, Markup):
            yield part
        elif isinstance(part, str):
            yield text(part)
        else:
            yield from _each(part)


def tag(name: str, *parts: Part, **attributes: str) -> Markup:
    """An element; `class_` stands for `class`, and an empty attribute is left out.

    Names of elements and attributes are the program's own words, never data.

    >>> tag("p", "a < b", class_="x")
    '<p class="x">a &lt; b</p>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value
    )
    if name in VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{join(*parts)}</{name}>")


def lines(words: str, class_: str = "") -> Markup:
    """Words of several lines, each on a line of its own."""
    rows = [text(line) for line in words.strip().splitlines()]
    return tag("p", Markup("<br>".join(rows)), class_=class_) if rows else Markup()


def table(
    head: Iterable[Part],
    rows: Iterable[Iterable[Part]],
    widths: Iterable[int] = (),
    class_: str = "grid",
) -> Markup:
    """A table whose head is printed again on each page; `widths` are hundredths."""
    columns = [tag("col", style=f"width: {width}%") for width in widths]
    names = tag("tr", (tag("th", name) for name in head))
    body = (tag("tr", (tag("td", cell) for cell in row)) for row in rows)
    kind = f"{class_} fixed" if columns else class_
    return tag("table", columns, tag("thead", names), tag("tbody", body), class_=kind)


def bullets(items: Iterable[Part], class_: str = "") -> Markup:
    """A list, or nothing when there is nothing to list."""
    each = [tag("li", item) for item in items]
    return tag("ul", each, class_=class_) if each else Markup()
