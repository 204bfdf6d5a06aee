"""Small decks of which everything is known by hand, and studies of them."""

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.study.crew import local_crew
from tabletop.study.result import Estimate, Share, StudyResult
from tabletop.study.study import USUAL, Progress, StudyPlan, study
from tests.decks.shipped import TUTORIAL, deck

HEAD = """
format = 1
id = "wager"
title = "Wager"
[rounds]
count = {rounds}
ending = "over"
minutes = {{ news = 1, play = 4 }}
[tracks.x]
label = "X"
start = 50
[endings.over]
title = "Over"
[endings.good]
title = "Good"
when = "x >= 54"
[teams.ada]
name = "Ada"
points = 1
success = "ending.good"
[[teams.ada.objectives]]
text = "More"
score = "x - 50"
"""
CARDS = """
[cards.safe]
team = "ada"
title = "Safe"
limit = 1
effects = ["x += 2"]
[cards.dare]
team = "ada"
title = "Dare"
limit = 1
[cards.dare.roll]
dice = "1d6"
table = [
  { to = 2, text = "Lost", effects = ["x -= 3"] },
  { to = 6, text = "Won", effects = ["x += 4"] },
]
"""
"""In one round Ada plays one of the two cards, then has to pass, or passes at once."""


def made(*parts: str, rounds: int = 1) -> Deck:
    """A deck with further parts."""
    text = "\n".join([HEAD.format(rounds=rounds), *parts])
    return load_text({"wager.toml": text})


def wager() -> Deck:
    """The deck with the two cards."""
    return made(CARDS)


def silent() -> Deck:
    """The same, where nobody says what would be a success."""
    return load_text({
        name: text.replace('success = "ending.good"', "")
        for name, text in wager().files.items()
    })  # fmt: skip


def studied(of: Deck, games: int = 1_000, *parts: str, **more: object) -> StudyResult:
    """A study by one worker, of the usual parts or of some."""
    plan = StudyPlan(of, games, parts=frozenset(parts) or USUAL, **more)  # type: ignore[arg-type]
    with local_crew() as crew:
        return study(plan, crew)


def tutorial(games: int = 200, **more: object) -> StudyPlan:
    """A plan for the tutorial deck."""
    return StudyPlan(deck(TUTORIAL), games, name="decks/tutorial.toml", **more)  # type: ignore[arg-type]


def near(found: Estimate | Share | None, truth: float) -> bool:
    """Whether a figure is within four deviations of the truth, and knows how near."""
    assert found is not None
    value = found.share if isinstance(found, Share) else found.value
    deviation = (found.high - found.low) / (2 * 1.96)
    assert 0 < deviation < 0.1 * max(1.0, abs(truth)), found
    return abs(value - truth) < 4 * deviation


class Stopping:
    """Says no when a part of a study has come to some of its games."""

    def __init__(self, part: str, games: int) -> None:
        self.part, self.games = part, games
        self.told: list[Progress] = []

    def __call__(self, progress: Progress) -> bool:
        self.told.append(progress)
        return progress.part != self.part or progress.done < self.games
