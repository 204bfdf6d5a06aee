"""The search bot at the table: knows no secret, and goes on as it would have."""

import random
from pathlib import Path

import pytest

from tabletop.errors import UsageError
from tabletop.session.seats import bot_code, check_seats
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.session.test_secrets import DECKS, positions
from tests.session.twins import Secrets, clock, seats, with_state

SEARCH = "bot:search:6"


@pytest.mark.parametrize("name", ["plots", "bright-days", "tutorial", "made 11"])
def test_it_decides_by_what_its_seat_knows_alone(name: str) -> None:
    """The same move when nothing differs but what the seat may not know."""
    code, chance, compared = bot_code(SEARCH), random.Random(name), 0
    assert code is not None
    for session in positions(DECKS[name], games=2, most=60):
        for seat in seats(session):
            view = session.view(seat)
            if seat not in view.to_act or seat == CONTROL or len(view.moves) < 2:
                continue
            hidden = Secrets(session.tree, seat)
            twin = with_state(session, hidden.twin(session.tree.state(), chance))
            assert session.tree.bot_move(seat, code) == twin.tree.bot_move(seat, code)
            compared += 1
    assert compared > 4


def test_a_resumed_game_goes_on_as_it_would(tmp_path: Path) -> None:
    who = {"town": SEARCH, "board": "bot:greedy", CONTROL: "auto"}
    whole = Session.new(deck(TUTORIAL), seed=4, seats=who, clock=clock)
    while whole.bot_moves():
        pass
    path = tmp_path / "half.jsonl"
    with_break = Session.new(deck(TUTORIAL), seed=4, seats=who, path=path, clock=clock)
    for _ in range(whole.head // 2):
        with_break.bot_moves()
    with_break.close()
    again = Session.open(path, clock=clock)
    assert again.seats["town"] == SEARCH
    while again.bot_moves():
        pass
    assert again.head == whole.head
    assert again.tree.digest(again.head) == whole.tree.digest(whole.head)
    again.close()


def test_to_ask_what_it_would_do_moves_no_dice() -> None:
    who = dict.fromkeys(deck(TUTORIAL).model.teams, "bot:greedy") | {CONTROL: "auto"}
    ends = []
    for asks in (False, True):
        session = Session.new(deck(TUTORIAL), seed=9, seats=who, clock=clock)
        while not session.over:
            if asks and session.owing()[0] != CONTROL:
                session.tree.bot_move(session.owing()[0], bot_code(SEARCH) or 0)
            session.bot_moves()
        ends.append(session.tree.digest(session.head))
    assert ends[0] == ends[1]


@pytest.mark.parametrize("who", ["bot:search", "bot:search:1", "bot:search:1000000"])
def test_it_may_sit_down_with_any_budget(who: str) -> None:
    assert check_seats(deck(BRIGHT_DAYS), {"kyiv": who})["kyiv"] == who


@pytest.mark.parametrize(
    "who",
    ["bot:search:0", "bot:search:1000001", "bot:search:", "bot:search:x",
     "bot:search:-5", "bot:search:05", "bot:search:5:5", "bot:search[:PLAYOUTS]",
     "bot:search:٣", "bot:greedy:5"],
)  # fmt: skip
def test_other_budgets_are_refused(who: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_seats(deck(BRIGHT_DAYS), {"kyiv": who})
    assert "bot:search[:PLAYOUTS]" in refused.value.hint
