"""Headlines for the public display: what was announced, in a few words each.

Made of the display's own log alone, which holds nothing that some team may not know.
"""

import re
from collections.abc import Iterator, Sequence

from tabletop.deck.models import Ask, Happening
from tabletop.session.names import Names
from tabletop.session.view import Change, Headline, LogEntry

LATEST = 24
"""How many are kept."""
LARGE = 22
"""Letters that fit a row of large type."""
LONGEST = 220
"""Letters of what stands below a headline."""

_END = re.compile(r"[.!?…][\"'”’)]*(?=\s|$)")
"""The end of a sentence, with the quotation marks that close there."""


def headlines(names: Names, entries: Sequence[LogEntry]) -> tuple[Headline, ...]:
    """What the entries of the display's log announce, the latest last."""
    return tuple(Announcer(names).tell(entries))[-LATEST:]


def in_short(text: str, longest: int = LONGEST) -> str:
    """A text's first sentences, as many as fit, at least one.

    >>> in_short("The bridge is down. Nobody crosses. The ferry waits.", 40)
    'The bridge is down. Nobody crosses.'
    """
    words = " ".join(text.split())
    ends = [*(found.end() for found in _END.finditer(words)), len(words)]
    fitting = [end for end in ends if end <= longest]
    return words[: fitting[-1] if fitting else ends[0]]


class Announcer:
    """Tells what the entries of a log announce."""

    def __init__(self, names: Names) -> None:
        """Takes what the deck calls its things."""
        self.names = names

    def tell(self, entries: Sequence[LogEntry]) -> Iterator[Headline]:
        """The headlines of some entries."""
        for entry in entries:
            yield from self._entry(entry)

    def _entry(self, entry: LogEntry) -> Iterator[Headline]:
        number = entry.round
        answers: list[str] = []
        for change in entry.changes:
            if change.kind == "round":
                number = change.after
            told = self._change(change, answers)
            if told is not None and not (
                entry.kind == "judge" and _open(entry, change)
            ):
                text, more, team = told
                if entry.kind == "judge" and change.kind == "roll":
                    text = text if text != self._name(change.subject) else "Judged"
                yield Headline(entry.number, number, text, in_short(more), team)

    def _change(
        self, change: Change, answers: list[str]
    ) -> tuple[str, str, str] | None:
        """What a change announces: large, below, and whose it is."""
        if change.kind == "inject":
            return self._inject(change)
        if change.kind in ("play", "reveal", "fail", "cancel"):
            return self._card(change)
        if change.kind == "ask":
            return self._ask(change)
        if change.kind == "answer" and change.subject:
            return self._answer(change, answers)
        if change.kind in ("roll", "outcome"):
            return self._outcome(change, answers)
        if change.kind == "ending":
            ending = self.names.model.endings[change.subject]
            return ending.title, "The game is over.", ""
        return None

    def _inject(self, change: Change) -> tuple[str, str, str]:
        model = self.names.model.injects[change.subject]
        return self._name(change.subject), model.read or model.text or model.title, ""

    def _card(self, change: Change) -> tuple[str, str, str]:
        card = self.names.model.cards[change.subject]
        title = self._name(change.subject)
        if change.kind == "fail":
            return f"{title} fails", _closed(change.text), card.team
        if change.kind == "cancel":
            return f"{title}: no effect", _closed(change.text), card.team
        more = f"{_closed(change.text)} {card.text}"
        return title, more, card.team

    def _ask(self, change: Change) -> tuple[str, str, str] | None:
        """'EUROPE IS ASKED', and the question with its answers."""
        if change.cause is None:
            return None
        happening = self.names.happenings[change.cause.id]
        ask = next(ask for ask in happening.ask if _addresses(ask, change.team))
        who = self._short(change.team, " is asked")
        options = [option.label for option in ask.options]
        return f"{who} is asked", f"{ask.prompt} {_choice(options)}", change.team

    def _answer(self, change: Change, answers: list[str]) -> tuple[str, str, str]:
        who = self.names.team(change.team)
        label = change.text.removeprefix(f"{who} answers: ")
        said = _closed(change.text)
        answers.append(said)
        about = f"{_closed(change.cause.title)} " if change.cause else ""
        short = self._short(change.team, f": {label}")
        large = f"{short}: {label}"
        text = large if len(large) <= LARGE else label
        return text, about + said, change.team

    def _outcome(
        self, change: Change, answers: Sequence[str]
    ) -> tuple[str, str, str] | None:
        """A row of dice, or what follows from the answers."""
        cause = change.subject
        if cause not in self.names.happenings:
            return None
        if change.kind == "outcome" and not _told(self.names.happenings[cause], change):
            return None
        said, about = change.text, self.names.title(cause)
        if change.kind == "roll":
            said = said.partition(": ")[2] or said
            about = f"{about}, a total of {change.after}"
        large = said.removesuffix(".")
        text = large if 0 < len(large) <= LARGE else self._name(cause)
        card = self.names.model.cards.get(cause)
        more = " ".join((*answers, f"{about}: {_closed(said)}"))
        return text, more, card.team if card else ""

    def _name(self, id_: str) -> str:
        """A card or inject in large type: its headline, or the title that fits."""
        happening = self.names.happenings[id_]
        if happening.headline:
            return happening.headline
        if len(happening.title) <= LARGE:
            return happening.title
        return happening.short or happening.title

    def _short(self, team: str, rest: str) -> str:
        """A team's name, or its short one where the long one leaves no room."""
        name = self.names.team(team)
        return name if len(name + rest) <= LARGE else self.names.team_short(team)


def _open(entry: LogEntry, change: Change) -> bool:
    """Whether it is what somebody argued, told before the throw that judges it."""
    thrown = any(other.kind == "roll" for other in entry.changes)
    return entry.kind == "judge" and change.kind == "inject" and thrown


def _addresses(ask: Ask, team: str) -> bool:
    return team == ask.team or team in ask.teams


def _choice(labels: Sequence[str]) -> str:
    """'Give way, or push back?', as the deck writes them."""
    *first, last = labels
    return f"{', '.join(first)}, or {last}?" if first else f"{last}."


def _closed(text: str) -> str:
    """A sentence with its full stop."""
    return text if text[-1:] in (".", "!", "?", "…") else f"{text}."


def _told(happening: Happening, change: Change) -> bool:
    """Whether an outcome has words of its own."""
    return any(outcome.text == change.text for outcome in happening.outcomes)
