"""`tabletop explain`: what a kind of problem is, with a wrong and a right example."""

import argparse
import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tabletop.cli import exits, output
from tabletop.cli.options import Verbs, add_color

if TYPE_CHECKING:
    from tabletop.deck.explain import Example, Explanation

WIDEST = 88
INDENT = "    "


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "explain",
        help="what a problem that `check` reports means",
        description="Explains kinds of problems that `check` and `test` report: what"
        " each means and why it matters, with a wrong and a right example. Without a"
        " code it lists them all.",
    )
    parser.add_argument(
        "codes",
        nargs="*",
        metavar="CODE",
        help="a code such as E201, or its name such as unknown-name",
    )
    add_color(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Explain some kinds of problems, or list all."""
    color = output.wants_color(arguments.color)
    if not arguments.codes:
        output.say("\n".join(_all()))
        return exits.OK
    shown = [_find(word) for word in arguments.codes]
    for number, explanation in enumerate(shown):
        if number:
            output.say()
        lines = _page(explanation, color=color)
        output.say_styled("".join(f"{line}\n" for line in lines))
    return exits.OK


def _find(word: str) -> "Explanation":
    """The explanation of a code or name, of decks or else of test files."""
    from tabletop.deck.allow import code_of
    from tabletop.deck.explain import find
    from tabletop.testing import explain

    of_tests = None if code_of(word) else explain.find(word)
    return of_tests or find(word)


def _all() -> Iterator[str]:
    """A line for each code."""
    from tabletop.deck.diagnostics import CODES
    from tabletop.testing.codes import TEST_CODES

    codes = [*CODES.values(), *TEST_CODES.values()]
    room = max(len(code.name) for code in codes)
    for code in codes:
        yield f"{code.code}  {code.name:<{room}}  {code.summary}"
    yield ""
    yield "E and T are errors, W warnings, N notes. `tabletop explain CODE` says more."


def _page(explanation: "Explanation", *, color: bool) -> Iterator[str]:
    from tabletop.deck.explain import SURROUNDINGS
    from tabletop.deck.render import kind_of

    yield kind_of(explanation.code)
    yield explanation.code.summary
    for paragraph in filter(None, explanation.why.split("\n\n")):
        yield ""
        yield from _wrapped(paragraph)
    if explanation.wrong is not None:
        yield from _example("Wrong", explanation.wrong)
        yield ""
        yield from _said(explanation, color=color)
    if explanation.right is not None:
        yield from _example("Right", explanation.right)
    examples = [explanation.wrong, explanation.right]
    if any(example and not example.alone for example in examples):
        yield ""
        yield from _wrapped(SURROUNDINGS)


def _wrapped(text: str) -> list[str]:
    width = min(WIDEST, output.columns() or WIDEST)
    parts = re.split(r"\n(?=- )", text)
    return [line for part in parts for line in _part(part, width)]


def _part(text: str, width: int) -> list[str]:
    """A paragraph, or an item of a list, which hangs."""
    hang = "  " if text.startswith("- ") else ""
    return textwrap.wrap(
        " ".join(text.split()), width, subsequent_indent=hang, break_long_words=False
    )


def _example(name: str, example: "Example") -> Iterator[str]:
    for file, text in example.files.items():
        yield ""
        yield f"{name}:" if len(example.files) == 1 else f"{name}, {file}:"
        yield ""
        for line in text.strip("\n").split("\n"):
            yield f"{INDENT}{line}".rstrip()


def _said(explanation: "Explanation", *, color: bool) -> Iterator[str]:
    """What a check says of the wrong example."""
    from tabletop.deck.render import block

    if explanation.wrong is None:
        return
    for each in explanation.wrong.check().diagnostics:
        if each.code == explanation.code.code:
            yield from block(each, color=color, columns=output.columns())
