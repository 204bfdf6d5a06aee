"""What names mean at a place in the deck: their kind, type and bounds.

A `Scope` knows the deck's ids and what exists only in one place: the answers after a
question, the total of a roll, the ending when scores are counted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tabletop.deck.diagnostics import Trouble
from tabletop.deck.expressions import (
    MAX_CARDS,
    MAX_COUNT,
    MAX_POINTS,
    PLAIN_NAMES,
    QUERIES,
    TEAM_FIELDS,
    Name,
    Span,
)
from tabletop.deck.intervals import BOOL, Interval
from tabletop.deck.models import TRACK_LIMIT, Ask
from tabletop.deck.suggest import Guess, listed, quoted
from tabletop.deck.symbols import Part, Symbols, known_are, with_article

ANY_TRACK: Interval = (-TRACK_LIMIT, TRACK_LIMIT)
"""Bounds of a track that is declared, but not rightly."""

_USES = {
    "team": "write `{0}.points`, `{0}.hand` or `{0}.plays`",
    "card": "write `played.{0}` for how often it was played",
    "inject": "write `fired.{0}` for how often it fired",
    "ending": "`ending.{0}` exists only in scores and in `success`",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for."""

    name: Name
    type: str
    bounds: Interval


@dataclass(frozen=True)
class Scope:
    """The names that may be used at one place."""

    symbols: Symbols
    names: frozenset[str] = frozenset()
    asks: Sequence[Ask] = ()
    """The questions whose answers may be read."""
    roll: Interval = (0, 0)
    """The totals that the dice can give."""
    cancels: bool = False
    """Whether `cancel()` makes sense here."""

    def meaning(self, parts: Sequence[Part]) -> Meaning:
        """What a dotted name stands for; raises Trouble when it means nothing here."""
        head = parts[0].text
        if head in QUERIES:
            return self._query(parts)
        if head in ("round", "rounds", "roll", "asked"):
            return self._plain(parts)
        if len(parts) == 1:
            return self._single(parts[0])
        if head in self.symbols.ids("track"):
            return self._band(parts)
        if head in self.symbols.ids("team"):
            return self._team(parts)
        raise self._unknown(parts[0], dotted=True)

    def _plain(self, parts: Sequence[Part]) -> Meaning:
        word = parts[0].text
        if len(parts) > 1:
            message = f"{quoted(word)} is a number and has no parts"
            raise Trouble("E201", message, parts[1].span)
        if word == "roll":
            self._demand("roll", parts[0], "in the effects of a dice table's row")
            return Meaning(Name("roll"), "int", self.roll)
        if word == "asked":
            self._demand("answers", parts[0], "in `outcomes`, after the answers")
            return Meaning(Name("asked"), "int", (0, len(self._asked())))
        low = 1 if word == "round" else self.symbols.rounds
        return Meaning(Name(word), "int", (low, self.symbols.rounds))

    def _single(self, part: Part) -> Meaning:
        word = part.text
        if word in self.symbols.ids("track"):
            return Meaning(Name("track", (word,)), "int", self.track_bounds(word))
        if word in self.symbols.ids("flag"):
            return Meaning(Name("flag", (word,)), "bool", BOOL)
        raise self._unknown(part)

    def track_bounds(self, track: str) -> Interval:
        """The least and greatest value of a track."""
        model = self.symbols.ids("track")[track]
        if model is None or model.min > model.max:
            return ANY_TRACK
        return model.min, model.max

    def _band(self, parts: Sequence[Part]) -> Meaning:
        track = parts[0].text
        self._only(parts, ("band",), f"`{track}` is a track")
        model = self.symbols.ids("track")[track]
        if model is not None and not model.bands:
            message = f"track `{track}` has no bands"
            raise Trouble("E209", message, parts[1].span)
        last = len(model.bands) - 1 if model is not None else MAX_COUNT
        return Meaning(Name("band", (track,)), "int", (0, last))

    def _team(self, parts: Sequence[Part]) -> Meaning:
        team = parts[0].text
        self._only(parts, TEAM_FIELDS, f"`{team}` is a team")
        most = {"points": MAX_POINTS, "hand": MAX_CARDS, "plays": MAX_COUNT}
        kind = parts[1].text
        return Meaning(Name(kind, (team,)), "int", (0, most[kind]))

    def _only(self, parts: Sequence[Part], known: Sequence[str], said: str) -> None:
        """Refuse a second word that is not known, and any third."""
        word = parts[1]
        if word.text not in known:
            fields = listed([f"`.{name}`" for name in known])
            raise Trouble(
                "E201",
                f"{said}; it has {fields}, not {quoted('.' + word.text)}",
                word.span,
                Guess(word.text, known),
            )
        if len(parts) > 2:
            message = f"nothing follows `.{word.text}`"
            raise Trouble("E201", message, parts[2].span)

    def _query(self, parts: Sequence[Part]) -> Meaning:
        head = parts[0].text
        wanted = 3 if head == "answer" else 2
        if len(parts) != wanted:
            message, shape = f"`{head}` is not used like this", _SHAPES[head]
            raise Trouble("E201", message, _whole(parts), f"write {shape}")
        return _QUERIES[head](self, parts)

    def _played(self, parts: Sequence[Part]) -> Meaning:
        card = parts[1]
        if card.text in self.symbols.ids("inject"):
            message = f"{quoted(card.text)} is an inject: it is fired, not played"
            raise Trouble("E208", message, card.span, f"write `fired.{card.text}`")
        self.symbols.require("card", card)
        return Meaning(Name("played", (card.text,)), "int", (0, MAX_COUNT))

    def _fired(self, parts: Sequence[Part]) -> Meaning:
        inject = parts[1]
        if inject.text in self.symbols.ids("card"):
            message = f"{quoted(inject.text)} is a card: it is played, not fired"
            raise Trouble("E208", message, inject.span, f"write `played.{inject.text}`")
        self.symbols.require("inject", inject)
        return Meaning(Name("fired", (inject.text,)), "int", (0, MAX_COUNT))

    def _lasts(self, parts: Sequence[Part]) -> Meaning:
        happening = parts[1]
        self.symbols.require("happening", happening)
        model = self.symbols.ids("happening")[happening.text]
        if model is not None and model.lasting is None:
            message = f"{quoted(happening.text)} has no lasting effects"
            raise Trouble("E209", message, happening.span)
        return Meaning(Name("lasts", (happening.text,)), "bool", BOOL)

    def _playing(self, parts: Sequence[Part]) -> Meaning:
        card = parts[1]
        self.symbols.require("card", card)
        model = self.symbols.ids("card")[card.text]
        if model is not None and not model.invites_response:
            raise Trouble(
                "E209",
                f"{quoted(card.text)} never waits for responses",
                card.span,
                hint=f"set `invites_response = true` in [cards.{card.text}]",
            )
        return Meaning(Name("playing", (card.text,)), "bool", BOOL)

    def _ending(self, parts: Sequence[Part]) -> Meaning:
        head, ending = parts
        self._demand("ending", head, "in the scores of objectives and in `success`")
        self.symbols.require("ending", ending)
        return Meaning(Name("ending", (ending.text,)), "bool", BOOL)

    def _chose(self, parts: Sequence[Part]) -> Meaning:
        head, option = parts
        self._demand("answers", head, "in `outcomes`, after the answers")
        options = [choice.id for ask in self.asks for choice in ask.options]
        self._option(option, options)
        return Meaning(Name("chose", (option.text,)), "int", (0, len(self._asked())))

    def _answer(self, parts: Sequence[Part]) -> Meaning:
        head, team, option = parts
        self._demand("answers", head, "in `outcomes`, after the answers")
        self.symbols.require("team", team)
        asks = [ask for ask in self.asks if team.text in asked_teams(ask)]
        if not asks:
            raise Trouble(
                "E209",
                f"team `{team.text}` is not asked here",
                team.span,
                hint=f"asked are: {listed(self._asked())}",
            )
        self._option(option, [choice.id for ask in asks for choice in ask.options])
        return Meaning(Name("answer", (team.text, option.text)), "bool", BOOL)

    def _option(self, option: Part, offered: Sequence[str]) -> None:
        known = list(dict.fromkeys(offered))
        if option.text in known:
            return
        raise Trouble(
            "E206",
            f"unknown option {quoted(option.text)}",
            option.span,
            Guess(option.text, known),
            known_are("options", known),
        )

    def _asked(self) -> list[str]:
        return [team for ask in self.asks for team in asked_teams(ask)]

    def _demand(self, names: str, part: Part, where: str) -> None:
        if names not in self.names:
            message = f"{quoted(part.text)} exists only {where}"
            raise Trouble("E209", message, part.span)

    def _unknown(self, part: Part, *, dotted: bool = False) -> Trouble:
        """The trouble with a word that is no track or flag (or team, before a dot)."""
        word, symbols = part.text, self.symbols
        known = [symbols.ids(kind) for kind in ("track", "flag", "team")]
        guess = Guess(word, *known, QUERIES if dotted else PLAIN_NAMES)
        if kinds := symbols.kinds(word):
            message = f"{quoted(word)} is {with_article(kinds[0])}, not a track or flag"
            if dotted:
                message = f"{quoted(word)} is {with_article(kinds[0])} and has no parts"
            use = _USES.get(kinds[0], "").format(word)
            return Trouble("E208", message, part.span, use)
        said = "track, team or word" if dotted else "track or flag"
        return Trouble(
            "E201", f"unknown {said} {quoted(word)}", part.span, guess, _hint(word)
        )


_QUERIES: Mapping[str, Callable[[Scope, Sequence[Part]], Meaning]] = {
    "played": Scope._played,
    "fired": Scope._fired,
    "lasts": Scope._lasts,
    "playing": Scope._playing,
    "chose": Scope._chose,
    "answer": Scope._answer,
    "ending": Scope._ending,
}
_SHAPES = {
    "played": "`played.CARD`",
    "fired": "`fired.INJECT`",
    "lasts": "`lasts.CARD`",
    "playing": "`playing.CARD`",
    "chose": "`chose.OPTION`",
    "answer": "`answer.TEAM.OPTION`",
    "ending": "`ending.ID`",
}


def asked_teams(ask: Ask) -> list[str]:
    """The teams that a question is put to, in their order."""
    return [ask.team] if ask.team is not None else list(ask.teams)


def _whole(parts: Sequence[Part]) -> Span:
    return parts[0].span[0], parts[-1].span[1]


def _hint(word: str) -> str:
    if "__" in word:
        return "expressions know the deck's own names, and nothing of the program"
    return ""
