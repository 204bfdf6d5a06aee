"""Cards: in frames or in a list, with the reason why one can't be played."""

from dataclasses import replace

import pytest

from tabletop.session.names import Names
from tabletop.session.view import CardView, EffectView, Term
from tabletop.tui.widgets import CardFull, HandPane
from tabletop.tui.widgets.card import Look, cost_line, framed, row_line
from tabletop.tui.widgets.hand import card_width
from tests.decks.shipped import TUTORIAL, deck
from tests.tui.bench import rows, screen, shown
from tests.tui.views import HAND, TEAMS

BELT = HAND[2]
HILL = HAND[3]


def drawn(card: CardView, cells: int = 22, height: int = 14, **look: bool) -> list[str]:
    size = (cells, height)
    return [row.plain for row in framed(card, Look(size, 2, 3, teams=TEAMS, **look))]


def many(count: int) -> list[CardView]:
    return [replace(BELT, id=f"card_{n}", title=f"Card {n}") for n in range(count)]


def test_a_card_is_drawn_as_in_the_mock_up() -> None:
    assert drawn(replace(BELT, lasting="", count=1)) == [
        "╭─ 3 ─────────── ●● ─╮",
        "│ Hold the fortress  │",
        "│ belt               │",
        "│ ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ │",
        "│ Dig in along the   │",
        "│ four towns; give   │",
        "│ up fields, not ci… │",
        "│                    │",
        "│ Front line    ▼  3 │",
        "│ Manpower      ▼  4 │",
        "│                    │",
        "│                    │",
        "│                    │",
        "╰────────────── F26 ─╯",
    ]


@pytest.mark.parametrize("height", range(10, 15))
@pytest.mark.parametrize("cells", [16, 18, 22])
@pytest.mark.parametrize("card", HAND, ids=lambda card: card.id)
def test_a_card_fills_its_frame_exactly(
    card: CardView, cells: int, height: int
) -> None:
    for chosen in (False, True):
        found = drawn(card, cells, height, chosen=chosen)
        assert len(found) == height
        assert {len(row) for row in found} == {cells}


def test_a_refused_card_says_its_first_unmet_term() -> None:
    found = "\n".join(drawn(HILL))
    assert "✗ needs Congress >" in found
    assert "50, now 42" in found
    assert "⏎" not in "".join(drawn(HILL, chosen=True))


def test_a_chosen_card_shows_its_keys_and_a_heavy_frame() -> None:
    found = drawn(BELT, chosen=True, focused=True)
    assert found[0].startswith("┏━ 3 ×2 ━")
    assert "⏎ play   v view" in found[-2]


def test_a_card_that_waits_for_its_turn_is_no_refused_one() -> None:
    waiting = replace(BELT, playable=False)
    assert "✗" not in "".join(drawn(waiting))
    assert "⏎" not in "".join(drawn(waiting, chosen=True))


def test_what_a_card_does_besides_is_marked() -> None:
    assert "⚂ 2d6" in drawn(HAND[0])[-1]
    assert "asks ■" in drawn(HAND[4])[-1]
    assert "once" in drawn(HAND[1])[-1]


def test_many_effects_are_counted_not_dropped() -> None:
    effects = tuple(EffectView(f"Track {n}", 1, "5") for n in range(9))
    found = drawn(replace(BELT, effects=effects, lasting=""))
    assert any("+6 more" in row for row in found)


@pytest.mark.parametrize("cells", [16, 22])
def test_that_a_response_stops_a_card_is_told_whole(cells: int) -> None:
    names = Names(deck(TUTORIAL))
    effects = names.effects_of("cards", "shut_gate", "effects")
    found = "\n".join(drawn(replace(BELT, lasting="", effects=effects), cells))
    assert "│ stops a card " in found


def test_a_long_amount_is_named_as_one() -> None:
    effect = EffectView("Congress", 1, "(100 - us_aid) // 10 + cohesion")
    found = "\n".join(drawn(replace(BELT, effects=(effect,))))
    assert "▲ varies" in found


def test_the_cost_is_told_by_its_number_of_dots_and_by_its_colour() -> None:
    assert cost_line(BELT, 2, TEAMS).spans == (("●●", "$team-yellow"),)
    assert cost_line(BELT, 1, TEAMS).spans == (("●●", "$bad"),)
    assert cost_line(replace(BELT, cost=0), 1).plain == "free"
    assert cost_line(replace(BELT, cost=12), 20).plain == "12 ●"


def test_cards_lie_side_by_side_while_they_can_be_read() -> None:
    assert card_width(5, 118) == 22
    assert card_width(6, 118) == 18
    assert card_width(9, 180) == 18
    assert card_width(9, 118) == 0
    assert card_width(10, 240) == 0
    assert card_width(3, 76) == 0


