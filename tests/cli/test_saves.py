"""`play`, `resume`, `log` and `verify`: a game is played, left, read and checked."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import TO_THE_END, Result, Shell

ALONE = ("--seat", "harbour=bot:first", "--seed", "1", "--plain")


def play(shell: Shell, typed: str = "", *, save: str = "game.jsonl") -> Result:
    return shell("play", "ferry.toml", *ALONE, "--save", save, typed=typed)


def test_a_game_is_left_and_taken_up(shell: Shell) -> None:
    begun = play(shell, "1\nq\n")
    assert begun.code == 0, begun.err
    assert "* " in begun.out
    assert begun.out.endswith(
        "Saved in game.jsonl\nGo on with: tabletop resume game.jsonl\n"
    )
    ended = shell("resume", "game.jsonl", "--plain", typed=TO_THE_END)
    assert ended.code == 0, ended.err
    assert "The end: Left behind" in ended.out
    assert shell("verify", "game.jsonl").code == 0


def test_a_whole_game_by_pipe_is_what_the_log_tells(shell: Shell) -> None:
    said = play(shell, TO_THE_END).out
    told = shell("log", "game.jsonl", "--seat", "crew").out
    heard = {line[2:] for line in said.splitlines() if line.startswith("* ")}
    assert heard
    assert heard <= {line.strip() for line in told.splitlines()}


def test_without_a_name_the_save_goes_to_the_folder(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "saves").mkdir()
    assert shell("play", "ferry.toml", *ALONE).code == 0
    assert [path.name[:6] for path in (tmp_path / "saves").iterdir()] == ["ferry-"]


def test_the_log_of_a_seat_keeps_the_others_secrets(shell: Shell) -> None:
    play(shell, TO_THE_END)
    assert "Nerves of the crew" in shell("log", "game.jsonl").out
    assert "Nerves of the crew" in shell("log", "game.jsonl", "--seat", "crew").out
    for seat in ("harbour", "public"):
        told = shell("log", "game.jsonl", "--seat", seat).out
        assert "People aboard" in told
        assert "Nerves" not in told
        assert "Nerves" not in shell("verify", "game.jsonl", "--seat", seat).out


@pytest.mark.parametrize("verb", ["log", "verify"])
def test_a_seat_that_is_not_there(shell: Shell, verb: str) -> None:
    play(shell)
    result = shell(verb, "game.jsonl", "--seat", "harbuor")
    assert result.code == 2
    assert "harbour, control" in result.err


@pytest.mark.parametrize("seat", ["crwe=person", "crew=clever", "control=absent"])
def test_a_seat_that_makes_no_sense(shell: Shell, tmp_path: Path, seat: str) -> None:
    result = shell("play", "ferry.toml", "--plain", "--seat", seat)
    assert result.code == 2
    assert "error: " in result.err
    assert "hint: " in result.err
    assert not list(tmp_path.rglob("*.jsonl"))


@pytest.mark.parametrize("verb", ["log", "verify", "resume"])
@pytest.mark.parametrize(
    "content", [None, "", "[]\n", '{"format": 1}\n', "\x00" * 100, '{"program"']
)
def test_what_is_no_save_is_4(
    shell: Shell, tmp_path: Path, verb: str, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "game.jsonl").write_text(content)
    plain = ["--plain"] if verb == "resume" else []
    result = shell(verb, "game.jsonl", *plain)
    assert result.code == 4
    assert "error: " in result.err


def test_a_state_that_differs_is_5(shell: Shell, tmp_path: Path) -> None:
    play(shell, "1\n0\n")
    path = tmp_path / "game.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    move = json.loads(lines[1])
    move["digest"] = "0" * len(move["digest"])
    lines[1] = json.dumps(move) + "\n"
    path.write_text("".join(lines), encoding="utf-8")
    result = shell("verify", "game.jsonl")
    assert result.code == 5
    assert "game.jsonl" in result.err


def test_every_save_is_verified_and_the_worst_decides(shell: Shell) -> None:
    play(shell)
    result = shell("verify", "missing.jsonl", "game.jsonl")
    assert result.code == 4
    assert "game.jsonl: The last ferry" in result.out


def test_a_screen_needs_a_terminal(shell: Shell, tmp_path: Path) -> None:
    for line in ([], ["play", "ferry.toml"], ["resume", "game.jsonl"]):
        result = shell(*line)
        assert result.code == 2
        assert "needs a terminal" in result.err
    assert not list(tmp_path.rglob("*.jsonl"))


def spawn(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tabletop", *arguments],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_interrupts if os.name == "posix" else None,
    )


def hear_interrupts() -> None:
    """A shell that runs the tests in its background has them ignore ^C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_save_that_is_open_elsewhere(shell: Shell, tmp_path: Path) -> None:
    play(shell)
    with spawn(tmp_path, "resume", "game.jsonl", "--plain") as other:
        assert other.stdout is not None
        other.stdout.readline()
        result = shell("resume", "game.jsonl", "--plain")
        read = shell("log", "game.jsonl")
        other.communicate("q\n")
    assert result.code == 4
    assert "open" in result.err
    assert read.code == 0


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_an_interrupt_keeps_the_game(shell: Shell, tmp_path: Path) -> None:
    arguments = ("play", "ferry.toml", *ALONE, "--save", "game.jsonl")
    with spawn(tmp_path, *arguments) as game:
        assert game.stdout is not None
        game.stdout.readline()
        game.send_signal(signal.SIGINT)
        _said, errors = game.communicate()
    assert game.returncode == 130
    assert "Traceback" not in errors
    assert shell("verify", "game.jsonl").code == 0


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_reader_that_leaves_early_is_no_error(shell: Shell, tmp_path: Path) -> None:
    shell("run", "tutorial", "--only", "0", "--save", "game.jsonl")
    with spawn(tmp_path, "log", "game.jsonl") as log:
        assert log.stdout is not None
        log.stdout.close()
        log.stdout = None
        _said, errors = log.communicate()
    assert log.returncode == 141
    assert errors == ""


