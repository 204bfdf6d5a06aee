"""What is known of names while a condition holds, against all that they can be."""

import random
from collections.abc import Iterator
from itertools import product

import pytest

from tabletop.deck.expressions import Expr, Name
from tabletop.deck.intervals import exact
from tabletop.deck.models import Ask, DeckModel, Option
from tabletop.deck.reach_env import Answers, Env, Facts, key_of
from tabletop.deck.reach_logic import NEVER, Logic
from tabletop.deck.reader import Reader
from tabletop.deck.scope import Scope
from tabletop.deck.symbols import Symbols
from tests.deck.small import HEAD, deck_of

TRACKS = """
[tracks.a]
label = "A"
start = 0
min = -3
max = 4
bands = [{ to = -1, label = "L" }, { to = 2, label = "M" }, { to = 4, label = "H" }]
[tracks.b]
label = "B"
start = 0
min = 0
max = 5
[flags.f]
label = "F"
[flags.g]
label = "G"
"""
VALUES = {"a": range(-3, 5), "b": range(6), "f": range(2), "g": range(2)}
KINDS = {"a": "track", "b": "track", "f": "flag", "g": "flag"}
ENDS = (-1, 2)
"""The last values of the bands of `a` but the highest."""

World = dict[str, int]


@pytest.fixture(scope="module")
def model() -> DeckModel:
    return deck_of(HEAD + TRACKS).model


def worlds() -> Iterator[World]:
    for values in product(*VALUES.values()):
        yield dict(zip(VALUES, values, strict=True))


def worth(expr: Expr, world: World) -> int:
    if expr.op == "const":
        return expr.value
    if expr.name is not None and expr.name.kind == "band":
        return sum(world["a"] > end for end in ENDS)
    if expr.name is not None:
        return world[expr.name.ids[0]]
    return exact(expr.op, [worth(arg, world) for arg in expr.args])


