"""What the plain table says of the rarer things a seat can see."""

from dataclasses import replace

from tabletop.cli.plain import describe
from tabletop.session.cited import FactView
from tabletop.session.view import EffectView, FlagView, InjectView
from tests.cli.fakes import FakeGame

INJECT = InjectView(
    id="storm",
    title="Storm\x1b[2J",
    state="scheduled",
    round=2,
    when="start",
    read="The wind **turns**.",
    cue="Let it sink in.",
    expects="",
    audience=("red", "blue"),
    effects=(EffectView("Tension", -1, "3"), EffectView("Curfew", 0, "")),
    contingency=False,
)
VIEW = FakeGame({"red": "person", "blue": "absent", "control": "person"}).view("red")


def test_a_whole_inject() -> None:
    assert list(describe.inject(VIEW, INJECT)) == [
        "Storm[2J: scheduled, round 2, start",
        "  Read aloud: The wind turns.",
        "  Cue: Let it sink in.",
        "  Does: Tension down 3, Curfew",
        "  For: Red, Blue",
    ]


def test_a_card_and_an_inject_say_what_they_are_built_on() -> None:
    facts = (
        FactView("F1", "It\nrained.", by="the office"),
        FactView("F2", "It was dry\x1b[2J.", claim=True, by="the mayor"),
    )
    told = ["  F1: It rained. (the office)", "  F2: Claim (the mayor): It was dry[2J."]
    card = replace(VIEW.hand[0], source=("F1", "F2"), facts=facts)
    assert list(describe.card(VIEW, card))[-2:] == told
    assert list(describe.inject(VIEW, replace(INJECT, facts=facts)))[-2:] == told
    bare = replace(VIEW.hand[0], source=("Annex B",), facts=(FactView("Annex B"),))
    assert list(describe.card(VIEW, bare))[-1] == "  Source: Annex B"


def test_flags_and_orders_are_among_what_stands() -> None:
    laying = replace(VIEW.teams[0], laid=2)
    view = replace(VIEW, flags=(FlagView("c", "Curfew", True, False),), teams=(laying,))
    assert list(describe.tracks(view)) == [
        "Tension: 0",
        "Curfew: yes",
        "Red (person): 2 points, 1 card, 2 orders laid, waits",
    ]


def test_what_stands_is_told_in_one_sentence_and_secrets_in_another() -> None:
    labels = ("Curfew", "Draft: elections", "Draft: no\nweapons", "Rearming", "War")
    flags = tuple(
        FlagView(f"f{i}", label, value=label != "War", secret=label == "Rearming")
        for i, label in enumerate(labels)
    )
    assert list(describe.stands(replace(VIEW, flags=flags))) == [
        "What stands: Curfew; Draft: elections, no weapons.",
        "In secret: Rearming.",
    ]
    assert list(describe.stands(replace(VIEW, flags=flags[-1:]))) == []


def test_copies_of_a_card_are_counted() -> None:
    card = replace(VIEW.hand[0], count=2, playable=True)
    assert list(describe.hand([card])) == ["  1. Push, costs 1, 2 copies"]
