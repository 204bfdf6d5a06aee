"""Who decides what no step of a test does, where the test says so."""

from tabletop.engine import layout as at
from tabletop.engine.words import mix32
from tabletop.session.view import CONTROL, Move
from tabletop.testing.board import Board


class Decider:
    """Decides as a test's `else` says."""

    def __init__(self, named: str | None, seed: int) -> None:
        """`named` is first, greedy, random or random:SEED; None for nobody."""
        self.known = named is not None
        self._bot, _, number = (named or "").partition(":")
        self._seed = int(number) if number else seed

    def move(self, board: Board) -> Move:
        """The next move that the game waits for."""
        seat = board.waits_for()[0]
        if seat == CONTROL:
            return Move("advance")
        if self._bot == "greedy":
            return board.tree.bot_move(seat, at.BOT_GREEDY)
        moves = board.legal(seat)
        return moves[self._place(board, len(moves))]

    def _place(self, board: Board, count: int) -> int:
        """The first move, or any: by the seed and the number of the move alone."""
        if self._bot == "first":
            return 0
        word = mix32((self._seed & at.MASK) ^ mix32(board.word(at.S_MOVES) + 1))
        return (mix32(word ^ ((self._seed >> 32) & at.MASK)) * count) >> 32
