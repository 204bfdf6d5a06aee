"""What one seat knows of a state, as a state in which nothing else is left.

Part of the machine's source (see `words`). Everything the seat may not know is
replaced by something fixed, so what is computed from the result can't give it away:
views, offered moves, previews and bots all start here.
"""

from tabletop.engine.cards import has, keeps_all, owner, team_row, vetoed
from tabletop.engine.layout import *
from tabletop.engine.words import band_of


def imagine(P: Words, S: Words, seat: int, out: Words) -> None:
    """Writes to `out` what `seat` knows; control knows all but the dice to come."""
    for i in range(P[H_STATE]):
        out[i] = S[i]
    for i in range(S_DIE, S_FRAME):
        out[i] = 0
    out[S_FORCED] = 0
    for i in range(P[H_DIGEST], P[H_STATE]):
        out[i] = 0
    if seat == P[H_TEAMS]:
        return
    out[P[H_DIGEST] + Z_IMAGINE] = seat + 1
    hide_targets(P, out, seat)
    hide_injects(P, out, seat)
    hide_rules(P, out, seat)
    hide_answers(P, out, seat)
    hide_vetoes(P, out, seat)
    for team in range(P[H_TEAMS]):
        hide_cards(P, out, team, team == seat)


def hide_targets(P: Words, out: Words, seat: int) -> None:
    """Sets hidden tracks and flags back to their start."""
    for i in range(P[H_TRACKS] + P[H_FLAGS]):
        row = P[H_TARGET] + i * TARGET_WORDS
        if (P[row + G_HIDDEN] >> seat) & 1 == 1:
            out[P[H_S_TARGET] + i] = P[row + G_START]
            if i < P[H_TRACKS]:
                out[P[H_S_BAND] + i] = band_of(P, out, i)


def hide_injects(P: Words, out: Words, seat: int) -> None:
    """Forgets the schedule, and the injects that this team was not told."""
    for i in range(P[H_INJECTS]):
        row = P[H_INJECT] + i * INJECT_WORDS
        out[P[H_S_INJECT] + i] = INJECT_WAITS
        out[P[H_S_DUE] + i] = P[row + I_ROUND]
        if (P[row + I_HIDDEN] >> seat) & 1 == 1:
            out[P[H_S_FIRED] + i] = 0


def hide_rules(P: Words, out: Words, seat: int) -> None:
    """Forgets hidden rules, and what hidden causes have set going."""
    for i in range(P[H_RULES]):
        if (P[P[H_RULE] + i * RULE_WORDS + R_HIDDEN] >> seat) & 1 == 1:
            out[P[H_S_RULE] + i] = 0
    width = P[H_ROUNDS] + 1
    for i in range(P[H_SITES]):
        if (P[P[H_SITE] + i * SITE_WORDS + K_HIDDEN] >> seat) & 1 == 1:
            for k in range(width):
                out[P[H_S_SITE] + i * width + k] = 0
    for i in range(P[H_LASTINGS]):
        happening = P[P[H_LASTING] + i * LASTING_WORDS + L_HAPPENING]
        hidden = P[P[H_HAPPENING] + happening * HAPPENING_WORDS + P_HIDDEN]
        if (hidden >> seat) & 1 == 1:
            out[P[H_S_LASTING] + i] = 0


def hide_answers(P: Words, out: Words, seat: int) -> None:
    """Hides what others have answered in secret, but not that they have."""
    for depth in range(out[S_DEPTH]):
        f = S_FRAME + depth * FRAME_WORDS
        row = P[H_HAPPENING] + out[f + F_HAPPENING] * HAPPENING_WORDS
        if P[row + P_SECRET] == 1:
            for team in range(P[H_TEAMS]):
                if team != seat and out[f + F_ANSWER + team] > 0:
                    out[f + F_ANSWER + team] = 1


def hide_vetoes(P: Words, out: Words, seat: int) -> None:
    """Forgets vetoes of cards that are neither this team's own nor held by it."""
    for card in range(P[H_CARDS]):
        if vetoed(P, out, card) == 1 and owner(P, card) != seat:
            if has(P, out, seat, card) == 0:
                out[P[H_S_REST] + card] -= VETO


def hide_cards(P: Words, out: Words, team: int, own: bool) -> None:
    """Sorts what is unknown of a team's cards: all but the sizes, or its own pile."""
    counts = P[H_S_COUNT]
    row = team_row(P, team)
    hand = 0 if own else out[P[H_S_HAND] + team]
    pile = out[P[H_S_PILE] + team]
    revealed = out[S_STAGE] == FLOW_RESOLVE
    laid = 0 if own or revealed else out[P[H_S_LAID] + team]
    if hand + pile + laid == 0:
        return
    if laid > 0 and keeps_all(P, team) == 1:
        hide_orders(P, out, team, hand, laid)
        return
    count_cards(out, P[row + T_S_HAND], hand, counts)
    count_cards(out, P[row + T_S_LAID], laid, counts)
    count_cards(out, P[row + T_S_PILE], pile, counts)
    card = 0
    for i in range(hand + laid + pile):
        while out[counts + card] == 0:
            card += 1
        out[counts + card] -= 1
        if i < hand:
            out[P[row + T_S_HAND] + i] = card
        elif i < hand + laid:
            out[P[row + T_S_LAID] + i - hand] = card
        else:
            out[P[row + T_S_PILE] + i - hand - laid] = card


def hide_orders(P: Words, out: Words, team: int, hand: int, laid: int) -> None:
    """Hides what a team has laid that keeps its own cards in its hand meanwhile.

    The first of its own stand for as many others; the rest are not its own, and may be
    any that it was given.
    """
    row = team_row(P, team)
    counts = P[H_S_COUNT]
    count_cards(out, P[row + T_S_HAND], hand, counts)
    own = 0
    for i in range(laid):
        card = out[P[row + T_S_LAID] + i]
        if owner(P, card) == team:
            own += 1
        else:
            out[counts + card] += 1
    strangers = laid - own
    for i in range(own):
        out[P[row + T_S_LAID] + i] = own_card(P, team, i)
    card = P[H_CARDS] - 1
    while hand + strangers > 0:
        while out[counts + card] == 0:
            card -= 1
        out[counts + card] -= 1
        if strangers > 0 and owner(P, card) != team:
            strangers -= 1
            out[P[row + T_S_LAID] + own + strangers] = card
        else:
            hand -= 1
            out[P[row + T_S_HAND] + hand] = card


def own_card(P: Words, team: int, number: int) -> int:
    """One of a team's own cards that may be laid, each counted once; -1 beyond."""
    row = team_row(P, team)
    last = -1
    for i in range(P[row + T_OWNS]):
        card = P[P[row + T_OWN] + i]
        if card != last and P[P[H_CARD] + card * CARD_WORDS + C_RESPONSE] == 0:
            number -= 1
            if number < 0:
                return card
        last = card
    return -1


def count_cards(out: Words, at: int, count: int, counts: int) -> None:
    """Counts the cards of a list into the scratch words."""
    for i in range(count):
        out[counts + out[at + i]] += 1
