"""Small damage to files, the same for the same seed."""

import random
from collections.abc import Callable

WORDS = (
    "[ ] { } ( ) = == , . \" ' \"\"\" ''' # \\ ** // % << := & | ! @ "
    "true false 0 -1 007 1.5 1e400 inf nan 0x7f 1979-05-27 99999999999999999999 "
    "and or not if else min max abs lambda import __class__ await é 漢 \u202e "
    "draw discard give schedule end cancel round roll asked chose answer team "
    "[cards.x] [[cards.x.ask]] [tracks] include cost effects requires \\u0041 \\ud800"
)
TOKENS = [
    *(word.encode() for word in WORDS.split(" ")),
    *(b"\n", b"\r\n", b"\t", b"\x00", b"\xff", b"\xef\xbb\xbf"),
    *(b"9" * 5_000, b"[" * 500, b"(" * 100, b"a." * 40),
]


def _cut(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 1, 3, 20, 400))]


def _insert(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at:at] = chance.choice(TOKENS)


def _replace(data: bytearray, chance: random.Random) -> None:
    """Put a token in the place of a word."""
    start = chance.randrange(len(data))
    end = start
    while end < len(data) and chr(data[end]).isalnum():
        end += 1
    data[start:end] = chance.choice(TOKENS)


def _flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _move(data: bytearray, chance: random.Random) -> None:
    """Copy a piece of the file to another place in it."""
    start, at = chance.randrange(len(data)), chance.randrange(len(data))
    data[at:at] = data[start : start + chance.choice((3, 12, 60, 300))]


def _swap_lines(data: bytearray, chance: random.Random) -> None:
    lines = data.split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    data[:] = b"\n".join(lines)


MUTATIONS: list[Callable[[bytearray, random.Random], None]] = [
    _cut, _insert, _replace, _flip, _move, _swap_lines,
]  # fmt: skip


def mutated(data: bytes, seed: str) -> bytes:
    """The data with one to four pieces of damage."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        if changed:
            chance.choice(MUTATIONS)(changed, chance)
    return bytes(changed)
