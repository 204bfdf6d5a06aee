"""What observers have written beside the save, taken into the game's own log."""

from functools import cached_property
from pathlib import Path

from tabletop.session.clock import seconds
from tabletop.session.marking import Marking, result_of
from tabletop.session.observers import Observation, Shelf
from tabletop.session.runview import Bookmark, Result
from tabletop.session.tree import Note
from tabletop.session.view import CONTROL


class Observing(Marking):
    """Only control reads it. Nothing of it is written to the save."""

    _judged_since = 0
    _heard = 0

    @cached_property
    def _shelf(self) -> Shelf | None:
        if self._journal is None:
            return None
        return Shelf(self._journal.path, self._journal.header.start_digest)

    def hear_beside(self, save: Path) -> None:
        """Takes in what observers wrote beside a save of which this is a copy."""
        if self._journal is not None:
            self._shelf = Shelf(save, self._journal.header.start_digest)
            self._hear_first()

    def hear(self) -> bool:
        """Takes in what observers have written since: whether there was anything."""
        before = self._heard
        for author, observation in self._shelf.news() if self._shelf else ():
            self._heard += 1
            self._take_in(author, observation)
        return self._heard > before

    def _hear_first(self) -> None:
        """Takes in what is there as the save is opened, and says what can't be read."""
        self.hear()
        for problems in self._shelf.problems.values() if self._shelf else ():
            self._warnings += problems

    def _begin_judging(self, when: int) -> None:
        """What was judged before StartEx is off the record."""
        self._results.clear()
        self._judged_since = when

    def _take_in(self, author: str, seen: Observation) -> None:
        place = seen.move if seen.move in self.tree.nodes else self.tree.head
        text, title, number = seen.text, f"{author} notes", -self._heard
        if seen.kind == "bookmark":
            title = "Bookmark"
            mark = Bookmark(number, place, f"{text} ({author})".strip(), seen.at)
            self._bookmarks.append(mark)
        elif seen.kind == "checkpoint":
            result = result_of(seen.result)
            title = self.judged(seen.checkpoint, result)
            self._judge_too(author, seen, result)
        deck = self.deck.model
        known = seen.objective in deck.exercise.objectives
        self.tree.notes.append(Note(
            number, place, CONTROL, seen.at, text, seen.kind, title, author,
            tuple(team for team in seen.teams if team in deck.teams),
            seen.objective if known else "",
        ))  # fmt: skip

    def _judge_too(self, author: str, seen: Observation, result: Result) -> None:
        """Of several judgements the last one holds, whoever made it."""
        when = seconds(seen.at) or 0
        last = self._results.get(seen.checkpoint, (self._judged_since, "", ""))[0]
        if when >= last:
            note = f"{author}: {seen.text}" if seen.text else author
            self._results[seen.checkpoint] = (when, result, note)
