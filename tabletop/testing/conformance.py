"""What must hold in every game, as a suite to run on any deck and on any engine.

    from tabletop.testing.conformance import ConformanceTests, check_deck

    assert check_deck("tutorial") == []

    class TestTutorial(ConformanceTests):    # for pytest: a test for each check
        deck = "tutorial"

It plays games of moves by chance, rulings of control's among them. The checks, by name:

legal     legal moves have one order, none is twice, asking changes nothing
offers    each seat is shown its legal moves and no others
allowed   cards that are listed are held, can be paid for, are not used up
applies   every legal move can be made, and brings the game to its next stop
refuses   other moves are refused, and change nothing
end       nothing can be done after the end
bounds    tracks, flags, points and rounds stay within their bounds
cards     every copy of a card is in one place
plays     a play counts once
effects   cards do what they say, where that is plain to see
pays      a card that is played takes its cost
secrets   what a seat may not know changes nothing that it is shown
repeat    the same seed and moves give the same game
agrees    other engines agree with it in every state: the bare machine in both gears
undo      any place can be gone back to, and played on from
save      a save opens to the same game and the same future
tells     games that were steered apart in secret look the same to who may not know
luck      cards are drawn and dice fall as often as they should
always    what the deck's own tests say must always hold
"""

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import ClassVar

from tabletop.deck.deck import Deck
from tabletop.deck.named import locate
from tabletop.engine.gear import has_fast
from tabletop.errors import UsageError
from tabletop.session.view import Move, SeatId
from tabletop.testing.conformance_effects import effects, pays
from tabletop.testing.conformance_games import GAME_CHECKS, Played
from tabletop.testing.conformance_luck import luck
from tabletop.testing.conformance_places import CHECKS
from tabletop.testing.conformance_walks import Course, Place, walk
from tabletop.testing.engines import Engine, RulesEngine
from tabletop.testing.named import Named, opened
from tabletop.testing.tables import BareEngine, TableEngine

SEEDS = 120
"""Games that are begun to see how cards are drawn and dice fall."""
ENOUGH = 2
"""States that must have been compared, else a comparison says nothing."""
PLACE_CHECKS = {**CHECKS, "effects": effects, "pays": pays}
NAMES = (*PLACE_CHECKS, *GAME_CHECKS, "luck", "always")
"""Every check, in the order in which breaches are told."""


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that did not hold."""

    check: str
    """Which check it breaks: see this module."""
    message: str
    deck: str
    """The deck's id."""
    seed: int = 0
    game: int = 0
    moves: tuple[tuple[SeatId, Move], ...] = ()
    """What leads there, from the start of that game: each move and who made it."""

    def __str__(self) -> str:
        """In a line."""
        where = f"{self.deck}, game {self.game} of seed {self.seed}"
        return f"{self.check}: {self.message} ({where}, after {len(self.moves)} moves)"


def check_deck(  # noqa: PLR0913
    deck: Named, *, games: int = 3, seed: int = 1, most: int = 60,
    engine: Engine | None = None, against: Collection[RulesEngine] | None = None,
    only: Collection[str] = (),
) -> list[Breach]:  # fmt: skip
    """All that does not hold in some games of a deck; nothing, if all is well.

    Plays games 0 to `games - 1` of the seed, at most `most` moves of each; the same
    breaches each time. `engine` is what plays them, by default this program's. Of each
    check that is broken only the first breach of a game is told. `against` are the
    engines that must agree with it (see `references`); `only` names the checks to make.

    Raises DeckError for a deck with errors, UsageError for a check that is none.
    """
    if unknown := [name for name in only if name not in NAMES]:
        known = ", ".join(NAMES)
        raise UsageError(f"there is no check '{unknown[0]}'", f"There are: {known}.")
    loaded = opened(deck)
    others = references() if against is None else tuple(against)
    suite = Suite(loaded, engine or TableEngine(), others, tuple(only or NAMES), seed)
    for game in range(games):
        suite.play(game, most)
    suite.beside(None if isinstance(deck, Deck) else locate(deck))
    return sorted(suite.breaches, key=lambda breach: NAMES.index(breach.check))


