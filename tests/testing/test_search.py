"""What games come to is found, played again and told; what none comes to is not."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from tabletop.bots.bulk import play_games, play_one
from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import Report
from tabletop.session.moves import from_json
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tabletop.testing.asking import lacking
from tabletop.testing.files import Case
from tabletop.testing.files import TestFile as File
from tabletop.testing.files_check import Checker
from tabletop.testing.games import Setting
from tabletop.testing.goals import KINDS, goal_names
from tabletop.testing.models import Always, FileModel, Reach, Within
from tabletop.testing.results import Outcome
from tabletop.testing.runner import run_case
from tabletop.testing.strategies import decks, seeds
from tests.testing.files import TUTORIAL, failure_of, failures, file_of


def outcomes(file: File) -> list[Outcome]:
    return [run_case(file, case) for case in file.cases]


def only(folder: Path, text: str) -> Outcome:
    [outcome] = outcomes(file_of(folder, text))
    return outcome


def replayed(file: File, outcome: Outcome, seed: int = 1) -> Session:
    """The moves of an outcome, made in a game at the table."""
    game = int(outcome.found[0].rpartition(" ")[2]) if outcome.passed else 0
    session = Session.new(file.deck, seed=seed, seats={CONTROL: "auto"}, game=game)
    for move in outcome.moves:
        session.submit(CONTROL, from_json(move))
    return session


def made(deck: Deck, kind: str, table: Always | Reach) -> tuple[File, Case]:
    """A file with one test that needs no text."""
    path = Path("deck.toml")
    text = f'deck = "deck.toml"\n[[{kind}]]\n'
    model = FileModel.model_validate({"deck": "deck.toml", kind: [table]})
    report = Report()
    checker = Checker(deck, model, report)
    checker.check()
    assert report.findings == []
    file = File("some.test.toml", text, deck, path, model, exprs=checker.exprs)
    case = Case(kind, kind, 2, "some.test.toml", 0, table)
    file.cases = (case,)
    return file, case


# --- reach


@pytest.mark.parametrize(
    ("demand", "holds"),
    [
        ('where = ["dike >= 80", "uphill"]', "dike is high"),
        ('where = ["water < 15"]', "water is low"),
        ('where = ["board.points >= 12", "round == 4"]', "points are kept"),
        ('ending = "one_crew"', "one_crew"),
        ('ending = "nobody_hurt"\nwhere = ["trade >= 40"]', "nobody_hurt"),
        ('reach = "inject:jammed_gate"', "jammed_gate"),
        ('reach = "option:minister_calls.keep"\nwhere = ["water > 60"]', "keep"),
        ('reach = "row:night_shift.row3"', "They sing"),
        ('where = ["played.shut_gate > 0", "fired.jammed_gate > 0"]', "jammed_gate"),
        ('where = ["water > 50"]\nwithin = { rounds = 2 }', "early"),
    ],
)
def test_a_line_that_is_found_can_be_played(
    demand: str, holds: str, tmp_path: Path
) -> None:
    file = file_of(tmp_path, f"[[reach]]\n{demand}\n")
    [outcome] = outcomes(file)
    assert outcome.failure is None
    assert len(outcome.found) == len(outcome.moves) + 1
    view = replayed(file, outcome).view(CONTROL)
    tracks = {track.id: track.value for track in view.tracks}
    log = [change for entry in view.log for change in entry.changes]
    assert {
        "dike is high": tracks["dike"] >= 80 and view.flags[0].value,
        "water is low": tracks["water"] < 15,
        "points are kept": view.teams[1].points >= 12 and view.round == 4,
        "early": tracks["water"] > 50 and view.round <= 2,
        "They sing": any("They sing" in change.text for change in log),
        "one_crew": view.over is not None and view.over.ending == holds,
        "nobody_hurt": view.over is not None and view.over.ending == holds,
    }.get(holds, any(change.subject == holds for change in log))


def test_what_bots_reach_is_a_game_of_theirs(tmp_path: Path) -> None:
    outcome = only(tmp_path, '[[reach]]\nending = "dry_feet"\npolicy = "greedy"\n')
    command = outcome.reproduce.split()
    assert command[:3] == ["tabletop", "run", str(tmp_path / TUTORIAL)]
    game = int(command[command.index("--only") + 1])
    deck = file_of(tmp_path, "[[always]]\nthat = 'true'\n").deck
    session = play_one(deck, 1, game, {"town": "greedy", "board": "greedy"})
    over = session.view(CONTROL).over
    assert over is not None
    assert over.ending == "dry_feet"
    assert [node.move for node in session.tree.path()[1:]] == [
        from_json(move) for move in outcome.moves
    ]


def test_what_is_not_reached_says_how_near_it_came(tmp_path: Path) -> None:
    text = '[[reach]]\nwhere = ["trade > 70"]\nwithin.runs = 40\n'
    failure = only(tmp_path, text).failure
    assert failure is not None
    assert failure.message.startswith("not reached in ")
    told, value = failure.difference[-1].split(" is ")
    assert told == "trade"
    assert 60 < int(value) <= 70  # market days rest: no more can be won
    assert failure.place.line == 3


def test_a_round_limit_is_kept(tmp_path: Path) -> None:
    text = '[[reach]]\nending = "scrape_through"\nwithin = { runs = 30, rounds = 3 }\n'
    assert not only(tmp_path, text).passed
    assert only(tmp_path, text.replace("rounds = 3", "rounds = 4")).passed


@given(decks())
@settings(max_examples=15)
def test_endings_that_bots_find_are_reached_and_no_others(deck: Deck) -> None:
    """In as many games of the same bots, on decks of every kind."""
    seen = play_games(deck, games=10, seed=1, policies={}, gear="low").endings
    for ending, games in seen.items():
        table = Reach(ending=ending, within=Within(runs=20))
        file, case = made(deck, "reach", table)
        outcome = run_case(file, case)
        if games:
            assert outcome.passed
        if outcome.passed:
            over = replayed(file, outcome).view(CONTROL).over
            assert over is not None
            assert over.ending == ending


# --- always and never


def test_what_does_not_hold_always_is_found_and_can_be_played(tmp_path: Path) -> None:
    file = file_of(tmp_path, '[[always]]\nthat = "trade < 60 and not uphill"\n')
    [outcome] = outcomes(file)
    failure = outcome.failure
    assert failure is not None
    assert f"after move {len(outcome.moves)} of game" in failure.message
    assert "does not hold" in failure.difference[0]
    assert failure.difference[-2].startswith("trade is ")
    assert failure.events
    game = int(outcome.reproduce.split("--only ")[1].split()[0])
    session = play_one(file.deck, 1, game, {})
    moves = [node.move for node in session.tree.path()[1:]]
    assert moves[: len(outcome.moves)] == [from_json(move) for move in outcome.moves]


@given(decks())
@settings(max_examples=15)
def test_tracks_stay_within_their_bounds_always(deck: Deck) -> None:
    kept = [f"{k} >= {t.min} and {k} <= {t.max}" for k, t in deck.model.tracks.items()]
    for that in kept[:3]:
        file, case = made(deck, "always", Always(that=that, games=3))
        assert run_case(file, case).failure is None


@given(decks(), seeds())
@settings(max_examples=15)
def test_games_are_those_of_run(deck: Deck, seed: int) -> None:
    file, case = made(deck, "always", Always(that="true"))
    setting = Setting(file, case, seed)
    program = setting.program
    digests: list[str] = []

    def look(state: list[int], _trace: object) -> bool:
        digests.append(program.digest(state))
        return False

    line = setting.play(1, setting.bots(), look)
    session = play_one(deck, seed, 1, {})
    assert digests == [session.tree.digest(node.number) for node in session.tree.path()]
    board = setting.board(line)
    assert board.tree.digest(board.tree.head) == digests[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_never_and_reach_are_opposites(kind: str, tmp_path: Path) -> None:
    """Of every thing of the tutorial: what some game reaches is not never."""
    deck = file_of(tmp_path, '[[always]]\nthat = "true"\n').deck
    names = [n for n in goal_names(deck, kind) if "minister" not in n][:4]
    text = "".join(
        f'[[never]]\nreach = "{kind}:{name}"\ngames = 20\n'
        f'[[reach]]\nreach = "{kind}:{name}"\nwithin = {{ runs = 40 }}\n'
        for name in names
    )
    found = outcomes(file_of(tmp_path, text))
    avoided, reached = found[: len(names)], found[len(names) :]
    for never, reach in zip(avoided, reached, strict=True):
        assert never.passed or reach.passed, never.name


def test_distances_are_what_a_comparison_lacks() -> None:
    for op, holds in {
        "<": int.__lt__, "<=": int.__le__, ">": int.__gt__, ">=": int.__ge__,
        "==": int.__eq__, "!=": int.__ne__,
    }.items():  # fmt: skip
        for left in range(-2, 3):
            for right in range(-2, 3):
                assert (lacking(op, left, right) == 0) == holds(left, right)


@pytest.mark.parametrize("kind", ["always", "never"])
def test_to_look_at_no_game_is_no_test(kind: str, tmp_path: Path) -> None:
    table = f'[[{kind}]]\nthat = "{"" if kind == "always" else "not "}(round >= 0)"\n'
    scripted = """
[[test]]
name = "x"
steps = [{ then = { round = 1 } }]
"""
    failure = failure_of(file_of(tmp_path, table + "games = 0\n"))
    assert failure.place.source.startswith("games")
    both = file_of(tmp_path, table + "games = 0\n" + scripted)
    assert failures(both) == [None, None]
