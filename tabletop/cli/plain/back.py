"""Going back at the plain table: undo, and the lines of play that the save keeps."""

from tabletop.cli import output
from tabletop.cli.plain import describe
from tabletop.cli.plain.desk import After, Command, Desk, numbered, whole
from tabletop.cli.text import counted, one_line
from tabletop.errors import UsageError
from tabletop.session.game import PERSON
from tabletop.session.runview import BranchView
from tabletop.session.view import CONTROL

YES = {"y", "yes"}
ANEW = {"a", "anew"}
"""How somebody agrees to an undo; the second also draws cards and dice anew."""


def _undo(desk: Desk, text: str) -> After:
    plan = desk.game.undo_preview(desk.seat, whole(text) if text else None)
    output.say(f"Undo takes back {counted(plan.moves, 'move')}:")
    desk.say(f"  {one_line(title)}" for title in plan.titles)
    desk.say(f"  Seen since: {one_line(line)}" for line in plan.seen)
    question = "They stay in the save. Undo? y, n, or a to draw cards and dice anew: "
    answer = (output.ask(question) or "").casefold()
    if answer not in YES | ANEW:
        output.say("Nothing is undone.")
        return After.ASK_AGAIN
    desk.game.undo(desk.seat, plan.to, anew=answer in ANEW)
    output.say("Taken back.")
    return After.LOOK_AGAIN


def _lines(desk: Desk, text: str) -> After:
    """Lists the lines of play, takes one up, or names one."""
    _require_leave(desk)
    lines = desk.game.branches()
    if not text:
        shown = desk.seat == CONTROL
        desk.say(describe.lines_of_play(lines, titles=shown))
        return After.ASK_AGAIN
    number, _, name = text.partition(" ")
    chosen = numbered(lines, number, "line of play")
    if name.strip():
        return _name(desk, chosen, name.strip())
    desk.game.take_up(desk.seat, chosen.tip)
    output.say(f"Taken up: {one_line(chosen.name)}.")
    return After.LOOK_AGAIN


def _name(desk: Desk, chosen: BranchView, name: str) -> After:
    desk.game.name_branch(chosen.tip, name)
    output.say(f"Named: {one_line(name)}.")
    return After.ASK_AGAIN


def _require_leave(desk: Desk) -> None:
    """Where a person is in control, the lines of play are that person's."""
    if desk.seat != CONTROL and desk.game.seats.get(CONTROL) == PERSON:
        raise UsageError("only control can do this", "Ask your facilitator.")


COMMANDS = (
    Command(
        ("u", "undo"),
        "u [N]",
        "take back the last decision, or all after entry N",
        _undo,
    ),
    Command(
        ("g", "lines"),
        "g [N [NAME]]",
        "the lines of play; go on from the end of line N; give it a name",
        _lines,
    ),
)
