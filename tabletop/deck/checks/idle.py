"""Flags and tracks that nothing reads or changes, and facts that nothing names."""

from collections import Counter
from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.expressions import Effect, Expr, names
from tabletop.deck.facts import citations
from tabletop.deck.models import Flag
from tabletop.deck.reach_env import key_of
from tabletop.deck.reach_flow import Flow
from tabletop.deck.reach_reasons import dotted

Sites = list[tuple[KeyPath, Effect]]
Reads = dict[str, KeyPath]
"""For each track or flag that is read: where first."""


def flags(analysis: Analysis) -> Iterator[Finding]:
    """Flags that are set for nothing, or waited for in vain."""
    reads = _reads(analysis, "flag")
    for key, flag in analysis.model.flags.items():
        sites = analysis.causes.sites.get(f"<flag {key}>", [])
        spot = Spot(("flags", key), part="header")
        if not sites:
            yield _never_set(key, spot, reads.get(key))
        elif key not in reads:
            message = f"flag `{key}` is set, but nothing reads it"
            related = ((Spot(sites[0][0]), "it is set here"),)
            yield Finding("W403", message, spot, related=related)
        else:
            yield from _one_way(key, flag, sites, reads[key])


def _never_set(key: str, spot: Spot, read: KeyPath | None) -> Finding:
    if read is None:
        return Finding("W403", f"nothing sets or reads flag `{key}`", spot)
    message = f"flag `{key}` is read, but nothing sets it"
    hint = f"an effect sets it: `{key} = true`"
    return Finding(
        "W403", message, spot, hint=hint, related=((Spot(read), "it is read here"),)
    )


def _one_way(key: str, flag: Flag, sites: Sites, read: KeyPath) -> Iterator[Finding]:
    """A flag that every effect leaves as it starts."""
    values = [effect.value for _, effect in sites if effect.value is not None]
    if all(v.op == "const" and v.value == int(flag.start) for v in values):
        done = "set" if flag.start else "cleared"
        message = f"flag `{key}` is only ever {done}, and starts so"
        related = (
            (Spot(sites[0][0]), f"it is {done} here"),
            (Spot(read), "it is read here"),
        )
        spot = Spot(("flags", key), part="header")
        yield Finding("W403", message, spot, related=related)


def tracks(analysis: Analysis) -> Iterator[Finding]:
    """Tracks that never change, and those that nothing depends on."""
    reads = _reads(analysis, "track")
    for key in analysis.model.tracks:
        sites = analysis.causes.sites.get(f"<track {key}>", [])
        spot = Spot(("tracks", key), part="header")
        if not sites and key not in reads:
            yield Finding("W404", f"nothing changes or reads track `{key}`", spot)
        elif not sites:
            related = ((Spot(reads[key]), "it is read here"),)
            message = f"nothing changes track `{key}`"
            yield Finding("W404", message, spot, related=related)
        elif key not in reads:
            message = f"track `{key}` changes, but nothing depends on it"
            hint = "no condition, amount, score or rule reads it"
            yield Finding("W404", message, spot, hint=hint)


def without_effect(analysis: Analysis) -> Iterator[Finding]:
    """Tracks that something reads, and that yet decide no ending, score or play."""
    reads = _reads(analysis, "track")
    matters = influential(analysis)
    for key in analysis.model.tracks:
        changes = f"<track {key}>" in analysis.causes.sites
        if changes and key in reads and f"<track {key}>" not in matters:
            message = f"track `{key}` never decides an ending, a score or a choice"
            spot = Spot(("tracks", key), part="header")
            related = ((Spot(reads[key]), f"`{dotted(reads[key])}` reads it"),)
            yield Finding("W404", message, spot, related=related, confidence="guess")


def influential(analysis: Analysis) -> frozenset[str]:
    """Names that endings, scores, points, turns or choices depend on in the end."""
    return Flow.of(analysis).behind(Flow.decisive)


def facts(analysis: Analysis) -> Iterator[Finding]:
    """Facts that nothing of the deck stands for."""
    for key, places in citations(analysis.model).items():
        if not places:
            message = f"nothing names fact `{key}` as its source"
            hint = f'a card, track, rule or ending does: `source = ["{key}"]`'
            spot = Spot(("facts", key), part="header")
            yield Finding("W411", message, spot, hint=hint)


def _reads(analysis: Analysis, kind: str) -> Reads:
    """Where each track or flag is first read, by something else than its own change."""
    found: Reads = {}
    for path, expr in analysis.texts.exprs.items():
        for key in _named(expr, kind):
            found.setdefault(key, path)
    for path, effect in analysis.each_effect():
        own = key_of(effect.target) if effect.target is not None else ""
        for key in _named(effect.value, kind) if effect.value is not None else ():
            if own != f"<{kind} {key}>":
                found.setdefault(key, path)
    for id_, rule in analysis.model.rules.items():
        if kind == "track" and rule.track is not None:
            found.setdefault(rule.track, ("rules", id_, "track"))
    return found


def _named(expr: Expr, kind: str) -> Counter[str]:
    kinds = (kind, "band") if kind == "track" else (kind,)
    return Counter(name.ids[0] for name, _ in names(expr) if name.kind in kinds)
