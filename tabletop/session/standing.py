"""What stands: the flags that are set, those first that every team may see.

Labels that begin alike up to ': ' are told together, so that their beginning need be
said once: 'Draft: no weapons, no call-up'.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tabletop.session.view import CONTROL, FlagView, View

MARK = ": "
"""Ends the part of a label that several flags may share."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A flag, with the part of its label that others of its kind share."""

    shared: str
    """Like 'Draft: '; empty when no other flag that is told begins so."""
    label: str
    """The rest of the label, or all of it; for control with those who alone see it."""
    secret: bool
    """Whether some team may not see it."""
    newest: bool = False
    """Whether the last change of flags in this round set it."""

    def follows(self, other: "Standing | None") -> bool:
        """Whether it is told after another one under the same beginning."""
        if other is None or not self.shared:
            return False
        return (self.shared, self.secret) == (other.shared, other.secret)


def what_stands(view: View) -> tuple[Standing, ...]:
    """The flags of a view that are set: what all may see, then what is secret."""
    return together((_owned(f, view) for f in view.flags if f.value), _newest(view))


def what_does_not(view: View) -> tuple[Standing, ...]:
    """The flags of a view that are not set, in the same order."""
    return together(flag for flag in view.flags if not flag.value)


def together(
    flags: Iterable[FlagView], newest: frozenset[str] = frozenset()
) -> tuple[Standing, ...]:
    """Flags in the deck's order, but beside those whose labels begin alike."""
    found = sorted(flags, key=lambda flag: flag.secret)
    many = Counter((flag.secret, _beginning(flag)) for flag in found)
    groups: dict[tuple[bool, str, str], list[Standing]] = {}
    for flag in found:
        start = _beginning(flag)
        shared = start if many[flag.secret, start] > 1 else ""
        key = flag.secret, shared, "" if shared else flag.id
        rest = flag.label.removeprefix(shared)
        groups.setdefault(key, []).append(
            Standing(shared, rest, flag.secret, flag.id in newest)
        )
    return tuple(each for group in groups.values() for each in group)


def said(stands: Sequence[Standing]) -> str:
    """All in one sentence: 'Cease-fire; Draft: no weapons, no call-up'."""
    groups = groupby(enumerate(stands), key=lambda each: _group(*each))
    return "; ".join(_together([each for _, each in group]) for _, group in groups)


def _group(place: int, each: Standing) -> tuple[str, bool, int]:
    return each.shared, each.secret, -1 if each.shared else place


def _together(group: Sequence[Standing]) -> str:
    return group[0].shared + ", ".join(each.label for each in group)


def _owned(flag: FlagView, view: View) -> FlagView:
    """A flag, for control with the teams that alone see it: 'Want: ties (Kremlin)'."""
    if view.seat != CONTROL or not flag.teams:
        return flag
    names = {team.id: team.short or team.name for team in view.teams}
    whose = ", ".join(names[team] for team in flag.teams)
    return replace(flag, label=f"{flag.label} ({whose})")


def _beginning(flag: FlagView) -> str:
    start, mark, rest = flag.label.partition(MARK)
    return start + mark if mark and rest else ""


def _newest(view: View) -> frozenset[str]:
    """The flags that the last entry of this round that changed any did change."""
    for entry in reversed(view.log):
        if entry.round != view.round or entry.kind == "start":
            break
        changes = (c for c in entry.changes if c.kind == "flag")
        found = frozenset(c.subject for c in changes if c.before != c.after)
        if found:
            return found
    return frozenset()
