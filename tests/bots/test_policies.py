"""Policies that go by a table: what was used least, weights, scripts."""

from collections import Counter
from pathlib import Path

import pytest

from tabletop.bots.bulk import Job, Plan, plan, play_one
from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.engine.gear import GearName, gear, has_fast
from tabletop.engine.ledger import countable
from tabletop.engine.program import seed_key
from tabletop.errors import UsageError
from tabletop.session.session import Session
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck

KEY = seed_key(5)
ASKING = """
format = 1
id = "asking"
title = "Asking"
[rounds]
count = 4
ending = "over"
[endings.over]
title = "Over"
[tracks.x]
label = "X"
start = 0
[teams.ada]
name = "Ada"
points = 1
[teams.bob]
name = "Bob"
points = 2
[cards.plain]
team = "ada"
title = "Plain"
[cards.other]
team = "ada"
title = "Other"
[cards.tell]
team = "bob"
title = "Tell"
[cards.ask]
team = "bob"
title = "Ask"
ask = [
  { team = "ada", prompt = "Yes?", options = [
    { id = "yes", label = "Yes" }, { id = "no", label = "No" } ] },
  { team = "bob", prompt = "And you?", options = [
    { id = "yes", label = "Yes" }, { id = "no", label = "No" } ] } ]
"""


def asking() -> Deck:
    """A deck with few choices."""
    return load_text({"asking.toml": ASKING})


def written(folder: Path, text: str) -> str:
    """The name of a file with this text."""
    path = folder / "policy.toml"
    path.write_text(text, "utf-8")
    return str(path)


def chosen(each: Deck, who: Plan, games: int) -> dict[str, int]:
    """How often each card and option was chosen in a series."""
    ready, machine = countable(each), gear("high" if has_fast() else "low")
    census = machine.count(ready, KEY, 0, games, who.codes, tables=who.tables)
    program = ready.program
    options = [f"{id_}.{ask}.{number}" for id_, ask, number in program.options]
    counts = census.chosen["card"] + census.chosen["option"]
    return dict(zip([*program.cards, *options], counts, strict=True))


def moves_of(session: Session, team: str) -> list[str]:
    """What a team did in a game: cards, options, 'pass'."""
    nodes = [session.tree.nodes[number] for number in sorted(session.tree.nodes)]
    moves = [node.move for node in nodes if node.move and node.move.team == team]
    return [move.item or move.kind for move in moves]


# --- what was used least


@pytest.mark.xdist_group("high gear")
def test_the_least_used_policy_comes_to_what_is_seldom_used() -> None:
    """Each team's rarest card is played more often than by chance."""
    each = deck(BRIGHT_DAYS)
    least = chosen(each, plan(each, dict.fromkeys(each.model.teams, "least-used")), 64)
    chance = chosen(each, plan(each, {}), 64)
    for team in each.model.teams:
        mine = [id_ for id_, card in each.model.cards.items() if card.team == team]
        assert min(least[id_] for id_ in mine) > min(chance[id_] for id_ in mine)


def test_every_second_game_begins_with_what_was_used_least() -> None:
    """Ada has one point: she plays one of two cards, or passes; else she must pass."""
    each = asking()
    policies = dict.fromkeys(each.model.teams, "least-used")
    begun: Counter[str] = Counter({"plain": 0, "other": 0, "pass": 0})
    chance = 0
    for game in range(12):
        first = moves_of(play_one(each, 5, game, policies), "ada")[0]
        if game % 2 == 0:
            assert begun[first] == min(begun.values())
        chance += begun[first] != min(begun.values())
        begun[first] += 1
    assert chance > 0
    assert min(begun.values()) >= 3


@pytest.mark.parametrize("game", [0, 5, 63, 64, 66])
def test_a_game_of_bots_that_learn_can_be_played_alone(game: int) -> None:
    each = deck(TUTORIAL)
    policies = {"town": "least-used", "board": "random"}
    who = plan(each, policies)
    series = gear("low").play_games(
        countable(each).program, KEY, 0, 70, who.codes, tables=who.tables
    )
    end = play_one(each, 5, game, policies).view("control").over
    assert end is not None
    assert [score for _, score in end.scores] == series[game][5:7]


@pytest.mark.xdist_group("high gear")
def test_a_series_by_bots_that_learn_does_not_depend_on_how_it_is_cut() -> None:
    each = deck(TUTORIAL)
    who = plan(each, {"town": "least-used"})
    gears: list[GearName] = ["low", "high"] if has_fast() else ["low"]
    found = set()
    for name in gears:
        job = Job(countable(each).program, name, KEY, who.codes, 0, 80, who.tables)
        found.add(job.play()[1])
        found.add(b"".join(part.play()[1] for part in job.split(30)))
    assert len(found) == 1


