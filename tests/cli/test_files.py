"""Files that a verb writes: whole or not at all, and nothing beside them."""

import json
import os
import threading
from pathlib import Path

import pytest

from tabletop.cli.files import write_whole
from tabletop.errors import UsageError


def test_a_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    file = tmp_path / "a"
    write_whole(file, "one", force=False)
    with pytest.raises(UsageError, match="exists already"):
        write_whole(file, "two", force=False)
    write_whole(file, "three", force=True)
    assert file.read_text() == "three"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_what_a_link_leads_to_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    write_whole(link, "text", force=True)
    assert link.is_symlink()
    assert target.read_text() == "text"


def test_a_pipe_stays_one(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_whole(pipe, "text", force=True)
    reader.join()
    assert read == ["text"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["there/x", "x" * 255, "folder", "loop"])
def test_what_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "there").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError, match="cannot write"):
        write_whole(tmp_path / name, "text", force=True)
    assert sorted(tmp_path.iterdir()) == before


def test_names_that_are_not_unicode_can_be_written(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff")
    write_whole(tmp_path / "a.json", json.dumps(name, ensure_ascii=False), force=False)
    assert json.loads((tmp_path / "a.json").read_text()) == name
