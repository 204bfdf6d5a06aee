"""By play: changing only what a seat may not know changes nothing that it is shown."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from tabletop.deck.deck import Deck
from tabletop.deck.loader import check_text, load_text
from tabletop.engine import imagine
from tabletop.engine import layout as at
from tabletop.errors import MoveError, WrongSeatError
from tabletop.session.facts import Fact
from tabletop.session.log import LogReader
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move, View
from tabletop.session.views import known_state
from tests.decks.shipped import HOSPITAL
from tests.decks.shipped import deck as shipped
from tests.engine.games import some_decks
from tests.session.twins import Secrets, clock, moved, seats, trace_of, with_state

PLOTS = """
format = 1
id = "plots"
title = "Secrets that matter to a bot or a preview, if they are known"
[rounds]
count = 4
ending = "over"
[teams.ada]
name = "Ada"
points = 9
[teams.bob]
name = "Bob"
points = 9
objectives = [{ text = "Sun", score = "sun" }]
[tracks.sun]
label = "Sun"
start = 50
[tracks.moon]
label = "Moon"
start = 5
visible_to = ["ada"]
[cards.offer]
team = "ada"
title = "An offer"
answers = "secret"
ask = [{ teams = ["ada", "bob"], prompt = "Well?", options = [
    { id = "no", label = "No" }, { id = "yes", label = "Yes" } ] }]
outcomes = [
    { when = "answer.ada.yes and answer.bob.yes", effects = ["sun += 10"] },
    { when = "answer.ada.no and answer.bob.yes", effects = ["sun -= 10"] } ]
[cards.gamble]
team = "bob"
title = "Gamble"
effects = ["sun += moon - 40"]
[cards.hope]
team = "bob"
title = "Hope"
roll = { dice = "1d6", modifier = "moon // 9", table = [
    { to = 7, text = "Nothing." }, { text = "Luck.", effects = ["sun += 4"] } ] }
[cards.call]
team = "bob"
title = "Call the storm"
effects = ["schedule(storm, 1)"]
[injects.storm]
title = "Storm"
effects = ["sun -= 20"]
[injects.plot]
title = "Plot"
audience = ["ada"]
effects = ['schedule("sun += 7", 1)', "moon += 9"]
lasting = { rounds = 2, effects = ["sun -= 3"] }
[rules.eclipse]
at = "round_end"
when = "moon > 80"
effects = ["end(eclipse)"]
[rules.dusk]
at = "round_end"
when = "moon < 2"
effects = ["end(eclipse)"]
[endings.eclipse]
title = "Eclipse"
[endings.over]
title = "Over"
"""
DECKS = {
    **some_decks(40),
    "hospital": shipped(HOSPITAL),
    "plots": load_text({"deck.toml": PLOTS}),
}
SHIPPED = ("tutorial", "bright-days", "hospital")
Shown = tuple[object, ...]


def table(deck: Deck, seed: int = 1) -> Session:
    """A game in memory."""
    bots = dict.fromkeys(deck.model.teams, "bot:greedy")
    return Session.new(deck, seed=seed, seats=bots, clock=clock)


def positions(deck: Deck, games: int, most: int) -> Iterator[Session]:
    """Every place in some games of moves by chance."""
    for game in range(games):
        session, chance = table(deck, game), random.Random(game)
        for _ in range(most):
            if session.over:
                break
            yield session
            moved(session, chance)


def shown(session: Session, seat: str) -> Shown:
    """All that a seat is shown: its view, previews, reasons, and its bots' moves."""
    view = session.view(seat)
    previews = [session.preview(seat, each.move) for each in view.moves]
    numbers = [session.why(seat, track.id) for track in view.tracks]
    bots: list[Move] = []
    if seat in view.to_act and seat != PUBLIC:
        bots = [session.tree.bot_move(seat, policy) for policy in range(3)]
    return (*vars_of(view), *previews, *numbers, *bots)


def vars_of(view: View) -> list[tuple[str, object]]:
    """A view's fields, so that a difference names its field."""
    return [(name, getattr(view, name)) for name in View.__dataclass_fields__]


def differences(session: Session, chance: random.Random) -> list[str]:
    """What the seats are shown that changes with what they may not know."""
    found = []
    for seat in seats(session):
        secrets = Secrets(session.tree, seat)
        state = session.tree.state()
        twin = with_state(session, secrets.twin(state, chance))
        before, after = shown(session, seat), shown(twin, seat)
        pairs = zip(before, after, strict=True)
        found += [f"{seat}: {a} / {b}" for a, b in pairs if a != b]
    return found


def changed(session: Session, chance: random.Random) -> bool:
    """Whether there is anything to change."""
    team = session.tree.program.teams[0]
    state = session.tree.state()
    return Secrets(session.tree, team).twin(state, chance) != state


