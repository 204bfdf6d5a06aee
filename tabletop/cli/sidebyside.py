"""Groups side by side as lines of text that fit a terminal."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tabletop.cli.text import counted, one_line

if TYPE_CHECKING:
    from tabletop.report.comparing.comparison import Came, Comparison, Options, Parted
    from tabletop.report.comparing.groups import Group

LABEL = 30
"""The least width of a table's first column."""
LONG = 46
"""The most that it takes where there is room."""
CELL = 6
"""The width of each further one, with the space before it."""
MORE = 26
"""Room for what stands behind the numbers."""


def lines(of: "Comparison", width: int) -> Iterator[str]:
    """The whole comparison, in lines of at most so many characters."""
    yield cut(f"{of.title}: {counted(len(of.groups), 'group')}", width)
    for group in of.groups:
        yield from folded(f"  {group.letter:<3}", legend(of, group), width)
    for note in of.differs:
        yield from folded("  ! ", f"{note}.", width)
    for title, part in (
        ("Scores", scores(of, width)),
        ("A success by its own measure: 1, else 0", successes(of, width)),
        ("Where the tracks parted", parted(of, width)),
        (f"Who chose what, {of.round_label} by {of.round_label}", decisions(of, width)),
        ("Answers to the same question", questions(of, width)),
        (f"Cards: in which {of.round_label}", came(of, of.cards, width)),
        (f"Injects: in which {of.round_label}", came(of, of.injects, width)),
        ("Time and rulings", times(of, width)),
    ):
        found = list(part)
        if found:
            yield ""
            yield cut(title, width)
            yield from found


def legend(of: "Comparison", group: "Group") -> str:
    """What a letter stands for, and how that game ended."""
    label = of.round_label
    end = group.ending_title or "not ended"
    played = counted(group.moves, "move")
    return f"{group.title}: {end}; {label} {group.rounds} of {of.rounds}, {played}"


def folded(head: str, text: str, width: int) -> list[str]:
    """A text behind a head, what does not fit on lines below it."""
    return textwrap.wrap(
        one_line(text), width, initial_indent=head, subsequent_indent=" " * len(head)
    ) or [head.rstrip()]


# --- tables of numbers


def table(
    of: "Comparison", rows: Iterable[tuple[str, Sequence[int | None], str]], width: int,
    more: str = "",
) -> Iterator[str]:  # fmt: skip
    """A label, a number for each group, and something more, in rows.

    Where the groups do not fit beside each other, their least, middle and greatest.
    """
    letters = [group.letter for group in of.groups]
    room = width - (MORE if more else 0)
    apart = LABEL + CELL * len(letters) <= room
    heads = letters if apart else ["least", "mid", "most"]
    wide = max(LABEL, min(LONG, room - CELL * len(heads)))
    head = "".join(f"{each:>{CELL}}" for each in heads)
    yield f"{'':<{wide}}{head}  {more}".rstrip()
    for label, values, told in rows:
        cells = values if apart else spread(values)
        row = "".join(f"{'-' if v is None else v:>{CELL}}" for v in cells)
        yield f"  {cut(label, wide - 3):<{wide - 2}}{row}  {told}".rstrip()


