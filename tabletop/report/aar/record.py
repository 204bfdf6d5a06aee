"""One seat's record of a game: all that its report is written from.

Everything here comes from that seat's own log and view, and from states out of which
was taken what it may not know. The renderers see nothing else of the game.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.report.aar.times import Course, course_of
from tabletop.session.clock import seconds
from tabletop.session.moves import RULINGS, TEAM_KINDS
from tabletop.session.runview import Bookmark, CheckpointView
from tabletop.session.session import Session
from tabletop.session.thinking import shown_seat
from tabletop.session.tree import Node, Tree
from tabletop.session.view import (
    CONTROL,
    BandView,
    Change,
    InjectView,
    LogEntry,
    SeatId,
    TrackView,
    View,
)
from tabletop.session.views import known_state

PLANS = ("hold", "release", "skip", "forward")
"""What control does with an inject that does not make it come."""
BESIDE = ("note", "bookmark", "checkpoint", "exercise", "undo", "branch")
"""Kinds of entries that are no moves."""
KEPT_FROM_READERS = ("draw", "turn", "phase", "points", "shuffle", "lay", "pass")
"""Kinds of changes that are the course of the game and no consequence of a move."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the game stood after a move of the line that was played."""

    number: int
    round: int
    """The round after the move."""
    values: Mapping[str, int]
    """The tracks that the seat may see."""
    at: int | None
    """When, in seconds; None when the save does not say."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A team played, laid, answered or passed."""

    entry: LogEntry
    team: SeatId
    place: int
    """Its place on the line: 1 for the first move."""
    title: str
    waited: int | None
    """Seconds since the team owed it; None when that can't be known."""
    stand_in: bool
    """Whether control acted for the team."""


@dataclass(frozen=True, slots=True)
class Fired:
    """An inject that came."""

    change: Change
    entry: LogEntry
    place: int
    plan: InjectView | None
    """As control planned it; None for other seats."""
    planned: str
    """When it was due, in words; empty for other seats."""
    answers: tuple[Decision, ...]
    """What its audience did until the next inject."""


@dataclass(frozen=True, slots=True)
class TrackCourse:
    """A track over the whole line."""

    view: TrackView
    values: tuple[int, ...]
    """At each place, from the start."""

    @property
    def moved(self) -> bool:
        """Whether it ever changed."""
        return len(set(self.values)) > 1

    @property
    def bands(self) -> tuple[BandView, ...]:
        """The named parts of its range."""
        return self.view.bands


@dataclass(frozen=True)
class Source:
    """Where the record is from, as whoever reads it may know."""

    name: str
    """The save's name without its folders; empty for a game in memory."""
    version: str = ""
    """The version of the program that made the save."""
    rules: int = 0
    digest: str = ""
    """The deck's; empty for whoever must not compare decks."""
    seats: Mapping[SeatId, str] = field(default_factory=dict)
    """Who sat where as the game began, without the command of a program."""
    seed: int | None = None
    """None for everybody but control: with it, hands and dice can be dealt again."""
    damaged: bool = False


