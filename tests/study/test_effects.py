"""What choices are worth, and the verdicts on them, on decks where it is plain."""

from collections import Counter
from collections.abc import Iterator
from math import sqrt

from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import gear
from tabletop.engine.machine import team_score
from tabletop.engine.program import seed_key
from tabletop.study.effects import ANSWERS, CARDS, drawn
from tabletop.study.judged import ENOUGH
from tabletop.study.result import ChoiceStat
from tabletop.study.study import StudyPlan
from tabletop.study.table import Table
from tabletop.study.walks import Place, Walker
from tests.decks.shipped import TUTORIAL, deck
from tests.study.studied import made, studied

QUESTION = """
[cards.ask]
team = "ada"
title = "Ask"
limit = 1
[[cards.ask.ask]]
team = "ada"
prompt = "Well?"
options = [
  {{ id = "much", label = "Much", effects = ["x += {much}"] }},
  {{ id = "some", label = "Some", effects = ["x += {some}"] }},
  {{ id = "none", label = "None" }},
]
"""


def question(much: int, some: int) -> Deck:
    return made(QUESTION.format(much=much, some=some))


def options(of: Deck, games: int = 150) -> dict[str, ChoiceStat]:
    choices = studied(of, games, "choices").choices
    return {each.name.partition(".")[2]: each for each in choices if "." in each.name}


def test_gains_without_any_luck_are_exact() -> None:
    """Each is worth what it adds, less the mean of the two others."""
    found = options(question(3, 1))
    for option, gain in (("much", 2.5), ("some", -0.5), ("none", -2.0)):
        worth = found[option].gain
        assert worth is not None
        assert (worth.value, worth.low, worth.high) == (gain, gain, gain)
        assert worth.of > ENOUGH
    bests = {name: each.better.share for name, each in found.items() if each.better}
    assert bests == {"much": 1.0, "some": 0.0, "none": 0.0}


def test_verdicts() -> None:
    found = options(question(3, 1))
    assert found["much"].verdict == "always worth taking"
    assert found["some"].verdict == found["none"].verdict == "never worth taking"
    assert {each.verdict for each in options(question(0, 0)).values()} == {"no effect"}


def test_no_verdict_on_what_was_hardly_measured() -> None:
    found = options(question(3, 1), games=ENOUGH // 2)
    assert {each.verdict for each in found.values()} == {""}
    assert all(each.gain is not None for each in found.values())


def test_an_option_that_is_worth_it_only_now_and_then_gets_no_verdict() -> None:
    """`some` is better on every second round, and `much` on the others."""
    of = made(
        QUESTION.format(much="4 * (round % 2)", some="4 * ((round + 1) % 2)").replace(
            "limit = 1", "cooldown = 1"
        ),
        rounds=4,
    )
    found = options(of, 200)
    for name in ("much", "some"):
        better = found[name].better
        assert better is not None
        assert 0.2 < better.share < 0.8
        assert found[name].verdict == ""


def test_a_choice_is_measured_for_the_team_that_has_it() -> None:
    """An answer that costs the asker gains the one who answers."""
    bob = '[teams.bob]\nname = "Bob"\n[[teams.bob.objectives]]\ntext = "Less"\n'
    text = QUESTION.format(much=3, some=1).replace(
        '[[cards.ask.ask]]\nteam = "ada"', '[[cards.ask.ask]]\nteam = "bob"'
    )
    found = options(made(bob + 'score = "50 - x"', text))
    assert {each.team for each in found.values()} == {"bob"}
    gains = {name: each.gain.value for name, each in found.items() if each.gain}
    assert gains == {"much": -2.5, "some": 0.5, "none": 2.0}


# --- which decisions are drawn


def test_games_are_walked_as_they_are_played() -> None:
    """By bots of every kind: to the same ends."""
    every: list[dict[str, str]] = [{}, {"town": "greedy", "board": "least-used"}]
    for policies in every:
        plan = StudyPlan(deck(TUTORIAL), 10, policies=policies)
        machine = gear("low")
        table = plan.table.ready(machine)
        walker = Walker(machine, table, 5)
        for game, row in enumerate(plan.table.rows(machine, 5, 4), 5):
            seats = [place.seat for place in walker.walk(game)]
            assert set(seats) == {0, 1}
            ends = [team_score(table.program.words, walker.state, t) for t in (0, 1)]
            assert ends == row[5:7]
            assert len(seats) <= row[0]


class Line:
    """Stands for a walker: the same nine decisions over cards and six over answers."""

    def __init__(self, key: list[int]) -> None:
        program = compile_deck(deck(TUTORIAL))
        self.table = Table(program, key, [0, 0])

    def walk(self, _game: int) -> Iterator[Place]:
        for number in range(15):
            wait = at.W_ANSWER if number % 5 > 2 else at.W_PLAY
            state = [0] * 100
            state[at.S_MOVES], state[at.S_WAIT] = 2 * number, wait
            yield Place(state, 0, [1])  # no choice: never drawn
            yield Place(state, number, [1, 2])

    def copy(self, place: Place) -> Place:
        return place


def test_each_decision_is_as_likely_to_be_drawn() -> None:
    """Over 4,000 games; the same game gives the same ones again."""
    line, games = Line(seed_key(5)), 4_000
    counts: Counter[int] = Counter()
    for game in range(games):
        places = drawn(line, game)  # type: ignore[arg-type]
        assert len(places) == CARDS + ANSWERS
        numbers = [place.seat for place in places]
        assert len(set(numbers)) == len(numbers)
        counts.update(numbers)
        if game % 500 == 0:
            again = drawn(line, game)  # type: ignore[arg-type]
            assert [place.seat for place in again] == numbers
    assert counts.keys() == set(range(15))
    for number, count in counts.items():
        share = ANSWERS / 6 if number % 5 > 2 else CARDS / 9
        room = 4 * sqrt(games * share * (1 - share))
        assert abs(count - share * games) < room, (number, count)
