"""Errors become messages and exit statuses in one place; bugs crash."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop import errors
from tabletop.cli import failures, output
from tabletop.cli.failures import guard


def failing(error: BaseException) -> int:
    raise error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UsageError("no such seat"), 2),
        (errors.DeckError("no cards"), 3),
        (errors.JournalError("no header"), 4),
        (errors.LockedError("open elsewhere"), 4),
        (errors.NewerFormatError("format 9"), 4),
        (errors.StorageError("disk full"), 4),
        (errors.DivergenceError("move 7 differs"), 5),
        (errors.IllegalMoveError("too dear"), 1),
    ],
)
def test_each_error_has_its_status(
    error: errors.TabletopError, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    error.hint = "Do this."
    assert guard(lambda: failing(error)) == code
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err == f"error: {error.message}\nhint: Do this.\n"


def test_a_bug_crashes_loudly() -> None:
    with pytest.raises(ZeroDivisionError):
        guard(lambda: 1 // 0)


def test_an_interrupt_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    assert guard(lambda: failing(KeyboardInterrupt())) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_a_closed_pipe_is_quiet(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    abandoned = []
    monkeypatch.setattr(output, "abandon", lambda: abandoned.append(True))
    assert guard(lambda: failing(BrokenPipeError())) == 141
    assert abandoned == [True]
    assert capsys.readouterr().err == ""


def test_our_own_fault_is_put_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RecursionError) as raised:
        failing(RecursionError("too deep"))
    assert failures.own_fault(raised.value, "checking harbour.toml") == 3
    message = capsys.readouterr().err
    assert "our fault" in message
    assert message.count("\n") == 1
    [name] = re.findall(r"\S*tabletop-fault-\S+\.txt", message)
    details = Path(name).read_text(encoding="utf-8")
    Path(name).unlink()
    assert "checking harbour.toml" in details
    assert "RecursionError: too deep" in details


INTERRUPTED_LOADING = """
import sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "tabletop.cli.verbs":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
from tabletop.cli.main import main
sys.exit(main(["--version"]))
"""


def test_an_interrupt_while_modules_load_shows_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_LOADING],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
