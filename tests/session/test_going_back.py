"""Undo with new luck, lines of play and their names, and looking at any of them."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop.errors import IllegalMoveError, MoveError, UsageError
from tabletop.session.drafts import NewInject
from tabletop.session.log import LogReader
from tabletop.session.session import Session
from tabletop.session.tree import Node
from tabletop.session.view import CONTROL, PUBLIC, LogEntry, Move, View
from tests.engine.games import some_decks
from tests.engine.small import TEAMS, Play, adds, card
from tests.session.twins import clock, moved

DECKS = some_decks(4)
HIDDEN = '[tracks.moon]\nlabel = "Moon"\nstart = 5\nvisible_to = ["ada"]\n'
SMALL = (TEAMS, HIDDEN, adds("a", 1), adds("b", 2), adds("c", 4, team="bob"))
THROWS = card("throw", 'roll = { dice = "3d6", table = [{ to = 99, text = "." }] }')


def some_moves(session: Session, seed: int, most: int) -> Iterator[int]:
    """Moves by chance: the number of each, while the game goes on."""
    chance = random.Random(seed)
    for _ in range(most):
        if not session.over:
            moved(session, chance)
        if not session.over:
            yield session.head


def seats(session: Session) -> tuple[str, ...]:
    """Everybody."""
    return (*session.seats, PUBLIC)


def turns(game: Play, seat: str) -> list[LogEntry]:
    """What a seat's log says of going back or elsewhere."""
    log = game.session.view(seat).log
    return [entry for entry in log if entry.kind in ("undo", "branch")]


# --- new luck


def thrown(seed: int, anew: bool) -> tuple[list[str], list[str]]:
    """What a card threw, and what it threw when it was played again after an undo."""
    game = Play(TEAMS, THROWS, seed=seed)
    game.play("ada", "throw")
    first = game.told("roll")
    game.session.undo(CONTROL, anew=anew)
    game.play("ada", "throw")
    return first, game.told("roll")


def test_dice_fall_the_same_after_an_undo_unless_they_are_thrown_anew() -> None:
    same = [thrown(seed, anew=False) for seed in range(20)]
    other = [thrown(seed, anew=True) for seed in range(20)]
    assert all(first == again for first, again in same)
    assert sum(first != again for first, again in other) > 14


def drawn(seed: int, anew: bool) -> tuple[list[str], list[str]]:
    """Which cards came next, and which came after the same move once it was undone."""
    teams = TEAMS.replace("points = 5", "points = 5\nhand = 3")
    cards = [adds(f"a{i}", i) for i in range(9)] + [adds("c", 4, team="bob")]
    game = Play(teams, *cards, seed=seed)
    game.skip("ada")
    game.control("take", game.held("ada")[0], team="ada")
    goal = game.session.head
    game.skip("bob")
    first = game.told("draw")
    game.session.undo(CONTROL, goal, anew=anew)
    game.skip("bob")
    return first, game.told("draw")


def test_cards_come_the_same_after_an_undo_unless_they_are_drawn_anew() -> None:
    same = [drawn(seed, anew=False) for seed in range(20)]
    other = [drawn(seed, anew=True) for seed in range(20)]
    assert all(first == again for first, again in same)
    assert sum(first != again for first, again in other) > 10


def test_each_new_luck_is_another_one() -> None:
    game = Play(TEAMS, THROWS)
    seen = set()
    for _ in range(12):
        game.play("ada", "throw")
        seen.add(tuple(game.told("roll")))
        game.session.undo(CONTROL, anew=True)
    assert len(seen) > 4


def test_undoing_again_goes_past_the_new_luck() -> None:
    game = Play(*SMALL)
    game.play("ada", "a")
    game.play("ada", "b")
    game.session.undo(CONTROL, anew=True)
    assert game.session.tree.now.move == Move("reseed", value=game.session.head)
    game.session.undo(CONTROL)
    assert (game.session.head, game.x) == (0, 50)


