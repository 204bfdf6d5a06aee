"""What a study found: the form of it, for whoever shows it.

Everything in it follows from the deck, the seed, the policies and the number of games
alone: no time, no speed and no number of workers, so that the same study gives the same
bytes wherever it ran. Shares run from 0 to 1; intervals are of 95 %.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with Wilson's score interval."""

    count: int
    of: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean or difference with its interval, over `of` independent games or pairs."""

    value: float
    low: float
    high: float
    of: int

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out nought."""
        return self.of > 1 and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number is spread over games."""

    games: int
    mean: float
    deviation: float
    least: int
    p5: int
    p25: int
    median: int
    p75: int
    p95: int
    greatest: int


@dataclass(frozen=True, slots=True)
class EndingStat:
    """How often a game ends so."""

    id: str
    title: str
    share: Share
    by_last_round: int
    """Of these games, those that ended so only because the last round was over."""
    example: int
    """The first game that ended so, or -1."""


@dataclass(frozen=True, slots=True)
class Termination:
    """One way in which games stop, told apart from the others."""

    kind: str
    """'ending' (a condition or effect), 'last round', 'machine' (a limit of the machine
    stopped it)."""
    share: Share
    example: int


@dataclass(frozen=True, slots=True)
class Reached:
    """How often something of the deck was reached."""

    kind: str
    """As `Thing.kind`, 'term' left out."""
    name: str
    text: str
    share: Share
    """Of the games."""
    hits: int
    first_round: int
    example: int
    proof: str = ""
    """For what was never reached: the code of the check that proves that it can't be;
    'by hand' for what only control brings about, which bots never do; or empty."""


@dataclass(frozen=True, slots=True)
class TermSeen:
    """A part of a condition, and what it came to when it was looked at."""

    name: str
    text: str
    held: int
    failed: int


@dataclass(frozen=True, slots=True)
class TrackStat:
    """A track over the rounds."""

    id: str
    label: str
    low: int
    high: int
    """The track's bounds."""
    rounds: tuple[Spread, ...]
    """From the start (0) to the last round that any game reached, as each closed."""
    at_low: Share
    """Of all the rounds' ends of all games: those at the lower bound."""
    at_high: Share


@dataclass(frozen=True, slots=True)
class ChoiceStat:
    """A card or an option as a choice."""

    kind: str
    """'card' or 'option'."""
    name: str
    text: str
    team: str
    """Whose choice it is; of an option that several teams are asked for, the first."""
    offered: int
    """Decisions at which it could be chosen."""
    taken: Share
    """Of these."""
    gain: Estimate | None
    """Points of the team's own score that taking it is worth more than the mean of the
    other legal moves there, from the same positions with the same luck; None when it
    was not measured."""
    better: Share | None
    """Measured positions in which it did at least as well as every other move."""
    verdict: str
    """'' or 'always worth taking', 'never worth taking', 'no effect'."""
    example: int
    waits: float | None = None
    """Of a card: rounds as which closed it still lay in its team's hand, for each time
    it was taken; many for one that others crowd out. None for options, for teams that
    always hold every card, and for what was never taken."""


@dataclass(frozen=True, slots=True)
class TeamStat:
    """A team: its results and its choices."""

    id: str
    name: str
    score: Spread
    best: Share
    """Games in which no team scored more."""
    best_alone: Share
    decisions: float
    """In a game, on average."""
    options: float
    """Legal moves at a decision, on average."""
    forced: Share
    """Decisions with one legal move."""
    few: Share
    """Rounds' decisions with fewer than two moves beside passing."""
    few_options: Share
    """Turns that began with fewer than two cards to play or lay. A turn is a team's
    first decision in the play of a round."""
    success: Share | None
    """Games that ended as the team would call a success; None when the deck does not
    say what would be one."""
    order: Estimate | None
    """Points that the team gains when the teams act in the reverse order, with the same
    seeds; None when order has no meaning."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What the spread of a team's score comes from: first-order Sobol' indices, by
    games played again with the same choices and other luck, and the other way round."""

    team: str
    choice: Estimate
    """Share of the variance that the teams' choices alone explain."""
    luck: Estimate
    """Share that dice and draws alone explain."""
    together: float
    """The rest: what only both together explain."""
    decided: Estimate | None = None
    """Share of the variance that the decisions settle, one by one, each by what it
    changes in what can be expected; dice and draws settle the rest. None when it was
    not measured: it needs the choices measured, and bots that choose at random or
    without any chance."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long it takes."""

    decisions: Spread
    """In a game, by all teams."""
    real: Spread
    """Those of them with more than one legal move."""
    by_round: tuple[tuple[int, float], ...]
    """Each round, and decisions in it, on average over the games that came to it."""
    planned: int
    """Minutes of a whole game by the deck's own plan; 0 for none."""
    minutes: Spread
    """Estimate for games as they were played."""
    per_decision: float
    """Minutes that are reckoned for a decision."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A number of the deck, changed, with the same seeds."""

    path: str
    """Such as 'tracks.us_aid.start' or 'cards.strike.effects[0]'."""
    before: str
    after: str
    games: int
    endings: tuple[tuple[str, Estimate], ...]
    """By how much each ending's share changes."""
    scores: tuple[tuple[str, Estimate], ...]
    """By how much each team's mean score changes."""

    @property
    def weight(self) -> float:
        """The largest change of an ending's share: what levers are ordered by."""
        return max((abs(change.value) for _, change in self.endings), default=0.0)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that two decks differ in, with the same seeds."""

    what: str
    """'ending.ID', 'score.TEAM', 'track.ID', 'success.TEAM', 'rounds' or 'decisions'.
    """
    text: str
    before: float
    after: float
    difference: Estimate

    @property
    def is_share(self) -> bool:
        """Whether it is a share of the games, and no other number."""
        return self.what.startswith(("ending.", "success."))

    @property
    def sure(self) -> bool:
        """Whether it is more than chance."""
        return self.difference.sure


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that an author should look at."""

    kind: str
    """A short name, such as 'never-reached', 'dominated', 'saturated', 'forced'."""
    grade: str
    """'warning' or 'note'."""
    text: str
    command: str
    """What plays an example, alone; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Method:
    """What is needed to do it again."""

    program: str
    rules: int
    deck: str
    version: str
    digest: str
    title: str
    seed: int
    asked: int
    """Games that were wanted."""
    games: int
    """Games that were played: numbers 0 to `games - 1`."""
    policies: tuple[tuple[str, str], ...]
    """Each team and who plays it."""
    command: str
    """What runs this study again."""


@dataclass(frozen=True, slots=True)
class StudyResult:
    """A whole study."""

    method: Method
    endings: tuple[EndingStat, ...]
    terminations: tuple[Termination, ...]
    rounds: Spread
    by_rounds: tuple[tuple[int, int], ...]
    """Each last round and how many games had it."""
    pace: Pace
    reached: tuple[Reached, ...]
    terms: tuple[TermSeen, ...]
    tracks: tuple[TrackStat, ...]
    choices: tuple[ChoiceStat, ...]
    teams: tuple[TeamStat, ...]
    causes: tuple[Cause, ...]
    levers: tuple[Lever, ...]
    """Empty unless sensitivity was asked for."""
    against: tuple[Change, ...]
    """Empty unless another deck was given."""
    remarks: tuple[Remark, ...]
    stopped_early: bool
    """Whether somebody stopped it; then it holds what was done."""
