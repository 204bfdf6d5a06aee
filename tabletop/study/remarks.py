"""What an author should look at first, each with what plays an example of it alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tabletop.deck.suggest import listed
from tabletop.study.again import Again
from tabletop.study.proofs import HAND
from tabletop.study.result import (
    Cause,
    ChoiceStat,
    EndingStat,
    Estimate,
    Pace,
    Reached,
    Remark,
    Spread,
    StudyResult,
    TeamStat,
    Termination,
    TermSeen,
    TrackStat,
)

COMMON, RARE = 0.8, 0.01
"""An ending is remarked on that comes in more of the games, or in less of them."""
STUCK = 0.25
"""A track is that stands at a bound at more of the rounds' ends."""
FORCED = 0.5
"""A team is that has no choice in more of its decisions."""
FEW_OPTIONS = 0.05
"""A team is that begins more of its turns with fewer than two cards to play."""
LATE = 0.5
"""The last round is when it alone ends more of the games."""
STRONG = 0.75
"""A team is that surely scores most in more of the games."""
LUCKY = 0.8
"""Luck is when it surely settles more of a score."""
STEADY = ("first", "greedy")
"""Bots that always decide alike: where all do, only luck can tell games apart."""
ORDER = 0.1
"""The order of turns is when a team gains more by it than that of its score's
deviation."""
LOOKED = 100
"""A part of a condition is when it was looked at so often and never changed."""
KINDS = {
    "card": "cards", "option": "options", "outcome": "outcomes", "row": "dice rows",
    "lasting": "lasting effects", "rule": "rules", "inject": "injects",
    "ending": "endings",
}  # fmt: skip


