"""What happens between decisions: cards and injects under way, phases, rounds.

Part of the machine's source (see `words`). A card or inject under way is a frame; the
flow is what runs when no frame is open. Both stop when the state waits for a move.
"""

from tabletop.engine.cards import (
    add_to_hand,
    fill_hand,
    put_away,
    stays,
    team_row,
)
from tabletop.engine.effects import (
    end_game,
    find_ending,
    run_effects,
    run_lasting,
    run_rules,
    settle_bands,
)
from tabletop.engine.layout import *
from tabletop.engine.words import (
    evaluate,
    holds,
    set_target,
    throw_die,
)

# --- frames: a card or inject under way


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
    at = P[H_OUTCOME] + outcome * OUTCOME_WORDS
    if S[S_OVER] != 0 or holds(P, S, P[at + U_TERM], P[at + U_TERMS]) == 0:
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


# --- injects


def fire(P: Words, S: Words, inject: int, trace: Trace) -> None:
    """Fires an inject."""
    S[P[H_S_INJECT] + inject] = INJECT_FIRED
    S[P[H_S_FIRED] + inject] += 1
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
            if holds(P, S, P[row + I_TERM], terms) == 1:
                fire(P, S, i, trace)
                return 1
    return 0


def settle(P: Words, S: Words, trace: Trace) -> None:
    """After a change: crossed bands, injects on a condition, endings at any time."""
    S[S_ORIGIN] = 0
    S[S_PART] = 0
    S[S_DIRTY] = 0
    if P[H_BAND_RULES] > 0:
        settle_bands(P, S, trace)
        S[S_DIRTY] = 0
    if S[S_OVER] != 0 or fire_conditional(P, S, trace) == 1 or P[H_ALWAYS] == 0:
        return
    ending = find_ending(P, S, 1)
    if ending >= 0:
        end_game(S, ending, trace)


# --- rounds and phases


def step_flow(P: Words, S: Words, trace: Trace) -> None:
    """Carries the round on by one step."""
    stage = S[S_STAGE]
    S[S_ORIGIN] = 0
    S[S_PART] = 0
    if stage == FLOW_TURN:
        next_turn(P, S, trace)
    elif stage == FLOW_BEGIN:
        begin_phase(P, S, trace)
    elif stage == FLOW_CLOSE:
        close_phase(P, S, trace)
    elif stage == FLOW_RESOLVE:
        resolve_next(P, S, trace)
    elif stage == FLOW_ENDING:
        end_round(P, S, trace)
    else:
        step_opening(P, S, stage, trace)


def step_opening(P: Words, S: Words, stage: int, trace: Trace) -> None:
    """Carries the beginning of a round or phase on by one step."""
    if stage == FLOW_ROUND:
        begin_round(P, S, trace)
    elif stage == FLOW_DUE:
        run_due(P, S, trace)
    elif stage == FLOW_HANDS:
        for team in range(P[H_TEAMS]):
            fill_hand(P, S, team, trace)
        S[S_STAGE] = FLOW_OPENING
    elif stage == FLOW_OPENING:
        run_rules(P, S, ROUND_START, trace)
        S[S_PHASE] = 0
        S[S_DIRTY] = 1
        S[S_STAGE] = FLOW_PHASE
    elif stage == FLOW_PHASE:
        if trace is not None:
            trace.append((TR_PHASE, S[S_PHASE], 0, 0, 0, 0))
        S[S_STAGE] = FLOW_BEGIN
    else:
        reveal(P, S, trace)


def begin_round(P: Words, S: Words, trace: Trace) -> None:
    """Counts the round, gives points, and runs lasting effects."""
    S[S_ROUND] += 1
    if trace is not None:
        trace.append((TR_ROUND, S[S_ROUND], 0, 0, 0, 0))
    for team in range(P[H_TEAMS]):
        give_points(P, S, team, trace)
        S[P[H_S_PASSED] + team] = 0
        S[P[H_S_PLAYS] + team] = 0
    run_lasting(P, S, trace)
    S[S_STEP] = 0
    S[S_STAGE] = FLOW_DUE


def give_points(P: Words, S: Words, team: int, trace: Trace) -> None:
    """Sets or adds a team's points for the round."""
    row = team_row(P, team)
    pc = P[row + T_POINTS_CODE]
    points = evaluate(P, S, pc) if pc > 0 else P[row + T_POINTS]
    target = P[H_TRACKS] + P[H_FLAGS] + team
    slot = P[H_S_POINTS] + team
    if P[row + T_CARRY] == 1:
        points += S[slot]
    g = P[H_TARGET] + target * TARGET_WORDS
    set_target(S, slot, target, points, P[g + G_LOW], P[g + G_HIGH], trace)


def run_due(P: Words, S: Words, trace: Trace) -> None:
    """Runs what was scheduled for this round, one at a time."""
    width = P[H_ROUNDS] + 1
    for site in range(S[S_STEP], P[H_SITES]):
        slot = P[H_S_SITE] + site * width + S[S_ROUND]
        if S[slot] > 0:
            S[slot] -= 1
            S[S_STEP] = site
            run_site(P, S, site, trace)
            return
    S[S_STEP] = 0
    S[S_STAGE] = FLOW_HANDS


