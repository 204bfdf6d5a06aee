"""What is not as neat as it may be: texts that are missing, or too long for a card."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Confidence, Finding, KeyPath, Spot
from tabletop.deck.display import width
from tabletop.deck.suggest import quoted

CARD_TEXT = (18, 3)
"""Columns and lines for a card's text, as cards lie on a screen of 80 columns."""
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def long_texts(analysis: Analysis) -> Iterator[Finding]:
    """Texts of which a card shows less than half; a guess where it is more."""
    columns, most = CARD_TEXT
    for path, card in analysis.cards:
        found = lines(card.text, columns)
        if found > most:
            message = f"this takes {found} lines on a narrow card, and {most} are shown"
            hint = f"it has room for {most} lines of {columns} columns"
            sure: Confidence = "certain" if found > 2 * most else "guess"
            spot = Spot((*path, "text"))
            yield Finding("W604", message, spot, hint=hint, confidence=sure)


def lines(text: str, columns: int) -> int:
    """How many lines a text takes, broken between words.

    >>> lines("one two three", 7), lines("", 7)
    (2, 0)
    """
    count, used = 0, columns
    for word in text.split():
        size = width(word)
        if used + 1 + size <= columns:
            used += 1 + size
            continue
        rows, rest = divmod(max(size, 1) - 1, columns)
        count, used = count + rows + 1, rest + 1
    return count


def missing(analysis: Analysis) -> Iterator[Finding]:
    """Texts that people may look for: the deck's, and those of cards and endings.

    Whether anybody misses them is a guess; that nobody can score is not.
    """
    model = analysis.model
    if model.summary is None:
        message = "the deck has no `summary`, the line that lists of decks show"
        spot = Spot(("title",), part="key")
        yield Finding("N001", message, spot, confidence="guess")
    if not any(team.objectives for team in model.teams.values()):
        message = "no team has objectives, so that nobody scores"
        yield Finding("N001", message, Spot(("teams",), part="key"))
    yield from _textless("card", "cards", model.cards)
    yield from _textless("ending", "endings", model.endings)
    for key, inject in model.injects.items():
        if inject.headline and inject.audience is not None:
            message = "the display never shows this, since not all teams are told"
            spot = Spot(("injects", key, "headline"))
            yield Finding("N001", message, spot, confidence="guess")


def _textless(what: str, table: str, things: Mapping[str, Any]) -> Iterator[Finding]:
    """One note for all things of a kind that have no text."""
    bare = [key for key, thing in things.items() if not thing.text]
    if not bare:
        return
    spot = Spot((table, bare[0]), part="header")
    message = f"{what} {quoted(bare[0])} has no `text`"
    if len(bare) > 1:
        message = f"{len(bare)} {what}s have no `text`; the first is {quoted(bare[0])}"
    yield Finding("N001", message, spot, confidence="guess")


def look_alikes(analysis: Analysis) -> Iterator[Finding]:
    """Words in which letters of several scripts look like one."""
    for path, text in _names(analysis):
        for word in text.split():
            found = {s for letter in word for s in _script(letter)}
            if len(found) > 1:
                scripts = " and ".join(sorted(script.title() for script in found))
                message = f"{quoted(word)} mixes letters that look alike: {scripts}"
                start = text.index(word)
                yield Finding("N001", message, Spot(path, (start, start + len(word))))


def _script(letter: str) -> Iterator[str]:
    if letter.isalpha():
        name = unicodedata.name(letter, "")
        yield from (script for script in _SCRIPTS if name.startswith(script))


def _names(analysis: Analysis) -> Iterator[tuple[KeyPath, str]]:
    """What things are called."""
    model = analysis.model
    for table, field in (("teams", "name"), ("tracks", "label"), ("flags", "label")):
        for key, thing in getattr(model, table).items():
            yield (table, key, field), getattr(thing, field)
    for table in ("cards", "injects", "endings"):
        for key, thing in getattr(model, table).items():
            yield (table, key, "title"), thing.title
