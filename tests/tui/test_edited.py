"""A deck that is edited while it is played on the screen."""

import re
from pathlib import Path

from tabletop.deck.loader import load
from tabletop.session.editing import EditedDeck
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tabletop.tui.app import TabletopApp
from tabletop.tui.screens.edited import EditedPlayScreen
from tests.tui.table import EmptyLibrary, shown, until_drawn
from tests.waiting import until, until_screen

TUTORIAL = Path(__file__).parents[2] / "decks" / "tutorial.toml"


async def test_saved_words_appear_and_saved_rules_are_refused(tmp_path: Path) -> None:
    deck = tmp_path / "deck.toml"
    text = TUTORIAL.read_text("utf-8")
    deck.write_text(text, "utf-8")
    first = re.search(r'\n\[tracks\.\w+\]\nlabel = "(.*)"', text)
    assert first
    seats = {"town": "person", "board": "bot:first", CONTROL: "auto"}
    session = Session.new(load(deck), seed=1, seats=seats)
    app = TabletopApp(EmptyLibrary(), edited=(session, EditedDeck(deck)), pause=0)
    async with app.run_test(size=(160, 50), notifications=True) as pilot:
        play = await until_screen(pilot, EditedPlayScreen)
        await until_drawn(pilot, play)
        deck.write_text(text.replace(first[1], "Gauge [/] now"), "utf-8")
        await until(pilot, "the new label", lambda: "Gauge [/] now" in shown(pilot))
        deck.write_text(re.sub(r"\ncost = \d+", "\ncost = 9", text), "utf-8")
        await until(pilot, "the refusal", lambda: "rules were changed" in shown(pilot))
        deck.write_text(text + "[[", "utf-8")
        await until(pilot, "the errors", lambda: "has errors" in shown(pilot))
        assert "Gauge [/] now" in shown(pilot)
