"""The schedule of injects as a table: out, in again, and all that can be wrong."""

import contextlib
import csv
import io
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.errors import CsvError
from tabletop.session.drafts import NewInject
from tabletop.session.session import Session
from tabletop.session.sheets import marked, unmarked
from tabletop.session.view import CONTROL, Move
from tests.decks.shipped import TUTORIAL, deck
from tests.engine.games import some_decks
from tests.session.test_amending import begun, table

DECKS = {n: each for n, each in some_decks(12).items() if each.model.injects}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def rows_of(text: str) -> list[dict[str, str]]:
    """A table's rows by heading."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet(*rows: str) -> str:
    """A table of new injects."""
    heads = "No,Title,Round,Phase,From,To,Text,Expected action,Notes,Effects,Id"
    return "\n".join((heads, *rows))


# --- out and in


@pytest.mark.parametrize("name", DECKS)
def test_what_was_exported_changes_nothing_when_it_is_read(name: str) -> None:
    session = table(DECKS[name])
    for _ in range(4):
        for _ in range(12):
            session.bot_moves()
        plan = session.plan_msel(session.export_msel(), "a.csv")
        assert (plan.new, plan.moves) == ((), ())
        count = len(session.deck.model.injects)
        assert plan.lines == (f"Unchanged: {count}",)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(NewInject, TEXTS.filter(str.strip), TEXTS, TEXTS, expects=TEXTS))
def test_whatever_an_inject_says_comes_back(new: NewInject) -> None:
    session = table(deck(TUTORIAL))
    session.write_inject(new)
    text = session.export_msel()
    plan = session.plan_msel(b"\xef\xbb\xbf" + text.encode(), "a.csv")
    assert (plan.new, plan.moves) == ((), ())
    other = table(deck(TUTORIAL))
    taken = other.plan_msel(text, "a.csv").new[0]
    for key in ("title", "read", "text", "expects"):
        said, was = getattr(taken, key), getattr(new, key)
        assert said.split() == was.replace("\x00", "").split()


@given(TEXTS)
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    cell = marked(text)
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert unmarked(cell) == text.replace("\x00", "")


def test_the_export_tells_what_has_become_of_each_inject() -> None:
    session = begun()
    id_ = session.write_inject(NewInject("=1+1", round=6, sender="A", cue="B"))
    session.submit(CONTROL, Move("hold", item=id_))
    rows = {row["Id"]: row for row in rows_of(session.export_msel())}
    assert (rows[id_]["State"], rows[id_]["Round"]) == ("held", "6")
    assert (rows[id_]["Title"], rows[id_]["From"], rows[id_]["Notes"]) == (
        "'=1+1", "A", "B",
    )  # fmt: skip
    assert rows["oval_office"]["State"] == "fired"
    assert rows["the_call"]["Effects"].split("\n")[0] == "relations += 4"
    rounds = [int(row["Round"] or 99) for row in rows.values()]
    assert rounds == sorted(rounds)
    assert [row["No"] for row in rows.values()] == [
        str(number) for number in range(1, len(rows) + 1)
    ]


PLANNERS = (
    "#;EVENT;time;recipient;Expected Response;Controller Notes;message;sender\r\n"
    "1;Rain;Month 6;Kyiv, Europe;They wait;Look;It rains;Weather\r\n"
    '2;Snow; 7.0 ;All;"They ""wait""\r\nand see";;;\r\n'
    ";;;;;;;\r\n"
    "3;Sun;;white_house;;;;\r\n"
)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_planners_tables_are_understood(delimiter: str, tmp_path: Path) -> None:
    text = PLANNERS.replace("Kyiv, Europe", "Kyiv & Europe").replace(";", delimiter)
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        plan = session.plan_msel(text.encode(), "a.csv")
        rain, snow, sun = plan.new
        assert rain == NewInject(
            "Rain", text="It rains", sender="Weather", audience=("kyiv", "europe"),
            round=6, expects="They wait", cue="Look",
        )  # fmt: skip
        assert (snow.round, snow.expects) == (7, 'They "wait"\nand see')
        assert (sun.round, sun.audience) == (0, ("white_house",))
        assert plan.rows == (2, 3, 5)
        assert plan.lines[0] == "New: Rain (Month 6)"
        before = len(path.read_bytes().splitlines())
        session.import_msel(plan)
        assert len(path.read_bytes().splitlines()) == before + 1
        views = session.view(CONTROL)
        assert [i.title for i in views.injects[-3:]] == ["Rain", "Snow", "Sun"]
    with closing(Session.open(path)) as opened:
        assert opened.view(CONTROL) == views


def test_a_row_of_an_inject_that_is_there_moves_it() -> None:
    session = begun()
    ids = list(session.deck.model.injects)
    scheduled = [i.id for i in session.view(CONTROL).injects if i.state == "scheduled"]
    first, second = scheduled[0], scheduled[1]
    text = f"Id,Title,Round\n{first},{session.tree.names.title(first)},8\n"
    text += f"{second},{session.tree.names.title(second)},Month 8\n"
    plan = session.plan_msel(text, "a.csv")
    assert [move.item for move in plan.moves] == [first, second]
    session.import_msel(plan)
    shown = {i.id: i for i in session.view(CONTROL).injects}
    assert (shown[first].round, shown[second].round) == (8, 8)
    assert list(session.deck.model.injects) == ids


# --- what is wrong

WRONG = (
    ("1,Rain,99,,,,,,,,", "row 2, column Round: there is no Month 99", "1 to 8"),
    ("1,Rain,14:30,,,,,,,,", "row 2, column Round: `14:30` is not the number", ""),
    ("1,Rain,1,,,,,,,,", "row 2, column Round: Month 1", "by hand"),
    ("1,Rain,6,plya,,,,,,,", "row 2, column Phase: there is no phase", "`play`"),
    ("1,Rain,,Play,,,,,,,", "row 2, column Phase: an inject without a round", ""),
    ("1,Rain,6,,,kyyiv,,,,,", "row 2, column To: there is no team `kyyiv`", "`kyiv`"),
    ("1,,6,,,,,,,,", "row 2, column Title: an inject has no title", ""),
    ("1,Rain,6\n1,Snow,6", "row 3, column No: `1` stands in row 2 already", ""),
    ('1,"Rain,6', "row 2: a cell begins with a quote that is never closed", ""),
    ('1,"Ra"in",6', "row 2: a quote stands in the middle of a cell", ""),
    ("1,Rain,6,,,,,,,,,more", "row 2, column L: `more` stands in a column", ""),
    ("1," + "x" * 201, "row 2, column Title: `title` must be a text of at most", ""),
    ("1,R,,,,,,,,us_ad += 1,", "row 2, column Effects: character 1: unknown", "us_aid"),
    ("1,R,,," + "x" * 61, "row 2, column From: ", ""),
    ("1,R\x00,6", "row 2: a character that no text has (NUL)", ""),
    ("1,R,,,,," + "x" * 140_000, "row 2: a cell is too long", ""),
    (",Beijing,,,,,,,,,oval_office", "row 2, column Title: `oval_office` is there", ""),
    (
        ",The clash in the Oval Office,8,Brief,,,,,,,oval_office",
        "row 2, column Round: `oval_office` has come already, in Month 1", "",
    ),
    ("\n" * 1_005 + "1,Rain", "row 1002: more than 1,000 rows", ""),
)  # fmt: skip


@pytest.mark.parametrize(("rows", "message", "hint"), WRONG)
def test_what_is_wrong_is_named_by_row_and_column_and_changes_nothing(
    rows: str, message: str, hint: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        before, view = path.read_bytes(), session.view(CONTROL)
        with pytest.raises(CsvError) as error:
            session.plan_msel(sheet(rows), "plan.csv")
        assert f"plan.csv, {message}" in error.value.message
        assert hint in error.value.message
        assert path.read_bytes() == before
        assert session.view(CONTROL) == view


HEADS = (
    ("Title,Recipeint\nRain,Kyiv\n", "row 1, column `Recipeint`", "`recipient`"),
    ("Title,Event\nRain,x\n", "row 1, column `Event`: it means the same", "one"),
    ("To\nKyiv\n", "row 1: there is no column of titles", "Title"),
    ("", "row 1: there are no headings", "row 1"),
    ("Title,To\n", "there are no injects in it", ""),
    (b'Title\n"a\nb"\n\xff\n', "row 3: not UTF-8 text: byte 0xff", "UTF-8"),
    (b"PK\x03\x04\x00\x00", "row 1: a character that no text has", "spreadsheet"),
    (b"x" * (4 * 1024 * 1024 + 1), "it has more than 4 MB", ""),
)


@pytest.mark.parametrize(("data", "message", "hint"), HEADS)
def test_a_file_that_is_no_table_is_refused(
    data: str | bytes, message: str, hint: str
) -> None:
    with pytest.raises(CsvError) as error:
        begun(moves=3).plan_msel(data, "plan.csv")
    assert message in error.value.message
    assert hint in error.value.message


def test_everything_that_is_wrong_is_said_at_once() -> None:
    rows = ("1,,99,,,kyyiv", "1,Rain,6,plya", "2,Snow,x", "3,Sun,7")
    with pytest.raises(CsvError) as error:
        begun().plan_msel(sheet(*rows), "plan.csv")
    said = error.value.message.splitlines()
    places = [line.split(":")[0].removeprefix("plan.csv, ") for line in said]
    assert places == [
        "row 2, column Round", "row 2, column Title", "row 2, column To",
        "row 3, column No", "row 3, column Phase", "row 4, column Round",
    ]  # fmt: skip
    assert len(error.value.diagnostics) == len(said)


def test_a_plan_that_came_too_late_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with closing(begun(path)) as session:
        rows = sheet("1,Rain,4,,,,,,,,", "2,Snow,,,,,,,,,")
        plan = session.plan_msel(rows, "plan.csv")
        while session.view(CONTROL).round < 5 and session.bot_moves():
            pass
        before = path.read_bytes()
        with pytest.raises(CsvError, match="row 2, column Round: Month 4"):
            session.import_msel(plan)
        assert path.read_bytes() == before


@settings(max_examples=150)
@given(st.text(st.sampled_from("Title,Round;\"\n\r\t'=0189\x00é") | st.characters()))
def test_no_text_makes_it_fail_in_another_way(text: str) -> None:
    session = table(deck(TUTORIAL))
    for data in (text, f"Title,Round,To,Phase\n{text}"):
        with contextlib.suppress(CsvError):
            assert session.plan_msel(data, "a.csv").lines
