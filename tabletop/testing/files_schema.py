"""The form of test files as a JSON Schema, for editors that complete and check TOML."""

import ast
import inspect
import re
from typing import Any

from tabletop.deck.schema import DIALECT
from tabletop.testing import models
from tabletop.testing.models import FORMAT, FileModel

_Node = dict[str, Any]


def schema() -> _Node:
    """The schema of a test file."""
    root = FileModel.model_json_schema(by_alias=True)
    tables = root.pop("$defs")
    docs = _docs()
    for name, table in (*tables.items(), ("FileModel", root)):
        table.pop("title", None)
        for key, node in table["properties"].items():
            _tidy(node)
            node["description"] = docs[name][key]
    for table in (tables["Start"], tables["Step"]):  # one die may stand alone
        roll = table["properties"]["roll"]
        die = roll.pop("items")
        many = {
            "type": roll.pop("type"),
            "items": die,
            "maxItems": roll.pop("maxItems"),
        }
        roll["anyOf"] = [many, die]
    tables["Start"]["additionalProperties"] = {"type": ["integer", "boolean"]}
    root["properties"]["format"] |= {"const": FORMAT}
    return {"$schema": DIALECT, **root, "title": "Tests of a deck", "$defs": tables}


def _tidy(node: _Node) -> None:
    """Leave out what TOML cannot say: it has no null; such a key is left out."""
    node.pop("title", None)
    if node.get("default", 0) in (None, [], {}):
        del node["default"]
    branches = [each for each in node.pop("anyOf", ()) if each.get("type") != "null"]
    if len(branches) == 1:
        node |= branches[0]
    elif branches:
        node["anyOf"] = branches


def _docs() -> dict[str, dict[str, str]]:
    """By class and key, the string that stands under the field, its bases' included."""
    tree = ast.parse(inspect.getsource(models))
    own = {
        node.name: dict(_fields(node))
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    return {
        name: {
            info.alias or field: _said(model, field, own)
            for field, info in model.model_fields.items()
        }
        for name, model in vars(models).items()
        if isinstance(model, type) and issubclass(model, models.Form)
    }


def _said(model: type, field: str, own: dict[str, dict[str, str]]) -> str:
    told = (own.get(base.__name__, {}).get(field) for base in model.__mro__)
    return next(filter(None, told), "")


def _fields(node: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for field, text in zip(node.body, node.body[1:], strict=False):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(doc))),
            ):
                found.append((name, re.sub(r"\s+", " ", doc).strip()))
    return found
