"""Conditions, numbers and TOML for decks that are made by chance (see `making`)."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tabletop.testing.making import Maker

Table = dict[str, Any]
"""A table of a deck, before it is written as TOML."""


# --- TOML


def toml(deck: Mapping[str, Any]) -> str:
    """A deck's tables as TOML."""
    lines = [f"{k} = {value(v)}" for k, v in deck.items() if not isinstance(v, dict)]
    for name, table in deck.items():
        if not isinstance(table, dict):
            continue
        if name == "rounds":
            table = {"": table}
        for id_, fields in table.items():
            lines += ["", f"[{name}.{id_}]" if id_ else f"[{name}]"]
            lines += [f"{key} = {value(field)}" for key, field in fields.items()]
    return "\n".join(lines) + "\n"


def value(thing: Any) -> str:
    """A value as TOML, tables within tables on one line."""
    if isinstance(thing, dict):
        return "{ " + ", ".join(f"{k} = {value(v)}" for k, v in thing.items()) + " }"
    if isinstance(thing, list):
        return "[" + ", ".join(map(value, thing)) + "]"
    return json.dumps(thing)


# --- expressions


class Writer:
    """Writes conditions and numbers that certain teams may see, or anything at all."""

    def __init__(self, maker: "Maker", seers: Iterable[str] = ()) -> None:
        """`seers` are the teams that must see all that is read."""
        self.chance = maker.chance
        self.maker = maker
        self.seers = set(seers)
        self.numbers = [*self._numbers()]
        self.yes = [*self._yes()]

    def may_read(self, table: Table) -> bool:
        """Whether all seers see a track or flag, or are told of an inject."""
        told = table.get("visible_to", table.get("audience"))
        return told is None or self.seers <= set(told)

    def _numbers(self) -> Iterable[str]:
        deck = self.maker.made
        yield from ("round", "rounds")
        for id_, track in deck["tracks"].items():
            if self.may_read(track):
                yield id_
                if "bands" in track:
                    yield f"{id_}.band"
        for team in self.maker.teams:
            yield from (f"{team}.points", f"{team}.hand", f"{team}.plays")
        yield from (f"played.{card}" for card in self.maker.cards)
        for id_ in self.maker.injects:
            if self.may_read(self.maker.audiences[id_]):
                yield f"fired.{id_}"

    def _yes(self) -> Iterable[str]:
        for id_, flag in self.maker.made["flags"].items():
            if self.may_read(flag):
                yield id_
        for id_ in self.maker.lasting:
            if self.may_read(self.maker.audiences.get(id_, {})):
                yield f"lasts.{id_}"
        yield from (f"playing.{card}" for card in self.maker.inviting)

    def number(self, depth: int = 1) -> str:
        """A whole number."""
        pick = self.chance.randint
        if depth == 0 or pick(0, 2) == 0:
            return str(pick(-9, 30)) if pick(0, 1) else self.chance.choice(self.numbers)
        a, b = self.number(depth - 1), self.number(depth - 1)
        shape = self.chance.choice(
            ("({a} + {b})", "({a} - {b})", "({a} // {b})", "({a} % {b})", "-{a}",
             "min({a}, {b}, 12)", "max({a}, {b})", "abs({a})", "({a} * 3)",
             "({a} if {c} else {b})")
        )  # fmt: skip
        return shape.format(a=a, b=b, c=self.condition(depth - 1))

    def condition(self, depth: int = 1) -> str:
        """A yes or no."""
        pick = self.chance.randint
        if depth == 0 or pick(0, 2) == 0:
            if self.yes and pick(0, 2) == 0:
                return self.chance.choice(self.yes)
            sign = self.chance.choice(("<", "<=", "==", "!=", ">=", ">"))
            return f"{self.chance.choice(self.numbers)} {sign} {self.number(0)}"
        a, b = self.condition(depth - 1), self.condition(depth - 1)
        shape = self.chance.choice(
            ("({a} and {b})", "({a} or {b})", "not {a}", "({a} and {b} and {a})",
             "0 <= {n} < 40")
        )  # fmt: skip
        return shape.format(a=f"({a})", b=f"({b})", n=self.number(depth - 1))
