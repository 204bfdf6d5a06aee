"""What a seat sees, in lines of plain words. Reads a view and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from tabletop.cli.text import counted, one_line, paragraphs, prose
from tabletop.cli.transcript import change_text, entry_lines, track_line, yes_no
from tabletop.errors import IllegalMoveError, TabletopError
from tabletop.session.cited import FactView
from tabletop.session.runview import BranchView
from tabletop.session.standing import said, what_stands
from tabletop.session.view import (
    CONTROL,
    NOTHING_ASKED,
    Asking,
    AskView,
    CardView,
    EffectView,
    FlagView,
    InjectView,
    LogEntry,
    MoveView,
    Preview,
    RowView,
    SeatId,
    TeamView,
    Term,
    View,
    Why,
)

ANNOUNCEMENT = "* "
"""Stands before what has happened, so that an ear tells it from a question."""
CARD_KINDS = ("play", "lay")
INJECT_KINDS = ("fire", "hold", "release", "skip", "forward")
NO_EFFECT = "no effect of its own"
REFUSAL = "! "
"""Stands before what could not be done."""


def title(view: View) -> str:
    """What is played."""
    return f"==== {one_line(view.title)} ===="


def seat_name(view: View, seat: str) -> str:
    """What to call a seat."""
    names = {team.id: team.name for team in view.teams}
    return one_line(names.get(seat, seat.capitalize()))


def heading(view: View) -> str:
    """Who looks, at what time, with how many points."""
    phases = [phase.label for phase in view.phases if phase.state == "now"]
    time = [f"{view.round_label} {view.round} of {view.rounds}", *phases]
    points = [
        f"{counted(team.points, 'point')} left"
        for team in view.teams
        if team.id == view.seat
    ]
    return one_line(", ".join([seat_name(view, view.seat), *time, *points]))


def stands(view: View) -> Iterator[str]:
    """The flags that are set, those last that some team may not see."""
    found = what_stands(view)
    public = [each for each in found if not each.secret]
    secret = [each for each in found if each.secret]
    for title, each in (("What stands", public), ("In secret", secret)):
        if each:
            yield one_line(f"{title}: {said(each)}.")


def open_moves(view: View) -> dict[int, MoveView]:
    """The moves that are offered, by number; injects have commands of their own.

    A card has the number that it keeps all game, 0 passes, and the rest is counted;
    for another team that comes after a thousand for each place of the team.
    """
    places: defaultdict[SeatId, Iterator[int]] = defaultdict(lambda: count(1))
    found: dict[int, MoveView] = {}
    for each in view.moves:
        move = each.move
        if move.kind in INJECT_KINDS:
            continue
        cards = {card.id: card.number for card in view.hands.get(move.team, ())}
        if move.kind in CARD_KINDS and move.item in cards:
            number = cards[move.item]
        else:
            number = 0 if move.kind == "pass" else next(places[move.team])
        found[_thousands(view, move.team) + number] = each
    return found


def _thousands(view: View, team: SeatId) -> int:
    if team == view.seat:
        return 0
    teams = [each.id for each in view.teams]
    return 1000 * (teams.index(team) + 1) if team in teams else 0


def choices(view: View, asked: Asking = NOTHING_ASKED) -> Iterator[str]:
    """The questions that wait with what all answers lead to, and the numbered moves."""
    for ask in view.asks:
        yield from ask_lines(view, ask, decided=bool(asked.outcomes))
    if view.asks and asked.outcomes:
        yield "Once all have answered:"
        yield from asking(replace(asked, questions=()))
    for number, choice in open_moves(view).items():
        team = choice.move.team
        acting = "" if team in {"", view.seat} else f"{seat_name(view, team)}: "
        yield f"{number:>3}. {acting}{one_line(choice.label)}"


def ask_lines(view: View, ask: AskView, *, decided: bool = False) -> Iterator[str]:
    """A question, what each answer means, and why one is closed.

    `decided` says that more follows from all answers together.
    """
    secret = " Answers stay secret until all are in." if ask.secret else ""
    yield f"{_asker(view, ask)} asks {seat_name(view, ask.team)}:"
    yield f"  {one_line(ask.prompt)}{secret}"
    nothing = "no effect by itself" if decided else NO_EFFECT
    for option in ask.options:
        unmet = "" if option.open else f" Closed: {terms(option.terms)}."
        done = effects(option.effects, nothing)
        yield f"  {one_line(option.label)}: {done}.{unmet}"


def _asker(view: View, ask: AskView) -> str:
    """Who asks in the story; of a card that asks its own team, the card."""
    if ask.sender:
        return one_line(ask.sender)
    if ask.by == ask.team:
        return one_line(f"'{ask.title}'")
    return seat_name(view, ask.by)


def announcement(entry: LogEntry) -> Iterator[str]:
    """A log entry, marked as something that has happened."""
    first, *rest = entry_lines(entry)
    yield ANNOUNCEMENT + first.strip()
    yield from rest


def hand(cards: Iterable[CardView]) -> Iterator[str]:
    """The cards with their numbers, costs and what stands in their way."""
    for card in cards:
        copies = f", {card.count} copies" if card.count > 1 else ""
        unmet = terms(term for term in card.terms if not term.met)
        barred = "" if card.playable else f": not now, {unmet or 'not your turn'}"
        title = one_line(card.title)
        yield f"{card.number:>3}. {title}, costs {card.cost}{copies}{barred}"


def card(view: View, shown: CardView) -> Iterator[str]:
    """A whole card."""
    yield f"{one_line(shown.title)}, costs {shown.cost}"
    yield from prose(shown.text, "  ")
    if shown.effects:
        yield f"  Does: {effects(shown.effects)}"
    if shown.dice:
        yield f"  Throws {one_line(shown.dice)}:"
        yield from (f"    {row(each)}" for each in shown.rows)
    if shown.lasting:
        lasting = one_line(shown.lasting)
        yield f"  {lasting[:1].upper()}{lasting[1:]}"
    if shown.asks:
        asked = ", ".join(seat_name(view, team) for team in shown.asks)
        yield f"  Asks: {asked}"
    for term in shown.terms:
        yield f"  {'Met' if term.met else 'Not met'}: {one_line(term.text)}"
    if shown.notes:
        yield f"  Notes: {one_line(', '.join(shown.notes))}"
    yield from built_on(shown.facts, shown.source)


def built_on(facts: Iterable[FactView], source: Iterable[str]) -> Iterator[str]:
    """The facts that a card or inject stands for, or what else it names."""
    told = [fact for fact in facts if fact.text]
    for fact in told:
        yield from paragraphs(f"{fact.id}: {one_line(fact.said)}", "  ")
    if not told and (names := one_line(", ".join(source))):
        yield f"  Source: {names}"


def effects(shown: Iterable[EffectView], nothing: str = NO_EFFECT) -> str:
    """Effects in a row, each with its direction in words; `nothing` for none."""
    ways = {-1: "down", 0: "", 1: "up"}
    each = (
        " ".join(filter(None, [one.label, ways[one.sign], one.amount])) for one in shown
    )
    return one_line(", ".join(each)) or nothing


def row(shown: RowView) -> str:
    """A row of a dice table."""
    done = f" ({effects(shown.effects)})" if shown.effects else ""
    return one_line(f"{shown.span}, {shown.chance}: {shown.text}{done}")


def terms(shown: Iterable[Term]) -> str:
    """Conditions in a row."""
    return one_line("; ".join(term.text for term in shown))


def preview(shown: Preview) -> Iterator[str]:
    """What a move would do now."""
    yield f"{one_line(shown.title)} would do this now:"
    for change in shown.changes:
        yield f"  {change_text(change)}"
    for each in shown.rows:
        yield f"  Dice {row(each)}"
    here = shown.move.kind == "answer"
    yield from asking(replace(shown.asking, questions=()) if here else shown.asking)
    for line in shown.notes:
        yield f"  {one_line(line)}"


def asking(shown: Asking) -> Iterator[str]:
    """Each answer, and what all answers together lead to."""
    for question in shown.questions:
        yield f"  Question: {one_line(question.prompt)}"
        for choice in question.choices:
            yield f"    {one_line(choice.label)}: {effects(choice.effects)}"
    for outcome in shown.outcomes:
        done = f" ({effects(outcome.effects)})" if outcome.effects else ""
        yield f"  {one_line(f'If {outcome.when}: {outcome.text}{done}')}"


def tracks(view: View) -> Iterator[str]:
    """Every track and flag the seat may see, and the teams.

    For a team what another one may not see comes first; flags that are set come before
    those that are not.
    """
    team = view.seat != CONTROL
    own = [flag for flag in view.flags if team and flag.secret and flag.value]
    others = [flag for flag in view.flags if flag not in own]
    yield from secret_tracks(view)
    yield from map(_flag_line, own)
    yield from (track_line(each) for each in view.tracks if not (team and each.secret))
    yield from map(_flag_line, sorted(others, key=lambda flag: not flag.value))
    yield from (team_line(each) for each in view.teams)


def secret_tracks(view: View) -> Iterator[str]:
    """The tracks that a team sees and some other one does not; none for control."""
    if view.seat != CONTROL:
        yield from (track_line(track) for track in view.tracks if track.secret)


def _flag_line(flag: FlagView) -> str:
    secret = " (not known to all)" if flag.secret and flag.value else ""
    return one_line(f"{flag.label}: {yes_no(flag.value)}{secret}")


def team_line(team: TeamView) -> str:
    """What everybody may know of a team."""
    laid = f", {counted(team.laid, 'order')} laid" if team.laid else ""
    return one_line(
        f"{team.name} ({team.seat}): {counted(team.points, 'point')},"
        f" {counted(team.hand, 'card')}{laid}, {team.status}"
    )


def lines_of_play(lines: Iterable[BranchView], *, titles: bool) -> Iterator[str]:
    """Every line of play, numbered; `titles` says with which move each ends."""
    for number, each in enumerate(lines, start=1):
        mark = ", where the game is" if each.current else ""
        left = f", from move {each.leaves}" if each.leaves else ""
        off = ", off the record" if each.practice else ""
        last = f", ends with: {each.title}" if titles else ""
        played = counted(each.moves, "move")
        line = one_line(f"{each.name}: {played}{left}{off}{mark}{last}")
        yield f"{number:>3}. {line}"


def situation(view: View) -> Iterator[str]:
    """The briefs, and what the seat scores for."""
    for brief in filter(None, (view.brief, view.team_brief)):
        yield from prose(brief)
        yield ""
    for objective in view.objectives:
        worth = "" if objective.score is None else f", worth {objective.score} now"
        yield one_line(
            f"{seat_name(view, objective.team)} wants: {objective.text}{worth}"
        )


def injects(shown: Iterable[InjectView]) -> Iterator[str]:
    """The facilitator's schedule, numbered."""
    for number, each in enumerate(shown, start=1):
        yield f"{number:>3}. {_inject_title(each)}"


