"""What a deck allows: where a comment speaks, and what nothing needs.

`bad/allow.toml` has the forms that are wrong.
"""

import tomllib
from pathlib import Path

import pytest

from tabletop.deck.layout import comments
from tabletop.deck.loader import check, check_text, load_text
from tabletop.deck.render import render
from tabletop.deck.sift import Wanted
from tests.deck.clean import DECK, card, check_of

BAD = Path(__file__).parent / "bad"
EVERYTHING = Wanted(most=1000, guesses=True)
FORWARD = 'effects = ["front += 1"]'
ALWAYS = f'{FORWARD}\nrequires = "front >= 0"'
LISTED = "effects = [\n  'front += 500',\n  'front -= 1',\n]"
SIGN = "# tabletop: allow W402 -- on purpose"
HUGE = "# tabletop: allow W302 -- a flood"


def outcome(text: str) -> tuple[list[str], int]:
    """The codes that are shown, and how many problems are allowed."""
    result = check_of(text)
    return [each.code for each in result.diagnostics], result.allowed


@pytest.mark.parametrize(
    "fields",
    [
        f"{ALWAYS} {SIGN}",
        f"{FORWARD}\n{SIGN}\nrequires = 'front >= 0'",
        f"{FORWARD}\n{SIGN}\n\n# and another comment\nrequires = 'front >= 0'",
        f"{ALWAYS} # tabletop: allow always -- by its name",
        f"{ALWAYS} #tabletop:allow W402 -- no spaces",
        f"{ALWAYS} # tabletop: allow W402 — another dash",
        f"{FORWARD}\n{SIGN}\nrequires = '''\n\n  front >= 0'''",
        f"{FORWARD}\nrequires = '''\n\n  front >= 0''' {SIGN}",
        f"{HUGE}\n{LISTED}",
        f"{LISTED} {HUGE}",
        LISTED.replace("0',", f"0', {HUGE}"),
        LISTED.replace("  'front += 5", f"  {HUGE}\n  'front += 5"),
    ],
)
def test_where_a_comment_speaks(fields: str) -> None:
    shown, allowed = outcome(card(fields))
    assert (shown, allowed) == ([], 1)


def test_above_a_header_it_speaks_about_the_table_and_no_other() -> None:
    other = f'[cards.other]\nteam = "blue"\ntitle = "Other"\ntext = "."\n{ALWAYS}\n'
    text = card(ALWAYS).replace("[cards.test]", f"{SIGN}\n[cards.test]")
    assert outcome(text) == ([], 1)
    assert outcome(f"{text}\n{other}") == (["W402"], 1)
    assert outcome(f"{text}\n{SIGN}\n{other}") == ([], 2)


@pytest.mark.parametrize(
    "fields",
    [
        f"{FORWARD}\n{SIGN}\ncost = 1\nrequires = 'front >= 0'",  # the next key only
        f"{ALWAYS}\n{SIGN}",  # what is below is another table
        LISTED.replace("1',", f"1', {HUGE}"),
        f'{ALWAYS}\nsource = ["{SIGN}"]',  # a text, not a comment
        f"{ALWAYS}\nsource = ['''\n{SIGN}\n''']",
        f"{ALWAYS} # tabletop: allow W401 -- another code",
        f"{ALWAYS} # allow W402 -- without the sign",
    ],
)
def test_where_it_does_not_speak(fields: str) -> None:
    text = f'{card(fields)}\n[cards.next]\nteam = "red"\ntitle = "Next"\n'
    shown, allowed = outcome(text)
    assert {"W402", "W302"} & {*shown}
    assert allowed == 0


def test_for_the_whole_deck() -> None:
    lint = '[lint]\nallow = { W402 = "on purpose" }\n'
    assert outcome(f"{card(ALWAYS)}{lint}") == ([], 1)
    assert outcome(f"{DECK}{lint}") == (["W900"], 0)


def test_it_is_said_how_many_are_allowed() -> None:
    assert render(check_of(card(f"{ALWAYS} {SIGN}"))) == (
        "clean.toml: no problems (A small war: 4 cards, 1 inject); 1 allowed\n"
    )


def test_what_cannot_be_known_is_not_called_unused() -> None:
    broken = card(f"{FORWARD}\n{SIGN}\ncots = 3")
    assert outcome(broken) == (["E010"], 0)
    unasked = "# tabletop: allow W701 -- not looked for"
    assert outcome(f"{DECK}\n{unasked}") == ([], 0)


def test_an_error_stays_with_whatever_is_allowed() -> None:
    text = card(f'{FORWARD}\ncots = 3 # tabletop: allow E010 -- "what?"')
    assert outcome(text) == (["E010", "W900"], 0)


def test_an_allowance_in_a_part_of_a_deck(tmp_path: Path) -> None:
    main = DECK.replace("[rounds]", 'include = ["part.toml"]\n\n[rounds]')
    part = f'[cards.test]\nteam = "red"\ntitle = "Test"\ntext = "."\n{ALWAYS} {SIGN}\n'
    (tmp_path / "deck.toml").write_text(main, encoding="utf-8")
    (tmp_path / "part.toml").write_text(part, encoding="utf-8")
    result = check(tmp_path)
    assert (result.diagnostics, result.allowed) == ((), 1)
    (tmp_path / "part.toml").write_text(f"{part}{SIGN}\n", encoding="utf-8")
    (unused,) = check(tmp_path).diagnostics
    assert (unused.place.file, unused.place.line) == (f"{tmp_path}/part.toml", 7)


def test_play_is_the_same_with_allowances() -> None:
    with_it, without = (load_text({"a.toml": card(f)}) for f in (ALWAYS + SIGN, ALWAYS))
    assert with_it.model == without.model


def test_comments_are_read_in_time_that_grows_with_the_file_alone() -> None:
    many = f"{SIGN}\nkey = 1\n" * 20_000
    assert sum(1 for _ in comments(many, "tabletop:")) == 20_000


def with_line(text: str, number: int, line: str) -> str:
    """A text with one more line before the one of that number."""
    lines = text.split("\n")
    return "\n".join([*lines[: number - 1], line, *lines[number - 1 :]])


def same_values(one: str, other: str) -> bool:
    try:
        return tomllib.loads(one) == tomllib.loads(other)
    except tomllib.TOMLDecodeError:
        return False


def test_a_comment_above_its_line_allows_any_warning() -> None:
    allowed = sum(_each_allowed(path) for path in sorted(BAD.glob("*.toml")))
    assert allowed > 10


def _each_allowed(path: Path) -> int:
    """How many warnings of a deck were allowed, one by one."""
    text, count = path.read_text("utf-8"), 0
    result = check_text({path.name: text}, wanted=EVERYTHING)
    for found in result.diagnostics[:5] if result.ok else ():
        sign = f"# tabletop: allow {found.code} -- as a test"
        longer = with_line(text, found.place.line, sign)
        # Where the line is inside of a text, no comment can stand above it.
        if found.code != "W900" and same_values(text, longer):
            after = check_text({path.name: longer}, wanted=EVERYTHING)
            keys = {each.key for each in after.diagnostics}
            assert found.key not in keys
            assert after.allowed > result.allowed
            assert len(keys) < len(result.diagnostics)
            count += 1
    return count
