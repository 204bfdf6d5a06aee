"""What sets itself off again, more and more often, until the machine stops it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.expressions import Effect
from tabletop.deck.models import Happening, Rule
from tabletop.deck.scope import asked_teams

MACHINE_STEPS = 100_000
"""Steps that the machine carries out between two decisions."""
SHOWN = 4
"""Places that are shown of one circle."""
_STEPS = 2
"""Steps that each thing that comes due takes, at least."""

Times = Counter[tuple[str, int]]
"""How often a card or inject is scheduled each time, by its id and the rounds."""


def schedules(analysis: Analysis) -> Iterator[Finding]:
    """Cards and injects that schedule themselves more than once each time."""
    sites, told = _Sites(analysis), set[str]()
    for path, _ in analysis.happenings:
        id_ = str(path[1])
        circle = sites.circle(id_)
        if not circle or told & circle or analysis.reach.runs(*path) == 0:
            continue
        round_ = sites.flooded(id_, analysis.model.rounds.count)
        if round_ is not None:
            told |= circle
            yield _flood(id_, round_, [*sites.paths(circle, id_)])


def _flood(id_: str, round_: int, paths: list[KeyPath]) -> Finding:
    return Finding(
        "W407",
        f"each time `{id_}` comes, it is scheduled more than once again",
        Spot(paths[0]),
        hint=f"of one, so many come by round {round_} that the machine stops the game:"
        f" it carries out {MACHINE_STEPS:,} steps at a time",
        related=tuple((Spot(path), "and here") for path in paths[1:SHOWN]),
    )


class _Sites:
    """What each card and inject schedules, each time that it comes."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.by_id: dict[str, Times] = {}
        self._ahead: dict[str, frozenset[str]] = {}
        for path, happening in analysis.happenings:
            self.by_id[str(path[1])] = self._of(path, happening)

    def _of(self, path: KeyPath, model: Happening) -> Times:
        found = self._list((*path, "effects"))
        if model.roll is not None:
            rows = range(len(model.roll.table))
            found += _most(
                self._list((*path, "roll", "table", row, "effects")) for row in rows
            )
        for number, ask in enumerate(model.ask):
            options = range(len(ask.options))
            chosen = _most(
                self._list((*path, "ask", number, "options", option, "effects"))
                for option in options
            )
            for _ in asked_teams(ask):
                found += chosen
        for index, _ in enumerate(model.outcomes):
            found += self._list((*path, "outcomes", index, "effects"))
        return found

    def _list(self, path: KeyPath) -> Times:
        found: Times = Counter()
        for effect in self.analysis.texts.effects.get(path, ()):
            if effect.op == "schedule" and effect.effect is None:
                found[_what(effect), effect.rounds] += 1
        return found

    def circle(self, id_: str) -> frozenset[str]:
        """What something leads to and that leads back to it, itself included."""
        return frozenset(
            other for other in self._after(id_) if id_ in self._after(other)
        )

    def _after(self, id_: str) -> frozenset[str]:
        """What something leads to in the end."""
        if id_ not in self._ahead:
            self._ahead[id_] = self._find(id_)
        return self._ahead[id_]

    def _find(self, id_: str) -> frozenset[str]:
        seen: set[str] = set()
        ahead = [other for other, _ in self.by_id[id_]]
        while ahead:
            other = ahead.pop()
            if other not in seen:
                seen.add(other)
                ahead += [further for further, _ in self.by_id[other]]
        return frozenset(seen)

    def flooded(self, id_: str, rounds: int) -> int | None:
        """The round in which too much comes due, of one that comes in the first."""
        due: dict[int, Counter[str]] = {1: Counter({id_: 1})}
        for round_ in range(1, rounds + 1):
            now = due.pop(round_, Counter())
            if sum(now.values()) * _STEPS > MACHINE_STEPS:
                return round_
            for other, times in now.items():
                for (what, later), count in self.by_id[other].items():
                    due.setdefault(round_ + later, Counter())[what] += times * count
        return None

    def paths(self, circle: frozenset[str], first: str) -> Iterator[KeyPath]:
        """Where things of a circle schedule each other, one of them first."""
        found = [
            path
            for path, effect in self.analysis.texts.each_effect.items()
            if path[0] in ("cards", "injects")
            and path[1] in circle
            and effect.op == "schedule"
            and _what(effect) in circle
        ]
        return iter(sorted(found, key=lambda path: path[1] != first))


def _what(effect: Effect) -> str:
    return effect.card or effect.inject


def _most(times: Iterator[Times]) -> Times:
    """Of lists of which one is run, the most of each."""
    found: Times = Counter()
    for one in times:
        found |= one
    return found


def rules(analysis: Analysis) -> Iterator[Finding]:
    """Rules on bands that push each other's tracks to and fro."""
    pushes = {key: [*_pushed(analysis, key)] for key in _band_rules(analysis)}
    told: set[frozenset[str]] = set()
    for key, others in pushes.items():
        for other, path in others:
            back = dict(pushes[other]).get(key)
            if back is None or other == key or frozenset((key, other)) in told:
                continue
            told.add(frozenset((key, other)))
            yield _in_circle(analysis, [(key, path), (other, back)])
    for key in pushes:
        circle = _circle(pushes, key)
        keys = frozenset(each for each, _ in circle)
        if len(circle) > 2 and not any(keys & known for known in told):
            told.add(keys)
            yield _in_circle(analysis, circle)


def _circle(
    pushes: Mapping[str, Sequence[tuple[str, KeyPath]]], key: str
) -> list[tuple[str, KeyPath]]:
    """The shortest way from a rule back to it: each rule, and what it pushes by."""
    ways: dict[str, list[tuple[str, KeyPath]]] = {key: []}
    ahead = [key]
    for here in ahead:
        for other, path in pushes[here]:
            way = [*ways[here], (here, path)]
            if other == key:
                return way
            if other not in ways:
                ways[other] = way
                ahead.append(other)
    return []


def _band_rules(analysis: Analysis) -> dict[str, Rule]:
    """Rules on bands that may run every time."""
    return {
        key: rule
        for key, rule in analysis.model.rules.items()
        if rule.at == "band" and rule.once is None and analysis.reach.runs("rules", key)
    }


def _pushed(analysis: Analysis, key: str) -> Iterator[tuple[str, KeyPath]]:
    """The rules whose tracks a rule changes, and by which effect."""
    effects = analysis.texts.effects.get(("rules", key, "effects"), ())
    for other, rule in _band_rules(analysis).items():
        for index, effect in enumerate(effects):
            target = effect.target
            if target is not None and target.ids == (rule.track,):
                yield other, ("rules", key, "effects", index)
                break


def _in_circle(analysis: Analysis, circle: Sequence[tuple[str, KeyPath]]) -> Finding:
    rules_ = analysis.model.rules
    keys = [key for key, _ in circle]
    bare = all(rules_[key].when is None for key in keys)
    *most, last = (f"`{key}`" for key in keys)
    said = "the other one" if len(keys) == 2 else f"`{keys[1]}`"
    after = [*keys[2:], keys[0]]
    return Finding(
        "W407",
        f"rules {', '.join(most)} and {last} set each other off",
        Spot(circle[0][1]),
        f"this sets off {said}",
        "each runs once at a time, so where it ends depends on their order; give one of"
        ' them a `when`, or `once = "round"`',
        tuple(
            (Spot(path), f"and this `{key}`")
            for (_, path), key in zip(circle[1:], after, strict=True)
        ),
        "likely" if bare else "guess",
    )
