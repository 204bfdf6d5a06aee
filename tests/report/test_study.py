"""A study's page, JSON and tables: all that it holds, and nothing that disturbs."""

import csv
import io
import json
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from tabletop.report.aar.page import page
from tabletop.report.aar.plain import plain
from tabletop.report.study import order
from tabletop.report.study.columns import Table
from tabletop.report.study.data import FORMAT, as_json
from tabletop.report.study.drawing import BLUE
from tabletop.report.study.look import DARK, style
from tabletop.report.study.numbers import bound, interval, part, percent
from tabletop.report.study.report import report_of
from tabletop.report.study.tables import NAMES as TABLES
from tabletop.report.study.tables import as_csv, guide, tables
from tabletop.session.sheets import unmarked
from tabletop.study.figures import share
from tabletop.study.result import StudyResult
from tests.report.browser import MISSING, Browser, found
from tests.report.reports import read_report, told
from tests.report.studies import NAMES, named


@pytest.fixture(params=NAMES)
def of(request: pytest.FixtureRequest) -> StudyResult:
    return named(request.param)


def html(of: StudyResult) -> str:
    return page(report_of(of), style())


def empty(of: StudyResult) -> StudyResult:
    """As little as a study can hold."""
    held = {each.name: getattr(of, each.name) for each in fields(of)}
    nothing: dict[str, Any] = {
        name: () for name, value in held.items() if isinstance(value, tuple)
    }
    return replace(of, **nothing, stopped_early=True)


# --- JSON


def test_json_holds_every_part_under_its_name(of: StudyResult) -> None:
    data = json.loads(as_json(of))
    assert data["format"] == FORMAT
    assert {each.name for each in fields(of)} < set(data)
    for name in ("endings", "reached", "tracks", "choices", "levers", "against"):
        assert len(data[name]) == len(getattr(of, name))
    first = of.choices[0]
    assert data["choices"][0]["gain"]["sure"] == (first.gain and first.gain.sure)
    assert data["by_rounds"][0] == dict(
        zip(("round", "games"), of.by_rounds[0], strict=True)
    )
    assert data["levers"][0]["endings"][0]["ending"] == of.levers[0].endings[0][0]
    assert data["play_one"].endswith("--only GAME --log")


def test_numbers_that_machines_differ_in_are_written_the_same() -> None:
    of = named("tutorial")
    cause = of.causes[0]
    other = replace(of, causes=(replace(cause, together=cause.together + 1e-13),))
    same = replace(of, causes=(cause,))
    assert other != same
    assert as_json(other) == as_json(same)
    assert list(map(as_csv, tables(other))) == list(map(as_csv, tables(same)))


# --- tables


def rows(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(table), newline="")))


def test_tables_say_the_same_as_the_study(of: StudyResult) -> None:
    made = {table.name: table for table in tables(of)}
    assert tuple(made) == TABLES
    for ending, row in zip(of.endings, rows(made["endings"]), strict=True):
        assert unmarked(row["title"]) == ending.title
        assert int(row["games_count"]) == ending.share.count
        assert float(row["games_low"]) == pytest.approx(ending.share.low, abs=1e-8)
    for choice, row in zip(of.choices, rows(made["choices"]), strict=True):
        gain = choice.gain
        assert (row["gain"] == "") == (gain is None)
        if gain:
            assert float(row["gain"]) == pytest.approx(gain.value, abs=1e-8)
            assert row["gain_sure"] == ("yes" if gain.sure else "no")
    assert len(rows(made["tracks"])) == sum(len(t.rounds) for t in of.tracks)
    assert len(rows(made["levers"])) == sum(
        len(lever.endings) + len(lever.scores) for lever in of.levers
    )


def test_every_column_has_one_name_and_a_meaning(of: StudyResult) -> None:
    told = list(csv.reader(io.StringIO(guide(tables(of)))))[1:]
    assert len({(table, column) for table, column, _, _ in told}) == len(told)
    assert all(meaning for *_, meaning in told)
    for table in tables(of):
        names = [column.name for column in table.columns]
        assert names == [column for name, column, _, _ in told if name == table.name]


