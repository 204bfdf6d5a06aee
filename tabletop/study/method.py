"""How forecasts and turning points are made, in words for whoever reads them."""

from tabletop.session.view import CONTROL, SeatId

PLAYED = (
    "From {place} the game was played on {playouts:,} times, to its end, by bots in "
    "every seat ({policy}). Shares and means are those of these playouts; each "
    "interval holds what endless playouts would give, 95 times in 100."
)
CONTROL_KNOWS = (
    "All that control knows went in: every hand, hidden track and inject as it is "
    "scheduled now. Only the luck to come was drawn anew, and nobody fires, holds or "
    "rules in between."
)
TEAM_KNOWS = (
    "Only what this team knows went in. What it can't see was dealt anew each time: "
    "others' cards, orders and secret answers. Hidden tracks and flags were taken to "
    "be at their start, and injects to come as the deck schedules them, whatever "
    "control has changed. Where much is hidden these numbers are rough."
)
TURNING = (
    "A choice counts what could be expected after it, less what could be before, when "
    "the bot was still to choose; luck is what came of it: dice, draws, injects and "
    "rulings. All options were played on with the same luck. A better move is named "
    "only where the intervals don't overlap."
)
OTHERS = "What other teams chose counts whole, with the dice that it threw."
LIMITS = (
    "It tells what the rules make likely, not what people will do: they choose better "
    "than these bots, or otherwise, and a plan of several moves is worth more to those "
    "who can carry it out."
)
OVER = "The game was over there: this is what it came to."
METHOD = (PLAYED, CONTROL_KNOWS, TEAM_KNOWS, TURNING, OTHERS, LIMITS, OVER)
"""Every sentence that stands beneath a forecast or a list of turning points."""


def method(
    seat: SeatId, playouts: int, policy: str, *, turning: bool = False,
    over: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """The method, its assumptions and its limits, as short paragraphs.

    `turning` is for turning points, where each place and each option was played on;
    `over` for a place where the game had ended.
    """
    if over:
        return (OVER,)
    place = "each place, and after each option of a decision," if turning else "here"
    words = [PLAYED.format(place=place, playouts=playouts, policy=policy)]
    words.append(CONTROL_KNOWS if seat == CONTROL else TEAM_KNOWS)
    if turning:
        words.append(TURNING)
    if turning and seat != CONTROL:
        words.append(OTHERS)
    return (*words, LIMITS)
