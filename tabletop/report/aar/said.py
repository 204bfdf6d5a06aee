"""What moves, changes and people are called in a report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tabletop.report.aar.record import KEPT_FROM_READERS, Decision, Record
from tabletop.report.aar.times import moment_words
from tabletop.report.blocks import Cell, Span, Stack, Style, Text, muted, row_of, strong
from tabletop.report.words import SIGNS
from tabletop.session.view import CONTROL, Cause, Change, LogEntry, SeatId, Tone

TITLED = ("play", "answer", "inject", "reveal", "round")
"""Changes that say no more than the entry's own title does."""
NUMBERS = ("track", "flag")
TONES: Mapping[Tone, Style] = {
    "good": "good", "bad": "bad", "warn": "plain", "neutral": "plain",
}  # fmt: skip


def signed(value: int) -> str:
    """A difference with its sign.

    >>> signed(3), signed(-3)
    ('+3', '−3')
    """
    return f"{value:+d}".replace("-", "−")


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "move"), counted(2, "entry", "entries")
    ('1 move', '2 entries')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


class Said:
    """Says what stands in one record."""

    def __init__(self, record: Record) -> None:
        """Takes the words of the record's deck."""
        self.record = record
        self.names = record.tree.names

    def who(self, seat: SeatId) -> Text:
        """A team with its sign, or control."""
        if seat not in self.names.model.teams:
            return (Span("§", "sign", "control"), " ", self.names.team(seat))
        color = self.names.color(seat)
        sign = f"{SIGNS[color]} {self.names.letter(seat)}"
        return (Span(sign, "sign", color), " ", self.names.team(seat))

    def teams(self, seats: Sequence[SeatId]) -> Text:
        """Several teams in a row."""
        return row_of([self.names.team(seat) for seat in seats])

    def when(self, entry: LogEntry) -> Cell:
        """When an entry was made: its time, round, phase and number."""
        label, time = self.record.view.round_label, moment_words(entry.at)
        number = f", move\u00a0{entry.number}" if entry.number > 0 else ""
        below = muted(f"{label}\u00a0{entry.round}{number}")
        return Stack((strong(time), below) if time else (below,))

    def time(self, entry: LogEntry) -> str:
        """An entry's time, or its number where the save has no time for it."""
        return moment_words(entry.at) or (f"{entry.number}" if entry.number > 0 else "")

    def decision(self, decision: Decision) -> Text:
        """A decision with its team."""
        return (self.who(decision.team), " ", decision.title)

    # --- what came of a move

    def consequence(self, entry: LogEntry) -> Cell:
        """What a move changed, a line for each thing, with numbers."""
        return Stack(tuple(self._lines(entry)))

    def short(self, entry: LogEntry) -> Text:
        """The same on one line."""
        return row_of(tuple(self._lines(entry)), "; ")

    def _lines(self, entry: LogEntry) -> Iterable[Text]:
        told: set[str] = set()
        for change in _folded(entry.changes):
            if change.kind in KEPT_FROM_READERS or self._says_the_title(change, entry):
                continue
            words = self.change(change, entry)
            if str(words) not in told:
                told.add(str(words))
                yield words

    def _says_the_title(self, change: Change, entry: LogEntry) -> bool:
        if change.kind not in TITLED:
            return False
        inject = change.kind == "inject" and entry.kind != "fire"
        return not inject and change.kind != "reveal"

    def change(self, change: Change, entry: LogEntry) -> Text:
        """One change in words."""
        cause = change.cause
        card = self.record.tree.nodes[entry.number].move if entry.number > 0 else None
        own = (
            cause is None
            or cause.kind == "ruling"
            or (card is not None and cause.id == card.item)
        )
        why = muted(f" ({cause.title})") if cause and cause.title and not own else ""
        if change.kind == "flag":
            return (change.text, ": ", strong("yes" if change.after else "no"), why)
        if change.kind != "track":
            return (
                change.text if change.kind in ("rule", "ending") else (change.text, why)
            )
        band = f", now {change.band_after}" if change.band_after else ""
        by = signed(change.after - change.before)
        style = TONES[change.tone]
        return (
            change.text, " ", strong(f"{change.before}\u00a0→\u00a0{change.after}"),
            f"\u00a0({by})", Span(band, style if band else "plain"), why,
        )  # fmt: skip

    def _why(self, cause: Cause | None, entry: LogEntry) -> Text:
        """A cause that the entry's own title does not name."""
        if cause is None or not cause.title or cause.kind == "ruling":
            return ""
        move = self.record.tree.nodes[entry.number].move if entry.number > 0 else None
        own = move is not None and cause.id == move.item
        return "" if own else muted(f" ({cause.title})")

    def note(self, entry: LogEntry) -> Cell:
        """Who wrote something, and what."""
        about: list[str] = [self.names.team(team) for team in entry.teams]
        goals = dict(self.record.objectives)
        if entry.objective in goals:
            about.append(goals[entry.objective])
        more = (muted(f"about: {'; '.join(about)}"),) if about else ()
        return Stack((entry.note or entry.title, *more))

    def author(self, entry: LogEntry) -> Text:
        """Who wrote a note."""
        if not entry.author:
            return self.who(entry.seat or CONTROL)
        observer = muted(" (observer)") if entry.number < 0 else ""
        return (strong(entry.author), observer)


def _folded(changes: Sequence[Change]) -> list[Change]:
    """Changes of one number by one cause become one, from first to last."""
    found: list[Change] = []
    places: dict[tuple[str, str, str], int] = {}
    for change in changes:
        if change.kind not in NUMBERS:
            found.append(change)
            continue
        cause = change.cause.title if change.cause else ""
        key = (change.kind, change.subject, cause)
        if key in places and found[places[key]].after == change.before:
            first = found[places[key]]
            found[places[key]] = replace(
                first, after=change.after, tone=change.tone,
                band_after=change.band_after or first.band_after,
            )  # fmt: skip
        else:
            places[key] = len(found)
            found.append(change)
    return found
