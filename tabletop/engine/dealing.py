"""A whole state that a seat holds possible: what it can't see is dealt anew.

Part of the machine's source (see `words`). It starts from what the seat knows (see
`imagine`) and from nothing else, so what is computed from it can't give a secret away.
Other teams' cards are shuffled over the places that hold unknown cards, orders over the
cards that could have been laid, secret answers over the options that are open; dice,
draws and bots get other luck. Hidden tracks and flags stay at their start. No inject
comes that the seat was not told of, unless something that it knows of has scheduled it.
Control knows all but the luck to come.
"""

from tabletop.engine.cards import keeps_all, owner, team_row
from tabletop.engine.flow import run
from tabletop.engine.frames import option_open
from tabletop.engine.imagine import imagine, own_card
from tabletop.engine.layout import *
from tabletop.engine.machine import act, team_score
from tabletop.engine.playout import play_out
from tabletop.engine.words import below, mix32


def deal_anew(P: Words, S: Words, seat: int, out: Words, word: int) -> None:
    """Writes to `out` a state as `seat` may hold it for, by the luck of 32 bits.

    `seat` is a team, or control's: the number of teams.
    """
    take_known(P, S, seat, out)
    deal_out(P, out, seat, word)


def playout_word(K: Words, number: int) -> int:
    """The 32 bits that playout `number` is dealt by, under the four key words `K`."""
    x = mix32(K[0] ^ (number & MASK))
    x = mix32(x ^ K[1] ^ (number >> 32))
    return mix32(x ^ K[2] ^ mix32(K[3]))


def play_on(
    P: Words, known: Words, seat: int, move: int, word: int, policies: Words,
    S: Words, moves: Words, spare: Words, trial: Words,
) -> None:  # fmt: skip
    """One playout from what `take_known` wrote to `known`, in `S`, to the end.

    `move` is made first when it is not negative: a team's move, or to open the next
    phase. The bots' luck is that of the moves as `known` counts them, so whoever wants
    the same for several places of a line numbers them.
    """
    for i in range(P[H_STATE]):
        S[i] = known[i]
    deal_out(P, S, seat, word)
    if move >= 0:
        act(P, S, move, None)
        run(P, S, None)
    play_out(P, S, policies, moves, spare, trial, BIG)


def write_outcome(P: Words, S: Words, out: Words, at: int) -> int:
    """Writes what a playout came to, and returns how many words.

    Its error, the ending (its index, -1 for none), then a score for each team.
    """
    out[at] = S[S_ERROR]
    out[at + 1] = S[S_ENDING] - 1
    for team in range(P[H_TEAMS]):
        out[at + 2 + team] = team_score(P, S, team)
    return 2 + P[H_TEAMS]


def take_known(P: Words, S: Words, seat: int, out: Words) -> None:
    """Writes to `out` what `seat` knows, as a state that `deal_out` makes whole."""
    if seat < P[H_TEAMS]:
        imagine(P, S, seat, out)
        still_injects(P, out)
    else:
        for i in range(P[H_DIGEST]):
            out[i] = S[i]
    for i in range(P[H_DIGEST], P[H_STATE]):
        out[i] = 0


def still_injects(P: Words, out: Words) -> None:
    """Lets no inject come by time or condition: the schedule is control's secret."""
    for i in range(P[H_INJECTS]):
        out[P[H_S_INJECT] + i] = INJECT_FIRED
        out[P[H_S_DUE] + i] = 0


def deal_out(P: Words, S: Words, seat: int, word: int) -> None:
    """Makes a state whole that holds what `seat` knows, by the luck of 32 bits."""
    reseed_words(S, S_DICE, 4, word, 0)
    reseed_words(S, S_CARDS, 4, word, 64)
    reseed_words(S, P[H_DIGEST] + Z_BOT, 2, word, 128)
    S[S_DICE] |= 1
    S[S_CARDS] |= 1
    if seat == P[H_TEAMS]:
        return
    for team in range(P[H_TEAMS]):
        if team != seat:
            deal_cards(P, S, team)
    deal_answers(P, S, seat)


def reseed_words(S: Words, at: int, count: int, word: int, salt: int) -> None:
    """Words of a stream, each well mixed."""
    for i in range(count):
        S[at + i] = mix32(word ^ mix32(salt + i + 1))


# --- cards


def deal_cards(P: Words, S: Words, team: int) -> None:
    """Shuffles a team's cards over its orders, hand and pile, each deal as likely."""
    laid = 0 if S[S_STAGE] == FLOW_RESOLVE else S[P[H_S_LAID] + team]
    hand = S[P[H_S_HAND] + team]
    count = laid + hand + S[P[H_S_PILE] + team]
    if count == hand:
        return
    row = team_row(P, team)
    if keeps_all(P, team) == 1:
        deal_kept(P, S, team, laid)
    else:
        fit = gather_orders(P, S, row, laid, hand, count) if laid > 0 else 0
        for i in range(laid + hand):
            last = fit if i < laid and fit > i else count
            k = i + below(S, S_CARDS, last - i)
            swap(S, place(P, S, row, laid, hand, i), place(P, S, row, laid, hand, k))
    sort_words(S, P[row + T_S_HAND], hand)


