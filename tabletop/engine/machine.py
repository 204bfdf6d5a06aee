"""Legal moves and their application: the machine's front.

Part of the machine's source (see `words`). `legal_moves` lists the moves of one seat in
one order; `perform` applies a legal move. Seats are the teams' indices; control's seat
is the number of teams.
"""

from tabletop.engine.cards import (
    add_to_hand,
    find,
    give_card,
    has,
    keeps_all,
    owner,
    pull_card,
    put_away,
    stays,
    take_from_hand,
    team_row,
    vetoed,
    within_reach,
)
from tabletop.engine.flow import begin_card, change_points, ready, run
from tabletop.engine.frames import fire, option_open, top_frame
from tabletop.engine.layout import *
from tabletop.engine.words import band_of, evaluate, mix32, set_target

# --- setting up


def seed_words(K: Words, game: int, S: Words, at: int, count: int, salt: int) -> None:
    """Words of game `game` under the four key words `K`, each well mixed."""
    for i in range(count):
        x = mix32(K[i & 3] ^ (game & MASK))
        x = mix32(x ^ K[(i + 1) & 3] ^ (game >> 32))
        S[at + i] = mix32(x ^ mix32(salt + i + 1))


def set_up(P: Words, S: Words, K: Words, game: int, trace: Trace) -> None:
    """The start of game `game`, carried on to its first stop."""
    lay_out(P, S, K, game)
    run(P, S, trace)


def lay_out(P: Words, S: Words, K: Words, game: int) -> None:
    """Tracks, streams and cards as game `game` begins; `run` opens the first round."""
    for i in range(P[H_STATE]):
        S[i] = 0
    seed_words(K, game, S, S_DICE, 4, 0)
    seed_words(K, game, S, S_CARDS, 4, 64)
    seed_words(K, game, S, P[H_DIGEST] + Z_BOT, 2, 128)
    S[S_DICE] |= 1
    S[S_CARDS] |= 1
    targets = P[H_TRACKS] + P[H_FLAGS] + P[H_TEAMS]
    for i in range(targets):
        S[P[H_S_TARGET] + i] = P[P[H_TARGET] + i * TARGET_WORDS + G_START]
    for track in range(P[H_TRACKS]):
        S[P[H_S_BAND] + track] = band_of(P, S, track)
    for i in range(P[H_INJECTS]):
        S[P[H_S_DUE] + i] = P[P[H_INJECT] + i * INJECT_WORDS + I_ROUND]
    for team in range(P[H_TEAMS]):
        S[P[H_S_ORDER] + team] = team
        deal(P, S, team)
    S[S_STAGE] = FLOW_ROUND


def deal(P: Words, S: Words, team: int) -> None:
    """Puts a team's cards into its hand, when it holds all, or into its pile."""
    row = team_row(P, team)
    count = P[row + T_OWNS]
    for i in range(count):
        card = P[P[row + T_OWN] + i]
        if P[row + T_HAND] >= 0:
            S[P[row + T_S_PILE] + i] = card
        elif i == 0 or card != P[P[row + T_OWN] + i - 1]:
            add_to_hand(P, S, team, card)
    if P[row + T_HAND] >= 0:
        S[P[H_S_PILE] + team] = count


# --- moves


def encode(kind: int, team: int, item: int, value: int) -> int:
    """A move as one number."""
    tail = (value & (VALUE_SPAN - 1)) * MOVE_VALUE
    return kind + team * MOVE_TEAM + item * MOVE_ITEM + tail


def move_value(move: int) -> int:
    """The value that a move carries."""
    value = move // MOVE_VALUE
    return value - VALUE_SPAN if value >= VALUE_SPAN // 2 else value


def refusal(P: Words, S: Words, team: int, card: int) -> int:
    """Why a held card may not be played now, or 0 when it may.

    1: not the moment for it. 2: too few points. 3: its limit, rest or condition.
    4: the team has played all that it may in a round. 5: it may not see what the
    condition reads, so that to offer the card or not would give that away. 6: control
    has vetoed it.
    """
    row = P[H_CARD] + card * CARD_WORDS
    if S[P[H_S_PLAYS] + team] >= PLAYS_LIMIT:
        return 4
    if P[row + C_RESPONSE] != (1 if S[S_WAIT] == W_RESPOND else 0):
        return 1
    if P[row + C_COST] > S[P[H_S_POINTS] + team]:
        return 2
    if (P[row + C_HIDDEN] >> team) & 1 == 1:
        return 5
    if vetoed(P, S, card) == 1:
        return 6
    return 0 if ready(P, S, card) == 1 else 3