@pytest.fixture
def torn(shell: Shell, tmp_path: Path) -> Path:
    """A save whose last line was cut off while it was written."""
    play(shell, "1\n0\n")
    path = tmp_path / "game.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    return path


@pytest.fixture
def damaged(shell: Shell, tmp_path: Path) -> Path:
    """A save with a line in its middle that cannot be read."""
    play(shell, "1\n0\n")
    path = tmp_path / "game.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], b"??\n", *lines[4:]]))
    return path


def test_a_torn_save_is_read_with_a_warning(shell: Shell, torn: Path) -> None:
    result = shell("log", torn.name)
    assert result.code == 0
    assert "The game begins" in result.out
    assert result.err.startswith("warning: The last line of game.jsonl")
    verified = shell("verify", torn.name)
    assert verified.code == 0, "a move that was never acknowledged is no damage"
    assert "warning: The last line" in verified.err


def test_a_torn_save_is_taken_up(shell: Shell, torn: Path) -> None:
    result = shell("resume", torn.name, "--plain", typed="1\n1\n")
    assert result.code == 0
    assert "set aside in game.jsonl.torn" in result.err
    assert torn.with_name("game.jsonl.torn").is_file()
    assert shell("verify", torn.name).code == 0


def test_a_damaged_save_is_read_up_to_the_damage(shell: Shell, damaged: Path) -> None:
    before = damaged.read_bytes()
    result = shell("resume", damaged.name, "--plain", typed="1\n")
    assert result.code == 0
    assert "game.jsonl:4:1" in result.err
    assert "! " in result.out
    assert damaged.read_bytes() == before
    assert shell("verify", damaged.name).code == 4


ASKING = """
[tracks.calm]
label = "Calm"
start = 5

[cards.whistle]
team = "crew"
title = "Blow the whistle"
cost = 0
limit = 1
ask = [ { team = "harbour", prompt = "Let them run?", options = [
    { id = "run", label = "Let them run", effects = ["calm -= 2"] },
    { id = "walk", label = "Make them walk", requires = "calm > 50" } ] } ]
roll = { dice = "1d6", table = [
    { to = 3, text = "A gust.", effects = ["calm -= 1"] },
    { text = "Still air." } ] }
lasting = { rounds = 1, effects = ["calm += 1"] }
"""


def test_questions_and_dice_at_the_plain_table(shell: Shell, tmp_path: Path) -> None:
    deck = tmp_path / "asking.toml"
    deck.write_text((tmp_path / "ferry.toml").read_text() + ASKING, encoding="utf-8")
    both = ("--seat", "control=auto", "--seed", "1", "--save", "game.jsonl")
    typed = "\nv 2\np 2\n2 to hurry\n\nw calm\n1\n\n"
    result = shell("play", "asking.toml", "--plain", *both, typed=typed)
    assert result.code == 0, result.err
    for line in (
        "  Asks: Harbour",
        "    ≤3, 50 %: A gust. (Calm down 1)",
        "Crew asks Harbour:\n  Let them run?\n",
        "  Let them run: Calm down 2.\n",
        "  Make them walk: no effect of its own. Closed: ",
        "Answer: Let them run",
        "        > to hurry\n",
    ):
        assert line in result.out, line
