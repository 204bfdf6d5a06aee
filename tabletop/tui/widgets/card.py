"""A card in its frame, as it lies in the hand, or as one line of a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.session.view import CardView, TeamView
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import wrap
from tabletop.tui.theme import team_style
from tabletop.tui.widgets.effects import brief_effect, effect_line
from tabletop.tui.widgets.grammar import MANY_PIPS, refusal, team_of, team_sign
from tabletop.tui.widgets.line import BLANK, Line, first_fit, joined, line, prose

CARD_ROWS = 14
"""Rows of a card, its frame included."""
LEAST_ROWS = 10
EFFECTS_SHOWN = 4
TITLE_ROWS = 2
TEXT_ROWS = 3
FRAME = 4
"""Cells that the frame takes from a card's width."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a card's drawing depends on besides the card."""

    size: tuple[int, int]
    """Cells and rows."""
    points: int
    """What its team has to spend."""
    number: int = 0
    """Its key, where it has one."""
    chosen: bool = False
    focused: bool = False
    """Whether its keys work just now."""
    teams: tuple[TeamView, ...] = ()


@dataclass(frozen=True, slots=True)
class Inks:
    """Styles of one card, by its state: playable, waiting, refused; chosen or not."""

    frame: str
    ground: str
    title: str
    text: str
    effect: str
    key: str

    @classmethod
    def of(cls, card: CardView, look: Look) -> "Inks":
        """The inks of a card."""
        refused = bool(refusal(card.terms))
        ground = "$panel" if look.chosen else "$surface" if card.playable else ""
        frame = "$muted" if card.playable else "$line"
        if "response" in card.notes and not refused:
            frame = "$warn"
        if look.chosen:
            frame = "bold $accent" if look.focused else "$secondary"
        return cls(
            frame=frame,
            ground=ground,
            title="$muted" if refused else "bold",
            text="italic $dim" if refused and not look.chosen else "italic $muted",
            effect="$muted" if refused else "",
            key="bold $accent" if card.playable else "$muted",
        )


def cost_line(card: CardView, points: int, teams: Sequence[TeamView] = ()) -> Line:
    """The cost as pips in the team's colour; in the colour of trouble when too high."""
    team = team_of(teams, card.team)
    style = team_style(team.color) if team else "$accent"
    if card.cost > points:
        style = "$bad"
    elif refusal(card.terms):
        style = "$dim"
    if not card.cost:
        return line(("free", style))
    if card.cost > MANY_PIPS:
        return line((f"{card.cost} {glyphs().pip}", style))
    return line((glyphs().pip * card.cost, style))


def kind_parts(card: CardView, teams: Sequence[TeamView]) -> list[Line]:
    """Marks of a card: dice, whom it asks, once, response ..."""
    parts = [line((f"{glyphs().dice} {card.dice}", "$muted"))] if card.dice else []
    if card.asks:
        asked = (team_of(teams, seat) for seat in card.asks)
        signs = [team_sign(team) for team in asked if team]
        parts.append(line(("asks ", "$muted"), *signs))
    return parts + [line((note, "$muted")) for note in card.notes]


def framed(card: CardView, look: Look) -> list[Line]:
    """A card in its frame, exactly as many lines as `look.size` says."""
    cells, rows = look.size
    inks = Inks.of(card, look)
    inner = cells - FRAME
    box = glyphs().heavy if look.chosen else glyphs().light
    left, across, right, side, low_left, low_right = tuple(box)
    wall = line((side, inks.frame))
    top = _edge(_top(card, look, inks, inner), inks.frame, cells, across)
    foot = _edge(_bottom(card, look, inner), inks.frame, cells, across)
    lines = [
        line((left, inks.frame), top, (right, inks.frame)),
        *(
            line(wall, " ", row.pad(inner), " ", wall)
            for row in _body(card, look, inks, inner, rows - 2)
        ),
        line((low_left, inks.frame), foot, (low_right, inks.frame)),
    ]
    return [row.on(inks.ground) for row in lines] if inks.ground else lines


def _edge(words: tuple[Line, Line], style: str, cells: int, across: str) -> Line:
    """A border without its corners, with words on the left and on the right of it."""
    left, right = (line(" ", part, " ") if part else BLANK for part in words)
    gap = cells - FRAME - left.width - right.width
    return line((across, style), left, (across * gap, style), right, (across, style))


