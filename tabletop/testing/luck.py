"""The luck of a step against what the test says of it: dice, draws, injects."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tabletop.engine import layout as at
from tabletop.engine.program import Program
from tabletop.engine.words import next32
from tabletop.session.facts import TraceRow
from tabletop.testing.failing import listing
from tabletop.testing.models import Step

Cards = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Fault:
    """Where a step's luck was not as the test says."""

    key: str
    """The key of the step that is wrong; or missing."""
    message: str
    difference: tuple[str, ...] = ()
    hint: str = ""


@dataclass
class Luck:
    """What happened by chance or by itself."""

    dice: list[tuple[int, int]] = field(default_factory=list)
    """Each die: what it showed, and whether (1) or not (0) it had been given."""
    draws: dict[str, list[str]] = field(default_factory=dict)
    discards: dict[str, list[str]] = field(default_factory=dict)
    injects: list[str] = field(default_factory=list)
    throwers: list[str] = field(default_factory=list)
    """Cards and injects that threw dice."""


def luck_of(
    program: Program, rows: Sequence[TraceRow], before: Sequence[int],
    after: Sequence[int], fired: str,
) -> Luck:  # fmt: skip
    """What happened by chance in a step; `fired` is the inject that control fired."""
    luck = Luck()
    own = [fired] if fired else []
    for kind, a, b, c, origin, _ in rows:
        if kind == at.TR_DIE:
            luck.dice.append((a, int(c > 0)))
        elif kind == at.TR_DRAW:
            luck.draws.setdefault(program.teams[a], []).append(program.cards[b])
        elif kind == at.TR_DISCARD and origin // at.CAUSE != at.BY_RULING:
            luck.discards.setdefault(program.teams[a], []).append(program.cards[b])
        elif kind == at.TR_INJECT:
            if program.injects[a] in own:
                own.clear()
            else:
                luck.injects.append(program.injects[a])
        elif kind == at.TR_ROLL:
            luck.throwers.append(_origin(program, origin))
    drawn = sum(map(len, luck.draws.values()))
    gone = sum(map(len, luck.discards.values()))
    if not _used_more(before, after, drawn, gone):
        luck.discards.clear()
    return luck


def _origin(program: Program, origin: int) -> str:
    kind, number = divmod(origin, at.CAUSE)
    return program.happenings[number] if kind == at.BY_HAPPENING else ""


def _used_more(
    before: Sequence[int], after: Sequence[int], drawn: int, gone: int
) -> bool:
    """Whether the cards' stream went on by more than the draws: a random discard."""
    if not gone:
        return False
    words = list(before[at.S_CARDS : at.S_CARDS + 4])
    end = list(after[at.S_CARDS : at.S_CARDS + 4])
    for _ in range(drawn):
        next32(words, 0)
    return words != end


def faults(step: Step, luck: Luck, allowed: Sequence[str]) -> Iterator[Fault]:
    """Where luck was not as the step says, what is `allowed` left out."""
    yield from _dice(step.roll, luck, free="rolls" in allowed)
    yield from _cards("draws", step.draws, luck.draws, free="draws" in allowed)
    yield from _cards("discards", step.discards, luck.discards, free="draws" in allowed)
    yield from _injects(step.comes, luck.injects, free="injects" in allowed)


def _dice(given: Sequence[int], luck: Luck, *, free: bool) -> Iterator[Fault]:
    thrown = [die for die, _ in luck.dice]
    who = ", ".join(dict.fromkeys(filter(None, luck.throwers)))
    if len(thrown) < len(given):
        many = f"{len(given)} dice were given, and {len(thrown)} thrown"
        yield Fault("roll", many)
    elif any(die != want for die, want in zip(thrown, given, strict=False)):
        shows = next(i for i, want in enumerate(given) if thrown[i] != want)
        message = f"no die that is thrown has a side with {given[shows]}"
        yield Fault("roll", message, (f"it shows at most {thrown[shows]}",))
    elif len(thrown) > len(given) and not free:
        message = f"{who or 'something'} throws dice that the step does not give"
        values = ", ".join(str(die) for die in thrown)
        hint = f"give them: roll = [{values}]"
        if len(thrown) > at.DICE_KEPT:
            hint = 'say that they are luck: allow = ["rolls"]'
        yield Fault("roll", message, hint=hint)


def _cards(key: str, given: Cards, happened: Cards, *, free: bool) -> Iterator[Fault]:
    for team, cards in given.items():
        found = happened.get(team, [])
        if sorted(cards) != sorted(found):
            message = f"{team} {key} other cards than given"
            told = (f"expected {listing(sorted(cards))}", f"found {listing(found)}")
            yield Fault(key, message, told)
            return
    open_ = {team: cards for team, cards in happened.items() if team not in given}
    if open_ and not free:
        team, cards = next(iter(open_.items()))
        verb = "draws" if key == "draws" else "loses"
        message = f"{team} {verb} cards by chance, and the step does not say which"
        hint = f'give them: {key}.{team} = {listing(cards)}; or allow = ["draws"]'
        yield Fault(key, message, hint=hint)


def _injects(
    given: Sequence[str], happened: Sequence[str], *, free: bool
) -> Iterator[Fault]:
    if list(given) == list(happened):
        return
    rest = iter(happened)
    if free and all(id_ in rest for id_ in given):
        return
    told = (f"expected {listing(given)}", f"found {listing(happened)}")
    missing = [id_ for id_ in given if id_ not in happened]
    if missing:
        yield Fault("comes", f"{missing[0]} does not come", told)
    else:
        hint = f"say so: comes = {listing(happened)}"
        unsaid = [id_ for id_ in happened if id_ not in given]
        message = f"{unsaid[0]} comes" if unsaid else "injects come in another order"
        yield Fault("comes", f"{message}, and the step does not say so", told, hint)


def scripted_ahead(step: Step) -> bool:
    """Whether a step says which cards chance gives."""
    return bool(step.draws or step.discards)