def inject(view: View, shown: InjectView) -> Iterator[str]:
    """A whole inject, with what to read aloud first."""
    yield _inject_title(shown)
    texts = {
        "Read aloud": shown.read,
        "Cue": shown.cue,
        "Expect": shown.expects,
        "Does": effects(shown.effects) if shown.effects else "",
        "For": ", ".join(seat_name(view, team) for team in shown.audience),
    }
    for name, text in texts.items():
        if text:
            yield from prose(f"{name}: {text}", "  ")
    yield from built_on(shown.facts, [fact.id for fact in shown.facts])


def _inject_title(shown: InjectView) -> str:
    due = f"round {shown.round}, " if shown.round else ""
    return one_line(f"{shown.title}: {shown.state}, {due}{shown.when}")


def refusal(error: TabletopError) -> Iterator[str]:
    """Why something could not be done, term by term, and what to do instead."""
    yield f"{REFUSAL}{one_line(error.message)}"
    if isinstance(error, IllegalMoveError):
        for term in error.terms:
            yield f"  {one_line(getattr(term, 'text', str(term)))}"
    if error.hint:
        yield f"  {one_line(error.hint)}"


def why(shown: Why) -> Iterator[str]:
    """The sum behind a number."""
    yield one_line(f"{shown.label} began at {shown.start}.")
    for line in shown.lines:
        step = f"{line.before} to {line.after} ({line.after - line.before:+d})"
        yield f"  Round {line.round}: {step}, {one_line(line.title)}"
    yield one_line(f"{shown.label} is {shown.value}.")
