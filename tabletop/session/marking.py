"""What people write down beside the moves: notes, bookmarks, checkpoints judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import get_args

from tabletop.errors import MoveError
from tabletop.session.clock import seconds
from tabletop.session.core import SessionCore
from tabletop.session.journal import Line
from tabletop.session.runview import Bookmark, CheckpointView, Result
from tabletop.session.strict_json import Json
from tabletop.session.tree import Note
from tabletop.session.view import CONTROL, SeatId

MAX_NAME = 60
"""Characters in the name of whoever writes a note."""
RESULTS: tuple[Result, ...] = get_args(Result)


class Marking(SessionCore):
    """Nothing of it is played, and undo takes none of it back."""

    @cached_property
    def _results(self) -> dict[str, tuple[int, Result, str]]:
        """When and how each checkpoint was judged last."""
        return {}

    @cached_property
    def _bookmarks(self) -> list[Bookmark]:
        return []

    def checkpoints(self) -> tuple[CheckpointView, ...]:
        """What the deck's author wants to be watched for, and how it was judged."""
        found = []
        for key, point in self.deck.model.checkpoints.items():
            _, result, note = self._results.get(key, (0, "", ""))
            found.append(CheckpointView(
                key, point.text, point.objective or "", point.team or "",
                point.inject or "", result, note,
            ))  # fmt: skip
        return tuple(found)

    def note(
        self, seat: SeatId, text: str, *, author: str = "",
        teams: Sequence[SeatId] = (), objective: str = "",
    ) -> None:  # fmt: skip
        """Writes a note beside the moves, for the seat itself and control.

        Raises MoveError for an empty note, and for one about a team or an objective
        that there is not.
        """
        self._require_seat(seat)
        if not text.strip():
            raise MoveError("the note is empty", "Write something, or leave it.")
        self._check_note(text)
        data = self.about(author, teams, objective)
        self._record("note", seat, self.tree.head, note=text.strip(), data=data)

    def about(
        self, author: str, teams: Sequence[SeatId], objective: str
    ) -> dict[str, Json]:
        """Whose note it is and what about, as a save holds it. Raises MoveError."""
        if len(author) > MAX_NAME:
            raise MoveError("the name is too long", f"At most {MAX_NAME} letters fit.")
        for team in teams:
            require_known(team, self.deck.model.teams, "team")
        if objective:
            known = self.deck.model.exercise.objectives
            require_known(objective, known, "objective")
        data: dict[str, Json] = {
            "author": author.strip(), "teams": list(teams), "objective": objective,
        }  # fmt: skip
        return {key: value for key, value in data.items() if value}

    def bookmark(self, text: str = "") -> None:
        """Marks this moment, to be found again. Raises MoveError for a long text."""
        self._check_note(text)
        data: dict[str, Json] = {"mark": "bookmark"}
        self._record("mark", CONTROL, self.tree.head, note=text.strip(), data=data)

    def judge(self, checkpoint: str, result: Result, note: str = "") -> None:
        """Writes down how a checkpoint of the deck was met. Raises MoveError."""
        require_known(checkpoint, self.deck.model.checkpoints, "checkpoint")
        if result not in RESULTS:
            known = ", ".join(filter(None, RESULTS))
            raise MoveError(f"'{result}' is no result", f"Known: {known}, or none.")
        self._check_note(note)
        data: dict[str, Json] = {
            "mark": "checkpoint", "checkpoint": checkpoint, "result": result,
        }  # fmt: skip
        self._record("mark", CONTROL, self.tree.head, note=note.strip(), data=data)

    # --- replay

    def _replay_note(self, line: Line) -> None:
        self._log_beside(line, "note", "")

    def _replay_mark(self, line: Line) -> None:
        if line.data.get("mark") == "bookmark":
            mark = Bookmark(line.number, line.parent, line.note, line.at)
            self._bookmarks.append(mark)
            self._log_beside(line, "bookmark", "Bookmark")
        elif line.data.get("mark") == "checkpoint":
            key = str(line.data.get("checkpoint"))
            result = result_of(line.data.get("result"))
            self._results[key] = (seconds(line.at) or 0, result, line.note)
            self._log_beside(line, "checkpoint", self.judged(key, result))

    def judged(self, checkpoint: str, result: Result) -> str:
        """What the log calls a checkpoint's result."""
        point = self.deck.model.checkpoints.get(checkpoint)
        text = point.text if point else checkpoint
        return f"{(result or 'judged no more').capitalize()}: {text}"

    def _log_beside(
        self, line: Line, kind: str, title: str, *, public: bool = False
    ) -> None:
        """Adds a line to the log that is no move."""
        note = Note(
            line.number, line.parent, line.by, line.at, line.note, kind, title,
            public=public,
        )  # fmt: skip
        self.tree.notes.append(tagged(note, line.data))


def tagged(note: Note, data: Mapping[str, Json]) -> Note:
    """A note with its author, and what it is about, from the data of its line."""
    teams = data.get("teams")
    names = teams if isinstance(teams, list) else ()
    return replace(
        note,
        author=_text(data.get("author")),
        teams=tuple(each for each in names if isinstance(each, str)),
        objective=_text(data.get("objective")),
    )


def result_of(value: Json) -> Result:
    """A checkpoint's result as it was written; none for what is none."""
    return next((each for each in RESULTS if each == value), "")


def require_known(word: str, known: Iterable[str], said: str) -> None:
    """Raises MoveError for an id that is not among those known."""
    names = list(known)
    if word not in names:
        hint = f"Known: {', '.join(names)}." if names else f"This deck has no {said}."
        raise MoveError(f"there is no {said} called '{word}'", hint)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
