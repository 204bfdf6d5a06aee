"""What a deck says to its facilitator: agendas, and questions for each hot wash."""

import pytest

from tabletop.deck.diagnostics import Diagnostic
from tabletop.deck.loader import check_text, load_text
from tabletop.report.document import document
from tabletop.report.pages import Source
from tabletop.session.rewording import differences
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move
from tests.deck.small import HEAD
from tests.report.pages import read
from tests.report.reports import forms, told

EXERCISE = """
[exercise]
guide = "Read **aloud**."
questions = ["What now?", "Who next?"]

[exercise.agenda]
"Half a day" = ["20 min  Briefs", "160 min  Play"]
"Two [hours]" = ["100 min  Play"]

[exercise.hotwash]
1 = ["Who <knew>?", "When?"]
2 = ["Why [/]?"]
4 = ["At what price?"]
"""
MINUTES = "minutes = { brief = 5, play = 20, hotwash = 5, tea = 5 }\n"


def deck_text(minutes: str = MINUTES, exercise: str = EXERCISE) -> str:
    return HEAD.replace("count = 4\n", f"count = 4\n{minutes}") + exercise


def game(minutes: str = MINUTES) -> Session:
    deck = load_text({"small.toml": deck_text(minutes)})
    return Session.new(deck, seed=1, seats={CONTROL: "person"})


def errors(text: str) -> list[Diagnostic]:
    found = check_text({"d.toml": text}).diagnostics
    return [each for each in found if each.severity == "error"]


def asked(session: Session) -> list[tuple[int, str, tuple[str, ...]]]:
    """What is to be asked, and where, from here to the end."""
    found = []
    while True:
        view, asks = session.view(CONTROL), session.run_view().asks
        if asks:
            found.append((view.round, "over" if view.over else view.phase, asks))
        if view.over:
            return found
        session.submit(CONTROL, Move("advance"))


END = ("What now?", "Who next?")
ROUNDS = (("Who <knew>?", "When?"), ("Why [/]?",), END, ("At what price?",))


@pytest.mark.parametrize(
    ("minutes", "phase"),
    [(MINUTES, "hotwash"), ("minutes = { play = 9, talk = 3 }\n", "talk")],
)
def test_each_round_has_its_questions_in_its_hot_wash(minutes: str, phase: str) -> None:
    rounds = [(number, phase, asks) for number, asks in enumerate(ROUNDS, start=1)]
    assert asked(game(minutes)) == [*rounds, (4, "over", END)]


def test_where_a_round_ends_with_play_only_its_own_questions_are_asked() -> None:
    rounds = [(n, "play", ROUNDS[n - 1]) for n in (1, 2, 4)]
    assert asked(game("")) == [*rounds, (4, "over", END)]


def test_an_agenda_may_be_one_or_several() -> None:
    assert game().run_view().agendas == (
        ("Half a day", ("20 min  Briefs", "160 min  Play")),
        ("Two [hours]", ("100 min  Play",)),
    )
    text = deck_text(exercise='[exercise]\nagenda = ["Play", "Talk"]\n')
    one = Session.new(load_text({"small.toml": text}), seed=1, seats={})
    assert one.run_view().agendas == (("", ("Play", "Talk")),)


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("5", "round 5 never comes; the last one is 4"),
        ("0", "`0` is no round"),
        ("01", "`01` is no round"),
        ("first", "`first` is no round"),
        ("9999999999", "round 9999999999 never comes; the last one is 4"),
    ],
)
def test_questions_for_no_round_are_told_with_their_place(
    key: str, message: str
) -> None:
    text = deck_text().replace("4 = [", f"{key} = [")
    [problem] = errors(text)
    lines = text.splitlines()
    assert (problem.code, problem.message) == ("E307", message)
    assert lines[problem.place.line - 1].startswith(key)


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ('4 = ["At what price?"]', "4 = 7", "4 = 7", "`4` must be a list, not 7"),
        (
            '"Two [hours]" = ["100 min  Play"]', "Two = [3]", "Two =",
            "an entry of `Two` must be text in quotes, not 3",
        ),
    ],
)  # fmt: skip
def test_wrong_types_are_told_at_their_place(
    old: str, new: str, where: str, message: str
) -> None:
    text = deck_text().replace(old, new)
    [problem] = errors(text)
    assert problem.message == message
    assert text.splitlines()[problem.place.line - 1].startswith(where)


def test_its_words_may_change_while_a_game_runs() -> None:
    before = load_text({"d.toml": deck_text()})
    after = load_text({
        "d.toml": deck_text().replace("Who <knew>?", "Who?").replace("aloud", "low")
        .replace('4 = ["At', '3 = ["At').replace("Half a day", "A day")
    })  # fmt: skip
    words, rules = differences(before, after)
    assert set(words) == {
        "exercise.guide", "exercise.agenda", "exercise.hotwash",
    }  # fmt: skip
    assert rules == ()


def test_the_printed_guide_has_every_agenda_and_hot_wash() -> None:
    found = read(document(Source(game().deck), sheets=["guide"]))
    assert not found.wrong
    words = " ".join(" ".join(found.words).split())
    for said in (
        "Agenda: Half a day", "Agenda: Two [hours]", "100 min Play",
        "Hot wash of Round 1", "Who <knew>?", "Hot wash of Round 4",
        "For the last hot wash", "Who next?",
    ):  # fmt: skip
        assert said in words, said


def test_the_report_has_the_questions_of_the_rounds_that_came() -> None:
    session = game()
    while session.view(CONTROL).round < 2:
        session.submit(CONTROL, Move("advance"))
    html, text = forms(session, CONTROL)
    for form in (told(html), text):
        assert "Hot wash of Round 2" in form
        assert "At what" not in form
        assert "For the last hot wash" in form
        assert "Hot wash of Round 4" not in form
    assert "Why [/]?" in told(html)
    for seat in ("red", PUBLIC):
        assert all("Hot wash of" not in form for form in forms(session, seat))
