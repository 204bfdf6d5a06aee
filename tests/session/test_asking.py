"""What a card asks is told before it is played, as far as its team may know."""

import pytest

from tabletop.errors import UsageError
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Asking, EffectView, Move
from tests.decks.shipped import BRIGHT_DAYS, HOSPITAL, TUTORIAL, deck
from tests.session.twins import clock

HIDDEN = EffectView("something that you can't see", 0, "")


def hospital(seed: int = 11) -> Session:
    """A game of the hospital deck, in memory."""
    return Session.new(deck(HOSPITAL), seed=seed, seats={}, clock=clock)


def when(asking: Asking) -> list[str]:
    """When what follows, in words."""
    return [outcome.when for outcome in asking.outcomes]


def test_a_card_tells_whom_it_asks_each_answer_and_what_follows() -> None:
    asking = hospital().asking("clinical", "divert")
    [question] = asking.questions
    assert question.teams == ("comms", "authorities")
    assert [choice.label for choice in question.choices] == ["Sign", "Object"]
    assert question.choices[1].effects[1] == EffectView("Staff", -1, "2")
    assert when(asking) == ["all say 'Sign'", "exactly one says 'Sign'"]
    assert EffectView("Care", 1, "10") in asking.outcomes[0].effects


@pytest.mark.parametrize(
    ("card", "words"),
    [
        ("isolate", ["Clinical management says 'Cut everything'"]),
        (
            "tell_public",
            ["2 or more say 'Stand behind it'", "fewer than 2 say 'Stand behind it'"],
        ),
        ("one_command", ["all say 'Send our lead'", "nobody says 'Send our lead'"]),
        (
            "administrator",
            [
                "somebody says 'Accept' or Duties ≤ 25 or Risk ≥ 55",
                "nobody says 'Accept' and Duties > 25 and Risk < 55",
            ],
        ),
    ],
)
def test_counts_of_answers_are_put_as_people_say_them(
    card: str, words: list[str]
) -> None:
    assert when(hospital().asking(CONTROL, card)) == words


def test_what_the_team_may_not_see_is_not_named() -> None:
    session = hospital()
    [question] = session.asking("it", "isolate").questions
    assert HIDDEN in question.choices[1].effects
    [open_one] = session.asking(CONTROL, "isolate").questions
    assert EffectView("Near misses", 1, "6") in open_one.choices[1].effects


@pytest.mark.parametrize(("seat", "item"), [("it", "divert"), ("it", "a_mother")])
def test_a_team_reads_only_its_own_cards(seat: str, item: str) -> None:
    with pytest.raises(UsageError, match="may not read"):
        hospital().asking(seat, item)


def test_whoever_may_respond_is_told_to_which_card() -> None:
    session = Session.new(deck(TUTORIAL), seed=3, seats={}, clock=clock)
    session.submit(CONTROL, Move("advance"))
    session.submit("town", Move("pass", team="town"))
    session.submit("board", Move("play", team="board", item="open_sluice"))
    prompt = session.view("town").prompt
    assert prompt == "No card of yours can answer 'Open the sluice' now: pass."
    answer = Move("give", team="town", item="shut_gate")
    session.submit(CONTROL, answer, note="Dealt wrongly.")
    prompt = session.view("town").prompt
    assert prompt == "You may respond before 'Open the sluice' takes effect, or pass."


def test_previews_of_a_question_and_of_an_answer_tell_it() -> None:
    session = hospital()
    for _ in range(2):
        session.submit(CONTROL, Move("advance"))
    session.submit("it", Move("pass", team="it"))
    play = Move("play", team="clinical", item="divert")
    asking = session.asking("clinical", "divert")
    assert session.preview("clinical", play).asking == asking
    session.submit("clinical", play)
    sign = Move("answer", team="comms", item="agree")
    assert when(session.preview("comms", sign).asking) == when(asking)


def fine_print() -> Session:
    """Bright days as the cease-fire begins: the Kremlin alone is asked."""
    session = Session.new(deck(BRIGHT_DAYS), seed=1, seats={}, clock=clock)
    for _ in range(2):
        session.submit(CONTROL, Move("advance"))
    session.submit(
        CONTROL, Move("set", item="ceasefire", value=1), note="It is signed."
    )
    return session


def test_a_team_that_is_asked_alone_reads_what_it_is_told_alone() -> None:
    session = fine_print()
    [asked] = session.view("kremlin").asks
    assert asked.told.startswith("For the Kremlin alone: the guns are silent.")


def test_what_is_read_to_everybody_is_not_told_again_with_the_question() -> None:
    session = Session.new(deck(BRIGHT_DAYS), seed=1, seats={}, clock=clock)
    session.submit(CONTROL, Move("fire", item="europes_bill"))
    [asked] = session.view("europe").asks
    assert asked.told == ""


def test_a_team_without_a_card_to_play_is_told_to_pass() -> None:
    session = hospital()
    for _ in range(2):
        session.submit(CONTROL, Move("advance"))
    team = session.waiting()[0]
    assert session.view(team).prompt == "It is your turn: play a card, or pass."
    none_left = Move("set", item=f"{team}.points", value=0)
    session.submit(CONTROL, none_left, note="Spent.")
    view = session.view(team)
    can = any(card.playable for card in view.hand)
    assert not can
    assert view.prompt == "Nothing left to play: pass."
