"""A comparison as a page: the same sections as in a terminal, with charts."""

from collections.abc import Iterable, Sequence

from tabletop.report.aar.times import length
from tabletop.report.blocks import (
    Block,
    Cell,
    Drawing,
    Grid,
    Para,
    Part,
    Report,
    Section,
    Span,
    Stack,
    Text,
    muted,
    strong,
)
from tabletop.report.comparing.comparison import Came, Comparison, Options, Parted
from tabletop.report.comparing.drawing import charts, rows_of
from tabletop.session.successes import HEADING
from tabletop.session.view import CONTROL, PUBLIC

NONE = "–"


def report_of(of: Comparison) -> Report:
    """The whole page."""
    sections = (
        Section("How it ended", (endings(of), *scores(of), *successes(of))),
        Section("Where the tracks parted", tuple(tracks(of))),
        Section("Who chose what", tuple(decisions(of))),
        Section("Answers to the same question", tuple(questions(of))),
        Section("Cards and injects", tuple(what_came(of))),
        Section("Time and rulings", (times(of),)),
    )
    kept = tuple(each for each in sections if each.blocks)
    return Report("Groups compared", of.title, reader(of), tuple(facts(of)), kept)


def reader(of: Comparison) -> str:
    """For whom the page is."""
    if of.seat == CONTROL:
        return "For the facilitator only: holds every secret"
    if of.seat == PUBLIC:
        return "For everybody"
    return f"For {dict(of.teams)[of.seat]} only"


def facts(of: Comparison) -> Iterable[tuple[str, Cell]]:
    """What stands first."""
    legend = tuple((strong(group.letter), f"  {group.title}") for group in of.groups)
    yield "Groups", Stack(legend)
    versions = sorted({group.version for group in of.groups})
    yield "Deck", f"{of.title}, version {', '.join(versions)}"
    if of.differs:
        yield "Differences", Stack(of.differs)
    yield "Checked", "every move of each save played again, every state as recorded"


# --- endings, scores, tracks


def heads(of: Comparison, first: str) -> tuple[str, ...]:
    """A first column, then one for each group."""
    return (first, *(group.letter for group in of.groups))


def endings(of: Comparison) -> Block:
    """How each game ended."""
    rows = tuple(
        (
            strong(group.letter), group.title, group.ending_title or "not ended",
            f"{of.round_label} {group.rounds} of {of.rounds}", str(group.moves),
        )
        for group in of.groups
    )  # fmt: skip
    return Grid(("", "Group", "Ending", "Came to", "Moves"), rows)


def scores(of: Comparison) -> Iterable[Block]:
    """What each team scored, where the seat may know it."""
    known = [
        (name, [group.scores.get(team) for group in of.groups])
        for team, name in of.teams
    ]
    rows = tuple(
        (name, *map(counted, values))
        for name, values in known
        if any(value is not None for value in values)
    )
    if rows:
        yield Part("Scores", (Grid(heads(of, "Team"), rows),))


def successes(of: Comparison) -> Iterable[Block]:
    """Who had what it wanted, of the teams of which a deck says what that is."""
    rows = tuple(
        (name, *(judged(group.successes.get(team)) for group in of.groups))
        for team, name in of.teams
        if any(team in group.successes for group in of.groups)
    )
    if rows:
        yield Part(HEADING, (Grid(heads(of, "Team"), rows),))


def judged(success: bool | None) -> Cell:  # noqa: FBT001
    """Whether a team had what it wanted, in a sign and a word; or a sign for none."""
    if success is None:
        return NONE
    return Span("✓ success", "good") if success else Span("✗ no", "bad")


def counted(value: int | None) -> str:
    """A number, or a sign for none."""
    return NONE if value is None else str(value).replace("-", "−")


def tracks(of: Comparison) -> Iterable[Block]:
    """Charts of every track, then their numbers."""
    if not of.tracks:
        return
    yield Para(muted(
        f"Each track at the end of each {of.round_label.lower()}, a line for each"
        " group; those stand first whose groups were furthest apart, for their range."
        " The dotted line is where they were."
    ))  # fmt: skip
    for row in rows_of(of.tracks):
        yield Drawing(charts(of, row))
    rows = tuple(
        (
            each.label,
            *(counted(v[-1]) if v else NONE for v in each.values),
            apart(of, each),
        )
        for each in of.tracks
    )
    head = (*heads(of, "Track, at the end"), "Furthest apart")
    yield Part("In numbers", (Grid(head, rows),))


def last(of: Parted) -> Iterable[str]:
    """A track's last value in each group."""
    return (counted(each[-1] if each else None) for each in of.values)


def apart(of: Comparison, track: Parted) -> str:
    """When a track was furthest apart, and between what."""
    if not track.round:
        return "never apart"
    least, most = counted(track.least), counted(track.most)
    return f"{of.round_label} {track.round}: {least} to {most}"


# --- choices


def decisions(of: Comparison) -> Iterable[Block]:
    """Every decision, by round."""
    told = [each for each in of.decisions if not each.routine]
    if told:
        yield Para(muted(
            "The first, second ... decision of a team in a round, set beside the same"
            " one of the other groups. Answers and responses to others are not counted."
        ))  # fmt: skip
    for round_ in sorted({each.round for each in told}):
        rows = [each for each in told if each.round == round_]
        yield Part(f"{of.round_label} {round_}", (choices(rows),))


def questions(of: Comparison) -> Iterable[Block]:
    """Every question that was answered."""
    if of.questions:
        yield choices(of.questions)


def choices(rows: Sequence[Options]) -> Block:
    """Decisions or questions, each with who chose what."""
    return Grid(("Decision", "Chosen"), tuple(
        (each.title, Stack(tuple(chosen(each)))) for each in rows
    ), (34, 66))  # fmt: skip


def chosen(of: Options) -> Iterable[Text]:
    """What was chosen, by how many, and by whom."""
    for label, letters in of.chosen:
        yield (
            f"{len(letters)} of {of.groups}: ",
            label,
            muted(f"  {' '.join(letters)}"),
        )


# --- cards, injects, time


def what_came(of: Comparison) -> Iterable[Block]:
    """Cards by team, then injects: in which rounds each group saw them."""
    for team, name in of.teams:
        cards = [card for card in of.cards if card.team == team]
        if cards:
            yield Part(name, (came(of, cards, "Card"),))
    if of.injects:
        yield Part("Injects", (came(of, of.injects, "Inject"),))


def came(of: Comparison, rows: Sequence[Came], what: str) -> Block:
    """In how many groups, and in which rounds of each."""
    head = (what, "Groups", *(group.letter for group in of.groups))
    return Grid(head, tuple(
        (
            each.title, f"{each.groups} of {len(of.groups)}",
            *(", ".join(map(str, rounds)) or NONE for rounds in each.rounds),
        )
        for each in rows
    ))  # fmt: skip


def times(of: Comparison) -> Block:
    """Time in each phase, and what was ruled, noted and undone."""
    groups = of.groups
    rows: list[tuple[Cell, ...]] = []
    if any(group.phases for group in groups):
        rows += [
            (f"Time in {phase}", *(timed(g.phases.get(phase)) for g in groups))
            for phase in of.phases
        ]
        rows.append(("Time in all", *(timed(g.lasted) for g in groups)))
    rows += [
        ("Rulings", *(str(group.rulings) for group in groups)),
        ("Notes", *(str(group.notes) for group in groups)),
        ("Times something was undone", *(str(group.undone) for group in groups)),
    ]
    return Grid(heads(of, ""), tuple(rows))


def timed(amount: int | None) -> str:
    """Seconds in words."""
    return NONE if amount is None else length(amount)
