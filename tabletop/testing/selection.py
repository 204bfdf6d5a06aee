"""Which deck tests run: by words of their names, and in parts that leave none out.

An expression is read as pytest reads it: words are looked for in any case, `and`, `or`,
`not` and brackets join them. Words that stand side by side are looked for as they
stand, since the names of tests are sentences.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tabletop.errors import UsageError

T = TypeVar("T")
Wanted = Callable[[str], bool]
"""Whether a test of this name is wanted."""
MOST = 1_000
"""Characters of an expression."""
DEEPEST = 50
"""Brackets and `not`s within each other."""
_TOKEN = re.compile(r'\s*(?:([()])|"([^"]*)"|([^\s()"]+))')
_JOINTS = ("and", "or", "not")


def wanted(expression: str) -> Wanted:
    """What an expression asks for; nothing at all asks for every test.

    Raises UsageError for one that makes no sense.

    >>> wanted("night shift and not storm")("The night shift sings")
    True
    """
    if not expression.strip():
        return lambda _name: True
    reader = _Reader(expression)
    found = reader.either(0)
    reader.expect_end()
    return lambda name: found(" ".join(name.casefold().split()))


def shard(things: Sequence[T], part: int, of: int) -> list[T]:
    """One of several parts, counted from 1: every thing is in just one of them.

    >>> shard("abcde", 1, 2), shard("abcde", 2, 2)
    (['a', 'c', 'e'], ['b', 'd'])
    """
    return list(things[part - 1 :: of])


@dataclass(frozen=True)
class _Token:
    text: str
    column: int
    plain: bool
    """Whether it may be a bracket or joint: it is not within quotes."""


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, expression: str) -> None:
        if len(expression) > MOST:
            raise UsageError(
                f"-k has {len(expression)} characters", f"At most {MOST} fit."
            )
        self._expression = expression
        self._tokens = self._split()
        self._next = 0

    def _split(self) -> list[_Token]:
        tokens, place = [], 0
        text = self._expression.rstrip()
        while place < len(text):
            found = _TOKEN.match(text, place)
            if found is None:
                raise self._wrong("a quotation mark that is never closed", len(text))
            group = found.lastindex or 0
            plain = group != 2
            tokens.append(_Token(found[group], found.start(group) + 1, plain))
            place = found.end()
        return tokens

    def either(self, depth: int) -> Wanted:
        """Terms joined by `or`."""
        parts = [self._both(depth)]
        while self._take("or"):
            parts.append(self._both(depth))
        return lambda name: any(part(name) for part in parts)

    def _both(self, depth: int) -> Wanted:
        parts = [self._one(depth)]
        while self._take("and"):
            parts.append(self._one(depth))
        return lambda name: all(part(name) for part in parts)

    def _one(self, depth: int) -> Wanted:
        if depth > DEEPEST:
            raise self._wrong("too many brackets", self._column)
        if self._take("not"):
            inner = self._one(depth + 1)
            return lambda name: not inner(name)
        if self._take("("):
            inner = self.either(depth + 1)
            if not self._take(")"):
                raise self._wrong("`)` is missing", self._column)
            return inner
        return self._phrase()

    def _phrase(self) -> Wanted:
        words = []
        while self._next < len(self._tokens) and not self._is_sign():
            words.append(self._tokens[self._next].text.casefold())
            self._next += 1
        if not words:
            raise self._wrong("a word is missing", self._column)
        phrase = " ".join(" ".join(words).split())
        return lambda name: phrase in name

    def _is_sign(self) -> bool:
        token = self._tokens[self._next]
        return token.plain and token.text in (*_JOINTS, "(", ")")

    def _take(self, sign: str) -> bool:
        here = self._next < len(self._tokens)
        found = here and self._is_sign() and self._tokens[self._next].text == sign
        self._next += found
        return found

    @property
    def _column(self) -> int:
        if self._next < len(self._tokens):
            return self._tokens[self._next].column
        return len(self._expression.rstrip()) + 1

    def expect_end(self) -> None:
        """Raises UsageError when something is left over."""
        if self._next < len(self._tokens):
            left = self._tokens[self._next]
            raise self._wrong(f"`{left.text}` does not belong here", left.column)

    def _wrong(self, found: str, column: int) -> UsageError:
        return UsageError(
            f"-k {self._expression!r} makes no sense: {found}, at character {column}",
            "Words of the tests' names, joined by `and`, `or`, `not` and brackets.",
        )
