"""The ids of a deck: which kinds there are, and what is wrong with an unknown one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tabletop.deck.diagnostics import KeyPath, Trouble
from tabletop.deck.expressions import Span
from tabletop.deck.models import DeckModel
from tabletop.deck.suggest import Guess, listed, quoted

KINDS = ("track", "flag", "team", "card", "inject", "ending")
_UNKNOWN = {
    "track": "E201",
    "team": "E202",
    "card": "E203",
    "inject": "E203",
    "happening": "E203",
    "ending": "E204",
}
_SAID = {"happening": "card or inject"}


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a dotted name, and its place."""

    text: str
    span: Span


@dataclass(frozen=True)
class Symbols:
    """The ids of a deck by kind, with their tables; None for a faulty table."""

    tables: Mapping[str, Mapping[str, Any]]
    rounds: int

    @classmethod
    def of(
        cls,
        model: DeckModel,
        declared: Mapping[str, Iterable[str]] | None = None,
        faulty: Collection[KeyPath] = (),
    ) -> "Symbols":
        """The ids of a deck; `declared` adds ids whose tables had to be left out."""
        tables = {
            kind: {
                **dict.fromkeys((declared or {}).get(f"{kind}s", ())),
                **getattr(model, f"{kind}s"),
                **{path[1]: None for path in faulty if path[0] == f"{kind}s"},
            }
            for kind in KINDS
        }
        tables["happening"] = {**tables["card"], **tables["inject"]}
        return cls(tables, model.rounds.count)

    def ids(self, kind: str) -> Mapping[str, Any]:
        """The ids of one kind; 'happening' is cards and injects together."""
        return self.tables[kind]

    def kinds(self, word: str) -> list[str]:
        """The kinds that have this id."""
        return [kind for kind in KINDS if word in self.tables[kind]]

    def require(self, kind: str, part: Part) -> str:
        """The id itself, when it is one of this kind."""
        known = self.ids(kind)
        if part.text in known:
            return part.text
        said = _SAID.get(kind, kind)
        if others := self.kinds(part.text):
            message = f"{quoted(part.text)} is {with_article(others[0])}, not a {said}"
            raise Trouble("E208", message, part.span, Guess(part.text, known))
        raise Trouble(
            _UNKNOWN[kind],
            f"unknown {said} {quoted(part.text)}",
            part.span,
            Guess(part.text, known),
            known_are(f"{said}s", known),
        )


def with_article(kind: str) -> str:
    """A kind with its article: 'an inject'."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def known_are(said: str, known: Collection[str]) -> str:
    """Help that lists what could have been meant."""
    return f"known {said}: {listed(known)}" if known else f"this deck has no {said}"
