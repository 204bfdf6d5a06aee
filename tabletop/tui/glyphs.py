"""Signs: one set for most terminals, one of ASCII alone. No fact hangs on colour."""

import os
from dataclasses import dataclass, replace

TEAM_SIGNS = {
    "red": "◆", "blue": "●", "yellow": "▲", "violet": "■", "teal": "★", "pink": "✚",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Every sign that is drawn; all are one cell wide but `ellipsis` and the arrows."""

    plain: bool = False
    """Whether a team's sign is its letter."""
    check: str = "✓"
    stands: str = "✓"
    cross: str = "✗"
    timed: str = "○"
    condition: str = "◇"
    by_hand: str = "·"
    held: str = "‖"
    now: str = "▶"
    owes: str = "?"
    undone: str = "↶"
    mark: str = "»"
    control: str = "§"
    up: str = "▲"
    down: str = "▼"
    same: str = "·"
    round_done: str = "●"
    round_now: str = "◉"
    round_to_come: str = "○"
    becomes: str = "→"
    changes_band: str = "⇒"
    pip: str = "●"
    no_pip: str = "○"
    cursor: str = "▌"
    dice: str = "⚂"
    enter: str = "⏎"
    dot: str = "·"
    minus: str = "−"
    times: str = "×"
    ellipsis: str = "…"
    open_quote: str = "“"
    close_quote: str = "”"
    rule: str = "─"
    dotted: str = "┈"
    bar: str = "━"
    bar_rest: str = "─"
    edge: str = "┿"
    edge_rest: str = "┼"
    value: str = "●"
    start: str = "○"
    full: str = "█"
    gained: str = "▓"
    lost: str = "░"
    band_edge: str = "│"
    steps: str = "▁▂▃▄▅▆▇█"
    """Eighths of a cell, from the lowest; empty when there are none."""
    light: str = "╭─╮│╰╯"
    """A box: upper left, horizontal, upper right, vertical, lower left, lower right."""
    heavy: str = "┏━┓┃┗┛"
    round_line: str = "╎"
    cursor_line: str = "│"
    trail: str = "⠉⠒⠤⣀"
    """Another line in a chart: the four heights within a cell, from the top."""
    lane: str = "─"
    play: str = "▶"
    pointer: str = "▲"
    big: bool = True
    """Whether letters can be built from half blocks."""

    def team(self, color: str, letter: str = "") -> str:
        """A team's sign: its colour's shape, or its letter."""
        if self.plain:
            return letter[:1] or "*"
        return TEAM_SIGNS.get(color, "•")


UNICODE = Glyphs()
ASCII = Glyphs(
    plain=True, check="v", stands="*", cross="x", timed="o", condition="<", by_hand=".",
    held="=", now=">", undone="~", mark="*", control="$", up="+", down="-", same=".",
    round_done="#", round_now="@", round_to_come=".", becomes="->",
    changes_band="=>", pip="*", no_pip=".", cursor=">", dice="#", enter="enter",
    dot="-", minus="-", times="x", ellipsis="..", open_quote='"', close_quote='"',
    rule="-", dotted=".", bar="=", bar_rest="-", edge="|", edge_rest="|", value="O",
    start="o", full="#", gained="+", lost=":", band_edge="|", steps="",
    light="+-+|++", heavy="#=#|##", round_line=":", cursor_line="|", trail="'-,_",
    lane="-", play=">", pointer="^", big=False,
)  # fmt: skip

_chosen: list[Glyphs] = []


def use(signs: Glyphs) -> None:
    """Draw with this set from now on."""
    _chosen[:] = [signs]


def _unicode() -> Glyphs:
    if os.environ.get("TABLETOP_BRAILLE") == "0":
        return replace(UNICODE, trail="▔┈┈▁")
    return UNICODE


def glyphs() -> Glyphs:
    """The set to draw with: the chosen one, else as the environment says.

    TABLETOP_ASCII=1 for ASCII alone; TABLETOP_BRAILLE=0 where the letters of the
    terminal have no braille dots.
    """
    if not _chosen:
        ascii_alone = os.environ.get("TABLETOP_ASCII", "") not in ("", "0")
        use(ASCII if ascii_alone else _unicode())
    return _chosen[0]
