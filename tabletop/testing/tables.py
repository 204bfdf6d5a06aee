"""This program's engine as the conformance suite takes it: at a table, and bare."""

import random
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Self

from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import GearName, gear
from tabletop.engine.program import Program, seed_key
from tabletop.errors import GameOverError, IllegalMoveError
from tabletop.session.facts import FactWriter
from tabletop.session.moves import TEAM_KINDS, Codec, legal_codes, owing
from tabletop.session.names import Names
from tabletop.session.seats import AUTO, check_seats
from tabletop.session.session import Session
from tabletop.session.tree import MachineError, Tree
from tabletop.session.view import CONTROL, PUBLIC, Move, SeatId, View
from tabletop.testing.engines import State
from tabletop.testing.twins import Secrets, trace_of, with_state

POLICIES = {"random": at.BOT_RANDOM, "first": at.BOT_FIRST, "greedy": at.BOT_GREEDY}
SEATS = {CONTROL: AUTO}
TURNS = ("undo", "branch")
"""What the log says of going back: no part of what is played."""


def clock() -> str:
    """A time that stands still, so that games played alike look alike."""
    return "2026-01-01T00:00:00Z"


def parts(program: Program, state: list[int]) -> State:
    """A state in its digested parts; each number of a track, flag, team or card that
    people know has a name of its own."""
    found: dict[str, tuple[int, ...]] = {}
    names = {
        "targets": [*program.tracks, *program.flags],
        "points": [f"{team}.points" for team in program.teams],
        "played": [f"played.{card}" for card in program.cards],
    }
    for name, a, b in program.sections:
        if name in names:
            words = zip(names[name], state[a:b], strict=True)
            found.update({each: (word,) for each, word in words})
        else:
            found[name] = tuple(state[a:b])
    return found


@lru_cache(maxsize=4)
def compiled(deck: Deck) -> tuple[Program, Names, Codec, FactWriter]:
    """A deck's program, and what reads and writes in its words."""
    program, names = compile_deck(deck), Names(deck)
    codec = Codec(program, names.options)
    return program, names, codec, FactWriter(program, names)


class KeptTree(Tree):
    """A game's tree; games of one deck share what is compiled of it."""

    def _compile(self) -> None:
        self.program, self.names, self.codec, self.writer = compiled(self.deck)


def in_memory(deck: Deck, seed: int, game: int = 0) -> Session:
    """A game without a save; control's seat plays itself where nobody rules."""
    return Session(KeptTree(deck, seed, game), check_seats(deck, SEATS), None, clock)


class TableEngine:
    """Games as people play them, in low gear: with saves, undo and views."""

    name = "table"
    game_type: "ClassVar[type[TableGame]]"
    """What its games are; for engines that inherit from this one."""

    def set_up(
        self, deck: Deck, seed: int, game: int = 0, path: Path | None = None
    ) -> "TableGame":
        """A game of people; control's seat plays itself where nobody rules."""
        if path is None:
            return self.game_type(in_memory(deck, seed, game))
        return self.game_type(
            Session.new(deck, seed=seed, game=game, seats=SEATS, path=path, clock=clock)
        )

    def open(self, path: Path) -> "TableGame":
        """A saved game, replayed and checked."""
        return self.game_type(Session.open(path, clock=clock))


