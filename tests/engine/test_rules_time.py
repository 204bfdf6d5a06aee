"""Rules of play: rounds, phases, what lasts, what is scheduled, rules, endings."""

import pytest

from tabletop.errors import IllegalMoveError
from tabletop.session.tree import MachineError
from tabletop.session.view import CONTROL
from tests.engine.small import TEAMS, Play, adds, card, inject, rule

PHASES = "minutes = { brief = 1, play = 2, talk = 3 }"
SOLO = '[teams.ada]\nname = "Ada"\npoints = 9\n'
BANDS = """
[tracks.y]
label = "Y"
start = 0
bands = [
    { to = 9, label = "low" }, { to = 19, label = "mid" }, { to = 100, label = "high" },
]
"""


# --- phases


def test_phases_go_in_their_order_and_control_closes_them() -> None:
    game = Play(TEAMS, adds("a", 1), rounds=PHASES)
    assert (game.phase, game.owing()) == ("brief", (CONTROL,))
    game.advance()
    assert (game.phase, game.owing()) == ("play", ("ada",))
    game.skip("ada", "bob")
    assert (game.phase, game.owing()) == ("talk", (CONTROL,))
    game.advance()
    assert (game.phase, game.round) == ("brief", 2)


def test_control_can_close_play_early() -> None:
    game = Play(TEAMS, adds("a", 1), rounds=PHASES)
    game.advance()
    game.advance()
    assert (game.phase, game.round) == ("talk", 1)


def test_a_phase_can_not_be_closed_while_a_question_is_open() -> None:
    ask = (
        'ask = [{ team = "bob", prompt = "?", options = [{ id = "o", label = "O" }] }]'
    )
    game = Play(TEAMS, card("a", ask))
    game.play("ada", "a")
    with pytest.raises(IllegalMoveError):
        game.advance()


# --- lasting effects


def test_lasting_effects_run_in_the_rounds_that_follow() -> None:
    game = Play(SOLO, adds("a", 1, 'lasting = { rounds = 2, effects = ["x += 10"] }'))
    game.play("ada", "a")
    seen = [game.x]
    for _ in range(3):
        game.skip("ada")
        seen.append(game.x)
    assert seen == [51, 61, 71, 71]


def test_playing_again_starts_the_count_again() -> None:
    lasting = 'lasting = { rounds = 2, effects = ["x += 10"] }'
    game = Play(SOLO, adds("a", 1, lasting, "cooldown = 1"), rounds="")
    game.play("ada", "a")
    game.skip("ada")
    game.skip("ada")
    game.play("ada", "a")  # in round 3, after both
    assert game.x == 72
    game.skip("ada")
    assert game.x == 82


def test_lasting_effects_stop_when_their_condition_holds() -> None:
    lasting = 'lasting = { until = "x >= 65", effects = ["x += 10"] }'
    game = Play(SOLO, adds("a", 1, lasting, 'requires = "not lasts.a"'))
    game.play("ada", "a")
    seen, may = [], []
    for _ in range(3):
        may.append(game.offered("ada"))
        game.skip("ada")
        seen.append(game.x)
    assert seen == [61, 71, 71]
    assert may == [[], [], []]
    assert game.offered("ada") == ["a"]


# --- what is scheduled


def test_effects_are_scheduled() -> None:
    game = Play(SOLO, card("a", """effects = ["schedule('x += 10', 2)"]"""))
    game.play("ada", "a", "a")
    seen = []
    for _ in range(3):
        game.skip("ada")
        seen.append(game.x)
    assert seen == [50, 70, 70]


def test_cards_are_scheduled_without_cost_or_condition() -> None:
    later = adds("b", 10, 'requires = "x > 90"', team="bob", cost=3)
    after = rule("r", 'at = "after_play"', 'effects = ["x += 1"]')
    game = Play(TEAMS, card("a", 'effects = ["schedule(b, 1)"]'), later, after)
    game.play("ada", "a")
    assert game.x == 51
    game.skip("ada", "bob")
    assert game.x == 62
    assert game.track("bob.points") == 5


