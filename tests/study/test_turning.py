"""Where a game turned: choice told apart from luck, and secrets kept."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from tabletop.deck.loader import load_text
from tabletop.engine.gear import has_fast
from tabletop.session.log import LogReader
from tabletop.session.session import Session
from tabletop.session.tree import Tree
from tabletop.session.view import CONTROL, Move
from tabletop.study.forecast import PLAYOUTS, forecast
from tabletop.study.turning import Analysis, analyse, jobs
from tests.engine.small import HEAD, TEAMS, adds, card, inject
from tests.study.games import DECKS, finished, steered, twin_of


def studied(tree: Tree, seat: str = CONTROL, playouts: int = 10) -> Analysis:
    """An analysis of the line that a game stands on."""
    return analyse(tree, tree.head, seat=seat, playouts=playouts, gear="low")


def test_choice_and_luck_make_up_what_happened() -> None:
    found = studied(finished())
    earlier = [found.start, *(step.after for step in found.steps)]
    decisions = 0
    for (before, after), step in zip(pairwise(earlier), found.steps, strict=True):
        for expected in after.teams:
            moved = expected.mean - before.of(expected.team).mean
            assert step.swing(expected.team) == pytest.approx(moved)
        if step.options:
            decisions += 1
            assert [option.chosen for option in step.options].count(True) == 1
            means = [option.expect.mean for option in step.options]
            assert means == sorted(means, reverse=True)
        elif step.kind != "choice":
            assert not step.choice
    assert decisions > 5
    assert len(found.steps) == len(finished().path()) - 1


@pytest.mark.xdist_group("high gear")
@pytest.mark.skipif(not has_fast(), reason="high gear is not installed")
def test_the_same_analysis_in_either_gear_with_any_workers() -> None:
    tree = finished()
    for seat in (CONTROL, tree.program.teams[0]):
        low = analyse(tree, tree.head, seat=seat, playouts=12, gear="low")
        high = analyse(tree, tree.head, seat=seat, playouts=12, gear="high")
        many = analyse(tree, tree.head, seat=seat, playouts=12, gear="high", workers=3)
        assert low == high == many


GIFTS = "\n".join(
    [
        TEAMS.replace('name = "Ada"', 'name = "Ada"\nobjectives = '
                      '[{ text = "X", score = "x" }]'),
        adds("gift", 30, cost=0), adds("loss", -30, cost=0),
        card("bet", 'roll = { dice = "1d2", table = [{ to = 1, text = "No.", '
             'effects = ["x -= 20"] }, { text = "Yes.", effects = ["x += 20"] }] }',
             cost=0),
        inject("storm", 'effects = ["x -= 25"]', 'audience = ["bob"]'),
        inject("sun", 'effects = ["x += 25"]'),
    ]
)  # fmt: skip


def gifts() -> Session:
    """A game of one card worth playing, one that is not, and a bet."""
    text = HEAD.format(count=1, rounds="", deck=GIFTS)
    return Session.new(load_text({"small.toml": text}), seed=2, seats={})


def test_a_bad_choice_is_told_from_bad_luck() -> None:
    session = gifts()
    session.submit("ada", Move("play", "ada", "loss"))
    session.submit(CONTROL, Move("die", value=1), note="by hand")
    session.submit("ada", Move("play", "ada", "bet"))
    session.submit("ada", Move("pass", "ada"))
    found = studied(session.tree, playouts=60)
    loss, _, bet, _ = found.steps
    assert loss.choice["ada"] < -5
    assert loss.luck["ada"] == 0  # nothing was thrown, and all else is equal
    assert loss.kind == "choice"
    # The die was known to control before it was thrown.
    assert bet.luck["ada"] == pytest.approx(0, abs=1e-9)
    first = found.turning_points("ada")[0]
    assert first.step.number == loss.number
    assert first.best is not None
    assert first.best.label == "Play gift"


def test_a_die_of_which_nobody_knew_is_luck() -> None:
    session = gifts()
    session.submit("ada", Move("play", "ada", "bet"))
    (bet,) = studied(session.tree, playouts=60).steps
    assert abs(bet.choice["ada"]) < 12
    assert abs(bet.luck["ada"]) > 10


def test_an_inject_and_a_ruling_are_neither_choice() -> None:
    session = gifts()
    session.submit(CONTROL, Move("fire", item="sun"))
    session.submit(CONTROL, Move("add", item="x", value=-40), note="because")
    fired, ruled = studied(session.tree, playouts=40).steps
    assert (fired.kind, ruled.kind) == ("inject", "ruling")
    assert fired.luck["ada"] > 8
    assert ruled.luck["ada"] < -8
    assert not fired.choice


def test_a_move_that_a_team_can_not_know_of_is_no_step_of_its_own() -> None:
    plain, steered_ = gifts(), gifts()
    steered_.submit(CONTROL, Move("hold", item="sun"))
    steered_.submit(CONTROL, Move("hold", item="storm"))
    for session in (plain, steered_):
        session.submit("ada", Move("play", "ada", "gift"))
    one, two = (studied(s.tree, "ada", 30) for s in (plain, steered_))
    assert [step.title for step in two.steps] == [step.title for step in one.steps]
    assert [step.after.teams for step in two.steps] == [
        step.after.teams for step in one.steps
    ]
    assert [step.choice for step in two.steps] == [step.choice for step in one.steps]


@pytest.mark.parametrize("name", DECKS)
def test_what_a_team_may_not_know_changes_nothing(name: str) -> None:
    tree, chance = steered(name, 2, 14), random.Random(name)
    for team in tree.program.teams[:3]:
        twin = twin_of(tree, team, chance)
        found = studied(tree, team, 3)
        assert found == studied(twin, team, 3)
        log = LogReader(tree, team)
        for step in found.steps:
            assert log.entry(tree.nodes[step.number]) is not None
            assert not step.options or step.seat == team


def test_a_forecast_of_a_place_is_what_the_analysis_says_of_it() -> None:
    tree = finished()
    for seat in (CONTROL, tree.program.teams[0]):
        for step in studied(tree, seat).steps[3::20]:
            alone = forecast(tree, step.number, seat=seat, playouts=10, gear="low")
            assert alone == step.after


def test_a_step_says_what_was_answered_and_what_came_with_a_phase() -> None:
    tree = finished("bright-days")
    work = jobs(tree, tree.head, CONTROL, 1, {}, 0)
    measured = [job.run("low") for job in work]
    titles = [step.title for step in Analysis.of(tree, tree.head, work, measured).steps]
    answers = [title for title in titles if " answers" in title]
    assert answers
    assert all(" answers: " in title for title in answers)
    assert "Control opens the next phase: The call of 18 March" in titles


def test_what_is_done_is_kept_when_it_is_stopped() -> None:
    tree = finished()
    whole = studied(tree)
    part = analyse(
        tree, tree.head, playouts=10, gear="low", progress=lambda done, _: done < 7
    )
    assert part.steps == whole.steps[:6]
    assert part.start == whole.start


def test_a_gap_ends_what_is_told() -> None:
    tree = finished()
    work = jobs(tree, tree.head, CONTROL, 5, {}, 0)
    measured = [job.run("low") for job in work[:9]]
    del measured[6]
    part = Analysis.of(tree, tree.head, work, measured)
    assert len(part.steps) == 5
    measured.append(work[6].run("low"))
    whole = Analysis.of(tree, tree.head, work, measured)
    assert len(whole.steps) == 8
    assert Analysis.of(tree, tree.head, work, measured, so_far=part) == whole
    assert Analysis.of(tree, tree.head, work, measured[:3], so_far=whole) == replace(
        whole, steps=whole.steps[:2]
    )
    with pytest.raises(ValueError, match="first place"):
        Analysis.of(tree, tree.head, work, measured[1:])


def test_turning_points_are_the_greatest_swings_in_order_of_play() -> None:
    found = studied(finished(), playouts=40)
    team = found.start.teams[0].team
    points = found.turning_points(team, 3)
    numbers = [point.step.number for point in points]
    assert numbers == sorted(numbers)
    assert {point.team for point in points} == {team}
    least = min(abs(point.after - point.before) for point in points)
    others = [step for step in found.steps if step.number not in numbers]
    greater = [step for step in others if abs(step.swing(team)) > least + 1e-9]
    assert all(abs(step.swing(team)) < 12 for step in greater)
    assert len(found.turning_points("", 4)) <= 4


def test_a_better_move_is_named_only_where_it_is_sure() -> None:
    named = 0
    for seed in range(2):
        found = studied(finished("tutorial", seed), playouts=40)
        for point in found.turning_points("", 50):
            own = [option for option in point.step.options if option.chosen]
            if point.best is not None:
                named += 1
                assert point.best.expect.low > own[0].expect.high
    assert named


def test_a_usual_analysis_has_a_thousand_playouts() -> None:
    assert PLAYOUTS == 1_000
