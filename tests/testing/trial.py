"""A small deck with a little of everything that an engine can get wrong."""

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text

TRIAL = """
format = 1
id = "trial"
title = "A little of everything"
[rounds]
count = 4
ending = "over"
[endings.over]
title = "Over"
[teams.ada]
name = "Ada"
points = 5
hand = 3
objectives = [{ text = "Sun", score = "sun" }]
[teams.bob]
name = "Bob"
points = 5
objectives = [{ text = "Sun", score = "sun" }]
[tracks.sun]
label = "Sun"
start = 50
[tracks.moon]
label = "Moon"
start = 5
visible_to = ["ada"]
[flags.bright]
label = "Bright"
[flags.plotted]
label = "Plotted"
visible_to = ["bob"]
[cards.climb]
team = "ada"
title = "Climb"
copies = 2
effects = ["sun += 3", "bright = true", "moon += 1"]
[cards.dig]
team = "ada"
title = "Dig"
cost = 2
limit = 1
effects = ["sun -= 4"]
[cards.sing]
team = "ada"
title = "Sing"
effects = ["schedule(wait, 1)"]
[cards.wait]
team = "ada"
title = "Wait"
requires = "sun > 40"
[cards.hope]
team = "bob"
title = "Hope"
roll = { dice = "2d6", modifier = "sun // 20", table = [
    { to = 7, text = "Nothing." }, { text = "Luck.", effects = ["sun += 4"] } ] }
[cards.gamble]
team = "bob"
title = "Gamble"
effects = ["sun += moon - 40"]
[cards.plot]
team = "bob"
title = "Plot"
effects = ["plotted = true", "moon -= 1"]
[cards.talk]
team = "bob"
title = "Talk"
answers = "secret"
ask = [{ teams = ["ada", "bob"], prompt = "Well?", options = [
    { id = "no", label = "No" }, { id = "yes", label = "Yes" } ] }]
outcomes = [{ when = "answer.ada.yes and answer.bob.yes", effects = ["sun += 9"] }]
[injects.storm]
title = "Storm"
at = { round = 2 }
effects = ["sun -= 90"]
[injects.whisper]
title = "Whisper"
audience = ["ada"]
effects = ["moon += 9"]
[rules.dusk]
at = "round_end"
when = "sun > 60"
effects = ["sun -= 1"]
"""


def trial() -> Deck:
    """A small deck with a little of everything that an engine can get wrong."""
    return load_text({"trial.toml": TRIAL})
