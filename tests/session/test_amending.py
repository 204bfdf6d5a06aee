"""Injects and judgements that are written in mid-game."""

import random
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.errors import DeckError, DivergenceError, MoveError
from tabletop.session.drafts import Adjudication, NewInject
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move, View
from tests.cli.conftest import DECK as FERRY
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.engine.games import some_decks
from tests.session.twins import clock, moved

DECKS = some_decks(12)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=150)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def table(deck: Deck, path: Path | None = None, seed: int = 3) -> Session:
    """A game by bots, which control steers."""
    seats = dict.fromkeys(deck.model.teams, "bot:random") | {CONTROL: "auto"}
    return Session.new(deck, seed=seed, seats=seats, path=path, clock=clock)


def begun(path: Path | None = None, moves: int = 40) -> Session:
    """A game of Bright days after some moves."""
    session = table(deck(BRIGHT_DAYS), path)
    for _ in range(moves):
        session.bot_moves()
    return session


def without(view: View, injects: set[str]) -> View:
    """A view as it would be without some injects, none of which has fired."""
    return replace(
        view,
        injects=tuple(i for i in view.injects if i.id not in injects),
        moves=tuple(m for m in view.moves if m.move.item not in injects),
    )


# --- injects


@pytest.mark.parametrize("name", DECKS)
def test_an_inject_that_never_fires_changes_nothing_that_is_shown(name: str) -> None:
    plain, amended = table(DECKS[name]), table(DECKS[name])
    team = next(iter(amended.deck.model.teams))
    new = NewInject("Never", audience=(team,), effects=(f"{team}.points += 1",))
    chances = random.Random(1), random.Random(1)
    for number in range(120):
        if number == 25:
            assert amended.write_inject(new) == "written_1"
            plain.set_seat(team, plain.seats[team])  # a line of the save as well
        if plain.over:
            break
        moved(plain, chances[0])
        move = plain.tree.now.move
        assert move is not None
        note = "why" if plain.tree.now.note else ""
        amended.submit(plain.tree.now.by, move, note=note)
        for seat in (*plain.seats, PUBLIC):
            expected = plain.view(seat)
            found = without(amended.view(seat), {"written_1"})
            assert replace(found, log=()) == replace(expected, log=())
            assert [e.title for e in found.log] == [e.title for e in expected.log]


def test_a_written_inject_comes_when_it_is_due_and_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        new = NewInject(
            'Storm "of the\n[injects.century]',
            read="It rains.", sender="Weather service", audience=("kyiv",),
            round=4, phase="plan", expects="Kyiv waits.", cue="Look at Kyiv.",
            headline="STORM", effects=("us_aid -= 5", "congress += 3"),
        )  # fmt: skip
        assert session.write_inject(new) == "written_1"
        shown = {i.id: i for i in session.view(CONTROL).injects}["written_1"]
        assert (shown.title, shown.state, shown.round) == (new.title, "scheduled", 4)
        assert shown.audience == ("kyiv",)
        while session.view(CONTROL).round < 5 and session.bot_moves():
            pass
        log = session.view("kyiv").log
        told = [c.text for e in log for c in e.changes if c.subject == "written_1"]
        assert any("It rains." in text for text in told)
        others = [c.text for e in session.view("europe").log for c in e.changes]
        assert not any("It rains." in text for text in others)
        views = [session.view(seat) for seat in session.seats]
    with closing(Session.open(path, clock=clock)) as opened:
        assert [opened.view(seat) for seat in opened.seats] == views


def test_a_written_inject_is_steered_like_any_other() -> None:
    session = begun()
    id_ = session.write_inject(NewInject("By hand", effects=("us_aid = 1",)))
    assert session.write_inject(NewInject("Another")) == "written_2"
    session.submit(CONTROL, Move("skip", item=id_))
    session.submit(CONTROL, Move("release", item=id_))
    session.submit(CONTROL, Move("fire", item=id_))
    us_aid = next(t for t in session.view(CONTROL).tracks if t.id == "us_aid")
    assert us_aid.value == 1
    assert session.why(CONTROL, "us_aid").lines[-1].title == "By hand"


