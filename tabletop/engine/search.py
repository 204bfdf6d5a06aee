"""A bot that plays games on in its mind, and makes the move that it tried most.

Part of the machine's source (see `words`). It is single-observer information set Monte
Carlo tree search (Cowling, Powley, Whitehouse, 2012): every playout starts from what
the seat knows, with what it can't see dealt anew (see `dealing`), goes down one tree of
moves that all these states share, adds one move to it, and is played on at random. A
move is chosen by UCB1 (Auer, Cesa-Bianchi, Fischer, 2002) among those that are legal
now, with the number of times that it was legal in place of its parent's visits; each
team counts its own score (max^n). Dice and draws are thrown again each time, so the
tree holds moves alone.

All in whole numbers and by the bots' own stream: the same in both gears, on every
machine, for as long as the budget in playouts is the same.
"""

from tabletop.engine.dealing import deal_out, take_known
from tabletop.engine.flow import run
from tabletop.engine.layout import *
from tabletop.engine.machine import act, legal_moves, next_seat, team_score
from tabletop.engine.playout import bot_word, choose
from tabletop.engine.words import mix32

ONE = 1 << 16
"""The best of all scores seen, and the unit of fixed point here."""
LN_2 = 45426
"""The natural logarithm of 2."""
CURIOSITY = 120
"""256 times the weight of what was tried seldom: found by matches on the shipped decks.
"""
HASTE = 900
"""1024 times the chance that a team that could play is not given the choice to pass, in
the part of a playout that goes by chance: teams seldom let points go to waste."""
MOST_SCORE = 1 << 40
"""Scores beyond it count as this much."""
PATIENCE = 64
"""Playouts between looks whether the choice is made already."""

N_MOVE, N_TEAM, N_CHILD, N_NEXT, N_VISITS, N_OFFERED, N_TOTAL = range(7)
NODE_WORDS = 7
"""A node: the move that leads to it, its team, its first child and next sibling (0 for
none), playouts through it, times it was legal, the sum of its team's scores. Node 0 is
the root."""
MOST_DEPTH = 100
A_NODES, A_DEPTH, A_LEAST, A_MOST, A_LAST = 0, 1, 2, 2 + MAX_TEAMS, 2 + 2 * MAX_TEAMS
A_PATH = 2 + 3 * MAX_TEAMS
NOTE_WORDS = A_PATH + MOST_DEPTH
"""Notes beside the tree: how many nodes, the length of the path down it, each team's
least, greatest and last score, and the nodes on the path."""


def choose_search(
    P: Words, S: Words, seat: int, budget: int, moves: Words, count: int,
    known: Words, trial: Words, room: Words, tree: Words, notes: Words,
) -> int:  # fmt: skip
    """Index of the move that was tried most in `budget` playouts, among `count`.

    `tree` has room for a node more than there are playouts.
    """
    word = bot_word(P, S, 1)
    take_known(P, S, seat, known)
    clear(tree, notes)
    for number in range(budget):
        for i in range(P[H_STATE]):
            trial[i] = known[i]
        deal_out(P, trial, seat, mix32((word + number) & MASK))
        go_down(P, trial, room, tree, notes)
        roll_out(P, trial, room)
        keep_scores(P, trial, tree, notes)
        if number % PATIENCE == 0 and is_settled(tree, budget - number - 1) == 1:
            break
    return most_tried(tree, moves, count)


def clear(tree: Words, notes: Words) -> None:
    """A tree with nothing but its root."""
    for i in range(NODE_WORDS):
        tree[i] = 0
    notes[A_NODES] = 1
    for team in range(MAX_TEAMS):
        notes[A_LEAST + team] = MOST_SCORE
        notes[A_MOST + team] = -MOST_SCORE


# --- down the tree


