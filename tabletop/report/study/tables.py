"""A study as tables: one for each of its parts, with documented columns."""

import csv
import io
from collections.abc import Iterable
from operator import attrgetter, itemgetter

from tabletop.report.study.columns import (
    Column,
    Table,
    Value,
    estimate,
    number,
    share,
    spread,
    text,
    whole,
)
from tabletop.session.sheets import marked
from tabletop.study.result import StudyResult

EXAMPLE = "number of the first game that shows it, for `tabletop run --only`"


def tables(of: StudyResult) -> list[Table]:
    """Every table, those without rows too, so that programs always find them."""
    return [make(of) for make in MAKERS]


def about(of: StudyResult) -> Table:
    """What is needed to do it again, as names and values."""
    method = of.method
    rows = [
        ("program", method.program), ("rules", str(method.rules)),
        ("deck", method.deck), ("deck_version", method.version),
        ("deck_digest", method.digest), ("title", method.title),
        ("seed", str(method.seed)), ("asked", str(method.asked)),
        ("games", str(method.games)), ("command", method.command),
        *((f"policy.{team}", policy) for team, policy in method.policies),
    ]  # fmt: skip
    return Table("about", "What is needed to do the study again.", (
        text("name", "what it is", itemgetter(0)),
        text("value", "its value", itemgetter(1)),
    ), tuple(rows))  # fmt: skip


def remarks(of: StudyResult) -> Table:
    """What an author should look at."""
    return Table("remarks", "What an author should look at.", (
        text("kind", "short name of the finding", attrgetter("kind")),
        text("grade", "warning or note", attrgetter("grade")),
        text("text", "the finding in a sentence", attrgetter("text")),
        text("command", "plays an example alone, or empty", attrgetter("command")),
    ), of.remarks)  # fmt: skip


def endings(of: StudyResult) -> Table:
    """How often each ending came."""
    return Table("endings", "How games ended.", (
        text("id", "the ending", attrgetter("id")),
        text("title", "its title", attrgetter("title")),
        *share("games", "games that ended so", attrgetter("share")),
        whole("by_last_round", "of these, games that ended so only because the last"
              " round was over", attrgetter("by_last_round")),
        whole("example", EXAMPLE, attrgetter("example")),
    ), of.endings)  # fmt: skip


def terminations(of: StudyResult) -> Table:
    """Why games stopped."""
    return Table("terminations", "Why games stopped.", (
        text("kind", "ending, last round or machine", attrgetter("kind")),
        *share("games", "games that stopped so", attrgetter("share")),
        whole("example", EXAMPLE, attrgetter("example")),
    ), of.terminations)  # fmt: skip


def rounds(of: StudyResult) -> Table:
    """How long games were."""
    return Table("rounds", "Games by their last round.", (
        whole("round", "the last round", itemgetter(0)),
        whole("games", "games whose last round it was", itemgetter(1)),
    ), of.by_rounds)  # fmt: skip


def teams(of: StudyResult) -> Table:
    """Results and choices of each team."""
    return Table("teams", "Each team's results and decisions.", (
        text("id", "the team", attrgetter("id")),
        text("name", "its name", attrgetter("name")),
        *spread("score", "score", attrgetter("score")),
        *share("best", "games in which no team scored more", attrgetter("best")),
        *share("best_alone", "games in which every other team scored less",
               attrgetter("best_alone")),
        number("decisions", "decisions in a game, mean", attrgetter("decisions")),
        number("options", "legal moves at a decision, mean", attrgetter("options")),
        *share("success", "games that it would call a success; empty when the deck"
               " does not say what would be one", attrgetter("success")),
        *share("few_options", "turns (the first decision in a round's play) with fewer"
               " than two cards to play", attrgetter("few_options")),
        *share("forced", "decisions with one legal move", attrgetter("forced")),
        *share("few", "decisions with two legal moves at most, passing among them",
               attrgetter("few")),
        *estimate("order", "points gained when teams act in the reverse order",
                  attrgetter("order")),
    ), of.teams)  # fmt: skip


def causes(of: StudyResult) -> Table:
    """Choice and luck."""
    return Table("causes", "What the variance of each team's score comes from.", (
        text("team", "the team", attrgetter("team")),
        *estimate("choice", "share that choices alone explain", attrgetter("choice")),
        *estimate("luck", "share that dice and draws alone explain",
                  attrgetter("luck")),
        number("together", "share that only both explain", attrgetter("together")),
        *estimate("decided", "share that decisions settle, one by one",
                  attrgetter("decided")),
    ), of.causes)  # fmt: skip


def pace(of: StudyResult) -> Table:
    """How long a game takes."""
    return Table("pace", "How long a game takes.", (
        *spread("decisions", "decisions in a game", attrgetter("decisions")),
        *spread("real", "decisions with more than one legal move, in a game",
                attrgetter("real")),
        whole("planned", "minutes by the deck's plan; 0 for none",
              attrgetter("planned")),
        *spread("minutes", "minutes, estimated", attrgetter("minutes")),
        number("per_decision", "minutes reckoned for a decision",
               attrgetter("per_decision")),
    ), (of.pace,))  # fmt: skip


def pace_rounds(of: StudyResult) -> Table:
    """Decisions by round."""
    return Table("pace_rounds", "Decisions in each round.", (
        whole("round", "the round", itemgetter(0)),
        number("decisions", "decisions in it, mean of the games that came to it",
               itemgetter(1)),
    ), of.pace.by_round)  # fmt: skip


