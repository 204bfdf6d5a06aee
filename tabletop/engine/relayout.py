"""States of one program as states of another: of the same deck with injects added.

What is added stands behind what was there, so every index keeps its meaning, but for
the places that schedule: those of rules come after those of injects.
"""

from array import array
from collections.abc import Sequence

from tabletop.engine import layout as at
from tabletop.engine.program import Program

OPENING = (at.FLOW_ROUND, at.FLOW_DUE, at.FLOW_HANDS, at.FLOW_OPENING)
"""Stages of a round in which its first phase has not begun, nor been set."""
BEGINNING = (at.FLOW_PHASE, at.FLOW_BEGIN)
"""Stages of a phase in which what comes as it begins may still come."""


class Relayout:
    """Moves the words of states from where one program has them to another's places."""

    def __init__(self, before: Program, after: Program) -> None:
        """Raises ValueError unless `after` only has more injects than `before`."""
        check_grown(before, after)
        self.before = before
        self.after = after
        self.sites = match_sites(before, after)
        copies = self._sections() + self._scheduled() + self._scratch()
        self.copies = joined(copies)
        """Start and end in the old state, start in the new one."""

    def _sections(self) -> list[tuple[int, int, int]]:
        places = {name: start for name, start, _ in self.after.sections}
        return [
            (start, end, places[name])
            for name, start, end in self.before.sections
            if name != "scheduled"
        ]

    def _scheduled(self) -> list[tuple[int, int, int]]:
        width = self.before.rounds + 1
        old = self.before.words[at.H_S_SITE]
        new = self.after.words[at.H_S_SITE]
        return [
            (old + site * width, old + (site + 1) * width, new + place * width)
            for site, place in enumerate(self.sites)
        ]

    def _scratch(self) -> list[tuple[int, int, int]]:
        """The words behind the digest: as many in both."""
        start = self.before.digest_words
        return [(start, self.before.state_words, self.after.digest_words)]

    def state(self, words: Sequence[int]) -> "array[int]":
        """A state of the old program as one of the new.

        An added inject waits for its moment; where that has passed, control holds it.
        """
        old = words if isinstance(words, array) else array("q", words)
        state = array("q", bytes(8 * self.after.state_words))
        for start, end, place in self.copies:
            state[place : place + end - start] = old[start:end]
        kind, number = divmod(state[at.S_PART], at.CAUSE)
        if kind == at.BY_SITE:
            state[at.S_PART] = at.BY_SITE * at.CAUSE + self.sites[number]
        for inject in range(len(self.before.injects), len(self.after.injects)):
            self._add(state, inject)
        return state

    def _add(self, state: "array[int]", inject: int) -> None:
        P = self.after.words
        row = P[at.H_INJECT] + inject * at.INJECT_WORDS
        due = P[row + at.I_ROUND]
        state[P[at.H_S_DUE] + inject] = due
        if has_passed(state, due, P[row + at.I_PLACE]):
            state[P[at.H_S_INJECT] + inject] = at.INJECT_HELD


def joined(copies: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The same copies, those side by side in one."""
    found: list[tuple[int, int, int]] = []
    for start, end, place in sorted(copies):
        if found and found[-1][1] == start:
            first, _, begin = found[-1]
            if begin + start - first == place:
                found[-1] = first, end, begin
                continue
        found.append((start, end, place))
    return found


def has_passed(state: Sequence[int], due: int, place: int) -> bool:
    """Whether the moment of an inject, as the program has it, has gone by."""
    now, stage = state[at.S_ROUND], state[at.S_STAGE]
    if due == 0 or due > now:
        return False
    if due < now:
        return True
    if stage in OPENING:
        return False
    begun = 2 * state[at.S_PHASE]
    if stage == at.FLOW_ENDING:
        return place <= begun + 1
    return place < begun if stage in BEGINNING else place <= begun


def match_sites(before: Program, after: Program) -> list[int]:
    """For each scheduling effect of a program, its index in one that has grown."""
    origins = site_origins(after)
    found, used = [], set[int]()
    for origin in site_origins(before):
        place = next(i for i, o in enumerate(origins) if o == origin and i not in used)
        used.add(place)
        found.append(place)
    return found


def site_origins(program: Program) -> list[int]:
    """Whose each scheduling effect is: the machine's code of the cause."""
    P = program.words
    return [
        P[P[at.H_SITE] + i * at.SITE_WORDS + at.K_ORIGIN] for i in range(P[at.H_SITES])
    ]


def check_grown(before: Program, after: Program) -> None:
    """Raises ValueError unless a program is another's with injects at the end."""
    for part in ("teams", "targets", "cards", "rules", "endings", "phases", "rounds"):
        if getattr(before, part) != getattr(after, part):
            raise ValueError(f"the programs have other {part}")
    if after.injects[: len(before.injects)] != before.injects:
        raise ValueError("the programs' injects differ before those that were added")