@pytest.mark.parametrize("name", ["tutorial", "bright-days", "large"])
def test_new_luck_is_played_again_to_the_same_states(name: str, tmp_path: Path) -> None:
    path, chance = tmp_path / "save.jsonl", random.Random(name)
    bots = dict.fromkeys(DECKS[name].model.teams, "bot:greedy")
    with closing(Session.new(DECKS[name], seed=4, seats=bots, path=path)) as session:
        for number in some_moves(session, 1, 40):
            if number % 7 == 0:
                places = [node.number for node in session.tree.path()[:-1]]
                session.undo(CONTROL, chance.choice(places), anew=True)
        session.name_branch(session.branches()[0].tip, "The first")
        before = everything(session)
    with closing(Session.open(path)) as again:
        assert everything(again) == before
    assert path.read_text("utf-8").count('"kind":"reseed"') > 1


def everything(session: Session) -> tuple[object, ...]:
    """Each digest, each view, and each line of play."""
    tree = session.tree
    digests = {number: tree.digest(number) for number in tree.nodes}
    return (
        digests,
        [session.view(seat) for seat in seats(session)],
        session.branches(),
        session.head,
    )


# --- lines of play


def forked() -> Play:
    """Ada has played a; b after it; and, before that was undone, c for bob."""
    game = Play(*SMALL)
    game.play("ada", "a")
    game.skip("ada")
    game.play("bob", "c")
    game.session.undo(CONTROL, 1)
    game.play("ada", "b")
    return game


def lines(game: Play) -> list[tuple[str, int, int, int, bool]]:
    """The lines of play in short."""
    return [
        (each.name, each.tip, each.leaves, each.moves, each.current)
        for each in game.session.branches()
    ]


def test_a_line_of_play_says_where_it_leaves_and_how_long_it_is() -> None:
    game = forked()
    assert lines(game) == [("b0", 3, 0, 3, False), ("b1", 5, 1, 2, True)]
    assert [each.title for each in game.session.branches()] == [
        "Bob plays c", "Ada plays b",
    ]  # fmt: skip


def test_a_line_of_play_keeps_its_name_when_it_is_played_on() -> None:
    game = forked()
    game.session.name_branch(3, "The bold one")
    game.session.take_up(CONTROL, 3)
    game.skip("bob")
    assert [each[0] for each in lines(game)] == ["The bold one", "b1"]
    assert lines(game)[0][1:] == (game.session.head, 0, 4, True)
    game.session.undo(CONTROL, 2)
    game.skip("bob")
    assert [each[0] for each in lines(game)] == ["The bold one", "b1", "b2"]


def test_a_line_of_play_can_be_named_again() -> None:
    game = forked()
    for name in ("One", "Two  words ", "Two words"):
        game.session.name_branch(5, name)
    assert [each[0] for each in lines(game)] == ["b0", "Two words"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "b0", "b17", "Taken"])
def test_a_name_that_would_confuse_is_refused(name: str) -> None:
    game = forked()
    game.session.name_branch(3, "Taken")
    before = game.session.branches()
    with pytest.raises(MoveError):
        game.session.name_branch(5, name)
    assert game.session.branches() == before


@pytest.mark.parametrize("tip", [1, 2, 4, 99, -1])
def test_only_the_last_move_of_a_line_can_be_named(tip: int) -> None:
    game = forked()
    with pytest.raises(MoveError):
        game.session.name_branch(tip, "Name")


def test_a_place_that_is_none_can_not_be_taken_up_or_looked_at() -> None:
    game = forked()
    for number in (4, 99, -1):
        with pytest.raises(MoveError):
            game.session.take_up(CONTROL, number)
        with pytest.raises(MoveError):
            game.session.view_at(CONTROL, number)
    with pytest.raises(UsageError):
        game.session.view_at("nobody", 0)


# --- looking at another place


def without_turns(view: View) -> View:
    """A view that offers nothing and says nothing of going back."""
    kinds = ("undo", "branch")
    log = tuple(entry for entry in view.log if entry.kind not in kinds)
    return replace(view, log=log, moves=())


