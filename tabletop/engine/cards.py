"""Hands, piles and discards.

Part of the machine's source (see `words`). A hand is kept in the deck's order; a pile
is a set, from which each draw takes one card at random.
"""

from tabletop.engine.layout import *
from tabletop.engine.words import below


def team_row(P: Words, team: int) -> int:
    """Where a team's record stands in the program."""
    return P[H_TEAM] + team * TEAM_WORDS


def owner(P: Words, card: int) -> int:
    """The team whose card it is."""
    return P[P[H_CARD] + card * CARD_WORDS + C_TEAM]


def find(S: Words, at: int, count: int, card: int) -> int:
    """Index of a card in a list of the state, or -1."""
    for i in range(count):
        if S[at + i] == card:
            return i
    return -1


def insert_sorted(S: Words, at: int, count: int, card: int) -> None:
    """Puts a card into a sorted list that has room for it."""
    i = count
    while i > 0 and S[at + i - 1] > card:
        S[at + i] = S[at + i - 1]
        i -= 1
    S[at + i] = card


def remove_at(S: Words, at: int, count: int, index: int) -> None:
    """Takes an entry out of a list, closing the gap and zeroing the freed word."""
    for i in range(index, count - 1):
        S[at + i] = S[at + i + 1]
    S[at + count - 1] = 0


def add_to_hand(P: Words, S: Words, team: int, card: int) -> int:
    """Puts a card into a hand: 1, or 0 when the hand has no room."""
    row = team_row(P, team)
    count = S[P[H_S_HAND] + team]
    if count >= P[row + T_HAND_CAP]:
        return 0
    insert_sorted(S, P[row + T_S_HAND], count, card)
    S[P[H_S_HAND] + team] = count + 1
    return 1


def take_from_hand(P: Words, S: Words, team: int, card: int) -> int:
    """Takes a card out of a hand: 1, or 0 when it was not there."""
    at = P[team_row(P, team) + T_S_HAND]
    count = S[P[H_S_HAND] + team]
    index = find(S, at, count, card)
    if index < 0:
        return 0
    remove_at(S, at, count, index)
    S[P[H_S_HAND] + team] = count - 1
    return 1


def keeps_all(P: Words, team: int) -> int:
    """Whether a team holds every card of its own, always: 1 or 0."""
    return 1 if P[team_row(P, team) + T_HAND] < 0 else 0


def put_away(P: Words, S: Words, card: int) -> None:
    """Puts a card where it goes after use.

    Back to an owner who holds every card; out of the game once its limit is reached;
    else to its owner's discards.
    """
    team = owner(P, card)
    limit = P[P[H_CARD] + card * CARD_WORDS + C_LIMIT]
    row = team_row(P, team)
    if P[row + T_HAND] < 0:
        if find(S, P[row + T_S_HAND], S[P[H_S_HAND] + team], card) < 0:
            add_to_hand(P, S, team, card)
    elif limit == 0 or S[P[H_S_PLAYED] + card] < limit:
        count = S[P[H_S_DISCARD] + team]
        if count < P[row + T_PILE_CAP]:
            S[P[row + T_S_DISCARD] + count] = card
            S[P[H_S_DISCARD] + team] = count + 1


def refill_pile(P: Words, S: Words, team: int, trace: Trace) -> None:
    """Makes a new pile of the discards."""
    row = team_row(P, team)
    pile = P[row + T_S_PILE]
    discard = P[row + T_S_DISCARD]
    count = S[P[H_S_DISCARD] + team]
    for i in range(count):
        S[pile + i] = S[discard + i]
        S[discard + i] = 0
    S[P[H_S_PILE] + team] = count
    S[P[H_S_DISCARD] + team] = 0
    if trace is not None:
        trace.append((TR_SHUFFLE, team, count, 0, S[S_ORIGIN], S[S_PART]))


def draw_card(P: Words, S: Words, team: int, trace: Trace) -> int:
    """Draws one card at random: 1, or 0 when there is none or no room for it."""
    row = team_row(P, team)
    if S[P[H_DIGEST] + Z_STILL] != 0 or S[P[H_S_HAND] + team] >= P[row + T_HAND_CAP]:
        return 0
    if S[P[H_S_PILE] + team] == 0 and S[P[H_S_DISCARD] + team] > 0:
        refill_pile(P, S, team, trace)
    count = S[P[H_S_PILE] + team]
    if count == 0:
        return 0
    pile = P[row + T_S_PILE]
    index = below(S, S_CARDS, count)
    card = S[pile + index]
    S[pile + index] = S[pile + count - 1]
    S[pile + count - 1] = 0
    S[P[H_S_PILE] + team] = count - 1
    add_to_hand(P, S, team, card)
    if trace is not None:
        trace.append((TR_DRAW, team, card, 0, S[S_ORIGIN], S[S_PART]))
    return 1


