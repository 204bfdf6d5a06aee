"""Keeps the game of a test as a save, which replays, logs and reports can open."""

import re
from pathlib import Path

from tabletop.session.session import Session
from tabletop.session.tree import Tree
from tabletop.testing.board import seats_of

LONGEST = 80
"""Characters of the name of a save."""


def keep(tree: Tree, folder: Path, name: str) -> Path:
    """Writes the game that leads to a tree's place: the save, in a folder that exists.

    A save of that name stays, and the new one gets a number. Raises JournalError when
    it can't be written.
    """
    path = free_name(folder, name)
    session = Session.new(
        tree.deck, seed=tree.seed, seats=seats_of(tree.program.teams), path=path,
        game=tree.game, start=tree.start,
    )  # fmt: skip
    try:
        for node in tree.path()[1:]:
            if node.move is not None:
                session.submit(node.by, node.move, note=node.note)
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
