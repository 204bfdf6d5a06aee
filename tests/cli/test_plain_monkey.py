"""Somebody types whatever comes to mind at the plain table, on the shipped decks."""

import random
import sys
from pathlib import Path

import pytest

from tabletop.cli.main import main

LINES = (
    *(str(number) for number in range(1, 10)),
    *(str(number) for number in range(12, 24, 3)),
    *("0",) * 4,
    *("4000", "4004", "4006", "4001", "4002"),
    *("1 for a reason", "12", "?", "h", "v 1", "v kyiv 2", "v town 1", "p 1", "p 2"),
    *(
        "t",
        "w dike",
        "w front",
        "w town.points",
        "w e",
        "l",
        "l 3",
        "s",
        "i",
        "n hello",
    ),
    *("g", "g 1", "g 2 Another way", "g 9", "a", "veto raise_dike because so"),
    *("reveal raise_dike town all because so", "lift raise_dike because so"),
    *("u", "y", "n", "seat control", "seat kyiv", "seat town", "seat nobody", ""),
    *("set dike 3 because test", "set front 3 because test", "add water 1 because x"),
    *("fire 1", "fire 3", "hold 2", "release 2", "skip 4", "forward 5 3", "forward 1"),
    *("die 3 because real", "give market_day town because x", "take x because y"),
    *("force raise_dike town because x", "\x1b[2J", "[/bold]", "9" * 40, "set", "'"),
)


SITS_DOWN = 0.4
"""How often it is Enter alone, which a curtain waits for."""


class Typist:
    """Standard input that types at random, and then no more."""

    def __init__(self, seed: int, lines: int) -> None:
        self._luck = random.Random(seed)
        self._left = lines

    def readline(self) -> str:
        self._left -= 1
        sits_down = self._luck.random() < SITS_DOWN
        line = "" if sits_down else self._luck.choice(LINES)
        return f"{line}\n" if self._left >= 0 else ""

    def isatty(self) -> bool:
        return False


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("deck", "seats"),
    [
        ("tutorial", []),
        ("tutorial", ["--seat", "board=bot:greedy"]),
        ("bright-days", ["--seat", "control=person", "--seat", "europe=absent"]),
    ],
)
def test_nothing_typed_does_harm(
    deck: str,
    seats: list[str],
    seed: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    save = str(tmp_path / "game.jsonl")
    monkeypatch.setattr(sys, "stdin", Typist(seed, lines=250))
    assert main(["play", deck, "--plain", "--seed", "1", "--save", save, *seats]) == 0
    monkeypatch.setattr(sys, "stdin", Typist(seed + 100, lines=30))
    assert main(["resume", save, "--plain"]) == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out
    assert said.err == ""
    assert len(Path(save).read_text(encoding="utf-8").splitlines()) > 5
    assert main(["verify", save]) == 0
