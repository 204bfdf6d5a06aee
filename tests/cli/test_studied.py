"""A study in the terminal: it fits, it hides nothing, and every part can be had."""

import re
import shlex
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.cli.studied.drawing import bar, place, stacked
from tabletop.cli.studied.lines import PARTS, lines
from tabletop.cli.studied.options import SHOWN
from tabletop.cli.studied.signs import ASCII, Ink, Signs, signs
from tabletop.cli.studied.table import Page
from tabletop.cli.verbs import build_parser
from tabletop.deck.display import width
from tabletop.report.study import order
from tabletop.report.study.numbers import interval, part
from tabletop.study.result import StudyResult
from tests.report.studies import NAMES, named

STYLE = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture(params=NAMES)
def of(request: pytest.FixtureRequest) -> StudyResult:
    return named(request.param)


def page(wide: int = 80, *, rows: int = 0, whole: bool = False, **more: Any) -> Page:
    return Page(
        wide, more.get("signs", Signs()), Ink(more.get("ink", False)), rows, whole
    )


def is_command(line: str) -> bool:
    """Commands stay on one line, so that they can be copied."""
    return "tabletop " in line


@given(
    st.sampled_from(NAMES), st.integers(72, 220), st.booleans(),
    st.sampled_from((0, 3)),
)  # fmt: skip
def test_no_line_is_wider_than_the_terminal(
    name: str, wide: int, whole: bool, rows: int
) -> None:
    of = page(wide, rows=rows, whole=whole)
    show = SHOWN if whole else ()
    for line in lines(named(name), of, show):
        assert is_command(line) or width(line) <= wide, line


@pytest.mark.parametrize("wide", [80, 160])
def test_all_of_it_is_told(of: StudyResult, wide: int) -> None:
    text = "\n".join(lines(of, page(wide)))
    for ending in of.endings:
        assert part(ending.share) in text
        assert interval(ending.share) in text
    for remark in of.remarks:
        assert remark.command in text
    for thing in order.never(of):
        assert thing.name in text
        assert order.why(thing) in text
    for cause in of.causes:
        assert f"{cause.luck.value:.0%}" in text


def test_colour_changes_no_letter(of: StudyResult) -> None:
    plain = list(lines(of, page(100)))
    styled = list(lines(of, page(100, ink=True)))
    assert any(map(STYLE.search, styled))
    assert [STYLE.sub("", line) for line in styled] == plain


def test_in_plain_signs_everything_is_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    of = named("tutorial")
    of = replace(of, remarks=())
    text = "\n".join(lines(of, page(160, signs=ASCII, whole=True), SHOWN))
    assert set(filter(lambda c: not c.isascii(), text)) == set()
    monkeypatch.setenv("TABLETOP_ASCII", "1")
    assert signs() == ASCII


def test_signs_that_must_be_told_apart_differ() -> None:
    for each in (Signs(), ASCII):
        assert len({each.full, each.partly, each.rest, each.middle}) == 4
        assert len({each.line, each.heavy, each.middle, each.nought}) == 4
        assert len(set(each.steps)) == len(each.steps)
        assert all(
            width(getattr(each, name)) == 1
            for name in ("full", "partly", "rest", "middle", "line", "heavy")
        )


def test_each_part_can_be_had_alone_and_whole(of: StudyResult) -> None:
    assert tuple(name for name, *_ in PARTS) == SHOWN
    for name, title, *_ in PARTS:
        text = "\n".join(lines(of, page(160, rows=1, whole=True), (name,)))
        assert f" {title} " in text
        assert len(re.findall("^── ", text, re.MULTILINE)) == 1
        assert "more: --show" not in text
    for choice in of.choices:
        text = "\n".join(lines(of, page(160, whole=True), (f"{choice.kind}s",)))
        assert f" {choice.offered:,} " in text


def test_a_long_table_says_how_to_see_the_rest() -> None:
    of = named("bright-days")
    text = "\n".join(lines(of, page(80, rows=5)))
    left = len(order.choices(of, "card")) - 5
    assert f"and {left} more: --show cards" in text
    assert f"and {len(of.tracks) - 5} more: --show tracks" in text


def test_what_holds_nothing_is_said_without_a_fault(of: StudyResult) -> None:
    held = {each.name: getattr(of, each.name) for each in fields(of)}
    lists: dict[str, Any] = {n: () for n, v in held.items() if isinstance(v, tuple)}
    nothing = replace(of, **lists, stopped_early=True)
    text = "\n".join(lines(nothing, page(), SHOWN))
    assert "stopped early" in text
    assert "--against DECK" in text
    assert "Nothing stands out" in text


def test_the_commands_that_are_told_make_sense(of: StudyResult) -> None:
    told = [remark.command for remark in of.remarks if remark.command]
    told += [of.method.command, order.example(of.method, 7)]
    for command in told:
        words = shlex.split(command)
        assert words[0] == "tabletop"
        build_parser().parse_args(words[1:])


# --- charts of one line


@given(st.floats(0, 1), st.floats(0, 1), st.integers(8, 60))
def test_a_bar_is_as_long_as_its_share(a: float, b: float, room: int) -> None:
    low, high = sorted((a, b))
    drawn = bar(low, high, room, Signs())
    assert len(drawn) <= room
    assert abs(drawn.count("█") - low * room) <= 1
    assert low == 0 or "█" in drawn


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3), st.integers(8, 60))
def test_parts_of_a_whole_fill_it_and_no_more(parts: list[float], room: int) -> None:
    total = sum(parts)
    if total <= 0:
        return
    drawn = stacked([each / total for each in parts], room, Signs())
    assert len(drawn) == room


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6),
       st.integers(1, 60))  # fmt: skip
def test_a_place_is_always_on_the_scale(
    value: float, low: float, high: float, room: int
) -> None:
    assert 0 <= place(value, low, high, room) < room
