"""Playing on from a save: another line beside what was played, which stays as it is."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabletop.deck.loader import load
from tabletop.errors import JournalError, LockedError, MoveError, UsageError
from tabletop.session.annotations import Annotations
from tabletop.session.drafts import Adjudication, NewInject
from tabletop.session.replaying import Replay
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Move
from tabletop.session.watch import Watch
from tabletop.session.whatif import copy_of, play_on
from tests.samples import PLAYED
from tests.session.twins import clock

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(PLAYED)


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """The tutorial, played to its end, with a line that was undone."""
    return Path(shutil.copy(ROOT / "saves" / "tutorial.jsonl", tmp_path))


def bots(session: Session) -> dict[str, str]:
    return dict.fromkeys(session.deck.model.teams, "bot:random")


def seats_of(save: Path) -> dict[str, str]:
    session = Session.open(save, read_only=True)
    return bots(session)


def try_on(save: Path, number: int, moves: int = 3, **how: bool) -> int:
    """Lets bots play on from a move: the last one that they made."""
    game = play_on(save, number, seats_of(save), clock=clock, **how)
    for _ in range(moves):
        game.bot_moves()
    head = game.head
    game.close()
    return head


def names(replay: Replay) -> list[str]:
    return [line.branch.name for line in replay.lines() if line.what_if]


@pytest.fixture
def replays() -> Iterator[list[Replay]]:
    opened: list[Replay] = []
    yield opened
    for each in opened:
        each.close()


# --- a line of a copy


def test_a_new_line_stands_beside_what_was_played(
    save: Path, replays: list[Replay]
) -> None:
    before = save.read_bytes()
    first = Replay.open(save)
    view = first.view(first.main)
    tip = try_on(save, 12)
    replay = Replay.open(save)
    replays += [first, replay]
    assert save.read_bytes() == before
    assert replay.main == first.main
    assert replay.lines()[0] == first.lines()[0]
    assert replay.view(replay.main) == view
    line = next(line for line in replay.lines() if line.what_if)
    assert (line.branch.name, line.branch.tip, line.branch.leaves) == (
        "what-if A", tip, 12,
    )  # fmt: skip
    assert not line.undone
    assert [m.number for m in replay.moments(tip)][:5] == [
        m.number for m in replay.moments()
    ][:5]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_moment_of_every_line_can_be_played_on(
    sample: Path, tmp_path: Path
) -> None:
    save = Path(shutil.copy(sample, tmp_path))
    replay = Replay.open(save)
    tips = [line.branch.tip for line in replay.lines()]
    places = sorted({m.number for tip in tips for m in replay.moments(tip)})
    played = 0
    for number in places[:: max(1, len(places) // 4)]:
        if replay.view(number).over is None:
            try_on(save, number)
            played += 1
    replay.close()
    after = Replay.open(save)
    assert len(names(after)) == len(set(names(after))) == played
    assert after.lines()[0] == replay.lines()[0]
    after.close()


def test_it_can_be_played_on_from_the_last_move_of_a_game_that_goes_on(
    tmp_path: Path,
) -> None:
    """Both lines go on from there; neither becomes a part of the other."""
    save = tmp_path / "game.jsonl"
    deck = load(ROOT / "decks" / "tutorial.toml")
    game = Session.new(deck, seed=3, seats={}, path=save, clock=clock)
    for team in deck.model.teams:
        game.set_seat(team, "bot:random")
    for _ in range(6):
        if not game.bot_moves():
            game.submit(CONTROL, Move("advance"))
    head = game.head
    game.close()
    tip = try_on(save, head)
    replay = Replay.open(save)
    assert [m.number for m in replay.moments()][-1] == head == replay.main
    assert [m.number for m in replay.moments(tip)][-1] == tip
    assert replay.lines()[0].branch.tip == head
    assert "What if" not in " ".join(e.title for e in replay.view(head).log)
    assert "What if" in " ".join(e.title for e in replay.view(tip).log)
    replay.close()


def test_a_line_can_be_played_on_from_another_one(save: Path) -> None:
    tip = try_on(save, 12)
    try_on(save, tip)
    replay = Replay.open(save)
    assert names(replay) == ["what-if A", "what-if B"]
    by_name = {line.branch.name: line.branch for line in replay.lines()}
    assert by_name["what-if A"].tip == tip
    assert by_name["what-if B"].leaves == tip
    replay.close()


def test_what_is_taken_back_in_it_is_a_line_of_it_too(save: Path) -> None:
    game = play_on(save, 12, seats_of(save), clock=clock)
    for _ in range(4):
        game.bot_moves()
    game.undo(CONTROL, game.tree.path()[-3].number)
    game.bot_moves()
    game.close()
    replay = Replay.open(save)
    assert names(replay) == ["what-if A", "what-if B"]
    replay.close()


def test_nothing_is_written_before_the_first_move(save: Path) -> None:
    play_on(save, 12, {}, clock=clock).close()
    copy = copy_of(save)
    assert copy is not None
    assert copy.read_bytes() == save.read_bytes()


def test_a_refused_move_writes_nothing(save: Path) -> None:
    game = play_on(save, 0, {}, clock=clock)
    with pytest.raises(MoveError):
        game.submit(CONTROL, Move("play", "town", "no_such_card"))
    game.close()
    copy = copy_of(save)
    assert copy is not None
    assert copy.read_bytes() == save.read_bytes()


def test_dice_and_cards_are_drawn_anew_only_when_wanted(save: Path) -> None:
    replay = Replay.open(save)
    path = replay.session.tree.path()
    again = next(n for n in path if n.move and n.move.kind in ("play", "pass"))
    assert again.move
    for anew in (False, True):
        game = play_on(save, again.parent, {}, anew=anew, clock=clock)
        game.submit(CONTROL, again.move)
        same = game.tree.now.state == again.state
        assert same is not anew
        game.close()
    replay.close()


def test_who_sits_there_is_asked_for_and_comes_back(save: Path) -> None:
    before = Session.open(save, read_only=True).seats
    game = play_on(save, 12, {"town": "person", "board": "bot:greedy"}, clock=clock)
    assert game.seats == {"town": "person", "board": "bot:greedy", CONTROL: "auto"}
    game.note("town", "A thought.")
    game.close()
    copy = copy_of(save)
    assert copy is not None
    assert Session.open(copy, read_only=True).seats == before


def test_it_disturbs_no_clock_and_declares_nothing(tmp_path: Path) -> None:
    sample = ROOT / "saves" / "bright-days-exercise.jsonl"
    save = Path(shutil.copy(sample, tmp_path))
    before = Session.open(save, read_only=True)
    number = before.tree.path()[20].number
    for into_save in (False, True):
        game = play_on(save, number, bots(before), into_save=into_save, clock=clock)
        assert game.run_view().state == "open"
        assert not game.run_view().clock.running
        for _ in range(5):
            game.bot_moves()
        with pytest.raises(MoveError):
            game.exercise("reopen")
        with pytest.raises(MoveError):
            game.set_clock("start")
        with pytest.raises(MoveError):
            game.judge("no matter", "met")
        with pytest.raises(MoveError):
            game.show_on_display("blank")
        game.close()
    after = Session.open(save, read_only=True)
    assert after.run_view() == before.run_view()
    assert after.view("public").headlines == before.view("public").headlines


# --- a line of the save itself


def test_the_save_itself_takes_a_line_when_one_says_so(save: Path) -> None:
    raw, before = save.read_bytes(), Session.open(save, read_only=True)
    view = before.view(CONTROL)
    tip = try_on(save, 12, into_save=True)
    assert save.read_bytes().startswith(raw)
    assert copy_of(save) is None
    after = Session.open(save)
    assert (after.head, after.seats) == (before.head, before.seats)
    assert after.view(CONTROL) == view
    after.close()
    replay = Replay.open(save)
    assert (names(replay), replay.main) == (["what-if A"], before.head)
    assert replay.moments(tip)[-1].number == tip
    replay.close()


def test_nothing_joins_the_deck_of_the_save(save: Path) -> None:
    game = play_on(save, 12, seats_of(save), into_save=True, clock=clock)
    with pytest.raises(MoveError, match="deck"):
        game.write_inject(NewInject("A storm"))
    with pytest.raises(MoveError, match="deck"):
        game.adjudicate(Adjudication("It rains"), note="because")
    game.close()
    assert b"A storm" not in save.read_bytes()


def test_a_game_that_was_cut_off_stands_at_the_table_again(save: Path) -> None:
    before = Session.open(save, read_only=True)
    game = play_on(save, 12, seats_of(save), into_save=True, clock=clock)
    game.bot_moves()
    game._journal.close()  # type: ignore[union-attr]  # the program was killed
    replay = Replay.open(save)
    assert replay.main == before.head
    replay.close()
    resumed = Session.open(save)
    assert (resumed.head, resumed.seats) == (before.head, before.seats)
    resumed.close()


# --- the copy, when the save has grown


@pytest.fixture
def young(tmp_path: Path) -> Path:
    """A game that goes on."""
    save = tmp_path / "game.jsonl"
    deck = load(ROOT / "decks" / "tutorial.toml")
    seats = dict.fromkeys(deck.model.teams, "bot:random")
    game = Session.new(deck, seed=5, seats=seats, path=save, clock=clock)
    for _ in range(6):
        game.bot_moves()
    game.close()
    return save


def grow(save: Path) -> None:
    game = Session.open(save, clock=clock)
    for _ in range(3):
        game.bot_moves()
    game.close()


def test_lines_and_marks_come_along_when_the_save_has_grown(young: Path) -> None:
    tip = try_on(young, 3)
    old = copy_of(young)
    assert old is not None
    replay = Replay.open(young)
    marks = replay.annotations()
    assert marks is not None
    marks.write(2, "?", "At the table.")
    marks.write(tip, "!", "In the other line.")
    moved = replay.session.tree.nodes[tip].move
    replay.close()
    grow(young)
    raw = old.read_bytes()
    assert copy_of(young) is None
    between = Replay.open(young)
    assert (names(between), len(between.warnings)) == ([], 1)
    assert "before it grew" in between.warnings[0]
    between.close()
    try_on(young, 4)
    assert old.read_bytes() == raw
    after = Replay.open(young)
    assert names(after) == ["what-if A", "what-if B"]
    assert after.main == Session.open(young, read_only=True).head
    found = after.annotations()
    assert found is not None
    assert {(n, a.mark) for n, a in found.all().items()} == {(2, "?"), (tip + 3, "!")}
    assert after.session.tree.nodes[tip + 3].move == moved
    after.close()


def test_a_copy_of_another_game_is_left_alone(young: Path, save: Path) -> None:
    strange = young.with_name("game.what-if.jsonl")
    shutil.copy(save, strange)
    raw = strange.read_bytes()
    assert copy_of(young) is None
    try_on(young, 3)
    assert strange.read_bytes() == raw
    copy = copy_of(young)
    assert copy is not None
    assert copy.name == "game.what-if-2.jsonl"


@pytest.mark.parametrize("harm", [b"", b"nonsense\nmore\n"])
def test_a_copy_that_is_harmed_is_left_as_it_is(young: Path, harm: bytes) -> None:
    try_on(young, 3)
    copy = copy_of(young)
    assert copy is not None
    raw = copy.read_bytes() + harm if harm else b""
    copy.write_bytes(raw)
    try_on(young, 4)
    assert copy.read_bytes() == raw
    replay = Replay.open(young)
    assert len(names(replay)) == (2 if harm else 1)
    replay.close()


def test_a_copy_that_can_not_be_played_again_hides_nothing_else(young: Path) -> None:
    try_on(young, 3)
    copy = copy_of(young)
    assert copy is not None
    raw = copy.read_bytes()
    at = raw.rindex(b'"digest":"') + len(b'"digest":"')
    while raw[at : at + 1] == b'"':  # a line that is no move has none
        at = raw.rindex(b'"digest":"', 0, at - 12) + len(b'"digest":"')
    other = b"0" if raw[at : at + 1] != b"0" else b"1"
    copy.write_bytes(raw[:at] + other + raw[at + 1 :])
    replay = Replay.open(young)
    assert (names(replay), len(replay.warnings)) == ([], 1)
    assert copy.name in replay.warnings[0]
    replay.close()
    try_on(young, 4)
    replay = Replay.open(young)
    assert (names(replay), replay.warnings) == (["what-if A"], ())
    replay.close()


# --- what can't be done


def test_what_can_not_be_played_on_writes_nothing(save: Path) -> None:
    replay = Replay.open(save)
    over = replay.main
    replay.close()
    with pytest.raises(MoveError, match="over"):
        play_on(save, over, {})
    with pytest.raises(MoveError, match="no move 9999"):
        play_on(save, 9999, {})
    with pytest.raises(UsageError):
        play_on(save, 12, {"nobody": "person"})
    with pytest.raises(UsageError):
        play_on(save, 12, {"town": "exec:true"})
    assert sorted(path.name for path in save.parent.iterdir()) == ["tutorial.jsonl"]


def test_a_save_that_is_open_can_still_be_played_on_in_a_copy(young: Path) -> None:
    game = Session.open(young)
    with pytest.raises(LockedError):
        play_on(young, 3, {}, into_save=True)
    try_on(young, 3)
    game.close()


def test_a_damaged_save_is_played_on_in_a_copy_alone(young: Path) -> None:
    with young.open("ab") as file:
        file.write(b"nonsense\nmore\n")
    with pytest.raises(JournalError):
        play_on(young, 3, {}, into_save=True)
    try_on(young, 3)
    replay = Replay.open(young)
    assert names(replay) == ["what-if A"]
    assert "nonsense" not in replay.warnings[0]
    assert str(young) in replay.warnings[0]
    replay.close()


def test_marks_of_another_game_are_no_marks(save: Path, young: Path) -> None:
    digest = Session.open(save, read_only=True).tree.digest(0)
    Annotations(save, digest).write(1, "!")
    shutil.copy(f"{save}.marks", f"{young}.marks")
    found = Annotations(young, Session.open(young, read_only=True).tree.digest(0))
    assert found.all() == {}
    assert "another game" in found.problems[0]
    with pytest.raises(JournalError):
        found.write(1, "?")


# --- by play


@pytest.mark.parametrize("seed", range(6))
def test_the_game_at_the_table_never_knows_of_what_ifs(
    young: Path, tmp_path: Path, seed: int
) -> None:
    """Whatever is tried, kept, killed and played on: it goes as it goes without."""
    chance = random.Random(seed)
    alone = Path(shutil.copy(young, tmp_path / "alone.jsonl"))
    for _ in range(5):
        step = chance.choice(("grow", "try", "into", "killed", "read"))
        if step == "grow":
            grow(young)
            grow(alone)
        elif step == "read":
            replay = Replay.open(young)
            assert len(set(names(replay))) == len(names(replay))
            replay.close()
        else:
            replay = Replay.open(young)
            number = chance.choice(replay.moments()).number
            replay.close()
            game = play_on(
                young, number, seats_of(young), into_save=step != "try", clock=clock
            )
            for _ in range(chance.randint(0, 3)):
                game.bot_moves()
            if step == "killed":
                game._journal.close()  # type: ignore[union-attr]
            game.close()
    with_tries, without = Session.open(young), Session.open(alone)
    ours, theirs = with_tries.tree.path(), without.tree.path()
    assert [node.move for node in ours] == [node.move for node in theirs]
    assert with_tries.tree.now.state == without.tree.now.state
    assert with_tries.seats == without.seats
    assert with_tries.run_view() == without.run_view()
    with_tries.close()
    without.close()


def test_the_display_shows_the_table_while_a_what_if_is_played(save: Path) -> None:
    watch = Watch(save)
    watch.follow()
    before = watch.view()
    game = play_on(save, 12, seats_of(save), into_save=True, clock=clock)
    for _ in range(3):
        game.bot_moves()
        watch.follow()
        assert watch.view() == before
    latecomer = Watch(save)
    latecomer.follow()
    assert latecomer.view() == before
    looked = Session.open(save, read_only=True)
    assert looked.view("public") == before
    game.close()
    watch.follow()
    assert watch.view() == before
    watch.close()
    latecomer.close()
