"""A live game: refusals, saves that open to the same game, undo, and bots."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.engine import playout
from tabletop.engine.compile import compile_deck
from tabletop.errors import (
    DivergenceError,
    GameOverError,
    IllegalMoveError,
    MoveError,
    UsageError,
    WrongSeatError,
)
from tabletop.session.core import MAX_NOTE
from tabletop.session.moves import KINDS
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move, View
from tabletop.testing.strategies import deck_texts
from tests.engine.games import some_decks, start
from tests.session.twins import clock, moved

DECKS = some_decks(30)
SHIPPED = ("tutorial", "bright-days")
POLICIES = ("random", "first", "greedy")


def table(deck: Deck, path: Path | None = None, seed: int = 1) -> Session:
    """A game by bots, which anybody may make moves in."""
    seats = {team: f"bot:{POLICIES[i % 3]}" for i, team in enumerate(deck.model.teams)}
    seats |= {CONTROL: "auto"}
    return Session.new(deck, seed=seed, seats=seats, path=path, clock=clock)


def play(session: Session, seed: int, most: int) -> Iterator[int]:
    """Moves by chance, until the game is over: the number of each."""
    chance = random.Random(seed)
    for _ in range(most):
        if not session.over:
            moved(session, chance)
        if not session.over:
            yield session.head


def views(session: Session) -> list[View]:
    """What everybody is shown."""
    return [session.view(seat) for seat in (*session.seats, PUBLIC)]


def unmarked(session: Session) -> list[View]:
    """What everybody is shown, but for what the log says of going back."""
    turns = ("undo", "branch")
    return [
        replace(view, log=tuple(each for each in view.log if each.kind not in turns))
        for view in views(session)
    ]


def digests(session: Session) -> dict[int, str]:
    """The digest of the state after each move."""
    return {number: session.tree.digest(number) for number in session.tree.nodes}


# --- refusals


def any_move(session: Session, chance: random.Random) -> Move:
    """A move that may be possible, with a part of it changed."""
    program = session.tree.program
    offered = [each.move for seat in session.seats for each in session.view(seat).moves]
    move = chance.choice(offered)
    items = (*program.happenings, *program.targets, "o0_0", "take", "", "nothing")
    part = chance.choice(("", "kind", "team", "item", "value"))
    changes: dict[str, Any] = {
        "kind": chance.choice([*KINDS, "dance"]),
        "team": chance.choice([*program.teams, "", "nobody"]),
        "item": chance.choice(items),
        "value": chance.choice((1, -3, 7, 1 << 30)),
    }
    return replace(move, **{part: changes[part]}) if part else move


@pytest.mark.parametrize("name", ["tutorial", "bright-days", "made 0", "made 3"])
def test_a_refused_move_changes_nothing(name: str, tmp_path: Path) -> None:
    path, chance = tmp_path / "save.jsonl", random.Random(1)
    with closing(table(DECKS[name], path)) as session:
        tried = Counter(
            answer
            for _ in play(session, 2, 15)
            for answer in try_moves(session, path, chance)
        )
    assert tried["refused"] > 50
    assert tried["made"] > 5


def try_moves(session: Session, path: Path, chance: random.Random) -> Iterator[str]:
    """Tries moves that are possible or not, from anybody's seat."""
    before = everything(session, path)
    offered = {seat: moves_of(session, seat) for seat in (*session.seats, PUBLIC)}
    for _ in range(20):
        seat, move = chance.choice([*offered]), any_move(session, chance)
        try:
            session.submit(seat, move, note="why not")
        except MoveError:
            assert move not in offered[seat]
            assert everything(session, path) == before
            yield "refused"
        else:
            assert seat == CONTROL or move in offered[seat]
            session.undo(CONTROL, session.tree.now.parent)
            before = everything(session, path)
            yield "made"


def moves_of(session: Session, seat: str) -> list[Move]:
    """The moves that a seat is offered."""
    return [each.move for each in session.view(seat).moves]


