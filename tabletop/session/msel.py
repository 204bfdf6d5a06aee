"""The schedule of injects (MSEL) as a table that planners keep: out to CSV, and in.

What is taken in never changes an inject that is there: it adds new ones, and moves
those that have not come to other rounds. Either all of a table is taken in or nothing.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

from tabletop.deck.deck import Deck
from tabletop.deck.models import Inject
from tabletop.deck.suggest import did_you_mean, listed, quoted
from tabletop.session.drafts import MselPlan, NewInject
from tabletop.session.injectviews import coming
from tabletop.session.names import plain
from tabletop.session.sheets import (
    Columns,
    SheetRow,
    Trouble,
    folded,
    read_sheet,
    sheet_text,
)
from tabletop.session.view import InjectView, Move
from tabletop.session.written import Problem, inject_table, known_ids, weigh_added

COLUMNS: Columns = {
    "number": ("No", "number", "#", "nr", "inject no", "inject number", "serial"),
    "id": ("Id", "inject id"),
    "round": ("Round", "time", "move", "turn"),
    "phase": ("Phase",),
    "when": ("When", "condition"),
    "state": ("State", "status"),
    "title": ("Title", "event", "inject", "inject title", "subject"),
    "text": ("Text", "description", "message", "details", "inject text"),
    "sender": ("From", "sender", "source"),
    "audience": ("To", "audience", "recipient", "recipients", "receiver"),
    "read": ("Read aloud", "read"),
    "expects": (
        "Expected action", "expected actions", "expected response", "expects",
        "expected responses", "expected player action", "expected player actions",
    ),
    "cue": ("Notes", "cue", "controller notes", "note", "remarks", "comments"),
    "headline": ("Headline",),
    "effects": ("Effects", "effect"),
}  # fmt: skip
"""The columns in the order of an export; each heading that means the same."""
FIXED = (
    "phase", "when", "title", "text", "sender", "audience", "read", "expects", "cue",
    "headline", "effects",
)  # fmt: skip
"""What can't be changed of an inject that is there."""
EVERYBODY = ("", "all", "everybody", "everyone", "all teams", "all players")
BY_HAND = ("", "-", "by hand", "hand", "none", "as needed", "tbd")

Live = Mapping[str, InjectView]
"""What has become of each inject in a game; empty for a deck alone."""


# --- out


def export(deck: Deck, live: Live) -> str:
    """The schedule as CSV, in the order in which it comes."""
    order = sorted(deck.model.injects, key=lambda id_: moment_of(deck, live, id_))
    rows = [cells(deck, live, id_) for id_ in order]
    numbered = [{**row, "number": str(n)} for n, row in enumerate(rows, 1)]
    return sheet_text(COLUMNS, numbered)


def cells(deck: Deck, live: Live, id_: str) -> dict[str, str]:
    """An inject's row, but for its number."""
    inject = deck.model.injects[id_]
    due = round_of(deck, live, id_)
    state = live[id_].state if id_ in live else coming(due, inject)
    return {
        "id": id_,
        "round": str(due or ""),
        "phase": phase_cell(deck, inject),
        "when": inject.when or "",
        "state": "by hand" if state == "hand" else state,
        "title": inject.title,
        "text": inject.text,
        "sender": inject.sender,
        "audience": audience_cell(deck, inject.audience),
        "read": inject.read,
        "expects": inject.expects,
        "cue": inject.cue,
        "headline": inject.headline or "",
        "effects": "\n".join(inject.effects),
    }


def round_of(deck: Deck, live: Live, id_: str) -> int:
    """The round in which an inject is due or was fired; 0 without one."""
    if id_ in live:
        return live[id_].round
    at = deck.model.injects[id_].at
    return at.round if at else 0


