"""The deck language as one table of fields.

The loader, the diagnostics, the JSON Schema and the authors' reference are all made
from these models. Nothing here reads a file or knows an expression's syntax: text
marked `Expression` or `Effects` is parsed in `expressions`.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

FORMAT = 1
"""The version of the deck language that this program reads."""

TRACK_LIMIT = 1_000_000
POINTS_LIMIT = 999
MAX_ROUNDS = 100
MAX_TEAMS = 6
MAX_PHASES = 12
MAX_OBJECTIVES = 20
MAX_CHECKPOINTS = 200


@dataclass(frozen=True)
class Expression:
    """Marks a string as an expression, and says which extra names it may use.

    `type` is "bool" for a condition and "int" for a number. `names` adds names that
    exist only there: "answers" (after an ask), "roll" (in a dice row), "ending"
    (when scores are counted and successes judged).
    """

    type: Literal["bool", "int"]
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Effects:
    """Marks a list of strings as effects; `names` as for `Expression`."""

    names: frozenset[str] = frozenset()


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
FactId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,39}$")]
Text = Annotated[str, StringConstraints(max_length=20_000)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
ExpressionText = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Condition = Annotated[ExpressionText, Expression("bool")]
Number = Annotated[ExpressionText, Expression("int")]
AnswerCondition = Annotated[
    ExpressionText, Expression("bool", names=frozenset({"answers"}))
]
Score = Annotated[ExpressionText, Expression("int", names=frozenset({"ending"}))]
Success = Annotated[ExpressionText, Expression("bool", names=frozenset({"ending"}))]
EffectList = Annotated[list[ExpressionText], Effects()]
RowEffects = Annotated[list[ExpressionText], Effects(frozenset({"roll"}))]
AnswerEffects = Annotated[list[ExpressionText], Effects(frozenset({"answers"}))]
Dice = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]?d[1-9][0-9]{0,2}$")]
Tone = Literal["good", "warn", "bad", "neutral"]
Color = Literal["red", "blue", "yellow", "violet", "teal", "pink"]


def _by_name(agenda: object) -> object:
    """A single agenda is one without a name."""
    return agenda if isinstance(agenda, dict) else {"": agenda}


Agenda = Annotated[
    dict[str, list[Line]],
    BeforeValidator(
        _by_name, json_schema_input_type=list[Line] | dict[str, list[Line]]
    ),
]


class Table(BaseModel):
    """Common to every table of a deck: unknown keys are errors, types are strict."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Sourced(Table):
    """A table that can name the facts it is built on."""

    source: list[Line] = []
    """Facts that this stands for. In a deck with `[facts]` they are ids of these; in
    another any texts, such as the numbers of documents."""


class Rounds(Table):
    """How long the game is and how a round runs."""

    count: Annotated[int, Field(ge=1, le=MAX_ROUNDS)]
    """Rounds in the game, 1 to 100."""
    label: Line = "Round"
    """What a round is called: 'Month' gives 'Month 3'."""
    play: Literal["turns", "orders"] = "turns"
    """'turns': one card at a time, team by team. 'orders': laid face down by all,
    revealed together, resolved one by one."""
    minutes: Annotated[
        dict[Id, Annotated[int, Field(ge=0, le=600)]], Field(max_length=MAX_PHASES)
    ] = {"play": 20}
    """The phases of a round in their order, each with its minutes; one is 'play', and
    there may be twelve."""
    ending: Id | None = None
    """The ending that is reached when the last round closes and no other one holds."""


class Objective(Sourced):
    """Something that a team scores for."""

    text: Line
    """What the team wants, as its players read it."""
    score: Score
    """Points for it, counted when the game ends. May ask `ending.ID`."""


