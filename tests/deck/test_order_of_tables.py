"""The order of a deck's tables is no matter, but that of things of one kind."""

import random
import re
from collections.abc import Iterator

import pytest

from tabletop.deck.loader import load_text
from tabletop.engine.compile import compile_deck
from tests.decks.shipped import TUTORIAL

TEXT = TUTORIAL.read_text("utf-8")


def tables() -> tuple[str, list[str]]:
    """What comes before the first table, and each table with its text."""
    head, *rest = re.split(r"(?m)^(?=\[)", TEXT)
    return head, rest


def kind(table: str) -> str:
    """The first word of a table's header."""
    found = re.match(r"\[+(\w+)", table)
    assert found is not None
    return found[1]


def orders() -> Iterator[str]:
    """The deck with its kinds of tables in other orders."""
    head, found = tables()
    kinds = sorted({kind(table) for table in found})
    for seed in range(5):
        places = random.Random(seed).sample(kinds, len(kinds))
        yield head + "\n".join(sorted(found, key=lambda t: places.index(kind(t))))


def test_kinds_of_tables_may_stand_in_any_order() -> None:
    deck = load_text({"deck.toml": TEXT})
    program = compile_deck(deck)
    texts = [*orders()]
    assert len({TEXT, *texts}) == 6
    for text in texts:
        other = load_text({"deck.toml": text})
        assert other.model == deck.model
        made = compile_deck(other)
        assert made.words == program.words
        assert (made.cards, made.rules) == (program.cards, program.rules)


@pytest.mark.parametrize("what", ["cards", "rules", "endings", "teams"])
def test_things_of_one_kind_have_the_order_in_which_they_stand(what: str) -> None:
    """It is that of hands and turns, of rules that run, of endings that hold."""
    head, found = tables()
    last = [table for table in found if kind(table) == what][-1]
    id_ = re.split(r"[.\]]", last)[1]
    own = [t for t in found if re.match(rf"\[+{what}\.{id_}[.\]]", t)]
    others = [table for table in found if table not in own]
    text = head + "\n".join([*own, *others])
    assert next(iter(getattr(load_text({"deck.toml": text}).model, what))) == id_
