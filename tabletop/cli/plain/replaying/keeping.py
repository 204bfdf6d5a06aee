"""Marks on moments, kept beside the save; and a moment as a file."""

from pathlib import Path

from tabletop.cli import output
from tabletop.cli.files import write_whole
from tabletop.cli.plain.replaying.desk import ReplayCommand, ReplayDesk
from tabletop.cli.text import one_line
from tabletop.errors import UsageError
from tabletop.session.annotations import MARKS
from tabletop.session.core import now_utc

FORMATS = ("html", "txt", "json")
AWAY = "-"
"""Takes a mark away."""


def _mark(desk: ReplayDesk, text: str) -> bool:
    if desk.annotations is None:
        raise UsageError("this game has no save to keep marks beside")
    mark, _, words = text.partition(" ")
    if mark not in (*MARKS, AWAY):
        mark, words = "", text
    if not text:
        known = " ".join(MARKS)
        raise UsageError("say what to mark it with", f"One of {known}, or words.")
    number = desk.moment.number
    gone = mark == AWAY
    desk.annotations.write(
        number, "" if gone else mark, "" if gone else words, at=now_utc()
    )
    desk.remember_marks()
    output.say("The mark is taken away." if gone else f"Marked: move {number}.")
    return True


def _marks(desk: ReplayDesk, _text: str) -> bool:
    marks = desk.marks().values()
    lines = (f"{a.move:>4}  {one_line(f'{a.mark} {a.text}')}" for a in marks)
    desk.say(lines, "Nothing is marked yet.")
    return True


def _export(desk: ReplayDesk, text: str) -> bool:
    from tabletop.report.moments import written

    path = Path(text)
    format_ = path.suffix.removeprefix(".")
    if format_ not in FORMATS:
        hint = f"Name a file that ends in .{', .'.join(FORMATS)}."
        raise UsageError(f"'{one_line(text)}' names no format", hint)
    whole = written(desk.replay, desk.moment.number, desk.tip, format_)
    write_whole(path, whole, force=False)
    output.say(f"Wrote {one_line(str(path))}.")
    return True


COMMANDS = (
    ReplayCommand(
        ("mark",), "mark MARK [WORDS], mark WORDS, mark -",
        "mark this moment (! ? !! ?? !? ?!) and say why; - takes it away", _mark,
    ),
    ReplayCommand(("marks",), "marks", "everything that is marked", _marks),
    ReplayCommand(
        ("export",), "export FILE", "this moment as .html, .txt or .json", _export
    ),
)  # fmt: skip
