"""Editors are told the same form of test files as readers hold to."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tabletop.cli.main import main
from tabletop.deck.schema import DIALECT
from tabletop.testing.files_schema import schema

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "decks").rglob("*.test.toml"))
MADE = schema()


def valid(data: Any) -> bool:
    return bool(jsonschema.Draft202012Validator(MADE).is_valid(data))


def test_it_is_a_schema_that_says_what_each_key_is() -> None:
    jsonschema.Draft202012Validator.check_schema(MADE)
    assert MADE["$schema"] == DIALECT
    for table in (MADE, *MADE["$defs"].values()):
        for key, node in table["properties"].items():
            assert len(node["description"]) > 5, key
    assert "pass" in MADE["$defs"]["Step"]["properties"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_it_accepts_the_shipped_tests(path: Path) -> None:
    assert valid(tomllib.loads(path.read_text("utf-8")))


def test_it_refuses_what_the_reader_refuses() -> None:
    step = {"team": "town", "play": "sandbags"}
    data: dict[str, Any] = {"deck": "x", "test": [{"name": "x", "steps": [step]}]}
    assert valid(data)
    assert valid({**data, "test": [{"name": "x", "steps": [{**step, "roll": 3}]}]})
    changes: list[dict[str, Any]] = [
        {"deck": 1}, {"format": 2}, {"tests": []}, {"test": [{"steps": []}]},
        {"test": [{"name": "x", "steps": [{"pass": False}]}]},
        {"test": [{"name": "x", "steps": [{**step, "roll": 0}]}]},
        {"test": [{"name": "x", "start": {"water": "high"}}]},
        {"chance": [{"ending": "x", "between": [0.1]}]},
    ]  # fmt: skip
    for change in changes:
        assert not valid({**data, **change}), change


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--tests"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(MADE))
    assert main(["schema", "--tests", "--markdown"]) == 2
