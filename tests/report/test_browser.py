"""A report in a real browser: it asks nobody for anything, and its charts are seen."""

import re
from pathlib import Path

import pytest

from tabletop.report.style import COLORS
from tabletop.report.svg import HUES, TONES
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tests.report.browser import MISSING, Browser, Picture, found
from tests.report.reports import EXERCISE, forms

pytestmark = pytest.mark.skipif(found() is None, reason=MISSING)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    program = found()
    assert program is not None
    return Browser(program, tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The facilitator's report of the sample exercise, with turning points."""
    session = Session.open(EXERCISE, read_only=True)
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(forms(session, CONTROL, 4)[0], encoding="utf-8")
    session.close()
    return path


@pytest.fixture(scope="module")
def seen(browser: Browser, page: Path) -> tuple[Picture, list[str]]:
    return browser.picture(page, 1280, 9_000)


def test_it_asks_for_nothing(seen: tuple[Picture, list[str]]) -> None:
    assert seen[1] == []


def test_what_a_page_asks_for_is_noticed_and_its_policy_forbids_it(
    browser: Browser, page: Path, tmp_path: Path
) -> None:
    """So that the test above could fail, and that there are two locks on the door."""
    policy = re.findall(r"<meta http-equiv[^>]*>", page.read_text(encoding="utf-8"))
    for head, noticed in (("", True), ("".join(policy), False)):
        bad = tmp_path / "bad.html"
        bad.write_text(f"{head}<img src=http://127.0.0.1:9/spy.png>", encoding="utf-8")
        asked = browser.open(bad, f"--screenshot={tmp_path / 'bad.png'}")
        assert any("spy.png" in address for address in asked) == noticed


def test_scores_are_bars_as_long_as_the_scores(
    seen: tuple[Picture, list[str]],
) -> None:
    picture = seen[0]
    scores = {"red": 21, "blue": 41, "yellow": 58, "violet": 70}
    lengths = {color: picture.longest(COLORS[color]) for color in scores}
    assert lengths["violet"] > 300
    unit = lengths["violet"] / scores["violet"]
    for color, score in scores.items():
        assert lengths[color] == pytest.approx(score * unit, abs=3)


def test_tracks_lie_before_their_bands(seen: tuple[Picture, list[str]]) -> None:
    for tone in ("good", "warn", "bad", "neutral"):
        assert seen[0].longest(TONES[tone]) > 60, tone


def test_the_shares_of_endings_are_seen(
    browser: Browser, page: Path, tmp_path: Path
) -> None:
    """The section alone, at the top of a page of its own."""
    html = page.read_text(encoding="utf-8")
    head, sections = html.split("<main>")[0], html.split("<section>")
    [turned] = [each for each in sections if "Turning points" in each[:80]]
    alone = tmp_path / "alone.html"
    alone.write_text(f"{head}<main><section>{turned}", encoding="utf-8")
    picture, _ = browser.picture(alone, 1280, 1_600)
    assert picture.longest(blended(HUES[0], 0.55)) > 200
    assert picture.longest(blended(HUES[1], 0.55)) > 15


def blended(color: str, share: float) -> str:
    """A colour that lies with some share of it on white paper."""
    parts = bytes.fromhex(color.removeprefix("#"))
    return bytes(round(255 + (part - 255) * share) for part in parts).hex()


@pytest.mark.parametrize("wide", [1280, 1024, 760])
def test_nothing_runs_over_the_edge(browser: Browser, page: Path, wide: int) -> None:
    picture, _ = browser.picture(page, wide, 3_000)
    assert picture.wide == wide
    assert picture.columns(wide - 40, wide - 2) <= {"ffffff", "f2f3f1"}


def test_it_prints_on_pages_of_a4(browser: Browser, page: Path) -> None:
    raw = browser.printed(page)
    pages = len(re.findall(rb"/Type\s*/Page\b", raw))
    sizes = set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", raw))
    assert 5 < pages < 60
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(595, 842)}
