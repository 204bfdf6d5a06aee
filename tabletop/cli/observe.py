"""`tabletop observe`: an observer's notes on a game that is played elsewhere."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import exits, output, transcript
from tabletop.cli.options import Verbs
from tabletop.errors import MoveError, TabletopError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tabletop.session.observers import Notebook
    from tabletop.session.runview import Result
    from tabletop.session.session import Session
    from tabletop.session.view import LogEntry

HELP = """\
Type a note and press Enter: it is kept, bound to this moment of the game.
  /team ID         notes are about this team; /team alone: about none
  /objective ID    notes are about this objective of the exercise
  /bookmark [TEXT] marks this moment
  /list            what is watched for, and how it was judged
  /met ID [TEXT]   judges it; also /partly ID and /not ID
  ?                this help
  /quit            leaves; so does the end of input"""
JUDGE: "Mapping[str, Result]" = {
    "met": "met", "partly": "partly", "not": "not met",
}  # fmt: skip


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "observe",
        help="take notes on a game that is played elsewhere",
        description="Follows a saved game that is played in another terminal, shows its"
        " log as it grows, and keeps what you type in a file of your own beside the"
        " save, by time and move. The facilitator reads it in the log.",
    )
    parser.add_argument("save", type=Path, metavar="SAVE")
    parser.add_argument("--name", required=True, help="who you are")
    parser.add_argument(
        "--team", default="", metavar="ID",
        help="the team you sit with: notes are about it, and you are shown only what it"
        " may know",
    )  # fmt: skip
    parser.add_argument(
        "--objective", default="", metavar="ID",
        help="the objective of the exercise that notes are about",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Take notes until the input ends."""
    from tabletop.session.observers import Notebook
    from tabletop.session.session import Session

    session = Session.open(arguments.save, read_only=True)
    try:
        desk = Desk(session, arguments.name.strip(), arguments.team)
        desk.about(arguments.team, arguments.objective)
        digest = session.tree.digest(0)
        book = Notebook.open(arguments.save, arguments.name.strip(), digest)
        try:
            desk.sit(book)
        finally:
            book.close()
    finally:
        session.close()
    output.say(f"Your notes are in {book.path}")
    return exits.OK


class Desk:
    """Where an observer sits: what they look at, and what their notes are about."""

    def __init__(self, session: "Session", name: str, seat: str) -> None:
        """`seat` is the team whose eyes to look through; control's when empty."""
        self.session = session
        self.name = name
        self.seat = seat or "control"
        self.team = self.objective = ""
        self._shown: set[tuple[int, str]] = set()
        self._lost = ""

    def about(self, team: str, objective: str) -> None:
        """What notes are about from here on. Raises UsageError."""
        try:
            self.session.about(self.name, [team] if team else [], objective)
        except MoveError as error:
            raise UsageError(str(error), error.hint) from None
        self.team, self.objective = team, objective

    def sit(self, book: "Notebook") -> None:
        """Show what happens, keep what is typed."""
        for warning in self.session.warnings:
            output.warn(f"warning: {warning}")
        output.say("Type a note, or ? for help.")
        while True:
            line = output.ask_live(self._prompt(), self.news)
            if line is None or line == "/quit":
                return
            try:
                self._heed(line, book)
            except TabletopError as error:
                output.say(f"{error}. {error.hint}")

    def _prompt(self) -> str:
        tags = "".join(f" {tag}" for tag in (self.team, self.objective) if tag)
        return f"{self.name}{tags}> "

    def news(self) -> list[str]:
        """The lines of the log that were not shown yet; never raises."""
        try:
            self.session.follow()
            self.session.hear()
        except TabletopError as error:
            said, self._lost = self._lost, f"The game can't be followed: {error}"
            return [] if said == self._lost else [self._lost]
        fresh = [e for e in self.session.view(self.seat).log if self._is_new(e)]
        return [line for entry in fresh for line in transcript.entry_lines(entry)]

    def _is_new(self, entry: "LogEntry") -> bool:
        """Whether somebody else has written it, and it was not shown yet."""
        key = entry.number, entry.kind
        new = key not in self._shown and (
            entry.number >= 0 or entry.author != self.name
        )
        self._shown.add(key)
        return new

    # --- what is typed

    def _heed(self, line: str, book: "Notebook") -> None:
        if line == "?":
            output.say(HELP)
        elif not line.startswith("/"):
            self._write(book, "note", line) if line else None
        else:
            word, _, rest = line[1:].partition(" ")
            self._obey(word, rest.strip(), book)

    def _obey(self, word: str, rest: str, book: "Notebook") -> None:
        commands: dict[str, Callable[[], None]] = {
            "team": lambda: self.about(rest, self.objective),
            "objective": lambda: self.about(self.team, rest),
            "bookmark": lambda: self._write(book, "bookmark", rest),
            "list": self._list,
        }
        if word in JUDGE:
            self._judge(book, JUDGE[word], rest)
        elif word in commands:
            commands[word]()
        else:
            raise UsageError(f"there is no command /{word}", "? lists them.")

    def _judge(self, book: "Notebook", result: "Result", rest: str) -> None:
        from tabletop.session.marking import require_known

        checkpoint, _, text = rest.partition(" ")
        known = self.session.deck.model.checkpoints
        require_known(checkpoint, known, "checkpoint")
        self._write(book, "checkpoint", text.strip(), checkpoint, result)

    def _list(self) -> None:
        points = self.session.checkpoints()
        if not points:
            output.say("This deck has no checkpoints.")
        for point in points:
            judged = f" [{point.result}]" if point.result else ""
            team = f" ({point.team})" if point.team else ""
            output.say(f"  {point.id}{judged}: {point.text}{team}")

    def _write(
        self, book: "Notebook", kind: str, text: str, checkpoint: str = "",
        result: str = "",
    ) -> None:  # fmt: skip
        from tabletop.session.core import MAX_NOTE
        from tabletop.session.observers import Observation

        if len(text) > MAX_NOTE:
            found = f"the text has {len(text)} characters"
            raise UsageError(found, f"At most {MAX_NOTE} fit.")
        move = self.session.head
        book.write(Observation(
            at=self.session.clock(), move=move, kind=kind, text=text,
            teams=[self.team] if self.team else [], objective=self.objective,
            checkpoint=checkpoint, result=result,
        ))  # fmt: skip
        self.session.hear()
        output.say(f"Kept, after move {move}.")
