"""What `check` says of files of deck tests, and of what none of them reaches."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tabletop.deck.deck import Deck
    from tabletop.deck.diagnostics import Diagnostic, Finding
    from tabletop.deck.result import CheckResult

SUFFIX = ".test.toml"
"""As in `tabletop.testing.files`, which is imported only when it is needed."""


def is_test_file(path: Path) -> bool:
    """Whether a path is a file of deck tests, and so no deck."""
    return path.name.endswith(SUFFIX) and path.is_file()


def check_file(path: Path) -> "CheckResult":
    """What is wrong with a file of deck tests, in the form of a deck's result."""
    from tabletop.deck.result import CheckResult
    from tabletop.testing.files import DeckTestError, read

    try:
        file = read(path)
        count = len(file.cases)
        about = f"{count} test{'' if count == 1 else 's'} of {file.model.deck}"
        return CheckResult(str(path), file.deck, about=about)
    except DeckTestError as error:
        return CheckResult(str(path), None, error.diagnostics)


def with_files(result: "CheckResult", path: Path) -> "CheckResult":
    """A deck's result, and what is wrong with the files of its tests.

    Those of a folder's other decks are theirs.
    """
    from tabletop.deck.mains import variants
    from tabletop.testing.files import find

    if result.deck is None:
        return result
    found: list[Diagnostic] = []
    others = {f"{each.stem}{SUFFIX}" for each in variants(path)}
    for file in find(path):
        if file.name not in others:
            found += check_file(file).diagnostics
    return replace(result, diagnostics=(*result.diagnostics, *found))


def untested(path: Path) -> "Callable[[Deck], Iterable[Finding]]":
    """A check for what none of the deck's tests reaches."""
    from tabletop.testing.untested import findings

    return lambda _deck: findings(path)
