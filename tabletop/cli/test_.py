"""`tabletop test`: runs the tests of decks, strictly, and tells what came of them."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import decks, exits, files, output
from tabletop.cli.options import Verbs, add_color, add_seed, whole
from tabletop.cli.text import counted, one_line
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tabletop.cli.tested import Shower
    from tabletop.testing.batch import Done, Gathered, Options, Task
    from tabletop.testing.results import Outcome, Run

FORMATS = ("full", "concise", "json", "github", "junit")
KINDS = (
    "cards", "options", "rows", "outcomes", "lasting", "rules", "injects", "endings",
    "terms",
)  # fmt: skip
"""The same names as in `testing.report`, which help must not load."""
MOST_PARTS = 1_000


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "test",
        help="run the tests of decks",
        description="Runs deck tests: the files that end in .test.toml. PATH is such a"
        " file, a deck (the tests beside it), a deck's name, or a folder (all tests"
        " below it). Exit status: 0 all tests passed, 1 some failed, a test file has"
        " errors or too little is covered, 2 there is no such test, 3 our own fault.",
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a test file, a deck or a folder"
    )
    _add_choice(parser)
    _add_how(parser)
    _add_output(parser)
    parser.set_defaults(run=run)


def _add_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-k", dest="words", default="", metavar="EXPR",
        help="only tests with these words in the file's name, the kind or the test's"
        " name: 'storm and not (night or reach)'",
    )  # fmt: skip
    parser.add_argument(
        "--shard", type=part, metavar="I/N",
        help="only the I-th of N parts, which together are all tests",
    )  # fmt: skip
    parser.add_argument(
        "--list", action="store_true", help="name the tests and run none"
    )


def _add_how(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers", type=whole(1, 256), default=1, metavar="W",
        help="tests that run at the same time (default: 1); the results and their"
        " order are the same",
    )  # fmt: skip
    parser.add_argument(
        "--fail-fast", action="store_true", help="stop after the first failure"
    )
    add_seed(parser, "the luck of tests that name none, instead of their file's")
    parser.add_argument(
        "--save", type=Path, metavar="FOLDER",
        help="keep the games of tests that fail in this folder, for `tabletop replay`",
    )  # fmt: skip
    parser.add_argument(
        "--coverage", action="store_true",
        help="tell which cards, options, rules ... and parts of conditions no test"
        " reaches",
    )  # fmt: skip
    parser.add_argument(
        "--fail-under", type=floor, action="append", default=[],
        metavar="[KIND=]PERCENT",
        help="fail when less is covered, of everything but terms or of one kind:"
        f" {', '.join(KINDS)} (may be given several times; implies --coverage)",
    )  # fmt: skip


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=FORMATS, default="full",
        help="full: for people (the default); concise: a line for each failure; json;"
        " github: commands that GitHub shows beside the lines; junit: XML",
    )  # fmt: skip
    parser.add_argument(
        "-v", "--verbose", action="store_true",
        help="tell the moves by which a `reach` was found",
    )  # fmt: skip
    parser.add_argument(
        "--junit", type=Path, metavar="FILE", help="write JUnit's XML as well"
    )
    add_color(parser)


def part(text: str) -> tuple[int, int]:
    """`I/N` as two numbers, I from 1 to N."""
    one, slash, all_ = text.partition("/")
    if not (slash and one.isdecimal() and all_.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form I/N, like 1/4")
    number, of = int(one[:9]), int(all_[:9])
    if not 1 <= number <= of <= MOST_PARTS:
        raise argparse.ArgumentTypeError(
            f"{text!r}: I runs from 1 to N, and N to {MOST_PARTS}"
        )
    return number, of


def floor(text: str) -> tuple[str, float]:
    """`PERCENT` or `KIND=PERCENT` as the kind, empty for all, and the percentage."""
    kind, equals, number = text.rpartition("=")
    try:
        percent = float(number.removesuffix("%"))
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100 or (equals and not kind):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not of the form PERCENT or KIND=PERCENT, 0 to 100"
        )
    if kind and kind not in KINDS:
        known = ", ".join(KINDS)
        raise argparse.ArgumentTypeError(f"there is no kind {kind!r}: {known}")
    return kind, percent


def run(arguments: argparse.Namespace) -> int:
    """Run the tests and tell; the exit status says whether all is well."""
    gathered, todo = _todo(arguments)
    if arguments.list:
        return _list(gathered, todo)
    from tabletop.cli.tested import shower, write_junit

    shown = shower(arguments)
    run_, interrupted = _run(gathered.broken, todo, arguments, shown)
    problems = _too_little(run_, arguments.fail_under)
    left_out = len(gathered.broken) + len(todo) - len(run_.outcomes)
    shown.end(run_, problems, left_out)
    if arguments.junit:
        write_junit(arguments.junit, run_, problems)
    return exits.INTERRUPTED if interrupted else _status(run_, problems)


def _status(run_: "Run", problems: "Sequence[str]") -> int:
    from tabletop.deck.checks import OUR_FAULT

    failures = [each.failure for each in run_.outcomes if each.failure is not None]
    if any(failure.hint == OUR_FAULT for failure in failures):
        return exits.OUR_FAULT
    return exits.PROBLEMS if failures or problems else exits.OK


def _list(gathered: "Gathered", todo: "Sequence[Task]") -> int:
    """Name the tests, and the files that can't be read."""
    from tabletop.testing import report

    for task in todo:
        name = one_line(report.bare(task.kind, task.name))
        output.say(f"{task.file}:{task.line}: {task.kind}: {name}")
    for broken in gathered.broken:
        output.warn(report.one_line(broken))
    return exits.PROBLEMS if gathered.broken else exits.OK


