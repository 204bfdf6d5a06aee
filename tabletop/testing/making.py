"""Whole decks made by chance: every feature of the language, in some decks.

A plain `random.Random(7)` gives deck number 7; `strategies` gives them to Hypothesis,
which can then shrink what fails. The decks are nonsense to play and have no errors.
"""

import random
from collections.abc import Sequence
from functools import cache

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.testing.phrases import Table, Writer, toml

PHASES = ("brief", "play", "hotwash")
TIMED = ("after_play", "after_inject", "round_start", "round_end")


def deck_text(chance: random.Random) -> str:
    """A deck in TOML."""
    return toml(Maker(chance).deck())


@cache
def numbered(number: int) -> Deck:
    """The deck of a number, always the same one."""
    return load_text({"deck.toml": deck_text(random.Random(number))})


@cache
def large() -> Deck:
    """A deck of 320 cards for four teams."""
    maker = Maker(random.Random(320), teams=4, cards=80, rounds=4)
    return load_text({"deck.toml": toml(maker.deck())})


class Maker:
    """Makes one deck. First the ids are chosen, so that anything can name anything."""

    def __init__(
        self, chance: random.Random, *, teams: int = 0, cards: int = 0, rounds: int = 0
    ) -> None:
        """`chance` decides everything but the sizes that are given."""
        self.chance = chance
        pick = chance.randint
        self.count = rounds or pick(1, 4)
        self.teams = ["ada", "bob", "cy", "dee"][: teams or pick(1, 4)]
        self.owners = {
            f"{team}_{i}": team
            for team in self.teams
            for i in range(cards or pick(1, 5))
        }
        self.cards = [*self.owners]
        self.injects = [f"inject_{i}" for i in range(pick(0, 4))]
        self.audiences = {id_: self.seen_by("audience") for id_ in self.injects}
        self.endings = [f"ending_{i}" for i in range(pick(1, 3))]
        self.lasting = self.some([*self.cards, *self.injects], 3)
        self.inviting = self.some(self.cards, 3)
        self.responses = [c for c in self.some(self.cards, 3) if c not in self.inviting]
        self.made: Table = {"tracks": {}, "flags": {}}

    def some(self, things: Sequence[str], one_in: int) -> list[str]:
        """About one in so many."""
        return [thing for thing in things if self.chance.randint(1, one_in) == 1]

    def often(self, of_ten: int) -> bool:
        """True in so many of ten cases."""
        return self.chance.randint(1, 10) <= of_ten

    def seen_by(self, key: str) -> Table:
        """Nothing, or a field with some of the teams."""
        return {key: self.some(self.teams, 2)} if self.often(3) else {}

    def deck(self) -> Table:
        """The whole deck as tables."""
        pick = self.chance.randint
        phases = [p for p in PHASES if p == "play" or self.often(4)]
        play = self.chance.choice(("turns", "orders"))
        self.made["tracks"] = {f"t{i}": self.track() for i in range(pick(1, 5))}
        self.made["flags"] = {f"f{i}": self.flag() for i in range(pick(0, 3))}
        return {
            "format": 1, "id": "made", "title": "Made by chance",
            "rounds": {
                "count": self.count, "play": play, "ending": self.endings[-1],
                "minutes": dict.fromkeys(phases, 1),
            },
            "teams": {team: self.team(team) for team in self.teams},
            **self.made,
            "cards": {id_: self.card(id_) for id_ in self.cards},
            "injects": {id_: self.inject(id_, phases) for id_ in self.injects},
            "rules": {f"rule_{i}": self.rule() for i in range(pick(0, 4))},
            "endings": {id_: self.ending(id_) for id_ in self.endings},
        }  # fmt: skip

    def track(self) -> Table:
        """A track: wide or narrow, with bands or without, hidden or not."""
        pick = self.chance.randint
        low, high = self.chance.choice(((0, 100), (-20, 20), (0, 3), (-900, 900)))
        made: Table = {"label": "Track", "min": low, "max": high}
        made["start"] = pick(low, high)
        if self.often(5):
            middle = (low + high) // 2
            bands = [{"to": middle, "label": "low"}, {"to": high, "label": "high"}]
            made["bands"] = bands
        return made | self.seen_by("visible_to")

    def flag(self) -> Table:
        """A flag, hidden or not."""
        start = self.often(3)
        return {"label": "Flag", "start": start} | self.seen_by("visible_to")

    def team(self, team: str) -> Table:
        """A team with any kind of hand, points and objectives."""
        words, pick = Writer(self, [team]), self.chance.randint
        public = Writer(self, self.teams)
        made: Table = {"name": team.capitalize(), "points": pick(0, 6)}
        if self.often(3):
            made["points"] = public.number()
        if self.often(6):
            made["hand"] = pick(0, 4)
        if self.often(3):
            made["initiative"] = public.number()
        if self.often(3):
            made["carry"] = True
        scores = [words.number() for _ in range(pick(0, 2))]
        if self.often(5):
            scores.append(f"7 if ending.{self.chance.choice(self.endings)} else -3")
        made["objectives"] = [{"text": "Wants", "score": score} for score in scores]
        if scores:
            made["success"] = f"({scores[-1]}) > 0"
        return made

    # --- effects

    def effects(self, words: Writer, most: int = 3) -> list[str]:
        """Some effects."""
        return [self.effect(words) for _ in range(self.chance.randint(0, most))]

    def effect(self, words: Writer, *, nested: bool = False) -> str:
        """One effect: mostly a change of a track."""
        pick, choose = self.chance.randint, self.chance.choice
        if self.often(6):
            return self.change(words)
        team, card = choose(self.teams), choose(self.cards)
        if nested:
            return f"draw({team})"
        effects = [
            f"draw({team}, {pick(1, 2)})", f"discard({team})", f"discard({card})",
            f"give({card}, {team})", self.schedule(words), self.schedule(words),
        ]  # fmt: skip
        if self.often(1):
            effects.append(f"end({choose(self.endings)})")
        return choose(effects)

    def change(self, words: Writer) -> str:
        """An effect on a track, a flag or points."""
        pick, choose = self.chance.randint, self.chance.choice
        track, team = choose([*self.made["tracks"]]), choose(self.teams)
        low, high = (self.made["tracks"][track][key] for key in ("min", "max"))
        changes = [
            f"{track} += {pick(1, 9)}", f"{track} -= {pick(1, 9)}",
            f"{track} += {words.number()}", f"{track} -= {words.number(0)}",
            f"{track} = {pick(low, high)}", f"{team}.points += {pick(1, 3)}",
            f"{team}.points -= {words.number(0)}",
        ]  # fmt: skip
        if flags := [*self.made["flags"]]:
            flag = choose(flags)
            changes += [f"{flag} = true", f"{flag} = {words.condition()}"]
        return choose(changes)

    def schedule(self, words: Writer) -> str:
        """Something for later."""
        later = self.chance.randint(1, self.count)
        if self.often(5):
            return f"schedule('{self.effect(words, nested=True)}', {later})"
        what = self.chance.choice([*self.cards, *self.injects])
        return f"schedule({what}, {later})"

    # --- cards and injects

    def happening(self, id_: str, words: Writer) -> Table:
        """What cards and injects have in common."""
        made: Table = {"title": id_, "effects": self.effects(words)}
        if self.often(3):
            made["roll"] = self.roll(words)
        if self.often(3):
            made |= self.asks()
        if id_ in self.lasting:
            made["lasting"] = self.until(words)
        return made

    def until(self, words: Writer) -> Table:
        """Lasting effects, for some rounds or until something."""
        made: Table = {"effects": [self.change(words)]}
        if self.often(5):
            return made | {"until": words.condition()}
        return made | {"rounds": self.chance.randint(1, 3)}

    def roll(self, words: Writer) -> Table:
        """Dice with a table whose last row is open."""
        pick = self.chance.randint
        count, sides = pick(1, 3), self.chance.choice((2, 6, 10))
        made: Table = {"dice": f"{count}d{sides}"}
        if self.often(4):
            made["modifier"] = words.number(0)
        ends = sorted({pick(1, count * sides) for _ in range(pick(0, 2))})
        rows: list[Table] = [{"to": end} for end in ends]
        for row in [*rows, last := Table()]:
            track = self.chance.choice([*self.made["tracks"]])
            row |= {"text": "So it goes.", "effects": self.effects(words, 1)}
            row["effects"].append(f"{track} += roll - {pick(0, 5)}")
        made["table"] = [*rows, last]
        return made

    def asks(self) -> Table:
        """Questions to some teams, apart or together, with outcomes."""
        pick, words = self.chance.randint, Writer(self)
        asked = self.some(self.teams, 2) or [self.teams[0]]
        cut = pick(0, len(asked))
        groups = [group for group in (asked[:cut], asked[cut:]) if group]
        asks = [self.ask(group, f"o{i}") for i, group in enumerate(groups)]
        team = self.chance.choice(asked)
        option = "o0_0" if team in groups[0] else "o1_0"
        whens = [f"answer.{team}.{option}", f"chose.{option} < asked", "asked > 1"]
        outcomes = [
            {"when": when, "effects": self.effects(words, 2)}
            for when in self.some(whens, 2)
        ]
        answers = self.chance.choice(("open", "secret"))
        return {"ask": asks, "answers": answers, "outcomes": outcomes}

    def ask(self, teams: list[str], prefix: str) -> Table:
        """One question; its first option is always open."""
        words = Writer(self, teams)
        options: list[Table] = []
        for i in range(self.chance.randint(1, 3)):
            option: Table = {"id": f"{prefix}_{i}", "label": "Say so"}
            option |= {"effects": self.effects(Writer(self), 2)}
            if i and self.often(4):
                option["requires"] = words.condition()
            options.append(option)
        who: Table = {"team": teams[0]} if len(teams) == 1 else {"teams": teams}
        return who | {"prompt": "Well?", "options": options}

    def card(self, id_: str) -> Table:
        """A card of its team."""
        team, pick = self.owners[id_], self.chance.randint
        words, own = Writer(self), Writer(self, [self.owners[id_]])
        made: Table = {"team": team, "cost": pick(0, 3)} | self.happening(id_, words)
        if self.often(3):
            made["requires"] = own.condition()
        if self.often(3):
            made["limit"] = pick(1, 2)
        if self.often(2):
            made["cooldown"] = pick(1, 2)
        if self.often(4):
            made["copies"] = pick(2, 3)
        if id_ in self.inviting:
            made["invites_response"] = True
        if id_ in self.responses:
            made["response"] = True
            made["effects"] += ["cancel()"] if self.often(5) else []
        return made

    def inject(self, id_: str, phases: Sequence[str]) -> Table:
        """An inject by time, by condition or by hand."""
        words = Writer(self)
        made = self.happening(id_, words) | self.audiences[id_]
        kind = self.chance.choice(("at", "when", "hand"))
        if kind == "when":
            made["when"] = words.condition()
        if kind == "at":
            when: Table = {"round": self.chance.randint(1, self.count)}
            if self.often(5):
                when["phase"] = self.chance.choice(phases)
            if self.often(5):
                when["moment"] = "end"
            made["at"] = when
        return made

    # --- rules and endings

    def rule(self) -> Table:
        """A rule at any moment."""
        words = Writer(self)
        made: Table = {"at": self.chance.choice(TIMED)}
        banded = [id_ for id_, t in self.made["tracks"].items() if "bands" in t]
        if banded and self.often(4):
            made = {"at": "band", "track": self.chance.choice(banded)}
        if self.often(5):
            made["when"] = words.condition()
        if self.often(5):
            made["once"] = self.chance.choice(("round", "game"))
        return made | {"effects": [self.effect(words), self.change(words)]}

    def ending(self, id_: str) -> Table:
        """An ending, with a condition or without."""
        made: Table = {"title": id_, "priority": self.chance.randint(-2, 2)}
        if self.often(5):
            made["when"] = f"round > 1 and {Writer(self).condition()}"
            if self.often(5):
                made["at"] = "always"
        return made
