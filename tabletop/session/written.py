"""What people write during a game, as text of its deck; and what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import Finding, Place, Spot
from tabletop.deck.loader import weigh
from tabletop.deck.writing import Value, table
from tabletop.engine import layout as at
from tabletop.errors import DeckError
from tabletop.session.drafts import Adjudication, NewInject
from tabletop.session.tree import Tree

FIELDS = {
    "title": "Title", "read": "Read aloud", "text": "Text", "sender": "From",
    "audience": "To", "round": "Round", "phase": "Phase", "expects": "Expected action",
    "cue": "Cue", "when": "When", "moment": "Moment", "headline": "Headline",
    "effects": "Effects", "argument": "Argument",
    "dice": "Dice", "target": "Target", "success": "If it succeeds",
    "failure": "If it fails", "otherwise": "Effects if it fails",
}  # fmt: skip
"""What the forms call the parts of `NewInject` and `Adjudication`."""
TITLE = 80
"""Characters of an argument that its ruling is called by."""
LINE = 200
"""Characters that a line of a dice table holds."""


@dataclass(frozen=True)
class Problem:
    """Something in a form that the deck's language forbids."""

    inject: str
    """The id under which it was to be added; empty for the deck as a whole."""
    field: str
    """A key of `FIELDS`, or empty."""
    message: str
    hint: str = ""
    line: int = 0
    """Which of several lines or entries of the field, from 1; 0 when it has one."""
    column: int = 0
    """The character in what was typed, from 1; 0 for all of it."""

    def __str__(self) -> str:
        """The problem in a line, its place first."""
        place = [FIELDS.get(self.field, "")] if self.field else []
        place += [f"line {self.line}"] if self.line else []
        place += [f"column {self.column}"] if self.column else []
        return f"{', '.join(place)}: {self.message}" if place else self.message


class Problems(DeckError):
    """A form that the deck's language forbids; `found` says where and why."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        """`found` holds at least one problem."""
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        super().__init__(f"{found[0]}{more}", found[0].hint)
        self.found = found


# --- to the deck's language


def inject_table(id_: str, new: NewInject) -> str:
    """An inject as a table of a deck. Raises Problems."""
    values: dict[str, Value] = {"title": new.title.strip()}
    if new.round:
        values["at"] = moment(new)
    values["when"] = new.when
    values |= {
        "sender": new.sender, "headline": new.headline, "read": new.read,
        "text": new.text, "expects": new.expects, "cue": new.cue,
    }  # fmt: skip
    if new.audience:
        values["audience"] = list(new.audience)
    if new.effects:
        values["effects"] = list(new.effects)
    return written_table(id_, values)


def moment(new: NewInject) -> dict[str, Value]:
    """When an inject is due, as the deck's language has it."""
    found: dict[str, Value] = {"round": new.round}
    if new.phase:
        found["phase"] = new.phase
    if new.moment != "start":
        found["moment"] = new.moment
    return found


def judgement_table(id_: str, judged: Adjudication) -> str:
    """A judgement as a table of a deck: an inject, with its dice. Raises Problems."""
    values: dict[str, Value] = {
        "title": in_short(judged.argument, TITLE),
        "text": judged.argument.strip(),
        "cue": reasons(judged),
    }
    if judged.dice:
        failed: dict[str, Value] = {
            "to": judged.target - 1,
            "text": in_short(judged.failure, LINE) or "It fails.",
            "effects": list(judged.otherwise),
        }
        done: dict[str, Value] = {
            "text": in_short(judged.success or judged.argument, LINE),
            "effects": list(judged.effects),
        }
        values["roll"] = {"dice": judged.dice, "table": [failed, done]}
    elif judged.effects:
        values["effects"] = list(judged.effects)
    return written_table(id_, values)


def reasons(judged: Adjudication) -> str:
    """The reasons for and against, a line each, and what it takes to succeed."""
    lines = [f"For: {each.strip()}" for each in judged.pros if each.strip()]
    lines += [f"Against: {each.strip()}" for each in judged.cons if each.strip()]
    if judged.dice:
        lines.append(f"Succeeds at {judged.target} or more on {judged.dice}.")
    return "\n".join(lines)


def in_short(text: str, most: int) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def written_table(id_: str, values: Mapping[str, Value]) -> str:
    """A table of a deck's injects. Raises Problems for half a character."""
    try:
        return table(f"injects.{id_}", values)
    except ValueError:
        message = "it holds half a character, which no file can"
        raise Problems((Problem(id_, "", message, "Type it anew."),)) from None


