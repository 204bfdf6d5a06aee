"""What an observer writes in another terminal comes up on the console by itself."""

from contextlib import closing
from pathlib import Path

from textual.widgets import Input

from tabletop.session.game import ABSENT, PERSON
from tabletop.session.observers import Notebook, Observation
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tests.decks.shipped import TUTORIAL, deck
from tests.tui.table import seated, shown
from tests.waiting import press, until

SEATS = {"town": ABSENT, "board": ABSENT, CONTROL: PERSON}


async def test_an_observers_note_comes_up_while_the_facilitator_writes_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "observed.jsonl"
    loaded = deck(TUTORIAL)
    with closing(Session.new(loaded, seed=1, seats=SEATS, path=path)) as game:
        book = Notebook.open(path, "Ann", game.tree.digest(0))
        async with seated(game, (160, 50)) as (pilot, play):
            await until(pilot, "control's view", lambda: play.seat == CONTROL)
            await press(pilot, "n", *"Half")
            line = pilot.app.focused
            assert isinstance(line, Input)
            book.write(Observation(at=game.clock(), move=0, text="They whisper."))
            await until(pilot, "the note", lambda: "They whisper." in shown(pilot))
            assert pilot.app.focused is line
            assert (line.value, line.cursor_position) == ("Half", 4)
            await press(pilot, "enter")
        book.close()
        notes = [entry.note for entry in game.view(CONTROL).log if entry.kind == "note"]
        assert sorted(notes) == ["Half", "They whisper."]