@pytest.mark.parametrize("name", DECKS)
def test_a_view_of_any_place_is_what_was_shown_there(name: str) -> None:
    bots = dict.fromkeys(DECKS[name].model.teams, "bot:random")
    session = Session.new(DECKS[name], seed=2, seats=bots, clock=clock)
    shown: dict[tuple[int, str], View] = {}
    for number in (0, *some_moves(session, 3, 25)):
        if number % 6 == 5:
            session.undo(CONTROL, session.tree.now.parent)
        for seat in seats(session):
            shown[session.head, seat] = without_turns(session.view(seat))
    before = everything(session)
    for (number, seat), view in shown.items():
        found = session.view_at(seat, number)
        assert found.moves == ()
        assert without_turns(found) == view
    assert everything(session) == before


# --- what the log says of it


def test_the_log_says_where_the_game_went_back_and_what_was_undone() -> None:
    game = forked()
    log = game.session.view(CONTROL).log
    assert [entry.number for entry in log] == [0, 1, 4, 5]
    assert log[2].kind == "undo"
    assert log[2].title == "Undone, kept as b0: Ada passes, Bob plays c"
    game.session.name_branch(3, "The bold one")
    told = turns(game, CONTROL)[0].title
    assert told == "Undone, kept as The bold one: Ada passes, Bob plays c"


def test_an_undo_is_not_told_in_the_line_that_was_left() -> None:
    game = forked()
    log = game.session.view_at(CONTROL, 3).log
    assert [entry.number for entry in log] == [0, 1, 2, 3]
    game.session.take_up(CONTROL, 3)
    assert [entry.number for entry in game.session.view(CONTROL).log][:4] == [
        0,
        1,
        2,
        3,
    ]
    entry = turns(game, CONTROL)[-1]
    assert entry.kind == "branch"
    assert entry.title == "The line b0 is taken up: Ada passes, Bob plays c"


def test_many_undone_moves_are_counted() -> None:
    game = Play(*SMALL)
    game.play("ada", "a", "b", "a", "b")
    game.session.undo(CONTROL, 0)
    told = turns(game, "bob")[0].title
    assert told == "Undone: Ada plays a, Ada plays b and 2 more"


def test_a_team_is_told_of_what_it_knew_and_not_of_names() -> None:
    game = Play(*SMALL, rounds='play = "orders"')
    game.lay("ada", "a")
    game.session.undo(CONTROL, 0)
    game.session.name_branch(1, "Ada lays a")
    assert turns(game, "ada")[0].title == "Undone: Ada lays a"
    for seat in ("bob", PUBLIC):
        assert turns(game, seat)[0].title == "Undone: Ada lays an order"
    game.session.take_up(CONTROL, 1)
    said = "Another line of play is taken up: Ada lays an order"
    assert turns(game, "bob")[0].title == said


def test_an_undo_of_what_was_hidden_is_hidden() -> None:
    game = Play(*SMALL)
    game.control("set", "moon", 3)
    game.session.undo(CONTROL, 0)
    assert turns(game, "bob") == []
    assert turns(game, PUBLIC) == []
    assert turns(game, "ada")[0].title == "Undone: Ruling: Moon is 3"


def test_a_practice_is_left_without_telling_it_again() -> None:
    game = Play(*SMALL)
    game.session.exercise("practice")
    game.play("ada", "a", "b")
    game.session.undo(CONTROL, 0)
    game.session.take_up(CONTROL, 3)
    game.session.exercise("start")
    told = [entry.title for entry in turns(game, "bob")]
    assert told[0] == "Undone: Ada plays a, Ada plays b"
    assert told[-1] == "Undone: the practice, which is off the record"
    assert game.session.branches()[0].practice


def test_an_undo_says_to_whom_a_card_was_revealed() -> None:
    game = Play(*SMALL)
    game.control("reveal", "a", 2, team="ada")
    game.control("reveal", "b", team="ada")
    assert game.session.undo_preview(CONTROL, 0).seen == (
        "Ada holds a (seen by Bob)", "Ada holds b (seen by all)",
    )  # fmt: skip
    assert game.session.undo_preview("ada", 0).seen == ("Ada holds b (seen by all)",)


