"""Bots with tables at a table: the same decisions as in a series of games."""

from tabletop.bots.policies import Plan, Policies
from tabletop.engine import counting
from tabletop.engine.counted import Bench
from tabletop.engine.gear import gear
from tabletop.engine.ledger import plain_countable
from tabletop.engine.machine import legal_moves
from tabletop.engine.program import seed_key
from tabletop.session.session import Session
from tabletop.session.tree import Tree


class Deciders:
    """What the teams of one game decide whose policies need tables."""

    def __init__(self, tree: Tree, plan: Plan, names: Policies) -> None:
        """Plays the games that come before it, where bots learn from them."""
        self.plan, self.names, self.program = plan, names, tree.program
        self.told: set[str] = set()
        ready = plain_countable(tree.program)
        self.bench = Bench(
            gear("low"), ready, seed_key(tree.seed), plan.codes, None, plan.tables
        )
        self.bench.catch_up(tree.game)
        self.bench.ledger[counting.C_GAME] = tree.game
        counting.begin_tables(
            ready.words, ready.ledger, plan.codes, self.bench.tables, tree.game
        )

    def move(self, session: Session, team: str) -> None:
        """Decides for a team and makes its move; the first one says how it plays."""
        bench, seat = self.bench, self.program.teams.index(team)
        state = session.tree.state()
        count = legal_moves(bench.program, state, seat, bench.moves)
        place = counting.pick(
            bench.program, state, bench.ledger, seat, self.plan.codes[seat],
            bench.moves, count, bench.known, bench.trial, bench.tables,
        )  # fmt: skip
        move = session.tree.codec.decode(bench.moves[place], state)
        note = "" if team in self.told else f"policy {self.names[team]}"
        self.told.add(team)
        session.submit(team, move, note=note)