def free_ids(deck: Deck, stem: str) -> Iterator[str]:
    """Ids that nothing in a deck has, like `written_1`."""
    known = known_ids(deck)
    ids = (f"{stem}_{number}" for number in count(1))
    return (id_ for id_ in ids if id_ not in known)


def known_ids(deck: Deck) -> set[str]:
    """Every id of a deck that an expression can name."""
    model = deck.model
    tables = (
        model.teams, model.tracks, model.flags, model.cards, model.injects,
        model.rules, model.endings,
    )  # fmt: skip
    return {id_ for each in tables for id_ in each}


# --- what is wrong with it


def check_new(id_: str, new: NewInject) -> Iterator[Problem]:
    """What is wrong with a form before the deck's language is asked."""
    if not new.title.strip():
        hint = "A few words that all can read."
        yield Problem(id_, "title", "it has no title", hint)
    if new.phase and not new.round:
        message = "an inject by hand has no phase"
        yield Problem(id_, "phase", message, "Give the round too, or leave it out.")


def check_judged(id_: str, judged: Adjudication) -> Iterator[Problem]:
    """What is wrong with a judgement before the deck's language is asked."""
    if not judged.argument.strip():
        hint = "Write what happens if it succeeds."
        yield Problem(id_, "argument", "it is empty", hint)
    if not judged.dice and judged.otherwise:
        hint = "Name dice, or leave the effects of a failure out."
        yield Problem(id_, "otherwise", "without dice nothing fails", hint)
    count, _, sides = judged.dice.partition("d")
    if count.isdecimal() and sides.isdecimal() and int(count) and int(sides) > 1:
        least, most = int(count), int(count) * int(sides)
        if not least < judged.target <= most:
            said = "always" if judged.target <= least else "never"
            hint = f"From {least + 1} to {most}; or judge it without dice."
            message = f"{judged.dice} {said} shows {judged.target} or more"
            yield Problem(id_, "target", message, hint)


def weigh_added(
    deck: Deck, text: str, *, judged: bool = False
) -> tuple[Deck | None, tuple[Problem, ...]]:
    """A deck with a text added, or what is wrong with that."""
    grown, findings = weigh(with_text(deck, *addition(deck, text)))
    found = [problem(finding, judged=judged) for finding in findings]
    return grown, tuple(found)


def addition(deck: Deck, text: str) -> tuple[str, str]:
    """The file that a text is added to, and what is added to it."""
    return list(deck.files)[-1], f"\n{text}"


def with_text(deck: Deck, file: str, text: str) -> dict[str, str]:
    """A deck's files with a text at the end of one; KeyError when it has no such."""
    files = dict(deck.files)
    files[file] += text
    return files


def problem(finding: Finding, *, judged: bool) -> Problem:
    """A finding of the deck's language as a problem of a form."""
    hint = " ".join(filter(None, (str(finding.caption), finding.hint)))
    if finding.code == "E012" and isinstance(finding.spot, Place):
        message = "the deck's injects stand in one line, so that none can be added"
        return Problem("", "", message, "Write them as tables like [injects.ID].")
    if not isinstance(finding.spot, Spot) or finding.spot.path[:1] != ("injects",):
        return Problem("", "", finding.message, hint)
    path, span = finding.spot.path, finding.spot.span
    field, line = place_of(path, judged=judged)
    column = span[0] + 1 if span and line else 0
    id_ = str(path[1]) if len(path) > 1 else ""
    return Problem(id_, field, finding.message, hint, line, column)


def place_of(path: tuple[str | int, ...], *, judged: bool) -> tuple[str, int]:
    """The form's field for a place in an inject's table, and which line of it."""
    keys = [step for step in path[2:] if isinstance(step, str)]
    lines = [step for step in path[2:] if isinstance(step, int)]
    if not keys:
        return "", 0
    if keys[:2] == ["roll", "table"]:
        field = keys[-1]
        failed = lines[:1] == [0]
        if field == "effects":
            line = lines[1] + 1 if len(lines) > 1 else 0
            return "otherwise" if failed else "effects", line
        return ("failure" if failed else "success"), 0
    if judged and keys[-1] in ("title", "text"):
        return "argument", 0
    field = keys[-1] if keys[0] in ("at", "roll") else keys[0]
    field = "round" if field == "at" else "dice" if field == "roll" else field
    return field, lines[-1] + 1 if lines and field == "effects" else 0


def passed(tree: Tree, id_: str) -> bool:
    """Whether the moment of an added inject has gone by, so that control holds it."""
    index = tree.program.injects.index(id_)
    words = tree.program.words
    return tree.now.state[words[at.H_S_INJECT] + index] == at.INJECT_HELD
