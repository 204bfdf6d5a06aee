"""The program as it is installed: a wheel, used in a folder that is no checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

DECKS = "tabletop/shipped/decks"


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(folder),
    ]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel was unpacked to, as an installer would."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def tabletop(
    installed: Path, folder: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run the installed program in a folder, with the user's data kept in it too."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    program = (
        "import sys, tabletop; from tabletop.cli.main import main\n"
        f"assert tabletop.__file__.startswith({str(installed)!r}), tabletop.__file__\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env=environment,
        input="q\n",
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_holds_the_package_and_the_decks(root: Path, wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for path in (root / "tabletop").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert str(path.relative_to(root)) in held
    for path in (root / "decks").rglob("*.toml"):
        assert f"{DECKS}/{path.relative_to(root / 'decks').as_posix()}" in held
    assert not {name for name in held if name.startswith(("tests/", "decks/"))}


def test_an_installed_program_finds_its_decks(installed: Path, tmp_path: Path) -> None:
    result = tabletop(installed, tmp_path, "check", "tutorial", "bright-days")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(("present", "kept"), [(True, "saves"), (False, "data")])
def test_saves_go_beside_the_person_or_to_the_user_s_data(
    installed: Path, tmp_path: Path, present: bool, kept: str
) -> None:
    if present:
        (tmp_path / "saves").mkdir()
    result = tabletop(installed, tmp_path, "play", "tutorial", "--plain")
    assert result.returncode == 0, result.stderr
    [save] = tmp_path.rglob("*.jsonl")
    assert save.relative_to(tmp_path).parts[0] == kept
