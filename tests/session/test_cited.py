"""Who is shown what a card is built on: whoever may read the card, and nobody else."""

from dataclasses import asdict

from tabletop.deck.loader import load_text
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move

DECK = """\
format = 1
id = "rain"
title = "Rain"
rounds = { count = 2, ending = "over" }

[teams.town]
name = "Town"

[teams.farm]
name = "Farm"

[tracks.water]
label = "Water"
start = 5

[cards.dig]
team = "town"
title = "Dig"
source = ["F1"]
effects = ["water -= 1"]

[cards.drain]
team = "farm"
title = "Drain"
source = ["F2"]
effects = ["water += 1"]

[injects.flood]
title = "Flood"
source = ["F3", "F1"]

[endings.over]
title = "Over"

[facts.F1]
text = "It rained."

[facts.F2]
text = "Nobody is on the fields."
claim = true
by = "The farm"

[facts.F3]
text = "The weir is old."
"""
TEXTS = {"F1": "It rained.", "F2": "Nobody is on the fields.", "F3": "The weir is old."}


def game() -> Session:
    """A game whose teams wait for people, its first round begun."""
    seats = {"town": "person", "farm": "person", CONTROL: "person"}
    session = Session.new(load_text({"rain.toml": DECK}), seed=1, seats=seats)
    session.submit(CONTROL, Move("advance"))
    return session


def shown_to(seat: str) -> set[str]:
    """The facts whose texts stand anywhere in what a seat is shown."""
    told = str(asdict(game().view(seat)))
    return {id_ for id_, text in TEXTS.items() if text in told}


def test_a_seat_reads_the_facts_of_what_it_can_read_itself() -> None:
    assert shown_to("town") == {"F1"}
    assert shown_to("farm") == {"F2"}
    assert shown_to(PUBLIC) == set()
    assert shown_to(CONTROL) == {"F1", "F2", "F3"}


def test_a_card_and_an_inject_say_whose_claim_it_is() -> None:
    session = game()
    (card,) = session.view("farm").hand
    assert card.source == ("F2",)
    assert [fact.said for fact in card.facts] == [
        "Claim (The farm): Nobody is on the fields."
    ]
    (inject,) = session.view(CONTROL).injects
    assert [fact.id for fact in inject.facts] == ["F3", "F1"]
