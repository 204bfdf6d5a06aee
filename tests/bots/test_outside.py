"""Programs from outside: they play whole games, and none of them can stop one."""

import json
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.bots import outside
from tabletop.bots.outside import OutsidePlayer, check_command, question, seat_players
from tabletop.errors import StorageError, UsageError
from tabletop.session.session import Session
from tabletop.session.strict_json import dump
from tabletop.session.thinking import Decided
from tabletop.session.view import CONTROL, PUBLIC, Move, View
from tests.bots.players import (
    EXAMPLE,
    HERE,
    LONG,
    SHELL,
    SHORT,
    Scripted,
    Slow,
    all_gone,
    nasty,
    play_game,
    play_with,
)
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.session.twins import Secrets, clock, moved, with_state


def table(path: Path, seat: str, who: str, save: Path | None = None) -> Session:
    """A game with one player from outside, not attached yet, against bots."""
    teams = deck(path).model.teams
    seats = {**dict.fromkeys(teams, "bot:random"), seat: who}
    return Session.new(deck(path), seed=5, seats=seats, path=save, clock=clock)


# --- players that behave


@pytest.mark.parametrize("who", [EXAMPLE, SHELL])
@pytest.mark.parametrize(("path", "seat"), [(TUTORIAL, "town"), (BRIGHT_DAYS, "kyiv")])
def test_a_program_plays_a_whole_game(
    who: str, path: Path, seat: str, tmp_path: Path
) -> None:
    save = tmp_path / "save.jsonl"
    players = dict.fromkeys(deck(path).model.teams, "bot:greedy") | {seat: who}
    session, failed = play_game(deck(path), players, seed=2, patience=LONG, path=save)
    with closing(session):
        assert session.over
        assert failed == ()
        assert session.seats[seat] == who
        own = [e for e in session.view(CONTROL).log if e.seat == seat and e.number]
        assert own
        assert all(e.note == "It costs most." for e in own) == (who == EXAMPLE)
        expected = session.view(CONTROL)
    with closing(Session.open(save, read_only=True)) as again:
        assert again.view(CONTROL) == expected


def test_two_programs_play_each_other_and_the_same_seed_gives_the_same_game() -> None:
    players = dict.fromkeys(deck(TUTORIAL).model.teams, SHELL)
    digests = set()
    for _ in range(2):
        session, failed = play_game(deck(TUTORIAL), players, seed=7, patience=LONG)
        with closing(session):
            assert (session.over, failed) == (True, ())
            digests.add(session.tree.digest(session.head))
    assert len(digests) == 1


def test_a_player_hears_how_the_game_ended(tmp_path: Path) -> None:
    told = tmp_path / "told.jsonl"
    who = f"exec:sh -c 'tee {told} | sh {HERE / 'shell_player.sh'}'"
    session, _ = play_game(deck(TUTORIAL), {"town": who, "board": SHELL}, seed=1)
    over = session.view(CONTROL).over
    session.close()
    messages = [json.loads(line) for line in told.read_text("utf-8").splitlines()]
    assert over is not None
    assert [m["type"] for m in messages[-2:]] == ["result", "bye"]
    assert messages[-2]["ending"] == over.ending
    assert messages[-2]["scores"] == dict(over.scores)
    assert messages[0]["type"] == "hello"
    assert messages[0]["protocol"] == 1
    assert messages[0]["deck"]["digest"] == deck(TUTORIAL).digest
    assert {m["type"] for m in messages[1:-2]} == {"view"}


# --- players that don't


FAILS = {
    "dies at once": "it ended, with exit status 4",
    "never gets ready": "it did not answer within",
    "says nothing to hello": "it did not answer within",
    "greets with a move": "its first message was not of type",
    "greets with nonsense": "did not say that it is ready: its line is not JSON",
    "is silent": "it did not answer within",
    "dies": "it ended, with exit status 3",
    "leaves": "it ended, with exit status 0",
    "crashes": "ValueError: out of ideas",
    "kills itself": "it was ended by SIGKILL",
    "closes its output": "it closed its output",
    "floods lines": "it does not answer question 1",
    "floods bytes": "a line of more than 65,536 bytes",
    "sends no UTF-8": "is not UTF-8: found the byte 0xff",
    "sends half a line and dies": "it ended, with exit status 0",
    "sends half a line": "it did not answer within",
    "sends deep JSON": "nested more than 32 brackets deep",
    "sends no object": "its line is no JSON object",
    "sends NaN": "which is no whole number",
    "sends a huge number": "more than 20 digits",
    "sends a large number": "none of the moves that are offered",
    "sends a fraction": "holds 0.0, which is no whole number",
    "sends yes": "none of the moves that are offered",
    "answers another question": "does not answer question 1",
    "invents a move": "none of the moves that are offered",
    "writes a novel": "its note is no text that fits",
    "does not read": "it did not answer within",
    "leaves children": "it ended, with exit status 0",
    "ignores signals": "it did not answer within",
}
"""What is said of a player with each vice."""
PLAYS = (
    "moves twice", "talks to itself", "ends lines as on Windows", "corrects itself",
    "stays after the end", "never says goodbye", "floods old answers",
)  # fmt: skip


