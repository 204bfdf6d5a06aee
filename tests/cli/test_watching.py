"""`play --watch` and `resume --watch`, line by line: an editor beside the game."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tabletop.cli.main import main

TUTORIAL = Path(__file__).parents[2] / "decks" / "tutorial.toml"


class Typist:
    """Standard input that does something before each line it gives."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        self.acts: Iterator[Callable[[], object]] = iter(acts)

    def readline(self) -> str:
        act = next(self.acts, None)
        if act is None:
            return ""
        act()
        return "?\n"


@pytest.mark.parametrize("verb", ["play", "resume"])
def test_words_are_taken_in_between_two_commands(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    deck, save = tmp_path / "deck.toml", tmp_path / "game.jsonl"
    text = TUTORIAL.read_text("utf-8")
    deck.write_text(text, "utf-8")
    words = re.sub(r'\ntext = "(?!")', '\ntext = "Now: ', text)
    typist = Typist(
        lambda: deck.write_text(words, "utf-8"),
        lambda: deck.write_text(re.sub(r"\ncost = \d", "\ncost = 8", text), "utf-8"),
        lambda: None,
    )
    command = ["play", str(deck), "--plain", "--save", str(save), "--seed", "1"]
    command += ["--seat", "board=bot:first"]
    if verb == "resume":
        monkeypatch.setattr(sys, "stdin", Typist())
        assert main(command) == 0
        command = ["resume", str(save), "--plain", "--watch", str(deck)]
    else:
        command.append("--watch")
    monkeypatch.setattr(sys, "stdin", typist)
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "* New words are in play: " in said
    assert "! Not taken in: rules were changed: cards." in said
    assert "and " in said
    assert main(["verify", str(save)]) == 0
    assert "Now: " in save.read_text("utf-8")
