"""Cards and injects under way.

Part of the machine's source (see `words`). Each is a frame: a stage, a cursor and the
answers so far, kept in the state, so that a game can stop for a question and go on.
"""

from tabletop.engine.cards import team_row
from tabletop.engine.effects import run_effects, run_rules
from tabletop.engine.layout import *
from tabletop.engine.words import evaluate, holds, throw_die


def push_frame(S: Words, happening: int, stage: int, team: int) -> None:
    """Begins a card or inject, above whatever is under way."""
    depth = S[S_DEPTH]
    if depth >= FRAMES:
        S[S_ERROR] = ERR_DEPTH
        return
    f = S_FRAME + depth * FRAME_WORDS
    S[f + F_HAPPENING] = happening
    S[f + F_STAGE] = stage
    S[f + F_TEAM] = team
    S[S_DEPTH] = depth + 1


def pop_frame(S: Words) -> None:
    """Ends the topmost frame, zeroing its words."""
    depth = S[S_DEPTH] - 1
    f = S_FRAME + depth * FRAME_WORDS
    for i in range(FRAME_WORDS):
        S[f + i] = 0
    S[S_DEPTH] = depth


def top_frame(S: Words) -> int:
    """Where the topmost frame stands."""
    return S_FRAME + (S[S_DEPTH] - 1) * FRAME_WORDS


def wait_for(S: Words, what: int, team: int) -> None:
    """Stops until a move comes; `team` is -1 when it is not one team alone."""
    S[S_WAIT] = what
    S[S_TEAM] = team


def step_frame(P: Words, S: Words, trace: Trace) -> None:
    """Carries the topmost card or inject on, to its next stop or its end."""
    f = top_frame(S)
    happening = S[f + F_HAPPENING]
    row = P[H_HAPPENING] + happening * HAPPENING_WORDS
    S[S_ORIGIN] = BY_HAPPENING * CAUSE + happening
    S[S_PART] = 0
    stage = S[f + F_STAGE]
    if stage == DO_RESPONSES:
        stage = offer_responses(P, S, f)
    if stage == DO_EFFECTS:
        run_effects(P, S, P[row + P_EFFECT], P[row + P_EFFECTS], trace)
        if P[row + P_ROLL] >= 0 and S[S_OVER] == 0:
            roll_dice(P, S, P[row + P_ROLL], trace)
        stage = DO_ASK if P[row + P_QUESTIONS] > 0 else DO_LASTING
        S[f + F_CURSOR] = 0
        S[f + F_STAGE] = stage
    if S[S_OVER] != 0:
        return
    if stage == DO_ASK:
        ask(P, S, f, row, trace)
        if S[S_WAIT] != W_NOTHING:
            return
        settle_answers(P, S, f, row, trace)
        stage = DO_LASTING
    if stage == DO_LASTING:
        begin_lasting(P, S, P[row + P_LASTING], trace)
        stage = DO_FINISH
    if stage == DO_FINISH and S[S_OVER] == 0:
        finish(P, S, happening, trace)


def offer_responses(P: Words, S: Words, f: int) -> int:
    """Waits for the next team that may respond; the next stage when there is none."""
    card = S[f + F_HAPPENING]
    for team in range(S[f + F_CURSOR], P[H_TEAMS]):
        if team != S[f + F_TEAM] and P[team_row(P, team) + T_RESPONDS] == 1:
            S[f + F_CURSOR] = team
            S[S_PLAYING] = card + 1
            wait_for(S, W_RESPOND, team)
            return DO_RESPONSES
    S[S_PLAYING] = 0
    return DO_EFFECTS


def roll_dice(P: Words, S: Words, roll: int, trace: Trace) -> None:
    """Throws the dice and runs the row that the total falls in."""
    if S[P[H_DIGEST] + Z_STILL] != 0:
        return
    at = P[H_ROLL] + roll * ROLL_WORDS
    total = evaluate(P, S, P[at + D_CODE]) if P[at + D_CODE] > 0 else 0
    for _ in range(P[at + D_DICE]):
        total += throw_die(S, P[at + D_SIDES], trace)
    row = P[at + D_ROW]
    last = row + P[at + D_ROWS] - 1
    while row < last and total > P[P[H_ROW] + row * ROW_WORDS + W_TO]:
        row += 1
    S[S_ROLL] = total
    S[S_PART] = BY_ROW * CAUSE + row
    if trace is not None:
        trace.append((TR_ROLL, roll, total, row, S[S_ORIGIN], S[S_PART]))
    w = P[H_ROW] + row * ROW_WORDS
    run_effects(P, S, P[w + W_EFFECT], P[w + W_EFFECTS], trace)
    S[S_ROLL] = 0
    S[S_PART] = 0


def ask(P: Words, S: Words, f: int, row: int, trace: Trace) -> None:
    """Waits for the next answer, or for all of them when they are secret."""
    first = P[row + P_QUESTION]
    secret = P[row + P_SECRET]
    for i in range(P[row + P_QUESTIONS]):
        team = P[P[H_QUESTION] + (first + i) * QUESTION_WORDS + Q_TEAM]
        if S[f + F_ANSWER + team] != 0:
            continue
        if S[f + F_CURSOR] <= i:
            S[f + F_CURSOR] = i + 1
            if trace is not None:
                trace.append((TR_ASK, team, first + i, secret, S[S_ORIGIN], 0))
        wait_for(S, W_ANSWER, -1 if secret == 1 else team)
        if secret == 0:
            return