@pytest.mark.parametrize("vice", FAILS)
def test_the_game_goes_on_without_a_player_that_fails(
    vice: str, tmp_path: Path
) -> None:
    pids, save = tmp_path / "pids", tmp_path / "save.jsonl"
    who = nasty(vice, pids)
    silent = "did not answer" in FAILS[vice]
    with closing(table(TUTORIAL, "town", who, save)) as session:
        seat_players(session, {"town": who}, patience=SHORT if silent else LONG)
        (failed,) = play_with(session)
        assert session.over
        assert FAILS[vice] in f"{failed.trouble} {failed.detail}"
        assert session.seats["town"] == "bot:greedy"
        noted = [e for e in session.view(CONTROL).log if "bot greedy" in e.title]
        assert len(noted) == 1
        assert FAILS[vice] in noted[0].note
        assert all_gone(pids)
        expected = session.view(CONTROL)
    with closing(Session.open(save, read_only=True)) as again:
        assert again.view(CONTROL) == expected
        assert again.seats["town"] == "bot:greedy"


@pytest.mark.parametrize("vice", PLAYS)
def test_what_harms_nobody_is_borne(vice: str, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    who = nasty(vice, pids)
    with closing(table(TUTORIAL, "town", who)) as session:
        seat_players(session, {"town": who}, patience=LONG)
        if vice == "floods old answers":  # its first answer counts, and then no other
            (failed,) = play_with(session)
            assert "100 lines that answer nothing" in failed.trouble
        else:
            assert play_with(session) == ()
            assert session.seats["town"] == who
        assert session.over
    assert all_gone(pids)


def test_nobody_but_control_reads_what_a_player_sent(tmp_path: Path) -> None:
    who = nasty("crashes", tmp_path / "pids")
    with closing(table(TUTORIAL, "town", who)) as session:
        seat_players(session, {"town": who}, patience=LONG)
        play_with(session)
        for seat in ("town", "board", PUBLIC):
            assert "out of ideas" not in str(session.view(seat))
            assert "nasty_player" not in str(session.view(seat))


def test_who_stands_in_is_chosen(tmp_path: Path) -> None:
    who = nasty("dies", tmp_path / "pids")
    for control, wanted, expected in (
        ("person", "", "absent"), ("auto", "", "bot:greedy"),
        ("auto", "absent", "bot:greedy"), ("person", "bot:first", "bot:first"),
        ("person", "person", "person"),
    ):  # fmt: skip
        seats = {"town": who, "board": "bot:random", CONTROL: control}
        with closing(Session.new(deck(TUTORIAL), seed=5, seats=seats)) as session:
            session.stand_in = wanted
            seat_players(session, seats, patience=LONG)
            while "town" not in session.owing():
                session.submit(CONTROL, session.view(CONTROL).moves[0].move)
            assert session.bot_moves()
            assert session.seats["town"] == expected


def test_a_full_disk_does_not_lose_why_a_player_failed(tmp_path: Path) -> None:
    who = nasty("dies", tmp_path / "pids")
    with closing(table(TUTORIAL, "town", who)) as session:
        seat_players(session, {"town": who}, patience=LONG)
        while "town" not in session.owing():
            session.bot_moves()
        write, session._write = session._write, full_disk  # type: ignore[method-assign]
        for _ in range(2):
            with pytest.raises(StorageError):
                session.bot_moves()
        session._write = write  # type: ignore[method-assign]
        assert session.bot_moves()
        assert "exit status 3" in session.view(CONTROL).log[-1].note


def full_disk(*_arguments: Any, **_more: Any) -> Any:
    raise StorageError("the disk is full", "Make room.")


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("exec:no-such-program x", "there is no program 'no-such-program'"),
        ("exec:/etc/passwd", "there is no program '/etc/passwd'"),
        ("exec:sh 'x", "can't be read: No closing quotation"),
        ("exec:''", "there is no program ''"),
    ],
)
def test_a_command_that_can_not_be_run_is_refused(command: str, found: str) -> None:
    with pytest.raises(UsageError, match=found):
        check_command(command)


