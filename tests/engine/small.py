"""Small decks, and a game of one that tests play by hand."""

from tabletop.deck.loader import load_text
from tabletop.engine import layout as at
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Change, Move

HEAD = """
format = 1
id = "small"
title = "Small"
[rounds]
count = {count}
ending = "over"
{rounds}
[endings.over]
title = "Over"
[tracks.x]
label = "X"
start = 50
{deck}
"""
TEAMS = """
[teams.ada]
name = "Ada"
points = 5
[teams.bob]
name = "Bob"
points = 5
"""
"""Two teams that hold every card and have 5 points."""


def card(id_: str, *lines: str, team: str = "ada", cost: int = 1) -> str:
    """A card; further lines are its fields."""
    head = [f"[cards.{id_}]", f'team = "{team}"', f'title = "{id_}"', f"cost = {cost}"]
    return "\n".join([*head, *lines, ""])


def adds(id_: str, amount: int, *lines: str, team: str = "ada", cost: int = 1) -> str:
    """A card that adds to x."""
    return card(id_, f'effects = ["x += {amount}"]', *lines, team=team, cost=cost)


def inject(id_: str, *lines: str) -> str:
    """An inject."""
    return "\n".join([f"[injects.{id_}]", f'title = "{id_}"', *lines, ""])


def rule(id_: str, *lines: str) -> str:
    """A rule."""
    return "\n".join([f"[rules.{id_}]", *lines, ""])


class Play:
    """A game of people at one table, control among them."""

    def __init__(
        self, *deck: str, rounds: str = "", seed: int = 1, count: int = 4
    ) -> None:
        """Sets a small deck up."""
        text = HEAD.format(count=count, rounds=rounds, deck="\n".join(deck))
        self.session = Session.new(load_text({"small.toml": text}), seed=seed, seats={})

    # --- moves

    def play(self, team: str, *cards: str) -> None:
        """A team plays cards, one after the other."""
        for each in cards:
            self.session.submit(team, Move("play", team, each))

    def lay(self, team: str, *cards: str) -> None:
        """A team lays orders."""
        for each in cards:
            self.session.submit(team, Move("lay", team, each))

    def skip(self, *teams: str) -> None:
        """Teams pass, one after the other."""
        for team in teams:
            self.session.submit(team, Move("pass", team))

    def answer(self, team: str, option: str, by: str = "") -> None:
        """A team answers, or control does for it."""
        self.session.submit(by or team, Move("answer", team, option))

    def advance(self) -> None:
        """Control closes the phase."""
        self.session.submit(CONTROL, Move("advance"))

    def control(
        self, kind: str, item: str = "", value: int = 0, team: str = ""
    ) -> tuple[Change, ...]:
        """A move of control's, with a reason."""
        move = Move(kind, team, item, value)
        return self.session.submit(CONTROL, move, note="because")

    # --- what is so

    @property
    def state(self) -> list[int]:
        """The state."""
        return self.session.tree.state()

    @property
    def x(self) -> int:
        """The track that every small deck has."""
        return self.track("x")

    @property
    def round(self) -> int:
        """The round."""
        return self.state[at.S_ROUND]

    @property
    def phase(self) -> str:
        """The phase."""
        return self.session.tree.program.phases[self.state[at.S_PHASE]]

    def track(self, id_: str) -> int:
        """A track's or a flag's value, or a team's points as 'ada.points'."""
        program = self.session.tree.program
        return self.state[program.words[at.H_S_TARGET] + program.targets.index(id_)]

    def owing(self) -> tuple[str, ...]:
        """The seats that owe a move."""
        return self.session.owing()

    def offered(self, team: str) -> list[str]:
        """The cards, or answers, that a team may choose."""
        moves = [each.move for each in self.session.view(team).moves]
        return [move.item for move in moves if move.item]

    def held(self, team: str) -> list[str]:
        """A team's hand."""
        hand = self.session.view(team).hand
        return [each.id for each in hand for _ in range(each.count)]

    def sizes(self, team: str) -> tuple[int, int, int]:
        """How many cards are in a team's hand, pile and discards."""
        view = next(t for t in self.session.view(CONTROL).teams if t.id == team)
        return view.hand, view.pile, view.discards

    def ending(self) -> str:
        """The ending, when the game is over."""
        over = self.session.view(CONTROL).over
        return over.ending if over else ""

    def told(self, kind: str) -> list[str]:
        """The texts of the last move's changes of a kind, in order."""
        entry = self.session.view(CONTROL).log[-1]
        return [change.text for change in entry.changes if change.kind == kind]
