"""Looking on at a save: what is shown is what the writer has, come what may."""

from pathlib import Path

import pytest

from tabletop.deck.loader import load
from tabletop.session.drafts import NewInject
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move, View
from tabletop.session.watch import Watch
from tests.conftest import ROOT
from tests.session.twins import clock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "game.jsonl"


def begin(path: Path, seed: int = 1) -> Session:
    deck = load(ROOT / "decks" / "tutorial.toml")
    seats = {**dict.fromkeys(deck.model.teams, "bot:random"), CONTROL: "auto"}
    return Session.new(deck, seed=seed, seats=seats, path=path, clock=clock)


def shown(watch: Watch) -> View:
    """What is shown after another look."""
    watch.follow()
    assert watch.problem is None
    view = watch.view()
    assert view is not None
    return view


def test_it_shows_each_move_and_nothing_new_in_between(path: Path) -> None:
    writer, watch = begin(path), Watch(path, clock)
    assert shown(watch) == writer.view(PUBLIC)
    while writer.bot_moves():
        assert watch.follow()
        assert watch.view() == writer.view(PUBLIC)
        assert not watch.follow()
    writer.close()
    assert shown(watch) == writer.view(PUBLIC)


def test_undo_and_rulings_are_followed_too(path: Path) -> None:
    writer, watch = begin(path), Watch(path, clock)
    for _ in range(6):
        writer.bot_moves()
    writer.submit(CONTROL, Move("add", item="water", value=7), note="rain")
    assert shown(watch) == writer.view(PUBLIC)
    writer.undo(CONTROL, 2)
    assert shown(watch) == writer.view(PUBLIC)
    writer.close()


def test_the_run_of_the_exercise_is_followed(path: Path) -> None:
    writer, watch = begin(path), Watch(path, clock)
    watch.follow()
    writer.exercise("start")
    assert watch.follow()
    assert watch.run_view() == writer.run_view()
    writer.exercise("pause")
    writer.show_on_display("blank")
    watch.follow()
    run = watch.run_view()
    assert run is not None
    assert (run.state, run.display) == ("paused", "blank")
    writer.close()


def test_what_is_written_into_the_deck_is_followed(path: Path) -> None:
    writer, watch = begin(path), Watch(path, clock)
    shown(watch)
    for team, there in ((), True), (("town",), False):
        new = NewInject(f"News {there}", read="It rains.", audience=team)
        inject = writer.write_inject(new)
        writer.submit(CONTROL, Move("fire", item=inject))
        assert shown(watch) == writer.view(PUBLIC)
        texts = [each.text for each in shown(watch).headlines]
        assert (new.title in texts) == there
    writer.close()


def test_nothing_is_shown_before_there_is_a_game(path: Path) -> None:
    watch = Watch(path, clock)
    assert watch.follow()
    assert watch.problem is not None
    assert "is not there" in watch.problem.message
    assert (watch.view(), watch.run_view(), watch.follow()) == (None, None, False)
    with begin_and_close(path) as writer:
        assert shown(watch) == writer.view(PUBLIC)


class begin_and_close:
    """A writer that is closed when its block ends."""

    def __init__(self, path: Path, seed: int = 1) -> None:
        self.writer = begin(path, seed)

    def __enter__(self) -> Session:
        return self.writer

    def __exit__(self, *_: object) -> None:
        self.writer.close()


def test_another_game_of_the_same_name_takes_its_place(path: Path) -> None:
    watch = Watch(path, clock)
    with begin_and_close(path):
        watch.follow()
    path.unlink()
    with begin_and_close(path, seed=2) as writer:
        for _ in range(3):
            writer.bot_moves()
        assert shown(watch) == writer.view(PUBLIC)


def test_so_it_does_when_the_file_itself_is_written_over(path: Path) -> None:
    watch = Watch(path, clock)
    other = path.with_name("other.jsonl")
    with begin_and_close(path) as writer:
        for _ in range(3):
            writer.bot_moves()
        watch.follow()
    with begin_and_close(other, seed=2) as writer:
        for _ in range(8):
            writer.bot_moves()
        path.write_bytes(other.read_bytes())
        assert shown(watch) == writer.view(PUBLIC)


def test_a_deleted_save_is_missed_and_looked_for(path: Path) -> None:
    watch = Watch(path, clock)
    with begin_and_close(path) as writer:
        watch.follow()
        view = writer.view(PUBLIC)
    kept = path.read_bytes()
    path.unlink()
    assert watch.follow()
    assert watch.view() is None
    path.write_bytes(kept)
    assert shown(watch) == view


def test_half_a_line_is_waited_for(path: Path) -> None:
    watch = Watch(path, clock)
    with begin_and_close(path) as writer:
        writer.bot_moves()
        before = writer.view(PUBLIC)
        short = len(path.read_bytes())
        writer.bot_moves()
        after = writer.view(PUBLIC)
    whole = path.read_bytes()
    path.write_bytes(whole[: short + 9])
    assert shown(watch) == before
    with path.open("ab") as file:
        file.write(whole[short + 9 :])
    assert shown(watch) == after


@pytest.mark.parametrize("content", [b"", b"[/]\n", b"\xff\x00\n", b'{"format": 99}\n'])
def test_what_is_no_save_is_told_and_looked_at_again(
    path: Path, content: bytes
) -> None:
    watch = Watch(path, clock)
    path.write_bytes(content)
    assert watch.follow()
    assert watch.problem is not None
    assert watch.problem.message
    assert watch.view() is None
    path.unlink()
    with begin_and_close(path) as writer:
        assert shown(watch) == writer.view(PUBLIC)


def test_a_folder_is_no_save(tmp_path: Path) -> None:
    watch = Watch(tmp_path, clock)
    assert watch.follow()
    assert watch.problem is not None


def test_it_writes_nothing_and_takes_no_lock(path: Path) -> None:
    watch = Watch(path, clock)
    with begin_and_close(path) as writer:
        writer.bot_moves()
    before = path.read_bytes()
    watch.follow()
    Session.open(path, clock=clock).close()
    watch.close()
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
