"""Runs `always`, `never` and `reach`: what games come to, or never."""

from tabletop.deck.diagnostics import Place
from tabletop.engine import layout as at
from tabletop.testing.asking import Asker, told_of, unmet
from tabletop.testing.board import Board, said
from tabletop.testing.failing import TestFailed
from tabletop.testing.files import Case, TestFile
from tabletop.testing.games import Line, Setting, again
from tabletop.testing.goals import Target, guide_of, target_of
from tabletop.testing.models import Always, Never, Reach
from tabletop.testing.search import EVERY, Search
from tabletop.testing.wishes import Made, Wish


def place_of(file: TestFile, case: Case) -> Place:
    """The place of what a test demands."""
    keys = ("that", "ending", "reach", "where")
    given = [key for key in keys if key in case.table.model_fields_set]
    return file.place(*case.path, *given[:1])


def run_kept(file: TestFile, case: Case, wish: Wish, made: Made) -> None:
    """Plays games in which something must hold always, or come about never."""
    table = case.table
    if not isinstance(table, Always | Never):
        raise TypeError(f"{case.kind} is no always or never")
    if table.games == 0 and all(each.kind != "test" for each in file.cases):
        where = file.place(*case.path, "games")
        raise TestFailed(where, "no game is looked at: the file has no [[test]]")
    setting = Setting(file, case, wish.seed)
    target = target_of(file, case, Asker(file.deck, setting.program))
    choose, moves, kept = setting.bots(), 0, case.kind == "always"
    for game in range(table.games):
        line = setting.play(game, choose, target.look(wanted=not kept))
        moves += len(line.moves)
        if line.stopped:
            _fail_kept(setting, target, line, made)
        if wish.tell and (game + 1) % EVERY == 0:
            wish.tell(f"{case.name}: {game + 1:,} of {table.games:,} games")
    made.found.append(f"{table.games:,} games, {moves:,} moves")


def _fail_kept(setting: Setting, target: Target, line: Line, made: Made) -> None:
    board = setting.board(line)
    made.moves = board.moves()
    made.reproduce = setting.command(line.game)
    verb = "does not hold" if setting.case.kind == "always" else "came about"
    after = f"after move {len(line.moves)}" if line.moves else "at the start"
    message = f"this {verb} {after} of game {line.game}, in round {line.rounds}"
    state = board.state()
    told = told_of(board.asker, target.exprs, state)
    table = setting.case.table
    if isinstance(table, Always):
        told = unmet(board.asker, target.exprs[0], table.that, state) + told
    place = place_of(setting.file, setting.case)
    raise TestFailed(place, message, difference=tuple(told), events=board.events())


def run_reach(file: TestFile, case: Case, wish: Wish, made: Made) -> None:
    """Looks for a game that comes to something, and plays it again."""
    table = case.table
    if not isinstance(table, Reach):
        raise TypeError(f"{case.kind} is no reach")
    setting = Setting(file, case, wish.seed)
    target = target_of(file, case, Asker(file.deck, setting.program))
    tell = wish.tell or (lambda _line: None)
    search = Search(setting, target, guide_of(file.deck, table), tell)
    found = search.look()
    if found.line is None:
        _fail_reach(setting, search)
        return
    board = setting.board(found.line)
    seen = any(target.tells(trace) for trace in board.traces)
    if not target.met(board.state(), seen=seen):
        raise RuntimeError("the line that was found does not replay")
    made.moves = board.moves()
    alone = found.by == "bots"
    made.reproduce = setting.command(found.line.game) if alone else again(case)
    made.found += [_told(setting, search, board), *map(said, made.moves)]
    if wish.tracer is not None:
        wish.tracer(board.tree)


def _told(setting: Setting, search: Search, board: Board) -> str:
    found = search.found
    line = found.line or Line(0, (), stopped=False, rounds=0)
    how = {
        "search": "by searching", "bots": "by its bots",
        "control": "by its bots, with injects fired by hand",
    }.get(found.by, f"by {found.by} bots")  # fmt: skip
    many = f"{len(board.moves()):,} moves"
    return (
        f"reached in round {line.rounds} {how}: {many}, seed {setting.seed}, "
        f"game {line.game}"
    )


def _fail_reach(setting: Setting, search: Search) -> None:
    found = search.found
    message = (
        f"not reached in {found.games:,} games and {found.positions:,} positions "
        "that were searched"
    )
    told: tuple[str, ...] = ()
    state = found.nearest.state
    if state:
        asker, exprs = search.target.asker, (*search.target.exprs, *search.guide)
        lines = told_of(asker, exprs, state)
        if lines:
            told = (f"nearest, in round {state[at.S_ROUND]}:", *lines)
    hint = "it may be out of reach; or allow more games: within = { runs = N }"
    place = place_of(setting.file, setting.case)
    raise TestFailed(place, message, difference=told, hint=hint)
