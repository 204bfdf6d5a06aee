"""Ids in plain fields, such as a card's team, that no table gives."""

from collections.abc import Iterator, Sequence

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot, Trouble
from tabletop.deck.facts import sourced
from tabletop.deck.models import Card, DeckModel, Inject
from tabletop.deck.suggest import Guess, listed, quoted
from tabletop.deck.symbols import Part, known_are

Reference = tuple[str, str, KeyPath]
"""The kind that is wanted, the id that is given, and where it stands."""


def references(analysis: Analysis) -> Iterator[Finding]:
    """Ids of teams, tracks, endings, phases and the like that do not exist."""
    for kind, word, path in _all(analysis):
        if kind in _OWN:
            yield from _OWN[kind](analysis, word, path)
            continue
        try:
            analysis.symbols.require(kind, Part(word, (0, len(word))))
        except Trouble as trouble:
            yield trouble.finding(path)


def _phase(analysis: Analysis, word: str, path: KeyPath) -> Iterator[Finding]:
    phases = analysis.model.rounds.minutes
    if word in phases or not analysis.draft.whole("rounds", "minutes"):
        return
    if word == "play":  # E313 says that it is missing
        return
    message, hint = f"unknown phase {quoted(word)}", f"phases: {listed(phases)}"
    guess = Guess(word, phases)
    if path[-1] == word:  # a key, as in [exercise.say]
        yield Finding("E205", message, Spot(path, part="key"), guess, hint)
    else:
        yield Trouble("E205", message, (0, len(word)), guess, hint).finding(path)


def _objective(analysis: Analysis, word: str, path: KeyPath) -> Iterator[Finding]:
    known = analysis.model.exercise.objectives
    if word in known or not analysis.draft.whole("exercise", "objectives"):
        return
    message = f"unknown objective {quoted(word)}"
    hint = known_are("objectives of the exercise", known)
    guess = Guess(word, known)
    yield Trouble("E210", message, (0, len(word)), guess, hint).finding(path)


def _fact(analysis: Analysis, word: str, path: KeyPath) -> Iterator[Finding]:
    """In a deck that gives no facts a source may be any text."""
    known = analysis.draft.declared.get("facts", ())
    if not known or word in known:
        return
    message, hint = f"unknown fact {quoted(word)}", known_are("facts", known)
    guess = Guess(word, known)
    yield Trouble("E211", message, (0, len(word)), guess, hint).finding(path)


_OWN = {"phase": _phase, "objective": _objective, "fact": _fact}
"""Kinds whose ids are no names in expressions."""


def _all(analysis: Analysis) -> Iterator[Reference]:
    model = analysis.model
    if model.rounds.ending is not None:
        yield "ending", model.rounds.ending, ("rounds", "ending")
    for key, track in model.tracks.items():
        yield from _each("team", track.visible_to, ("tracks", key, "visible_to"))
    for key, flag in model.flags.items():
        yield from _each("team", flag.visible_to, ("flags", key, "visible_to"))
    for key, rule in model.rules.items():
        if rule.track is not None:
            yield "track", rule.track, ("rules", key, "track")
    yield from _of_happenings(analysis)
    yield from _of_exercise(model)
    for path, part in sourced(model) if model.facts else ():
        yield from _each("fact", part.source, (*path, "source"))


def _of_happenings(analysis: Analysis) -> Iterator[Reference]:
    for path, happening in analysis.happenings:
        if isinstance(happening, Card):
            yield "team", happening.team, (*path, "team")
        if isinstance(happening, Inject):
            yield from _each("team", happening.audience, (*path, "audience"))
            if happening.at is not None and happening.at.phase is not None:
                yield "phase", happening.at.phase, (*path, "at", "phase")
        for index, ask in enumerate(happening.ask):
            here = (*path, "ask", index)
            if ask.team is not None:
                yield "team", ask.team, (*here, "team")
            yield from _each("team", ask.teams, (*here, "teams"))


def _of_exercise(model: DeckModel) -> Iterator[Reference]:
    for phase in model.exercise.say:
        yield "phase", phase, ("exercise", "say", phase)
    for key, point in model.checkpoints.items():
        for kind in ("objective", "team", "inject"):
            if (word := getattr(point, kind)) is not None:
                yield kind, word, ("checkpoints", key, kind)


def _each(kind: str, words: Sequence[str] | None, path: KeyPath) -> Iterator[Reference]:
    for index, word in enumerate(words or ()):
        yield kind, word, (*path, index)
