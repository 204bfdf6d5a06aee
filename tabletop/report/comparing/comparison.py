"""Groups side by side: where their tracks parted, and who chose what when.

Saves are compared when they were played on a deck of the same id with the same teams.
Decks of the same id that differ otherwise are compared too, and it is said: a card or
a track that only some of them have stands for those alone.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from string import ascii_uppercase
from typing import TypeVar

from tabletop.errors import TabletopError, UsageError
from tabletop.report.comparing.groups import PASS, Choice, Group, group_of
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, SeatId

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Parted:
    """A track in every group."""

    id: str
    label: str
    low: int
    high: int
    values: tuple[tuple[int, ...], ...]
    """For each group its values at the end of each round; empty without the track."""
    round: int
    """In which the groups were furthest apart; 0 when they never were."""
    spread: int
    """How far apart they were then."""
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Options:
    """A decision or a question, and which groups chose what."""

    title: str
    """Like 'Kremlin, 2nd decision'."""
    round: int
    """0 for a question, which may come in any."""
    team: SeatId
    asked_by: str
    """The id of the card or inject that asks; empty for a decision."""
    nth: int
    chosen: tuple[tuple[str, tuple[str, ...]], ...]
    """What was chosen, with the groups' letters; the most frequent first."""
    routine: bool = False
    """Whether every group that came to it only ended its turn with it."""

    @property
    def groups(self) -> int:
        """How many groups came to it."""
        return sum(len(letters) for _, letters in self.chosen)


@dataclass(frozen=True, slots=True)
class Came:
    """A card or an inject, and in which rounds it came in each group."""

    id: str
    title: str
    team: SeatId
    """Whose card it is; control's for an inject."""
    rounds: tuple[tuple[int, ...], ...]

    @property
    def groups(self) -> int:
        """In how many groups it came."""
        return sum(bool(each) for each in self.rounds)


@dataclass(frozen=True)
class Comparison:
    """Everything that is told of some groups."""

    deck: str
    title: str
    seat: SeatId
    round_label: str
    rounds: int
    teams: tuple[tuple[SeatId, str], ...]
    phases: tuple[str, ...]
    groups: tuple[Group, ...]
    differs: tuple[str, ...]
    """How the groups' decks differ; empty when all played the same one."""
    tracks: tuple[Parted, ...]
    """Those that parted most, by the share of their range, stand first."""
    decisions: tuple[Options, ...]
    questions: tuple[Options, ...]
    cards: tuple[Came, ...]
    injects: tuple[Came, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A save that can't be compared with the others."""

    path: Path
    error: TabletopError


# --- reading


def read_groups(
    paths: Sequence[Path], seat: SeatId = CONTROL
) -> tuple[list[Group], list[Refused]]:
    """The groups that can be compared, and the saves that can't with the reason.

    The first save that can be read tells which deck it is about. Raises UsageError for
    a seat that there is none of.
    """
    groups: list[Group] = []
    refused: list[Refused] = []
    for path in paths:
        try:
            session = Session.open(path, read_only=True)
        except TabletopError as error:
            refused.append(Refused(path, error))
            continue
        try:
            group = group_of(session, seat, letter(len(groups)))
            group = named_apart(group, path, groups)
        finally:
            session.close()
        problem = mismatch(groups[0], group) if groups else None
        if problem:
            refused.append(Refused(path, problem))
        else:
            groups.append(group)
    return groups, refused


def named_apart(group: Group, path: Path, others: Sequence[Group]) -> Group:
    """A group with its save's folder in its name, if another is called so too."""
    if group.name not in [each.name for each in others]:
        return group
    return replace(group, name=f"{path.absolute().parent.name}/{group.name}")


def letter(place: int) -> str:
    """What a group is called for short.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'A2')
    """
    times, place = divmod(place, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(times + 1) if times else "")


def mismatch(first: Group, other: Group) -> UsageError | None:
    """Why a group can't be set beside the first one; None when it can."""
    decks = [each.record.tree.deck.model for each in (first, other)]
    if decks[0].id != decks[1].id:
        found = f"it was played on the deck '{decks[1].id}', {first.name} on "
        hint = "Compare saves of one deck at a time."
        return UsageError(f"{found}'{decks[0].id}'", hint)
    teams = [list(deck.teams) for deck in decks]
    if teams[0] != teams[1]:
        said = f"its teams are {', '.join(teams[1])}, those of {first.name} "
        hint = "Its deck has the same id, but it is another game."
        return UsageError(f"{said}{', '.join(teams[0])}", hint)
    return None


# --- putting side by side


def compare(groups: Sequence[Group]) -> Comparison:
    """Groups of one deck, side by side; at least one."""
    record = groups[0].record
    model = record.tree.deck.model
    names = record.tree.names
    return Comparison(
        model.id, model.title, record.seat, model.rounds.label, model.rounds.count,
        tuple((team, names.team(team)) for team in model.teams),
        tuple(model.rounds.minutes), tuple(groups), tuple(differences(groups)),
        tuple(parted(groups)), tuple(decisions(groups)), tuple(questions(groups)),
        tuple(played(groups)), tuple(fired(groups)),
    )  # fmt: skip


def differences(groups: Sequence[Group]) -> Iterator[str]:
    """How the decks differ from the first group's, in words; for control alone."""
    first = groups[0]
    others: dict[tuple[str, str], list[str]] = {}
    for group in groups[1:]:
        others.setdefault((group.version, group.digest), []).append(group.letter)
    for (version, digest), letters in others.items():
        who = " ".join(letters)
        if version != first.version:
            yield f"{who}: version {version} of the deck; A: version {first.version}"
        elif digest != first.digest:
            yield (
                f"{who}: version {version} of the deck as A, but with other files"
                f" (digest {digest[:8]}, not {first.digest[:8]})"
            )


def in_order(maps: Sequence[Mapping[K, object]]) -> list[K]:
    """The keys of several mappings, each once, in the order of the first that has it.

    >>> in_order([{"a": 1, "b": 2}, {"c": 3, "a": 4}])
    ['a', 'b', 'c']
    """
    return list({key: None for each in maps for key in each})


def parted(groups: Sequence[Group]) -> list[Parted]:
    """Every track, those first whose groups were furthest apart for their range."""
    found = [track(groups, id_) for id_ in in_order([group.tracks for group in groups])]
    return sorted(found, key=lambda t: -t.spread / max(1, t.high - t.low))


def track(groups: Sequence[Group], id_: str) -> Parted:
    """A track in every group, and the round in which they were furthest apart."""
    having = next(group for group in groups if id_ in group.tracks)
    model = having.record.tree.deck.model.tracks[id_]
    values = tuple(group.tracks.get(id_, ()) for group in groups)
    best = (0, 0, 0, 0)
    for place in range(max(map(len, values))):
        there = [each[place] for each in values if place < len(each)]
        least, most = min(there), max(there)
        if most - least > best[1]:
            best = (place + 1, most - least, least, most)
    return Parted(id_, model.label, model.min, model.max, values, *best)


ORDINALS = ("1st", "2nd", "3rd")


def ordinal(number: int) -> str:
    """A place in words.

    >>> ordinal(2), ordinal(4), ordinal(11)
    ('2nd', '4th', '11th')
    """
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}th"


