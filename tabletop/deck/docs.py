"""What the models' source says about each field: the string under its line.

Read only for the schema and the reference, so that loading a deck does not wait for
it.
"""

import ast
import inspect
import re
from collections.abc import Mapping
from functools import cache

from tabletop.deck import models
from tabletop.deck.models import Table


def table_doc(model: type[Table]) -> str:
    """What a table is."""
    return _one_line(model.__doc__ or "")


def field_doc(model: type[Table], name: str) -> str:
    """What a field of a table is."""
    for base in model.__mro__:
        if doc := _docs().get(base.__name__, {}).get(name):
            return doc
    return ""


@cache
def _docs() -> Mapping[str, Mapping[str, str]]:
    """By class and field, the string that follows the field."""
    tree = ast.parse(inspect.getsource(models))
    return {
        node.name: dict(_fields(node))
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


def _fields(node: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for field, text in zip(node.body, node.body[1:], strict=False):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(doc))),
            ):
                found.append((name, _one_line(doc)))
    return found


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
