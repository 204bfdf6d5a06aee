"""The plain table tells of a card that asks what the screen tells."""

from tabletop.cli.plain import describe
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Move
from tests.decks.shipped import HOSPITAL, deck
from tests.session.twins import clock

FOLLOWS = "  If all say 'Sign': Two signatures. The blue lights pass the door."


def at_play() -> Session:
    """Clinical management's turn on the first day."""
    session = Session.new(deck(HOSPITAL), seed=11, seats={}, clock=clock)
    for _ in range(2):
        session.submit(CONTROL, Move("advance"))
    session.submit("it", Move("pass", team="it"))
    return session


def test_a_preview_tells_the_question_each_answer_and_what_follows() -> None:
    session = at_play()
    play = Move("play", team="clinical", item="divert")
    told = list(describe.preview(session.preview("clinical", play)))
    assert "    Sign: no effect of its own" in told
    assert "    Object: Near misses up 3, Staff down 2" in told
    assert any(line.startswith(FOLLOWS) for line in told)


def test_a_preview_of_an_answer_tells_what_all_answers_lead_to() -> None:
    session = at_play()
    session.submit("clinical", Move("play", team="clinical", item="divert"))
    sign = Move("answer", team="comms", item="agree")
    told = list(describe.preview(session.preview("comms", sign)))
    assert any(line.startswith(FOLLOWS) for line in told)
    assert not any(line.startswith("  Question") for line in told)
