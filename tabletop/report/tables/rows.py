"""The rows of each exported table, from what one seat may know of a save."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tabletop.engine import layout as at
from tabletop.report.tables.columns import TABLES as COLUMNS
from tabletop.report.tables.columns import WIDE as WIDE_COLUMNS
from tabletop.report.tables.columns import Cell, Columns, Row, Table
from tabletop.report.tables.places import Place, Places
from tabletop.session.facts import EVERYBODY, seat_index
from tabletop.session.moves import CARD_KINDS, INJECT_KINDS, RULINGS
from tabletop.session.tree import Node
from tabletop.session.view import CONTROL, Cause, Change, LogEntry, Move

COUNTED = ("track", "flag", "points", "roll", "round")
"""Kinds of changes that have numbers before and after."""
NUMBERS = ("track", "flag", "points")
"""Kinds of changes of what the table of tracks holds."""
PRIVATE = ("lay", "answer", "reseed")
"""Kinds of moves of which others are told that they were made, and not what."""


def columns(table: Table, places: Places, *, wide: bool = False) -> Columns:
    """The columns of a table, and what each means."""
    if table == "tracks" and wide:
        labels = {each.column: each.label for each in targets(places)}
        return {**WIDE_COLUMNS, **labels}
    return COLUMNS[table]


def rows(table: Table, places: Places, *, wide: bool = False) -> Iterator[Row]:
    """The rows of a table, with a cell for each of its columns."""
    if table == "moves":
        return (move_row(places, place) for place in places.all)
    if table == "changes":
        return change_rows(places)
    if table == "notes":
        return note_rows(places)
    return wide_rows(places) if wide else track_rows(places)


# --- moves


def move_row(places: Places, place: Place) -> Row:
    """A move, as far as the seat may know it."""
    node, entry = place.node, place.entry
    move = node.move if told(places, entry, node.move) else None
    ending = places.tree.program.endings
    over = node.state[at.S_ENDING] if node.over else 0
    return place.row(
        kind="hidden" if entry.kind == "hidden" else kind_of(node),
        team=team_of(entry, node.move),
        item=move.item if move else public_answer(entry),
        value=move.value if move and move.value else None,
        title=entry.title,
        note=entry.note,
        **cause_cells(cause_of(places, entry, move)),
        ending=ending[over - 1] if over else "",
        digest=places.digests.get(node.number, "") if places.seat == CONTROL else "",
    )


def kind_of(node: Node) -> str:
    """A move's kind; `start` for the start."""
    return node.move.kind if node.move else "start"


def told(places: Places, entry: LogEntry, move: Move | None) -> bool:
    """Whether the seat may know what was played, and not only that something was."""
    if move is None or entry.kind == "hidden":
        return False
    own = places.seat == CONTROL or move.team == places.seat
    return own or move.kind not in PRIVATE


def team_of(entry: LogEntry, move: Move | None) -> str:
    """The team that acts or is acted on, if that may be known."""
    return move.team if move and entry.kind != "hidden" else ""


def public_answer(entry: LogEntry) -> str:
    """The option that a team chose, where all could hear it."""
    said = (each.subject for each in entry.changes if each.kind == "answer")
    return next(said, "") if entry.kind == "answer" else ""


def cause_of(places: Places, entry: LogEntry, move: Move | None) -> Cause | None:
    """What of the deck a move makes use of."""
    if move is None:
        return None
    names = places.tree.names
    if move.kind == "answer":
        return Cause("option", move.item, answer_label(places, entry, move))
    if move.kind in RULINGS:
        return Cause("ruling", "", entry.title)
    if move.kind in INJECT_KINDS:
        return Cause("inject", move.item, names.title(move.item))
    if move.kind in CARD_KINDS:
        return Cause("card", move.item, names.title(move.item))
    return None


def answer_label(places: Places, entry: LogEntry, move: Move) -> str:
    """What the option says that a team has chosen."""
    start = f"{places.tree.names.team(move.team)} answers: "
    said = (each.text for each in entry.changes if each.subject == move.item)
    return next(said, "").removeprefix(start)


def cause_cells(cause: Cause | None) -> dict[str, Cell]:
    """The cells of a cause."""
    if cause is None:
        return {"cause_kind": "", "cause": "", "cause_title": ""}
    return {"cause_kind": cause.kind, "cause": cause.id, "cause_title": cause.title}


# --- changes


def change_rows(places: Places) -> Iterator[Row]:
    """Every change that the seat may know of."""
    for place in places.all:
        for change in place.entry.changes:
            yield change_row(places, place, change)


