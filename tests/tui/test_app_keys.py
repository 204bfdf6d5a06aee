"""The table of keys: complete, free of keys that never arrive, and honest."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tabletop.tui.screens as screens
from tabletop.session.view import CONTROL
from tabletop.tui.keys import KEYS, Key, key_of
from tabletop.tui.screens.base import ALWAYS, TableScreen
from tabletop.tui.screens.control_table import ControlTable
from tabletop.tui.screens.end import EndScreen
from tabletop.tui.screens.help import HelpScreen
from tabletop.tui.screens.team_table import TeamTable
from tests.tui.fake_session import FakeGame, ended, view_of
from tests.tui.table import at_table, seated, shown
from tests.waiting import leave, press, until_screen

FORBIDDEN = {
    "ctrl+i", "ctrl+m", "ctrl+[", "ctrl+j", "ctrl+h", "ctrl+space", "ctrl+w", "ctrl+t",
    "ctrl+n", "ctrl+c", "ctrl+z",
}  # fmt: skip
"""Keys that are other keys' bytes, or that a browser or the terminal takes."""


def all_screens() -> Iterator[type[TableScreen[Any]]]:
    for module in pkgutil.iter_modules(screens.__path__):
        loaded = importlib.import_module(f"{screens.__name__}.{module.name}")
        for thing in vars(loaded).values():
            if isinstance(thing, type) and issubclass(thing, TableScreen):
                yield thing


SCREENS = sorted(set(all_screens()), key=lambda screen: screen.__name__)


@pytest.mark.parametrize("key", KEYS.values(), ids=lambda key: key.id)
def test_a_key_has_a_verb_and_a_sentence_and_arrives(key: Key) -> None:
    assert key.verb
    assert key.tip.endswith(".")
    assert not set(key.keys.split(",")) & FORBIDDEN
    assert "[" not in key.tip + key.verb, "tips are shown as markup by the palette"


def test_the_same_letter_means_the_same_thing_everywhere() -> None:
    """Of the keys of tables and dialogs, each letter has one meaning for a seat."""
    table = {key_id: KEYS[key_id] for key_id in (*TeamTable.HINTS, *ControlTable.HINTS)}
    for hints in (TeamTable.HINTS, ControlTable.HINTS):
        letters = [table[k].keys for k in hints if len(table[k].keys) == 1]
        shared = {"h"}  # hold a waiting inject, let a held one go: never both
        assert len(set(letters) - shared) == len(
            [x for x in letters if x not in shared]
        )


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_a_screens_keys_are_known_and_do_something(
    screen: type[TableScreen[Any]],
) -> None:
    bound = {
        key_of(binding.id)
        for _, binding in screen._merge_bindings()
        if binding.id is not None
    }
    for offered in map(KEYS.__getitem__, screen.HINTS):
        assert not offered.action or offered in bound, f"{offered.id} is not bound"
    for key in filter(None, bound):
        action = key.action.partition("(")[0]
        if not action.startswith("app."):
            assert hasattr(screen, f"action_{action}"), f"{key.id} runs nothing"


@pytest.mark.parametrize("hints", [TeamTable.HINTS, ControlTable.HINTS])
def test_every_hint_of_a_table_is_a_key(hints: tuple[str, ...]) -> None:
    assert set(hints) <= set(KEYS)


async def test_the_row_of_keys_shows_only_what_works_now() -> None:
    async with seated(FakeGame()) as (pilot, play):
        live = [key.id for key in play.live_keys()]
        assert "play.pass" in live
        assert "play.answer" not in live
        assert "play.end" not in live
        await press(pilot, "enter")
        typing = [key.id for key in play.live_keys()]
        assert "play.pass" not in typing, "letters go into the line"
        assert "play.back" in typing


async def test_the_row_of_keys_of_a_game_that_is_over() -> None:
    game = FakeGame(views={"kyiv": ended(view_of("kyiv"))}, waits=[])
    async with at_table(game) as (pilot, play):
        await until_screen(pilot, EndScreen)
        await leave(pilot)
        live = [key.id for key in play.live_keys()]
        assert "play.end" in live
        assert "play.pass" not in live
        assert "play.do" not in live, "nothing can be played any more"


async def test_the_end_of_a_what_if_leads_back_to_its_replay() -> None:
    game = FakeGame(views={"kyiv": ended(view_of("kyiv"))}, waits=[], what_if=True)
    game.path = Path("a.what-if.jsonl")
    async with at_table(game) as (pilot, _):
        await until_screen(pilot, EndScreen)
        text = shown(pilot)
        assert "The end of this what-if" in text
        keys = text.splitlines()[-1]
        assert "q back to the replay" in keys
        assert "v replay" not in keys
        assert "home" not in keys


@pytest.mark.parametrize("seat", ["kyiv", CONTROL])
async def test_help_names_every_key_of_the_table(seat: str) -> None:
    game = FakeGame({seat: "person"}, waits=[seat])
    async with seated(game) as (pilot, play):
        await press(pilot, "question_mark")
        screen = await until_screen(pilot, HelpScreen)
        named = {key.id for key, _ in screen.keys}
        assert {*play.hints(), *ALWAYS} <= named
        assert "Help" in shown(pilot)
        await press(pilot, "question_mark")
        await leave(pilot)
        assert pilot.app.screen is play


async def test_a_narrow_row_of_keys_ends_with_palette_and_help() -> None:
    async with seated(FakeGame(), (80, 24)) as (pilot, _):
        last = shown(pilot).splitlines()[-1]
        assert "palette" in last
        assert last.rstrip().endswith("help")
