"""Letters of three rows, built from half blocks; plain ones where that can't be."""

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean, cut

LETTER = 4
"""Cells of a letter, the gap after it included."""
ROWS = 3
HALVES = (" ", "▀", "▄", "█")
"""A cell by its upper and lower half: neither, upper, lower, both."""

FONT = {
    "A": "75755", "B": "65656", "C": "74447", "D": "65556", "E": "74647", "F": "74644",
    "G": "74557", "H": "55755", "I": "72227", "J": "11157", "K": "55655", "L": "44447",
    "M": "57755", "N": "67555", "O": "75557", "P": "75744", "Q": "75571", "R": "75655",
    "S": "74717", "T": "72222", "U": "55557", "V": "55552", "W": "55775", "X": "55255",
    "Y": "55722", "Z": "71247", "0": "75557", "1": "62227", "2": "71747", "3": "71317",
    "4": "55711", "5": "74717", "6": "74757", "7": "71111", "8": "75757", "9": "75717",
    " ": "00000", "-": "00700", ".": "00002", ":": "02020", "?": "71302", "!": "22202",
    "'": "22000", "&": "25257", "/": "11244", "+": "02720",
}  # fmt: skip
"""Five rows of three dots a letter, each row as an octal digit."""


def can_be_big(text: str) -> bool:
    """Whether every letter can be drawn."""
    return glyphs().big and bool(text) and all(c in FONT for c in text.upper())


def big_width(text: str) -> int:
    """Cells that the text takes in large letters."""
    return max(0, len(text) * LETTER - 1)


def big(text: str) -> tuple[str, str, str]:
    """The text in large letters, three rows of equal width.

    >>> big("Hi")
    ('█ █ ▀█▀', '█▀█  █ ', '▀ ▀ ▀▀▀')
    """
    top, middle, low = (
        " ".join(_row(letter, row) for letter in text.upper()) for row in range(ROWS)
    )
    return top, middle, low


def _row(letter: str, row: int) -> str:
    dots = [int(digit) for digit in FONT[letter] + "0"]
    upper, lower = dots[2 * row], dots[2 * row + 1]
    return "".join(
        HALVES[(upper >> bit & 1) + 2 * (lower >> bit & 1)] for bit in (2, 1, 0)
    )


class BigName(Widget):
    """A name in large letters, or plainly where they can't be drawn or have no room."""

    DEFAULT_CSS = """
    BigName {
        width: auto;
        height: 3;
    }
    """

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = clean(text)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the name."""
        big_one = can_be_big(self._text)
        return min(
            container.width, big_width(self._text) if big_one else len(self._text)
        )

    def render_line(self, y: int) -> Strip:
        """One of the three rows."""
        room = self.content_size.width
        if can_be_big(self._text) and big_width(self._text) <= room:
            words = big(self._text)[y] if y < ROWS else ""
        else:
            words = cut(self._text, room) if y == 1 else ""
        strip = Strip([Segment(words)]).adjust_cell_length(room)
        return strip.apply_style(self.rich_style)
