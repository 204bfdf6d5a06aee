"""Everything of a deck that games may reach, under the names that people know it by."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.deck.deck import Deck
from tabletop.deck.expressions import Expr
from tabletop.deck.models import DeckModel, Happening, Option
from tabletop.engine import layout as at
from tabletop.engine.census import Thing
from tabletop.engine.program import Program

Path = tuple[str | int, ...]
KINDS = ("card", "option", "outcome", "row", "lasting", "rule", "inject", "ending")
"""What a thing may be, 'term' left out, in the order of `things`."""


@dataclass(frozen=True)
class Condition:
    """A condition of the deck, and whose it is."""

    look: int
    """LOOK_CARD and the like, as the machine's trace names it."""
    index: int
    """Whose it is, as the machine numbers its kind."""
    path: Path
    expr: Expr
    text: str


def things(deck: Deck, program: Program) -> tuple[Thing, ...]:
    """All of a deck's things, by kind; within a kind as the machine numbers them.

    Those of one kind are where a `Census` of the program has their counts.
    """
    model = deck.model
    found = [Thing("card", id_, ("cards", id_), model.cards[id_].title)
             for id_ in program.cards]  # fmt: skip
    found += _parts(model, program)
    found += [
        Thing("rule", id_, ("rules", id_), model.rules[id_].title or plain(id_))
        for id_ in program.rules
    ]
    found += [
        Thing("inject", id_, ("injects", id_), model.injects[id_].title)
        for id_ in program.injects
    ]
    found += [
        Thing("ending", id_, ("endings", id_), model.endings[id_].title)
        for id_ in program.endings
    ]
    for condition in conditions(deck, program):
        found += _terms(condition)
    return tuple(found)


def _parts(model: DeckModel, program: Program) -> Iterator[Thing]:
    """Options, outcomes, rows and lasting effects of cards and injects."""
    for (id_, ask, number), name in zip(
        program.options, option_names(model, program), strict=True
    ):
        option = happening(model, id_).ask[ask].options[number]
        path = (*_base(model, id_), "ask", ask, "options", number)
        yield Thing("option", name, path, option.label)
    for id_, number in program.outcomes:
        outcome = happening(model, id_).outcomes[number]
        path = (*_base(model, id_), "outcomes", number)
        text = outcome.text or outcome.when
        yield Thing("outcome", f"{id_}.outcome{number + 1}", path, text)
    for id_, number in program.rows:
        path = (*_base(model, id_), "roll", "table", number)
        yield Thing(
            "row", f"{id_}.row{number + 1}", path, _row_text(model, id_, number)
        )
    for id_ in program.lastings:
        path = (*_base(model, id_), "lasting")
        yield Thing("lasting", id_, path, happening(model, id_).title)


def option_names(model: DeckModel, program: Program) -> tuple[str, ...]:
    """The name of each option: `CARD.OPTION`, or `CARD.N.OPTION` where that is not one
    option alone; N is the number of the question, from 1."""
    plain = [
        f"{id_}.{_option(model, id_, ask, number).id}"
        for id_, ask, number in program.options
    ]
    times = Counter(plain)
    return tuple(
        name if times[name] == 1 else f"{id_}.{ask + 1}.{name.partition('.')[2]}"
        for name, (id_, ask, _) in zip(plain, program.options, strict=True)
    )


def conditions(deck: Deck, program: Program) -> Iterator[Condition]:
    """Every condition of a deck that decides whether something happens."""
    model = deck.model
    for look, index, path in _condition_paths(model, program):
        text = _at(model, path)
        if text:
            yield Condition(look, index, path, deck.expr(*path), text)


def _condition_paths(
    model: DeckModel, program: Program
) -> Iterator[tuple[int, int, Path]]:
    """Where conditions may stand."""
    for i, id_ in enumerate(program.cards):
        yield at.LOOK_CARD, i, ("cards", id_, "requires")
    for i, (id_, ask, number) in enumerate(program.options):
        base = _base(model, id_)
        yield (
            at.LOOK_OPTION, i, (*base, "ask", ask, "options", number, "requires"),
        )  # fmt: skip
    for i, (id_, number) in enumerate(program.outcomes):
        yield at.LOOK_OUTCOME, i, (*_base(model, id_), "outcomes", number, "when")
    for i, id_ in enumerate(program.lastings):
        yield at.LOOK_LASTING, i, (*_base(model, id_), "lasting", "until")
    for i, id_ in enumerate(program.rules):
        yield at.LOOK_RULE, i, ("rules", id_, "when")
    for i, id_ in enumerate(program.injects):
        yield at.LOOK_INJECT, i, ("injects", id_, "when")
    for i, id_ in enumerate(program.endings):
        yield at.LOOK_ENDING, i, ("endings", id_, "when")


def leaves(expr: Expr) -> list[Expr]:
    """The parts of a condition that `and`, `or` and `not` join; it alone if none do."""
    if expr.op in ("and", "or"):
        return [leaf for arg in expr.args for leaf in leaves(arg)]
    if expr.op == "not" and expr.args[0].op in ("and", "or", "not"):
        return leaves(expr.args[0])
    return [expr]


def _terms(condition: Condition) -> Iterator[Thing]:
    """The terms of a condition, in the order in which they are written."""
    for number, leaf in enumerate(leaves(condition.expr), 1):
        text = condition.text[slice(*leaf.span)]
        name = f"{dotted(condition.path)}#{number}"
        yield Thing("term", name, condition.path, text, leaf.span)


def dotted(path: Path) -> str:
    """A path as people write it.

    >>> dotted(("cards", "strike", "ask", 0, "options", 1, "requires"))
    'cards.strike.ask[0].options[1].requires'
    """
    parts = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return "".join(parts).removeprefix(".")


def plain(id_: str) -> str:
    """An id as words."""
    return id_.replace("_", " ").capitalize()


def happening(model: DeckModel, id_: str) -> Happening:
    """A card or an inject."""
    return model.cards[id_] if id_ in model.cards else model.injects[id_]


def _base(model: DeckModel, id_: str) -> Path:
    return ("cards" if id_ in model.cards else "injects", id_)


def _option(model: DeckModel, id_: str, ask: int, number: int) -> Option:
    return happening(model, id_).ask[ask].options[number]


def _row_text(model: DeckModel, id_: str, number: int) -> str:
    roll = happening(model, id_).roll
    return roll.table[number].text if roll else ""


def _at(model: DeckModel, path: Path) -> str | None:
    """The text that stands at a path, if any."""
    value: object = model
    for key in path:
        if isinstance(value, dict):
            value = value[key]
        elif isinstance(value, list):
            value = value[int(key)]
        else:
            value = getattr(value, str(key))
    return value if isinstance(value, str) else None
