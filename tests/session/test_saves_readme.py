"""The page on saves tells the truth: keys, limits, and an example that opens."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tabletop.deck.deck import files_digest
from tabletop.session import clock, contents, moves, records, strict_json
from tabletop.session.journal import Header, Journal, Line

_SECOND = ("clock", "exercise", "display", "mark", "branch", "deck")
"""The kinds of lines that came with format 2."""


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "saves" / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def example(page: str, tmp_path: Path) -> Path:
    found = re.search(r"<!-- example -->\n```json\n(.*?)```", page, re.DOTALL)
    assert found
    path = tmp_path / "example.jsonl"
    path.write_text(found[1], encoding="utf-8", newline="")
    return path


def test_its_tables_list_every_key_in_order(page: str) -> None:
    lines = page.split("## Beside the save")[0]
    keys = re.findall(r"^\| `(\w+)` \|", lines, re.MULTILINE)
    expected = [each.name for record in (Header, Line) for each in fields(record)]
    assert keys == expected


def test_it_names_the_kinds_and_the_limits(page: str) -> None:
    text = " ".join(page.split())
    kinds = [f"`{kind}`" for kind in ("move", "note", "head", "seat", *_SECOND)]
    assert f"{', '.join(kinds[:-1])} or {kinds[-1]}" in text
    assert [kind.strip("`") for kind in kinds] == list(records.KINDS)
    for known in (*moves.KINDS, *clock.STEPS):
        assert f"`{known}`" in text
    assert f"at most {strict_json.MAX_DIGITS} digits" in text
    assert f"at most {strict_json.MAX_DEPTH} deep" in text
    assert f"The file has at most {contents.MAX_FILE >> 20} MB" in text
    assert f"its first line {contents.MAX_HEADER >> 20} MB" in text
    assert f"each other line {contents.MAX_LINE >> 20} MB" in text
    assert f"This page describes format {records.FORMAT}" in text


def test_its_example_is_a_save(example: Path) -> None:
    opened = Journal.open(example, read_only=True)
    assert opened.warnings == ()
    assert opened.head() == 4
    assert [line.kind for line in opened.lines] == ["move", "move", "head", "move"]
    header = opened.header
    assert header.deck_digest == files_digest(header.deck_files)


def test_its_example_is_written_as_the_program_writes(example: Path) -> None:
    opened = Journal.open(example, read_only=True)
    written = records.encode(opened.header)
    written += b"".join(records.encode(line) for line in opened.lines)
    assert example.read_bytes() == written
