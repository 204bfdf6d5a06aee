"""Charts: what is drawn stands where its number says, and nothing breaks them."""

import doctest
import re
from importlib import import_module
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.report import charts
from tabletop.report.charts import Axis, Band, Curve, Interval, Mark, Share, Strip
from tests.report.reports import read_report
from tests.report.test_sheets import HOSTILE

AXIS = Axis(11, ((1, 0), (2, 4), (3, 9)), "Month")
MODULES = (
    "tabletop.report.charts", "tabletop.report.svg", "tabletop.report.html",
    "tabletop.report.markdown",
    "tabletop.report.aar.look", "tabletop.report.aar.plain",
    "tabletop.report.aar.said", "tabletop.report.aar.times",
    "tabletop.report.aar.turns",
)  # fmt: skip
VALUES = st.lists(st.integers(-50, 150), min_size=1, max_size=40)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_its_documentation_hold(name: str) -> None:
    found = doctest.testmod(import_module(name))
    assert found.failed == 0
    assert found.attempted > 0


def path_of(svg: str) -> str:
    """The line of a strip."""
    return str(re.findall(r'<path d="([^"]*)"', svg)[-1])


@given(VALUES)
def test_a_step_line_is_at_the_height_of_each_value(values: list[int]) -> None:
    axis = Axis(len(values), ((1, 0),))
    heights = [float(value) for value in values]
    corners = re.findall(
        r"([MHV])(-?[\d.]+)(?: (-?[\d.]+))?", charts.steps(axis, heights)
    )
    (_, x, y), *rest = corners
    here, drawn = (float(x), float(y)), {}
    for place in range(len(values)):
        if abs(axis.x(place) - here[0]) < 0.01:
            drawn[place] = here[1]
    for kind, number, _ in rest:
        value = float(number)
        here = (value, here[1]) if kind == "H" else (here[0], value)
        for place in range(len(values)):
            if abs(axis.x(place) - here[0]) < 0.01:
                drawn[place] = here[1]
    changed = [i for i in range(1, len(values)) if values[i] != values[i - 1]]
    assert all(drawn[i] == values[i] for i in changed)
    assert drawn[0] == values[0]


@given(VALUES, st.integers(-20, 20), st.integers(0, 90))
def test_a_strip_stays_within_its_frame(values: list[int], low: int, wide: int) -> None:
    bands = (Band(low + wide // 3, "a", "bad"), Band(low + wide, "b", "good"))
    of = Strip("Any", low, low + wide, bands, tuple(values), (Mark(0, "up", "x"),))
    svg = charts.strip(Axis(len(values), ((1, 0),)), of, head=True)
    assert read_report(svg).wrong == []
    high = float(re.findall(r'viewBox="0 0 720 ([\d.]+)"', svg)[0])
    heights = [float(y) for y in re.findall(r"V(-?[\d.]+)", path_of(svg))]
    assert all(0 <= y <= high for y in heights)


def test_shares_fill_the_whole_and_each_has_a_pattern_of_its_own() -> None:
    rows = [Share(f"e{i}", tuple([1 / 5] * 11)) for i in range(5)]
    svg = charts.shares(AXIS, rows, "Endings", "as said")
    tops = [re.findall(r'd="M[\d.]+ ([\d.]+)', svg)[i] for i in range(0, 10, 2)]
    assert [float(top) for top in tops] == [136, 106, 76, 46, 16]
    assert len(set(re.findall(r"url\(#(hatch\d)\)", svg))) == 5
    assert all(f"e{i}: 20 % at the start, 20 % at the end" in svg for i in range(5))


def test_lines_differ_in_black_and_white() -> None:
    flat = tuple([3.0] * 11)
    curves = [Curve(f"t{i}", "red", flat, flat, flat) for i in range(5)]
    svg = charts.curves(AXIS, curves, [Mark(4, "up", "here")], "Scores", "as said")
    assert read_report(svg).wrong == []
    dashes = re.findall(r'stroke-width="1.8"(?: stroke-dasharray="([^"]*)")?', svg)
    assert len(set(dashes)) == 5


def test_labels_at_the_ends_of_lines_do_not_meet() -> None:
    curves = [Curve(f"team {i}", "red", (i / 9,), (0,), (9,)) for i in range(5)]
    svg = charts.curves(Axis(1, ((1, 0),)), curves, [], "Scores", "as said")
    at = [float(y) for y in re.findall(r'y="([\d.]+)"[^>]*>team \d</text>', svg)]
    assert len(at) == 5
    assert all(b - a >= 10 for a, b in pairwise(at))


def test_hostile_labels_are_texts_in_every_chart() -> None:
    mark, flat = Mark(0, "diamond", HOSTILE), tuple([1.0] * 11)
    for svg in (
        charts.lanes(AXIS, [charts.Lane(HOSTILE, "red", (mark,))], HOSTILE, HOSTILE),
        charts.strip(AXIS, Strip(HOSTILE, 0, 9, (Band(9, HOSTILE, "x"),), (1,) * 11)),
        charts.shares(AXIS, [Share(HOSTILE, flat)], HOSTILE, HOSTILE),
        charts.curves(AXIS, [Curve(HOSTILE, "x", flat, flat, flat)], [mark], "", ""),
        charts.intervals([Interval(HOSTILE, 1, 0, 2, chosen=True)], HOSTILE, ""),
        charts.bars([(HOSTILE, "red", -3, HOSTILE)], HOSTILE, HOSTILE),
    ):
        assert read_report(svg).wrong == []
        assert not re.search("[\x00-\x08\x1b\u202e\u2028]", svg)
