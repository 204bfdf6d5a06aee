"""Engines that are broken on purpose, each with the check that must catch it."""

import random
from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.errors import GameOverError, MoveError
from tabletop.session.view import CONTROL, Move
from tabletop.testing.tables import TableEngine, TableGame

# --- how to break a game


def words(game: TableGame) -> list[int]:
    """The words of its state."""
    return game.session.tree.state()


def put(game: TableGame, state: list[int]) -> None:
    """Gives a game another state."""
    tree = game.session.tree
    tree.nodes[tree.head] = replace(tree.now, state=array("q", state))


def set_word(game: TableGame, word: int, value: int) -> None:
    """Gives a game another value of a word."""
    state = words(game)
    state[word] = value
    put(game, state)


def target(game: TableGame, name: str) -> int:
    """The word of a track, a flag or points."""
    program = game.session.tree.program
    return program.words[at.H_S_TARGET] + program.targets.index(name)


def add(game: TableGame, name: str, amount: int) -> None:
    """Adds to a track, a flag or points, without bounds."""
    word = target(game, name)
    set_word(game, word, words(game)[word] + amount)


def made(game: TableGame) -> int:
    """How many moves have been made."""
    return len(game.session.tree.path()) - 1


# --- what diverges


class Diverges(TableGame):
    """Goes wrong with the fifth move, by one."""

    def perform(self, seat: str, move: Move) -> None:
        super().perform(seat, move)
        if made(self) == 5:
            add(self, "sun", 1 if self.numbers()["sun"] < 100 else -1)


class NeverSetsFlags(TableGame):
    """Forgets a flag as soon as it is set."""

    def perform(self, seat: str, move: Move) -> None:
        super().perform(seat, move)
        set_word(self, target(self, "bright"), 0)


class LosesFlags(TableGame):
    """Forgets a flag when a team passes."""

    def perform(self, seat: str, move: Move) -> None:
        super().perform(seat, move)
        if move.kind == "pass":
            set_word(self, target(self, "bright"), 0)


class Whimsical(TableGame):
    """Has a mind of its own: the same moves lead elsewhere another time."""

    moods: ClassVar[random.Random] = random.Random(1)

    def perform(self, seat: str, move: Move) -> None:
        super().perform(seat, move)
        if self.moods.random() < 0.2:
            set_word(self, target(self, "sun"), self.moods.randint(0, 100))


# --- what leaks


class LeaksNumbers(TableGame):
    """Shows everybody every number."""

    def shown(self, seat: str) -> dict[str, object]:
        return {**super().shown(seat), "the numbers": self.numbers()}


class LeaksLuck(TableGame):
    """Lets everybody see which dice are to come."""

    def shown(self, seat: str) -> dict[str, object]:
        dice = words(self)[at.S_DICE : at.S_CARDS]
        return {**super().shown(seat), "the dice": dice}


class LeaksInOffers(TableGame):
    """Offers a card or not by a number that its team may not see."""

    def legal_moves(self, seat: str) -> tuple[Move, ...]:
        moves = super().legal_moves(seat)
        if self.numbers()["moon"] > 50 and seat == "bob":
            return tuple(move for move in moves if move.item != "hope")
        return moves

    def offered(self, seat: str) -> tuple[Move, ...]:
        return self.legal_moves(seat)


class LeaksInLog(TableGame):
    """Tells everybody how many things have changed."""

    def shown(self, seat: str) -> dict[str, object]:
        facts = [str(fact) for fact in self.session.tree.now.facts]
        return {**super().shown(seat), "the facts": facts}


# --- what counts wrong


class CountsTwice(TableGame):
    """Counts a play twice."""

    def perform(self, seat: str, move: Move) -> None:
        super().perform(seat, move)
        if move.kind == "play":
            program = self.session.tree.program
            word = program.words[at.H_S_PLAYED] + program.cards.index(move.item)
            set_word(self, word, words(self)[word] + 1)


class PlaysForNothing(TableGame):
    """Gives a team its points back when it has played."""

    def perform(self, seat: str, move: Move) -> None:
        before = self.numbers()
        super().perform(seat, move)
        if move.kind == "play":
            points = f"{move.team}.points"
            set_word(self, target(self, points), before[points])


class KeepsWhatWasPlayed(TableGame):
    """Leaves a card in the hand that it was played from, and in the discards too."""

    def cards(self) -> dict[str, tuple[str, ...]]:
        lying = super().cards()
        last = self.session.tree.now.move
        if last is not None and last.kind == "play" and last.team == "ada":
            lying["hand ada"] += (last.item,)
        return lying


