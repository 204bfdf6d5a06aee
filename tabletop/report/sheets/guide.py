"""The facilitator's guide: how to run it, what comes when, and every secret."""

from collections.abc import Iterable, Iterator

from tabletop.deck.models import Checkpoint, Flag, Track
from tabletop.report.facts import places
from tabletop.report.facts import rows as fact_rows
from tabletop.report.html import Markup, bullets, join, lines, table, tag
from tabletop.report.markdown import markdown
from tabletop.report.pages import Page, Source, section
from tabletop.report.sheets.briefs import bands, flags, play, track_table
from tabletop.report.words import Question
from tabletop.session.names import plain
from tabletop.session.view import CONTROL

SCHEDULE = (5, 14, 37, 23, 12, 9)
"""How wide the columns of the schedule are."""
RESULTS = ("met", "partly", "not met")
STATES = ("fired", "held", "skipped")


def guide(source: Source) -> Iterator[Page]:
    """The guide, the schedule of injects, the cards in full, and the secrets."""
    yield Page(CONTROL, "Facilitator's guide", running(source))
    if source.deck.model.injects:
        yield Page(CONTROL, "Schedule of injects (MSEL)", schedule(source))
    if source.deck.model.checkpoints:
        yield Page(CONTROL, "Checkpoints", checkpoints(source))
    yield Page(CONTROL, "Cards in full", every_card(source))
    yield Page(CONTROL, "Rules, endings and secrets", secrets(source))
    if source.deck.model.facts:
        yield Page(CONTROL, "Facts, and what stands for them", facts(source))


# --- running it


def running(source: Source) -> Markup:
    """What the exercise is, and how a round runs."""
    model, plan = source.deck.model, source.deck.model.exercise
    return join(
        tag("h1", model.title),
        tag("p", model.summary or ""),
        section("Situation, for everybody", markdown(model.brief)),
        section(
            "What the exercise is to show", bullets(model.exercise.objectives.values())
        ),
        *(
            section(f"Agenda: {name}" if name else "Agenda", bullets(items))
            for name, items in plan.agendas()
        ),
        section("How to run it", markdown(model.exercise.guide)),
        section("Phases of a round", phase_table(source)),
        *(
            section(f"Hot wash of {model.rounds.label} {number}", bullets(questions))
            for number, questions in plan.hot_washes()
        ),
        section(
            "For the last hot wash" if plan.hotwash else "For the hot wash",
            bullets(plan.questions),
        ),
        section("Rules of play", play(source, CONTROL)),
        section("A round on paper", bullets(ON_PAPER)),
    )


ON_PAPER = (
    "Hand out the order sheets; each team writes its cards, its targets and why.",
    "Collect them, and note on each when it came in.",
    "Carry the cards out in turn: move the marks on the track sheets, throw real dice.",
    "Put the questions that the cards ask, and write the answers down.",
    "Read due injects aloud from the schedule and tick their boxes.",
    "Key it in afterwards, on the console: the key c acts for any team.",
    "Before a card that throws dice, rule by 'die' what the real ones showed.",
    "What stands under 'why' goes in as the intent of each play, or as a note.",
)


def phase_table(source: Source) -> Markup:
    """The phases with their minutes, and room for what is said."""
    minutes = source.deck.model.rounds.minutes
    say = source.deck.model.exercise.say
    rows: list[tuple[str, ...]] = [
        (plain(phase), f"{time} min" if time else "", lines(say.get(phase, "")))
        for phase, time in minutes.items()
    ]
    total = sum(minutes.values())
    rows.append((f"A whole {source.deck.model.rounds.label}", f"{total} min", ""))
    return table(("Phase", "Minutes", "Read out as it opens"), rows, (20, 12, 68))


# --- the schedule


def schedule(source: Source) -> Markup:
    """Every inject in the order in which they are due."""
    injects = source.deck.model.injects
    order = sorted(injects, key=lambda id_: _due(source, id_))
    rows = [_row(source, number, id_) for number, id_ in enumerate(order, start=1)]
    head = ("No.", "When", "Inject", "Cue and expected action", "To", "State")
    return join(tag("h1", "Schedule of injects"), table(head, rows, SCHEDULE))


def _due(source: Source, id_: str) -> tuple[int, int, int]:
    """Where an inject stands in the schedule; those without a time come last."""
    at, phases = source.deck.model.injects[id_].at, source.deck.model.rounds.minutes
    if at is None:
        return len(phases) + source.deck.model.rounds.count, 0, 0
    phase = list(phases).index(at.phase) if at.phase in phases else 0
    return at.round, phase, at.moment == "end"


def _row(source: Source, number: int, id_: str) -> tuple[str, ...]:
    words, inject = source.words, source.deck.model.injects[id_]
    return (
        str(number),
        words.when_due(id_, inject),
        join(
            tag("b", inject.title),
            labelled("From", inject.sender),
            lines(inject.read, "aloud"),
            lines(inject.text),
            happening(source, id_),
        ),
        join(lines(inject.cue), labelled("Expected", inject.expects)),
        words.told(inject),
        boxes(STATES),
    )


def labelled(label: str, said: str) -> Markup:
    """Words behind a label; nothing without words."""
    return tag("p", tag("b", f"{label}: "), said) if said.strip() else Markup()


def boxes(names: Iterable[str]) -> Markup:
    """Boxes to tick, each with its name."""
    return tag("div", (tag("div", box(), name) for name in names), class_="states")


def box() -> Markup:
    """A box to tick."""
    return tag("span", class_="box")


# --- checkpoints


