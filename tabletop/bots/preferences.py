"""Files of preferences: weights of choices, or a list of moves, in TOML.

pass = 1                  # weights, 0 to 1000; 1 where nothing is said
[cards]
strike = 3
[options]
"the_deal.refuse" = 0

moves = ["strike", "the_deal.refuse", "pass"]     # a script, for any team
[teams]
kyiv = ["long_range"]                             # and for one alone
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import KeyPath, Place, Report, Spot
from tabletop.deck.shelves import Unreadable, decode, read_bytes
from tabletop.deck.suggest import did_you_mean, listed, quoted
from tabletop.deck.toml import parse
from tabletop.engine.census_things import happening, option_names
from tabletop.engine.program import Program
from tabletop.errors import UsageError

MOST_WEIGHT = 1_000
MOST_LINES = 10_000
PASS = "pass"


class Preferences:
    """Reads one file, for the choices of one deck."""

    def __init__(self, deck: Deck, program: Program, path: Path) -> None:
        """Reads the file. Raises UsageError when it can't be read as TOML."""
        self.deck, self.program, self.path = deck, program, path
        self.text = self._text()
        self.names = dict(self._choices())
        self.data = self._parsed()

    def _choices(self) -> Iterator[tuple[str, list[int]]]:
        """Each name of a choice, and the choices that it stands for."""
        program = self.program
        for number, card in enumerate(program.cards):
            yield card, [number]
        plain: dict[str, list[int]] = {}
        exact = option_names(self.deck.model, program)
        first = len(program.cards)
        for number, (id_, ask, option) in enumerate(program.options):
            name = happening(self.deck.model, id_).ask[ask].options[option].id
            plain.setdefault(f"{id_}.{name}", []).append(first + number)
            yield exact[number], [first + number]
        yield from plain.items()
        yield PASS, [len(program.cards) + len(program.options)]

    # --- weights

    def weights(self) -> list[int]:
        """A weight for each choice: cards, options, to pass."""
        found = [1] * (len(self.program.cards) + len(self.program.options) + 1)
        self._only(("cards", "options", PASS), ())
        for name, value, path in self._weighed():
            whole = isinstance(value, int) and not isinstance(value, bool)
            if not isinstance(value, int) or not whole or not 0 <= value <= MOST_WEIGHT:
                said = f"no whole number from 0 to {MOST_WEIGHT:,}"
                self._wrong(path, f"the weight of {quoted(name)} is {said}")
            for choice in self.names[name]:
                found[choice] = value
        return found

    def _weighed(self) -> Iterator[tuple[str, object, KeyPath]]:
        """Each name that has a weight, the weight, and where it stands."""
        if PASS in self.data:
            yield PASS, self.data[PASS], (PASS,)
        cards = set(self.program.cards)
        options = {name for name in self.names if "." in name}
        for kind, known in (("cards", cards), ("options", options)):
            table = self.data.get(kind, {})
            if not isinstance(table, Mapping):
                self._wrong((kind,), f"`{kind}` is not a table of names and weights")
            for path, value in flat(table, (kind,)):
                name = ".".join(map(str, path[1:]))
                if name not in known:
                    self._unknown(name, known, path, part="key")
                yield name, value, path

    # --- scripts

    def script(self, team: str) -> list[int]:
        """The choices of a team, in the order in which it prefers them."""
        self._only(("moves", "teams"), ())
        teams = self.data.get("teams", {})
        if not isinstance(teams, Mapping):
            self._wrong(("teams",), "`teams` is not a table of teams and their moves")
        self._only(self.program.teams, ("teams",))
        path: KeyPath = ("teams", team) if team in teams else ("moves",)
        moves = teams[team] if team in teams else self.data.get("moves", [])
        if not isinstance(moves, list) or len(moves) > MOST_LINES:
            self._wrong(path, f"the moves are not a list of at most {MOST_LINES:,}")
        return [self._line(team, move, (*path, i)) for i, move in enumerate(moves)]

    def _line(self, team: str, move: object, path: KeyPath) -> int:
        if not isinstance(move, str):
            self._wrong(path, "a move is a text: CARD, CARD.OPTION or pass")
        if move not in self.names:
            self._unknown(move, self.names, path)
        choices = self.names[move]
        mine = [choice for choice in choices if self._is_asked(team, choice)]
        return (mine or choices)[0]

    def _is_asked(self, team: str, choice: int) -> bool:
        number = choice - len(self.program.cards)
        if not 0 <= number < len(self.program.options):
            return False
        id_, ask, _ = self.program.options[number]
        asked = happening(self.deck.model, id_).ask[ask]
        return team == asked.team or team in asked.teams

    # --- the file

    def _text(self) -> str:
        try:
            return decode(read_bytes(self.path))
        except Unreadable as problem:
            where = f"{self.path}: {problem.message}"
            hint = FORMS if problem.code == "E009" else problem.hint or FORMS
            raise UsageError(where, hint) from None

    def _parsed(self) -> Mapping[str, object]:
        report = Report()
        data = parse(str(self.path), self.text, report)
        if data is None:
            finding = report.findings[0]
            line = finding.spot.line if isinstance(finding.spot, Place) else 0
            raise UsageError(f"{self.path}:{line}: {finding.message}", finding.hint)
        return data

    def _only(self, known: tuple[str, ...], path: KeyPath) -> None:
        """Raises UsageError for a key of a table that is none of these."""
        table: object = self.data
        for key in path:
            table = table.get(str(key), {}) if isinstance(table, Mapping) else {}
        for key in table if isinstance(table, Mapping) else ():
            if key not in known:
                self._unknown(key, known, (*path, key), part="key")

    def _unknown(
        self, name: str, known: "Mapping[str, object] | set[str] | tuple[str, ...]",
        path: KeyPath, *, part: str = "value",
    ) -> NoReturn:  # fmt: skip
        names = list(known) if isinstance(known, tuple) else sorted(known)
        hint = did_you_mean(name, names) or f"known here: {listed(names)}"
        said = f"{quoted(name)} is none of this deck's, or not in this place"
        self._wrong(path, said, hint[:1].upper() + hint[1:], part=part)

    def _wrong(
        self, path: KeyPath, message: str, hint: str = "", *, part: str = "value"
    ) -> NoReturn:
        """Raises UsageError with the line."""
        from tabletop.deck.places import FileIndex

        spot = Spot(path, part="key" if part == "key" else "value")
        place = FileIndex(str(self.path), self.text).place(spot)
        raise UsageError(f"{self.path}:{place.line}: {message}", hint or FORMS)


FORMS = (
    "Weights are `pass = 1`, [cards] and [options] with whole numbers from 0 to 1000; "
    'a script is `moves = ["CARD", "CARD.OPTION", "pass"]`.'
)


def flat(
    table: Mapping[str, object], path: KeyPath
) -> Iterator[tuple[KeyPath, object]]:
    """A table's values with their paths, those of the tables in it among them."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from flat(value, (*path, key))
        else:
            yield (*path, key), value
