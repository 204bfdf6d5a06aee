"""Runs command lines as a shell would, without the price of a process."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tabletop.cli.main import main

DECK = """\
format = 1
id = "ferry"
title = "The last ferry"
brief = "Three hours until the ferry leaves."

[rounds]
count = 2
label = "Hour"
ending = "left_behind"

[teams.crew]
name = "Crew"
points = 1
objectives = [{ text = "People across", score = "aboard // 10" }]

[teams.harbour]
name = "Harbour"
points = 1

[tracks.aboard]
label = "People aboard"
short = "Aboard"
start = 0

[tracks.nerves]
label = "Nerves of the crew"
short = "Nerves"
start = 40
visible_to = ["crew"]

[cards.board]
team = "crew"
title = "Open the bow door"
short = "Bow door"
effects = ["aboard += 30", "nerves -= 5"]

[cards.hurry]
team = "harbour"
title = "Hurry them along"
short = "Hurry"
effects = ["aboard += 10", "nerves -= 20"]

[endings.left_behind]
title = "Left behind"
"""


TO_THE_END = "1\n0\n" * 9
"""What a person types who plays the crew to the end: its card, and then passing."""


@dataclass(frozen=True)
class Result:
    """What a command line came to."""

    code: int
    out: str
    err: str


Shell = Callable[..., Result]


@pytest.fixture
def shell(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Shell:
    """Runs a command line in a folder of its own that holds `ferry.toml`."""
    (tmp_path / "ferry.toml").write_text(DECK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, typed: str = "") -> Result:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        code = main(arguments)
        return Result(code, *capsys.readouterr())

    return run
