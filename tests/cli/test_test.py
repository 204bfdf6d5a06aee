"""`tabletop test`: what is run, what is told, and what scripts and CI rely on."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tabletop.session.replaying import Replay
from tests.cli.conftest import Shell

TESTS = """\
deck = "ferry.toml"

[[test]]
name = "the door opens"
steps = [{ team = "crew", play = "board", then = { aboard = 30 } }]

[[test]]
name = "hurry & <haste>"
start = { aboard = 90 }
steps = [
  { team = "crew", pass = true },
  { team = "harbour", play = "hurry", then = { aboard = 95 } },
]

[[always]]
that = "aboard <= 100"
games = 3

[[chance]]
ending = "left_behind"
between = [0.5, 1.0]
runs = 50
"""
GOOD = TESTS.replace("= 95", "= 100")


@pytest.fixture
def tests(shell: Shell) -> Path:
    """A file with a test that fails, beside its deck."""
    path = Path("ferry.test.toml")
    path.write_text(TESTS, encoding="utf-8")
    return path


@pytest.fixture
def good(tests: Path) -> Path:
    """The same file, with nothing that fails."""
    tests.write_text(GOOD, encoding="utf-8")
    return tests


def test_all_is_well(shell: Shell, good: Path) -> None:
    result = shell("test", "ferry.toml")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[0] == "ferry.test.toml"
    assert result.out.splitlines()[-1] == "4 tests: 4 passed"
    assert "  ok     the door opens\n" in result.out
    assert "\x1b" not in result.out


def test_a_failure_is_shown_in_full(shell: Shell, tests: Path) -> None:
    result = shell("test", "ferry.test.toml")
    line = TESTS.splitlines().index(
        '  { team = "harbour", play = "hurry", then = { aboard = 95 } },'
    )
    assert result.code == 1
    assert f"ferry.test.toml:{line + 1}:" in result.out
    assert "^ aboard: expected 95, found 100" in result.out
    assert "Hurry them along" in result.out
    assert result.out.splitlines()[-1] == "4 tests: 3 passed, 1 failed"


def test_what_a_failure_says_to_run_runs_it_alone(shell: Shell, tests: Path) -> None:
    out = shell("test", ".").out
    [command] = re.findall(r"again: tabletop (.*)", out)
    arguments = re.findall(r"'([^']*)'|(\S+)", command)
    result = shell(*("".join(each) for each in arguments))
    assert result.code == 1
    assert result.out.splitlines()[-1] == "1 test: 1 failed"


def test_what_to_run_names_the_seed_that_was_asked_for(
    shell: Shell, tests: Path
) -> None:
    tests.write_text(f'{TESTS}\n[[never]]\nthat = "aboard > 70"\n', encoding="utf-8")
    out = shell("test", ".", "--seed", "12").out
    found = re.findall(r"again: (.*)", out)
    assert [each.count("--seed 12") for each in found] == [1, 1]
    assert [each.split()[1] for each in found] == ["test", "run"]


@pytest.mark.parametrize(
    ("more", "names"),
    [
        (("-k", "door"), ["the door opens"]),
        (("-k", "not test"), []),
        (("-k", "always or chance"), ["aboard <= 100", "left_behind"]),
        (("--shard", "2/3"), ["hurry & <haste>"]),
        (("-k", "the door opens or always", "--shard", "2/2"), ["aboard <= 100"]),
    ],
)  # fmt: skip
def test_the_choice_of_tests(
    shell: Shell, good: Path, more: tuple[str, ...], names: list[str]
) -> None:
    result = shell("test", ".", "--list", *more)
    assert [line.split(": ", 2)[2] for line in result.out.splitlines()] == names
    assert result.code == (0 if names else 2)


def test_every_shard_together_runs_everything_once(shell: Shell, good: Path) -> None:
    out = [shell("test", ".", "--shard", f"{i}/3").out for i in (1, 2, 3)]
    ran = [line for text in out for line in text.splitlines() if "  ok " in line]
    whole = shell("test", ".").out.splitlines()
    assert sorted(ran) == sorted(line for line in whole if "  ok " in line)


@pytest.mark.parametrize(
    "more",
    [
        ("-k", "nothing is called so"), ("-k", "(door"), ("--shard", "5/5"),
        ("nowhere",), ("empty",),
    ],
)  # fmt: skip
def test_nothing_to_run_is_no_success(
    shell: Shell, good: Path, more: tuple[str, ...]
) -> None:
    Path("empty").mkdir()
    result = shell("test", ".", *more)
    assert result.code == 2
    assert result.err.startswith("error: ")
    assert "hint: " in result.err


@pytest.mark.parametrize(
    "more",
    [
        ("--shard", "0/3"), ("--shard", "4/3"), ("--shard", "x"), ("--shard", "1/2/3"),
        ("--fail-under", "101"), ("--fail-under", "card=1"), ("--fail-under", "=1"),
        ("--fail-under", "nan"), ("--workers", "0"), ("--format", "yaml"),
    ],
)  # fmt: skip
def test_values_that_make_no_sense(
    shell: Shell, good: Path, more: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        shell("test", ".", *more)
    assert stopped.value.code == 2


def test_the_first_failure_may_be_the_last(shell: Shell, tests: Path) -> None:
    result = shell("test", ".", "--fail-fast")
    assert result.code == 1
    assert result.out.splitlines()[-1] == "2 tests: 1 passed, 1 failed, 2 not run"


def test_a_file_with_errors_fails_and_others_run(shell: Shell, good: Path) -> None:
    Path("bad.test.toml").write_text(
        GOOD.replace("steps =", "stepps =", 1), encoding="utf-8"
    )
    result = shell("test", ".")
    assert result.code == 1
    assert "bad.test.toml:5:1" in result.out
    assert "did you mean `steps`?" in result.out
    assert result.out.splitlines()[-1] == "5 tests: 4 passed, 1 failed"
    listed = shell("test", ".", "--list")
    assert listed.code == 1
    assert "bad.test.toml:5:1" in listed.err


def test_a_deck_that_can_t_be_used_is_told_with_its_place(
    shell: Shell, good: Path
) -> None:
    Path("ferry.toml").write_text("format = 1\n", encoding="utf-8")
    result = shell("test", ".", "--format", "concise")
    assert result.code == 1
    assert result.out.startswith("ferry.test.toml:1:8: failed[file]: T001")


def test_workers_change_nothing(shell: Shell, tests: Path) -> None:
    alone, together = (
        shell("test", ".", "--workers", workers, "--coverage", "--format", "json")
        for workers in ("1", "2")
    )
    assert alone.code == together.code == 1
    assert alone.out == together.out


# --- formats


def test_json_is_stable_and_whole(shell: Shell, tests: Path) -> None:
    result = shell("test", ".", "--format", "json")
    found = json.loads(result.out)
    assert (found["format"], found["ok"], found["failed"]) == (1, False, 1)
    assert [test["passed"] for test in found["tests"]] == [True, False, True, True]
    failure = found["tests"][1]["failure"]
    assert failure["difference"] == ["aboard: expected 95, found 100"]
    assert failure["file"] == "ferry.test.toml"
    assert found["tests"][0]["moves"] == [
        {"kind": "play", "team": "crew", "item": "board"}
    ]
    assert shell("test", ".", "--format", "json").out == result.out


def test_concise_is_a_line_for_each_failure(shell: Shell, tests: Path) -> None:
    first, last = shell("test", ".", "--format", "concise").out.splitlines()
    assert re.match(r"ferry\.test\.toml:\d+:\d+: failed\[test\]: hurry", first)
    assert last == "4 tests: 3 passed, 1 failed"


def test_github_shows_failures_at_their_lines(shell: Shell, tests: Path) -> None:
    Path("odd,na:me.test.toml").write_text(TESTS, encoding="utf-8")
    lines = shell("test", ".", "--format", "github").out.splitlines()
    commands = [line for line in lines if line.startswith("::error ")]
    assert len(commands) == 2
    assert commands[0].startswith("::error file=ferry.test.toml,line=12,col=")
    assert "file=odd%2Cna%3Ame.test.toml" in commands[1]
    assert "expected 95, found 100%0A" in commands[0]


@pytest.mark.parametrize("to_file", [False, True])
def test_junit(shell: Shell, tests: Path, to_file: bool) -> None:
    tests.write_text(TESTS.replace("hurry &", "hurry \\u0007 &"), encoding="utf-8")
    if to_file:
        result = shell("test", ".", "--junit", "out/junit.xml")
        text = Path("out/junit.xml").read_text(encoding="utf-8")
        assert result.out.endswith("1 failed\n")
    else:
        text = shell("test", ".", "--format", "junit").out
    root = ElementTree.fromstring(text)
    assert (root.get("tests"), root.get("failures")) == ("4", "1")
    [suite] = root.findall("testsuite")
    cases = suite.findall("testcase")
    assert suite.get("name") == "ferry.test.toml"
    assert [len(case.findall("failure")) for case in cases] == [0, 1, 0, 0]
    assert cases[1].get("name") == "hurry \ufffd & <haste>"
    assert "aboard: expected 95, found 100" in (cases[1].findtext("failure") or "")


# --- coverage


def test_coverage_tells_what_is_missing(shell: Shell, good: Path) -> None:
    result = shell("test", ".", "--coverage", "-k", "door")
    assert result.code == 0
    assert "  cards        1 of 2        50 %" in result.out
    assert re.search(r"ferry\.toml:\d+:1: card hurry: never", result.out)


@pytest.mark.parametrize(
    ("floor", "code"),
    [("50", 1), ("33", 0), ("cards=50", 0), ("cards=50.1", 1), ("rules=100", 0)],
)
def test_too_little_coverage_fails(
    shell: Shell, good: Path, floor: str, code: int
) -> None:
    result = shell("test", ".", "-k", "door", "--fail-under", floor)
    assert result.code == code
    assert ("problem: coverage of ferry.toml" in result.out) == (code == 1)


def test_problems_stand_in_every_format(shell: Shell, good: Path) -> None:
    more = ("test", ".", "-k", "door", "--fail-under", "endings=100", "--format")
    found = json.loads(shell(*more, "json").out)
    assert not found["ok"]
    assert "0 % of endings" in found["problems"][0]
    assert found["coverage"][0]["shares"] == {
        "cards": 0.5, "endings": 0.0,
    }  # fmt: skip
    root = ElementTree.fromstring(shell(*more, "junit").out)
    assert root.get("failures") == "1"
    assert "::error title=Deck tests::coverage" in shell(*more, "github").out


# --- keeping games


def test_the_game_of_a_failing_test_can_be_replayed(shell: Shell, tests: Path) -> None:
    result = shell("test", ".", "--save", "kept")
    [path] = Path("kept").iterdir()
    assert f"tabletop replay {path}" in result.out
    replay = Replay.open(path)
    try:
        view = replay.view(replay.main)
        assert {track.id: track.value for track in view.tracks}["aboard"] == 100
        assert len(replay.moments()) == 3
    finally:
        replay.close()
    assert shell("verify", str(path)).code == 0


def test_no_game_is_kept_when_all_is_well(shell: Shell, good: Path) -> None:
    assert shell("test", ".", "--save", "kept").code == 0
    assert not list(Path("kept").iterdir())


def test_an_interrupt_reports_what_was_done(shell: Shell, good: Path) -> None:
    slow = GOOD.replace("runs = 50", "runs = 1000000").replace("games = 3", "games = 1")
    good.write_text(slow.replace("[0.5, 1.0]", '[0.5, 1.0]\npolicy = "search:1000"'))
    command = [sys.executable, "-m", "tabletop", "test", "."]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        try:
            while "always" not in process.stdout.readline():
                pass
            process.send_signal(signal.SIGINT)
            rest, _ = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130
    assert rest.splitlines()[-1] == "3 tests: 3 passed, 1 not run"


def test_names_are_text_and_no_commands(shell: Shell, tests: Path) -> None:
    name = '"[/b]\\u001b[2Jwiped\\u202e"'
    text = TESTS.replace('"hurry & <haste>"', name)
    tests.write_text(text, encoding="utf-8")
    for more in ((), ("--list",), ("--format", "github"), ("--color",)):
        out = shell("test", ".", *more).out
        assert "wiped" in out
        assert "\x1b[2J" not in out
        assert "\u202e" not in out


def test_the_way_to_what_is_reached_is_told(shell: Shell, good: Path) -> None:
    good.write_text(f'{GOOD}\n[[reach]]\nwhere = ["aboard == 80"]\n')
    short = shell("test", ".", "-k", "reach").out
    assert "(reached in round" in short
    assert "crew: play board" not in short
    long = shell("test", ".", "-k", "reach", "-v").out
    assert long.count("crew: play board") >= 1
    assert "again: tabletop " in long
