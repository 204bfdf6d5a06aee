"""Proof, before a program runs, that it stays within its tables and its state.

The compiled machine reads and writes without bounds checks, so every index, jump and
stack depth is checked here, once for each program.
"""

from collections.abc import Iterator

from tabletop.engine import layout as at
from tabletop.engine.program import Program

MAX_STATE = 1 << 17
"""Words that a state may have."""
MAX_ROUNDS = 100
COUNTS = (
    at.H_TRACKS, at.H_FLAGS, at.H_INJECTS, at.H_RULES, at.H_ENDINGS, at.H_PHASES,
    at.H_LASTINGS, at.H_SITES,
)  # fmt: skip
LISTS = (
    (at.T_S_HAND, at.T_HAND_CAP), (at.T_S_PILE, at.T_PILE_CAP),
    (at.T_S_DISCARD, at.T_PILE_CAP), (at.T_S_LAID, at.T_LAID_CAP),
)  # fmt: skip
"""A team's lists of cards, and how long each may grow."""
PUSHES = (at.X_CONST, at.X_LOAD, at.X_BAND)
JUMPS = (at.X_JUMP, at.X_JUMP_FALSE, at.X_AND, at.X_OR)


class UnsoundProgramError(Exception):
    """A program that would leave its bounds: our fault, not a deck's."""


def verify(program: Program) -> None:
    """Checks a program. Raises UnsoundProgramError."""
    Verifier(program.words).check()


def require(condition: bool, what: str) -> None:
    """Raises UnsoundProgramError unless the condition holds."""
    if not condition:
        raise UnsoundProgramError(what)


