"""What things are called: the deck's titles, and short texts made of them."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar, cast

from tabletop.deck.deck import Deck
from tabletop.deck.expressions import Effect, Expr, Name
from tabletop.deck.models import Happening, Inject, Option
from tabletop.session.cited import FactView, fact_views
from tabletop.session.view import CONTROL, PUBLIC, BandView, Cause, EffectView, Tone
from tabletop.session.wording import Wording

T = TypeVar("T")
COLORS = ("red", "blue", "yellow", "violet", "teal", "pink")
PHASES = {"hotwash": "Hot wash"}


def plain(id_: str) -> str:
    """An id as words."""
    return PHASES.get(id_, id_.replace("_", " ").capitalize())


class Names:
    """Looks up what a deck calls its things."""

    def __init__(self, deck: Deck) -> None:
        """Takes the titles of one deck."""
        self.deck = deck
        self.model = deck.model
        self.teams = tuple(deck.model.teams)
        self.happenings: dict[str, Happening] = {
            **deck.model.cards,
            **deck.model.injects,
        }
        self.options = self._options()
        self.wording = Wording(self.name, self._band_name)
        self.kept: dict[object, Any] = {}
        """Words that depend on the deck alone, put together once; see `once`."""

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What `make` gives, made once for each key."""
        if key not in self.kept:
            self.kept[key] = make()
        return cast("T", self.kept[key])

    def _options(self) -> dict[tuple[str, int, int], str]:
        return {
            (id_, i, k): option.id
            for id_, happening in self.happenings.items()
            for i, ask in enumerate(happening.ask)
            for k, option in enumerate(ask.options)
        }

    def option(self, place: tuple[str, int, int]) -> Option:
        """An option by its happening, ask and place."""
        id_, ask, k = place
        return self.happenings[id_].ask[ask].options[k]

    def facts(self, id_: str) -> tuple[FactView, ...]:
        """What a card or an inject stands for."""
        source = self.happenings[id_].source
        return self.once(("facts", id_), lambda: fact_views(self.model, source))

    def team(self, id_: str) -> str:
        """A team's name; also control's and the display's."""
        if id_ in self.model.teams:
            return self.model.teams[id_].name
        return {CONTROL: "Control", PUBLIC: "Everybody"}.get(id_, id_)

    def team_short(self, id_: str) -> str:
        """A team's name for narrow places."""
        team = self.model.teams[id_]
        return team.short or team.name

    def color(self, id_: str) -> str:
        """A team's colour: its own, or the next in order."""
        return self.model.teams[id_].color or COLORS[self.teams.index(id_)]

    def letter(self, id_: str) -> str:
        """A team's letter: its own, or its name's first."""
        team = self.model.teams[id_]
        initial = team.name[:1].upper()
        plain_initial = initial if initial.isascii() and initial.isalnum() else "?"
        return team.letter or plain_initial

    def target(self, id_: str) -> str:
        """The label of a track, flag or a team's points."""
        if id_ in self.model.tracks:
            return self.model.tracks[id_].label
        if id_ in self.model.flags:
            return self.model.flags[id_].label
        return f"{self.team(id_.removesuffix('.points'))}: points"

    def title(self, id_: str) -> str:
        """The title of a card or inject."""
        return self.happenings[id_].title

    def short(self, id_: str) -> str:
        """The title of a card or inject for narrow places."""
        happening = self.happenings[id_]
        return happening.short or happening.title

    def rule(self, id_: str) -> str:
        """What a rule is called."""
        return self.model.rules[id_].title or plain(id_)

    def by(self, id_: str) -> str:
        """Who plays a card or inject: its team, or control."""
        card = self.model.cards.get(id_)
        return card.team if card else CONTROL

    def bands(self, track: str) -> tuple[BandView, ...]:
        """A track's bands."""
        return tuple(
            BandView(band.to, band.label, band.short or band.label, band.tone)
            for band in self.model.tracks[track].bands
        )

    def band(self, track: str, value: int) -> int:
        """Index of the band a value is in; -1 without bands."""
        bands = self.model.tracks[track].bands
        for i, band in enumerate(bands):
            if value <= band.to:
                return i
        return len(bands) - 1

    def band_label(self, track: str, value: int) -> str:
        """Name of the band a value is in, or nothing."""
        place = self.band(track, value)
        return self.model.tracks[track].bands[place].label if place >= 0 else ""

    def tone(self, track: str, value: int) -> Tone:
        """Tone of the band a value is in."""
        place = self.band(track, value)
        return self.model.tracks[track].bands[place].tone if place >= 0 else "neutral"

    def cause(self, kind: str, id_: str) -> Cause:
        """A cause with its title."""
        if kind in ("card", "inject"):
            return Cause("card" if kind == "card" else "inject", id_, self.title(id_))
        if kind == "rule":
            return Cause("rule", id_, self.rule(id_))
        if kind == "ruling":
            return Cause("ruling", "", "a ruling")
        return Cause("round", "", "the round")

    # --- expressions in words

    def name(self, name: Name) -> str:
        """What a name in an expression stands for, in words."""
        first = name.ids[0] if name.ids else ""
        if name.kind in ("track", "flag"):
            return self._target_short(name)
        if name.kind == "band":
            track = Name("track", name.ids)
            return f"band of {self._target_short(track)}"
        if name.kind in ("points", "hand", "plays"):
            what = {"points": "points", "hand": "cards", "plays": "plays"}[name.kind]
            return f"{self.team_short(first)}'s {what}"
        if name.kind == "playing":
            return f"an answer to '{self.title(first)}'"
        if name.kind in ("played", "fired", "lasts"):
            return self._query(name.kind).format(self.short(first))
        if name.kind == "ending":
            return self.model.endings[first].title
        if name.kind == "answer":
            return f"{self.team(first)} says {name.ids[1]}"
        return {"round": self.model.rounds.label, "chose": f"answers {first}"}.get(
            name.kind, name.kind
        )

    def _query(self, kind: str) -> str:
        return {
            "played": "plays of {}", "fired": "times {} came",
            "lasts": "{} is running",
        }[kind]  # fmt: skip

    def words(self, expr: Expr) -> str:
        """An expression in words."""
        return self.wording.words(expr)

    def _band_name(self, track: str, index: int) -> str:
        bands = self.model.tracks[track].bands
        return bands[index].label if 0 <= index < len(bands) else str(index)

    # --- effects in short

    def effect(self, effect: Effect) -> EffectView:
        """One effect as a card shows it."""
        if effect.target is not None:
            return self._aimed(effect, effect.target)
        team = self.team_short(effect.team) if effect.team else ""
        count = self.words(effect.value) if effect.value else ""
        if effect.op in ("draw", "discard"):
            verb = "draws" if effect.op == "draw" else "discards"
            return EffectView(f"{team} {verb}", 0, count)
        if effect.op == "discard_card":
            return EffectView(f"discards {self.short(effect.card)}", 0, "")
        if effect.op == "give":
            return EffectView(f"{team} gets {self.short(effect.card)}", 0, "")
        if effect.op == "end":
            return EffectView(f"ends: {self.model.endings[effect.ending].title}", 0, "")
        if effect.op == "schedule":
            return self._scheduled(effect)
        return EffectView("stops a card", 0, "")

    def _scheduled(self, effect: Effect) -> EffectView:
        when = f"in {effect.rounds}: "
        if effect.effect is not None:
            later = self.effect(effect.effect)
            return EffectView(when + later.label, later.sign, later.amount)
        return EffectView(when + self.short(effect.card or effect.inject), 0, "")

    def _aimed(self, effect: Effect, target: Name) -> EffectView:
        label = self._target_short(target)
        value = effect.value
        if value is None:
            return EffectView(label, 0, "")
        if target.kind == "flag":
            said = {0: "no", 1: "yes"}.get(value.value) if value.op == "const" else None
            return EffectView(label, 0, said or f"if {self.words(value)}")
        if effect.op == "set":
            return EffectView(label, 0, f"= {self.words(value)}")
        if value.op == "const":
            sign = (value.value > 0) - (value.value < 0)
            return EffectView(label, _sign(sign), str(abs(value.value)))
        if value.op == "neg":
            inner = value.args[0]
            return EffectView(label, -1, self.words(inner))
        return EffectView(label, 1, self.words(value))

    def _amount(self, value: Expr) -> str:
        return self.words(value)

    def _target_short(self, name: Name) -> str:
        id_ = name.ids[0]
        if name.kind == "track":
            track = self.model.tracks[id_]
            return track.short or track.label
        if name.kind == "flag":
            return self.model.flags[id_].label
        return f"{self.team_short(id_)} points"

    def effects_of(self, *place: str | int) -> tuple[EffectView, ...]:
        """The effects at a place of the deck, as a card shows them."""
        return self.once(place, lambda: self.effects(self.deck.effects(*place)))

    def effects(self, effects: Sequence[Effect]) -> tuple[EffectView, ...]:
        """Several effects as a card shows them."""
        return tuple(self.effect(effect) for effect in effects)

    def lasting(self, id_: str) -> str:
        """A card's or inject's lasting effects in one line, or nothing."""
        lasting = self.happenings[id_].lasting
        if lasting is None:
            return ""
        effects = self.deck.effects(self.where(id_), id_, "lasting", "effects")
        parts = ", ".join(effect_words(e) for e in self.effects(effects))
        if lasting.rounds is None:
            return f"then until {self._until(id_)}: {parts}"
        unless = f", until {self._until(id_)}" if lasting.until else ""
        rounds = "1 round" if lasting.rounds == 1 else f"{lasting.rounds} rounds"
        return f"then {rounds}{unless}: {parts}"

    def _until(self, id_: str) -> str:
        return self.words(self.deck.expr(self.where(id_), id_, "lasting", "until"))

    def where(self, id_: str) -> str:
        """The table of the deck that a card or inject stands in."""
        return "injects" if isinstance(self.happenings[id_], Inject) else "cards"


def _sign(number: int) -> Literal[-1, 0, 1]:
    return 1 if number > 0 else -1 if number < 0 else 0


def effect_words(effect: EffectView) -> str:
    """An effect in a line: 'Economy +6'."""
    sign = {1: "+", -1: "−", 0: ""}[effect.sign]
    return f"{effect.label} {sign}{effect.amount}".strip()
