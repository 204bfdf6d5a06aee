"""The log as a seat may know it."""

from tabletop.engine import layout as at
from tabletop.session.facts import EVERYBODY, Fact, seat_index
from tabletop.session.moves import INJECT_KINDS, RULINGS, TEAM_KINDS
from tabletop.session.names import Names
from tabletop.session.tree import Node, Note, Tree
from tabletop.session.view import CONTROL, PUBLIC, Change, LogEntry, Move, SeatId


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


def ruling_title(names: Names, move: Move) -> str:
    """A ruling in words."""
    if move.kind == "die":
        return f"the next die shows {move.value}"
    if move.kind == "set":
        return f"{names.target(move.item)} is {move.value}"
    if move.kind == "add":
        return f"{names.target(move.item)} {move.value:+d}".replace("-", "−")
    team, card = names.team(move.team), names.title(move.item)
    return {
        "give": f"{team} gets {card}",
        "take": f"{team} loses {card}",
        "force": f"{team} plays {card}",
    }[move.kind]


class LogReader:
    """Writes log entries for one seat, and keeps them."""

    def __init__(self, tree: Tree, seat: SeatId) -> None:
        """Reads `tree` as `seat` may."""
        self.tree = tree
        self.seat = seat
        self.index = seat_index(tree.program, seat)
        self._kept: dict[int, LogEntry | None] = {}

    def entries(self) -> tuple[LogEntry, ...]:
        """The log from the start to the current place, with the notes between."""
        path = self.tree.path()
        found: list[LogEntry] = []
        notes = self._notes(path)
        for node in path:
            entry = self.entry(node)
            if entry is not None:
                found.append(entry)
            found += notes.get(node.number, [])
        return tuple(found)

    def entry(self, node: Node) -> LogEntry | None:
        """One move as this seat may know it; None when it may know nothing of it."""
        if node.number not in self._kept:
            self._kept[node.number] = self._entry(node)
        return self._kept[node.number]

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
        return LogEntry(
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
            if note.parent in places and self._may_read(note):
                found.setdefault(note.parent, []).append(self._note_entry(note))
        return found

    def _may_read(self, note: Note) -> bool:
        return self.seat == CONTROL or (self.seat == note.by and self.seat != PUBLIC)

    def _note_entry(self, note: Note) -> LogEntry:
        node = self.tree.nodes[note.parent]
        phase = self.tree.program.phases[node.state[at.S_PHASE]]
        return LogEntry(
            number=note.number,
            at=note.at,
            round=node.round,
            phase=phase,
            seat=note.by,
            kind="note",
            title=f"{self.tree.names.team(note.by)} notes",
            note=note.text,
            changes=(),
        )