def moment_of(deck: Deck, live: Live, id_: str) -> tuple[int, int, bool]:
    """What sorts injects as they come; those without a round are last."""
    model = deck.model
    at, due = model.injects[id_].at, round_of(deck, live, id_)
    phases = list(model.rounds.minutes)
    phase = phases.index(at.phase) if at and at.phase else 0
    return due or model.rounds.count + 1, phase, at is not None and at.moment == "end"


def phase_cell(deck: Deck, inject: Inject) -> str:
    """The phase in which an inject is due, as people call it."""
    if inject.at is None or (inject.at.phase is None and inject.at.moment == "start"):
        return ""
    phase = inject.at.phase or next(iter(deck.model.rounds.minutes))
    return f"end of {plain(phase)}" if inject.at.moment == "end" else plain(phase)


def audience_cell(deck: Deck, audience: Sequence[str] | None) -> str:
    """The teams that are told, by names that can be told apart."""
    if audience is None:
        return "all"
    teams = deck.model.teams
    names = {id_: folded(team.name) for id_, team in teams.items()}
    clear = len(set(names.values())) == len(names) and not any(
        re.search(r"[,;/&\n]|\band\b", name)
        or name in EVERYBODY
        or (name in teams and name != id_)
        for id_, name in names.items()
    )
    return "; ".join(teams[id_].name if clear else id_ for id_ in audience)


# --- in


