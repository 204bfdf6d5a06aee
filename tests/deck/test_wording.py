"""What a wrong value is called, and what it should have been."""

import pytest

from tabletop.deck.wording import wanted
from tests.deck.small import HEAD, card, check_of


@pytest.mark.parametrize(
    ("fields", "message", "caption", "hint"),
    [
        ("cost = 1.5", "`cost` must be a whole number, not 1.5", "", "whole numbers"),
        ('cost = "2"', "`cost` must be a whole number, not the text `2`", "", "quotes"),
        ("cost = -1", "`cost` must be 0 or more, not -1", "", ""),
        ("cost = 1000", "`cost` must be 999 or less, not 1,000", "", ""),
        ("cost = true", "`cost` must be a whole number, not true", "", ""),
        (
            'answers = "sercet"',
            "`answers` must be one of 'open' or 'secret', not the text `sercet`",
            "did you mean `secret`?",
            "",
        ),
        (
            "short = ''",
            "`short` must be a text that is not empty, not an empty text",
            "",
            "",
        ),
        (
            "short = 'abcdefghijklmn'",
            "`short` must be a text of at most 12 characters, not one of 14",
            "",
            "",
        ),
        ("ask = 3", "`ask` must be a list, not 3", "", ""),
        ("ask = [3]", "an entry of `ask` must be a table, not 3", "", ""),
        (
            "ask = [{ prompt = '?', options = [] }]",
            "`options` must have at least 1 entry, not none",
            "",
            "",
        ),
        ("roll = []", "`roll` must be a table, not an empty list", "", ""),
        ("requires = 3", "`requires` must be an expression in quotes, not 3", "", ""),
        (
            "effects = [3]",
            "an entry of `effects` must be an effect in quotes, not 3",
            "",
            "",
        ),
        ("effects = 12:00:00", "`effects` must be a list, not a date or time", "", ""),
        ("lasting = { }", "`lasting` has no `effects`", "", ""),
        ("prompt = 'x'", "unknown key `prompt`", "", "belongs under [[cards.ID.ask]]"),
        (
            "include = ['more.toml']",
            "unknown key `include`",
            "",
            "belongs at the top of the file",
        ),
        ("coast = 1", "unknown key `coast`", "did you mean `cost`?", ""),
        (
            "Invites-Response = true",
            "unknown key `Invites-Response`",
            "did you mean `invites_response`?",
            "",
        ),
        ("zzz = 1", "unknown key `zzz`", "", "keys that may stand here: source, title"),
    ],
)
def test_fields(fields: str, message: str, caption: str, hint: str) -> None:
    (diagnostic,) = check_of(card(fields)).diagnostics
    assert diagnostic.message == message
    assert diagnostic.caption == caption
    assert hint in diagnostic.hint


def test_how_many() -> None:
    teams = "\n".join(f'[teams.t{n}]\nname = "T"' for n in range(5))
    (diagnostic,) = check_of(HEAD + teams).diagnostics
    assert diagnostic.message == "`teams` must have at most 6 entries, not 7"


def test_long_names_are_cut() -> None:
    (diagnostic,) = check_of(card(f'"{"x" * 100_000}" = 1')).diagnostics
    assert len(diagnostic.message) < 100


def test_yes_and_no_are_said_as_decks_have_them() -> None:
    assert wanted("literal_error", {"expected": "True"}) == "true"


@pytest.mark.parametrize(("most", "coarser"), [(3, 2), (50, 10), (100, 20)])
def test_what_is_proposed_for_a_leak_is_not_always_nothing(
    most: int, coarser: int
) -> None:
    track = f"[tracks.fuel]\nlabel = 'Fuel'\nstart = 1\nmax = {most}\n"
    seen = "visible_to = ['red']\n"
    found = check_of(card("effects = ['front += fuel']") + track + seen)
    [leak] = [each for each in found.diagnostics if each.code == "W501"]
    assert f"`fuel // {coarser}`" in leak.hint
