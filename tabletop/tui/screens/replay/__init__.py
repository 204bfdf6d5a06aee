"""The replay: a save to step through, to compare, to try again and to learn from."""
