"""A small right deck, and ways to change it, for tests that need one."""

from tabletop.deck.deck import Deck
from tabletop.deck.loader import check_text, load_text
from tabletop.deck.result import CheckResult

HEAD = """
format = 1
id = "small"
title = "Small"

[rounds]
count = 4
ending = "over"

[teams.red]
name = "Red"

[teams.blue]
name = "Blue"

[tracks.front]
label = "Front"
start = 5
bands = [{ to = 50, label = "low" }, { to = 100, label = "high" }]

[tracks.stock]
label = "Stock"
min = -20
max = 20
start = 0

[flags.truce]
label = "Truce"

[cards.attack]
team = "red"
title = "Attack"
effects = ["front += 1"]
lasting = { rounds = 2, effects = ["front += 1"] }
invites_response = true

[cards.parry]
team = "blue"
title = "Parry"
response = true
effects = ["cancel()"]

[injects.storm]
title = "Storm"

[endings.over]
title = "Over"
"""


def card(fields: str) -> str:
    """The deck with one more card of team red."""
    return f'{HEAD}\n[cards.test]\nteam = "red"\ntitle = "Test"\n{fields}\n'


def deck_of(text: str) -> Deck:
    return load_text({"small.toml": text})


def check_of(text: str) -> CheckResult:
    return check_text({"small.toml": text})


LACKING = ("W403", "W404", "N001")
"""What is said of a deck that is only a part of one: nothing reads its tracks."""


def codes(text: str) -> list[str]:
    found = [diagnostic.code for diagnostic in check_of(text).diagnostics]
    return [code for code in found if code not in LACKING]
