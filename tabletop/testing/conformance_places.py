"""What must hold at every place of every game. None of these changes the game."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tabletop.deck.deck import Deck
from tabletop.errors import MoveError
from tabletop.session.moves import TEAM_KINDS
from tabletop.session.tree import describe
from tabletop.session.view import CONTROL, PUBLIC, Move
from tabletop.testing.conformance_walks import Place, other_moves, ruling, tried
from tabletop.testing.engines import differences

MOST_POINTS = 999
MUCH = 1_000_000
"""More than any track, flag or points can hold."""
MOST_MADE = 10
"""Moves of a seat that are made at one place, by chance where it has more."""
WISHES = 12
"""Moves that are not listed, tried at one place."""
COUNTED = ("play", "force", "answer", "pass", "set", "add", "hold", "skip", "die")
"""Moves that play one card or none, where cards are played one at a time."""
KINDS = ("fire", "hold", "release", "skip")
"""What control may do with an inject, in the order in which it is listed."""


def legal(place: Place) -> Iterator[str]:
    """Legal moves are listed in one order, once each, and asking changes nothing."""
    game, before = place.game, place.game.state()
    for seat in place.seats:
        moves = game.legal_moves(seat)
        if moves != game.legal_moves(seat):
            yield f"{seat} has other legal moves when asked again"
        if len(set(moves)) < len(moves):
            twice = next(move for move, n in Counter(moves).items() if n > 1)
            yield f"{seat} is listed '{describe(twice)}' twice"
        order = [_order(place.deck, move) for move in moves]
        if moves and moves[0].kind != "answer" and order != sorted(order):
            yield f"the legal moves of {seat} are not in the deck's order"
        owes = seat in game.owing()
        if seat != CONTROL and owes != bool(moves):
            yield f"{seat} {'owes a move and has none' if owes else 'may move unasked'}"
    if changed := differences(before, game.state()):
        yield f"asking for legal moves changes {changed[0]}"


def _order(deck: Deck, move: Move) -> tuple[bool, int, int]:
    """Cards in the deck's order before passing; advancing before injects."""
    model = deck.model
    ids = [*model.injects] if move.kind in KINDS else [*model.cards]
    item = ids.index(move.item) if move.item in ids else -1
    kind = KINDS.index(move.kind) if move.kind in KINDS else 0
    return move.kind == "pass", item, kind


def offers(place: Place) -> Iterator[str]:
    """A seat is shown exactly its legal moves, as it may know them."""
    for seat in place.seats:
        legal_moves, offered = place.game.legal_moves(seat), place.game.offered(seat)
        for move in dict.fromkeys((*legal_moves, *offered)):
            if move not in offered:
                yield f"'{describe(move)}' is not offered to {seat}"
            if move not in legal_moves:
                yield f"'{describe(move)}' is offered wrongly to {seat}"
        if offered != legal_moves:
            yield f"{seat} is offered its moves in another order"


def allowed(place: Place) -> Iterator[str]:
    """Cards that are listed are held, can be paid for, and are not used up."""
    game, model = place.game, place.deck.model
    numbers, lying, played = game.numbers(), game.cards(), game.played()
    for team in model.teams:
        for move in game.legal_moves(team):
            if move.kind not in ("play", "lay"):
                continue
            card, points = model.cards[move.item], numbers[f"{team}.points"]
            if move.item not in lying[f"hand {team}"]:
                yield f"{team} may {move.kind} {move.item}, which it does not hold"
            if card.cost > points:
                yield f"{team} may {move.kind} {move.item} for {card.cost} of {points}"
            if card.limit is not None and played[move.item] >= card.limit:
                yield f"{team} may {move.kind} {move.item} beyond its limit"


def applies(place: Place) -> Iterator[str]:
    """Every legal move can be made, and brings the game to its next stop."""
    for seat in place.seats:
        moves = place.game.legal_moves(seat)
        for move in place.chance.sample(moves, min(len(moves), MOST_MADE)):
            game = place.game.copied()
            try:
                game.perform(seat, move)
            except Exception as error:
                yield f"'{describe(move)}' is legal but fails: {_told(error)}"
                continue
            if not game.over and not game.owing():
                yield f"after '{describe(move)}' nobody owes a move"


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def refuses(place: Place) -> Iterator[str]:
    """A move that is not legal is refused, and leaves everything as it was."""
    game, chance = place.game.copied(), place.chance
    before = game.state()
    listed = {seat: game.legal_moves(seat) for seat in (*place.seats,)}
    known = [(seat, move) for seat, moves in listed.items() for move in moves]
    for _ in range(WISHES if known else 0):
        seat, move = chance.choice(known)
        seat = chance.choice(place.seats) if chance.random() < 0.3 else seat
        wish = other_moves(place.deck, move, chance)
        if _may(place.deck, listed, seat, wish):
            continue
        try:
            game.perform(seat, wish)
            yield f"{seat} may make an illegal move: '{describe(wish)}'"
            return
        except MoveError:
            if changed := differences(before, game.state()):
                yield f"refusing '{describe(wish)}' to {seat} changes {changed[0]}"
                return
        except Exception as error:
            yield f"refusing '{describe(wish)}' to {seat} fails: {_told(error)}"
            return


