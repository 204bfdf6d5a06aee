"""A deck's Markdown as HTML: emphasis, headings, lists and tables, and nothing else.

HTML in it is text, and so are links and images: a sheet of paper leads nowhere.
"""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tabletop.report.html import Markup, clean

LEADS_ELSEWHERE = ["link", "image", "autolink", "reference", "html_block", "entity"]


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    return reader.disable([*LEADS_ELSEWHERE, "html_inline"])


def markdown(words: str) -> Markup:
    """Markdown as HTML.

    >>> markdown("**a** <b>")
    '<p><strong>a</strong> &lt;b&gt;</p>'
    """
    return Markup(_reader().render(_plain(words)).strip())


def tokens(words: str) -> list[Token]:
    """What the Markdown is made of, for those who write it in another form."""
    return _reader().parse(_plain(words))


def _plain(words: str) -> str:
    """Words without what disturbs a page, not yet escaped."""
    return clean(words)
