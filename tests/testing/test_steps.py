"""Scripted tests are strict: what no step says must not happen, and what one says must.

The tutorial's own tests are damaged in every way that changes what they say; each must
then fail. That is what a test is worth.
"""

import copy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabletop.testing.files import read
from tabletop.testing.runner import run_case
from tests.testing.files import TUTORIAL, failure_of, failures, file_of, script_file

TESTS = TUTORIAL.with_name("tutorial.test.toml")
DATA = tomllib.loads(TESTS.read_text("utf-8"))
SCRIPTS = DATA["test"]
Script = dict[str, Any]


# --- they pass, and would not if they were wrong


@pytest.mark.parametrize("seed", [0, 7, 12345])
def test_scripts_that_say_all_luck_hold_with_any_seed(seed: int) -> None:
    file = read(TESTS)
    scripts = [case for case in file.cases if case.kind == "test"]
    assert len(scripts) > 10
    for case in scripts:
        assert run_case(file, case, seed=seed).failure is None, case.name


def damages(script: Script) -> Iterator[tuple[str, Script]]:
    """The script, wrong in one place each: what is wrong, and the script."""
    for number, step in enumerate(script["steps"]):
        for said, changed in damaged_steps(step):
            damaged = copy.deepcopy(script)
            damaged["steps"][number] = changed
            yield f"step {number}: {said}", damaged
    for key, value in wrong_ends(script.get("expect", {})):
        damaged = copy.deepcopy(script)
        damaged["expect"][key] = value
        yield f"expect.{key}", damaged


def wrong_ends(expect: Script) -> Iterator[tuple[str, Any]]:
    if "ending" in expect:
        yield "ending", "nobody_hurt"
    if "score" in expect:
        yield "score", {team: score + 1 for team, score in expect["score"].items()}
    if "where" in expect:
        yield "where", [f"not ({text})" for text in expect["where"]]


def damaged_steps(step: Script) -> Iterator[tuple[str, Script]]:
    """The step, wrong in one way each."""
    for name, value in flat(step.get("then", {})):
        other = value + 1 if type(value) is int else not value
        yield f"then {name}", {**step, "then": {**step["then"], name: other}}
    for key in ("roll", "draws", "comes"):
        if key in step:
            yield f"no {key}", {k: v for k, v in step.items() if k != key}
    yield from wrong_luck(step)
    yield from wrong_refusals(step)
    yield from wrong_looks(step)


def wrong_luck(step: Script) -> Iterator[tuple[str, Script]]:
    if "roll" in step:
        yield "one die more", {**step, "roll": [*step["roll"], 1]}
        yield "a side that no die has", {**step, "roll": [9, *step["roll"][1:]]}
    if "draws" in step:
        yield "other draws", {**step, "draws": {"town": ["pumps"]}}


def wrong_refusals(step: Script) -> Iterator[tuple[str, Script]]:
    if "offered" in step:
        yield "one offer less", {**step, "offered": step["offered"][1:]}
        yield "one offer more", {**step, "offered": [*step["offered"], "pumps"]}
    if "illegal" in step:
        yield "another reason", {**step, "illegal": "veto"}
    if step.get("try") not in (None, "pass", "take"):
        rest = {k: v for k, v in step.items() if k not in ("try", "illegal")}
        yield "done, not tried", {**rest, "play": step["try"]}


def wrong_looks(step: Script) -> Iterator[tuple[str, Script]]:
    if "hides" in step:
        yield "shows", {"view": step["view"], "shows": step["hides"]}
    if "shows" in step:
        yield "hides", {"view": step["view"], "hides": step["shows"]}
    if "log" in step:
        yield "another event", {**step, "log": [*step["log"], "washed_over"]}
        yield "no such event", {**step, "no_log": step["log"][:1]}
        if len(step["log"]) > 1:
            yield "another order", {**step, "log": step["log"][::-1]}


