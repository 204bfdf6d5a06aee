"""Playing on from a moment, and choosing before seeing what was chosen."""

import re
from collections.abc import Iterator

from tabletop.cli import output
from tabletop.cli.plain import describe
from tabletop.cli.plain.commands import offered
from tabletop.cli.plain.replaying.desk import ReplayCommand, ReplayDesk
from tabletop.cli.plain.replaying.going import called, teams
from tabletop.cli.plain.replaying.looking import side_by_side
from tabletop.cli.plain.table import PlainTable
from tabletop.cli.text import counted, one_line
from tabletop.cli.transcript import change_text
from tabletop.errors import TabletopError, UsageError
from tabletop.session.game import AUTO, BOT, PERSON
from tabletop.session.guessing import Decision, Guessing, Summary, Verdict
from tabletop.session.replaying import Replay
from tabletop.session.view import CONTROL, NOTHING_ASKED, Asking, Change, SeatId
from tabletop.session.whatif import play_on

ALL = "all"
INTO = " into save"
SAME = " same dice"


# --- what if


def _try(desk: ReplayDesk, text: str) -> bool:
    save = desk.replay.save
    if save is None:
        raise UsageError("this game has no save to play on from")
    who = f" {text}"
    into_save, same = INTO in who, SAME in who
    who = who.replace(INTO, "").replace(SAME, "").strip()
    seats = seats_for(desk, who)
    game = play_on(save, desk.moment.number, seats, into_save=into_save, anew=not same)
    output.say("What if: play on from here; q comes back.")
    try:
        PlainTable(game).play()
    finally:
        tip, begun = game.head, game.head in game.tree.asides
        game.close()
    come_back(desk, tip if begun else None)
    return True


def seats_for(desk: ReplayDesk, who: str) -> dict[SeatId, str]:
    """Who sits where when somebody plays on: bots in all other seats."""
    known = teams(desk.view)
    own = desk.replay.seat
    who = who or (own if own in known else ALL)
    seats = dict.fromkeys(known, PERSON if who == ALL else BOT)
    if who == CONTROL:
        return {**seats, CONTROL: PERSON}
    if who != ALL:
        seats[called(known, who, "team")] = PERSON
    if own in known and seats != {**dict.fromkeys(known, BOT), own: PERSON}:
        raise UsageError(
            f"you look as {one_line(known[own])} and can play on as it alone",
            "Type seat control first.",
        )
    return {**seats, CONTROL: AUTO}


def come_back(desk: ReplayDesk, tip: int | None) -> None:
    """Opens the save anew, with the new line, and shows both at their ends."""
    old, number, line = desk.replay, desk.moment.number, desk.tip
    replay = Replay.open(old.save, old.seat) if old.save else old
    old.close()
    desk.replay = replay
    desk.read_marks()
    tips = {each.branch.tip: each for each in replay.lines()}
    desk.tip = line if line in tips else replay.main
    desk.go_to(number if number in replay.session.tree.nodes else 0)
    if tip in tips:
        output.say(f"Kept as {one_line(tips[tip].branch.name)}.")
        desk.say(side_by_side(desk, tips[tip]))
    else:
        output.say("Nothing was played.")
    desk.show()


# --- as you would have


def _guess(desk: ReplayDesk, text: str) -> bool:
    known = teams(desk.view)
    own = desk.replay.seat
    team = called(known, text or (own if own in known else ""), "team")
    if own in known and team != own:
        raise UsageError("you may only take your own seat", "Type seat control first.")
    guessing = Guessing(desk.replay, team, desk.tip)
    numbers = guessing.decisions()
    here = desk.moment.number if desk.place else 0
    first = next((i for i, n in enumerate(numbers) if n > here or not here), None)
    if first is None:
        raise UsageError(
            f"{one_line(known[team])} had no choice after this moment",
            "Type go start first.",
        )
    left = len(numbers) - first
    output.say(f"{counted(left, 'decision')} to come. Choose before you see theirs.")
    for place in range(first, len(numbers)):
        if not _decide(desk, guessing, place):
            break
    desk.say(summary(guessing.summary(), one_line(known[team])))
    return True


def _decide(desk: ReplayDesk, guessing: Guessing, place: int) -> bool:
    """One decision; False when the person leaves, or nothing more is typed."""
    decision = guessing.decision(place)
    view = decision.view
    output.say()
    output.say(f"Decision {place + 1} of {len(guessing.decisions())}.")
    output.say(describe.heading(view))
    desk.say(describe.tracks(view))
    desk.say(describe.choices(view, _asked(desk, decision)))
    while True:
        typed = output.ask("What would you do? (N, p N, h, s to skip, q to leave): ")
        if typed is None or typed in ("q", "quit"):
            return False
        if typed in ("s", "skip"):
            return True
        try:
            if _answered(desk, guessing, decision, typed):
                return True
        except TabletopError as error:
            desk.say(describe.refusal(error))


def _asked(desk: ReplayDesk, decision: Decision) -> Asking:
    """What was asked at a decision, if it was an answer."""
    if not decision.view.asks:
        return NOTHING_ASKED
    return desk.replay.had(decision.number)[0].preview.asking


def _answered(
    desk: ReplayDesk, guessing: Guessing, decision: Decision, typed: str
) -> bool:
    """Obeys a line that was typed at a decision: whether it was a choice."""
    if typed in ("h", "hand"):
        desk.say(describe.hand(decision.view.hand), "no cards")
        return False
    ahead = re.fullmatch(r"p\s+(\S+)", typed)
    number = ahead.group(1) if ahead else typed
    move = offered(decision.view, number)
    if ahead:
        had = desk.replay.had(decision.number)
        shown = next(each.preview for each in had if each.move == move)
        desk.say(describe.preview(shown))
        return False
    desk.say(verdict_lines(guessing.choose(decision, move)))
    return True


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """Both choices, and what the rules made of each."""
    yield one_line(f"You: {verdict.ours.label}. They: {verdict.theirs.label}.")
    if verdict.intent:
        yield f"  They said: {one_line(verdict.intent)}"
    if verdict.same:
        yield "The same. It made:"
        yield from _made(verdict.their_changes)
        return
    yield "Yours, with the same dice, would have made:"
    yield from _made(verdict.our_changes)
    yield "Theirs made:"
    yield from _made(verdict.their_changes)


def _made(changes: tuple[Change, ...]) -> Iterator[str]:
    lines = [f"  {change_text(change)}" for change in changes]
    yield from lines or ["  nothing that the team could see"]


def summary(shown: Summary, team: str) -> Iterator[str]:
    """How often the choices were the same, and where they were not."""
    yield ""
    count = len(shown.verdicts)
    yield f"You chose as {team} did in {shown.same} of {counted(count, 'decision')}."
    for each in shown.others:
        both = f"you: {each.ours.label}; they: {each.theirs.label}"
        yield f"{each.decision.number:>4}  {one_line(both)}"


COMMANDS = (
    ReplayCommand(
        ("try",), "try [TEAM|all|control] [same dice] [into save]",
        "play on from here, bots in the other seats; go back first to make another"
        " move here", _try,
    ),
    ReplayCommand(
        ("guess",), "guess [TEAM]",
        "take a team's seat: choose before you see what it chose", _guess,
    ),
)  # fmt: skip
