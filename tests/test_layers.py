"""The layers are a failing build, not a promise: each contract is broken here once."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

LINTER = Path(sys.executable).with_name("lint-imports")
LAYERS = (
    "bots",
    "cli",
    "deck",
    "engine",
    "report",
    "session",
    "study",
    "testing",
    "tui",
)
HEAVY = {"numba", "numpy", "pydantic", "rich", "textual", "tomli", "tree_sitter"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def skeleton(root: Path, tmp_path: Path) -> Path:
    """The layers without their contents, under the project's contracts."""
    shutil.copy(root / "pyproject.toml", tmp_path)
    package = tmp_path / "tabletop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "errors.py").touch()
    for layer in LAYERS:
        (package / layer).mkdir()
        (package / layer / "__init__.py").touch()
    return tmp_path


def test_the_project_keeps_its_contracts(root: Path) -> None:
    result = lint(root)
    assert result.returncode == 0, result.stdout


def test_an_empty_skeleton_keeps_the_contracts(skeleton: Path) -> None:
    result = lint(skeleton)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "imports", "contract"),
    [
        ("deck/a", "tabletop.engine", "Imports point down only"),
        ("engine/a", "tabletop.session", "Imports point down only"),
        ("session/a", "tabletop.bots", "Imports point down only"),
        ("bots/a", "tabletop.tui", "Imports point down only"),
        ("tui/a", "tabletop.cli", "Imports point down only"),
        ("report/a", "tabletop.tui", "Imports point down only"),
        ("bots/a", "tabletop.report", "Imports point down only"),
        ("errors", "tabletop.deck", "Imports point down only"),
        ("helpers", "re", "Imports point down only"),
        ("cli/a", "textual", "Only the TUI knows Textual"),
        ("session/a", "rich", "Only the TUI knows Textual"),
        ("engine/machine", "numba", "Only the fast gear knows numba and numpy"),
        ("bots/a", "numpy", "Only the fast gear knows numba and numpy"),
        ("engine/a", "random", "The engine knows no clock, chance or outside world"),
        ("engine/a", "time", "The engine knows no clock, chance or outside world"),
        ("tui/a", "tabletop.engine", "Screens reach the rules through the session"),
    ],
)
def test_a_forbidden_import_fails_the_build(
    skeleton: Path, module: str, imports: str, contract: str
) -> None:
    (skeleton / "tabletop" / f"{module}.py").write_text(f"import {imports}\n")
    result = lint(skeleton)
    assert result.returncode != 0
    broken = [line for line in result.stdout.splitlines() if "BROKEN" in line]
    assert any(line.startswith(contract) for line in broken), result.stdout


@pytest.mark.parametrize(
    ("module", "imports"),
    [("tui/app", "textual"), ("engine/fast", "numba"), ("engine/fast", "numpy")],
)
def test_a_permitted_import_passes(skeleton: Path, module: str, imports: str) -> None:
    (skeleton / "tabletop" / f"{module}.py").write_text(f"import {imports}\n")
    result = lint(skeleton)
    assert result.returncode == 0, result.stdout


def writers(source: str) -> Iterator[int]:
    """Lines that write to standard output or standard error."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="print")):
                yield node.lineno
            case ast.Attribute(
                value=ast.Name(id="sys"), attr="stdout" | "stderr" | "__stdout__"
            ):
                yield node.lineno
            case ast.ImportFrom(module="sys", names=names):
                if {name.name for name in names} & {"stdout", "stderr"}:
                    yield node.lineno


@pytest.mark.parametrize(
    "source", ["print(1)", "import sys\nsys.stdout.write('')", "from sys import stderr"]
)
def test_a_writer_is_recognised(source: str) -> None:
    assert list(writers(source))


def test_one_module_alone_writes_output(root: Path) -> None:
    package = root / "tabletop"
    found = {
        f"{path.relative_to(package)}:{line}"
        for path in package.rglob("*.py")
        if path != package / "cli" / "output.py"
        for line in writers(path.read_text(encoding="utf-8"))
    }
    assert not found


def loaded_by(statements: str) -> set[str]:
    """The heavy packages that a fresh process has loaded after these statements."""
    program = f"import sys\n{statements}\nprint(' '.join(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return HEAVY & set(result.stdout.split())


def test_help_loads_nothing_heavy() -> None:
    ask = "from tabletop.cli.verbs import build_parser\nbuild_parser().format_help()"
    assert loaded_by(ask) == set()


def test_playing_does_not_need_the_fast_extra() -> None:
    use = "import tabletop.session.session, tabletop.bots"
    assert not loaded_by(use) & {"numba", "numpy", "textual", "rich"}
