"""Other words for the deck of a game that runs, and never other rules.

What people read may change while they play: titles, texts, cues, briefings. Ids,
numbers, conditions, effects, and who may see what are the game's own from its start.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.deck.models import DeckModel
from tabletop.deck.sources import TABLES
from tabletop.errors import DeckError, TabletopError
from tabletop.session.amending import Amending, bad_addition
from tabletop.session.journal import Line
from tabletop.session.strict_json import Json
from tabletop.session.view import CONTROL

WORDS = frozenset(
    ("agenda", "brief", "cue", "expects", "guide", "headline", "label", "name",
     "prompt", "questions", "read", "say", "sender", "short", "source", "summary",
     "text", "title", "version")
)  # fmt: skip
"""Fields that hold what people read, and nothing else."""
NAMED = 3
"""Rules that a message names; the others are counted."""


class RulesDifferError(TabletopError):
    """A deck that can't be taken in by a game that runs, since its rules differ."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        """`paths` are what differs, such as 'cards.strike.cost'."""
        more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
        super().__init__(
            f"rules were changed: {', '.join(paths[:NAMED])}{more}",
            "This game goes on by the rules that it began with. A new game has these.",
        )
        self.paths = paths


class Rewording(Amending):
    """Takes in other words for what is in the deck."""

    _added: tuple[tuple[str, str], ...] = ()
    """What was added during the game: files, and what joined their ends."""

    def reword(self, files: Mapping[str, str]) -> tuple[str, ...]:
        """Goes on with a deck whose words alone differ: where they do, by their paths.

        `files` are the deck's, as its author has them; what was added during the game
        stays. Nothing is written when no word differs. Raises RulesDifferError when
        more than words do, and DeckError when it is no deck; nothing has changed then.
        """
        deck = load_text(self._whole(files), self.deck.model.id)
        words, rules = differences(self.deck, deck)
        if rules:
            raise RulesDifferError(rules)
        if words:
            texts: dict[str, Json] = dict(files)
            self._grown = deck
            self._record("deck", CONTROL, self.tree.head, data={"files": texts})
        return words

    def _whole(self, files: Mapping[str, str]) -> dict[str, str]:
        """A deck's files with what was added to this game's."""
        whole = dict(files)
        for file, text in self._added:
            if file not in whole:
                raise RulesDifferError((file,))
            whole[file] += text
        return whole

    def _replay_deck(self, line: Line) -> None:
        if "files" in line.data:
            self._replay_words(line, line.data["files"])
            return
        super()._replay_deck(line)
        self._added += ((str(line.data["file"]), str(line.data["text"])),)

    def _replay_words(self, line: Line, files: Json) -> None:
        if not isinstance(files, dict):
            raise bad_addition(self, line, "its files are none")
        try:
            texts = {file: str(text) for file, text in files.items()}
            deck = self._deck_of(self._whole(texts))
        except (DeckError, RulesDifferError) as error:
            raise bad_addition(self, line, str(error)) from None
        if rules := differences(self.deck, deck)[1]:
            raise bad_addition(self, line, str(RulesDifferError(rules)))
        self.tree.reword(deck)
        self._logs.clear()


def differences(old: Deck, new: Deck) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where two decks differ, by their paths: in words alone, and in anything else."""
    words: list[str] = []
    rules: list[str] = []
    for path in _paths(_data(old.model), _data(new.model), ()):
        (words if _is_word(path) else rules).append(".".join(map(str, path)))
    return tuple(words), tuple(rules)


def _data(model: DeckModel) -> dict[str, Any]:
    """A deck's tables, without where its parts stand and what a check may pass over."""
    return model.model_dump(exclude={"include", "lint"})


def _is_word(path: tuple[str | int, ...]) -> bool:
    if path[0] == "facts":
        return True
    if path[0] == "exercise":
        return path[:2] != ("exercise", "objectives") or len(path) > 2
    fields = path[2:] if path[0] in TABLES else path
    return path[:2] != ("rounds", "minutes") and any(step in WORDS for step in fields)


def _paths(
    old: Any, new: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[str | int, ...]]:
    """The paths at which two values differ, as deep as they are alike."""
    if isinstance(old, dict) and isinstance(new, dict) and [*old] == [*new]:
        for key, value in old.items():
            yield from _paths(value, new[key], (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for i, (a, b) in enumerate(zip(old, new, strict=True)):
            yield from _paths(a, b, (*path, i))
    elif old != new:
        yield path
