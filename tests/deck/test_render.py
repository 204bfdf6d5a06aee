"""The forms in which problems are shown."""

import json
from pathlib import Path

import pytest

from tabletop.deck.diagnostics import Diagnostic, Place, Related
from tabletop.deck.display import safe, width
from tabletop.deck.loader import check
from tabletop.deck.render import render
from tabletop.deck.result import CheckResult
from tabletop.deck.sift import Wanted
from tests.deck.small import card, check_of

NEAR_MISSES = Path(__file__).parent / "good" / "near_misses.toml"
BAD = Path(__file__).parent / "bad"
WIDE = """requires = '''
	front > 3 and
	"漢字" == stabilitty''' """


def test_the_full_form() -> None:
    text = card('requires = """\n  front >= 2 and frnt < 3"""')
    assert (
        render(check_of(text))
        == """\
error[E201 unknown-name]: unknown track or flag `frnt`
  --> small.toml:53:18
   |
53 |   front >= 2 and frnt < 3\"""
   |                  ^^^^ did you mean `front`?

small.toml: 1 error
"""
    )


def test_other_places_and_help() -> None:
    text = card('[flags.front]\nlabel = "Front"')
    assert (
        render(check_of(text))
        == """\
error[E012 duplicate]: `front` is both a track and a flag
  --> small.toml:52:8
   |
52 | [flags.front]
   |        ^^^^^ choose another id
  ::: small.toml:16:9
   |
16 | [tracks.front]
   |         ----- first used here
   = help: expressions could not tell which of them is meant

small.toml: 1 error
"""
    )


def test_the_concise_form() -> None:
    result = check_of(card('requires = "frnt < 3"'))
    assert render(result, "concise") == (
        "small.toml:52:13: error[E201 unknown-name]: unknown track or flag `frnt` "
        "(did you mean `front`?)\n"
    )


def test_the_json_form() -> None:
    text = card('requires = "frnt < 3"')
    data = json.loads(render(check_of(text), "json"))
    assert data["format"] == 1
    assert (data["ok"], data["errors"], data["warnings"]) == (False, 1, 0)
    assert data["more"] == {}
    (diagnostic,) = data["diagnostics"]
    assert diagnostic == {
        "code": "E201",
        "name": "unknown-name",
        "severity": "error",
        "confidence": "certain",
        "message": "unknown track or flag `frnt`",
        "path": "cards.test.requires",
        "file": "small.toml",
        "line": 52,
        "column": 13,
        "end_line": 52,
        "end_column": 17,
        "caption": "did you mean `front`?",
        "help": "",
        "key": "E201 cards.test.requires: frnt",
        "related": [],
    }


def test_a_deck_without_problems() -> None:
    result = check(NEAR_MISSES)
    assert render(result).startswith(f"{NEAR_MISSES}: no problems (Near misses")
    assert render(result).endswith(": 4 cards, 3 injects)\n")
    assert render(result, "concise") == ""
    assert json.loads(render(result, "json"))["ok"] is True


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    assert render(check(path)) == (
        "error[E004 unreadable]: there is no file `none.toml`\n"
        f" --> {path}\n\n{path}: 1 error\n"
    )


def test_many_problems_of_one_kind_are_counted() -> None:
    effects = ", ".join(f'"frnt += {number}"' for number in range(57))
    result = check_of(card(f"effects = [{effects}]"))
    assert len(result.diagnostics) == 20
    assert result.errors == 57
    assert "and 37 more of E201 unknown-name\n" in render(result)
    assert "small.toml: and 37 more of E201" in render(result, "concise")
    assert json.loads(render(result, "json"))["more"] == {"E201": 37}


def marker(text: str) -> tuple[str, str]:
    """The shown source line and the line with the marker."""
    lines = render(check_of(text)).split("\n")
    return lines[3].partition("| ")[2], lines[4].partition("| ")[2]


def test_markers_stand_under_wide_characters_and_tabs() -> None:
    options = '[{ id = "a", label = "漢字" }, { id = "b", label = "é", labl = 1 }]'
    line, below = marker(
        card(f'ask = [{{ team = "blue", prompt = "?", options = {options} }}]')
    )
    column = width(line[: line.index("labl")])
    assert below.index("^") == column > line.index("labl")
    line, below = marker(card("requires = '''\n\t\tfrnt > 3'''"))
    assert line.startswith(" " * 8 + "frnt")
    assert below == " " * 8 + "^^^^ did you mean `front`?"


