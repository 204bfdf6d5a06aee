"""Words for a wall: as large as they fit, in large letters or plainly, and wrapped."""

from collections.abc import Sequence

from tabletop.session.view import TeamView
from tabletop.tui.text import clean, wrap
from tabletop.tui.theme import team_style
from tabletop.tui.widgets.big import can_be_large, large, large_width, letter_rows
from tabletop.tui.widgets.line import Line, line

GREATEST = 6
"""The largest scale of letters."""
LARGEST_TEXT = 120
"""Letters above which no text is tried in large type."""


def large_lines(
    text: str, room: int, rows: int, greatest: int, *, most: int = 2
) -> list[str]:
    """A text in the largest letters that fit; nothing when none do.

    It may take `most` lines of letters, and `rows` rows in all.
    """
    if len(text) > LARGEST_TEXT or not can_be_large(text):
        return []
    for scale in range(greatest, 0, -1):
        lines = _broken(text.split(), room, scale)
        height = letter_rows(scale)
        gap = 1 if scale > 1 else 0
        if lines and len(lines) <= most and len(lines) * (height + gap) - gap <= rows:
            return _stacked(lines, scale, gap)
    return []


def _broken(words: Sequence[str], room: int, scale: int) -> list[str]:
    """Words in lines that fit at a scale; nothing when a word alone does not."""
    lines: list[str] = []
    for word in words:
        if large_width(word, scale) > room:
            return []
        together = f"{lines[-1]} {word}" if lines else word
        if lines and large_width(together, scale) <= room:
            lines[-1] = together
        else:
            lines.append(word)
    return lines


def _stacked(lines: Sequence[str], scale: int, gap: int) -> list[str]:
    rows: list[str] = []
    for text in lines:
        rows += [*([""] * gap if rows else []), *large(text, scale)]
    return rows


def headline(
    text: str, room: int, rows: int, style: str, *, greatest: int = 1, most: int = 2
) -> list[Line]:
    """A text in large letters, or in bold words where it can't be drawn or fitted."""
    text = " ".join(clean(text).split())
    drawn = large_lines(text, room, rows, greatest, most=most)
    if drawn:
        return [line((row, style)) for row in drawn]
    return [
        line((words, f"bold {style}"))
        for words in wrap(text, room, max(1, min(rows, 2)))
    ]


def fitting(text: str, room: int, most: int) -> list[str]:
    """As many whole sentences as fit in `most` lines; a first one too long is cut."""
    lines = wrap(text, room)
    if len(lines) <= most:
        return lines
    words = " ".join(clean(text).split())
    for end in range(len(words) - 1, 0, -1):
        if words[end] == " " and words[end - 1] in '.!?…"”':
            lines = wrap(words[:end], room)
            if len(lines) <= most:
                return lines
    return wrap(text, room, most)


def named(words: str, teams: Sequence[TeamView], style: str) -> Line:
    """A line in which the names of teams stand in their colours."""
    found = [
        (place, team)
        for team in teams
        for place in [words.find(clean(team.name))]
        if place >= 0 and team.name.strip()
    ]
    parts: list[tuple[str, str]] = []
    done = 0
    for place, team in sorted(found, key=lambda each: each[0]):
        name = clean(team.name)
        if place < done:
            continue
        ink = f"bold {team_style(team.color)}"
        parts += [(words[done:place], style), (name, ink)]
        done = place + len(name)
    return line(*parts, (words[done:], style))
