"""`observe`: notes from a second terminal, while the game goes on in the first."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabletop.deck.loader import load
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Move
from tests.cli.conftest import Shell

EXERCISE = """
[exercise]
objectives = { calm = "Stay calm" }
[checkpoints.asks]
text = "The crew asks first"
team = "crew"
"""


@pytest.fixture
def game(shell: Shell, tmp_path: Path) -> Iterator[Session]:
    deck = tmp_path / "ferry.toml"
    deck.write_text(deck.read_text("utf-8") + EXERCISE, encoding="utf-8")
    session = Session.new(
        load(deck), seed=1, seats={CONTROL: "person"}, path=tmp_path / "game.jsonl"
    )
    yield session
    session.close()


def play(game: Session) -> None:
    game.submit(CONTROL, Move("play", "crew", "board"), note="Now.")


def kept(game: Session, name: str = "ann") -> list[dict[str, object]]:
    assert game.path
    path = game.path.with_name(f"game.jsonl.notes-{name}")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]


def test_notes_are_kept_with_what_they_are_about(game: Session, shell: Shell) -> None:
    play(game)
    typed = """\
They laugh.
/team crew
/objective calm
 Nobody asks.\x20
/bookmark the turn
/team
/not asks only now

/quit
never
"""
    result = shell("observe", "game.jsonl", "--name", "Ann", typed=typed)
    assert (result.code, result.err) == (0, "")
    assert "Crew plays Open the bow door" in result.out
    assert "Your notes are in game.jsonl.notes-ann" in result.out
    lines = kept(game)
    assert [line["text"] for line in lines] == [
        "They laugh.", "Nobody asks.", "the turn", "only now",
    ]  # fmt: skip
    assert [line["teams"] for line in lines] == [[], ["crew"], ["crew"], []]
    assert lines[3]["checkpoint"] == "asks"
    assert lines[3]["result"] == "not met"
    assert {line["move"] for line in lines} == {game.head}
    game.hear()
    assert game.run_view().checkpoints[0].result == "not met"


def test_what_is_mistyped_is_explained_and_not_kept(
    game: Session, shell: Shell
) -> None:
    typed = "?\n/list\n/team crow\n/met ask\n/mett\n/objective calmer\n" + "x" * 2001
    result = shell("observe", "game.jsonl", "--name", "Ann", typed=typed)
    assert result.code == 0
    assert "/objective ID" in result.out
    assert "asks: The crew asks first (crew)" in result.out
    for said in ("'crow'", "'ask'", "/mett", "'calmer'", "2001 characters"):
        assert said in result.out
    assert kept(game) == []


def test_with_a_team_only_what_it_may_know_is_shown(
    game: Session, shell: Shell
) -> None:
    play(game)
    for team, knows in (("crew", True), ("harbour", False)):
        arguments = ("observe", "game.jsonl", "--name", team, "--team", team)
        result = shell(*arguments, typed="Hm.\n")
        assert ("Nerves" in result.out, "Now." in result.out) == (knows, knows)
        assert kept(game, team)[0]["teams"] == [team]


@pytest.mark.parametrize("wrong", [
    ("--team", "crow"), ("--objective", "x"), ("--name", "!"), ("--name", "n" * 61),
])  # fmt: skip
def test_what_there_is_not_is_refused_at_once(
    game: Session, shell: Shell, wrong: tuple[str, str]
) -> None:
    result = shell("observe", "game.jsonl", "--name", "Ann", *wrong)
    assert result.code == 2
    assert "Traceback" not in result.err


def test_what_is_being_typed_survives_what_happens_meanwhile(game: Session) -> None:
    """At a terminal: half a note, a move in the game, the other half."""
    assert game.path
    screen, keyboard = pty.openpty()
    command = [
        sys.executable, "-m", "tabletop", "observe", str(game.path), "--name", "Ann",
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=keyboard, stdout=keyboard) as process:
        os.close(keyboard)
        wait_for(screen, "Ann> ")
        os.write(screen, b"Half a")
        wait_for(screen, "Half a")
        play(game)
        wait_for(screen, "plays Open the bow door", "Ann> Half a")
        os.write(screen, b" note.\n/quit\n")
        wait_for(screen, "Your notes are in")
        assert process.wait(20) == 0
    os.close(screen)
    assert [line["text"] for line in kept(game)] == ["Half a note."]


def wait_for(screen: int, *texts: str) -> None:
    """Reads the terminal until all of these were shown, in this order."""
    shown, end = "", time.monotonic() + 20
    while True:
        rest = shown
        for text in texts:
            _, found, rest = rest.partition(text)
            if not found:
                break
        else:
            return
        left = end - time.monotonic()
        assert left > 0, shown
        if select.select([screen], [], [], left)[0]:
            shown += os.read(screen, 4096).decode("utf-8", "replace")
