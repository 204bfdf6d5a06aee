"""What one seat may know, as plain values. Screens, bots and logs read nothing else.

Every string here may hold any text, hostile text included: it is data, never markup.
"""

from dataclasses import dataclass, field
from typing import Literal

from tabletop.session.cited import FactView

CONTROL = "control"
"""The facilitator's seat: sees everything."""
PUBLIC = "public"
"""The display's seat: sees what every team may know."""

SeatId = str
Tone = Literal["good", "warn", "bad", "neutral"]


@dataclass(frozen=True, slots=True)
class Move:
    """A wish of a seat, in the deck's own ids."""

    kind: str
    """play, lay, pass, answer, advance, fire, hold, release, skip, forward, die, set,
    add, give, take, force, veto, lift, reveal or reseed."""
    team: str = ""
    """The team that acts or is acted on; empty for control's own moves."""
    item: str = ""
    """The card, option, inject or target (track, flag, or `TEAM.points`)."""
    value: int = 0
    """For die, set and add: the number. For forward: the round. For reveal: to whom,
    0 to all, else the team's place in the deck, from 1. For reseed: a number to mix
    in."""


@dataclass(frozen=True, slots=True)
class MoveView:
    """A legal move and what to call it."""

    move: Move
    label: str


@dataclass(frozen=True, slots=True)
class BandView:
    """A named part of a track's range, up to and including `to`."""

    to: int
    label: str
    short: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class TrackView:
    """A track that this seat may see."""

    id: str
    label: str
    short: str
    text: str
    value: int
    low: int
    high: int
    round_start: int
    """The value when this round began."""
    history: tuple[int, ...]
    """The value at the end of each round so far, and the value now."""
    bands: tuple[BandView, ...]
    band: int
    """Index of the band the value is in; -1 without bands."""
    secret: bool
    """Whether some team may not see it."""


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag that this seat may see."""

    id: str
    label: str
    value: bool
    secret: bool
    teams: tuple[SeatId, ...] = ()
    """For control: the teams that alone see it; empty when all do."""


@dataclass(frozen=True, slots=True)
class TeamView:
    """What everybody may know of a team."""

    id: str
    name: str
    short: str
    color: str
    letter: str
    points: int
    points_full: int
    """What it gets each round."""
    hand: int
    """How many cards it holds."""
    pile: int
    discards: int
    laid: int
    """How many orders lie face down."""
    played: int
    """Cards played this round."""
    status: Literal[
        "to play", "answers", "responds", "lays", "passed", "waits", "thinks"
    ]
    """What it does; a screen says that it thinks when that takes a moment."""
    seat: str
    """Who sits there: 'person', 'bot:greedy', 'absent', 'program' ..."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a play, and whether it is met."""

    met: bool
    text: str
    """Like 'needs Congress > 50, now 42' or 'costs 3, you have 2'."""


@dataclass(frozen=True, slots=True)
class EffectView:
    """One effect in short: what, which way, how much."""

    label: str
    sign: Literal[-1, 0, 1]
    amount: str
    """Like '6', or an expression's text, or empty."""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a dice table with its share of all throws."""

    span: str
    """Like '2-5' or '10+': totals after the modifier as it stands now."""
    text: str
    chance: str
    """Like '28 %'."""
    effects: tuple[EffectView, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """A card that this seat may read."""

    id: str
    team: str
    title: str
    short: str
    text: str
    cost: int
    playable: bool
    terms: tuple[Term, ...]
    """All conditions of playing it now, met and unmet, in order."""
    effects: tuple[EffectView, ...]
    lasting: str
    """Like 'then 2 rounds: Economy ▼ 2', or empty."""
    dice: str
    rows: tuple[RowView, ...]
    asks: tuple[str, ...]
    """Ids of the teams it asks."""
    notes: tuple[str, ...]
    """Short marks such as 'once', 'rests 2', 'response', 'can be answered'."""
    source: tuple[str, ...]
    count: int = 1
    """How many copies are in the hand."""
    facts: tuple[FactView, ...] = ()
    """What `source` names, with the deck's words for it."""
    number: int = 0
    """Its place among the cards that the team may hold, from 1, the same all game: the
    team's own in the deck's order, then those of others."""


