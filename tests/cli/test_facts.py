"""`tabletop facts`: a deck's facts for a terminal, as Markdown and as JSON."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import DECK, Shell
from tests.cli.test_hostile import HOSTILE, steers

FACTS = """
[facts.F1]
text = "Ferries sail at night."

[facts.F2]
text = "There are boats enough."
claim = true
by = "The line"

[facts.a_long_name-of.a-fact]
text = "It storms."
"""
SOURCED = (
    DECK.replace('title = "Open the bow door"', 'title = "Door"\nsource = ["F1", "F2"]')
    .replace('title = "Hurry them along"', 'title = "Hurry"\nsource = ["F2"]')
    .replace('title = "Left behind"', 'title = "Left behind"\nsource = ["F2"]')
)


@pytest.fixture
def deck() -> str:
    """The name of a deck with three facts, of which nothing names the last."""
    facts = FACTS.replace("a_long_name-of.a-fact", '"a_long_name-of.a-fact"')
    Path("sail.toml").write_text(SOURCED + facts, encoding="utf-8")
    return "sail.toml"


def test_each_fact_stands_with_what_names_it(shell: Shell, deck: str) -> None:
    said = shell("facts", deck)
    assert said.code == 0
    assert said.out == (
        "F1  Ferries sail at night.\n"
        "    cards: Door (Crew)\n"
        "\n"
        "F2  Claim (The line): There are boats enough.\n"
        "    cards: Door (Crew), Hurry (Harbour); endings: Left behind\n"
        "\n"
        "a_long_name-of.a-fact\n"
        "    It storms.\n"
        "    nothing names it\n"
        "\n"
        "3 facts, 1 claim; nothing names 1 of them.\n"
    )


def test_only_those_that_nothing_names(shell: Shell, deck: str) -> None:
    said = shell("facts", deck, "--missing")
    assert "It storms." in said.out
    assert "Ferries" not in said.out


def test_a_deck_without_facts_says_how_to_give_some(shell: Shell) -> None:
    said = shell("facts", "ferry.toml")
    assert (said.code, said.out) == (2, "")
    assert "[facts.ID]" in said.err


def test_json_has_every_field(shell: Shell, deck: str) -> None:
    found = json.loads(shell("facts", deck, "--json").out)
    assert found["deck"] == "ferry"
    assert found["facts"][1] == {
        "id": "F2",
        "text": "There are boats enough.",
        "claim": True,
        "by": "The line",
        "named_by": [
            {"kind": "cards", "title": "Door", "team": "Crew"},
            {"kind": "cards", "title": "Hurry", "team": "Harbour"},
            {"kind": "endings", "title": "Left behind", "team": None},
        ],
    }


def test_markdown_is_written_over_nothing_without_a_word(
    shell: Shell, deck: str
) -> None:
    line = ("facts", deck, "--markdown", "-o", "FACTS.md")
    assert shell(*line).out == "Wrote FACTS.md.\n"
    assert shell(*line).code == 2
    assert shell(*line, "-f").code == 0
    text = Path("FACTS.md").read_text("utf-8")
    assert text.startswith("# Facts behind The last ferry\n")
    assert "\n| F1 | Ferries sail at night. | cards: Door (Crew) |\n" in text
    assert text == shell(*line[:3]).out


def test_texts_neither_steer_a_terminal_nor_break_a_table(shell: Shell) -> None:
    harm = json.dumps(f"{HOSTILE} | <b> [a](b) `x` #1")
    bad = f"\n[facts.F1]\ntext = {harm}\nby = {json.dumps(HOSTILE)}\nclaim = true\n"
    named = SOURCED.replace('"F2"', '"F1"').replace('"F1", "F1"', '"F1"')
    named = named.replace('title = "Door"', f"title = {harm}")
    Path("bad.toml").write_text(named + bad, encoding="utf-8")
    for form in ((), ("--markdown",), ("--json",)):
        said = shell("facts", "bad.toml", *form)
        assert said.code == 0
        assert not steers(said.out), form
    rows = shell("facts", "bad.toml", "--markdown").out.splitlines()
    (row,) = (row for row in rows if row.startswith("| F1 |"))
    assert "<b>" not in row.replace("\\<b\\>", "")
    assert row.replace("\\|", "").count("|") == 4
    assert "1\\. Surrender" not in rows