def test_a_program_that_goes_away_before_it_is_started(tmp_path: Path) -> None:
    program = tmp_path / "player"
    shutil.copy(shutil.which("true") or "/bin/true", program)
    who = f"exec:{program}"
    with closing(table(TUTORIAL, "town", who)) as session:
        player = outside.player_for(session, "town", who)
        program.unlink()
        session.attach("town", player)
        (failed,) = play_with(session)
        assert failed.trouble == "it can't be started: No such file or directory"


# --- whatever it sends


SCRAPS = st.sampled_from(
    [b'{"type":"ready"}\n', b'{"type":"move","id":1,"move":0}\n', b"\n", b"{}\n",
     b'{"type":"move","id":2,"move":0}\n', b'{"type":"move","id":3,"move":1}\n',
     b'{"type":"move","id":1,"move":{"kind":"pass","team":"town"}}\n', b"[]\n", b"{",
     b'{"type":"move","id":1,"move":null,"note":1}\n', b'"\\ud800"\n', b"1e999\n",
     b'{"type":"ready","name":7,"name":8}\n', b"\xff\xfe\n", b"-0\n", b"null\n"]
)  # fmt: skip
SAID = st.lists(SCRAPS | st.binary(max_size=40), max_size=12).map(b"".join)


@given(SAID, st.booleans())
def test_whatever_a_player_sends_the_game_ends(said: bytes, polite: bool) -> None:
    wire = Scripted(b'{"type":"ready"}\n' + said if polite else said)
    player = OutsidePlayer("exec:scripted", {"type": "hello"}, lambda: wire, LONG)
    with closing(table(TUTORIAL, "town", player.who)) as session:
        session.attach("town", player)
        failed = play_with(session)
        assert session.over
        assert len(failed) <= 1
        assert all(each.trouble == each.trouble.strip() != "" for each in failed)
        for message in wire.sent:
            assert message["type"] in ("hello", "view", "refused")
    assert wire.closed


# --- when nobody waits any more


def test_a_question_that_nobody_waits_for_is_let_go_and_its_answer_is_no_mistake() -> (
    None
):
    wire = Slow()
    player = OutsidePlayer("exec:slow", {"type": "hello"}, lambda: wire, LONG)
    with closing(table(TUTORIAL, "town", player.who)) as session:
        session.attach("town", player)
        while "town" not in session.owing():
            session.bot_moves()
        thought = session.next_thought()
        assert thought is not None
        came: list[Decided] = []
        thread = Thread(target=lambda: came.append(thought.decide()))
        thread.start()
        assert wire.asked.wait(LONG)
        tension = next(iter(session.deck.model.tracks))
        session.submit(CONTROL, Move("add", item=tension, value=1), note="so")
        thought.stop()
        thread.join(LONG)
        assert came == [Decided(None)]
        assert not session.carry_out(thought, came[0])
        wire.may.set()
        assert play_with(session) == ()
        views = [m["id"] for m in wire.sent if m["type"] == "view"]
        assert views == list(range(1, len(views) + 1))
        assert all(m["type"] != "refused" for m in wire.sent)


# --- secrets


def places(path: Path) -> Iterator[Session]:
    """Positions of a game of moves by chance."""
    session = Session.new(
        deck(path), seed=3, clock=clock,
        seats=dict.fromkeys(deck(path).model.teams, "person"),
    )  # fmt: skip
    chance = random.Random(8)
    for number in range(40):
        if session.over:
            return
        moved(session, chance)
        if number % 4 == 3 and not session.over:
            yield session


@pytest.mark.parametrize("path", [TUTORIAL, BRIGHT_DAYS])
def test_a_player_is_sent_nothing_that_its_seat_may_not_know(path: Path) -> None:
    compared = 0
    for session in places(path):
        for seat in session.tree.program.teams:
            secrets = Secrets(session.tree, seat)
            state = session.tree.state()
            twin = with_state(session, secrets.twin(state, random.Random(compared)))
            sent = [dump(question(s.view(seat), 1, 30)) for s in (session, twin)]
            assert sent[0] == sent[1]
            assert json.loads(sent[0])["view"]["seat"] == seat
            compared += 1
    assert compared > 15


def test_what_is_sent_holds_the_whole_view() -> None:
    view: View = table(BRIGHT_DAYS, "kyiv", "bot:first").view("kyiv")
    sent = json.loads(dump(question(view, 4, 30)))
    assert set(sent) == {"type", "id", "seconds", "view", "moves"}
    whole = json.loads(json.dumps(asdict(view)))
    assert [m["move"] | {"label": m["label"]} for m in whole.pop("moves")] == (
        sent["moves"]
    )
    assert sent["view"] == whole
