"""What if, and as you would have: by key presses, on sample saves."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.session.guessing import Guessing
from tabletop.session.replaying import Replay
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tabletop.session.whatif import WhatIf, copy_of
from tabletop.tui.screens.csvfile import PathScreen
from tabletop.tui.screens.leave import LeaveScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.problem import ErrorScreen
from tabletop.tui.screens.replay.guess import GuessScreen
from tabletop.tui.screens.replay.screen import ReplayScreen
from tabletop.tui.screens.replay.trial import TrialScreen
from tabletop.tui.screens.replay.trying import BotsScreen, Choosing
from tests.tui.beside import Beside, beside
from tests.tui.replays import copied, replaying, settled
from tests.tui.table import NARROW, shown, until_drawn
from tests.waiting import PATIENCE, leave, press, until, until_screen

__all__ = ["beside"]
BROAD = (160, 48)


async def to_decision(pilot: Pilot[Any], screen: ReplayScreen, team: str) -> int:
    """Go to the first moment at which a team had decided: the move's number."""
    place = next(
        m.place for m in screen.moments if m.kind == "decision" and m.seat == team
    )
    screen.go(place)
    await settled(pilot, screen)
    return screen.number


async def back_at(pilot: Pilot[Any], screen: ReplayScreen) -> None:
    """Wait until the replay shows the line that was played."""
    await until(pilot, "the replay", lambda: pilot.app.screen is screen)
    await until(pilot, "the new line", lambda: screen.other is not None)
    await settled(pilot, screen)


async def play_a_move(pilot: Pilot[Any]) -> None:
    """Pass at the table, or answer with the first option."""
    play = await until_screen(pilot, PlayScreen)
    await until_drawn(pilot, play)
    await press(pilot, "p")


# --- what if


@pytest.mark.parametrize("size", [NARROW, BROAD])
async def test_a_line_is_played_and_stands_beside_the_old_one(
    tmp_path: Path, beside: Beside, size: tuple[int, int]
) -> None:
    save = copied(tmp_path)
    before = save.read_bytes()
    async with replaying(save, size) as (pilot, screen):
        number = await to_decision(pilot, screen, "kyiv")
        parent = screen.moments[screen.place - 1].number
        await press(pilot, "t")
        trial = await until_screen(pilot, TrialScreen)
        assert "What if?" in shown(pilot)
        assert trial.rows.chosen == "kyiv", "whoever decided is to be played"
        await press(pilot, "f10")
        play = await until_screen(pilot, PlayScreen)
        await until_drawn(pilot, play)
        assert " what-if " in shown(pilot), "it says that it is not the game"
        await play_a_move(pilot)
        game: Any = pilot.app.game  # type: ignore[attr-defined]
        await until(pilot, "a move", lambda: game.played > 0)
        while not isinstance(pilot.app.screen, PlayScreen):
            await press(pilot, "escape")
        await press(pilot, "q")
        await until_screen(pilot, LeaveScreen)
        assert "beside the one that was played" in shown(pilot)
        await press(pilot, "enter")
        await back_at(pilot, screen)
        assert screen.number == number, "one is back where one left"
        assert number in screen.open_moves, "now the options may be read"
        line = screen.line_of(screen.other or 0)
        assert line is not None
        assert line.what_if
        assert line.branch.name == "what-if A"
        assert line.branch.leaves == parent
        if size == BROAD:
            assert "what-if A" in shown(pilot)
    assert save.read_bytes() == before, "the save is as it was"
    assert copy_of(save) is not None


async def test_bots_play_it_out_without_a_key(tmp_path: Path, beside: Beside) -> None:
    save = copied(tmp_path, "tutorial")
    async with replaying(save, BROAD) as (pilot, screen):
        await press(pilot, "home", "t")
        trial = await until_screen(pilot, TrialScreen)
        trial.rows.put_cursor("@then")
        await press(pilot, "right")
        assert "let bots play it out" in shown(pilot)
        assert "a person" not in shown(pilot)
        await press(pilot, "f10")
        await back_at(pilot, screen)
        line = screen.line_of(screen.other or 0)
        assert line is not None
        assert line.ending, "it was played to its end"
        assert line.scores