class Team(Sourced):
    """A role in the rules."""

    name: Line
    """The team's name."""
    short: Annotated[str, StringConstraints(min_length=1, max_length=12)] | None = None
    """The name for narrow places, at most 12 characters."""
    color: Color | None = None
    """One of six, each with a glyph of its own; by default in the deck's order."""
    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]$")] | None = None
    """One capital letter, for plain terminals; by default the name's first."""
    points: Annotated[int, Field(ge=0, le=POINTS_LIMIT)] | Number = 3
    """Points to spend in a round: a number, or an expression worked out when the
    round begins."""
    carry: bool = False
    """Whether unspent points are kept, and the new ones added to them."""
    hand: Annotated[int, Field(ge=0, le=60)] | Literal["all"] = "all"
    """Cards held: filled up from the team's shuffled pile when a round begins; or
    'all': every card, always."""
    initiative: Number | None = None
    """Worked out when play begins: the highest acts first, equal ones in the deck's
    order."""
    brief: Text = ""
    """Markdown, for this team alone."""
    objectives: list[Objective] = []
    """What the team scores for."""
    success: Success | None = None
    """What the team would call a success, whatever it scores: judged when the game
    ends. It may only read what its team can see, and may ask `ending.ID`."""


class Band(Table):
    """A named part of a track's range."""

    to: Annotated[int, Field(ge=-TRACK_LIMIT, le=TRACK_LIMIT)]
    """The highest value that still belongs to it."""
    label: Line
    """What it is called."""
    short: Annotated[str, StringConstraints(min_length=1, max_length=10)] | None = None
    """The label for narrow places, at most 10 characters."""
    tone: Tone = "neutral"
    """How it is coloured: good, warn, bad or neutral."""


class Track(Sourced):
    """A bounded whole number that the game is about."""

    label: Line
    """The track's name."""
    short: Annotated[str, StringConstraints(min_length=1, max_length=12)] | None = None
    """The name for narrow places, at most 12 characters."""
    text: Text = ""
    """What the track measures."""
    start: Annotated[int, Field(ge=-TRACK_LIMIT, le=TRACK_LIMIT)]
    """Its value when the game begins."""
    min: Annotated[int, Field(ge=-TRACK_LIMIT, le=TRACK_LIMIT)] = 0
    """Its least value; effects stop there."""
    max: Annotated[int, Field(ge=-TRACK_LIMIT, le=TRACK_LIMIT)] = 100
    """Its greatest value; effects stop there."""
    bands: list[Band] = []
    """Named parts of the range, from low to high."""
    visible_to: list[Id] | None = None
    """The teams that may see it; all of them when left out. Control always does."""


class Flag(Sourced):
    """A yes or no."""

    label: Line
    """What it says when it is set."""
    start: bool = False
    """Whether it is set when the game begins."""
    visible_to: list[Id] | None = None
    """The teams that may see it; all of them when left out."""


class Row(Table):
    """One row of a dice table."""

    to: Annotated[int, Field(ge=-TRACK_LIMIT, le=TRACK_LIMIT)] | None = None
    """The highest total that falls in this row; the last row may leave it out."""
    text: Line
    """What happens, in words."""
    effects: RowEffects = []
    """What happens, in effects. May use `roll`, the total."""


class Roll(Table):
    """Dice, and what each total means."""

    dice: Dice
    """Like '2d6': how many dice, and how many sides each has."""
    modifier: Number | None = None
    """Added to the dice."""
    table: Annotated[list[Row], Field(min_length=1)]
    """Rows from low totals to high ones."""


class Option(Table):
    """One way to answer."""

    id: Id
    """The option's name in expressions."""
    label: Line
    """What the team chooses, in few words."""
    text: Text = ""
    """What it means."""
    requires: Condition | None = None
    """When it may be chosen; one option of each question must be free."""
    effects: EffectList = []
    """What it does once every team has answered."""


class Ask(Table):
    """A question to one team, or the same question to several."""

    team: Id | None = None
    """The team that is asked."""
    teams: list[Id] = []
    """The teams that are asked, when they are several."""
    prompt: Line
    """The question."""
    options: Annotated[list[Option], Field(min_length=1, max_length=9)]
    """The ways to answer, at most nine."""


class Outcome(Table):
    """What follows from all the answers together."""

    when: AnswerCondition
    """May use `asked`, `chose.OPTION` (how many chose it), `answer.TEAM.OPTION`."""
    text: Line | None = None
    """What happens, in words."""
    effects: AnswerEffects = []
    """What happens, in effects."""


