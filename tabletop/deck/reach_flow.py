"""What depends on what: from a name, by effects and conditions, to what people see."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import KeyPath
from tabletop.deck.expressions import Effect, Expr, Name, names
from tabletop.deck.models import Card, Happening, Inject
from tabletop.deck.reach_env import Key, key_of
from tabletop.deck.scope import asked_teams


@dataclass(frozen=True)
class Sink:
    """Something that people see or that decides the game, and what it reads."""

    kind: str
    """ending, score, choice, turn, inject or seen."""
    reads: frozenset[Key]
    teams: frozenset[str] | None = None
    """Who sees it; everybody when None."""


@dataclass
class Flow:
    """What depends on what."""

    analysis: Analysis
    edges: list[tuple[frozenset[Key], Key]] = field(default_factory=list)
    """What is read, and what is changed by it."""
    sinks: list[Sink] = field(default_factory=list)

    @classmethod
    def of(cls, analysis: Analysis) -> "Flow":
        """The flow in a deck without errors."""
        flow = cls(analysis)
        for path, happening in analysis.happenings:
            flow._happening(path, happening)
        for id_, rule in analysis.model.rules.items():
            reads = flow._keys("rules", id_, "when")
            if rule.track is not None:
                reads |= {key_of(Name("track", (rule.track,)))}
            flow._effects(("rules", id_, "effects"), reads)
        for id_ in analysis.model.endings:
            flow._sink("ending", flow._keys("endings", id_, "when"))
        flow._teams()
        return flow

    @staticmethod
    def decisive(sink: Sink) -> bool:
        """Whether it decides how the game goes on or ends."""
        return sink.kind != "seen"

    def behind(self, wanted: Callable[[Sink], bool]) -> frozenset[Key]:
        """All names that some things depend on in the end."""
        found = {key for sink in self.sinks if wanted(sink) for key in sink.reads}
        return self.behind_names(found)

    def behind_names(self, names_: Iterable[Key]) -> frozenset[Key]:
        """Some names, and all that they depend on."""
        ahead = [*names_]
        found = set(ahead)
        while ahead:
            new = self._behind.get(ahead.pop(), set()) - found
            found |= new
            ahead += new
        return frozenset(found)

    @cached_property
    def _behind(self) -> dict[Key, set[Key]]:
        """What each name is changed by."""
        merged: dict[Key, set[Key]] = {}
        for reads, changed in self.edges:
            merged.setdefault(changed, set()).update(reads)
        return merged

    def _keys(self, *path: str | int) -> frozenset[Key]:
        return frozenset(keys_of(self.analysis.expr(*path)))

    def _sink(
        self, kind: str, reads: frozenset[Key], teams: Iterable[str] | None = None
    ) -> None:
        told = None if teams is None else frozenset(teams)
        self.sinks.append(Sink(kind, reads, told))

    def _teams(self) -> None:
        for id_, team in self.analysis.model.teams.items():
            for field_ in ("points", "initiative"):
                self._sink("turn", self._keys("teams", id_, field_))
            self._sink("score", self._keys("teams", id_, "success"), [id_])
            for index, _ in enumerate(team.objectives):
                score = self._keys("teams", id_, "objectives", index, "score")
                self._sink("score", score, [id_])

    def _happening(self, path: KeyPath, model: Happening) -> None:
        """A card or inject: its condition is behind all that it does."""
        when = self._keys(*path, "requires") | self._keys(*path, "when")
        told = model.audience if isinstance(model, Inject) else None
        if isinstance(model, Card):
            self._sink("choice", when, [model.team])
        else:
            self._sink("inject", when, told)
        here = when | {f"({path[0]} {path[1]})"}
        self._effects((*path, "effects"), here)
        if model.roll is not None:
            reads = here | self._keys(*path, "roll", "modifier")
            self._sink("seen", reads, told)
            for index, _ in enumerate(model.roll.table):
                self._effects((*path, "roll", "table", index, "effects"), reads)
        for number, ask in enumerate(model.ask):
            for index, _ in enumerate(ask.options):
                option = (*path, "ask", number, "options", index)
                reads = self._keys(*option, "requires")
                self._sink("choice", reads, asked_teams(ask))
                self._effects((*option, "effects"), here | reads)
        for index, outcome in enumerate(model.outcomes):
            reads = here | self._keys(*path, "outcomes", index, "when")
            if outcome.text is not None:
                self._sink("seen", reads, told)
            self._effects((*path, "outcomes", index, "effects"), reads)
        if model.lasting is not None:
            reads = here | self._keys(*path, "lasting", "until")
            self._effects((*path, "lasting", "effects"), reads)

    def _effects(self, path: KeyPath, guards: frozenset[Key]) -> None:
        for effect in self.analysis.texts.effects.get(path, ()):
            self._effect(effect, guards)

    def _effect(self, effect: Effect, guards: frozenset[Key]) -> None:
        reads = guards | frozenset(keys_of(effect.value))
        if effect.target is not None:
            self.edges.append((reads, key_of(effect.target)))
            if effect.target.kind == "points":
                self._sink("turn", reads)
        elif effect.op == "schedule" and effect.effect is not None:
            self._effect(effect.effect, guards)
        elif effect.op == "schedule":
            table = "cards" if effect.card else "injects"
            self.edges.append((reads, f"({table} {effect.card or effect.inject})"))
        else:
            self._sink("ending" if effect.op == "end" else "turn", reads)


def keys_of(expr: Expr | None) -> Iterator[Key]:
    """The names that an expression reads; a band counts as its track."""
    for name, _ in names(expr) if expr is not None else ():
        kind = "track" if name.kind == "band" else name.kind
        yield key_of(Name(kind, name.ids))