@dataclass(frozen=True)
class Writer:
    """Writes the remarks on one result."""

    result: StudyResult
    again: Again
    examples: Mapping[str, int]
    """Games to show, by what they show: see `replays.Replays.examples`."""
    longest: int
    """The game with the most decisions, or -1."""

    def remarks(self) -> tuple[Remark, ...]:
        """All of them: warnings first."""
        result = self.result
        if not result.method.games:
            return ()
        found = [
            *self._terminations(result.terminations),
            *self._never(result.reached),
            *self._endings(result.endings),
            *self._teams(result.teams),
            *self._causes(result.causes),
            *self._choices(result.choices),
            *self._tracks(result.tracks),
            *self._pace(result.pace),
            *self._terms(result.terms),
        ]
        return tuple(sorted(found, key=lambda remark: remark.grade != "warning"))

    def _note(self, kind: str, text: str, game: int = -1) -> Remark:
        return Remark(kind, "note", text, self.again.game(game))

    def _terminations(self, found: Sequence[Termination]) -> Iterator[Remark]:
        for each in found:
            if each.kind == "machine" and each.share.count:
                text = (
                    f"The machine itself stopped {_games(each.share.count)}: something"
                    " goes on without end."
                )
                yield Remark("stopped", "warning", text, self.again.game(each.example))
            elif each.kind == "last round" and each.share.share > LATE:
                text = f"{_percent(each.share.share)} of the games end only because the"
                example = self._late() if each.example < 0 else each.example
                yield self._note("last-round", f"{text} last round is over.", example)

    def _late(self) -> int:
        """A game that came to an ending that mostly the last round brings."""
        endings = [e for e in self.result.endings if e.by_last_round]
        most = max(endings, key=lambda e: e.by_last_round / e.share.count, default=None)
        return most.example if most else -1

    def _never(self, found: Sequence[Reached]) -> Iterator[Remark]:
        games = self.result.method.games
        for kind, plural in KINDS.items():
            never = [
                each
                for each in found
                if each.kind == kind and not each.share.count and each.proof != HAND
            ]
            proved = [f"{e.name} ({e.proof})" for e in never if e.proof]
            if proved:
                text = f"No game can reach these {plural}: {listed(proved)}."
                yield Remark("unreachable", "warning", text, self.again.check())
            others = [e.name for e in never if not e.proof]
            if others:
                text = (
                    f"Never reached in {games:,} games, although nothing is known that"
                    f" rules it out: {plural} {listed(others)}."
                )
                more = self.again.cover(games)
                yield Remark("never-reached", "warning", text, more)

    def _endings(self, found: Sequence[EndingStat]) -> Iterator[Remark]:
        for each in found:
            share = each.share
            if len(found) > 1 and share.low > COMMON:
                text = f"{_percent(share.share)} of the games end with '{each.title}'."
                yield self._note("one-ending", text, each.example)
            elif share.count and share.high < RARE:
                text = f"'{each.title}' came in {_games(share.count)} of {share.of:,}."
                yield self._note("rare-ending", text, each.example)

    def _teams(self, found: Sequence[TeamStat]) -> Iterator[Remark]:
        for each in found:
            if each.forced.low > FORCED:
                share = _percent(each.forced.share)
                text = f"{each.name} has no choice in {share} of its decisions."
                yield self._note("forced", text, 0)
            few = each.few_options
            if few.share > FEW_OPTIONS:
                text = (
                    f"{each.name} begins {_percent(few.share)} of its turns with fewer"
                    f" than two cards to play (95 % interval {100 * few.low:.1f} to"
                    f" {100 * few.high:.1f} %)."
                )
                yield self._note("few-options", text, 0)
            if len(found) > 1 and each.best_alone.low > STRONG:
                share = _percent(each.best_alone.share)
                text = f"{each.name} alone scores most in {share} of the games."
                example = self.examples.get(f"best.{each.id}", -1)
                yield self._note("strong-team", text, example)
            if each.order is not None and _weighs(each.order, each.score):
                gain = each.order.value
                text = (
                    f"The order of turns matters: {each.name} scores {abs(gain):.1f}"
                    f" {'more' if gain > 0 else 'less'} when it is reversed."
                )
                yield self._note("order", text)

    def _causes(self, found: Sequence[Cause]) -> Iterator[Remark]:
        if all(policy in STEADY for _, policy in self.result.method.policies):
            return
        names = {team.id: team.name for team in self.result.teams}
        for each in found:
            decided = each.decided
            if decided is not None and 1 - decided.high > LUCKY:
                text = (
                    f"Dice and draws settle {_percent(1 - decided.value)} of"
                    f" {names[each.team]}'s score, decisions the rest."
                )
                yield self._note("luck", text, 0)

    def _choices(self, found: Sequence[ChoiceStat]) -> Iterator[Remark]:
        for each in found:
            if each.verdict:
                kind = "no-effect" if each.verdict == "no effect" else "dominated"
                has = "has" if kind == "no-effect" else "is"
                gain = "" if each.gain is None else f" ({_points(each.gain)})"
                what = f"{each.kind.capitalize()} {each.name} '{each.text}'"
                text = f"{what} {has} {each.verdict}{gain}."
                yield self._note(kind, text, each.example)
            elif each.offered >= LOOKED and not each.taken.count:
                text = (
                    f"{each.kind.capitalize()} {each.name} '{each.text}' was offered"
                    f" {each.offered:,} times and never taken."
                )
                yield self._note("ignored", text)

    def _tracks(self, found: Sequence[TrackStat]) -> Iterator[Remark]:
        for each in found:
            for side, share, bound in (
                ("low", each.at_low, each.low), ("high", each.at_high, each.high),
            ):  # fmt: skip
                if share.share > STUCK:
                    text = (
                        f"{each.label} stands at its bound {bound} at the end of"
                        f" {_percent(share.share)} of the rounds."
                    )
                    example = self.examples.get(f"{side}.{each.id}", -1)
                    yield self._note("saturated", text, example)

    def _pace(self, pace: Pace) -> Iterator[Remark]:
        if pace.planned and pace.minutes.p95 > pace.planned:
            text = (
                f"One game in twenty takes {pace.minutes.p95} minutes or more; the"
                f" deck plans {pace.planned}."
            )
            yield self._note("long", text, self.longest)

    def _terms(self, found: Sequence[TermSeen]) -> Iterator[Remark]:
        for word, one_sided in (
            ("never held", [t for t in found if not t.held and t.failed >= LOOKED]),
            ("always held", [t for t in found if not t.failed and t.held >= LOOKED]),
        ):
            if one_sided:
                names = listed([f"{term.name} ({term.text})" for term in one_sided])
                text = f"Parts of conditions that {word}: {names}."
                yield self._note("one-sided", text)


def _weighs(order: Estimate, score: Spread) -> bool:
    """Whether the order of turns surely matters to a team, and not only a little."""
    return order.sure and abs(order.value) > ORDER * score.deviation


def _points(gain: Estimate) -> str:
    """What a choice is worth, with its interval."""
    return (
        f"{gain.value:+.1f} points, 95 % interval {gain.low:+.1f} to {gain.high:+.1f}"
    )


def _games(count: int) -> str:
    return f"{count:,} game{'' if count == 1 else 's'}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
