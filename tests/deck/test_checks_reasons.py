"""Reasons are shown, consequences are not, and what the checks take for so is so."""

import random

import pytest

from tabletop.deck.checks import loops, style
from tabletop.deck.diagnostics import Diagnostic
from tabletop.deck.loader import check_text
from tabletop.deck.reach import impossible
from tabletop.deck.reach_steps import PLAYS
from tabletop.engine import layout as at
from tabletop.testing.making import numbered
from tabletop.tui.widgets.card import FRAME, TEXT_ROWS
from tabletop.tui.widgets.hand import WIDE_CARD
from tests.deck.small import HEAD, card, deck_of

OTHER = '[cards.other]\nteam = "blue"\ntitle = "Other"\n'
STABILITY = '[tracks.stability]\nlabel = "S"\nstart = 5\n'
WAITING = 'text = "T"\nrequires = "truce"\neffects = ["front += 1"]'


def found(text: str, code: str) -> list[Diagnostic]:
    result = check_text({"small.toml": text})
    return [each for each in result.diagnostics if each.code == code]


def test_what_a_track_can_be_is_told_with_what_changes_it() -> None:
    other = OTHER + 'limit = 2\neffects = ["stability += 2"]\n'
    text = card('requires = "stability > 3"') + STABILITY + other
    (always,) = found(text, "W402")
    assert always.hint == (
        "`stability` starts at 5 and only `cards.other.effects[0]` changes it:"
        " it stays within 5 to 9"
    )
    assert [each.caption for each in always.related] == [
        "it starts at 5",
        "this adds 2, twice at most",
    ]
    assert always.confidence == "likely"


def test_many_changes_are_counted() -> None:
    effects = ", ".join(f'"stock += {number} * 0"' for number in range(1, 5))
    text = card('requires = "stock > 3"') + f"{OTHER}effects = [{effects}]\n"
    (never,) = found(text, "W401")
    assert "4 effects change it: it stays within 0" in never.hint


def test_bounds_alone_are_certain() -> None:
    (never,) = found(card('requires = "stock > 20"'), "W401")
    assert never.confidence == "certain"
    assert never.hint == "`stock` is always -20 to 20"


@pytest.mark.parametrize("quote", ["'", '\\"'])
def test_what_is_scheduled_is_marked_where_it_stands(quote: str) -> None:
    inner = f"{quote}front += 1 if stock > 30 else 2{quote}"
    text = card(f'effects = ["schedule({inner}, 1)"]')
    (never,) = found(text, "W401")
    line = text.split("\n")[never.place.line - 1]
    assert line[never.place.column - 1 :].startswith("stock > 30")


@pytest.mark.parametrize(
    "cause",
    [
        "",
        'requires = "front > 300"\neffects = ["truce = true"]',
        'cost = 50\neffects = ["truce = true"]',
        'response = true\neffects = ["truce = true"]',
    ],
)
def test_what_follows_from_a_finding_is_not_found_again(cause: str) -> None:
    """Whoever waits for the flag is right; the one that never sets it is to blame."""
    text = card(WAITING).replace("invites_response = true", "")
    if cause:
        text += f'[cards.cause]\nteam = "red"\ntitle = "C"\n{cause}\n'
    text += '[rules.after]\nat = "round_end"\nwhen = "truce and played.test > 1"\n'
    text += 'effects = ["front -= 1"]\n'
    codes = ("W401", "W402", "W405", "W406")
    told = [each.path for code in codes for each in found(text, code)]
    assert [path for path in told if "test" in path or "after" in path] == []


@pytest.mark.parametrize("deal", ["draw(red, 5)", "give(parry, red)"])
def test_a_hand_is_not_what_it_was_once_cards_were_dealt(deal: str) -> None:
    text = HEAD.replace('name = "Red"', 'name = "Red"\nhand = 2')
    text += f"""
[rules.refill]
at = "round_start"
when = "red.hand < 3"
effects = ["{deal}", "stock = red.hand"]
[rules.full]
at = "round_start"
when = "stock > 4"
effects = ["front += 1"]
"""
    assert found(text, "W401") == []
    assert found(text, "W408") == []


def test_what_can_never_happen_includes_what_waits_for_it() -> None:
    text = card(WAITING) + '[rules.after]\nat = "round_end"\n'
    text += 'when = "played.test > 0"\neffects = ["front -= 1"]\n'
    never = impossible(deck_of(text))
    assert never == {("cards", "test"), ("rules", "after")}
    assert impossible(deck_of(HEAD)) == set()


def test_a_deck_is_checked_however_much_it_waits() -> None:
    """A long chain, each waiting for the one after it in the deck."""
    cards = [
        f'[cards.c{i}]\nteam = "red"\ntitle = "C"\nrequires = "played.c{i + 1} > 0"'
        for i in range(90)
    ]
    text = "\n".join([HEAD, *cards, '[cards.c90]\nteam = "red"\ntitle = "C"'])
    assert not [d for d in check_text({"a.toml": text}).diagnostics if d.code == "E900"]
    assert found(text, "W405") == []
    assert found(text, "W401") == []


def test_no_check_fails_on_decks_made_by_chance() -> None:
    chance = random.Random(5)
    for number in chance.sample(range(1000), 15):
        files = numbered(number).files
        codes = [each.code for each in check_text(files).diagnostics]
        assert "E900" not in codes, number


def test_the_checks_know_the_machine_and_the_screen() -> None:
    assert loops.MACHINE_STEPS == at.MAX_STEPS
    assert PLAYS == at.PLAYS_LIMIT
    assert (WIDE_CARD - FRAME, TEXT_ROWS) == style.CARD_TEXT