@dataclass(frozen=True)
class Record:
    """What one seat may know of a game that was played."""

    seat: SeatId
    view: View
    """The seat's view of the end."""
    source: Source
    tree: Tree
    places: tuple[Place, ...]
    stand_ins: frozenset[int] = frozenset()
    """Numbers of the moves that control made for a team."""
    waits: Mapping[int, int] = field(default_factory=dict)
    """Seconds that each decision took, by the move's number."""
    checkpoints: tuple[CheckpointView, ...] = ()
    objectives: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()
    hotwash: tuple[tuple[int, tuple[str, ...]], ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    undone: tuple[LogEntry, ...] = ()

    # --- reading

    @cached_property
    def course(self) -> Course:
        """What was declared to the room."""
        return course_of(self.view.log)

    @cached_property
    def moves(self) -> tuple[LogEntry, ...]:
        """The start and every move that the seat may know of."""
        return tuple(e for e in self.view.log if e.kind not in BESIDE)

    @cached_property
    def place_of(self) -> Mapping[int, int]:
        """The place on the line of each move's number."""
        return {place.number: i for i, place in enumerate(self.places)}

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision of a team that the seat may know of, in order."""
        return tuple(
            Decision(
                entry, team, self.place_of[entry.number], self.decision_title(entry),
                self.waits.get(entry.number), entry.number in self.stand_ins,
            )
            for entry in self.moves
            if (team := self.mover(entry))
        )  # fmt: skip

    def mover(self, entry: LogEntry) -> SeatId:
        """The team whose decision an entry is; empty when it is none."""
        if entry.kind not in TEAM_KINDS:
            return ""
        move = self.tree.nodes[entry.number].move
        return move.team if move else ""

    def decision_title(self, entry: LogEntry) -> str:
        """A decision in words, without its team; an answer with what it was."""
        name = self.tree.names.team(self.mover(entry))
        for change in entry.changes:
            if change.kind == "answer":
                told = change.text.removeprefix(f"{name} ")
                about = f" ({change.cause.title})" if change.cause else ""
                return f"{told}{about}"
        return entry.title.removeprefix(f"{name} ")

    @cached_property
    def rulings(self) -> tuple[LogEntry, ...]:
        """Control's rulings and judgements."""
        return tuple(e for e in self.moves if e.kind in (*RULINGS, "judge"))

    @cached_property
    def notes(self) -> tuple[LogEntry, ...]:
        """Notes, bookmarks and judged checkpoints, by their time."""
        found = [
            e for e in self.view.log if e.kind in ("note", "bookmark", "checkpoint")
        ]
        return tuple(sorted(found, key=lambda e: (seconds(e.at) or 0, abs(e.number))))

    @cached_property
    def fired(self) -> tuple[Fired, ...]:
        """The injects that came, as far as the seat was told."""
        plans = {inject.id: inject for inject in self.view.injects}
        came = list(self._came())
        return tuple(
            Fired(
                change, entry, self.place_of[entry.number], plans.get(change.subject),
                self._planned(change.subject),
                self._answers(change.subject, came, i),
            )
            for i, (change, entry) in enumerate(came)
        )  # fmt: skip

    def _came(self) -> Iterator[tuple[Change, LogEntry]]:
        for entry in self.moves:
            if entry.kind not in PLANS:
                for change in entry.changes:
                    if change.kind == "inject":
                        yield change, entry

    def _planned(self, inject: str) -> str:
        if self.seat != CONTROL:
            return ""
        model = self.tree.deck.model
        plan = model.injects[inject]
        if plan.at is not None:
            return f"{model.rounds.label} {plan.at.round}"
        if plan.when:
            return "on a condition"
        return "if play stalls" if plan.contingency else "by hand"

    def _answers(
        self, inject: str, came: Sequence[tuple[Change, LogEntry]], i: int
    ) -> tuple[Decision, ...]:
        """What the teams that were told did, until the next inject."""
        here = self.place_of[came[i][1].number]
        later = (self.place_of[entry.number] for _, entry in came[i + 1 :])
        until = next((p for p in later if p > here), len(self.places))
        audience = self.tree.deck.model.injects[inject].audience
        if self.seat != CONTROL:  # the rest of the audience is control's to know
            audience = None
        return tuple(
            each
            for each in self.decisions
            if here < each.place <= until
            and each.entry.kind != "pass"
            and (audience is None or each.team in audience)
        )

    @cached_property
    def tracks(self) -> tuple[TrackCourse, ...]:
        """Every track that the seat may see, over the line."""
        return tuple(
            TrackCourse(track, tuple(p.values[track.id] for p in self.places))
            for track in self.view.tracks
        )

    @cached_property
    def rounds(self) -> tuple[tuple[int, int], ...]:
        """Each round that was played, and the first place that is in it."""
        found: dict[int, int] = {}
        for i, place in enumerate(self.places):
            found.setdefault(max(place.round, 1), i)
        return tuple(found.items())

    def time_by_team(self) -> dict[SeatId, tuple[int, int, int]]:
        """For each team with times: decisions, seconds in the middle, the longest."""
        found: dict[SeatId, list[int]] = {}
        for each in self.decisions:
            if each.waited is not None:
                found.setdefault(each.team, []).append(each.waited)
        return {
            team: (len(w), sorted(w)[len(w) // 2], max(w)) for team, w in found.items()
        }


def record_of(session: Session, seat: SeatId) -> Record:
    """A seat's record of the line that was played, whatever was tried in replays since.

    Raises UsageError for a seat that there is none of.
    """
    tree = session.tree.at(session.tree.home)
    view = session.view_at(seat, tree.head)
    path = tree.path()
    own = seat == CONTROL
    run = session.run_view() if own else None
    return Record(
        seat, view, source_of(session, seat), tree, tuple(_places(tree, seat, view)),
        frozenset(n.number for n in path if own and _stands_in(n)),
        _waits(tree, seat, view),
        run.checkpoints if run else (), run.objectives if run else (),
        run.questions if run else (), run.hotwash if run else (),
        run.bookmarks if run else (),
        tuple(e for e in view.log if e.kind in ("undo", "branch")),
    )  # fmt: skip


def source_of(session: Session, seat: SeatId) -> Source:
    """Where the record is from: for control enough to make the game again."""
    header, own = session.header, seat == CONTROL
    return Source(
        session.path.name if session.path else "",
        header.program_version if header else "",
        header.rules_version if header else 0,
        session.deck.digest if own else "",
        {seat: shown_seat(who) for seat, who in header.seats.items()} if header else {},
        session.seed if own else None,
        session.damaged,
    )


def _stands_in(node: Node) -> bool:
    move = node.move
    return move is not None and move.kind in TEAM_KINDS and node.by == CONTROL


def _places(tree: Tree, seat: SeatId, view: View) -> Iterator[Place]:
    first = tree.program.words[at.H_S_TARGET]
    slots = {
        track.id: first + tree.program.tracks.index(track.id) for track in view.tracks
    }
    for node in tree.path():
        known = known_state(tree, seat, node.state.tolist())
        values = {id_: known[slot] for id_, slot in slots.items()}
        yield Place(node.number, node.round, values, seconds(node.at))


def _waits(tree: Tree, seat: SeatId, view: View) -> dict[int, int]:
    """How long each decision took: since its team owed it, or had gone back to it."""
    course, words = course_of(view.log), tree.program.words
    turned = {e.number: seconds(e.at) for e in view.log if e.kind in ("undo", "branch")}
    found: dict[int, int] = {}
    since: dict[SeatId, int | None] = {}
    for node in tree.path():
        now = seconds(node.at)
        team = node.move.team if node.move and node.move.kind in TEAM_KINDS else ""
        begun = since.pop(team, None) if team else None
        back = [t for n, t in turned.items() if node.parent < n < node.number and t]
        if begun is not None and now is not None:
            found[node.number] = course.waited(max([begun, *back]), now)
        state = known_state(tree, seat, node.state.tolist())
        owing = [
            t for i, t in enumerate(tree.program.teams) if machine.owes(words, state, i)
        ]
        since = {t: since.get(t, now) for t in owing}
    return found