def _top(card: CardView, look: Look, inks: Inks, inner: int) -> tuple[Line, Line]:
    """The key and the number of copies; the cost."""
    key = line((str(look.number), inks.key)) if look.number else BLANK
    many = (
        line((f"{glyphs().times}{card.count}", "$muted")) if card.count > 1 else BLANK
    )
    left = joined([part for part in (key, many) if part], " ")
    cost = cost_line(card, look.points, look.teams)
    return left, first_fit(inner - left.width - 4, (cost, line(str(card.cost))))


def _bottom(card: CardView, look: Look, inner: int) -> tuple[Line, Line]:
    """As many marks as fit; the source where there is room for it."""
    source = line((", ".join(card.source), "$dim"))
    if source.width > inner // 3:
        source = BLANK
    room = inner - 2 - (source.width + 2 if source else 0)
    parts = kind_parts(card, look.teams)
    between = f" {glyphs().dot} "
    forms = [joined(parts[:count], between) for count in range(len(parts), -1, -1)]
    return first_fit(room, forms), source


def _body(card: CardView, look: Look, inks: Inks, inner: int, rows: int) -> list[Line]:
    """Title, text, effects, and at the foot the reason or the keys."""
    title = [line((words, inks.title)) for words in wrap(card.title, inner, TITLE_ROWS)]
    title += [BLANK] * (TITLE_ROWS - len(title))
    foot = _foot(card, look, inner)
    spare = rows - TITLE_ROWS - 1 - len(foot)
    effects = effect_lines(card, inks, inner, min(EFFECTS_SHOWN, max(1, spare - 1)))
    texts = min(TEXT_ROWS, spare - len(effects))
    text = prose(card.text, inner, inks.text, texts) if texts > 0 else []
    text += [BLANK] * (min(TEXT_ROWS + 1, spare - len(effects)) - len(text))
    above = [*title, line((glyphs().dotted * inner, "$line")), *text, *effects]
    return [*above, *[BLANK] * (rows - len(above) - len(foot)), *foot]


def effect_lines(card: CardView, inks: Inks, inner: int, most: int) -> list[Line]:
    """The card's effects; of many, the first ones and how many more there are."""
    found = [effect_line(effect, inner, inks.effect) for effect in card.effects]
    found += prose(card.lasting, inner, "$muted", 2)
    if len(found) <= most:
        return found
    return [*found[: most - 1], line((f"+{len(found) - most + 1} more", "$muted"))]


def _foot(card: CardView, look: Look, inner: int) -> list[Line]:
    """Why it can't be played; or, when it is chosen, its keys."""
    reason = refusal(card.terms)
    if reason:
        words = wrap(reason, inner - 2, 2)
        sign = f"{glyphs().cross} "
        return [line((sign if not row else "  ", "$bad"), (text, "$bad"))
                for row, text in enumerate(words)]  # fmt: skip
    if not look.chosen:
        return []
    keys = (
        ((glyphs().enter, "play"), ("v", "view")) if card.playable else (("v", "view"),)
    )
    parts = [line((key, "bold $accent"), (f" {verb}", "$muted")) for key, verb in keys]
    return [first_fit(inner, (joined(parts, "   "), joined(parts), parts[0]))]


def row_line(card: CardView, number: int, room: int, look: Look) -> Line:
    """A card in one line of a list: key, cost, title, and as much else as fits."""
    refused = bool(refusal(card.terms))
    key = str(number) if number < 10 else ""
    cost = cost_line(card, look.points, look.teams)
    start = line(
        (f"{key:>1} ", "bold $accent" if card.playable else "$muted"),
        first_fit(4, (cost, line(str(card.cost)))).pad(5),
    )  # fmt: skip
    style = "$muted" if refused else "bold" if look.chosen else ""
    copies = f" {glyphs().times}{card.count}" if card.count > 1 else ""
    titles = [line((t, style), (copies, "$muted")) for t in (card.title, card.short)]
    rest = room - start.width
    remarks = _remarks(card, look.teams)
    for title in titles:
        for remark in remarks:
            if title.width + remark.width + 2 <= rest:
                return start + title.spread(remark, rest)
    return start + titles[-1].spread(remarks[-1], rest)


def _remarks(card: CardView, teams: Sequence[TeamView]) -> list[Line]:
    """What stands at the right of a card's line, the longest form first."""
    reason = refusal(card.terms)
    if reason:
        cross = glyphs().cross
        return [line((f"{cross} {reason}", "$bad")), line((cross, "$bad"))]
    effects = [brief_effect(effect) for effect in card.effects]
    effects = effects or kind_parts(card, teams)[:1]
    forms = [joined(effects[:count]) for count in range(min(3, len(effects)), -1, -1)]
    return forms or [BLANK]
