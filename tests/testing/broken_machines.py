"""Parts of the machine's own source that are broken on purpose, shared by all gears."""

from typing import Any

from tabletop.engine import layout as at
from tabletop.engine.flow import begin_card
from tabletop.engine.words import below, set_target
from tabletop.session.facts import Fact


def hides_nothing(*_: object) -> None:
    """Stands for a part that hides something."""


def sees_all(P: list[int], S: list[int], seat: int, out: list[int]) -> None:
    """What a seat knows when nothing is hidden from it."""
    out[:] = S


def counted_twice(*given: Any) -> None:
    """Begins a card, and counts it as two plays."""
    begin_card(*given)
    P, S, _, card, _ = given
    S[P[at.H_S_PLAYED] + card] += 1


def unset(S: list[int], slot: int, target: int, value: int, *more: Any) -> None:
    """Sets tracks and points; no flag."""
    if more[:2] != (0, 1):
        set_target(S, slot, target, value, *more)


def unbound(S: list[int], slot: int, target: int, value: int, *_: object) -> None:
    """Sets a track, a flag or points without bounds."""
    S[slot] = value
    S[at.S_DIRTY] = 1


def low_die(S: list[int], sides: int, trace: Any) -> int:
    """A die that shows no more than half."""
    value = 1 + below(S, at.S_DICE, sides) // 2
    if trace is not None:
        trace.append((at.TR_DIE, value, sides, 0, S[at.S_ORIGIN], S[at.S_PART]))
    return value


def free(*_: object) -> int:
    """Refuses no card."""
    return 0


def told(fact: Fact, _: int) -> object:
    """Lets everybody know of a fact."""
    return fact.change


MACHINES: dict[str, tuple[str, Any, str]] = {
    "bots see the state": (
        "session.tree.imagine engine.playout.imagine",
        sees_all,
        "secrets",
    ),
    "answers are not hidden": ("engine.imagine.hide_answers", hides_nothing, "secrets"),
    "cards are not put away": ("engine.flow.put_away", hides_nothing, "cards"),
    "plays count twice": ("engine.machine.begin_card", counted_twice, "plays"),
    "cards are free": ("engine.machine.change_points", hides_nothing, "pays"),
    "effects have no bounds": ("engine.effects.set_target", unbound, "bounds"),
    "flags are not set": ("engine.effects.set_target", unset, "effects"),
    "rulings have no bounds": ("engine.machine.set_target", unbound, "bounds"),
    "dice show half": ("engine.frames.throw_die", low_die, "luck"),
    "the first card is drawn": ("engine.cards.below", free, "luck"),
    "everything may be played": ("engine.machine.refusal", free, "allowed"),
    "everybody is told": ("session.facts.Fact.seen_by", told, "tells"),
}
"""Where it is broken, with what, and the check that must catch it."""
