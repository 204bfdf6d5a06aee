"""Built-in bots and whole games played by them.

Part of the machine's source (see `words`). Here `act` and `run` are called one by one,
and small choices written out: a function that only calls large ones takes as long to
compile as they do. A bot is given what its seat knows (see
`imagine`), never the state. Its luck comes from a stream of its own, worked out from
the game's seed and the number of the move, so that a resumed game goes on as it would.
"""

from tabletop.engine.flow import run
from tabletop.engine.imagine import imagine
from tabletop.engine.layout import *
from tabletop.engine.machine import (
    act,
    fingerprint,
    legal_moves,
    next_seat,
    succeeds,
    team_score,
)
from tabletop.engine.words import mix32


def bot_word(P: Words, S: Words, salt: int) -> int:
    """32 bits of the bots' stream for the move to come."""
    at = P[H_DIGEST] + Z_BOT
    x = mix32(S[at] ^ ((S[S_MOVES] * 8 + salt) & MASK))
    return mix32(x ^ S[at + 1])


def choose(
    P: Words, S: Words, seat: int, policy: int, moves: Words, count: int,
    known: Words, trial: Words,
) -> int:  # fmt: skip
    """Index of the move that a bot makes among its `count` legal moves."""
    if policy == BOT_GREEDY and count > 1:
        return choose_greedy(P, S, seat, moves, count, known, trial)
    return choose_plainly(P, S, policy, count)


def choose_plainly(P: Words, S: Words, policy: int, count: int) -> int:
    """Index of the first move, or of any, each as likely."""
    return (bot_word(P, S, 0) * count) >> 32 if policy == BOT_RANDOM else 0


def choose_greedy(
    P: Words, S: Words, seat: int, moves: Words, count: int, known: Words, trial: Words
) -> int:
    """The move after which the seat's own score is best, as far as it can know.

    Dice and draws are imagined once, the same for every move; among equally good moves
    one is taken at random.
    """
    imagine(P, S, seat, known)
    for i in range(4):
        known[S_DICE + i] = bot_word(P, S, 1 + i)
        known[S_CARDS + i] = known[S_DICE + i] ^ MASK
    known[S_DICE] |= 1
    known[S_CARDS] |= 1
    best = LEAST
    chosen = 0
    ties = 0
    for k in range(count):
        for i in range(P[H_STATE]):
            trial[i] = known[i]
        act(P, trial, moves[k], None)
        run(P, trial, None)
        value = team_score(P, trial, seat)
        if value > best:
            best = value
            chosen = k
            ties = 1
        elif value == best:
            ties += 1
            if (bot_word(P, S, 5 + k) * ties) >> 32 == 0:
                chosen = k
    return chosen


def play_out(
    P: Words, S: Words, policies: Words, moves: Words, known: Words, trial: Words,
    most: int,
) -> int:  # fmt: skip
    """Plays a game on, to its end or for at most so many moves: how many were made.

    Control opens each phase as soon as it can.
    """
    made = 0
    run(P, S, None)
    seat = next_seat(P, S)
    while seat >= 0 and made < most and S[S_ERROR] == 0:
        move = MV_ADVANCE
        if seat < P[H_TEAMS]:
            count = legal_moves(P, S, seat, moves)
            if policies[seat] == BOT_GREEDY and count > 1:
                place = choose_greedy(P, S, seat, moves, count, known, trial)
            else:
                place = choose_plainly(P, S, policies[seat], count)
            move = moves[place]
        act(P, S, move, None)
        run(P, S, None)
        made += 1
        seat = next_seat(P, S)
    return made


def write_row(P: Words, S: Words, moves: int, out: Words, at: int) -> int:
    """Writes a finished game's figures to `out`, and returns how many words.

    Moves, ending (its index, -1 for none), rounds, error, fingerprint; then a score for
    each team, a value for each track, and for each team what `succeeds` tells.
    """
    out[at] = moves
    out[at + 1] = S[S_ENDING] - 1
    out[at + 2] = S[S_ROUND]
    out[at + 3] = S[S_ERROR]
    out[at + 4] = fingerprint(P, S)
    teams = P[H_TEAMS]
    for team in range(teams):
        out[at + 5 + team] = team_score(P, S, team)
    for track in range(P[H_TRACKS]):
        out[at + 5 + teams + track] = S[P[H_S_TARGET] + track]
    place = at + 5 + teams + P[H_TRACKS]
    for team in range(teams):
        out[place + team] = succeeds(P, S, team)
    return 5 + 2 * teams + P[H_TRACKS]