@pytest.mark.parametrize("name", DECKS)
def test_a_view_holds_nothing_that_its_seat_may_not_know(name: str) -> None:
    chance, seen, games = random.Random(name), 0, 2 if name in SHIPPED else 1
    for session in positions(DECKS[name], games, 60 if name in SHIPPED else 20):
        assert changed(session, chance)
        assert differences(session, chance) == []
        seen += 1
    assert seen > (40 if name in SHIPPED else 0)


# --- the log


Steer = Callable[[Session], None]


def follow(deck: Deck, seed: int, first: Steer, second: Steer, most: int) -> int:
    """Plays two games alike that were steered apart in secret.

    Until they differ in what a seat may know, that seat must be shown the same, its log
    above all. How many views were compared.
    """
    one, two = table(deck, seed), table(deck, seed)
    chance, wait = random.Random(seed), random.Random(seed).randint(0, 12)
    for _ in range(wait):
        if not one.over:
            moved(one, chance)
            repeat(one, two)
    if one.over:
        return 0
    first(one)
    second(two)
    alike = dict.fromkeys(seats(one), True)
    compared = 0
    for _ in range(most):
        for seat in alike:
            alike[seat] &= same_to(seat, one, two)
            if alike[seat]:
                assert_same(one, two, seat)
                compared += 1
        if two.over or not any(alike.values()):
            break
        moved(one, chance)
        try:
            repeat(one, two)
        except MoveError:  # the other game has gone another way
            break
    return compared


def repeat(one: Session, two: Session) -> None:
    """Makes the last move of one game in the other."""
    node = one.tree.now
    assert node.move is not None
    two.submit(node.by, node.move, note=node.note)


def same_to(seat: str, one: Session, two: Session) -> bool:
    """Whether the last move and where it led are the same to a seat, by the machine."""
    secrets = Secrets(one.tree, seat)
    if secrets.visible(trace_of(one)) != secrets.visible(trace_of(two)):
        return False
    a, b = one.tree.state(), two.tree.state()
    unknown = secrets.unknown_words(a) | secrets.unknown_words(b)
    digested = range(one.tree.program.digest_words)
    return all(a[i] == b[i] for i in digested if i not in unknown)


def assert_same(one: Session, two: Session, seat: str) -> None:
    """What a seat is shown of two games is the same; final scores are for all."""
    for (name, a), (_, b) in zip(
        vars_of(one.view(seat)), vars_of(two.view(seat)), strict=True
    ):
        if name != "over":
            assert a == b, f"{seat}: {name}"


def rule(kind: str, item: str, value: int) -> Steer:
    """A ruling on a track or flag, with its reason."""
    move = Move(kind, item=item, value=value)
    return lambda session: void(session.submit(CONTROL, move, note="because"))


def void(_: object) -> None:
    """Nothing, of anything."""


def reseeded(word: int) -> Steer:
    """Another luck with the cards, from here on."""

    def change(session: Session) -> None:
        tree, state = session.tree, session.tree.state()
        for i in range(4):
            state[at.S_CARDS + i] = word + i
        tree.nodes[tree.head] = replace(tree.now, state=with_state(
            session, state).tree.now.state)  # fmt: skip

    return change


def secret_names(deck: Deck) -> list[tuple[str, int, int]]:
    """Hidden tracks and flags with their bounds."""
    model = deck.model
    tracks = [
        (id_, t.min, t.max)
        for id_, t in model.tracks.items()
        if t.visible_to is not None
    ]
    flags = [(id_, 0, 1) for id_, f in model.flags.items() if f.visible_to is not None]
    return tracks + flags


def test_the_log_does_not_tell_of_hidden_numbers() -> None:
    compared = 0
    for name, deck in DECKS.items():
        for item, low, high in secret_names(deck):
            for seed in range(4 if name in SHIPPED else 1):
                one, two = rule("set", item, low), rule("set", item, high)
                compared += follow(deck, seed, one, two, 25)
    assert compared > 1_500


def test_the_log_does_not_tell_which_cards_were_drawn() -> None:
    compared = sum(
        follow(deck, seed, reseeded(1), reseeded(9), 25)
        for name, deck in DECKS.items()
        for seed in range(3 if name in SHIPPED else 1)
    )
    assert compared > 500


def test_nobody_is_told_of_dice_that_control_has_entered() -> None:
    compared = sum(
        follow(deck, seed, rule("die", "", 1), rule("die", "", 6), 6)
        for deck in DECKS.values()
        for seed in range(2)
    )
    assert compared > 500


def test_nobody_is_told_what_control_plans() -> None:
    compared = 0
    for deck in DECKS.values():
        for inject in deck.model.injects:
            hold, skip = (Move(kind, item=inject) for kind in ("hold", "skip"))
            compared += follow(deck, 0, partial(steer, hold), partial(steer, skip), 6)
    assert compared > 500