def test_no_cell_is_calculated_by_a_spreadsheet() -> None:
    text = "".join(as_csv(table) for table in tables(named("hostile")))
    cells = {cell for row in csv.reader(io.StringIO(text)) for cell in row}
    assert "'=1+1 [/] <u>one</u> | $x$" in cells
    assert not [c for c in cells if re.match(r"[=@+]|-(?![\d.]+$)", c)]


def test_parquet_holds_what_csv_holds(of: StudyResult, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    from tabletop.report.study.parquet import write

    for made in (of, empty(of)):
        for table in tables(made):
            path = tmp_path / f"{table.name}.parquet"
            write(table, path)
            read = parquet.read_table(path)
            columns = [read.column(each.name).to_pylist() for each in table.columns]
            assert list(zip(*columns, strict=True)) == list(table.values())
            meaning = read.schema.field(0).metadata[b"meaning"].decode()
            assert meaning == table.columns[0].says


# --- the page


def test_the_page_is_whole_and_nothing_in_it_is_markup(of: StudyResult) -> None:
    for made in (of, empty(of)):
        assert read_report(html(made)).wrong == []


def test_the_page_tells_all_of_it(of: StudyResult) -> None:
    page_ = told(html(of))
    wanted = [each.title for each in of.endings] + [each.text for each in of.remarks]
    wanted += [each.text for each in of.choices] + [each.path for each in of.levers]
    wanted += [each.command for each in of.remarks] + [of.method.command]
    wanted += [each.name for each in order.never(of)]
    for text in wanted:
        assert " ".join(text.split()) in page_, text
    for ending in of.endings:
        assert part(ending.share) in page_
        assert interval(ending.share) in page_
        assert not ending.share.count or str(ending.example) in page_


def test_as_markdown_it_tells_the_same_numbers() -> None:
    of = named("bright-days")
    text = plain(report_of(of)).replace("\\", "")
    for choice in of.choices:
        assert f"| {choice.offered:,} |" in text
    assert "W406" in text


@pytest.mark.skipif(found() is None, reason=MISSING)
def test_a_browser_asks_for_nothing_and_turns_dark(tmp_path: Path) -> None:
    program = found()
    assert program is not None
    browser = Browser(program, tmp_path)
    path = tmp_path / "study.html"
    report = report_of(named("tutorial"))
    wanted = [each for each in report.sections if each.title == "Endings"]
    whole = replace(report, sections=tuple(wanted), facts=())
    path.write_text(page(whole, style()), encoding="utf-8")
    picture, asked = browser.picture(path, 1000, 700)
    assert asked == []
    assert picture.longest(BLUE) > 300
    path.write_text(
        page(
            whole, style().replace("(prefers-color-scheme: dark)", "(min-width: 1px)")
        ),
        encoding="utf-8",
    )
    picture, _ = browser.picture(path, 1000, 700)
    assert picture.longest(BLUE) == 0
    assert picture.longest(DARK[BLUE]) > 300
    assert "ffffff" not in picture.columns(20, 980)


# --- numbers in words


def test_what_was_never_seen_is_never_called_nought() -> None:
    assert interval(share(0, 10_000)) == "under 0.03%"
    assert interval(share(10_000, 10_000)) == "over 99.97%"
    assert part(share(0, 10_000)) == "0 of 10,000"
    for count in range(1, 4):
        assert float(percent(count / 1_000_000).rstrip("%")) > 0


@pytest.mark.parametrize("games", [1, 2, 7, 100, 10_000])
def test_the_bound_is_what_nothing_seen_is_sure_of(games: int) -> None:
    """Had it the bound's chance, none of the games would show it once in twenty."""
    assert (1 - bound(games)) ** games == pytest.approx(0.05)


# --- what comes first


def test_what_can_not_be_reached_comes_first_and_what_needs_control_last() -> None:
    never = order.never(named("bright-days"))
    told = list(dict.fromkeys(order.why(thing) for thing in never))
    assert told == ["can't be: W406", "no proof", "only by hand"]


def test_an_example_is_played_with_the_studys_own_words() -> None:
    made = replace(
        named("tutorial").method,
        command="tabletop study 'my deck.toml' --games 5",
        policies=(("town", "greedy"), ("board", "random")),
    )
    assert order.example(made, 3) == (
        "tabletop run 'my deck.toml' --seed 7 --policy town=greedy --only 3 --log"
    )