def change_row(places: Places, place: Place, change: Change) -> Row:
    """One of them."""
    counted = change.kind in COUNTED
    before, after = bands_of(places, change)
    return place.row(
        kind=change.kind,
        subject=change.subject,
        team=change.team,
        text=change.text,
        before=change.before if counted else None,
        after=change.after if counted else None,
        band_before=before,
        band=after,
        **cause_cells(change.cause),
    )


def bands_of(places: Places, change: Change) -> tuple[str, str]:
    """The names of a track's bands before and after."""
    if change.kind != "track":
        return "", ""
    label = places.tree.names.band_label
    return label(change.subject, change.before), label(change.subject, change.after)


# --- tracks


class Target:
    """A track, a flag or a team's points: where it stands in a state."""

    def __init__(self, places: Places, index: int) -> None:
        program, names = places.tree.program, places.tree.names
        self.id = program.targets[index]
        self.column = f"track.{self.id}" if self.id in WIDE_COLUMNS else self.id
        """What its column is called in the wide table."""
        self.label = names.target(self.id)
        self.place = program.words[at.H_S_TARGET] + index
        self.names = names
        if index < len(program.tracks):
            self.kind = "track"
        else:
            flags = len(program.tracks) + len(program.flags)
            self.kind = "flag" if index < flags else "points"

    def value(self, node: Node) -> int:
        """What it was after a move."""
        return node.state[self.place]

    def band(self, value: int) -> str:
        """The name of the band that a value is in."""
        return self.names.band_label(self.id, value) if self.kind == "track" else ""


def targets(places: Places) -> list[Target]:
    """Every track, flag and team's points that the seat may see, in order."""
    program = places.tree.program
    seat = seat_index(program, places.seat)
    first = program.words[at.H_TARGET] + at.G_HIDDEN
    return [
        Target(places, index)
        for index in range(len(program.targets))
        if may_see(program.words[first + index * at.TARGET_WORDS], seat)
    ]


def may_see(hidden: int, seat: int) -> bool:
    """Whether a seat is not among those from whom something is hidden."""
    return hidden == 0 if seat == EVERYBODY else not (hidden >> seat) & 1


def track_rows(places: Places) -> Iterator[Row]:
    """A row for each move and track."""
    seen = targets(places)
    for place in places.all:
        causes = last_causes(place.entry.changes)
        before = values_before(place.entry.changes)
        for target in seen:
            value = target.value(place.node)
            yield place.row(
                kind=target.kind,
                track=target.id,
                label=target.label,
                value=value,
                change=value - before.get(target.id, value),
                band=target.band(value),
                **cause_cells(causes.get(target.id)),
            )


def last_causes(changes: Sequence[Change]) -> Mapping[str, Cause | None]:
    """What changed each track last within a move."""
    return {each.subject: each.cause for each in changes if each.kind in NUMBERS}


def values_before(changes: Sequence[Change]) -> Mapping[str, int]:
    """What each track was that a move changed."""
    latest_first = reversed(changes)
    return {each.subject: each.before for each in latest_first if each.kind in NUMBERS}


def wide_rows(places: Places) -> Iterator[Row]:
    """A row for each move, with a column for each track."""
    seen = targets(places)
    for place in places.all:
        yield place.row(**{each.column: each.value(place.node) for each in seen})


# --- notes


def note_rows(places: Places) -> Iterator[Row]:
    """What was written, declared and undone beside the moves, by the save's lines."""
    found: dict[int, tuple[int, LogEntry]] = {}
    for tip in tips(places):
        place = 0
        for entry in places.log.seen_from(tip).entries():
            if entry.number in places.tree.nodes:
                place = entry.number
            else:
                found.setdefault(entry.number, (place, entry))
    yield from (note_row(places, place, entry) for place, entry in found.values())
    yield from mark_rows(places)


def tips(places: Places) -> Iterator[int]:
    """The last moves of the lines that are wanted, the one that was played first."""
    yield places.tree.home
    if places.all_lines:
        yield from (course.tip for course in places.tree.courses())


def note_row(places: Places, place: int, entry: LogEntry) -> Row:
    """One of them; its move is the one that it follows."""
    return {
        **places.beside(place, entry),
        "number": entry.number,
        "kind": entry.kind,
        "author": entry.author,
        "teams": " ".join(entry.teams),
        "objective": entry.objective,
        "title": entry.title,
        "text": entry.note,
    }


def mark_rows(places: Places) -> Iterator[Row]:
    """What somebody wrote on moments in a replay; for control alone."""
    shown = {place.node.number: place.entry for place in places.all}
    for mark in places.marks():
        if mark.move in shown:
            entry = replace(shown[mark.move], at=mark.at, seat=CONTROL)
            yield {
                **places.beside(mark.move, entry),
                "number": None,
                "kind": "mark",
                "author": "",
                "teams": "",
                "objective": "",
                "title": mark.mark,
                "text": mark.text,
            }
