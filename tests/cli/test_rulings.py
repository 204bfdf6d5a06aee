"""Rulings as control types them at the plain table."""

import pytest

from tabletop.cli.plain import rulings
from tabletop.errors import UsageError
from tabletop.session.view import Move

TEAMS = ("kyiv", "moscow")


@pytest.mark.parametrize(
    ("kind", "text", "move"),
    [
        ("set", "economy 40", Move("set", item="economy", value=40)),
        ("set", "curfew yes", Move("set", item="curfew", value=1)),
        ("set", "curfew no", Move("set", item="curfew", value=0)),
        ("add", "kyiv.points -2", Move("add", item="kyiv.points", value=-2)),
        ("give", "truce kyiv", Move("give", team="kyiv", item="truce")),
        ("take", "truce kyiv", Move("take", team="kyiv", item="truce")),
        ("die", "5", Move("die", value=5)),
        ("veto", "truce", Move("veto", item="truce")),
        ("lift", "truce", Move("lift", item="truce")),
        ("reveal", "truce kyiv all", Move("reveal", "kyiv", "truce")),
        ("reveal", "truce kyiv moscow", Move("reveal", "kyiv", "truce", 2)),
    ],
)
def test_a_ruling_is_a_move_with_its_reason(kind: str, text: str, move: Move) -> None:
    said = f"{text} because the fleet sailed because of me"
    ruling = rulings.parse(kind, said, TEAMS)
    assert ruling.move == move
    assert ruling.reason == "the fleet sailed because of me"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("set", "economy 40"),
        ("set", "economy 40 because"),
        ("set", "because I say so"),
        ("set", "economy forty because I say so"),
        ("set", f"economy {'9' * 5000} because I say so"),
        ("set", "economy ² because I say so"),
        ("give", "truce because I say so"),
        ("die", "1 2 because I say so"),
        ("die", "-- because I say so"),
        ("veto", "because I say so"),
        ("veto", "truce kyiv because I say so"),
        ("reveal", "truce kyiv because I say so"),
        ("reveal", "truce kyiv all"),
    ],
)
def test_another_ruling_is_refused_with_its_form(kind: str, text: str) -> None:
    with pytest.raises(UsageError) as refusal:
        rulings.parse(kind, text, TEAMS)
    assert rulings.USAGE[kind] in refusal.value.hint


def test_a_card_is_shown_to_nobody_who_does_not_play() -> None:
    with pytest.raises(UsageError, match="no team 'paris'") as refusal:
        rulings.parse("reveal", "truce kyiv paris because I say so", TEAMS)
    assert "all, kyiv, moscow" in refusal.value.hint
