"""Plays the steps of a scripted test, strictly: what no step says must not happen."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tabletop.deck.diagnostics import KeyPath, Place
from tabletop.engine import layout as at
from tabletop.errors import TabletopError
from tabletop.session.moves import TEAM_KINDS
from tabletop.session.start import Start
from tabletop.session.view import Move
from tabletop.testing import expect
from tabletop.testing.board import Board, RefusedError, said
from tabletop.testing.failing import TestFailed, listing
from tabletop.testing.files import Case, TestFile
from tabletop.testing.files_check import flattened
from tabletop.testing.files_steps import verb_of
from tabletop.testing.luck import Fault, faults, luck_of, scripted_ahead
from tabletop.testing.models import Script, Step
from tabletop.testing.models import Start as GivenStart
from tabletop.testing.steps_else import Decider

SHUFFLES = 1_000
"""Other shuffles that are tried until the cards that a step names are drawn."""
MOST_MOVES = 5_000
"""Moves that one step, or what nobody decides, may take."""
ALL_LUCK = ("draws", "rolls", "injects")


def start_of(given: GivenStart) -> Start | None:
    """What a test's game begins with; None for what the deck says."""
    values = {name: int(value) for name, value in (given.model_extra or {}).items()}
    values |= given.tracks | dict.fromkeys(given.flags, 1)
    start = Start(
        values, given.round, given.played, tuple(given.fired), tuple(given.roll),
        given.points, given.hand,
    )  # fmt: skip
    return None if start == Start() else start