def flat(table: Script) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{part}", each) for part, each in value.items())
        else:
            yield name, value


DAMAGES = [
    (f"{script['name']}: {said}", damaged)
    for script in SCRIPTS
    for said, damaged in damages(script)
]


def test_there_are_many_damages() -> None:
    assert len(DAMAGES) > 70


def test_each_damage_fails(tmp_path: Path) -> None:
    file = script_file(
        tmp_path, [{**damaged, "name": said} for said, damaged in DAMAGES]
    )
    found = zip(DAMAGES, failures(file), strict=True)
    assert [said for (said, _), failure in found if failure is None] == []


# --- what fails, and what is told of it


def test_luck_that_no_step_says_fails_and_is_told(tmp_path: Path) -> None:
    start = '{ phase = "play", hand.town = ["night_shift", "market_day"] }'
    step = '{ team = "town", play = "%s", then = { water = 40 } }'

    def failed(card: str) -> tuple[str, str]:
        text = f'[[test]]\nname = "x"\nstart = {start}\nsteps = [{step % card}]\n'
        failure = failure_of(file_of(tmp_path, text))
        return failure.message, failure.hint

    message, hint = failed("night_shift")
    assert (message, hint.startswith("give them: roll = [")) == (
        "night_shift throws dice that the step does not give", True,
    )  # fmt: skip
    message, hint = failed("market_day")
    assert "draws cards by chance" in message
    assert "draws.town = [" in hint


def test_injects_that_no_step_says_fail(tmp_path: Path) -> None:
    text = (
        '[[test]]\nname = "x"\nallow = ["draws"]\nsteps = [{ advance = "round", %s }]\n'
    )
    then = "then = { round = 2 }"
    failure = failure_of(file_of(tmp_path, text % then))
    assert failure.message.startswith("hill_rain comes")
    assert 'comes = ["hill_rain"]' in failure.hint
    wrong = file_of(tmp_path, text % f'comes = ["hill_rain", "surge"], {then}')
    assert failure_of(wrong).message == "surge does not come"
    right = file_of(tmp_path, text % f'comes = ["hill_rain"], {then}')
    assert failures(right) == [None]


def test_what_is_allowed_need_not_be_said(tmp_path: Path) -> None:
    test = '[[test]]\nname = "x"\nsteps = [{ advance = "end", then = { round = 4 } }]\n'
    all_luck = 'allow = ["draws", "injects", "rolls"]\n'
    assert failures(file_of(tmp_path, test)) != [None]
    assert failures(file_of(tmp_path, test + all_luck)) == [None]
    assert failures(file_of(tmp_path, all_luck + test)) == [None]
    assert failures(file_of(tmp_path, test + 'else = "first"\n')) == [None]


def test_a_question_that_no_step_answers_fails(tmp_path: Path) -> None:
    text = """
[[test]]
name = "x"
start = { phase = "play", hand.town = ["ask_for_room"] }
steps = [{ team = "town", play = "ask_for_room" }, %s]
expect.where = ["water > 0"]
"""
    failure = failure_of(file_of(tmp_path, text % '{ advance = "round" }'))
    assert "waits for board to answer a question, and no step does" in failure.message
    assert failure.hint == 'such as { team = "board", choose = "take" }'
    other = failure_of(file_of(tmp_path, text % '{ team = "town", pass = true }'))
    assert "the game waits for board" in other.reasons


