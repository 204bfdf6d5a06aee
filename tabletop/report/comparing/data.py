"""A comparison as one object of JSON, for other programs."""

from collections.abc import Sequence
from typing import Any

from tabletop.report.comparing.comparison import Came, Comparison, Options
from tabletop.report.comparing.groups import Group
from tabletop.session.strict_json import dump

FORMAT = 1
"""The version of this object."""


def as_json(of: Comparison) -> str:
    """The whole comparison on one line; the same bytes each time."""
    return dump({
        "format": FORMAT,
        "deck": of.deck,
        "title": of.title,
        "seat": of.seat,
        "rounds": of.rounds,
        "groups": [group(each) for each in of.groups],
        "deck_differences": list(of.differs),
        "tracks": [
            {
                "id": each.id, "label": each.label, "low": each.low, "high": each.high,
                "values": by_letter(of, each.values),
                "furthest_apart": {
                    "round": each.round, "spread": each.spread,
                    "least": each.least, "most": each.most,
                },
            }
            for each in of.tracks
        ],
        "decisions": [options(each) for each in of.decisions],
        "questions": [options(each) for each in of.questions],
        "cards": [came(of, each) for each in of.cards],
        "injects": [came(of, each) for each in of.injects],
    })  # fmt: skip


def group(of: Group) -> dict[str, Any]:
    """One group."""
    return {
        "letter": of.letter, "save": of.name, "deck_version": of.version,
        "deck_digest": of.digest, "ending": of.ending, "ending_title": of.ending_title,
        "rounds": of.rounds, "moves": of.moves, "scores": dict(of.scores),
        "successes": dict(of.successes),
        "rulings": of.rulings, "notes": of.notes, "undone": of.undone,
        "seconds": of.lasted, "seconds_by_phase": dict(of.phases),
    }  # fmt: skip


def by_letter(of: Comparison, values: Sequence[Sequence[int]]) -> dict[str, Any]:
    """What each group has, by its letter; groups that have nothing are not there."""
    pairs = zip(of.groups, values, strict=True)
    return {each.letter: list(own) for each, own in pairs if own}


def options(of: Options) -> dict[str, Any]:
    """A decision or a question."""
    chosen = [
        {"choice": label, "groups": list(letters)} for label, letters in of.chosen
    ]
    asked = {"asked_by": of.asked_by} if of.asked_by else {"round": of.round}
    return {"team": of.team, **asked, "nth": of.nth, "chosen": chosen}


def came(of: Comparison, what: Came) -> dict[str, Any]:
    """A card or an inject."""
    rounds = by_letter(of, what.rounds)
    return {"id": what.id, "title": what.title, "team": what.team, "rounds": rounds}
