"""Where things are found and kept, in a checkout, in a folder of saves, anywhere."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tabletop import paths

NOON = datetime(2026, 3, 1, 12, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and user's folders beside it."""
    for name, kind in (("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache")):
        monkeypatch.setenv(name, str(tmp_path / kind))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def _pretend_installed(monkeypatch: pytest.MonkeyPatch, site: Path) -> Path:
    package = site / "tabletop"
    (package / "shipped" / "decks").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    return package


def test_a_checkout_has_its_decks(root: Path) -> None:
    assert paths.deck_folders() == (root / "decks",)
    assert (root / "decks" / "tutorial.toml").is_file()


def test_decks_in_the_current_folder_come_first(here: Path, root: Path) -> None:
    (here / "decks").mkdir()
    assert paths.deck_folders() == (Path("decks"), root / "decks")


def test_a_folder_of_decks_is_named_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert paths.deck_folders() == (Path("decks"),)


def test_an_installed_package_has_its_copy_and_nobody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = _pretend_installed(monkeypatch, tmp_path / "site")
    (tmp_path / "site" / "decks").mkdir()
    assert paths.deck_folders() == (package / "shipped" / "decks",)


def test_without_any_decks_there_is_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "nowhere" / "tabletop")
    assert paths.deck_folders() == ()


def test_saves_go_to_the_current_folders_saves(here: Path) -> None:
    (here / "saves").mkdir()
    expected = Path("saves") / "high-water-20260301-1205.jsonl"
    assert paths.new_save("high-water", NOON) == expected


def test_elsewhere_saves_go_to_the_users_folder(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "tabletop" / "saves"
    assert paths.new_save("x", NOON) == folder / "x-20260301-1205.jsonl"
    assert folder.is_dir()


def test_a_file_called_saves_is_no_folder_for_them(here: Path, tmp_path: Path) -> None:
    (here / "saves").write_text("a list of things that were saved")
    assert paths.saves_folder() == tmp_path / "data" / "tabletop" / "saves"


def test_a_new_save_never_has_a_name_that_is_taken(here: Path) -> None:
    (here / "saves").mkdir()
    names = []
    for _ in range(3):
        path = paths.new_save("x", NOON)
        names.append(path.name)
        path.touch()
    (here / "saves" / "x-20260301-1205-4.jsonl").symlink_to("nowhere")
    names.append(paths.new_save("x", NOON).name)
    assert names == [
        "x-20260301-1205.jsonl",
        "x-20260301-1205-2.jsonl",
        "x-20260301-1205-3.jsonl",
        "x-20260301-1205-5.jsonl",
    ]


def test_a_new_save_is_named_by_the_clock_on_the_wall() -> None:
    before = datetime.now().astimezone()
    name = paths.new_save("x").name
    after = datetime.now().astimezone()
    assert name in {f"x-{moment:%Y%m%d-%H%M}.jsonl" for moment in (before, after)}


def test_a_folder_that_cannot_be_made_is_left_to_whoever_writes(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    assert not paths.new_save("x", NOON).parent.exists()


def test_the_latest_save_comes_first(here: Path) -> None:
    assert paths.saves() == ()
    (here / "saves").mkdir()
    for name, moment in (("a.jsonl", 20), ("b.jsonl", 30), ("c.jsonl", 10)):
        path = here / "saves" / name
        path.touch()
        os.utime(path, (moment, moment))
    (here / "saves" / "README.md").touch()
    (here / "saves" / "a.jsonl.torn").touch()
    (here / "saves" / "folder.jsonl").mkdir()
    (here / "saves" / "gone.jsonl").symlink_to("nowhere")
    for copy in ("a.what-if.jsonl", "a.what-if-2.jsonl"):
        (here / "saves" / copy).touch()
    assert [path.name for path in paths.saves()] == ["b.jsonl", "a.jsonl", "c.jsonl"]


def test_compiled_code_is_kept_in_the_users_cache(tmp_path: Path) -> None:
    assert paths.cache_folder() == tmp_path / "cache" / "tabletop"
    assert paths.cache_folder().is_dir()


def test_without_a_cache_compiled_code_is_kept_where_nobody_else_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("no folder")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = paths.cache_folder()
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o777 == 0o700
    assert paths.cache_folder() == folder


@pytest.mark.parametrize("trap", ["open", "link", "file"])
def test_a_trap_in_the_temporary_folder_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: str
) -> None:
    (tmp_path / "cache").write_text("no folder")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    prepared = tmp_path / f"tabletop-{os.getuid()}"
    if trap == "open":
        prepared.mkdir()
        prepared.chmod(0o777)
    elif trap == "link":
        prepared.symlink_to(tmp_path / "here")
    else:
        prepared.touch()
    folder = paths.cache_folder()
    assert folder not in (prepared, tmp_path / "here")
    assert folder.stat().st_mode & 0o777 == 0o700