def settle_answers(P: Words, S: Words, f: int, row: int, trace: Trace) -> None:
    """Runs the chosen options' effects, then every outcome that holds."""
    for team in range(P[H_TEAMS]):
        S[P[H_S_ANSWER] + team] = S[f + F_ANSWER + team]
    first = P[row + P_QUESTION]
    for i in range(first, first + P[row + P_QUESTIONS]):
        run_answer(P, S, P[H_QUESTION] + i * QUESTION_WORDS, P[row + P_SECRET], trace)
    first = P[row + P_OUTCOME]
    for i in range(first, first + P[row + P_OUTCOMES]):
        run_outcome(P, S, i, trace)
    for team in range(P[H_TEAMS]):
        S[P[H_S_ANSWER] + team] = 0
    S[S_PART] = 0


def run_answer(P: Words, S: Words, q: int, secret: int, trace: Trace) -> None:
    """Runs the effects of the option that was chosen for one question."""
    team = P[q + Q_TEAM]
    option = P[q + Q_OPTION] + S[P[H_S_ANSWER] + team] - 1
    S[S_PART] = BY_OPTION * CAUSE + option
    if trace is not None and secret == 1:
        trace.append((TR_REVEAL, team, option, 0, S[S_ORIGIN], S[S_PART]))
    at = P[H_OPTION] + option * OPTION_WORDS
    run_effects(P, S, P[at + O_EFFECT], P[at + O_EFFECTS], trace)


def run_outcome(P: Words, S: Words, outcome: int, trace: Trace) -> None:
    """Runs what follows from the answers together, when its clause holds."""
    if S[S_OVER] != 0:
        return
    if trace is not None:
        trace.append((TR_LOOK, LOOK_OUTCOME, outcome, 0, 0, 0))
    at = P[H_OUTCOME] + outcome * OUTCOME_WORDS
    if holds(P, S, P[at + U_TERM], P[at + U_TERMS]) == 0:
        return
    S[S_PART] = BY_OUTCOME * CAUSE + outcome
    if trace is not None:
        trace.append((TR_OUTCOME, outcome, 0, 0, S[S_ORIGIN], S[S_PART]))
    run_effects(P, S, P[at + U_EFFECT], P[at + U_EFFECTS], trace)


def begin_lasting(P: Words, S: Words, lasting: int, trace: Trace) -> None:
    """Begins a card's lasting effects, or starts their count anew."""
    if lasting >= 0:
        rounds = P[P[H_LASTING] + lasting * LASTING_WORDS + L_ROUNDS]
        S[P[H_S_LASTING] + lasting] = rounds
        if trace is not None:
            trace.append((TR_LASTING, lasting, rounds, 0, S[S_ORIGIN], 0))


def finish(P: Words, S: Words, happening: int, trace: Trace) -> None:
    """Ends a card or inject, and runs the rules that follow it."""
    S[S_PLAYING] = 0
    pop_frame(S)
    S[S_DIRTY] = 1
    run_rules(P, S, AFTER_PLAY if happening < P[H_CARDS] else AFTER_INJECT, trace)


def option_open(P: Words, S: Words, option: int) -> int:
    """Whether an option may be chosen now: 1 or 0."""
    at = P[H_OPTION] + option * OPTION_WORDS
    return holds(P, S, P[at + O_TERM], P[at + O_TERMS])


# --- injects


def fire(P: Words, S: Words, inject: int, trace: Trace) -> None:
    """Fires an inject."""
    S[P[H_S_INJECT] + inject] = INJECT_FIRED
    S[P[H_S_FIRED] + inject] = min(S[P[H_S_FIRED] + inject] + 1, COUNT_LIMIT)
    if trace is not None:
        trace.append((TR_INJECT, inject, 0, 0, S[S_ORIGIN], 0))
    push_frame(S, P[H_CARDS] + inject, DO_EFFECTS, -1)


def fire_timed(P: Words, S: Words, place: int, trace: Trace) -> int:
    """Fires the first inject that is due by now: 1, or 0 when there is none."""
    if S[P[H_DIGEST] + Z_IMAGINE] != 0:
        return 0
    now = S[S_ROUND]
    for i in range(P[H_INJECTS]):
        due = S[P[H_S_DUE] + i]
        if due == 0 or due > now or S[P[H_S_INJECT] + i] != INJECT_WAITS:
            continue
        if due < now or P[P[H_INJECT] + i * INJECT_WORDS + I_PLACE] <= place:
            fire(P, S, i, trace)
            return 1
    return 0


def fire_conditional(P: Words, S: Words, trace: Trace) -> int:
    """Fires the first inject whose condition holds: 1, or 0 when there is none."""
    if P[H_CONDITIONS] == 0 or S[P[H_DIGEST] + Z_IMAGINE] != 0:
        return 0
    for i in range(P[H_INJECTS]):
        row = P[H_INJECT] + i * INJECT_WORDS
        terms = P[row + I_TERMS]
        if terms > 0 and S[P[H_S_INJECT] + i] == INJECT_WAITS:
            if trace is not None:
                trace.append((TR_LOOK, LOOK_INJECT, i, 0, 0, 0))
            if holds(P, S, P[row + I_TERM], terms) == 1:
                fire(P, S, i, trace)
                return 1
    return 0
