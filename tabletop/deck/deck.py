"""A checked deck: what every other layer is given."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.deck.expressions import Effect, Expr
from tabletop.deck.models import DeckModel
from tabletop.deck.texts import Texts

if TYPE_CHECKING:
    from tabletop.deck.diagnostics import KeyPath


class Deck:
    """A deck without errors, with its conditions and effects parsed."""

    def __init__(
        self,
        model: DeckModel,
        files: Mapping[str, str],
        texts: Texts,
        path: Path | None = None,
    ) -> None:
        self.model = model
        self.files = dict(files)
        """Each file's text by its name in the deck's folder, the main one first."""
        self.digest = files_digest(files)
        """Names the deck's text: equal only for equal files."""
        self.path = path
        """Where it was read from, if it was."""
        self._exprs: Mapping[KeyPath, Expr] = texts.exprs
        self._effects: Mapping[KeyPath, tuple[Effect, ...]] = texts.effects

    def __repr__(self) -> str:
        return f"<Deck {self.model.id} {self.model.version} {self.digest[:8]}>"

    def expr(self, *path: str | int) -> Expr:
        """The expression at a path like "cards", "x", "requires".

        Raises:
            KeyError: There is none at this path.
        """
        return self._exprs[path]

    def effects(self, *path: str | int) -> tuple[Effect, ...]:
        """The effects at a path like "cards", "x", "effects"; () when it has none."""
        return self._effects.get(path, ())

    def all_effects(self) -> Iterator[Effect]:
        """Every effect of the deck, without those inside a `schedule`."""
        for effects in self._effects.values():
            yield from effects


def files_digest(files: Mapping[str, str]) -> str:
    """A digest of files, names and texts, in their order."""
    digest = blake2b(digest_size=16)
    for name, text in files.items():
        for part in (name, text):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()
