"""Studies that nobody made: every part filled, the numbers by chance."""

import random
from functools import cache
from math import sqrt

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.engine.statistics import wilson
from tabletop.study.result import (
    Cause,
    Change,
    ChoiceStat,
    EndingStat,
    Estimate,
    Lever,
    Method,
    Pace,
    Reached,
    Remark,
    Share,
    Spread,
    StudyResult,
    TeamStat,
    Termination,
    TermSeen,
    TrackStat,
)
from tests.decks import shipped
from tests.report.test_comparing import HOSTILE

GAMES = 10_000
PROOFS = {"rule": "W406", "inject": "by hand"}
VERDICTS = ("", "", "", "always worth taking", "never worth taking", "no effect")


NAMES = ("tutorial", "bright-days", "hostile")


@cache
def named(name: str) -> StudyResult:
    """A study of a shipped deck, or of one whose texts are hostile."""
    if name == "hostile":
        return made_up(load_text({"deck.toml": HOSTILE}))
    path = {"tutorial": shipped.TUTORIAL, "bright-days": shipped.BRIGHT_DAYS}[name]
    return made_up(shipped.deck(path))


def made_up(deck: Deck, games: int = GAMES, number: int = 0) -> StudyResult:
    """A study of a deck, always the same one for a number."""
    return Maker(deck, games, random.Random(number)).result()


