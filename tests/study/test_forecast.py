"""Forecasts: whole counts, the same however they are made, and sure at the end."""

import random
from pathlib import Path

import pytest

from tabletop.engine import gear as gears
from tabletop.engine.gear import GearName, has_fast
from tabletop.errors import UsageError
from tabletop.session.drafts import NewInject
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tabletop.study import playouts
from tabletop.study.forecast import Forecast, forecast
from tabletop.study.method import method
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.samples import PLAYED, stem
from tests.study.games import DECKS, finished, steered, twin_of

SAVES = Path(__file__).parents[2] / "saves"
needs_high = pytest.mark.skipif(not has_fast(), reason="high gear is not installed")


def middle(name: str = "tutorial") -> int:
    """A place in the middle of a game."""
    path = finished(name).path()
    return path[len(path) // 2].number


def ways() -> list[tuple[GearName, int]]:
    """The gears that there are, with one worker and with several."""
    names: list[GearName] = ["low", "high"] if has_fast() else ["low"]
    return [(name, workers) for name in names for workers in (1, 3)]


@pytest.mark.xdist_group("high gear")
@pytest.mark.parametrize("name", ["tutorial", "bright-days"])
@pytest.mark.parametrize("seat", ["control", 0])
def test_the_same_numbers_in_either_gear_with_any_workers(
    name: str, seat: str | int
) -> None:
    tree = finished(name)
    who = seat if isinstance(seat, str) else tree.program.teams[seat]
    policies = {tree.program.teams[-1]: "greedy"} if name == "tutorial" else {}
    found = [
        forecast(
            tree, middle(name), seat=who, playouts=60, policies=policies,
            gear=gear, workers=workers,
        )
        for gear, workers in ways()
    ]  # fmt: skip
    assert found[1:] == found[:1] * (len(found) - 1)
    assert sum(share.games for share in found[0].endings) == 60


@pytest.mark.xdist_group("high gear")
@needs_high
def test_generated_decks_have_the_same_playouts_in_both_gears() -> None:
    for name in DECKS:
        tree = steered(name, 5, 12)
        for seat in (*tree.program.teams, CONTROL):
            low, high = (
                forecast(tree, tree.head, seat=seat, playouts=12, gear=gear)
                for gear in ("low", "high")
            )
            assert low == high
            assert low.stopped == 0


def test_more_playouts_go_on_where_fewer_ended() -> None:
    position = playouts.Position.of(finished(), middle(), CONTROL, {}, 1, 0)
    whole = playouts.sampled(position, -1, 40, 1, "low")
    first = position.sample(-1, 0, 15, "low")
    first.add(position.sample(-1, 15, 25, "low"))
    assert first == whole


def test_another_seed_is_other_luck() -> None:
    tree, number = finished(), middle()
    one, two = (forecast(tree, number, playouts=50, seed=seed) for seed in (1, 2))
    assert one.teams != two.teams


def test_a_finished_game_is_told_for_sure() -> None:
    tree = finished()
    session = Session(tree, {}, None)
    for seat in (*tree.program.teams, CONTROL):
        over = session.view(seat).over
        assert over is not None
        found = forecast(tree, tree.head, seat=seat, playouts=10)
        came = [s for s in found.endings if s.games]
        assert [(s.ending, s.low, s.high) for s in came] == [(over.ending, 1.0, 1.0)]
        assert [(e.team, e.mean, e.low, e.high) for e in found.teams] == [
            (team, score, score, score) for team, score in over.scores
        ]


def test_every_interval_holds_its_value() -> None:
    found = forecast(finished(), middle(), playouts=80)
    for share in found.endings:
        assert 0 <= share.low <= share.share <= share.high <= 1
        assert share.low < share.high
    for expected in found.teams:
        assert expected.low <= expected.mean <= expected.high
        assert expected.worse <= expected.mean <= expected.better


def test_fewer_playouts_leave_wider_intervals() -> None:
    few, many = (
        forecast(finished(), middle(), playouts=number) for number in (40, 250)
    )
    for a, b in zip(few.teams, many.teams, strict=True):
        assert a.high - a.low > b.high - b.low > 0


@pytest.mark.parametrize("name", DECKS)
def test_what_a_team_may_not_know_changes_nothing(name: str) -> None:
    chance = random.Random(name)
    for most in (5, 17):
        tree = steered(name, most, most)
        if tree.now.over:
            continue
        for team in tree.program.teams:
            twin = twin_of(tree, team, chance)
            assert shown(tree, team) == shown(twin, team)


def shown(tree: object, team: str) -> Forecast:
    """A team's forecast of where a game stands."""
    return forecast(tree, tree.head, seat=team, playouts=5, gear="low")  # type: ignore[arg-type,attr-defined]


def test_an_inject_that_control_has_written_is_no_teams_to_know() -> None:
    session = Session.new(deck(BRIGHT_DAYS), seed=4, seats={})
    seats = (*session.tree.program.teams, CONTROL)

    def told() -> list[Forecast]:
        return [forecast(session.tree, 0, seat=seat, playouts=30) for seat in seats]

    before = told()
    ruin = ("us_aid = 0", "european_aid = 0")
    session.write_inject(NewInject("Ruin", round=2, effects=ruin))
    session.write_inject(NewInject("Now", when="us_aid >= 0", effects=ruin))
    after = told()
    assert after[:-1] == before[:-1]
    assert after[-1] != before[-1]


def test_greedy_bots_play_on_where_they_are_named() -> None:
    tree, number = finished("bright-days"), middle("bright-days")
    kyiv = {"kyiv": "greedy"}
    plain = forecast(tree, number, playouts=60)
    better = forecast(tree, number, playouts=60, policies=kyiv)
    assert better.policy == "kyiv greedy, others random"
    assert better.of("kyiv").mean > plain.of("kyiv").mean


def test_mistakes_are_refused_with_what_there_is() -> None:
    tree = finished()
    with pytest.raises(UsageError, match="no seat 'public'"):
        forecast(tree, 0, seat="public")
    with pytest.raises(UsageError, match="no move 9999"):
        forecast(tree, 9999)
    with pytest.raises(UsageError, match="no policy 'clever'"):
        forecast(tree, 0, policies={tree.program.teams[0]: "clever"})
    with pytest.raises(UsageError, match="too slow"):
        forecast(tree, 0, policies={tree.program.teams[0]: "search"})
    with pytest.raises(UsageError, match="no playouts"):
        forecast(tree, 0, playouts=0)


def test_without_high_gear_low_gear_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playouts, "has_fast", lambda: False)
    monkeypatch.setattr(gears, "has_fast", lambda: False)
    assert playouts.best_gear(1_000_000) == "low"
    assert playouts.afforded(5_000) < 5_000
    session = Session.new(deck(TUTORIAL), seed=1, seats={})
    assert forecast(session.tree, 0, playouts=20).playouts == 20


def test_the_method_says_what_went_in() -> None:
    control = " ".join(method(CONTROL, 1_000, "random"))
    team = " ".join(method("kyiv", 1_000, "random", turning=True))
    assert "1,000 times" in control
    assert "every hand" in control
    assert "dealt anew" in team
    assert "at their start" in team
    assert "overlap" in team
    assert "people" in control


@pytest.mark.parametrize("save", PLAYED, ids=stem)
def test_every_sample_save_can_be_forecast(save: Path) -> None:
    session = Session.open(save, read_only=True)
    try:
        tree = session.tree
        path = tree.path()
        for number in (0, path[len(path) // 2].number, tree.head):
            for seat in (tree.program.teams[0], CONTROL):
                found = forecast(tree, number, seat=seat, playouts=5, gear="low")
                assert sum(share.games for share in found.endings) == 5
    finally:
        session.close()
