"""One line of a save as one seat may know it: worked out once, then looked up."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from functools import cached_property

from tabletop.engine import layout as at
from tabletop.errors import UsageError
from tabletop.session.log import LogReader
from tabletop.session.moves import RULINGS, TEAM_KINDS
from tabletop.session.replayed import Moment, MomentKind
from tabletop.session.tree import Node, Tree
from tabletop.session.view import CONTROL, LogEntry

KINDS: dict[str, MomentKind] = {
    "start": "start", "advance": "phase", "judge": "ruling",
    **dict.fromkeys(TEAM_KINDS, "decision"),
    **dict.fromkeys(("fire", "hold", "release", "skip", "forward"), "inject"),
    **dict.fromkeys(RULINGS, "ruling"),
}  # fmt: skip
STEERED = ("hold", "release", "skip", "forward")
"""What control does with an inject that does not let it come."""
WORDS = (
    "move", "round", "phase", "decision", "decision:TEAM", "die", "ruling", "inject",
    "bookmark", "mark", "note", "checkpoint", "track:ID",
)  # fmt: skip
"""What can be looked for along a line."""


class CourseReader:
    """The line of play that ends with a move."""

    def __init__(self, log: LogReader, tip: int) -> None:
        """`log` is the seat's own."""
        self._log = log.seen_from(tip)
        self.path = self._log.tree.path()
        self.places = {node.number: i for i, node in enumerate(self.path)}
        """How many moves lead to each place, by its number."""

    @cached_property
    def _steps(self) -> list[tuple[LogEntry | None, list[LogEntry]]]:
        return list(self._log.steps())

    @cached_property
    def _entries(self) -> tuple[tuple[LogEntry, ...], tuple[int, ...]]:
        """The whole log, and how much of it was written by each place."""
        found: list[LogEntry] = []
        ends: list[int] = []
        for entry, beside in self._steps:
            found += [entry, *beside] if entry else beside
            ends.append(len(found))
        return tuple(found), tuple(ends)

    def at(self, number: int) -> tuple[Tree, LogReader]:
        """The tree at a place of this line, and the log as it was then."""
        place = self.places[number]
        tree = self._log.tree.at(number, self.path[: place + 1])
        entries, ends = self._entries
        return tree, self._log.given(tree, entries[: ends[place]])

    def place_of(self, number: int) -> int | None:
        """The moment at a move, or the last known one before it; None off this line."""
        if number not in self.places:
            return None
        way = [self.places[moment.number] for moment in self.moments]
        return max(0, bisect_right(way, self.places[number]) - 1)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Every place of which the seat knows that something led there."""
        found: list[Moment] = []
        for node, (entry, beside) in zip(self.path, self._steps, strict=True):
            if entry is not None or beside:
                found.append(self._moment(len(found), node, entry, beside))
        return tuple(found)

    def _moment(
        self, place: int, node: Node, entry: LogEntry | None, beside: list[LogEntry]
    ) -> Moment:
        told = entry or beside[0]
        moved = node.move if entry and entry.kind != "hidden" else None
        team = moved.team if moved and moved.kind in TEAM_KINDS else ""
        return Moment(
            number=node.number,
            place=place,
            round=max(node.round, 1),
            phase=self._log.tree.program.phases[node.state[at.S_PHASE]],
            seat=team or CONTROL,
            kind=KINDS.get(entry.kind, "other") if entry else "other",
            title=entry.title if entry else "",
            note=entry.note if entry else "",
            at=told.at,
            die=any(change.kind == "roll" for change in told.changes),
            injects=self._injects(entry),
            targets=moved_targets(told),
            beside=tuple(beside),
        )

    def _injects(self, entry: LogEntry | None) -> tuple[str, ...]:
        """Injects that came with a move; that one is held or moved is none."""
        if entry is None or entry.kind in STEERED:
            return ()
        found = (c.subject for c in entry.changes if c.kind == "inject")
        return tuple(dict.fromkeys(found))


def moved_targets(entry: LogEntry) -> frozenset[str]:
    """The tracks and flags that a move changed."""
    return frozenset(
        change.subject
        for change in entry.changes
        if change.kind in ("track", "flag") and change.before != change.after
    )


# --- going along a line


def sought(what: str, known: dict[str, set[str]]) -> tuple[str, str]:
    """What to look for, and of whom or of which track; raises UsageError."""
    word, colon, name = what.partition(":")
    plain = [each for each in WORDS if ":" not in each]
    if not colon and word in plain:
        return word, ""
    names = known.get(word, set())
    if not colon or word not in known:
        raise UsageError(f"'{what}' can't be looked for", f"Known: {', '.join(WORDS)}.")
    if name not in names:
        listed = ", ".join(sorted(names)) or "none"
        raise UsageError(f"there is no {word} of '{name}'", f"Known: {listed}.")
    return word, name


Test = Callable[[Moment, Moment | None], bool]
TESTS: dict[str, Test] = {
    "move": lambda _now, _before: True,
    "round": lambda now, before: before is None or now.round != before.round,
    "phase": lambda now, before: (
        before is None or (now.round, now.phase) != (before.round, before.phase)
    ),
    "decision": lambda now, _before: now.kind == "decision",
    "die": lambda now, _before: now.die,
    "ruling": lambda now, _before: now.kind == "ruling",
    "inject": lambda now, _before: bool(now.injects),
    "bookmark": lambda now, _before: has_beside(now, "bookmark"),
    "note": lambda now, _before: has_beside(now, "note"),
    "checkpoint": lambda now, _before: has_beside(now, "checkpoint"),
}


def test_of(what: str, known: dict[str, set[str]], marked: Collection[int]) -> Test:
    """Whether a moment is looked for, given the one before it; raises UsageError."""
    word, name = sought(what, known)
    if word == "mark":
        return lambda now, _before: now.number in marked
    if word == "track":
        return lambda now, _before: name in now.targets
    fits = TESTS[word]
    return lambda now, before: fits(now, before) and name in ("", now.seat)


def has_beside(moment: Moment, kind: str) -> bool:
    """Whether something of a kind was written down there."""
    return any(entry.kind == kind for entry in moment.beside)


def texts(moment: Moment, entry: LogEntry | None) -> Iterator[str]:
    """All words of a moment that can be searched."""
    for each in (entry, *moment.beside):
        if each is None:
            continue
        yield from (each.title, each.note, each.author)
        for change in each.changes:
            yield change.text
            yield change.cause.title if change.cause else ""
            yield f"{change.band_before} {change.band_after}"