class Player:
    """Plays one scripted test."""

    def __init__(self, file: TestFile, case: Case, seed: int) -> None:
        """Sets its game up. Raises TestFailed for a start that can't be."""
        self.file = file
        self.case = case
        script = case.table
        if not isinstance(script, Script):
            raise TypeError(f"{case.kind} is no scripted test")
        self.script = script
        self.decide = Decider(script.else_, seed)
        allowed = file.model.allow if script.allow is None else script.allow
        self.allowed = ALL_LUCK if script.else_ else tuple(allowed)
        self.here: KeyPath = (*case.path, "start")
        try:
            start = start_of(script.start)
            self.board = Board(file.deck, seed, start, script.game)
        except TabletopError as error:
            raise TestFailed(
                self.place("hand"), error.message, hint=error.hint
            ) from error
        self.board.watch = expect.watcher(file, self.board, self.invariant_fails)

    # --- failing

    def place(self, *keys: str | int) -> Place:
        """The place of a key of the current step, or of the step."""
        return self.file.place(*self.here, *keys, key=bool(keys))

    def fail(
        self, message: str, *keys: str | int, difference: Sequence[str] = (),
        reasons: Sequence[str] = (), hint: str = "",
    ) -> TestFailed:  # fmt: skip
        """The failure of the current step."""
        return TestFailed(
            self.place(*keys), message, difference=tuple(difference),
            reasons=tuple(reasons), events=self.board.events(), hint=hint,
        )  # fmt: skip

    def invariant_fails(self, message: str, difference: Sequence[str]) -> None:
        """Raises the failure of a condition that holds always, or never."""
        raise self.fail(message, difference=difference)

    # --- the whole test

    def play(self) -> None:
        """Plays it. Raises TestFailed when it does not pass."""
        script = self.script
        if not script.steps or not expect.asserts(script):
            what = "expects nothing" if script.steps else "has no steps"
            message = f"this test {what}, so it would pass whatever the deck does"
            raise TestFailed(self.file.place(*self.case.path), message)
        self._open()
        for number, step in enumerate(script.steps):
            self.here = (*self.case.path, "steps", number)
            self.step(step)
        self.here = (*self.case.path, "expect")
        if script.expect.score or script.expect.ending not in (None, "none"):
            self._play_on(lambda: False)
        expect.check_end(self)

    def _open(self) -> None:
        """Opens phases up to the one that the test begins in."""
        phase = self.script.start.phase
        board = self.board
        if phase is not None:
            round_ = board.word(at.S_ROUND)
            while board.phase != phase:
                self._advance_once("phase")
                if board.over or board.word(at.S_ROUND) != round_:
                    why = self.board.waits() if board.over else "the round is over"
                    raise self.fail(f"{phase} does not open: {why}", "phase")
        left = board.word(at.S_FORCED)
        if left:
            raise self.fail(f"{left} of these dice are not thrown", "roll")
        board.watch()

    # --- a step

    def step(self, step: Step) -> None:
        """Does what a step says and looks at what came of it."""
        verb = verb_of(step)
        if step.team is not None and verb not in ("give", "take", "force", "reveal"):
            self._bring(step.team)
        if step.offered is not None:
            self._offered(step)
        before = self.board.mark()
        if verb == "try":
            self._try(step)
        elif verb == "view":
            expect.check_view(self, step)
        elif verb:
            self._luckily(step, verb)
        expect.check_step(self, step, before)

    def _bring(self, team: str) -> None:
        """Lets others decide until a team is to move, if the test says who decides."""
        if self.decide.known:
            self._play_on(lambda: team in self.board.waits_for())

    def _play_on(self, done: Callable[[], bool]) -> None:
        """Plays as nobody decides otherwise, until it is done or over."""
        moves = 0
        while self.decide.known and not done() and not self.board.over:
            moves += 1
            if moves > MOST_MOVES:
                raise self.fail(f"nothing comes of {MOST_MOVES:,} moves")
            self.board.make(self.decide.move(self.board))

    def _offered(self, step: Step) -> None:
        team = str(step.team)
        moves = self.board.legal(team)
        found = ["pass" if move.kind == "pass" else move.item for move in moves]
        wanted = list(step.offered or ())
        if sorted(found) == sorted(wanted):
            return
        more = [word for word in found if word not in wanted]
        less = [word for word in wanted if word not in found]
        told = [f"expected {listing(wanted)}", f"found {listing(found)}"]
        told += [f"offered besides: {', '.join(more)}"] if more else []
        told += [f"not offered: {', '.join(less)}"] if less else []
        reasons = [line for word in less for line in self._why_not(team, word)]
        raise self.fail(
            f"{team} is offered something else", "offered", difference=told,
            reasons=reasons, hint="" if found else self.board.waits(),
        )  # fmt: skip

    def _why_not(self, team: str, word: str) -> list[str]:
        refused = self._refused(self._team_move(team, word))
        return [f"{word}: {reason.text}" for reason in refused.why] if refused else []

    def _refused(self, move: Move) -> RefusedError | None:
        """How a move would be refused now; None when it is possible."""
        mark = self.board.mark()
        with self._unwatched():
            try:
                self.board.make(move)
            except RefusedError as refused:
                return refused
            self.board.back(mark)
        return None

    @contextmanager
    def _unwatched(self) -> Iterator[None]:
        """While moves are only tried, nothing need hold."""
        watch, self.board.watch = self.board.watch, lambda: None
        try:
            yield
        finally:
            self.board.watch = watch

    def _team_move(self, team: str, word: str) -> Move:
        """The move that a word means: a card, an option or `pass`."""
        if word == "pass":
            return Move("pass", team)
        cards = self.file.deck.model.cards
        answers = self.board.word(at.S_WAIT) == at.W_ANSWER
        if word in cards and not answers:
            laying = self.board.word(at.S_WAIT) == at.W_LAY
            return Move("lay" if laying else "play", team, word)
        known = any(word == option for option in self.board.tree.names.options.values())
        return Move("answer" if known else "play", team, word)

    def _try(self, step: Step) -> None:
        team, word = str(step.team), str(step.try_)
        move = self._team_move(team, word)
        refused = self._refused(move)
        if refused is None:
            raise self.fail(f"{said(move)} is possible", "try")
        words = [step.illegal] if isinstance(step.illegal, str) else step.illegal
        for wanted in words or ():
            if not any(reason.fits(wanted) for reason in refused.why):
                message = f"{word} is refused, but not for `{wanted}`"
                told = [f"{reason.code}: {reason.text}" for reason in refused.why]
                raise self.fail(message, "illegal", reasons=told)

    # --- moves and their luck

    def _luckily(self, step: Step, verb: str) -> None:
        """Makes a step's moves so that chance gives what the step names."""
        if not scripted_ahead(step):
            found = self._attempt(step, verb, 0)
        else:
            mark, found = self.board.mark(), []
            with self._unwatched():
                for shuffle in range(SHUFFLES):
                    self.board.back(mark)
                    found = self._attempt(step, verb, shuffle)
                    if not any(f.key in ("draws", "discards") for f in found):
                        break
            self.board.watch()
        for fault in found[:1]:
            keys = (fault.key,) if fault.key in step.model_fields_set else ()
            told = fault.difference
            raise self.fail(fault.message, *keys, difference=told, hint=fault.hint)

    def _attempt(self, step: Step, verb: str, shuffle: int) -> list[Fault]:
        """A step's moves with the cards in another order, and what was not as given."""
        if shuffle:
            self.board.make(Move("reseed", value=shuffle))
        mark, before = self.board.mark(), self.board.state()
        self._moves(step, verb)
        rows, after = self.board.trace_since(mark), self.board.state()
        luck = luck_of(self.board.program, rows, before, after, step.inject or "")
        return list(faults(step, luck, self.allowed))

    def _moves(self, step: Step, verb: str) -> None:
        for die in step.roll:
            self._make(Move("die", value=die), "roll")
        if verb == "advance":
            self._advance(str(step.advance))
            return
        for move in moves_of(step, verb, self.board.program.teams):
            self._make(move, verb)

    def _make(self, move: Move, verb: str) -> None:
        try:
            self.board.make(move)
        except RefusedError as refused:
            raise self.fail(
                f"{said(move)} is not possible", verb,
                reasons=[reason.text for reason in refused.why] or [refused.message],
                hint=self._way_out(move, [reason.code for reason in refused.why]),
            ) from refused  # fmt: skip
        except TabletopError as error:
            raise self.fail(error.message, verb, hint=error.hint) from error

    def _way_out(self, move: Move, codes: Sequence[str]) -> str:
        """What to do about a move that is refused for these reasons."""
        if move.kind not in TEAM_KINDS:
            return "" if codes else self.board.waits()
        hints = {
            "hand": f"give it: start = {{ hand.{move.team} = [...] }}",
            "turn": "write the moves that come first, or `else`",
        }
        if move.team in self.board.waits_for():  # it is only not done in this way
            hints["turn"] = "`lay` puts a card face down, `play` plays it at once"
        found = (hints[code] for code in codes if code in hints)
        return next(found, self.board.waits())

    def _advance(self, to: str) -> None:
        """Opens phases up to where the step says; at least one."""
        board = self.board
        begun = (board.word(at.S_ROUND), board.word(at.S_PHASE))
        if board.over:
            raise self.fail("the game is over", "advance")
        while board.goes_on():
            self._advance_once("advance")
            now = (board.word(at.S_ROUND), board.word(at.S_PHASE))
            arrived = {
                "phase": now != begun, "round": now[0] != begun[0], "end": False,
            }.get(to, now != begun and board.phase == to)  # fmt: skip
            asked = board.word(at.S_DEPTH) > 0 and not self.decide.known
            if arrived or (to == "phase" and asked):
                return
        if to != "end":
            raise self.fail(f"the game is over before the next {to}", "advance")

    def _advance_once(self, key: str) -> None:
        """One phase further; questions on the way are answered by who decides."""
        if self.board.word(at.S_DEPTH) > 0 and self.decide.known:
            self._play_on(lambda: self.board.word(at.S_DEPTH) == 0)
        if self.board.over:
            return
        if self.board.word(at.S_DEPTH) > 0:
            message = f"{self.board.waits()}, and no step does it"
            raise self.fail(message, key, hint=self._unscripted())
        self._make(Move("advance"), key)

    def _unscripted(self) -> str:
        """The step that is missing, as it may be written."""
        seat = self.board.waits_for()[0]
        moves = [move for move in self.board.legal(seat) if move.kind != "pass"]
        verb = {"answer": "choose"}.get(moves[0].kind, moves[0].kind) if moves else ""
        step = f'{verb} = "{moves[0].item}"' if moves else "pass = true"
        return f'such as {{ team = "{seat}", {step} }}'


def moves_of(step: Step, verb: str, teams: Sequence[str]) -> Iterator[Move]:
    """The moves of a step, `advance` left out."""
    team = step.team or ""
    if verb == "pass":
        yield Move("pass", team)
    elif verb == "choose":
        yield Move("answer", team, str(step.choose))
    elif verb in ("set", "add"):
        for _, name, value in flattened(getattr(step, verb)):
            yield Move(verb, "", name, int(value))
    elif verb == "reseed":
        yield Move(verb, value=step.reseed or 0)
    else:
        item = str(getattr(step, verb))
        kind = "fire" if verb == "inject" else verb
        to = teams.index(step.to) + 1 if isinstance(step.to, str) else step.to or 0
        yield Move(kind, team, item, to)
