"""Exported tables: rows that agree with the game, the columns that are documented."""

import csv
import io
import json
import random
import re
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabletop.deck.loader import load_text
from tabletop.report.tables.columns import TABLES, Row, Table
from tabletop.report.tables.places import Places
from tabletop.report.tables.rows import columns, rows
from tabletop.report.tables.text import as_csv, as_json_lines, moment_json
from tabletop.session.annotations import Annotations
from tabletop.session.journal import Journal
from tabletop.session.moves import from_json
from tabletop.session.session import Session
from tabletop.session.sheets import unmarked
from tabletop.session.tree import Node, Tree
from tabletop.session.view import CONTROL, PUBLIC, Move
from tabletop.session.whatif import play_on
from tests.decks import shipped
from tests.samples import PLAYED, stem
from tests.session import test_secrets as games
from tests.session.twins import clock, moved

ROOT = Path(__file__).resolve().parent.parent.parent
HOSTILE = """
format = 1
id = "sums"
title = "=1+1"
[rounds]
count = 1
ending = "over"
[teams.ada]
name = "+ada"
points = 3
[tracks.phase]
label = '=HYPERLINK("http://x","y")'
start = 0
min = -9
bands = [{ to = 0, label = "-low" }, { to = 100, label = "@high" }]
[cards.one]
team = "ada"
title = "-2+3"
effects = ["phase -= 5"]
[endings.over]
title = "@over"
"""


@pytest.fixture(params=PLAYED, ids=stem)
def session(request: pytest.FixtureRequest) -> Iterator[Session]:
    opened = Session.open(request.param, read_only=True)
    yield opened
    opened.close()


def table(session: Session, what: Table, seat: str = CONTROL, *,
          wide: bool = False, every: bool = False) -> list[Row]:  # fmt: skip
    places = Places(session, seat, all_lines=every)
    return list(rows(what, places, wide=wide))


def test_the_exported_moves_are_all_that_a_replay_needs(session: Session) -> None:
    """With the deck and the seed: each move from its parent gives the same digest."""
    assert session.path
    journal = Journal.open(session.path, read_only=True)
    header = journal.header
    added = {line.number: line.data for line in journal.lines if line.kind == "deck"}
    tree = Tree(load_text(header.deck_files, header.deck_id), header.seed, header.game)
    exported = table(session, "moves", every=True)
    first, *moves = exported
    assert (first["kind"], first["digest"]) == ("start", tree.digest(0))
    for row in moves:
        number: Any = row["move"]
        for line in sorted(each for each in added if each < number):
            amend(tree, added.pop(line))
        replay(tree, row)
        assert tree.digest(number) == row["digest"]
    assert len(moves) == sum(line.kind == "move" for line in journal.lines)


def amend(tree: Tree, data: Any) -> None:
    files = dict(tree.deck.files)
    files[data["file"]] += data["text"]
    tree.amend(load_text(files, tree.deck.model.id))


def replay(tree: Tree, row: Any) -> None:
    tree.head = row["parent"]
    parts = {key: row[key] for key in ("kind", "team", "item", "value") if row[key]}
    move = from_json(parts)
    state, facts = tree.apply(move, tree.seat_of(move))
    tree.add(Node(row["move"], row["parent"], "", "", move, "",
                  array("q", state), facts))  # fmt: skip


def test_tracks_change_as_the_changes_say(session: Session) -> None:
    """The table of tracks has the sum of what changed a track within a move."""
    sums: dict[tuple[Any, Any], int] = {}
    for row in table(session, "changes", every=True):
        if row["kind"] in ("track", "flag", "points"):
            key = row["move"], row["subject"]
            assert isinstance(row["after"], int)
            assert isinstance(row["before"], int)
            sums[key] = sums.get(key, 0) + row["after"] - row["before"]
    told = {
        (row["move"], row["track"]): row["change"]
        for row in table(session, "tracks", every=True)
        if row["change"] or (row["move"], row["track"]) in sums
    }
    assert told == sums


