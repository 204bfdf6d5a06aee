"""pytest collects deck tests, and pays nothing where there are none."""

import subprocess
import sys

import pytest

from tabletop.testing import report, runner

pytest_plugins = ("pytester",)

DECK = """\
format = 1
id = "ferry"
title = "Ferry"
rounds = { count = 2, ending = "late" }
teams = { crew = { name = "Crew" } }
tracks = { aboard = { label = "Aboard", start = 0 } }
endings = { late = { title = "Late" } }

[cards.board]
team = "crew"
title = "Board"
effects = ["aboard += 30"]
"""
TESTS = """\
deck = "ferry.toml"

[[test]]
name = "the door opens"
steps = [{ team = "crew", play = "board", then = { aboard = 30 } }]

[[test]]
name = "it opens twice"
steps = [
  { team = "crew", play = "board" },
  { team = "crew", play = "board", then = { aboard = 50 } },
]

[[always]]
that = "aboard <= 100"
games = 2

[[always]]
that = "aboard <= 100"
games = 2
"""
LOADED = report, runner
"""What pytest in pytest would else load and forget each time."""
QUIET = ("-q", "-p", "no:cacheprovider", "-p", "no:cov")


@pytest.fixture
def ferry(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with a deck and its tests, one of which fails."""
    pytester.makeini(
        "[pytest]\nfilterwarnings = error\nstrict_markers = true\n"
        "asyncio_default_fixture_loop_scope = function\n"
    )
    pytester.path.joinpath("ferry.toml").write_text(DECK, encoding="utf-8")
    pytester.path.joinpath("ferry.test.toml").write_text(TESTS, encoding="utf-8")
    return pytester


def test_a_failure_reads_as_the_deck_s_author_wrote_it(ferry: pytest.Pytester) -> None:
    result = ferry.runpytest_inprocess(*QUIET)
    result.assert_outcomes(passed=3, failed=1)
    text = result.stdout.str()
    line = TESTS.splitlines().index(
        '  { team = "crew", play = "board", then = { aboard = 50 } },'
    )
    assert f"--> ferry.test.toml:{line + 1}:" in text
    assert "aboard: expected 50, found 60" in text
    assert "FAILED ferry.test.toml::it opens twice" in text
    assert "Traceback" not in text
    assert ".py:" not in text


@pytest.mark.parametrize(
    ("more", "passed"),
    [
        (("-k", "door"), 1), (("-k", "always"), 2),
        (("ferry.test.toml::the door opens",), 1),
    ],
)  # fmt: skip
def test_tests_are_chosen_as_others_are(
    ferry: pytest.Pytester, more: tuple[str, ...], passed: int
) -> None:
    result = ferry.runpytest_inprocess(*QUIET, *more)
    left_out = 0 if "::" in more[0] else 4 - passed
    result.assert_outcomes(passed=passed, deselected=left_out)


def test_names_are_unique(ferry: pytest.Pytester) -> None:
    result = ferry.runpytest_inprocess(*QUIET, "--collect-only")
    names = [line for line in result.outlines if "::" in line]
    assert len(names) == len(set(names)) == 4


def test_they_stand_beside_tests_in_python(ferry: pytest.Pytester) -> None:
    ferry.makepyfile("def test_one():\n    pass\n")
    ferry.runpytest_inprocess(*QUIET).assert_outcomes(passed=4, failed=1)


@pytest.mark.parametrize("switch", ["option", "setting"])
def test_they_can_be_switched_off(ferry: pytest.Pytester, switch: str) -> None:
    more = ("--no-deck-tests",) if switch == "option" else ("-o", "tabletop_decks=no")
    result = ferry.runpytest_inprocess(*QUIET, *more)
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_file_with_errors_is_told_with_its_line(ferry: pytest.Pytester) -> None:
    wrong = TESTS.replace("steps =", "stepps =", 1)
    ferry.path.joinpath("ferry.test.toml").write_text(wrong, encoding="utf-8")
    result = ferry.runpytest_inprocess(*QUIET)
    result.assert_outcomes(errors=1)
    text = result.stdout.str()
    assert "--> ferry.test.toml:5:1" in text
    assert "did you mean `steps`?" in text
    assert "Traceback" not in text


def test_other_processes_run_them(ferry: pytest.Pytester) -> None:
    ferry.makeini("[pytest]\n")
    without = ("-p", "no:hypothesispytest", "-p", "no:asyncio", "-k", "opens")
    result = ferry.runpytest_subprocess(*QUIET, *without, "-n", "1")
    result.assert_outcomes(passed=1, failed=1)


def test_nothing_is_loaded_where_there_is_none() -> None:
    code = (
        "import sys, pytest\nbefore = set(sys.modules)\n"
        "import tabletop.testing.plugin\n"
        "print(sorted(n for n in set(sys.modules) - before if 'tabletop' in n))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = ["tabletop", "tabletop.testing", "tabletop.testing.plugin"]
    assert done.stdout.strip() == str(loaded)