def spread(values: Sequence[int | None]) -> Sequence[int | None]:
    """The least, the middle and the greatest of some numbers."""
    there = sorted(value for value in values if value is not None)
    return (there[0], there[len(there) // 2], there[-1]) if there else (None,) * 3


def cut(text: str, most: int, indent: int = 0) -> str:
    """A label for a narrow place, behind some spaces.

    >>> cut("deep-strike readiness", 12)
    'deep-strike…'
    """
    one = one_line(text)
    short = one if len(one) <= most else one[: most - 1].rstrip() + "…"
    return " " * indent + short


def scores(of: "Comparison", width: int) -> Iterator[str]:
    """What each team scored, where the seat may know it."""
    rows = [
        (name, [group.scores.get(team) for group in of.groups], "")
        for team, name in of.teams
    ]
    known = [row for row in rows if any(value is not None for value in row[1])]
    return table(of, known, width) if known else iter(())


def successes(of: "Comparison", width: int) -> Iterator[str]:
    """Who had what it wanted (1, else 0), where a deck says what that is."""
    rows = [
        (name, [numbered(group.successes.get(team)) for group in of.groups], "")
        for team, name in of.teams
        if any(team in group.successes for group in of.groups)
    ]
    return table(of, rows, width) if rows else iter(())


def numbered(success: bool | None) -> int | None:  # noqa: FBT001
    """1 for yes, 0 for no."""
    return None if success is None else int(success)


def parted(of: "Comparison", width: int) -> Iterator[str]:
    """Each track's last value, and when the groups were furthest apart."""
    rows = [(each.label, last(each), apart(of, each)) for each in of.tracks]
    return table(of, rows, width, "furthest apart") if rows else iter(())


def last(of: "Parted") -> list[int | None]:
    """A track's last value in each group."""
    return [each[-1] if each else None for each in of.values]


def apart(of: "Comparison", track: "Parted") -> str:
    """When a track was furthest apart, and between what."""
    if not track.round:
        return "never"
    label = cut(of.round_label, 8)
    return f"{label} {track.round}: {track.least} to {track.most}"


def times(of: "Comparison", width: int) -> Iterator[str]:
    """Minutes in each phase, and what was ruled, noted and undone."""
    groups = of.groups
    rows: list[tuple[str, Sequence[int | None], str]] = []
    if any(group.phases for group in groups):
        rows += [
            (f"minutes of {phase}", [minutes(g.phases.get(phase)) for g in groups], "")
            for phase in of.phases
        ]
        rows.append(("minutes in all", [minutes(g.lasted) for g in groups], ""))
    rows += [
        ("rulings", [group.rulings for group in groups], ""),
        ("notes", [group.notes for group in groups], ""),
        ("times something was undone", [group.undone for group in groups], ""),
    ]
    return table(of, rows, width)


def minutes(amount: int | None) -> int | None:
    """Seconds as minutes."""
    return None if amount is None else round(amount / 60)


# --- choices


def decisions(of: "Comparison", width: int) -> Iterator[str]:
    """Every decision, with the groups that chose each way."""
    now = 0
    for each in of.decisions:
        if each.round != now:
            now = each.round
            yield cut(f"{of.round_label} {now}", width - 2, indent=2)
        if not each.routine:
            yield from options(each, width, indent=4)


def questions(of: "Comparison", width: int) -> Iterator[str]:
    """Every question that was answered."""
    for each in of.questions:
        yield from options(each, width, indent=2)


def options(of: "Options", width: int, indent: int) -> Iterator[str]:
    """One of them: who chose what, of how many groups that came to it."""
    told = "; ".join(
        f"{len(letters)} of {of.groups} {label} ({' '.join(letters)})"
        for label, letters in of.chosen
    )
    title, comma, nth = of.title.rpartition(", ")
    tail = f"{comma}{nth}" if title and not of.asked_by else ""
    label = title if tail else of.title
    yield from folded(head(label, width, indent, tail), told, width)


def head(title: str, width: int, indent: int, tail: str = "") -> str:
    """What stands before a text that may take several lines; its tail is never cut."""
    wide = max(LABEL, min(LONG, width // 3))
    label = cut(title, wide - indent - 1 - len(tail), indent) + tail
    return f"{label:<{wide}}"


def came(of: "Comparison", cards: "Sequence[Came]", width: int) -> Iterator[str]:
    """Every card or inject, by how many groups, and in which rounds of each."""
    names = dict(of.teams)
    team = ""
    for each in cards:
        if each.team != team and each.team in names:
            team = each.team
            yield cut(names[team], width - 2, indent=2)
        rounds = "; ".join(
            f"{group.letter} {', '.join(map(str, found))}"
            for group, found in zip(of.groups, each.rounds, strict=True)
            if found
        )
        told = f"{each.groups} of {len(of.groups)}: {rounds}"
        yield from folded(head(each.title, width, 4), told, width)