async def test_bots_can_be_stopped_and_their_moves_stay(
    tmp_path: Path, beside: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, gate, move = [0], Event(), WhatIf.bot_moves

    def thinks(game: WhatIf) -> bool:
        """The fourth move takes until the test lets it be made."""
        if made[0] == 3:
            gate.wait(PATIENCE)
        made[0] += 1
        return move(game)

    monkeypatch.setattr(WhatIf, "bot_moves", thinks)
    async with replaying(copied(tmp_path), BROAD) as (pilot, screen):
        await press(pilot, "home", "t")
        trial = await until_screen(pilot, TrialScreen)
        trial.rows.put_cursor("@then")
        await press(pilot, "right", "f10")
        await until_screen(pilot, BotsScreen)
        await until(pilot, "three moves", lambda: "3 moves made" in shown(pilot))
        await press(pilot, "escape")
        gate.set()
        await back_at(pilot, screen)
        line = screen.line_of(screen.other or 0)
        assert line is not None
        assert made[0] == 4, "the one that was thought of is made, and no other"
        assert line.branch.moves >= 4
        assert not line.ending


async def test_into_the_save_itself(tmp_path: Path, beside: Beside) -> None:
    save = copied(tmp_path, "tutorial")
    async with replaying(save) as (pilot, screen):
        await press(pilot, "home", "t")
        trial = await until_screen(pilot, TrialScreen)
        trial.rows.put_cursor("@into")
        await press(pilot, "right")
        assert "the save itself" in shown(pilot)
        trial.rows.put_cursor("@then")
        await press(pilot, "right", "f10")
        await back_at(pilot, screen)
    assert copy_of(save) is None
    with_line = Session.open(save, read_only=True)
    assert any(course.what_if for course in with_line.tree.courses())
    with_line.close()


async def test_a_line_without_a_move_is_none(tmp_path: Path, beside: Beside) -> None:
    async with replaying(copied(tmp_path, "tutorial")) as (pilot, screen):
        many = len(screen.lines)
        await to_decision(pilot, screen, screen.last_view.teams[0].id)
        await press(pilot, "t")
        await until_screen(pilot, TrialScreen)
        await press(pilot, "f10")
        play = await until_screen(pilot, PlayScreen)
        await until_drawn(pilot, play)
        await press(pilot, "q")
        await until_screen(pilot, LeaveScreen)
        await press(pilot, "enter")
        await until(pilot, "the replay", lambda: pilot.app.screen is screen)
        await until(pilot, "a word", lambda: "No move was made" in shown(pilot))
        assert len(screen.lines) == many
        await press(pilot, "left", "right")


async def test_a_save_that_is_gone_is_said_so(tmp_path: Path, beside: Beside) -> None:
    save = copied(tmp_path, "tutorial")
    async with replaying(save) as (pilot, screen):
        await press(pilot, "home", "t")
        await until_screen(pilot, TrialScreen)
        save.unlink()
        await press(pilot, "f10")
        await until_screen(pilot, ErrorScreen)
        await leave(pilot)
        await press(pilot, "right")
        assert pilot.app.screen is screen


async def test_after_the_end_one_can_only_go_back(
    tmp_path: Path, beside: Beside
) -> None:
    async with replaying(copied(tmp_path, "tutorial")) as (pilot, screen):
        assert screen.view.over is not None
        await press(pilot, "t")
        trial = await until_screen(pilot, TrialScreen)
        assert "@from" not in trial._choices(), "nothing follows an end"
        await press(pilot, "f10")
        play = await until_screen(pilot, PlayScreen)
        await until_drawn(pilot, play)
        await pilot.app.action_quit()


async def test_a_team_plays_no_seat_but_its_own(tmp_path: Path, beside: Beside) -> None:
    async with replaying(copied(tmp_path), seat="kyiv") as (pilot, screen):
        await to_decision(pilot, screen, "kyiv")
        await press(pilot, "t")
        trial = await until_screen(pilot, TrialScreen)
        trial.rows.put_cursor("kremlin")
        seen = set()
        for _ in range(6):
            await press(pilot, "right")
            seen.add(trial._seats["kremlin"])
        assert not seen & {"person", "absent"}
        trial.rows.put_cursor(CONTROL)
        await press(pilot, "right")
        assert trial._seats[CONTROL] == "auto"


# --- as you would have


async def guessing(
    pilot: Pilot[Any], screen: ReplayScreen, team: str = ""
) -> GuessScreen:
    """Take a team's seat."""
    await press(pilot, "y")
    if team:
        choice = await until_screen(pilot, Choosing)
        choice.rows.put_cursor(team)
        await press(pilot, "enter")
    found: GuessScreen = await until_screen(pilot, GuessScreen)
    return found


@pytest.mark.parametrize("size", [NARROW, BROAD])
async def test_every_decision_is_answered_and_counted(
    tmp_path: Path, beside: Beside, size: tuple[int, int]
) -> None:
    save = copied(tmp_path, "tutorial")
    async with replaying(save, size) as (pilot, screen):
        team = screen.last_view.teams[0].id
        screen_ = await guessing(pilot, screen, team)
        expected = Guessing(Replay(screen.replay.session, team), team, screen.tip)
        numbers = expected.decisions()
        for place, number in enumerate(numbers):
            assert f"{place + 1} / {len(numbers)}" in shown(pilot)
            await until(pilot, "a job", lambda: len(beside.waiting) == 1)
            assert "You chose" not in shown(pilot)
            await press(pilot, "1", "enter")
            text = shown(pilot)
            assert "You chose" in text
            assert "measuring ..." in text
            beside.finish()
            await until(pilot, "it", lambda n=number: n in screen_._measured)  # type: ignore[misc]
            assert "could expect" in shown(pilot)
            await press(pilot, "enter")
        assert screen_.over
        text = " ".join(shown(pilot).split())
        assert f"You answered {len(numbers)} of {len(numbers)} decisions" in text
        guesses = screen_.guesses
        assert guesses.same == sum(g.ours == g.theirs for g in guesses.made)
        assert all(g.our_score is not None for g in guesses.made)
        await leave(pilot)
        assert pilot.app.screen is screen


async def test_skipping_going_back_and_the_other_panes(
    tmp_path: Path, beside: Beside
) -> None:
    async with replaying(copied(tmp_path), NARROW) as (pilot, screen):
        guess = await guessing(pilot, screen, "kyiv")
        await press(pilot, "k")
        assert "2 / " in shown(pilot)
        await press(pilot, "1", "enter", "b")
        assert "1 / " in shown(pilot)
        await press(pilot, "enter", "enter")
        assert "You chose" in shown(pilot), "what was answered stays answered"
        for words in ("Home (K)", "You want", "plays"):
            await press(pilot, "tab")
            assert words in shown(pilot)
        await press(pilot, "tab", "i")
        await leave(pilot)
        await press(pilot, "l")
        await leave(pilot)
        await press(pilot, "e")
        assert guess.over
        assert "and left" in shown(pilot)


@pytest.mark.parametrize(("name", "start"), [("s.html", "<!DOCTYPE"), ("s.txt", "Br")])
async def test_the_summary_is_saved(
    tmp_path: Path, beside: Beside, name: str, start: str
) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        await guessing(pilot, screen, "kyiv")
        await press(pilot, "2", "enter", "enter", "e", "s")
        dialog = await until_screen(pilot, PathScreen)
        dialog.query_one("#path").value = str(tmp_path / name)
        await press(pilot, "enter")
        await until(pilot, "a file", lambda: (tmp_path / name).exists())
        text = (tmp_path / name).read_text()
        assert text.startswith(start)
        assert "You answered 1 of" in text
        assert "http" not in text


async def test_nothing_later_than_the_decision_is_shown(
    tmp_path: Path, beside: Beside
) -> None:
    """Each decision looks as it does when nothing was played after it."""
    async with replaying(copied(tmp_path), BROAD) as (pilot, screen):
        numbers = [2, 5]
        whole = []
        await guessing(pilot, screen, "kyiv")
        for place in range(max(numbers) + 1):
            if place in numbers:
                whole.append(body(pilot))
            await press(pilot, "k")
        await leave(pilot)
        team = Guessing(Replay(screen.replay.session, "kyiv"), "kyiv", screen.tip)
        for seen, place in zip(whole, numbers, strict=True):
            screen.tip = team.decisions()[place]
            await guessing(pilot, screen, "kyiv")
            await press(pilot, *["k"] * place)
            assert body(pilot) == seen
            await leave(pilot)


def body(pilot: Pilot[Any]) -> list[str]:
    """The screen without its head, which counts the decisions that are to come."""
    return shown(pilot).splitlines()[1:-1]


async def test_a_team_takes_its_own_seat_at_once(
    tmp_path: Path, beside: Beside
) -> None:
    async with replaying(copied(tmp_path), seat="europe") as (pilot, screen):
        guess = await guessing(pilot, screen)
        assert guess._sitting.guessing.team == "europe"
        beside.die()
        await press(pilot, "1", "enter")
        await until(pilot, "a word", lambda: "has ended" in shown(pilot))
        await press(pilot, "enter")
        assert "2 / " in shown(pilot)
