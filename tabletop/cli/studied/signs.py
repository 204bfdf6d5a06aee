"""What a study is drawn with in a terminal: signs, and ink where it is welcome."""

import os
from dataclasses import dataclass

from tabletop.cli import output


@dataclass(frozen=True, slots=True)
class Signs:
    """A set of signs; each pair that must be told apart differs in form."""

    full: str = "█"
    """A bar."""
    partly: str = "▒"
    rest: str = "░"
    """What is not sure, or lies further out."""
    line: str = "─"
    heavy: str = "█"
    middle: str = "●"
    nought: str = "│"
    left: str = "├"
    right: str = "┤"
    steps: str = "▁▂▃▄▅▆▇█"
    """A number in one cell, from low to high."""
    warning: str = "!"
    note: str = "·"
    none: str = "–"
    cut: str = "…"
    becomes: str = "→"
    rule: str = "─"


ASCII = Signs(
    full="#", partly="+", rest="-", line="-", heavy="=", middle="O", nought="|",
    left="|", right="|", steps="_.-=*%#@", note="-", none="-", cut="~", becomes="->",
    rule="-",
)  # fmt: skip


def signs() -> Signs:
    """ASCII alone where TABLETOP_ASCII=1 asks for it or nothing else can be shown."""
    alone = os.environ.get("TABLETOP_ASCII", "") not in ("", "0")
    every = Signs()
    drawable = output.can_draw("".join(getattr(every, f) for f in Signs.__slots__))
    return ASCII if alone or not drawable else every


@dataclass(frozen=True, slots=True)
class Ink:
    """Puts weight on words; none at all where there is no terminal for it."""

    on: bool = False

    def strong(self, text: str) -> str:
        """A heading."""
        return self._in("1", text)

    def faint(self, text: str) -> str:
        """What stands back."""
        return self._in("2", text)

    def loud(self, text: str) -> str:
        """What asks to be looked at."""
        return self._in("1;33", text)

    def bar(self, text: str) -> str:
        """Drawings."""
        return self._in("36", text)

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text.strip() else text