@dataclass
class Reader:
    """Reads rows for one deck; what is wrong goes to `trouble`."""

    deck: Deck
    trouble: Trouble

    def wrong(self, row: SheetRow, key: str, found: str, hint: str = "") -> None:
        """A problem in a cell."""
        self.trouble.add(row.number, row.heading(key), found, hint)

    def new(self, row: SheetRow) -> NewInject:
        """A row as a new inject."""
        phase, moment = self.phase(row)
        number = self.round(row)
        if not row["title"]:
            hint = "A few words that all can read."
            self.wrong(row, "title", "an inject has no title", hint)
        if (phase or moment != "start") and not number:
            hint = "Name its round too, or leave the phase out."
            self.wrong(row, "phase", "an inject without a round has a phase", hint)
        return NewInject(
            title=row["title"], read=row["read"], text=row["text"],
            sender=row["sender"], audience=self.audience(row), round=number,
            phase=phase, moment=moment, when=row["when"], expects=row["expects"],
            cue=row["cue"], headline=row["headline"],
            effects=tuple(filter(None, map(str.strip, row["effects"].split("\n")))),
        )  # fmt: skip

    def round(self, row: SheetRow) -> int:
        """The round of a row; 0 for by hand."""
        text, rounds = folded(row["round"]), self.deck.model.rounds
        if text in BY_HAND:
            return 0
        label = re.escape(folded(rounds.label))
        found = re.fullmatch(rf"(?:{label}|round|move|turn)? ?(\d{{1,9}})( 0+)?", text)
        hint = f"Write 1 to {rounds.count}; leave it empty for an inject by hand."
        if found is None:
            message = f"{quoted(row['round'])} is not the number of a round"
            self.wrong(row, "round", message, hint)
            return 0
        number = int(found.group(1))
        if not 1 <= number <= rounds.count:
            self.wrong(row, "round", f"there is no {rounds.label} {number}", hint)
            return 0
        return number

    def phase(self, row: SheetRow) -> tuple[str, str]:
        """The phase of a row, and whether it means the phase's start or end."""
        text = folded(row["phase"])
        end = re.match(r"(end of|end) ?", text)
        moment = "end" if end else "start"
        text = text[end.end() :] if end else text.removeprefix("start of ")
        if not text or text == "start":
            return "", moment
        for id_ in self.deck.model.rounds.minutes:
            if text in (folded(id_), folded(plain(id_))):
                return id_, moment
        phases = self.deck.model.rounds.minutes
        names = listed([plain(id_) for id_ in phases])
        hint = did_you_mean(text, phases) or f"phases: {names}"
        self.wrong(row, "phase", f"there is no phase {quoted(row['phase'])}", hint)
        return "", "start"

    def audience(self, row: SheetRow) -> tuple[str, ...]:
        """The teams of a row, in the deck's order; empty for all of them."""
        if folded(row["audience"]) in EVERYBODY:
            return ()
        known = self.team_names()
        whole = known.get(folded(row["audience"]))
        if whole:
            return (whole,)
        told = set()
        for part in re.split(r"[;,/\n&]|\band\b", row["audience"]):
            if not folded(part):
                continue
            team = known.get(folded(part))
            if team:
                told.add(team)
                continue
            names = [team.name for team in self.deck.model.teams.values()]
            near = did_you_mean(part.strip(), [*names, *self.deck.model.teams])
            hint = near or f"teams: {listed(names)}; or all"
            self.wrong(
                row, "audience", f"there is no team {quoted(part.strip())}", hint
            )
        return tuple(team for team in self.deck.model.teams if team in told)

    def team_names(self) -> dict[str, str]:
        """Each team's id by what it may be called."""
        teams = self.deck.model.teams
        found: dict[str, str] = {}
        for id_, team in teams.items():
            for name in (team.short, team.name):
                if name:
                    found.setdefault(folded(name), id_)
        return found | {folded(id_): id_ for id_ in teams}

    # --- injects that are there

    def known(self, row: SheetRow, live: Live) -> Move | None:
        """Where a row moves an inject that is there; None when it stays."""
        id_, before = row["id"], len(self.trouble.problems)
        self.unchanged(row, cells(self.deck, live, id_))
        number, due = self.round(row), round_of(self.deck, live, id_)
        stays = "round" not in row.cells or number == due
        if stays or len(self.trouble.problems) > before:
            return None
        label = self.deck.model.rounds.label
        if not live:
            hint = "Change it in the deck itself."
            self.wrong(row, "round", f"{quoted(id_)} is in the deck already", hint)
        elif live[id_].state == "fired":
            message = f"{quoted(id_)} has come already, in {label} {due}"
            self.wrong(row, "round", message, "Leave its round as it was.")
        elif not number:
            message = f"{quoted(id_)} is due in {label} {due}, and has no round here"
            self.wrong(row, "round", message, "Hold it or skip it in the game.")
        else:
            return Move("forward", item=id_, value=number)
        return None

    def unchanged(self, row: SheetRow, before: Mapping[str, str]) -> None:
        """Nothing but the round may differ from what is there; a cell may be empty."""
        for key in FIXED:
            if not row[key] or same(row[key], before[key]):
                continue
            if key in ("phase", "audience") and self.means(row, key, before[key]):
                continue
            message = f"{quoted(row['id'])} is there already, and this differs"
            hint = f"Put it back, or empty its {row.heading('id')} to add a new inject."
            self.wrong(row, key, message, hint)

    def means(self, row: SheetRow, key: str, before: str) -> bool:
        """Whether a cell means what it was, in other words."""
        other = SheetRow(row.number, {key: before}, row.headings)
        found = self.phase if key == "phase" else self.audience
        return found(row) == found(other)


def same(cell: str, before: str) -> bool:
    """Whether a text is another one but for spaces, as spreadsheets change them."""
    return cell.split() == before.replace("\x00", "").split()


def plan(deck: Deck, live: Live, data: str | bytes, name: str) -> MselPlan:
    """What a table would do, before the deck's language and the rules are asked.

    Raises CsvError with everything that is wrong.
    """
    trouble = Trouble(name)
    rows = read_sheet(data, with_label(deck), trouble)
    reader = Reader(deck, trouble)
    check_columns(rows, trouble)
    check_twice(rows, reader)
    new: list[tuple[int, NewInject]] = []
    moves: list[Move] = []
    for row in rows:
        if row["id"] in deck.model.injects:
            move = reader.known(row, live)
            moves += [move] if move else []
        else:
            new.append((row.number, reader.new(row)))
    trouble.settle()
    lines = tuple(plan_lines(deck, live, [each for _, each in new], moves, len(rows)))
    return MselPlan(
        name, tuple(each for _, each in new), tuple(n for n, _ in new), tuple(moves),
        lines,
    )  # fmt: skip


