"""Looking ahead and looking back: previews of moves, and reasons for numbers."""

from dataclasses import replace

from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.effects import run_effects
from tabletop.errors import IllegalMoveError, UsageError
from tabletop.session.asking import Asker
from tabletop.session.cardviews import CardReader
from tabletop.session.facts import Fact, TraceRow
from tabletop.session.log import LogReader, move_title
from tabletop.session.rows import row_views
from tabletop.session.tree import Tree, describe
from tabletop.session.view import (
    Asking,
    Change,
    Move,
    Preview,
    RowView,
    SeatId,
    Why,
    WhyLine,
)
from tabletop.session.views import known_state

NUMBERS = ("track", "flag", "points")
SHOWN = ("track", "flag", "points", "give", "discard", "rule", "outcome", "lasting",
         "schedule", "ending", "cancel", "inject", "veto", "lift", "show",
         "reseed")  # fmt: skip
"""Kinds of changes that a preview shows."""
CARD_KINDS = ("play", "lay", "fire", "force")
"""Kinds of moves that let a card or an inject take effect."""


class Peek:
    """Looks from one seat at the tree's current place."""

    def __init__(self, tree: Tree, seat: SeatId, log: LogReader) -> None:
        """`log` is the seat's own."""
        self.tree = tree
        self.seat = seat
        self.log = log
        self.program = tree.program

    # --- ahead

    def preview(self, move: Move) -> Preview:
        """What a move would do. Raises IllegalMoveError when it can't be made."""
        known = known_state(self.tree, self.seat, self.tree.state())
        known[self.program.digest_words + at.Z_STILL] = 1
        code = self.tree.codec.encode(move, known)
        room = [0] * self.program.move_room()
        seat = self.tree.seat_of(move)
        if not machine.is_legal(self.program.words, known, seat, code, room):
            raise IllegalMoveError(f"this move is not possible now: {describe(move)}")
        trace: list[TraceRow] = []
        if move.kind == "answer":
            self._answer(known, move, trace)
        else:
            machine.perform(self.program.words, list(known), code, trace)
        changes = self._changes(self.tree.writer.facts(trace))
        return Preview(
            move=move,
            title=move_title(self.tree.names, move),
            changes=changes,
            rows=self._rows(move, known),
            asks=self._asks(move),
            notes=self._notes(move, known),
            asking=self._asking(move, known),
        )

    def _answer(self, known: list[int], move: Move, trace: list[TraceRow]) -> None:
        """Only what the option itself does: what others answer is not known."""
        P = self.program.words
        team = self.program.teams.index(move.team)
        question = machine.asked_question(P, known, team)
        row = P[at.H_QUESTION] + question * at.QUESTION_WORDS
        ids = [
            self.tree.names.options[self.program.options[P[row + at.Q_OPTION] + i]]
            for i in range(P[row + at.Q_OPTIONS])
        ]
        option = P[row + at.Q_OPTION] + ids.index(move.item)
        at_option = P[at.H_OPTION] + option * at.OPTION_WORDS
        known[at.S_ORIGIN] = at.BY_OPTION * at.CAUSE
        first, count = P[at_option + at.O_EFFECT], P[at_option + at.O_EFFECTS]
        run_effects(P, known, first, count, trace)

    def _changes(self, facts: tuple[Fact, ...]) -> tuple[Change, ...]:
        """Facts as one line a subject: from what it is to what it would be."""
        merged: dict[tuple[str, str], Change] = {}
        for i, change in enumerate(self.log.changes(facts)):
            if change.kind not in SHOWN:
                continue
            single = change.kind in NUMBERS
            key = (change.kind, change.subject if single else str(i))
            merged[key] = self._join(merged.get(key), change)
        return tuple(merged.values())

    def _join(self, earlier: Change | None, later: Change) -> Change:
        if earlier is None:
            return later
        joined = replace(later, before=earlier.before)
        if later.kind != "track":
            return joined
        names = self.tree.names
        was = names.band_label(later.subject, earlier.before)
        now = names.band_label(later.subject, later.after)
        return replace(
            joined,
            band_before=was if was != now else "",
            band_after=now if was != now else "",
        )

    def _rows(self, move: Move, known: list[int]) -> tuple[RowView, ...]:
        if move.kind not in CARD_KINDS:
            return ()
        names = self.tree.names
        modifier = CardReader(self.program, names, known).modifier(move.item)
        return row_views(names, move.item, modifier)

    def _asks(self, move: Move) -> tuple[str, ...]:
        if move.kind not in CARD_KINDS:
            return ()
        happening = self.tree.names.happenings[move.item]
        return tuple(
            team
            for ask in happening.ask
            for team in ([ask.team] if ask.team else ask.teams)
        )

    def _asking(self, move: Move, known: list[int]) -> Asking:
        """What it asks; of an answer, what the card or inject that asks it does."""
        asker = Asker(self.tree.names, self.seat)
        if move.kind == "answer":
            team = self.program.teams.index(move.team)
            question = machine.asked_question(self.program.words, known, team)
            P = self.program.words
            first = P[P[at.H_QUESTION] + question * at.QUESTION_WORDS + at.Q_OPTION]
            return asker.asking(self.program.options[first][0])
        return asker.asking(move.item) if move.kind in CARD_KINDS else Asking()

    def _notes(self, move: Move, known: list[int]) -> tuple[str, ...]:
        if move.kind == "veto":
            return self._vetoed(move.item, known)
        if move.kind not in CARD_KINDS:
            return ()
        names = self.tree.names
        happening = names.happenings[move.item]
        notes = []
        card = names.model.cards.get(move.item)
        if card and card.invites_response:
            notes.append("Others may respond first.")
        if happening.roll:
            notes.append("Dice decide the rest.")
        asked = [names.team(team) for team in self._asks(move)]
        if asked:
            notes.append(f"{', '.join(asked)} must answer.")
        if move.kind == "lay":
            notes.append("It is laid face down and resolved when all are ready.")
        return tuple(notes)

    def _vetoed(self, card: str, known: list[int]) -> tuple[str, ...]:
        """What a veto leads to, which no change shows at once."""
        number = self.program.cards.index(card)
        coming = self._coming(number, known)
        later = ("It is scheduled too: what is scheduled takes effect all the same.",)
        return (*self._barred(number, known), *(later if coming else ()))

    def _coming(self, card: int, known: list[int]) -> bool:
        """Whether a card is scheduled to take effect by itself."""
        P = self.program.words
        first, rounds = P[at.H_S_SITE], P[at.H_ROUNDS] + 1
        sites = (
            site
            for site in range(P[at.H_SITES])
            if P[P[at.H_SITE] + site * at.SITE_WORDS + at.K_HAPPENING] == card
        )
        return any(any(known[first + s * rounds :][:rounds]) for s in sites)

    def _barred(self, number: int, known: list[int]) -> tuple[str, ...]:
        """What happens to a card that is vetoed where it is now."""
        if machine.awaited(known, number):
            return ("It is under way, and has no effect this time.",)
        cards = CardReader(self.program, self.tree.names, known)
        teams = enumerate(self.program.teams)
        laid = [
            self.tree.names.team(id_) for i, id_ in teams if number in cards.orders(i)
        ]
        if laid:
            who = " and ".join(laid)
            return (f"Laid by {who}: it fails at its turn, and its cost comes back.",)
        return ("It may not be played until the veto is lifted.",)

    # --- back

    def why(self, subject: str) -> Why:
        """What made a number what it is. Raises UsageError for what can't be seen."""
        program, words = self.program, self.program.words
        if subject not in program.targets:
            raise UsageError(f"there is no track, flag or points '{subject}'")
        target = program.targets.index(subject)
        slot = words[at.H_S_TARGET] + target
        mask = words[words[at.H_TARGET] + target * at.TARGET_WORDS + at.G_HIDDEN]
        probe = Fact(Change("track", subject, ""), mask)
        if probe.seen_by(self.log.index) is None:
            raise UsageError(f"'{subject}' can't be seen from this seat")
        lines = [
            line
            for node in self.tree.path()
            for line in self._lines(node.number, subject)
        ]
        start = lines[0].before if lines else self.tree.now.state[slot]
        label = self.tree.names.target(subject)
        return Why(subject, label, start, self.tree.now.state[slot], tuple(lines))

    def _lines(self, number: int, subject: str) -> list[WhyLine]:
        node = self.tree.nodes[number]
        entry = self.log.entry(node)
        if entry is None:
            return []
        found: dict[str, WhyLine] = {}
        for change in entry.changes:
            if change.subject != subject or change.kind not in (
                "track",
                "flag",
                "points",
            ):
                continue
            title = change.cause.title if change.cause else entry.title
            earlier = found.get(title)
            before = earlier.before if earlier else change.before
            found[title] = WhyLine(
                number, max(node.round, 1), title, before, change.after, entry.seat
            )
        return list(found.values())