def steer(move: Move, session: Session) -> None:
    """Control's move on an inject, which may have fired already: then any other."""
    state = session.tree.state()
    inject = session.tree.program.injects.index(move.item)
    fired = state[session.tree.program.words[at.H_S_INJECT] + inject]
    session.submit(CONTROL, Move("die", value=1) if fired else move, note="because")


def judge(kind: str, card: str, team: str = "", value: int = 0) -> Steer:
    """A ruling on a card, with its reason."""
    move = Move(kind, team, card, value)
    return lambda session: void(session.submit(CONTROL, move, note="because"))


def taken_back(session: Session) -> None:
    """The last move is undone."""
    session.undo(CONTROL, session.tree.now.parent)


def watch(deck: Deck, first: Steer, second: Steer, then: Steer = void) -> int:
    """As `follow`, from the start, and for what the steering itself shows as well.

    What comes `then` is the same in both games.
    """
    one, two = table(deck), table(deck)
    first(one)
    second(two)
    alike = {seat for seat in seats(one) if same_to(seat, one, two)}
    then(one)
    then(two)
    chance, compared = random.Random(deck.model.id), 0
    for _ in range(25):
        for seat in alike:
            assert_same(one, two, seat)
            compared += 1
        if one.over or not alike:
            break
        moved(one, chance)
        try:
            repeat(one, two)
        except MoveError:  # the other game has gone another way
            break
        alike = {seat for seat in alike if same_to(seat, one, two)}
    return compared


def owned(deck: Deck) -> list[list[str]]:
    """The cards of each team that has two or more, if it plays against another."""
    found: dict[str, list[str]] = {}
    for id_, card in deck.model.cards.items():
        found.setdefault(card.team, []).append(id_)
    several = len(deck.model.teams) > 1
    return [ids for ids in found.values() if several and len(ids) > 1]


def test_nobody_else_is_told_which_card_is_vetoed() -> None:
    compared = sum(
        watch(deck, judge("veto", cards[0]), judge("veto", cards[-1]))
        for deck in DECKS.values()
        for cards in owned(deck)
    )
    assert compared > 500


def test_nobody_else_is_told_that_a_veto_was_undone() -> None:
    compared = sum(
        watch(deck, judge("veto", cards[0]), judge("veto", cards[-1]), taken_back)
        for deck in DECKS.values()
        for cards in owned(deck)
    )
    assert compared > 500


def test_nobody_is_told_what_an_undo_has_hidden_again() -> None:
    compared = 0
    for deck in DECKS.values():
        for item, low, high in secret_names(deck):
            one, two = rule("set", item, low), rule("set", item, high)
            compared += watch(deck, one, two, taken_back)
    assert compared > 300


def held(deck: Deck, team: str) -> list[str]:
    """What a team holds as the game begins."""
    return [card.id for card in table(deck).view(team).hand]


def test_only_one_team_is_told_of_a_card_that_it_alone_is_shown() -> None:
    compared = 0
    for deck in DECKS.values():
        teams = list(deck.model.teams)
        for team in teams:
            to = (teams.index(team) + 1) % len(teams)
            cards = held(deck, team)
            if len(cards) > 1 and teams[to] != team:
                one, two = (
                    judge("reveal", card, team, to + 1)
                    for card in (cards[0], cards[-1])
                )
                compared += watch(deck, one, two)
    assert compared > 500


# --- leaks are caught


def some_differences() -> list[str]:
    """What a few games on some decks give away."""
    chance, few = random.Random(3), ("tutorial", "plots", "made 1", "made 4")
    return [
        found
        for name in few
        for session in positions(DECKS[name], 6, 30)
        for found in differences(session, chance)
    ]


def test_nothing_is_found_without_a_leak() -> None:
    assert some_differences() == []


@pytest.mark.parametrize(
    "part", ["hide_targets", "hide_cards", "hide_answers", "hide_injects", "hide_rules"]
)
def test_a_part_that_hides_nothing_is_caught(
    monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(imagine, part, lambda *_: None)
    assert some_differences() != []


def known_words(session: Session, chance: random.Random) -> bool:
    """Whether what each seat knows is the same, in every word, as in a twin."""
    tree, state = session.tree, session.tree.state()
    twins = {seat: Secrets(tree, seat).twin(state, chance) for seat in seats(session)}
    return all(
        known_state(tree, seat, twin) == known_state(tree, seat, state)
        for seat, twin in twins.items()
    )


@pytest.mark.parametrize("name", ["tutorial", "bright-days", "plots", "made 4"])
def test_a_seat_knows_the_same_of_games_that_look_the_same_to_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(name)
    for session in positions(DECKS[name], 2, 40):
        assert known_words(session, chance)
    monkeypatch.setattr(imagine, "hide_vetoes", lambda *_: None)
    assert not all(known_words(s, chance) for s in positions(DECKS[name], 2, 40))


def test_bots_that_see_the_state_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("tabletop.session.tree", "tabletop.engine.playout"):
        monkeypatch.setattr(f"{module}.imagine", see_all)
    assert any("Move(kind='play'" in found for found in some_differences())


def see_all(P: list[int], S: list[int], seat: int, out: list[int]) -> None:
    """What a seat knows when nothing is hidden from it."""
    out[:] = S


def test_a_log_that_tells_too_much_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fact, "seen_by", lambda self, seat: self.change)
    with pytest.raises(AssertionError, match="log"):
        test_the_log_does_not_tell_of_hidden_numbers()
    with pytest.raises(AssertionError, match="log"):
        test_the_log_does_not_tell_which_cards_were_drawn()