def run_site(P: Words, S: Words, site: int, trace: Trace) -> None:
    """Runs one scheduled card, inject or effect."""
    row = P[H_SITE] + site * SITE_WORDS
    S[S_ORIGIN] = P[row + K_ORIGIN]
    S[S_PART] = BY_SITE * CAUSE + site
    if trace is not None:
        trace.append((TR_DUE, site, 0, 0, S[S_ORIGIN], S[S_PART]))
    happening = P[row + K_HAPPENING]
    if happening < 0:
        run_effects(P, S, P[row + K_EFFECT], 1, trace)
    elif happening < P[H_CARDS]:
        team = P[P[H_CARD] + happening * CARD_WORDS + C_TEAM]
        push_frame(S, happening, DO_EFFECTS, team)
    else:
        fire_scheduled(P, S, happening - P[H_CARDS], trace)


def fire_scheduled(P: Words, S: Words, inject: int, trace: Trace) -> None:
    """Fires a scheduled inject, unless control skips it, or holds it until later."""
    state = S[P[H_S_INJECT] + inject]
    if state == INJECT_HELD:
        S[P[H_S_DUE] + inject] = S[S_ROUND]
    elif state != INJECT_SKIPPED:
        fire(P, S, inject, trace)


def begin_phase(P: Words, S: Words, trace: Trace) -> None:
    """Fires what is due, then begins play or waits for control."""
    if fire_timed(P, S, 2 * S[S_PHASE], trace) == 1:
        return
    if S[S_PHASE] != P[H_PLAY_PHASE]:
        wait_for(S, W_ADVANCE, -1)
        return
    order_teams(P, S)
    S[S_TURN] = 0
    S[S_STAGE] = FLOW_TURN
    if trace is not None and P[H_ORDERS] == 0:
        trace.append((TR_TURN, S[P[H_S_ORDER]], 0, 0, 0, 0))


def order_teams(P: Words, S: Words) -> None:
    """Sorts the teams by initiative, higher first, equal ones in the deck's order."""
    order = P[H_S_ORDER]
    keys = P[H_S_ANSWER]
    for team in range(P[H_TEAMS]):
        pc = P[team_row(P, team) + T_INITIATIVE]
        S[keys + team] = evaluate(P, S, pc) if pc > 0 else 0
        i = team
        while i > 0 and S[keys + S[order + i - 1]] < S[keys + team]:
            S[order + i] = S[order + i - 1]
            i -= 1
        S[order + i] = team
    for team in range(P[H_TEAMS]):
        S[keys + team] = 0


def next_turn(P: Words, S: Words, trace: Trace) -> None:
    """Waits for the team to play, or for orders; closes play when all have passed."""
    teams = P[H_TEAMS]
    if P[H_ORDERS] == 1:
        for team in range(teams):
            if S[P[H_S_PASSED] + team] == 0:
                wait_for(S, W_LAY, -1)
                return
        S[S_STAGE] = FLOW_REVEAL
        return
    turn = S[S_TURN]
    while turn < teams and S[P[H_S_PASSED] + S[P[H_S_ORDER] + turn]] == 1:
        turn += 1
    if turn >= teams:
        S[S_TURN] = 0
        S[S_STAGE] = FLOW_CLOSE
        return
    if turn != S[S_TURN]:
        S[S_TURN] = turn
        if trace is not None:
            trace.append((TR_TURN, S[P[H_S_ORDER] + turn], 0, 0, 0, 0))
    wait_for(S, W_PLAY, S[P[H_S_ORDER] + turn])


def reveal(P: Words, S: Words, trace: Trace) -> None:
    """Turns the orders face up."""
    if trace is not None:
        for i in range(P[H_TEAMS]):
            team = S[P[H_S_ORDER] + i]
            at = P[team_row(P, team) + T_S_LAID]
            for k in range(S[P[H_S_LAID] + team]):
                trace.append((TR_RESOLVE, team, S[at + k], 0, 0, 0))
    S[S_STEP] = 0
    S[S_STAGE] = FLOW_RESOLVE


def resolve_next(P: Words, S: Words, trace: Trace) -> None:
    """Resolves the next order: every team's first in turn, then every second ..."""
    teams = P[H_TEAMS]
    step = S[S_STEP]
    most = 0
    for team in range(teams):
        most = max(most, S[P[H_S_LAID] + team])
    while step < most * teams:
        team = S[P[H_S_ORDER] + step % teams]
        index = step // teams
        step += 1
        if index < S[P[H_S_LAID] + team]:
            S[S_STEP] = step
            resolve(P, S, team, S[P[team_row(P, team) + T_S_LAID] + index], trace)
            return
    for team in range(teams):
        at = P[team_row(P, team) + T_S_LAID]
        for k in range(S[P[H_S_LAID] + team]):
            S[at + k] = 0
        S[P[H_S_LAID] + team] = 0
    S[S_STEP] = 0
    S[S_STAGE] = FLOW_CLOSE


