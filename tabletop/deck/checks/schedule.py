"""Time: phases, injects, lasting effects and the moments of rules."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.models import Rule
from tabletop.deck.suggest import quoted


def phases(analysis: Analysis) -> Iterator[Finding]:
    """A round in which nobody plays."""
    minutes = analysis.model.rounds.minutes
    if "play" not in minutes and analysis.draft.whole("rounds", "minutes"):
        message = "no phase is called `play`, so nobody could play"
        yield Finding("E313", message, Spot(("rounds", "minutes")))


def injects(analysis: Analysis) -> Iterator[Finding]:
    """Injects after the last round, and those with two kinds of moment."""
    last = analysis.model.rounds.count
    for key, inject in analysis.model.injects.items():
        path = ("injects", key)
        if inject.at is not None and inject.when is not None:
            message = "an inject has either `at` or `when`, not both"
            yield Finding("E307", message, Spot((*path, "when"), part="key"))
        if inject.at is not None and inject.at.round > last:
            message = f"round {inject.at.round} never comes; the last one is {last}"
            yield Finding("E307", message, Spot((*path, "at", "round")))


def hot_washes(analysis: Analysis) -> Iterator[Finding]:
    """Questions for the hot wash of a round that never comes."""
    last = analysis.model.rounds.count
    for key in analysis.model.exercise.hotwash:
        if not (key.isascii() and key.isdecimal() and key[0] != "0"):
            message = f"{quoted(key)} is no round"
        elif len(key) > 3 or int(key) > last:
            message = f"round {quoted(key)[1:-1]} never comes; the last one is {last}"
        else:
            continue
        hint = f"write the number of a round, from 1 to {last}"
        spot = Spot(("exercise", "hotwash", key), part="key")
        yield Finding("E307", message, spot, hint=hint)


def lasting(analysis: Analysis) -> Iterator[Finding]:
    """Lasting effects that nothing would ever stop."""
    for path, happening in analysis.happenings:
        effects = happening.lasting
        if effects is not None and effects.rounds is None and effects.until is None:
            message = "lasting effects need `rounds` or `until`"
            spot = Spot((*path, "lasting"), part="key")
            hint = "say for how many rounds they last, or until when"
            yield Finding("E311", message, spot, hint=hint)


def rules(analysis: Analysis) -> Iterator[Finding]:
    """Rules about bands without a track that has some, and the other way round."""
    for key, rule in analysis.model.rules.items():
        yield from _rule(analysis, ("rules", key), rule)


def _rule(analysis: Analysis, path: KeyPath, rule: Rule) -> Iterator[Finding]:
    if rule.at != "band":
        if rule.track is not None:
            message = '`track` has a meaning only with `at = "band"`'
            yield Finding("E312", message, Spot((*path, "track"), part="key"))
        return
    if rule.track is None:
        message, hint = "the rule watches no track", 'name it: `track = "..."`'
        yield Finding("E312", message, Spot((*path, "at")), hint=hint)
        return
    track = analysis.symbols.ids("track").get(rule.track)
    if track is not None and not track.bands:
        message = f"track `{rule.track}` has no bands"
        yield Finding("E312", message, Spot((*path, "track")))
