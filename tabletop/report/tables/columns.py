"""The columns of each exported table, and what they mean. Their names stay as they are.

`saves/README.md` shows them, and a test compares the two.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

Cell: TypeAlias = "str | int | None"
"""None where there is nothing to count."""
Row: TypeAlias = "dict[str, Cell]"
Columns: TypeAlias = "Mapping[str, str]"
Table = Literal["moves", "changes", "tracks", "notes"]

TIME: Columns = {
    "save": "the save's file name",
    "line": "the line of play on which the move was made",
    "status": "`played`, `undone`, `practice` or `what-if`",
    "move": "the move's number in the save; 0 is the start",
    "parent": "the number of the move before it; empty for the start",
    "round": "the round in which it was made, from 1",
    "phase": "the phase in which it was made: its id",
    "at": "when: ISO 8601, UTC; may be empty",
    "seconds": "seconds since StartEx, else since the first move; before it negative",
    "took": "seconds since the move before it on its line",
    "seat": "who made it: a team's id or `control`",
}
"""What each row of each table begins with."""
CAUSE: Columns = {
    "cause_kind": "`card`, `inject`, `rule`, `ruling`, `option` or empty",
    "cause": "its id in the deck; empty for a ruling",
    "cause_title": "its title",
}
MOVES: Columns = {
    **TIME,
    "kind": "as in the save's `move`; `start` for the start, `hidden` for what the"
    " seat may not know",
    "team": "the team that acts or is acted on",
    "item": "card, option, inject or target: its id",
    "value": "the number of a move that has one",
    "title": "the move in words",
    "note": "the intent, or the reason of a ruling",
    **CAUSE,
    "ending": "the id of the ending, where the game ended",
    "digest": "digest of the state after it; for control alone",
}
CHANGES: Columns = {
    **TIME,
    "kind": "`track`, `flag`, `points`, `draw`, `play`, `roll`, `inject` ...",
    "subject": "what changed: the id of a track, flag, card, team ...",
    "team": "the team that it happened to or that did it",
    "text": "the change in words",
    "before": "the number before; for a roll its modifier",
    "after": "the number after; for a roll its total; flags are 0 or 1",
    "band_before": "the name of a track's band before",
    "band": "the name of a track's band after",
    **CAUSE,
}
TRACKS: Columns = {
    **TIME,
    "kind": "`track`, `flag` or `points`",
    "track": "its id; `TEAM.points` for points",
    "label": "what people call it",
    "value": "the number after the move; flags are 0 or 1",
    "change": "by how much the move changed it",
    "band": "the name of the band that the value is in",
    **CAUSE,
}
WIDE: Columns = TIME
"""Behind these, the wide table of tracks has a column for each, named by its id."""
NOTES: Columns = {
    **TIME,
    "number": "its line in the save; negative for an observer's, empty for a mark",
    "kind": "`note`, `bookmark`, `checkpoint`, `exercise`, `undo`, `branch` or `mark`",
    "author": "who wrote it, if that is not the seat",
    "teams": "the teams that it is about: ids, with spaces between",
    "objective": "the exercise objective that it is about: its id",
    "title": "what the log calls it",
    "text": "what was written",
}
TABLES: Mapping[Table, Columns] = {
    "moves": MOVES,
    "changes": CHANGES,
    "tracks": TRACKS,
    "notes": NOTES,
}
"""In the order in which they are written."""
