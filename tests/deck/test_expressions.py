"""Expressions: what they mean, their types and bounds, and what is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.deck.expressions import Expr, Name, names, walk
from tabletop.deck.intervals import bounds, exact
from tabletop.deck.reader import Reader
from tabletop.deck.scope import Scope
from tabletop.deck.symbols import Symbols
from tests.deck.small import HEAD, deck_of

SCOPE = Scope(Symbols.of(deck_of(HEAD).model))


def read(text: str, kind: str = "any") -> Expr:
    reader = Reader(text, SCOPE)
    expr = reader.expression(kind)
    assert [trouble.message for trouble in reader.troubles] == []
    return expr


def troubles(text: str, kind: str = "any") -> list[tuple[str, str]]:
    """The codes of what is wrong with a text, each with the place it points at."""
    reader = Reader(text, SCOPE)
    reader.expression(kind)
    return [(t.code, text[slice(*t.span)]) for t in reader.troubles]


def shown(expr: Expr) -> str:
    """An expression in brackets, so that its tree can be seen."""
    if expr.op == "const":
        return str(expr.value) if expr.type == "int" else str(bool(expr.value))
    if expr.name is not None:
        return ".".join((expr.name.kind, *expr.name.ids))
    return f"({' '.join((expr.op, *map(shown, expr.args)))})"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("front + stock * 2", "(+ track.front (* track.stock 2))"),
        ("front - stock - 1", "(- (- track.front track.stock) 1)"),
        ("-front // 2 % 3", "(% (// (neg track.front) 2) 3)"),
        ("truce and front > 1 and true", "(and flag.truce (> track.front 1) True)"),
        ("not truce or front != 2", "(or (not flag.truce) (!= track.front 2))"),
        ("1 < front <= 9", "(and (< 1 track.front) (<= track.front 9))"),
        ("truce == false", "(== flag.truce False)"),
        ("1 if truce else front", "(if flag.truce 1 track.front)"),
        ("min(front, stock, 3)", "(min track.front track.stock 3)"),
        ("abs(stock)", "(abs track.stock)"),
        ("+front", "track.front"),
        ("round * rounds", "(* round 4)"),
        ("front.band + red.points", "(+ band.front points.red)"),
        ("red.hand - blue.plays", "(- hand.red plays.blue)"),
        ("played.attack + fired.storm", "(+ played.attack fired.storm)"),
        ("lasts.attack or playing.attack", "(or lasts.attack playing.attack)"),
        ("2 * 3 - 7 // 0", "6"),
        ("9999999", "9999999"),
        ("1 if 2 > 1 else 3", "1"),
        ("front\n  +\n  1", "(+ track.front 1)"),
        ("front\r\n+ 1", "(+ track.front 1)"),
    ],
)
def test_meaning(text: str, tree: str) -> None:
    assert shown(read(text)) == tree


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("front", 0, 100),
        ("stock", -20, 20),
        ("front.band", 0, 1),
        ("round", 1, 4),
        ("red.points", 0, 999),
        ("red.hand", 0, 2_000),
        ("played.attack", 0, 10_000),
        ("stock * front", -2000, 2000),
        ("front // stock", -100, 100),
        ("front // 30", 0, 3),
        ("front % 7", 0, 6),
        ("front % stock", -19, 19),
        ("abs(stock)", 0, 20),
        ("min(front, 7)", 0, 7),
        ("5 if truce else front", 0, 100),
        ("front > 100", 0, 0),
        ("front >= 0", 1, 1),
        ("front == 101", 0, 0),
        ("front > 100 or truce", 0, 1),
        ("front > 100 and truce", 0, 0),
    ],
)
def test_bounds(text: str, low: int, high: int) -> None:
    expr = read(text)
    assert (expr.low, expr.high) == (low, high)


def test_spans_are_of_the_text() -> None:
    text = "front > 3\n and (stock\t+ red.points) < 5"
    found = {text[slice(*node.span)] for node in walk(read(text))}
    assert {"front > 3", "front", "3", "stock", "red.points", "5"} <= found
    places = [text[slice(*span)] for _, span in names(read(text))]
    assert places == ["front", "stock", "red.points"]


def test_names_are_in_order() -> None:
    found = [name for name, _ in names(read("front + abs(stock) if truce else round"))]
    assert found == [
        Name("flag", ("truce",)),
        Name("track", ("front",)),
        Name("track", ("stock",)),
        Name("round"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("frnt > 3", [("E201", "frnt")]),
        ("front and frnt", [("E201", "frnt"), ("E301", "front")]),
        ("a > 1 and b > 2 and c > 3", [("E201", n) for n in "abc"]),
        ("red", [("E208", "red")]),
        ("attack", [("E208", "attack")]),
        ("front.__class__", [("E201", "__class__")]),
        ("front . __class__ . x", [("E201", "__class__")]),
        ("().__class__", [("E102", "()")]),
        ("''.join", [("E102", "''")]),
        ("__import__('os')", [("E207", "__import__")]),
        ("9 ** 9", [("E102", "**")]),
        ("12345678", [("E103", "12345678")]),
        ("1" * 10_000, [("E103", "1" * 8_000)]),
        ("(" * 31 + "1" + ")" * 31, [("E103", "(")]),
        ("front +", [("E101", "")]),
        ("(front", [("E101", "(")]),
        ("front)", [("E101", ")")]),
        ("1) + (2", [("E101", ")")]),
        ("front = 3", [("E104", "=")]),
        ("front & 3", [("E104", "&")]),
        ("front / 3", [("E104", "/")]),
        ("(front)/(3)", [("E104", "/")]),
        ("front is 3", [("E104", "front is 3")]),
        ("truce < 3", [("E301", "truce")]),
        ("lambda: 1", [("E102", ":")]),
        ("(x := 1)", [("E102", ":=")]),
        ("[x for x in front]", [("E102", "[")]),
        ("max(x for x in front)", [("E102", "(x for x in front)")]),
        ("f'{front}'", [("E102", "{")]),
        ("f'front'", [("E102", "f'front'")]),
        ("'front'", [("E102", "'front'")]),
        ("front\x00", [("E101", "\x00")]),
        ("frönt", [("E101", "ö")]),
        ("ｆront", [("E101", "ｆ")]),
        ("9999999 * 9999999 * 9999999", [("E309", "9999999 * 9999999 * 9999999")]),
        ("", [("E101", "")]),
    ],
)
def test_refusals(text: str, found: list[tuple[str, str]]) -> None:
    assert troubles(text, "any") == found


@pytest.mark.parametrize(
    "text",
    [
        "-" * 1_900 + "1",
        "not " * 450 + "truce",
        "+".join(["front"] * 300),
        "1 if truce else " * 120 + "1",
        "front.band" + ".x" * 900,
        "abs(" * 400 + "1" + ")" * 400,
        "1 <" * 600 + "1",
        " " * 2_001,
        "\n" * 1_999 + "1 +",
    ],
)
def test_what_is_too_long_or_deep_is_refused(text: str) -> None:
    assert {code for code, _ in troubles(text)} <= {"E101", "E102", "E103"}
    assert troubles(text)


numbers = st.integers(-40, 40)
intervals = st.tuples(numbers, numbers).map(lambda pair: (min(pair), max(pair)))
OPS = ["+", "-", "*", "//", "%", "<", "<=", "==", "!=", ">", ">=", "min", "max"]


@given(st.sampled_from(OPS), intervals, intervals, st.data())
def test_bounds_hold_every_result(
    op: str, left: tuple[int, int], right: tuple[int, int], data: st.DataObject
) -> None:
    values = [data.draw(st.integers(*interval)) for interval in (left, right)]
    low, high = bounds(op, [left, right])
    assert low <= exact(op, values) <= high


@given(intervals, st.data())
def test_bounds_of_one_value(interval: tuple[int, int], data: st.DataObject) -> None:
    value = data.draw(st.integers(*interval))
    for op in ("neg", "abs"):
        low, high = bounds(op, [interval])
        assert low <= exact(op, [value]) <= high


@given(st.lists(st.sampled_from([(0, 0), (1, 1), (0, 1)]), min_size=3, max_size=3))
def test_bounds_of_conditions_are_tight(args: list[tuple[int, int]]) -> None:
    for op in ("and", "or", "if"):
        corners = [
            exact(op, [a, b, c])
            for a in set(args[0])
            for b in set(args[1])
            for c in set(args[2])
        ]
        assert bounds(op, args) == (min(corners), max(corners))


@given(st.text(alphabet="frontuce stk123+-*/%<>=!().,andotif'\"\n[]{}:_#", max_size=40))
def test_any_text_ends_in_an_expression_or_in_troubles(text: str) -> None:
    reader = Reader(text, SCOPE)
    expr = reader.expression("any")
    for trouble in reader.troubles:
        start, end = trouble.span
        assert 0 <= start <= end <= len(text) + 1
    assert reader.troubles or expr.type in ("int", "bool")


def test_a_parsed_expression_means_itself_again() -> None:
    """Reading what was read gives the same tree, apart from its places."""

    def bare(expr: Expr) -> Expr:
        return replace(expr, span=(0, 0), args=tuple(map(bare, expr.args)))

    text = "front  >  3 and(stock<2)"
    assert bare(read(text)) == bare(read("(front > 3) and (stock < 2)"))