# --- weights


@pytest.mark.xdist_group("high gear")
def test_weights_are_how_often_a_choice_is_made(tmp_path: Path) -> None:
    each = asking()
    file = written(
        tmp_path,
        'pass = 0\n[cards]\nother = 3\n[options]\n"ask.yes" = 0\n"ask.2.no" = 0',
    )
    found = chosen(
        each, plan(each, dict.fromkeys(each.model.teams, f"weights:{file}")), 200
    )
    assert found["plain"] + found["other"] == 4 * 200
    assert 560 < found["other"] < 640
    assert found["ask.0.0"] == 0 < found["ask.0.1"]
    assert found["ask.1.0"] > 0 < found["ask.1.1"], (
        "where nothing has weight, any is taken"
    )


def test_a_game_by_weights_can_be_played_alone(tmp_path: Path) -> None:
    each = deck(BRIGHT_DAYS)
    file = written(tmp_path, "pass = 3\n[cards]\npartial_mobilization = 1000")
    policies = dict.fromkeys(each.model.teams, f"weights:{file}")
    who = plan(each, policies)
    rows = gear("low").play_games(
        countable(each).program, KEY, 2, 1, who.codes, tables=who.tables
    )
    end = play_one(each, 5, 2, policies).view("control").over
    assert end is not None
    assert [score for _, score in end.scores] == rows[0][5:9]


# --- scripts


def test_a_script_is_gone_through_in_its_order_and_then_the_team_passes(
    tmp_path: Path,
) -> None:
    each = asking()
    file = written(
        tmp_path,
        'moves = ["tell", "ask", "ask.no", "pass", "tell"]\n'
        '[teams]\nada = ["other", "plain", "ask.no"]',
    )
    policies = dict.fromkeys(each.model.teams, f"script:{file}")
    session = play_one(each, 5, 0, policies)
    assert moves_of(session, "ada") == [
        "other", "pass", "no", "plain", "pass", "pass", "pass",
    ]  # fmt: skip
    assert moves_of(session, "bob") == [
        "tell", "ask", "no", "pass", "tell", "pass", "pass", "pass",
    ]  # fmt: skip


def test_a_save_of_a_special_game_says_how_a_team_played(tmp_path: Path) -> None:
    each = asking()
    session = play_one(each, 5, 0, {"ada": "least-used"}, tmp_path / "x.jsonl")
    session.close()
    opened = Session.open(tmp_path / "x.jsonl", read_only=True)
    notes = [node.note for node in opened.tree.nodes.values() if node.note]
    over = opened.over
    opened.close()
    assert notes == ["policy least-used"]
    assert over


# --- files that do not fit


@pytest.mark.parametrize(
    ("text", "kind", "said", "hint"),
    [
        ("\n[cards]\nplane = 2", "weights", ":3: `plane`", "`plain`"),
        ('[options]\n"ask.3.yes" = 1', "weights", ":2: `ask.3.yes`", "ask."),
        ("[options]\nask.maybe = 1", "weights", ":2: `ask.maybe`", "ask."),
        ("pass = true", "weights", ":1: the weight of `pass`", "whole numbers"),
        ("pass = 1001", "weights", ":1: the weight of `pass`", "1000"),
        ("cards = 3", "weights", ":1: `cards`", "[cards]"),
        ("weights = 3", "weights", ":1: `weights`", "pass"),
        ("pass = ", "weights", ":1: ", ""),
        ('moves = ["plain",\n "plane"]', "script", ":2: `plane`", "`plain`"),
        ("moves = [3]", "script", ":1: a move is a text", "CARD"),
        ('moves = "plain"', "script", ":1: the moves are not a list", "CARD"),
        ("[teams]\neve = []", "script", ":2: `eve`", "ada"),
        ("move = []", "script", ":1: `move`", "`moves`"),
        ("", "script", "empty", "moves = "),
    ],
)
def test_files_that_do_not_fit_are_refused_with_the_line(
    tmp_path: Path, text: str, kind: str, said: str, hint: str
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        plan(asking(), {"ada": f"{kind}:{file}"})
    assert said in caught.value.message
    assert caught.value.message.startswith(file)
    assert hint in (caught.value.hint or "")


@pytest.mark.parametrize(
    "name", ["weights", "script", "weights:nowhere.toml", "least_used", "script:"]
)
def test_policies_that_do_not_exist_are_refused(name: str) -> None:
    with pytest.raises(UsageError):
        plan(asking(), {"ada": name})


def test_a_plan_without_tables_has_none() -> None:
    found = plan(asking(), {"ada": "search:7"})
    assert (found.codes[1], found.tables, found.special) == (0, [], ())
    assert Counter(found.codes) == {0: 1, 3 + 16 * 7: 1}
