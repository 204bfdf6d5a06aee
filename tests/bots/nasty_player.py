"""A player with one vice: `nasty_player.py VICE PIDS`, and what it does is its name.

It writes the ids of its processes to the file PIDS.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

VICE, PIDS = sys.argv[1:3]
FOREVER = 600


def sleep() -> None:
    time.sleep(FOREVER)


def raw(data: bytes) -> None:
    os.write(1, data)


def send(message: object) -> None:
    raw(json.dumps(message).encode() + b"\n")


def note_pid(pid: int) -> None:
    with Path(PIDS).open("a") as file:
        file.write(f"{pid}\n")


def move(message: dict[str, Any], **more: object) -> None:
    send({"type": "move", "id": message["id"], "move": 0, **more})


def answer(message: dict[str, Any]) -> None:  # noqa: C901, PLR0915 -- one case for each vice
    id_ = message["id"]
    match VICE:
        case "is silent":
            sleep()
        case "dies":
            sys.exit(3)
        case "leaves":
            sys.exit(0)
        case "crashes":
            raise ValueError("out of ideas")
        case "kills itself":
            os.kill(os.getpid(), signal.SIGKILL)
        case "closes its output":
            os.close(1)
            sleep()
        case "floods lines":
            while True:
                raw(b'{"type":"move","id":0}\n' * 1000)
        case "floods old answers":
            while True:
                raw(b'{"type":"move","id":1,"move":0}\n' * 1000)
        case "floods bytes":
            while True:
                raw(b"x" * 4096)
        case "sends no UTF-8":
            raw(b'{"type":"move","id":\xff}\n' * 2)
        case "sends half a line and dies":
            raw(b'{"type":"move","id":%d,"mo' % id_)
            sys.exit(0)
        case "sends half a line":
            raw(b'{"type":"move","id":%d,"mo' % id_)
            sleep()
        case "sends deep JSON":
            raw((b"[" * 5000 + b"]" * 5000 + b"\n") * 2)
        case "sends no object":
            raw(b"[1]\n7\n")
        case "sends NaN":
            raw(b'{"type":"move","id":NaN,"move":0}\n' * 2)
        case "sends a huge number":
            raw(b'{"type":"move","id":%d,"move":%s}\n' % (id_, b"9" * 5000) * 2)
        case "sends a large number":
            send({"type": "move", "id": id_, "move": 2**63})
            send({"type": "move", "id": id_, "move": -1})
        case "sends a fraction":
            raw(b'{"type":"move","id":%d,"move":0.0}\n' % id_ * 2)
        case "sends yes":
            raw(b'{"type":"move","id":%d,"move":true}\n' % id_ * 2)
        case "answers another question":
            send({"type": "move", "id": id_ + 1, "move": 0})
            send({"type": "move", "id": "1", "move": 0})
        case "invents a move":
            send({"type": "move", "id": id_, "move": {"kind": "rule", "item": "win"}})
            send({"type": "move", "id": id_, "move": {"kind": ["pass"], "team": {}}})
        case "writes a novel":
            move(message, note="x" * 3000)
            move(message, note=["x"])
        case "does not read":
            os.close(0)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            sleep()
        case "leaves children":
            child = subprocess.Popen(
                [sys.executable, "-c", "import time; time.sleep(600)"]
            )
            note_pid(child.pid)
            sys.exit(0)
        case "ignores signals":
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            sleep()
        case "moves twice":
            move(message)
            move(message)
        case "talks to itself":
            os.write(2, b"thinking " * 40_000)
            move(message)
        case "ends lines as on Windows":
            raw(b'{"type":"move","id":%d,"move":0}\r\n' % id_)
        case "corrects itself":
            move(message, move=-1)
            move(message, move={"kind": message["moves"][0]["kind"],
                                "team": message["moves"][0]["team"],
                                "item": message["moves"][0]["item"]})  # fmt: skip
        case "stays after the end" | "never says goodbye":
            move(message)
        case _:
            raise SystemExit(f"what is {VICE}?")


def main() -> None:
    note_pid(os.getpid())
    if VICE == "dies at once":
        sys.exit(4)
    if VICE == "never gets ready":
        sleep()
    if VICE == "greets with a move":
        send({"type": "move", "id": 1, "move": 0})
    if VICE == "greets with nonsense":
        raw(b"hello?\n")
    for line in sys.stdin.buffer:
        message = json.loads(line)
        if message["type"] == "hello" and VICE != "says nothing to hello":
            send({"type": "ready"})
        elif message["type"] == "view":
            answer(message)
        elif message["type"] == "bye" and VICE == "never says goodbye":
            sleep()
    if VICE == "stays after the end":
        sleep()


main()
