"""A compiled deck: the program, and what its numbers mean."""

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from tabletop.engine import layout as at


@dataclass(frozen=True)
class Program:
    """A deck as flat tables of integers, with the ids behind every index."""

    words: list[int]
    teams: tuple[str, ...]
    tracks: tuple[str, ...]
    flags: tuple[str, ...]
    cards: tuple[str, ...]
    injects: tuple[str, ...]
    rules: tuple[str, ...]
    endings: tuple[str, ...]
    """By priority, as the program tests them."""
    phases: tuple[str, ...]
    options: tuple[tuple[str, int, int], ...]
    """For each option: its happening's id, the ask's index, the option's index."""
    rows: tuple[tuple[str, int], ...]
    """For each row of a dice table: its happening's id and the row's index."""
    outcomes: tuple[tuple[str, int], ...]
    lastings: tuple[str, ...]
    """The happening behind each lasting effect."""
    sites: tuple[str, ...]
    """What each scheduling effect schedules, as written."""
    terms: tuple[str, ...]
    """The text of each term of a condition."""
    effects: tuple[str, ...]
    """The text of each effect."""
    sections: tuple[tuple[str, int, int], ...]
    """Name, start and end of each part of the state that its digest covers."""

    @property
    def state_words(self) -> int:
        """Words of a state, scratch included."""
        return self.words[at.H_STATE]

    @property
    def digest_words(self) -> int:
        """Words of a state that its digest covers."""
        return self.words[at.H_DIGEST]

    @property
    def rounds(self) -> int:
        """Rounds in a game."""
        return self.words[at.H_ROUNDS]

    @property
    def judging(self) -> tuple[int, ...]:
        """The teams, by their index, that say what they would call a success."""
        start = self.words[at.H_TEAM] + at.T_SUCCESS
        rows = range(start, start + len(self.teams) * at.TEAM_WORDS, at.TEAM_WORDS)
        return tuple(team for team, row in enumerate(rows) if self.words[row])

    @property
    def control(self) -> int:
        """Control's seat."""
        return len(self.teams)

    @property
    def targets(self) -> tuple[str, ...]:
        """Names of everything that effects can set."""
        return self.tracks + self.flags + tuple(f"{t}.points" for t in self.teams)

    @property
    def happenings(self) -> tuple[str, ...]:
        """Cards, then injects."""
        return self.cards + self.injects

    def new_state(self) -> list[int]:
        """Room for a state, in low gear."""
        return [0] * self.state_words

    def move_room(self) -> int:
        """As many moves as one seat can have at once, and a few more."""
        return move_room(self.words)

    def digest(self, state: Sequence[int]) -> str:
        """The digest of a state: blake2b over its sections, each under its name.

        A section is its words as little-endian 64-bit bytes. One that is all zero is
        left out, so that a section added by a later version changes no old digest.
        """
        words = array("q", state[: self.digest_words])
        if sys.byteorder == "big":
            words.byteswap()
        data = memoryview(words.tobytes())
        digest = blake2b(digest_size=16)
        for name, start, end in self.sections:
            part = data[8 * start : 8 * end]
            if any(part):
                digest.update(b"%s %d\n" % (name.encode(), end - start))
                digest.update(part)
        return digest.hexdigest()


def move_room(words: Sequence[int]) -> int:
    """As many moves as one seat can have at once, and a few more."""
    return 16 + int(words[at.H_CARDS]) + 5 * int(words[at.H_INJECTS])


def seed_key(seed: int) -> list[int]:
    """The four key words of a seed, from blake2b of its decimal text."""
    raw = blake2b(f"tabletop {seed}".encode(), digest_size=16).digest()
    return [int.from_bytes(raw[i : i + 4], "little") for i in range(0, 16, 4)]
