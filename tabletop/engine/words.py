"""Reading and writing the state: random numbers, expressions, conditions, targets.

Part of the machine's source: whole numbers, `x[i]`, loops and positional calls only,
so that the same functions run as plain Python and compiled. No imports but offsets.
"""

from tabletop.engine.layout import *


def times32(a: int, b: int) -> int:
    """The low 32 bits of a product of two 32-bit words, without leaving 63 bits."""
    low = (a & 0xFFFF) * b
    high = (((a >> 16) * b) & 0xFFFF) << 16
    return (low + high) & MASK


def mix32(x: int) -> int:
    """A well-mixed 32-bit word: the finalizer of MurmurHash3 (A. Appleby, 2008)."""
    x = times32(x ^ (x >> 16), 0x85EBCA6B)
    x = times32(x ^ (x >> 13), 0xC2B2AE35)
    return x ^ (x >> 16)


def next32(S: Words, at: int) -> int:
    """The next 32 bits of the stream at `at`: xoshiro128** (Blackman, Vigna, 2018)."""
    s0 = S[at]
    s1 = S[at + 1]
    s2 = S[at + 2] ^ s0
    s3 = S[at + 3] ^ s1
    r = (s1 * 5) & MASK
    r = ((((r << 7) | (r >> 25)) & MASK) * 9) & MASK
    S[at] = s0 ^ s3
    S[at + 1] = s1 ^ s2
    S[at + 2] = s2 ^ ((s1 << 9) & MASK)
    S[at + 3] = ((s3 << 11) | (s3 >> 21)) & MASK
    return r


def below(S: Words, at: int, n: int) -> int:
    """A number from 0 to n - 1, each as likely (Lemire, 2019); n up to 2^30."""
    m = next32(S, at) * n
    if (m & MASK) < n:
        least = (MASK + 1 - n) % n
        while (m & MASK) < least:
            m = next32(S, at) * n
    return m >> 32


def band_of(P: Words, S: Words, track: int) -> int:
    """Index of the band that a track is in; 0 for a track without bands."""
    row = P[H_TARGET] + track * TARGET_WORDS
    value = S[P[H_S_TARGET] + track]
    first = P[H_BAND] + P[row + G_BAND] * BAND_WORDS
    last = P[row + G_BANDS] - 1
    i = 0
    while i < last and value > P[first + i * BAND_WORDS]:
        i += 1
    return i


def binary(op: int, a: int, b: int) -> int:
    """The result of an instruction that takes two numbers; 0 for a zero divisor."""
    if op == X_ADD:
        return a + b
    if op == X_SUB:
        return a - b
    if op == X_MUL:
        return a * b
    if op == X_DIV:
        return a // b if b != 0 else 0
    if op == X_MOD:
        return a % b if b != 0 else 0
    if op == X_MIN:
        return min(a, b)
    if op == X_MAX:
        return max(a, b)
    return compare(op, a, b)


def compare(op: int, a: int, b: int) -> int:
    """1 when the comparison holds, else 0."""
    if op == X_LT:
        return 1 if a < b else 0
    if op == X_LE:
        return 1 if a <= b else 0
    if op == X_EQ:
        return 1 if a == b else 0
    if op == X_NE:
        return 1 if a != b else 0
    if op == X_GT:
        return 1 if a > b else 0
    return 1 if a >= b else 0


def evaluate(P: Words, S: Words, pc: int) -> int:  # noqa: C901
    """The value of the expression whose instructions begin at `pc`."""
    top = P[H_S_STACK] - 1
    while True:
        op = P[pc]
        arg = P[pc + 1]
        pc += 2
        if op == X_LOAD:
            top += 1
            S[top] = S[arg]
        elif op == X_CONST:
            top += 1
            S[top] = arg
        elif op >= X_ADD and op <= X_MAX:
            top -= 1
            S[top] = binary(op, S[top], S[top + 1])
        elif op == X_RETURN:
            return S[top]
        elif op == X_AND or op == X_OR:
            if (S[top] != 0) == (op == X_OR):
                pc = arg
            else:
                top -= 1
        elif op == X_JUMP:
            pc = arg
        elif op == X_JUMP_FALSE:
            if S[top] == 0:
                pc = arg
            top -= 1
        elif op == X_NOT:
            S[top] = 1 - S[top]
        elif op == X_NEG:
            S[top] = -S[top]
        elif op == X_ABS:
            S[top] = abs(S[top])
        elif op == X_BAND:
            top += 1
            S[top] = band_of(P, S, arg)


def term_holds(P: Words, S: Words, term: int) -> int:
    """Whether one term of a condition holds: 1 or 0."""
    row = P[H_TERM] + term * TERM_WORDS
    pc = P[row + M_CODE]
    value = evaluate(P, S, pc) if pc > 0 else S[P[row + M_SLOT]]
    return 1 if P[row + M_LOW] <= value and value <= P[row + M_HIGH] else 0


def holds(P: Words, S: Words, first: int, count: int) -> int:
    """Whether every term of a condition holds: 1 or 0."""
    for i in range(first, first + count):
        if term_holds(P, S, i) == 0:
            return 0
    return 1


def unknown(P: Words, S: Words, mask: int) -> int:
    """Whether the seat that imagines this state is one of the teams in `mask`."""
    seat = S[P[H_DIGEST] + Z_IMAGINE]
    return (mask >> (seat - 1)) & 1 if seat > 0 else 0


def set_target(
    S: Words, slot: int, target: int, value: int, low: int, high: int, trace: Trace
) -> None:
    """Writes a track, flag or points, held within its bounds."""
    value = min(max(value, low), high)
    before = S[slot]
    if value != before:
        S[slot] = value
        S[S_DIRTY] = 1
        if trace is not None:
            trace.append((TR_SET, target, before, value, S[S_ORIGIN], S[S_PART]))


def throw_die(S: Words, sides: int, trace: Trace) -> int:
    """One die: the next result that control has entered, else one from the stream."""
    waiting = S[S_FORCED]
    if waiting > 0:
        value = min(S[S_DIE], sides)
        for i in range(DICE_KEPT - 1):
            S[S_DIE + i] = S[S_DIE + i + 1]
        S[S_DIE + DICE_KEPT - 1] = 0
        S[S_FORCED] = waiting - 1
    else:
        value = 1 + below(S, S_DICE, sides)
    if trace is not None:
        trace.append((TR_DIE, value, sides, waiting, S[S_ORIGIN], S[S_PART]))
    return value