def decisions(groups: Sequence[Group]) -> Iterator[Options]:
    """Every decision that a group made, by round, team and place."""
    names = groups[0].record.tree.names
    for key in sorted({key for group in groups for key in group.choices}):
        team = names.teams[key.team]
        title = f"{names.team(team)}, {ordinal(key.nth)}"
        found = {group.letter: group.choices.get(key) for group in groups}
        ends = key.nth > 1 and all(not c or c.id == PASS for c in found.values())
        yield Options(title, key.round, team, "", key.nth, chosen(found), ends)


def questions(groups: Sequence[Group]) -> Iterator[Options]:
    """Every question that was answered, by card or inject, team and time."""
    for key in in_order([group.answers for group in groups]):
        having = next(group for group in groups if key in group.answers)
        names = having.record.tree.names
        again = "" if key.nth == 1 else f", the {ordinal(key.nth)} time"
        title = f"{names.team(key.team)}: {names.title(key.asked_by)}{again}"
        found = {group.letter: group.answers.get(key) for group in groups}
        yield Options(title, 0, key.team, key.asked_by, key.nth, chosen(found))


def chosen(
    found: Mapping[str, Choice | None],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Which groups chose what, the most frequent first, else in the groups' order."""
    labels = {each.id: each.label for each in found.values() if each}
    times = Counter(each.id for each in found.values() if each)
    order = dict(zip(labels, count(), strict=False))
    return tuple(
        (labels[id_], tuple(g for g, each in found.items() if each and each.id == id_))
        for id_ in sorted(labels, key=lambda id_: (-times[id_], order[id_]))
    )


def played(groups: Sequence[Group]) -> list[Came]:
    """Every card that was played, by team, those of most groups first."""
    found = [came(groups, id_, [group.cards for group in groups])
             for id_ in in_order([group.cards for group in groups])]  # fmt: skip
    teams = [*groups[0].record.tree.names.teams]
    return sorted(found, key=lambda each: (teams.index(each.team), -each.groups))


def fired(groups: Sequence[Group]) -> list[Came]:
    """Every inject that came, in the order in which they came."""
    found = [came(groups, id_, [group.injects for group in groups])
             for id_ in in_order([group.injects for group in groups])]  # fmt: skip
    return sorted(found, key=lambda each: min(min(r) for r in each.rounds if r))


def came(
    groups: Sequence[Group], id_: str, rounds: Sequence[Mapping[str, tuple[int, ...]]]
) -> Came:
    """A card or an inject in every group."""
    having = next(g for g, each in zip(groups, rounds, strict=True) if id_ in each)
    names = having.record.tree.names
    each = tuple(found.get(id_, ()) for found in rounds)
    return Came(id_, names.title(id_), names.by(id_), each)
