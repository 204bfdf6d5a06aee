"""How control steers: the schedule, injects, rulings and judgements, by keys alone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tabletop.errors import CsvError, DeckError
from tabletop.session.drafts import Adjudication, NewInject
from tabletop.session.view import CONTROL, Move
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.csvfile import PathScreen, PlanScreen
from tabletop.tui.screens.curtain import CurtainScreen
from tabletop.tui.screens.help import HelpScreen
from tabletop.tui.screens.inject import InjectForm
from tabletop.tui.screens.judge import JudgeForm, target_of
from tabletop.tui.screens.msel import MselScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.problem import ErrorScreen
from tabletop.tui.screens.round import RoundScreen
from tabletop.tui.screens.ruling import RulingScreen
from tests.tui.fake_session import FakeGame, hostile, inject_view, view_of
from tests.tui.table import NARROW, WIDE, at_table, seated, shown
from tests.waiting import leave, press, until, until_screen

BROAD = (160, 50)
KEYS = {" ": "space", "+": "plus", "-": "minus", "=": "equals_sign", "_": "underscore",
        ".": "full_stop", "/": "slash"}  # fmt: skip


def control_game(**more: Any) -> FakeGame:
    return FakeGame({CONTROL: "person"}, waits=[CONTROL], **more)


async def typed(pilot: Pilot[Any], text: str) -> None:
    await press(pilot, *(KEYS.get(char, char) for char in text))


async def fill(pilot: Pilot[Any], field: str, text: str) -> None:
    pilot.app.screen.query_one(f"#{field}").focus()
    await pilot.pause()
    for number, row in enumerate(text.split("\n")):
        await press(pilot, *["enter"][: bool(number)])
        await typed(pilot, row)


# --- the schedule


@pytest.mark.parametrize("size", [NARROW, WIDE, BROAD])
async def test_the_schedule_says_all_of_the_chosen_inject(
    size: tuple[int, int],
) -> None:
    inject = replace(
        inject_view("congress", "scheduled"), sender="Gazprom", headline="WINTER",
        text="The price doubles.", contingency=True, phase="play",
    )  # fmt: skip
    game = control_game()
    game.views[CONTROL] = replace(
        view_of(CONTROL, hostile if size == NARROW else str), injects=(inject,)
    )
    async with seated(game, size) as (pilot, _):
        await press(pilot, "m")
        await until_screen(pilot, MselScreen)
        text = shown(pilot)
    said = (
        "Inject congress", "due", "if stuck", "Gazprom", "Read aloud.", "Them.", "Do.",
        "The price doubles.", "WINTER", "55", "52",
    )  # fmt: skip
    assert [word for word in said if word not in text] == []


async def test_the_schedule_steers_and_stays_open() -> None:
    game = control_game()

    def held(game: FakeGame, move: Move) -> None:
        view = view_of(CONTROL)
        injects = (inject_view("congress", "held"), inject_view("winter", "skipped"))
        moves = (Move("release", item="congress"), Move("release", item="winter"))
        offers = tuple(replace(view.moves[0], move=move) for move in moves)
        game.views[CONTROL] = replace(view, injects=injects, moves=offers)

    game.after = held
    async with seated(game) as (pilot, _):
        await press(pilot, "m")
        screen = await until_screen(pilot, MselScreen)
        await press(pilot, "f")
        await until(pilot, "the move", lambda: bool(game.made))
        await until(pilot, "the news", lambda: screen.list.inject.state == "held")
        assert pilot.app.screen is screen
        await press(pilot, "h", "down", "x")
        await until(pilot, "all moves", lambda: len(game.made) == 3)
    assert [move for _, move, _ in game.made] == [
        Move("fire", item="congress"),
        Move("release", item="congress"),
        Move("release", item="winter"),
    ]


async def test_the_keys_of_the_schedule_are_those_of_the_chosen_inject() -> None:
    game = control_game()
    view = view_of(CONTROL)
    fired = replace(inject_view("gone", "fired"), round=1)
    game.views[CONTROL] = replace(view, injects=(fired, *view.injects))
    async with seated(game) as (pilot, _):
        await press(pilot, "m", "home")
        screen = await until_screen(pilot, MselScreen)
        keys = {key.id for key in screen.live_keys()}
        assert not keys & {"msel.fire", "msel.hold", "msel.move", "msel.skip"}
        assert "It has been fired." in shown(pilot)
        await press(pilot, "down")
        assert {"msel.fire", "msel.move"} <= {key.id for key in screen.live_keys()}


async def test_words_narrow_the_schedule_down() -> None:
    async with seated(control_game()) as (pilot, play):
        await press(pilot, "m", "slash")
        screen = await until_screen(pilot, MselScreen)
        await typed(pilot, "winter held")
        assert screen.list.ids() == ["winter"]
        await typed(pilot, "x")
        assert "No inject holds these words." in shown(pilot)
        await press(pilot, "escape")
        assert len(screen.list.ids()) == 2
        await leave(pilot)
        assert pilot.app.screen is play


@pytest.mark.parametrize("keys", [("b",), ("m", "b")])
async def test_an_inject_is_moved_to_a_round(keys: tuple[str, ...]) -> None:
    game = control_game()
    async with seated(game, BROAD) as (pilot, play):
        assert play.control_table is not None
        play.control_table.injects.selected = "congress"
        await press(pilot, *keys)
        await until_screen(pilot, RoundScreen)
        await press(pilot, "down", "down", "down")
        assert "Month 2  →  Month 5" in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, "the move", lambda: bool(game.made))
    assert game.made == [(CONTROL, Move("forward", item="congress", value=5), "")]


async def test_a_csv_is_taken_in_after_a_look(tmp_path: Path) -> None:
    game = control_game()
    file = tmp_path / "msel.csv"
    file.write_text("number,title\n1,Leak\n")
    async with seated(game) as (pilot, _):
        await press(pilot, "m", "a")
        await until_screen(pilot, PathScreen)
        await typed(pilot, "nowhere")
        await press(pilot, "enter")
        assert "There is no such file." in shown(pilot)
        pilot.app.screen.query_one("#path", Input).value = str(file)
        await press(pilot, "enter")
        await until_screen(pilot, PlanScreen)
        assert "New: Rain (Month 3)" in shown(pilot)
        assert game.calls == []
        await press(pilot, "enter")
        await until(pilot, "the injects", lambda: bool(game.calls))
    assert game.calls[0][0] == "import_msel"


async def test_a_bad_csv_names_its_place_and_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "msel.csv"
    file.write_text("?")
    trouble = CsvError("msel.csv: row 3, column 'round': 'soon' is no round")
    game = control_game(fails=[trouble])
    async with seated(game) as (pilot, _):
        await press(pilot, "m", "a")
        screen = await until_screen(pilot, PathScreen)
        screen.query_one("#path").value = str(file)
        await press(pilot, "enter")
        await until_screen(pilot, ErrorScreen)
        assert "row 3, column 'round'" in shown(pilot)
    assert game.calls == []


async def test_a_csv_is_overwritten_only_after_asking(tmp_path: Path) -> None:
    game = control_game(path=tmp_path / "tuesday.jsonl")
    file = tmp_path / "tuesday-msel.csv"
    file.write_text("mine")
    async with seated(game) as (pilot, _):
        await press(pilot, "m", "s")
        await until_screen(pilot, PathScreen)
        await press(pilot, "enter")
        assert "overwrite" in shown(pilot)
        assert file.read_text() == "mine"
        await press(pilot, "enter")
        await until(pilot, "the file", lambda: file.read_text() != "mine")
    assert file.read_bytes() == b"No,Title\r\n1,Rain\r\n"


# --- writing an inject


async def test_an_inject_is_written_with_all_that_it_says() -> None:
    game = control_game()
    async with seated(game, NARROW) as (pilot, _):
        await press(pilot, "i")
        await until_screen(pilot, InjectForm)
        await typed(pilot, "Leak")
        await fill(pilot, "read", "A leak.")
        await fill(pilot, "effects", "us_aid -= 5\nstrikes += 1")
        pilot.app.screen.query_one("#audience").focus()
        await press(pilot, "right", "space")
        pilot.app.screen.query_one("#when").focus()
        await press(pilot, "end", "f10")
        await until(pilot, "the inject", lambda: bool(game.calls))
    new = NewInject(
        title="Leak", read="A leak.", audience=("europe",), round=8, phase="play",
        effects=("us_aid -= 5", "strikes += 1"),
    )  # fmt: skip
    assert game.calls == [("write_inject", new)]
    assert game.made == []


async def test_an_inject_that_comes_now_is_fired() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await press(pilot, "i")
        await until_screen(pilot, InjectForm)
        await typed(pilot, "Leak")
        pilot.app.screen.query_one("#when").focus()
        await press(pilot, "right")
        await until(
            pilot, "the key that fires", lambda: "write and fire" in shown(pilot)
        )
        await press(pilot, "f10")
        await until(pilot, "the move", lambda: bool(game.made))
    assert game.made == [(CONTROL, Move("fire", item="written_1"), "")]


async def test_what_is_typed_survives_leaving_and_refusals() -> None:
    game = control_game(fails=[DeckError("effects: no such track", "Try us_aid.")])
    async with seated(game) as (pilot, _):
        await press(pilot, "i")
        await until_screen(pilot, InjectForm)
        await press(pilot, "f10")
        assert "An inject needs a title." in shown(pilot)
        await typed(pilot, "Leak")
        await fill(pilot, "effects", "ecnomy -= 1")
        await leave(pilot)
        await press(pilot, "i")
        await until_screen(pilot, InjectForm)
        await press(pilot, "f10")
        text = shown(pilot)
        assert "no such track Try us_aid." in text
        assert "Leak" in text
        assert "ecnomy -= 1" in text
        await press(pilot, "f10")
        await until(pilot, "the inject", lambda: bool(game.calls))
        await press(pilot, "i")
        screen = await until_screen(pilot, InjectForm)
        assert screen.values.get("title", "") == ""


async def test_typing_goes_on_while_the_game_does() -> None:
    async with seated(control_game()) as (pilot, play):
        await press(pilot, "i")
        screen = await until_screen(pilot, InjectForm)
        await typed(pilot, "Leak")
        await press(pilot, "left")
        play.follow()
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        await typed(pilot, "x")
        assert screen.query_one("#title").value == "Leaxk"


@pytest.mark.parametrize("key", ["m", "i", "r"])
async def test_the_keyboard_passes_on_once_controls_papers_are_put_away(
    key: str,
) -> None:
    game = FakeGame({CONTROL: "person", "kyiv": "person"}, waits=[CONTROL])
    async with at_table(game) as (pilot, play):
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until_screen(pilot, PlayScreen)
        await press(pilot, key)
        await until(pilot, "a dialog", lambda: isinstance(pilot.app.screen, Dialog))
        screen = pilot.app.screen
        game.waits = ["kyiv"]
        play.follow()
        await pilot.pause()
        assert pilot.app.screen is screen
        await press(pilot, "escape")
        await until_screen(pilot, CurtainScreen)
        assert "Inject" not in shown(pilot)


# --- rulings


@pytest.mark.parametrize(
    ("words", "downs", "move"),
    [
        ("strike", 1, Move("veto", item="strike")),
        ("lobby", 0, None),
        ("strike", 3, Move("give", "kyiv", "strike")),
        ("dig", 5, Move("take", "kyiv", "dig_in")),
        ("dig", 6, Move("reveal", "kyiv", "dig_in")),
        ("dig", 7, Move("reveal", "kyiv", "dig_in", 2)),
    ],
)
async def test_any_card_of_the_deck_can_be_ruled_on(
    words: str, downs: int, move: Move | None
) -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await press(pilot, "r", "slash")
        await until_screen(pilot, RulingScreen)
        await typed(pilot, words)
        await press(pilot, "enter", *["down"] * (words == "strike"), "enter")
        if move is None:
            assert "Nothing can be done with this card now." in shown(pilot)
            return
        await press(pilot, *["down"] * downs, "enter")
        await typed(pilot, "agreed")
        await press(pilot, "enter")
        await until(pilot, "the ruling", lambda: bool(game.made))
    assert game.made == [(CONTROL, move, "agreed")]


async def test_a_ruling_that_was_left_is_there_again() -> None:
    game = control_game()
    async with seated(game, NARROW) as (pilot, play):
        await press(pilot, "r", "down", "enter")
        await until_screen(pilot, RulingScreen)
        await typed(pilot, "+4")
        await press(pilot, "enter")
        await typed(pilot, "becau")
        assert "55" in shown(pilot)
        await press(pilot, "escape")
        assert "us_aid" in shown(pilot)
        await leave(pilot)
        assert pilot.app.screen is play
        await press(pilot, "r", "enter", "enter")
        await typed(pilot, "se")
        await press(pilot, "enter")
        await until(pilot, "the ruling", lambda: bool(game.made))
    (_, move, reason), *_ = game.made
    assert (move.kind, move.value, reason) == ("add", 4, "because")


# --- judging an argument


@pytest.mark.parametrize(
    ("odds", "pros", "cons", "target"),
    [("even", 0, 0, 7), ("even", 2, 1, 6), ("likely", 9, 0, 2), ("unlikely", 0, 9, 12)],
)
def test_reasons_move_the_odds_and_never_settle_them(
    odds: str, pros: int, cons: int, target: int
) -> None:
    assert target_of(odds, pros, cons) == target


@pytest.mark.parametrize("size", [NARROW, BROAD])
async def test_an_argument_is_judged_with_a_throw_made_by_hand(
    size: tuple[int, int],
) -> None:
    game = control_game()
    async with seated(game, size) as (pilot, _):
        await press(pilot, "j")
        await until_screen(pilot, JudgeForm)
        await typed(pilot, "Rail strike")
        await fill(pilot, "pros", "unions\nwinter")
        await fill(pilot, "cons", "police")
        await fill(pilot, "thrown", "9")
        await fill(pilot, "effects", "us_aid -= 5")
        await press(pilot, "f10")
        said = "A judgement needs its reason."
        await until(pilot, "what is missing", lambda: said in shown(pilot))
        assert game.calls == []
        assert game.made == []
        await typed(pilot, "fair")
        await press(pilot, "f10")
        await until(pilot, "the judgement", lambda: bool(game.calls))
    judged = Adjudication(
        argument="Rail strike", team="kyiv", pros=("unions", "winter"),
        cons=("police",), target=6, effects=("us_aid -= 5",),
    )  # fmt: skip
    assert game.made == [(CONTROL, Move("die", value=9), "fair")]
    assert game.calls == [("adjudicate", judged, "fair")]


async def test_a_total_that_is_no_number_is_said_at_its_field() -> None:
    game = control_game()
    async with seated(game, NARROW) as (pilot, _):
        await press(pilot, "j")
        await until_screen(pilot, JudgeForm)
        await typed(pilot, "Rail strike")
        pilot.app.screen.query_one("#odds").focus()
        await press(pilot, "right", "right", "right")
        await fill(pilot, "target", "ten")
        await press(pilot, "f10")
        assert "is a number" in shown(pilot)
        assert pilot.app.screen.query_one("#target").has_focus
    assert game.calls == []


# --- everywhere


@pytest.mark.parametrize("size", [NARROW, BROAD])
@pytest.mark.parametrize("key", ["m", "i", "r", "j", "b"])
async def test_every_screen_of_control_bears_any_text_and_has_help(
    key: str, size: tuple[int, int]
) -> None:
    async with seated(control_game(text=hostile), size) as (pilot, play):
        await press(pilot, key)
        await until(pilot, "a dialog", lambda: isinstance(pilot.app.screen, Dialog))
        screen = pilot.app.screen
        await press(pilot, "f1")
        found = await until_screen(pilot, HelpScreen)
        assert len({key.id for key, _ in found.keys}) > 3
        await leave(pilot)
        assert pilot.app.screen is screen
        await leave(pilot)
        assert pilot.app.screen is play


async def test_a_team_has_none_of_these_keys() -> None:
    async with seated(FakeGame()) as (pilot, play):
        await press(pilot, "m", "j")
        assert pilot.app.screen is play
        assert isinstance(play, PlayScreen)
