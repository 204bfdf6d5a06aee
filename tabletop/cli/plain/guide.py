"""The deck's words for its facilitator, in lines."""

from collections.abc import Iterator, Sequence

from tabletop.cli.text import one_line, prose
from tabletop.session.runview import RunView
from tabletop.session.view import View

NONE = "This deck has no guide, agenda or questions for its facilitator."


def spoken(run: RunView) -> Iterator[str]:
    """What to read out as the phase opens, and what to ask in it."""
    if run.say:
        yield f"Say: {one_line(run.say)}"
    for question in run.asks:
        yield f"Ask: {one_line(question)}"


def guide(view: View, run: RunView) -> Iterator[str]:
    """The agendas, how to run it, and the questions of every hot wash."""
    for name, items in run.agendas:
        yield from _listed(f"Agenda: {name}" if name else "Agenda", items)
    if run.guide:
        yield from prose(run.guide)
        yield ""
    for number, questions in run.hotwash:
        yield from _listed(f"Hot wash of {view.round_label} {number}", questions)
    yield from _listed("At the end", run.questions)


def _listed(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"{one_line(title)}:"
        for item in items:
            yield f"- {one_line(item)}"
        yield ""