def everything(session: Session, path: Path) -> tuple[object, ...]:
    """The save's bytes, the current place, and every state."""
    return path.read_bytes(), session.head, digests(session), session.view(CONTROL)


def test_every_offered_move_is_accepted() -> None:
    made = 0
    for deck in DECKS.values():
        session = table(deck)
        for number in play(session, 3, 8):
            for seat in session.seats:
                for move in moves_of(session, seat):
                    session.submit(seat, move)
                    session.take_up(CONTROL, number)
                    made += 1
    assert made > 1_000


def test_moves_of_others_and_rulings_without_a_reason_are_refused() -> None:
    session = table(DECKS["tutorial"])
    session.submit(CONTROL, Move("advance"))
    passing, ruling = Move("pass", team="town"), Move("set", item="water", value=3)
    refused: list[tuple[str, Move, str, type[MoveError]]] = [
        ("board", passing, "", WrongSeatError),
        ("board", Move("pass", team="board"), "", IllegalMoveError),
        ("town", ruling, "because", WrongSeatError),
        ("town", Move("advance"), "", WrongSeatError),
        (PUBLIC, passing, "", WrongSeatError),
        (CONTROL, ruling, " ", MoveError),
        ("town", passing, "x" * (MAX_NOTE + 1), MoveError),
        (CONTROL, Move("pass", team="nobody"), "", IllegalMoveError),
        (CONTROL, Move("advance", item="tea"), "", IllegalMoveError),
        (CONTROL, Move("forward", item="surge", value=9), "", IllegalMoveError),
    ]
    for seat, move, note, error in refused:
        with pytest.raises(error):
            session.submit(seat, move, note=note)
        assert session.head == 1
    session.submit(CONTROL, passing)
    session.submit(CONTROL, ruling, note="because")


def test_nothing_can_be_played_when_the_game_is_over() -> None:
    session = table(DECKS["tutorial"])
    while session.bot_moves():
        pass
    assert session.over
    assert session.waiting() == session.owing() == ()
    for seat in session.seats:
        view = session.view(seat)
        assert view.over is not None
        assert view.moves == ()
        with pytest.raises(GameOverError):
            session.submit(CONTROL, Move("advance"))


