"""Test files are found, and read strictly: what is wrong is told with its place."""

import pickle
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from tabletop.deck.render import one_line
from tabletop.errors import TabletopError
from tabletop.testing.codes import TEST_CODES
from tabletop.testing.files import DeckTestError, TestFile, find, read
from tabletop.testing.runner import run_case
from tests.deck.mutate import mutated

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "decks" / "tutorial.test.toml"
BAD = sorted((Path(__file__).parent / "bad").glob("*.toml"))
MINIMAL = '[[always]]\nthat = "water >= 0"\n'


def problems(path: Path) -> DeckTestError:
    with pytest.raises(DeckTestError) as caught:
        read(path)
    return caught.value


def written(folder: Path, text: str, deck: Path = ROOT / "decks/tutorial.toml") -> Path:
    path = folder / "some.test.toml"
    path.write_text(f'deck = "{deck}"\n{text}', "utf-8")
    return path


def marks(path: Path) -> Counter[tuple[int, str]]:
    return Counter(
        (number, code)
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        for codes in re.findall(r"#~ ((?:[ET]\d{3} ?)+)", line)
        for code in codes.split()
    )


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_reports_what_is_marked_and_nothing_else(path: Path) -> None:
    error = problems(path)
    found = Counter((each.place.line, each.code) for each in error.diagnostics)
    assert sorted(found - marks(path)) == [], "reported, but not marked"
    assert sorted(marks(path) - found) == [], "marked, but not reported"
    assert {each.place.file for each in error.diagnostics} == {str(path)}
    assert str(path) in error.message


def test_every_code_is_marked_somewhere() -> None:
    elsewhere = {"T001", "T006", "T007"}
    marked = {code for path in BAD for _, code in marks(path)}
    assert marked >= set(TEST_CODES) - elsewhere


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("format = 2\n" + MINIMAL, "T006", "format 2"),
        ("", "T007", "no test"),
        ("[[always]\n", "E001", "TOML"),
        ('deck = "x"\n', "E012", "deck"),
        (MINIMAL + "that = 3\n", "E012", "that"),
    ],
)
def test_what_stops_a_whole_file(
    text: str, code: str, said: str, tmp_path: Path
) -> None:
    [found] = problems(written(tmp_path, text)).diagnostics
    assert (found.code, said in found.message) == (code, True)


def test_a_deck_that_is_missing_or_wrong_is_named(tmp_path: Path) -> None:
    [found] = problems(written(tmp_path, MINIMAL, Path("none.toml"))).diagnostics
    assert (found.code, found.place.line) == ("T001", 1)
    assert "none.toml" in found.message
    (tmp_path / "bad.toml").write_text("format = 1\nid = 3\n", "utf-8")
    [found] = problems(written(tmp_path, MINIMAL, Path("bad.toml"))).diagnostics
    assert found.code == "T001"
    assert found.related[0].place.file == str(tmp_path / "bad.toml")
    assert "tabletop check" in found.hint


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\xef\xbb\xbfdeck = 1"])
def test_bytes_that_are_no_test_file(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "some.test.toml"
    path.write_bytes(data)
    [found] = problems(path).diagnostics
    assert found.code.startswith("E00")
    assert problems(tmp_path / "none.test.toml").diagnostics[0].code == "E004"


def test_unknown_words_are_guessed() -> None:
    error = problems(Path(__file__).parent / "bad" / "ids.toml")
    said = {one_line(each).split(": ", 2)[2] for each in error.diagnostics}
    assert "unknown phase `plya` (did you mean `play`?)" in said
    assert "`hill_rain` is an inject, not a card" in said
    assert "`watr` is no track, flag or key of `start` (did you mean `water`?)" in said


# --- what is read


def test_cases_have_names_and_lines() -> None:
    file = read(TUTORIAL)
    lines = TUTORIAL.read_text("utf-8").split("\n")
    kinds = [case.kind for case in file.cases]
    assert kinds == sorted(
        kinds, key=["test", "always", "never", "reach", "chance"].index
    )
    for case in file.cases:
        assert lines[case.line - 1].startswith(f"[[{case.kind}]]")
    assert "never: uphill and played.move_uphill == 0" in [c.name for c in file.cases]


def test_files_and_cases_can_be_sent_to_other_processes() -> None:
    file = read(TUTORIAL)
    file.place("test", 0)  # what finds places can't be sent, and is not
    other: TestFile = pickle.loads(pickle.dumps(file))
    case = pickle.loads(pickle.dumps(file.cases[0]))
    assert run_case(other, case).failure is None


def test_finds_the_files_that_a_path_means(tmp_path: Path) -> None:
    for name in (
        "harbour.toml", "harbour.test.toml", "lone.toml", "deep/deck.toml",
        "deep/a.test.toml", "deep/tests/b.test.toml", "deep/other/c.test.toml",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    def named(path: str) -> list[str]:
        return [str(p.relative_to(tmp_path)) for p in find(tmp_path / path)]

    assert named("harbour.test.toml") == ["harbour.test.toml"]
    assert named("harbour.toml") == ["harbour.test.toml"]
    assert named("lone.toml") == []
    both = ["deep/a.test.toml", "deep/tests/b.test.toml"]
    assert named("deep") == both
    assert named("deep/deck.toml") == both
    everything = ["deep/a.test.toml", "deep/other/c.test.toml"]
    assert named("") == [*everything, *both[1:], "harbour.test.toml"]
    with pytest.raises(TabletopError):
        find(tmp_path / "nothing")


def swapped(text: str, seed: int) -> str:
    """A text in which two words or two numbers have changed places."""
    luck = random.Random(seed)
    pattern = luck.choice([r'"\w+"', r"\b\d+\b", r"\b[a-z_]+\b(?= =)"])
    first, second = sorted(
        luck.sample(list(re.finditer(pattern, text)), 2), key=re.Match.start
    )
    between = text[first.end() : second.start()]
    both = f"{second.group()}{between}{first.group()}"
    return text[: first.start()] + both + text[second.end() :]


def outcome(path: Path) -> TestFile | DeckTestError:
    try:
        return read(path)
    except DeckTestError as error:
        return error


def test_damaged_files_end_in_problems_or_in_tests(tmp_path: Path) -> None:
    """Whatever a file holds, reading it ends in tests or in problems with places."""
    right = TUTORIAL.read_text("utf-8").replace('"tutorial.toml"', '"deck.toml"')
    deck = (ROOT / "decks" / "tutorial.toml").read_bytes()
    (tmp_path / "deck.toml").write_bytes(deck)
    path = tmp_path / "some.test.toml"
    readable = 0
    for number in range(50):
        if number % 2:
            path.write_text(swapped(right, number), "utf-8")
        else:
            path.write_bytes(mutated(right.encode(), f"test file {number}"))
        found = outcome(path)
        if isinstance(found, DeckTestError):
            assert {each.place.file for each in found.diagnostics} == {str(path)}
            continue
        file = found
        readable += 1
        scripts = [case for case in file.cases if case.kind == "test"]
        for case in random.Random(number).sample(scripts, min(4, len(scripts))):
            failure = run_case(file, case).failure
            assert failure is None or "runner failed" not in failure.message
    assert readable > 10
