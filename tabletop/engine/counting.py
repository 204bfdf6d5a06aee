"""Games by bots, with everything counted that happens in them.

Compiled like the machine's source (see `words`), and apart from it. What happens is
learned from the machine's trace: its `append` comes to `note` here. The counts stand in
one vector, the ledger (see `ledger`), and add up over the games of a call. Terms are
evaluated whenever their condition is looked at, all of them.

A decision of a bot that plays games on in its mind is left to the caller: `count_games`
returns its team, with the game as it stands, and takes the decision in `C_PLACE`.
"""

from tabletop.engine.cards import find, team_row
from tabletop.engine.effects import find_ending
from tabletop.engine.flow import rested, run
from tabletop.engine.layout import *
from tabletop.engine.machine import (
    act,
    asked_question,
    lay_out,
    legal_moves,
    next_seat,
    refusal,
    seed_words,
)
from tabletop.engine.playout import (
    bot_word,
    choose_greedy,
    choose_plainly,
    write_row,
)
from tabletop.engine.words import holds, term_holds

# --- the ledger's head: the game under way, then where everything stands in it
(
    C_GAME, C_UNDER_WAY, C_MADE, C_PLACE, C_COUNT, C_LATE, C_OUT,
    C_CARD, C_OPTION, C_OUTCOME, C_ROW, C_LASTING, C_RULE, C_INJECT, C_ENDING,
    C_OFFERED, C_CHOSEN, C_WAITED, C_TERM, C_FIRST_LEAF, C_LEAVES, C_OPTIONS, C_WIDTH,
    C_TRACK, C_ALL_OPTIONS, C_REAL, C_TEAMS,
) = range(27)  # fmt: skip
LEDGER_HEAD = 27
"""C_GAME is the game to play next, or under way. C_MADE counts its moves. C_PLACE is -1
until the caller has decided, among C_COUNT moves. C_LATE is 1 when no ending held as
the round closed. C_OUT is where the next game's figures go. C_LEAVES has a pair for
each condition, by whose it is: its first term, and how many. C_WIDTH is one more than
the most legal moves. C_ALL_OPTIONS counts the deck's options. C_REAL counts the game's
decisions with more than one legal move."""
A_HITS, A_GAMES, A_LAST, A_FIRST, A_ROUND = range(5)
THING_WORDS = 5
"""A thing's counts. A_LAST and A_FIRST are a game's number and 1; 0 for none."""
V_TURN, V_TURNS, V_FEW = range(3)
TEAM_COUNTS = 3
"""A team's counts. V_TURN tells the game and round of its latest turn: 0 for none.
V_FEW are the turns with less than FEW cards to play or lay."""
FEW = 2
NO_CHOICE = -1

# --- policies with tables: where each team's begins, then the tables
BOT_LEAST, BOT_WEIGHTS, BOT_SCRIPT = 4, 5, 6
"""Bots that take what they used least, by weight, or as somebody wrote it down. Their
tables have a word for each choice (see `item_of`): its uses so far, in each round, or
its weight; a script has the number of its lines, then each line's choice and whether it
was used."""
BATCH = 64
"""Games after which bots that take what they used least begin anew."""


# --- what happens


def note(P: Words, S: Words, T: Words, kind: int, a: int, b: int, c: int) -> None:
    """Counts one fact of the trace."""
    if kind == TR_SET:
        return
    if kind == TR_LOOK:
        look(P, S, T, a, b)
    elif kind == TR_PLAY:
        hit(S, T, T[C_CARD] + b * THING_WORDS)
    elif kind == TR_RULE:
        hit(S, T, T[C_RULE] + a * THING_WORDS)
    elif kind == TR_ROLL:
        hit(S, T, T[C_ROW] + c * THING_WORDS)
    elif kind == TR_PASS:
        note_pass(P, S, T)
    elif kind == TR_ROUND:
        close_round(P, S, T, a - 1)
    else:
        note_seldom(P, S, T, kind, a, b)


def note_seldom(P: Words, S: Words, T: Words, kind: int, a: int, b: int) -> None:
    """Counts what happens less often."""
    if kind == TR_ANSWER:
        hit(S, T, T[C_OPTION] + b * THING_WORDS)
    elif kind == TR_OUTCOME:
        hit(S, T, T[C_OUTCOME] + a * THING_WORDS)
    elif kind == TR_INJECT:
        hit(S, T, T[C_INJECT] + a * THING_WORDS)
    elif kind == TR_DUE:
        card = P[P[H_SITE] + a * SITE_WORDS + K_HAPPENING]
        if card >= 0 and card < P[H_CARDS]:
            hit(S, T, T[C_CARD] + card * THING_WORDS)


