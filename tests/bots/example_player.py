"""A player from outside: it plays the dearest card that it can, and else passes.

tabletop play bright-days --seat 'kyiv=exec:python3 tests/bots/example_player.py'
"""

import json
import sys
from typing import Any


def choose(message: dict[str, Any]) -> int:
    """The place in the list of the card that costs most, or of the first answer."""
    costs = {card["id"]: card["cost"] for card in message["view"]["hand"]}
    worth = [costs.get(move["item"], 0) for move in message["moves"]]
    return worth.index(max(worth))


def send(**message: object) -> None:
    """One message is one line, and it must leave at once."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


for line in sys.stdin:  # until the program at the other end is gone
    message = json.loads(line)
    if message["type"] == "hello":
        send(type="ready", name="The dearest card")
    elif message["type"] == "view":
        send(type="move", id=message["id"], move=choose(message), note="It costs most.")
    elif message["type"] == "refused":
        sys.stderr.write(f"refused: {message['reason']}\n")
    elif message["type"] == "bye":
        break
