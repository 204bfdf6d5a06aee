"""Stepping through a save: any moment, as it was, and no more than a seat may know."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.deck.loader import load
from tabletop.errors import MoveError, UsageError
from tabletop.session.guessing import Guessing
from tabletop.session.replaying import Replay
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move, View
from tests.engine.games import some_decks
from tests.samples import PLAYED
from tests.session.test_secrets import DECKS as SECRET_DECKS
from tests.session.twins import Secrets, clock, moved, seats, with_state

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(PLAYED)
DECKS = {
    **some_decks(12),
    "tutorial": load(ROOT / "decks" / "tutorial.toml"),
    "bright-days": load(ROOT / "decks" / "bright-days"),
}
WORDS = (
    "move", "round", "phase", "decision", "die", "ruling", "inject", "bookmark", "mark",
    "note", "checkpoint",
)  # fmt: skip


def table(name: str, seed: int) -> Session:
    """A game in memory."""
    bots = dict.fromkeys(DECKS[name].model.teams, "bot:greedy")
    return Session.new(DECKS[name], seed=seed, seats=bots, clock=clock)


def without_moves(view: View) -> View:
    """A view as a replay shows it."""
    return replace(view, moves=())


# --- any moment, as it was


@pytest.mark.parametrize("name", DECKS)
def test_every_moment_is_shown_as_it_was_when_it_was_played(name: str) -> None:
    session, chance = table(name, 7), random.Random(name)
    everybody = (*seats(session), CONTROL)
    shown = {0: {seat: session.view(seat) for seat in everybody}}
    for _ in range(25):
        if session.over:
            break
        moved(session, chance)
        shown[session.head] = {seat: session.view(seat) for seat in everybody}
    replay = Replay(session)
    numbers = list(shown)
    chance.shuffle(numbers)  # forwards or backwards, at once
    for number in numbers:
        for seat, view in shown[number].items():
            replay.seat = seat
            assert replay.view(number) == without_moves(view)


@pytest.mark.parametrize("name", DECKS)
def test_what_was_undone_is_shown_as_it_was_too(name: str) -> None:
    """Of a line that was left, the log tells nothing that came after."""
    session, chance = table(name, 3), random.Random(name)
    for _ in range(4):
        moved(session, chance)
        if session.over:
            return
    left = session.head
    before = session.view(CONTROL)
    session.undo(CONTROL, session.tree.path()[1].number)
    moved(session, chance)
    replay = Replay(session)
    assert replay.view(left) == without_moves(before)
    assert "Undone" in " ".join(e.title for e in replay.view(session.head).log)


@pytest.mark.parametrize("name", DECKS)
def test_changes_of_steps_are_those_of_the_way(name: str) -> None:
    session, chance = table(name, 1), random.Random(name)
    while len(session.tree.nodes) < 20 and not session.over:
        moved(session, chance)
    for seat in (*seats(session), CONTROL):
        replay = Replay(session, seat)
        a, b, c = sorted(chance.choices(range(session.head + 1), k=3))
        whole = replay.changes(a, c)
        assert whole == replay.changes(a, b) + replay.changes(b, c)
        values = replay.view(a), replay.view(c)
        for before, after in zip(values[0].tracks, values[1].tracks, strict=True):
            steps = [e for e in whole if (e.kind, e.subject) == ("track", before.id)]
            value = before.value
            for step in steps:
                assert step.before == value
                value = step.after
            assert value == after.value


def test_changes_go_forwards_along_a_line() -> None:
    replay = Replay.open(SAMPLES[0])
    with pytest.raises(MoveError):
        replay.changes(5, 2)
    with pytest.raises(MoveError):
        replay.changes(5, 99_999)
    replay.close()


# --- finding moments


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("seat", [CONTROL, PUBLIC, ""])
def test_seeking_finds_everything_in_order_both_ways(sample: Path, seat: str) -> None:
    replay = Replay.open(sample)
    replay.seat = seat if seat else replay.session.tree.program.teams[0]
    teams = replay.session.tree.program.teams
    tracks = [track.id for track in replay.view(0).tracks]
    words = [f"decision:{team}" for team in teams] + [f"track:{id_}" for id_ in tracks]
    for line in replay.lines():
        moments = replay.moments(line.branch.tip)
        assert [moment.place for moment in moments] == list(range(len(moments)))
        for what in (*WORDS, *words):
            found = list(along(replay, what, 1, moments))
            assert found == list(along(replay, what, -1, moments))[::-1]
            if what.startswith("track:"):
                where = [m.place for m in moments if what[6:] in m.targets]
                assert found == where
            if what == "move":
                assert found == list(range(len(moments)))
    replay.close()


def along(replay: Replay, what: str, step: int, moments: object) -> Iterator[int]:
    """Every place that seeking finds, one after the other."""
    assert isinstance(moments, tuple)
    place: int | None = -1 if step > 0 else len(moments)
    while place is not None:
        place = replay.seek(moments, place, what, step)
        if place is not None:
            yield place


def test_rounds_are_found_where_the_board_shows_them() -> None:
    replay = Replay.open(ROOT / "saves" / "bright-days.jsonl")
    moments = replay.moments()
    for place in along(replay, "round", 1, moments):
        assert replay.view(moments[place].number).round in (moments[place].round, 0)
    rounds = [moments[place].round for place in along(replay, "round", 1, moments)]
    assert rounds == list(range(1, rounds[-1] + 1))
    replay.close()


def test_what_can_not_be_sought_is_named() -> None:
    replay = Replay.open(SAMPLES[0])
    for what in ("nothing", "decision:nobody", "track:none", "track", "move:1", ""):
        with pytest.raises(UsageError):
            replay.seek(replay.moments(), 0, what, 1)
    with pytest.raises(UsageError):
        replay.seat = "nobody"
    replay.close()


def test_marks_are_sought_where_they_stand() -> None:
    replay = Replay.open(SAMPLES[0])
    moments = replay.moments()
    replay.marked = frozenset({moments[3].number, moments[9].number})
    assert list(along(replay, "mark", 1, moments)) == [3, 9]
    replay.close()


def test_words_are_found_in_entries_changes_causes_and_notes() -> None:
    replay = Replay.open(ROOT / "saves" / "tutorial.jsonl")
    moments = replay.moments()
    for place, moment in enumerate(moments):
        entry = replay.entry(moment.number)
        assert entry is not None
        assert place in replay.search(moments, entry.title.upper())
        for change in entry.changes:
            assert place in replay.search(moments, change.text)
        for note in moment.beside:
            assert place in replay.search(moments, f"{note.title} {note.note}")
    assert replay.search(moments, "  ") == ()
    assert replay.search(moments, "[/ no such words") == ()
    replay.close()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_timeline_has_what_the_log_has(sample: Path) -> None:
    """Injects by any cause, rulings, dice, bookmarks, checkpoints and notes."""
    replay = Replay.open(sample)
    log = replay.view(replay.main).log
    moments = replay.moments()
    beside = [entry for moment in moments for entry in moment.beside]
    own = {entry.number for entry in beside}
    assert [e for e in log if e.number in own] == sorted(beside, key=log.index)
    assert len(log) == len(beside) + len(moments)
    fired = {c.subject for e in log for c in e.changes if c.kind == "inject"}
    held = {e.number for e in log if e.kind in ("hold", "release", "skip", "forward")}
    came = {id_ for moment in moments for id_ in moment.injects}
    assert came <= fired
    assert fired == came or held
    replay.close()


def test_lines_say_what_they_are(tmp_path: Path) -> None:
    replay = Replay.open(ROOT / "saves" / "bright-days-exercise.jsonl")
    main, *others = replay.lines()
    assert (main.main, main.undone, main.what_if) == (True, False, False)
    assert main.ending
    assert len(main.scores) == 4
    assert {(o.branch.practice, o.undone) for o in others} == {
        (True, False), (False, True),
    }  # fmt: skip
    save = Path(shutil.copy(ROOT / "saves" / "tutorial.jsonl", tmp_path))
    game = Session.open(save)
    game.undo(CONTROL, game.tree.path()[-3].number)
    stands = game.head
    game.close()
    replay.close()
    replay = Replay.open(save)
    main, rest, *_ = replay.lines()
    assert (main.branch.tip, main.ending) == (stands, "")
    assert (rest.branch.leaves, rest.undone, bool(rest.ending)) == (stands, True, True)
    replay.close()


# --- what a team had


@pytest.mark.parametrize("name", DECKS)
def test_options_are_the_moves_that_were_offered(name: str) -> None:
    session, chance = table(name, 2), random.Random(name)
    offered = {}
    for _ in range(25):
        if session.over:
            break
        before = {team: session.view(team).moves for team in DECKS[name].model.teams}
        previews = {
            (team, each.move): session.preview(team, each.move)
            for team, moves in before.items()
            for each in moves
        }
        moved(session, chance)
        offered[session.head] = before, previews
    replay = Replay(session)
    for number, (before, previews) in offered.items():
        move = session.tree.nodes[number].move
        assert move is not None
        options = replay.options(number)
        if move.kind not in ("play", "lay", "pass", "answer"):
            assert options == ()
            continue
        assert [o.move for o in options] == [m.move for m in before[move.team]]
        assert [o.preview for o in options] == [
            previews[move.team, o.move] for o in options
        ]
        assert [o.move for o in options if o.chosen] == [move]
        for team in DECKS[name].model.teams:
            replay.seat = team
            assert replay.options(number) == (options if team == move.team else ())
        replay.seat = CONTROL


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_choosing_as_they_did_makes_what_they_made(sample: Path) -> None:
    replay = Replay.open(sample)
    for team in replay.session.tree.program.teams:
        guessing = Guessing(replay, team)
        for place, number in enumerate(guessing.decisions()):
            decision = guessing.decision(place)
            assert len(decision.view.moves) > 1
            assert all(e.number < number for e in decision.view.log)
            node = replay.session.tree.nodes[number]
            assert node.move
            same = guessing.choose(decision, node.move)
            assert same.same
            assert same.our_changes == same.their_changes
        summary = guessing.summary()
        assert summary.same == summary.decisions == len(guessing.decisions())
        assert summary.others == ()
    replay.close()


def test_choosing_otherwise_shows_both() -> None:
    replay = Replay.open(ROOT / "saves" / "tutorial.jsonl")
    guessing = Guessing(replay, "town")
    decision = guessing.decision(0)
    theirs = replay.session.tree.nodes[decision.number].move
    other = next(m.move for m in decision.view.moves if m.move != theirs)
    verdict = guessing.choose(decision, other)
    assert (verdict.ours.move, verdict.theirs.move) == (other, theirs)
    assert not verdict.same
    assert verdict.our_changes != verdict.their_changes
    assert guessing.summary().others == (verdict,)
    with pytest.raises(MoveError):
        guessing.choose(decision, Move("play", "town", "no_such_card"))
    with pytest.raises(UsageError):
        guessing.decision(len(guessing.decisions()))
    with pytest.raises(UsageError):
        Guessing(replay, CONTROL)
    with pytest.raises(MoveError):
        Guessing(replay, "town", 99_999)
    replay.close()


# --- secrets


def everything(session: Session, seat: str) -> list[object]:
    """All that a replay shows a seat, of every line and moment."""
    replay = Replay(session, seat)
    found: list[object] = [replay.lines()]
    head = session.head
    for line in replay.lines():
        moments = replay.moments(line.branch.tip)
        found += [moments, replay.search(moments, "a"), replay.search(moments, "1")]
        for moment in moments:
            n = moment.number
            found += [replay.view(n), replay.entry(n), replay.options(n)]
            found += [replay.compare(0, n), replay.compare(n, head)]
    teams = session.tree.program.teams
    if seat in teams:
        guessing = Guessing(replay, seat)
        found += [guessing.decision(i) for i in range(len(guessing.decisions()))]
    return found


@pytest.mark.parametrize("name", [*DECKS, "plots"])
def test_a_seat_is_shown_the_same_whatever_it_may_not_know(name: str) -> None:
    deck = SECRET_DECKS[name]
    bots = dict.fromkeys(deck.model.teams, "bot:greedy")
    session = Session.new(deck, seed=4, seats=bots, clock=clock)
    chance = random.Random(name)
    for step in range(12):
        if session.over:
            break
        if step == 6:
            session.undo(CONTROL, session.tree.path()[-2].number)
            session.name_branch(session.tree.courses()[0].tip, "their secret")
        for seat in seats(session) if step in (3, 7, 11) else ():
            secrets = Secrets(session.tree, seat)
            twin = with_state(session, secrets.twin(session.tree.state(), chance))
            assert everything(twin, seat) == everything(session, seat)
        moved(session, chance)


def test_a_team_reads_nobody_elses_words() -> None:
    """Intents, control's names of lines and bookmarks are not for teams."""
    replay = Replay.open(ROOT / "saves" / "bright-days-exercise.jsonl")
    nodes = replay.session.tree.nodes.values()
    for team in replay.session.tree.program.teams:
        replay.seat = team
        others = [
            node.note
            for node in nodes
            if node.note and node.move and node.move.kind in ("play", "pass", "answer")
            and node.move.team != team
        ]  # fmt: skip
        text = repr([replay.moments(line.branch.tip) for line in replay.lines()])
        assert not [words for words in others if words in text]
        assert not any(e.kind == "bookmark" for m in replay.moments() for e in m.beside)
    replay.close()
