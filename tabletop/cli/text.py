"""Text from decks and saves made fit for a terminal. It is data and never commands.

A title may hold escape sequences that recolour, retitle or clear a terminal, or
characters that turn the direction of writing so that one line reads as another.
They are dropped. What is left is printed as it stands.
"""

import re
import textwrap

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but not tab and newline
    "\u202a-\u202e\u2066-\u2069"  # embedding, overriding, isolating directions
    "\u2028\u2029"  # other line ends
    "\ud800-\udfff]"  # halves of characters, which no encoding writes
)
_STYLE = re.compile("\x1b\\[[0-9;]*m")
_BLOCK = re.compile(r"[-*+>|] |#|\||\d+[.)] ")
"""What begins a list item, a heading, a quote or a row of a table."""
_EMPHASIS = re.compile(r"(\*\*|\*|`)(?=\S)(.+?)(?<=\S)\1")
WIDTH = 78


def clean(text: str) -> str:
    """The text without what a terminal would obey; tabs and newlines stay.

    >>> clean("a\\x1b[2Jb\\r\\nc")
    'a[2Jb\\nc'
    """
    return _UNSAFE.sub("", text)


def clean_styled(text: str) -> str:
    """As `clean`, but colours stay: for text that this program coloured itself."""
    plain = (clean(part) for part in _STYLE.split(text))
    styles = [*_STYLE.findall(text), ""]
    return "".join(part + style for part, style in zip(plain, styles, strict=True))


def one_line(text: str) -> str:
    """The text on one line, so that it cannot pass for a line of ours.

    >>> one_line("Truce\\n  1. Surrender")
    'Truce 1. Surrender'
    """
    return " ".join(clean(text).split())


def paragraphs(text: str, indent: str = "") -> list[str]:
    """Lines of running text, folded to the width, each behind the indent."""
    lines: list[str] = []
    for block in clean(text).strip().splitlines():
        folded = textwrap.wrap(
            block, WIDTH, initial_indent=indent, subsequent_indent=indent
        )
        lines += folded or [indent.rstrip()]
    return lines


def prose(markdown: str, indent: str = "") -> list[str]:
    r"""Markdown as folded lines of plain words: an author's line breaks are no breaks.

    >>> prose("The **water**\nrises.\n\n- It *may*\n  stop.")
    ['The water rises.', '', '- It may stop.']
    """
    blocks = "\n".join(_blocks(clean(markdown).strip()))
    return paragraphs(_EMPHASIS.sub(r"\2", blocks), indent)


def _blocks(markdown: str) -> list[str]:
    """Each paragraph, heading or list item on one line; empty lines stay."""
    blocks = [""]
    for line in map(str.strip, markdown.splitlines()):
        goes_on = line and blocks[-1] and not _BLOCK.match(line)
        if goes_on and not blocks[-1].startswith("#"):
            blocks[-1] += f" {line}"
        else:
            blocks.append(line)
    return blocks[1:]


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "move"), counted(2, "move")
    ('1 move', '2 moves')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