class Sayer:
    """Says conditions and numbers by chance."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)

    def number(self, depth: int) -> str:
        pick = self.chance.randint
        if depth == 0 or pick(0, 3) == 0:
            return self.chance.choice(["a", "b", "a.band", str(pick(-4, 6)), "a", "b"])
        left, right = self.number(depth - 1), self.number(depth - 1)
        shape = self.chance.choice(
            ["({l} + {r})", "({l} - {r})", "({l} * 2)", "-{l}", "({l} // 2)",
             "min({l}, {r})", "max({l}, {r})", "abs({l})", "({l} % 3)",
             "({l} if {c} else {r})", "({l} * {r})"]
        )  # fmt: skip
        return shape.format(l=left, r=right, c=self.condition(depth - 1))

    def condition(self, depth: int) -> str:
        pick = self.chance.randint
        if depth == 0 or pick(0, 3) == 0:
            if pick(0, 3) == 0:
                return self.chance.choice(["f", "g", "(not f)", "f == g", "f != g"])
            sign = self.chance.choice(["<", "<=", "==", "!=", ">=", ">"])
            return f"({self.number(1)} {sign} {self.number(depth)})"
        left, right = self.condition(depth - 1), self.condition(depth - 1)
        shape = self.chance.choice(
            ["({l} and {r})", "({l} or {r})", "(not {l})", "({l} == {r})",
             "({l} if {c} else {r})", "({l} and {r} and {c})"]
        )  # fmt: skip
        return shape.format(l=left, r=right, c=self.condition(depth - 1))


def env_of(model: DeckModel) -> Env:
    return Env(Facts.of(model))


def read(model: DeckModel, text: str) -> Expr:
    reader = Reader(text, Scope(Symbols.of(model)))
    expr = reader.expression("bool")
    assert reader.troubles == [], text
    return expr


def within(env: Env, world: World) -> bool:
    """Whether a world is among those that an environment allows."""
    for id_, value in world.items():
        low, high = env.own.get(key_of(Name(KINDS[id_], (id_,))), (-99, 99))
        if not low <= value <= high:
            return False
    return True


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_nothing_that_can_be_is_ruled_out(model: DeckModel, depth: int) -> None:
    everything, logic = [*worlds()], Logic()
    for number in range(150):
        text = Sayer(1000 * depth + number).condition(depth)
        expr, env = read(model, text), env_of(model)
        values = {id_: worth(expr, w) for id_, w in enumerate(everything)}
        low, high = logic.range(expr, env)
        assert low <= min(values.values()), text
        assert max(values.values()) <= high, text
        for holds in (True, False):
            told = logic.given(expr, env, holds=holds)
            left = [w for i, w in enumerate(everything) if values[i] == holds]
            assert told is not None or not left, (text, holds)
            assert told is None or all(within(told, w) for w in left), (text, holds)


@pytest.mark.parametrize("number", range(60))
def test_nothing_that_can_be_is_ruled_out_by_two_conditions(
    model: DeckModel, number: int
) -> None:
    sayer, logic, env = Sayer(number), Logic(), env_of(model)
    first, second = (read(model, sayer.condition(2)) for _ in range(2))
    told = logic.given(first, env, holds=True)
    left = [world for world in worlds() if worth(first, world)]
    if told is not None:
        low, high = logic.range(second, told)
        assert all(low <= worth(second, world) <= high for world in left)


@pytest.mark.parametrize(
    "text",
    [
        "a > 2 and a < 1",
        "a < b and b <= a",
        "a + b > 3 and b + a < 3",
        "a - b >= 2 and b > a",
        "2 * a > 2 * b and a <= b",
        "a > 2 and a.band < 2",
        "a.band == 0 and a == 0",
        "f and not f",
        "f == g and f and not g",
        "(a > 2 or b > 4) and a < 0 and b < 3",
        "not (a < 3 or b < 3) and b < 2",
        "max(a, b) < 2 and b > 3",
        "min(a, b) > 2 and a < 1",
        "b // 2 >= 2 and b < 4",
        "(a > 9 if f else b > 9)",
        "a == 3 and b == 1 and a + b == 5",
        "a > b > a",
    ],
)
def test_contradictions_are_seen(model: DeckModel, text: str) -> None:
    expr, env = read(model, text), env_of(model)
    assert not any(worth(expr, world) for world in worlds())
    assert Logic().verdict(expr, env) == NEVER


def test_tangled_conditions_take_no_time(model: DeckModel) -> None:
    text = "f"
    for level in range(14):
        text = f"(({text}) and a > {level % 3} or not g)"
    logic = Logic()
    low, high = logic.range(read(model, text), env_of(model))
    assert (low, high) == (0, 1)


# --- answers, of which each team gives exactly one

ASKS = [
    Ask(teams=["red", "blue"], prompt="?", options=[
        Option(id=id_, label="L") for id_ in ("yes", "no", "late")
    ]),
    Ask(team="grey", prompt="?", options=[
        Option(id=id_, label="L") for id_ in ("yes", "never")
    ]),
]  # fmt: skip
GIVEN = {"red": "yes no late", "blue": "yes no late", "grey": "yes never"}


def answers() -> Iterator[dict[str, str]]:
    for chosen in product(*(options.split() for options in GIVEN.values())):
        yield dict(zip(GIVEN, chosen, strict=True))


def answered(expr: Expr, given: dict[str, str]) -> int:
    """What an expression over answers alone comes to."""
    if expr.op == "const":
        return expr.value
    if expr.name is not None:
        kind, ids = expr.name.kind, expr.name.ids
        if kind == "answer":
            return int(given[ids[0]] == ids[1])
        return len(given) if kind == "asked" else [*given.values()].count(ids[0])
    return exact(expr.op, [answered(arg, given) for arg in expr.args])


def weighed(chance: random.Random, depth: int) -> str:
    """A condition over answers."""
    numbers = ["chose.yes", "chose.no", "chose.late", "chose.never", "asked", "1", "2"]
    if depth == 0:
        if chance.random() < 0.5:
            team = chance.choice([*GIVEN])
            return f"answer.{team}.{chance.choice(GIVEN[team].split())}"
        left, right = chance.sample(numbers, 2)
        more = f" + {chance.choice(numbers)}" if chance.random() < 0.4 else ""
        return f"({left}{more} {chance.choice(['<', '>=', '==', '!='])} {right})"
    one, other = weighed(chance, depth - 1), weighed(chance, depth - 1)
    return chance.choice(
        [f"({one} and {other})", f"({one} or {other})", f"(not {one})"]
    )


def test_answers_are_weighed_as_they_can_be_given(model: DeckModel) -> None:
    grey = model.model_copy(update={"teams": {**model.teams, "grey": None}})
    scope = Scope(Symbols.of(grey), frozenset({"answers"}), ASKS)
    chance, logic = random.Random(3), Logic()
    env = Env(Facts.of(model), answers=Answers.of(ASKS))
    settled = 0
    for _ in range(400):
        text = weighed(chance, chance.randint(0, 2))
        expr = Reader(text, scope).expression("bool")
        values = [answered(expr, given) for given in answers()]
        low, high = logic.verdict(expr, env)
        assert low <= min(values), text
        assert max(values) <= high, text
        settled += low == high
        for holds in (True, False):
            told = logic.given(expr, env, holds=holds)
            assert told is not None or holds not in map(bool, values), text
    assert settled > 30
