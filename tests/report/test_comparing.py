"""Groups side by side: what is told of them agrees with their games."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tabletop.cli.sidebyside import lines
from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.report.aar.page import page
from tabletop.report.aar.plain import plain
from tabletop.report.aar.record import record_of
from tabletop.report.comparing import comparison, groups
from tabletop.report.comparing.comparison import Comparison, compare, read_groups
from tabletop.report.comparing.data import as_json
from tabletop.report.comparing.groups import Group, group_of
from tabletop.report.comparing.report import report_of
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move
from tabletop.session.whatif import play_on
from tests.decks import shipped
from tests.report.reports import read_report
from tests.samples import GROUPS, SAVES
from tests.session import test_secrets as games
from tests.session.test_successes import judged, played
from tests.session.twins import clock

BRIGHT_DAYS = GROUPS
HOSTILE = """
format = 1
id = "hostile"
title = "[/] <script>alert(1)</script> **x** | y"
[rounds]
count = 2
label = "[b]Round[/b] | of a long name that goes on and on"
ending = "over"
[teams.ada]
name = "<b>Ada</b> [/] | who has a name that no narrow place can hold at all"
points = 3
[teams.bob]
name = "Bob"
points = 3
[tracks.sun]
label = "</svg><i>Sun & moon | `code` and something more that is long"
start = 50
[cards.one]
team = "ada"
title = "=1+1 [/] <u>one</u> | $x$"
effects = ["sun -= 5"]
[cards.two]
team = "bob"
title = "夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜"
effects = ["sun += 9"]
[endings.over]
title = "[/over]"
"""
ORDERS = """
format = 1
id = "orders"
title = "Orders"
[rounds]
count = 2
play = "orders"
ending = "over"
[teams.ada]
name = "Ada"
hand = "all"
points = 3
[teams.bob]
name = "Bob"
hand = "all"
points = 3
[tracks.sun]
label = "Sun"
start = 50
[cards.one]
team = "ada"
title = "One"
effects = ["sun += 1"]
[cards.two]
team = "ada"
title = "Two"
effects = ["sun += 2"]
[cards.three]
team = "bob"
title = "Three"
effects = ["sun += 3"]
[endings.over]
title = "Over"
"""


def bot_game(deck: Deck, seed: int, path: Path | None = None) -> Session:
    """A game that bots have played to its end."""
    seats = dict.fromkeys(deck.model.teams, "bot:random")
    session = Session.new(deck, seed=seed, seats=seats, path=path, clock=clock)
    while session.bot_moves():
        pass
    return session


def bots(deck: Deck, many: int, seat: str = CONTROL) -> list[Group]:
    """Groups of bots."""
    sessions = (bot_game(deck, seed) for seed in range(many))
    return [group_of(session, seat, comparison.letter(i))
            for i, session in enumerate(sessions)]  # fmt: skip


@pytest.fixture(scope="module")
def three() -> list[Group]:
    found, refused = read_groups(BRIGHT_DAYS)
    assert refused == []
    return found


def test_tracks_are_those_of_the_views_at_each_rounds_end(three: list[Group]) -> None:
    for path, group in zip(BRIGHT_DAYS, three, strict=True):
        view = Session.open(path, read_only=True).view(CONTROL)
        assert group.tracks == {track.id: track.history for track in view.tracks}
        assert view.over
        assert (group.ending, group.scores) == (
            view.over.ending,
            dict(view.over.scores),
        )


def test_the_round_of_the_greatest_spread_is_found(three: list[Group]) -> None:
    for track in compare(three).tracks:
        spreads = [
            max(there) - min(there)
            for place in range(8)
            if (there := [v[place] for v in track.values if place < len(v)])
        ]
        assert track.spread == max(spreads)
        assert not track.spread or spreads.index(track.spread) == track.round - 1
        assert track.most - track.least == track.spread


def test_every_decision_is_told_once_with_its_group(three: list[Group]) -> None:
    told = compare(three)
    for group in three:
        mine = [
            (each.round, each.team, label)
            for each in told.decisions
            for label, letters in each.chosen
            if group.letter in letters
        ]
        played = list(own_decisions(group))
        assert sorted(mine) == sorted(played)
    assert all(len(set(sum_of(o.chosen))) == o.groups for o in told.decisions)


def sum_of(chosen: Sequence[tuple[str, tuple[str, ...]]]) -> list[str]:
    return [letter for _, letters in chosen for letter in letters]


def own_decisions(group: Group) -> Iterator[tuple[int, str, str]]:
    """What a log says that teams did, but for answers and responses."""
    waits = group.record.tree
    for entry in group.record.view.log:
        move = waits.nodes[entry.number].move if entry.number in waits.nodes else None
        if move is None or entry.kind not in ("play", "pass"):
            continue
        before = waits.nodes[waits.nodes[entry.number].parent]
        asked = waits.at(before.number)
        status = Session(asked, group_seats(group), None).view(CONTROL)
        if "responds" not in {team.status for team in status.teams}:
            label = waits.names.title(move.item) if move.item else "passes"
            yield entry.round, move.team, label


def group_seats(group: Group) -> dict[str, str]:
    return dict.fromkeys(group.record.tree.names.teams, "person")


def test_the_most_frequent_choice_stands_first() -> None:
    told = compare(bots(shipped.deck(shipped.TUTORIAL), 7))
    for each in (*told.decisions, *told.questions):
        sizes = [len(letters) for _, letters in each.chosen]
        assert sizes == sorted(sizes, reverse=True)
        assert each.groups <= 7
    first = told.decisions[0]
    assert (first.title, first.groups) == ("Saltmouth, 1st", 7)


def test_the_same_question_is_set_beside_itself() -> None:
    told = compare(bots(games.DECKS["plots"], 6))
    asked = [each for each in told.questions if each.asked_by == "offer"]
    assert {each.team for each in asked} == {"ada", "bob"}
    answers = {label for each in asked for label, _ in each.chosen}
    assert answers == {"Yes", "No"}


def test_others_are_not_told_which_orders_were_laid() -> None:
    deck = load_text({"deck.toml": ORDERS})
    for seat, told in ((CONTROL, True), ("ada", True), ("bob", False)):
        session = Session.new(deck, seed=1, seats={}, clock=clock)
        session.submit("ada", Move("lay", "ada", "two"))
        found = compare([group_of(session, seat, "A")])
        labels = [label for each in found.decisions for label, _ in each.chosen]
        assert labels == ["Two" if told else "an order, face down"]
        assert not found.cards


def test_only_turns_that_end_are_routine() -> None:
    told = compare(bots(shipped.deck(shipped.TUTORIAL), 3))
    for each in told.decisions:
        passes = [label for label, _ in each.chosen] == ["passes"]
        assert each.routine == (passes and each.nth > 1)


# --- decks that differ


def save_of(deck: Deck, path: Path) -> Path:
    bot_game(deck, 1, path).close()
    return path


def test_decks_that_differ_are_told_and_others_left_out(tmp_path: Path) -> None:
    first = save_of(load_text({"deck.toml": ORDERS}), tmp_path / "one.jsonl")
    newer = ORDERS.replace("[rounds]", 'version = "2.0.0"\n[rounds]', 1)
    newer = newer.replace("cards.three", "cards.third").replace("sun += 3", "sun += 9")
    text = ORDERS.replace('title = "Orders"', 'title = "Orders!"')
    teams = ORDERS.replace("bob", "eve")
    other = save_of(load_text({"deck.toml": newer}), tmp_path / "two.jsonl")
    files = save_of(load_text({"deck.toml": text}), tmp_path / "three.jsonl")
    eve = save_of(load_text({"deck.toml": teams}), tmp_path / "eve.jsonl")
    bad = tmp_path / "bad.jsonl"
    bad.write_text("no save\n")
    tutorial = SAVES / "tutorial.jsonl"
    found, refused = read_groups([bad, first, eve, other, tutorial, files])
    assert [group.letter for group in found] == ["A", "B", "C"]
    assert [each.path.name for each in refused] == [
        "bad.jsonl", "eve.jsonl", "tutorial.jsonl",
    ]  # fmt: skip
    told = compare(found)
    assert "version 2.0.0" in told.differs[0]
    assert "other files" in told.differs[1]
    rounds = {card.id: [bool(each) for each in card.rounds] for card in told.cards}
    assert rounds["third"] == [False, True, False]
    assert rounds["three"][1] is False
    assert list(lines(told, 80))


def test_saves_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    deck = load_text({"deck.toml": ORDERS})
    paths = [tmp_path / place / "game.jsonl" for place in ("monday", "tuesday")]
    for path in paths:
        path.parent.mkdir()
        save_of(deck, path)
    found, _ = read_groups(paths)
    assert [group.title for group in found] == ["game", "tuesday/game"]


def test_what_was_tried_in_a_what_if_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "tried.jsonl"
    path.write_bytes((SAVES / "tutorial.jsonl").read_bytes())
    before = as_json(compare(read_groups([path])[0]))
    trial = play_on(path, 5, {}, into_save=True)
    trial.submit("board", trial.view("board").moves[0].move)
    assert as_json(compare(read_groups([path])[0])) == before
    trial.close()
    assert as_json(compare(read_groups([path])[0])) == before


# --- forms


def test_every_form_is_the_same_each_time_and_well_formed(three: list[Group]) -> None:
    told, again = compare(three), compare(read_groups(BRIGHT_DAYS)[0])
    assert as_json(told) == as_json(again)
    assert list(lines(told, 80)) == list(lines(again, 80))
    for write in (page, plain):
        assert write(report_of(told)) == write(report_of(again))
    found = read_report(page(report_of(told)))
    assert found.wrong == []
    assert found.svgs == (len(told.tracks) + 2) // 3
    data = json.loads(as_json(told))
    assert data["groups"][0]["scores"] == dict(three[0].scores)
    assert data["tracks"][0]["values"]["A"] == list(told.tracks[0].values[0])


@pytest.mark.parametrize(("many", "width"), [(1, 80), (2, 80), (7, 80), (30, 80),
                                             (7, 160)])  # fmt: skip
def test_text_fits_and_hostile_text_is_text(many: int, width: int) -> None:
    told = compare(bots(load_text({"deck.toml": HOSTILE}), many))
    text = list(lines(told, width))
    assert max(map(len, text)) <= width
    assert not any("\n" in line for line in text)
    assert any("Ada</b>" in line and "…, 1st" in line for line in text)
    found = read_report(page(report_of(told)))
    assert found.wrong == []
    assert "<script>" not in plain(report_of(told))


def test_many_groups_are_told_by_their_spread() -> None:
    told = compare(bots(shipped.deck(shipped.TUTORIAL), 12))
    text = list(lines(told, 80))
    assert any(line.split()[:3] == ["least", "mid", "most"] for line in text)
    assert any(line.split()[:12] == list("ABCDEFGHIJKL") for line in lines(told, 200))


# --- secrets


def form(session: Session, seat: str) -> str:
    """What a seat is told of a group, but for the scores at the end, which are all's"""
    told = compare([group_of(session, seat, "A")])
    data = json.loads(as_json(told))
    if session.over:
        data["groups"][0]["scores"] = {}
    return json.dumps(data) + ("" if session.over else page(report_of(told)))


