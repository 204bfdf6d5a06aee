"""A game as it stands at one move, so that it goes on when the screens are dark.

Made from views: every team's pages from its own, the public page from the display's.
"""

from collections.abc import Iterable, Iterator

from tabletop.report.html import Markup, bullets, join, table, tag
from tabletop.report.pages import Page, Source, section
from tabletop.report.sheets.cards import Face, card_faces, sheets
from tabletop.report.words import effect_words
from tabletop.session.view import (
    CONTROL,
    PUBLIC,
    AskView,
    Change,
    EffectView,
    InjectView,
    LogEntry,
    TrackView,
    View,
)

LEFT = ("scheduled", "condition", "hand", "held")


def moment(source: Source) -> Iterator[Page]:
    """Where everything stands; nothing for a deck that is not being played."""
    if not source.views:
        return
    yield Page(CONTROL, "Where everything stands", control(source))
    yield Page(PUBLIC, "Where we stand", public(source))
    for team in source.teams:
        view = source.views[team]
        yield Page(team, "Where you stand", own(source, view))
        name = source.words.names.team(team)
        yield from sheets(list(_hand(source, view)), team, f"{name}: hand")


def _hand(source: Source, view: View) -> Iterator[Face]:
    for card in view.hand:
        faces = card_faces(source, card.id, view.seat, 1)
        for _ in range(card.count):
            yield from faces


def public(source: Source) -> Markup:
    """What everybody may know."""
    view = source.views[PUBLIC]
    return join(
        tag("h1", "Where we stand"),
        situation(view),
        section("Teams", team_table(source, view)),
        section(f"This {view.round_label.lower()} so far", log(view)),
    )


def own(source: Source, view: View) -> Markup:
    """What a team knows, holds and owes."""
    me = next(team for team in view.teams if team.id == view.seat)
    kept = f"{me.points} points left, {me.hand} cards in hand, {me.pile} in the pile,"
    goals = [_goal(each.text, each.score) for each in view.objectives]
    cards = bullets(
        f"{card.title} (costs {card.cost}){_times(card.count)}" for card in view.hand
    )
    return join(
        tag("h1", "Where ", source.mark(view.seat), " ", me.name, " stands"),
        tag("p", tag("b", f"{kept} {me.discards} discarded.")),
        tag("p", view.prompt),
        section("You are asked", questions(source, view.asks)),
        section("Your orders, face down", bullets(view.laid)),
        section("Your hand", cards),
        section("You score for", bullets(goals)),
        situation(view),
        section("Teams", team_table(source, view)),
        section(f"This {view.round_label.lower()} so far", log(view)),
    )


def _times(count: int) -> str:
    return f" ×{count}" if count > 1 else ""


def _goal(text: str, score: int | None) -> str:
    return text if score is None else f"{text}: {score} now"


def control(source: Source) -> Markup:
    """Everything, for the facilitator."""
    view = source.views[CONTROL]
    return join(
        tag("h1", "Where everything stands"),
        tag("p", view.prompt),
        section("Questions that wait", questions(source, view.asks)),
        section("Teams", team_table(source, view)),
        section("Hands, and orders that lie face down", bullets(_hands(source))),
        section("Injects that are left", inject_table(source, view)),
        section("Under way", bullets(under_way(view))),
        situation(view),
        section("Scores, if it ended now", bullets(_scores(source, view))),
        section(f"This {view.round_label.lower()} so far", log(view)),
    )


def _hands(source: Source) -> Iterator[Markup]:
    for team in source.teams:
        cards = source.views[CONTROL].hands.get(team, ())
        held = ", ".join(card.title + _times(card.count) for card in cards)
        laid = ", ".join(source.views[team].laid)
        orders = f" Face down: {laid}." if laid else ""
        yield join(source.mark(team), f" {held or 'no cards'}.{orders}")


def _scores(source: Source, view: View) -> Iterator[str]:
    for goal in view.objectives:
        yield f"{source.words.names.team(goal.team)}: {_goal(goal.text, goal.score)}"


# --- parts


def situation(view: View) -> Markup:
    """The tracks and flags that the view's seat may see, and the end if it came."""
    rows = [_track(track) for track in view.tracks]
    head = ("Number", "Now", "This round", "Band", "Scale")
    facts = "; ".join(f"{f.label}: {'yes' if f.value else 'no'}" for f in view.flags)
    end = tag("p", tag("b", "The end: ", view.over.title)) if view.over else Markup()
    numbers = table(head, rows, (44, 10, 14, 18, 14)) if rows else Markup()
    said = tag("p", "Yes or no: ", facts) if facts else Markup()
    return join(end, section("Numbers", numbers, said))


