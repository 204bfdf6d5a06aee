"""Figures of many finished games, column by column, with numpy."""

from collections import Counter
from typing import Any

import numpy as np

from tabletop.engine.census import NEVER, Census
from tabletop.engine.ledger import Countable, fresh

WIDE = 1 << 12
"""Values that lie further apart are sorted to be counted."""


def counts(column: Any) -> Counter[int]:
    """How often each value is in a column."""
    if not len(column):
        return Counter()
    least, most = int(column.min()), int(column.max())
    if most - least < WIDE:
        times = np.bincount(column - least)
        places = np.nonzero(times)[0]
        values, times = places + least, times[places]
    else:
        values, times = np.unique(column, return_counts=True)
    return Counter(dict(zip(values.tolist(), times.tolist(), strict=True)))


def add_columns(ready: Countable, census: Census, first: int, rows: Any) -> None:
    """Adds what the figures of finished games hold; the first one is game `first`."""
    program = ready.program
    teams, tracks = len(program.teams), len(program.tracks)
    fresh(ready, census)
    part = Census(games=len(rows), moves=int(rows[:, 0].sum()))
    stopped = np.nonzero(rows[:, 3])[0]
    part.stopped = len(stopped)
    part.first_stopped = first + int(stopped[0]) if len(stopped) else NEVER
    part.lengths, part.rounds = counts(rows[:, 0]), counts(rows[:, 2])
    head = ready.head_words
    part.by_last_round = counts(rows[rows[:, head] != 0, 1])
    part.real = counts(rows[:, head + 1])
    part.successes = (rows[:, head - teams : head] > 0).sum(axis=0).tolist()
    scores = rows[:, 5 : 5 + teams]
    best = scores == scores.max(axis=1, keepdims=True)
    alone = best & (best.sum(axis=1, keepdims=True) == 1)
    part.scores = [counts(column) for column in scores.T]
    part.best, part.best_alone = best.sum(axis=0).tolist(), alone.sum(axis=0).tolist()
    part.tracks = [[Counter() for _ in range(tracks)]]
    for round_ in range(1, program.rounds + 1):
        start = head + 2 + tracks * (round_ - 1)
        reached = rows[rows[:, 2] >= round_, start : start + tracks]
        part.tracks.append([counts(column) for column in reached.T])
    census.add(part)