def hit(S: Words, T: Words, row: int) -> None:
    """Counts that a thing happened."""
    game = T[C_GAME] + 1
    T[row + A_HITS] += 1
    if T[row + A_LAST] != game:
        T[row + A_LAST] = game
        T[row + A_GAMES] += 1
        if T[row + A_FIRST] == 0:
            T[row + A_FIRST] = game
    if T[row + A_ROUND] == 0 or S[S_ROUND] < T[row + A_ROUND]:
        T[row + A_ROUND] = S[S_ROUND]


def note_pass(P: Words, S: Words, T: Words) -> None:
    """Counts the cards in their own team's hand, once every team has passed."""
    for team in range(P[H_TEAMS]):
        if S[P[H_S_PASSED] + team] == 0:
            return
    if S[S_DEPTH] > 0:
        return
    for card in range(P[H_CARDS]):
        team = P[P[H_CARD] + card * CARD_WORDS + C_TEAM]
        at = P[team_row(P, team) + T_S_HAND]
        if find(S, at, S[P[H_S_HAND] + team], card) >= 0:
            T[T[C_WAITED] + card] += 1


def close_round(P: Words, S: Words, T: Words, number: int) -> None:
    """Keeps the tracks as they are when a round has closed."""
    T[C_LATE] = 0
    if number > 0:
        at = T[C_TRACK] + (number - 1) * P[H_TRACKS]
        for track in range(P[H_TRACKS]):
            T[at + track] = S[P[H_S_TARGET] + track]


# --- conditions


def look(P: Words, S: Words, T: Words, what: int, index: int) -> None:
    """Counts what the terms of a condition come to that is about to be looked at."""
    if what == LOOK_ENDING:
        look_at_endings(P, S, T, index)
        return
    count_terms(P, S, T, what, index)
    if what == LOOK_LASTING:
        row = P[H_LASTING] + index * LASTING_WORDS
        terms = P[row + L_TERMS]
        if terms == 0 or holds(P, S, P[row + L_TERM], terms) == 0:
            hit(S, T, T[C_LASTING] + index * THING_WORDS)


def look_at_endings(P: Words, S: Words, T: Words, always: int) -> None:
    """Counts the terms of each ending that is tested, up to the one that holds."""
    found = find_ending(P, S, always)
    last = found if found >= 0 else P[H_ENDINGS] - 1
    for i in range(last + 1):
        row = P[H_ENDING] + i * ENDING_WORDS
        if P[row + N_TERMS] >= 0 and P[row + N_ALWAYS] >= always:
            count_terms(P, S, T, LOOK_ENDING, i)
    if always == 0:
        T[C_LATE] = 1 if found < 0 else 0


def count_terms(P: Words, S: Words, T: Words, what: int, index: int) -> None:
    """Counts for each term of a condition whether it holds."""
    at = T[T[C_LEAVES] + what] + 2 * index
    first = T[at]
    for i in range(first, first + T[at + 1]):
        holding = term_holds(P, S, T[C_FIRST_LEAF] + i)
        T[T[C_TERM] + 2 * i + 1 - holding] += 1


# --- decisions


