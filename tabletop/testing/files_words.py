"""The words of a test file whose meaning its form marks: ids, conditions, values."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from tabletop.deck.diagnostics import KeyPath
from tabletop.testing.models import Condition, Form, Of, Values

Marker = Of | Condition | Values
Found = tuple[KeyPath, Any, Marker, bool]
"""Path, value, marker, and whether it is a key."""


def marked(form: Form, path: KeyPath = ()) -> Iterator[Found]:
    """Every word and text of a form whose meaning is marked, in order."""
    hints = get_type_hints(type(form), include_extras=True)
    for name, info in type(form).model_fields.items():
        value = getattr(form, name)
        if value is not None:
            yield from _marked(hints[name], value, (*path, info.alias or name))


def _marked(kind: Any, value: Any, path: KeyPath) -> Iterator[Found]:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        for mark in args[1:]:
            if isinstance(mark, Of | Condition | Values):
                yield path, value, mark, False
        yield from _marked(args[0], value, path)
    elif origin in (Union, UnionType):
        fitting = next(a for a in args if isinstance(value, _plain_type(a)))
        yield from _marked(fitting, value, path)
    elif isinstance(value, Form):
        yield from marked(value, path)
    else:
        yield from _inside(args, value, path)


def _inside(args: tuple[Any, ...], value: Any, path: KeyPath) -> Iterator[Found]:
    """The entries of a list or a table."""
    if isinstance(value, list):
        for i, each in enumerate(value):
            yield from _marked(args[0], each, (*path, i))
    elif isinstance(value, dict) and args:
        for key, each in value.items():
            here = (*path, key)
            for place, word, mark, _ in _marked(args[0], key, here):
                yield place, word, mark, True
            yield from _marked(args[1], each, here)


def _plain_type(kind: Any) -> type:
    """The class of the values of a type."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    found = get_origin(kind) or kind
    return found if isinstance(found, type) else object
