"""How facts are put: the same signs, words and order on every pane.

A change is always `name  42 → 52  ▲10  divided ⇒ leaning in`; a term is met or not;
a team is its sign, its name and its colour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabletop.session.view import (
    CONTROL,
    Change,
    EffectView,
    RowView,
    SeatId,
    TeamView,
    Term,
    TrackView,
    View,
)
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean, width, wrap
from tabletop.tui.theme import team_style
from tabletop.tui.widgets.line import BLANK, Line, first_fit, hang, line, prose

TONES = {"good": "$good", "warn": "$warn", "bad": "$bad"}
NUMBERS = ("track", "points")
"""Kinds of changes that have a number before and after."""
MANY_PIPS = 9
VARIES = "varies"
"""In place of an amount that has no room."""


def tone_style(tone: str) -> str:
    """The ink of a tone; neutral ones are plain, second-level text."""
    return TONES.get(tone, "$muted")


def number(value: int) -> str:
    """A number with a real minus sign."""
    return str(value) if value >= 0 else f"{glyphs().minus}{-value}"


def signed(value: int) -> str:
    """A number with its sign."""
    return f"+{value}" if value > 0 else number(value)


def arrow(step: int) -> str:
    """Up, down or the same."""
    signs = glyphs()
    return signs.up if step > 0 else signs.down if step < 0 else signs.same


def pips(have: int, full: int, style: str) -> Line:
    """Points as filled and empty dots; nothing when they are too many to be counted."""
    most = max(have, full)
    if not 0 < most <= MANY_PIPS:
        return BLANK
    signs = glyphs()
    return line((signs.pip * have, style), (signs.no_pip * (most - have), "$dim"))


def team_sign(team: TeamView) -> Line:
    """A team's sign in its colour."""
    return line((glyphs().team(team.color, team.letter), team_style(team.color)))


def team_mark(team: TeamView, room: int = 0) -> Line:
    """A team's sign and name in its colour; in `room` cells, where that is given."""
    style = f"bold {team_style(team.color)}"
    sign = line((f"{glyphs().team(team.color, team.letter)} ", style))
    full, short = line(sign, (team.name, style)), line(sign, (team.short, style))
    if not room or full.width <= room:
        return full
    return (
        short
        if short.width <= room
        else sign + Line(short.spans[1:]).cut(max(1, room - sign.width))
    )


def team_of(teams: Iterable[TeamView], seat: SeatId) -> TeamView | None:
    """The team with this id."""
    return next((team for team in teams if team.id == seat), None)


def seat_mark(view: View, seat: SeatId, room: int = 0) -> Line:
    """A team's or control's mark."""
    team = team_of(view.teams, seat)
    if team is not None:
        return team_mark(team, room)
    if seat == CONTROL:
        return line((f"{glyphs().control} Control", "bold"))
    return line((view.names.get(seat, seat), "bold"))


def seats_signs(teams: Sequence[TeamView], seats: Sequence[SeatId]) -> Line:
    """A place for each team: its sign when it is among the seats, else a dot."""
    return line(
        *(
            team_sign(team) if team.id in seats else (glyphs().dot, "$dim")
            for team in teams
        )
    )


def quoted(text: str) -> str:
    """Words in quotation marks."""
    signs = glyphs()
    return f"{signs.open_quote}{text}{signs.close_quote}"


def chip(key: str, *, live: bool = True) -> Line:
    """A key that belongs to what stands beside it."""
    return line(
        (f" {key} ", "bold $on-accent on $accent" if live else "$muted on $raise")
    )


def term_lines(term: Term, room: int) -> list[Line]:
    """A condition and whether it is met."""
    signs = glyphs()
    if term.met:
        sign = line((f"{signs.check} ", "$good"))
        return hang(sign, prose(term.text, room - sign.width, "$muted"))
    sign = line((f"{signs.cross} ", "$bad"))
    return hang(sign, prose(term.text, room - sign.width, "bold"))


def refusal(terms: Sequence[Term]) -> str:
    """The first unmet term; empty when there is none."""
    return next((term.text for term in terms if not term.met), "")


def effect_line(effect: EffectView, room: int, style: str = "") -> Line:
    """An effect of a card: what, which way, how much."""
    amount = effect.amount if fits_beside(effect, room) else VARIES
    size = (f"{amount:>2}", f"bold {style}".strip())
    sign = (f"{arrow(effect.sign)} ", "$muted") if effect.sign else ""
    return line((effect.label, style)).spread(line(sign, size if amount else ""), room)


def fits_beside(effect: EffectView, room: int) -> bool:
    """Whether the amount leaves room for the name; an expression may be long."""
    return width(clean(effect.amount)) <= room // 2


