"""`tabletop check`: the problems of decks, each with its place."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import decks, exits, failures, files, output
from tabletop.cli.options import Verbs, add_color, whole
from tabletop.errors import TabletopError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tabletop.deck.baseline import Baseline
    from tabletop.deck.result import CheckResult
    from tabletop.deck.sift import Wanted

FORMATS = ("full", "concise", "json", "github", "sarif", "junit")
FAIL_ON = ("error", "warning", "note", "never")
JOINED = ("sarif", "junit")
"""Formats that tell of all decks in one document."""
ALL = 1_000_000


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "check",
        help="find the problems of decks",
        description="Reads decks and reports everything that is wrong with them, and"
        " what is doubtful. `tabletop explain CODE` says more about a problem."
        " Exit status: 0 nothing as bad as --fail-on, 1 problems found, 2 a deck that"
        " cannot be read, 3 our own fault.",
    )
    parser.add_argument(
        "decks",
        nargs="+",
        metavar="DECK",
        help="a deck's file, folder or name; or a file of deck tests, which is read"
        " but not run",
    )
    _add_shown(parser)
    _add_known(parser)
    parser.set_defaults(run=run)


def _add_shown(parser: argparse.ArgumentParser) -> None:
    """What is looked for, and how it is told."""
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="full",
        help="how problems are told: with their lines (full, the default), a line each"
        " (concise), as a JSON document for each deck, a line each (json), as GitHub's"
        " commands (github), or as one document for code scanners (sarif) or for CI"
        " (junit)",
    )
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        default="warning",
        help="the least problem for which the exit status is 1 (default: warning)",
    )
    parser.add_argument(
        "--most",
        type=whole(1),
        metavar="N",
        help="problems of one code to show; the others are counted (default: 20)",
    )
    parser.add_argument(
        "--guesses", action="store_true", help="also show what is only a guess"
    )
    parser.add_argument(
        "--with-tests",
        action="store_true",
        help="also run the deck's tests, and report what none of them reaches",
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="go on, check again whenever a file changes, and show what is new and"
        " what is gone; ctrl+c ends it",
    )
    add_color(parser)


def _add_known(parser: argparse.ArgumentParser) -> None:
    """Problems that are known already."""
    known = parser.add_mutually_exclusive_group()
    known.add_argument(
        "--baseline",
        type=Path,
        metavar="FILE",
        help="do not show the warnings and notes that this file names",
    )
    known.add_argument(
        "--write-baseline",
        type=Path,
        metavar="FILE",
        help="write the warnings and notes that there are now to this file",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check each deck; the exit status is that of the worst."""
    paths = [decks.locate(name) for name in arguments.decks]
    asked = Asked(paths, arguments, output.wants_color(arguments.color))
    if arguments.watch:
        return _watch(asked)
    if arguments.write_baseline is not None:
        return _learn(asked, arguments.write_baseline)
    results = [_shown(asked, path) for path in paths]
    found = [result for result in results if result is not None]
    asked.close(found)
    return max(map(asked.exit_code, results))


@dataclass
class Asked:
    """What the command line asks for."""

    paths: list[Path]
    arguments: argparse.Namespace
    color: bool

    def look(self, path: Path) -> "CheckResult | None":
        """The result for a deck; None, with a word to the author, when we failed."""
        wanted = self.wanted(path)
        try:
            return self._check(path, wanted)
        except TabletopError:
            raise
        except Exception as error:
            failures.own_fault(error, f"checking {path}")
            return None

    def _check(self, path: Path, wanted: "Wanted") -> "CheckResult":
        from tabletop.cli import check_tests
        from tabletop.deck.loader import check

        if check_tests.is_test_file(path):
            return check_tests.check_file(path)
        result = check(path, wanted)
        if self.arguments.with_tests:
            return check_tests.with_files(result, path)
        return result

    def wanted(self, path: Path) -> "Wanted":
        """What is looked for in a deck."""
        from tabletop.cli import check_tests
        from tabletop.deck.sift import Wanted

        arguments = self.arguments
        known = None
        if (baseline := self.baseline()) is not None:
            known = baseline.known(path)
        return Wanted(
            ALL if arguments.write_baseline or arguments.watch else arguments.most,
            guesses=arguments.guesses,
            known=known,
            also=check_tests.untested(path) if arguments.with_tests else None,
        )

    def baseline(self) -> "Baseline | None":
        """The known problems."""
        from tabletop.deck.baseline import read_baseline

        path = self.arguments.baseline
        return None if path is None else read_baseline(path)

    def show(self, results: "Iterable[CheckResult]") -> None:
        """Tell what was found."""
        from tabletop.deck.formats import written

        arguments = self.arguments
        text = written(
            list(results),
            arguments.format,
            fail_on=arguments.fail_on,
            color=self.color,
            columns=output.columns(),
        )
        if arguments.format in ("full", "concise"):
            output.say_styled(text)
        elif text:
            # Other programs' forms have no colours: what looks like one is a deck's.
            output.say(text.removesuffix("\n"))

    def close(self, results: "list[CheckResult]") -> None:
        """Tell what is only told at the end."""
        if self.arguments.format in JOINED:
            self.show(results)
        elif self.arguments.format == "full" and (more := _more_about(results)):
            output.say(more)

    def exit_code(self, result: "CheckResult | None") -> int:
        """The exit status for a result."""
        from tabletop.deck.formats import fails

        if result is None or result.fault:
            return exits.OUR_FAULT
        if result.unreadable:
            return exits.USAGE
        bad = fails(result, self.arguments.fail_on)
        return exits.PROBLEMS if bad else exits.OK


def _shown(asked: Asked, path: Path) -> "CheckResult | None":
    """The result for a deck, told at once where the format allows it."""
    result = asked.look(path)
    if result is not None and asked.arguments.format not in JOINED:
        asked.show([result])
    return result


def _more_about(results: "Iterable[CheckResult]") -> str:
    """Where more is said about the problems that were found."""
    codes = sorted({each.code for result in results for each in result.diagnostics})
    if len(codes) > 1:
        from tabletop.deck.render import wrapped

        said = f"`tabletop explain CODE` says more: {', '.join(codes)}"
        return "\n".join(wrapped(said, output.columns(), others=0))
    return f"`tabletop explain {codes[0]}` says more" if codes else ""


def _learn(asked: Asked, file: Path) -> int:
    """Write what is found to a file of known problems, and show the errors."""
    from tabletop.deck.baseline import Baseline, read_baseline

    baseline = read_baseline(file) if file.exists() else Baseline(file)
    codes = []
    for path in asked.paths:
        result = asked.look(path)
        if result is None or result.errors:
            # A deck with errors is not checked in all ways, so what is known of it
            # stays as it was.
            asked.show([result] if result else [])
            codes.append(asked.exit_code(result))
            continue
        count = baseline.learn(path, result.diagnostics)
        output.say(f"{path}: {count} known from now on")
    files.write_whole(file, baseline.written(), force=True)
    return max(codes, default=exits.OK)


def _watch(asked: Asked) -> int:
    from tabletop.cli.watching import watch

    if asked.arguments.format not in ("full", "concise", "json"):
        raise UsageError(
            f"--watch does not go with --format {asked.arguments.format}",
            "Choose full, concise or json.",
        )
    if asked.arguments.write_baseline is not None:
        raise UsageError("--watch does not go with --write-baseline")
    watch(asked)
    return exits.OK