@dataclass(frozen=True, slots=True)
class CardTitle:
    """A card of the deck by its name, wherever it is: for control alone."""

    id: str
    team: str
    title: str
    vetoed: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """What made a change: kind and title, for people."""

    kind: Literal[
        "card", "inject", "rule", "ruling", "option", "dice", "outcome", "lasting",
        "scheduled", "round", "start",
    ]  # fmt: skip
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that a move caused, as this seat may know it."""

    kind: str
    """track, flag, points, draw, discard, give, take, play, fail, roll, ask, answer,
    outcome, inject, rule, lasting, schedule, shuffle, round, phase, turn, pass, lay,
    reveal, ending, score, cancel, veto, lift, show, reseed or hidden."""
    subject: str
    """Id of the track, flag, team, card ... it is about."""
    text: str
    """The fact in words, without its cause."""
    before: int = 0
    after: int = 0
    team: str = ""
    """The team it happened to or that did it, if any."""
    band_before: str = ""
    band_after: str = ""
    """Names of the bands, when the band changed."""
    tone: Tone = "neutral"
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One move as this seat may know it, with the changes it caused."""

    number: int
    """The move's number in the save."""
    at: str
    """When it was made: ISO 8601, UTC; empty when unknown."""
    round: int
    phase: str
    seat: SeatId
    kind: str
    """The move's kind; also 'start', 'note' and 'undo'."""
    title: str
    """Like 'Kremlin plays Partial mobilization'."""
    note: str
    """The intent, the reason of a ruling, or the text of a note."""
    changes: tuple[Change, ...]
    author: str = ""
    """The name of whoever wrote a note, where it is not the seat's own."""
    teams: tuple[SeatId, ...] = ()
    """The teams that a note is about."""
    objective: str = ""
    """The exercise objective that a note is about: its id."""


@dataclass(frozen=True, slots=True)
class OptionView:
    """One way to answer."""

    id: str
    label: str
    text: str
    open: bool
    terms: tuple[Term, ...]
    effects: tuple[EffectView, ...]


@dataclass(frozen=True, slots=True)
class AskView:
    """A question that waits for this seat (control sees every one)."""

    team: str
    """Who must answer."""
    title: str
    """The title of the card or inject that asks."""
    by: str
    """The team that asks, or 'control'."""
    prompt: str
    secret: bool
    options: tuple[OptionView, ...]
    sender: str = ""
    """Who asks, in the story; empty for a card, and for an inject that names nobody."""
    told: str = ""
    """What the inject that asks tells this team, when not everybody hears it."""


