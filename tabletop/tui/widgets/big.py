"""Large letters, built from half blocks: three rows, five, or more. Plain where those
can't be drawn.
"""

import unicodedata

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
    "'": "22000", "&": "25257", "/": "11244", "+": "02720", ",": "00024",
    '"': "55000", "(": "24442", ")": "21112", "%": "51245", "=": "07070",
    "#": "57575", ";": "02024", "*": "05250", "_": "00007", "$": "36236",
}  # fmt: skip
"""Five rows of three dots a letter, each row as an octal digit."""

BROAD = {
    "M": ("#...#", "##.##", "#.#.#", "#...#", "#...#"),
    "N": ("#..#", "##.#", "#.##", "#..#", "#..#"),
    "W": ("#...#", "#...#", "#.#.#", "##.##", "#...#"),
}
"""Letters that are easier to tell apart when they have more than three dots a row."""
SLIM = ":.!',;"
"""Signs that need one or two dots; the empty ones beside them are left out."""
SAME = str.maketrans("’‘“”–—−", "''\"\"---")


def fold(text: str) -> str:
    """A text in the letters that can be drawn: capitals without their accents.

    >>> fold("Zürich’s café")
    "ZURICH'S CAFE"
    """
    plain = unicodedata.normalize("NFKD", clean(text).translate(SAME))
    return "".join(c for c in plain if not unicodedata.combining(c)).upper()


def can_be_large(text: str) -> bool:
    """Whether every letter, once folded, can be drawn."""
    return can_be_big(fold(text))


def letter_rows(scale: int) -> int:
    """Rows that a line of letters takes: 3 at scale 1, 5 at scale 2, and so on."""
    return (5 * scale + 1) // 2


def large(text: str, scale: int) -> list[str]:
    """The text in letters whose dots are `scale` cells wide; rows of equal width.

    >>> large("Hi", 1)
    ['█ █ ▀█▀', '█▀█  █ ', '▀ ▀ ▀▀▀']
    """
    dots = ["".join(c * scale for c in row) for row in _dots(fold(text))]
    halves = [row for row in dots for _ in range(scale)]
    if len(halves) % 2:
        halves.append("." * len(halves[0]))
    return [
        "".join(
            HALVES[(a == "#") + 2 * (b == "#")] for a, b in zip(up, low, strict=True)
        )
        for up, low in zip(halves[::2], halves[1::2], strict=True)
    ]


def large_width(text: str, scale: int) -> int:
    """Cells that the text takes at a scale."""
    return len(_dots(fold(text))[0]) * scale


def _dots(text: str) -> list[str]:
    """Five rows of dots; letters are as wide as they need."""
    letters = [_letter(char) for char in text]
    return [".".join(letter[row] for letter in letters) for row in range(5)]


def _letter(char: str) -> tuple[str, ...]:
    if char in BROAD:
        return BROAD[char]
    if char == " ":
        return ("..",) * 5
    rows = [f"{int(row):03b}" for row in FONT[char]]
    kept = [
        i for i in range(3) if char not in SLIM or any(row[i] == "1" for row in rows)
    ]
    return tuple("".join("#" if row[i] == "1" else "." for i in kept) for row in rows)


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