def test_injects_are_scheduled() -> None:
    storm = inject("storm", 'effects = ["x -= 9"]')
    game = Play(SOLO, card("a", 'effects = ["schedule(storm, 1)"]'), storm)
    game.play("ada", "a")
    game.skip("ada")
    assert game.x == 41
    assert game.session.view(CONTROL).injects[0].state == "fired"


def test_a_move_that_would_hardly_end_is_refused() -> None:
    """Each of these cards schedules itself twice: a hundred thousand in round 17."""
    twice = 'effects = ["schedule(a, 1)", "schedule(a, 1)"]'
    game = Play(SOLO, card("a", twice), rounds="", count=30)
    game.play("ada", "a")
    with pytest.raises(MachineError):
        game.skip(*["ada"] * 30)
    assert game.round >= 15
    assert game.session.head == game.round
    assert game.offered("ada") == ["a"]


def test_what_is_due_after_the_last_round_never_comes() -> None:
    game = Play(SOLO, card("a", """effects = ["schedule('x = 0', 2)"]"""))
    game.skip("ada")
    game.skip("ada")
    game.play("ada", "a")
    game.skip("ada")
    game.skip("ada")
    assert (game.ending(), game.x) == ("over", 50)


# --- injects


def test_injects_come_in_their_round_and_phase() -> None:
    game = Play(
        TEAMS,
        adds("a", 1),
        inject("one", "at = { round = 1 }", 'effects = ["x += 1"]'),
        inject("two", 'at = { round = 1, phase = "play" }', 'effects = ["x += 2"]'),
        inject(
            "three",
            'at = { round = 1, phase = "play", moment = "end" }',
            'effects = ["x += 4"]',
        ),
        inject("four", "at = { round = 2 }", 'effects = ["x += 8"]'),
        rounds=PHASES,
    )
    seen = [game.x]
    game.advance()
    seen.append(game.x)
    game.skip("ada")
    seen.append(game.x)
    game.skip("bob")
    seen.append(game.x)
    game.advance()
    seen.append(game.x)
    assert seen == [51, 53, 53, 57, 65]


def test_injects_of_one_moment_come_in_the_decks_order() -> None:
    first = inject("one", "at = { round = 1 }", 'effects = ["x = 7"]')
    then = inject("two", "at = { round = 1 }", 'effects = ["x = x * 10"]')
    assert Play(SOLO, adds("a", 1), first, then).x == 70


def test_an_inject_on_a_condition_comes_once() -> None:
    low = inject("low", 'when = "x < 45"', 'effects = ["x += 20"]')
    game = Play(SOLO, adds("a", -10), low)
    game.play("ada", "a")
    assert (game.x, game.told("inject")) == (60, ["low"])
    game.play("ada", "a", "a", "a")
    assert game.x == 30


def test_a_contingency_does_not_come_by_itself() -> None:
    game = Play(SOLO, adds("a", 1), inject("idle", "contingency = true"))
    for _ in range(4):
        game.skip("ada")
    assert game.ending() == "over"
    assert game.session.view(CONTROL).injects[0].state == "hand"


# --- rules


@pytest.mark.parametrize(
    ("once", "seen"),
    [("", [52, 54, 56]), ("round", [52, 53, 55]), ("game", [52, 53, 54])],
)
def test_how_often_a_rule_runs(once: str, seen: list[int]) -> None:
    limit = f'once = "{once}"' if once else ""
    after = rule("r", 'at = "after_play"', limit, 'effects = ["x += 1"]')
    game = Play(SOLO, adds("a", 1), after)
    found = []
    for step in range(3):
        if step == 2:
            game.skip("ada")
        game.play("ada", "a")
        found.append(game.x)
    assert found == seen


