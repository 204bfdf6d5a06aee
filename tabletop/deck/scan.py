"""Valid TOML that decks may not hold: what only TOML 1.1 has, and deep nesting.

The parser here reads TOML 1.1, but many others, editors among them, do not; a deck
that loads with one version of a library must load with every other.
"""

import re
from collections.abc import Iterator

MAX_NESTING = 24
"""Lists and tables in braces inside one another."""

# Possessive repeats (*+) keep no way back, which for large texts would cost memory.
_TOKEN = re.compile(
    r"""(?P<text>
          "{3} (?: [^"\\] | \\. | "{1,2}(?!") )*+ "{3,5}
        | '{3} (?: [^'] | '{1,2}(?!') )*+ '{3,5}
        | " (?: [^"\\\n] | \\. )*+ "
        | ' [^'\n]*+ ' )
    | (?P<comment> \# [^\n]*+ )
    | (?P<open> [\[{] ) | (?P<close> [\]}] ) | (?P<comma> , ) | (?P<line> \r?\n )
    | (?P<other> [^\s\[\]{},"'\#]++ )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*+(\\[ex])")


class Excess(Exception):
    """Something that decks may not hold, with its offset and length."""

    def __init__(
        self, code: str, message: str, at: tuple[int, int], hint: str = ""
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.at = at
        self.hint = hint


def tokens(text: str) -> Iterator[tuple[str, int, str]]:
    """The tokens of valid TOML: what each is, its offset, and its text.

    >>> [kind for kind, _, _ in tokens("a = ['#'] # b")]
    ['other', 'other', 'open', 'text', 'close', 'comment']
    """
    for token in _TOKEN.finditer(text):
        yield token.lastgroup or "", token.start(), token.group()


def left_open(text: str) -> int | None:
    """Where invalid TOML opens a text, a list or a table that it does not close."""
    opened: list[int] = []
    end = 0
    for token in _TOKEN.finditer(text):
        between = text[end : token.start()].lstrip()
        if between[:1] in ("'", '"'):
            break
        if token.lastgroup == "open":
            opened.append(token.start())
        elif token.lastgroup == "close" and opened:
            opened.pop()
        end = token.end()
    quote = re.compile(r"\s*(['\"])").match(text, end)
    if quote:
        return quote.start(1)
    return opened[-1] if opened else None


def scan(text: str) -> None:
    """Look through valid TOML; raises Excess at the first thing it may not hold."""
    opened: list[str] = []
    before = ""
    for token in _TOKEN.finditer(text):
        kind, start = token.lastgroup, token.start()
        if kind == "text":
            _check_escapes(token.group(), start)
        elif kind == "open":
            opened.append(token.group())
            if len(opened) > MAX_NESTING:
                message = f"more than {MAX_NESTING} lists and tables in one another"
                raise Excess("E005", message, (start, 1))
        elif kind == "line" and opened[-1:] == ["{"]:
            hint = "write it in one line, or as a table with a [header]"
            raise _newer("a table in braces ends in the line it begins in", start, hint)
        elif kind == "close":
            if before == "comma" and opened[-1] == "{":
                raise _newer("no comma stands before a `}`", start, "leave it out")
            opened.pop()
        if kind not in ("line", "comment"):
            before = kind or ""


def _check_escapes(text: str, start: int) -> None:
    if text[0] == '"' and (found := _ESCAPE.search(text)):
        hint = "write it like `\\u001b`"
        raise _newer("there is no such escape", start + found.start(1), hint, length=2)


def _newer(message: str, start: int, hint: str, length: int = 1) -> Excess:
    return Excess("E019", f"in TOML 1.0 {message}", (start, length), hint)
