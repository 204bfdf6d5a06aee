"""The one place where an error becomes a message and an exit status.

Only a `TabletopError` is told to people. Anything else is a bug and crashes loudly;
`check` alone, which runs in other people's builds, puts its bug in a file.
"""

import platform
import tempfile
import traceback
from collections.abc import Callable

from tabletop import __version__, errors
from tabletop.cli import exits, output

_CODES: dict[type[errors.TabletopError], int] = {
    errors.DivergenceError: exits.DIVERGENCE,
    errors.JournalError: exits.BAD_SAVE,
    errors.DeckError: exits.BAD_DECK,
    errors.UsageError: exits.USAGE,
    errors.TabletopError: exits.PROBLEMS,
}
"""From the narrowest to the widest: the first that fits counts."""


def guard(work: Callable[[], int]) -> int:
    """Do the work; whatever stops it becomes an exit status."""
    try:
        code = work()
        output.flush()
    except errors.TabletopError as error:
        tell(error)
        return exit_code(error)
    except KeyboardInterrupt:
        output.warn("\nInterrupted.")
        return exits.INTERRUPTED
    except BrokenPipeError:
        output.abandon()
        return exits.BROKEN_PIPE
    return code


def exit_code(error: errors.TabletopError) -> int:
    """The exit status for an error."""
    return next(code for kind, code in _CODES.items() if isinstance(error, kind))


def tell(error: errors.TabletopError) -> None:
    """Say on standard error what was found and what to do about it."""
    output.warn(f"error: {error.message}")
    if error.hint:
        output.warn(f"hint: {error.hint}")


def own_fault(error: Exception, doing: str) -> int:
    """Admit a bug of ours, keep its details in a file, and give the exit status."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="tabletop-fault-", suffix=".txt", delete=False
    ) as details:
        details.write(
            f"tabletop {__version__}, Python {platform.python_version()},"
            f" {platform.platform()}\nwhile {doing}\n\n"
        )
        details.writelines(traceback.format_exception(error))
    output.warn(
        f"tabletop failed while {doing}. This is our fault and says nothing about the"
        f" deck. What happened is written down in {details.name}; please send us"
        " that file, and the deck if you may."
    )
    return exits.OUR_FAULT
