"""What the exit status says. Scripts read it, so its numbers never change meaning."""

OK = 0
PROBLEMS = 1
"""The command did its work, and what it looked at has problems."""
USAGE = 2
"""The command line makes no sense, or a file that it names cannot be read."""
BAD_DECK = 3
OUR_FAULT = 3
"""`check` itself failed: not the author's mistake."""
BAD_SAVE = 4
DIVERGENCE = 5
INTERRUPTED = 130
BROKEN_PIPE = 141
