"""Names for every offset of the program, the state, the moves and the trace.

A program and a state are flat vectors of whole numbers. Offsets that depend on the
deck stand in the program's head; everything else is a constant of this module.
"""

Words = list[int]
"""A program or a state. Compiled functions take pointers to 64-bit words instead."""
Trace = list[tuple[int, int, int, int, int, int]] | None
"""Where a move's facts are written, when they are asked for."""

MASK = 0xFFFFFFFF
"""32 bits: the width of the random generators' words."""
BIG = 1 << 40
"""Wider than any value a word can hold: an open end of a range."""
LEAST = -(1 << 62)
"""Below any number that an expression can give."""
MAX_TEAMS = 6
PLAYS_LIMIT = 100
"""Cards that a team may play in a round, so that every game by bots ends."""
COUNT_LIMIT = 10_000
"""Counts of plays and of injects stop here: expressions are proved up to it."""
FOREVER = 1000
"""Rounds left of a lasting effect that only its `until` ends."""
VETO = 1024
"""Added to the round until which a card rests, while control forbids the card."""

# --- the program's head: counts, where its tables and the state's words stand
(
    H_SIZE, H_STATE, H_DIGEST, H_ROUNDS, H_ORDERS, H_LAST_ENDING,
    H_TEAMS, H_TRACKS, H_FLAGS, H_CARDS, H_INJECTS, H_RULES, H_ENDINGS, H_PHASES,
    H_LASTINGS, H_SITES, H_PLAY_PHASE,
    # tables in the program
    H_TEAM, H_TARGET, H_BAND, H_CARD, H_HAPPENING, H_INJECT, H_RULE, H_ENDING,
    H_LASTING, H_SITE, H_TERM, H_EFFECT, H_ROLL, H_ROW, H_QUESTION, H_OPTION,
    H_OUTCOME, H_OBJECTIVE, H_OWN, H_MOMENT, H_CODE, H_CODE_END,
    # words in the state
    H_S_TARGET, H_S_POINTS, H_S_PASSED, H_S_ORDER, H_S_PLAYS, H_S_ANSWER,
    H_S_HAND, H_S_PILE, H_S_DISCARD, H_S_LAID, H_S_BAND, H_S_PLAYED, H_S_REST,
    H_S_INJECT, H_S_DUE, H_S_FIRED, H_S_RULE, H_S_MARK, H_S_LASTING, H_S_SITE,
    H_S_STACK, H_S_COUNT,
    H_ALWAYS, H_CONDITIONS, H_BAND_RULES,
) = range(64)  # fmt: skip
HEAD = 64

# --- records of the program's tables
(
    T_POINTS_CODE, T_POINTS, T_CARRY, T_HAND, T_INITIATIVE, T_OWN, T_OWNS,
    T_S_HAND, T_HAND_CAP, T_S_PILE, T_S_DISCARD, T_PILE_CAP, T_S_LAID, T_LAID_CAP,
    T_OBJECTIVE, T_OBJECTIVES, T_RESPONDS, T_SUCCESS,
) = range(18)  # fmt: skip
TEAM_WORDS = 18
"""A team. T_HAND is -1 for a hand that holds every card; *_CODE is 0 for a constant;
T_SUCCESS is 0 when the deck does not say what would be one."""

BAND_WORDS = 1
"""A band: the highest value in it."""

G_LOW, G_HIGH, G_START, G_BAND, G_BANDS, G_HIDDEN = range(6)
TARGET_WORDS = 6
"""A target of effects: tracks, then flags, then the teams' points. G_HIDDEN has a bit
for each team that may not see it."""

(
    C_TEAM, C_COST, C_LIMIT, C_COOLDOWN, C_RESPONSE, C_INVITES, C_TERM, C_TERMS,
    C_HIDDEN,
) = range(9)  # fmt: skip
CARD_WORDS = 9
"""A card. C_LIMIT and C_COOLDOWN are 0 for none. C_HIDDEN has a bit for each team that
may not see what its condition reads, and so can't play it."""

(
    P_EFFECT, P_EFFECTS, P_ROLL, P_QUESTION, P_QUESTIONS, P_SECRET, P_OUTCOME,
    P_OUTCOMES, P_LASTING, P_HIDDEN,
) = range(10)  # fmt: skip
HAPPENING_WORDS = 10
"""What a card or an inject does; cards come first. P_ROLL and P_LASTING are -1 for
none."""

