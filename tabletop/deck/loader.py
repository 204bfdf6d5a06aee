"""From a path or a save's files to a deck, or to everything that is wrong with it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import Diagnostic, Place, Report
from tabletop.deck.models import DeckModel
from tabletop.deck.scope import Symbols
from tabletop.deck.sources import MAIN, Folder, Shelf, Sources, Stored, gather
from tabletop.deck.texts import read_texts
from tabletop.errors import DeckError


def load(path: Path) -> Deck:
    """The deck in a file or a folder.

    Raises:
        DeckError: The deck has errors, which are in its `diagnostics`.
    """
    folder, main = _locate(Path(path))
    return _load(Folder(folder), main, Path(path))


def load_text(files: Mapping[str, str], name: str = "") -> Deck:
    """The deck in texts by file name, the main file first, as a save holds them.

    Raises:
        DeckError: The deck has errors, which are in its `diagnostics`.
    """
    main = next(iter(files), MAIN)
    return _load(Stored(files), main, None)


def _locate(path: Path) -> tuple[Path, str]:
    """The folder of a deck and the name of its main file."""
    if path.is_dir():
        return path, MAIN
    return path.parent, path.name


def _load(shelf: Shelf, main: str, path: Path | None) -> Deck:
    report = Report()
    sources = gather(shelf, main, report)
    if report.findings:
        raise DeckError(str(report.findings))
    model = DeckModel.model_validate(sources.data)
    texts = read_texts(model, Symbols.of(model))
    if texts.findings:
        raise DeckError(str(texts.findings))
    return Deck(model, sources.files, texts, path)