def test_a_log_that_tells_of_rulings_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LogReader, "_may_know_ruling", lambda *_: True)
    with pytest.raises(AssertionError, match="log"):
        test_nobody_is_told_of_dice_that_control_has_entered()
    with pytest.raises(AssertionError, match="log"):
        test_nobody_is_told_what_an_undo_has_hidden_again()


def test_a_log_that_tells_of_vetoes_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fact, "seen_by", lambda self, seat: self.change)
    for test in (
        test_nobody_else_is_told_which_card_is_vetoed,
        test_nobody_else_is_told_that_a_veto_was_undone,
        test_only_one_team_is_told_of_a_card_that_it_alone_is_shown,
    ):
        with pytest.raises(AssertionError, match="log"):
            test()


# --- injects for some teams, and endings that have hidden causes


def ended_by(moon: int) -> View:
    """Bob's view of a game that a rule has ended, by a number he may not see."""
    session = table(DECKS["plots"])
    rule("set", "moon", moon)(session)
    session.submit(CONTROL, Move("advance"))
    assert session.over
    return session.view("bob")


def test_what_ended_the_game_is_told_without_its_hidden_cause() -> None:
    dusk, eclipse = ended_by(0).log[-1], ended_by(90).log[-1]
    assert dusk == eclipse
    assert dusk.changes[-1].kind == "ending"


def test_only_those_who_are_told_see_an_inject() -> None:
    session = table(DECKS["plots"])
    seen = {seat: len(session.view(seat).log) for seat in ("ada", "bob", PUBLIC)}
    session.submit(CONTROL, Move("fire", item="plot"))
    assert len(session.view("ada").log) == seen["ada"] + 1
    for seat in ("bob", PUBLIC):
        assert len(session.view(seat).log) == seen[seat]
    session.submit(CONTROL, Move("advance"))
    later = [c for entry in session.view("bob").log for c in entry.changes]
    sun = [change for change in later if change.subject == "sun"]
    assert [(change.before, change.after) for change in sun] == [(50, 47), (47, 54)]
    assert all(change.cause is None for change in sun)


def test_only_those_who_may_make_a_move_can_look_ahead_at_it() -> None:
    """Else a card in another's hand, or an inject, could be read in its preview."""
    session = table(DECKS["plots"])
    play, fire = Move("play", "ada", "offer"), Move("fire", item="plot")
    for seat, move in (("bob", play), ("bob", fire), ("ada", fire), (PUBLIC, play)):
        with pytest.raises(WrongSeatError):
            session.preview(seat, move)
    for seat, move in (("ada", play), (CONTROL, play), (CONTROL, fire)):
        assert session.preview(seat, move).move == move


@pytest.mark.parametrize("asked", ["fired.plot == 0", "not lasts.plot"])
def test_a_card_may_not_depend_on_an_inject_its_team_is_not_told_of(asked: str) -> None:
    text = PLOTS.replace('title = "Hope"', f'title = "Hope"\nrequires = "{asked}"')
    found = [each.code for each in check_text({"deck.toml": text}).diagnostics]
    assert "E501" in found


def test_a_team_can_not_play_a_card_whose_condition_it_may_not_see() -> None:
    """It can get such a card from control; whether it is offered must tell nothing."""
    text = PLOTS.replace('title = "An offer"', 'title = "Offer"\nrequires = "moon > 2"')
    session = table(load_text({"deck.toml": text}))
    give = Move("give", team="bob", item="offer")
    session.submit(CONTROL, give, note="a present")
    session.submit("ada", Move("pass", team="ada"))
    view = session.view("bob")
    assert "offer" in [card.id for card in view.hand]
    assert Move("play", "bob", "offer") not in [each.move for each in view.moves]
    with pytest.raises(MoveError):
        session.submit("bob", Move("play", "bob", "offer"))
    terms = next(card.terms for card in view.hand if card.id == "offer")
    assert terms[-1].text == "depends on what you can't see"