@dataclass
class Suite:
    """The checks, made on one deck and one engine."""

    deck: Deck
    engine: Engine
    against: tuple[RulesEngine, ...]
    only: tuple[str, ...]
    seed: int
    breaches: list[Breach] = field(default_factory=list)
    compared: Counter[str] = field(default_factory=Counter)
    """How many states some checks have compared."""
    states: int = 0
    """How many there were in all games: few, where a deck ends them at once."""

    def play(self, game: int, most: int) -> None:
        """Plays one game by chance, with the checks at its places; then all again."""
        course = Course(self.deck, self.seed, game)
        chance = random.Random(f"{self.deck.digest} {self.seed} {game}")
        broken: set[str] = set()
        try:
            for number, place in enumerate(walk(self.engine, course, chance, most)):
                self._look(place, number, broken)
        except Exception as error:
            self._found(course, len(course.steps), "applies", _told(error))
            return
        self.states += len(course.states)
        played = Played(
            self.engine, course, chance, self.against, compared=self.compared
        )
        for name, check in GAME_CHECKS.items():
            if name in self.only:
                found = _guarded(partial(check, played))
                for number, message in _first(found):
                    self._found(course, number, name, message)

    def _look(self, place: Place, number: int, broken: set[str]) -> None:
        """Makes the checks of one place that have not been broken in this game."""
        chance = place.chance.getstate()
        for name, check in PLACE_CHECKS.items():
            if name not in self.only or name in broken:
                continue
            # Else what one check draws would decide which game is played.
            place.chance.seed(f"{name} {number}")
            for _, message in _first(_guarded(partial(_at_once, check, place))):
                broken.add(name)
                self._found(place.course, len(place.course.steps), name, message)
        place.chance.setstate(chance)

    def beside(self, path: Path | None) -> None:
        """Makes the checks that are of no single game."""
        for name in ("repeat", "agrees"):
            short = self.compared[name] < ENOUGH <= self.states
            if name in self.only and short and not self.breaches:
                self._found(None, 0, name, "nothing was compared")
        if "luck" in self.only:
            found = _guarded(self._luck)
            for _, message in _first(found):
                self._found(None, 0, "luck", message)
        if "always" in self.only and path is not None:
            for message in always(path):
                self._found(None, 0, "always", message)

    def _luck(self) -> Iterator[tuple[int, str]]:
        for message in luck(self.engine, self.deck, range(SEEDS)):
            yield 0, message

    def _found(
        self, course: Course | None, number: int, check: str, message: str
    ) -> None:
        steps = course.steps[:number] if course else []
        moves = tuple((step.seat, step.move) for step in steps if step.made)
        game = course.game if course else 0
        breach = Breach(check, message, self.deck.model.id, self.seed, game, moves)
        self.breaches.append(breach)


def _at_once(
    check: Callable[[Place], Iterable[str]], place: Place
) -> Iterator[tuple[int, str]]:
    for message in check(place):
        yield 0, message


def _guarded(
    check: Callable[[], Iterable[tuple[int, str]]],
) -> Iterator[tuple[int, str]]:
    """What a check finds; an engine that fails in it is found too."""
    try:
        yield from check()
    except Exception as error:
        yield 0, _told(error)


def _first(found: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The first thing that was found: what follows mostly comes of it."""
    for each in found:
        yield each
        return


def _told(error: Exception) -> str:
    return f"the engine fails: {type(error).__name__}: {error}"


@cache
def references() -> tuple[RulesEngine, ...]:
    """The bare machine in low gear, and in high gear where that is compiled already."""
    low = BareEngine("low")
    if not has_fast():
        return (low,)
    from tabletop.engine import fast

    return (low, BareEngine("high")) if fast.is_warm("step") else (low,)


def always(path: Path) -> Iterator[str]:
    """What the tests beside a deck say must always hold, and does not.

    Raises DeckTestError for a test file with errors.
    """
    from tabletop.testing import files, runner

    for each in files.find(path):
        file = files.read(each)
        for case in file.cases:
            if case.kind == "always":
                outcome = runner.run_case(file, case)
                if outcome.failure is not None:
                    yield f"{outcome.name}: {outcome.failure.message}"


class ConformanceTests:
    """The suite as a class for pytest: inherit from it, and name the deck.

    Each check is a test, so that `-k` and reports tell them apart. The games are
    played once for all of them.
    """

    deck: ClassVar[Named]
    """A deck, or the file or folder of one."""
    engine: ClassVar[Engine | None] = None
    games: ClassVar[int] = 3
    seed: ClassVar[int] = 1
    most: ClassVar[int] = 60
    _kept: ClassVar[dict[type, list[Breach]]] = {}

    def _holds(self, *checks: str) -> None:
        kind = type(self)
        if kind not in self._kept:
            self._kept[kind] = check_deck(
                self.deck, games=self.games, seed=self.seed, most=self.most,
                engine=self.engine,
            )  # fmt: skip
        broken = [str(each) for each in self._kept[kind] if each.check in checks]
        assert not broken, "\n".join(broken)

    def test_legal_moves(self) -> None:
        """Legal moves are listed in one order, offered, and can be made."""
        self._holds("legal", "offers", "allowed", "applies")

    def test_refusals(self) -> None:
        """Other moves are refused, and change nothing; all of them after the end."""
        self._holds("refuses", "end")

    def test_bounds(self) -> None:
        """Tracks, flags, points and rounds stay within their bounds."""
        self._holds("bounds")

    def test_cards(self) -> None:
        """Every copy of a card is in one place, counts once, and does what it says."""
        self._holds("cards", "plays", "effects")

    def test_secrets(self) -> None:
        """What a seat may not know changes nothing that it is shown."""
        self._holds("secrets", "tells")

    def test_the_same_again(self) -> None:
        """The same moves give the same game, here and in other engines."""
        self._holds("repeat", "agrees")

    def test_undo(self) -> None:
        """Any place can be gone back to, and played on from."""
        self._holds("undo")

    def test_saves(self) -> None:
        """A save opens to the same game and the same future."""
        self._holds("save")

    def test_luck(self) -> None:
        """Cards are drawn and dice fall as often as they should."""
        self._holds("luck")

    def test_what_always_holds(self) -> None:
        """What the deck's own tests say must always hold does."""
        self._holds("always")
