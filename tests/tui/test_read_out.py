"""What comes for everybody while teams play is read out as the keyboard is passed."""

from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move
from tabletop.tui.screens.curtain import CurtainScreen
from tabletop.tui.widgets.cue import missed, read_out
from tests.decks.shipped import BRIGHT_DAYS, deck
from tests.tui.table import NARROW, at_table, shown
from tests.tui.test_play_hotseat import to_table
from tests.waiting import press, until_screen

SIGNED = "Put the deal to them: Moscow and Kyiv sign. The cease-fire begins."


def ruled(session: Session, **values: int) -> None:
    """Set tracks and flags by ruling."""
    for item, value in values.items():
        session.submit(CONTROL, Move("set", item=item, value=value), note="Ruled.")


def at_play() -> Session:
    """Bright days at one keyboard, the Kremlin to play."""
    loaded = deck(BRIGHT_DAYS)
    seats = dict.fromkeys([*loaded.model.teams, CONTROL], "person")
    session = Session.new(loaded, seed=1, seats=seats)
    for _ in range(2):
        session.submit(CONTROL, Move("advance"))
    return session


def passes(session: Session, *teams: str) -> None:
    """Teams pass."""
    for team in teams:
        session.submit(team, Move("pass", team=team))


async def test_that_the_deal_is_signed_is_read_to_everybody() -> None:
    session = at_play()
    ruled(session, relations=40, **{"white_house.points": 3})
    deal = Move("give", team="white_house", item="the_deal")
    session.submit(CONTROL, deal, note="Ruled.")
    passes(session, "kremlin")
    before = len(session.view(PUBLIC).log)
    session.submit("white_house", Move("play", team="white_house", item="the_deal"))
    for team in ("kremlin", "kyiv", "europe"):
        assert SIGNED not in read_out(session.view(PUBLIC), before)
        session.submit(team, Move("answer", team=team, item="sign"))
    assert SIGNED in read_out(session.view(PUBLIC), before)
    async with at_table(session, NARROW) as (pilot, _):
        await until_screen(pilot, CurtainScreen)
        assert "Moscow and Kyiv sign. The cease-fire begins." in shown(pilot)


async def test_news_of_the_last_turn_is_read_before_the_hot_wash() -> None:
    session = at_play()
    ruled(session, c_weapons=0, ceasefire=1, kyiv_arms=40)
    session.submit("kremlin", Move("answer", team="kremlin", item="rest"))
    passes(session, "kremlin", "white_house", "kyiv")
    async with at_table(session, NARROW) as (pilot, play):
        await to_table(pilot, play, "europe")
        ruled(session, kyiv_arms=60)
        await press(pilot, "p")
        await until_screen(pilot, CurtainScreen)
        assert session.view(CONTROL).phase == "hotwash"
        assert "The monitors count" in shown(pilot)
        since = session.view(PUBLIC).log[-1].number
        assert missed(session.view(PUBLIC), since) == []
