"""Numbers of a deck are found, turned where they stand, and told by what they move."""

import tomllib
from pathlib import Path

import pytest

from tabletop.deck.loader import load_text
from tabletop.errors import UsageError
from tabletop.study.numbers import chosen, numbers, turned, turns
from tabletop.study.result import Lever
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.study.studied import CARDS, made, studied

ODD = '''
[cards.odd]
team = "ada"
title = "Odd – ünïcode"
cost = +2
limit = 1
effects = ["x -= 4", """
  x += 30 - 2 *
     x""", "x = 50", 'schedule("x += 10", 1)', "ada.points += round"]
'''


def by_path(of: str) -> dict[str, int]:
    return {number.path: number.value for number in numbers(made(of))}


def test_every_number_that_may_be_turned() -> None:
    assert by_path(ODD) == {
        "tracks.x.start": 50,
        "teams.ada.points": 1,
        "cards.odd.cost": 2,
        "cards.odd.effects[0]": 4,
        "cards.odd.effects[1]": 30,
        "cards.odd.effects[1]#2": 2,
        "cards.odd.effects[2]": 50,
        "cards.odd.effects[3]": 10,
    }


def test_each_turn_changes_one_number_of_the_deck_and_nothing_else() -> None:
    """Also in texts of several lines, behind letters of several bytes."""
    of = made(ODD)
    found = turns(of.files, numbers(of))
    assert len({turn.path for turn in found}) == 8
    before = by_path(ODD)
    for turn in found:
        new = load_text(turned(of.files, turn))
        after = {number.path: number.value for number in numbers(new)}
        assert after == before | {turn.path: turn.after}
        assert turn.before == before[turn.path] != turn.after


@pytest.mark.parametrize("path", [TUTORIAL, BRIGHT_DAYS])
def test_all_numbers_of_shipped_decks_stand_where_they_are_looked_for(
    path: Path,
) -> None:
    """What the files' own data says at the turned place is the new number."""
    of = deck(path)
    found = turns(of.files, numbers(of))
    assert len(found) > 100
    for turn in found[:: len(found) // 5]:
        files = turned(of.files, turn)
        changed = [name for name in files if files[name] != of.files[name]]
        assert changed == [turn.place.file]
        tomllib.loads(files[turn.place.file])
        load_text(files)


def test_a_tenth_and_one_at_least() -> None:
    of = made(CARDS)
    found = {(t.path, t.after) for t in turns(of.files, numbers(of))}
    assert {("tracks.x.start", 45), ("tracks.x.start", 55)} <= found
    assert {("teams.ada.points", 0), ("teams.ada.points", 2)} <= found
    assert ("cards.safe.cost", 0) not in found  # it stands nowhere: the usual 1


def test_numbers_by_their_names() -> None:
    every = numbers(made(CARDS))
    paths = [n.path for n in chosen(every, ("cards.dare",))]
    assert paths == [
        "cards.dare.cost", "cards.dare.roll.table[0].effects[0]",
        "cards.dare.roll.table[1].effects[0]",
    ]  # fmt: skip
    assert [n.path for n in chosen(every, ("*.start", "teams"))] == [
        "tracks.x.start", "teams.ada.points",
    ]  # fmt: skip
    assert chosen(every, ()) == every
    with pytest.raises(UsageError, match=r"tracks\.x\.strat") as caught:
        chosen(every, ("tracks.x.strat",))
    assert "tracks.x.start" in caught.value.hint


def test_levers_by_hand() -> None:
    """What it moves when it is known: safe adds 3 or 1 in a third of the games; a
    start at 55 reaches 54 in all games but those (1/9) where the dare is lost."""
    levers = {
        (each.path, each.after): each
        for each in studied(
            made(CARDS), 900, "levers", vary=("cards.safe.effects", "tracks.x.start")
        ).levers
    }
    more, fewer = (levers["cards.safe.effects[0]", after] for after in ("3", "1"))
    third = score(more)
    assert abs(third - 1 / 3) < 0.06
    assert score(fewer) == -third
    assert more.weight == fewer.weight == 0.0
    high, low = (levers["tracks.x.start", after] for after in ("55", "45"))
    assert score(high) == 5
    assert abs(dict(high.endings)["good"].value - (1 - 2 / 9 - 1 / 9)) < 0.08
    assert dict(low.endings)["good"].value < -0.15
    assert [each.path for each in levers.values()][:2] == ["tracks.x.start"] * 2


def score(lever: Lever) -> float:
    return dict(lever.scores)["ada"].value


def test_a_turn_that_the_deck_does_not_allow_is_left_out() -> None:
    """A track that starts at its bound can't start above it."""
    of = made('[tracks.y]\nlabel = "Y"\nstart = 100\n', CARDS)
    result = studied(of, 20, "levers", vary=("tracks.y.start",))
    assert [each.after for each in result.levers] == ["90"]
