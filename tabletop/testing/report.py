"""What came of deck tests, for people: a line for each, and failures in full.

Names and messages hold text of decks and tests: it is shown as it is, but control
characters in it never reach the terminal. No line depends on how long a test took.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tabletop.deck.diagnostics import Diagnostic
from tabletop.deck.display import safe
from tabletop.deck.render import Frame, Paint
from tabletop.testing.results import Coverage, Covered, Failure, Outcome, Run

MOST_EVENTS = 12
"""Lines of the log before a failure that are shown; the latest are."""


def one_line(outcome: Outcome) -> str:
    """A test in one line: 'file:line:column: failed[test]: name: message'."""
    name, failure = bare(outcome.kind, outcome.name), outcome.failure
    if failure is None:
        return safe(f"{outcome.file}:{outcome.line}: passed[{outcome.kind}]: {name}")
    return safe(f"{failure.place}: failed[{outcome.kind}]: {name}: {failure.message}")


def named(outcome: Outcome) -> str:
    """What a test is called, on one line."""
    return " ".join(outcome.name.split())


def bare(kind: str, name: str) -> str:
    """What a test is called where its kind is told as well.

    >>> bare("always", "always: water <= 100")
    'water <= 100'
    """
    return " ".join(name.removeprefix(f"{kind}: ").split())


def status(outcome: Outcome, paint: Paint) -> str:
    """A test in a line beneath the name of its file, with what was measured."""
    mark = paint("good", "ok    ") if outcome.passed else paint("error", "FAILED")
    found = f"  ({outcome.found[0]})" if outcome.passed and outcome.found else ""
    return f"  {mark} {safe(named(outcome))}{paint('frame', safe(found))}"


def details(outcome: Outcome, paint: Paint) -> Iterator[str]:
    """What was found by a test that passed, such as the moves that lead somewhere."""
    if outcome.passed:
        yield from (f"           {safe(line)}" for line in outcome.found[1:])
        if outcome.found and outcome.reproduce:
            yield f"           {paint('hint', 'again:')} {safe(outcome.reproduce)}"


def failed(outcome: Outcome, paint: Paint) -> Iterator[str]:
    """A failure in full; nothing for a test that passed."""
    failure = outcome.failure
    if failure is None:
        return
    head = paint("error", f"failed[{outcome.kind}]")
    yield f"{head}: {paint('strong', safe(bare(outcome.kind, outcome.name)))}"
    margin = len(str(failure.place.line))
    yield from Frame(margin, paint).excerpt(
        failure.place, failure.message, "error", "-->"
    )
    if not failure.place.line:
        yield f"{' ' * margin} {paint('frame', '=')} {safe(failure.message)}"
    for label, lines in _parts(outcome, failure):
        yield from _labelled(label, lines, margin, paint)


def _parts(outcome: Outcome, failure: Failure) -> Iterator[tuple[str, list[str]]]:
    events = list(failure.events[-MOST_EVENTS:])
    if len(failure.events) > MOST_EVENTS:
        events.insert(0, "...")
    yield "differs", list(failure.difference)
    yield "because" if outcome.kind == "file" else "refused", list(failure.reasons)
    yield "before it", events
    yield "found", list(outcome.found)
    yield "help", [failure.hint] if failure.hint else []
    yield "again", [outcome.reproduce] if outcome.reproduce else []


def _labelled(label: str, lines: list[str], margin: int, paint: Paint) -> Iterator[str]:
    """Lines behind their label, beneath each other."""
    bar = f"{' ' * margin} {paint('frame', '=')}"
    for place, line in enumerate(lines):
        for more, part in enumerate(line.splitlines() or [""]):
            said = f"{label}:" if place == more == 0 else " " * (len(label) + 1)
            style = "hint" if place == more == 0 else "frame"
            yield f"{bar} {paint(style, said)} {safe(part)}".rstrip()


def summary(run: Run, left_out: int = 0) -> str:
    """The last line: how many there were, and what became of them."""
    total = len(run.outcomes)
    tests = f"{total:,} test{'' if total == 1 else 's'}"
    passed = total - run.failed
    parts = [f"{passed:,} passed"] if passed else []
    parts += [f"{run.failed:,} failed"] if run.failed else []
    parts += [f"{left_out:,} not run"] if left_out else []
    return f"{tests}: {', '.join(parts)}" if parts else tests


def file_problems(
    path: Path | str, diagnostics: Iterable[Diagnostic]
) -> Iterator[Outcome]:
    """What is wrong with a test file, as tests that failed."""
    for found in diagnostics:
        caption = f" ({found.caption})" if found.caption else ""
        others = tuple(f"{other.place}: {other.caption}" for other in found.related)
        message = f"{found.message}{caption}"
        failure = Failure(found.place, message, (), others, (), found.hint)
        name = f"{found.code} {found.name}"
        yield Outcome(name, "file", str(path), found.place.line, failure, 0.0)


# --- coverage

KINDS = {
    "card": "cards", "option": "options", "row": "rows", "outcome": "outcomes",
    "lasting": "lasting", "rule": "rules", "inject": "injects", "ending": "endings",
    "term": "terms",
}  # fmt: skip
"""Kinds of things and what many of them are called, in the order of reports."""
SHOWN = 20
"""Things of a kind that are named as missing; the others are counted."""


def percent(share: float) -> str:
    """A share in percent, never rounded up to what it is not.

    >>> percent(1), percent(0.99999), percent(2 / 3)
    ('100 %', '99.9 %', '66.6 %')
    """
    tenths = int(share * 1000 + 1e-9)
    return f"{tenths // 10}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"


def coverage(found: Coverage, paint: Paint, most: int = SHOWN) -> Iterator[str]:
    """How much of a deck its tests reach, and what they don't."""
    yield paint("strong", safe(f"Coverage of {found.deck}"))
    for kind, many in KINDS.items():
        things = [thing for thing in found.things if thing.kind == kind]
        if not things:
            continue
        covered = sum(not thing.missing for thing in things)
        yield f"  {many:<9}{_of(covered, len(things))}"
    most_of = [thing for thing in found.things if thing.kind != "term"]
    covered = sum(not thing.missing for thing in most_of)
    yield f"  {'together':<9}{_of(covered, len(most_of))}  (terms not counted)"
    for kind, many in KINDS.items():
        things = [t for t in found.things if t.kind == kind and t.missing]
        for thing in things[:most]:
            yield paint("warning", f"  {lacking(thing)}")
        if len(things) > most:
            yield f"  and {len(things) - most:,} more of {many}"


def _of(covered: int, total: int) -> str:
    """So many of so many, in percent; all of nothing."""
    share = percent(covered / total if total else 1.0)
    return f"{covered:>5} of {total:<5}{share:>8}"


def missing(found: Coverage) -> Iterator[str]:
    """All that tests don't reach, a line each."""
    for kind in KINDS:
        for thing in found.things:
            if thing.kind == kind and thing.missing:
                yield lacking(thing)


def lacking(thing: Covered) -> str:
    """What is missing of a thing, in one line with its place."""
    at = f"{thing.place}: " if thing.place else ""
    text = f" ({' '.join(thing.text.split())})" if thing.text else ""
    return safe(f"{at}{thing.kind} {thing.name}: {thing.missing}{text}")
