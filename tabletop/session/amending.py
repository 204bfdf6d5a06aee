"""Injects and judgements that are written while the game runs."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.errors import DivergenceError, MoveError
from tabletop.session import msel
from tabletop.session.core import SessionCore
from tabletop.session.drafts import Adjudication, MselPlan, NewInject
from tabletop.session.injectviews import InjectReader
from tabletop.session.journal import Line
from tabletop.session.log import LogReader, judgement_title
from tabletop.session.msel import COLUMNS
from tabletop.session.peek import Peek
from tabletop.session.sheets import Trouble
from tabletop.session.strict_json import Json
from tabletop.session.tree import Judged, Tree
from tabletop.session.view import CONTROL, Change, InjectView, Move, Preview
from tabletop.session.written import (
    Problem,
    Problems,
    addition,
    check_judged,
    check_new,
    free_ids,
    inject_table,
    judgement_table,
    passed,
    weigh_added,
    with_text,
)

WRITTEN = "written"
JUDGED = "judged"


class Amending(SessionCore):
    """What is added to the deck of a game that runs; nothing in it is changed."""

    _grown: Deck | None = None
    """The deck with what was last looked at, so that it need not be read again."""

    # --- injects

    def write_inject(self, new: NewInject) -> str:
        """Adds an inject to the deck of this game: its id.

        Raises DeckError when the deck's language forbids it.
        """
        id_, text, _ = self._drafted(new)
        self._add_to_deck(text)
        return id_

    def draft_inject(self, new: NewInject) -> Preview:
        """What an inject would do if it were written and fired now; writes nothing.

        Raises DeckError; MoveError when nothing can be fired now.
        """
        id_, _, tree = self._drafted(new)
        return look_ahead(tree, id_)

    def _drafted(self, new: NewInject) -> tuple[str, str, Tree]:
        """An inject's id, its text, and the present place with it. Raises Problems."""
        id_ = next(free_ids(self.deck, WRITTEN))
        refuse(tuple(check_new(id_, new)))
        text = inject_table(id_, new)
        tree = self._with_added(text)
        refuse(tuple(gone_by(tree, (id_,))))
        return id_, text, tree

    # --- the schedule as a table

    def export_msel(self) -> str:
        """The schedule of injects as CSV, as it stands now."""
        return msel.export(self.deck, self._live())

    def plan_msel(self, data: str | bytes, name: str) -> MselPlan:
        """What taking in a CSV table would do; changes nothing.

        Raises CsvError with everything that is wrong with it.
        """
        plan = msel.plan(self.deck, self._live(), data, name)
        self._planned(plan)
        return plan

    def import_msel(self, plan: MselPlan) -> None:
        """Adds the injects of a table, and moves others: all of it or nothing.

        Raises CsvError when the game has gone on, so that it can't be done any more.
        """
        text = self._planned(plan)
        if text:
            self._add_to_deck(text)
        for move in plan.moves:
            self._make(CONTROL, move)

    def _planned(self, plan: MselPlan) -> str:
        """What a plan adds to the deck. Raises CsvError when it can't be done."""
        ids = tuple(islice(free_ids(self.deck, WRITTEN), len(plan.new)))
        text, tree = "", self.tree
        if plan.new:
            each = zip(ids, plan.new, strict=True)
            text = "\n".join(inject_table(id_, new) for id_, new in each)
            deck, problems = weigh_added(self.deck, text)
            msel.blame(plan, ids, problems)
            self._grown = deck
            tree = tree.amended(deck) if deck else tree
            msel.blame(plan, ids, tuple(gone_by(tree, ids)))
        trouble = Trouble(plan.name)
        for move in plan.moves:
            try:
                tree = moved(tree, move)
            except MoveError as error:
                found = f"{move.item} can't be moved to round {move.value}"
                trouble.add(0, COLUMNS["round"][0], found, error.hint)
        trouble.settle()
        return text

    def _live(self) -> dict[str, InjectView]:
        return {each.id: each for each in InjectReader(self.tree).views()}

    # --- judgements

    def adjudicate(self, judged: Adjudication, *, note: str) -> tuple[Change, ...]:
        """Judges an argument as a ruling: throws, applies, and logs it with a reason.

        Raises DeckError or MoveError; then nothing has changed.
        """
        self._check_note(note)
        if not note.strip():
            raise MoveError("a ruling needs a reason", "Say why, in a few words.")
        id_, text, tree = self._judgement(judged)
        move = Move("fire", item=id_)
        tree.apply(move, tree.seat_of(move))
        self._add_to_deck(text, {"judged": True, "team": judged.team}, note.strip())
        return self._log(CONTROL).changes(self._make(CONTROL, move, note))

    def draft_adjudication(self, judged: Adjudication) -> Preview:
        """What the judgement may do: rows with their chances; writes nothing.

        Raises DeckError; MoveError when nothing can be judged now.
        """
        id_, _, tree = self._judgement(judged)
        return replace(look_ahead(tree, id_), title=judgement_title(tree.names, id_))

    def _judgement(self, judged: Adjudication) -> tuple[str, str, Tree]:
        if judged.team and judged.team not in self.deck.model.teams:
            raise MoveError(f"there is no team called '{judged.team}'")
        id_ = next(free_ids(self.deck, JUDGED))
        refuse(tuple(check_judged(id_, judged)))
        text = judgement_table(id_, judged)
        return id_, text, self._with_added(text, judged=True)

    # --- the deck

    def _with_added(self, text: str, *, judged: bool = False) -> Tree:
        """The present place, with a text added to the deck. Raises Problems."""
        deck, problems = weigh_added(self.deck, text, judged=judged)
        refuse(problems)
        if deck is None:
            raise Problems((Problem("", "", "the deck can't take this in"),))
        self._grown = deck
        return self.tree.amended(deck)

    def _add_to_deck(
        self, text: str, more: dict[str, Json] | None = None, note: str = ""
    ) -> None:
        file, added = addition(self.deck, text)
        data: dict[str, Json] = {"file": file, "text": added, **(more or {})}
        self._record("deck", CONTROL, self.tree.head, data=data, note=note)

    def _deck_of(self, files: dict[str, str]) -> Deck:
        grown, self._grown = self._grown, None
        if grown is not None and grown.files == files:
            return grown
        return load_text(files, self.deck.model.id)

    def _replay_deck(self, line: Line) -> None:
        file, text = line.data.get("file"), line.data.get("text")
        if not isinstance(file, str) or not isinstance(text, str):
            raise bad_addition(self, line, "it does not say what is added")
        try:
            new = self.tree.amend(self._deck_of(with_text(self.deck, file, text)))
        except KeyError:
            raise bad_addition(self, line, f"there is no file '{file}'") from None
        except ValueError as error:
            raise bad_addition(self, line, str(error)) from None
        if line.data.get("judged") is True and new:
            team = str(line.data.get("team", ""))
            self.tree.judged[new[0]] = Judged(team, line.note)