def test_rules_run_at_their_moments_in_the_decks_order() -> None:
    game = Play(
        SOLO,
        card("a", "effects = []"),
        inject("i"),
        rule("end", 'at = "round_end"', 'effects = ["x = x * 10 + 1"]'),
        rule("start", 'at = "round_start"', 'effects = ["x = round"]'),
        rule("again", 'at = "round_start"', 'effects = ["x += 2"]'),
        rule("after", 'at = "after_inject"', 'effects = ["x += 5"]'),
    )
    assert game.x == 1 + 2
    game.play("ada", "a")
    assert game.x == 3
    game.control("fire", "i")
    assert game.x == 8
    game.skip("ada")
    assert game.x == 2 + 2


def test_a_rule_needs_its_condition() -> None:
    after = rule("r", 'at = "after_play"', 'when = "x > 51"', 'effects = ["x += 10"]')
    game = Play(SOLO, adds("a", 1), after)
    game.play("ada", "a")
    assert game.x == 51
    game.play("ada", "a")
    assert game.x == 62


def test_a_rule_on_a_band_runs_once_for_each_crossing() -> None:
    game = Play(
        SOLO,
        BANDS,
        card("a", 'effects = ["y += 5"]'),
        rule("r", 'at = "band"', 'track = "y"', 'effects = ["x += 1"]'),
    )
    seen = []
    for _ in range(5):
        game.play("ada", "a")
        seen.append((game.track("y"), game.x))
    assert seen == [(5, 50), (10, 51), (15, 51), (20, 52), (25, 52)]


def test_a_rule_on_a_band_runs_once_in_a_settling() -> None:
    """Though it crosses again itself; rules that it sets off run after it."""
    game = Play(
        SOLO,
        BANDS,
        card("a", 'effects = ["y += 10"]'),
        rule("up", 'at = "band"', 'track = "y"', 'effects = ["y += 10", "x += 1"]'),
        rule("two", 'at = "band"', 'track = "y"', 'effects = ["x += 10"]'),
    )
    game.play("ada", "a")
    assert (game.track("y"), game.x) == (20, 61)


# --- endings


def ending(id_: str, *lines: str) -> str:
    """A further ending."""
    return "\n".join([f"[endings.{id_}]", f'title = "{id_}"', *lines, ""])


def test_the_last_round_ends_the_game() -> None:
    game = Play(SOLO, adds("a", 1))
    for number in range(1, 5):
        assert (game.round, game.ending()) == (number, "")
        game.skip("ada")
    assert game.ending() == "over"
    assert game.owing() == ()


def test_endings_are_tested_as_a_round_closes() -> None:
    game = Play(SOLO, adds("a", 30), ending("high", 'when = "x > 70"'))
    game.play("ada", "a")
    assert game.ending() == ""
    game.skip("ada")
    assert (game.ending(), game.round) == ("high", 1)


def test_endings_at_any_time_are_tested_after_each_move() -> None:
    high = ending("high", 'when = "x > 70"', 'at = "always"')
    game = Play(SOLO, adds("a", 30), high)
    game.play("ada", "a")
    assert game.ending() == "high"


def test_the_highest_priority_wins_then_the_decks_order() -> None:
    game = Play(
        SOLO,
        adds("a", 30),
        ending("one", 'when = "x > 70"', "priority = 1"),
        ending("two", 'when = "x > 75"', "priority = 2"),
        ending("three", 'when = "x > 75"', "priority = 2"),
    )
    game.play("ada", "a")
    game.skip("ada")
    assert game.ending() == "two"


def test_an_effect_ends_the_game_and_nothing_follows() -> None:
    effects = 'effects = ["x += 1", "end(early)", "x += 10"]'
    after = rule("r", 'at = "after_play"', 'effects = ["x += 20"]')
    game = Play(SOLO, card("a", effects), after, ending("early"))
    game.play("ada", "a")
    assert (game.ending(), game.x) == ("early", 51)


def test_objectives_are_scored_by_how_it_ended() -> None:
    scored = """
[[teams.ada.objectives]]
text = "X"
score = "x // 10"
[[teams.ada.objectives]]
text = "The end"
score = "20 if ending.over else -20"
"""
    game = Play(SOLO, scored, adds("a", 1))
    for _ in range(4):
        game.skip("ada")
    over = game.session.view("ada").over
    assert over is not None
    assert over.scores == (("ada", 25),)
