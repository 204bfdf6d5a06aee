"""A live game: seats, moves, views, the journal, undo and replay."""
