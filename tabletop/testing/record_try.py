"""Runs a test that was just recorded, before anybody relies on it."""

from collections.abc import Mapping
from pathlib import Path

from tabletop.testing.files import SUFFIX, read
from tabletop.testing.record import Recorded
from tabletop.testing.results import Failure
from tabletop.testing.runner import run_case


def try_out(
    recorded: Recorded, deck_files: Mapping[str, str], folder: Path
) -> Failure | None:
    """Why a test fails on a deck in texts by file name; None when it passes.

    Writes both to an empty folder. Raises DeckTestError when it can't be read.
    """
    for name, text in deck_files.items():
        path = folder / "deck" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    main = next(iter(deck_files))
    deck = "deck" if main == "deck.toml" else f"deck/{main}"
    test = folder / f"recorded{SUFFIX}"
    test.write_text(f'deck = "{deck}"\n\n{recorded.text}', encoding="utf-8")
    file = read(test)
    return run_case(file, file.cases[0]).failure
