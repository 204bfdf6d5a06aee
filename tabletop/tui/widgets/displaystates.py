"""What the public display shows instead of the game, on the whole screen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tabletop.session.runview import RunView
from tabletop.session.view import TeamView, View
from tabletop.tui.text import clean, wrap
from tabletop.tui.widgets.billboard import GREATEST, headline
from tabletop.tui.widgets.displaytop import has_clock, phase_label, reading
from tabletop.tui.widgets.grammar import number, team_mark, team_of
from tabletop.tui.widgets.line import BLANK, Line, line

LONGEST_LINE = 90
"""Cells of a line of prose: longer ones are hard to read on a wall."""

ITEM = "· "

_LINKS = re.compile(r"!?\[([^\]\n]{1,200})\]\([^)\n]{0,500}\)")
_MARKS = re.compile(r"[*`]+|^[ \t]*(?:#{1,6}|>)[ \t]*", re.MULTILINE)
_ITEMS = re.compile(r"^[ \t]*[-+][ \t]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Notice:
    """A word, large, and what stands below it."""

    word: str
    lines: tuple[Line, ...] = ()
    """Short ones, in the middle."""
    text: str = ""
    """Prose, as much of it as there is room for."""
    scores: tuple[tuple[TeamView, int], ...] = ()
    style: str = "$accent"
    name: str = field(default="")
    """Which state it is, for styles and tests."""


def notice_of(view: View, run: RunView) -> Notice | None:
    """What hides the game just now, if anything."""
    if run.display == "blank":
        return Notice("Back soon", (line((view.title, "$muted")),), name="blank")
    if run.state == "paused":
        return _paused(view, run)
    if view.over is not None:
        return _over(view)
    if run.state == "ended":
        thanks = line(("The exercise is over. Thank you.", "bold"))
        return Notice("EndEx", (line((view.title, "$muted")), thanks), name="ended")
    if view.move == 0 and run.state in ("open", "practice"):
        return _before(view, practice=run.state == "practice")
    return None


def missing(found: str, hint: str = "") -> Notice:
    """There is nothing to show: why, and that it will come by itself."""
    waits = line(("This display goes on by itself when it can.", "$muted"))
    why = f"{found}. {hint}".rstrip() if found[-1:] not in ".!?" else f"{found} {hint}"
    return Notice("Waiting", (waits,), why, name="missing")


def _paused(view: View, run: RunView) -> Notice:
    where = f"{phase_label(view)}, {view.round_label.lower()} {max(1, view.round)}."
    if has_clock(run.clock):
        over = "OVER " if run.clock.left < 0 else ""
        stands = line(
            ("The clock stands at ", "$muted"),
            (over + reading(run.clock.left), "bold"),
            (f" in {where}", "$muted"),
        )
    else:
        stands = line((f"We stopped in {where}", "$muted"))
    return Notice("Paused", (stands, line(("Look up, please.", "bold"))), name="paused")


def _before(view: View, *, practice: bool) -> Notice:
    if practice:
        lines = (line(("off the record", "bold")), line((view.title, "$muted")))
        return Notice("Practice", lines, name="practice")
    soon = (line(("begins soon", "bold")),)
    return Notice(view.title, soon, plain_prose(view.brief), name="before")


def _over(view: View) -> Notice:
    over = view.over
    assert over is not None
    teams = ((team_of(view.teams, id_), score) for id_, score in over.scores)
    ranked = sorted(
        ((team, score) for team, score in teams if team is not None),
        key=lambda each: -each[1],
    )
    said = (line((f"{view.title} is over", "bold $muted")),)
    return Notice(over.title, said, plain_prose(over.text), tuple(ranked), name="over")


def plain_prose(markdown: str) -> str:
    """A deck's Markdown as plain words; its paragraphs and items stay apart.

    >>> plain_prose("# Spring\\n\\nThe **front** holds.\\n\\n- One\\n- [Two](x)")
    'Spring\\nThe front holds.\\n· One\\n· Two'
    """
    text = _LINKS.sub(r"\1", clean(markdown, keep_lines=True))
    text = _ITEMS.sub(f"\n\n{ITEM}", _MARKS.sub("", text))
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n".join(part for part in parts if part)


def notice_lines(notice: Notice, room: int, rows: int) -> list[Line]:
    """A notice, a little above the middle of the screen."""
    word = headline(
        notice.word, room, max(1, rows * 2 // 5), notice.style,
        greatest=max(1, min(GREATEST, rows // 9)), most=3,
    )  # fmt: skip
    found = [*(row.center(room) for row in word), BLANK]
    for each in notice.lines:
        found += [part.center(room) for part in _wrapped(each, room)]
    scores = _scores(notice, room)
    left = rows - len(found) - (len(scores) + 1 if scores else 0) - 1
    if notice.text and left > 0:
        found += [BLANK, *_prose(notice.text, room, left)]
    if scores:
        found += [BLANK, *scores]
    above = max(0, (rows - len(found)) * 2 // 5)
    return [*[BLANK] * above, *found][:rows]


def _wrapped(each: Line, room: int) -> list[Line]:
    """A line; in several, without its inks, where it is too long."""
    if each.width <= room:
        return [each]
    style = each.spans[0][1] if each.spans else ""
    return [line((words, style)) for words in wrap(each.plain, room, 3)]


def _prose(text: str, room: int, rows: int) -> list[Line]:
    """Whole paragraphs, as many as fit, apart from each other if all of them do."""
    broad = min(room, LONGEST_LINE)
    parts = [wrap(paragraph, broad, rows) for paragraph in text.split("\n")]
    apart = sum(map(len, parts)) + len(parts) - 1 <= rows
    found: list[str] = []
    for part in parts:
        gap = [""] if apart and found and not part[0].startswith(ITEM) else []
        if len(found) + len(gap) + len(part) > rows:
            break
        found += gap + part
    return [line(words).pad(broad).center(room) for words in found]


def _scores(notice: Notice, room: int) -> Sequence[Line]:
    """The teams, the best first, their scores under each other."""
    if not notice.scores:
        return ()
    marks = [team_mark(team, max(12, room // 2)) for team, _ in notice.scores]
    broad = min(room, max(mark.width for mark in marks) + 10)
    return [
        mark.spread(line((number(score), "bold")), broad).center(room)
        for mark, (_, score) in zip(marks, notice.scores, strict=True)
    ]
