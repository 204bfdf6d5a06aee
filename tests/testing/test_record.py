"""Games that are recorded play again: bots' games, and whatever control may do."""

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tabletop.bots.bulk import play_one
from tabletop.deck.deck import Deck
from tabletop.errors import MoveError, UsageError
from tabletop.session.session import Session
from tabletop.session.start import Start
from tabletop.session.view import CONTROL, Move
from tabletop.testing.conformance_walks import ruling
from tabletop.testing.files import find, read
from tabletop.testing.making import numbered
from tabletop.testing.record import record, try_out
from tabletop.testing.record_keep import keep
from tabletop.testing.runner import run_case
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck

if TYPE_CHECKING:
    from tabletop.session.tree import Tree

SAVES = Path(__file__).parents[2] / "saves"


def wild_game(played: Deck, seed: int, moves: int = 60) -> Session:
    """A game in which control rules, steers and advances as it likes."""
    chance = random.Random(seed)
    seats = dict.fromkeys(played.model.teams, "person") | {CONTROL: "person"}
    session = Session.new(played, seed=seed, seats=seats, game=seed % 3)
    for _ in range(moves):
        if session.over:
            break
        move = next_move(session, chance)
        try:
            session.submit(CONTROL, move, note="so it is\nruled \x1b[31m")
        except MoveError:
            continue
        if chance.random() < 0.05 and session.head:
            place = chance.choice(session.tree.path()[:-1])
            session.undo(CONTROL, place.number, anew=True)
    return session


def next_move(session: Session, chance: random.Random) -> Move:
    if chance.random() < 0.2:
        return ruling(session.deck, chance)
    seat = chance.choice(session.owing())
    seat = CONTROL if chance.random() < 0.1 else seat
    moves = session.view(seat).moves
    return chance.choice(moves).move if moves else ruling(session.deck, chance)


def failure(
    session: Session, folder: Path, until: int | None = None, *, each: bool = False
) -> str:
    """Why the recorded game does not pass; empty when it does."""
    recorded = record(session.tree, until, each=each)
    found = try_out(recorded, session.deck.files, folder)
    return "" if found is None else f"{found}\n{recorded.text}"


@pytest.mark.parametrize("number", range(15))
def test_games_of_made_decks_pass_once_recorded(number: int, tmp_path: Path) -> None:
    session = play_one(numbered(number), number, number % 5, {})
    assert not failure(session, tmp_path)


@pytest.mark.parametrize("number", range(100, 125))
def test_whatever_control_does_can_be_recorded(number: int, tmp_path: Path) -> None:
    session = wild_game(numbered(number), number)
    assert not failure(session, tmp_path, each=number % 2 == 0)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("path", [TUTORIAL, BRIGHT_DAYS], ids=lambda path: path.stem)
def test_shipped_decks(path: Path, seed: int, tmp_path: Path) -> None:
    assert not failure(wild_game(deck(path), seed, 120), tmp_path)


@pytest.mark.parametrize("name", ["tutorial", "bright-days", "bright-days-evening"])
def test_sample_saves(name: str, tmp_path: Path) -> None:
    session = Session.open(SAVES / f"{name}.jsonl", read_only=True)
    assert not failure(session, tmp_path)


def test_a_part_of_a_game_and_an_abandoned_line(tmp_path: Path) -> None:
    session = play_one(deck(TUTORIAL), 3, 0, {})
    end = session.head
    for until in (1, end // 2):
        (tmp_path / str(until)).mkdir()
        assert not failure(session, tmp_path / str(until), until)
    session.undo(CONTROL, 4)
    (tmp_path / "end").mkdir()
    assert "[test.expect]\nending" in record(session.tree, end).text
    assert not failure(session, tmp_path / "end", end)
    assert "ending" not in record(session.tree).text


def test_what_is_not_the_deck_s_is_refused_with_a_way_out() -> None:
    session = Session.open(SAVES / "bright-days-exercise.jsonl", read_only=True)
    with pytest.raises(UsageError, match="written during the game") as error:
        record(session.tree)
    until = int(error.value.hint.split()[-1].strip("."))
    assert record(session.tree, until).steps > 10


@pytest.mark.parametrize("until", [0, 9_999])
def test_no_test_of_nothing(until: int) -> None:
    session = play_one(deck(TUTORIAL), 3, 0, {})
    with pytest.raises(UsageError):
        record(session.tree, until)


def test_reasons_stand_as_comments_that_stay_comments() -> None:
    text = record(wild_game(deck(TUTORIAL), 1).tree, name='A "name"\\').text
    assert 'name = "A \\"name\\"\\\\"' in text
    assert "so it is ruled" in text
    assert "\x1b" not in text


def test_it_says_of_which_deck_and_rules_it_is() -> None:
    played = deck(TUTORIAL)
    line = record(play_one(played, 3, 0, {}).tree).text.splitlines()[1]
    assert line.startswith("# Recorded of version 1.0.0 of the deck")
    assert played.digest[:12] in line


def test_games_that_begin_elsewhere(tmp_path: Path) -> None:
    start = Start(
        {"water": 45, "uphill": 1}, 3, {"sandbags": 2}, ("wet_cellars",), (),
        {"town": 5}, {"town": ("pumps", "sandbags"), "board": ()},
    )  # fmt: skip
    seats = {"town": "bot:random", "board": "bot:random", CONTROL: "auto"}
    session = Session.new(deck(TUTORIAL), seed=5, seats=seats, start=start)
    while session.bot_moves():
        pass
    assert (
        "start = { round = 3, water = 45, uphill = true," in record(session.tree).text
    )
    assert not failure(session, tmp_path)


@pytest.mark.parametrize("path", [TUTORIAL, BRIGHT_DAYS], ids=lambda path: path.stem)
def test_tests_become_saves_and_tests_again(path: Path, tmp_path: Path) -> None:
    trees: list[Tree] = []
    for test_file in find(path):
        file = read(test_file)
        for case in file.cases:
            if case.kind == "test":
                run_case(file, case, tracer=trees.append)
    for number, tree in enumerate(trees):
        session = Session.open(keep(tree, tmp_path, "game"), read_only=True)
        assert session.tree.digest(session.head) == tree.digest(tree.head)
        folder = tmp_path / str(number)
        folder.mkdir()
        assert not failure(session, folder)
        session.close()
    assert len(trees) > 8


def test_a_changed_deck_fails_at_the_step_that_differs(tmp_path: Path) -> None:
    session = play_one(deck(TUTORIAL), 11, 0, dict.fromkeys(("town", "board"), "first"))
    recorded = record(session.tree, each=True)
    text = session.deck.files["tutorial.toml"]
    changed = text.replace('effects = ["dike += 6"]', 'effects = ["dike += 7"]')
    found = try_out(recorded, {"tutorial.toml": changed}, tmp_path)
    assert found is not None
    assert 'play = "sandbags"' in found.place.source
    assert any(line.startswith("dike: expected") for line in found.difference)
