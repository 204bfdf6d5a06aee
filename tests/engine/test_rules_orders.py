"""Rules of play: turns, initiative, and orders that are laid and revealed."""

from tests.engine.small import TEAMS, Play, adds, card

ORDERS = 'play = "orders"'


def test_teams_play_in_the_decks_order_until_they_pass() -> None:
    game = Play(TEAMS, adds("a", 1), adds("b", 1, team="bob"))
    assert game.owing() == ("ada",)
    game.play("ada", "a", "a")
    assert game.owing() == ("ada",)
    game.skip("ada")
    assert game.owing() == ("bob",)
    game.skip("bob")
    assert (game.round, game.owing()) == (2, ("ada",))


def test_the_higher_initiative_plays_first() -> None:
    bids = 'initiative = "60 - x"', 'initiative = "x // 10"'
    teams = [
        f'[teams.{team}]\nname = "{team}"\n{bid}\n'
        for team, bid in zip(("ada", "bob"), bids, strict=True)
    ]
    game = Play(*teams, adds("a", 1), adds("b", 4, team="bob"))
    assert game.owing() == ("ada",)  # 10 before 5
    game.skip("ada")
    game.play("bob", "b", "b")
    game.skip("bob")
    assert game.owing() == ("bob",)  # 2 after 5


def test_equal_initiative_goes_by_the_decks_order() -> None:
    teams = [
        f'[teams.{team}]\nname = "{team}"\ninitiative = "{bid}"\n'
        for team, bid in (("ada", 1), ("bob", 3), ("cy", 3), ("dee", 2))
    ]
    game = Play(*teams, adds("a", 1))
    order: list[str] = []
    for _ in teams:
        order += game.owing()
        game.skip(order[-1])
    assert order == ["bob", "cy", "dee", "ada"]


# --- orders


def test_orders_are_laid_face_down_and_paid() -> None:
    game = Play(TEAMS, adds("a", 3), adds("b", 5, team="bob"), rounds=ORDERS)
    assert game.owing() == ("ada", "bob")
    game.lay("ada", "a")
    assert (game.x, game.track("ada.points")) == (50, 4)
    assert game.offered("ada") == []
    entry = game.session.view("bob").log[-1]
    assert entry.title == "Ada lays an order"
    assert entry.changes[-1].text == "Ada lays an order face down"
    game.skip("bob")
    assert game.owing() == ("ada",)
    game.skip("ada")
    assert (game.x, game.round) == (53, 2)


def test_first_orders_come_before_second_ones() -> None:
    game = Play(
        TEAMS,
        card("a1", 'effects = ["x = 1"]'),
        card("a2", 'effects = ["x = x * 10 + 2"]'),
        card("b1", 'effects = ["x = x * 10 + 3"]', team="bob"),
        rounds=ORDERS,
    )
    game.lay("bob", "b1")
    game.lay("ada", "a1", "a2")
    game.skip("ada", "bob")
    assert game.x == 100  # 1, 13, 132 but 100 is the most
    assert game.told("play") == ["Ada plays a1", "Bob plays b1", "Ada plays a2"]
    assert game.told("reveal") == [
        "Ada had laid a1", "Ada had laid a2", "Bob had laid b1",
    ]  # fmt: skip


def test_an_order_whose_condition_has_gone_fails_and_its_cost_comes_back() -> None:
    hand = '[teams.bob]\nname = "Bob"\npoints = 5\nhand = 1\ncarry = true\n'
    ada = TEAMS.split("[teams.bob]")[0]
    low = adds("b", 9, 'requires = "x < 55"', team="bob", cost=3)
    game = Play(ada, hand, adds("a", 6), low, rounds=ORDERS)
    game.lay("ada", "a")
    game.lay("bob", "b")
    assert game.sizes("bob") == (0, 0, 0)
    game.skip("ada", "bob")
    assert game.x == 56
    assert game.told("fail") == ["b fails: Bob gets its cost back"]
    assert game.track("bob.points") == 5 + 5
    assert game.held("bob") == ["b"]


def test_the_same_order_can_be_laid_once_for_each_copy() -> None:
    hand = '[teams.ada]\nname = "Ada"\npoints = 5\nhand = 3\n'
    game = Play(hand, adds("a", 1, "copies = 3"), rounds=ORDERS)
    game.lay("ada", "a", "a")
    game.skip("ada")
    assert game.x == 52
    game = Play(TEAMS, adds("a", 1), rounds=ORDERS)
    game.lay("ada", "a")
    assert game.offered("ada") == []


def test_control_can_close_the_laying_of_orders() -> None:
    game = Play(TEAMS, adds("a", 2), rounds=ORDERS)
    game.lay("ada", "a")
    game.advance()
    assert (game.x, game.round) == (52, 2)
