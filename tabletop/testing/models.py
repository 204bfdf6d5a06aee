"""The form of deck tests: which tables and keys a test file may have.

Like the deck language itself: unknown keys are errors, types are strict. Conditions are
the deck's own expressions. Words of the file's are ids of the deck.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from tabletop.deck.models import (
    MAX_ROUNDS,
    MAX_TEAMS,
    POINTS_LIMIT,
    ExpressionText,
    Line,
)
from tabletop.engine.layout import DICE_KEPT, VALUE_SPAN

FORMAT = 1
"""The version of the form that this program reads."""
KINDS = ("test", "always", "never", "reach", "chance")
"""The kinds of tests, which are also the names of their tables."""
MOST_GAMES = 1_000_000
MOST_STEPS = 2_000
MOST_SEEDS = VALUE_SPAN // 2 - 1


@dataclass(frozen=True)
class Of:
    """Marks a word as an id of one of these kinds, or one of the other `words`."""

    kinds: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """Marks a text as a condition in the deck's own language."""


@dataclass(frozen=True)
class Values:
    """Marks a table from names to values; the names may be dotted keys.

    `what` is 'target' for what rulings can set, 'number' for all that has a value.
    """

    what: Literal["target", "number"]


Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
TeamId = Annotated[Name, Of(("team",))]
CardId = Annotated[Name, Of(("card",))]
InjectId = Annotated[Name, Of(("inject",))]
EndingId = Annotated[Name, Of(("ending",))]
Choice = Annotated[Name, Of(("card", "option"), ("pass",))]
Anything = Annotated[
    Name, Of(("track", "flag", "team", "card", "inject", "ending", "rule", "option"))
]
"""Any id of the deck."""
ConditionText = Annotated[ExpressionText, Condition()]
Conditions = Annotated[list[ConditionText], Field(max_length=100)]
Targets = Annotated[dict[str, Any], Field(min_length=1), Values("target")]
Die = Annotated[int, Field(ge=1, le=999)]
Throws = Annotated[
    list[Die],
    Field(max_length=DICE_KEPT),
    BeforeValidator(lambda value: [value] if type(value) is int else value),
]
"""Dice in the order in which they are thrown, at most eight; one may stand alone."""
Games = Annotated[int, Field(ge=1, le=MOST_GAMES)]
Seed = Annotated[int, Field(ge=0, le=2**63 - 1)]
Share = Annotated[float, Field(ge=0, le=1)]
Luck = Literal["draws", "rolls", "injects"]
Allowed = Annotated[list[Luck], Field(max_length=3)]
Held = Annotated[dict[TeamId, list[CardId]], Field(max_length=MAX_TEAMS)]
"""For each team, ids of cards."""
Policy = Name | dict[TeamId, Name]


class Form(BaseModel):
    """Common to every table of a test file: strict, and no unknown keys."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Start(Form):
    """What the game begins with, where that is not what the deck says.

    Any other key is a track with its value, or a flag with true or false.
    """

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    tracks: dict[Annotated[Name, Of(("track",))], int] = {}
    """Tracks by id, for those that are called like a key of this table."""
    flags: list[Annotated[Name, Of(("flag",))]] = []
    """Flags that are set."""
    round: Annotated[int, Field(ge=1, le=MAX_ROUNDS)] = 1
    """The first round that is played."""
    phase: Annotated[Name, Of(("phase",))] | None = None
    """The phase up to which control opens them, before the first step."""
    points: dict[TeamId, Annotated[int, Field(ge=0, le=POINTS_LIMIT)]] = {}
    """By team: its points once the round has opened."""
    hand: Held = {}
    """By team: exactly the cards that it holds once the round has opened."""
    played: dict[CardId, Annotated[int, Field(ge=0, le=9_999)]] = {}
    """By card: how often it was played before."""
    fired: list[InjectId] = []
    """Injects that have come before."""
    roll: Throws = []
    """The first dice, while the round opens."""


class Tested(Form):
    """Common to every kind of test."""

    name: Line | None = None
    """What it is called."""
    start: Start = Start()
    """What its games begin with."""
    seed: Seed | None = None
    """The luck of cards and dice that are not given; the file's by default."""