def test_steps_after_the_end_fail(tmp_path: Path) -> None:
    text = """
allow = ["draws", "injects", "rolls"]
[[test]]
name = "x"
steps = [{ advance = "end" }, %s]
expect.where = ["round == 4"]
"""
    for step in ('{ advance = "phase" }', '{ team = "town", pass = true }'):
        failure = failure_of(file_of(tmp_path, text % step))
        assert "over" in " ".join((failure.message, *failure.reasons))
    tried = '{ team = "town", try = "pass", illegal = "over" }'
    assert failures(file_of(tmp_path, text % tried)) == [None]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ('steps = [{ team = "town", pass = true }]', "expects nothing"),
        ('steps = [{ team = "town", pass = true, then = {}, where = [] }]', "expects"),
        ('steps = [{ advance = "phase" }]\nexpect.score = {}', "expects nothing"),
        ('expect.ending = "none"', "has no steps"),
    ],
)
def test_a_test_that_asserts_nothing_fails(
    rest: str, said: str, tmp_path: Path
) -> None:
    text = f'[[test]]\nname = "x"\nstart.phase = "play"\n{rest}\n'
    assert said in failure_of(file_of(tmp_path, text)).message


def test_a_game_that_is_not_over_has_no_ending_and_no_score(tmp_path: Path) -> None:
    text = '[[test]]\nname = "x"\nsteps = [{ then = { ending = "none" } }]\n'
    ending = failure_of(file_of(tmp_path, text + 'expect.ending = "one_crew"\n'))
    assert ending.message.startswith("the game is not over")
    score = failure_of(file_of(tmp_path, text + "expect.score = { town = 1 }\n"))
    assert "not over" in score.message


def test_failures_show_place_difference_reasons_and_events(tmp_path: Path) -> None:
    text = """
[[test]]
name = "x"
start = { phase = "play", hand.town = ["sandbags", "move_uphill"], water = 20 }
steps = [
    { team = "town", play = "sandbags", then = { dike = 47, trade = 1, water = 30 } },
]
"""
    failure = failure_of(file_of(tmp_path, text))
    place = failure.place
    assert (place.line, place.source[place.column - 1 :][:4]) == (7, "dike")
    told = ("dike: expected 47, found 46", "trade: expected 1, found 50")
    assert failure.difference == told
    assert "  dike 40 -> 46 (Fill sandbags)" in failure.events
    refused = text.replace('play = "sandbags"', 'play = "move_uphill"')
    failure = failure_of(file_of(tmp_path, refused))
    assert failure.place.source[failure.place.column - 1 :].startswith("play")
    assert failure.reasons == ("needs Water > 40, now 30 (`water > 40`)",)


def test_conditions_fail_part_by_part(tmp_path: Path) -> None:
    where = "dike == 40 and water > 70 and (uphill or trade < 9)"
    text = f'[[test]]\nname = "x"\nsteps = [{{ where = ["dike > 3", "{where}"] }}]\n'
    failure = failure_of(file_of(tmp_path, text))
    assert failure.place.source[failure.place.column :].startswith("dike == 40")
    assert failure.difference == (
        "`water > 70` does not hold", "`uphill or trade < 9` does not hold",
        "dike is 40", "water is 40", "uphill is false", "trade is 50",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("setup", "card", "reasons"),
    [
        ("points.town = 1", "night_shift", ["cost", "costs 2"]),
        ("played.move_uphill = 1", "move_uphill", ["limit", "already played"]),
        ("water = 10", "move_uphill", ["requires", "water", "water > 40", "now 20"]),
        ("", "pumps", ["hand", "not in town's hand"]),
        ("", "shut_gate", ["response", "open_sluice", "playing.open_sluice"]),
        ("", "take", ["option"]),
        ("", "no_such_reason", []),
    ],
)
def test_refusals_have_names(
    setup: str, card: str, reasons: list[str], tmp_path: Path
) -> None:
    """By a word for their kind, words of the reason, or what its condition reads."""
    start = 'phase = "play", hand.town = ["night_shift", "move_uphill", "shut_gate"]'
    start += f", {setup}" if setup else ""
    tried = card if reasons else "shut_gate"
    tables = "".join(
        f'[[test]]\nname = "{i}"\nstart = {{ {start} }}\n'
        f'steps = [{{ team = "town", try = "{tried}", illegal = "{reason}" }}]\n'
        for i, reason in enumerate(reasons or [card])
    )
    found = failures(file_of(tmp_path, tables))
    if reasons:
        assert found == [None] * len(reasons)
    else:
        [failure] = found
        assert failure is not None
        assert any("response" in line for line in failure.reasons)


