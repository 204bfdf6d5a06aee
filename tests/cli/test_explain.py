"""`explain`: what a kind of problem is."""

import pytest

from tabletop.deck.diagnostics import CODES
from tests.cli.conftest import Shell


def test_a_code_with_its_examples(shell: Shell) -> None:
    result = shell("explain", "e201")
    assert (result.code, result.err) == (0, "")
    wrong, right = result.out.index("Wrong:"), result.out.index("Right:")
    assert result.out.startswith("error[E201 unknown-name]\n")
    assert wrong < result.out.index("part.toml:4:13") < right
    assert "did you mean `supply`?" in result.out


def test_all_codes(shell: Shell) -> None:
    out = shell("explain").out
    assert [code for code in CODES if f"\n{code} " not in f"\n{out}"] == []
    assert "T001" in out


def test_several_codes_by_name(shell: Shell) -> None:
    out = shell("explain", "never", "unused-allow").out
    assert "warning[W401 never" in out
    assert "warning[W900 unused-allow]" in out


@pytest.mark.parametrize("code", [*CODES, "T001"])
def test_every_code_can_be_shown(shell: Shell, code: str) -> None:
    result = shell("explain", code, "--color")
    assert result.code == 0
    assert code in result.out


def test_a_code_that_is_none(shell: Shell) -> None:
    result = shell("explain", "W40l")
    assert result.code == 2
    assert "no kind of problem is called `W40l`" in result.err
    assert "`tabletop explain` lists them all" in result.err
    assert "Did you mean `never`?" in shell("explain", "nevre").err
