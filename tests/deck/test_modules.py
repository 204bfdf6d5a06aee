"""The examples in docstrings hold, and loading stays light."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.deck import display, intervals, strings, suggest, toml, wording

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "module",
    [display, intervals, strings, suggest, toml, wording],
    ids=lambda module: module.__name__,
)
def test_examples(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted > 0
    assert found.failed == 0


def test_a_right_deck_is_loaded_without_the_parser_for_places() -> None:
    code = (
        "import sys; from tabletop.deck.loader import check; "
        "result = check('decks/tutorial.toml'); assert result.ok; "
        "print([name for name in sys.modules if name.startswith('tree_sitter')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout == "[]\n", done.stderr
