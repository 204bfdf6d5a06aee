"""From counts to the parts of a result, in the deck's own names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from tabletop.deck.models import DeckModel
from tabletop.engine.census import Census, Thing
from tabletop.engine.ledger import Countable, fresh, read_ledger
from tabletop.engine.program import Program
from tabletop.study.figures import Sums, share, spread
from tabletop.study.result import (
    EndingStat,
    Estimate,
    Pace,
    Reached,
    TeamStat,
    Termination,
    TermSeen,
    TrackStat,
)

FEW = 2
"""Legal moves, passing among them, up to which a decision is called narrow."""
SLOW = 1.0
"""Minutes that are reckoned for a decision where the deck plans none for play."""


def complete(ready: Countable, census: Census) -> None:
    """Gives a census of no games the form of one with some."""
    if not census.games:
        fresh(ready, census)
        census.add(read_ledger(ready, ready.ledger))


def of_kind(things: Sequence[Thing], kind: str) -> list[Thing]:
    """The things of one kind, as a census counts them."""
    return [thing for thing in things if thing.kind == kind]


def endings(
    model: DeckModel, program: Program, census: Census
) -> tuple[EndingStat, ...]:
    """How often each ending came, in the deck's order."""
    found = []
    for id_, ending in model.endings.items():
        index = program.endings.index(id_)
        count = census.seen["ending"][index]
        found.append(
            EndingStat(
                id_, ending.title, share(count.games, census.games),
                census.by_last_round[index], count.first_game,
            )
        )  # fmt: skip
    return tuple(found)


def terminations(
    found: Sequence[EndingStat], census: Census
) -> tuple[Termination, ...]:
    """How games stopped. Of endings that came both ways no example is told apart."""
    late = sum(each.by_last_round for each in found)
    early = sum(each.share.count for each in found) - late
    by_itself = [e.example for e in found if not e.by_last_round and e.example >= 0]
    in_time = [e.example for e in found if e.by_last_round == e.share.count > 0]
    return (
        Termination("ending", share(early, census.games), min(by_itself, default=-1)),
        Termination("last round", share(late, census.games), min(in_time, default=-1)),
        Termination(
            "machine", share(census.stopped, census.games), census.first_stopped
        ),
    )


def pace(
    model: DeckModel, census: Census, paces: Mapping[tuple[int, int], int]
) -> Pace:
    """How long it takes.

    A game takes the deck's minutes for each phase of each of its rounds but play, and
    for play a time for each decision: such that the minutes planned for play are those
    of the mean round. Without such minutes it is SLOW for each.
    """
    minutes = model.rounds.minutes
    rounds = sum(r * games for (r, _), games in paces.items())
    decisions = sum(d * games for (_, d), games in paces.items())
    play = minutes.get("play", 0)
    per = play * rounds / decisions if play and decisions else SLOW
    beside = sum(minutes.values()) - play
    spent: Counter[int] = Counter()
    counts: Counter[int] = Counter()
    for (r, d), games in sorted(paces.items()):
        spent[round(Fraction(beside * r) + Fraction(per) * d)] += games
        counts[d] += games
    return Pace(
        spread(counts), spread(census.real), _by_round(census),
        sum(minutes.values()) * model.rounds.count, spread(spent), per,
    )  # fmt: skip


def _by_round(census: Census) -> tuple[tuple[int, float], ...]:
    """Decisions in each round, on average over the games that came to it."""
    found = []
    for number in range(1, max(census.rounds, default=0) + 1):
        games = sum(n for last, n in census.rounds.items() if last >= number)
        made = sum(counts.total() for counts in census.options[number])
        found.append((number, made / games if games else 0.0))
    return tuple(found)


def reached(
    things: Sequence[Thing], census: Census, proofs: Mapping[Thing, str]
) -> tuple[Reached, ...]:
    """Everything that can be reached, terms left out, and how often it was."""
    found = []
    for kind, counts in census.seen.items():
        for thing, count in zip(of_kind(things, kind), counts, strict=True):
            found.append(
                Reached(
                    kind, thing.name, thing.text, share(count.games, census.games),
                    count.hits, count.first_round, count.first_game,
                    "" if count.games else proofs.get(thing, ""),
                )
            )  # fmt: skip
    return tuple(found)


def terms(things: Sequence[Thing], census: Census) -> tuple[TermSeen, ...]:
    """Each part of a condition, and what it came to."""
    return tuple(
        TermSeen(thing.name, thing.text, held, failed)
        for thing, (held, failed) in zip(
            of_kind(things, "term"), census.terms, strict=True
        )
    )


def tracks(model: DeckModel, program: Program, census: Census) -> tuple[TrackStat, ...]:
    """Each track over the rounds, in the deck's order."""
    last = max(census.rounds, default=0)
    found = []
    for index, id_ in enumerate(program.tracks):
        track = model.tracks[id_]
        values = [counts[index] for counts in census.tracks[: last + 1]]
        closed: Counter[int] = sum(values[1:], Counter())
        of = closed.total()
        found.append(
            TrackStat(
                id_, track.label, track.min, track.max,
                tuple(spread(counts) for counts in values),
                share(closed[track.min], of), share(closed[track.max], of),
            )
        )  # fmt: skip
    return tuple(found)


def teams(
    model: DeckModel, census: Census, order: Sequence[Sums]
) -> tuple[TeamStat, ...]:
    """Each team's results and choices; `order` is empty when it was not measured."""
    found = []
    for index, (id_, team) in enumerate(model.teams.items()):
        choices: Counter[int] = Counter()
        for by_team in census.options:
            if by_team:
                choices.update(by_team[index])
        made = choices.total()
        moves = sum(moves * n for moves, n in choices.items())
        few = sum(n for moves, n in choices.items() if moves <= FEW)
        gain: Estimate | None = order[index].estimate() if order else None
        found.append(
            TeamStat(
                id_, team.name, spread(census.scores[index]),
                share(census.best[index], census.games),
                share(census.best_alone[index], census.games),
                made / census.games if census.games else 0.0,
                moves / made if made else 0.0, share(choices[1], made),
                share(few, made), share(census.few[index], census.turns[index]),
                share(census.successes[index], census.games) if team.success else None,
                gain,
            )
        )  # fmt: skip
    return tuple(found)
