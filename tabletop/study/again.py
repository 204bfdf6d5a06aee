"""The commands that play something of a study again, as they are typed."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

RANDOM = "random"
LEAST = "least-used"


@dataclass(frozen=True)
class Again:
    """What has to be said for the same games."""

    deck: str
    """As the command line names it."""
    seed: int
    policies: tuple[tuple[str, str], ...]
    """Each team and who plays it."""

    def game(self, number: int) -> str:
        """Plays one game alone and prints it; empty for no game."""
        if number < 0:
            return ""
        return self._line("run", "--only", str(number), "--log")

    def check(self) -> str:
        """Looks for what is wrong with the deck."""
        return shlex.join(["tabletop", "check", self.deck])

    def cover(self, games: int) -> str:
        """Plays as many games by bots that take what was used least; where these have
        played already, ten times as many."""
        least = tuple((team, LEAST) for team, _ in self.policies)
        more = 10 if least == self.policies else 1
        return Again(self.deck, self.seed, least).study(more * games)

    def study(self, games: int) -> str:
        """The same study with so many games."""
        return self._line("study", "--games", str(games))

    def _line(self, verb: str, *more: str) -> str:
        words = ["tabletop", verb, self.deck]
        if self.seed:
            words += ["--seed", str(self.seed)]
        return shlex.join([*words, *self._policies(), *more])

    def _policies(self) -> list[str]:
        names = {name for _, name in self.policies}
        if names <= {RANDOM}:
            return []
        if len(names) == 1:
            return ["--policy", next(iter(names))]
        return [
            word
            for team, name in self.policies
            if name != RANDOM
            for word in ("--policy", f"{team}={name}")
        ]


def players(
    teams: Mapping[str, object], named: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Each team and who plays it: random bots where nobody is named."""
    return tuple((team, named.get(team, RANDOM)) for team in teams)
