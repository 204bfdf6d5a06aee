"""Compared groups in a real browser: nothing is asked for, and each line is seen."""

from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.report.aar.page import page
from tabletop.report.comparing.comparison import compare, read_groups
from tabletop.report.comparing.report import report_of
from tabletop.report.svg import HUES
from tests.report.browser import MISSING, Browser, found
from tests.report.test_comparing import BRIGHT_DAYS

pytestmark = pytest.mark.skipif(found() is None, reason=MISSING)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    program = found()
    assert program is not None
    return Browser(program, tmp_path_factory.mktemp("browser"))


def written(tmp_path: Path, times: int, first: int = 0) -> Path:
    """The page of the sample groups, each so many times, from one of its sections."""
    groups, _ = read_groups(BRIGHT_DAYS * times)
    report = report_of(compare(groups))
    path = tmp_path / "groups.html"
    part = replace(report, sections=report.sections[first:])
    path.write_text(page(part), encoding="utf-8")
    return path


def test_each_groups_lines_are_seen_and_nothing_is_asked_for(
    browser: Browser, tmp_path: Path
) -> None:
    picture, asked = browser.picture(written(tmp_path, 1, 1), 1280, 900)
    assert asked == []
    for hue in HUES[: len(BRIGHT_DAYS)]:
        assert picture.longest(hue) >= 2, hue
    assert picture.longest(HUES[len(BRIGHT_DAYS) + 1]) == 0


def test_the_tables_of_a_dozen_groups_stay_on_the_page(
    browser: Browser, tmp_path: Path
) -> None:
    picture, _ = browser.picture(written(tmp_path, 4, 4), 1024, 1_500)
    assert picture.columns(984, 1022) <= {"ffffff", "f2f3f1"}