def assert_same(one: Session, two: Session, seat: str) -> None:
    assert form(one, seat) == form(two, seat), seat


def steered() -> int:
    """Games that were steered apart in secret; how often they were compared."""
    compared = 0
    for name in ("tutorial", "bright-days", "plots"):
        deck = games.DECKS[name]
        for item, low, high in games.secret_names(deck)[:2]:
            one, two = games.rule("set", item, low), games.rule("set", item, high)
            compared += games.follow(deck, 1, one, two, 6)
        compared += games.follow(deck, 2, games.reseeded(1), games.reseeded(9), 6)
        cards = games.owned(deck)[0]
        one, two = games.judge("veto", cards[0]), games.judge("veto", cards[-1])
        compared += games.watch(deck, one, two, games.taken_back)
    return compared


def test_a_team_is_told_nothing_that_it_may_not_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(games, "assert_same", assert_same)
    assert steered() > 60
    monkeypatch.setattr(groups, "record_of", lambda each, _: record_of(each, CONTROL))
    with pytest.raises(AssertionError):
        steered()


def test_a_teams_page_has_its_own_tracks_alone() -> None:
    deck = shipped.deck(shipped.BRIGHT_DAYS)
    session = bot_game(deck, random.Random(1).randrange(9))
    for seat in (PUBLIC, *deck.model.teams):
        told: Comparison = compare([group_of(session, seat, "A")])
        seen = {track.id for track in session.view(seat).tracks}
        assert {track.id for track in told.tracks} == seen


def test_who_had_what_it_wanted_is_compared() -> None:
    """Ada got it in one game, Bob in the other; Cyd never said what it wanted."""
    told = compare(
        [
            group_of(played(judged(), pushes), "cyd", letter)
            for pushes, letter in ((2, "A"), (1, "B"))
        ]
    )
    data = json.loads(as_json(told))
    assert [group["successes"] for group in data["groups"]] == [
        {"ada": True, "bob": False}, {"ada": False, "bob": True},
    ]  # fmt: skip
    text = "\n".join(lines(told, 80))
    assert "A success by its own measure" in text
    found = plain(report_of(told))
    assert found.count("✓ success") == found.count("✗ no") == 2
    assert "✓" not in plain(report_of(compare(bots(judged("", ""), 2))))