class Maker:
    """Makes each part of a study."""

    def __init__(self, deck: Deck, games: int, chance: random.Random) -> None:
        self.model, self.digest = deck.model, deck.digest
        self.games, self.chance = games, chance
        self.last = self.model.rounds.count

    def share(self, count: int, of: int | None = None) -> Share:
        whole = self.games if of is None else of
        low, high = wilson(count, whole)
        return Share(count, whole, count / whole if whole else 0.0, low, high)

    def estimate(self, spread: float = 5.0) -> Estimate:
        middle, room = self.chance.gauss(0, spread), abs(self.chance.gauss(0, 1)) + 0.1
        return Estimate(middle, middle - room, middle + room, self.games)

    def spread(self, low: int, high: int) -> Spread:
        values = sorted(self.chance.randint(low, high) for _ in range(7))
        mean = sum(values) / 7
        deviation = sqrt(sum((v - mean) ** 2 for v in values) / 7)
        return Spread(self.games, mean, deviation, *values)

    def result(self) -> StudyResult:
        return StudyResult(
            method=self.method(),
            endings=tuple(self.endings()),
            terminations=self.terminations(),
            rounds=self.spread(1, self.last),
            by_rounds=tuple((n, self.games // self.last) for n in range(1, self.last)),
            pace=self.pace(),
            reached=tuple(self.reached()),
            terms=tuple(self.terms()),
            tracks=tuple(self.tracks()),
            choices=tuple(self.choices()),
            teams=tuple(self.teams()),
            causes=tuple(self.causes()),
            levers=tuple(self.levers()),
            against=tuple(self.against()),
            remarks=self.remarks(),
            stopped_early=False,
        )

    def method(self) -> Method:
        model = self.model
        return Method(
            "0.1", 1, model.id, model.version, self.digest, model.title, 7, self.games,
            self.games, tuple((team, "random") for team in model.teams),
            f"tabletop study {model.id}.toml --games {self.games} --seed 7",
        )  # fmt: skip

    def endings(self) -> list[EndingStat]:
        weights = [self.chance.random() ** 2 for _ in self.model.endings]
        weights[-1] = 0 if len(weights) > 1 else 1
        counts = [int(self.games * w / sum(weights)) for w in weights]
        counts[0] += self.games - sum(counts)
        return [
            EndingStat(id_, ending.title, self.share(count), count // 3,
                       self.chance.randrange(self.games) if count else -1)
            for (id_, ending), count in zip(
                self.model.endings.items(), counts, strict=True)
        ]  # fmt: skip

    def terminations(self) -> tuple[Termination, ...]:
        ended = self.games * 6 // 10
        return (
            Termination("ending", self.share(ended), 0),
            Termination("last round", self.share(self.games - ended), 3),
            Termination("machine", self.share(0), -1),
        )

    def pace(self) -> Pace:
        by_round = tuple((n, 10.0 + n / 3) for n in range(1, self.last + 1))
        return Pace(
            self.spread(20, 90), self.spread(15, 70), by_round, 240,
            self.spread(100, 300), 1.5,
        )  # fmt: skip

    def reached(self) -> list[Reached]:
        found = []
        for kind, things in (
            ("card", self.model.cards), ("rule", self.model.rules),
            ("inject", self.model.injects), ("ending", self.model.endings),
        ):  # fmt: skip
            for place, (id_, thing) in enumerate(things.items()):
                count = 0 if place == 1 else self.chance.randrange(1, self.games + 1)
                text = str(getattr(thing, "title", None) or id_)
                found.append(Reached(
                    kind, id_, text, self.share(count), count * 2, 2 if count else 0,
                    self.chance.randrange(self.games) if count else -1,
                    "" if count else PROOFS.get(kind, ""),
                ))  # fmt: skip
        return found

    def terms(self) -> list[TermSeen]:
        return [
            TermSeen(f"cards.{id_}.requires#1", "stability > 3 and not truce", a, b)
            for (id_, (a, b)) in zip(
                self.model.cards, ((0, 90), (80, 0), (0, 0), (4, 5)), strict=False
            )
        ]

    def tracks(self) -> list[TrackStat]:
        return [
            TrackStat(
                id_, track.label, track.min, track.max,
                tuple(self.spread(track.min, track.max) for _ in range(self.last + 1)),
                self.share(self.chance.randrange(self.games)), self.share(0),
            )
            for id_, track in self.model.tracks.items()
        ]  # fmt: skip

    def choices(self) -> list[ChoiceStat]:
        found = []
        for id_, card in self.model.cards.items():
            offered = self.chance.randrange(1, 3 * self.games)
            taken = self.share(self.chance.randrange(offered), offered)
            gain = self.estimate() if self.chance.random() < 0.9 else None
            better = self.share(40, 90) if gain else None
            found.append(ChoiceStat(
                "card", id_, card.title, card.team, offered, taken, gain, better,
                self.chance.choice(VERDICTS) if gain else "",
                self.chance.randrange(self.games), self.chance.random() * 9,
            ))  # fmt: skip
        team = next(iter(self.model.teams))
        found.append(ChoiceStat(
            "option", "storm.flee", "Flee", team, 0, self.share(0, 0), None, None, "",
            -1,
        ))  # fmt: skip
        return found

    def teams(self) -> list[TeamStat]:
        return [
            TeamStat(
                id_, team.name, self.spread(-10, 70),
                self.share(self.chance.randrange(self.games)),
                self.share(self.chance.randrange(self.games)),
                12.3, 4.5, self.share(1200, 50_000), self.share(20, 50_000),
                self.share(300, 8_000),
                self.share(self.games // 3) if number else None, self.estimate(1.0),
            )
            for number, (id_, team) in enumerate(self.model.teams.items())
        ]  # fmt: skip

    def causes(self) -> list[Cause]:
        return [
            Cause(id_, Estimate(0.52, 0.48, 0.56, 500), Estimate(0.31, 0.27, 0.35, 500),
                  0.17, Estimate(0.44, 0.4, 0.48, 500) if number else None)
            for number, id_ in enumerate(self.model.teams)
        ]  # fmt: skip

    def levers(self) -> list[Lever]:
        return [
            Lever(
                f"tracks.{id_}.start", str(track.start), str(track.start + 1), 2_000,
                tuple((e, self.shift()) for e in self.model.endings),
                tuple((t, self.estimate(1)) for t in self.model.teams),
            )
            for id_, track in self.model.tracks.items()
        ]  # fmt: skip

    def shift(self) -> Estimate:
        middle = self.chance.gauss(0, 0.02)
        return Estimate(middle, middle - 0.012, middle + 0.012, 2_000)

    def against(self) -> list[Change]:
        found = [
            Change(f"ending.{id_}", ending.title, 0.2, 0.2 + shift.value, shift)
            for id_, ending in self.model.endings.items()
            for shift in (self.shift(),)
        ]
        found += [
            Change(f"score.{id_}", f"{team.name}: score", 20.0, 20.0 + gain.value, gain)
            for id_, team in self.model.teams.items()
            for gain in (self.estimate(2),)
        ]
        rounds = self.estimate(0.5)
        return [*found, Change("rounds", "Rounds", 6.5, 6.5 + rounds.value, rounds)]

    def remarks(self) -> tuple[Remark, ...]:
        play = f"tabletop run {self.model.id}.toml --seed 7 --only 734 --log"
        return (
            Remark("never-reached", "warning", "The ending “The truce” was in none of"
                   f" {self.games:,} games: it is in under 0.03 % of them.", ""),
            Remark("dominated", "note", "“Wait and see” is never worth taking: it"
                   " costs 3.1 points (2.8 to 3.4) against the other moves.", play),
        )  # fmt: skip
