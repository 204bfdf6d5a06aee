"""A game whose deck gets more injects goes on as if it had not, unless they fire."""

import random
from itertools import chain

import pytest

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.engine import layout as at
from tabletop.engine.compile import compile_deck
from tabletop.engine.program import Program
from tabletop.engine.relayout import Relayout, has_passed
from tests.engine.games import after as stepped
from tests.engine.games import legal, owing, some_decks, walk

DECKS = some_decks(25)
ADDED = """
[injects.zz_first]
title = "By hand"
audience = ["{team}"]
effects = ["schedule(\\"{team}.points += 1\\", 1)", "schedule(zz_second, 1)"]
lasting = {{ rounds = 2, effects = ["{team}.points -= 1"] }}

[injects.zz_second]
title = "Dice"
roll = {{ dice = "2d6", table = [{{ to = 6, text = "a" }}, {{ text = "b" }}] }}
ask = [{{ team = "{team}", prompt = "?", options = [{{ id = "a", label = "A" }}] }}]
"""


def grown(deck: Deck, text: str = ADDED) -> Deck:
    """A deck with a text at the end of its last file."""
    files = dict(deck.files)
    files[list(files)[-1]] += text.format(team=next(iter(deck.model.teams)))
    return load_text(files)


def old_moves(program: Program, state: list[int], seat: int, injects: int) -> list[int]:
    """A seat's moves, without those with injects from a number on."""
    steering = range(at.MV_FIRE, at.MV_FORWARD + 1)
    return [
        move
        for move in legal(program, state, seat)
        if move % at.MOVE_TEAM not in steering
        or (move // at.MOVE_ITEM) % 65536 < injects
    ]


@pytest.mark.parametrize("name", DECKS)
def test_every_later_state_is_the_unamended_one_in_the_new_layout(name: str) -> None:
    before = compile_deck(DECKS[name])
    after = compile_deck(grown(DECKS[name]))
    layout = Relayout(before, after)
    for seed in range(3):
        chance = random.Random(seed)
        changed, amended_at = None, chance.randrange(40)
        for number, (state, move, new) in enumerate(walk(before, seed, chance, 200)):
            if number == amended_at:
                changed = layout.state(state).tolist()
            if changed is None:
                continue
            for seat in owing(before, state):
                moves = old_moves(after, changed, seat, len(before.injects))
                assert moves == legal(before, state, seat)
            changed = stepped(after, changed, move)
            digested = after.digest_words  # the scratch words behind are anybody's
            wanted = layout.state(new).tolist()[:digested]
            assert changed[:digested] == wanted, f"seed {seed}, move {number}"


@pytest.mark.parametrize("name", DECKS)
def test_each_section_keeps_its_words(name: str) -> None:
    before = compile_deck(DECKS[name])
    after = compile_deck(grown(DECKS[name]))
    layout = Relayout(before, after)
    places = {title: (start, end) for title, start, end in after.sections}
    states = [new for _, _, new in walk(before, 5, random.Random(5), 150)]
    for state in states[:: max(1, len(states) // 20)]:
        new = layout.state(state).tolist()
        for title, first, last in before.sections:
            start, end = places[title]
            words = new[start:end]
            if title == "scheduled":
                assert sum(words) == sum(state[first:last])
            else:
                assert words[: last - first] == state[first:last], title
                assert not any(words[last - first :]), title


def test_what_rules_have_scheduled_comes_due_after_an_inject_that_schedules() -> None:
    """Places that schedule stand in one row: those of injects, then those of rules."""
    found = 0
    for deck in DECKS.values():
        before, after = compile_deck(deck), compile_deck(grown(deck))
        sites = Relayout(before, after).sites
        found += sites != list(range(len(sites)))
        assert [after.sites[i] for i in sites] == list(before.sites)
    assert found, "no deck has a rule that schedules"


def test_another_deck_is_refused() -> None:
    tutorial, other = (compile_deck(DECKS[n]) for n in ("tutorial", "bright-days"))
    with pytest.raises(ValueError, match="other teams"):
        Relayout(tutorial, other)
    with pytest.raises(ValueError, match="injects differ"):
        Relayout(compile_deck(grown(DECKS["tutorial"])), tutorial)


@pytest.mark.parametrize("name", ["tutorial", "bright-days"])
def test_an_inject_comes_at_its_moment_or_is_held(name: str) -> None:
    """Wherever the deck grows: what is still to come comes; what has passed is held."""
    deck = DECKS[name]
    text = '\n[injects.zz]\ntitle = "Z"\nat = {{ round = 2, phase = "play" }}\n'
    before, after = compile_deck(deck), compile_deck(grown(deck, text))
    layout, index = Relayout(before, after), len(before.injects)
    slot = after.words[at.H_S_INJECT] + index
    row = after.words[at.H_INJECT] + index * at.INJECT_WORDS
    due, place = after.words[row + at.I_ROUND], after.words[row + at.I_PLACE]
    seen: set[tuple[bool | str, bool]] = set()
    games = (walk(before, seed, random.Random(seed)) for seed in range(4))
    for state, _, _ in chain.from_iterable(games):
        new = layout.state(state).tolist()
        gone = has_passed(state, due, place)
        assert new[slot] == (at.INJECT_HELD if gone else at.INJECT_WAITS)
        playing = state[at.S_ROUND] == 2 and state[at.S_PHASE] == place // 2
        seen.add((gone, playing))
        if not gone:
            seen.add(("fires", fires(after, new, slot)))
    assert {(True, True), (False, False), ("fires", True)} <= seen


def fires(program: Program, state: list[int], slot: int) -> bool:
    """Whether an inject fires within the next few moves."""
    chance = random.Random(1)
    for _ in range(200):
        seats = owing(program, state)
        if state[slot] != at.INJECT_WAITS or not seats:
            break
        seat = chance.choice(seats)
        on = 0 if seat == program.control else -1  # open the next phase, or pass
        state = stepped(program, state, legal(program, state, seat)[on])
    return state[slot] == at.INJECT_FIRED
