"""The facts a card or an inject is built on: with their texts where there is room."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tabletop.session.cited import FactView
from tabletop.tui.text import width
from tabletop.tui.widgets import CardFull
from tabletop.tui.widgets.facts import fact_lines
from tabletop.tui.widgets.fullcard import whole
from tabletop.tui.widgets.msel import InjectPane
from tests.tui.bench import screen, shown
from tests.tui.fake_session import hostile
from tests.tui.views import HAND, INJECTS, TEAMS, friendly

FACT = FactView("F29", "Ukraine makes more of its own weapons than before.")
CLAIM = FactView("F18", "He lacks a mandate.", claim=True, by="Moscow")
LONG = replace(FACT, id="a-very-long-id-of-a-fact")


async def test_a_whole_card_says_what_it_is_built_on() -> None:
    card = replace(HAND[0], source=("F29", "F18"), facts=(FACT, CLAIM))
    async with shown(CardFull(), lambda c: c.show(card, 2, TEAMS), (60, 40)) as pilot:
        text = " ".join(screen(pilot.app).split())
    assert f"Built on F29 {FACT.text}" in text
    assert "F18 Claim (Moscow): He lacks a mandate." in text


def test_a_deck_without_facts_shows_its_sources_in_a_line() -> None:
    bare = (FactView("Annex B"), FactView("Annex C"))
    for facts in (bare, ()):
        lines = fact_lines(facts, ("Annex B", "Annex C"), 40)
        assert [row.plain for row in lines] == ["Annex B, Annex C"]


@pytest.mark.parametrize("room", [12, 20, 58])
def test_facts_fit_their_place_whatever_they_say(room: int) -> None:
    spoilt = FactView("F1", hostile("x"), claim=True, by=hostile("y"))
    facts = (FACT, CLAIM, LONG, spoilt)
    lines = fact_lines(facts, [fact.id for fact in facts], room)
    assert all(width(row.plain) <= room for row in lines)
    assert not any(set("\x1b\n") & set(row.plain) for row in lines)
    card = replace(HAND[0], source=("F29", "F1"), facts=facts)
    assert all(width(row.plain) <= room for row in whole(card, room, 2, TEAMS))


async def pane_of(facts: tuple[FactView, ...]) -> Callable[[int], list[str]]:
    """What the pane of an inject draws, by the rows that it has."""
    inject, view = replace(INJECTS[6], facts=facts), friendly("control")
    pane = InjectPane()
    async with shown(pane, lambda found: found.show(inject, view), (64, 30)):
        return lambda rows: [row.plain for row in pane.build(60, rows)]


async def test_an_inject_has_the_texts_of_its_facts_where_they_fit() -> None:
    found = (await pane_of((FACT, CLAIM)))(30)
    assert any(row.startswith("built on  F29 Ukraine makes") for row in found)
    assert any("F18 Claim (Moscow): He lacks" in row for row in found)


async def test_in_a_low_window_the_facts_of_an_inject_need_no_scrolling() -> None:
    bare, both = await pane_of(()), await pane_of((FACT, CLAIM))
    needed = len(bare(30))
    assert both(needed) == bare(needed)
    assert both(needed + 1) == [*bare(needed), "built on  F29, F18"]
    for rows in range(needed, 30):
        assert len(both(rows)) <= rows
    scrolled = both(needed - 1)
    assert scrolled[:needed] == bare(needed)
    assert any("Ukraine makes" in row for row in scrolled)