@pytest.mark.parametrize(
    "written",
    [
        '"front > 3 and frnt > 3"',
        "'front > 3 and frnt > 3'",
        '"""front > 3 and frnt > 3"""',
        '"front \\u003e 3 and frnt > 3"',
        '"front\\t>\\t3 and frnt > 3"',
        '"""front > 3 and \\\n     frnt > 3"""',
        '"""\nfront > 3 and\r\n frnt > 3"""',
        "'''\r\nfront > 3 and\n\n  frnt > 3'''",
        '"""\\\n  front > 3 \\\n\n  and frnt > 3"""',
    ],
)
def test_places_in_texts_of_every_kind(written: str) -> None:
    (diagnostic,) = check_of(card(f"requires = {written}")).diagnostics
    place = diagnostic.place
    assert place.source[place.column - 1 : place.end_column - 1] == "frnt"


def test_long_lines_are_cut_around_the_marker() -> None:
    effects = ", ".join(['"front += 1"'] * 40 + ['"frnt += 1"'] + ['"front += 1"'] * 40)
    line, below = marker(card(f"effects = [{effects}]"))
    assert len(line) < 130
    assert line[below.index("^") :].startswith("frnt")
    assert line.startswith("…")
    assert line.endswith("…")


def test_nothing_of_the_deck_disturbs_the_terminal() -> None:
    name = '"\\u001b[31m\\u202ered\\nnext"'
    shown = render(check_of(card(f"{name} = 1")))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert safe("a\x1b[31m\u202e\tb") == "a\ufffd[31m\ufffd    b"


def test_colours_are_only_added() -> None:
    result = check_of(card('requires = "frnt < 3"'))
    plain, colored = render(result), render(result, color=True)
    assert "\x1b[31m" in colored
    import re

    assert re.sub(r"\x1b\[\d+m", "", colored) == plain


def test_a_marker_is_never_empty() -> None:
    place = Place("a.toml", 1, 4, 1, 4, "abc")
    diagnostic = Diagnostic("E001", "syntax", "error", "no", place)
    shown = render(CheckResult("a.toml", None, (diagnostic,)))
    assert "\n1 | abc\n  |    ^\n" in shown


@pytest.mark.parametrize("columns", [60, 80])
def test_on_a_terminal_nothing_is_wider_than_it(columns: int) -> None:
    for path in sorted(BAD.glob("*.toml")):
        result = check(path, Wanted(guesses=True))
        names = {diagnostic.place.file for diagnostic in result.diagnostics}
        for line in render(result, columns=columns).split("\n"):
            assert width(line) <= columns or any(name in line for name in names), line


def test_narrow_places_show_what_is_marked() -> None:
    effects = ", ".join(['"front += 1"'] * 9 + ['"frnt += 1"'] + ['"front += 1"'] * 9)
    shown = render(check_of(card(f"effects = [{effects}]")), columns=50).split("\n")
    at = next(number for number, text in enumerate(shown) if "^" in text)
    line, below, caption = (s.partition("| ")[2] for s in shown[at - 1 : at + 2])
    assert line[below.index("^") :].startswith("frnt")
    assert caption.strip() == "did you mean `front`?"


def test_a_deck_with_notes_alone() -> None:
    note = Diagnostic(
        "N001", "style", "note", "so so", Place("a.toml", 1, 1, 1, 2, "a")
    )
    result = CheckResult("a.toml", check(NEAR_MISSES).deck, (note,))
    assert render(result).endswith("\na.toml: 1 note\n")


def test_places_in_one_line_are_marked_in_it() -> None:
    source = "漢 one two three"
    places = [Place("a.toml", 1, at, 1, at + 3, source) for at in (7, 3)]
    said = (Related(places[1], "first here"),)
    diagnostic = Diagnostic("E001", "syntax", "error", "no", places[0], "x", "", said)
    assert render(CheckResult("a.toml", None, (diagnostic,))) == (
        "error[E001 syntax]: no\n --> a.toml:1:7\n"
        "  |\n1 | 漢 one two three\n  |    --- ^^^ x\n  |    first here\n"
        "\na.toml: 1 error\n"
    )


@pytest.mark.parametrize("other", [(7, 10), (5, 8), (2, 16)])
def test_places_that_overlap_are_shown_apart(other: tuple[int, int]) -> None:
    source = "x one two three"
    place, beside = (
        Place("a.toml", 1, start, 1, end, source) for start, end in ((7, 10), other)
    )
    said = (Related(beside, "and here"),)
    diagnostic = Diagnostic("E001", "syntax", "error", "no", place, related=said)
    shown = render(CheckResult("a.toml", None, (diagnostic,)))
    assert shown.count(source) == 2
    assert shown.count("-" * (other[1] - other[0]) + " and here") == 1