def test_trying_changes_nothing(tmp_path: Path) -> None:
    text = """
[[test]]
name = "x"
start = { phase = "play", hand.town = ["sandbags"] }
steps = [{ team = "town", try = "sandbags", illegal = "cost" }]
"""
    failure = failure_of(file_of(tmp_path, text))
    assert failure.message == "town: play sandbags is possible"
    assert not any("plays" in line for line in failure.events)


# --- who decides, and where games begin


def test_who_decides_what_no_step_does(tmp_path: Path) -> None:
    text = '[[test]]\nname = "x"\nelse = "%s"\nsteps = [{ then = { round = 1 } }]\n'
    text += "expect.score = { town = 99 }\n"

    def score(named: str) -> str:
        return failure_of(file_of(tmp_path, text % named)).message

    known = ["first", "greedy", "random:1", "random:2"]
    assert len({score(each) for each in known}) > 2
    assert score("random:1") == score("random:1")


def test_a_start_is_what_a_deck_with_these_starts_would_begin_with(
    tmp_path: Path,
) -> None:
    deck = TUTORIAL.read_text("utf-8")
    other = deck.replace("start = 30", "start = 57").replace(
        'label = "Moved uphill"', 'label = "Moved uphill"\nstart = true'
    )
    (tmp_path / "other.toml").write_text(other, "utf-8")
    steps = 'steps = [{ advance = "round", then = { round = 2 } }]\nelse = "first"\n'
    start = 'start = { water = 57, flags = ["uphill"] }\n'
    plain = file_of(tmp_path, f'[[test]]\nname = "x"\n{steps}', tmp_path / "other.toml")
    given = file_of(tmp_path, f'[[test]]\nname = "x"\n{start}{steps}')
    digests: list[str] = []
    for file in (plain, given):
        [case] = file.cases
        run_case(file, case, tracer=lambda tree: digests.append(tree.digest(tree.head)))
    assert digests[0] == digests[1]


def test_a_start_in_a_later_round(tmp_path: Path) -> None:
    text = """
[[test]]
name = "x"

[test.start]
round = 4
phase = "play"
dike = 90
points = { town = 1, board = 9 }
played.pumps = 3
fired = ["wet_cellars"]
hand = { town = ["pumps", "sandbags"], board = [] }

[[test.steps]]
where = ["round == 4", "town.points == 1", "board.points == 9", "board.hand == 0"]
then = { played.pumps = 3, fired = { wet_cellars = 1, hill_rain = 0 }, water = 40 }

[[test.steps]]
team = "town"
offered = ["sandbags", "pumps", "pass"]

[[test.steps]]
set = { water = 65 }
then = { fired.wet_cellars = 1, trade = 50 }

[[test.steps]]
advance = "end"
comes = ["surge"]
roll = [6]

[test.expect]
ending = "scrape_through"
"""
    assert failures(file_of(tmp_path, text)) == [None]


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ('hand.town = ["move_uphill", "move_uphill"]', "can't hold move_uphill"),
        ("roll = [3]", "1 of these dice are not thrown"),
        ('phase = "play", water = 65', "does not open: the game is over"),
    ],
)
def test_a_start_that_cannot_be_fails(start: str, said: str, tmp_path: Path) -> None:
    steps = "steps = [{ then = { round = 1 } }]"
    text = f'[[test]]\nname = "x"\nstart = {{ {start} }}\n{steps}\n'
    failure = failure_of(file_of(tmp_path, text))
    assert said in failure.message
    assert failure.place.line == 4