class PassesBounds(TableGame):
    """Lets a track rise past its bound."""

    def perform(self, seat: str, move: Move) -> None:
        before = self.numbers()["sun"]
        super().perform(seat, move)
        if move.kind == "add" and move.item == "sun":
            set_word(self, target(self, "sun"), before + move.value)
        elif move.kind == "set" and move.item == "sun":
            set_word(self, target(self, "sun"), move.value)


# --- what lists wrongly


class ListsBackwards(TableGame):
    """Lists legal moves in another order."""

    def legal_moves(self, seat: str) -> tuple[Move, ...]:
        return super().legal_moves(seat)[::-1]


class ListsTwice(TableGame):
    """Lists a move twice."""

    def legal_moves(self, seat: str) -> tuple[Move, ...]:
        moves = super().legal_moves(seat)
        return moves[:1] + moves


class Fickle(TableGame):
    """Lists other moves when asked again."""

    asked: ClassVar[int] = 0

    def legal_moves(self, seat: str) -> tuple[Move, ...]:
        type(self).asked += 1
        moves = super().legal_moves(seat)
        return moves[:-1] if len(moves) > 1 and self.asked % 2 else moves


class ChangesWhenAsked(TableGame):
    """Takes a point for every look at the legal moves."""

    def legal_moves(self, seat: str) -> tuple[Move, ...]:
        moves = super().legal_moves(seat)
        word = target(self, "bob.points")
        set_word(self, word, max(0, words(self)[word] - 1))
        return moves


class ListsTooMuch(TableGame):
    """Lists a card that costs more than its team has."""

    def legal_moves(self, seat: str) -> tuple[Move, ...]:
        moves = super().legal_moves(seat)
        if seat != "bob" or not moves or moves[-1].kind != "pass":
            return moves
        dear = Move("play", "bob", "talk")
        return moves if dear in moves else (*moves[:-1], dear, moves[-1])


class ListsUsedUp(TableGame):
    """Lists a card once more than its limit allows, as if it still lay there."""

    def legal_moves(self, seat: str) -> tuple[Move, ...]:
        moves = super().legal_moves(seat)
        once_more = Move("play", "ada", "dig")
        if seat == "ada" and self.played()["dig"] == 1 and once_more not in moves:
            return tuple(sorted((*moves, once_more), key=lambda move: move.kind))
        return moves


class OffersLess(TableGame):
    """Does not show a seat that it may pass."""

    def offered(self, seat: str) -> tuple[Move, ...]:
        return tuple(move for move in super().offered(seat) if move.kind != "pass")


class Forgets(TableGame):
    """Forgets whom it waits for, once a card has asked a question."""

    def owing(self) -> tuple[str, ...]:
        return () if words(self)[at.S_WAIT] == at.W_ANSWER else super().owing()


class Crashes(TableGame):
    """Fails at the seventh move."""

    def perform(self, seat: str, move: Move) -> None:
        super().perform(seat, move)
        if made(self) == 7:
            raise ZeroDivisionError("seven")


# --- what refuses wrongly


class AllowsAnything(TableGame):
    """Makes illegal moves without a word: nothing happens."""

    def perform(self, seat: str, move: Move) -> None:
        try:
            super().perform(seat, move)
        except GameOverError:
            raise
        except MoveError:
            return


class PlaysWithoutPoints(TableGame):
    """Lets a team play a card that it can't pay for."""

    def perform(self, seat: str, move: Move) -> None:
        try:
            super().perform(seat, move)
        except GameOverError:
            raise
        except MoveError:
            if move.kind != "play":
                raise
            super().perform(CONTROL, Move("force", move.team, move.item))


class PunishesRefusals(TableGame):
    """Takes a point for a move that it refuses."""

    def perform(self, seat: str, move: Move) -> None:
        try:
            super().perform(seat, move)
        except MoveError:
            word = target(self, "ada.points")
            set_word(self, word, (words(self)[word] + 1) % 10)
            raise


class PlaysOn(TableGame):
    """Takes moves after the end."""

    def perform(self, seat: str, move: Move) -> None:
        try:
            super().perform(seat, move)
        except GameOverError:
            return


# --- what goes back, or opens, wrongly


class UndoForgetsFlags(TableGame):
    """Forgets a flag on the way back."""

    def go(self, place: int) -> None:
        super().go(place)
        set_word(self, target(self, "bright"), 0)


class UndoesTooMuch(TableGame):
    """Goes back one move further."""

    def go(self, place: int) -> None:
        super().go(place)
        super().go(self.session.tree.now.parent)


def forget_flag(game: TableGame) -> None:
    """A save without a flag."""
    set_word(game, target(game, "bright"), 0)


