"""How fast the machine is, as ratios measured within one run.

    .venv/bin/python tests/benchmark.py            # everything, about two minutes
    .venv/bin/python tests/benchmark.py machine    # one part

Machines differ and are noisy: each ratio compares things that were measured in turn, in
the same process, and is the median of several rounds. Nothing here passes or fails.
"""

import argparse
import fcntl
import importlib
import os
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path

from tabletop.bots.bulk import play_games, play_one
from tabletop.deck.deck import Deck
from tabletop.deck.loader import load, load_text
from tabletop.engine import layout as at
from tabletop.engine import machine as rules
from tabletop.engine.census import Census
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import GearName, gear
from tabletop.engine.ledger import countable
from tabletop.engine.program import seed_key
from tabletop.engine.search import PATIENCE
from tabletop.session.tree import Tree
from tabletop.study.forecast import forecast
from tabletop.study.turning import analyse

ROUNDS = 5
LONG = 300
"""Moves of the game that is reported on."""
DECKS = Path(__file__).parents[1] / "decks"
TEAMS = ("north", "east", "south", "west")


def made_deck(cards: int, tracks: int = 48) -> str:
    """A deck with simple conditions and two effects a card, for four teams."""
    lines = [
        'format = 1\nid = "made"\ntitle = "Made"',
        '[rounds]\ncount = 10\nending = "over"\nminutes = { play = 20 }',
        '[endings.over]\ntitle = "Over"',
        '[endings.won]\ntitle = "Won"\nwhen = "t0 >= 95 and t1 >= 95"',
    ]
    for team in TEAMS:
        lines.append(f'[teams.{team}]\nname = "{team}"\npoints = 5\nhand = 5')
        lines.append(f'[[teams.{team}.objectives]]\ntext = "More"\nscore = "t2"')
    lines += [f'[tracks.t{i}]\nlabel = "Track {i}"\nstart = 50' for i in range(tracks)]
    for i in range(cards):
        read, up, down = i % tracks, (i * 7 + 1) % tracks, (i * 11 + 3) % tracks
        lines.append(
            f'[cards.c{i}]\nteam = "{TEAMS[i % 4]}"\ntitle = "Card {i}"\n'
            f'cost = {i % 3 + 1}\nrequires = "t{read} >= {20 + i % 30}"\n'
            f'effects = ["t{up} += {i % 5 + 2}", "t{down} -= {i % 4 + 2}"]'
        )
    return "\n".join(lines)


def read(text: str) -> Deck:
    """A deck from its text."""
    return load_text({"made.toml": text}, "made.toml")


def rate(deck: Deck, name: str, games: int) -> float:
    """Moves a second of random games in one gear."""
    program = compile_deck(deck)
    machine = gear(name)  # type: ignore[arg-type]
    key = seed_key(1)
    started = time.perf_counter()
    tally, _ = machine.tally(program, key, 0, games, [0] * len(program.teams))
    return tally.moves / (time.perf_counter() - started)


def machine() -> None:
    """Both gears, and what more cards cost."""
    small, large = read(made_deck(48)), read(made_deck(300))
    rate(small, "high", 10)
    rows = []
    for _ in range(ROUNDS):
        low = rate(small, "low", 150)
        high = rate(small, "high", 20_000)
        many = rate(large, "high", 20_000)
        rows.append((low, high, many))
    low, high, many = (statistics.median(column) for column in zip(*rows, strict=True))
    faster = statistics.median(high / low for low, high, _ in rows)
    cost = statistics.median(1 - many / high for _, high, many in rows)
    show("low gear, 48 cards", f"{low:,.0f} moves a second")
    show("high gear, 48 cards", f"{high:,.0f} moves a second")
    show("high gear, 300 cards", f"{many:,.0f} moves a second")
    show("high gear to low gear", f"{faster:.0f} times as fast")
    show("cost of 300 cards", f"{cost:.0%} of the speed with 48")


def bulk() -> None:
    """The shipped decks beside the simple one; a million games, and their memory."""
    decks = {
        "tutorial": (load(DECKS / "tutorial.toml"), 40_000),
        "bright-days": (load(DECKS / "bright-days"), 10_000),
        "simple": (read(made_deck(48)), 20_000),
    }
    for deck, _ in decks.values():
        rate(deck, "high", 10)
    rounds = [
        {name: rate(deck, "high", games) for name, (deck, games) in decks.items()}
        for _ in range(ROUNDS)
    ]
    for name in decks:
        speed = statistics.median(row[name] for row in rounds)
        share = statistics.median(row[name] / row["simple"] for row in rounds)
        show(f"{name}, one core", f"{speed:,.0f} moves a second ({share:.0%})")
    memory: list[int] = []

    def note(line: str) -> None:
        memory.append(resident())

    million = decks["tutorial"][0]
    summary = play_games(
        million, games=1_000_000, seed=1, policies={}, gear="high", workers=2,
        progress=note,
    )  # fmt: skip
    show("1,000,000 games of the tutorial", f"{summary.seconds:.1f} s, two workers")
    show("memory after a tenth, at the end", shown(memory))


