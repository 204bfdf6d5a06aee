"""A deck about which nothing is to be said, and ways to change it: the one that the
examples of explanations are parts of.
"""

from tabletop.deck.explain import BASE, FOLDER
from tabletop.deck.loader import check_text
from tabletop.deck.result import CheckResult

DECK = (FOLDER / BASE).read_text("utf-8").replace('include = ["part.toml"]\n', "")


def card(fields: str) -> str:
    """The deck with one more card of team red."""
    head = 'team = "red"\ntitle = "Test"\ntext = "A test."'
    return f"{DECK}\n[cards.test]\n{head}\n{fields}\n"


def check_of(text: str) -> CheckResult:
    return check_text({"clean.toml": text})
