"""What the documents say is so: their commands run, their links lead somewhere."""

import io
import re
import shlex
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tabletop.cli.main import main
from tabletop.cli.verbs import build_parser
from tabletop.tui.keys import KEYS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    "README.md", "decks/README.md", "decks/bright-days/README.md",
    "decks/hospital/README.md", "saves/README.md", "tests/README.md",
)  # fmt: skip

SHELL = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXAMPLE_DECK = re.compile(r"^```toml\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXAMPLE_TESTS = re.compile(r"^```toml test\n(.*?)^```", re.DOTALL | re.MULTILINE)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXAMPLE_TABLE = re.compile(r"^```csv\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)(?:#[^)]*)?\)")
KEY_ROW = re.compile(r"^\| ((?:`[^`]+` ?)+)\|", re.MULTILINE)


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def commands(document: str) -> list[list[str]]:
    """The `tabletop` commands of a document, without their comments, as words."""
    lines = "\n".join(SHELL.findall(text_of(document))).splitlines()
    words = [shlex.split(line, comments=True) for line in lines]
    return [each[1:] for each in words if each and each[0] == "tabletop"]


def opens_a_screen(command: list[str]) -> bool:
    if not command or command[0] == "display":
        return "--distance" not in command
    return command[0] in {"play", "resume", "replay"} and "--plain" not in command


def test_commands_are_found() -> None:
    assert len(commands("README.md")) > 10
    assert len(commands("decks/README.md")) > 4


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_makes_sense(document: str) -> None:
    for command in commands(document):
        build_parser().parse_args(command)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_without_a_screen_succeeds(
    document: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    scratch(tmp_path)
    monkeypatch.chdir(tmp_path)
    for command in commands(document):
        if opens_a_screen(command):
            continue
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        assert main(command) == 0, f"{command}: {capsys.readouterr().err}"


def scratch(folder: Path) -> None:
    """What a reader of the documents has: the sample saves, the guide's examples."""
    shutil.copytree(ROOT / "saves", folder / "saves")
    shutil.copytree(ROOT / "tests" / "bots", folder / "tests" / "bots")
    example = EXAMPLE_DECK.findall(text_of("decks/README.md"))[0]
    (folder / "ferry.toml").write_text(example, encoding="utf-8")
    (example,) = EXAMPLE_TESTS.findall(text_of("decks/README.md"))
    (folder / "ferry.test.toml").write_text(example, encoding="utf-8")
    table = EXAMPLE_TABLE.findall(text_of("decks/README.md"))[0]
    (folder / "plan.csv").write_text(table, encoding="utf-8")


@pytest.mark.parametrize("code", PYTHON.findall(text_of("README.md")))
def test_examples_in_python_run(code: str) -> None:
    names: dict[str, Any] = {}
    exec(code, names)
    tests = [test for name, test in names.items() if name.startswith("test_")]
    for test in tests:
        test()
    assert len(names) > 1


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    folder = (ROOT / document).parent
    missing = [
        target
        for target in LINK.findall(text_of(document))
        if not (folder / target).exists()
    ]
    assert not missing


def test_the_set_up_commands_name_what_exists() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    readme = text_of("README.md")
    extras = re.findall(r"\.\[([\w,]+)\]", readme)
    assert {each for extra in extras for each in extra.split(",")} == set(
        project["optional-dependencies"]
    )
    assert project["scripts"] == {"tabletop": "tabletop.cli.main:main"}
    assert "tests/check.py" in readme
    assert (ROOT / "tests" / "check.py").is_file()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_variable_that_is_named_is_read_somewhere(document: str) -> None:
    sources = [*(ROOT / "tabletop").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    read = "".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r"\bTABLETOP_[A-Z]+", text_of(document)))
    assert {name for name in named if f'"{name}"' not in read} == set()


@pytest.mark.parametrize(
    ("where", "names"),
    [("at the table", ("play.",)), ("in a replay", ("replay.", "study."))],
)
def test_the_keys_in_the_readme_are_those_of_the_screen(
    where: str, names: tuple[str, ...]
) -> None:
    rows = text_of("README.md").split(f"| key | {where} |")[1]
    named = {
        key
        for row in KEY_ROW.findall(rows.split("\n\n")[0])
        for key in re.findall(r"`([^`]+)`", row)
    }
    table = {key.drawn for name, key in KEYS.items() if name.startswith(names)}
    assert len(named) > 10
    assert named <= table
