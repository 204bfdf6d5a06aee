"""Policies by their names: the machine's numbers, and the tables that some need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.bots.preferences import Preferences
from tabletop.deck.deck import Deck
from tabletop.engine import counting
from tabletop.engine.compile import compile_deck
from tabletop.engine.program import Program
from tabletop.errors import UsageError
from tabletop.session.seats import BOT_NAMES, MOST_PLAYOUTS, bot_code

Policies = Mapping[str, str]
"""For each team the name of its bot, without 'bot:'; random where none is named."""
LEAST = "least-used"
WEIGHTS, SCRIPT = "weights:", "script:"
TABLED = (LEAST, f"{WEIGHTS}FILE", f"{SCRIPT}FILE")
"""Policies for games without a table to sit at, as messages list them."""


@dataclass(frozen=True)
class Plan:
    """Who plays a series of games. Can be sent to another process."""

    codes: list[int]
    """The machine's number of each team's bot."""
    tables: list[int] = field(default_factory=list)
    """What bots look up: where each team's part begins, then the parts. Empty when
    none of them does."""
    special: tuple[str, ...] = ()
    """The teams whose bots do."""


def plan(deck: Deck, policies: Policies, program: Program | None = None) -> Plan:
    """Who plays, by the names of policies.

    `least-used` takes what it used least so far in that round, every second game by
    chance; `weights:FILE` draws by weight; `script:FILE` goes by a list of moves.
    Raises UsageError for a team or policy that does not exist, or a file that does not
    fit.
    """
    names = {team: policies.get(team, "random") for team in deck.model.teams}
    if not any(is_tabled(name) for name in names.values()):
        return Plan(policy_codes(deck, policies))
    check_teams(deck, policies)
    program = program or compile_deck(deck)
    codes: list[int] = []
    parts: list[list[int]] = []
    special = []
    for team, name in names.items():
        if is_tabled(name):
            code, part = tabled(deck, program, team, name)
            special.append(team)
        else:
            code, part = policy_code(name), []
        codes.append(code)
        parts.append(part)
    tables = [0] * len(parts)
    for number, part in enumerate(parts):
        tables[number] = len(tables)
        tables += part
    return Plan(codes, tables, tuple(special))


def is_tabled(name: str) -> bool:
    """Whether a policy needs tables.

    >>> is_tabled("least-used"), is_tabled("weights:bold.toml"), is_tabled("greedy")
    (True, True, False)
    """
    return name == LEAST or name.startswith((WEIGHTS, SCRIPT))


def tabled(deck: Deck, program: Program, team: str, name: str) -> tuple[int, list[int]]:
    """The number of a team's bot that needs a table, and the table."""
    choices = len(program.cards) + len(program.options) + 1
    if name == LEAST:
        return counting.BOT_LEAST, [0] * (choices * program.rounds)
    kind, _, file = name.partition(":")
    reader = Preferences(deck, program, Path(file))
    if kind + ":" == WEIGHTS:
        return counting.BOT_WEIGHTS, reader.weights()
    lines = reader.script(team)
    return counting.BOT_SCRIPT, [len(lines), *(w for line in lines for w in (line, 0))]


def check_teams(deck: Deck, policies: Policies) -> None:
    """Raises UsageError for a team that does not exist."""
    for team in policies:
        if team not in deck.model.teams:
            known = ", ".join(deck.model.teams)
            raise UsageError(f"there is no team '{team}'", f"The teams are: {known}.")


def policy_codes(deck: Deck, policies: Policies) -> list[int]:
    """The machine's number of each team's bot, where none needs tables.

    Raises UsageError for an unknown team or policy.
    """
    check_teams(deck, policies)
    return [policy_code(policies.get(team, "random")) for team in deck.model.teams]


def policy_code(name: str) -> int:
    """The machine's number of a bot that needs no tables. Raises UsageError."""
    code = bot_code(f"bot:{name}")
    if code is None:
        known = ", ".join(bot.removeprefix("bot:") for bot in BOT_NAMES)
        hint = f"Possible are: {known}, with 1 to {MOST_PLAYOUTS:,} playouts a decision"
        if is_tabled(name):
            raise UsageError(f"the policy '{name}' can't play here", f"{hint}.")
        more = f"; in `run` and `study` also {', '.join(TABLED)}."
        raise UsageError(f"there is no policy '{name}'", hint + more)
    return code