class Step(Form):
    """One step: a move, or something to look at, with what it must come to."""

    # --- a team's
    team: TeamId | None = None
    """Who makes the move, or is offered something."""
    play: CardId | None = None
    """The card that it plays."""
    lay: CardId | None = None
    """The card that it lays face down."""
    pass_: Literal[True] | None = Field(default=None, alias="pass")
    """It passes."""
    choose: Annotated[Name, Of(("option",))] | None = None
    """The option with which it answers."""
    try_: Choice | None = Field(default=None, alias="try")
    """A card, an option or `pass`: what must be refused."""
    illegal: Name | Annotated[list[Name], Field(min_length=1)] | None = None
    """Why: words of the reason, a name in its condition, or cost, limit, rest,
    requires, response, turn, hand, secret, veto, option or over."""
    offered: list[Choice] | None = None
    """Exactly what it may choose from, before the move: cards, options, `pass`."""

    # --- control's
    advance: Annotated[Name, Of(("phase",), ("phase", "round", "end"))] | None = None
    """`phase` or `round`: up to the next one; a phase's id; or `end`."""
    inject: InjectId | None = None
    """Control fires an inject."""
    hold: InjectId | None = None
    """Control holds an inject back."""
    release: InjectId | None = None
    """Control lets an inject come that it held back or skipped."""
    skip: InjectId | None = None
    """Control skips an inject."""
    forward: InjectId | None = None
    """Control moves an inject to the round `to`."""
    set: Targets | None = None
    """A ruling: tracks, flags and `TEAM.points`, with their new values."""
    add: Targets | None = None
    """A ruling: the same, with what is added."""
    give: CardId | None = None
    """A ruling: the card that `team` gets."""
    take: CardId | None = None
    """A ruling: the card that `team` loses."""
    force: CardId | None = None
    """A ruling: the card that `team` plays, without cost or condition."""
    reveal: CardId | None = None
    """A ruling: the card that `team` shows, to all or to the team `to`."""
    veto: CardId | None = None
    """A ruling: the card that may not be played."""
    lift: CardId | None = None
    """A ruling: the card that may be played again."""
    to: int | TeamId | None = None
    """Of `forward` the round, of `reveal` the team."""
    reseed: Annotated[int, Field(ge=0, le=MOST_SEEDS)] | None = None
    """Cards and dice come anew from here on, by this number."""

    # --- the luck of it
    roll: Throws = []
    """The dice that it throws, in order."""
    draws: Held = {}
    """By team: exactly the cards that it draws."""
    discards: Held = {}
    """By team: exactly the cards that it loses at random."""
    comes: list[InjectId] = []
    """Injects that come by themselves, in order."""

    # --- what it must come to
    then: Annotated[dict[str, Any], Values("number")] = {}
    """Values after it: tracks, flags, `TEAM.points`, any number of the deck's
    expressions; also `phase` and `ending`."""
    where: Conditions = []
    """Conditions that hold after it."""
    log: list[Anything] = []
    """Ids of what happened by it, in this order; others may stand between them."""
    no_log: list[Anything] = []
    """Ids of what did not happen by it."""
    view: Annotated[Name, Of(("team",), ("public", "control"))] | None = None
    """The seat that looks: a team, `public` or `control`."""
    hides: list[Anything] = []
    """What that seat may not see: tracks, flags, cards, injects, rules."""
    shows: list[Anything] = []
    """What that seat sees."""


class Expect(Form):
    """How a test ends."""

    ending: Annotated[Name, Of(("ending",), ("none",))] | None = None
    """The game is over, by this ending; or `none`: it goes on."""
    score: dict[TeamId, int] = {}
    """By team, when the game is over."""
    where: Conditions = []
    """Conditions that hold."""


class Script(Tested):
    """A scripted game: everything that happens in it is written down."""

    name: Line
    """What it is called."""
    game: Annotated[int, Field(ge=0, le=2**62)] = 0
    """Which game of the seed it is."""
    steps: Annotated[list[Step], Field(max_length=MOST_STEPS)] = []
    """What happens, in order."""
    expect: Expect = Expect()
    """How it ends."""
    else_: Name | None = Field(default=None, alias="else")
    """Who decides what no step does: `first`, `greedy`, `random` or `random:SEED`."""
    allow: Allowed | None = None
    """Luck that need not be written down: draws, rolls, injects."""


class Goal(Tested):
    """Something that a game may come to."""

    ending: EndingId | None = None
    """The ending it ends by."""
    reach: Name | None = None
    """`KIND:ID`: a card, option, outcome, row, lasting, rule, inject or ending."""
    where: Conditions = []
    """Conditions that hold at once: of an ending at the end, else after some move."""
    policy: Policy = "random"
    """The bot of all teams, or of each."""


class Always(Tested):
    """A condition that holds after every move of every game."""

    that: ConditionText
    """The condition."""
    games: Annotated[int, Field(ge=0, le=MOST_GAMES)] = 50
    """In so many games by bots, besides the file's own tests."""
    policy: Policy = "random"
    """The bot of all teams, or of each."""


class Never(Goal):
    """What no game comes to."""

    that: ConditionText | None = None
    """A condition that never holds."""
    games: Annotated[int, Field(ge=0, le=MOST_GAMES)] = 50
    """In so many games by bots, besides the file's own tests."""


class Within(Form):
    """How long to search."""

    runs: Games = 1_000
    """At most so many games."""
    rounds: Annotated[int, Field(ge=1, le=MAX_ROUNDS)] | None = None
    """Not later than in this round."""


class Reach(Goal):
    """What some game comes to; it is searched for."""

    within: Within = Within()
    """How long to search."""


class Chance(Goal):
    """How often games come to something."""

    between: Annotated[list[Share], Field(min_length=2, max_length=2)]
    """The least and the greatest share of games, from 0 to 1."""
    runs: Games = 1_000
    """How many games are played."""


class FileModel(Form):
    """A test file."""

    format: int = FORMAT
    """The version of this form: 1."""
    deck: Line
    """The deck, seen from this file's folder: its file or folder."""
    seed: Seed = 1
    """The luck of every test that names none."""
    allow: Allowed = []
    """Luck that no test need write down: draws, rolls, injects."""
    test: list[Script] = []
    """Scripted games."""
    always: list[Always] = []
    """Conditions that hold after every move."""
    never: list[Never] = []
    """What no game comes to."""
    reach: list[Reach] = []
    """What some game comes to."""
    chance: list[Chance] = []
    """How often games come to something."""