def with_label(deck: Deck) -> Columns:
    """The columns, where a round may also be called as the deck calls it."""
    label = deck.model.rounds.label
    return {**COLUMNS, "round": (*COLUMNS["round"], label)}


def check_columns(rows: Sequence[SheetRow], trouble: Trouble) -> None:
    """A table needs titles; without any row there is nothing to say."""
    if not rows:
        trouble.add(0, "", "there are no injects in it", "Row 2 holds the first one.")
        trouble.settle()
    if "title" not in rows[0].headings:
        trouble.add(1, "", "there is no column of titles", "Call one of them Title.")
        trouble.settle()


def check_twice(rows: Sequence[SheetRow], reader: Reader) -> None:
    """No number and no id may stand in two rows."""
    for key in ("number", "id"):
        first: dict[str, int] = {}
        for row in rows:
            value = row[key]
            if value and value in first:
                message = f"{quoted(value)} stands in row {first[value]} already"
                reader.wrong(row, key, message, "Give each inject its own.")
            first.setdefault(value, row.number)


def blame(plan: MselPlan, ids: Sequence[str], problems: Sequence[Problem]) -> None:
    """Raises CsvError with what the deck's language says of a plan's injects."""
    trouble = Trouble(plan.name)
    rows = dict(zip(ids, plan.rows, strict=True))
    for each in problems:
        key = {"moment": "phase"}.get(each.field, each.field)
        column = COLUMNS[key][0] if key in COLUMNS else ""
        place = f"line {each.line}, " if each.line > 1 else ""
        place += f"character {each.column}: " if each.column else ""
        trouble.add(rows.get(each.inject, 0), column, place + each.message, each.hint)
    trouble.settle()


def as_toml(deck: Deck, plan: MselPlan) -> str:
    """The new injects of a plan in the deck's language, checked against the deck.

    Raises CsvError.
    """
    ids = new_ids(deck, plan.new)
    each = zip(ids, plan.new, strict=True)
    text = "\n".join(inject_table(id_, new) for id_, new in each)
    if text:
        blame(plan, ids, weigh_added(deck, text)[1])
    return text


def new_ids(deck: Deck, new: Sequence[NewInject]) -> list[str]:
    """An id for each inject, made from its title, that nothing in the deck has."""
    found: list[str] = []
    taken = known_ids(deck)
    for each in new:
        plain_title = unicodedata.normalize("NFKD", each.title.casefold())
        words = re.findall(r"[a-z0-9]+", re.sub("[\u0300-\u036f]", "", plain_title))
        stem = "_".join(words)[:32].strip("_")
        stem = stem if re.match(r"[a-z]", stem) else f"inject_{stem}".rstrip("_")
        tries = chain([stem], (f"{stem}_{number}" for number in count(2)))
        found.append(next(id_ for id_ in tries if id_ not in taken))
        taken.add(found[-1])
    return found


def plan_lines(
    deck: Deck, live: Live, new: Sequence[NewInject], moves: Sequence[Move], rows: int
) -> Iterator[str]:
    """A plan in words."""
    label = deck.model.rounds.label
    for each in new:
        when = f"{label} {each.round}" if each.round else "by hand"
        when = f"when {each.when}" if each.when and not each.round else when
        yield f"New: {each.title} ({when})"
    for move in moves:
        title = deck.model.injects[move.item].title
        due = round_of(deck, live, move.item)
        before = f" from {label} {due}" if due else ""
        yield f"Moves: {title}{before} to {label} {move.value}"
    same_rows = rows - len(new) - len(moves)
    if same_rows:
        yield f"Unchanged: {same_rows}"
