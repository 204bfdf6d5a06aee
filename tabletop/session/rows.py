"""Dice tables with their odds."""

from collections.abc import Sequence
from fractions import Fraction

from tabletop.deck.models import Roll
from tabletop.session.names import Names
from tabletop.session.view import RowView


def totals(dice: int, sides: int) -> list[int]:
    """How many ways there are to throw each total; index 0 is a total of `dice`."""
    ways = [1]
    for _ in range(dice):
        longer = [0] * (len(ways) + sides - 1)
        for i, count in enumerate(ways):
            for side in range(sides):
                longer[i + side] += count
        ways = longer
    return ways


def row_chances(roll: Roll, modifier: int) -> list[Fraction]:
    """The share of all throws that falls in each row of a table."""
    dice, sides = (int(part) for part in roll.dice.split("d"))
    ways = totals(dice, sides)
    every = sides**dice
    chances, place = [], 0
    for row in roll.table:
        end = len(ways) if row.to is None else row.to - modifier - dice + 1
        end = min(max(end, place), len(ways))
        chances.append(Fraction(sum(ways[place:end]), every))
        place = end
    if place < len(ways):
        chances[-1] += Fraction(sum(ways[place:]), every)
    return chances


def span_text(roll: Roll, index: int) -> str:
    """The totals that fall in a row: '6-9', or '10+' for the last."""
    rows = roll.table
    to = rows[index].to
    below = rows[index - 1].to if index else None
    if to is None or index == len(rows) - 1:
        return "any" if below is None else f"{below + 1}+"
    if below is None:
        return f"≤{to}"
    return str(to) if below + 1 == to else f"{below + 1}-{to}"


def row_views(names: Names, id_: str, modifier: int) -> tuple[RowView, ...]:
    """A card's or inject's dice table as it stands, with this modifier."""
    key = ("rows", id_, modifier)
    return names.once(key, lambda: _row_views(names, id_, modifier))


def _row_views(names: Names, id_: str, modifier: int) -> tuple[RowView, ...]:
    roll = names.happenings[id_].roll
    if roll is None:
        return ()
    chances = row_chances(roll, modifier)
    where = names.where(id_)
    return tuple(
        RowView(
            span_text(roll, i),
            row.text,
            percent(chances[i]),
            names.effects_of(where, id_, "roll", "table", i, "effects"),
        )
        for i, row in enumerate(roll.table)
    )


def percent(share: Fraction) -> str:
    """A share in words: '28 %', '<1 %' when it is small, '0 %' only when it is none."""
    rounded = round(share * 100)
    if share > 0 and rounded == 0:
        return "<1 %"
    if share < 1 and rounded == 100:
        return ">99 %"
    return f"{rounded} %"


def shares(rows: Sequence[RowView]) -> str:
    """All rows' odds in one line."""
    return " · ".join(f"{row.span} {row.chance}" for row in rows)
