"""What a scripted test expects, against how its game stands."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tabletop.deck.diagnostics import KeyPath
from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.session.log import LogReader
from tabletop.session.view import Change, View
from tabletop.session.views import ViewBuilder
from tabletop.testing.asking import told_of, unmet, values
from tabletop.testing.board import Board, Mark, seats_of
from tabletop.testing.failing import shown
from tabletop.testing.files import TestFile
from tabletop.testing.files_check import SPECIAL, flattened
from tabletop.testing.goals import target_of
from tabletop.testing.models import Script, Step

if TYPE_CHECKING:
    from tabletop.testing.steps import Player

Broken = Callable[[str, Sequence[str]], None]
"""Told what does not hold any more, and the values it depends on."""
ASSERTS = ("illegal", "then", "where", "log", "no_log", "view", "comes")


def asserts(script: Script) -> bool:
    """Whether a test expects anything at all."""
    end = script.expect
    if end.ending or end.score or end.where:
        return True
    return any(
        step.offered is not None or any(getattr(step, key) for key in ASSERTS)
        for step in script.steps
    )


# --- after a step


def check_step(player: "Player", step: Step, before: Mark) -> None:
    """Raises TestFailed unless a step came to what it says."""
    if step.then:
        _check_then(player, step)
    check_where(player, player.here, step.where)
    changes = player.board.changes_since(before) if step.log or step.no_log else []
    if step.log:
        _check_log(player, step.log, changes)
    for id_ in step.no_log:
        told = [change.text for change in changes if change.subject == id_]
        if told:
            message = f"{id_} happened"
            raise player.fail(message, "no_log", difference=told)


def _check_then(player: "Player", step: Step) -> None:
    wrong: list[tuple[KeyPath, str]] = []
    for path, name, wanted in flattened(step.then):
        found = _found(player, (*player.here, "then", *path), name)
        if found != wanted:
            line = f"{name}: expected {shown(wanted)}, found {shown(found)}"
            wrong.append((path, line))
    if wrong:
        path, line = wrong[0]
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        difference = [each for _, each in wrong]
        raise player.fail(line + more, "then", *path, difference=difference)


def _found(player: "Player", path: KeyPath, name: str) -> int | bool | str:
    """The value of a name of `then`."""
    board = player.board
    if name in SPECIAL:
        return board.phase if name == "phase" else ending_of(board)
    expr = player.file.exprs[path]
    value = board.asker.value(expr, board.state())
    return bool(value) if expr.type == "bool" else value


def ending_of(board: Board) -> str:
    """The ending by which the game is over, or none."""
    place = board.word(at.S_ENDING) - 1
    return board.program.endings[place] if place >= 0 else "none"


def check_where(player: "Player", path: KeyPath, texts: Sequence[str]) -> None:
    """Raises TestFailed unless all conditions of a list hold."""
    state, asker = player.board.state(), player.board.asker
    for i, text in enumerate(texts):
        expr = player.file.exprs[*path, "where", i]
        if not asker.holds((expr,), state):
            told = unmet(asker, expr, text, state) + values(asker, expr, state)
            raise player.fail("this does not hold", "where", i, difference=told)


def _check_log(
    player: "Player", wanted: Sequence[str], changes: Sequence[Change]
) -> None:
    happened = [change.subject for change in changes]
    rest = iter(happened)
    for id_ in wanted:
        if id_ not in rest:
            message = f"{id_} did not happen"
            if id_ in happened:
                message = f"{id_} did not happen after what stands before it"
            told = list(dict.fromkeys(filter(None, happened)))
            raise player.fail(
                message, "log", difference=[f"happened: {', '.join(told) or 'nothing'}"]
            )


# --- what a seat sees


def check_view(player: "Player", step: Step) -> None:
    """Raises TestFailed unless a seat sees and does not see what a step says."""
    seat = str(step.view)
    tree = player.board.tree
    reader = LogReader(tree, seat)
    view = ViewBuilder(tree, seat, seats_of(tree.program.teams), reader).build()
    for id_ in step.hides:
        if where := seen(view, id_):
            raise player.fail(f"{seat} sees {id_}: {where}", "hides")
    for id_ in step.shows:
        if not seen(view, id_):
            raise player.fail(f"{seat} does not see {id_}", "shows")


def seen(view: View, id_: str) -> str:
    """Where in a view something can be seen; empty when nowhere."""
    if any(id_ == track.id for track in view.tracks):
        return "among the tracks"
    if any(id_ == flag.id for flag in view.flags):
        return "among the flags"
    if any(id_ == card.id for hand in view.hands.values() for card in hand):
        return "in a hand"
    if any(id_ == inject.id for inject in view.injects):
        return "in the schedule"
    if any(id_ == option.id for ask in view.asks for option in ask.options):
        return "in a question"
    for entry in view.log:
        for change in entry.changes:
            if id_ == change.subject or (change.cause and id_ == change.cause.id):
                return f"in the log: {change.text}"
    return ""


# --- at the end


def check_end(player: "Player") -> None:
    """Raises TestFailed unless the game stands as the test expects."""
    wanted, board = player.script.expect, player.board
    if wanted.ending is not None:
        found = ending_of(board)
        if found != wanted.ending:
            told = [f"expected {wanted.ending}, found {found}"]
            message = "the game ends otherwise" if board.over else board.waits()
            if not board.over:
                message = f"the game is not over: {message.removeprefix('the game ')}"
            raise player.fail(message, "ending", difference=told)
    if wanted.score:
        _check_score(player)
    check_where(player, player.here, wanted.where)


def _check_score(player: "Player") -> None:
    wanted, board = player.script.expect.score, player.board
    if not board.over:
        raise player.fail("the game is not over, so nothing is scored", "score")
    state, words = board.state(), board.program.words
    told = []
    for team, score in wanted.items():
        found = machine.team_score(words, state, board.program.teams.index(team))
        if found != score:
            told.append(f"{team}: expected {score}, found {found}")
    if told:
        raise player.fail(told[0], "score", difference=told)


# --- what holds always


def watcher(file: TestFile, board: Board, broken: Broken) -> Callable[[], None]:
    """Looks after each move whether the file's `always` and `never` still hold."""
    kept = [case for case in file.cases if case.kind in ("always", "never")]
    targets = [(case, target_of(file, case, board.asker)) for case in kept]

    def look() -> None:
        state = board.state()
        for case, target in targets:
            seen_so_far = any(target.tells(trace) for trace in board.traces)
            met = target.met(state, seen=seen_so_far)
            if met != (case.kind == "always"):
                told = told_of(board.asker, target.exprs, state)
                verb = "does not hold" if case.kind == "always" else "came about"
                broken(f"`{case.name}` {verb} ({file.path}:{case.line})", told)

    return look
