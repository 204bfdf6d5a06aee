"""Several decks in one folder, which share what they include."""

from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.deck.catalogue import find_decks
from tabletop.deck.loader import check, load, load_text
from tabletop.deck.mains import entries, files_of
from tabletop.deck.named import locate
from tabletop.errors import UsageError
from tabletop.session.editing import EditedDeck
from tests.deck.small import HEAD

PARTS = HEAD[HEAD.index("[teams.red]") :]
TEST = """
deck = "{deck}"

[[test]]
name = "the first round"
steps = [{{ advance = "round" }}]
expect.where = ["rounds == {rounds}"]
"""


def head(id_: str, count: int) -> str:
    """A main file for what `parts.toml` holds."""
    return (
        f'format = 1\nid = "{id_}"\ntitle = "{id_}"\ninclude = ["parts.toml"]\n\n'
        f'[rounds]\ncount = {count}\nending = "over"\n'
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deck and its short variant, each with its tests, in `decks` of this folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "decks" / "long"
    folder.mkdir(parents=True)
    for name, text in {
        "deck.toml": head("long", 4),
        "hour.toml": head("long-hour", 2),
        "parts.toml": PARTS,
        "long.test.toml": TEST.format(deck=".", rounds=4),
        "hour.test.toml": TEST.format(deck="hour.toml", rounds=2),
    }.items():
        (folder / name).write_text(text)
    return Path("decks/long")


def test_each_is_listed_and_found_by_its_name(folder: Path) -> None:
    found = {deck.title: deck for deck in find_decks([Path("decks")])}
    assert {title: deck.rounds for title, deck in found.items()} == {
        "long": 4, "long-hour": 2,
    }  # fmt: skip
    assert locate("long") == folder
    assert locate("long-hour") == folder / "hour.toml"
    assert load(locate("long-hour")).model.rounds.count == 2
    with pytest.raises(UsageError, match="no deck 'long-hours'") as refused:
        locate("long-hours")
    assert "Did you mean 'long-hour'?" in refused.value.hint


def test_parts_and_tests_are_no_decks(folder: Path) -> None:
    (folder / "later.toml").write_text('# format = 1\n[exercise]\nguide = "id = 1"\n')
    (folder / "note.test.toml").write_text(head("note", 3))
    assert set(entries(Path("decks"))) == {"long", "long-hour"}
    assert set(entries(folder)) == {"long", "long-hour"}
    [problem] = check(folder / "parts.toml").diagnostics
    assert problem.code == "E008"
    assert "a part of the deck in `decks/long`" in problem.message


def test_a_variant_with_errors_is_listed_with_them(folder: Path) -> None:
    (folder / "hour.toml").write_text(head("long-hour", 0))
    (folder / "third.toml").write_text(head("No id!", 3) + "x = ")
    bad = [deck for deck in find_decks([folder]) if not deck.ok]
    assert [deck.path.name for deck in bad] == ["hour.toml", "third.toml"]
    assert bad[0].problem.startswith("decks/long/hour.toml:")
    assert check(folder).ok


def test_what_belongs_in_the_main_file_is_told_by_its_name(folder: Path) -> None:
    (folder / "parts.toml").write_text('title = "Part"\n' + PARTS)
    [problem] = check(folder / "hour.toml").diagnostics
    assert (problem.code, problem.message) == (
        "E008", "`title` belongs in `hour.toml`",
    )  # fmt: skip


def test_a_save_of_a_variant_holds_what_it_includes(folder: Path) -> None:
    deck = load(folder / "hour.toml")
    assert list(deck.files) == ["hour.toml", "parts.toml"]
    assert load_text(deck.files).digest == deck.digest != load(folder).digest


def test_an_edit_of_what_it_includes_is_seen(folder: Path) -> None:
    path = folder / "hour.toml"
    assert files_of(path) == [path, folder / "parts.toml"]
    edited = EditedDeck(path)
    assert not edited.changed()
    (folder / "parts.toml").write_text(PARTS.replace('"Attack"', '"Attack!"'))
    assert edited.changed()


def test_each_has_tests_of_its_own(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", str(folder)]) == 0
    assert "2 passed" in capsys.readouterr().out
    assert main(["test", "long-hour"]) == 0
    assert "1 passed" in capsys.readouterr().out
    (folder / "hour.test.toml").write_text("deck = 'hour.toml'\nnothing = 1\n")
    assert "E010" not in said(capsys, folder)
    assert "hour.test.toml" in said(capsys, folder / "hour.toml")


def said(capsys: pytest.CaptureFixture[str], path: Path) -> str:
    """What a check says of a deck."""
    main(["check", str(path), "--with-tests", "--format", "concise"])
    return capsys.readouterr().out


def test_what_another_file_includes_is_not_listed_beside_it(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(head("one", 3))
    (tmp_path / "parts.toml").write_text(PARTS)
    assert list(entries(tmp_path)) == ["one"]
