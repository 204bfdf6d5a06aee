"""The authors' reference of the deck language, as Markdown made from the models."""

import json
from collections.abc import Iterator
from typing import Any

from tabletop.deck.diagnostics import CODES
from tabletop.deck.fields import Shape, headers, shapes
from tabletop.deck.models import Expression, Table
from tabletop.deck.schema import schema

BEGIN = "<!-- fields: made from the models; the tests compare -->"
END = "<!-- end of fields -->"

_PATTERNS = {
    "^[a-z][a-z0-9_]{0,39}$": "id",
    "^[A-Za-z][A-Za-z0-9_.-]{0,39}$": "id, may have capitals",
    "^[a-z][a-z0-9-]{0,39}$": "id, may have hyphens",
    "^[A-Z0-9]$": "one capital letter or digit",
    "^[1-9][0-9]?d[1-9][0-9]{0,2}$": "dice",
}
_Node = dict[str, Any]


def reference() -> str:
    """Tables of every field of the language."""
    root = schema()
    return "\n".join(
        line for header, model in headers() for line in _section(header, model, root)
    )


def problems() -> str:
    """A table of every problem that a check knows."""
    rows = [f"| `{c.code}` | {c.name} | {c.summary} |" for c in CODES.values()]
    return "\n".join(["| Code | Name | Problem |", "| --- | --- | --- |", *rows, ""])


def renewed(document: str) -> str:
    """A document with the reference between its two markers made anew."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no place for the reference: {BEGIN} ... {END}")
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


def _section(header: str, model: type[Table], root: _Node) -> Iterator[str]:
    table = root["$defs"].get(model.__name__, root)
    yield f"### {header[0].upper()}{header[1:]}"
    yield ""
    yield table["description"]
    yield ""
    yield "| Key | Value | Default | Meaning |"
    yield "| --- | --- | --- | --- |"
    required = {name for name, i in model.model_fields.items() if i.is_required()}
    for shape in shapes(model):
        node = table["properties"][shape.name]
        default = "required" if shape.name in required else _default(node)
        meaning = node["description"].replace("|", "\\|")
        yield f"| `{shape.name}` | {_value(node, shape)} | {default} | {meaning} |"
    yield ""


def _default(node: _Node) -> str:
    return f"`{json.dumps(node['default'])}`" if "default" in node else ""


def _value(node: _Node, shape: Shape) -> str:
    """What kind of value a field takes."""
    if "anyOf" in node:
        return " or ".join(_value(branch, shape) for branch in node["anyOf"])
    if "$ref" in node:
        return "table"
    if "enum" in node or "const" in node:
        words = node.get("enum", [node.get("const")])
        return " or ".join(f"`{json.dumps(word)}`" for word in words)
    match node.get("type"):
        case "integer":
            return f"number{_range(node)}"
        case "boolean":
            return "true or false"
        case "array":
            return _list(node, shape)
        case "object":
            return _table(node)
    return _text(node, shape)


def _range(node: _Node) -> str:
    low, high = node.get("minimum"), node.get("maximum")
    if low is None or high is None:
        return ""
    return f", {low:,} to {high:,}"


def _list(node: _Node, shape: Shape) -> str:
    if shape.table is not None:
        return "tables"
    if shape.marker is not None:
        return "list of effects"
    return f"list of {_text(node['items'], shape)}s"


def _table(node: _Node) -> str:
    if isinstance(values := node.get("additionalProperties"), dict):
        several = values.get("type") == "array"
        return "lists of texts by name" if several else "text by code"
    (inner,) = node["patternProperties"].values()
    if "$ref" in inner:
        return "tables by id"
    number = inner.get("type") == "integer"
    return f"number{_range(inner)} by id" if number else "text by id"


def _text(node: _Node, shape: Shape) -> str:
    if isinstance(shape.marker, Expression):
        return "condition" if shape.marker.type == "bool" else "expression"
    if "pattern" in node:
        return _PATTERNS[node["pattern"]]
    most = node.get("maxLength", 0)
    return f"text, at most {most}" if 0 < most < 100 else "text"
