"""Effects: every form, and what each is made of."""

import pytest

from tabletop.deck.effects import read_effect
from tabletop.deck.expressions import Effect, Name
from tabletop.deck.scope import Scope
from tabletop.deck.symbols import Symbols
from tests.deck.small import HEAD, card, codes, deck_of

SYMBOLS = Symbols.of(deck_of(HEAD).model)


def read(text: str, *, cancels: bool = False) -> Effect:
    effect, troubles = read_effect(text, Scope(SYMBOLS, cancels=cancels))
    assert [trouble.message for trouble in troubles] == []
    assert effect is not None
    assert effect.text == text
    return effect


def value(effect: Effect) -> int:
    assert effect.value is not None
    assert effect.value.op == "const"
    return effect.value.value


@pytest.mark.parametrize(
    ("text", "op", "kind", "ids", "amount"),
    [
        ("front += 3", "add", "track", ("front",), 3),
        ("front -= 3", "add", "track", ("front",), -3),
        ("front -= -3", "add", "track", ("front",), 3),
        (" front=7 ", "set", "track", ("front",), 7),
        ("stock = -7", "set", "track", ("stock",), -7),
        ("truce = true", "set", "flag", ("truce",), 1),
        ("truce = False", "set", "flag", ("truce",), 0),
        ("red.points += 2", "add", "points", ("red",), 2),
        ("red . points = 2", "set", "points", ("red",), 2),
    ],
)
def test_changes(text: str, op: str, kind: str, ids: tuple[str], amount: int) -> None:
    effect = read(text)
    assert (effect.op, effect.target, value(effect)) == (op, Name(kind, ids), amount)


def test_a_change_by_an_expression_keeps_its_places() -> None:
    text = "front  +=  stock // 2"
    effect = read(text)
    assert effect.value is not None
    assert text[slice(*effect.value.span)] == "stock // 2"
    assert (effect.value.low, effect.value.high) == (-10, 10)


def test_equality_on_the_right_side_is_no_change() -> None:
    assert read("truce = front == 3").op == "set"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("draw(red)", {"op": "draw", "team": "red"}),
        ("discard(blue)", {"op": "discard", "team": "blue"}),
        ("discard(attack)", {"op": "discard_card", "card": "attack"}),
        ("give(attack, blue)", {"op": "give", "card": "attack", "team": "blue"}),
        ("end(over)", {"op": "end", "ending": "over"}),
        ("schedule(storm, 2)", {"op": "schedule", "inject": "storm", "rounds": 2}),
        ("schedule(attack, 1)", {"op": "schedule", "card": "attack", "rounds": 1}),
        ("schedule(storm, rounds)", {"op": "schedule", "rounds": 4}),
    ],
)
def test_words(text: str, expected: dict[str, object]) -> None:
    effect = read(text)
    assert {key: getattr(effect, key) for key in expected} == expected


def test_counts() -> None:
    assert value(read("draw(red)")) == 1
    assert value(read("draw(red, 3)")) == 3
    assert value(read("discard(red, 1 + 1)")) == 2


def test_a_scheduled_effect() -> None:
    effect = read("schedule('front += 2', 3)")
    assert (effect.op, effect.rounds) == ("schedule", 3)
    assert effect.effect is not None
    assert (effect.effect.op, value(effect.effect)) == ("add", 2)


def test_cancel_belongs_to_responses() -> None:
    assert read("cancel()", cancels=True).op == "cancel"
    assert codes(card('effects = ["cancel()"]')) == ["E209"]
    response = card('response = true\neffects = ["cancel()"]')
    invites = response.replace(
        'title = "Parry"', 'title = "P"\ninvites_response = true'
    )
    assert codes(invites) == []
    lasting = 'lasting = { rounds = 1, effects = ["cancel()"] }'
    assert codes(invites + lasting) == ["E209"]
    assert codes(invites.replace("cancel()", "schedule('cancel()', 1)")) != []


def test_rolls_answers_and_endings_have_their_own_names() -> None:
    rows = '[{ to = 3, text = "low", effects = ["front += roll"] }, { text = "high" }]'
    roll = f'roll = {{ dice = "1d6", modifier = "round", table = {rows} }}'
    deck = deck_of(card(roll))
    (effect,) = deck.effects("cards", "test", "roll", "table", 0, "effects")
    assert effect.value is not None
    assert (effect.value.low, effect.value.high) == (2, 10)
    asks = """
    ask = [{ teams = ["blue", "red"], prompt = "?", options = [
        { id = "yes", label = "Yes" }, { id = "no", label = "No" }] }]
    outcomes = [{ when = "chose.yes == asked or answer.blue.no",
        effects = ["front += chose.no"] }]
    """
    deck = deck_of(card(asks.replace(",\n        effects", ", effects")))
    expr = deck.expr("cards", "test", "outcomes", 0, "when")
    assert expr.args[0].args[0].name == Name("chose", ("yes",))
    assert (expr.args[0].args[1].low, expr.args[0].args[1].high) == (0, 2)
    assert expr.args[1].name == Name("answer", ("blue", "no"))