def go_down(P: Words, S: Words, room: Words, tree: Words, notes: Words) -> None:
    """Makes the moves of the tree that are worth most, and then a new one."""
    node = 0
    depth = 0
    fresh = 0
    seat = next_seat(P, S)
    while seat >= 0 and S[S_ERROR] == 0 and fresh == 0 and depth < MOST_DEPTH:
        move = MV_ADVANCE
        if seat < P[H_TEAMS]:
            count = legal_moves(P, S, seat, room)
            move = room[0]
            if count > 1:
                move = offer(P, S, room, count, tree, node)
                if move >= 0:
                    node = add_node(tree, notes, node, seat, move)
                    fresh = 1
                else:
                    node = best_child(room, count, tree, notes, node)
                    move = tree[node * NODE_WORDS + N_MOVE]
                notes[A_PATH + depth] = node
                depth += 1
        act(P, S, move, None)
        run(P, S, None)
        seat = next_seat(P, S)
    notes[A_DEPTH] = depth


def offer(P: Words, S: Words, room: Words, count: int, tree: Words, node: int) -> int:
    """Counts that moves were legal; one of those not tried yet at random, or -1."""
    fresh = 0
    for k in range(count):
        child = child_of(tree, node, room[k])
        if child > 0:
            tree[child * NODE_WORDS + N_OFFERED] += 1
        else:
            fresh += 1
    if fresh == 0:
        return -1
    number = (bot_word(P, S, 0) * fresh) >> 32
    k = 0
    while number > 0 or child_of(tree, node, room[k]) > 0:
        if child_of(tree, node, room[k]) == 0:
            number -= 1
        k += 1
    return room[k]


def child_of(tree: Words, node: int, move: int) -> int:
    """The node that a move leads to, or 0 when it was not tried yet."""
    child = tree[node * NODE_WORDS + N_CHILD]
    while child > 0 and tree[child * NODE_WORDS + N_MOVE] != move:
        child = tree[child * NODE_WORDS + N_NEXT]
    return child


def add_node(tree: Words, notes: Words, node: int, team: int, move: int) -> int:
    """A new child of a node."""
    child = notes[A_NODES]
    notes[A_NODES] = child + 1
    at = child * NODE_WORDS
    tree[at + N_MOVE] = move
    tree[at + N_TEAM] = team
    tree[at + N_CHILD] = 0
    tree[at + N_NEXT] = tree[node * NODE_WORDS + N_CHILD]
    tree[at + N_VISITS] = 0
    tree[at + N_OFFERED] = 1
    tree[at + N_TOTAL] = 0
    tree[node * NODE_WORDS + N_CHILD] = child
    return child


def best_child(room: Words, count: int, tree: Words, notes: Words, node: int) -> int:
    """The node of the legal move that is worth most, all of which were tried."""
    best = -1
    chosen = 0
    for k in range(count):
        child = child_of(tree, node, room[k])
        value = worth(tree, notes, child)
        if value > best:
            best = value
            chosen = child
    return chosen


