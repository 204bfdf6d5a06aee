"""Files of deck tests: where they are, and what is in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import KeyPath, Place, Spot
from tabletop.deck.expressions import Expr
from tabletop.deck.shelves import MAIN
from tabletop.errors import TabletopError
from tabletop.testing.models import KINDS as KINDS
from tabletop.testing.models import FileModel, Tested

SUFFIX = ".test.toml"


class DeckTestError(TabletopError):
    """A test file that can't be used; `diagnostics` holds every problem found."""

    def __init__(
        self, message: str, hint: str = "", diagnostics: Sequence[Any] = ()
    ) -> None:
        super().__init__(message, hint)
        self.diagnostics = tuple(diagnostics)


@dataclass(frozen=True, slots=True)
class Case:
    """One test of a file."""

    name: str
    """What it is called; by default made of what it demands."""
    kind: str
    """test, always, never, reach or chance."""
    line: int
    """Where it stands in the file, from 1."""
    file: str
    number: int
    """Its place among the tests of its kind, from 0."""
    table: Tested
    """What it says."""

    @property
    def path(self) -> KeyPath:
        """Where it stands in the file's data."""
        return (self.kind, self.number)


@dataclass
class TestFile:
    """A test file without errors, with its deck."""

    __test__: ClassVar[bool] = False  # no class of pytest's

    path: str
    """As it was named."""
    text: str
    deck: Deck
    deck_path: Path
    model: FileModel
    cases: tuple[Case, ...] = ()
    """Its tests: those of each kind in their order, kind by kind."""
    exprs: Mapping[KeyPath, Expr] = field(default_factory=dict)
    """Its conditions, and the names whose values it looks at, by their paths."""
    _index: Any = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """Places are found again where the file is taken to."""
        return {**self.__dict__, "_index": None}

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where something stands in the file: its value, or its key."""
        if self._index is None:
            from tabletop.deck.places import FileIndex

            self._index = FileIndex(self.path, self.text)
        spot = Spot(path, part="key" if key else "value")
        found: Place = self._index.place(spot)
        return found


def find(path: Path | str) -> list[Path]:
    """The test files that a path means, in order.

    A test file itself; for a deck's file `x.toml` the file `x.test.toml` beside it; for
    a deck's folder every test file in it and in its `tests/`; for any other folder
    every test file below it. Raises TabletopError when there is nothing at the path.
    """
    path = Path(path)
    if path.is_dir():
        inside = [path, path / "tests"] if (path / MAIN).is_file() else [path]
        deep = len(inside) == 1
        found = [f for p in inside for f in (p.rglob if deep else p.glob)("*" + SUFFIX)]
        return sorted(f for f in found if f.is_file())
    if not path.exists():
        raise TabletopError(f"there is no file or folder {path}")
    if path.name.endswith(SUFFIX):
        return [path]
    if path.name == MAIN:
        return find(path.parent)
    beside = path.with_name(path.name.removesuffix(".toml") + SUFFIX)
    return [beside] if beside.is_file() else []


def read(path: Path | str) -> TestFile:
    """A test file and its deck. Raises DeckTestError when they have errors."""
    from tabletop.testing.files_read import read_file

    return read_file(Path(path))
