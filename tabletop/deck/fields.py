"""The shape of the deck language's tables, read off the models once.

Tells of each field whether it holds text to parse, another table, or many of them;
so that no other module needs to know the models field by field.
"""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from tabletop.deck.diagnostics import KeyPath
from tabletop.deck.models import DeckModel, Effects, Expression, Table

Marker = Expression | Effects


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field may hold."""

    name: str
    marker: Marker | None = None
    """How its text is to be parsed."""
    table: type[Table] | None = None
    """The table it holds ..."""
    many: str = ""
    """... alone (''), as a 'list' of them or as a 'dict' by id."""


@cache
def shapes(model: type[Table]) -> tuple[Shape, ...]:
    """The fields of a table, in their order."""
    return tuple(
        _shape(name, (info.annotation, *info.metadata))
        for name, info in model.model_fields.items()
    )


@cache
def _telling(model: type[Table]) -> tuple[Shape, ...]:
    """The fields that hold text to parse or further tables."""
    return tuple(shape for shape in shapes(model) if shape.marker or shape.table)


def _shape(name: str, parts: tuple[Any, ...]) -> Shape:
    marker, table, many = None, None, ""
    for part in _unfolded(parts):
        if isinstance(part, Expression | Effects):
            marker = part
        elif isinstance(part, type) and issubclass(part, Table):
            table = part
        elif part in (list, dict):
            many = part.__name__
    return Shape(name, marker, table, many if table else "")


def _unfolded(parts: tuple[Any, ...]) -> Iterator[Any]:
    """Every type and marker that an annotation is made of."""
    for part in parts:
        origin = get_origin(part)
        if origin is None:
            yield part
        elif origin in (Annotated, Union, types.UnionType):
            yield from _unfolded(get_args(part))
        elif origin in (list, dict):
            yield origin
            yield from _unfolded(get_args(part))


@dataclass(frozen=True, slots=True)
class Site:
    """A text of the deck that is to be parsed."""

    path: KeyPath
    text: str
    marker: Marker
    owners: tuple[Table, ...]
    """The tables it stands in, from the deck down."""


def sites(
    model: Table, path: KeyPath = (), owners: tuple[Table, ...] = ()
) -> Iterator[Site]:
    """Every text to parse, in the deck's order."""
    owners = (*owners, model)
    for shape in _telling(type(model)):
        value = getattr(model, shape.name)
        here = (*path, shape.name)
        if shape.marker is not None:
            yield from _texts(value, here, shape.marker, owners)
        elif shape.table is not None and value:
            for key, child in _children(value, shape.many):
                yield from sites(child, (*here, *key), owners)


def tables(model: Table, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Table]]:
    """Every table of a deck with its path, in the deck's order, the deck first."""
    yield path, model
    for shape in _telling(type(model)):
        value = getattr(model, shape.name) if shape.table is not None else None
        if value:
            for key, child in _children(value, shape.many):
                yield from tables(child, (*path, shape.name, *key))


def _texts(
    value: Any, path: KeyPath, marker: Marker, owners: tuple[Table, ...]
) -> Iterator[Site]:
    if isinstance(value, str):
        # `hand = "all"` and the like carry no marker, so every text here is one.
        yield Site(path, value, marker, owners)
    elif isinstance(value, list):
        for index, text in enumerate(value):
            yield Site((*path, index), text, marker, owners)


def _children(value: Any, many: str) -> Iterator[tuple[KeyPath, Table]]:
    if many == "dict":
        yield from (((key,), child) for key, child in value.items())
    elif many == "list":
        yield from (((index,), child) for index, child in enumerate(value))
    else:
        yield (), value


def table_at(path: KeyPath) -> type[Table] | None:
    """The table whose keys stand at a path, or None."""
    model: type[Table] = DeckModel
    steps = iter(path)
    for step in steps:
        shape = next((s for s in shapes(model) if s.name == step), None)
        if shape is None or shape.table is None:
            return None
        if shape.many and next(steps, None) is None:
            return None
        model = shape.table
    return model


def marker_at(path: KeyPath) -> Marker | None:
    """How the text at a path is to be parsed, when it is such a text."""
    keys = path[:-1] if path and isinstance(path[-1], int) else path
    model = table_at(keys[:-1])
    if model is None:
        return None
    return next((s.marker for s in shapes(model) if s.name == keys[-1:][0]), None)


def homes(key: str) -> list[str]:
    """Where in a deck a key may stand, as headers: '[cards.ID]'."""
    return [header for header, model in headers() if key in model.model_fields]


@cache
def headers() -> tuple[tuple[str, type[Table]], ...]:
    """Every table of the language once, with the header it first stands under."""
    found: dict[type[Table], str] = {}

    def visit(model: type[Table], header: str, path: str) -> None:
        if model in found:
            return
        found[model] = header
        for shape in shapes(model):
            if shape.table is None:
                continue
            inner = f"{path}{shape.name}{'.ID' if shape.many == 'dict' else ''}"
            shown = f"[[{inner}]]" if shape.many == "list" else f"[{inner}]"
            visit(shape.table, shown, f"{inner}.")

    visit(DeckModel, "the top of the file", "")
    return tuple((header, model) for model, header in found.items())