class TableGame:
    """A session as the suite takes it."""

    def __init__(self, session: Session) -> None:
        """`session` is played on."""
        self.session = session

    # --- the rules

    @property
    def over(self) -> bool:
        """Whether the game has ended."""
        return self.session.over

    def owing(self) -> tuple[SeatId, ...]:
        """The seats that owe a move, in order."""
        return self.session.owing()

    def legal_moves(self, seat: SeatId) -> tuple[Move, ...]:
        """The legal moves of a team or of control, in order."""
        tree = self.session.tree
        state, seats = tree.state(), (*tree.program.teams, CONTROL)
        codes = legal_codes(tree.program, state, seats.index(seat))
        return tuple(tree.codec.decode(code, state) for code in codes)

    def perform(self, seat: SeatId, move: Move) -> None:
        """Makes a move, with a reason where control makes it."""
        self.session.submit(seat, move, note="to see" if seat == CONTROL else "")

    def state(self) -> State:
        """The state that the save's digests cover, in its parts."""
        return parts(self.session.tree.program, self.session.tree.state())

    # --- what is so

    def numbers(self) -> dict[str, int]:
        """Tracks, flags, points and the round."""
        program, state = self.session.tree.program, self.session.tree.state()
        first = program.words[at.H_S_TARGET]
        values = dict(zip(program.targets, state[first:], strict=False))
        return {**values, "round": state[at.S_ROUND]}

    def cards(self) -> dict[str, tuple[str, ...]]:
        """Hands, piles, discards, and the orders that are in no hand meanwhile."""
        program, state = self.session.tree.program, self.session.tree.state()
        words, found = program.words, {}
        for i, team in enumerate(program.teams):
            row = words[at.H_TEAM] + i * at.TEAM_WORDS
            for name, place, count in (
                ("hand", at.T_S_HAND, at.H_S_HAND),
                ("pile", at.T_S_PILE, at.H_S_PILE),
                ("discards", at.T_S_DISCARD, at.H_S_DISCARD),
            ):
                start = words[row + place]
                numbers = state[start : start + state[words[count] + i]]
                found[f"{name} {team}"] = self._ids(numbers)
            found[f"orders {team}"] = self._ids(self._laid(state, i))
        return found

    def _ids(self, numbers: list[int]) -> tuple[str, ...]:
        return tuple(self.session.tree.program.cards[number] for number in numbers)

    def _laid(self, state: list[int], team: int) -> list[int]:
        """Orders that are still to be resolved and are not in a hand besides."""
        program = self.session.tree.program
        words, teams = program.words, len(program.teams)
        row = words[at.H_TEAM] + team * at.TEAM_WORDS
        first, count = words[row + at.T_S_LAID], state[words[at.H_S_LAID] + team]
        laid = state[first : first + count]
        if state[at.S_STAGE] == at.FLOW_RESOLVE:
            order = words[at.H_S_ORDER]
            place = state[order : order + teams].index(team)
            laid = [
                c for i, c in enumerate(laid) if i * teams + place >= state[at.S_STEP]
            ]
        owned = self.session.deck.model.cards
        if words[row + at.T_HAND] >= 0:
            return laid
        mine = program.teams[team]
        return [card for card in laid if owned[program.cards[card]].team != mine]

    def played(self) -> dict[str, int]:
        """How often each card was played so far."""
        program, state = self.session.tree.program, self.session.tree.state()
        first = program.words[at.H_S_PLAYED]
        return dict(zip(program.cards, state[first:], strict=False))

    def dice(self) -> tuple[tuple[int, int], ...]:
        """The dice that the last move threw."""
        rows = [row for row in trace_of(self.session) if row[0] == at.TR_DIE]
        return tuple((row[2], row[1]) for row in rows)

    # --- what is shown

    def offered(self, seat: SeatId) -> tuple[Move, ...]:
        """The moves in a seat's view."""
        return tuple(each.move for each in self.session.view(seat).moves)

    def shown(self, seat: SeatId) -> dict[str, object]:
        """A seat's view, its previews and reasons, and what bots would do there.

        Without final scores: those are for all, whatever they are made of.
        """
        session = self.session
        view = session.view(seat)
        shown = {name: getattr(view, name) for name in View.__dataclass_fields__}
        shown["over"] = view.over and (view.over.ending, view.over.text)
        shown["log"] = tuple(each for each in view.log if each.kind not in TURNS)
        for each in view.moves:
            shown[f"preview of {each.move}"] = session.preview(seat, each.move)
        for track in view.tracks:
            shown[f"reasons of {track.id}"] = session.why(seat, track.id)
        if seat in view.to_act and seat not in (PUBLIC, CONTROL):
            for name, policy in POLICIES.items():
                shown[f"bot {name}"] = session.tree.bot_move(seat, policy)
        return shown

    # --- going back, copies

    @property
    def place(self) -> int:
        """The number of the current move."""
        return self.session.head

    def go(self, place: int) -> None:
        """Goes to a move of the tree."""
        self.session.take_up(CONTROL, place)

    def copied(self) -> Self:
        """The same game, in memory alone."""
        return self._with(self.session.tree.state())

    def _with(self, state: list[int]) -> Self:
        return type(self)(with_state(self.session, state))

    def close(self) -> None:
        """Lets go of the save."""
        self.session.close()

    # --- secrets

    def twin(self, seat: SeatId, chance: random.Random) -> Self:
        """The same game with everything made different that a seat may not know."""
        secrets = Secrets(self.session.tree, seat)
        return self._with(secrets.twin(self.session.tree.state(), chance))

    def alike(self, other: Self, seat: SeatId) -> bool:
        """Whether a seat may not tell the last moves of two games apart."""
        secrets = Secrets(self.session.tree, seat)
        rows = [secrets.visible(trace_of(each.session)) for each in (self, other)]
        if rows[0] != rows[1]:
            return False
        a, b = self.session.tree.state(), other.session.tree.state()
        unknown = secrets.unknown_words(a) | secrets.unknown_words(b)
        digested = range(self.session.tree.program.digest_words)
        return all(a[i] == b[i] for i in digested if i not in unknown)


