"""Injects and judgements that are written while the game runs."""

from tabletop.session.core import SessionCore
from tabletop.session.view import Adjudication, Change, NewInject, Preview


class Amending(SessionCore):
    """What is added to the deck of a game that runs; nothing in it is changed."""

    def write_inject(self, new: NewInject) -> str:
        """Adds an inject to the deck of this game: its id.

        Raises DeckError when the deck's language forbids it.
        """
        raise NotImplementedError

    def draft_inject(self, new: NewInject) -> Preview:
        """What an inject would do if it were written and fired now; writes nothing.

        Raises DeckError.
        """
        raise NotImplementedError

    def adjudicate(self, judged: Adjudication, *, note: str) -> tuple[Change, ...]:
        """Judges an argument as a ruling: throws, applies, and logs it with a reason.

        Raises DeckError or MoveError; then nothing has changed.
        """
        raise NotImplementedError

    def draft_adjudication(self, judged: Adjudication) -> Preview:
        """What the judgement may do: rows with their chances; writes nothing."""
        raise NotImplementedError