def tracks(of: StudyResult) -> Table:
    """Each track at each round's end."""
    rows = [
        (track, round_, values)
        for track in of.tracks
        for round_, values in enumerate(track.rounds)
    ]
    return Table("tracks", "Each track as each round closed; round 0 is the start.", (
        text("id", "the track", lambda row: row[0].id),
        text("label", "its label", lambda row: row[0].label),
        whole("round", "the round; 0 for the start", itemgetter(1)),
        *spread("value", "value", itemgetter(2)),
    ), tuple(rows))  # fmt: skip


def bounds(of: StudyResult) -> Table:
    """How often each track is at a bound."""
    return Table("bounds", "How often each track was at a bound as a round closed.", (
        text("id", "the track", attrgetter("id")),
        text("label", "its label", attrgetter("label")),
        whole("low", "lower bound", attrgetter("low")),
        whole("high", "upper bound", attrgetter("high")),
        *share("at_low", "rounds' ends at the lower bound", attrgetter("at_low")),
        *share("at_high", "rounds' ends at the upper bound", attrgetter("at_high")),
    ), of.tracks)  # fmt: skip


def choices(of: StudyResult) -> Table:
    """Cards and options as choices."""
    return Table("choices", "Cards and options: offered, taken, worth.", (
        text("kind", "card or option", attrgetter("kind")),
        text("name", "the card, or CARD.OPTION", attrgetter("name")),
        text("text", "its title or label", attrgetter("text")),
        text("team", "whose choice it is", attrgetter("team")),
        whole("offered", "decisions at which it was legal", attrgetter("offered")),
        *share("taken", "of these, decisions at which it was taken",
               attrgetter("taken")),
        number("waits", "rounds after which it still lay in its team's hand, for each"
               " time it was taken", attrgetter("waits")),
        *estimate("gain", "points for the team against the mean of the other legal"
                  " moves there", attrgetter("gain")),
        *share("better", "measured positions in which no other move did better",
               attrgetter("better")),
        text("verdict", "what follows from it; empty for nothing",
             attrgetter("verdict")),
        whole("example", EXAMPLE, attrgetter("example")),
    ), of.choices)  # fmt: skip


def reached(of: StudyResult) -> Table:
    """What games reached of the deck."""
    return Table("reached", "What of the deck games reached.", (
        text("kind", "card, option, outcome, row, lasting, rule, inject or ending",
             attrgetter("kind")),
        text("name", "its id", attrgetter("name")),
        text("text", "its title or label", attrgetter("text")),
        *share("games", "games that reached it", attrgetter("share")),
        whole("hits", "times that it was reached", attrgetter("hits")),
        whole("first_round", "earliest round; 0 for none", attrgetter("first_round")),
        whole("example", EXAMPLE, attrgetter("example")),
        text("proof", "code of the check that proves that it can't be reached",
             attrgetter("proof")),
    ), of.reached)  # fmt: skip


def terms(of: StudyResult) -> Table:
    """Parts of conditions."""
    return Table("terms", "Parts of conditions, and what they came to.", (
        text("name", "the condition's place, and the part's number in it",
             attrgetter("name")),
        text("text", "the part", attrgetter("text")),
        whole("held", "times that it was looked at and held", attrgetter("held")),
        whole("failed", "times that it was looked at and did not",
              attrgetter("failed")),
    ), of.terms)  # fmt: skip


def levers(of: StudyResult) -> Table:
    """What changing each of the deck's numbers does."""
    rows = [
        (lever, what, id_, change)
        for lever in of.levers
        for what, changes in (("ending", lever.endings), ("score", lever.scores))
        for id_, change in changes
    ]
    columns: list[Column] = [
        text("path", "the number's place in the deck", lambda row: row[0].path),
        text("before", "its value", lambda row: row[0].before),
        text("after", "its changed value", lambda row: row[0].after),
        whole("games", "games played with it", lambda row: row[0].games),
        text("what", "ending (change of its share) or score (of its mean)",
             itemgetter(1)),
        text("id", "the ending or team", itemgetter(2)),
        *estimate("change", "by how much it changes", itemgetter(3)),
    ]  # fmt: skip
    says = "What changing each number of the deck does, with the same seeds."
    return Table("levers", says, tuple(columns), tuple(rows))


def against(of: StudyResult) -> Table:
    """What differs from another deck."""
    return Table("against", "What differs from the other deck, with the same seeds.", (
        text("what", "ending.ID, score.TEAM, track.ID, rounds or decisions",
             attrgetter("what")),
        text("text", "its name", attrgetter("text")),
        number("before", "in the other deck", attrgetter("before")),
        number("after", "in this one", attrgetter("after")),
        *estimate("difference", "after less before", attrgetter("difference")),
    ), of.against)  # fmt: skip


MAKERS = (
    about, remarks, endings, terminations, rounds, teams, causes, pace, pace_rounds,
    tracks, bounds, choices, reached, terms, levers, against,
)  # fmt: skip
NAMES = tuple(make.__name__ for make in MAKERS)
"""What the tables are called."""
GUIDE = "columns"
"""The table of what all columns mean."""


def as_csv(table: Table) -> str:
    """A table as CSV with its names; words that would be calculated get a `'` first."""
    return _written([column.name for column in table.columns], table.values())


def guide(of: Iterable[Table]) -> str:
    """What every column of the tables means, as CSV."""
    rows = (
        (table.name, column.name, column.kind, column.says)
        for table in of
        for column in table.columns
    )
    return _written(["table", "column", "holds", "meaning"], rows)


def _written(names: Iterable[str], rows: Iterable[Iterable[Value]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(list(names))
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def cell(value: Value) -> str:
    """A cell of CSV; nothing for what was not measured.

    >>> cell(None), cell(True), cell(0.25), cell("=1+1")
    ('', 'yes', '0.25', "'=1+1")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return marked(value) if isinstance(value, str) else str(value)
