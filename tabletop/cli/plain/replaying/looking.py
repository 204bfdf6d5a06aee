"""Looking at a moment of a save: the board, reasons, options, another line."""

from collections.abc import Iterator

from tabletop.cli import output
from tabletop.cli.plain import describe
from tabletop.cli.plain.desk import numbered
from tabletop.cli.plain.replaying.desk import ReplayCommand, ReplayDesk
from tabletop.cli.plain.replaying.going import called, chosen_line, targets, teams
from tabletop.cli.text import one_line
from tabletop.cli.transcript import yes_no
from tabletop.errors import UsageError
from tabletop.session.replaying import Alternative, Comparison, LineView
from tabletop.session.view import View

LOG_LINES = 12
"""Log entries shown by `log` alone."""
MOST_FOUND = 50
"""Places that a search lists."""


def _board(desk: ReplayDesk, _text: str) -> bool:
    view = desk.view
    desk.say(describe.tracks(view))
    for ask in view.asks:
        desk.say(describe.ask_lines(view, ask))
    return True


def _hand(desk: ReplayDesk, _text: str) -> bool:
    view = desk.view
    for team, cards in view.hands.items():
        output.say(f"{describe.seat_name(view, team)} holds:")
        desk.say(describe.hand(cards), "  no cards")
    return True


def _log(desk: ReplayDesk, text: str) -> bool:
    count = int(text) if text.isdecimal() and len(text) < 8 else LOG_LINES
    log = desk.view.log
    for entry in log[max(0, len(log) - count) :]:
        desk.say(describe.announcement(entry))
    return True


def _why(desk: ReplayDesk, text: str) -> bool:
    view = desk.view
    points = {f"{team.id}.points": f"{team.name}: points" for team in view.teams}
    subject = called(targets(view) | points, text, "number")
    desk.say(describe.why(desk.replay.why(desk.moment.number, subject)))
    return True


def _options(desk: ReplayDesk, text: str) -> bool:
    had = desk.replay.options(desk.moment.number)
    if not had:
        raise UsageError(
            "no team of yours decided here", "Type next decision to find one."
        )
    if text:
        desk.say(describe.preview(numbered(had, text, "option").preview))
        return True
    for number, each in enumerate(had, start=1):
        desk.say(option_lines(number, each))
    return True


def option_lines(number: int, each: Alternative) -> Iterator[str]:
    """An option, whether it was taken, and what it would have done."""
    mark = ", which was chosen" if each.chosen else ""
    yield f"{number:>3}. {one_line(each.label)}{mark}"
    done = list(describe.preview(each.preview))[1:]
    yield from (f"     {line}" for line in done)


def _compare(desk: ReplayDesk, text: str) -> bool:
    if text.isdecimal() and len(text) < 8 and int(text) in numbers_of(desk):
        here = desk.moment.number
        found = desk.replay.compare(here, int(text))
        names = (f"move {here}", f"move {text}")
    else:
        other = chosen_line(desk, text).branch
        found = desk.replay.compare(desk.tip, other.tip)
        names = (desk.line.name, other.name)
    desk.say(comparison(desk.view, found, names))
    return True


def numbers_of(desk: ReplayDesk) -> set[int]:
    """The numbers of all moves of which the seat knows."""
    tips = (line.branch.tip for line in desk.replay.lines())
    return {m.number for tip in tips for m in desk.replay.moments(tip)}


def comparison(view: View, found: Comparison, names: tuple[str, str]) -> Iterator[str]:
    """Two places side by side; what is the same on both is left out."""
    yield one_line(f"{names[0]} beside {names[1]}:")
    ours, theirs = (ending or "no ending yet" for ending in found.endings)
    yield f"  Ending: {one_line(f'{ours}; {theirs}')}"
    called_by = teams(view)
    for team, mine, others in found.scores:
        yield f"  {one_line(called_by[team])} scores {mine}; {others}"
    same = 0
    for pair in found.pairs:
        if pair.ours == pair.theirs:
            same += 1
            continue
        each = (yes_no(n) if pair.flag else str(n) for n in (pair.ours, pair.theirs))
        yield f"  {one_line(pair.label)}: {'; '.join(each)}"
    yield f"  The same on both: {same} of {len(found.pairs)} tracks and flags"


def side_by_side(desk: ReplayDesk, other: LineView) -> Iterator[str]:
    """The line as it was played beside another, at their ends."""
    replay = desk.replay
    main = replay.lines()[0].branch
    names = (f"{main.name}, as played", other.branch.name)
    return comparison(desk.view, replay.compare(main.tip, other.branch.tip), names)


def _search(desk: ReplayDesk, text: str) -> bool:
    if not text:
        raise UsageError("nothing to search for", "Type some words after search.")
    places = desk.replay.search(desk.moments, text)
    for place in places[:MOST_FOUND]:
        moment = desk.moments[place]
        output.say(f"{moment.number:>4}  {one_line(moment.title)}")
    more = len(places) - MOST_FOUND
    if more > 0:
        output.say(f"and {more} more")
    desk.say((), "" if places else "Nothing is found on this line.")
    return True


def _seat(desk: ReplayDesk, text: str) -> bool:
    desk.look_as(text)
    desk.show()
    return True


COMMANDS = (
    ReplayCommand(("t", "board"), "board", "tracks, flags, teams, questions", _board),
    ReplayCommand(("h", "hand"), "hand", "the cards that were held", _hand),
    ReplayCommand(("l", "log"), "log [N]", "what had happened by then", _log),
    ReplayCommand(
        ("w", "why"), "why TRACK", "why the number was what it was", _why
    ),
    ReplayCommand(
        ("options",), "options [N]",
        "what the team could have done instead, and what that would have done",
        _options,
    ),
    ReplayCommand(
        ("compare",), "compare NAME, compare N",
        "how this line and another one end; or this moment and move N", _compare,
    ),
    ReplayCommand(
        ("search",), "search WORDS", "the moves of this line that say so", _search
    ),
    ReplayCommand(
        ("seat",), "seat SEAT", "look as a team, control or public", _seat
    ),
)  # fmt: skip