def item_of(P: Words, S: Words, T: Words, seat: int, move: int) -> int:
    """A team's choice as one number: cards, then options, then to pass."""
    kind = move % MOVE_TEAM
    item = (move // MOVE_ITEM) % 65536
    if kind == MV_PLAY or kind == MV_LAY:
        return item
    if kind == MV_ANSWER:
        q = P[H_QUESTION] + asked_question(P, S, seat) * QUESTION_WORDS
        return P[H_CARDS] + P[q + Q_OPTION] + item
    return P[H_CARDS] + T[C_ALL_OPTIONS]


def count_decision(
    P: Words, S: Words, T: Words, seat: int, moves: Words, count: int, place: int
) -> None:
    """Counts what a team may do and what it does, and the conditions behind it."""
    size = P[H_CARDS] + T[C_ALL_OPTIONS]
    for i in range(count):
        item = item_of(P, S, T, seat, moves[i])
        if item < size:
            T[T[C_OFFERED] + item] += 1
            if i == place:
                T[T[C_CHOSEN] + item] += 1
    at = T[C_OPTIONS] + (S[S_ROUND] * P[H_TEAMS] + seat) * T[C_WIDTH]
    T[at + min(count, T[C_WIDTH] - 1)] += 1
    if count > 1:
        T[C_REAL] += 1
    if S[S_WAIT] == W_PLAY or S[S_WAIT] == W_LAY:
        count_turn(P, S, T, seat, count - 1)
    if S[S_WAIT] == W_ANSWER:
        q = P[H_QUESTION] + asked_question(P, S, seat) * QUESTION_WORDS
        for i in range(P[q + Q_OPTIONS]):
            count_terms(P, S, T, LOOK_OPTION, P[q + Q_OPTION] + i)
    else:
        count_hand(P, S, T, seat)


def count_turn(P: Words, S: Words, T: Words, team: int, cards: int) -> None:
    """Counts a team's first decision in a round's play, among so many cards."""
    at = T[C_TEAMS] + team * TEAM_COUNTS
    turn = T[C_GAME] * (P[H_ROUNDS] + 1) + S[S_ROUND]
    if T[at + V_TURN] != turn:
        T[at + V_TURN] = turn
        T[at + V_TURNS] += 1
        if cards < FEW:
            T[at + V_FEW] += 1


def count_hand(P: Words, S: Words, T: Words, team: int) -> None:
    """Counts the terms of the cards in a hand whose condition alone decides."""
    at = P[team_row(P, team) + T_S_HAND]
    last = -1
    for i in range(S[P[H_S_HAND] + team]):
        card = S[at + i]
        if card != last and T[T[T[C_LEAVES] + LOOK_CARD] + 2 * card + 1] > 0:
            why = refusal(P, S, team, card)
            if why == 0 or (why == 3 and rested(P, S, card) == 1):
                count_terms(P, S, T, LOOK_CARD, card)
        last = card


# --- bots with tables


def pick(
    P: Words, S: Words, T: Words, seat: int, policy: int, moves: Words, count: int,
    known: Words, trial: Words, W: Words,
) -> int:  # fmt: skip
    """Index of the move that a bot makes among its `count` legal moves."""
    if policy == BOT_GREEDY and count > 1:
        return choose_greedy(P, S, seat, moves, count, known, trial)
    if policy == BOT_LEAST:
        return pick_least(P, S, T, seat, moves, count, W)
    if policy == BOT_WEIGHTS:
        return pick_weighted(P, S, T, seat, moves, count, W)
    if policy == BOT_SCRIPT:
        return pick_written(P, S, T, seat, moves, count, W)
    return choose_plainly(P, S, policy, count)


def pick_least(
    P: Words, S: Words, T: Words, seat: int, moves: Words, count: int, W: Words
) -> int:
    """What was used least so far in this round, one of equal ones at random.

    Every second game goes by chance: to use everything is a way to play of its own,
    which leaves out what comes of doing little.
    """
    if count <= 1:
        return 0
    uses = W[seat] + (S[S_ROUND] - 1) * (P[H_CARDS] + T[C_ALL_OPTIONS] + 1)
    least = BIG
    chosen = 0
    ties = 0
    for k in range(count):
        used = W[uses + item_of(P, S, T, seat, moves[k])]
        if used < least:
            least = used
            chosen = k
            ties = 1
        elif used == least:
            ties += 1
            if (bot_word(P, S, 5 + k) * ties) >> 32 == 0:
                chosen = k
    if T[C_GAME] % 2 == 1:
        chosen = choose_plainly(P, S, BOT_RANDOM, count)
    W[uses + item_of(P, S, T, seat, moves[chosen])] += 1
    return chosen


def pick_weighted(
    P: Words, S: Words, T: Words, seat: int, moves: Words, count: int, W: Words
) -> int:
    """At random by weight; where no move has any, each is as likely."""
    total = 0
    for k in range(count):
        total += W[W[seat] + item_of(P, S, T, seat, moves[k])]
    if total == 0:
        return choose_plainly(P, S, BOT_RANDOM, count)
    number = (bot_word(P, S, 0) * total) >> 32
    k = 0
    number -= W[W[seat] + item_of(P, S, T, seat, moves[0])]
    while number >= 0:
        k += 1
        number -= W[W[seat] + item_of(P, S, T, seat, moves[k])]
    return k


def pick_written(
    P: Words, S: Words, T: Words, seat: int, moves: Words, count: int, W: Words
) -> int:
    """The first line not yet used that is legal; else to pass, or the first answer."""
    at = W[seat]
    for i in range(W[at]):
        line = at + 1 + 2 * i
        if W[line + 1] == 0:
            for k in range(count):
                if item_of(P, S, T, seat, moves[k]) == W[line]:
                    W[line + 1] = 1
                    return k
    return count - 1 if moves[count - 1] % MOVE_TEAM == MV_PASS else 0


def begin_tables(P: Words, T: Words, policies: Words, W: Words, game: int) -> None:
    """Unused lines again for each game; no uses for each batch of games."""
    for team in range(P[H_TEAMS]):
        at = W[team]
        if policies[team] == BOT_SCRIPT:
            for i in range(W[at]):
                W[at + 2 + 2 * i] = 0
        elif policies[team] == BOT_LEAST and game % BATCH == 0:
            for i in range(P[H_ROUNDS] * (P[H_CARDS] + T[C_ALL_OPTIONS] + 1)):
                W[at + i] = 0


# --- games


def begin_game(
    P: Words, S: Words, K: Words, L: Words, T: Words, policies: Words, W: Words
) -> None:
    """The start of the next game, with the dice and draws of the key `L`."""
    game = T[C_GAME]
    lay_out(P, S, K, game)
    seed_words(L, game, S, S_DICE, 4, 0)
    seed_words(L, game, S, S_CARDS, 4, 64)
    S[S_DICE] |= 1
    S[S_CARDS] |= 1
    begin_tables(P, T, policies, W, game)
    T[C_UNDER_WAY] = 1
    T[C_MADE] = 0
    T[C_REAL] = 0
    T[C_LATE] = 0
    T[C_PLACE] = NO_CHOICE


def end_game_row(P: Words, S: Words, T: Words, out: Words) -> None:
    """Writes a game's figures: those of `write_row`, whether only the last round's end
    ended it, its decisions with more than one legal move, then the tracks by rounds;
    those of rounds that never were stay as they are."""
    late = T[C_LATE]
    close_round(P, S, T, S[S_ROUND])
    if S[S_OVER] != 0:
        hit(S, T, T[C_ENDING] + (S[S_ENDING] - 1) * THING_WORDS)
    at = T[C_OUT] + write_row(P, S, T[C_MADE], out, T[C_OUT])
    out[at] = late if S[S_OVER] != 0 else 0
    out[at + 1] = T[C_REAL]
    at += 2
    for i in range(P[H_ROUNDS] * P[H_TRACKS]):
        out[at + i] = T[T[C_TRACK] + i]
    T[C_OUT] = at + P[H_ROUNDS] * P[H_TRACKS]
    T[C_GAME] += 1
    T[C_UNDER_WAY] = 0


def count_games(
    P: Words, S: Words, K: Words, L: Words, last: int, policies: Words, moves: Words,
    known: Words, trial: Words, W: Words, T: Words, out: Words, trace: Trace,
) -> int:  # fmt: skip
    """Plays from game `T[C_GAME]` to the one before `last`: -1 when all are played.

    Else the team whose bot decides elsewhere: the caller writes its choice to
    `C_PLACE`, and calls again.
    """
    while T[C_GAME] < last:
        if T[C_UNDER_WAY] == 0:
            begin_game(P, S, K, L, T, policies, W)
            run(P, S, trace)
        seat = next_seat(P, S)
        while seat >= 0 and S[S_ERROR] == 0:
            move = MV_ADVANCE
            if seat < P[H_TEAMS]:
                count = legal_moves(P, S, seat, moves)
                place = T[C_PLACE]
                T[C_PLACE] = NO_CHOICE
                if place < 0:
                    policy = policies[seat]
                    if policy % BOT_BUDGET == BOT_SEARCH and count > 1:
                        T[C_COUNT] = count
                        return seat
                    place = pick(
                        P, S, T, seat, policy, moves, count, known, trial, W
                    )  # fmt: skip
                count_decision(P, S, T, seat, moves, count, place)
                move = moves[place]
            act(P, S, move, trace)
            run(P, S, trace)
            T[C_MADE] += 1
            seat = next_seat(P, S)
        end_game_row(P, S, T, out)
    return NO_CHOICE
