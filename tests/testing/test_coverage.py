"""Coverage counts as studies count, and says what is missing where it stands."""

from pathlib import Path

import pytest

from tabletop.bots.bulk import play_one, policy_codes
from tabletop.deck.deck import Deck
from tabletop.deck.render import painter
from tabletop.engine.census_things import things
from tabletop.engine.gear import gear
from tabletop.engine.ledger import countable
from tabletop.engine.program import seed_key
from tabletop.testing.coverage import Collector, Seen, of_tests
from tabletop.testing.files import TestFile, read
from tabletop.testing.making import numbered
from tabletop.testing.report import coverage, missing, percent
from tabletop.testing.runner import run_case
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck

DECK = """\
format = 1
id = "ferry"
title = "Ferry"
rounds = { count = 2, ending = "late" }

[teams.crew]
name = "Crew"
points = 3

[tracks.aboard]
label = "Aboard"
start = 0

[cards.board]
team = "crew"
title = "Board"
requires = "aboard < 50 and (round == 1 or not aboard > 20)"
effects = ["aboard += 30"]

[cards.wait]
team = "crew"
title = "Wait"
roll = { dice = "1d6", table = [{ to = 3, text = "Calm." }, { text = "Gale." }] }

[rules.crowd]
at = "after_play"
when = "aboard >= 30"
effects = ["crew.points -= 1"]

[endings.late]
title = "Late"

[endings.sunk]
title = "Sunk"
when = "aboard > 90"
"""
TESTS = """\
deck = "ferry.toml"

[[test]]
name = "once"
steps = [
  { team = "crew", play = "board", then = { aboard = 30 } },
  { team = "crew", play = "wait", roll = [2] },
]

[[test]]
name = "late"
steps = [{ advance = "end" }]
expect = { ending = "late" }
"""


@pytest.fixture
def ferry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestFile:
    monkeypatch.chdir(tmp_path)
    Path("ferry.toml").write_text(DECK, encoding="utf-8")
    Path("ferry.test.toml").write_text(TESTS, encoding="utf-8")
    return read(Path("ferry.test.toml"))


def seen(file: TestFile) -> list[tuple[str, Seen]]:
    found = []
    for case in file.cases:
        collector = Collector(file.deck)
        assert run_case(file, case, tracer=collector).failure is None
        found.append((case.name, collector.seen()))
    return found


def some_decks() -> list[Deck]:
    return [deck(TUTORIAL), deck(BRIGHT_DAYS), *map(numbered, range(12))]


@pytest.mark.parametrize("number", range(14))
def test_games_are_counted_as_studies_count_them(number: int) -> None:
    played = some_decks()[number]
    ready = countable(played)
    collector = Collector(played)
    for game in range(3):
        collector(play_one(played, 5, game, {}).tree)
    census = gear("low").count(ready, seed_key(5), 0, 3, policy_codes(played, {}))
    counts = [count for kind in census.seen.values() for count in kind]
    found = collector.seen()
    assert found.reached == {i for i, count in enumerate(counts) if count.hits}
    # Every team that may move looks at its cards, not only the one that does.
    assert found.held >= {i for i, (yes, _) in enumerate(census.terms) if yes}
    assert found.failed >= {i for i, (_, no) in enumerate(census.terms) if no}
    assert found.reached


def test_what_tests_reach_and_what_they_miss(ferry: TestFile) -> None:
    found = of_tests(ferry.deck, "ferry.toml", seen(ferry))
    by_name = {f"{thing.kind} {thing.name}": thing for thing in found.things}
    assert by_name["card board"].tests == ("once",)
    assert by_name["ending late"].tests == ("late",)
    lacking = {name: thing.missing for name, thing in by_name.items() if thing.missing}
    assert lacking == {
        "row wait.row2": "never",
        "ending sunk": "never",
        "term cards.board.requires#1": "never false",
        "term rules.crowd.when#1": "never false",
        "term endings.sunk.when#1": "never true",
    }
    assert by_name["term cards.board.requires#2"].tests == (
        "once: true", "late: true", "late: false",
    )  # fmt: skip


def test_shares_by_kind_and_of_everything_but_terms(ferry: TestFile) -> None:
    found = of_tests(ferry.deck, "ferry.toml", seen(ferry))
    assert (found.share("card"), found.share("row")) == (1.0, 0.5)
    assert found.share() == 5 / 7
    assert found.share("inject") == 1.0  # of none, none is missing
    assert of_tests(ferry.deck, "ferry.toml", []).share() == 0.0


def test_places_are_those_of_the_deck_s_files(ferry: TestFile) -> None:
    found = of_tests(ferry.deck, "ferry.toml", [])
    lines = DECK.splitlines()
    for thing in found.things:
        assert thing.place is not None
        line = lines[thing.place.line - 1]
        marked = line[thing.place.column - 1 : thing.place.end_column - 1]
        assert marked == thing.text if thing.kind == "term" else marked, thing
        if thing.kind in ("card", "rule", "ending"):
            assert marked.endswith(f"s.{thing.name}]")


def test_places_in_a_deck_of_several_files() -> None:
    played = deck(BRIGHT_DAYS)
    found = of_tests(played, BRIGHT_DAYS, [])
    assert len(found.things) == len(things(played, countable(played).program))
    for thing in found.things:
        assert thing.place is not None
        source = Path(thing.place.file).read_text("utf-8").splitlines()
        assert source[thing.place.line - 1] == thing.place.source


def test_the_report_names_each_kind_and_what_is_missing(ferry: TestFile) -> None:
    found = of_tests(ferry.deck, "ferry.toml", seen(ferry))
    lines = list(coverage(found, painter(color=False)))
    assert "  cards        2 of 2       100 %" in lines
    assert "  rows         1 of 2        50 %" in lines
    place = found.things[[t.name for t in found.things].index("wait.row2")].place
    assert place is not None
    line = f"  ferry.toml:{place.line}:{place.column}: row wait.row2: never (Gale.)"
    assert line in lines
    assert len(list(missing(found))) == 5
    short = list(coverage(found, painter(color=False), most=1))
    assert "  and 2 more of terms" in short


@pytest.mark.parametrize("total", [3, 7, 1_000, 99_999])
def test_a_share_is_never_rounded_up_to_all(total: int) -> None:
    assert percent((total - 1) / total) != "100 %"
    assert (percent(total / total), percent(0.0)) == ("100 %", "0 %")