@pytest.mark.parametrize("seats", [{"river": "person"}, {"town": "robot"}])
def test_seats_that_do_not_exist_are_refused(seats: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Session.new(DECKS["tutorial"], seed=1, seats=seats)


# --- saves


@pytest.mark.parametrize("name", DECKS)
def test_a_save_opens_to_the_same_game_and_the_same_future(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "save.jsonl"
    session = table(DECKS[name], path)
    for number in play(session, 4, 24):
        if number % 5 == 0:
            session.note("control", f"after {number}")
        if number % 9 == 0:
            session.undo(CONTROL, session.tree.now.parent)
    session.set_seat(next(iter(DECKS[name].model.teams)), "bot:greedy")
    before = (digests(session), views(session), session.seats, session.branches())
    session.close()
    with closing(Session.open(path, clock=clock)) as again:
        assert_same_game(session, again, before)


def assert_same_game(
    session: Session, again: Session, before: tuple[object, ...]
) -> None:
    assert before == (digests(again), views(again), again.seats, again.branches())
    assert again.deck.digest == session.deck.digest
    for _ in range(12):
        assert again.bot_moves() == in_memory(session).bot_moves()
        assert again.tree.digest(again.head) == session.tree.digest(session.head)
        assert again.tree.now.facts == session.tree.now.facts


def in_memory(session: Session) -> Session:
    """The same game, played on without its save."""
    session._journal = None
    return session


@given(deck_texts())
@settings(max_examples=15, phases=[Phase.generate])  # shrinking would take minutes
def test_saves_of_decks_that_hypothesis_makes_open(text: str) -> None:
    deck = load_text({"deck.toml": text})
    session = table(deck)
    for _ in play(session, 5, 20):
        pass
    again = Session.new(deck, seed=1, seats=session.seats, clock=clock)
    for node in list(session.tree.nodes.values())[1:]:
        assert node.move is not None
        again.submit(node.by, node.move, note=node.note)
    assert digests(again) == digests(session)
    assert views(again) == views(session)


def test_a_save_that_was_changed_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "save.jsonl"
    session = table(DECKS["tutorial"], path)
    for _ in range(12):
        session.bot_moves()
    session.close()
    text = path.read_text("utf-8")
    changes = {
        "another digest": (session.tree.digest(7), "0" * 32, 7),
        "another seed": ('"seed":1', '"seed":2', 0),
    }
    for what, (old, new, number) in changes.items():
        assert text.count(old) == 1, what
        changed = tmp_path / f"{what}.jsonl"
        changed.write_text(text.replace(old, new), "utf-8")
        with pytest.raises(DivergenceError, match=f"after move {number} "):
            Session.open(changed)


# --- undo


@pytest.mark.parametrize("name", [*SHIPPED, "large", *list(DECKS)[3:15]])
def test_undo_and_redo_of_any_prefix_give_the_same_game(name: str) -> None:
    session = table(DECKS[name])
    seen = {0: (digests(session)[0], unmarked(session))}
    for number in play(session, 6, 10):
        seen[number] = (session.tree.digest(number), unmarked(session))
    last = session.head
    seen[last] = (session.tree.digest(last), unmarked(session))
    for number, (digest, shown) in seen.items():
        if number == last:
            continue
        assert session.undo_preview("control", number).to == number
        session.undo(CONTROL, number)
        assert (session.tree.digest(session.head), unmarked(session)) == (digest, shown)
        session.take_up(CONTROL, last)
        assert (session.tree.digest(last), unmarked(session)) == seen[last]


def test_what_was_undone_stays_as_a_branch() -> None:
    session = table(DECKS["bright-days"])
    numbers = list(play(session, 1, 12))
    session.undo(CONTROL, numbers[4])
    list(play(session, 2, 5))
    branches = session.branches()
    assert [branch.tip for branch in branches] == [numbers[-1], session.head]
    assert [branch.current for branch in branches] == [False, True]
    assert [branch.moves for branch in branches] == [12, 10]
    with pytest.raises(MoveError):
        session.undo(CONTROL, numbers[8])
    session.take_up(CONTROL, numbers[8])
    assert [branch.current for branch in session.branches()] == [True, False]


def test_undo_goes_back_to_a_persons_decision() -> None:
    """Moves that bots and control made since are taken back with it."""
    deck = DECKS["tutorial"]
    session = Session.new(deck, seed=1, seats={"board": "bot:random"}, clock=clock)
    with pytest.raises(MoveError):
        session.undo("town")
    while not session.waiting():
        session.bot_moves()
    begun = session.head
    session.submit("town", Move("pass", team="town"))
    while not session.waiting():
        session.bot_moves()
    assert session.head > begun + 2
    preview = session.undo_preview("control")
    assert (preview.to, preview.moves) == (begun, session.head - begun)
    session.undo("town")
    assert session.head == begun


def test_undo_tells_a_team_only_what_it_knows() -> None:
    """Hands are filled after what was played: each team is told only of its own."""
    session = Session.new(DECKS["tutorial"], seed=1, seats={}, clock=clock)
    while session.view(CONTROL).round < 3:
        seat = session.owing()[0]
        session.submit(seat, session.view(seat).moves[0].move)
    full = session.undo_preview(CONTROL, 0)
    told = session.undo_preview("town", 0)
    assert full.moves == told.moves
    others = [line for line in full.seen if "River board draws" in line]
    own = [line for line in full.seen if "Saltmouth draws" in line]
    assert own
    assert others
    assert set(own) <= set(told.seen)
    assert not set(others) & set(told.seen)


# --- bots, and what is shown


@pytest.mark.parametrize("policy", POLICIES)
def test_bots_make_the_same_moves_at_the_table_as_in_bulk(policy: str) -> None:
    compared = 0
    for deck in DECKS.values():
        program = compile_deck(deck)
        seats = dict.fromkeys(deck.model.teams, f"bot:{policy}") | {CONTROL: "auto"}
        session = Session.new(deck, seed=8, game=3, seats=seats)
        state, moves = start(program, 8, 3), [0] * program.move_room()
        codes = [POLICIES.index(policy)] * len(program.teams)
        known, trial = program.new_state(), program.new_state()
        for _ in range(60):
            assert program.digest(state) == session.tree.digest(session.head)
            made = playout.play_out(program.words, state, codes, moves, known, trial, 1)
            assert session.bot_moves() == (made == 1)
            if made == 0:
                break
            compared += 1
    assert compared > 400


def test_bots_play_on_whatever_control_forbids_or_gives() -> None:
    """What a bot is offered must be possible, whoever's card it holds."""
    played = ruled = 0
    for name, deck in DECKS.items():
        session, chance = table(deck), random.Random(name)
        cards, teams = list(deck.model.cards), list(deck.model.teams)
        for _ in range(80):
            kind = chance.choice(("veto", "veto", "give", "lift", "", "", ""))
            move = Move(kind, "", chance.choice(cards))
            if kind == "give":
                move = replace(move, team=chance.choice(teams))
            if not kind:
                played += session.bot_moves()
            elif not session.over:
                with suppress(MoveError):
                    session.submit(CONTROL, move, note="because")
                    ruled += 1
    assert min(played, ruled) > 300


def test_a_bot_waits_for_people() -> None:
    session = Session.new(DECKS["tutorial"], seed=1, seats={"board": "bot:random"})
    while session.bot_moves():
        pass
    assert session.waiting() == ("town",)
    assert session.head == 1


def test_the_reasons_for_a_number_add_up() -> None:
    checked = 0
    for name in ("tutorial", "bright-days", "made 0", "made 3", "made 4"):
        session = table(DECKS[name])
        for _ in play(session, 7, 40):
            for track in session.view(CONTROL).tracks:
                why = session.why(CONTROL, track.id)
                value = why.start
                for line in why.lines:
                    assert line.before == value
                    value = line.after
                assert value == why.value == track.value == track.history[-1]
                checked += len(why.lines)
    assert checked > 300


def test_a_preview_of_a_sure_move_is_what_happens() -> None:
    """For cards without dice, questions, draws or answers, in the tutorial."""
    checked = 0
    for seed in range(8):
        session = table(DECKS["tutorial"], seed=seed)
        for number in play(session, seed, 40):
            seat = session.owing()[0]
            for move in moves_of(session, seat):
                if move.item in SURE:
                    compare_preview(session, seat, move)
                    session.take_up(CONTROL, number)
                    checked += 1
    assert checked > 40


SURE = ("sandbags", "hold_back", "move_uphill", "lend_pumps", "pumps")


def compare_preview(session: Session, seat: str, move: Move) -> None:
    """Makes the move; the numbers must become what was shown."""
    expected = {
        change.subject: change.after
        for change in session.preview(seat, move).changes
        if change.kind in ("track", "flag", "points")
    }
    session.submit(seat, move)
    view = session.view(CONTROL)
    found = {track.id: track.value for track in view.tracks}
    found |= {flag.id: int(flag.value) for flag in view.flags}
    found |= {f"{team.id}.points": team.points for team in view.teams}
    for subject, after in expected.items():
        assert found[subject] == after or session.over or caused_later(session)


def caused_later(session: Session) -> bool:
    """Whether an inject or a rule on a band came in between, which none foresees."""
    return any(fact.change.kind == "inject" for fact in session.tree.now.facts)
