"""Control's own commands at the plain table: injects, and rulings with their reason."""

from functools import partial

from tabletop.cli.plain import guide, rulings
from tabletop.cli.plain.desk import After, Command, Desk, numbered, whole
from tabletop.errors import UsageError
from tabletop.session.view import CONTROL, Move

STEERING = {
    "fire": "let inject N happen now",
    "hold": "keep inject N back",
    "release": "put a held inject N back on the schedule",
    "skip": "strike inject N out",
}


def _require_control(desk: Desk) -> None:
    if desk.seat != CONTROL:
        raise UsageError("only control can do this", "Ask your facilitator.")


def _steer(desk: Desk, text: str, kind: str) -> After:
    _require_control(desk)
    inject = numbered(desk.view.injects, text, "inject")
    desk.game.submit(CONTROL, Move(kind, item=inject.id))
    return After.LOOK_AGAIN


def _forward(desk: Desk, text: str) -> After:
    _require_control(desk)
    number, _, to = text.partition(" ")
    inject = numbered(desk.view.injects, number, "inject")
    desk.game.submit(CONTROL, Move("forward", item=inject.id, value=whole(to)))
    return After.LOOK_AGAIN


def _rule(desk: Desk, text: str, kind: str) -> After:
    _require_control(desk)
    teams = [team.id for team in desk.view.teams]
    ruling = rulings.parse(kind, text, teams)
    desk.game.submit(CONTROL, ruling.move, note=ruling.reason)
    return After.LOOK_AGAIN


def _guide(desk: Desk, _text: str) -> After:
    _require_control(desk)
    desk.say(guide.guide(desk.view, desk.game.run_view()), guide.NONE)
    return After.ASK_AGAIN


COMMANDS = (
    Command(
        ("guide",),
        "guide",
        "what the deck says to its facilitator: agenda, guide, hot washes",
        _guide,
    ),
    *(
        Command((kind,), f"{kind} N", meaning, partial(_steer, kind=kind))
        for kind, meaning in STEERING.items()
    ),
    Command(("forward",), "forward N ROUND", "move inject N to a round", _forward),
    *(
        Command(
            (kind,),
            f"{usage}{rulings.BECAUSE}REASON",
            rulings.MEANING[kind],
            partial(_rule, kind=kind),
        )
        for kind, usage in rulings.USAGE.items()
    ),
)