def whole_effect(effect: EffectView, room: int) -> list[Line]:
    """An effect with an amount that is never left out, however long it is."""
    first = effect_line(effect, room)
    if fits_beside(effect, room):
        return [first]
    return [
        first,
        *(line("  ", row) for row in prose(effect.amount, room - 2, "$muted")),
    ]


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the columns of some changes, so that they stand in line."""

    name: int
    before: int
    after: int
    step: int

    @property
    def figures(self) -> int:
        """Cells of all of them together."""
        signs = 5 + width(glyphs().becomes)
        return self.name + self.before + self.after + self.step + signs

    @classmethod
    def of(cls, changes: Sequence[Change], room: int, names: int = 24) -> "Columns":
        """Columns for these changes."""
        rows = [change for change in changes if change.kind in NUMBERS]
        before = max((width(number(c.before)) for c in rows), default=1)
        after = max((width(number(c.after)) for c in rows), default=1)
        step = max((width(str(abs(c.after - c.before))) for c in rows), default=1)
        figures = cls(0, before, after, step).figures
        longest = max((width(clean(c.text)) for c in rows), default=1)
        return cls(max(8, min(names, longest, room - figures)), before, after, step)


def number_lines(
    change: Change, columns: Columns, room: int, tracks: Sequence[TrackView] = ()
) -> list[Line]:
    """A number that changes: before, after, the step; its band, or both bands.

    A band that is entered is always named: below, where it has no room beside.
    """
    signs = glyphs()
    step = change.after - change.before
    figures = line(
        change_name(change, columns, tracks).pad(columns.name),
        (f" {number(change.before):>{columns.before}}", "$muted"),
        (f" {signs.becomes} ", "$muted"),
        (f"{number(change.after):>{columns.after}}", "bold"),
        (f" {arrow(step)}{abs(step) or ''}", "bold"),
    ).pad(columns.figures)
    forms = band_forms(change, tracks)
    beside = [form for form in forms if form.width + columns.figures + 1 <= room]
    if beside:
        return [figures.spread(beside[0], room)]
    if change.band_after:
        return [figures.cut(room), BLANK.spread(first_fit(room, forms), room)]
    return [figures.cut(room)]


def change_name(change: Change, columns: Columns, tracks: Sequence[TrackView]) -> Line:
    """What a change is about; a track by its short label where the long one is cut."""
    short = next((t.short for t in tracks if t.id == change.subject), change.text)
    return first_fit(columns.name, (line(change.text), line(short)))


def band_forms(change: Change, tracks: Sequence[TrackView]) -> list[Line]:
    """The bands in words, from the longest form to the shortest."""
    track = next((t for t in tracks if t.id == change.subject), None)
    bands = {band.label: band.short for band in track.bands} if track else {}
    if change.band_after:
        style, sign = f"bold {tone_style(change.tone)}", glyphs().changes_band
        old, new = change.band_before, change.band_after
        short = bands.get(new, new)
        words = (f"{old} {sign} {new}", f"{bands.get(old, old)} {sign} {short}")
        return [
            line((form, style)) for form in (*words, f"{sign} {new}", f"{sign} {short}")
        ]
    if track is None or track.band < 0:
        return []
    band = track.bands[track.band]
    return [line((band.label, "$muted")), line((band.short, "$muted"))]


def flag_words(change: Change) -> Line:
    """A flag that is set or cleared."""
    verb = "sets" if change.after else "clears"
    return line((f"{verb} ", "$muted"), (change.text, "bold"))


def row_lines(row: RowView, room: int) -> list[Line]:
    """A row of a dice table: total, chance, what happens."""
    first = line((f"{row.span:>6} ", "bold"), (f"{row.chance:>5}  ", "$muted"))
    words = prose(row.text, room - first.width)
    found = hang(first, words or [BLANK])
    indent = " " * first.width
    effects = [line(indent, brief_effect(effect)) for effect in row.effects]
    return [*found, *effects]


def brief_effect(effect: EffectView) -> Line:
    """An effect in a text: `Economy ▼6`."""
    size = (
        f" {arrow(effect.sign)}{effect.amount}" if effect.sign else f" {effect.amount}"
    )
    return line(
        (effect.label, "$muted"), (size if effect.amount or effect.sign else "", "bold")
    )


def heading(text: str, room: int, style: str = "bold $muted") -> Line:
    """Words with a rule to the right edge."""
    words = line((text, style)).cut(room)
    rest = room - words.width - 1
    return line(words, (f" {glyphs().rule * rest}" if rest > 0 else "", "$line"))


def empty(room: int, rows: int, text: str, more: str = "") -> list[Line]:
    """What is not there, and what comes next, in the middle of a pane."""
    inner = max(10, room - 4)
    said = [line((words, "bold")).center(room) for words in wrap(text, inner)]
    said += [line((words, "$muted")).center(room) for words in wrap(more, inner)]
    return [BLANK] * max(0, (rows - len(said)) // 3) + said