def worth(tree: Words, notes: Words, child: int) -> int:
    """The mean score after a move, from 0 to ONE, and more the less it was tried."""
    at = child * NODE_WORDS
    visits = tree[at + N_VISITS]
    least = notes[A_LEAST + tree[at + N_TEAM]]
    width = notes[A_MOST + tree[at + N_TEAM]] - least
    total = tree[at + N_TOTAL] - least * visits
    while width >= ONE:
        width >>= 1
        total >>= 1
    mean = total * ONE // (visits * width) if width > 0 else 0
    doubt = root_of(log_of(tree[at + N_OFFERED]) * ONE // visits)
    return mean + ((CURIOSITY * doubt) >> 8)


def root_of(n: int) -> int:
    """The square root, rounded down, by Newton's method."""
    if n == 0:
        return 0
    root = 1
    while root * root < n:
        root <<= 1
    better = (root + n // root) >> 1
    while better < root:
        root = better
        better = (root + n // root) >> 1
    return root


def log_of(n: int) -> int:
    """The natural logarithm in units of 1 / ONE; straight between powers of 2."""
    power = 0
    while n >> power > 1:
        power += 1
    part = ((n * ONE) >> power) - ONE
    return ((power * ONE + part) * LN_2) >> 16


# --- on at random, and back


def roll_out(P: Words, S: Words, room: Words) -> None:
    """Plays a game on at random to its end; teams seldom pass while they can play."""
    seat = next_seat(P, S)
    while seat >= 0 and S[S_ERROR] == 0:
        move = MV_ADVANCE
        if seat < P[H_TEAMS]:
            count = legal_moves(P, S, seat, room)
            word = bot_word(P, S, 0)
            if count > 1 and room[count - 1] % MOVE_TEAM == MV_PASS:
                if word & 1023 < HASTE:
                    count -= 1
            move = room[(word * count) >> 32]
        act(P, S, move, None)
        run(P, S, None)
        seat = next_seat(P, S)


def keep_scores(P: Words, S: Words, tree: Words, notes: Words) -> None:
    """Notes the teams' scores, each team's at its own moves on the path."""
    for team in range(P[H_TEAMS]):
        score = min(max(team_score(P, S, team), -MOST_SCORE), MOST_SCORE)
        notes[A_LAST + team] = score
        notes[A_LEAST + team] = min(score, notes[A_LEAST + team])
        notes[A_MOST + team] = max(score, notes[A_MOST + team])
    for i in range(notes[A_DEPTH]):
        at = notes[A_PATH + i] * NODE_WORDS
        tree[at + N_VISITS] += 1
        tree[at + N_TOTAL] += notes[A_LAST + tree[at + N_TEAM]]


def is_settled(tree: Words, left: int) -> int:
    """Whether so many more playouts can't change which move was tried most: 1 or 0."""
    first = 0
    second = 0
    child = tree[N_CHILD]
    while child > 0:
        visits = tree[child * NODE_WORDS + N_VISITS]
        second = max(second, min(first, visits))
        first = max(first, visits)
        child = tree[child * NODE_WORDS + N_NEXT]
    return 1 if first > second + left else 0


def most_tried(tree: Words, moves: Words, count: int) -> int:
    """Index of the move that was tried most; of equal ones, of the better."""
    chosen = 0
    most = 0
    best = 0
    for k in range(count):
        at = child_of(tree, 0, moves[k]) * NODE_WORDS
        if at > 0:
            visits = tree[at + N_VISITS]
            total = tree[at + N_TOTAL]
            if visits > most or (visits == most and total > best):
                most = visits
                best = total
                chosen = k
    return chosen


# --- whole games


def decide(
    P: Words, S: Words, seat: int, policy: int, moves: Words, count: int,
    known: Words, trial: Words, room: Words, tree: Words, notes: Words,
) -> int:  # fmt: skip
    """Index of the move that any bot makes among its `count` legal moves."""
    if policy % BOT_BUDGET != BOT_SEARCH:
        return choose(P, S, seat, policy, moves, count, known, trial)
    if count <= 1:
        return 0
    return choose_search(
        P, S, seat, policy // BOT_BUDGET, moves, count, known, trial, room, tree, notes
    )


def play_out_deep(
    P: Words, S: Words, policies: Words, moves: Words, known: Words, trial: Words,
    room: Words, tree: Words, notes: Words,
) -> int:  # fmt: skip
    """Plays a game to its end where bots may search: how many moves were made.

    For others it is the game that `play_out` plays.
    """
    made = 0
    run(P, S, None)
    seat = next_seat(P, S)
    while seat >= 0 and S[S_ERROR] == 0:
        move = MV_ADVANCE
        if seat < P[H_TEAMS]:
            count = legal_moves(P, S, seat, moves)
            place = decide(
                P,
                S,
                seat,
                policies[seat],
                moves,
                count,
                known,
                trial,
                room,
                tree,
                notes,
            )
            move = moves[place]
        act(P, S, move, None)
        run(P, S, None)
        made += 1
        seat = next_seat(P, S)
    return made
