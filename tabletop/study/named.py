"""The figures of a study's result under the names that a condition may use."""

from dataclasses import dataclass
from math import nan, sqrt

from tabletop.engine.statistics import Z
from tabletop.study.proofs import HAND
from tabletop.study.result import Estimate, Share, Spread, StudyResult

Figure = Share | Estimate | Spread | float | None


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a result, with its 95 % interval where it has one."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, found: Figure) -> "Value":
        """A figure; None is one that was not measured, with which no comparison holds.

        Of a spread it is the mean.
        """
        if found is None:
            return cls(nan, nan, nan)
        if isinstance(found, Share):
            return cls(found.share, found.low, found.high)
        if isinstance(found, Estimate):
            return cls(found.value, found.low, found.high)
        if isinstance(found, Spread):
            room = Z * found.deviation / sqrt(found.games) if found.games else 0.0
            return cls(found.mean, found.mean - room, found.mean + room)
        return cls(float(found), float(found), float(found))


NAMES = {
    "games": "games that were played",
    "stopped_early": "1 when somebody stopped the study, else 0",
    "never_reached": "cards, options, outcomes, dice rows, lasting effects, rules,"
    " injects and endings that no game reached, without what control alone brings",
    "unreachable": "those of them that no game can reach, as `check` proves",
    "warnings": "remarks that are warnings",
    "notes": "all other remarks",
    "last_round": "share of the games that only the last round ended",
    "machine": "share of the games that the machine stopped itself",
    "rounds": "rounds of a game, on average",
    "decisions": "decisions in a game, on average",
    "real_decisions": "those of them with more than one legal move",
    "minutes": "minutes of a game as estimated, on average",
    "ending.ID": "share of the games with this ending; so are card.ID, rule.ID,"
    " inject.ID and lasting.ID, and option.CARD.OPTION",
    "taken.CARD": "share of the decisions at which it was taken when it could be; also"
    " taken.CARD.OPTION",
    "gain.CARD": "points that taking it is worth; also gain.CARD.OPTION",
    "score.TEAM": "a team's score, on average",
    "best.TEAM": "share of the games in which no team scored more",
    "wins.TEAM": "share of the games in which every other team scored less",
    "success.TEAM": "share of the games that a team would call a success, where the"
    " deck says what would be one",
    "few_options.TEAM": "share of a team's turns that begin with fewer than two cards"
    " to play",
    "forced.TEAM": "share of a team's decisions with one legal move",
    "order.TEAM": "points that the reverse order of turns gives a team",
    "choice.TEAM": "share of a score's variance that choices alone explain",
    "luck.TEAM": "share of a score's variance that luck alone explains",
    "decided.TEAM": "share of it that decisions settle one by one; luck the rest",
    "at_low.TRACK": "share of the rounds' ends with the track at its lower bound",
    "at_high.TRACK": "the same for its upper bound",
    "change.ending.ID": "with --against: by how much it changed; also"
    " change.success.TEAM, change.score.TEAM, change.track.ID, change.rounds,"
    " change.decisions",
}
"""What a condition may name, and what that is."""


def values(result: StudyResult) -> dict[str, Value]:
    """Every figure that a condition may name."""
    found: dict[str, Figure] = {}
    found.update(_whole(result))
    for each in result.reached:
        found[f"{each.kind}.{each.name}"] = each.share
    for choice in result.choices:
        found[f"taken.{choice.name}"] = choice.taken
        found[f"gain.{choice.name}"] = choice.gain
    for team in result.teams:
        found[f"score.{team.id}"] = team.score
        found[f"best.{team.id}"] = team.best
        found[f"wins.{team.id}"] = team.best_alone
        if team.success is not None:
            found[f"success.{team.id}"] = team.success
        found[f"few_options.{team.id}"] = team.few_options
        found[f"forced.{team.id}"] = team.forced
        found[f"order.{team.id}"] = team.order
    for cause in result.causes:
        found[f"choice.{cause.team}"] = cause.choice
        found[f"luck.{cause.team}"] = cause.luck
        found[f"decided.{cause.team}"] = cause.decided
    for track in result.tracks:
        found[f"at_low.{track.id}"] = track.at_low
        found[f"at_high.{track.id}"] = track.at_high
    for change in result.against:
        found[f"change.{change.what}"] = change.difference
    return {name: Value.of(figure) for name, figure in found.items()}


def _whole(result: StudyResult) -> dict[str, Figure]:
    """The figures of the whole study."""
    never = [
        each for each in result.reached if not each.share.count and each.proof != HAND
    ]
    grades = [remark.grade for remark in result.remarks]
    stops = {each.kind: each.share for each in result.terminations}
    return {
        "games": result.method.games,
        "stopped_early": int(result.stopped_early),
        "never_reached": len(never),
        "unreachable": sum(bool(each.proof) for each in never),
        "warnings": grades.count("warning"),
        "notes": len(grades) - grades.count("warning"),
        "last_round": stops["last round"],
        "machine": stops["machine"],
        "rounds": result.rounds,
        "decisions": result.pace.decisions,
        "real_decisions": result.pace.real,
        "minutes": result.pace.minutes,
    }