async def test_a_hand_side_by_side_lifts_the_chosen_card() -> None:
    async with shown(
        HandPane(), lambda hand: hand.show(HAND, 2, TEAMS), (120, 17)
    ) as pilot:
        hand = pilot.app.query_one(HandPane)
        hand.focus()
        await pilot.press("right", "right")
        assert hand.selected == "belt"
        found = rows(pilot.app)
        assert "┏━ 3 ×2" in found[1]
        assert "╭─ 1" in found[2]


@pytest.mark.parametrize(
    ("size", "count"), [((80, 14), 5), ((120, 17), 12), ((50, 9), 5)]
)
async def test_without_room_the_hand_is_a_list(
    size: tuple[int, int], count: int
) -> None:
    cards = many(count)
    async with shown(HandPane(), lambda hand: hand.show(cards, 2), size) as pilot:
        hand = pilot.app.query_one(HandPane)
        hand.focus()
        for card in cards:
            assert hand.selected == card.id
            assert card.title in screen(pilot.app)
            await pilot.press("down")
            await pilot.pause()


def test_a_card_in_the_list_says_that_it_asks_or_throws() -> None:
    bare = replace(HAND[1], effects=(), lasting="", dice="", terms=())
    asks = replace(bare, asks=("europe",))
    look = Look(size=(60, 1), points=9, teams=TEAMS)
    assert row_line(asks, 1, 60, look).plain.endswith("asks ■")
    throws = replace(asks, asks=(), dice="2d6")
    assert row_line(throws, 1, 60, look).plain.endswith("⚂ 2d6")


async def test_the_whole_card_follows_the_cursor_down_a_long_list() -> None:
    async with shown(
        HandPane(), lambda hand: hand.show(many(40), 2), (80, 14)
    ) as pilot:
        pilot.app.query_one(HandPane).focus()
        await pilot.press("end")
        await pilot.pause()
        assert screen(pilot.app).count("Card 39") == 2


async def test_the_cursor_begins_on_a_playable_card_and_stays_with_it() -> None:
    hand = HandPane()
    cards = [HILL, BELT, HAND[0]]
    async with shown(hand, lambda h: h.show(cards, 2), (120, 17)):
        assert hand.selected == "belt"
        hand.show([HILL, HAND[4], BELT], 2)
        assert hand.selected == "belt"
        hand.show([HILL, HAND[4]], 2)
        assert hand.selected == "workshops"
        hand.show([], 2)
        assert hand.selected is None


@pytest.mark.parametrize(("size", "where"), [((120, 17), (60, 8)), ((80, 14), (20, 2))])
async def test_a_click_moves_and_a_second_one_chooses(
    size: tuple[int, int], where: tuple[int, int]
) -> None:
    chosen: list[str] = []

    class Listening(HandPane):
        def chosen(self, item: str) -> None:
            chosen.append(item)

    async with shown(Listening(), lambda h: h.show(HAND, 2), size) as pilot:
        await pilot.click(Listening, offset=where)
        assert pilot.app.query_one(HandPane).selected == "belt"
        assert chosen == []
        await pilot.click(Listening, offset=where)
        assert chosen == ["belt"]


async def test_a_click_between_cards_is_nothing() -> None:
    async with shown(HandPane(), lambda h: h.show(HAND, 2), (120, 17)) as pilot:
        await pilot.click(HandPane, offset=(24, 8))
        assert pilot.app.query_one(HandPane).selected == "refinery"


async def test_an_empty_hand_says_when_it_is_filled() -> None:
    async with shown(HandPane(), lambda h: h.show([], 2), (60, 9)) as pilot:
        assert "The hand is empty." in screen(pilot.app)
        assert "next round" in screen(pilot.app)


async def test_a_whole_card_says_everything() -> None:
    long = "needs Congress > 50 and Alliance cohesion > 40, now 42 and 48"
    card = replace(
        HAND[0], terms=(*HAND[0].terms, Term(met=False, text=long)), asks=("europe",),
        lasting="then 2 rounds: Economy ▼ 1", notes=("once", "response"),
        effects=(EffectView("Congress", 1, "(100 - us_aid) // 10 + cohesion // 20"),),
    )  # fmt: skip
    async with shown(CardFull(), lambda c: c.show(card, 2, TEAMS), (60, 40)) as pilot:
        text = " ".join(screen(pilot.app).split())
    for words in (
        "▲ Kyiv", "costs 2 ●●", card.text, "(100 - us_aid) // 10 + cohesion // 20",
        card.lasting, "⚂ 2d6", "6-9 56 % Villages change hands.", "■ Europe",
        "✓ costs 2, you have 2", f"✗ {long[:30]}", "once, response", "F29",
    ):  # fmt: skip
        assert words in text, words
