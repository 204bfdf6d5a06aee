"""A real browser for tests: Debian's chromium or its like, without a window."""

import json
import os
import re
import shutil
import struct
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "no chromium, chromium-browser or google-chrome is installed here; on Debian:"
    " apt-get install --no-install-recommends chromium"
)
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
    "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-default-apps", "--disable-extensions",
    "--disable-domain-reliability", "--metrics-recording-only", "--no-pings",
    "--force-device-scale-factor=1", "--force-color-profile=srgb",
    "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
SECONDS = 90
OWN = "not an origin"


def found() -> str | None:
    """Where a browser is, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass(frozen=True)
class Browser:
    """One that opens files and says what it did."""

    program: str
    folder: Path

    def open(self, page: Path, *flags: str) -> list[str]:
        """Opens a file: every address that was asked for meanwhile."""
        log = self.folder / "net.json"
        log.unlink(missing_ok=True)
        command = [
            self.program, *QUIET, f"--user-data-dir={self.folder / 'profile'}",
            f"--log-net-log={log}", *flags, page.resolve().as_uri(),
        ]  # fmt: skip
        environment = {**os.environ, "HOME": str(self.folder)}
        subprocess.run(
            command, check=True, timeout=SECONDS, capture_output=True, env=environment
        )
        return addresses(log)

    def picture(self, page: Path, wide: int, high: int) -> tuple["Picture", list[str]]:
        """What is seen of a file in a window, and the addresses it asked for."""
        to = self.folder / "seen.png"
        asked = self.open(page, f"--window-size={wide},{high}", f"--screenshot={to}")
        return Picture.read(to), asked

    def printed(self, page: Path) -> bytes:
        """A file as it is printed: PDF."""
        to = self.folder / "printed.pdf"
        self.open(page, "--no-pdf-header-footer", f"--print-to-pdf={to}")
        return to.read_bytes()


def addresses(log: Path) -> list[str]:
    """Every address that a page asked for, from a log of the browser's network.

    What the browser asks for by itself, such as the time, has no page as its origin.
    Files are read without the network, and are not in the log.
    """
    text = log.read_text(encoding="utf-8", errors="replace")
    params = [event.get("params", {}) for event in json.loads(text)["events"]]
    return [
        each["url"]
        for each in params
        if isinstance(each.get("url"), str)
        and each.get("initiator", OWN) != OWN
        and not each["url"].startswith(("file:", "data:"))
    ]


@dataclass(frozen=True)
class Picture:
    """A picture as rows of bytes, three for each point."""

    wide: int
    high: int
    rows: tuple[bytes, ...]

    @classmethod
    def read(cls, path: Path) -> "Picture":
        """A PNG of 8 bits without interlacing, as browsers write them.

        See the PNG specification (third edition), 9: Filtering.
        """
        raw = path.read_bytes()
        assert raw[:8] == b"\x89PNG\r\n\x1a\n"
        at, data, head = 8, b"", b""
        while at < len(raw):
            size = struct.unpack(">I", raw[at : at + 4])[0]
            kind, body = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + size]
            head = body if kind == b"IHDR" else head
            data += body if kind == b"IDAT" else b""
            at += size + 12
        wide, high, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", head)
        assert (depth, interlaced) == (8, 0)
        step = {2: 3, 6: 4}[color]
        rows = unfiltered(zlib.decompress(data), wide * step, high, step)
        if step == 4:
            rows = [bytes(b for i, b in enumerate(r) if i % 4 != 3) for r in rows]
        return cls(wide, high, tuple(rows))

    def longest(self, color: str) -> int:
        """The longest run of points of a colour in any row."""
        point = bytes.fromhex(color.removeprefix("#"))
        runs = re.compile(b"(?:" + re.escape(point) + b")+")
        found = 0
        for row in self.rows:
            if row.count(point) > found:
                found = max([found, *self._runs(runs, row)])
        return found

    def _runs(self, runs: re.Pattern[bytes], row: bytes) -> list[int]:
        return [
            len(match[0]) // 3 for match in runs.finditer(row) if match.start() % 3 == 0
        ]

    def columns(self, first: int, last: int) -> set[str]:
        """Every colour between two columns, over the whole height."""
        parts = {row[first * 3 : last * 3] for row in self.rows}
        return {part[i : i + 3].hex() for part in parts for i in range(0, len(part), 3)}


def unfiltered(data: bytes, width: int, high: int, step: int) -> list[bytes]:
    """The rows of a PNG, each filter taken back."""
    rows: list[bytes] = []
    above = bytearray(width)
    for number in range(high):
        start = number * (width + 1)
        row = bytearray(data[start + 1 : start + 1 + width])
        UNDO[data[start]](row, above, step)
        rows.append(bytes(row))
        above = row
    return rows


def _none(row: bytearray, above: bytearray, step: int) -> None:
    return


def _sub(row: bytearray, above: bytearray, step: int) -> None:
    for i in range(step, len(row)):
        row[i] = (row[i] + row[i - step]) & 255


def _up(row: bytearray, above: bytearray, step: int) -> None:
    if any(above):
        row[:] = bytes((a + b) & 255 for a, b in zip(row, above, strict=True))


def _average(row: bytearray, above: bytearray, step: int) -> None:
    for i in range(len(row)):
        left = row[i - step] if i >= step else 0
        row[i] = (row[i] + (left + above[i]) // 2) & 255


def _paeth(row: bytearray, above: bytearray, step: int) -> None:
    for i in range(len(row)):
        a = row[i - step] if i >= step else 0
        c = above[i - step] if i >= step else 0
        b = above[i]
        p = a + b - c
        pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
        row[i] = (row[i] + (a if pa <= pb and pa <= pc else b if pb <= pc else c)) & 255


UNDO = (_none, _sub, _up, _average, _paeth)