I_ROUND, I_PLACE, I_TERM, I_TERMS, I_HIDDEN = range(5)
INJECT_WORDS = 5
"""An inject. I_ROUND is 0 when it has no time; I_PLACE is twice its phase, plus 1 for
the phase's end; I_TERMS is 0 when it has no condition."""

R_ONCE, R_TRACK, R_TERM, R_TERMS, R_EFFECT, R_EFFECTS, R_HIDDEN = range(7)
RULE_WORDS = 7
"""A rule. R_ONCE is 0 every time, 1 once a round, 2 once a game."""

N_ALWAYS, N_TERM, N_TERMS, N_HIDDEN = range(4)
ENDING_WORDS = 4
"""An ending, in order of priority. N_TERMS is -1 when it has no condition."""

L_HAPPENING, L_ROUNDS, L_TERM, L_TERMS, L_EFFECT, L_EFFECTS = range(6)
LASTING_WORDS = 6

K_HAPPENING, K_EFFECT, K_ORIGIN, K_HIDDEN = range(4)
SITE_WORDS = 4
"""A place that schedules: K_HAPPENING is -1 when it schedules the effect K_EFFECT."""

M_CODE, M_SLOT, M_LOW, M_HIGH = range(4)
TERM_WORDS = 4
"""A term of a condition: a word within a range, or (M_CODE above 0) an expression."""

E_OP, E_SLOT, E_CODE, E_VALUE, E_LOW, E_HIGH, E_TARGET, E_HIDDEN = range(8)
EFFECT_WORDS = 8
"""An effect. E_VALUE is its number, or E_CODE is where its expression stands."""

D_DICE, D_SIDES, D_CODE, D_ROW, D_ROWS = range(5)
ROLL_WORDS = 5
W_TO, W_EFFECT, W_EFFECTS = range(3)
ROW_WORDS = 3
Q_TEAM, Q_OPTION, Q_OPTIONS = range(3)
QUESTION_WORDS = 3
O_TERM, O_TERMS, O_EFFECT, O_EFFECTS = range(4)
OPTION_WORDS = 4
U_TERM, U_TERMS, U_EFFECT, U_EFFECTS = range(4)
OUTCOME_WORDS = 4
B_FIRST, B_COUNT = range(2)
MOMENT_WORDS = 2
"""For each moment: where its rules begin in the list behind the table, how many."""
AFTER_PLAY, AFTER_INJECT, ROUND_START, ROUND_END, AT_BAND = range(5)
MOMENTS = 5

# --- effects
(
    FX_ADD, FX_SET, FX_DRAW, FX_DISCARD, FX_DISCARD_CARD, FX_GIVE, FX_SCHEDULE,
    FX_END, FX_CANCEL,
) = range(9)  # fmt: skip

# --- instructions of expressions, each with one operand
(
    X_RETURN, X_CONST, X_LOAD, X_BAND, X_NEG, X_NOT, X_ABS, X_ADD, X_SUB, X_MUL,
    X_DIV, X_MOD, X_LT, X_LE, X_EQ, X_NE, X_GT, X_GE, X_MIN, X_MAX,
    X_JUMP, X_JUMP_FALSE, X_AND, X_OR,
) = range(24)  # fmt: skip
STACK = 64
"""Words of the expressions' stack."""

# --- the state: words that every deck has
(
    S_ERROR, S_OVER, S_ENDING, S_ROUND, S_PHASE, S_STAGE, S_STEP, S_TURN, S_WAIT,
    S_TEAM, S_DEPTH, S_DIRTY, S_ORIGIN, S_PART, S_ROLL, S_PLAYING, S_MOVES, S_FORCED,
) = range(18)  # fmt: skip
HEAD_NAMES = {
    "error": S_ERROR, "over": S_OVER, "ending": S_ENDING, "round": S_ROUND,
    "phase": S_PHASE, "stage": S_STAGE, "step": S_STEP, "turn": S_TURN,
    "wait": S_WAIT, "team": S_TEAM, "depth": S_DEPTH, "dirty": S_DIRTY,
    "origin": S_ORIGIN, "part": S_PART, "roll": S_ROLL, "playing": S_PLAYING,
    "moves": S_MOVES, "forced": S_FORCED,
}  # fmt: skip
"""The names under which these words are digested."""
S_DIE = 18
DICE_KEPT = 8
"""Results of physical dice that can be entered ahead."""
S_DICE = S_DIE + DICE_KEPT
S_CARDS = S_DICE + 4
S_FRAME = S_CARDS + 4
FRAME_WORDS = 4 + MAX_TEAMS
FRAMES = 6
F_HAPPENING, F_STAGE, F_TEAM, F_CURSOR, F_ANSWER = range(5)
"""A frame: a card or inject under way. F_TEAM is the team that plays it, -1 for
control; F_CURSOR counts the teams or questions done; then one answer a team (0 none,
else option + 1)."""
STATE_HEAD = S_FRAME + FRAME_WORDS * FRAMES

