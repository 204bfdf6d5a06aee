"""Getting about in a replay: steps, rounds, jumps, words to find, going by itself."""

from typing import Literal

from textual import getters, on, work
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Input

from tabletop.tui.screens.replay.drawing import SPEEDS, ReplayDrawing
from tabletop.tui.screens.replay.jump import Jump, JumpScreen
from tabletop.tui.widgets.replay.around import AroundPane

STEP = 1.0
"""Seconds for a move when it goes on by itself."""
FACTORS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""What each of `SPEEDS` means."""


class ReplayMoving(ReplayDrawing):
    """The keys that lead to other moments of the line."""

    words = getters.query_one("#replay-words", Input)
    _again: Jump | Literal["words"] | None = None
    """What `n` leads to the next of."""
    _ticking: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """As ever, and a line for words to look for."""
        yield from super().compose_body()
        yield Input(
            placeholder="words to look for: a team, a card, 'ruling' ...",
            id="replay-words", compact=True, select_on_focus=False,
        )  # fmt: skip

    def on_mount(self) -> None:
        """The line for words comes when it is wanted."""
        self.words.display = False

    @property
    def typing(self) -> bool:
        """Whether words are being typed."""
        return isinstance(self.focused, Input)

    # Steps.

    def can_step(self, key: str) -> bool:
        """While words are typed the arrows are theirs."""
        return not self.typing

    def action_step(self, key: str) -> None:
        """A move back or on."""
        self.stop()
        self.go(self.place + (1 if key == "right" else -1))

    @on(AroundPane.Stepped)
    def _step_along(self, stepped: AroundPane.Stepped) -> None:
        self.stop()
        self.go(self.place + stepped.moves)

    def action_round(self, key: str) -> None:
        """To where the round before or after begins."""
        self.stop()
        step = 1 if key == "shift+right" else -1
        found = self.replay.seek(self.moments, self.place, "round", step)
        end = len(self.moments) - 1 if step > 0 else 0
        self.go(end if found is None else found)

    def can_end(self, key: str) -> bool:
        """While words are typed the keys are theirs."""
        return not self.typing

    def action_end(self, key: str) -> None:
        """To the start or the end of the line."""
        self.stop()
        self.go(0 if key == "home" else len(self.moments) - 1)

    # Jumps.

    @work(exclusive=True, group="dialog")
    async def action_jump(self) -> None:
        """Ask what to go to the next of."""
        self.stop()
        self.replay.marked = frozenset(self.notes)
        screen = JumpScreen(self.replay, self.moments, self.place, self.last_view)
        jump = await self.app.push_screen_wait(screen)
        if jump is not None:
            self._again = jump
            self._jump(jump, jump.step)

    def _jump(self, jump: Jump, step: int) -> None:
        self.replay.marked = frozenset(self.notes)
        found = self.replay.seek(self.moments, self.place, jump.what, step)
        if found is None:
            side = "after" if step > 0 else "before"
            self.tell(f"No {jump.name} {side} this moment.")
        else:
            self.go(found)

    def can_again(self, step: int) -> bool:
        """Something was jumped to, or looked for."""
        return self._again is not None and not self.typing

    def action_again(self, step: int) -> None:
        """To the next, or the one before, of what was last gone to."""
        self.stop()
        if self._again == "words":
            self._go_to_hit(step)
        elif self._again is not None:
            self._jump(self._again, step * self._again.step)

    def tell(self, words: str) -> None:
        """Say something that passes."""
        self.notify(words, timeout=3, markup=False)

    # Words.

    def action_find(self) -> None:
        """Take words to look for."""
        self.stop()
        self.words.display = True
        self.words.focus()
        self._count_hits()

    @on(Input.Changed, "#replay-words")
    def _find(self, changed: Input.Changed) -> None:
        self.hits = self.replay.search(self.moments, changed.value)
        self._again = "words" if self.hits else None
        self._count_hits()
        self.draw()

    @on(Input.Submitted, "#replay-words")
    def _found(self) -> None:
        """To the first hit from here; the words stay while there are hits."""
        self.table.open(len(self.table.panes))
        if self.hits:
            self._go_to_hit(1, here=True)
        else:
            self.words.display = False

    def _go_to_hit(self, step: int, *, here: bool = False) -> None:
        side = [
            place
            for place in self.hits
            if (place - self.place) * step > 0 or (here and place == self.place)
        ]
        if side:
            self.go(min(side) if step > 0 else max(side))
        elif self.hits:
            self.go(self.hits[0] if step > 0 else self.hits[-1])
            self.tell("From the other end.")
        self._count_hits()

    def _count_hits(self) -> None:
        """How many moments hold the words, and which of them this is."""
        many = len(self.hits)
        words = self.words.value.strip()
        if not many:
            said = "nothing holds these words"
        elif self.place in self.hits:
            said = f"found {self.hits.index(self.place) + 1} of {many}"
        else:
            said = f"found {many}"
        self.query_one(AroundPane).legend(said if words else "")

    def draw_place(self) -> None:
        """Tell which of the hits this is, too."""
        super().draw_place()
        self._count_hits()

    def line_shown(self) -> None:
        """Other moments hold the words on another line."""
        super().line_shown()
        value = self.words.value
        self.hits = self.replay.search(self.moments, value) if value.strip() else ()

    def can_leave_words(self) -> bool:
        """There are words, or the line for them is open."""
        return self.typing or bool(self.words.value)

    def action_leave_words(self) -> None:
        """Forget the words."""
        self.words.value = ""
        self.words.display = False
        self.hits = ()
        self.table.open(len(self.table.panes))
        self.draw()

    # By itself.

    def action_play(self) -> None:
        """Let it go on by itself, or stop it; from the end, from the start again."""
        if self.running:
            self.stop()
            return
        if self.place == len(self.moments) - 1:
            self.go(0)
        self.running = True
        self._set_pace()
        self.show_head()

    def stop(self) -> None:
        """Stay at this moment."""
        if self._ticking is not None:
            self._ticking.stop()
            self._ticking = None
        if self.running:
            self.running = False
            self.show_head()

    def _set_pace(self) -> None:
        if self._ticking is not None:
            self._ticking.stop()
        self._ticking = self.set_interval(STEP / FACTORS[self.speed], self._go_on)

    def _go_on(self) -> None:
        if self.app.screen is not self:
            return
        self.go(self.place + 1)
        if self.place == len(self.moments) - 1:
            self.stop()

    def action_pace(self, key: str) -> None:
        """Faster or slower."""
        step = 1 if key == "greater_than_sign" else -1
        self.speed = max(0, min(len(SPEEDS) - 1, self.speed + step))
        if self.running:
            self._set_pace()
        self.show_head()