def _todo(arguments: argparse.Namespace) -> "tuple[Gathered, list[Task]]":
    """The tests that are asked for. Raises UsageError when there are none."""
    from tabletop.testing.batch import chosen, gather
    from tabletop.testing.selection import shard

    gathered = gather(_files(arguments.paths))
    todo = chosen(gathered.tasks, arguments.words)
    if gathered.tasks and not todo:
        count = counted(len(gathered.tasks), "test")
        raise UsageError(
            f"no test fits -k {arguments.words!r}", f"--list names all {count}."
        )
    if arguments.shard:
        number, of = arguments.shard
        before = len(todo)
        todo = shard(todo, number, of)
        if before and not todo:
            raise UsageError(
                f"part {number} of {of} is empty: there are {counted(before, 'test')}",
                "Ask for fewer parts.",
            )
    return gathered, todo


def _files(names: "Sequence[str]") -> list[Path]:
    """The test files that paths and decks' names mean, each once."""
    from tabletop.testing.files import find

    found: dict[Path, Path] = {}
    for name in names:
        path = Path(name)
        here = find(path if path.exists() else decks.locate(name))
        if not here:
            raise UsageError(
                f"no tests found at {name}",
                "Tests of a deck x.toml stand beside it in x.test.toml; those of a"
                " deck's folder in it, or in its folder tests.",
            )
        for each in here:
            found.setdefault(each.resolve(), each)
    return list(found.values())


def _run(
    broken: "Sequence[Outcome]", todo: "Sequence[Task]",
    arguments: argparse.Namespace, shown: "Shower",
) -> "tuple[Run, bool]":  # fmt: skip
    """Everything that was done, and whether it was interrupted."""
    from tabletop.testing import batch
    from tabletop.testing.results import Run

    options = _options(arguments)
    found: list[Done] = []
    run_ = Run(list(broken))
    for outcome in broken:
        shown.one(outcome)
    interrupted = False
    if not (broken and arguments.fail_fast):
        done = batch.run(
            options, todo, workers=arguments.workers, fail_fast=arguments.fail_fast,
            tell=output.progress,
        )  # fmt: skip
        try:
            for each in done:
                found.append(each)
                shown.one(each.outcome)
        except KeyboardInterrupt:
            interrupted = True
    run_.outcomes += [each.outcome for each in found]
    if options.coverage:
        run_.coverage = batch.coverage(found)
    return run_, interrupted


def _options(arguments: argparse.Namespace) -> "Options":
    from tabletop.testing.batch import Options

    if arguments.save is not None:
        files.make_folder(arguments.save)
    wanted = arguments.coverage or bool(arguments.fail_under)
    return Options(arguments.seed, wanted, arguments.save)


def _too_little(run_: "Run", floors: "Sequence[tuple[str, float]]") -> list[str]:
    """What is covered less than is asked for, in a line each."""
    from tabletop.testing.report import KINDS, percent

    singular = {many: kind for kind, many in KINDS.items()}
    problems = []
    for kind, least in floors:
        for found in run_.coverage:
            share = found.share(singular.get(kind, ""))
            if share * 100 < least - 1e-9:
                what = kind or "all but terms"
                problems.append(
                    f"coverage of {found.deck}: {percent(share)} of {what},"
                    f" less than {least:g} %"
                )
    return problems
