"""How a deck test is run, and what comes of it besides whether it passes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tabletop.session.tree import Tree
from tabletop.session.view import Move

Tell = Callable[[str], object]
"""Told in a line what is being done."""
Tracer = Callable[[Tree], object]
"""Given each scripted or found game once it is played."""


@dataclass(frozen=True)
class Wish:
    """How a test is run."""

    seed: int
    tell: Tell | None
    tracer: Tracer | None


@dataclass
class Made:
    """What came of running a test, besides whether it passed."""

    found: list[str] = field(default_factory=list)
    reproduce: str = ""
    moves: list[Move] = field(default_factory=list)