def checkpoints(source: Source) -> Markup:
    """What is watched for, with boxes for how it was met."""
    goals = source.deck.model.exercise.objectives
    rows = [
        (
            join(
                tag("b", point.text), tag("div", _about(source, point), class_="muted")
            ),
            goals.get(point.objective or "", ""),
            tag(
                "div",
                (tag("div", box(), result) for result in RESULTS),
                class_="states",
            ),
            "",
        )
        for point in source.deck.model.checkpoints.values()
    ]
    head = ("Watch for", "Shows", "Result", "Seen by, when, notes")
    return join(tag("h1", "Checkpoints"), table(head, rows, (38, 22, 12, 28)))


def _about(source: Source, point: Checkpoint) -> Markup:
    names = source.words.names
    who = names.team(point.team) if point.team else ""
    after = f"after {names.title(point.inject)}" if point.inject else ""
    return tag("div", ", ".join(filter(None, (who, after))), class_="muted")


# --- facts


def facts(source: Source) -> Markup:
    """Each fact with all of the deck that names it."""
    found = [
        (fact.id, fact.said, places(named)) for fact, named in fact_rows(source.deck)
    ]
    head = ("Number", "Fact", "In the deck")
    return join(tag("h1", "Facts"), table(head, found, (10, 50, 40)))


# --- cards


def every_card(source: Source) -> Markup:
    """Each team's cards with all that control needs to carry them out."""
    return join(tag("h1", "Cards in full"), (_team(source, t) for t in source.teams))


def _team(source: Source, team: str) -> Markup:
    words, model = source.words, source.deck.model
    rows = []
    for id_, copies in words.copies(team):
        card = model.cards[id_]
        needs = words.needs(CONTROL, "cards", id_, "requires").replace("needs ", "")
        rows.append(
            (
                join(tag("b", card.title), f" ×{copies}" if copies > 1 else ""),
                str(card.cost),
                join(lines(card.text), happening(source, id_)),
                join(labelled("Needs", needs), lines(words.marks(card))),
                ", ".join(card.source),
            )
        )
    if not rows:
        return Markup()
    head = ("Card", "Cost", "Does", "Conditions", "Source")
    return section(
        f"{words.sign(team)} {words.names.team(team)}",
        table(head, rows, (20, 6, 44, 20, 10)),
    )


def happening(source: Source, id_: str) -> Markup:
    """All that a card or inject does, for control."""
    words, names = source.words, source.words.names
    where = names.where(id_)
    thrown, rows = words.dice(id_, CONTROL)
    dice = [
        f"{row.span}{f' ({row.chance})' if row.chance else ''}: "
        + " — ".join(filter(None, (row.text, row.effects)))
        for row in rows
    ]
    secret = names.happenings[id_].answers == "secret"
    return join(
        labelled("Does", words.effects(source.deck.effects(where, id_, "effects"))),
        labelled("Throw", thrown),
        bullets(dice),
        (_asked(question, secret=secret) for question in words.questions(id_, CONTROL)),
        (
            labelled(f"If {when}", " ".join(filter(None, (said, does))))
            for when, said, does in words.outcomes(id_, CONTROL)
        ),
        labelled("Lasting", names.lasting(id_)),
    )


def _asked(question: Question, *, secret: bool) -> Markup:
    how = ", answers in secret" if secret else ""
    choices = [
        " — ".join(filter(None, (c.label, c.text, c.effects, c.needs)))
        for c in question.choices
    ]
    return join(
        labelled(f"Asks {question.who}{how}", question.prompt), bullets(choices)
    )


# --- secrets


def secrets(source: Source) -> Markup:
    """Rules, endings, scores, hidden numbers and every team's brief."""
    model, words = source.deck.model, source.words
    rules = [
        join(tag("b", words.names.rule(id_)), ": ", words.rule(id_, rule))
        for id_, rule in model.rules.items()
    ]
    return join(
        tag("h1", "Rules, endings and secrets"),
        section("Rules that act by themselves", bullets(rules)),
        section("Endings", bullets(_endings(source))),
        section("All numbers", track_table(source, CONTROL), flags(source, CONTROL)),
        section("Who sees what is hidden", bullets(_hidden(source))),
        (_secret_brief(source, team) for team in source.teams),
    )


def _endings(source: Source) -> Iterator[Markup]:
    model = source.deck.model
    for id_, ending in model.endings.items():
        when = source.words.condition("endings", id_, "when")
        moment = "after any move" if ending.at == "always" else "as a round closes"
        first = f" (priority {ending.priority})" if ending.priority else ""
        last = " What the last round ends in." if model.rounds.ending == id_ else ""
        said = f" {moment}{first}: when {when}." if when else " When a card says so."
        yield join(tag("b", ending.title), ":", said, last, markdown(ending.text))


def _hidden(source: Source) -> Iterator[str]:
    model, names = source.deck.model, source.words.names
    parts: list[tuple[str, Track | Flag]] = []
    parts += model.tracks.items()
    parts += model.flags.items()
    for id_, part in parts:
        if part.visible_to is None:
            continue
        seers = ", ".join(names.team(team) for team in part.visible_to)
        more = f" ({bands(source, id_)})" if id_ in model.tracks else ""
        yield f"{part.label}: {seers or 'control alone'}{more}"


def _secret_brief(source: Source, team: str) -> Markup:
    own, words = source.deck.model.teams[team], source.words
    goals = [
        join(goal.text, ": ", words.number(
            source.deck.expr("teams", team, "objectives", i, "score"), CONTROL))
        for i, goal in enumerate(own.objectives)
    ]  # fmt: skip
    points = f"Points in a round: {words.points(team, CONTROL)}. Hand: {own.hand}."
    heading = f"{words.sign(team)} {own.name}: its brief and its scores"
    return section(heading, markdown(own.brief), tag("p", points), bullets(goals))
