"""The schedule of injects (MSEL) as control sees it."""

from collections.abc import Iterator
from typing import Literal

from tabletop.deck.expressions import Expr
from tabletop.deck.models import Inject
from tabletop.engine import layout as at
from tabletop.session.names import plain
from tabletop.session.tree import Tree
from tabletop.session.view import InjectView
from tabletop.session.wording import COMPARISONS, SIGNS

InjectState = Literal["scheduled", "condition", "hand", "held", "fired", "skipped"]
STATES: dict[int, InjectState] = {
    at.INJECT_FIRED: "fired", at.INJECT_HELD: "held", at.INJECT_SKIPPED: "skipped",
}  # fmt: skip


class InjectReader:
    """Reads the injects of the tree's current place."""

    def __init__(self, tree: Tree) -> None:
        """Takes everything as it is: for control alone."""
        self.tree = tree
        self.names = tree.names
        self.program = tree.program
        self.model = tree.deck.model
        self.state = tree.now.state

    def views(self) -> tuple[InjectView, ...]:
        """Every inject, in the deck's order, and then as they were written."""
        fired = self.fired()
        injects = enumerate(self.program.injects)
        return tuple(self.view(i, id_, fired.get(id_, 0)) for i, id_ in injects)

    def view(self, index: int, id_: str, fired: int) -> InjectView:
        """One inject, which was fired in a round, or in round 0 when it was not."""
        model = self.model.injects[id_]
        words, S = self.program.words, self.state
        state = S[words[at.H_S_INJECT] + index]
        due = S[words[at.H_S_DUE] + index]
        when, short, now = self.condition(id_, model)
        everybody = self.program.teams
        effects = self.tree.deck.effects("injects", id_, "effects")
        return InjectView(
            id=id_,
            title=model.title,
            state=STATES.get(state) or coming(due, model),
            round=fired if state == at.INJECT_FIRED else due,
            when=self.when(model, due, when),
            read=model.read,
            cue=model.cue,
            expects=model.expects,
            audience=everybody if model.audience is None else tuple(model.audience),
            effects=self.names.effects(effects),
            contingency=model.contingency,
            text=model.text,
            sender=model.sender,
            headline=model.headline or "",
            phase=(model.at.phase or "") if model.at else "",
            moment=model.at.moment if model.at else "start",
            now=now,
            written=id_ in self.tree.written,
            short=short,
            facts=self.names.facts(id_),
        )

    def when(self, model: Inject, due: int, condition: str) -> str:
        """When an inject comes, in words."""
        if due:
            phase = model.at.phase if model.at else None
            end = model.at is not None and model.at.moment == "end"
            if phase is None:
                return "end" if end else "start"
            return f"end of {plain(phase)}" if end else plain(phase)
        if condition:
            return f"when {condition}"
        return "if play stalls" if model.contingency else "by hand"

    def condition(self, id_: str, model: Inject) -> tuple[str, str, str]:
        """A condition in words, for narrow places, and what it reads at present."""
        if not model.when:
            return "", "", ""
        expr = self.tree.deck.expr("injects", id_, "when")
        first = self.program.words[at.H_S_TARGET]
        tracks = dict.fromkeys(compared(expr))
        values = [self.state[first + self.program.targets.index(t)] for t in tracks]
        now = f"now {', '.join(map(str, values))}" if values else ""
        return self.names.words(expr), in_short(expr), now

    def fired(self) -> dict[str, int]:
        """The round in which each inject was fired."""
        found: dict[str, int] = {}
        for node in self.tree.path():
            for inject in node.injects:
                found[inject] = max(node.round, 1)
        return found


def coming(due: int, model: Inject) -> InjectState:
    """How an inject comes that nothing has happened to."""
    if due:
        return "scheduled"
    return "condition" if model.when else "hand"


def compared(expr: Expr) -> Iterator[str]:
    """The tracks that a condition reads, in its order."""
    if expr.name is not None and expr.name.kind in ("track", "band"):
        yield expr.name.ids[0]
    for part in expr.args:
        yield from compared(part)


def in_short(expr: Expr) -> str:
    """A track's comparison with a number, without the track: 'at ≤25'; or nothing."""
    if expr.op not in COMPARISONS:
        return ""
    left, right = expr.args
    track = left.name is not None and left.name.kind == "track"
    if not track or right.op not in ("const", "neg") or right.args[1:]:
        return ""
    sign = SIGNS.get(expr.op, expr.op)
    number = right.value if right.op == "const" else right.args[0].value
    minus = "−" if right.op == "neg" or number < 0 else ""
    return f"at {sign}{minus}{abs(number)}"
