"""Studies agree with the exact law of small games, found by going through all of them.

And the law agrees with a calculation by hand.
"""

from fractions import Fraction

import pytest

from tabletop.engine import layout as at
from tabletop.engine.exact import Law, law
from tabletop.engine.ledger import countable
from tabletop.study.figures import share
from tabletop.study.result import StudyResult
from tests.study.studied import CARDS, made, near, studied, wager

GAMES = 6_000
DEEP = """
[teams.bob]
name = "Bob"
points = "1 + round // 2"
hand = 1
[[teams.bob.objectives]]
text = "Less"
score = "(50 - x) * 2 + (3 if ending.good else 0)"
[flags.told]
label = "Told"
[cards.push]
team = "bob"
title = "Push"
effects = ["x -= 1"]
[cards.pull]
team = "bob"
title = "Pull"
requires = "x > 48 and not told"
effects = ["told = true"]
[[cards.pull.ask]]
team = "ada"
prompt = "Pull?"
options = [
  { id = "yes", label = "Yes", effects = ["x += 2"] },
  { id = "no", label = "No" },
]
[rules.drift]
at = "round_end"
when = "x < 50 or told"
effects = ["x += 1"]
[injects.late]
title = "Late"
at = { round = 2 }
effects = ["x -= 1"]
"""
"""Another team with cards to draw, a question, a rule, an inject."""


def test_the_law_is_what_it_is_by_hand() -> None:
    """Safe, dare or nothing, a third each; a third of the dares is lost."""
    found = law(countable(wager()), [at.BOT_RANDOM])
    assert found.scores(0) == {
        0: Fraction(1, 3), 2: Fraction(1, 3), -3: Fraction(1, 9), 4: Fraction(2, 9),
    }  # fmt: skip
    assert sorted(found.endings().values()) == [Fraction(2, 9), Fraction(7, 9)]


@pytest.fixture(scope="module", params=["wager", "deep"])
def both(request: pytest.FixtureRequest) -> tuple[StudyResult, Law, tuple[str, ...]]:
    """A study of a deck, its law, and the endings by their index."""
    deck = made(CARDS) if request.param == "wager" else made(CARDS, DEEP, rounds=2)
    ready = countable(deck)
    found = law(ready, [at.BOT_RANDOM] * len(deck.model.teams), remember=True)
    result = studied(deck, GAMES, "order")
    return result, found, ready.program.endings


Both = tuple[StudyResult, Law, tuple[str, ...]]


def test_endings_rounds_and_scores(both: Both) -> None:
    result, exact, ids = both
    shares = {ids[i]: chance for i, chance in exact.endings().items()}
    for ending in result.endings:
        assert near(ending.share, float(shares[ending.id]))
    late = next(e for e in result.terminations if e.kind == "last round")
    assert near(late.share, float(exact.by_last_round))
    for index, team in enumerate(result.teams):
        scores = exact.scores(index)
        mean = sum(score * chance for score, chance in scores.items())
        square = sum(score * score * chance for score, chance in scores.items())
        deviation = float(square - mean * mean) ** 0.5
        assert abs(team.score.mean - float(mean)) < 4 * deviation / GAMES**0.5
        assert (team.score.least, team.score.greatest) == (min(scores), max(scores))


def test_what_is_reached(both: Both) -> None:
    result, exact, _ = both
    places: dict[str, int] = {}
    for each in result.reached:
        index = places[each.kind] = places.get(each.kind, -1) + 1
        chance = float(exact.happens[each.kind][index])
        if chance in (0.0, 1.0):
            assert each.share.share == chance, each
        else:
            assert near(each.share, chance), each
    assert places.keys() >= {"card", "row", "ending"}


def test_choices(both: Both) -> None:
    result, exact, _ = both
    for index, choice in enumerate(result.choices):
        offered, chosen = float(exact.offered[index]), float(exact.chosen[index])
        assert abs(choice.offered / GAMES - offered) < 0.05
        assert near(choice.taken, chosen / offered)


def test_terms(both: Both) -> None:
    result, exact, _ = both
    for term, (held, failed) in zip(result.terms, exact.terms, strict=True):
        seen = share(term.held, term.held + term.failed)
        truth = float(held / (held + failed))
        assert near(seen, truth) if 0 < truth < 1 else seen.share == truth


def test_tracks(both: Both) -> None:
    """Each round's mean, in the games that come so far."""
    result, exact, _ = both
    (track,) = [each for each in result.tracks if each.id == "x"]
    for found, values in zip(track.rounds[1:], exact.tracks[1:], strict=True):
        chances = values[0]
        total = sum(chances.values())
        mean = sum(value * chance for value, chance in chances.items()) / total
        room = 4 * found.deviation / found.games**0.5
        assert abs(found.mean - float(mean)) < room
        assert (found.least, found.greatest) == (min(chances), max(chances))