class Lasting(Table):
    """Effects that come back at the start of each following round."""

    rounds: Annotated[int, Field(ge=1, le=MAX_ROUNDS)] | None = None
    """For how many rounds."""
    until: Condition | None = None
    """They stop when this holds at the start of a round."""
    effects: Annotated[EffectList, Field(min_length=1)]
    """What they do each time."""


class Happening(Sourced):
    """What a card and an inject have in common."""

    title: Line
    """The title."""
    short: Annotated[str, StringConstraints(min_length=1, max_length=12)] | None = None
    """The title for narrow places, at most 12 characters."""
    text: Text = ""
    """What it says, for those who may read it."""
    effects: EffectList = []
    """What it does, in order, each stopping at its track's bounds."""
    roll: Roll | None = None
    """Dice, thrown after the effects."""
    ask: list[Ask] = []
    """Questions, put after the dice."""
    answers: Literal["open", "secret"] = "open"
    """'open': asked in order, each sees the answers before. 'secret': all at once,
    revealed together."""
    outcomes: list[Outcome] = []
    """What follows from the answers: every clause that holds, in order."""
    lasting: Lasting | None = None
    """Effects in the rounds that follow."""
    headline: Annotated[str, StringConstraints(min_length=1, max_length=60)] | None = (
        None
    )
    """For the public display; at most 22 characters fit there."""


class Card(Happening):
    """What a team may play."""

    team: Id
    """The team whose card it is."""
    cost: Annotated[int, Field(ge=0, le=POINTS_LIMIT)] = 1
    """Points it takes to play it."""
    copies: Annotated[int, Field(ge=1, le=20)] = 1
    """How many of it are in the team's cards."""
    requires: Condition | None = None
    """When it may be played. It may only read what its team can see."""
    limit: Annotated[int, Field(ge=1, le=999)] | None = None
    """How many times it may be played in a game."""
    cooldown: Annotated[int, Field(ge=1, le=MAX_ROUNDS)] | None = None
    """For how many rounds after a play it may not be played again."""
    response: bool = False
    """Whether it may only be played in answer to a card that invites responses."""
    invites_response: bool = False
    """Whether other teams may respond before it takes effect."""


class At(Table):
    """A place in the schedule."""

    round: Annotated[int, Field(ge=1, le=MAX_ROUNDS)]
    """The round."""
    phase: Id | None = None
    """The phase; the round's first one when left out."""
    moment: Literal["start", "end"] = "start"
    """Whether it comes when the phase begins or when it closes."""


class Inject(Happening):
    """A card of control's: scheduled, on a condition, or by hand."""

    at: At | None = None
    """When it is due."""
    when: Condition | None = None
    """It fires the first time that this holds."""
    contingency: bool = False
    """Whether it is suggested to the facilitator when play stalls."""
    read: Text = ""
    """To be read aloud."""
    cue: Text = ""
    """What the facilitator should do, for control alone."""
    expects: Text = ""
    """What the teams are expected to do, for control alone."""
    audience: list[Id] | None = None
    """The teams that are told; all of them when left out."""
    sender: Annotated[str, StringConstraints(max_length=60)] = ""
    """Who sends it, in the story."""


class Rule(Sourced):
    """A trigger: at a moment, when a condition holds, these effects."""

    title: Line | None = None
    """What it is called in the log; by default made from its id."""
    at: Literal["after_play", "after_inject", "round_start", "round_end", "band"]
    """The moment: after a card was played out, after an inject, when a round begins or
    closes, or when the named track has crossed into another band."""
    track: Id | None = None
    """The track whose bands are watched, with at = 'band'."""
    when: Condition | None = None
    """Only when this holds."""
    once: Literal["round", "game"] | None = None
    """At most once in a round or in the game; every time when left out."""
    effects: Annotated[EffectList, Field(min_length=1)]
    """What it does."""


