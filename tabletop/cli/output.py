"""The only writer to standard output and standard error, and reader of the keyboard.

Whatever passes through is made fit for a terminal first, so no caller can forget it.
"""

import os
import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tabletop.cli.text import clean, clean_styled

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_CLEAR = "\x1b[3J\x1b[2J\x1b[H"
"""Clears what has scrolled away too: a curtain must hide it."""


def prepare() -> None:
    """Let a character that the terminal cannot show become `?` instead of an error."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(text: str = "") -> None:
    """A line, or several, to standard output."""
    print(clean(text))


def say_styled(text: str) -> None:
    """Text that this program coloured, to standard output, as it stands."""
    sys.stdout.write(clean_styled(text))


def warn(text: str) -> None:
    """A line, or several, to standard error."""
    print(clean(text), file=sys.stderr)


def progress(text: str) -> None:
    """A line to standard error that the next one replaces.

    Where that is no terminal only what takes long, and so ends in '...', is told.
    """
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K" + clean(text))
        sys.stderr.flush()
    elif text.endswith("..."):
        warn(text)


def ask(prompt: str) -> str | None:
    """A line from standard input, without its end; None when there are no more."""
    sys.stdout.write(clean(prompt))
    sys.stdout.flush()
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
                sys.stdout.write("\r\x1b[K")
                _say_all(lines)
                sys.stdout.write(clean(prompt + typed()))
                sys.stdout.flush()

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
        sys.stdout.write(_CLEAR)


def has_screen() -> bool:
    """Whether keyboard and display are a terminal's."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def wants_color() -> bool:
    """Whether standard output is a terminal on which colours are welcome."""
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
    (stream or sys.stderr).write(clean_styled(message))


def flush() -> None:
    """Hand on what was written, so that a closed pipe shows now and not at exit."""
    sys.stdout.flush()


def abandon() -> None:
    """Nobody reads us any more: say nothing further, not even at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
