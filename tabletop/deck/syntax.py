"""Text of the deck language to Python's syntax tree, for text that is safe to parse.

Everything that could cost time or memory, or that has another meaning in Python, is
refused by `screen` before Python's own parser sees the text.
"""

import ast
import re

from tabletop.deck.diagnostics import Trouble
from tabletop.deck.expressions import MAX_NUMBER, Span
from tabletop.deck.suggest import quoted

MAX_LENGTH = 2_000
MAX_TOKENS = 600
MAX_DEPTH = 30
MAX_DIGITS = len(str(MAX_NUMBER))

# Numbers are at most MAX_DIGITS long, which is 7.
_SUSPECT = re.compile(
    r"""
      (?P<character>[^\x20-\x7e\t\r\n])
    | (?P<digits>(?<![A-Za-z0-9_])\d{8,})
    | (?P<fraction>(?<![A-Za-z0-9_])\d*\.\d+ | (?<![A-Za-z0-9_])\d+\.)
    | (?P<zero>(?<![A-Za-z0-9_])0\d+)
    | (?P<glued>(?<![A-Za-z0-9_])\d+[A-Za-z_]\w*)
    | (?P<power>\*\*|\^)
    | (?P<also>&&?)
    | (?P<either>\|\|?)
    | (?P<walrus>:=)
    | (?P<arrow>=[<>])
    | (?P<negation>!(?!=))
    | (?P<shift><<|>>|<>)
    | (?P<comment>\#)
    | (?P<odd>[\\`$?~;:@{}\[\]])
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_CHAIN = re.compile(r"(?:(?:[-+]|\bnot\b)\s*){12,}")

_TROUBLES: dict[str, tuple[str, str, str]] = {
    "character": ("E101", "{0} has no meaning in an expression", ""),
    "digits": (
        "E103",
        f"a number of more than {MAX_DIGITS} digits",
        f"numbers reach from -{MAX_NUMBER:,} to {MAX_NUMBER:,}",
    ),
    "fraction": ("E101", "{0} is not a whole number", "all numbers are whole numbers"),
    "zero": ("E101", "{0} begins with a zero", "write the number without it"),
    "glued": ("E101", "{0} is neither number nor name", "names begin with a letter"),
    "power": ("E102", "there are no powers", "multiply instead: `x * x`"),
    "also": ("E104", "{0} is not an operator here", "write `and`"),
    "either": ("E104", "{0} is not an operator here", "write `or`"),
    "walrus": ("E102", "names cannot be given to values here", ""),
    "arrow": ("E104", "{0} is not an operator here", "write `>=` or `<=`"),
    "negation": ("E104", "{0} is not an operator here", "write `not`"),
    "shift": ("E104", "{0} is not an operator here", "write `<`, `>` or `!=`"),
    "comment": ("E101", "comments belong outside of the quotes", ""),
    "odd": ("E102", "{0} has no meaning here", ""),
}


def screen(text: str) -> None:
    """Refuse text that Python's parser should not see, with the place in it."""
    if len(text) > MAX_LENGTH:
        message = f"{len(text):,} characters; an expression may have {MAX_LENGTH:,}"
        raise Trouble("E103", message, (MAX_LENGTH, len(text)), "cut it into parts")
    if found := _SUSPECT.search(text):
        code, message, caption = _TROUBLES[found.lastgroup or "odd"]
        shown = quoted(found.group()) if found.group().isprintable() else "a character"
        raise Trouble(code, message.format(shown), found.span(), caption)
    if found := _CHAIN.search(text):
        raise Trouble("E103", "too many signs in a row", found.span())
    _measure(text)


def _measure(text: str) -> None:
    """Refuse too many tokens or too many open brackets."""
    if len(text) <= MAX_TOKENS and text.count("(") <= MAX_DEPTH:
        return
    depth = 0
    for index, token in enumerate(_TOKEN.finditer(text)):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if depth > MAX_DEPTH:
            message = f"more than {MAX_DEPTH} brackets inside one another"
            raise Trouble("E103", message, token.span())
        if index >= MAX_TOKENS:
            message = f"more than {MAX_TOKENS} words and signs"
            raise Trouble("E103", message, (token.start(), len(text)))


def parse(text: str) -> ast.expr:
    """The syntax tree of an expression; raises Trouble when there is none."""
    screen(text)
    if not text.strip():
        raise Trouble("E101", "the expression is empty", (0, len(text)))
    if (bracket := _unbalanced(text)) is not None:
        message = f"this `{text[bracket]}` has no partner"
        raise Trouble("E101", message, (bracket, bracket + 1))
    try:
        # The brackets let an expression run over several lines.
        return ast.parse(f"({text}\n)", mode="eval").body
    except SyntaxError as error:
        raise _syntax_trouble(text, error) from None
    except (ValueError, MemoryError, RecursionError):
        raise Trouble("E103", "too deeply nested", (0, len(text))) from None


class Lines:
    """Turns Python's lines and columns into offsets in the text.

    `start` is where the text begins in a longer one whose offsets are wanted.
    """

    def __init__(self, text: str, start: int = 0) -> None:
        self._start = start
        # Python's parser ends lines at \r\n, \r and \n alike.
        self._end = len(text)
        self._starts = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", text))]

    def offset(self, line: int, column: int) -> int:
        """The offset for a line from 1 and a column from 0."""
        if line > len(self._starts):
            return self._start + self._end
        # The first line begins with a bracket that is not in the text.
        offset = self._starts[line - 1] + column - (line == 1)
        return self._start + max(0, min(offset, self._end))

    def span(self, node: ast.expr) -> Span:
        """Where a node stands."""
        end_line = node.end_lineno or node.lineno
        end_column = node.end_col_offset or node.col_offset
        return (
            self.offset(node.lineno, node.col_offset),
            self.offset(end_line, end_column),
        )


def _syntax_trouble(text: str, error: SyntaxError) -> Trouble:
    if found := re.search(r"(?<![=!<>])=(?!=)", text):
        message = "`=` changes a value; to compare, write `==`"
        return Trouble("E104", message, found.span(), "write `==`")
    start = Lines(text).offset(error.lineno or 1, max((error.offset or 1) - 1, 0))
    start = max(0, min(start, len(text.rstrip())))
    token = _TOKEN.match(text, start)
    if token is None:
        return Trouble("E101", "something is missing here", (start, start + 1))
    return Trouble("E101", f"`{token.group()[:40]}` is not expected here", token.span())


def _unbalanced(text: str) -> int | None:
    """The first bracket without a partner."""
    opened: list[int] = []
    for bracket in re.finditer(r"[()]", text):
        if bracket.group() == "(":
            opened.append(bracket.start())
        elif not opened:
            return bracket.start()
        else:
            opened.pop()
    return opened[0] if opened else None
