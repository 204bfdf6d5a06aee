"""Questions: they take over the screen, wait, and are answered with a reason."""

from dataclasses import replace

import pytest

from tabletop.errors import StorageError
from tabletop.session.game import ABSENT, PERSON
from tabletop.session.view import CONTROL, Change, Move, Preview, Term
from tabletop.tui.screens.ask import AskScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.problem import ErrorScreen, RefusalScreen
from tests.tui.fake_session import FakeGame, ask_view, view_of
from tests.tui.table import NARROW, WIDE, at_table, shown
from tests.waiting import leave, press, until, until_screen

GIVE_WAY = Move("answer", "kyiv", "give_way")


def asked_game(**options: object) -> FakeGame:
    """Kyiv is asked until it answers."""

    def after(game: FakeGame, move: Move) -> None:
        game.views = {}

    view = replace(view_of("kyiv"), asks=(ask_view("kyiv"),))
    return FakeGame(views={"kyiv": view}, after=after, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_question_takes_over_and_is_answered_with_a_reason(
    size: tuple[int, int],
) -> None:
    game = asked_game()
    async with at_table(game, size) as (pilot, _):
        await until_screen(pilot, AskScreen)
        text = shown(pilot)
        assert "Give way" in text
        assert "Push back" in text
        await press(pilot, "enter", "s", "o", "enter")
        await until_screen(pilot, PlayScreen)
        assert game.made == [("kyiv", GIVE_WAY, "so")]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_every_answer_and_the_line_can_be_seen_however_long_they_are(
    size: tuple[int, int],
) -> None:
    """What an answer does is in sight when the cursor is on it."""
    game = asked_game()
    view = game.views["kyiv"]
    words = "It costs what it costs, and everybody will know by the evening of it. "
    first = view.asks[0].options[0]
    options = tuple(
        replace(
            first, id=f"n{n}", label=f"Answer {n}", text=f"{words} {words} End {n}."
        )
        for n in range(6)
    )
    game.views["kyiv"] = replace(view, asks=(replace(view.asks[0], options=options),))
    async with at_table(game, size) as (pilot, _):
        await until_screen(pilot, AskScreen)
        for n in range(6):
            await press(pilot, str(n + 1))
            await pilot.pause()
            assert f"Answer {n}" in shown(pilot)
            assert f"End {n}." in shown(pilot)
            assert "Why (one line, optional)" in shown(pilot)
        await press(pilot, "pageup", "pageup")
        assert "Well?" in shown(pilot)


async def test_a_question_begins_with_its_words_though_what_follows_is_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One row of answers, and what all of them lead to below the edge."""
    game = asked_game()
    view = game.views["kyiv"]
    prompt = "Does Kyiv sign the draft as it stands? " * 3
    options = tuple(replace(view.asks[0].options[0], id=id_) for id_ in ("yes", "no"))
    ask = replace(view.asks[0], prompt=prompt, options=options)
    game.views["kyiv"] = replace(view, asks=(ask,))
    change = Change("track", "us_aid", "US aid", 55, 52)
    many = (change,) * 14
    monkeypatch.setattr(game, "preview", lambda _, move: Preview(move, "", many))
    async with at_table(game, NARROW) as (pilot, _):
        await until_screen(pilot, AskScreen)
        await until(pilot, "a key to read on", lambda: "PgDn" in shown(pilot))
        assert "Your umbrella" in shown(pilot)
        assert "Does Kyiv sign" in shown(pilot)


async def test_the_table_can_be_looked_at_first_and_the_line_is_kept() -> None:
    game = asked_game()
    async with at_table(game) as (pilot, play):
        await until_screen(pilot, AskScreen)
        await press(pilot, "enter", "h", "m", "escape", "escape")
        await until_screen(pilot, PlayScreen)
        assert pilot.app.screen is play
        assert game.made == []
        await press(pilot, "a")
        screen = await until_screen(pilot, AskScreen)
        assert screen.intent.text == "hm"


async def test_a_closed_answer_says_why() -> None:
    game = asked_game()
    async with at_table(game) as (pilot, _):
        screen = await until_screen(pilot, AskScreen)
        screen.pane.selected = "push_back"
        await press(pilot, "enter")
        await until_screen(pilot, RefusalScreen)
        assert "✗ needs Cohesion > 50, now 48" in shown(pilot)
        assert game.made == []


async def test_a_card_is_refused_while_an_answer_is_owed() -> None:
    """Nothing is wrong with the card: the dialog says what comes first."""
    game = asked_game()
    view = game.views["kyiv"]
    met = (Term(met=True, text="costs 2, you have 2"),)
    hand = tuple(replace(card, playable=False, terms=met) for card in view.hand)
    game.views["kyiv"] = replace(view, hand=hand, moves=(), prompt="You owe an answer.")
    async with at_table(game) as (pilot, _):
        await until_screen(pilot, AskScreen)
        await press(pilot, "escape")
        await until_screen(pilot, PlayScreen)
        await press(pilot, "enter")
        await until_screen(pilot, RefusalScreen)
        text = " ".join(shown(pilot).split())
        assert "✓ costs 2, you have 2" in text
        assert text.count("You owe an answer.") >= 2, "above, in the dialog"


async def test_an_answer_that_the_disk_refused_can_be_given_again() -> None:
    game = asked_game(fails=[StorageError("The disk is full.")])
    async with at_table(game) as (pilot, _):
        await until_screen(pilot, AskScreen)
        await press(pilot, "enter", "s", "o", "enter")
        await until_screen(pilot, ErrorScreen)
        await leave(pilot)
        await press(pilot, "a")
        screen = await until_screen(pilot, AskScreen)
        assert screen.intent.text == "so"
        await press(pilot, "enter", "enter")
        await until(pilot, "the answer", lambda: bool(game.made))


async def test_control_answers_for_an_absent_team() -> None:
    view = replace(view_of(CONTROL), asks=(ask_view("kyiv"),))
    seats = {"kyiv": ABSENT, CONTROL: PERSON}
    game = FakeGame(
        seats, waits=["kyiv"], views={CONTROL: view},
        after=lambda game, move: game.views.clear(),
    )  # fmt: skip
    async with at_table(game) as (pilot, _):
        await until_screen(pilot, AskScreen)
        await press(pilot, "enter", "enter")
        await until(pilot, "the answer", lambda: bool(game.made))
        assert game.made == [(CONTROL, GIVE_WAY, "")]


async def test_control_is_not_put_a_persons_question() -> None:
    view = replace(view_of(CONTROL), asks=(ask_view("kyiv"),))
    game = FakeGame({CONTROL: PERSON}, waits=[CONTROL], views={CONTROL: view})
    async with at_table(game) as (pilot, play):
        await until(pilot, "control's table", lambda: play.view is not None)
        await press(pilot, "a")
        assert pilot.app.screen is play