def test_going_back_before_an_inject_was_written_keeps_it() -> None:
    session = begun()
    session.write_inject(NewInject("Later", round=4))
    session.undo(CONTROL, 2)
    shown = {i.id: i for i in session.view(CONTROL).injects}["written_1"]
    assert (shown.state, shown.round) == ("scheduled", 4)
    for _ in range(200):
        session.bot_moves()
    shown = {i.id: i for i in session.view(CONTROL).injects}["written_1"]
    assert shown.state == "fired"


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(NewInject, NAMES, TEXTS, TEXTS, NAMES, expects=TEXTS, cue=TEXTS))
def test_whatever_is_typed_is_kept(new: NewInject) -> None:
    session = table(deck(TUTORIAL))
    if not new.title.strip():
        with pytest.raises(DeckError, match="Title"):
            session.write_inject(new)
        return
    id_ = session.write_inject(new)
    kept = session.deck.model.injects[id_]
    assert kept.title == new.title.strip()
    found = (kept.read, kept.text, kept.sender, kept.expects, kept.cue)
    assert found == (new.read, new.text, new.sender, new.expects, new.cue)


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        before, view = path.read_bytes(), session.view(CONTROL)
        preview = session.draft_inject(NewInject("Cuts", effects=("us_aid -= 5",)))
        aid = next(c for c in preview.changes if c.subject == "us_aid")
        assert aid.after == aid.before - 5
        assert path.read_bytes() == before
        assert session.view(CONTROL) == view


WRONG = (
    (NewInject(" "), "Title: it has no title", "words"),
    (NewInject("x" * 201), "Title: ", ""),
    (NewInject("x", headline="h" * 61), "Headline: ", ""),
    (NewInject("x", audience=("kyyiv",)), "To: unknown team `kyyiv`", "`kyiv`?"),
    (NewInject("x", round=99), "Round: round 99 never comes", ""),
    (NewInject("x", round=1), "Round: Month 1", "by hand"),
    (NewInject("x", round=7, phase="plya"), "Phase: unknown phase", "`play`?"),
    (NewInject("x", phase="play"), "Phase: an inject by hand", "round"),
    (
        NewInject("x", effects=("us_aid -= 5", "us_ad += 1")),
        "Effects, line 2, column 1: unknown track or flag `us_ad`",
        "did you mean `us_aid`?",
    ),
    (
        NewInject("x", effects=("us_aid -= contgress",)),
        "Effects, line 1, column 11",
        "?",
    ),
    (NewInject("x", effects=("us_aid",)), "Effects, line 1", ""),
    (NewInject("x", text="\ud800"), "half a character", ""),
)


