"""`compare`: bad saves are named and the others go on; pages whole or not at all."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import TO_THE_END, Shell

PLAY = ("play", "ferry.toml", "--seat", "harbour=bot:first", "--plain")
TWO = ("compare", "one.jsonl", "two.jsonl")


@pytest.fixture
def played(shell: Shell) -> Shell:
    """A shell beside two games of the same deck: one to its end, one left."""
    assert shell(*PLAY, "--save", "one.jsonl", typed=TO_THE_END).code == 0
    assert shell(*PLAY, "--save", "two.jsonl", typed="0\nq\n").code == 0
    return shell


def test_two_groups_are_set_side_by_side(played: Shell) -> None:
    result = played(*TWO)
    assert result.code == 0, result.err
    assert "The last ferry: 2 groups" in result.out
    assert "A  one: Left behind" in result.out
    assert "B  two: not ended" in result.out
    assert "1 of 2 Open the bow door (A); 1 of 2 passes (B)" in result.out
    assert "Nerves of the crew" in result.out
    told = played(*TWO, "--seat", "harbour").out
    assert "Nerves" not in told
    assert "People aboard" in told


def test_as_json(played: Shell) -> None:
    data = json.loads(played(*TWO, "--json").out)
    assert [group["save"] for group in data["groups"]] == ["one.jsonl", "two.jsonl"]
    assert data["decisions"][0]["chosen"][0]["groups"] == ["A"]


def test_a_page_is_written_whole_and_over_nothing(
    played: Shell, tmp_path: Path
) -> None:
    for name, start in (("page.html", "<!DOCTYPE html>"), ("page.md", "# ")):
        assert played(*TWO, "-o", name).code == 0
        text = (tmp_path / name).read_text("utf-8")
        assert text.startswith(start)
        refused = played(*TWO, "-o", name)
        assert (refused.code, "exists already" in refused.err) == (2, True)
        assert played(*TWO, "-o", name, "-f").code == 0
        assert (tmp_path / name).read_text("utf-8") == text


def test_what_can_not_be_compared_is_named_and_the_others_go_on(
    played: Shell, tmp_path: Path, root: Path
) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n")
    other = str(root / "saves" / "tutorial.jsonl")
    result = played("compare", "bad.jsonl", "one.jsonl", other, "none.jsonl")
    assert result.code == 4
    assert "1 group" in result.out
    for name in ("bad.jsonl", other, "none.jsonl"):
        assert f"{name} is left out:" in result.err
    assert "deck 'tutorial', one.jsonl on 'ferry'" in result.err
    alone = played("compare", "bad.jsonl")
    assert (alone.code, alone.out) == (4, "")


def test_a_damaged_save_counts_as_far_as_it_is_whole(
    played: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "one.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], b"nonsense\n", *lines[4:]]))
    result = played(*TWO)
    assert result.code == 4
    assert "2 groups" in result.out
    assert "one.jsonl:4" in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--seat", "harbuor"), "harbour, control"),
        (("-o", "page.txt"), "page.txt is no page"),
        (("-o", "page.html", "--json"), "--json writes to standard output"),
    ],
)
def test_what_makes_no_sense_is_said(
    played: Shell, arguments: tuple[str, ...], said: str
) -> None:
    result = played(*TWO, *arguments)
    assert result.code == 2
    assert said in result.err