@dataclass(frozen=True, slots=True)
class InjectView:
    """An inject as control sees it."""

    id: str
    title: str
    state: Literal["scheduled", "condition", "hand", "held", "fired", "skipped"]
    round: int
    """The round it is due in, or in which it fired; 0 when it has none."""
    when: str
    """Like 'start', 'end of Play', 'at Congress > 50', 'by hand', 'if play stalls'."""
    read: str
    cue: str
    expects: str
    audience: tuple[str, ...]
    effects: tuple[EffectView, ...]
    contingency: bool
    text: str = ""
    sender: str = ""
    """Who sends it, in the story; may be empty."""
    headline: str = ""
    phase: str = ""
    """The id of the phase it is due in; empty without one."""
    moment: str = "start"
    """Whether it comes when the phase begins or when it closes: start or end."""
    now: str = ""
    """What its condition reads at present, like 'now 31'; empty without one."""
    written: bool = False
    """Whether it was written during the game."""
    short: str = ""
    """Its condition for narrow places, like 'at ≤25'; empty where that says too
    little."""
    facts: tuple[FactView, ...] = ()
    """What it stands for."""


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """What a team scores for, and how it stands."""

    team: str
    text: str
    score: int | None
    """What it would score now; None when that depends on what the seat can't see."""


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase of the round."""

    id: str
    label: str
    minutes: int
    state: Literal["done", "now", "to come"]


@dataclass(frozen=True, slots=True)
class EndView:
    """How the game ended."""

    ending: str
    title: str
    text: str
    scores: tuple[tuple[str, int], ...]
    """Team id and score, in the deck's order."""
    successes: tuple[tuple[str, bool], ...] = ()
    """Team id, and whether it ended as that team would call a success, for the teams
    of which the deck says what would be one, in the deck's order."""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One way to answer, before it is asked."""

    label: str
    effects: tuple[EffectView, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question that a card or inject would put."""

    teams: tuple[str, ...]
    """Ids of the teams it asks."""
    prompt: str
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """What follows from the answers taken together."""

    when: str
    """Like `all say 'Sign'`."""
    text: str
    effects: tuple[EffectView, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """All that a card or inject asks, and what the answers lead to."""

    questions: tuple[QuestionView, ...] = ()
    outcomes: tuple[OutcomeView, ...] = ()


NOTHING_ASKED = Asking()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a move would do now, as far as this seat can know."""

    move: Move
    title: str
    changes: tuple[Change, ...]
    rows: tuple[RowView, ...] = ()
    """The dice it would throw."""
    asks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Lines such as 'Dice decide the rest.' or 'Europe answers first.'"""
    asking: Asking = NOTHING_ASKED
    """What it would ask; of an answer, all that is asked with it."""


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One step that made a number what it is."""

    number: int
    round: int
    title: str
    before: int
    after: int
    seat: SeatId


@dataclass(frozen=True, slots=True)
class Why:
    """The sum behind a number: `start`, then the steps, give `value`."""

    subject: str
    label: str
    start: int
    value: int
    lines: tuple[WhyLine, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """Something that was announced, for the public display."""

    number: int
    """The move that brought it."""
    round: int
    text: str
    """At most a line, fit for large letters."""
    more: str
    """A sentence or two below it; may be empty."""
    team: SeatId = ""
    """Whose card it was, or who is asked; empty for control's."""


@dataclass(frozen=True, slots=True)
class View:
    """All that one seat may know, with its legal moves."""

    seat: SeatId
    deck: str
    title: str
    brief: str
    team_brief: str
    move: int
    """Number of the move this is the view after."""
    round: int
    rounds: int
    round_label: str
    """Like 'Month'."""
    phase: str
    phases: tuple[PhaseView, ...]
    play: Literal["turns", "orders"]
    prompt: str
    """One line: what this seat is to do now, or whom it waits for."""
    to_act: tuple[SeatId, ...]
    """The seats that owe a move now: team ids, or 'control' for the next phase."""
    teams: tuple[TeamView, ...]
    tracks: tuple[TrackView, ...]
    flags: tuple[FlagView, ...]
    hand: tuple[CardView, ...]
    """This team's hand, in the deck's order; empty for control and the display."""
    hands: dict[str, tuple[CardView, ...]]
    """Every team's hand, for control; else only this team's own."""
    laid: tuple[str, ...]
    """Titles of this team's orders that lie face down."""
    asks: tuple[AskView, ...]
    moves: tuple[MoveView, ...]
    """Every move this seat may make now (control: without rulings), in order."""
    log: tuple[LogEntry, ...]
    injects: tuple[InjectView, ...]
    """For control: the schedule. For a team: empty."""
    objectives: tuple[ObjectiveView, ...]
    over: EndView | None
    names: dict[str, str] = field(default_factory=dict)
    """Titles of every id this seat may know of, for texts."""
    headlines: tuple[Headline, ...] = ()
    """For the display: what was announced, the latest last."""


# --- the run of the exercise: beside the moves, and never read by the rules
