"""Keeps the game of a test as a save, which replays, logs and reports can open."""

import re
from pathlib import Path

from tabletop.session.moves import RULINGS
from tabletop.session.session import Session
from tabletop.session.tree import Tree
from tabletop.session.view import CONTROL

REASON = "deck test"
"""The reason of rulings that a test makes."""
LONGEST = 80
"""Characters of the name of a save."""


def keep(tree: Tree, folder: Path, name: str) -> Path:
    """Writes the game that leads to a tree's place: the save, in a folder that exists.

    A save of that name stays, and the new one gets a number. Raises JournalError when
    it can't be written.
    """
    path = free_name(folder, name)
    seats = {**dict.fromkeys(tree.deck.model.teams, "person"), CONTROL: "person"}
    session = Session.new(
        tree.deck, seed=tree.seed, seats=seats, path=path, game=tree.game,
        start=tree.start,
    )  # fmt: skip
    try:
        for node in tree.path()[1:]:
            if node.move is not None:
                note = node.note or REASON if node.move.kind in RULINGS else node.note
                session.submit(node.by, node.move, note=note)
    finally:
        session.close()
    return path


def free_name(folder: Path, name: str) -> Path:
    """A file of the folder that is not there yet, named after a test.

    >>> free_name(Path("/nowhere"), "harbour.test.toml No strike, ever!").name
    'harbour-no-strike-ever.jsonl'
    """
    plain = name.replace(".test.toml", "").casefold()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-") or "test"
    path, number = folder / f"{stem}.jsonl", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.jsonl"
    return path