class Ending(Sourced):
    """A condition that ends the game."""

    title: Line
    """What it is called."""
    short: Annotated[str, StringConstraints(min_length=1, max_length=12)] | None = None
    """The title for narrow places, at most 12 characters."""
    when: Condition | None = None
    """When it is reached; without it, only by `end(...)` or as the last round's."""
    at: Literal["round_end", "always"] = "round_end"
    """When it is tested: as each round closes, or after each move."""
    priority: Annotated[int, Field(ge=-999, le=999)] = 0
    """Of several that hold, the highest wins; equal ones in the deck's order."""
    text: Text = ""
    """The epilogue, in Markdown."""


class Fact(Table):
    """What a part of the deck can be built on, and name as its source. Rules never read
    it."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
    """The fact, in one to three sentences."""
    claim: bool = False
    """Whether it is what somebody says: shown as a claim, and not taken for true."""
    by: Line | None = None
    """Whose claim it is, or where the fact comes from."""


class Exercise(Table):
    """What the facilitator brings to the game; the rules never read it."""

    objectives: Annotated[dict[Id, Line], Field(max_length=MAX_OBJECTIVES)] = {}
    """What the exercise is to show or train, by id: what notes and checkpoints are
    about. Not to be confused with what a team scores for."""
    guide: Text = ""
    """Markdown for the facilitator: how to run this deck."""
    agenda: Agenda = {}
    """The day's course, a line for each item; or a table of several, by their names."""
    questions: list[Line] = []
    """What the last hot wash is to discuss, and each that `hotwash` leaves out."""
    hotwash: dict[str, list[Line]] = {}
    """By round, what its hot wash is to discuss: in the phase `hotwash`, or without one
    in the round's last phase."""
    say: Annotated[dict[Id, Text], Field(max_length=MAX_PHASES)] = {}
    """By phase, what the facilitator reads out as it opens."""

    def agendas(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each course of the day with its name; that of a single one is empty."""
        return tuple((name, tuple(items)) for name, items in self.agenda.items())

    def hot_washes(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The rounds that have questions of their own, in order, with these."""
        rounds = sorted(self.hotwash, key=int)
        return tuple((int(each), tuple(self.hotwash[each])) for each in rounds)


class Checkpoint(Sourced):
    """Something that is watched for, and judged: met, partly or not met."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    """What to watch for."""
    objective: Id | None = None
    """The objective of the exercise that it shows."""
    team: Id | None = None
    """The team that is watched; none when it is all of them."""
    inject: Id | None = None
    """The inject after which it is due."""


class Lint(Table):
    """What `tabletop check` is to take as it is; playing never reads it."""

    allow: dict[str, Line] = {}
    """By a problem's code or name, why all of this deck may have it. Only warnings and
    notes can be allowed."""


class DeckModel(Table):
    """A whole deck, in the order in which it was written."""

    format: Annotated[int, Field(ge=1)]
    """The version of the deck language: 1."""
    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    """The deck's id: small letters, digits and hyphens."""
    title: Line
    """The deck's title."""
    version: Line = "1.0.0"
    """The deck's own version."""
    summary: Line | None = None
    """One line for the list of decks."""
    brief: Text = ""
    """Markdown for everybody: the situation as play begins."""
    include: list[Line] = []
    """Further files of this deck, in its own folder."""
    rounds: Rounds
    """How long the game is and how a round runs."""
    teams: Annotated[dict[Id, Team], Field(min_length=1, max_length=MAX_TEAMS)]
    """The teams, one to six."""
    tracks: dict[Id, Track] = {}
    """The tracks."""
    flags: dict[Id, Flag] = {}
    """The flags."""
    cards: Annotated[dict[Id, Card], Field(min_length=1)]
    """The cards of all teams."""
    injects: dict[Id, Inject] = {}
    """The facilitator's cards."""
    rules: dict[Id, Rule] = {}
    """The triggers."""
    endings: Annotated[dict[Id, Ending], Field(min_length=1)]
    """The endings."""
    facts: dict[FactId, Fact] = {}
    """What the deck is built on; `source` names them."""
    exercise: Exercise = Exercise()
    """What the facilitator brings to the game."""
    checkpoints: Annotated[dict[Id, Checkpoint], Field(max_length=MAX_CHECKPOINTS)] = {}
    """What is watched for."""
    lint: Lint = Lint()
    """What a check is to take as it is."""
