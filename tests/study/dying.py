"""Jobs for workers that die over them, and jobs that take their time."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from tabletop.engine.gear import GearName


@dataclass(frozen=True)
class Square:
    """Squares a number; its worker dies over it some times before."""

    number: int
    deaths: int = 0
    notes: str = ""
    """A folder in which each death leaves a file."""

    @property
    def weight(self) -> int:
        """One."""
        return 1

    def run(self, _name: GearName) -> int:
        """Squares it, or dies."""
        if self.deaths:
            folder = Path(self.notes)
            before = len(list(folder.glob(f"{self.number}-*")))
            if before < self.deaths:
                (folder / f"{self.number}-{before}").touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return self.number * self.number


@dataclass(frozen=True)
class Slow:
    """Does nothing until a file is there."""

    go: str

    @property
    def weight(self) -> int:
        """One."""
        return 1

    def run(self, _name: GearName) -> int:
        """Waits."""
        while not Path(self.go).exists():
            time.sleep(0.01)
        return 1
