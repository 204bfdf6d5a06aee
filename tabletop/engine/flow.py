"""What happens between decisions: phases, rounds, and what a change sets off.

Part of the machine's source (see `words`). The flow is what runs when no card or inject
is under way (see `frames`). It stops when the state waits for a move.
"""

from tabletop.engine.cards import (
    add_to_hand,
    fill_hand,
    put_away,
    stays,
    team_row,
    vetoed,
)
from tabletop.engine.effects import (
    end_game,
    find_ending,
    run_effects,
    run_lasting,
    run_rules,
    settle_bands,
)
from tabletop.engine.frames import (
    fire,
    fire_conditional,
    fire_timed,
    pop_frame,
    push_frame,
    step_frame,
    wait_for,
)
from tabletop.engine.layout import *
from tabletop.engine.words import evaluate, holds, set_target


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
    if trace is not None:
        trace.append((TR_LOOK, LOOK_ENDING, 1, 0, 0, 0))
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
    if trace is not None and rested(P, S, card) == 1:
        trace.append((TR_LOOK, LOOK_CARD, card, 0, 0, 0))
    if ready(P, S, card) == 1:
        begin_card(P, S, team, card, trace)
        return
    if trace is not None:
        trace.append((TR_FAIL, team, card, 0, S[S_ORIGIN], 0))
    change_points(P, S, team, P[row + C_COST], trace)
    if stays(P, team, card) == 0:
        add_to_hand(P, S, team, card)


def rested(P: Words, S: Words, card: int) -> int:
    """Whether a card's limit and rest allow it now: 1 or 0.

    A card that is vetoed rests longer than any game.
    """
    row = P[H_CARD] + card * CARD_WORDS
    limit = P[row + C_LIMIT]
    if limit > 0 and S[P[H_S_PLAYED] + card] >= limit:
        return 0
    return 0 if S[P[H_S_REST] + card] >= S[S_ROUND] else 1


def ready(P: Words, S: Words, card: int) -> int:
    """Whether a card's limit, rest and condition allow it now: 1 or 0."""
    if rested(P, S, card) == 0:
        return 0
    row = P[H_CARD] + card * CARD_WORDS
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
    S[P[H_S_PLAYED] + card] = min(S[P[H_S_PLAYED] + card] + 1, COUNT_LIMIT)
    S[P[H_S_PLAYS] + team] = min(S[P[H_S_PLAYS] + team] + 1, COUNT_LIMIT)
    if P[row + C_COOLDOWN] > 0:
        rest = S[S_ROUND] + P[row + C_COOLDOWN]
        S[P[H_S_REST] + card] = rest + VETO * vetoed(P, S, card)
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
    if trace is not None:
        trace.append((TR_LOOK, LOOK_ENDING, 0, 0, 0, 0))
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