class Verifier:
    """Checks each table of one program."""

    def __init__(self, words: list[int]) -> None:
        """Reads the counts in the program's head."""
        self.words = words
        require(len(words) >= at.HEAD, "no head")
        require(words[at.H_SIZE] == len(words), "size")
        require(all(abs(word) <= at.BIG for word in words), "a word is too large")
        self.state, self.digest = words[at.H_STATE], words[at.H_DIGEST]
        self.teams, self.cards = words[at.H_TEAMS], words[at.H_CARDS]
        self.tracks, self.injects = words[at.H_TRACKS], words[at.H_INJECTS]
        self.targets = self.tracks + words[at.H_FLAGS] + self.teams
        self.happenings = self.cards + self.injects

    def check(self) -> None:
        """Checks everything."""
        require(0 < self.teams <= at.MAX_TEAMS and self.cards > 0, "counts")
        require(0 < self.digest < self.state <= MAX_STATE, "state")
        self.check_counts()
        self.check_head()
        self.check_lists()
        self.starts = set(self.check_code())
        for check in (
            self.check_targets, self.check_terms, self.check_effects,
            self.check_happenings, self.check_cards, self.check_injects,
            self.check_rules, self.check_endings, self.check_teams,
        ):  # fmt: skip
            check()

    # --- helpers

    def rows(self, head: int, width: int, count: int | None = None) -> Iterator[int]:
        """Where each record of a table stands."""
        start, end = self.words[head], self.table_end(head)
        require(count is None or end - start >= count * width, f"table {head} is short")
        last = end if count is None else start + count * width
        yield from range(start, last - width + 1, width)

    def table_end(self, head: int) -> int:
        """Where the table behind this one begins."""
        if head < at.H_MOMENT:
            return self.words[head + 1]
        return len(self.words)

    def size(self, head: int, width: int) -> int:
        """How many records a table has."""
        return (self.table_end(head) - self.words[head]) // width

    def within(self, value: int, count: int, what: str) -> None:
        """Requires an index below `count`."""
        require(0 <= value < count, f"{what}: {value} of {count}")

    def span(self, row: int, head: int, width: int, what: str) -> None:
        """Requires a (first, count) pair that lies within a table."""
        first, count = self.words[row], max(self.words[row + 1], 0)
        require(first >= 0 and first + count <= self.size(head, width), what)

    def expression(self, pc: int, what: str) -> None:
        """Requires 0, for none, or the beginning of an expression."""
        require(pc == 0 or pc in self.starts, f"{what}: no expression at {pc}")

    # --- tables

    def check_counts(self) -> None:
        """No count is below 0, and the last of them are possible."""
        for head in COUNTS:
            require(self.words[head] >= 0, f"count {head}")
        require(1 <= self.words[at.H_ROUNDS] <= MAX_ROUNDS, "rounds")
        require(self.digest + at.SCRATCH_HEAD <= self.state, "scratch words")
        points = self.words[at.H_S_TARGET] + self.targets - self.teams
        require(self.words[at.H_S_POINTS] == points, "points are no targets")

    def check_lists(self) -> None:
        """No two tables or lists of cards share a word of the state."""
        words = self.words
        spans = [
            (words[head], size)
            for head, size in self.state_sizes().items()
            if head != at.H_S_POINTS  # these are among the targets
        ]
        for row in self.rows(at.H_TEAM, at.TEAM_WORDS, self.teams):
            spans += [(words[row + place], words[row + cap]) for place, cap in LISTS]
        require(min(size for _, size in spans) >= 0, "a list of less than nothing")
        taken = at.STATE_HEAD
        for start, size in sorted(span for span in spans if span[1]):
            scratch = max(taken, self.digest + at.SCRATCH_HEAD)
            require(start >= (taken if start < self.digest else scratch), "overlap")
            taken = start + size

    def check_head(self) -> None:
        """Tables lie in order within the program, tables of the state within it."""
        starts = [self.words[head] for head in range(at.H_TEAM, at.H_CODE)]
        require(starts == sorted(starts), "tables out of order")
        code, code_end = self.words[at.H_CODE], self.words[at.H_CODE_END]
        require(at.HEAD <= code <= code_end <= starts[0], "code")
        require(starts[-1] <= len(self.words), "tables")
        sizes = self.state_sizes()
        for head, size in sizes.items():
            begin = self.words[head]
            scratch = head in (at.H_S_STACK, at.H_S_COUNT, at.H_S_MARK)
            low = self.digest if scratch else at.STATE_HEAD
            high = self.state if scratch else self.digest
            require(low <= begin and begin + size <= high, f"state table {head}")
        self.within(self.words[at.H_PLAY_PHASE], self.words[at.H_PHASES], "play phase")
        self.within(
            self.words[at.H_LAST_ENDING], self.words[at.H_ENDINGS], "last ending"
        )

    def state_sizes(self) -> dict[int, int]:
        """Words of each table of the state."""
        words = self.words
        by_team = (
            at.H_S_POINTS, at.H_S_PASSED, at.H_S_ORDER, at.H_S_PLAYS, at.H_S_ANSWER,
            at.H_S_HAND, at.H_S_PILE, at.H_S_DISCARD, at.H_S_LAID,
        )  # fmt: skip
        sizes = dict.fromkeys(by_team, self.teams)
        sizes |= dict.fromkeys((at.H_S_INJECT, at.H_S_DUE, at.H_S_FIRED), self.injects)
        sizes |= dict.fromkeys((at.H_S_PLAYED, at.H_S_REST, at.H_S_COUNT), self.cards)
        return sizes | {
            at.H_S_TARGET: self.targets,
            at.H_S_BAND: self.tracks,
            at.H_S_RULE: words[at.H_RULES],
            at.H_S_MARK: words[at.H_RULES],
            at.H_S_LASTING: words[at.H_LASTINGS],
            at.H_S_SITE: words[at.H_SITES] * (words[at.H_ROUNDS] + 1),
            at.H_S_STACK: at.STACK,
        }

    def check_code(self) -> Iterator[int]:
        """Checks every expression; yields where each begins."""
        pc, end = self.words[at.H_CODE], self.words[at.H_CODE_END]
        while pc < end:
            yield pc
            pc = self.check_expression(pc, end)

    def check_expression(self, start: int, end: int) -> int:
        """Checks one expression, up to its return; returns where the next begins."""
        depth: dict[int, int] = {}
        now, pc = 0, start
        while True:
            require(pc + 1 < end, "code runs off its end")
            op, arg = self.words[pc], self.words[pc + 1]
            if pc in depth:
                require(now in (-1, depth[pc]), "stack depth depends on the way")
                now = depth[pc]
            require(now >= 0, "code that nothing reaches")
            if op == at.X_RETURN:
                require(now == 1 and max(depth, default=0) <= pc, "return")
                return pc + 2
            now = self.check_instruction(pc, op, arg, now, depth)
            pc += 2

    def check_instruction(
        self, pc: int, op: int, arg: int, now: int, depth: dict[int, int]
    ) -> int:
        """Checks one instruction; returns the stack's depth behind it, -1 for none."""
        require(0 < op <= at.X_OR, f"instruction {op}")
        if op in PUSHES:
            if op == at.X_LOAD:
                self.within(arg, self.digest, "load")
            if op == at.X_BAND:
                self.within(arg, self.tracks, "band")
            require(now < at.STACK, "stack overflow")
            return now + 1
        if op in JUMPS:
            require(arg > pc and (arg - pc) % 2 == 0, "jump")
            left = now - 1 if op == at.X_JUMP_FALSE else now
            require(now >= 1 and depth.setdefault(arg, left) == left, "jump depth")
            return -1 if op == at.X_JUMP else now - 1
        if at.X_ADD <= op <= at.X_MAX:
            require(now >= 2, "stack underflow")
            return now - 1
        require(now >= 1, "stack underflow")
        return now

    def check_targets(self) -> None:
        """Bounds are in order, starts within them, bands within their table."""
        words = self.words
        for row in self.rows(at.H_TARGET, at.TARGET_WORDS, self.targets):
            low, high = words[row + at.G_LOW], words[row + at.G_HIGH]
            require(low <= words[row + at.G_START] <= high, "start outside bounds")
            self.span(row + at.G_BAND, at.H_BAND, at.BAND_WORDS, "bands")

    def check_terms(self) -> None:
        """Terms read words of the state, or expressions."""
        for row in self.rows(at.H_TERM, at.TERM_WORDS):
            self.expression(self.words[row + at.M_CODE], "term")
            self.within(self.words[row + at.M_SLOT], self.digest, "term")

    def check_effects(self) -> None:
        """Effects name targets, teams, cards, sites and endings that exist."""
        words = self.words
        limits = {
            at.FX_DRAW: self.teams, at.FX_DISCARD: self.teams,
            at.FX_DISCARD_CARD: self.cards, at.FX_GIVE: self.cards,
            at.FX_SCHEDULE: words[at.H_SITES], at.FX_END: words[at.H_ENDINGS],
            at.FX_CANCEL: 1,
        }  # fmt: skip
        for row in self.rows(at.H_EFFECT, at.EFFECT_WORDS):
            op, target = words[row + at.E_OP], words[row + at.E_TARGET]
            self.expression(words[row + at.E_CODE], "effect")
            if op in (at.FX_ADD, at.FX_SET):
                self.within(target, self.targets, "target")
                slot = words[at.H_S_TARGET] + target
                require(words[row + at.E_SLOT] == slot, "slot of a target")
                require(words[row + at.E_LOW] <= words[row + at.E_HIGH], "bounds")
            else:
                require(op in limits, f"effect {op}")
                self.within(target, limits[op], "effect")
            if op == at.FX_GIVE:
                self.within(words[row + at.E_SLOT], self.teams, "receiver")
            if op == at.FX_SCHEDULE:
                require(words[row + at.E_VALUE] >= 1, "schedule")
                require(words[row + at.E_CODE] == 0, "schedule")

    def check_happenings(self) -> None:
        """Cards' and injects' dice, questions, outcomes and lasting effects."""
        words = self.words
        for row in self.rows(at.H_HAPPENING, at.HAPPENING_WORDS, self.happenings):
            self.span(row + at.P_EFFECT, at.H_EFFECT, at.EFFECT_WORDS, "effects")
            rolls = self.size(at.H_ROLL, at.ROLL_WORDS)
            require(-1 <= words[row + at.P_ROLL] < rolls, "roll")
            self.span(
                row + at.P_QUESTION, at.H_QUESTION, at.QUESTION_WORDS, "questions"
            )
            self.check_asked(row)
            self.span(row + at.P_OUTCOME, at.H_OUTCOME, at.OUTCOME_WORDS, "outcomes")
            require(-1 <= words[row + at.P_LASTING] < words[at.H_LASTINGS], "lasting")
        self.check_dice()
        self.check_asks()
        for row in self.rows(at.H_SITE, at.SITE_WORDS, words[at.H_SITES]):
            require(-1 <= words[row + at.K_HAPPENING] < self.happenings, "site")
            effects = self.size(at.H_EFFECT, at.EFFECT_WORDS)
            require(0 <= words[row + at.K_EFFECT] < max(effects, 1), "site")

    def check_dice(self) -> None:
        """Dice tables, and lasting effects."""
        words = self.words
        for row in self.rows(at.H_ROLL, at.ROLL_WORDS):
            require(1 <= words[row + at.D_DICE] <= 99, "dice")
            require(1 <= words[row + at.D_SIDES] <= 999, "sides")
            require(words[row + at.D_ROWS] >= 1, "rows")
            self.expression(words[row + at.D_CODE], "modifier")
            self.span(row + at.D_ROW, at.H_ROW, at.ROW_WORDS, "rows")
        for row in self.rows(at.H_ROW, at.ROW_WORDS):
            self.span(row + at.W_EFFECT, at.H_EFFECT, at.EFFECT_WORDS, "row")
        for row in self.rows(at.H_LASTING, at.LASTING_WORDS, words[at.H_LASTINGS]):
            self.within(words[row + at.L_HAPPENING], self.happenings, "lasting")
            require(words[row + at.L_ROUNDS] >= 1, "rounds of a lasting effect")
            self.span(row + at.L_TERM, at.H_TERM, at.TERM_WORDS, "until")
            self.span(row + at.L_EFFECT, at.H_EFFECT, at.EFFECT_WORDS, "lasting")

    def check_asked(self, row: int) -> None:
        """No team is asked twice, since it could then choose what is not there."""
        first, count = self.words[row + at.P_QUESTION], self.words[row + at.P_QUESTIONS]
        start = self.words[at.H_QUESTION] + at.Q_TEAM
        teams = [
            self.words[start + i * at.QUESTION_WORDS]
            for i in range(first, first + count)
        ]
        require(len(teams) == len(set(teams)), "a team is asked twice")

    def check_asks(self) -> None:
        """Questions, options and outcomes."""
        words = self.words
        for row in self.rows(at.H_QUESTION, at.QUESTION_WORDS):
            self.within(words[row + at.Q_TEAM], self.teams, "asked team")
            require(words[row + at.Q_OPTIONS] >= 1, "options")
            self.span(row + at.Q_OPTION, at.H_OPTION, at.OPTION_WORDS, "options")
            first, count = words[row + at.Q_OPTION], words[row + at.Q_OPTIONS]
            terms = [
                words[words[at.H_OPTION] + i * at.OPTION_WORDS + at.O_TERMS]
                for i in range(first, first + count)
            ]
            require(min(terms) <= 0, "a question without an answer")
        for head, width in (
            (at.H_OPTION, at.OPTION_WORDS),
            (at.H_OUTCOME, at.OUTCOME_WORDS),
        ):
            for row in self.rows(head, width):
                self.span(row, at.H_TERM, at.TERM_WORDS, "condition")
                self.span(row + 2, at.H_EFFECT, at.EFFECT_WORDS, "effects")

    def check_cards(self) -> None:
        """Cards' teams, prices and conditions."""
        words = self.words
        for row in self.rows(at.H_CARD, at.CARD_WORDS, self.cards):
            self.within(words[row + at.C_TEAM], self.teams, "owner")
            require(min(words[row + i] for i in range(1, 4)) >= 0, "price")
            require(words[row + at.C_COOLDOWN] < at.VETO - MAX_ROUNDS, "rest")
            self.span(row + at.C_TERM, at.H_TERM, at.TERM_WORDS, "requires")

    def check_injects(self) -> None:
        """Injects' times and conditions."""
        words = self.words
        for row in self.rows(at.H_INJECT, at.INJECT_WORDS, self.injects):
            require(0 <= words[row + at.I_ROUND] <= words[at.H_ROUNDS], "due round")
            self.within(words[row + at.I_PLACE], 2 * words[at.H_PHASES], "due phase")
            self.span(row + at.I_TERM, at.H_TERM, at.TERM_WORDS, "when")

    def check_rules(self) -> None:
        """Rules, and the lists of them by moment."""
        words, rules = self.words, self.words[at.H_RULES]
        for row in self.rows(at.H_RULE, at.RULE_WORDS, rules):
            require(-1 <= words[row + at.R_TRACK] < self.tracks, "watched track")
            self.span(row + at.R_TERM, at.H_TERM, at.TERM_WORDS, "when")
            self.span(row + at.R_EFFECT, at.H_EFFECT, at.EFFECT_WORDS, "effects")
        for row in self.rows(at.H_MOMENT, at.MOMENT_WORDS, at.MOMENTS):
            first, count = words[row], words[row + 1]
            require(words[at.H_MOMENT] <= first <= len(words) - count, "moment")
            for i in range(first, first + count):
                self.within(words[i], rules, "rule of a moment")
                track = words[words[at.H_RULE] + words[i] * at.RULE_WORDS + at.R_TRACK]
                last = words[at.H_MOMENT] + at.AT_BAND * at.MOMENT_WORDS
                require(row != last or track >= 0, "band rule without a track")

    def check_endings(self) -> None:
        """Endings' conditions."""
        for row in self.rows(at.H_ENDING, at.ENDING_WORDS, self.words[at.H_ENDINGS]):
            self.span(row + at.N_TERM, at.H_TERM, at.TERM_WORDS, "when")

    def check_teams(self) -> None:
        """Teams' lists in the state, their cards and their objectives."""
        words = self.words
        for row in self.rows(at.H_TEAM, at.TEAM_WORDS, self.teams):
            for place, cap in LISTS:
                start, room = words[row + place], words[row + cap]
                require(at.STATE_HEAD <= start <= self.digest - room, "list of cards")
            self.expression(words[row + at.T_POINTS_CODE], "points")
            self.expression(words[row + at.T_INITIATIVE], "initiative")
            self.expression(words[row + at.T_SUCCESS], "success")
            first, count = words[row + at.T_OWN], words[row + at.T_OWNS]
            require(0 <= count <= words[row + at.T_PILE_CAP], "pile")
            require(words[at.H_OWN] <= first, "own cards")
            require(first + count <= self.table_end(at.H_OWN), "own cards")
            for i in range(first, first + count):
                self.within(words[i], self.cards, "own card")
            self.span(row + at.T_OBJECTIVE, at.H_OBJECTIVE, 1, "objectives")
        for row in self.rows(at.H_OBJECTIVE, 1):
            require(words[row] in self.starts, "objective")
