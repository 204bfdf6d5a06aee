"""The words of a test file against its deck: ids, conditions, and what steps mean."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import KeyPath, Report, Spot
from tabletop.deck.reader import Reader
from tabletop.deck.scope import Scope
from tabletop.deck.suggest import Guess, listed, quoted
from tabletop.deck.symbols import Symbols
from tabletop.testing.files_goals import check_goals
from tabletop.testing.files_steps import check_step
from tabletop.testing.files_words import marked
from tabletop.testing.ids import Ids
from tabletop.testing.models import (
    KINDS,
    Condition,
    FileModel,
    Of,
    Start,
    Tested,
    Values,
)

if TYPE_CHECKING:
    from tabletop.deck.expressions import Expr

SPECIAL = ("phase", "ending")
"""Names in `then` that no expression has."""


class Checker:
    """Checks one test file, and reads its conditions."""

    def __init__(self, deck: Deck, model: FileModel, report: Report) -> None:
        """Takes what is checked, and where problems are gathered."""
        self.model = model
        self.report = report
        self.ids = Ids(deck)
        self.deck = deck
        self.scope = Scope(Symbols.of(deck.model), frozenset({"ending"}))
        self.exprs: dict[KeyPath, Expr] = {}

    def check(self) -> None:
        """Reports everything that is wrong."""
        for path, value, marker, key in marked(self.model):
            if isinstance(marker, Of):
                self._id(path, str(value), marker, key=key)
            elif isinstance(marker, Condition):
                self._condition(path, str(value))
            else:
                self._values(path, value, marker)
        for path, table in tables(self.model):
            self._start((*path, "start"), table.start)
        for i, script in enumerate(self.model.test):
            for k, step in enumerate(script.steps):
                check_step(("test", i, "steps", k), step, self.ids, self.report)
        check_goals(self.model, self.deck, self.report)
        self._names()

    def _names(self) -> None:
        """Reports names that several tests have."""
        first: dict[str, KeyPath] = {}
        for path, table in tables(self.model):
            if table.name is None:
                continue
            if table.name in first:
                related = ((Spot((*first[table.name], "name")), "first used here"),)
                message = f"another test is called {quoted(table.name)}"
                spot = Spot((*path, "name"))
                self.report.add("T106", message, spot, related=related)
            first.setdefault(table.name, path)

    def _id(self, path: KeyPath, word: str, of: Of, *, key: bool) -> None:
        known = [*self.ids.known(of.kinds), *of.words]
        if word in known:
            return
        spot = Spot(path, part="key" if key else "value")
        said = " or ".join(of.kinds) if len(of.kinds) < 4 else "thing of the deck"
        others = self.ids.kinds(word)
        guess = Guess(word, known)
        if others and len(of.kinds) < 4:
            message = f"{quoted(word)} is {article(others[0])}, not {article(said)}"
            self.report.add("T102", message, spot, guess)
            return
        hint = f"known: {listed(known)}" if len(of.kinds) < 4 else ""
        self.report.add(
            "T101", f"unknown {said} {quoted(word)}", spot, guess, hint=hint
        )

    def _condition(self, path: KeyPath, text: str) -> None:
        self._read(path, text, "bool", Spot(path))

    def _read(self, path: KeyPath, text: str, kind: str, spot: Spot) -> str:
        """Reads an expression; its type, or '' when it makes no sense."""
        reader = Reader(text, self.scope)
        said = "a condition" if kind == "bool" else "the value"
        expr = reader.expression(kind, said)
        for trouble in reader.troubles:
            at = Spot(path, trouble.span) if spot.part == "value" else spot
            self.report.add(
                trouble.code, trouble.message, at, trouble.caption, hint=trouble.hint
            )
        if reader.troubles:
            return ""
        self.exprs[path] = expr
        return expr.type

    # --- tables of values

    def _values(self, path: KeyPath, table: Mapping[str, Any], of: Values) -> None:
        for steps, name, value in flattened(table):
            here = (*path, *steps)
            spot = Spot(here, part="key")
            if of.what == "number" and name in SPECIAL:
                self._special(here, name, value)
            elif of.what == "target" and name not in self.ids.targets:
                guess = Guess(name, self.ids.targets)
                message = f"rulings can't set {quoted(name)}"
                hint = "they set tracks, flags and `TEAM.points`"
                self.report.add("T101", message, spot, guess, hint=hint)
            else:
                self._value(here, name, value, spot)

    def _value(self, path: KeyPath, name: str, value: object, spot: Spot) -> None:
        kind = self._read(path, name, "any", spot)
        if not kind:
            return
        wanted: type = bool if kind == "bool" else int
        if type(value) is not wanted:
            said = "true or false" if wanted is bool else "a whole number"
            message = f"{quoted(name)} is {said}"
            self.report.add("T004", message, Spot(path))

    def _special(self, path: KeyPath, name: str, value: object) -> None:
        if not isinstance(value, str):
            self.report.add("T004", f"`{name}` is an id in quotes", Spot(path))
        else:
            words = ("none",) if name == "ending" else ()
            self._id(path, value, Of((name,), words), key=False)

    # --- starts

    def _start(self, path: KeyPath, start: Start) -> None:
        known = (*self.ids.known(("track", "flag")), *Start.model_fields)
        for key, value in (start.model_extra or {}).items():
            here = (*path, key)
            if key in self.ids.tables["track"]:
                self._track(here, key, value)
            elif key not in self.ids.tables["flag"]:
                message = f"{quoted(key)} is no track, flag or key of `start`"
                spot, guess = Spot(here, part="key"), Guess(key, known)
                hint = (
                    f"besides tracks and flags: {listed(Start.model_fields, most=12)}"
                )
                self.report.add("T002", message, spot, guess, hint=hint)
            elif not isinstance(value, bool):
                message = f"flag {quoted(key)} is true or false"
                self.report.add("T004", message, Spot(here))
        for track, value in start.tracks.items():
            if track in self.ids.tables["track"]:
                self._track((*path, "tracks", track), track, value)
        if start.round > self.deck.model.rounds.count:
            message = f"the game has {self.deck.model.rounds.count} rounds"
            self.report.add("T005", message, Spot((*path, "round")))
        self._unused(path, start)

    def _unused(self, path: KeyPath, start: Start) -> None:
        """Reports what a start gives to no use."""
        for key in ("phase", "roll") if path[0] != "test" else ():
            if key in start.model_fields_set:
                message = f"games by bots have no use for `{key}`"
                self.report.add("T104", message, Spot((*path, key), part="key"))
        for team in start.hand:
            model = self.deck.model.teams.get(team)
            if model is not None and model.hand == "all":
                message = f"{quoted(team)} always holds every card of its own"
                spot = Spot((*path, "hand", team), part="key")
                self.report.add("T104", message, spot)

    def _track(self, path: KeyPath, track: str, value: object) -> None:
        model = self.deck.model.tracks[track]
        if type(value) is not int:
            message = f"track {quoted(track)} is a whole number"
            self.report.add("T004", message, Spot(path))
        elif not model.min <= value <= model.max:
            message = f"{quoted(track)} runs from {model.min} to {model.max}"
            self.report.add("T005", message, Spot(path))


def tables(model: FileModel) -> Iterator[tuple[KeyPath, Tested]]:
    """Every test of a file, with its path."""
    for kind in KINDS:
        for i, table in enumerate(getattr(model, kind)):
            yield (kind, i), table


def flattened(
    table: Mapping[str, Any], path: KeyPath = ()
) -> Iterator[tuple[KeyPath, str, Any]]:
    """The entries of a table whose keys may be dotted: path, whole name, value."""
    for key, value in table.items():
        here = (*path, key)
        if isinstance(value, dict):
            yield from flattened(value, here)
        else:
            yield here, plain(".".join(map(str, here))), value


def plain(name: str) -> str:
    """A name without the kind of thing that may stand before it.

    >>> plain("flag.truce"), plain("town.points")
    ('truce', 'town.points')
    """
    return name.removeprefix("flag.").removeprefix("track.")


def article(kind: str) -> str:
    """A kind with its article: 'an inject'."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