def resolve(P: Words, S: Words, team: int, card: int, trace: Trace) -> None:
    """Plays an order out, or gives its cost and card back when it may not be played."""
    row = P[H_CARD] + card * CARD_WORDS
    S[S_ORIGIN] = BY_HAPPENING * CAUSE + card
    if ready(P, S, card) == 1:
        begin_card(P, S, team, card, trace)
        return
    if trace is not None:
        trace.append((TR_FAIL, team, card, 0, S[S_ORIGIN], 0))
    change_points(P, S, team, P[row + C_COST], trace)
    if stays(P, team, card) == 0:
        add_to_hand(P, S, team, card)


def ready(P: Words, S: Words, card: int) -> int:
    """Whether a card's limit, rest and condition allow it now: 1 or 0."""
    row = P[H_CARD] + card * CARD_WORDS
    limit = P[row + C_LIMIT]
    if limit > 0 and S[P[H_S_PLAYED] + card] >= limit:
        return 0
    if S[P[H_S_REST] + card] >= S[S_ROUND]:
        return 0
    return holds(P, S, P[row + C_TERM], P[row + C_TERMS])


def change_points(P: Words, S: Words, team: int, amount: int, trace: Trace) -> None:
    """Adds to a team's points."""
    target = P[H_TRACKS] + P[H_FLAGS] + team
    g = P[H_TARGET] + target * TARGET_WORDS
    slot = P[H_S_POINTS] + team
    points = S[slot] + amount
    set_target(S, slot, target, points, P[g + G_LOW], P[g + G_HIGH], trace)


def begin_card(P: Words, S: Words, team: int, card: int, trace: Trace) -> None:
    """Counts a play, puts the card away, and begins what it does."""
    row = P[H_CARD] + card * CARD_WORDS
    S[P[H_S_PLAYED] + card] += 1
    S[P[H_S_PLAYS] + team] += 1
    if P[row + C_COOLDOWN] > 0:
        S[P[H_S_REST] + card] = S[S_ROUND] + P[row + C_COOLDOWN]
    if stays(P, team, card) == 0:
        put_away(P, S, card)
    if trace is not None:
        trace.append((TR_PLAY, team, card, P[row + C_COST], S[S_ORIGIN], 0))
    invited = P[row + C_INVITES] == 1 and S[S_PLAYING] == 0
    push_frame(S, card, DO_RESPONSES if invited else DO_EFFECTS, team)


def close_phase(P: Words, S: Words, trace: Trace) -> None:
    """Fires what is due as the phase closes, then moves to the next one."""
    if fire_timed(P, S, 2 * S[S_PHASE] + 1, trace) == 1:
        return
    S[S_PHASE] += 1
    if S[S_PHASE] < P[H_PHASES]:
        S[S_STAGE] = FLOW_PHASE
        return
    S[S_PHASE] -= 1
    run_rules(P, S, ROUND_END, trace)
    S[S_DIRTY] = 1
    S[S_STAGE] = FLOW_ENDING


def end_round(P: Words, S: Words, trace: Trace) -> None:
    """Tests the endings; the last round ends the game."""
    ending = find_ending(P, S, 0)
    if ending < 0 and S[S_ROUND] >= P[H_ROUNDS]:
        ending = P[H_LAST_ENDING]
    if ending >= 0:
        end_game(S, ending, trace)
    else:
        S[S_STAGE] = FLOW_ROUND


def run(P: Words, S: Words, trace: Trace) -> None:
    """Carries the game on until it waits for a move or is over."""
    steps = 0
    while S[S_WAIT] == W_NOTHING and S[S_OVER] == 0 and S[S_ERROR] == 0:
        if S[S_DEPTH] > 0:
            step_frame(P, S, trace)
        elif S[S_DIRTY] != 0:
            settle(P, S, trace)
        else:
            step_flow(P, S, trace)
        steps += 1
        if steps > MAX_STEPS:
            S[S_ERROR] = ERR_STEPS
    if S[S_OVER] != 0:
        tidy(P, S)


def tidy(P: Words, S: Words) -> None:
    """Zeroes what a finished game no longer needs, so that equal ends look equal."""
    while S[S_DEPTH] > 0:
        pop_frame(S)
    wait_for(S, W_NOTHING, 0)
    S[S_DIRTY] = 0
    S[S_PLAYING] = 0
    S[S_ROLL] = 0
    S[S_ORIGIN] = 0
    S[S_PART] = 0
    for team in range(P[H_TEAMS]):
        S[P[H_S_ANSWER] + team] = 0


def option_open(P: Words, S: Words, option: int) -> int:
    """Whether an option may be chosen now: 1 or 0."""
    at = P[H_OPTION] + option * OPTION_WORDS
    return holds(P, S, P[at + O_TERM], P[at + O_TERMS])