def counting() -> None:
    """What counting costs beside plain games, and its memory."""
    deck = load(DECKS / "bright-days")
    ready, key, machine_ = countable(deck), seed_key(1), gear("high")
    bots = [0] * len(ready.program.teams)
    machine_.count(ready, key, 0, 10, bots)
    rate(deck, "high", 10)
    rows = [
        (
            timed(lambda: machine_.count(ready, key, 0, 10_000, bots)),
            timed(lambda: machine_.tally(ready.program, key, 0, 10_000, bots)),
        )
        for _ in range(ROUNDS)
    ]
    seconds = statistics.median(counted for counted, _ in rows)
    ratio = statistics.median(counted / plain for counted, plain in rows)
    show("10,000 games of Bright days counted", f"{seconds:.2f} s, one core")
    show("that to the games alone", f"{ratio:.1f} times as long")
    total, memory = Census(), []
    for first in range(0, 100_000, 2_000):
        total.add(machine_.count(ready, key, first, 2_000, bots))
        memory.append(resident())
    show("memory after a tenth, at the end", shown(memory))


def resident() -> int:
    """Bytes of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def shown(memory: list[int]) -> str:
    """Memory after a tenth of a run and at its end."""
    tenth, end = memory[len(memory) // 10], memory[-1]
    return f"{tenth / 1e6:.0f} MB, {end / 1e6:.0f} MB"


def editing() -> None:
    """From an edited deck to its first game, in a warm process."""
    texts = [made_deck(48).replace("Made", f"Made {i}") for i in range(ROUNDS + 1)]
    rate(read(texts.pop()), "high", 10)
    seconds = [timed(lambda text=text: rate(read(text), "high", 1)) for text in texts]  # type: ignore[misc]
    show("an edited deck plays again after", f"{statistics.median(seconds):.3f} s")


def starting() -> None:
    """Whole processes: the command line, a check, the first bulk call cold and warm."""
    with tempfile.TemporaryDirectory() as folder:
        deck = Path(folder) / "made.toml"
        deck.write_text(made_deck(300), encoding="utf-8")
        run = ["run", str(deck), "--games", "10", "--gear", "high"]
        commands = {
            "tabletop --help": ["--help"],
            "check of a 300-card deck": ["check", str(deck)],
            "first bulk call, warm": run,
        }
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        cold = timed(lambda: tabletop(run, environment))
        paints = [timed(lambda: first_paint(environment)) for _ in range(ROUNDS)]
        show("home screen painted", f"{statistics.median(paints):.2f} s")
        for name, arguments in commands.items():
            seconds = [
                timed(lambda a=arguments: tabletop(a, environment))  # type: ignore[misc]
                for _ in range(ROUNDS)
            ]
            show(name, f"{statistics.median(seconds):.2f} s")
        show("first bulk call, never compiled", f"{cold:.1f} s")
        shutil.rmtree(Path(folder), ignore_errors=True)


def tabletop(arguments: list[str], environment: dict[str, str]) -> None:
    """Runs the program as a process of its own."""
    command = [sys.executable, "-m", "tabletop", *arguments]
    subprocess.run(command, env=environment, capture_output=True, check=True)


def first_paint(environment: dict[str, str]) -> None:
    """Opens the home screen in a terminal of 100 x 30, until it can be read."""
    ours, theirs = os.openpty()
    environment = {**environment, "TERM": "xterm-256color", "COLUMNS": "", "LINES": ""}
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    command = [sys.executable, "-m", "tabletop"]
    process = subprocess.Popen(
        command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    seen = b""
    while b"What now?" not in seen:
        seen += os.read(ours, 65536)
    process.kill()
    process.wait()
    os.close(ours)
    os.close(theirs)


def timed(action: Callable[[], object]) -> float:
    """Seconds that something takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def show(what: str, figure: str) -> None:
    """Prints one line."""
    sys.stdout.write(f"{what:<36} {figure}\n")
    sys.stdout.flush()


