"""What of a study comes first, and what belongs together: for every form alike."""

import shlex
from collections.abc import Callable, Iterator, Sequence

from tabletop.study.again import Again
from tabletop.study.proofs import HAND
from tabletop.study.result import (
    Change,
    ChoiceStat,
    EndingStat,
    Estimate,
    Lever,
    Method,
    Reached,
    Remark,
    StudyResult,
    TermSeen,
)

KINDS = {
    "card": "Cards", "option": "Options", "outcome": "Outcomes", "row": "Dice rows",
    "lasting": "Lasting effects", "rule": "Rules", "inject": "Injects",
    "ending": "Endings",
}  # fmt: skip
"""What is counted, and how it is called."""
ONE = {
    "card": "card", "option": "option", "outcome": "outcome", "row": "dice row",
    "lasting": "lasting effect", "rule": "rule", "inject": "inject", "ending": "ending",
}  # fmt: skip
"""The same for one of them."""
STOPS = {
    "ending": "by an ending's condition or an effect",
    "last round": "the last round was over",
    "machine": "stopped: too much was due at once",
}
"""How games stop, in words."""


def remarks(of: StudyResult) -> list[Remark]:
    """Warnings first."""
    return sorted(of.remarks, key=lambda remark: remark.grade != "warning")


def endings(of: StudyResult) -> list[EndingStat]:
    """From the most frequent one to those that never came."""
    return sorted(of.endings, key=lambda ending: -ending.share.count)


def kinds(of: StudyResult) -> Iterator[tuple[str, list[Reached]]]:
    """Each kind of thing that the deck has, with its things."""
    for kind in KINDS:
        things = [thing for thing in of.reached if thing.kind == kind]
        if things:
            yield kind, things


def never(of: StudyResult) -> list[Reached]:
    """What no game reached: first what can't be reached, last what needs control."""
    order = list(KINDS)
    none = [thing for thing in of.reached if not thing.share.count]
    return sorted(
        none, key=lambda t: (t.proof == HAND, not t.proof, order.index(t.kind))
    )


def why(thing: Reached) -> str:
    """What is known of something beside how often it was reached."""
    if thing.share.count:
        return f"game {thing.example}"
    if thing.proof == HAND:
        return "only by hand"
    return f"can't be: {thing.proof}" if thing.proof else "no proof"


def seldom(of: StudyResult) -> list[Reached]:
    """What fewer than one game in a hundred reached, the rarest first."""
    rare = [t for t in of.reached if t.share.count and t.share.share < 0.01]
    return sorted(rare, key=lambda thing: thing.share.share)


def one_sided(of: StudyResult) -> list[tuple[TermSeen, str]]:
    """Parts of conditions that always came to the same, and to what."""
    return [(term, said) for term in of.terms if (said := sided(term))]


def sided(term: TermSeen) -> str:
    """What is missing of a part of a condition; empty when it was both.

    >>> sided(TermSeen("rules.r.when", "a > 1", 0, 12))
    'never true'
    """
    if term.held and term.failed:
        return ""
    if not (term.held or term.failed):
        return "never looked at"
    return "never false" if term.held else "never true"


def choices(of: StudyResult, kind: str) -> list[ChoiceStat]:
    """Cards or options by team, the most valuable first, those not measured last."""
    teams = [team.id for team in of.teams]

    def place(choice: ChoiceStat) -> tuple[int, bool, float]:
        team = teams.index(choice.team) if choice.team in teams else len(teams)
        gain = choice.gain
        return team, gain is None, -gain.value if gain else -choice.taken.share

    return sorted((c for c in of.choices if c.kind == kind), key=place)


def called(choice: ChoiceStat) -> str:
    """What a choice is called; an option with the card or inject that asks.

    Several cards may well have a 'Refuse'.
    """
    text = choice.text or choice.name
    asker, dot, _ = choice.name.partition(".")
    return f"{text} ({asker})" if choice.kind == "option" and dot else text


def telling(found: Sequence[ChoiceStat]) -> list[ChoiceStat]:
    """The same, those first that an author should look at: those that are always or
    never worth taking, then by what is sure of their worth; no effect at the end."""

    def weight(choice: ChoiceStat) -> tuple[bool, bool, float]:
        gain = choice.gain
        sure = abs(gain.value) if gain and gain.sure else 0.0
        none = choice.verdict == "no effect"
        return none, not choice.verdict, -sure

    return sorted(found, key=weight)


def levers(of: StudyResult) -> list[Lever]:
    """Those first that move an ending most."""
    return sorted(of.levers, key=lambda lever: -lever.weight)


def changes(of: StudyResult) -> list[Change]:
    """What is more than chance first."""
    return sorted(of.against, key=lambda change: not change.sure)


def example(method: Method, game: int | str) -> str:
    """What plays one game of the study alone; GAME may stand for its number."""
    again = Again(deck_word(method), method.seed, method.policies)
    return again.game(0).replace("--only 0", f"--only {game}")


def lever_alone(method: Method, path: str) -> str:
    """What turns one of the deck's numbers alone."""
    again = Again(deck_word(method), method.seed, method.policies)
    more = shlex.join(["--measure", "none", "--vary", path, "--show", "levers"])
    return f"{again.study(method.asked)} {more}"


def deck_word(method: Method) -> str:
    """How the deck was named when the study was asked for."""
    words = shlex.split(method.command)
    return words[2] if len(words) > 2 else method.deck


def last_round(of: StudyResult) -> int:
    """The last round that a tenth of the games came to: what tracks are shown at."""
    most = max((len(track.rounds) for track in of.tracks), default=1) - 1
    enough = of.method.games / 10
    reached = [n for n in range(1, most + 1) if of.tracks[0].rounds[n].games >= enough]
    return max(reached, default=most)


def players(of: StudyResult, name: Callable[[str], str]) -> str:
    """Who plays, in words; `name` gives a team's name by its id."""
    policies = of.method.policies
    names = {policy for _, policy in policies}
    if len(names) == 1:
        return f"every team: {names.pop()}"
    return ", ".join(f"{name(team)}: {policy}" for team, policy in policies)


def team_name(of: StudyResult, id_: str) -> str:
    """A team's name, or its id where it is of another deck; a dash for none."""
    return next((team.name for team in of.teams if team.id == id_), id_ or "–")


def ending_title(of: StudyResult, id_: str) -> str:
    """An ending's title, or its id where it is of another deck; a dash for none."""
    return next((each.title for each in of.endings if each.id == id_), id_ or "–")


NOTHING = Estimate(0.0, 0.0, 0.0, 0)


def strongest(of: Sequence[tuple[str, Estimate]]) -> tuple[str, Estimate]:
    """The ending or team that a number moves most, and by how much; none for none."""
    id_, change = max(of, key=lambda pair: abs(pair[1].value), default=("", NOTHING))
    return (id_ if change.value else "", change)