def test_a_line_that_was_left_can_be_taken_up_from_any_of_its_moves() -> None:
    game = forked()
    for number, x in ((2, 51), (5, 53), (3, 55), (0, 50)):
        game.session.take_up(CONTROL, number)
        assert game.x == x
    with pytest.raises(IllegalMoveError):
        game.control("lift", "a")


# --- previews


def test_a_ruling_on_a_card_is_previewed() -> None:
    game = Play(*SMALL)

    def told(kind: str, value: int = 0, team: str = "") -> list[str]:
        preview = game.session.preview(CONTROL, Move(kind, team, "a", value))
        return [change.text for change in preview.changes]

    assert told("veto") == ["a is vetoed"]
    assert told("reveal", team="ada") == ["Ada holds a"]
    game.control("veto", "a")
    assert told("lift") == ["a may be played again"]


def test_a_veto_says_what_will_come_of_it() -> None:
    game = Play(*SMALL, rounds='play = "orders"')

    def notes(item: str) -> tuple[str, ...]:
        return game.session.preview(CONTROL, Move("veto", item=item)).notes

    game.lay("ada", "a")
    laid = "Laid by Ada: it fails at its turn, and its cost comes back."
    assert notes("a") == (laid,)
    assert notes("b") == ("It may not be played until the veto is lifted.",)
    answered = Play(
        TEAMS,
        adds("a", 9, "invites_response = true"),
        adds("no", 1, "response = true", team="bob"),
    )
    answered.play("ada", "a")
    preview = answered.session.preview(CONTROL, Move("veto", item="a"))
    assert preview.notes == ("It is under way, and has no effect this time.",)
    assert [change.text for change in preview.changes] == ["a has no effect"]


def test_a_veto_says_that_what_is_scheduled_comes_all_the_same() -> None:
    later = card("first", 'effects = ["schedule(a, 1)"]')
    game = Play(TEAMS, later, adds("a", 9))

    def notes() -> tuple[str, ...]:
        return game.session.preview(CONTROL, Move("veto", item="a")).notes

    barred = "It may not be played until the veto is lifted."
    assert notes() == (barred,)
    game.play("ada", "first")
    assert notes() == (
        barred, "It is scheduled too: what is scheduled takes effect all the same.",
    )  # fmt: skip


# --- with injects that were written meanwhile


def test_lines_of_play_go_on_when_an_inject_has_been_written(tmp_path: Path) -> None:
    path = tmp_path / "save.jsonl"
    seats = dict.fromkeys(DECKS["tutorial"].model.teams, "person")
    with closing(Session.new(DECKS["tutorial"], seed=4, seats=seats, path=path)) as one:
        left = list(some_moves(one, 1, 12))
        one.undo(CONTROL, left[3], anew=True)
        new = one.write_inject(NewInject("A letter", read="Read this."))
        one.take_up(CONTROL, left[-1])
        one.submit(CONTROL, Move("fire", item=new))
        one.undo(CONTROL, left[5], anew=True)
        list(some_moves(one, 2, 5))
        before = everything(one)
    with closing(Session.open(path)) as again:
        assert everything(again) == before
        assert len(again.branches()) == 3


# --- speed


def test_a_long_log_is_read_again_only_where_it_is_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Going to any line of a long game reads each move once, not each time."""
    session = Session.new(DECKS["large"], seed=1, seats={}, clock=clock)
    chance = random.Random(1)
    while len(session.tree.nodes) < 300:
        if session.over:
            session.take_up(CONTROL, chance.choice(list(session.tree.nodes)))
        moved(session, chance)
    read: list[int] = []
    titled = LogReader._title

    def counting(log: LogReader, node: Node) -> tuple[str, str]:
        if log.seat == CONTROL:
            read.append(node.number)
        return titled(log, node)

    monkeypatch.setattr(LogReader, "_title", counting)
    for number in (*chance.sample(list(session.tree.nodes), 30), session.head):
        session.take_up(CONTROL, number)
        session.view(CONTROL)
    assert len(read) == len(set(read)) > 100
