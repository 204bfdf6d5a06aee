"""How a study is made, in words for whoever reads it."""

from collections.abc import Iterator

from tabletop.report.study.numbers import bound, percent
from tabletop.study import remarks
from tabletop.study.judged import ALWAYS, ENOUGH, NEVER, SAME
from tabletop.study.result import StudyResult

PLAYED = (
    "Bots played {games:,} games, each with luck of its own that follows from the seed"
    " {seed}. The same deck, seed, policies and number of games give the same study,"
    " whatever computer it ran on and with how many workers."
)
SHARES = (
    "Shares have Wilson's score interval, means and differences Student's; each"
    " holds what endless games would give, 95 times in 100. What was in none of the"
    " games is in under {bound} of all of them, with the same certainty; that is no"
    " proof that it can't be. A code such as W406 is one: `tabletop check` shows it."
)
GAIN = (
    "What a card or option gains was measured at decisions that were picked out: each"
    " legal move was played on from there with the same luck, and the team's own score"
    " compared with the mean of the others. It holds for these bots."
)
VERDICTS = (
    "A card or option is always worth taking when its gain's interval lies above 0 and"
    " nothing was better in {always} of the places where it was measured, or more. It"
    " is never worth taking when the interval lies below 0 and it was as good as the"
    " best in surely less than {never} of them. It has no effect when every move was"
    " worth the same there, or, for an option, when the interval lies within {same} of"
    " the score's standard deviation. None is judged in fewer than {enough} places."
)
REMARKS = (
    "What to look at names an ending of surely more than {common} of the games, or"
    " less than {rare}; the last round, when it alone ends more than {late} of them; a"
    " team that surely has no choice in more than {forced} of its decisions, that"
    " begins more than {few} of its turns with fewer than two cards to play, or that"
    " surely scores most, alone, in more than {strong} of the games; the order of"
    " turns, when its reverse surely changes a score by more than {order} of the"
    " standard deviation; luck, when it surely settles more than {lucky} of a score;"
    " every card and option that is always or never worth taking, or has no effect, and"
    " those never taken of {looked} times or more; a track that stands at a bound at"
    " more than {stuck} of the rounds' ends; parts of conditions that came to the same"
    " {looked} times or more."
)
DECIDED = (
    "Each decision counts by how much it changes what the score can be expected to be;"
    " dice and draws settle the rest."
)
CAUSES = (
    "The shares of choice and luck are first-order Sobol' indices of the score, from"
    " games played again with the same choices and other luck, and the other way"
    " round."
)
ORDER = "The order of turns was judged by the same seeds with the teams reversed."
LEVERS = (
    "Each number was changed alone and the same seeds played again; the intervals are"
    " those of paired differences."
)
AGAINST = "The other deck was played with the same seeds, and games compared in pairs."
MINUTES = (
    "Minutes are an estimate: the deck's own for every phase but play, and for play"
    " {minutes:.3g} for each decision."
)
LIMITS = (
    "It tells what the rules make likely among these bots, not what people will do,"
    " who choose better, or otherwise."
)


def games(of: StudyResult) -> str:
    """How many games were played, and whether somebody stopped the study."""
    played, asked = of.method.games, of.method.asked
    if not of.stopped_early:
        return f"{played:,} game{'' if played == 1 else 's'}"
    if played < asked:
        return f"{played:,} of {asked:,} games (stopped early)"
    return f"{played:,} games, measured in part (stopped early)"


def lengths(of: StudyResult) -> str:
    """In which rounds games end."""
    low, high = of.rounds.p5, of.rounds.p95
    told = f"round {low}" if low == high else f"rounds {low} to {high}"
    return f"Median {of.rounds.median}; nine games in ten end in {told}."


def remarked() -> str:
    """What a study remarks on, with the thresholds."""
    shares = {
        "common": remarks.COMMON, "rare": remarks.RARE, "late": remarks.LATE,
        "forced": remarks.FORCED, "few": remarks.FEW_OPTIONS, "strong": remarks.STRONG,
        "order": remarks.ORDER, "lucky": remarks.LUCKY, "stuck": remarks.STUCK,
    }  # fmt: skip
    told = {name: f"{share:.0%}" for name, share in shares.items()}
    return REMARKS.format(**told, looked=remarks.LOOKED)


def method(of: StudyResult) -> Iterator[str]:
    """The method and its limits, as short paragraphs."""
    yield PLAYED.format(games=of.method.games, seed=of.method.seed)
    yield SHARES.format(bound=percent(bound(of.method.games)))
    if any(choice.gain for choice in of.choices):
        yield GAIN
        yield VERDICTS.format(
            always=f"{ALWAYS:.0%}", never=f"{NEVER:.0%}", same=f"{SAME:.0%}",
            enough=ENOUGH,
        )  # fmt: skip
    if any(cause.decided for cause in of.causes):
        yield f"What decisions settle: {DECIDED[0].lower()}{DECIDED[1:]}"
    if of.causes:
        yield CAUSES
    if any(team.order for team in of.teams):
        yield ORDER
    if of.levers:
        yield LEVERS
    if of.against:
        yield AGAINST
    yield remarked()
    yield MINUTES.format(minutes=of.pace.per_decision)
    yield LIMITS