def may_lay(P: Words, S: Words, team: int, card: int) -> int:
    """Whether a held card may be laid as an order now: 1 or 0."""
    row = team_row(P, team)
    laid = S[P[H_S_LAID] + team]
    if laid >= P[row + T_LAID_CAP]:
        return 0
    if keeps_all(P, team) == 1 and find(S, P[row + T_S_LAID], laid, card) >= 0:
        return 0
    return 1 if refusal(P, S, team, card) == 0 else 0


def asked_question(P: Words, S: Words, team: int) -> int:
    """The question that a team owes an answer to, or -1."""
    f = top_frame(S)
    row = P[H_HAPPENING] + S[f + F_HAPPENING] * HAPPENING_WORDS
    first = P[row + P_QUESTION]
    for i in range(first, first + P[row + P_QUESTIONS]):
        if P[P[H_QUESTION] + i * QUESTION_WORDS + Q_TEAM] == team:
            return i if S[f + F_ANSWER + team] == 0 else -1
    return -1


def owes(P: Words, S: Words, seat: int) -> int:
    """Whether the game waits for this seat: 1 or 0."""
    wait = S[S_WAIT]
    if wait == W_ADVANCE:
        return 1 if seat == P[H_TEAMS] else 0
    if wait == W_NOTHING or seat >= P[H_TEAMS]:
        return 0
    if S[S_TEAM] >= 0:
        return 1 if S[S_TEAM] == seat else 0
    if wait == W_LAY:
        return 1 if S[P[H_S_PASSED] + seat] == 0 else 0
    return 1 if asked_question(P, S, seat) >= 0 else 0


def next_seat(P: Words, S: Words) -> int:
    """The first seat that the game waits for, or -1 when it is over."""
    if S[S_WAIT] == W_ADVANCE:
        return P[H_TEAMS]
    if S[S_WAIT] != W_NOTHING and S[S_TEAM] >= 0:
        return S[S_TEAM]
    for seat in range(P[H_TEAMS]):
        if owes(P, S, seat) == 1:
            return seat
    return -1


def legal_moves(P: Words, S: Words, seat: int, out: Words) -> int:
    """Writes a seat's legal moves to `out` in their order, and returns how many."""
    if seat == P[H_TEAMS]:
        return control_moves(P, S, out)
    if owes(P, S, seat) == 0:
        return 0
    if S[S_WAIT] == W_ANSWER:
        return answer_moves(P, S, seat, out)
    return card_moves(P, S, seat, out)


def card_moves(P: Words, S: Words, team: int, out: Words) -> int:
    """The cards that a team may play or lay, then passing."""
    at = P[team_row(P, team) + T_S_HAND]
    lay = S[S_WAIT] == W_LAY
    kind = MV_LAY if lay else MV_PLAY
    count = 0
    last = -1
    for i in range(S[P[H_S_HAND] + team]):
        card = S[at + i]
        if card == last:
            continue
        last = card
        may = may_lay(P, S, team, card) == 1 if lay else refusal(P, S, team, card) == 0
        if may:
            out[count] = kind + team * MOVE_TEAM + card * MOVE_ITEM
            count += 1
    out[count] = MV_PASS + team * MOVE_TEAM
    return count + 1


def answer_moves(P: Words, S: Words, team: int, out: Words) -> int:
    """The options that a team may choose."""
    q = P[H_QUESTION] + asked_question(P, S, team) * QUESTION_WORDS
    count = 0
    for i in range(P[q + Q_OPTIONS]):
        if option_open(P, S, P[q + Q_OPTION] + i) == 1:
            out[count] = MV_ANSWER + team * MOVE_TEAM + i * MOVE_ITEM
            count += 1
    return count


def control_moves(P: Words, S: Words, out: Words) -> int:
    """Control's moves without rulings: the next phase, then each inject's."""
    count = 0
    if S[S_OVER] != 0:
        return 0
    if S[S_DEPTH] == 0:
        out[0] = MV_ADVANCE
        count = 1
    for i in range(P[H_INJECTS]):
        for kind in range(MV_FIRE, MV_FORWARD):
            if may_steer(P, S, kind, i) == 1:
                out[count] = kind + i * MOVE_ITEM
                count += 1
    return count


