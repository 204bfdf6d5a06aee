"""What is to be studied, with all that follows from it before any game is played."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tabletop.deck.deck import Deck
from tabletop.engine.census import Thing
from tabletop.engine.census_things import things
from tabletop.engine.gear import budget_of
from tabletop.engine.ledger import Countable, countable
from tabletop.engine.order import has_order
from tabletop.engine.program import Program, seed_key
from tabletop.errors import UsageError
from tabletop.study.again import Again, players
from tabletop.study.numbers import Turn, chosen, numbers, turns
from tabletop.study.table import Table, seated

PARTS = ("choices", "causes", "order", "levers", "against")
"""What may be measured beside the games themselves."""
USUAL = frozenset({"choices", "causes", "order"})
CHOICE_GAMES = 1_000
"""Games of which decisions are measured, at most ..."""
SEARCH_GAMES = 100
"""... and where bots take long over each of their moves."""


@dataclass(frozen=True)
class Progress:
    """How far a study is."""

    part: str
    """'games', 'replays', 'choices', 'against' or 'levers': what is being done."""
    done: int
    """Games of this part."""
    of: int


Tell = Callable[[Progress], bool]
"""Told some ten times a second how far it is; the study goes on while it is true."""


@dataclass(frozen=True)
class StudyPlan:
    """What is to be studied. Raises UsageError when a policy or number is unknown."""

    deck: Deck
    games: int = 1_000
    seed: int = 0
    policies: Mapping[str, str] = field(default_factory=dict)
    """For each team the name of its bot; random where none is named."""
    parts: frozenset[str] = USUAL
    against: Deck | None = None
    """The deck that this one is compared with: an older version, for instance."""
    vary: tuple[str, ...] = ()
    """The numbers that are turned, see `numbers.chosen`; all of them when empty."""
    name: str = ""
    """The deck as a command line names it; by default its id."""
    command: str = ""
    """What runs this study again, as it was typed; by default with its usual parts."""

    def __post_init__(self) -> None:
        """Looks at what is asked for, before any game is played."""
        if unknown := sorted(set(self.parts) - set(PARTS)):
            raise UsageError(
                f"a study has no part '{unknown[0]}'", f"Parts are: {', '.join(PARTS)}."
            )
        if self.games < 1:
            raise UsageError("there are no games to play", "Ask for at least one.")
        _ = self.table, self.old_table, self.turns

    @cached_property
    def ready(self) -> Countable:
        """The deck's program."""
        return countable(self.deck)

    @property
    def program(self) -> Program:
        """The deck's program, without what counts."""
        return self.ready.program

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        """What games may reach."""
        return things(self.deck, self.program)

    @cached_property
    def table(self) -> Table:
        """What the games are played with."""
        return seated(self.deck, self.program, seed_key(self.seed), self.policies)

    @cached_property
    def old_table(self) -> Table | None:
        """The same for the deck that this one is compared with."""
        if self.against is None:
            return None
        teams = self.against.model.teams
        kept = {t: name for t, name in self.policies.items() if t in teams}
        return seated(
            self.against, countable(self.against).program, self.table.key, kept
        )

    @cached_property
    def turns(self) -> list[Turn]:
        """The turns of numbers to try."""
        if "levers" not in self.parts and not self.vary:
            return []
        return turns(self.deck.files, chosen(numbers(self.deck), self.vary))

    @cached_property
    def again(self) -> Again:
        """The commands that play something again."""
        teams = players(self.deck.model.teams, self.policies)
        return Again(self.name or self.deck.model.id, self.seed, teams)

    @property
    def ordered(self) -> bool:
        """Whether it means something in which order the teams act."""
        return has_order(self.program)

    @property
    def choice_games(self) -> int:
        """Games of which decisions are measured."""
        slow = budget_of(self.table.policies) > 0
        return min(self.games, SEARCH_GAMES if slow else CHOICE_GAMES)