def refuse(problems: Sequence[Problem]) -> None:
    """Raises Problems when there are some."""
    if problems:
        raise Problems(tuple(problems))


def gone_by(tree: Tree, ids: Sequence[str]) -> Iterator[Problem]:
    """The added injects whose moment has gone by at the present place."""
    for id_ in ids:
        at = tree.deck.model.injects[id_].at
        if at is None or not passed(tree, id_):
            continue
        label = tree.deck.model.rounds.label
        message = f"{label} {at.round}, as it begins, has gone by"
        if at.phase:
            message = f"this moment of {label} {at.round} has gone by"
        hint = "Name a later one, or leave it out and fire it by hand."
        yield Problem(id_, "phase" if at.phase else "round", message, hint)


def moved(tree: Tree, move: Move) -> Tree:
    """The present place alone, as it would be after a move. Raises MoveError."""
    state, _ = tree.apply(move, tree.seat_of(move))
    other = tree.at(tree.head)
    other.nodes = {tree.head: replace(tree.now, state=array("q", state))}
    return other


def look_ahead(tree: Tree, inject: str) -> Preview:
    """What firing an inject would do, as control sees it. Raises MoveError."""
    log = LogReader(tree, CONTROL)
    return Peek(tree, CONTROL, log).preview(Move("fire", item=inject))


def bad_addition(session: SessionCore, line: Line, found: str) -> DivergenceError:
    """The error for a line that adds to the deck what can't be added."""
    return DivergenceError(
        f"{session.path}: line {line.number} can't be added to the deck: {found}",
        "The save was changed. Restore the line, or take it out.",
    )
