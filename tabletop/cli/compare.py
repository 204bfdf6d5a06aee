"""`tabletop compare`: several groups on the same deck, side by side."""

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import exits, failures, files, output
from tabletop.cli.options import Verbs, add_viewpoint
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tabletop.report.comparing.comparison import Comparison, Refused
    from tabletop.report.comparing.groups import Group

NARROW = 80
"""The least width for which lines are folded."""
FORMS = (".html", ".md", ".markdown")


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "compare",
        help="set several saves of one deck side by side",
        description="Compares groups that played the same deck: endings and scores,"
        " where the tracks parted, who chose what at the same decision, cards, injects,"
        " time and rulings. A save that can't be read, or is of another deck, is named"
        " and left out.",
    )
    parser.add_argument("saves", nargs="+", type=Path, metavar="SAVE")
    parser.add_argument(
        "--json", action="store_true", help="all of it as one object of JSON"
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE",
        help="write a page with charts instead: FILE.html, or FILE.md",
    )  # fmt: skip
    parser.add_argument(
        "-f", "--force", action="store_true", help="write over a file that exists"
    )
    add_viewpoint(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compare what can be compared; the exit status is that of the worst save."""
    from tabletop.report.comparing.comparison import compare, read_groups

    path: Path | None = arguments.output
    if path is not None and (arguments.json or path.suffix not in FORMS):
        hint = "Name FILE.html or FILE.md; --json writes to standard output."
        raise UsageError(f"{path} is no page", hint)
    groups, refused = read_groups(arguments.saves, arguments.seat)
    code = max(_tell(refused), _warn(groups))
    if not groups:
        return code
    of = compare(groups)
    if path is not None:
        _write(path, of, force=arguments.force)
    elif arguments.json:
        from tabletop.report.comparing.data import as_json

        output.say(as_json(of))
    else:
        _say(of)
    return code


def _tell(refused: "Sequence[Refused]") -> int:
    """Names what is left out, and why; the exit status that it makes."""
    code = exits.OK
    for each in refused:
        output.warn(f"{each.path} is left out:")
        failures.tell(each.error)
        code = max(code, failures.exit_code(each.error))
    return code


def _warn(groups: "Sequence[Group]") -> int:
    """Tells what is wrong with saves that are compared all the same."""
    for group in groups:
        for warning in group.warnings:
            output.warn(f"warning: {warning}")
    damaged = any(group.record.source.damaged for group in groups)
    return exits.BAD_SAVE if damaged else exits.OK


def _say(of: "Comparison") -> None:
    from tabletop.cli.sidebyside import lines

    width = max(NARROW, shutil.get_terminal_size().columns)
    for line in lines(of, width):
        output.say(line)


def _write(path: Path, of: "Comparison", *, force: bool) -> None:
    from tabletop.report.aar.page import page
    from tabletop.report.aar.plain import plain
    from tabletop.report.comparing.report import report_of

    report = report_of(of)
    text = page(report) if path.suffix == ".html" else plain(report)
    files.write_whole(path, text, force=force)
    output.say(f"Wrote {path}.")
