"""What must hold of whole games that are played again: each begins with new ones."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from tabletop.deck.deck import Deck
from tabletop.errors import TabletopError
from tabletop.session.tree import describe
from tabletop.session.view import CONTROL, PUBLIC, Move
from tabletop.testing.conformance_walks import Course, tried
from tabletop.testing.engines import Engine, Game, Rules, RulesEngine, differences

Found = tuple[int, str]
"""After which step something was found, and what."""
SAVED = 2
"""How often a game is closed and opened again."""
WATCHED = 15
"""Steps for which two games are compared that were steered apart in secret."""


@dataclass
class Played:
    """A game that was played by chance, and what plays it again."""

    engine: Engine
    course: Course
    chance: random.Random
    references: tuple[RulesEngine, ...]
    """Engines that must agree with it."""
    compared: Counter[str]
    """How many states were compared, by the check."""

    def again(self, path: Path | None = None) -> Game:
        """The same game at its start."""
        course = self.course
        return self.engine.set_up(course.deck, course.seed, course.game, path)


# --- the same again


def repeat(played: Played) -> Iterator[Found]:
    """The same deck, seed and moves give the same game."""
    yield from _in_step(played, played.again(), "another time", "repeat")


def agrees(played: Played) -> Iterator[Found]:
    """Other engines that are given the same moves agree in every state."""
    course = played.course
    for reference in played.references:
        rules = reference.set_up(course.deck, course.seed, course.game)
        yield from _in_step(played, rules, f"in {reference.name}", "agrees")


def _in_step(played: Played, game: Rules, where: str, check: str) -> Iterator[Found]:
    """Makes every step in another game too, to the first that goes differently."""
    course = played.course
    for number, expected in enumerate(course.states):
        if different := differences(expected, game.state()):
            name = different[0]
            now, was = (_words(each.get(name)) for each in (game.state(), expected))
            yield number, f"{name} is {now} {where}, and was {was}"
            return
        played.compared[check] += 1
        if number < len(course.steps):
            step = course.steps[number]
            if tried(game, step.seat, step.move) != step:
                went = "possible" if step.made else "refused"
                yield number, f"'{describe(step.move)}' was {went}, not so {where}"
                return


def _words(part: tuple[int, ...] | None) -> str:
    return "missing" if part is None else ", ".join(map(str, part))


# --- going back


def undo(played: Played) -> Iterator[Found]:
    """Going back to any place gives the same game, and the same moves lead on alike."""
    course, game = played.course, played.again()
    places, shown = [game.place], [_all_shown(course.deck, game)]
    for step in course.steps:
        if step.made:
            game.perform(step.seat, step.move)
        places.append(game.place)
        shown.append(_all_shown(course.deck, game))
    for number in played.chance.sample(range(len(places)), min(len(places), 12)):
        game.go(places[number])
        yield from _as_before(course, number, game, shown[number], "going back")
        if number < len(course.steps) and course.steps[number].made:
            step = course.steps[number]
            game.perform(step.seat, step.move)
            if changed := differences(course.states[number + 1], game.state()):
                yield number, f"{changed[0]} is not the same when played again"
        game.go(places[-1])
        if changed := differences(course.states[-1], game.state()):
            yield number, f"{changed[0]} is not the same after going forward again"


def _all_shown(deck: Deck, game: Game) -> dict[str, object]:
    """What everybody is shown."""
    seats = (*deck.model.teams, CONTROL, PUBLIC)
    return {f"{name} of {seat}": thing for seat in seats
            for name, thing in game.shown(seat).items()}  # fmt: skip


def _as_before(
    course: Course, number: int, game: Game, shown: dict[str, object], after: str
) -> Iterator[Found]:
    if changed := differences(course.states[number], game.state()):
        yield number, f"{changed[0]} is not the same after {after}"
    elif changed := differences(shown, _all_shown(course.deck, game)):
        yield number, f"the {changed[0]} is not the same after {after}"


# --- saves


def save(played: Played) -> Iterator[Found]:
    """A saved game opens at the same state, shows the same, and goes on the same."""
    with TemporaryDirectory() as folder:
        try:
            yield from _gone_on(played, Path(folder) / "save.jsonl")
        except TabletopError as error:
            # Without the folder, which has another name each time.
            yield 0, f"the save fails: {error.message.replace(f'{folder}/', '')}"


def _gone_on(played: Played, path: Path) -> Iterator[Found]:
    course, last = played.course, len(played.course.steps)
    stops = sorted(played.chance.sample(range(last + 1), min(last + 1, SAVED)))
    game, done = played.again(path), 0
    try:
        for stop in stops:
            course.replay(game, course.steps[done:stop])
            shown, done = _all_shown(course.deck, game), stop
            game.close()
            game = played.engine.open(path)
            yield from _as_before(course, stop, game, shown, "opening the save")
        for number in range(done, last):
            step = course.steps[number]
            if tried(game, step.seat, step.move) != step:
                yield number, f"'{describe(step.move)}' goes otherwise in a save"
                return
            if changed := differences(course.states[number + 1], game.state()):
                yield number, f"{changed[0]} is not the same in a game gone on with"
                return
    finally:
        game.close()


# --- secrets


def tells(played: Played) -> Iterator[Found]:
    """Games that were steered apart in secret look the same to who may not know."""
    course = played.course
    hidden = _hidden(course.deck)
    if not hidden or not course.steps:
        return
    item, low, high = played.chance.choice(hidden)
    first = played.chance.randrange(len(course.steps))
    games = [played.again(), played.again()]
    for game, value in zip(games, (low, high), strict=True):
        course.replay(game, course.steps[:first])
        if game.over:
            return
        tried(game, CONTROL, Move("set", item=item, value=value))
    one, two = games
    alike = {*course.deck.model.teams, PUBLIC}
    for number in range(first, min(len(course.steps), first + WATCHED)):
        alike = {seat for seat in alike if one.alike(two, seat)}
        if one.over or two.over or not alike:
            return  # final scores are for all
        for seat in sorted(alike):
            played.compared["tells"] += 1
            for name in differences(one.shown(seat), two.shown(seat)):
                yield number, f"{seat} is told of {item}, in its {name}"
                return
        step = course.steps[number]
        if not tried(one, step.seat, step.move).made:
            return
        if not tried(two, step.seat, step.move).made:
            return


def _hidden(deck: Deck) -> list[tuple[str, int, int]]:
    """Tracks and flags that some team may not see, with their bounds."""
    model = deck.model
    tracks = [(id_, track.min, track.max) for id_, track in model.tracks.items()
              if track.visible_to is not None]  # fmt: skip
    flags = [id_ for id_, flag in model.flags.items() if flag.visible_to is not None]
    return tracks + [(id_, 0, 1) for id_ in flags]


GAME_CHECKS = MappingProxyType(
    {check.__name__: check for check in (repeat, agrees, undo, save, tells)}
)
"""By their names."""