# scratch words, behind what is digested, at the offset P[H_DIGEST]
Z_IMAGINE, Z_STILL, Z_BOT, Z_BOT2 = range(4)
SCRATCH_HEAD = 4
"""Z_IMAGINE: seat + 1 while the state is only what that seat knows. Z_STILL: no dice
and no draws, for a preview. Z_BOT: two words that seed the bots' stream."""

# --- what the state waits for
W_NOTHING, W_ADVANCE, W_PLAY, W_LAY, W_ANSWER, W_RESPOND = range(6)

# --- stages of the flow
(
    FLOW_ROUND, FLOW_DUE, FLOW_HANDS, FLOW_OPENING, FLOW_PHASE, FLOW_BEGIN, FLOW_TURN,
    FLOW_REVEAL, FLOW_RESOLVE, FLOW_CLOSE, FLOW_ENDING,
) = range(11)  # fmt: skip

# --- stages of a frame
DO_RESPONSES, DO_EFFECTS, DO_ASK, DO_LASTING, DO_FINISH = range(5)

# --- states of an inject
INJECT_WAITS, INJECT_FIRED, INJECT_HELD, INJECT_SKIPPED = range(4)

# --- moves: kind + 32 * team + 512 * item + 2^25 * value
(
    MV_PLAY, MV_LAY, MV_PASS, MV_ANSWER, MV_ADVANCE, MV_FIRE, MV_HOLD, MV_RELEASE,
    MV_SKIP, MV_FORWARD, MV_DIE, MV_SET, MV_ADD, MV_GIVE, MV_TAKE, MV_FORCE,
    MV_VETO, MV_LIFT, MV_REVEAL, MV_RESEED,
) = range(20)  # fmt: skip
MOVE_TEAM = 32
MOVE_ITEM = 512
MOVE_VALUE = 1 << 25
VALUE_SPAN = 1 << 22
"""Values of a move run from -2^21 to 2^21 - 1."""

# --- the trace: (kind, a, b, c, origin, part)
(
    TR_SET, TR_PLAY, TR_DRAW, TR_DISCARD, TR_GIVE, TR_DIE, TR_ROLL, TR_ASK, TR_ANSWER,
    TR_REVEAL, TR_OUTCOME, TR_INJECT, TR_RULE, TR_LASTING, TR_SCHEDULE, TR_DUE,
    TR_SHUFFLE, TR_ROUND, TR_PHASE, TR_TURN, TR_PASS, TR_LAY, TR_FAIL, TR_ENDING,
    TR_CANCEL, TR_RESOLVE, TR_INJECT_STATE, TR_VETO, TR_LIFT, TR_SHOW, TR_RESEED,
    TR_LOOK,
) = range(32)  # fmt: skip
(
    LOOK_CARD, LOOK_OPTION, LOOK_OUTCOME, LOOK_LASTING, LOOK_RULE, LOOK_INJECT,
    LOOK_ENDING,
) = range(7)  # fmt: skip
LOOKS = 7
"""TR_LOOK: a condition is about to be looked at. First whose it is, then its index; of
endings, 1 when only those are tested that may hold at any time, else 0."""

# --- causes: kind * 65536 + id. The origin is a happening, rule, ruling or the round;
# the part says which part of it.
CAUSE = 65536
(
    BY_ROUND, BY_HAPPENING, BY_RULE, BY_RULING, BY_OPTION, BY_ROW, BY_OUTCOME,
    BY_LASTING, BY_SITE,
) = range(9)  # fmt: skip

# --- errors, in the state's first word
ERR_NONE, ERR_DEPTH, ERR_STEPS = range(3)
MAX_STEPS = 100_000
"""Steps that the machine may take for one move; far more than any deck needs."""

# --- policies of the built-in bots
BOT_RANDOM, BOT_FIRST, BOT_GREEDY, BOT_SEARCH = range(4)
BOT_BUDGET = 16
"""A policy's word is its bot, plus this many times the playouts of a decision."""
