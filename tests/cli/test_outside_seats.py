"""Programs from outside, from the command line: attached there, and nowhere else."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tabletop.session.session import Session
from tabletop.tui.shelf import Shelf
from tests.bots.players import LONG, SHELL, all_gone, nasty
from tests.cli.conftest import TO_THE_END, Result, Shell

HARBOUR = ("--seat", "harbour=person", "--seed", "1", "--plain")


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """A file that the player makes as it starts."""
    return tmp_path / "started"


def marking(mark: Path) -> str:
    """A player that tells that it was started."""
    player = SHELL.removeprefix("exec:")
    return f"exec:sh -c {shlex.quote(f'touch {mark}; exec {player}')}"


def play(shell: Shell, who: str, *more: str, typed: str = TO_THE_END) -> Result:
    words = ("--save", "game.jsonl", "--seat", f"crew={who}", *HARBOUR, *more)
    return shell("play", "ferry.toml", *words, typed=typed)


def test_a_program_and_a_person_play_a_game(shell: Shell, mark: Path) -> None:
    said = play(shell, marking(mark))
    assert said.code == 0, said.err
    assert "Crew plays Open the bow door" in said.out
    assert "The end: Left behind" in said.out
    assert mark.exists()
    assert shell("verify", "game.jsonl").code == 0


def test_a_save_never_starts_a_program(shell: Shell, mark: Path) -> None:
    play(shell, marking(mark), typed="q\n")
    save = Path("game.jsonl")
    assert "touch" in save.read_text("utf-8")
    mark.unlink()
    for verb in ("verify", "log", "msel", "report", "replay"):
        more = ("--plain",) if verb == "replay" else ()
        assert shell(verb, "game.jsonl", *more, typed="q\n").code == 0
    Shelf().saves()
    Session.open(save, read_only=True).close()
    Session.open(save).close()
    assert not mark.exists()
    copy = Path("copy.jsonl")
    copy.write_bytes(save.read_bytes())
    resumed = Shelf().resume(copy)
    assert resumed.seats["crew"] == "bot:greedy"
    assert "never starts a program by itself" in resumed.warnings[-1]
    resumed.close()
    said = shell("resume", "game.jsonl", "--plain", typed=TO_THE_END)
    assert said.err.count("never starts a program by itself") == 1
    assert "The end: Left behind" in said.out
    assert not mark.exists()
    assert "Crew: the bot greedy plays" in shell("log", "game.jsonl").out


def test_a_game_that_is_over_is_only_looked_at(shell: Shell, mark: Path) -> None:
    play(shell, marking(mark))
    mark.unlink()
    before = Path("game.jsonl").read_bytes()
    said = shell("resume", "game.jsonl", "--plain", typed="q\n")
    assert (said.code, said.err) == (0, "")
    assert Path("game.jsonl").read_bytes() == before
    assert not mark.exists()


def test_a_save_does_not_hide_an_unattached_program_from_play(
    shell: Shell, mark: Path
) -> None:
    """Whatever opens a save to play it: a stand-in takes the seat when it must act."""
    play(shell, marking(mark), typed="q\n")
    mark.unlink()
    session = Session.open(Path("game.jsonl"))
    while session.seats["crew"] != "bot:greedy":
        if not session.bot_moves():
            session.submit("harbour", session.view("harbour").moves[-1].move)
    assert session.seats["crew"] == "bot:greedy"
    assert not mark.exists()
    session.close()


def test_resume_attaches_a_program_or_gives_a_seat_to_anybody(
    shell: Shell, mark: Path
) -> None:
    play(shell, marking(mark), typed="q\n")
    mark.unlink()
    other = ("--seat", f"crew={marking(mark)}")
    said = shell("resume", "game.jsonl", "--plain", *other, typed="1\nq\n")
    assert (said.code, said.err) == (0, "")
    assert mark.exists()
    mark.unlink()
    seats = ("--seat", "crew=bot:first", "--seat", "harbour=bot:random")
    said = shell("resume", "game.jsonl", "--plain", *seats)
    assert "The end: Left behind" in said.out
    assert not mark.exists()


def test_seats_are_changed_so_that_no_team_is_left_alone(shell: Shell) -> None:
    play(shell, "bot:first", typed="q\n")
    away = ("--seat", "crew=absent", "--seat", "control=person")
    assert shell("resume", "game.jsonl", "--plain", *away, typed="q\n").code == 0
    back = ("--seat", "control=auto", "--seat", "crew=bot:first")
    assert shell("resume", "game.jsonl", "--plain", *back, typed="q\n").code == 0
    said = shell("resume", "game.jsonl", "--plain", "--seat", "crew=absent")
    assert said.code == 2
    assert "needs a person as control" in said.err


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--seat", "crew=exec:no-such-program"], "no program 'no-such-program'"),
        (["--seat", "crew=exec:"], "'exec:' can't sit at crew"),
        (["--seat", "control=exec:true"], "can't sit at control"),
        (["--seat", "crew=exec:true", "--stand-in", "exec:true"], "can't stand in"),
        (["--stand-in", "nobody"], "'nobody' can't sit"),
    ],
)
def test_what_can_not_be_is_refused_before_anything_is_begun(
    shell: Shell, words: list[str], found: str
) -> None:
    said = refused(shell, "play", "ferry.toml", "--save", "x.jsonl", *words)
    assert found in said
    assert not Path("x.jsonl").exists()
    play(shell, "bot:first", typed="q\n")
    before = Path("game.jsonl").read_bytes()
    assert found in refused(shell, "resume", "game.jsonl", *words)
    assert Path("game.jsonl").read_bytes() == before


def refused(shell: Shell, *words: str) -> str:
    """What is said of a command line that is no use."""
    said = shell(*words, "--plain")
    assert said.code == 2
    return said.err


def test_the_plain_table_tells_that_a_program_failed(
    shell: Shell, tmp_path: Path
) -> None:
    said = play(shell, nasty("kills itself", tmp_path / "pids"))
    failed = (
        "! Crew's player failed: it was ended by SIGKILL. Now the bot greedy plays."
    )
    assert said.out.count(failed) == 1
    assert "The end: Left behind" in said.out
    assert all_gone(tmp_path / "pids")


def test_control_acts_for_a_team_whose_program_failed(
    shell: Shell, tmp_path: Path
) -> None:
    who = nasty("dies", tmp_path / "pids")
    said = play(shell, who, "--seat", "control=person", typed="\n" * 3 + "l\nq\n")
    assert "exit status 3. Now control acts for the team." in said.out


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_programs_end_with_this_one(number: int, shell: Shell, tmp_path: Path) -> None:
    assert shell("schema").code == 0
    pids = tmp_path / "pids"
    words = [sys.executable, "-m", "tabletop", "play", "ferry.toml", "--plain"]
    seats = ["--seat", f"crew={nasty('ignores signals', pids)}"]
    process = subprocess.Popen(
        [*words, *seats, "--save", "game.jsonl"], cwd=tmp_path,
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # ignored by nohup
    )  # fmt: skip
    with process:
        until = time.monotonic() + LONG
        while not (pids.exists() and pids.read_text("utf-8").endswith("\n")):
            assert time.monotonic() < until
            time.sleep(0.01)
        os.kill(process.pid, number)
        assert process.wait(LONG) == -number
    assert all_gone(pids)
