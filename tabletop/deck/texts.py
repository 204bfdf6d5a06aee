"""Every condition, number and effect of a deck, read once and kept by its path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tabletop.deck.diagnostics import Finding, KeyPath, Spot, Trouble
from tabletop.deck.effects import read_effect
from tabletop.deck.expressions import OVERFLOW, Effect, Expr
from tabletop.deck.fields import Site, sites
from tabletop.deck.intervals import Interval
from tabletop.deck.models import (
    Card,
    DeckModel,
    Expression,
    Happening,
    Lasting,
    Roll,
    Table,
)
from tabletop.deck.reader import Reader
from tabletop.deck.scope import Scope
from tabletop.deck.symbols import Symbols

_ANY_TOTAL: Interval = (-(OVERFLOW >> 24), OVERFLOW >> 24)
"""Totals of dice whose modifier could not be read."""

MAX_CHARACTERS = 200_000
"""Of all conditions and effects of a deck together."""
_SAID = {"bool": "a condition", "int": "the value"}


@dataclass(slots=True)
class Texts:
    """The deck's parsed texts, and what was wrong with the others."""

    exprs: dict[KeyPath, Expr] = field(default_factory=dict)
    effects: dict[KeyPath, tuple[Effect, ...]] = field(default_factory=dict)
    """The effects of each list, by the list's path."""
    each_effect: dict[KeyPath, Effect] = field(default_factory=dict)
    """Each effect by its own path, which ends in its number in the list."""
    findings: list[Finding] = field(default_factory=list)

    def totals(self, roll: Roll, path: KeyPath) -> Interval | None:
        """The totals that dice can give; None when their modifier is not known."""
        count, sides = (int(part) for part in roll.dice.split("d"))
        low, high = count, count * sides
        if roll.modifier is None:
            return low, high
        modifier = self.exprs.get((*path, "modifier"))
        if modifier is None:
            return None
        return low + modifier.low, high + modifier.high


def read_texts(model: DeckModel, symbols: Symbols) -> Texts:
    """Read every text of a deck."""
    texts = Texts()
    room = MAX_CHARACTERS
    for site in sites(model):
        room -= len(site.text) + 1
        if room < 0:
            message = "the deck's conditions and effects are too many"
            hint = f"together they may have {MAX_CHARACTERS:,} characters"
            finding = Finding("E005", message, Spot(site.path), hint=hint)
            texts.findings.append(finding)
            break
        scope = _scope(site, symbols, texts)
        if isinstance(site.marker, Expression):
            reader = Reader(site.text, scope)
            expr = reader.expression(site.marker.type, _SAID[site.marker.type])
            if not _gather(texts, site, reader.troubles):
                texts.exprs[site.path] = expr
        else:
            effect, troubles = read_effect(site.text, scope)
            if not _gather(texts, site, troubles) and effect is not None:
                texts.each_effect[site.path] = effect
    texts.effects = _lists(texts.each_effect)
    return texts


def _lists(effects: Mapping[KeyPath, Effect]) -> dict[KeyPath, tuple[Effect, ...]]:
    """The effects by the path of their list."""
    lists: dict[KeyPath, list[Effect]] = {}
    for path, effect in effects.items():
        lists.setdefault(path[:-1], []).append(effect)
    return {path: tuple(gathered) for path, gathered in lists.items()}


def _gather(texts: Texts, site: Site, troubles: Sequence[Trouble]) -> bool:
    """Keep the troubles of one text, each once; whether there were any."""
    once = {(trouble.code, trouble.span): trouble for trouble in troubles}
    texts.findings += [trouble.finding(site.path) for trouble in once.values()]
    return bool(once)


def _scope(site: Site, symbols: Symbols, texts: Texts) -> Scope:
    """The names that exist where a text stands."""
    happening = _owner(site, Happening)
    cancels = (
        isinstance(happening, Card)
        and (happening.response or symbols.ids("card")[str(site.path[1])] is None)
        and _owner(site, Lasting) is None
    )
    names = site.marker.names
    if not names and not cancels:
        return Scope(symbols)
    asks = happening.ask if isinstance(happening, Happening) else ()
    return Scope(symbols, names, asks, _totals(site, texts), cancels)


def _totals(site: Site, texts: Texts) -> Interval:
    roll = _owner(site, Roll)
    if not isinstance(roll, Roll):
        return 0, 0
    path = site.path[: site.path.index("roll") + 1]
    totals = texts.totals(roll, path)
    return _ANY_TOTAL if totals is None else totals


def _owner(site: Site, kind: type[Table]) -> Table | None:
    return next((owner for owner in site.owners if isinstance(owner, kind)), None)
