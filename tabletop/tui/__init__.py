"""The Textual app: screens, widgets and styles. It decides no rule."""

import os

# Textual paints at the next of its frames. With its 60 a second a key waits up to 16 ms
# for each of the two that a cursor's move takes; nothing is painted without a change.
os.environ.setdefault("TEXTUAL_FPS", "240")
