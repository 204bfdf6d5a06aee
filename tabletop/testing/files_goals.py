"""What tests by many games demand: goals, bots, ranges, and who decides the rest."""

import re
from collections.abc import Iterator

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import KeyPath, Report, Spot
from tabletop.deck.suggest import Guess, listed, quoted
from tabletop.session.seats import BOT_NAMES, bot_code
from tabletop.testing.goals import KINDS, goal_names
from tabletop.testing.models import Always, Chance, FileModel, Goal, Never, Reach

ELSE = re.compile(r"first|greedy|random(:\d{1,18})?")


def check_goals(model: FileModel, deck: Deck, report: Report) -> None:
    """Reports what is wrong with tests by many games."""
    rounds = deck.model.rounds.count
    for i, script in enumerate(model.test):
        if script.else_ is not None and not ELSE.fullmatch(script.else_):
            message = f"nobody called {quoted(script.else_)} can decide"
            hint = "possible are: first, greedy, random, random:SEED"
            report.add("T005", message, Spot(("test", i, "else")), hint=hint)
        if script.else_ is not None and script.allow is not None:
            spot = Spot(("test", i, "allow"), part="key")
            report.add("T104", "with `else` all luck is allowed", spot)
    for path, table in _tables(model):
        _policy(path, table, report)
        if isinstance(table, Goal):
            _goal(path, table, deck, report)
        if isinstance(table, Reach) and (table.within.rounds or 0) > rounds:
            message = f"the game has {rounds} rounds"
            report.add("T005", message, Spot((*path, "within", "rounds")))
        if isinstance(table, Chance) and table.between[0] >= table.between[1]:
            message = "the least share comes first, and the greatest is greater"
            hint = "what should never or always be is a [[never]] or [[always]]"
            report.add("T005", message, Spot((*path, "between")), hint=hint)


def _tables(model: FileModel) -> Iterator[tuple[KeyPath, Always | Goal]]:
    for kind in ("always", "never", "reach", "chance"):
        for i, table in enumerate(getattr(model, kind)):
            yield (kind, i), table


def _policy(path: KeyPath, table: Always | Goal, report: Report) -> None:
    one = isinstance(table.policy, str)
    named = {"": table.policy} if isinstance(table.policy, str) else table.policy
    for team, bot in named.items():
        if bot_code(f"bot:{bot}") is None:
            known = [name.removeprefix("bot:") for name in BOT_NAMES]
            here = (*path, "policy") if one else (*path, "policy", team)
            message = f"there is no bot {quoted(bot)}"
            hint = f"possible are: {listed(known)}"
            report.add("T005", message, Spot(here), Guess(bot, known), hint=hint)


def _goal(path: KeyPath, goal: Goal, deck: Deck, report: Report) -> None:
    asked = [goal.ending, goal.reach, *goal.where]
    demands = any(part is not None for part in asked)
    if isinstance(goal, Never) and goal.that is not None:
        if demands:
            message = "`that` stands alone: write a [[never]] for each"
            report.add("T105", message, Spot((*path, "that"), part="key"))
        return
    if not demands:
        known = "`ending`, `reach` or `where`"
        more = "`that`, " if isinstance(goal, Never) else ""
        message = f"this [[{path[0]}]] does not say what games come to"
        report.add("T105", message, Spot(path, part="header"), hint=more + known)
    elif goal.reach is not None:
        _reach((*path, "reach"), goal.reach, deck, report)


def _reach(path: KeyPath, text: str, deck: Deck, report: Report) -> None:
    kind, _, name = text.partition(":")
    if kind not in KINDS or not name:
        message = f"{quoted(text)} is not written as `KIND:ID`"
        hint = f"kinds are: {', '.join(KINDS)}"
        report.add("T005", message, Spot(path), Guess(kind, KINDS), hint=hint)
        return
    known = goal_names(deck, kind)
    if name not in known:
        message = f"unknown {kind} {quoted(name)}"
        hint = f"known: {listed(known)}"
        report.add("T101", message, Spot(path), Guess(name, known), hint=hint)