def test_what_holds_always_holds_in_scripts(tmp_path: Path) -> None:
    text = """
[[test]]
name = "x"
start = { phase = "play", hand.town = ["sandbags"] }
steps = [
    { team = "town", play = "sandbags" },
    { set = { dike = 40 }, then = { dike = 40 } },
]
[[%s]]
%s
games = 0
"""
    for kind, demand in [
        ("always", 'that = "dike == 40"'), ("never", 'that = "dike > 40"'),
        ("never", 'reach = "card:sandbags"'), ("never", 'where = ["dike == 46"]'),
    ]:  # fmt: skip
        failed, kept = failures(file_of(tmp_path, text % (kind, demand)))
        assert failed is not None
        assert (failed.place.line, kept) == (7, None)


def test_control_rules_and_steers(tmp_path: Path) -> None:
    text = """
[[test]]
name = "x"
start = { phase = "play", dike = 70, hand = { town = ["sandbags"], board = ["pumps"] } }
allow = ["draws"]
steps = [
    { veto = "sandbags" },
    { team = "town", try = "sandbags", illegal = "veto" },
    { lift = "sandbags" },
    { reveal = "pumps", team = "board", to = "town", log = ["pumps"] },
    { take = "pumps", team = "board", then = { board.hand = 0 } },
    { force = "pumps", team = "board", then = { water = 34, played.pumps = 1 } },
    { add = { water = 5, town.points = 2 }, then = { water = 39, "town.points" = 5 } },
    { hold = "hill_rain" },
    { advance = "round" },
    { release = "hill_rain", comes = ["hill_rain"] },
    { forward = "surge", to = 2 },
    { skip = "wet_cellars" },
    { advance = "play" },
    { advance = "phase", comes = ["surge"], roll = [1] },
    { then = { round = 3, phase = "news", fired.wet_cellars = 0 } },
]
"""
    assert failures(file_of(tmp_path, text)) == [None]


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ('{ reveal = "sandbags", team = "board" }', "it is not in board's hand"),
        (
            '{ reveal = "sandbags", team = "town", to = "town" }',
            "town knows its own cards",
        ),
        ('{ take = "pumps", team = "town" }', "it is not in town's hand"),
        ('{ veto = "pumps" }, { veto = "pumps" }', "pumps is vetoed already"),
        ('{ lift = "pumps" }', "pumps is not vetoed"),
        ('{ hold = "INJECT" }, { hold = "INJECT" }', "INJECT is held already"),
        ('{ release = "INJECT" }', "INJECT is neither held nor skipped"),
        ('{ skip = "INJECT" }, { hold = "INJECT" }', "INJECT is skipped"),
        ('{ inject = "INJECT" }, { skip = "INJECT" }', "INJECT has come already"),
        ('{ forward = "INJECT", to = 1 }', "it can come in the rounds 2 to 4"),
    ],
)
def test_refusals_of_what_control_does_have_reasons(
    steps: str, reason: str, tmp_path: Path
) -> None:
    text = f"""
[[test]]
name = "x"
start = {{ round = 2, phase = "play", hand.town = ["sandbags"] }}
steps = [ {steps}, {{ then = {{ round = 2 }} }} ]
allow = ["draws", "rolls", "injects"]
"""
    failure = failure_of(file_of(tmp_path, text.replace("INJECT", "jammed_gate")))
    assert [why.split(", which")[0] for why in failure.reasons] == [
        reason.replace("INJECT", "jammed_gate")
    ]
    assert failure.hint == ""


def test_a_card_that_is_laid_where_cards_are_played_is_told_apart(
    tmp_path: Path,
) -> None:
    text = """
[[test]]
name = "x"
start = { phase = "play", hand.town = ["sandbags"] }
steps = [{ team = "town", lay = "sandbags", then = { dike = 46 } }]
"""
    failure = failure_of(file_of(tmp_path, text))
    assert failure.reasons == ("cards are played now, not laid",)
    assert "`play` plays it" in failure.hint