@pytest.mark.parametrize("name", list(games.DECKS)[::4])
def test_what_a_seat_is_told_adds_up_in_made_up_games(name: str) -> None:
    """Also where moves, causes and numbers are hidden, and after an undo."""
    game, chance = games.table(games.DECKS[name], 2), random.Random(name)
    for place in range(40):
        if not game.over:
            moved(game, chance)
        if place == 20 and not game.over:
            games.taken_back(game)
    for seat in (*game.tree.names.teams, PUBLIC, CONTROL):
        changes = table(game, "changes", seat, every=True)
        sums: dict[tuple[Any, Any], Any] = {}
        for row in changes:
            if row["kind"] in ("track", "flag", "points"):
                key = row["move"], row["subject"]
                before, after = row["before"], row["after"]
                assert isinstance(before, int)
                assert isinstance(after, int)
                sums[key] = sums.get(key, 0) + after - before
        for row in table(game, "tracks", seat, every=True):
            assert row["change"] == sums.get((row["move"], row["track"]), 0)


def test_what_was_played_is_told_from_what_was_undone(session: Session) -> None:
    played = [row["move"] for row in table(session, "moves")]
    every = table(session, "moves", every=True)
    assert played == [node.number for node in session.tree.path()]
    assert [row["move"] for row in every if row["status"] == "played"] == played
    left = {row["line"] for row in every if row["status"] != "played"}
    assert left <= {branch.name for branch in session.branches()}
    assert left


@pytest.mark.parametrize("what", TABLES)
def test_both_forms_hold_the_same_and_a_line_for_each_row(
    session: Session, what: Table
) -> None:
    places = Places(session, all_lines=True)
    heads = columns(what, places)
    assert heads == TABLES[what]
    lines = as_json_lines(heads, rows(what, places)).splitlines()
    cells = as_csv(heads, rows(what, places))
    for told, line in zip(csv.DictReader(io.StringIO(cells, newline="")), lines,
                          strict=True):  # fmt: skip
        found = {key: "" if cell is None else str(cell)
                 for key, cell in json.loads(line).items()}  # fmt: skip
        assert found == {key: unmarked(cell) for key, cell in told.items()}


@pytest.mark.parametrize("what", TABLES)
def test_the_columns_are_there_before_the_game(what: Table) -> None:
    deck = shipped.deck(shipped.BRIGHT_DAYS)
    fresh = Session.new(deck, seed=1, seats={}, clock=clock)
    assert list(columns(what, Places(fresh))) == list(TABLES[what])
    for row in table(fresh, what):
        assert list(row) == list(TABLES[what])


def test_each_track_is_a_column_of_the_wide_table(session: Session) -> None:
    long = table(session, "tracks")
    wide = table(session, "tracks", wide=True)
    found = {(row["move"], row["track"]): row["value"] for row in long}
    ids = {row["track"] for row in long}
    assert found == {(r["move"], id_): r[str(id_)] for r in wide for id_ in ids}


def test_a_moment_is_the_view_of_that_moment(session: Session) -> None:
    for seat in (CONTROL, PUBLIC, *session.deck.model.teams):
        number = session.tree.path()[9].number
        found = json.loads(moment_json(Places(session, seat), number))
        view = session.view_at(seat, number)
        tracks = {track["id"]: track["value"] for track in found["view"]["tracks"]}
        assert tracks == {track.id: track.value for track in view.tracks}
        assert found["view"]["move"] == number
        assert found["status"] == "played"


def test_what_was_tried_in_a_what_if_is_told_from_what_was_played(
    tmp_path: Path,
) -> None:
    path = tmp_path / "tried.jsonl"
    path.write_bytes((ROOT / "saves" / "tutorial.jsonl").read_bytes())
    before = table(Session.open(path, read_only=True), "tracks")
    trial = play_on(path, 5, {}, into_save=True)
    trial.submit("board", trial.view("board").moves[0].move)
    opened = Session.open(path, read_only=True)  # as after a crash, amid the what-if
    assert table(opened, "tracks") == before
    trial.note("board", "Would that have been better?")
    trial.close()
    opened = Session.open(path, read_only=True)
    assert table(opened, "tracks") == before
    tried = [row for row in table(opened, "moves", every=True)
             if row["status"] == "what-if"]  # fmt: skip
    assert {row["line"] for row in tried} == {"what-if A"}
    assert {"reseed", "play"} <= {row["kind"] for row in tried}
    notes = [row for row in table(opened, "notes", every=True)
             if row["text"] == "Would that have been better?"]  # fmt: skip
    assert [row["status"] for row in notes] == ["what-if"]