TableEngine.game_type = TableGame


class BareEngine:
    """The machine alone, in one of its gears: what other engines are compared with."""

    def __init__(self, gear_name: GearName = "low") -> None:
        """Raises UsageError for high gear where it is not installed."""
        self.gear = gear(gear_name)
        self.name = f"{gear_name} gear"

    def set_up(self, deck: Deck, seed: int, game: int = 0) -> "BareGame":
        """A game's start, carried on to its first stop."""
        program, _, codec, _ = compiled(deck)
        return BareGame(self, program, codec, seed, game)


class BareGame:
    """A state of the machine."""

    def __init__(
        self, engine: BareEngine, program: Program, codec: Codec, seed: int, game: int
    ) -> None:
        """Sets the game up."""
        self.gear, self.program, self.codec = engine.gear, program, codec
        self.words = self.gear.words(program.words)
        self.vector = self.gear.words(program.new_state())
        self.gear.set_up(self.words, self.vector, seed_key(seed), game)

    def _state(self) -> list[int]:
        return [int(word) for word in self.vector]

    @property
    def over(self) -> bool:
        """Whether the game has ended."""
        return bool(self.vector[at.S_OVER] != 0)

    def owing(self) -> tuple[SeatId, ...]:
        """The seats that owe a move, in order."""
        return owing(self.program, self._state())

    def legal_moves(self, seat: SeatId) -> tuple[Move, ...]:
        """The legal moves of a team or of control, in order."""
        index = (*self.program.teams, CONTROL).index(seat)
        room = self.gear.words([0] * self.program.move_room())
        codes = self.gear.legal_moves(self.words, self.vector, index, room)
        state = self._state()
        return tuple(self.codec.decode(code, state) for code in codes)

    def perform(self, seat: SeatId, move: Move) -> None:
        """Makes a move. Raises MoveError when it may not."""
        state, program = self._state(), self.program
        if self.over:
            raise GameOverError("the game is over")
        code = self.codec.encode(move, state)
        by = move.team if move.kind in TEAM_KINDS else CONTROL
        index = (*program.teams, CONTROL).index(by)
        room = [0] * program.move_room()
        if not machine.is_legal(program.words, state, index, code, room):
            raise IllegalMoveError(f"this move is not possible now: {move}")
        self.gear.perform(self.words, self.vector, code)
        if self.vector[at.S_ERROR]:
            error = MachineError(int(self.vector[at.S_ERROR]))
            self.vector = self.gear.words(state)
            raise error

    def state(self) -> State:
        """The state in its parts."""
        return parts(self.program, self._state())
