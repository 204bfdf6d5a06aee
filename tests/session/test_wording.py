"""Conditions and numbers in words: what players read on cards and in refusals."""

import pytest

from tabletop.deck.loader import load_text
from tabletop.session.names import Names, effect_words

DECK = """
format = 1
id = "words"
title = "Words"
[rounds]
count = 3
label = "Day"
ending = "over"
minutes = {{ play = 5 }}
[teams.red]
name = "Red team"
short = "Red"
[tracks.water]
label = "Water at the gauge"
short = "Water"
start = 10
bands = [ {{ to = 40, label = "low" }}, {{ to = 100, label = "high" }} ]
[tracks.dike]
label = "Dike"
start = 10
[flags.alarm]
label = "Alarm"
[cards.dig]
team = "red"
title = "Dig a ditch"
short = "Dig"
requires = '''{requires}'''
effects = ['''{effect}''']
lasting = {{ rounds = 2, effects = ["dike += 1"] }}
[injects.rain]
title = "Rain"
[endings.over]
title = "Over"
"""


def names(requires: str = "true", effect: str = "dike += 1") -> Names:
    text = DECK.format(requires=requires, effect=effect)
    return Names(load_text({"words.toml": text}, "words.toml"))


@pytest.mark.parametrize(
    ("requires", "said"),
    [
        ("water >= 20", "needs Water ≥ 20"),
        ("not alarm", "not while: Alarm"),
        ("water.band >= 1", "needs Water is at least 'high'"),
        ("water.band == dike", "needs band of Water = Dike"),
        ("(water + dike) * 2 > 30", "needs (Water + Dike) × 2 > 30"),
        ("water - (dike - 1) > 3", "needs Water − (Dike − 1) > 3"),
        ("water - dike - 1 > 3", "needs Water − Dike − 1 > 3"),
        ("alarm and (water > 3 or alarm)", "needs Alarm and (Water > 3 or Alarm)"),
        ("round < rounds", "needs Day < 3"),
        ("red.points > 1", "needs Red's points > 1"),
        ("played.dig == 0", "needs plays of Dig = 0"),
        ("lasts.dig", "needs Dig is running"),
        ("min(water, dike) > 3 if alarm else true",
         "needs min(Water, Dike) > 3 if Alarm, else yes"),
    ],
)  # fmt: skip
def test_conditions_read_as_words(requires: str, said: str) -> None:
    found = names(requires)
    assert found.wording.need(found.deck.expr("cards", "dig", "requires")) == said


RESPONSE = """
[cards.flood]
team = "red"
title = "Flood"
invites_response = true
[cards.leak]
team = "red"
title = "A leak"
invites_response = true
[cards.gate]
team = "red"
title = "Shut the gate"
response = true
requires = "{requires}"
effects = ["cancel()"]
"""


@pytest.mark.parametrize(
    ("requires", "said"),
    [
        ("playing.leak", "only as an answer to 'A leak'"),
        ("playing.leak or playing.flood",
         "only as an answer to 'A leak' or an answer to 'Flood'"),
        ("playing.leak or alarm", "needs an answer to 'A leak' or Alarm"),
    ],
)  # fmt: skip
def test_a_response_names_the_card_that_it_answers(requires: str, said: str) -> None:
    head = DECK.format(requires="true", effect="dike += 1")
    deck = load_text({"words.toml": head + RESPONSE.format(requires=requires)})
    assert Names(deck).wording.need(deck.expr("cards", "gate", "requires")) == said


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        ("water += 6", "Water +6"),
        ("water -= 6", "Water −6"),
        ("water -= dike // 2", "Water −Dike ÷ 2"),
        ("water = 5", "Water = 5"),
        ("alarm = true", "Alarm yes"),
        ("alarm = water > 3", "Alarm if Water > 3"),
        ("red.points += 1", "Red points +1"),
        ("draw(red, 2)", "Red draws 2"),
        ("give(dig, red)", "Red gets Dig"),
        ('schedule("water += 3", 2)', "in 2: Water +3"),
        ("schedule(rain, 1)", "in 1: Rain"),
        ("end(over)", "ends: Over"),
    ],
)
def test_effects_read_as_words(effect: str, said: str) -> None:
    found = names(effect=effect)
    (parsed,) = found.deck.effects("cards", "dig", "effects")
    assert effect_words(found.effect(parsed)) == said


def test_lasting_effects_read_as_one_line() -> None:
    assert names().lasting("dig") == "then 2 rounds: Dike +1"
