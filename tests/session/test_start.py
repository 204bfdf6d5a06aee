"""Games that begin with something else than their deck says, and their saves."""

import json
from pathlib import Path
from typing import Any

import pytest

from tabletop.errors import JournalError, MoveError
from tabletop.session.session import Session
from tabletop.session.start import Start, as_table, from_table
from tabletop.session.view import CONTROL
from tests.decks.shipped import TUTORIAL, deck

START = Start(
    {"water": 45, "uphill": 1}, 3, {"sandbags": 2}, ("wet_cellars",), (3, 4),
    {"town": 5}, {"town": ("sandbags", "pumps"), "board": ()},
)  # fmt: skip


def new(path: Path | None, start: Start | None) -> Session:
    seats = {"town": "bot:random", "board": "bot:random", CONTROL: "auto"}
    return Session.new(deck(TUTORIAL), seed=5, seats=seats, path=path, start=start)


def test_a_save_begins_again_as_it_began(tmp_path: Path) -> None:
    played = new(tmp_path / "a.jsonl", START)
    view = played.view(CONTROL)
    assert (view.round, view.teams[0].points) == (3, 5)
    assert {card.id for card in view.hands["town"]} == {"pumps", "sandbags"}
    while played.bot_moves():
        pass
    played.close()
    opened = Session.open(tmp_path / "a.jsonl")
    assert opened.tree.start == START
    assert opened.tree.digest(0) == played.tree.digest(0)
    assert opened.tree.digest(opened.head) == played.tree.digest(played.head)
    opened.close()


def test_other_saves_say_nothing_of_it(tmp_path: Path) -> None:
    new(tmp_path / "a.jsonl", None).close()
    first = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert "start" not in json.loads(first)


@pytest.mark.parametrize(
    "start",
    [None, START, Start({"water": 1}), Start(dice=(1,)), Start(hands={"town": ()})],
)
def test_tables_and_back(start: Start | None) -> None:
    table = json.loads(json.dumps(as_table(start)))
    assert from_table(table) == start


@pytest.mark.parametrize(
    "start",
    [
        {"values": {"nothing": 1}}, {"values": {"water": "high"}}, {"round": [1]},
        {"values": {"water": 10**30}}, {"played": {"nothing": 1}}, {"fired": ["x"]},
        {"dice": [1] * 90}, {"dice": [True]}, {"points": {"nobody": 1}}, {"round": 99},
        {"hands": {"town": ["nothing"]}}, {"hands": {"town": ["sandbags"] * 99}},
        {"hands": {"nobody": []}}, {"hands": []}, {"more": 1}, {"round": -4},
        {"values": {"water": 5_000}}, {"points": {"town": -7}}, {"dice": [0, -3]},
        {"played": {"sandbags": -1}},
    ],
)  # fmt: skip
def test_a_start_that_can_t_be_is_told(tmp_path: Path, start: dict[str, Any]) -> None:
    path = tmp_path / "a.jsonl"
    new(path, Start({"water": 31})).close()
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    header = json.loads(first) | {"start": start}
    path.write_text("\n".join([json.dumps(header), *rest, ""]), encoding="utf-8")
    with pytest.raises(JournalError) as error:
        Session.open(path)
    assert "a.jsonl" in error.value.message


@pytest.mark.parametrize(
    "start", [Start(hands={"town": ("sandbags",) * 9}), Start({"nothing": 1})]
)
def test_no_game_begins_with_what_can_t_be(start: Start, tmp_path: Path) -> None:
    with pytest.raises(MoveError):
        new(tmp_path / "a.jsonl", start)
    assert not (tmp_path / "a.jsonl").exists()
