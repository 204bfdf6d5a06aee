"""Choosing tests: expressions mean what their words say, and parts leave none out."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import UsageError
from tabletop.testing.selection import shard, wanted

WORDS = st.sampled_from(["night", "storm", "dike", "and", "or", "not", "(", ")", '"'])
NAMES = ("tutorial.test.toml test The night shift", "x test storm and dike", "dike")


class Truth(str):
    """A name for which Python itself works out an expression."""

    def holds(self, expression: str) -> bool:
        words = {word: word in self for word in ("night", "storm", "dike")}
        return bool(eval(expression, {"__builtins__": {}}, words))


def expressions() -> st.SearchStrategy[str]:
    word = st.sampled_from(["night", "storm", "dike"])
    return st.recursive(
        word,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda p: f"({p[0]}) and {p[1]}"),
            st.tuples(inner, inner).map(lambda p: f"{p[0]} or {p[1]}"),
            st.tuples(inner, inner).map(lambda p: f"({p[0]} or {p[1]}) and not {p[1]}"),
            inner.map(lambda part: f"not ({part})"),
            inner.map(lambda part: f"not {part}"),
        ),
        max_leaves=8,
    )


@given(expressions(), st.lists(st.sampled_from(["night", "storm", "dike"])))
def test_expressions_mean_what_they_mean_in_python(
    expression: str, words: list[str]
) -> None:
    name = " ".join(words)
    assert wanted(expression)(name) == Truth(name).holds(expression)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_any_words_are_an_expression_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(UsageError):
        fits = wanted(text)
        assert all(isinstance(fits(name), bool) for name in NAMES)


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("", NAMES),
        ("NIGHT SHIFT", NAMES[:1]),
        ("night  shift", NAMES[:1]),
        ("shift night", ()),
        ('"storm and dike"', NAMES[1:2]),
        ("storm and dike", NAMES[1:2]),
        ("tutorial.test", NAMES[:1]),
        ("not test", NAMES[2:]),
        ("night or storm and not dike", NAMES[:1]),
    ],
)
def test_which_tests_are_chosen(expression: str, fits: tuple[str, ...]) -> None:
    assert tuple(filter(wanted(expression), NAMES)) == fits


@pytest.mark.parametrize(
    ("expression", "place"),
    [
        ("storm and", "character 10"), ("(a or b", "character 8"),
        ("a ) b", "character 3"), ("not", "character 4"), ('a "b', "never closed"),
    ],
)  # fmt: skip
def test_errors_name_the_place(expression: str, place: str) -> None:
    with pytest.raises(UsageError, match=place):
        wanted(expression)


@pytest.mark.parametrize(
    "text", ["a" * 2_000, "(" * 900 + "a" + ")" * 90, "not " * 200]
)
def test_monsters_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        wanted(text)


@given(st.lists(st.integers()), st.integers(1, 9))
def test_the_parts_together_are_everything_once(things: list[int], of: int) -> None:
    parts = [shard(things, part, of) for part in range(1, of + 1)]
    numbers = [shard(range(len(things)), part, of) for part in range(1, of + 1)]
    assert sorted(n for part in numbers for n in part) == list(range(len(things)))
    assert sum(map(len, parts)) == len(things)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