def lose_word(game: TableGame) -> None:
    """A save that lacks the last word that is not 0."""
    state = words(game)
    last = max(i for i in range(game.session.tree.program.digest_words) if state[i])
    set_word(game, last, 0)


def lose_luck(game: TableGame) -> None:
    """A save without the dice to come: it looks the same, and goes on otherwise."""
    set_word(game, at.S_DICE, words(game)[at.S_DICE] ^ 2)


# --- what has other luck


class LoadedDice(TableGame):
    """Throws too many sixes."""

    def perform(self, seat: str, move: Move) -> None:
        state = words(self)
        if not state[at.S_FORCED]:
            state[at.S_FORCED : at.S_FORCED + 1] = [1]
            state[at.S_DIE] = 6
            put(self, state)
        super().perform(seat, move)


@dataclass
class Broken(TableEngine):
    """An engine whose games are of a broken kind, or open brokenly."""

    kind: type[TableGame] = TableGame
    opened: Callable[[TableGame], None] | None = None
    dealt: Callable[[TableGame], None] | None = None

    def set_up(
        self, deck: Deck, seed: int, game: int = 0, path: Path | None = None
    ) -> TableGame:
        table = self.kind(super().set_up(deck, seed, game, path).session)
        if self.dealt:
            self.dealt(table)
        return table

    def open(self, path: Path) -> TableGame:
        table = self.kind(super().open(path).session)
        if self.opened:
            self.opened(table)
        return table


def deal_in_order(game: TableGame) -> None:
    """The first cards of the deck in hand, the rest in the pile."""
    program, state = game.session.tree.program, words(game)
    row = program.words[at.H_TEAM]  # of the first team
    hand, pile = (program.words[row + k] for k in (at.T_S_HAND, at.T_S_PILE))
    sizes = [state[program.words[k]] for k in (at.H_S_HAND, at.H_S_PILE)]
    both = sorted(state[hand : hand + sizes[0]] + state[pile : pile + sizes[1]])
    state[hand : hand + sizes[0]] = both[: sizes[0]]
    state[pile : pile + sizes[1]] = both[sizes[0] :]
    put(game, state)


BROKEN: dict[str, tuple[Broken, str]] = {
    "diverges at the fifth move": (Broken(Diverges), "agrees"),
    "never sets a flag": (Broken(NeverSetsFlags), "agrees"),
    "forgets a flag as soon as it is set": (Broken(NeverSetsFlags), "effects"),
    "forgets a flag later": (Broken(LosesFlags), "effects"),
    "has a mind of its own": (Broken(Whimsical), "repeat"),
    "shows every number": (Broken(LeaksNumbers), "secrets"),
    "shows the dice to come": (Broken(LeaksLuck), "secrets"),
    "offers by what is hidden": (Broken(LeaksInOffers), "secrets"),
    "tells every fact": (Broken(LeaksInLog), "tells"),
    "counts a play twice": (Broken(CountsTwice), "plays"),
    "plays for nothing": (Broken(PlaysForNothing), "pays"),
    "keeps what was played": (Broken(KeepsWhatWasPlayed), "cards"),
    "lets a track pass its bound": (Broken(PassesBounds), "bounds"),
    "lists moves backwards": (Broken(ListsBackwards), "legal"),
    "lists a move twice": (Broken(ListsTwice), "legal"),
    "lists other moves when asked again": (Broken(Fickle), "legal"),
    "changes when asked": (Broken(ChangesWhenAsked), "legal"),
    "lists what can't be played": (Broken(ListsTooMuch), "applies"),
    "lists what can't be paid for": (Broken(ListsTooMuch), "allowed"),
    "lists what is used up": (Broken(ListsUsedUp), "allowed"),
    "does not show what is legal": (Broken(OffersLess), "offers"),
    "waits for nobody": (Broken(Forgets), "applies"),
    "fails": (Broken(Crashes), "applies"),
    "allows anything": (Broken(AllowsAnything), "refuses"),
    "lets cards be played without points": (Broken(PlaysWithoutPoints), "refuses"),
    "takes a point for refusing": (Broken(PunishesRefusals), "refuses"),
    "plays on after the end": (Broken(PlaysOn), "end"),
    "forgets a flag on the way back": (Broken(UndoForgetsFlags), "undo"),
    "goes back too far": (Broken(UndoesTooMuch), "undo"),
    "saves no flag": (Broken(opened=forget_flag), "save"),
    "saves a word less": (Broken(opened=lose_word), "save"),
    "saves no luck": (Broken(opened=lose_luck), "save"),
    "throws sixes": (Broken(LoadedDice), "luck"),
    "does not shuffle": (Broken(dealt=deal_in_order), "luck"),
}
"""Each with the check that must catch it."""