def test_marks_from_a_replay_stand_among_the_notes(tmp_path: Path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_bytes((ROOT / "saves" / "tutorial.jsonl").read_bytes())
    opened = Session.open(path, read_only=True)
    marks = Annotations(path, opened.tree.digest(0))
    path_taken = [node.number for node in opened.tree.path()]
    played = path_taken[5]
    undone = next(each for each in opened.tree.nodes if each not in path_taken)
    marks.write(played, "?!", "Too early.", at="2026-03-01T09:00:00+00:00")
    marks.write(undone, "!", "Not played in the end.")
    found = [row for row in table(opened, "notes") if row["kind"] == "mark"]
    assert [(row["move"], row["title"], row["text"]) for row in found] == [
        (played, "?!", "Too early.")
    ]
    every = table(opened, "notes", every=True)
    assert sum(row["kind"] == "mark" for row in every) == 2
    for seat in (PUBLIC, *opened.deck.model.teams):
        kinds = {row["kind"] for row in table(opened, "notes", seat, every=True)}
        assert "mark" not in kinds


# --- spreadsheets


def hostile() -> Session:
    session = Session.new(load_text({"deck.toml": HOSTILE}), seed=1, seats={})
    session.submit("ada", Move("play", "ada", "one"), note="=cmd|' /C calc'!A0\r\n+1")
    session.note(CONTROL, "@SUM(A1)\r=2")
    return session


@pytest.mark.parametrize("what", TABLES)
def test_no_cell_is_calculated_and_numbers_stay_numbers(what: Table) -> None:
    places = Places(hostile())
    text = as_csv(columns(what, places), rows(what, places))
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    risky = [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell)]
    assert all(re.fullmatch(r"-\d+", cell) for cell in risky)
    assert ("-5" in cells) == (what in ("changes", "tracks"))


def test_a_track_that_is_called_as_a_column_keeps_its_own() -> None:
    places = Places(hostile())
    assert "track.phase" in columns("tracks", places, wide=True)
    last = table(hostile(), "tracks", wide=True)[-1]
    assert (last["track.phase"], last["phase"]) == (-5, "play")


# --- the page


def test_the_page_on_saves_lists_the_columns() -> None:
    page = (ROOT / "saves" / "README.md").read_text(encoding="utf-8")
    part = page.split("## Exported tables")[1].split("\n## ")[0]
    for what, heads in TABLES.items():
        listed = part.split(f"### `{what}`")[1].split("\n### ")[0]
        found = re.findall(r"^\| `(\w+)` \| (.+) \|$", listed, re.MULTILINE)
        own = dict(list(heads.items())[11:])
        assert dict(found) == own, what
    common = part.split("### ")[0]
    found = re.findall(r"^\| `(\w+)` \| (.+) \|$", common, re.MULTILINE)
    assert dict(found) == dict(list(TABLES["moves"].items())[:11])


def test_the_sample_on_the_page_is_what_is_written() -> None:
    page = (ROOT / "saves" / "README.md").read_text(encoding="utf-8")
    sample = re.search(r"<!-- sample -->\n```csv\n(.*?)```", page, re.DOTALL)
    assert sample
    with_save = Session.open(ROOT / "saves" / "tutorial.jsonl", read_only=True)
    places = Places(with_save)
    text = as_csv(columns("changes", places), rows("changes", places))
    assert sample[1].splitlines()[0] == text.splitlines()[0]
    assert set(sample[1].splitlines()) <= set(text.splitlines())
