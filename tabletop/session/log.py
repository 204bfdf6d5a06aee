"""The log as a seat may know it."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace

from tabletop.engine import layout as at
from tabletop.session.clock import seconds
from tabletop.session.facts import EVERYBODY, Fact, seat_index
from tabletop.session.moves import INJECT_KINDS, RULINGS, TEAM_KINDS
from tabletop.session.names import Names
from tabletop.session.tree import Node, Note, Tree, Turn
from tabletop.session.view import CONTROL, PUBLIC, Change, LogEntry, Move, SeatId

TITLES = 3
"""Moves that an entry names when they were undone; the others are counted."""


def move_title(names: Names, move: Move) -> str:
    """A move in words, for those who may know all of it."""
    who = names.team(move.team) if move.team else "Control"
    item = move.item
    if move.kind in ("play", "lay"):
        verb = "plays" if move.kind == "play" else "lays"
        return f"{who} {verb} {names.title(item)}"
    if move.kind == "pass":
        return f"{who} passes"
    if move.kind == "answer":
        return f"{who} answers"
    if move.kind == "advance":
        return "Control opens the next phase"
    if move.kind in INJECT_KINDS:
        return inject_title(names, move)
    if move.kind == "reseed":
        return "Control draws cards and dice anew from here"
    return f"Ruling: {ruling_title(names, move)}"


def inject_title(names: Names, move: Move) -> str:
    """What control does with an inject, in words."""
    title = names.title(move.item)
    if move.kind == "forward":
        return f"Control moves {title} to {names.model.rounds.label} {move.value}"
    verbs = {
        "fire": "fires", "hold": "holds", "release": "puts back", "skip": "skips",
    }  # fmt: skip
    return f"Control {verbs[move.kind]} {title}"


def judgement_title(names: Names, inject: str) -> str:
    """What a judgement that was written during the game is called."""
    return f"Ruling: {names.title(inject)}"


def ruling_title(names: Names, move: Move) -> str:
    """A ruling in words."""
    if move.kind == "die":
        return f"the next die shows {move.value}"
    if move.kind == "set":
        return f"{names.target(move.item)} is {move.value}"
    if move.kind == "add":
        return f"{names.target(move.item)} {move.value:+d}".replace("-", "−")
    team, card = names.team(move.team), names.title(move.item)
    if move.kind == "reveal":
        to = names.team(names.teams[move.value - 1]) if move.value else "all"
        return f"{team} shows {card} to {to}"
    return {
        "veto": f"{card} is vetoed",
        "lift": f"{card} may be played again",
        "give": f"{team} gets {card}",
        "take": f"{team} loses {card}",
        "force": f"{team} plays {card}",
    }[move.kind]


def in_order(entries: list[LogEntry]) -> list[LogEntry]:
    """Entries as they were written: what no line of the save holds goes by its time."""
    if all(entry.number >= 0 for entry in entries):
        return sorted(entries, key=lambda entry: entry.number)
    return sorted(
        entries,
        key=lambda entry: (seconds(entry.at) or 0, entry.number < 0, abs(entry.number)),
    )


class LogReader:
    """Writes log entries for one seat, and keeps them."""

    def __init__(self, tree: Tree, seat: SeatId) -> None:
        """Reads `tree` as `seat` may."""
        self.tree = tree
        self.seat = seat
        self.index = seat_index(tree.program, seat)
        self._kept: dict[int, LogEntry | None] = {}
        self._turned: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._given: tuple[LogEntry, ...] | None = None

    def seen_from(self, number: int) -> "LogReader":
        """The same seat's log at another place of the tree."""
        return self.given(self.tree.at(number), None)

    def given(self, tree: Tree, entries: tuple[LogEntry, ...] | None) -> "LogReader":
        """The same seat's log at a tree's place, which holds just these entries."""
        other = copy(self)
        other.tree = tree
        other._given = entries
        return other

    def entries(self) -> tuple[LogEntry, ...]:
        """The log from the start to the current place, with what was beside the moves.

        What was written or undone at a place stands behind the move that led there.
        """
        if self._given is not None:
            return self._given
        found: list[LogEntry] = []
        for entry, beside in self.steps():
            if entry is not None:
                found.append(entry)
            found += beside
        return tuple(found)

    def steps(self) -> Iterator[tuple[LogEntry | None, list[LogEntry]]]:
        """For each move up to the current place its entry, and what stands behind it.

        No entry where the seat may know nothing of the move.
        """
        path = self.tree.path()
        notes = self._notes(path)
        for number, turned in self._turns(path).items():
            notes.setdefault(number, []).extend(turned)
        for node in path:
            yield self.entry(node), in_order(notes.get(node.number, []))

    def entry(self, node: Node) -> LogEntry | None:
        """One move as this seat may know it; None when it may know nothing of it."""
        if node.number not in self._kept:
            self._kept[node.number] = self._entry(node)
        return self._kept[node.number]

    def title(self, node: Node) -> str:
        """What this seat calls a move; empty when it may not know of it."""
        return self._title(node)[0]

    def changes(self, facts: tuple[Fact, ...]) -> tuple[Change, ...]:
        """What this seat may know of some facts."""
        seen = (fact.seen_by(self.index) for fact in facts)
        return tuple(change for change in seen if change is not None)

    def _entry(self, node: Node) -> LogEntry | None:
        changes = self.changes(node.facts)
        title, note = self._title(node)
        if not title and not changes:
            return None
        before = self.tree.nodes[node.parent] if node.number else node
        phase = self.tree.program.phases[before.state[at.S_PHASE]]
        kind = node.move.kind if node.move else "start"
        entry = LogEntry(
            number=node.number,
            at=node.at,
            round=max(before.round, 1),
            phase=phase,
            seat=node.by or CONTROL,
            kind=kind if title else "hidden",
            title=title or "Something has happened",
            note=note,
            changes=changes,
        )
        return self._judged(entry, node.move)

    def _judged(self, entry: LogEntry, move: Move | None) -> LogEntry:
        """A judgement is a ruling that all may know, with its reason."""
        judged = self.tree.judged.get(move.item) if move else None
        if move is None or judged is None or move.kind != "fire":
            return entry
        return replace(
            entry,
            kind="judge",
            title=judgement_title(self.tree.names, move.item),
            note=entry.note or judged.note,
            teams=(judged.team,) if judged.team else (),
        )

    def _title(self, node: Node) -> tuple[str, str]:
        """The entry's title and note; empty when the seat may not know of the move."""
        move = node.move
        if move is None:
            return "The game begins", ""
        title = move_title(self.tree.names, move)
        if self.seat == CONTROL:
            return title, node.note
        if move.kind in TEAM_KINDS:
            own = move.team == self.seat
            return title if own else self._others(move), node.note if own else ""
        if move.kind == "advance":
            return title, ""
        if move.kind in INJECT_KINDS:
            told = move.kind == "fire" and self._may_know_inject(move.item)
            return (title if told else ""), ""
        if move.kind == "reseed":
            return title, ""
        if move.kind in ("veto", "lift", "reveal"):
            told = node.facts[0].seen_by(self.index) is not None
            return (title, node.note) if told else ("", "")
        return (title, node.note) if self._may_know_ruling(move) else ("", "")

    def _others(self, move: Move) -> str:
        names = self.tree.names
        if move.kind == "lay":
            return f"{names.team(move.team)} lays an order"
        return move_title(names, move)

    def _may_know_inject(self, inject: str) -> bool:
        audience = self.tree.names.model.injects[inject].audience
        return audience is None or self.seat in audience

    def _may_know_ruling(self, move: Move) -> bool:
        if move.kind in RULINGS and move.kind in ("set", "add"):
            target = self.tree.program.targets.index(move.item)
            words = self.tree.program.words
            mask = words[words[at.H_TARGET] + target * at.TARGET_WORDS + at.G_HIDDEN]
            return (
                mask == 0 if self.index == EVERYBODY else not (mask >> self.index) & 1
            )
        if move.kind in ("give", "take"):
            return self.seat == move.team
        return move.kind == "force"

    def _notes(self, path: tuple[Node, ...]) -> dict[int, list[LogEntry]]:
        """The notes that this seat may read, by the move they follow."""
        places = {node.number for node in path}
        found: dict[int, list[LogEntry]] = {}
        for note in self.tree.notes:
            place = note.parent
            if note.public:  # it was told to the room, whatever line of play it was on
                place = next(
                    n.number for n in self.tree.back(place) if n.number in places
                )
            if place in places and self._may_read(note):
                found.setdefault(place, []).append(self._note_entry(note))
        return found

    def _may_read(self, note: Note) -> bool:
        own = self.seat == note.by and self.seat != PUBLIC
        return own or note.public or self.seat == CONTROL

    def _note_entry(self, note: Note) -> LogEntry:
        node = self.tree.nodes[note.parent]
        phase = self.tree.program.phases[node.state[at.S_PHASE]]
        return LogEntry(
            number=note.number,
            at=note.at,
            round=node.round,
            phase=phase,
            seat=note.by,
            kind=note.kind,
            title=note.title or f"{note.author or self.tree.names.team(note.by)} notes",
            note=note.text,
            changes=(),
            author=note.author,
            teams=note.teams,
            objective=note.objective,
        )

    # --- what was undone

    def _turns(self, path: tuple[Node, ...]) -> dict[int, list[LogEntry]]:
        """Where the game has gone back or elsewhere, by the move to which it went.

        Only what came before the next move on this path; of a what-if nothing on a
        line that was played at the table.
        """
        aside = path[-1].number in self.tree.asides
        before = {node.parent: node.number for node in path[1:]}
        places = {node.number for node in path}
        found: dict[int, list[LogEntry]] = {}
        for turn in self.tree.turns:
            later = before.get(turn.target, turn.number + 1)
            told = aside or not turn.what_if
            if told and turn.target in places and turn.number < later:
                entry = self._turn_entry(turn)
                if entry is not None:
                    found.setdefault(turn.target, []).append(entry)
        return found

    def _turn_entry(self, turn: Turn) -> LogEntry | None:
        """A turn as this seat may know it; None when it would change nothing to it."""
        gone, back = self._steps(turn)
        if turn.ends or not (turn.begins or gone or back):
            return None
        node = self.tree.nodes[turn.target]
        return LogEntry(
            number=turn.number,
            at=turn.at,
            round=max(node.round, 1),
            phase=self.tree.program.phases[node.state[at.S_PHASE]],
            seat=turn.by,
            kind="branch" if back or turn.begins else "undo",
            title=self._turn_title(turn, gone, back),
            note="",
            changes=(),
        )

    def _turn_title(
        self, turn: Turn, gone: tuple[str, ...], back: tuple[str, ...]
    ) -> str:
        """Lines of play are named to control alone: a name may tell what was played."""
        if turn.begins:
            return "What if: another line is played from here"
        left, found = (self.tree.course(n) for n in (turn.source, turn.target))
        by_name = self.seat == CONTROL
        if back:
            name = f"The line {found.name}" if by_name else "Another line of play"
            return f"{name} is taken up: {in_short(back)}"
        if turn.practice:
            return "Undone: the practice, which is off the record"
        kept = f", kept as {left.name}" if by_name else ""
        return f"Undone{kept}: {in_short(gone)}"

    def _steps(self, turn: Turn) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Titles of the moves that a turn took back, and of those that it brought."""
        if turn.number not in self._turned:
            gone, back = self.tree.between(turn.source, turn.target)
            self._turned[turn.number] = self._titles(gone), self._titles(back)
        return self._turned[turn.number]

    def _titles(self, nodes: list[Node]) -> tuple[str, ...]:
        entries = (self.entry(node) for node in nodes)
        return tuple(entry.title for entry in entries if entry is not None)


def in_short(titles: tuple[str, ...]) -> str:
    """Some titles in a line."""
    if len(titles) <= TITLES:
        return ", ".join(titles)
    return f"{', '.join(titles[: TITLES - 1])} and {len(titles) - TITLES + 1} more"
