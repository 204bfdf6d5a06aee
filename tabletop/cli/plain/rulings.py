"""Control's rulings as they are typed: what, and because of what."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.cli.plain.desk import whole
from tabletop.cli.text import one_line
from tabletop.errors import UsageError
from tabletop.session.view import Move, SeatId

BECAUSE = " because "
"""Stands between a ruling and its reason."""

USAGE = {
    "set": "set TARGET NUMBER",
    "add": "add TARGET NUMBER",
    "give": "give CARD TEAM",
    "take": "take CARD TEAM",
    "force": "force CARD TEAM",
    "die": "die NUMBER",
    "veto": "veto CARD",
    "lift": "lift CARD",
    "reveal": "reveal CARD TEAM WHOM",
}
"""Kind of ruling, and how it is typed. A target is a track, a flag (yes or no) or
TEAM.points. WHOM is a team, or all."""

MEANING = {
    "set": "make a number what you say",
    "add": "add to a number, or take from it with -",
    "give": "put a card into a team's hand",
    "take": "take a card out of a team's hand",
    "force": "have a card played whatever the rules say",
    "die": "the next die shows this",
    "veto": "keep a card from being played or laid, or from taking effect",
    "lift": "allow a vetoed card again",
    "reveal": "show a card that a team holds to another team, or to all",
}

ALL = "all"
"""How everybody is named who is shown a card."""
FLAGS = {"no": 0, "yes": 1}
"""How the value of a flag may be typed."""


@dataclass(frozen=True)
class Ruling:
    """A move of control's with the reason that the log keeps."""

    move: Move
    reason: str


def parse(kind: str, text: str, teams: Sequence[SeatId]) -> Ruling:
    """The ruling of that kind; raises UsageError when it is typed otherwise.

    `teams` are the game's, in their order.
    """
    what, _, reason = f" {text}".partition(BECAUSE)
    words = what.split()
    if not reason.strip():
        raise _mistyped(kind, text, "it needs a reason")
    if len(words) != len(USAGE[kind].split()) - 1:
        raise _mistyped(kind, text, "it has too many words or too few")
    return Ruling(_move(kind, words, teams), reason.strip())


def _move(kind: str, words: Sequence[str], teams: Sequence[SeatId]) -> Move:
    if kind == "die":
        return Move(kind, value=_value(kind, words[0]))
    if kind in {"set", "add"}:
        return Move(kind, item=words[0], value=_value(kind, words[1]))
    if kind in {"veto", "lift"}:
        return Move(kind, item=words[0])
    whom = _whom(words[2], teams) if kind == "reveal" else 0
    return Move(kind, item=words[0], team=words[1], value=whom)


def _whom(word: str, teams: Sequence[SeatId]) -> int:
    """0 for all, else the team's place in the deck, from 1."""
    if word == ALL:
        return 0
    if word not in teams:
        known = ", ".join((ALL, *teams))
        raise UsageError(f"there is no team '{one_line(word)}'", f"Type one of {known}")
    return teams.index(word) + 1


def _value(kind: str, word: str) -> int:
    if word in FLAGS:
        return FLAGS[word]
    try:
        return whole(word)
    except UsageError as error:
        raise _mistyped(kind, word, error.message) from None


def _mistyped(kind: str, text: str, why: str) -> UsageError:
    return UsageError(
        f"cannot read '{one_line(f'{kind} {text}')}': {why}",
        f"Type {USAGE[kind]}{BECAUSE}REASON.",
    )
