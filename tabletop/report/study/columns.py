"""How columns of a study's tables are made: names, what they hold, what they mean."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from tabletop.report.study.data import rounded
from tabletop.study.result import Estimate, Share, Spread

Kind = Literal["text", "whole", "number", "yes or no"]
Value: TypeAlias = "str | int | float | bool | None"
Get: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, its meaning, and its value for a row."""

    name: str
    kind: Kind
    says: str
    get: Get

    def value(self, row: Any) -> Value:
        """What stands in a row; None for what was not measured."""
        found = self.get(row)
        if isinstance(found, float):
            return rounded(found)
        if found is None or isinstance(found, str | int):
            return found
        raise TypeError(found)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a study."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]

    def values(self) -> Iterable[tuple[Value, ...]]:
        """What stands in each row."""
        for row in self.rows:
            yield tuple(column.value(row) for column in self.columns)


def text(name: str, says: str, get: Get) -> Column:
    """A column of words."""
    return Column(name, "text", says, get)


def whole(name: str, says: str, get: Get) -> Column:
    """A column of whole numbers."""
    return Column(name, "whole", says, get)


def number(name: str, says: str, get: Get) -> Column:
    """A column of numbers."""
    return Column(name, "number", says, get)


def told(name: str, says: str, get: Get) -> Column:
    """A column of yes and no."""
    return Column(name, "yes or no", says, get)


def share(name: str, says: str, get: Callable[[Any], Share | None]) -> list[Column]:
    """Columns for a share: counts, share from 0 to 1 and its 95 % interval."""
    return [
        whole(f"{name}_count", f"{says}: how many", _of(get, "count")),
        whole(f"{name}_of", f"{says}: of how many", _of(get, "of")),
        number(name, f"{says}: share, 0 to 1", _of(get, "share")),
        number(f"{name}_low", f"{says}: lower end (Wilson, 95 %)", _of(get, "low")),
        number(f"{name}_high", f"{says}: upper end (Wilson, 95 %)", _of(get, "high")),
    ]


def estimate(
    name: str, says: str, get: Callable[[Any], Estimate | None]
) -> list[Column]:
    """Columns for a mean or difference and its 95 % interval."""
    return [
        number(name, says, _of(get, "value")),
        number(f"{name}_low", f"{says}: lower end (95 %)", _of(get, "low")),
        number(f"{name}_high", f"{says}: upper end (95 %)", _of(get, "high")),
        whole(f"{name}_of", f"{says}: games or pairs", _of(get, "of")),
        told(f"{name}_sure", f"{says}: the interval leaves out 0", _of(get, "sure")),
    ]


def spread(name: str, says: str, get: Callable[[Any], Spread]) -> list[Column]:
    """Columns for how a number is spread over games."""
    found = [
        whole(f"{name}_games", f"{says}: games", _of(get, "games")),
        number(f"{name}_mean", f"{says}: mean", _of(get, "mean")),
        number(f"{name}_deviation", f"{says}: standard deviation",
               _of(get, "deviation")),
    ]  # fmt: skip
    for field, meaning in (
        ("least", "least"), ("p5", "5th hundredth"), ("p25", "first quarter"),
        ("median", "median"), ("p75", "third quarter"), ("p95", "95th hundredth"),
        ("greatest", "greatest"),
    ):  # fmt: skip
        found.append(whole(f"{name}_{field}", f"{says}: {meaning}", _of(get, field)))
    return found


def _of(get: Get, field: str) -> Get:
    """A part of something that may not be there."""

    def part(row: Any) -> Any:
        found = get(row)
        return None if found is None else getattr(found, field)

    return part
