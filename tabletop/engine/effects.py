"""Effects and rules: what changes the state.

Part of the machine's source (see `words`).
"""

from tabletop.engine.cards import discard_card, discard_random, draw_card, give_card
from tabletop.engine.layout import *
from tabletop.engine.words import band_of, evaluate, holds, set_target, unknown


def run_effects(P: Words, S: Words, first: int, count: int, trace: Trace) -> None:
    """Runs effects in order, until the game ends."""
    for i in range(first, first + count):
        if S[S_OVER] != 0:
            return
        row = P[H_EFFECT] + i * EFFECT_WORDS
        mask = P[row + E_HIDDEN]
        if mask == 0 or unknown(P, S, mask) == 0:
            run_effect(P, S, row, trace)


def run_effect(P: Words, S: Words, row: int, trace: Trace) -> None:
    """Runs one effect."""
    op = P[row + E_OP]
    pc = P[row + E_CODE]
    value = evaluate(P, S, pc) if pc > 0 else P[row + E_VALUE]
    if op <= FX_SET:
        slot = P[row + E_SLOT]
        if op == FX_ADD:
            value += S[slot]
        set_target(
            S, slot, P[row + E_TARGET], value, P[row + E_LOW], P[row + E_HIGH], trace
        )
    else:
        run_other(P, S, op, P[row + E_TARGET], P[row + E_SLOT], value, trace)


def run_other(
    P: Words, S: Words, op: int, a: int, b: int, value: int, trace: Trace
) -> None:
    """Runs an effect that is not on a track, flag or points."""
    if op == FX_DRAW:
        while value > 0 and draw_card(P, S, a, trace) == 1:
            value -= 1
    elif op == FX_DISCARD:
        while value > 0 and discard_random(P, S, a, trace) == 1:
            value -= 1
    elif op == FX_DISCARD_CARD:
        discard_card(P, S, a, trace)
    elif op == FX_GIVE:
        give_card(P, S, a, b, trace)
    elif op == FX_SCHEDULE:
        schedule(P, S, a, value, trace)
    elif op == FX_END:
        end_game(S, a, trace)
    elif op == FX_CANCEL:
        cancel(S, trace)


def schedule(P: Words, S: Words, site: int, rounds: int, trace: Trace) -> None:
    """Notes that something is due some rounds from now, if the game lasts so long."""
    due = S[S_ROUND] + rounds
    if due <= P[H_ROUNDS]:
        S[P[H_S_SITE] + site * (P[H_ROUNDS] + 1) + due] += 1
        if trace is not None:
            trace.append((TR_SCHEDULE, site, due, 0, S[S_ORIGIN], S[S_PART]))


def end_game(S: Words, ending: int, trace: Trace) -> None:
    """Ends the game."""
    S[S_OVER] = 1
    S[S_ENDING] = ending + 1
    if trace is not None:
        trace.append((TR_ENDING, ending, 0, 0, S[S_ORIGIN], S[S_PART]))


def cancel(S: Words, trace: Trace) -> None:
    """Keeps the card that is being answered from taking effect."""
    below = S_FRAME + (S[S_DEPTH] - 2) * FRAME_WORDS
    if S[S_DEPTH] >= 2 and S[below + F_STAGE] == DO_RESPONSES:
        S[below + F_STAGE] = DO_FINISH
        if trace is not None:
            card = S[below + F_HAPPENING]
            trace.append((TR_CANCEL, card, 0, 0, S[S_ORIGIN], S[S_PART]))


