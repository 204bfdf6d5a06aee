"""The JSON Schema and the reference that are made from the models."""

import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tabletop.deck.docs import field_doc, table_doc
from tabletop.deck.fields import headers, homes, marker_at, shapes, table_at
from tabletop.deck.models import Card, Expression, Row, Team
from tabletop.deck.reference import BEGIN, END, problems, reference, renewed
from tabletop.deck.schema import DIALECT, schema

ROOT = Path(__file__).parents[2]
DECKS = sorted(
    path
    for path in (ROOT / "decks").rglob("*.toml")
    if not path.name.endswith(".test.toml")
)


def valid(data: Any, *, part: bool = False) -> bool:
    return bool(jsonschema.Draft202012Validator(schema(part=part)).is_valid(data))


@pytest.mark.parametrize("part", [False, True])
def test_it_is_a_schema(part: bool) -> None:
    made = schema(part=part)
    assert made["$schema"] == DIALECT
    jsonschema.Draft202012Validator.check_schema(made)


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.name)
def test_it_accepts_the_shipped_decks(path: Path) -> None:
    data = tomllib.loads(path.read_text("utf-8"))
    assert valid(data, part="format" not in data)


def test_it_refuses_what_the_loader_refuses() -> None:
    data = tomllib.loads((ROOT / "decks" / "tutorial.toml").read_text("utf-8"))
    assert valid(data)
    for change in (
        {"colour": 1},
        {"format": 2},
        {"id": "No Id"},
        {"rounds": {**data["rounds"], "count": 0}},
        {"cards": {"Bad Id": next(iter(data["cards"].values()))}},
        {"cards": {"x": {"team": "red"}}},
        {"flags": {"x": {"label": None}}},
    ):
        assert not valid({**data, **change}), change
    del data["teams"]
    assert not valid(data)
    assert valid({**data, "include": ["teams.toml"]})


def test_every_field_is_described() -> None:
    for _, model in headers():
        assert table_doc(model)
        for name in model.model_fields:
            assert field_doc(model, name).endswith("."), (model, name)


def test_the_schema_describes_every_field() -> None:
    made = schema()
    for table in (made, *made["$defs"].values()):
        for node in table["properties"].values():
            assert node["description"]


def test_the_reference_has_every_field() -> None:
    text = reference()
    for header, model in headers():
        section = text.lower().partition(f"### {header.lower()}\n")[2]
        section = section.partition("### ")[0]
        for name in model.model_fields:
            assert f"| `{name}` |" in section, (header, name)
    assert "| `requires` | condition |" in text
    assert "| `points` | number, 0 to 999 or expression | `3` |" in text


def test_the_reference_in_a_document() -> None:
    document = f"# Title\n\n{BEGIN}\noutdated\n{END}\n\nThe rest.\n"
    made = renewed(document)
    assert reference() in made
    assert "outdated" not in made
    assert made.startswith("# Title\n")
    assert made.endswith("The rest.\n")
    assert renewed(made) == made
    with pytest.raises(ValueError, match="no place"):
        renewed("# Title\n")


def test_problems_are_listed() -> None:
    assert "| `E201` | unknown-name |" in problems()


def test_shapes() -> None:
    points = next(shape for shape in shapes(Team) if shape.name == "points")
    assert points.marker == Expression("int")
    assert table_at(("cards", "x", "roll", "table", 3)) is Row
    assert table_at(("cards", "x")) is Card
    assert table_at(("cards", "x", "title")) is None
    assert table_at(("nothing",)) is None
    assert marker_at(("cards", "x", "requires")) == Expression("bool")
    assert marker_at(("cards", "x", "title")) is None
    assert homes("cost") == ["[cards.ID]"]
    assert homes("prompt") == ["[[cards.ID.ask]]"]
