"""Headlines: everything that was announced to all, nothing that was not."""

import pytest

from tabletop.deck.loader import load, load_text
from tabletop.session.drafts import Adjudication
from tabletop.session.headlines import LARGE, LATEST, in_short
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Headline, Move
from tests.conftest import ROOT
from tests.session.twins import clock

DECK = """
format = 1
id = "h"
title = "Headlines"
[rounds]
count = 3
label = "Day"
ending = "over"
[teams.ada]
name = "Ada and her friends"
short = "Ada"
points = 9
[teams.bob]
name = "Bob"
points = 9
[tracks.sun]
label = "Sun"
start = 50
[cards.long]
team = "ada"
title = "A title that is far too long for a row of large letters"
short = "Long title"
text = "Words are said. More words are said."
[cards.named]
team = "ada"
title = "Named"
headline = "EXTRA! EXTRA!"
[cards.dice]
team = "ada"
title = "Dice"
roll = { dice = "1d6", table = [ { to = 3, text = "Nothing." },
    { text = "@MUCH" } ] }
[cards.offer]
team = "bob"
title = "An offer"
answers = "secret"
outcomes = [ { when = "answer.ada.yes", text = "Ada has said yes." } ]
[[cards.offer.ask]]
teams = ["ada", "bob"]
prompt = "Well?"
options = [{ id = "no", label = "No" }, { id = "yes", label = "Yes" }]
[injects.told]
title = "Told"
at = { round = 2 }
read = "It is read aloud."
headline = "TOLD TO ALL"
[injects.whispered]
title = "Whispered"
at = { round = 2 }
read = "For Ada alone."
headline = "WHISPERED"
audience = ["ada"]
ask = [{ team = "ada", prompt = "Psst?", options = [{ id = "ok", label = "Ok" }] }]
[endings.over]
title = "Over"
"""
MUCH = "So much happens that no row of letters holds it."


@pytest.fixture
def session() -> Session:
    seats = {"ada": "person", "bob": "person", CONTROL: "person"}
    deck = load_text({"deck.toml": DECK.replace("@MUCH", MUCH)})
    found = Session.new(deck, seed=1, seats=seats, clock=clock)
    while "ada" not in found.owing():
        found.submit(CONTROL, Move("advance"))
    return found


def latest(session: Session) -> Headline:
    return session.view(PUBLIC).headlines[-1]


def texts(session: Session) -> list[str]:
    return [each.text for each in session.view(PUBLIC).headlines]


def test_a_card_by_its_headline_or_the_title_that_fits(session: Session) -> None:
    session.submit("ada", Move("play", "ada", "named"))
    assert latest(session).text == "EXTRA! EXTRA!"
    assert latest(session).team == "ada"
    session.submit("ada", Move("play", "ada", "long"))
    found = latest(session)
    assert found.text == "Long title"
    assert found.more == (
        "Ada and her friends plays A title that is far too long for a row of large "
        "letters. Words are said. More words are said."
    )
    assert (found.number, found.round) == (session.head, 1)


@pytest.mark.parametrize(
    ("die", "text", "more"),
    [
        (2, "Nothing", "Dice, a total of 2: Nothing."),
        (5, "Dice", f"Dice, a total of 5: {MUCH}"),
    ],
)  # fmt: skip
def test_what_dice_decide(session: Session, die: int, text: str, more: str) -> None:
    session.submit(CONTROL, Move("die", value=die), note="a real die")
    session.submit("ada", Move("play", "ada", "dice"))
    assert (latest(session).text, latest(session).more) == (text, more)


def test_answers_in_secret_are_told_together(session: Session) -> None:
    session.submit("ada", Move("pass", "ada"))
    session.submit("bob", Move("play", "bob", "offer"))
    assert texts(session)[-2:] == ["Ada is asked", "Bob is asked"]
    assert latest(session).more == "Well? No, or Yes?"
    before = session.view(PUBLIC).headlines
    session.submit("ada", Move("answer", "ada", "yes"))
    assert session.view(PUBLIC).headlines == before
    session.submit("bob", Move("answer", "bob", "no"))
    assert texts(session)[-3:] == ["Ada: Yes", "Bob: No", "Ada has said yes"]
    assert latest(session).more == (
        "Ada and her friends answers: Yes. Bob answers: No. An offer: Ada has said yes."
    )


def test_only_what_all_are_told_and_in_its_own_round(session: Session) -> None:
    session.submit("ada", Move("pass", "ada"))
    session.submit("bob", Move("pass", "bob"))
    while not texts(session):
        session.submit(CONTROL, Move("advance"))
    [told] = session.view(PUBLIC).headlines
    assert (told.text, told.more, told.round) == ("TOLD TO ALL", "It is read aloud.", 2)
    if "ada" in session.owing():
        session.submit("ada", Move("answer", "ada", "ok"))
    assert texts(session) == ["TOLD TO ALL"]
    for seat in ("ada", "bob", CONTROL):
        assert session.view(seat).headlines == ()


def test_what_is_taken_back_is_no_headline_any_more(session: Session) -> None:
    session.submit("ada", Move("play", "ada", "named"))
    session.undo("ada")
    assert texts(session) == []


@pytest.mark.parametrize(("die", "text"), [(6, "It holds"), (1, "Judged")])
def test_an_argument_is_no_headline_before_it_is_judged(
    session: Session, die: int, text: str
) -> None:
    session.submit(CONTROL, Move("die", value=die), note="thrown by hand")
    argued = Adjudication(
        "The bridge is held by evening", "ada", dice="1d6", target=4,
        success="It holds", failure="By evening the bridge is in other hands",
    )  # fmt: skip
    session.adjudicate(argued, note="as the table said")
    assert texts(session) == [text]


@pytest.mark.parametrize("name", ["bright-days", "tutorial.toml"])
def test_the_shipped_decks_fit(name: str) -> None:
    deck = load(ROOT / "decks" / name)
    seats = {**dict.fromkeys(deck.model.teams, "bot:random"), CONTROL: "auto"}
    for seed in range(6):
        session = Session.new(deck, seed=seed, seats=seats, clock=clock)
        while session.bot_moves():
            found = session.view(PUBLIC).headlines
            assert len(found) <= LATEST
            for each in found:
                assert each.text
                assert each.more[-1] in ".?!'”"
        over = session.view(PUBLIC).over
        assert over is not None
        assert latest(session).text == over.title


def test_as_many_sentences_as_fit() -> None:
    assert in_short("One. Two! Three?", 9) == "One. Two!"
    assert in_short("  One\n two.  Three.", 4) == "One two."
    assert in_short("") == ""
    assert LARGE == 22


def test_a_quotation_that_a_sentence_closes_stays_closed() -> None:
    """The room reads who said what: the mark at its end is part of the sentence."""
    said = "'We were ready', they write. 'Others were not.' It is quoted at length."
    assert in_short(said) == said
    assert in_short(said, 50) == "'We were ready', they write. 'Others were not.'"