def _track(track: TrackView) -> tuple[str, ...]:
    moved = track.value - track.round_start
    return (
        join(tag("b", track.label), " (secret)" if track.secret else ""),
        tag("b", str(track.value)),
        f"{moved:+d}".replace("-", "−") if moved else "",
        track.bands[track.band].label if track.band >= 0 else "",
        f"{track.low} to {track.high}",
    )


def team_table(source: Source, view: View) -> Markup:
    """What everybody may know of the teams."""
    rows = [
        (
            join(tag("b", source.words.sign(team.id)), " ", team.name),
            str(team.points),
            str(team.hand),
            str(team.pile),
            str(team.discards),
            str(team.laid),
            team.status,
        )
        for team in view.teams
    ]
    head = ("Team", "Points", "Hand", "Pile", "Discards", "Face down", "State")
    return table(head, rows, (30, 10, 10, 10, 12, 14, 14))


def questions(source: Source, asks: Iterable[AskView]) -> Markup:
    """Questions with the answers that are open, each with a box."""
    return join(_question(source, ask) for ask in asks)


def _question(source: Source, ask: AskView) -> Markup:
    names = source.words.names
    how = " The answer stays secret until all are in." if ask.secret else ""
    asked = f"{names.team(ask.team)}, on {ask.title}: {ask.prompt}{how}"
    boxes = (
        tag("p", tag("span", class_="box"), " ".join(filter(None, (
            option.label, effects(option.effects) and f"({effects(option.effects)})",
            "" if option.open else "— closed"))))
        for option in ask.options
    )  # fmt: skip
    return join(tag("p", tag("b", asked)), boxes)


def effects(shown: Iterable[EffectView]) -> str:
    """Effects in a row."""
    return ", ".join(effect_words(each) for each in shown)


def inject_table(source: Source, view: View) -> Markup:
    """The injects that have neither fired nor been skipped."""
    rows = [_inject(source, view, i) for i in view.injects if i.state in LEFT]
    head = ("When", "Inject", "Cue and expected action", "To", "Done")
    return table(head, rows, (16, 38, 29, 11, 6)) if rows else Markup()


def _inject(source: Source, view: View, inject: InjectView) -> tuple[str, ...]:
    names = source.words.names
    due = f"{view.round_label} {inject.round}, " if inject.round else ""
    held = " — HELD" if inject.state == "held" else ""
    everybody = len(inject.audience) == len(source.teams)
    told = ", ".join(names.team(team) for team in inject.audience)
    return (
        f"{due}{inject.when}{held}",
        join(
            tag("b", inject.title),
            tag("p", "From ", inject.sender) if inject.sender else "",
            tag("p", inject.read, class_="aloud") if inject.read else "",
            tag("p", effects(inject.effects)),
        ),
        join(tag("p", inject.cue), tag("p", inject.expects)),
        "everybody" if everybody else told,
        tag("span", class_="box"),
    )


def under_way(view: View) -> list[str]:
    """Effects that come back, and what is due later, as control's log tells it."""
    lasting: dict[str, Change] = {}
    later: list[str] = []
    for entry in view.log:
        for change in entry.changes:
            if change.kind == "lasting":
                lasting[change.subject] = change
            elif change.kind == "schedule" and change.before > view.round:
                later.append(change.text)
    return [*(c.text for c in lasting.values() if c.before > 0), *later]


def log(view: View) -> Markup:
    """This round, move by move, as the view's seat may know it."""
    return bullets(_entry(e) for e in view.log if e.round == view.round)


def _entry(entry: LogEntry) -> Markup:
    said = "; ".join(dict.fromkeys(_change(change) for change in entry.changes))
    note = f" “{entry.note}”" if entry.note else ""
    more = tag("div", said, class_="muted") if said else Markup()
    return join(tag("b", f"{entry.number}. {entry.title}"), note, more)


def _change(change: Change) -> str:
    if change.kind == "flag":
        return f"{change.text}: {'yes' if change.after else 'no'}"
    if change.kind not in ("track", "points"):
        return change.text
    band = f" ({change.band_after})" if change.band_after else ""
    return f"{change.text} {change.before} → {change.after}{band}"
