"""The command's entry point: what it needs is loaded where an interrupt is expected.

Loading takes a moment, and whoever changes their mind in it is to see no traceback.
"""

from collections.abc import Sequence

from tabletop.cli import exits


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit status."""
    try:
        from tabletop.cli import failures, output, verbs
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    output.prepare()
    return failures.guard(lambda: verbs.run_line(argv))
