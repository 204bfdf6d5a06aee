"""Control's rulings as they are typed: what, and because of what."""

from dataclasses import dataclass

from tabletop.cli.plain.desk import whole
from tabletop.cli.text import one_line
from tabletop.errors import UsageError
from tabletop.session.view import Move

BECAUSE = " because "
"""Stands between a ruling and its reason."""

USAGE = {
    "set": "set TARGET NUMBER",
    "add": "add TARGET NUMBER",
    "give": "give CARD TEAM",
    "take": "take CARD TEAM",
    "force": "force CARD TEAM",
    "die": "die NUMBER",
}
"""Kind of ruling, and how it is typed. A target is a track, a flag (yes or no) or
TEAM.points."""

MEANING = {
    "set": "make a number what you say",
    "add": "add to a number, or take from it with -",
    "give": "put a card into a team's hand",
    "take": "take a card out of a team's hand",
    "force": "have a card played whatever the rules say",
    "die": "the next die shows this",
}

FLAGS = {"no": 0, "yes": 1}
"""How the value of a flag may be typed."""


@dataclass(frozen=True)
class Ruling:
    """A move of control's with the reason that the log keeps."""

    move: Move
    reason: str


def parse(kind: str, text: str) -> Ruling:
    """The ruling of that kind; raises UsageError when it is typed otherwise."""
    what, _, reason = f" {text}".partition(BECAUSE)
    words = what.split()
    if not reason.strip():
        raise _mistyped(kind, text, "it needs a reason")
    if len(words) != len(USAGE[kind].split()) - 1:
        raise _mistyped(kind, text, "it has too many words or too few")
    if kind == "die":
        move = Move(kind, value=_value(kind, words[0]))
    elif kind in {"set", "add"}:
        move = Move(kind, item=words[0], value=_value(kind, words[1]))
    else:
        move = Move(kind, item=words[0], team=words[1])
    return Ruling(move, reason.strip())


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
