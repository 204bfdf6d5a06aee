"""Two places of a game side by side, as one seat may know them."""

from tabletop.engine import machine
from tabletop.session.replayed import Comparison, Pair
from tabletop.session.view import CONTROL, SeatId
from tabletop.session.views import ViewBuilder


def compared(here: ViewBuilder, there: ViewBuilder) -> Comparison:
    """What the same seat sees at two places."""
    pairs = [
        Pair(track.id, track.label, track.value, other.value)
        for track, other in zip(here.tracks(), there.tracks(), strict=True)
    ]
    pairs += [
        Pair(flag.id, flag.label, int(flag.value), int(other.value), flag=True)
        for flag, other in zip(here.flags(), there.flags(), strict=True)
    ]
    ours, theirs = scores_of(here), scores_of(there)
    return Comparison(
        here.tree.head,
        there.tree.head,
        tuple(pairs),
        tuple((team, n, theirs[team]) for team, n in ours.items() if team in theirs),
        (ending_title(here), ending_title(there)),
    )


def scores_of(builder: ViewBuilder) -> dict[SeatId, int]:
    """What teams would score, as far as the seat can know: all when it has ended."""
    end = builder.ending()
    if end is not None:
        return dict(end.scores)
    program, seat = builder.program, builder.seat
    teams = program.teams if seat == CONTROL else (seat,)
    return {
        team: machine.team_score(
            program.words, list(builder.state), program.teams.index(team)
        )
        for team in teams
        if team in program.teams
    }


def ending_title(builder: ViewBuilder) -> str:
    """The title of the ending; empty while there is none."""
    end = builder.ending()
    return end.title if end else ""
