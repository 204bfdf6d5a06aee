"""A deck's Markdown as HTML: emphasis, headings, lists and tables, and nothing else.

HTML in it is text, and so are links and images: a sheet of paper leads nowhere.
"""

from functools import cache

from markdown_it import MarkdownIt

from tabletop.report.html import Markup, text

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


def _plain(words: str) -> str:
    """Words without what disturbs a page, not yet escaped."""
    from html import unescape

    return unescape(text(words))