@pytest.mark.parametrize(("new", "message", "hint"), WRONG)
def test_a_form_that_is_wrong_says_where(
    new: NewInject, message: str, hint: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        before = path.read_bytes()
        for wish in (session.write_inject, session.draft_inject):
            with pytest.raises(DeckError) as error:
                wish(new)
            assert message in error.value.message
            assert hint in error.value.hint
        assert path.read_bytes() == before


def test_a_deck_with_all_injects_in_one_line_says_why_none_can_be_added() -> None:
    text = 'injects = { fog = { title = "Fog" } }\n' + FERRY
    session = table(load_text({"deck.toml": text}))
    with pytest.raises(DeckError, match="stand in one line") as error:
        session.write_inject(NewInject("B"))
    assert "[injects.ID]" in error.value.hint


# --- judgements

ARGUED = Adjudication(
    "Kyiv's hackers stop\nthe trains for a day", team="kyiv",
    pros=("They did it before",), cons=("The trains are old",), dice="2d6", target=8,
    effects=("us_aid += 3",), otherwise=("us_aid -= 1",),
)  # fmt: skip


def test_a_judgement_is_a_ruling_in_every_log(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        preview = session.draft_adjudication(ARGUED)
        assert [row.chance for row in preview.rows] == ["58 %", "42 %"]
        assert preview.title.startswith("Ruling: Kyiv's hackers")
        changes = session.adjudicate(ARGUED, note="They have the people for it")
        assert any(change.kind == "roll" for change in changes)
        for seat in (*session.seats, PUBLIC):
            entry = session.view(seat).log[-1]
            assert (entry.kind, entry.teams) == ("judge", ("kyiv",))
            assert entry.title == "Ruling: Kyiv's hackers stop the trains for a day"
            assert entry.note == "They have the people for it"
        assert session.branches()[-1].title == entry.title
        cue = session.view(CONTROL).injects[-1].cue
        assert "For: They did it before" in cue
        assert "Against: The trains are old" in cue
        session.undo(CONTROL, session.tree.now.parent)
        assert session.view(CONTROL).injects[-1].state == "hand"


def test_a_die_thrown_at_the_table_decides_a_judgement() -> None:
    for die, change in ((6, 3), (1, -1)):
        session = begun()
        for _ in range(2):
            session.submit(CONTROL, Move("die", value=die), note="thrown here")
        aid = session.why(CONTROL, "us_aid").value
        session.adjudicate(ARGUED, note="so be it")
        assert session.why(CONTROL, "us_aid").value == aid + change


def test_without_dice_the_effects_come_at_once() -> None:
    session = begun()
    judged = Adjudication("It works", dice="", effects=("us_aid = 7",))
    session.adjudicate(judged, note="Nobody objects")
    assert session.why(CONTROL, "us_aid").value == 7


REFUSED: tuple[tuple[Adjudication, str], ...] = (
    (replace(ARGUED, argument=" "), "Argument"),
    (replace(ARGUED, dice="2d"), "Dice"),
    (replace(ARGUED, target=13), "Target: 2d6 never shows 13 or more"),
    (replace(ARGUED, target=2), "Target: 2d6 always shows 2 or more"),
    (replace(ARGUED, dice=""), "without dice nothing fails"),
    (
        replace(ARGUED, otherwise=("us_ad -= 1",)),
        "Effects if it fails, line 1, column 1",
    ),
    (replace(ARGUED, effects=("ok", "us_aid -= 1")), "Effects, line 1"),
    (replace(ARGUED, team="nobody"), "no team called 'nobody'"),
)


@pytest.mark.parametrize(("judged", "message"), REFUSED)
def test_a_judgement_that_is_wrong_changes_nothing(
    judged: Adjudication, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        before = path.read_bytes()
        with pytest.raises((DeckError, MoveError), match=message):
            session.adjudicate(judged, note="why")
        with pytest.raises(MoveError, match="reason"):
            session.adjudicate(ARGUED, note="  ")
        assert path.read_bytes() == before


def test_a_judgement_after_the_end_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        while session.bot_moves():
            pass
        before = path.read_bytes()
        with pytest.raises(MoveError, match="over"):
            session.adjudicate(ARGUED, note="too late")
        assert path.read_bytes() == before


def test_a_kill_between_a_judgement_and_its_throw_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        session.adjudicate(ARGUED, note="They can")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    with closing(Session.open(path, clock=clock)) as opened:
        waits = opened.view(CONTROL).injects[-1]
        assert (waits.state, waits.title[:13]) == ("hand", "Kyiv's hacker")
        opened.submit(CONTROL, Move("fire", item=waits.id))
        entry = opened.view("europe").log[-1]
        assert (entry.kind, entry.note) == ("judge", "They can")


# --- saves


def no_file(text: str) -> str:
    """A save whose addition names another file."""
    return text.replace('"file":"exercise.toml"', '"file":"other.toml"')


def no_text(text: str) -> str:
    """A save whose addition is no text."""
    return text.replace('"text":"\\n[injects', '"test":"\\n[injects')


@pytest.mark.parametrize("damage", [no_file, no_text])
def test_an_addition_that_was_changed_is_named(
    damage: Callable[[str], str], tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        session.write_inject(NewInject("One"))
    text = path.read_text(encoding="utf-8")
    assert damage(text) != text
    path.write_text(damage(text), encoding="utf-8")
    with pytest.raises(DivergenceError, match="line 41 can't be added to the deck"):
        Session.open(path)
