"""The flagship deck is as balanced as its README says, as far as few games can tell."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tabletop.cli.main import main

Result = Mapping[str, Any]


def studied(capsys: pytest.CaptureFixture[str], *words: str) -> Result:
    """What a study of the deck finds."""
    assert main(["study", "bright-days", *words, "--json"]) == 0
    found: Result = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(("policy", "games"), [("random", 1000), ("greedy", 300)])
def test_every_card_and_answer_has_its_place(
    policy: str, games: int, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--games", str(games), "--policy", policy, "--measure", "choices")
    found = studied(capsys, *words)
    judged = {
        (each["kind"], each["name"]): each["verdict"] for each in found["choices"]
    }
    assert len(judged) > 100
    assert not {id_: word for id_, word in judged.items() if word}
    assert all(team["few_options"]["low"] <= 0.05 for team in found["teams"])
    assert 40 <= found["pace"]["real"]["median"] <= 70


def test_those_who_look_ahead_end_in_every_way(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("--games", "120", "--policy", "search:50", "--measure", "none")
    found = studied(capsys, *words)
    for ending in found["endings"]:
        share = ending["share"]
        assert share["high"] >= 0.02, ending["title"]
        assert share["low"] <= 0.35, ending["title"]
    for team in found["teams"]:
        assert team["success"]["high"] >= 0.25, team["name"]
        assert team["success"]["low"] <= 0.6, team["name"]
        assert team["few_options"]["low"] <= 0.05, team["name"]