def run_rule(P: Words, S: Words, rule: int, trace: Trace) -> int:
    """Runs a rule if it may run and its condition holds: 1, else 0."""
    row = P[H_RULE] + rule * RULE_WORDS
    last = S[P[H_S_RULE] + rule]
    once = P[row + R_ONCE]
    if (once == 2 and last > 0) or (once == 1 and last == S[S_ROUND]):
        return 0
    mask = P[row + R_HIDDEN]
    if mask != 0 and unknown(P, S, mask) == 1:
        return 0
    if trace is not None:
        trace.append((TR_LOOK, LOOK_RULE, rule, 0, 0, 0))
    if holds(P, S, P[row + R_TERM], P[row + R_TERMS]) == 0:
        return 0
    if once > 0:
        S[P[H_S_RULE] + rule] = S[S_ROUND]
    origin = S[S_ORIGIN]
    part = S[S_PART]
    S[S_ORIGIN] = BY_RULE * CAUSE + rule
    S[S_PART] = 0
    if trace is not None:
        trace.append((TR_RULE, rule, 0, 0, origin, part))
    run_effects(P, S, P[row + R_EFFECT], P[row + R_EFFECTS], trace)
    S[S_ORIGIN] = origin
    S[S_PART] = part
    return 1


def run_rules(P: Words, S: Words, moment: int, trace: Trace) -> None:
    """Runs the rules of a moment, in the deck's order."""
    at = P[H_MOMENT] + moment * MOMENT_WORDS
    first = P[at + B_FIRST]
    for i in range(first, first + P[at + B_COUNT]):
        if S[S_OVER] == 0:
            run_rule(P, S, P[i], trace)


def run_band_rule(P: Words, S: Words, rule: int, trace: Trace) -> int:
    """Runs a rule whose track has crossed into another band: 1, else 0."""
    track = P[P[H_RULE] + rule * RULE_WORDS + R_TRACK]
    if S[P[H_S_MARK] + rule] != 0 or S[S_OVER] != 0:
        return 0
    if band_of(P, S, track) == S[P[H_S_BAND] + track]:
        return 0
    done = run_rule(P, S, rule, trace)
    S[P[H_S_MARK] + rule] = done
    return done


def settle_bands(P: Words, S: Words, trace: Trace) -> None:
    """Runs the rules of crossed bands, each at most once, until none is left."""
    at = P[H_MOMENT] + AT_BAND * MOMENT_WORDS
    first = P[at + B_FIRST]
    last = first + P[at + B_COUNT]
    again = 1
    while again == 1:
        again = 0
        for i in range(first, last):
            if run_band_rule(P, S, P[i], trace) == 1:
                again = 1
    for i in range(first, last):
        track = P[P[H_RULE] + P[i] * RULE_WORDS + R_TRACK]
        S[P[H_S_BAND] + track] = band_of(P, S, track)
        S[P[H_S_MARK] + P[i]] = 0


def find_ending(P: Words, S: Words, always: int) -> int:
    """The first ending that holds, by priority, or -1; `always`: only those tested
    after each move."""
    for i in range(P[H_ENDINGS]):
        row = P[H_ENDING] + i * ENDING_WORDS
        terms = P[row + N_TERMS]
        mask = P[row + N_HIDDEN]
        if terms < 0 or P[row + N_ALWAYS] < always:
            continue
        if mask != 0 and unknown(P, S, mask) == 1:
            continue
        if holds(P, S, P[row + N_TERM], terms) == 1:
            return i
    return -1


def run_lasting(P: Words, S: Words, trace: Trace) -> None:
    """Runs the lasting effects as a round begins, and counts them down."""
    for i in range(P[H_LASTINGS]):
        left = S[P[H_S_LASTING] + i]
        if left == 0:
            continue
        row = P[H_LASTING] + i * LASTING_WORDS
        terms = P[row + L_TERMS]
        if trace is not None:
            trace.append((TR_LOOK, LOOK_LASTING, i, 0, 0, 0))
        over = terms > 0 and holds(P, S, P[row + L_TERM], terms) == 1
        if over:
            left = 0
        elif left < FOREVER:
            left -= 1
        S[P[H_S_LASTING] + i] = left
        S[S_ORIGIN] = BY_HAPPENING * CAUSE + P[row + L_HAPPENING]
        S[S_PART] = BY_LASTING * CAUSE + i
        if trace is not None:
            trace.append((TR_LASTING, i, left, 1, S[S_ORIGIN], S[S_PART]))
        if not over:
            run_effects(P, S, P[row + L_EFFECT], P[row + L_EFFECTS], trace)
