"""Scripted tests of a deck whose teams lay orders, lose cards by chance and may end."""

from pathlib import Path

import pytest

from tabletop.testing.files import DeckTestError
from tests.testing.files import failure_of, failures, file_of

DECK = """
format = 1
id = "harbour"
title = "Harbour"
[rounds]
count = 6
play = "orders"
minutes = { brief = 5, play = 10, wash = 0 }
ending = "stalemate"
[teams.red]
name = "Red"
hand = 3
[teams.blue]
name = "Blue"
hand = "all"
[tracks.stability]
label = "Stability"
start = 5
max = 10
[tracks.reserves]
label = "Reserves"
start = 3
max = 9
visible_to = ["blue"]
[flags.curfew]
label = "Curfew"
[cards.strike]
team = "red"
title = "Strike"
cost = 2
requires = "stability > 2 and not curfew"
effects = ["stability -= 2"]
[cards.march]
team = "red"
title = "March"
effects = ["stability -= 1"]
[cards.march.roll]
dice = "2d6"
table = [{ to = 6, text = "Few." }, { text = "Many.", effects = ["stability -= 1"] }]
[cards.leaflets]
team = "red"
title = "Leaflets"
copies = 4
[cards.talk]
team = "blue"
title = "Talk"
[[cards.talk.ask]]
team = "red"
prompt = "Talk?"
[[cards.talk.ask.options]]
id = "yes"
label = "Yes"
effects = ["stability += 1"]
[[cards.talk.ask.options]]
id = "no"
label = "No"
[cards.raid]
team = "blue"
title = "Raid"
cost = 1
effects = ["discard(red)", "reserves -= 1"]
[cards.ban]
team = "blue"
title = "Curfew"
effects = ["curfew = true"]
[injects.storm]
title = "Storm"
effects = ["stability -= 1"]
[injects.storm.roll]
dice = "1d6"
table = [{ to = 4, text = "Wind." }, { text = "Flood.", effects = ["stability -= 1"] }]
[injects.relief]
title = "Relief"
at = { round = 2 }
effects = ["stability += 3"]
audience = ["blue"]
[endings.stalemate]
title = "Stalemate"
[endings.chaos]
title = "Chaos"
at = "always"
when = "stability == 0"
"""
START = 'start = { phase = "play", hand.red = ["strike", "march", "leaflets"] }'


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.toml"
    path.write_text(DECK, "utf-8")
    return path


def test_orders_are_laid_in_secret_and_resolved(deck: Path) -> None:
    text = f"""
[[test]]
name = "orders"
{START}
steps = [
    {{ team = "red", offered = ["strike", "march", "leaflets", "pass"] }},
    {{ team = "red", lay = "strike" }},
    {{ view = "blue", hides = ["strike"], shows = ["stability", "reserves"] }},
    {{ view = "red", hides = ["reserves", "talk"] }},
    {{ team = "red", try = "strike", illegal = "hand" }},
    {{ team = "blue", lay = "ban" }},
    {{ team = "blue", lay = "talk" }},
    {{ team = "blue", try = "talk", illegal = "limit" }},
    {{ team = "red", lay = "march", then = {{ stability = 5, red.points = 0 }} }},
    {{ team = "red", pass = true }},
    {{ team = "red", try = "pass", illegal = "turn" }},
    {{ team = "blue", pass = true, roll = [6, 6], log = ["strike", "march", "talk"] }},
    {{ view = "public", shows = ["strike", "ban"] }},
    {{ team = "red", offered = ["yes", "no"], choose = "yes" }},
    {{ then = {{ stability = 2, phase = "wash" }} }},
]
[test.expect]
ending = "none"
where = ["curfew", "played.march == 1"]
"""
    assert failures(file_of(deck.parent, text, deck)) == [None]


def test_an_order_that_fails_gives_its_cost_back(deck: Path) -> None:
    text = f"""
[[test]]
name = "the ban comes first"
{START}
steps = [
    {{ team = "red", lay = "leaflets" }},
    {{ team = "red", lay = "strike" }},
    {{ team = "red", pass = true }},
    {{ team = "blue", lay = "ban" }},
    {{ team = "blue", pass = true, log = ["ban", "strike"] }},
    {{ then = {{ stability = 5, red.points = 2 }} }},
]
"""
    assert failures(file_of(deck.parent, text, deck)) == [None]


def test_random_discards_are_named_or_fail(deck: Path) -> None:
    text = f"""
[[test]]
name = "a raid"
{START}
steps = [
    {{ team = "blue", lay = "raid" }},
    {{ team = "blue", pass = true }},
    {{ team = "red", pass = true, %s then = {{ red.hand = 2, reserves = 2 }} }},
]
"""
    for card in ("strike", "march", "leaflets"):
        named = file_of(deck.parent, text % f'discards.red = ["{card}"],', deck)
        assert failures(named) == [None]
    failure = failure_of(file_of(deck.parent, text % "", deck))
    assert failure.message.startswith("red loses cards by chance")
    assert "discards.red = [" in failure.hint
    wrong = failure_of(file_of(deck.parent, text % 'discards.red = ["ban"],', deck))
    assert "red discards other cards than given" in wrong.message


def test_the_guide_s_example(deck: Path) -> None:
    text = """
[[test]]
name = "no strike under curfew"
start = { phase = "play", stability = 3, flags = ["curfew"], hand.red = ["strike"] }
steps = [
    { team = "red", try = "strike", illegal = "curfew" },
    { team = "red", offered = ["pass"] },
    { inject = "storm", roll = 5, log = ["storm", "stability"] },
    { view = "blue", shows = ["storm"] },
    { advance = "round", comes = ["relief"], draws.red = ["leaflets", "march"] },
    { view = "red", hides = ["relief"] },
]
[test.expect]
where = ["stability == 4", "curfew"]
[[never]]
reach = "ending:chaos"
games = 0
"""
    assert failures(file_of(deck.parent, text, deck)) == [None, None]


def test_an_ending_at_any_time_is_seen_at_once(deck: Path) -> None:
    text = """
[[test]]
name = "chaos"
steps = [{ set = { stability = 0 }, then = { ending = "chaos" } }]
expect.ending = "chaos"
[[never]]
ending = "chaos"
games = 0
"""
    failed, kept = failures(file_of(deck.parent, text, deck))
    assert failed is not None
    assert "`never: chaos` came about" in failed.message
    assert kept is None


def test_a_team_that_holds_all_of_its_cards_is_given_no_hand(deck: Path) -> None:
    text = '[[test]]\nname = "x"\nstart = { hand.blue = ["talk"] }\n'
    with pytest.raises(DeckTestError, match="`blue` always holds every card"):
        file_of(deck.parent, text, deck)
