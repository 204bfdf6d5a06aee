"""What can be wrong with a test file: its own codes, beside those of decks.

TOML that can't be read and conditions that make no sense have the codes that they have
in decks; so `tabletop explain` knows them.
"""

from tabletop.deck.diagnostics import CODES, Code

_TABLE = (
    ("T001", "no-deck", "The deck that a test file names can't be used."),
    ("T002", "unknown-key", "A key that means nothing here."),
    ("T003", "missing-key", "A key that must be there is not."),
    ("T004", "wrong-type", "A value of the wrong type."),
    ("T005", "bad-value", "A value that is too large, too long or not allowed."),
    ("T006", "format", "The file is written for another version of the form."),
    ("T007", "no-tests", "The file holds no test."),
    ("T101", "unknown-id", "Nothing in the deck has this id."),
    ("T102", "wrong-kind", "The id exists, but is of another kind."),
    ("T103", "step", "A step that does nothing, or several things at once."),
    ("T104", "misplaced", "A key that this step or test has no use for."),
    ("T105", "goal", "A test that does not say what games come to."),
    ("T106", "same-name", "Two tests of a file have the same name."),
)

TEST_CODES = {row[0]: Code(*row) for row in _TABLE}
"""Every kind of problem that only test files have, by its code."""


def code_of(code: str) -> Code:
    """A kind of problem, of test files or of decks."""
    return TEST_CODES.get(code) or CODES[code]
