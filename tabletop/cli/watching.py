"""Checks decks again whenever one of their files changes, and tells what that changed.

Files are looked at, not waited for: that works on every system and network drive.
"""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import failures, output
from tabletop.cli.check_tests import SUFFIX
from tabletop.errors import TabletopError

if TYPE_CHECKING:
    from tabletop.cli.check import Asked
    from tabletop.deck.diagnostics import Diagnostic
    from tabletop.deck.result import CheckResult

PAUSE = 0.2
"""Seconds between two looks at the files."""
SETTLING = 0.1
"""Seconds for which nothing may change before a file is taken to be written whole."""
PATIENCE = 5
"""Looks for which a file may go on changing before it is read nevertheless."""
MOST_FILES = 1_000
"""Files of one deck that are looked at."""
MOST_SHOWN = 20
"""New problems that are shown after a change; the others are counted."""

Seen = Mapping[Path, tuple[int, int] | None]
"""By file, when it was last written and how large it is; None when it is not there."""


def watch(asked: "Asked") -> None:
    """Check decks for as long as somebody watches; ends by KeyboardInterrupt only."""
    last = _Last(asked)
    seen = look_at(asked)
    while True:
        last.check()
        changed: list[Path] = []
        while not changed:
            time.sleep(PAUSE)
            now = _settled(asked)
            changed = sorted(
                path for path in {*seen, *now} if seen.get(path) != now.get(path)
            )
            seen = now
        last.tell_changed(changed)


def look_at(asked: "Asked") -> Seen:
    """The files that matter, as they are now."""
    files = [file for path in asked.paths for file in _files(path)]
    if asked.arguments.baseline is not None:
        files.append(asked.arguments.baseline)
    return {file: _state(file) for file in files}


def _settled(asked: "Asked") -> Seen:
    """The files once nobody is writing them."""
    seen = look_at(asked)
    for _ in range(PATIENCE):
        time.sleep(SETTLING)
        now = look_at(asked)
        if now == seen:
            break
        seen = now
    return seen


def _files(deck: Path) -> Iterator[Path]:
    """The files of a deck and of its tests, those included."""
    if not deck.is_dir():
        from tabletop.deck.mains import files_of

        yield from files_of(deck)
        yield deck.with_name(f"{deck.stem}{SUFFIX}")
        return
    yield deck / "deck.toml"
    try:
        found = (path for path in deck.rglob("*.toml") if not _hidden(path, deck))
        for path, _ in zip(found, range(MOST_FILES), strict=False):
            yield path
    except OSError:
        return


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _state(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


class _Last:
    """What was found when the decks were last checked."""

    def __init__(self, asked: "Asked") -> None:
        self._asked = asked
        self._found: dict[Path, dict[str, Diagnostic]] = {}

    def tell_changed(self, changed: list[Path]) -> None:
        """Say which files have changed."""
        if self._asked.arguments.format != "json":
            names = ", ".join(str(path) for path in changed[:3])
            more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
            output.say(f"\n--- {time.strftime('%H:%M:%S')} {names}{more} changed")

    def check(self) -> None:
        """Check every deck and tell what is new and what is gone."""
        for path in self._asked.paths:
            try:
                result = self._asked.look(path)
            except TabletopError as error:  # a baseline that is being written
                failures.tell(error)
                continue
            if result is not None:
                self._tell(path, result)
        output.flush()

    def _tell(self, path: Path, result: "CheckResult") -> None:
        found = {each.key or each.message: each for each in result.diagnostics}
        before = self._found.get(path)
        self._found[path] = found
        if before is None or self._asked.arguments.format == "json":
            self._asked.show([result])
            return
        new = [each for key, each in found.items() if key not in before]
        gone = [each for key, each in before.items() if key not in found]
        if new or gone:
            output.say_styled("".join(f"{line}\n" for line in self._news(new, gone)))
        output.say(f"{_summary(result)} ({len(new)} new, {len(gone)} gone)")

    def _news(self, new: "list[Diagnostic]", gone: "list[Diagnostic]") -> Iterator[str]:
        from tabletop.deck.render import block, one_line

        most = self._asked.arguments.most or MOST_SHOWN
        for each in new[:most]:
            if self._asked.arguments.format == "full":
                yield from block(
                    each, color=self._asked.color, columns=output.columns()
                )
                yield ""
            else:
                yield f"new: {one_line(each)}"
        if len(new) > most:
            yield f"and {len(new) - most} more that are new"
        for each in gone[:most]:
            yield f"gone: {one_line(each)}"
        if len(gone) > most:
            yield f"and {len(gone) - most} more that are gone"


def _summary(result: "CheckResult") -> str:
    from tabletop.deck.render import summary

    return summary(result)
