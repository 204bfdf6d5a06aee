"""By play: what a seat may not know changes nothing in the tables that it is given."""

import random
from collections.abc import Callable
from functools import partial

import pytest

from tabletop.report.tables import places, rows
from tabletop.report.tables.columns import TABLES
from tabletop.report.tables.places import Places
from tabletop.report.tables.rows import columns
from tabletop.report.tables.text import as_json_lines
from tabletop.session.log import LogReader
from tabletop.session.session import Session
from tabletop.session.view import Move
from tests.session import test_secrets as games
from tests.session.twins import Secrets, moved, seats, with_state

DECKS = {name: games.DECKS[name] for name in ("tutorial", "bright-days", "plots")}


def tables(session: Session, seat: str) -> str:
    """Every table of a seat, as text."""
    seen = Places(session, seat, all_lines=True)
    every = [as_json_lines(columns(what, seen), rows.rows(what, seen))
             for what in TABLES]  # fmt: skip
    wide = rows.rows("tracks", seen, wide=True)
    return "".join(every) + "".join(map(str, wide))


def assert_same(one: Session, two: Session, seat: str) -> None:
    assert tables(one, seat) == tables(two, seat), seat


@pytest.fixture(autouse=True)
def _tables_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Games that were steered apart in secret are compared by their tables."""
    monkeypatch.setattr(games, "assert_same", assert_same)


def test_hidden_states_are_in_no_table_of_another_seat() -> None:
    compared = 0
    for name, deck in DECKS.items():
        chance = random.Random(name)
        for place, session in enumerate(games.positions(deck, 1, 40)):
            for seat in seats(session) if place % 4 == 0 else ():
                secrets = Secrets(session.tree, seat)
                twin = secrets.twin(session.tree.state(), chance)
                assert_same(session, with_state(session, twin), seat)
                compared += 1
    assert compared > 50


def hidden_numbers() -> int:
    """Games with other values of what is hidden; how often tables were compared."""
    return sum(
        games.follow(deck, 1, games.rule("set", item, low),
                     games.rule("set", item, high), 12)
        for deck in DECKS.values()
        for item, low, high in games.secret_names(deck)
    )  # fmt: skip


def drawn_cards() -> int:
    """Games with other cards in the hands."""
    return sum(
        games.follow(deck, 2, games.reseeded(1), games.reseeded(9), 12)
        for deck in DECKS.values()
    )


def planned_injects() -> int:
    """Games in which control plans otherwise."""
    compared = 0
    for deck in DECKS.values():
        for inject in list(deck.model.injects)[:4]:
            hold, skip = (partial(games.steer, Move(kind, item=inject))
                          for kind in ("hold", "skip"))  # fmt: skip
            compared += games.follow(deck, 0, hold, skip, 4)
    return compared


def vetoed_and_undone() -> int:
    """Games in which one or another card was vetoed, and that was taken back."""
    return sum(
        games.watch(deck, games.judge("veto", cards[0]),
                    games.judge("veto", cards[-1]), games.taken_back)
        for deck in DECKS.values()
        for cards in games.owned(deck)[:2]
    )  # fmt: skip


EVERY = (hidden_numbers, drawn_cards, planned_injects, vetoed_and_undone)


@pytest.mark.parametrize("play", EVERY)
def test_the_tables_of_games_that_look_the_same_are_the_same(
    play: Callable[[], int],
) -> None:
    assert play() > 20


def test_names_of_lines_are_for_control_alone() -> None:
    session = games.table(DECKS["tutorial"])
    for _ in range(3):
        moved(session, random.Random(1))
    games.taken_back(session)
    tip = next(each.tip for each in session.branches())
    session.name_branch(tip, "the bribe that failed")
    for seat in seats(session):
        assert "bribe" not in tables(session, seat)
    assert "bribe" in tables(session, "control")


def test_a_table_that_tells_what_others_laid_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows, "may_see", lambda *_: True)
    with pytest.raises(AssertionError):
        hidden_numbers()


def test_a_table_of_every_move_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "LogReader", lambda tree, _: LogReader(tree, "control"))
    with pytest.raises(AssertionError):
        vetoed_and_undone()