def may_steer(P: Words, S: Words, kind: int, inject: int) -> int:
    """Whether control may fire, hold, release, skip or forward an inject: 1 or 0."""
    state = S[P[H_S_INJECT] + inject]
    if state == INJECT_FIRED:
        return 0
    if kind == MV_FIRE:
        return 1 if S[S_DEPTH] < FRAMES - 2 else 0
    if kind == MV_HOLD:
        return 1 if state == INJECT_WAITS else 0
    if kind == MV_RELEASE:
        return 1 if state != INJECT_WAITS else 0
    if kind == MV_SKIP:
        return 1 if state != INJECT_SKIPPED else 0
    return 1


def may_rule(P: Words, S: Words, move: int) -> int:
    """Whether control may make this ruling: 1 or 0.

    Rulings are not listed by `legal_moves`, since they carry a value.
    """
    kind = move % MOVE_TEAM
    team = (move // MOVE_TEAM) % 16
    item = (move // MOVE_ITEM) % 65536
    value = move_value(move)
    if S[S_OVER] != 0 or team >= P[H_TEAMS]:
        return 0
    if kind >= MV_VETO:
        return may_judge(P, S, kind, team, item, value)
    if kind == MV_FORWARD:
        known = item < P[H_INJECTS] and may_steer(P, S, kind, item) == 1
        return 1 if known and S[S_ROUND] <= value and value <= P[H_ROUNDS] else 0
    if kind == MV_DIE:
        return 1 if S[S_FORCED] < DICE_KEPT and value >= 1 and value <= 999 else 0
    if kind == MV_SET or kind == MV_ADD:
        return 1 if item < P[H_TRACKS] + P[H_FLAGS] + P[H_TEAMS] else 0
    return 1 if item < P[H_CARDS] and may_move(P, S, kind, team, item) == 1 else 0


def may_move(P: Words, S: Words, kind: int, team: int, card: int) -> int:
    """Whether control may give, take or force a card: 1 or 0."""
    row = team_row(P, team)
    hand = P[row + T_S_HAND]
    count = S[P[H_S_HAND] + team]
    held = find(S, hand, count, card) >= 0
    if kind == MV_TAKE:
        return 1 if held and stays(P, team, card) == 0 else 0
    if within_reach(P, S, card) == 0:
        return 0
    if kind == MV_GIVE:
        return 1 if count < P[row + T_HAND_CAP] else 0
    return 1 if kind == MV_FORCE and S[S_DEPTH] == 0 else 0


def may_judge(P: Words, S: Words, kind: int, team: int, card: int, value: int) -> int:
    """Whether control may veto, lift, reveal or draw anew: 1 or 0."""
    if kind == MV_RESEED:
        return 1
    if card >= P[H_CARDS]:
        return 0
    if kind == MV_VETO:
        return 1 if vetoed(P, S, card) == 0 or awaited(S, card) > 0 else 0
    if kind == MV_LIFT:
        return vetoed(P, S, card)
    if kind != MV_REVEAL or value < 0 or value > P[H_TEAMS] or value == team + 1:
        return 0
    return has(P, S, team, card)


def is_legal(P: Words, S: Words, seat: int, move: int, scratch: Words) -> int:
    """Whether a seat may make a move now: 1 or 0."""
    for i in range(legal_moves(P, S, seat, scratch)):
        if scratch[i] == move:
            return 1
    if seat == P[H_TEAMS] and move % MOVE_TEAM >= MV_FORWARD:
        return may_rule(P, S, move)
    return 0


# --- applying


def perform(P: Words, S: Words, move: int, trace: Trace) -> None:
    """Applies a legal move, and carries the game on to its next stop."""
    kind = move % MOVE_TEAM
    if kind <= MV_ADVANCE:
        act(P, S, move, trace)
    else:
        team = (move // MOVE_TEAM) % 16
        item = (move // MOVE_ITEM) % 65536
        S[S_MOVES] += 1
        S[S_ORIGIN] = 0
        S[S_PART] = 0
        steer(P, S, kind, team, item, move_value(move), trace)
    run(P, S, trace)


def act(P: Words, S: Words, move: int, trace: Trace) -> None:
    """Applies a legal move of a team, or opens the next phase; `run` goes on."""
    kind = move % MOVE_TEAM
    team = (move // MOVE_TEAM) % 16
    item = (move // MOVE_ITEM) % 65536
    S[S_MOVES] += 1
    S[S_ORIGIN] = 0
    S[S_PART] = 0
    if kind == MV_PLAY or kind == MV_LAY:
        play(P, S, kind, team, item, trace)
    elif kind == MV_PASS:
        pass_turn(P, S, team, trace)
    elif kind == MV_ANSWER:
        answer(P, S, team, item, trace)
    else:
        advance(P, S)


def play(P: Words, S: Words, kind: int, team: int, card: int, trace: Trace) -> None:
    """Pays for a card and begins it, or lays it face down."""
    row = P[H_CARD] + card * CARD_WORDS
    S[S_ORIGIN] = BY_HAPPENING * CAUSE + card
    S[S_WAIT] = W_NOTHING
    change_points(P, S, team, -P[row + C_COST], trace)
    if stays(P, team, card) == 0:
        take_from_hand(P, S, team, card)
    if kind == MV_PLAY:
        begin_card(P, S, team, card, trace)
        return
    laid = S[P[H_S_LAID] + team]
    S[P[team_row(P, team) + T_S_LAID] + laid] = card
    S[P[H_S_LAID] + team] = laid + 1
    if trace is not None:
        trace.append((TR_LAY, team, card, 0, S[S_ORIGIN], 0))


def pass_turn(P: Words, S: Words, team: int, trace: Trace) -> None:
    """Ends a team's turn, its orders, or its chance to respond."""
    if S[S_WAIT] == W_RESPOND:
        S[top_frame(S) + F_CURSOR] += 1
    else:
        S[P[H_S_PASSED] + team] = 1
    if trace is not None:
        trace.append((TR_PASS, team, S[S_WAIT], 0, 0, 0))
    S[S_WAIT] = W_NOTHING


def answer(P: Words, S: Words, team: int, option: int, trace: Trace) -> None:
    """Notes a team's answer."""
    f = top_frame(S)
    row = P[H_HAPPENING] + S[f + F_HAPPENING] * HAPPENING_WORDS
    question = asked_question(P, S, team)
    S[S_ORIGIN] = BY_HAPPENING * CAUSE + S[f + F_HAPPENING]
    S[f + F_ANSWER + team] = option + 1
    S[S_WAIT] = W_NOTHING
    if trace is not None:
        chosen = P[P[H_QUESTION] + question * QUESTION_WORDS + Q_OPTION] + option
        trace.append((TR_ANSWER, team, chosen, P[row + P_SECRET], S[S_ORIGIN], 0))


def steer(
    P: Words, S: Words, kind: int, team: int, item: int, value: int, trace: Trace
) -> None:
    """Injects and rulings. Each lets the game find its next stop anew."""
    if kind == MV_FIRE:
        S[S_WAIT] = W_NOTHING
        fire(P, S, item, trace)
        return
    if kind >= MV_HOLD and kind <= MV_FORWARD:
        steer_inject(P, S, kind, item, value, trace)
        return
    S[S_ORIGIN] = BY_RULING * CAUSE
    if kind >= MV_VETO:
        judge(P, S, kind, team, item, value, trace)
    elif kind == MV_DIE:
        S[S_DIE + S[S_FORCED]] = value
        S[S_FORCED] += 1
    elif kind == MV_SET or kind == MV_ADD:
        rule_value(P, S, kind, item, value, trace)
    elif kind == MV_GIVE:
        give_card(P, S, item, team, trace)
    elif kind == MV_TAKE:
        take_from_hand(P, S, team, item)
        put_away(P, S, item)
        if trace is not None:
            trace.append((TR_DISCARD, team, item, 0, S[S_ORIGIN], 0))
    else:
        force(P, S, team, item, trace)
    if S[S_DEPTH] == 0:
        S[S_WAIT] = W_NOTHING


def judge(
    P: Words, S: Words, kind: int, team: int, card: int, value: int, trace: Trace
) -> None:
    """Vetoes a card, lifts its veto, reveals a card, or draws anew."""
    if kind == MV_VETO:
        veto(P, S, card, trace)
    elif kind == MV_LIFT:
        S[P[H_S_REST] + card] -= VETO
        if trace is not None:
            trace.append((TR_LIFT, card, concerned(P, S, card), 0, S[S_ORIGIN], 0))
    elif kind == MV_REVEAL:
        if trace is not None:
            trace.append((TR_SHOW, team, card, value, S[S_ORIGIN], 0))
    else:
        reseed(S, value)
        if trace is not None:
            trace.append((TR_RESEED, 0, 0, 0, 0, 0))


def veto(P: Words, S: Words, card: int, trace: Trace) -> None:
    """Keeps a card from taking effect while others may respond, else from being played.

    An order that is laid already fails when its turn comes.
    """
    f = awaited(S, card)
    if f == 0:
        S[P[H_S_REST] + card] += VETO
        if trace is not None:
            trace.append((TR_VETO, card, concerned(P, S, card), 0, S[S_ORIGIN], 0))
        return
    S[f + F_STAGE] = DO_FINISH
    if f == top_frame(S):
        S[S_WAIT] = W_NOTHING
    if trace is not None:
        trace.append((TR_CANCEL, card, 0, 0, S[S_ORIGIN], 0))


def awaited(S: Words, card: int) -> int:
    """Where the frame stands of a card that others may respond to, or 0."""
    for depth in range(S[S_DEPTH]):
        f = S_FRAME + depth * FRAME_WORDS
        if S[f + F_HAPPENING] == card and S[f + F_STAGE] == DO_RESPONSES:
            return f
    return 0


def concerned(P: Words, S: Words, card: int) -> int:
    """A bit for each team whose card it is, or that holds it or has laid it."""
    mask = 1 << owner(P, card)
    for team in range(P[H_TEAMS]):
        if has(P, S, team, card) == 1:
            mask |= 1 << team
    return mask


def reseed(S: Words, value: int) -> None:
    """Other dice and other draws from here on; the same number gives the same ones."""
    for i in range(8):  # two streams of four words, side by side
        S[S_DICE + i] = mix32(S[S_DICE + i] ^ mix32((value + i + 1) & MASK))
    S[S_DICE] |= 1
    S[S_CARDS] |= 1


def force(P: Words, S: Words, team: int, card: int, trace: Trace) -> None:
    """Lets a team play a card without cost or condition, from wherever it is."""
    S[S_WAIT] = W_NOTHING
    if stays(P, team, card) == 0 and take_from_hand(P, S, team, card) == 0:
        pull_card(P, S, card)
    begin_card(P, S, team, card, trace)


def advance(P: Words, S: Words) -> None:
    """Closes the phase; in play, every team that has not passed is passed."""
    S[S_WAIT] = W_NOTHING
    if S[S_STAGE] == FLOW_BEGIN:
        S[S_STAGE] = FLOW_CLOSE
    else:
        for team in range(P[H_TEAMS]):
            S[P[H_S_PASSED] + team] = 1


def steer_inject(
    P: Words, S: Words, kind: int, inject: int, value: int, trace: Trace
) -> None:
    """Holds, releases, skips or reschedules an inject."""
    state = INJECT_WAITS
    if kind == MV_HOLD:
        state = INJECT_HELD
    elif kind == MV_SKIP:
        state = INJECT_SKIPPED
    elif kind == MV_FORWARD:
        S[P[H_S_DUE] + inject] = value
    S[P[H_S_INJECT] + inject] = state
    if trace is not None:
        trace.append((TR_INJECT_STATE, inject, kind, value, 0, 0))
    if S[S_DEPTH] == 0:
        S[S_WAIT] = W_NOTHING
        S[S_DIRTY] = 1


def rule_value(
    P: Words, S: Words, kind: int, target: int, value: int, trace: Trace
) -> None:
    """Sets or adds to a track, flag or points."""
    g = P[H_TARGET] + target * TARGET_WORDS
    slot = P[H_S_TARGET] + target
    if kind == MV_ADD:
        value += S[slot]
    set_target(S, slot, target, value, P[g + G_LOW], P[g + G_HIGH], trace)


# --- scores and fingerprints


def score_of(P: Words, S: Words, team: int, objective: int) -> int:
    """What one of a team's objectives is worth in this state."""
    pc = P[P[H_OBJECTIVE] + P[team_row(P, team) + T_OBJECTIVE] + objective]
    return evaluate(P, S, pc)


def team_score(P: Words, S: Words, team: int) -> int:
    """A team's score in this state: the sum over its objectives."""
    total = 0
    for i in range(P[team_row(P, team) + T_OBJECTIVES]):
        total += score_of(P, S, team, i)
    return total


def succeeds(P: Words, S: Words, team: int) -> int:
    """Whether this state is what a team would call a success: 1 or 0; -1 when the deck
    does not say what would be one."""
    pc = P[team_row(P, team) + T_SUCCESS]
    return evaluate(P, S, pc) if pc > 0 else -1


def fingerprint(P: Words, S: Words) -> int:
    """A 62-bit hash of the digested words, for comparing many games at once.

    Two lanes of FNV-1a (Fowler, Noll, Vo, 1991) over words, with different primes.
    """
    a = 0x811C9DC5
    b = 0x050C5D1F
    for i in range(P[H_DIGEST]):
        word = S[i] & MASK
        a = ((a ^ word) * 0x01000193) & MASK
        b = ((b ^ word) * 0x00C4CEB9) & MASK
    return ((a & 0x3FFFFFFF) << 32) | b