def keys() -> None:
    """From a key to the painted screen, at control's table of a large game."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    # The screens are imported by this part alone: they take a while. Before Textual
    # comes what the program sets for it.
    importlib.import_module("tabletop.tui")
    from tests.latency import figures

    for what, figure in figures(made_deck(300)):
        show(what, figure)


def bright_days() -> Tree:
    """A game of Bright days by random bots, complete: 72 decisions."""
    return play_one(load(DECKS / "bright-days"), 3, 0, {}).tree


def forecasts() -> None:
    """10,000 playouts from the middle of Bright days, by two workers and by one."""
    tree = bright_days()
    path = tree.path()
    middle = path[len(path) // 2].number

    def seconds(playouts: int, gear: GearName, workers: int) -> float:
        return timed(
            lambda: forecast(
                tree, middle, playouts=playouts, gear=gear, workers=workers
            )
        )

    seconds(10, "high", 1)
    rows = [
        (seconds(10_000, "high", 2), seconds(10_000, "high", 1), seconds(300, "low", 1))
        for _ in range(ROUNDS)
    ]
    two, one, low = (statistics.median(column) for column in zip(*rows, strict=True))
    gain = statistics.median(one / two for two, one, _ in rows)
    faster = statistics.median(10_000 / 300 * low / one for _, one, low in rows)
    show("10,000 playouts, two workers", f"{two:.2f} s")
    show("10,000 playouts, one worker", f"{one:.2f} s")
    show("two workers to one", f"{gain:.1f} times as fast")
    show("playouts in high gear to low gear", f"{faster:.0f} times as fast")
    show("300 playouts, low gear", f"{low:.2f} s")


def searching() -> None:
    """The search bot in the middle of a game of Bright days, in both gears.

    A playout is measured where none is saved because the choice is made already.
    """
    tree = bright_days()
    middle = tree.state(tree.path()[len(tree.path()) // 2].number)

    def seconds(name: GearName, playouts: int, times: int) -> float:
        return thinking(tree, middle, name, playouts, times) / times

    seconds("high", 1, 1)
    rows = [
        (
            seconds("high", PATIENCE, 100) / PATIENCE,
            seconds("low", PATIENCE, 1) / PATIENCE,
            seconds("high", 1_000, 5),
        )
        for _ in range(ROUNDS)
    ]
    high, low, whole = (statistics.median(column) for column in zip(*rows, strict=True))
    show("search, high gear, one core", f"{1 / high:,.0f} playouts a second")
    show("search, low gear", f"{1 / low:,.0f} playouts a second")
    show("a decision of 1,000, high gear", f"{whole:.3f} s")


def thinking(
    tree: Tree, state: list[int], name: GearName, playouts: int, times: int
) -> float:
    """Seconds that a search bot takes for the same decision so many times."""
    program, mind, state = tree.program, gear(name), list(state)
    seat = rules.next_seat(program.words, state)
    while seat == program.control:
        rules.perform(program.words, state, at.MV_ADVANCE, None)
        seat = rules.next_seat(program.words, state)
    room = [0] * program.move_room()
    moves = room[: rules.legal_moves(program.words, state, seat, room)]
    policy = at.BOT_SEARCH + at.BOT_BUDGET * playouts
    words, known = mind.words(program.words), mind.words(state)
    return timed(
        lambda: [mind.choose(words, known, seat, policy, moves) for _ in range(times)]
    )


def turning() -> None:
    """Turning points of that game, 1,000 playouts for each place and each option."""
    tree = bright_days()
    forecast(tree, 0, playouts=10, gear="high")

    def seconds(seat: str) -> float:
        return timed(
            lambda: analyse(tree, tree.head, seat=seat, playouts=1_000, workers=2)
        )

    rows = [(seconds("control"), seconds("kyiv")) for _ in range(ROUNDS)]
    control, kyiv = (statistics.median(column) for column in zip(*rows, strict=True))
    found = analyse(tree, tree.head, playouts=1, gear="low")
    decisions = sum(step.kind == "choice" for step in found.steps)
    options = sum(len(step.options) for step in found.steps)
    show("decisions, and their options", f"{decisions}, {options}")
    show("turning points, all teams", f"{control:.1f} s")
    show("turning points, one team's knowledge", f"{kyiv:.1f} s")


def report() -> None:
    """The after-action report of a long game, beside what opening its save takes."""
    from tabletop.report.aar.page import page
    from tabletop.report.aar.record import record_of
    from tabletop.report.aar.report import after_action
    from tabletop.session.session import Session
    from tabletop.session.view import CONTROL

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.jsonl"
        seats = dict.fromkeys(TEAMS, "bot:random")
        deck = read(made_deck(48).replace("count = 10", "count = 40"))
        session = Session.new(deck, seed=1, seats=seats, path=path)
        while session.bot_moves() and len(session.tree.path()) <= LONG:
            pass
        moves = len(session.tree.path()) - 1
        session.close()

        def opened() -> Session:
            found = Session.open(path, read_only=True)
            found.close()
            return found

        def written() -> str:
            return page(after_action(record_of(opened(), CONTROL)))

        written()
        rows = [(timed(opened), timed(written)) for _ in range(ROUNDS)]
        whole = [timed(lambda: tabletop(
            ["report", str(path), "-f", "-o", str(path.with_suffix(".html"))],
            dict(os.environ))) for _ in range(ROUNDS)]  # fmt: skip
    ratio = statistics.median(write / open_ for open_, write in rows)
    show(f"report of a game of {moves} moves", f"{statistics.median(whole):.2f} s")
    show("that to opening the save alone", f"{ratio:.1f} times as long")


def seeking() -> None:
    """From a wish to the painted moment, in the replay of a long game."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    importlib.import_module("tabletop.tui")
    from tests.seeking import figures

    for what, figure in figures(made_deck(300)):
        show(what, figure)


PARTS = {
    "machine": machine, "bulk": bulk, "count": counting, "editing": editing,
    "starting": starting, "keys": keys, "seek": seeking,
    "forecast": forecasts, "turning": turning, "search": searching, "report": report,
}  # fmt: skip


def main() -> None:
    """Runs the parts that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS])
    for part in parser.parse_args().parts or list(PARTS):
        PARTS[part]()


if __name__ == "__main__":
    main()
