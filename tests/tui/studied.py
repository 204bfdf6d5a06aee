"""An analysis made by hand: turning points of every kind, at the table of `views`."""

from collections.abc import Sequence
from dataclasses import replace

from tabletop.session.view import Move, SeatId
from tabletop.study.forecast import Expect, Forecast, Share
from tabletop.study.turning import Analysis, Kind, Option, Step, TurningPoint
from tabletop.tui.widgets.turning import Studied

TEAMS = ("kremlin", "white_house", "kyiv", "europe")
METHOD = (
    "From every place the game is played on 1,000 times, each seat by a bot that "
    "plays any legal move.\n\nIt tells nothing about people, who play with a plan."
)


def expect(team: SeatId, mean: float, off: float = 1.0) -> Expect:
    return Expect(team, mean, mean - off, mean + off, int(mean) - 6, int(mean) + 6)


def forecast(move: int, mean: float) -> Forecast:
    teams = tuple(expect(team, mean if team == "kyiv" else 40) for team in TEAMS)
    shares = (Share("deal", 620, 0.62, 0.59, 0.65), Share("stalled", 300, 0.3, 0.27,
              0.33), Share("", 80, 0.08, 0.06, 0.1))  # fmt: skip
    return Forecast(move, "control", 1000, "random", shares, teams)


def options(team: SeatId, *named: tuple[str, float]) -> tuple[Option, ...]:
    """The last one is the one that was chosen."""
    found = [
        Option(Move("play", team, label.lower()), label, expect(team, mean),
               chosen=(label, mean) == named[-1])
        for label, mean in named
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda o: -o.expect.mean))


def step(
    number: int, seat: SeatId, title: str, after: float, *, choice: float = 0,
    luck: float = 0, kind: Kind = "choice", had: Sequence[Option] = (),
) -> Step:  # fmt: skip
    return Step(
        number, seat, kind, title, forecast(number, after),
        {"kyiv": choice} if kind == "choice" else {}, {"kyiv": luck}, tuple(had),
    )  # fmt: skip


STEPS = (
    step(31, "white_house", "White House plays Suspend deliveries", 42, choice=-14,
         had=options("white_house", ("Signal resolve", 44),
         ("Suspend deliveries", 39))),
    step(50, "kyiv", "Kyiv plays Refinery strikes", 58, choice=3, luck=6,
         had=options("kyiv", ("Pass", 47), ("Refinery strikes", 52))),
    step(71, "white_house", "White House plays Your umbrella, our terms", 35,
         choice=-12, luck=-5, had=options("white_house", ("Summit of allies", 51),
         ("Signal resolve", 47), ("Pass", 45), ("Your umbrella, our terms", 38))),
    step(74, "control", "Control fires Congress stirs", 56, luck=21, kind="inject"),
    step(108, "control", "Control rules: support 46 to 50", 69, luck=13, kind="ruling"),
)  # fmt: skip


def point(found: Step) -> TurningPoint:
    change = found.swing("kyiv")
    after = found.after.teams[2].mean
    best = found.options[0] if found.options and not found.options[0].chosen else None
    choice = found.choice.get("kyiv", 0.0)
    return TurningPoint(
        found, "kyiv", after - change, after, choice, change - choice, best
    )


POINTS = tuple(map(point, STEPS))
NONE = Studied(team="kyiv", method=METHOD)
RUNNING = replace(
    NONE, state="running", points=POINTS[:2], done=52, total=142, playouts=1000
)
DONE = replace(NONE, state="done", points=POINTS, done=142, total=142, playouts=1000)
STOPPED = replace(RUNNING, state="stopped")
FAILED = replace(RUNNING, state="failed", trouble="The process that measures ended.")
ANALYSIS = Analysis("control", 1000, "random", forecast(0, 55), STEPS)
