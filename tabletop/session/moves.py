"""Moves in the deck's ids, as the machine's numbers, and as lines of a save."""

from collections.abc import Mapping
from typing import Any

from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.program import Program
from tabletop.errors import IllegalMoveError
from tabletop.session.view import CONTROL, Move, SeatId

KINDS = {
    "play": at.MV_PLAY, "lay": at.MV_LAY, "pass": at.MV_PASS, "answer": at.MV_ANSWER,
    "advance": at.MV_ADVANCE, "fire": at.MV_FIRE, "hold": at.MV_HOLD,
    "release": at.MV_RELEASE, "skip": at.MV_SKIP, "forward": at.MV_FORWARD,
    "die": at.MV_DIE, "set": at.MV_SET, "add": at.MV_ADD, "give": at.MV_GIVE,
    "take": at.MV_TAKE, "force": at.MV_FORCE, "veto": at.MV_VETO, "lift": at.MV_LIFT,
    "reveal": at.MV_REVEAL, "reseed": at.MV_RESEED,
}  # fmt: skip
"""The machine's number for each kind of move."""
NAMES = {number: name for name, number in KINDS.items()}
TEAM_KINDS = ("play", "lay", "pass", "answer")
"""What a team may do; the rest is control's."""
RULINGS = (
    "die", "set", "add", "give", "take", "force", "veto", "lift", "reveal",
)  # fmt: skip
"""Control's overrides of the rules; each needs a reason."""
CARD_KINDS = ("play", "lay", "give", "take", "force", "veto", "lift", "reveal")
INJECT_KINDS = ("fire", "hold", "release", "skip", "forward")
WITH_TEAM = (*TEAM_KINDS, "give", "take", "force", "reveal")
WITH_ITEM = (*CARD_KINDS, *INJECT_KINDS, "answer", "set", "add")
WITH_VALUE = ("forward", "die", "set", "add", "reveal", "reseed")


def owing(program: Program, state: list[int]) -> tuple[SeatId, ...]:
    """The seats that owe a move, in order: teams, or control for the next phase."""
    seats = (*program.teams, CONTROL)
    owes = (machine.owes(program.words, state, i) for i in range(len(seats)))
    return tuple(seat for seat, owed in zip(seats, owes, strict=True) if owed)


def legal_codes(program: Program, state: list[int], seat: int) -> list[int]:
    """The machine's numbers of a seat's legal moves, in order."""
    room = [0] * program.move_room()
    return room[: machine.legal_moves(program.words, state, seat, room)]


def question_of(program: Program, state: list[int], team: int) -> int:
    """Index of the question that a team owes an answer to, or -1."""
    if state[at.S_WAIT] != at.W_ANSWER or state[at.S_DEPTH] == 0:
        return -1
    return machine.asked_question(program.words, state, team)


def option_ids(
    program: Program, deck_options: Mapping[tuple[str, int, int], str], question: int
) -> list[str]:
    """The ids of a question's options, in order."""
    row = program.words[at.H_QUESTION] + question * at.QUESTION_WORDS
    first, count = program.words[row + at.Q_OPTION], program.words[row + at.Q_OPTIONS]
    return [deck_options[program.options[i]] for i in range(first, first + count)]


class Codec:
    """Turns moves into the machine's numbers and back, for one deck."""

    def __init__(
        self, program: Program, options: Mapping[tuple[str, int, int], str]
    ) -> None:
        """`options` gives the id of each option by happening, ask and place."""
        self.program = program
        self.options = options

    def encode(self, move: Move, state: list[int]) -> int:
        """The machine's number. Raises IllegalMoveError when nothing is so called."""
        if move.kind not in KINDS:
            raise IllegalMoveError(f"there is no move called '{move.kind}'")
        check_parts(move)
        team = self._place(self.program.teams, move.team, "team") if move.team else 0
        limit = at.VALUE_SPAN // 2
        if not -limit <= move.value < limit:
            raise IllegalMoveError(f"{move.value} is too large a number for a move")
        item = self._item(move, team, state)
        return machine.encode(KINDS[move.kind], team, item, move.value)

    def _item(self, move: Move, team: int, state: list[int]) -> int:
        if move.kind in CARD_KINDS:
            return self._place(self.program.cards, move.item, "card")
        if move.kind in INJECT_KINDS:
            return self._place(self.program.injects, move.item, "inject")
        if move.kind in ("set", "add"):
            return self._place(self.program.targets, move.item, "track, flag or points")
        if move.kind == "answer":
            question = question_of(self.program, state, team)
            if question < 0:
                raise IllegalMoveError(f"{move.team} owes no answer")
            options = option_ids(self.program, self.options, question)
            return self._place(options, move.item, "answer")
        return 0

    def _place(self, ids: tuple[str, ...] | list[str], name: str, what: str) -> int:
        if name not in ids:
            raise IllegalMoveError(f"there is no {what} called '{name}'")
        return ids.index(name)

    def decode(self, code: int, state: list[int]) -> Move:
        """The move behind a number that is legal in this state."""
        kind = NAMES[code % at.MOVE_TEAM]
        team = (code // at.MOVE_TEAM) % 16
        item = (code // at.MOVE_ITEM) % 65536
        name = ""
        if kind in CARD_KINDS:
            name = self.program.cards[item]
        elif kind in INJECT_KINDS:
            name = self.program.injects[item]
        elif kind in ("set", "add"):
            name = self.program.targets[item]
        elif kind == "answer":
            question = question_of(self.program, state, team)
            name = option_ids(self.program, self.options, question)[item]
        acting = self.program.teams[team] if kind in WITH_TEAM else ""
        return Move(kind, acting, name, machine.move_value(code))


def check_parts(move: Move) -> None:
    """Raises IllegalMoveError for a move with parts that its kind does not have."""
    for name, part, kinds in (
        ("team", move.team, WITH_TEAM),
        ("item", move.item, WITH_ITEM),
        ("value", move.value, WITH_VALUE),
    ):
        if part and move.kind not in kinds:
            raise IllegalMoveError(f"'{move.kind}' has no {name}, but got {part!r}")
    if move.kind in WITH_TEAM and not move.team:
        raise IllegalMoveError(f"'{move.kind}' needs a team")


def to_json(move: Move) -> dict[str, Any]:
    """A move as a save holds it, without what is empty."""
    table: dict[str, Any] = {"kind": move.kind}
    if move.team:
        table["team"] = move.team
    if move.item:
        table["item"] = move.item
    if move.value:
        table["value"] = move.value
    return table


def from_json(table: Mapping[str, Any]) -> Move:
    """A move from a save. Raises ValueError when it is not one."""
    known = {"kind": str, "team": str, "item": str, "value": int}
    for key, value in table.items():
        if key not in known or type(value) is not known[key]:
            raise ValueError(f"a move has {key} = {value!r}")
    if "kind" not in table:
        raise ValueError("a move has no kind")
    return Move(**table)