def place(P: Words, S: Words, row: int, laid: int, hand: int, i: int) -> int:
    """Where the `i`-th card stands when orders, hand and pile are one list."""
    if i < laid:
        return P[row + T_S_LAID] + i
    if i < laid + hand:
        return P[row + T_S_HAND] + i - laid
    return P[row + T_S_PILE] + i - laid - hand


def swap(S: Words, a: int, b: int) -> None:
    """Exchanges two words."""
    word = S[a]
    S[a] = S[b]
    S[b] = word


def sort_words(S: Words, at: int, count: int) -> None:
    """Sorts a short list."""
    for i in range(1, count):
        word = S[at + i]
        k = i
        while k > 0 and S[at + k - 1] > word:
            S[at + k] = S[at + k - 1]
            k -= 1
        S[at + k] = word


def gather_orders(
    P: Words, S: Words, row: int, laid: int, hand: int, count: int
) -> int:
    """Brings the cards that may be laid to the front of the list: how many."""
    fit = 0
    for i in range(count):
        at = place(P, S, row, laid, hand, i)
        if P[P[H_CARD] + S[at] * CARD_WORDS + C_RESPONSE] == 0:
            swap(S, at, place(P, S, row, laid, hand, fit))
            fit += 1
    return fit


def deal_kept(P: Words, S: Words, team: int, laid: int) -> None:
    """Deals the orders of a team whose own cards stay in its hand when it lays them.

    First come those of its own, then those of others, which it took from its hand.
    """
    at = P[team_row(P, team) + T_S_LAID]
    own = 0
    while own < laid and owner(P, S[at + own]) == team:
        own += 1
    choose_own(P, S, team, own)
    strangers = count_strangers(P, S, team)
    for i in range(own, laid):
        k = below(S, S_CARDS, laid - i + strangers)
        if k < strangers:
            swap(S, at + i, stranger(P, S, team, k))
        else:
            swap(S, at + i, at + i + k - strangers)
    for i in range(laid):
        swap(S, at + i, at + i + below(S, S_CARDS, laid - i))


def choose_own(P: Words, S: Words, team: int, wanted: int) -> None:
    """Lays some of a team's own cards, each set as likely (Knuth's algorithm S)."""
    at = P[team_row(P, team) + T_S_LAID]
    left = 0
    while own_card(P, team, left) >= 0:
        left += 1
    number = 0
    done = 0
    while done < wanted:
        if below(S, S_CARDS, left) < wanted - done:
            S[at + done] = own_card(P, team, number)
            done += 1
        number += 1
        left -= 1


def count_strangers(P: Words, S: Words, team: int) -> int:
    """How many of the cards in a team's hand are not its own."""
    count = 0
    for i in range(S[P[H_S_HAND] + team]):
        if owner(P, S[P[team_row(P, team) + T_S_HAND] + i]) != team:
            count += 1
    return count


def stranger(P: Words, S: Words, team: int, number: int) -> int:
    """Where in a team's hand the card stands that is not its own."""
    at = P[team_row(P, team) + T_S_HAND]
    while number > 0 or owner(P, S[at]) == team:
        if owner(P, S[at]) != team:
            number -= 1
        at += 1
    return at


# --- answers


def deal_answers(P: Words, S: Words, seat: int) -> None:
    """Draws what others have answered in secret among the options that are open."""
    for depth in range(S[S_DEPTH]):
        f = S_FRAME + depth * FRAME_WORDS
        row = P[H_HAPPENING] + S[f + F_HAPPENING] * HAPPENING_WORDS
        if P[row + P_SECRET] == 0:
            continue
        for i in range(P[row + P_QUESTION], P[row + P_QUESTION] + P[row + P_QUESTIONS]):
            q = P[H_QUESTION] + i * QUESTION_WORDS
            team = P[q + Q_TEAM]
            if team != seat and S[f + F_ANSWER + team] > 0:
                S[f + F_ANSWER + team] = 1 + some_option(P, S, q)


def some_option(P: Words, S: Words, q: int) -> int:
    """One of a question's open options, or of all when none is open."""
    first = P[q + Q_OPTION]
    count = P[q + Q_OPTIONS]
    opened = 0
    for i in range(first, first + count):
        opened += option_open(P, S, i)
    if opened == 0:
        return below(S, S_CARDS, count)
    number = below(S, S_CARDS, opened)
    i = 0
    while number > 0 or option_open(P, S, first + i) == 0:
        number -= option_open(P, S, first + i)
        i += 1
    return i
