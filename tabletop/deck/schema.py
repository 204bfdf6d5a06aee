"""The deck language as a JSON Schema, for editors that complete and check TOML."""

from typing import Any

from tabletop.deck.docs import field_doc, table_doc
from tabletop.deck.models import FORMAT, DeckModel, Table
from tabletop.deck.sources import TABLES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_Node = dict[str, Any]


def schema(*, part: bool = False) -> _Node:
    """The schema of a deck, or of a file that a deck includes (`part`)."""
    root = DeckModel.model_json_schema()
    tables = root.pop("$defs")
    models = _models(Table)
    for name, table in tables.items():
        _tidy_table(table, models[name])
    _tidy_table(root, DeckModel)
    root["properties"]["format"]["const"] = FORMAT
    if part:
        root["properties"] = {key: root["properties"][key] for key in TABLES}
        root["required"] = []
    else:
        _allow_includes(root)
    title = "A part of a deck" if part else "A deck"
    return {"$schema": DIALECT, **root, "title": title, "$defs": tables}


def _allow_includes(root: _Node) -> None:
    """Tables may be missing from the main file when other files may hold them."""
    tables = [key for key in root["required"] if key in TABLES]
    root["required"] = [key for key in root["required"] if key not in TABLES]
    root["anyOf"] = [{"required": ["include"]}, {"required": tables}]


def _models(base: type[Table]) -> dict[str, type[Table]]:
    """Every table by the name of its class."""
    found = {base.__name__: base}
    for child in base.__subclasses__():
        found |= _models(child)
    return found


def _tidy_table(table: _Node, model: type[Table]) -> None:
    """Say what each field is, and leave out what TOML cannot say."""
    table.pop("title", None)
    table["description"] = table_doc(model)
    for name, node in table["properties"].items():
        _tidy(node)
        node["description"] = field_doc(model, name)


def _is_empty(default: Any) -> bool:
    """Whether a default says nothing: an empty value, or a table of such."""
    if isinstance(default, dict):
        return all(map(_is_empty, default.values()))
    return default in (None, "", [])


def _tidy(node: _Node) -> None:
    node.pop("title", None)
    if _is_empty(node.get("default", 0)):
        del node["default"]
    if "patternProperties" in node:
        node["additionalProperties"] = False
    branches = [b for b in node.get("anyOf", ()) if b.get("type") != "null"]
    if len(branches) == 1:
        # TOML has no null: such a key is simply left out.
        del node["anyOf"]
        node |= branches[0]
    elif branches:
        node["anyOf"] = branches
