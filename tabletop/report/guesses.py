"""What a person would have done beside what a team did, as text and as one HTML page.

Holds nothing that the team's seat may not know; always the same bytes for the same
answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from tabletop.report.html import Markup, table, tag
from tabletop.report.style import style


@dataclass(frozen=True, slots=True)
class Guess:
    """One decision, answered twice: by whoever sat in the seat now, and by the team."""

    move: int
    """The number of the team's move."""
    round: int
    ours: str
    theirs: str
    intent: str
    """What the team wrote with its move; may be empty."""
    same: bool
    our_score: float | None = None
    """The score that ours promised, by playouts; None where it was not measured."""
    their_score: float | None = None
    off: float = 0.0
    """Half of the 95 % interval of the difference of the two."""


@dataclass(frozen=True)
class Guesses:
    """Every answer of one sitting."""

    title: str
    """The deck's."""
    team: str
    round_label: str
    decisions: int
    """How many there were."""
    made: Sequence[Guess]
    playouts: int = 0
    """Behind each score; 0 when nothing was measured."""
    method: str = ""
    """How the scores were measured."""

    @property
    def same(self) -> int:
        """How often both chose the same."""
        return sum(guess.same for guess in self.made)

    @property
    def measured(self) -> Sequence[Guess]:
        """Those with a score for both."""
        return [
            guess
            for guess in self.made
            if guess.our_score is not None and guess.their_score is not None
        ]

    @property
    def gained(self) -> tuple[float, float]:
        """What ours promised more than theirs, in all, and half of its 95 % interval.

        Differences of decisions are taken as independent, so their variances add.
        """
        found = self.measured
        ours = sum(g.our_score or 0.0 for g in found)
        theirs = sum(g.their_score or 0.0 for g in found)
        return ours - theirs, sqrt(sum(g.off**2 for g in found))

    def sentences(self) -> list[str]:
        """The totals, in words."""
        answered, skipped = len(self.made), self.decisions - len(self.made)
        said = [
            f"You answered {answered} of {self.decisions} decisions of {self.team}"
            + (f" and left {skipped} out." if skipped else "."),
            f"In {self.same} of them you chose as they did.",
        ]
        if self.measured:
            gain, off = self.gained
            way = "more" if gain >= 0 else "less"
            many = len(self.measured)
            said.append(
                f"Over the {many} that were measured, your moves promised "
                f"{abs(gain):.1f} points {way} than theirs, give or take {off:.1f}."
            )
        return said


HEAD = ("", "move", "yours", "theirs", "same", "you could expect", "they")


def cells(guesses: Guesses, guess: Guess) -> tuple[str, ...]:
    """One decision as the cells of a row."""
    return (
        f"{guesses.round_label} {guess.round}", str(guess.move), guess.ours,
        guess.theirs, "yes" if guess.same else "no", score(guess.our_score),
        score(guess.their_score),
    )  # fmt: skip


def score(value: float | None) -> str:
    """A score to be expected; a dash where nothing was measured."""
    return "-" if value is None else f"{value:.1f}"


def as_text(guesses: Guesses) -> str:
    """Everything as plain text, its table in columns."""
    rows = [HEAD, *(cells(guesses, guess) for guess in guesses.made)]
    plain = [[_row(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
    lines = [f"{guesses.title}: {guesses.team}, as you would have", ""]
    lines += [*guesses.sentences(), ""]
    for row in plain:
        columns = (f"{cell:<{size}}" for cell, size in zip(row, widths, strict=True))
        lines.append("  ".join(columns).rstrip())
    intents = [g for g in guesses.made if g.intent]
    if intents:
        lines += ["", "What the team meant", ""]
        lines += [
            f"{g.move}  {g.theirs}: {' '.join(g.intent.split())}" for g in intents
        ]
    if guesses.measured:
        lines += ["", f"Each score is from {guesses.playouts:,} playouts.", ""]
        lines += [guesses.method]
    return "\n".join(lines) + "\n"


def _row(words: str) -> str:
    """Words on one line."""
    return " ".join(words.split())


def as_html(guesses: Guesses) -> str:
    """Everything as one page that needs nothing from anywhere."""
    title = f"{guesses.title}: {guesses.team}, as you would have"
    parts: list[Markup] = [tag("h1", title), tag("p", " ".join(guesses.sentences()))]
    parts.append(table(HEAD, [cells(guesses, guess) for guess in guesses.made]))
    intents = [g for g in guesses.made if g.intent]
    if intents:
        parts.append(tag("h2", "What the team meant"))
        rows = [(str(g.move), g.theirs, g.intent) for g in intents]
        parts.append(table(("move", "played", "meant"), rows))
    if guesses.measured:
        parts.append(tag("h2", "How the scores are measured"))
        parts.append(tag("p", f"Each is from {guesses.playouts:,} playouts."))
        parts += [tag("p", part) for part in guesses.method.split("\n\n")]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("title", title),
        tag("style", Markup(style("a4"))),
    )
    whole = tag(
        "html", head, "\n", tag("body", *((p, "\n") for p in parts)), lang="und"
    )
    return f"<!DOCTYPE html>\n{whole}\n"
