"""The only writer to standard output and standard error, and reader of the keyboard.

Whatever passes through is made fit for a terminal first, so no caller can forget it.
"""

import os
import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn, TextIO

from tabletop.cli.text import clean, clean_styled
from tabletop.errors import TabletopError

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_CLEAR = "\x1b[3J\x1b[2J\x1b[H"
"""Clears what has scrolled away too: a curtain must hide it."""


def prepare() -> None:
    """Let what the outside lacks be no error.

    A character that the terminal cannot show becomes `?`; a stream that is closed from
    the start is nowhere.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # In this order, so that no file that is opened later takes its number.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(text: str = "") -> None:
    """A line, or several, to standard output."""
    _put(f"{clean(text)}\n")


def say_styled(text: str) -> None:
    """Text that this program coloured, to standard output, as it stands."""
    _put(clean_styled(text))


def _put(text: str) -> None:
    """Writes to standard output; every other function does it through this one.

    Raises BrokenPipeError when nobody reads it any more, and TabletopError when it
    can't be written, as on a full disk.
    """
    try:
        sys.stdout.write(text)
    except OSError as error:
        _refuse(error)


def _refuse(error: OSError) -> NoReturn:
    """Standard output can't be written: what is left of it is dropped."""
    if isinstance(error, BrokenPipeError):
        raise error
    abandon()
    raise TabletopError(f"cannot write the output: {error.strerror}") from error


def warn(text: str) -> None:
    """A line, or several, to standard error; lost where that can't be written."""
    _tell(f"{clean(text)}\n")


def _tell(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _abandon(sys.stderr)


def progress(text: str) -> None:
    """A line to standard error that the next one replaces.

    Where that is no terminal only what takes long, and so ends in '...', is told.
    """
    if sys.stderr.isatty():
        _tell("\r\x1b[K" + clean(text))
    elif text.endswith("..."):
        warn(text)


def ask(prompt: str) -> str | None:
    """A line from standard input, without its end; None when there are no more."""
    _put(clean(prompt))
    flush()
    line = sys.stdin.readline()
    if not line:
        say()
        return None
    return clean(line).strip()


def ask_live(prompt: str, news: Callable[[], Sequence[str]]) -> str | None:
    """As `ask`; meanwhile `news` is looked at each second, and said at once.

    At a terminal what is being typed stays below the news, whole.
    """
    _say_all(news())
    if not has_screen():
        return ask(prompt)
    try:
        import readline

        typed = readline.get_line_buffer
    except ImportError:
        typed = str
    over = threading.Event()

    def tell() -> None:
        while not over.wait(1):
            if lines := news():
                _put("\r\x1b[K")
                _say_all(lines)
                _put(clean(prompt + typed()))
                flush()

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        return clean(input(clean(prompt))).strip()
    except EOFError:
        say()
        return None
    finally:
        over.set()
        teller.join()


def _say_all(lines: Sequence[str]) -> None:
    for line in lines:
        say(line)


def clear() -> None:
    """Hide everything said so far, where the output is a terminal."""
    if sys.stdout.isatty():
        _put(_CLEAR)


def has_screen() -> bool:
    """Whether keyboard and display are a terminal's."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def wants_color(asked: bool | None = None) -> bool:  # noqa: FBT001
    """What is `asked` for; else whether this is a terminal that welcomes colours."""
    if asked is not None:
        return asked
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def columns() -> int | None:
    """How wide the terminal is; None where standard output is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def can_draw(text: str) -> bool:
    """Whether standard output can show every character of a text."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def write_help(message: str, stream: "SupportsWrite[str] | None") -> None:
    """What the argument parser has to say, on the stream that it chose."""
    if stream is sys.stdout:
        _put(clean_styled(message))
        flush()
    else:
        _tell(clean_styled(message))


def flush() -> None:
    """Hand on what was written, so that a closed pipe shows now and not at exit.

    Raises BrokenPipeError or TabletopError, as whatever writes does.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        _refuse(error)


def abandon() -> None:
    """Nobody reads us any more: say nothing further, not even at exit."""
    _abandon(sys.stdout)


def _abandon(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
