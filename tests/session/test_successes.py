"""What teams would call a success: judged at the end, told to all, by nothing else."""

from collections.abc import Iterator

import pytest

from tabletop.cli.transcript import end_lines
from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.errors import DeckError
from tabletop.report.aar.page import page
from tabletop.report.aar.plain import plain
from tabletop.report.aar.record import record_of
from tabletop.report.aar.report import after_action
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC

ADA = 'success = "ending.early or secret >= 60"'
BOB = 'success = "front < 52 and not ending.early"'
DECK = """
format = 1
id = "judged"
title = "Judged"
[rounds]
count = 2
ending = "late"
minutes = {{ play = 5 }}
[tracks.front]
label = "Front"
start = 50
[tracks.secret]
label = "Secret"
start = 50
visible_to = ["ada"]
[endings.early]
title = "Early"
when = "front >= 90"
[endings.late]
title = "Late"
[teams.ada]
name = "Ada"
points = 1
{ada}
[[teams.ada.objectives]]
text = "Ground"
score = "front"
[teams.bob]
name = "Bob"
{bob}
[teams.cyd]
name = "Cyd"
[cards.push]
team = "ada"
title = "Push"
effects = ["front += 1", "secret += 5"]
[cards.wait]
team = "bob"
title = "Wait"
"""
SEATS = {"ada": "person", "bob": "person", "cyd": "person", "control": "auto"}


def judged(ada: str = ADA, bob: str = BOB) -> Deck:
    return load_text({"judged.toml": DECK.format(ada=ada, bob=bob)})


def played(deck: Deck, pushes: int) -> Session:
    """A game in which Ada pushes so often, once a round at most."""
    session = Session.new(deck, seed=4, seats=SEATS)
    while owing := session.owing():
        view = session.view(owing[0])
        may = [each.move for each in view.moves]
        push = may[0].item == "push" and view.round <= pushes
        session.submit(owing[0], may[0] if push else may[-1])
    return session


@pytest.fixture
def game() -> Iterator[Session]:
    session = played(judged(), 2)
    yield session
    session.close()


@pytest.mark.parametrize("seat", [CONTROL, PUBLIC, "ada", "bob", "cyd"])
def test_all_learn_in_the_end_who_has_what_it_wanted(game: Session, seat: str) -> None:
    """As they learn the final scores. Cyd never said what it wanted."""
    over = game.view(seat).over
    assert over is not None
    assert over.successes == (("ada", True), ("bob", False))


def test_what_is_hidden_from_others_counts_for_the_team_that_sees_it() -> None:
    session = played(judged(), 1)
    over = session.view("bob").over
    assert over is not None
    assert over.successes == (("ada", False), ("bob", True))


def test_nobody_is_shown_the_condition() -> None:
    """Players read prose: neither before the end nor after it."""
    session = Session.new(judged(), seed=4, seats=SEATS)
    for each in (session, played(judged(), 2)):
        for seat in ("ada", "bob", "cyd", PUBLIC):
            shown = repr(each.view(seat))
            assert ">=" not in shown
            assert "ending.early" not in shown
    assert session.view(CONTROL).over is None


def test_the_states_are_those_of_a_deck_that_does_not_ask() -> None:
    digests = [
        [tree.digest(node.number) for node in tree.path()]
        for tree in (played(deck, 2).tree for deck in (judged(), judged("", "")))
    ]
    assert digests[0] == digests[1]
    assert len(digests[0]) > 5
    over = played(judged("", ""), 2).view(CONTROL).over
    assert over is not None
    assert over.successes == ()


def test_it_is_told_in_words_where_a_game_is_told(game: Session) -> None:
    view = game.view("cyd")
    assert view.over is not None
    lines = list(end_lines(view, view.over))
    assert "Ada: 52 points, a success by its own measure" in lines
    assert "Bob: 0 points, not what it wanted" in lines
    assert "Cyd: 0 points" in lines


@pytest.mark.parametrize("seat", [CONTROL, "ada", "bob", PUBLIC])
def test_the_report_tells_it_in_every_form(game: Session, seat: str) -> None:
    found = after_action(record_of(game, seat))
    for text in (page(found), plain(found)):
        assert "By their own measure" in text
        assert "✓ a success by its own measure" in text
        assert "✗ not what it wanted" in text
        assert "secret >=" not in text


def test_a_report_of_a_deck_that_does_not_ask_has_no_such_part() -> None:
    text = plain(after_action(record_of(played(judged("", ""), 2), CONTROL)))
    assert "own measure" not in text


@pytest.mark.parametrize(
    ("bob", "said"),
    [
        ('success = "secret > 3"', "may not see `secret`"),
        ('success = "front + 1"', "condition"),
        ('success = "ending.none_such"', "unknown ending"),
        ("success = true", "an expression in quotes"),
    ],
)
def test_what_a_team_can_not_call_a_success_is_refused(bob: str, said: str) -> None:
    with pytest.raises(DeckError) as caught:
        judged(bob=bob)
    assert said in str(caught.value)
    assert f"judged.toml:{DECK.split('{bob}')[0].count(chr(10)) + 1}" in str(
        caught.value
    )