def fill_hand(P: Words, S: Words, team: int, trace: Trace) -> None:
    """Fills a hand to its size."""
    size = P[team_row(P, team) + T_HAND]
    while S[P[H_S_HAND] + team] < size:
        if draw_card(P, S, team, trace) == 0:
            return


def discard_random(P: Words, S: Words, team: int, trace: Trace) -> int:
    """Discards one card of a hand at random, face up: 1, or 0 when there is none."""
    count = S[P[H_S_HAND] + team]
    if count == 0 or keeps_all(P, team) == 1 or S[P[H_DIGEST] + Z_STILL] != 0:
        return 0
    card = S[P[team_row(P, team) + T_S_HAND] + below(S, S_CARDS, count)]
    discard_held(P, S, team, card, trace)
    return 1


def discard_held(P: Words, S: Words, team: int, card: int, trace: Trace) -> None:
    """Discards a card from a hand, if it is there."""
    if take_from_hand(P, S, team, card) == 1:
        put_away(P, S, card)
        if trace is not None:
            trace.append((TR_DISCARD, team, card, 0, S[S_ORIGIN], S[S_PART]))


def holder(P: Words, S: Words, card: int) -> int:
    """The first team that holds a card, or -1."""
    for team in range(P[H_TEAMS]):
        if find(S, P[team_row(P, team) + T_S_HAND], S[P[H_S_HAND] + team], card) >= 0:
            return team
    return -1


def has(P: Words, S: Words, team: int, card: int) -> int:
    """Whether a card is in a team's hand, or among its orders: 1 or 0."""
    row = team_row(P, team)
    if find(S, P[row + T_S_HAND], S[P[H_S_HAND] + team], card) >= 0:
        return 1
    laid = find(S, P[row + T_S_LAID], S[P[H_S_LAID] + team], card)
    return 1 if laid >= 0 else 0


def vetoed(P: Words, S: Words, card: int) -> int:
    """Whether control forbids a card: 1 or 0."""
    return 1 if S[P[H_S_REST] + card] >= VETO else 0


def stays(P: Words, team: int, card: int) -> int:
    """Whether a card never leaves a hand, which holds every card of its own: 1 or 0."""
    return 1 if keeps_all(P, team) == 1 and owner(P, card) == team else 0


def discard_card(P: Words, S: Words, card: int, trace: Trace) -> None:
    """Discards a card from whichever hand holds it."""
    team = holder(P, S, card)
    if team >= 0 and stays(P, team, card) == 0:
        discard_held(P, S, team, card, trace)


def take_from_list(S: Words, at: int, count_at: int, card: int) -> int:
    """Takes a card out of a pile or discards: 1, or 0 when it was not there."""
    index = find(S, at, S[count_at], card)
    if index < 0:
        return 0
    remove_at(S, at, S[count_at], index)
    S[count_at] -= 1
    return 1


def pull_card(P: Words, S: Words, card: int) -> int:
    """Takes a card from wherever it is: 1, or 0 when it is on the table or gone."""
    for team in range(P[H_TEAMS]):
        if take_from_hand(P, S, team, card) == 1:
            return 1
    team = owner(P, card)
    row = team_row(P, team)
    if take_from_list(S, P[row + T_S_PILE], P[H_S_PILE] + team, card) == 1:
        return 1
    return take_from_list(S, P[row + T_S_DISCARD], P[H_S_DISCARD] + team, card)


def within_reach(P: Words, S: Words, card: int) -> int:
    """Whether a card is in a hand, a pile or the discards: 1, or 0 when it is not."""
    if holder(P, S, card) >= 0:
        return 1
    team = owner(P, card)
    row = team_row(P, team)
    if find(S, P[row + T_S_PILE], S[P[H_S_PILE] + team], card) >= 0:
        return 1
    found = find(S, P[row + T_S_DISCARD], S[P[H_S_DISCARD] + team], card)
    return 1 if found >= 0 else 0


def give_card(P: Words, S: Words, card: int, team: int, trace: Trace) -> None:
    """Moves a card into a team's hand from wherever it is."""
    room = P[team_row(P, team) + T_HAND_CAP] - S[P[H_S_HAND] + team]
    if room > 0 and pull_card(P, S, card) == 1:
        add_to_hand(P, S, team, card)
        if trace is not None:
            trace.append((TR_GIVE, team, card, 0, S[S_ORIGIN], S[S_PART]))
