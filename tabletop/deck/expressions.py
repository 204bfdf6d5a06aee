"""The checked form of a deck's conditions, numbers and effects.

These trees are all that later layers see of an expression: names are resolved, types
and bounds are known. They never hold anything of Python's own syntax.
"""

import keyword
from collections.abc import Iterator
from dataclasses import dataclass, replace

OVERFLOW = 2**62
"""No value on the way to a result may reach this, in either direction."""
MAX_NUMBER = 9_999_999
MAX_POINTS = 999
MAX_HAND = 200
"""Cards that an effect may name a number of."""
MAX_CARDS = 2_000
"""Cards of a deck, with all their copies; one hand may hold them all."""
MAX_COUNT = 10_000

Span = tuple[int, int]
"""Offsets of the first character of a text's part, and of the one after its last."""

EFFECT_WORDS = ("draw", "discard", "give", "schedule", "end", "cancel")
FUNCTIONS = ("min", "max", "abs")
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""For each comparison the one that holds when it does not."""
QUERIES = ("played", "fired", "lasts", "playing", "chose", "answer", "ending")
"""Words that stand before a dot: `played.CARD`."""
PLAIN_NAMES = ("round", "rounds", "roll", "asked", "true", "false")
TEAM_FIELDS = ("points", "hand", "plays")
SEATS = ("control", "public", "observer", "all", "none")

RESERVED = frozenset(
    (*EFFECT_WORDS, *FUNCTIONS, *QUERIES, *PLAIN_NAMES, *SEATS, *keyword.kwlist)
)
"""Words with a meaning of their own, which may not be ids."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a name in an expression stands for.

    By `kind`, with its ids: track(t), band(t), flag(f), round(), points(team),
    hand(team), plays(team), played(card), fired(inject), lasts(card or inject),
    playing(card), asked(), chose(option), answer(team, option), roll(), ending(id).
    """

    kind: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expr:
    """A node of a checked expression."""

    op: str
    """const name neg not and or + - * // % < <= == != > >= min max abs if."""
    type: str
    """'int' or 'bool'."""
    args: tuple["Expr", ...] = ()
    value: int = 0
    """Of a const; 0 or 1 for a bool."""
    name: Name | None = None
    """Of a name."""
    low: int = 0
    """The least value it can have."""
    high: int = 0
    """The greatest value it can have."""
    span: Span = (0, 0)
    """Where it stands in the text it was parsed from."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One checked effect."""

    op: str
    """add set draw discard discard_card give schedule end cancel."""
    text: str
    """As it was written."""
    span: Span
    target: Name | None = None
    """For add and set: a track, a flag (set only) or a team's points."""
    value: Expr | None = None
    """For add and set: the amount. For draw and discard: the count."""
    team: str = ""
    card: str = ""
    inject: str = ""
    ending: str = ""
    rounds: int = 0
    """For schedule: in how many rounds."""
    effect: "Effect | None" = None
    """For schedule: the effect that comes later, when it is one."""


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression's nodes, each before its parts."""
    yield expr
    for arg in expr.args:
        yield from walk(arg)


def names(expr: Expr) -> Iterator[tuple[Name, Span]]:
    """The names in the expression, in their order, with their places."""
    for node in walk(expr):
        if node.name is not None:
            yield node.name, node.span


def moved(expr: Expr, by: int) -> Expr:
    """The same expression, in a text that stands in a longer one."""
    span = (expr.span[0] + by, expr.span[1] + by)
    return replace(expr, args=tuple(moved(a, by) for a in expr.args), span=span)
