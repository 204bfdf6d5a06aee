"""Programs made ready for counting, and counts made a census.

Terms of conditions are compiled into code of their own, behind the program: its own
words stay as they are, and no state or digest depends on it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from tabletop.deck.deck import Deck
from tabletop.engine import counting
from tabletop.engine import layout as at
from tabletop.engine.census import NEVER, Census, Count
from tabletop.engine.census_things import KINDS, conditions, happening, leaves
from tabletop.engine.code import Coder, as_range
from tabletop.engine.compile import compile_deck, count_sites, questions
from tabletop.engine.program import Program
from tabletop.engine.slots import Slots

Row = list[int]
LOOKS = (
    at.LOOK_CARD, at.LOOK_OPTION, at.LOOK_OUTCOME, at.LOOK_LASTING, at.LOOK_RULE,
    at.LOOK_INJECT, at.LOOK_ENDING,
)  # fmt: skip
PART_WORDS = 1 << 19
"""Words of figures that a call of the machine may write: 4 MB."""


@dataclass(frozen=True)
class Countable:
    """A program whose games can be counted. Can be sent to another process."""

    program: Program
    words: list[int]
    """The program, with the terms' code behind it."""
    terms: int
    """How many terms; as many as `census_things.things` has of that kind, or 0."""
    ledger: list[int]
    """The ledger before any game."""
    kept: int = 0
    """Games whose figures are kept at a time; 0 for as many as fit into 4 MB."""

    @property
    def head_words(self) -> int:
        """Words of those of them that every finished game's row has."""
        program = self.program
        return 5 + 2 * len(program.teams) + len(program.tracks)

    @property
    def row_words(self) -> int:
        """Words of a finished game's figures: see `counting.end_game_row`."""
        program = self.program
        return self.head_words + 2 + len(program.tracks) * program.rounds

    @property
    def part(self) -> int:
        """Games whose figures are kept at a time."""
        return self.kept or max(16, PART_WORDS // self.row_words)

    @property
    def choices(self) -> int:
        """Different choices of a team: cards, options, to pass."""
        return len(self.program.cards) + len(self.program.options) + 1


def countable(deck: Deck, program: Program | None = None) -> Countable:
    """A deck's program made ready for counting, terms included."""
    program = program or compile_deck(deck)
    writer = TermWriter(deck, program)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for condition in conditions(deck, program):
        first = writer.terms
        id_ = str(condition.path[1])
        asked = {}
        if condition.look == at.LOOK_OUTCOME:
            asked = questions(happening(deck.model, id_))
        for leaf in leaves(condition.expr):
            found = as_range(leaf, writer.coder.slots, asked)
            code = 0 if found else writer.coder.write(leaf, asked)
            writer.rows += (0, *found) if found else (code, 0, 1, 1)
        spans[condition.look, condition.index] = first, writer.terms - first
    words, first_leaf = writer.words()
    return Countable(
        program, words, writer.terms, ledger(program, writer.terms, first_leaf, spans)
    )


def plain_countable(program: Program) -> Countable:
    """A program made ready for counting, without its terms."""
    return Countable(program, program.words, 0, ledger(program, 0, 0, {}))


class BehindCoder(Coder):
    """Writes instructions behind a program."""

    def __init__(self, slots: Slots, begin: int) -> None:
        """`begin` is where the first one will stand."""
        super().__init__(slots)
        self.begin = begin

    @property
    def here(self) -> int:
        """Where the next instruction will stand in the program."""
        return self.begin + len(self.code)


class TermWriter:
    """Writes terms behind a program, in the form of its own."""

    def __init__(self, deck: Deck, program: Program) -> None:
        """No terms yet."""
        self.program = program
        slots = Slots(deck.model, program.endings, count_sites(deck))
        self.coder = BehindCoder(slots, len(program.words))
        self.rows: list[int] = []

    @property
    def terms(self) -> int:
        """How many there are."""
        return len(self.rows) // at.TERM_WORDS

    def words(self) -> tuple[list[int], int]:
        """The program with its terms, and the first one's number among all terms."""
        words = self.program.words + self.coder.code
        table = words[at.H_TERM]
        words += [0] * ((table - len(words)) % at.TERM_WORDS)
        return words + self.rows, (len(words) - table) // at.TERM_WORDS


def sizes(program: Program) -> dict[str, int]:
    """How many things of each kind a program has."""
    return {
        "card": len(program.cards), "option": len(program.options),
        "outcome": len(program.outcomes), "row": len(program.rows),
        "lasting": len(program.lastings), "rule": len(program.rules),
        "inject": len(program.injects), "ending": len(program.endings),
    }  # fmt: skip


def ledger(
    program: Program, terms: int, first_leaf: int,
    spans: dict[tuple[int, int], tuple[int, int]],
) -> list[int]:  # fmt: skip
    """The ledger before any game."""
    size = sizes(program)
    kinds = ("card", "option", "outcome", "lasting", "rule", "inject", "ending")
    owners = dict(zip(LOOKS, (size[kind] for kind in kinds), strict=True))
    choices, width = size["card"] + size["option"], len(program.cards) + 16
    parts = [
        *(size[kind] * counting.THING_WORDS for kind in KINDS), choices, choices,
        size["card"], 2 * terms, len(LOOKS) + 2 * sum(owners.values()),
        (program.rounds + 1) * len(program.teams) * width,
        program.rounds * len(program.tracks),
        len(program.teams) * counting.TEAM_COUNTS,
    ]  # fmt: skip
    heads = (
        *range(counting.C_CARD, counting.C_ENDING + 1), counting.C_OFFERED,
        counting.C_CHOSEN, counting.C_WAITED, counting.C_TERM, counting.C_LEAVES,
        counting.C_OPTIONS, counting.C_TRACK, counting.C_TEAMS,
    )  # fmt: skip
    starts = list(accumulate(parts, initial=counting.LEDGER_HEAD))
    words = [0] * starts[-1]
    for head, start in zip(heads, starts[:-1], strict=True):
        words[head] = start
    words[counting.C_PLACE] = counting.NO_CHOICE
    words[counting.C_FIRST_LEAF], words[counting.C_WIDTH] = first_leaf, width
    words[counting.C_ALL_OPTIONS] = size["option"]
    place = words[counting.C_LEAVES] + len(LOOKS)
    for look in LOOKS:
        words[words[counting.C_LEAVES] + look] = place
        for index in range(owners[look]):
            words[place : place + 2] = spans.get((look, index), (0, 0))
            place += 2
    return words


# --- from counts to a census


def read_ledger(ready: Countable, words: Sequence[int]) -> Census:
    """What a ledger has counted, without what the games' figures hold."""
    program, size = ready.program, sizes(ready.program)
    census = Census()
    for number, kind in enumerate(KINDS):
        start = words[counting.C_CARD + number]
        rows = range(
            start, start + size[kind] * counting.THING_WORDS, counting.THING_WORDS
        )
        census.seen[kind] = [count_of(words, row) for row in rows]
    cards, options = size["card"], size["option"]
    for name, head in (("offered", counting.C_OFFERED), ("chosen", counting.C_CHOSEN)):
        counts = list(words[words[head] : words[head] + cards + options])
        both = {"card": counts[:cards], "option": counts[cards:]}
        setattr(census, name, both)
    start = words[counting.C_WAITED]
    census.waited = list(words[start : start + cards])
    start = words[counting.C_TERM]
    pairs = words[start : start + 2 * ready.terms]
    census.terms = list(zip(pairs[::2], pairs[1::2], strict=True))
    width, teams = words[counting.C_WIDTH], len(program.teams)
    start = words[counting.C_TEAMS]
    of_teams = words[start : start + teams * counting.TEAM_COUNTS]
    census.turns = list(of_teams[counting.V_TURNS :: counting.TEAM_COUNTS])
    census.few = list(of_teams[counting.V_FEW :: counting.TEAM_COUNTS])
    for round_ in range(program.rounds + 1):
        start = words[counting.C_OPTIONS] + round_ * teams * width
        census.options.append([
            sparse(words[start + i * width : start + (i + 1) * width])
            for i in range(teams)
        ])  # fmt: skip
    return census


def count_of(words: Sequence[int], row: int) -> Count:
    """A thing's counts."""
    hits, games, _, first, round_ = words[row : row + counting.THING_WORDS]
    return Count(hits, games, first - 1 if first else NEVER, round_)


def sparse(counts: Iterable[int]) -> Counter[int]:
    """Counts by their place, without those of nothing."""
    return Counter({place: count for place, count in enumerate(counts) if count})


def read_rows(ready: Countable, census: Census, first: int, rows: list[Row]) -> None:
    """Adds what the figures of finished games hold; the first one is game `first`."""
    program = ready.program
    teams, tracks, head = len(program.teams), len(program.tracks), ready.head_words
    fresh(ready, census)
    for number, row in enumerate(rows, first):
        moves, ending, last, error = row[:4]
        census.games += 1
        census.moves += moves
        census.lengths[moves] += 1
        census.rounds[last] += 1
        if error:
            census.stopped += 1
            if census.first_stopped == NEVER:
                census.first_stopped = number
        if row[head]:
            census.by_last_round[ending] += 1
        census.real[row[head + 1]] += 1
        for team, success in enumerate(row[head - teams : head]):
            census.successes[team] += success > 0
        read_scores(census, row[5 : 5 + teams])
        at_tracks = head + 2
        for round_ in range(1, last + 1):
            for track in range(tracks):
                census.tracks[round_][track][row[at_tracks + track]] += 1
            at_tracks += tracks


def fresh(ready: Countable, census: Census) -> None:
    """Makes room for teams and rounds, where there is none yet."""
    program = ready.program
    if not census.scores:
        teams, tracks = len(program.teams), len(program.tracks)
        census.scores = [Counter() for _ in range(teams)]
        census.best, census.best_alone = [0] * teams, [0] * teams
        census.successes = [0] * teams
        census.tracks = [
            [Counter() for _ in range(tracks)] for _ in range(program.rounds + 1)
        ]


def read_scores(census: Census, scores: Sequence[int]) -> None:
    """Adds the scores of a game."""
    most = max(scores)
    alone = list(scores).count(most) == 1
    for team, score in enumerate(scores):
        census.scores[team][score] += 1
        if score == most:
            census.best[team] += 1
            census.best_alone[team] += alone


def add_starts(ready: Countable, census: Census) -> None:
    """Puts the tracks as games begin in round 0."""
    words = ready.program.words
    for track, counts in enumerate(census.tracks[0]):
        row = words[at.H_TARGET] + track * at.TARGET_WORDS
        counts[words[row + at.G_START]] = census.games