def _may(
    deck: Deck, listed: Mapping[str, tuple[Move, ...]], seat: str, move: Move
) -> bool:
    """Whether a seat may make a move: its own, or control any team's."""
    if seat != CONTROL:
        return move in listed[seat]
    if move.kind in TEAM_KINDS:
        return move in listed.get(move.team, ())
    return move in listed[CONTROL]


def end(place: Place) -> Iterator[str]:
    """A game that is over has no moves, of anybody, and stays as it is."""
    if not place.game.over:
        return
    game = place.game.copied()
    before = game.state()
    if owing := game.owing():
        yield f"{owing[0]} owes a move after the end"
    for seat in place.seats:
        if moves := (*game.legal_moves(seat), *game.offered(seat)):
            yield f"{seat} has the move '{describe(moves[0])}' after the end"
    wishes = [(CONTROL, ruling(place.deck, place.chance)) for _ in range(WISHES)]
    wishes += [(CONTROL, Move("advance"))]
    wishes += [(team, Move("pass", team)) for team in place.deck.model.teams]
    for seat, move in wishes:
        try:
            game.perform(seat, move)
            yield f"{seat} can make '{describe(move)}' after the end"
        except MoveError:
            pass
    if changed := differences(before, game.state()):
        yield f"{changed[0]} changes after the end"


def bounds(place: Place) -> Iterator[str]:
    """Tracks are within their bounds, flags 0 or 1, points 0 to 999, rounds in time;
    also when control adds more than fits."""
    ranges = _ranges(place.deck)
    yield from _outside(ranges, place.game.numbers())
    name = place.chance.choice([name for name in ranges if name != "round"])
    game, amount = place.game.copied(), place.chance.choice((-MUCH, MUCH))
    if tried(game, CONTROL, Move("add", item=name, value=amount)).made:
        yield from _outside(ranges, game.numbers())


def _ranges(deck: Deck) -> dict[str, tuple[int, int]]:
    model = deck.model
    tracks = {id_: (track.min, track.max) for id_, track in model.tracks.items()}
    points = {f"{team}.points": (0, MOST_POINTS) for team in model.teams}
    flags = dict.fromkeys(model.flags, (0, 1))
    return {**tracks, **flags, **points, "round": (1, model.rounds.count)}


def _outside(
    ranges: Mapping[str, tuple[int, int]], numbers: Mapping[str, int]
) -> Iterator[str]:
    for name, (low, high) in ranges.items():
        if name not in numbers:
            yield f"{name} has no value"
        elif not low <= numbers[name] <= high:
            yield f"{name} is {numbers[name]}, outside {low} to {high}"


def cards(place: Place) -> Iterator[str]:
    """Every copy of a card is in one place, or used up."""
    model, played = place.deck.model, place.game.played()
    found = Counter(card for ids in place.game.cards().values() for card in ids)
    for id_, card in model.cards.items():
        all_ = 1 if model.teams[card.team].hand == "all" else card.copies
        used_up = card.limit is not None and played[id_] >= card.limit
        if found[id_] > all_ or (found[id_] < all_ and not used_up):
            yield f"{id_} is there {found[id_]} times, of {all_}"


def plays(place: Place) -> Iterator[str]:
    """A play counts once, for its card and no other; nothing else counts as a play."""
    step, before = place.last, place.before
    if step is None or place.game.numbers()["round"] != before["round"]:
        return  # as a round begins, what was scheduled is played
    if step.made and (
        place.deck.model.rounds.play == "orders" or step.move.kind not in COUNTED
    ):
        return  # orders that were laid are played one after the other, later
    rises = {
        card: count - before[f"played.{card}"]
        for card, count in place.game.played().items()
        if count != before[f"played.{card}"]
    }
    played = step.made and step.move.kind in ("play", "force")
    expected = {step.move.item: 1} if played else {}
    if rises != expected:
        yield f"plays were counted as {rises}, and {expected} were made"


def secrets(place: Place) -> Iterator[str]:
    """What a seat may not know changes nothing that it is shown or offered.

    Looked at for the teams that are to move, and for one more seat.
    """
    others = (*place.deck.model.teams, PUBLIC)
    seats = dict.fromkeys(place.game.owing()) | {place.chance.choice(others): None}
    for seat in seats:
        if seat == CONTROL:
            continue
        twin = place.game.twin(seat, place.chance)
        one, other = place.game.shown(seat), twin.shown(seat)
        for name in differences(one, other):
            yield f"{seat} is shown what it may not know, in its {name}"
        if seat != PUBLIC and place.game.legal_moves(seat) != twin.legal_moves(seat):
            yield f"the legal moves of {seat} depend on what it may not know"


ALL = (legal, offers, allowed, applies, refuses, end, bounds, cards, plays, secrets)
CHECKS = MappingProxyType({check.__name__: check for check in ALL})
"""By their names, in the order in which they are made."""
