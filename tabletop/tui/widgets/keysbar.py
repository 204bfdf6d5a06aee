"""The row of keys at the foot: what works now, in few words."""

from collections.abc import Sequence

from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.line import Line, joined, line

LAST = 2
"""How many keys stand at the right: the palette and help."""


def key_line(key: str, verb: str) -> Line:
    """A key and what it does."""
    return line((key, "bold $accent"), (f" {verb}", "$muted"))


class KeysBar(Band):
    """Keys and verbs; of those at the left, as many as fit."""

    _keys: tuple[tuple[str, str], ...] = ()

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show these keys; the last two stand at the right."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """One row; keys that don't fit are left out whole."""
        drawn = [key_line(key, verb) for key, verb in self._keys]
        first, last = drawn[:-LAST], joined(drawn[-LAST:], "   ")
        inner = room - 2
        for gap in ("   ", "  "):
            left = joined(first, gap)
            if left.width + last.width + 3 <= inner:
                return [line(" ", left.spread(last, inner), " ")]
        while first and joined(first).width + last.width + 3 > inner:
            first = first[:-1]
        return [line(" ", joined(first).spread(last, inner), " ")]
