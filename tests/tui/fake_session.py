"""A game without rules, to test screens: views made by hand, moves recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tabletop.errors import IllegalMoveError
from tabletop.session.drafts import Adjudication, MselPlan, NewInject
from tabletop.session.runview import BranchView, ClockView, Result, RunView
from tabletop.session.thinking import Decided, Thought
from tabletop.session.view import (
    CONTROL,
    Asking,
    AskView,
    BandView,
    CardTitle,
    CardView,
    Cause,
    Change,
    ChoiceView,
    EffectView,
    EndView,
    FlagView,
    InjectView,
    LogEntry,
    Move,
    MoveView,
    ObjectiveView,
    OptionView,
    OutcomeView,
    PhaseView,
    Preview,
    QuestionView,
    TeamView,
    Term,
    TrackView,
    View,
    Why,
    WhyLine,
)

Text = Callable[[str], str]

CLOSED = {"lobby", "push_back"}
"""The card and the answer that are not allowed now."""


def same(text: str) -> str:
    """Texts as they are."""
    return text


def hostile(text: str) -> str:
    """What a deck could hold to harm a screen, around the text."""
    return f"[/ [/] [b + {text} \x1b[31m 界界 שלום 🎲🇺🇦 [@click=app.quit]\n{'x' * 500}"


def card_view(card: str, text: Text = same, *, playable: bool = True) -> CardView:
    """A card that costs 2 and moves one track."""
    return CardView(
        id=card, team="kyiv", title=text(f"Card {card}"), short=text("Short"),
        text=text("What it says."), cost=2, playable=playable,
        terms=(
            Term(met=True, text=text("costs 2, you have 2")),
            Term(met=playable, text=text("needs Congress > 50, now 42")),
        ),
        effects=(EffectView(text("Front line"), -1, "3"),),
        lasting=text("then 2 rounds: Front line ▼ 1"), dice="2d6", rows=(),
        asks=("europe",), notes=(text("once"),), source=(text("F26"),),
    )  # fmt: skip


def ask_view(team: str, text: Text = same) -> AskView:
    """A question with an open answer and a closed one."""
    closed = Term(met=False, text=text("needs Cohesion > 50, now 48"))
    return AskView(
        team=team, title=text("Your umbrella"), by="kyiv", prompt=text("Well?"),
        secret=False,
        options=(
            OptionView("give_way", text("Give way"), text("Pay."), open=True, terms=(),
                       effects=(EffectView(text("Aid"), -1, "20"),)),
            OptionView("push_back", text("Push back"), "", open=False, terms=(closed,),
                       effects=()),
        ),
    )  # fmt: skip


def track_view(track: str, value: int, text: Text = same) -> TrackView:
    """A track from 0 to 100 with two bands, the upper one reached."""
    bands = (
        BandView(40, text("cut off"), text("cut"), "bad"),
        BandView(100, text("grudging"), text("grudging"), "warn"),
    )
    return TrackView(
        id=track, label=text(f"Track {track}"), short=text("Track"), text="",
        value=value, low=0, high=100, round_start=60, history=(60, 55, value),
        bands=bands, band=1, secret=track == "strikes",
    )  # fmt: skip


def team_view(team: str, color: str, status: str, text: Text = same) -> TeamView:
    """A team with two of its four points left."""
    return TeamView(
        id=team, name=text(team.title()), short=text(team.title())[:12], color=color,
        letter=team[0].upper(), points=2, points_full=4, hand=3, pile=9, discards=1,
        laid=0, played=1, status=status, seat="person",  # type: ignore[arg-type]
    )  # fmt: skip


def inject_view(inject: str, state: str, text: Text = same) -> InjectView:
    """An inject of round 2."""
    return InjectView(
        id=inject, title=text(f"Inject {inject}"), state=state,  # type: ignore[arg-type]
        round=2, when="start", read=text("Read aloud."), cue=text("Do."),
        expects=text("Them."), audience=("kyiv",), contingency=False,
        effects=(EffectView(text("Aid"), 1, "10"),),
    )  # fmt: skip


def log_entry(number: int, text: Text = same) -> LogEntry:
    """A play with one change that had a cause."""
    cause = Cause("card", "dig_in", text("Card dig_in"))
    change = Change(
        "track", "us_aid", text("US aid 60 → 55"), 60, 55, band_before=text("full"),
        band_after=text("grudging"), tone="bad", cause=cause,
    )  # fmt: skip
    return LogEntry(
        number, "2026-05-01T12:00:00Z", 1, "play", "kyiv", "play",
        text(f"Kyiv plays card {number}"), text("Because."), (change,),
    )  # fmt: skip


def team_moves(seat: str, hand: Sequence[CardView], text: Text) -> list[MoveView]:
    """Play each playable card, or pass."""
    plays = [
        MoveView(Move("play", seat, card.id), text(f"Play {card.title}"))
        for card in hand
        if card.playable
    ]
    return [*plays, MoveView(Move("pass", seat), text("Pass"))]


def control_moves(text: Text) -> list[MoveView]:
    """Close the phase, fire one inject, let another go, play for a team."""
    return [
        MoveView(Move("advance"), text("Open Hot wash")),
        MoveView(Move("fire", item="congress"), text("Fire Inject congress")),
        MoveView(Move("release", item="winter"), text("Let go Inject winter")),
    ]


def view_of(seat: str, text: Text = same) -> View:
    """A table in its second round, as a seat sees it."""
    control = seat == CONTROL
    cards = tuple(
        card_view(card, text, playable=card != "lobby")
        for card in ("dig_in", "lobby", "strike")
    )
    moves = control_moves(text) if control else team_moves(seat, cards, text)
    injects = (
        inject_view("congress", "scheduled", text),
        inject_view("winter", "held", text),
    )
    return View(
        seat=seat, deck="bright-days", title=text("Bright days"),
        brief=text("The **situation**."), team_brief=text("You hold."), move=7,
        round=2, rounds=8, round_label=text("Month"), phase="play",
        phases=(PhaseView("brief", "Brief", 5, "done"),
                PhaseView("play", "Play", 20, "now")),
        play="turns", prompt=text("It is your turn."), to_act=(seat,),
        teams=(team_view("kyiv", "yellow", "to play", text),
               team_view("europe", "violet", "waits", text)),
        tracks=(track_view("us_aid", 55, text), track_view("strikes", 22, text)),
        flags=(FlagView("pushback", text("Pushback"), value=True, secret=False),),
        hand=() if control else cards,
        hands={"kyiv": cards[:1]} if control else {seat: cards},
        laid=(), asks=(), moves=tuple(moves),
        log=tuple(log_entry(number, text) for number in range(1, 8)),
        injects=injects if control else (),
        objectives=(ObjectiveView("kyiv", text("Guarantees"), 3),
                    ObjectiveView("europe", text("Supplies"), None)),
        over=None, names={"kyiv": text("Kyiv"), "europe": text("Europe")},
    )  # fmt: skip


def ended(view: View, text: Text = same) -> View:
    """The same table when the game is over."""
    over = EndView("stalled", text("The stall"), text("An *epilogue*."),
                   (("kyiv", 3), ("europe", 1)))  # fmt: skip
    return replace(view, over=over, moves=(), to_act=())


def drafted(effects: Sequence[str]) -> tuple[Change, ...]:
    """What effects would do: every one of them the same."""
    return tuple(Change("track", "us_aid", "US aid", 55, 50) for _ in effects)


OPEN = RunView("open", ClockView(running=False, allotted=0, gone=0))


@dataclass
class FakeUndoing:
    """Two moves that would go back."""

    to: int = 5
    moves: int = 2
    titles: Sequence[str] = ("Kyiv plays Dig in", "Kyiv passes")
    branch: str = "b3"
    seen: Sequence[str] = ("Europe has seen 1 drawn card since then.",)


@dataclass
class FakeGame:
    """Seats, scripted views, and everything that was asked of it."""

    seats: dict[str, str] = field(default_factory=lambda: {"kyiv": "person"})
    text: Text = same
    waits: list[str] = field(default_factory=lambda: ["kyiv"])
    views: dict[str, View] = field(default_factory=dict)
    results: list[tuple[Change, ...]] = field(default_factory=list)
    """What the next moves cause."""
    fails: list[Exception] = field(default_factory=list)
    """Errors that the next submissions, notes and bots' moves meet."""
    bots: int = 0
    """How many moves bots still owe."""
    decides: Callable[[], Decided] = lambda: Decided(Move("pass", "europe"))
    """How a bot decides, in a thread of its own."""
    after: Callable[["FakeGame", Move], None] = lambda game, move: None
    """What a move changes."""
    path: Path | None = Path("saves/tuesday.jsonl")
    read_only: bool = False
    what_if: bool = False
    warnings: Sequence[str] = ()
    made: list[tuple[str, Move, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    undone: list[int | None] = field(default_factory=list)
    calls: list[tuple[object, ...]] = field(default_factory=list)
    """Everything else that was asked of it."""
    lines: Sequence[BranchView] = ()
    run: RunView = OPEN
    closed: bool = False
    beats: int = 0

    def view(self, seat: str) -> View:
        return self.views.get(seat) or view_of(seat, self.text)

    def waiting(self) -> Sequence[str]:
        return tuple(self.waits)

    def _fail(self) -> None:
        if self.fails:
            raise self.fails.pop(0)

    def submit(self, seat: str, move: Move, *, note: str = "") -> Sequence[Change]:
        self._fail()
        self.made.append((seat, move, note))
        self.after(self, move)
        return self.results.pop(0) if self.results else ()

    def preview(self, seat: str, move: Move) -> Preview:
        if move.item in CLOSED:
            raise IllegalMoveError(f"{move.item} is not possible now")
        change = Change("track", "us_aid", self.text("US aid"), 55, 52)
        return Preview(move, self.text(f"If {move.item}"), (change,))

    def asking(self, seat: str, item: str) -> Asking:
        choice = ChoiceView(self.text("Sign"), ())
        question = QuestionView(("kyiv",), self.text(f"What of {item}?"), (choice,))
        return Asking((question,), (OutcomeView(self.text("Kyiv says"), "", ()),))

    def why(self, seat: str, subject: str) -> Why:
        line = WhyLine(3, 1, self.text("Card dig_in"), 60, 55, "kyiv")
        return Why(subject, self.text("US aid"), 60, 55, (line,))

    def note(
        self, seat: str, text: str, *, author: str = "",
        teams: Sequence[str] = (), objective: str = "",
    ) -> None:  # fmt: skip
        self._fail()
        self.notes.append((seat, text))

    def undo_preview(self, seat: str, to: int | None = None) -> FakeUndoing:
        return FakeUndoing()

    def undo(self, seat: str, to: int | None = None, *, anew: bool = False) -> None:
        self.undone.append(to)

    def next_thought(self) -> Thought | None:
        if not self.bots:
            return None
        return Thought("europe", self.bots, "bot:greedy", self.decides, self.stopped)

    def stopped(self) -> None:
        self.calls.append(("stop",))

    def carry_out(self, thought: Thought, decided: Decided) -> bool:
        self._fail()
        if thought.after != self.bots:
            return False
        self.bots -= 1
        return True

    def bot_moves(self) -> bool:
        thought = self.next_thought()
        return thought is not None and self.carry_out(thought, thought.decide())

    def branches(self) -> Sequence[BranchView]:
        return self.lines

    def take_up(self, seat: str, number: int) -> None:
        self.calls.append(("take_up", number))

    def name_branch(self, tip: int, name: str) -> None:
        self.calls.append(("name_branch", tip, name))

    def view_at(self, seat: str, number: int) -> View:
        return replace(self.view(seat), move=number, moves=(), asks=())

    def set_seat(self, seat: str, who: str) -> None:
        self.calls.append(("set_seat", seat, who))

    def run_view(self) -> RunView:
        return self.run

    def exercise(self, do: str) -> None:
        self.calls.append(("exercise", do))

    def set_clock(self, do: str, seconds: int = 0) -> None:
        self.calls.append(("set_clock", do, seconds))

    def beat(self) -> bool:
        self.beats += 1
        return False

    def show_on_display(self, what: str) -> None:
        self.calls.append(("show_on_display", what))

    def bookmark(self, text: str = "") -> None:
        self.calls.append(("bookmark", text))

    def judge(self, checkpoint: str, result: Result, note: str = "") -> None:
        self.calls.append(("judge", checkpoint, result, note))

    def cards(self) -> Sequence[CardTitle]:
        return tuple(
            CardTitle(card, "kyiv", self.text(f"Card {card}"), card == "lobby")
            for card in ("dig_in", "lobby", "strike")
        )

    def write_inject(self, new: NewInject) -> str:
        self._fail()
        self.calls.append(("write_inject", new))
        return "written_1"

    def draft_inject(self, new: NewInject) -> Preview:
        return Preview(Move("fire"), new.title, drafted(new.effects))

    def export_msel(self) -> str:
        return "No,Title\r\n1,Rain\r\n"

    def plan_msel(self, data: str | bytes, name: str) -> MselPlan:
        self._fail()
        new = NewInject(self.text("Rain"), round=3)
        return MselPlan(name, (new,), (2,), (), (self.text("New: Rain (Month 3)"),))

    def import_msel(self, plan: MselPlan) -> None:
        self.calls.append(("import_msel", plan))

    def adjudicate(self, judged: Adjudication, *, note: str) -> Sequence[Change]:
        self._fail()
        self.calls.append(("adjudicate", judged, note))
        return ()

    def draft_adjudication(self, judged: Adjudication) -> Preview:
        return Preview(Move("fire"), judged.argument, drafted(judged.effects))

    def close(self) -> None:
        self.closed = True
