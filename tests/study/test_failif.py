"""Conditions to fail by: what they mean, and what is said of those without sense."""

import ast
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import UsageError
from tabletop.study.failif import FailIf
from tabletop.study.named import NAMES, Value, values
from tests.study.studied import studied, wager

KNOWN = {
    "ending.collapse": Value(0.3, 0.25, 0.35),
    "ending.truce": Value(0.7, 0.65, 0.75),
    "option.card.1.yes": Value(0.5, 0.4, 0.6),
    "never_reached": Value(2, 2, 2),
    "change.score.red": Value(-1.5, -2.5, -0.5),
    "change.score.blue": Value(0.5, -0.5, 1.5),
    "gain.rare": Value(nan, nan, nan),
}


def holds(text: str) -> bool:
    return FailIf.read(text, KNOWN).holds(KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "ending.collapse > 0.29",
        "ending.collapse > 0.5 or never_reached > 0",
        "not ending.collapse > 0.5",
        "0.2 < ending.collapse <= 0.3",
        "low(ending.collapse) > 0.2 and high(ending.collapse) < 0.4",
        "sure(change.score.red) and not sure(change.score.blue)",
        "abs(change.score.red) > 1",
        "min(ending.truce, ending.collapse) == 0.3",
        "max(ending.truce, 1 / 2) == ending.truce",
        "-change.score.red * 2 >= 3 - 1 + 1",
        'option["card.1.yes"] == 0.5',
        "  ending . collapse != 0  ",
    ],
)
def test_what_holds(text: str) -> None:
    assert holds(text)
    assert not holds(f"not ({text.strip()})")


def test_nothing_holds_of_what_was_not_measured() -> None:
    for sign in ("<", ">", "==", "!=", "<=", ">="):
        assert not holds(f"gain.rare {sign} 0")
    assert not holds("sure(gain.rare)")
    assert not holds("1 / 0 > 0")


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("ending.colapse > 0", "ending.colapse", "ending.collapse"),
        ("ending.victory_for_all > 0", "ending.victory_for_all", "There are: ending"),
        ("xyzzy > 0", "xyzzy", "Figures are"),
        ("Low(ending.collapse) > 0", "Low", "low"),
        ("exec(never_reached) > 0", "exec", "Functions are"),
        ("low(ending.collapse, 1) > 0", "low", ""),
        ("low(0.3) > 0", "only names", ""),
        ("ending.collapse", "not a condition", "Write it like"),
        ("ending.collapse and never_reached > 1", "no condition", ""),
        ("(never_reached > 1) + 1 > 0", "no number", ""),
        ("ending.collapse = 0.3", "can't be read", "Write it like"),
        ("", "can't be read", ""),
        ("never_reached > 'a'", "neither name nor number", ""),
        ("never_reached > 1 if 1 else 0", "can't have", ""),
        ("[n for n in never_reached] > 0", "can't have", ""),
        ("never_reached.__class__ > 0", "never_reached.__class__", ""),
        ("(lambda: 1)() > 0", "this", ""),
        ("never_reached ** 99999999 > 0", "can't have", ""),
        ("1 + " * 600 + "1 > 0", "characters", ""),
        ("1 + " * 300 + "1 > 0", "too many parts", ""),
        ("(" * 900 + "1" + ")" * 900 + " > 0", "can't be read", ""),
        ("never_reached[never_reached] > 0", "only names", ""),
        ("never_reached > 1j", "can't have", ""),
        ("never_reached > None", "can't have", ""),
    ],
)
def test_what_makes_no_sense_is_said_with_help(text: str, said: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        holds(text)
    assert said in caught.value.message
    assert hint in caught.value.hint


def outcome(text: str) -> bool | str:
    try:
        return holds(text)
    except UsageError as error:
        return "refused" if error.message and error.hint else "no help"


SIGNS = st.sampled_from(["<", "and", "+", "/", ".", "=", ",", "is", ""])


@given(
    st.recursive(
        st.sampled_from([*KNOWN, "low", "sure", "x", "0", "0.5", "'a'", "True", "()"]),
        lambda inner: st.one_of(
            st.tuples(inner, SIGNS, inner).map(" ".join),
            inner.map("({})".format), inner.map("low({})".format),
            inner.map("not {}".format), inner.map("-{}".format),
            inner.map("{}[0]".format), inner.map("{0}: {0}".format),
        ),
        max_leaves=8,
    )
)  # fmt: skip
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    assert outcome(text) in (True, False, "refused")


@given(st.text(max_size=40))
def test_any_characters_are_a_condition_or_refused(text: str) -> None:
    assert outcome(text) in (True, False, "refused")


def test_the_figures_that_a_condition_names() -> None:
    text = 'low(ending.truce) > 0 or min(never_reached, 3) > option["card.1.yes"]'
    seen = FailIf.read(text, KNOWN).seen(KNOWN)
    assert list(seen) == ["ending.truce", "never_reached", "option.card.1.yes"]


def test_every_documented_name_is_there_and_every_name_is_documented() -> None:
    """By its first word, in a study of everything."""
    result = studied(wager(), 60, "causes", "against", "choices", against=wager())
    documented = {name.partition(".")[0] for name in NAMES}
    named = {name.partition(".")[0] for name in values(result)}
    told = {"outcome", "row", "option", "card", "rule", "inject", "lasting"}
    assert documented - told <= named
    assert named - told <= documented
    for name in values(result):
        ast.parse(name, mode="eval")
