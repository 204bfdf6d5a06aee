"""Studies of real games, over decks of every kind: all forms can be made of each."""

import json

import pytest

from tabletop.cli.studied.lines import PARTS, lines
from tabletop.cli.studied.signs import Ink, Signs
from tabletop.cli.studied.table import Page
from tabletop.deck.deck import Deck
from tabletop.deck.display import width
from tabletop.report.aar.page import page
from tabletop.report.aar.plain import plain
from tabletop.report.study.data import as_json
from tabletop.report.study.look import style
from tabletop.report.study.report import report_of
from tabletop.report.study.tables import as_csv, tables
from tabletop.study.crew import local_crew
from tabletop.study.result import StudyResult
from tabletop.study.study import PARTS as MEASURES
from tabletop.study.study import Progress, StudyPlan, study
from tabletop.testing.making import numbered
from tests.report.reports import read_report

ALL = tuple(name for name, *_ in PARTS)


def studied(deck: Deck, games: int, *, stop: bool = False) -> StudyResult:
    plan = StudyPlan(
        deck, games, 3, parts=frozenset(MEASURES) - {"levers"}, against=deck
    )

    def tell(at: Progress) -> bool:
        return not (stop and at.done)

    with local_crew(1, "low") as crew:
        return study(plan, crew, tell)


@pytest.mark.parametrize("number", range(6))
def test_every_form_can_be_made_of_every_study(number: int) -> None:
    of = studied(numbered(number), 6 + number, stop=number % 3 == 2)
    assert read_report(page(report_of(of), style())).wrong == []
    assert plain(report_of(of)).startswith("# ")
    assert len(json.loads(as_json(of))["endings"]) == len(of.endings)
    for table in tables(of):
        assert as_csv(table).count("\n") >= len(table.rows) + 1
    for wide, whole in ((80, False), (160, True)):
        at = Page(wide, Signs(), Ink(), 5, whole)
        for line in lines(of, at, ALL if whole else ()):
            assert "tabletop " in line or width(line) <= wide, line


def test_two_decks_that_are_the_same_do_not_differ() -> None:
    of = studied(numbered(1), 10)
    assert of.against
    assert not any(change.sure for change in of.against)
    text = "\n".join(lines(of, Page(80, Signs(), Ink(), 0), ("against",)))
    assert f"0 of {len(of.against)} numbers changed by more than chance" in text
