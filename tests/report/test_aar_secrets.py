"""A team's report holds nothing that it may not know: by play, with twins."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.errors import MoveError
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC
from tests.decks import shipped
from tests.report.reports import EXERCISE, forms, played, told
from tests.session.test_secrets import (
    PLOTS,
    Steer,
    repeat,
    reseeded,
    rule,
    same_to,
    secret_names,
)
from tests.session.twins import clock, moved, seats

DECKS = {
    "tutorial": shipped.deck(shipped.TUTORIAL),
    "bright-days": shipped.deck(shipped.BRIGHT_DAYS),
    "plots": load_text({"deck.toml": PLOTS}),
}


def steers(deck: Deck) -> list[tuple[Steer, Steer]]:
    """Ways to make two games differ in secret: a hidden number, other cards."""
    hidden = secret_names(deck)[:2]
    numbers = [(rule("set", i, low), rule("set", i, high)) for i, low, high in hidden]
    return [*numbers, (reseeded(1), reseeded(9))]


Same = Callable[[Session, Session, str], None]


def compared(deck: Deck, steer: tuple[Steer, Steer], same: Same, seed: int = 1) -> int:
    """Plays two games alike that were steered apart in secret.

    As long as they are the same to a seat, by the machine, so must its report be.
    """
    bots = dict.fromkeys(deck.model.teams, "bot:greedy")
    one, two = (Session.new(deck, seed=seed, seats=bots, clock=clock) for _ in range(2))
    chance = random.Random(seed)
    for _ in range(seed):
        moved(one, chance)
        repeat(one, two)
    steer[0](one)
    steer[1](two)
    alike = dict.fromkeys(seats(one), True)
    found = 0
    for move in range(24):
        for seat in alike:
            alike[seat] &= same_to(seat, one, two)
            if alike[seat] and move % 6 == 0 and not one.over:
                same(one, two, seat)
                found += 1
        if one.over or two.over or not any(alike.values()):
            break
        moved(one, chance)
        try:
            repeat(one, two)
        except MoveError:
            break
    return found


def same_bytes(one: Session, two: Session, seat: str) -> None:
    assert forms(one, seat) == forms(two, seat), seat


@pytest.mark.parametrize("name", DECKS)
def test_anothers_secrets_change_no_byte_of_a_report(name: str) -> None:
    deck = DECKS[name]
    found = sum(compared(deck, pair, same_bytes) for pair in steers(deck))
    assert found >= 4


PLAYOUTS = {"tutorial": 3, "plots": 20, "bright-days": 1}
"""Few enough to be made at many moments of many games."""


@pytest.mark.parametrize("name", PLAYOUTS)
def test_anothers_secrets_change_no_turning_point_of_a_report(name: str) -> None:
    deck, drawn = DECKS[name], 0

    def same(one: Session, two: Session, seat: str) -> None:
        nonlocal drawn
        if seat != PUBLIC:
            ours = forms(one, seat, PLAYOUTS[name])
            assert ours == forms(two, seat, PLAYOUTS[name]), seat
            drawn += "The score you could expect" in ours[0]

    tries = [(pair, seed) for pair in steers(deck) for seed in range(3)]
    tries = tries[3:5] if name == "bright-days" else tries
    found = sum(compared(deck, pair, same, seed) for pair, seed in tries)
    assert found >= drawn > 2


def test_controls_report_does_differ() -> None:
    deck = DECKS["bright-days"]

    def differ(one: Session, two: Session, seat: str) -> None:
        assert seat
        assert forms(one, CONTROL) != forms(two, CONTROL)

    assert compared(deck, steers(deck)[1], differ) > 0


SECRET_TEXT = re.compile(
    r'^((?:cue|expects|wants|voice|later|allies) = "|    "(?=[A-Z]))', re.M
)
IN_SECTIONS = re.compile(r'^((?:text|brief|title) = "+)')


def said_otherwise(deck: Deck, team: str) -> Deck:
    """The deck in other words, wherever only control or other teams read them.

    No ending has come yet, so their titles and texts are among these.
    """
    files = {}
    for name, text in deck.files.items():
        section, lines = "", []
        for line in SECRET_TEXT.sub(r"\1Zz ", text).splitlines():
            section = line if line.startswith("[") else section
            other = (
                section.startswith(("[teams.", "[[teams."))
                and f".{team}" not in section
            )
            if other or section.startswith(("[checkpoints.", "[endings.")):
                line = IN_SECTIONS.sub(r"\1Zz ", line)
            lines.append(line)
        files[name] = "\n".join(lines)
    return load_text(files, deck.model.id)


def test_what_the_deck_says_to_others_changes_no_byte() -> None:
    deck = DECKS["bright-days"]
    one = played(deck, moves=40)
    for team in deck.model.teams:
        other = said_otherwise(deck, team)
        two = played(other, moves=40)
        assert other.digest != deck.digest
        assert one.tree.state() == two.tree.state()
        assert forms(one, team) == forms(two, team)
        ours, theirs = (forms(each, CONTROL)[0] for each in (one, two))
        assert theirs.count("Zz ") > 20 > ours.count("Zz ")


def test_what_only_control_wrote_or_planned_stands_in_no_other_report() -> None:
    session = Session.open(EXERCISE, read_only=True)
    model = session.deck.model
    secret = ["Two voices at once from Europe", "Ann Lee", "Silence for a minute"]
    secret += [point.text for point in model.checkpoints.values()]
    secret += list(model.exercise.objectives.values())
    secret += list(model.exercise.questions)
    secret += [session.deck.digest, f"{session.seed}"]
    own = told(forms(session, CONTROL)[0])
    assert all(" ".join(text.split()) in own for text in secret)
    secret += [inject.expects for inject in model.injects.values() if inject.expects]
    came = session.view(CONTROL).over
    assert came is not None
    secret += [e.title for id_, e in model.endings.items() if id_ != came.ending]
    for seat in (*model.teams, PUBLIC):
        html, text = forms(session, seat)
        words = told(html)
        for said in secret:
            assert " ".join(said.split()) not in words, (seat, said)
            assert said not in text
    session.close()


def test_a_teams_intents_and_notes_are_its_own(tmp_path: Path) -> None:
    deck = DECKS["tutorial"]
    teams = dict.fromkeys(deck.model.teams, "person")
    session = Session.new(
        deck, seed=1, seats=teams, path=tmp_path / "a.jsonl", clock=clock
    )
    while not session.view("board").moves:
        owing = session.owing()[0]
        session.submit(owing, session.view(owing).moves[0].move)
    session.submit("board", session.view("board").moves[0].move, note="our plan")
    session.note("board", "our own note")
    for seat in (*teams, CONTROL, PUBLIC):
        html, text = forms(session, seat)
        mine = seat in ("board", CONTROL)
        assert ("our plan" in html) == ("our plan" in text) == mine
        assert ("our own note" in html) == ("our own note" in text) == mine
    session.close()
