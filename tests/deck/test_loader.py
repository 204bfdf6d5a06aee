"""Loading: files, folders, saves, and whatever cannot be loaded."""

import os
from pathlib import Path

import pytest

from tabletop.deck import checks, loader
from tabletop.deck.deck import Deck
from tabletop.deck.loader import check, load, load_text
from tabletop.deck.render import render
from tabletop.deck.result import CheckResult
from tabletop.deck.shelves import MAX_BYTES
from tabletop.deck.sources import MAX_FILES
from tabletop.errors import DeckError
from tests.deck.small import HEAD

ROOT = Path(__file__).parents[2]


def only(result: CheckResult) -> tuple[str, str, int]:
    """The one problem of a deck: code, file name and line."""
    (diagnostic,) = result.diagnostics
    place = diagnostic.place
    return diagnostic.code, Path(place.file).name, place.line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A deck of two files."""
    main, _, cards = HEAD.partition("[cards.attack]")
    folder = tmp_path / "small"
    folder.mkdir()
    include = 'title = "Small"\ninclude = ["cards.toml"]'
    (folder / "deck.toml").write_text(main.replace('title = "Small"', include))
    (folder / "cards.toml").write_text(f"[cards.attack]{cards}")
    return folder


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(HEAD)
    deck = load(path)
    assert deck.path == path
    assert dict(deck.files) == {"small.toml": HEAD}
    assert list(deck.model.cards) == ["attack", "parry"]


def test_a_folder(folder: Path) -> None:
    deck = load(folder)
    assert list(deck.files) == ["deck.toml", "cards.toml"]
    assert deck.effects("cards", "attack", "effects")[0].op == "add"
    assert load(folder / "deck.toml").digest == deck.digest


def test_a_save_loads_what_the_disk_did(folder: Path) -> None:
    deck = load(folder)
    again = load_text(deck.files)
    assert again.path is None
    assert again.digest == deck.digest
    assert again.model == deck.model


def test_the_digest_is_of_every_name_and_text() -> None:
    digests = {
        load_text(files).digest
        for files in (
            {"a.toml": HEAD},
            {"b.toml": HEAD},
            {"a.toml": HEAD + "\n"},
            {"a.toml": HEAD, "b.toml": ""},
        )
    }
    assert len(digests) == 3  # a file that nothing includes is no part of the deck
    known = load_text({"a.toml": HEAD}).digest
    assert len(known) == 32
    assert known == load_text({"a.toml": HEAD}).digest


def test_paths_that_say_nothing() -> None:
    deck = load_text({"a.toml": HEAD})
    with pytest.raises(KeyError):
        deck.expr("cards", "attack", "requires")
    assert deck.effects("cards", "nobody", "effects") == ()


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "E009", 0),
        (b" \n\t\n", "E009", 0),
        (b"# nothing\n", "E009", 0),
        (b"\xef\xbb\xbfformat = 1", "E003", 0),
        (b"format = 1\ntitle = '\xff'", "E002", 0),
        ("format = 1".encode("utf-16"), "E002", 0),
        (b"x" * (MAX_BYTES + 1), "E005", 0),
        (b"a = " + b"9" * 5_000, "E005", 1),
        (b"a = [" + b"1," * 70_000 + b"]", "E005", 0),
        (b"a = " + b"[" * 399 + b"]" * 399, "E005", 1),
        (b"\x00", "E001", 1),
        (b"format = 1\r\nid = 'x\r\n", "E001", 2),
    ],
)
def test_bytes_that_are_no_deck(
    tmp_path: Path, data: bytes, code: str, line: int
) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(data)
    assert only(check(path)) == (code, "bad.toml", line)
    with pytest.raises(DeckError) as error:
        load(path)
    assert [diagnostic.code for diagnostic in error.value.diagnostics] == [code]


def test_not_utf8_says_where() -> None:
    result = check_bytes(b"format = 1\ntitle = '\xff'")
    assert "byte 0xff in line 2, at byte 10" in result.diagnostics[0].message


def check_bytes(data: bytes) -> CheckResult:
    path = Path(os.environ["XDG_DATA_HOME"]) / "bytes.toml"
    path.write_bytes(data)
    return check(path)


def test_what_is_not_there_is_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path, Path("/dev/null"), Path("a\0b")):
        result = check(path)
        assert result.unreadable
        assert [diagnostic.code for diagnostic in result.diagnostics] == ["E004"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    assert only(check(path)) == ("E004", "pipe.toml", 0)


def test_a_part_of_a_deck_is_no_deck(folder: Path) -> None:
    assert only(check(folder / "cards.toml")) == ("E008", "cards.toml", 0)


def test_links_may_not_lead_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    (folder / "cards.toml").rename(outside)
    (folder / "cards.toml").symlink_to(outside)
    assert only(check(folder)) == ("E006", "deck.toml", 5)
    (folder / "parts").mkdir()
    (folder / "cards.toml").unlink()
    outside.rename(folder / "parts" / "all.toml")
    (folder / "cards.toml").symlink_to(folder / "parts" / "all.toml")
    assert isinstance(load(folder), Deck)


def test_a_person_may_name_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(HEAD)
    link = folder / "link.toml"
    link.symlink_to(tmp_path / "small.toml")
    assert load(link).files == {"link.toml": HEAD}


def test_a_folder_may_not_link_its_main_file_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(HEAD)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "deck.toml").symlink_to(tmp_path / "small.toml")
    assert only(check(tmp_path / "folder")) == ("E006", "deck.toml", 0)


def test_a_link_to_itself(folder: Path) -> None:
    (folder / "cards.toml").unlink()
    (folder / "cards.toml").symlink_to(folder / "cards.toml")
    assert only(check(folder))[0] == "E004"


def test_a_link_to_the_main_file_is_a_loop(folder: Path) -> None:
    (folder / "cards.toml").unlink()
    (folder / "cards.toml").symlink_to(folder / "deck.toml")
    assert only(check(folder)) == ("E007", "deck.toml", 5)


def test_too_many_files(folder: Path) -> None:
    names = [f"{number}.toml" for number in range(MAX_FILES)]
    for name in names:
        (folder / name).write_text("[flags]\n")
    text = (folder / "deck.toml").read_text()
    text = text.replace('["cards.toml"]', str(["cards.toml", *names]).replace("'", '"'))
    (folder / "deck.toml").write_text(text)
    assert only(check(folder)) == ("E005", "deck.toml", 5)


def test_an_error_says_where_and_how_many_more(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(HEAD.replace("start = 0", "start = 99\nmist = 1"))
    with pytest.raises(DeckError) as error:
        load(path)
    assert error.value.message.startswith(f"{path}:")
    assert "unknown key `mist`" in error.value.message
    assert error.value.message.endswith("(and 1 more)")
    assert f"tabletop check {path}" in error.value.hint


def test_an_error_cannot_disturb_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text('"\\u001b[31m" = 1\n' + HEAD)
    with pytest.raises(DeckError) as error:
        load(path)
    assert "unknown key" in error.value.message
    assert "\x1b" not in error.value.message


def test_a_failing_check_is_reported_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(loader, "ERRORS", (broken, *checks.ERRORS))
    path = tmp_path / "small.toml"
    path.write_text(HEAD.replace("start = 0", "start = 99"))
    result = check(path)
    assert sorted(d.code for d in result.diagnostics) == ["E302", "E900"]
    assert result.fault
    assert result.deck is None


def test_shipped_decks_have_no_problems() -> None:
    for name in ("tutorial.toml", "bright-days"):
        assert check(ROOT / "decks" / name).diagnostics == ()


def test_text_that_no_file_can_hold() -> None:
    with pytest.raises(DeckError, match="half a character"):
        load_text({"a.toml": HEAD + '\n[flags.x]\nlabel = "\ud800"\nwrong = 1'})


def test_a_save_without_an_included_file(folder: Path) -> None:
    files = dict(load(folder).files)
    del files["cards.toml"]
    with pytest.raises(DeckError, match="not stored here"):
        load_text(files)


def test_a_table_that_is_none(folder: Path) -> None:
    for table in ("cards", "flags"):
        (folder / "cards.toml").write_text(f"{table} = 3\n")
        assert only(check(folder)) == ("E015", "cards.toml", 1)
    main = (folder / "deck.toml").read_text()
    (folder / "deck.toml").write_text("cards = 3\n" + main)
    parts = '[cards.x]\nteam = "red"\ntitle = "X"\n[endings.over]\ntitle = "Over"\n'
    (folder / "cards.toml").write_text(parts)
    assert only(check(folder)) == ("E015", "deck.toml", 1)


def test_an_include_that_is_no_name(folder: Path) -> None:
    text = (folder / "deck.toml").read_text()
    (folder / "deck.toml").write_text(text.replace('["cards.toml"]', "[3]"))
    assert only(check(folder)) == ("E015", "deck.toml", 5)


@pytest.mark.parametrize("step", ["gather", "Sieve"])
def test_whatever_fails_inside_is_a_result(
    step: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = getattr(loader, step)
    calls = []

    def fails_once(*args: object) -> object:
        calls.append(args)
        if len(calls) == 1:
            raise RuntimeError("oops")
        return real(*args)

    monkeypatch.setattr(loader, step, fails_once)
    path = tmp_path / "small.toml"
    path.write_text(HEAD)
    result = check(path)
    assert result.fault
    assert result.deck is None
    assert "RuntimeError: oops" in render(result)


def test_a_fault_in_showing_loses_no_problem(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_sources: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr("tabletop.deck.sift.allowances", fail)
    path = tmp_path / "small.toml"
    path.write_text(HEAD.replace("start = 0", "start = 99\nmist = 1"))
    assert {each.code for each in check(path).diagnostics} >= {"E010", "E302", "E900"}
