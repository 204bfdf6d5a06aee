"""What one group made of a deck, as one seat may know it, to be set beside others."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tabletop.engine import layout as at
from tabletop.report.aar.record import Record, record_of
from tabletop.report.aar.times import course_of
from tabletop.session.clock import seconds
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, LogEntry, SeatId

PASS = "pass"
"""The id of the choice to do nothing more."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a team decided."""

    id: str
    """What tells it from others: a card, an option, or what the seat was told."""
    label: str


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """The same decision in every group: which of its own a team makes in a round."""

    round: int
    team: int
    """Its place in the deck."""
    nth: int
    """From 1; answers and responses to others are not counted."""


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """The same question in every group."""

    asked_by: str
    """The card or inject."""
    team: SeatId
    nth: int
    """Which time it was put, from 1."""


@dataclass(frozen=True)
class Group:
    """One save."""

    letter: str
    name: str
    """The save's file name."""
    version: str
    """The deck's."""
    digest: str
    """The deck's, as the game began; empty for whoever must not compare decks."""
    ending: str
    """The ending's id; empty while it has none."""
    ending_title: str
    rounds: int
    """How many were begun."""
    moves: int
    """How many the seat knows of."""
    scores: Mapping[SeatId, int]
    """By team: at the end for all; before it as far as the seat may know."""
    tracks: Mapping[str, tuple[int, ...]]
    """Each track's value at the end of each round."""
    choices: Mapping[Decision, Choice]
    answers: Mapping[Question, Choice]
    cards: Mapping[str, tuple[int, ...]]
    """The rounds in which each card was played."""
    injects: Mapping[str, tuple[int, ...]]
    """The rounds in which each inject came."""
    rulings: int
    notes: int
    undone: int
    """How often a move was taken back."""
    lasted: int | None
    """Seconds from the first to the last move or StartEx to EndEx, without pauses."""
    phases: Mapping[str, int]
    """Seconds spent in each phase, all rounds together, without pauses."""
    record: Record = field(repr=False)
    warnings: tuple[str, ...] = ()
    """What whoever compares should be told of the save."""

    @property
    def successes(self) -> Mapping[SeatId, bool]:
        """By team, whether it ended as that team would call a success: of those of
        which the deck says what would be one; none before the end."""
        over = self.record.view.over
        return dict(over.successes) if over else {}

    @property
    def title(self) -> str:
        """What people call it: the save's name without its ending."""
        return self.name.removesuffix(".jsonl")


def group_of(session: Session, seat: SeatId, letter: str) -> Group:
    """What a group made of its deck. Raises UsageError for an unknown seat."""
    record = record_of(session, seat)
    reader = Reader(record)
    over = record.view.over
    return Group(
        letter,
        record.source.name,
        session.deck.model.version,
        deck_digest(session) if seat == CONTROL else "",
        over.ending if over else "",
        over.title if over else "",
        len(record.rounds),
        len(record.moves) - 1,
        dict(over.scores) if over else reader.scores(),
        reader.tracks(),
        reader.choices(),
        reader.answers(),
        reader.came("play"),
        reader.came("inject"),
        len(record.rulings),
        sum(entry.kind == "note" for entry in record.notes),
        sum(entry.kind == "undo" for entry in record.undone),
        *reader.times(),
        record,
        session.warnings,
    )


def deck_digest(session: Session) -> str:
    """The digest of the deck with which a game began."""
    header = session.header
    return header.deck_digest if header else session.deck.digest


class Reader:
    """Reads a record for what can be compared."""

    def __init__(self, record: Record) -> None:
        """Takes one seat's record."""
        self.record = record
        self.tree = record.tree
        self.names = record.tree.names
        self.teams = record.tree.program.teams

    def scores(self) -> dict[SeatId, int]:
        """What each team would score now, where the seat may know all of it."""
        found: dict[SeatId, int] = {}
        hidden = set()
        for each in self.record.view.objectives:
            if each.score is None:
                hidden.add(each.team)
            found[each.team] = found.get(each.team, 0) + (each.score or 0)
        return {team: score for team, score in found.items() if team not in hidden}

    def tracks(self) -> dict[str, tuple[int, ...]]:
        """Each track at the end of each round that was begun."""
        last = {max(p.round, 1): i for i, p in enumerate(self.record.places)}
        return {
            track.view.id: tuple(track.values[place] for place in last.values())
            for track in self.record.tracks
        }

    def choices(self) -> dict[Decision, Choice]:
        """What each team played, laid or passed at its own turns."""
        found: dict[Decision, Choice] = {}
        count: Counter[tuple[int, str]] = Counter()
        for each in self.record.decisions:
            if each.entry.kind == "answer" or self.responds(each.entry):
                continue
            count[each.entry.round, each.team] += 1
            nth = count[each.entry.round, each.team]
            place = self.teams.index(each.team)
            choice = self.choice(each.entry, each.team)
            found[Decision(each.entry.round, place, nth)] = choice
        return found

    def responds(self, entry: LogEntry) -> bool:
        """Whether a move answers another team's card, before that takes effect."""
        before = self.tree.nodes[self.tree.nodes[entry.number].parent]
        return before.state[at.S_WAIT] == at.W_RESPOND

    def choice(self, entry: LogEntry, team: SeatId) -> Choice:
        """A decision, as far as the seat was told what it was."""
        move = self.tree.nodes[entry.number].move
        own = self.record.seat in (CONTROL, team)
        if move is None or entry.kind == "pass":
            return Choice(PASS, "passes")
        if entry.kind == "play" or (entry.kind == "lay" and own):
            return Choice(move.item, self.names.title(move.item))
        return Choice(entry.kind, "an order, face down")

    def answers(self) -> dict[Question, Choice]:
        """What each team answered to each question."""
        found: dict[Question, Choice] = {}
        asked: Counter[tuple[str, SeatId]] = Counter()
        for entry in self.record.moves:
            for change in entry.changes:
                by = change.cause.id if change.cause else ""
                if not by or change.kind not in ("ask", "answer"):
                    continue
                asked[by, change.team] += change.kind == "ask"
                if change.kind == "answer" and change.subject:
                    question = Question(by, change.team, asked[by, change.team])
                    label = change.text.partition(" answers: ")[2] or change.text
                    found[question] = Choice(change.subject, label)
        return found

    def came(self, kind: str) -> dict[str, tuple[int, ...]]:
        """The rounds in which each card was played, or each inject came."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        if kind == "inject":
            for fired in self.record.fired:
                found[fired.change.subject].append(fired.entry.round)
        else:
            for entry in self.record.moves:
                for change in entry.changes:
                    if change.kind == kind:
                        found[change.subject].append(entry.round)
        return {id_: tuple(rounds) for id_, rounds in found.items()}

    def times(self) -> tuple[int | None, dict[str, int]]:
        """Seconds in all and in each phase; pauses and the practice do not count.

        The time before a move belongs to the phase in which it was made.
        """
        course = course_of(self.record.view.log)
        found: Counter[str] = Counter()
        since = course.start
        for phase, when in self._stamps():
            if since is not None:
                found[phase] += course.waited(since, when)
            since = when if since is None else max(since, when)
        return (sum(found.values()) if since is not None else None), dict(found)

    def _stamps(self) -> Iterator[tuple[str, int]]:
        """The phase and the time of each move that has one."""
        for entry in self.record.moves[1:]:
            when = seconds(entry.at)
            if when is not None:
                yield entry.phase, when
