"""Going along a save: step by step, to a moment, to the next of something."""

from collections.abc import Iterator
from functools import partial

from tabletop.cli import output
from tabletop.cli.plain.desk import numbered, whole
from tabletop.cli.plain.replaying.desk import ReplayCommand, ReplayDesk
from tabletop.cli.text import counted, one_line
from tabletop.errors import UsageError
from tabletop.session.replaying import LineView
from tabletop.session.view import View

THINGS = (
    "die, ruling, inject, decision [TEAM], track NAME, round, phase, bookmark, mark,"
    " note or checkpoint"
)


def _step(desk: ReplayDesk, text: str, way: int) -> bool:
    if text.isdecimal() or not text:
        return _steps(desk, (whole(text) if text else 1) * way)
    desk.sought = what(desk.view, text)
    return _find(desk, way)


def _steps(desk: ReplayDesk, steps: int) -> bool:
    goal = min(max(0, desk.place + steps), len(desk.moments) - 1)
    if goal == desk.place:
        end = "the end of this line" if steps > 0 else "the start"
        output.say(f"This is {end}.")
        return True
    desk.place = goal
    desk.show()
    return True


def _find(desk: ReplayDesk, way: int) -> bool:
    found = desk.replay.seek(desk.moments, desk.place, desk.sought, way)
    if found is None:
        where = "after" if way > 0 else "before"
        output.say(f"There is no {one_line(desk.sought)} {where} this moment.")
        return True
    desk.place = found
    desk.show()
    return True


def _again(desk: ReplayDesk, _text: str) -> bool:
    if not desk.sought:
        raise UsageError("nothing was looked for yet", f"Type next and {THINGS}.")
    return _find(desk, 1)


def what(view: View, text: str) -> str:
    """What is looked for, as `Replay.seek` takes it: names instead of ids will do."""
    word, _, name = text.partition(" ")
    name = name.strip()
    if not name:
        return word
    known = {"decision": teams(view), "track": targets(view)}.get(word)
    if known is None:
        raise UsageError(f"'{one_line(text)}' can't be looked for", f"It is {THINGS}.")
    return f"{word}:{called(known, name, word)}"


def teams(view: View) -> dict[str, str]:
    """The teams' names by their ids."""
    return {team.id: team.name for team in view.teams}


def targets(view: View) -> dict[str, str]:
    """What the tracks and flags that are seen are called, by their ids."""
    found = {track.id: track.label for track in view.tracks}
    return found | {flag.id: flag.label for flag in view.flags}


def called(known: dict[str, str], text: str, kind: str) -> str:
    """The id of the one thing whose id or name begins like a text; or UsageError."""
    if text in known:
        return text
    start = text.casefold()
    fitting = [
        id_ for id_, label in known.items()
        if start and (id_.startswith(start) or label.casefold().startswith(start))
    ]  # fmt: skip
    if len(fitting) == 1:
        return fitting[0]
    raise UsageError(
        f"'{one_line(text)}' does not name one {kind}",
        f"It is one of: {', '.join(fitting or known)}.",
    )


def _go(desk: ReplayDesk, text: str) -> bool:
    if text in ("start", "end"):
        desk.place = 0 if text == "start" else len(desk.moments) - 1
    else:
        desk.go_to(whole(text))
    desk.show()
    return True


def _round(desk: ReplayDesk, text: str) -> bool:
    wanted = whole(text)
    found = [moment.place for moment in desk.moments if moment.round == wanted]
    if not found:
        raise UsageError(f"this line has no round {wanted}")
    desk.place = found[0]
    desk.show()
    return True


def _lines(desk: ReplayDesk, _text: str) -> bool:
    desk.say(line_texts(desk))
    return True


def line_texts(desk: ReplayDesk) -> Iterator[str]:
    """Every line of play, numbered, with what came of it."""
    names = teams(desk.view)
    for number, each in enumerate(desk.replay.lines(), start=1):
        branch = each.branch
        here = ", looked at" if branch.tip == desk.tip else ""
        left = f", from move {branch.leaves}" if branch.leaves else ""
        ended = f", {each.ending}" if each.ending else ""
        scores = ", ".join(f"{names[team]} {score}" for team, score in each.scores)
        played = counted(branch.moves, "move")
        text = f"{branch.name}: {sort_of(each)}, {played}{left}{here}{ended}"
        yield f"{number:>3}. {one_line(f'{text}: {scores}' if scores else text)}"


def sort_of(line: LineView) -> str:
    """What kind of line it is, in words."""
    if line.main:
        return "as played"
    if line.branch.practice:
        return "practice, off the record"
    return "what if" if line.what_if else "undone"


def chosen_line(desk: ReplayDesk, text: str) -> LineView:
    """The line of that number or name. Raises UsageError."""
    lines = desk.replay.lines()
    for each in lines:
        if each.branch.name.casefold() == text.casefold():
            return each
    return numbered(lines, text, "line of play")


def _line(desk: ReplayDesk, text: str) -> bool:
    desk.take_line(chosen_line(desk, text))
    desk.show()
    return True


COMMANDS = (
    ReplayCommand(
        ("next",), "next [N] (or Enter)", "the next move, or N further",
        partial(_step, way=1),
    ),
    ReplayCommand(
        ("back",), "back [N]", "the move before, or N back", partial(_step, way=-1)
    ),
    ReplayCommand(
        (), "next WHAT, back WHAT", f"to the next or last {THINGS}", _again
    ),
    ReplayCommand(("again",), "again", "to the next of the same", _again),
    ReplayCommand(("go",), "go N, go start, go end", "to move N", _go),
    ReplayCommand(("round",), "round N", "to where round N begins", _round),
    ReplayCommand(("g", "lines"), "lines", "every line of play", _lines),
    ReplayCommand(("line",), "line NAME", "look at a line, by name or number", _line),
)  # fmt: skip
