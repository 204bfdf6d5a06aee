"""Views made by hand: a friendly one to look at, and a hostile one to survive.

The friendly table is a game in its third month; the hostile one is the same table with
every string replaced by what a deck should never hold.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, TypeVar

from tabletop.session.view import (
    CONTROL,
    AskView,
    BandView,
    CardView,
    Cause,
    Change,
    EffectView,
    EndView,
    FlagView,
    InjectView,
    LogEntry,
    Move,
    MoveView,
    ObjectiveView,
    OptionView,
    PhaseView,
    Preview,
    RowView,
    TeamView,
    Term,
    Tone,
    TrackView,
    View,
    Why,
    WhyLine,
)

T = TypeVar("T")
Sign = Literal[-1, 0, 1]
YES, NO = True, False

HOSTILE = (
    "[/] [b +[/some/path] [@click=app.quit]x[/] $accent \x1b[31m\x1b]0;own\x07 "
    "\u202eevil\u202c \x00\x9b2J\nnew\r\tline \ud800 "
    "👨‍👩‍👧🇫🇷❤️ 漢字の表示 שלום עולם مرحبا Z̸̡̢̧͔͗͌a̷̢ " + "Wm" * 250
)
"""What no string of a deck should hold, and any may."""


def _bands(*parts: tuple[int, str, Tone]) -> tuple[BandView, ...]:
    return tuple(BandView(to, label, label[:10], tone) for to, label, tone in parts)


AID = _bands((20, "cut off", "bad"), (60, "grudging", "warn"), (100, "full", "good"))
THIRDS = _bands((33, "low", "bad"), (66, "strained", "warn"), (100, "solid", "good"))
PLAIN = _bands((25, "thin", "warn"), (69, "ample", "neutral"), (100, "vast", "neutral"))


def track(
    id_: str, label: str, history: tuple[int, ...],
    bands: tuple[BandView, ...] = THIRDS, *, start: int | None = None,
    secret: bool = False, short: str = "",
) -> TrackView:  # fmt: skip
    """A track from 0 to 100 that is where its history ends."""
    value = history[-1]
    return TrackView(
        id=id_, label=label, short=short or label[:12], text="How much of it there is.",
        value=value, low=0, high=100, round_start=value if start is None else start,
        history=history, bands=bands,
        band=next((i for i, b in enumerate(bands) if value <= b.to), -1), secret=secret,
    )  # fmt: skip


TRACKS = (
    track("us_aid", "US military aid", (60, 55, 50, 38), AID, start=50, short="US aid"),
    track("eu_aid", "European aid", (40, 48, 52, 55), AID),
    track("front", "Front line", (10, 11, 11, 14), start=11),
    track("manpower_ua", "Kyiv's manpower", (50, 40, 36, 31), short="Manpower (U)"),
    track("manpower", "Kremlin's manpower", (40, 38, 40, 65), PLAIN, start=40,
          short="Manpower (K)"),
    track("economy", "Russian economy", (60, 54, 47, 41), start=47,
          short="Economy (K)"),
    track("support", "Kremlin support", (70, 66, 58, 50), start=58, short="Support"),
    track("congress", "Congress", (40, 42, 42, 42)),
    track("cohesion", "Alliance cohesion", (60, 58, 53, 48), start=53,
          short="Cohesion"),
    track("strikes", "Strike readiness", (30, 34, 30, 22), start=30, secret=True,
          short="Strikes"),
    track("rapport", "Rapport US–Kremlin", (40, 52, 61, 61), ()),
    track("warnings", "Nuclear warnings", (0, 0, 1, 1), ()),
)  # fmt: skip


def team(
    id_: str, name: str, color: str, letter: str, status: str, points: int, played: int,
    seat: str = "person",
) -> TeamView:  # fmt: skip
    """A team with four points a round."""
    return TeamView(
        id=id_, name=name, short=name[:10], color=color, letter=letter, points=points,
        points_full=4, hand=5, pile=9, discards=3, laid=0, played=played,
        status=status, seat=seat,  # type: ignore[arg-type]
    )  # fmt: skip


TEAMS = (
    team("kremlin", "Kremlin", "red", "K", "passed", 1, 2),
    team("white_house", "White House", "blue", "W", "passed", 0, 3, "bot:greedy"),
    team("kyiv", "Kyiv", "yellow", "Y", "to play", 2, 1),
    team("europe", "Europe", "violet", "E", "answers", 3, 1),
)


def effect(label: str, sign: Sign, amount: str) -> EffectView:
    """An effect in short."""
    return EffectView(label, sign, amount)


ROWS = (
    RowView("2-5", "It stalls.", "28 %", (effect("Manpower", -1, "10"),)),
    RowView("6-9", "Villages change hands.", "56 %",
            (effect("Front line", 1, "3"), effect("Manpower", -1, "6"))),
    RowView("10+", "A breach.", "16 %", (effect("Front line", 1, "8"),)),
)  # fmt: skip


def card(
    id_: str, title: str, text: str, cost: int, effects: tuple[EffectView, ...],
    refused: str = "", **more: Any,
) -> CardView:  # fmt: skip
    """A card of Kyiv's; `refused` is the condition that it does not meet."""
    terms = [Term(met=cost <= 2, text=f"costs {cost}, you have 2")]
    if refused:
        terms.append(Term(met=False, text=refused))
    found = CardView(
        id=id_, team="kyiv", title=title, short=title[:12], text=text, cost=cost,
        playable=all(term.met for term in terms), terms=tuple(terms), effects=effects,
        lasting="", dice="", rows=(), asks=(), notes=(), source=("F29",),
    )  # fmt: skip
    return replace(found, **more)


HAND = (
    card("refinery", "Refinery strikes", "Long-range drones against fuel and depots.",
         2, (effect("Economy (K)", -1, "6"), effect("Strikes", -1, "8")), dice="2d6",
         rows=ROWS),
    card("draft", "Lower the draft age", "Younger classes are called up.", 3,
         (effect("Manpower", 1, "15"), effect("Home front", -1, "8")), notes=("once",),
         source=("F30",)),
    card("belt", "Hold the fortress belt",
         "Dig in along the four towns; give up fields, "
         "not cities.", 2, (effect("Front line", -1, "3"), effect("Manpower", -1, "4")),
         source=("F26",), lasting="then 2 rounds: Manpower ▼ 1", count=2),
    card("hill", "Lobby the Hill", "Delegations, hearings, home-state plants.", 2,
         (effect("Congress", 1, "6"), effect("US aid", 1, "5")),
         "needs Congress > 50, now 42", source=("F10",)),
    card("workshops", "Joint workshops", "Co-produce drones with partners.", 1,
         (effect("EU aid", 1, "6"),), asks=("europe",), source=("F31",)),
)  # fmt: skip

UMBRELLA = Cause("card", "umbrella", "Your umbrella, our terms")
RULE = Cause("rule", "the_hill_wakes", "the_hill_wakes")


def change(subject: str, text: str, before: int, after: int, **more: Any) -> Change:
    """A number that changes."""
    return replace(Change("track", subject, text, before, after), **more)


def entry(
    number: int, minute: int, seat: str, kind: str, title: str,
    changes: tuple[Change, ...] = (), note: str = "", round_: int = 3,
    phase: str = "play",
) -> LogEntry:  # fmt: skip
    """A move in the afternoon of a workshop."""
    at = f"2026-05-04T14:{minute:02}:00+00:00"
    return LogEntry(number, at, round_, phase, seat, kind, title, note, changes)


LOG = (
    entry(58, 2, CONTROL, "note", "Control notes", note="Kyiv kept a reserve", round_=2,
          phase="hotwash"),
    entry(59, 5, CONTROL, "advance", "Control opens the next phase",
          (Change("round", "3", "Month 3 begins", 2, 3),), round_=2, phase="hotwash"),
    entry(60, 15, CONTROL, "fire", "Control fires Central bank holds at 21 %",
          (change("economy", "Russian economy", 50, 47, tone="warn",
                  cause=Cause("inject", "bank", "Central bank holds at 21 %")),),
          phase="plan"),
    entry(64, 22, "kremlin", "play", "Kremlin plays Partial mobilization",
          (Change("play", "mobilization", "Kremlin plays Partial mobilization"),
           change("manpower", "Kremlin's manpower", 40, 65, band_before="thin",
                  band_after="ample"),
           change("support", "Kremlin support", 58, 46, tone="warn"),
           change("economy", "Russian economy", 47, 41, tone="warn")), "buy a summer"),
    entry(66, 24, "kyiv", "play", "Kyiv plays Refinery strikes",
          (Change("roll", "refinery", "2d6 ⇒ 4+5 = 9: Fires for a week", 0, 9),
           change("strikes", "Strike readiness", 30, 22, tone="bad"))),
    entry(68, 26, CONTROL, "add", "Ruling: Kremlin support +4",
          (change("support", "Kremlin support", 46, 50, tone="warn"),),
          "Crowd rallied; agreed by the table"),
    entry(70, 27, CONTROL, "undo", "Control takes back Threaten Article 5 doubt"),
    entry(71, 29, "white_house", "play", "White House plays Your umbrella, our terms",
          (Change("play", "umbrella", "White House plays Your umbrella, our terms"),
           change("us_aid", "US military aid", 50, 38, tone="warn"),
           change("cohesion", "Alliance cohesion", 53, 48, tone="warn"),
           change("congress", "Congress", 42, 52, band_before="divided", tone="good",
                  band_after="leaning in", cause=RULE),
           Change("ask", "europe", "Europe is asked", team="europe"))),
)  # fmt: skip


def inject(
    id_: str, title: str, state: str, round_: int, when: str, *audience: str,
    contingency: bool = False,
) -> InjectView:  # fmt: skip
    """An inject of control's schedule."""
    return InjectView(
        id=id_, title=title, state=state, round=round_, when=when,  # type: ignore[arg-type]
        read="Three senators break ranks this morning. The sanctions bill has a date.",
        cue="Ask the White House who owns this.",
        expects="The White House signals, or Kyiv lobbies.", audience=audience,
        effects=(effect("Congress", 1, "10"),), contingency=contingency,
    )  # fmt: skip


ALL = ("kremlin", "white_house", "kyiv", "europe")
INJECTS = (
    inject("call", "The call of 18 March", "fired", 1, "start", *ALL),
    inject("exchange", "Prisoner exchange", "fired", 1, "end of Play", "kremlin",
           "kyiv"),
    inject("oval", "Oval Office, second act", "fired", 2, "start", "white_house",
           "kyiv"),
    inject("slides", "Slide deck of lost billions", "skipped", 2, "end of Play",
           "white_house"),
    inject("rumour", "Rumour of a summit", "fired", 2, "by hand", *ALL),
    inject("bank", "Central bank holds at 21 %", "fired", 3, "start", "kremlin"),
    inject("congress", "Congress stirs", "scheduled", 3, "end of Play", "white_house"),
    inject("recruits", "Recruits run short", "condition", 0, "at Kyiv's manpower <= 25",
           "kyiv"),
    inject("embassy", "Embassy staff return", "held", 4, "start", "kremlin",
           "white_house"),
    inject("gas", "Winter gas price", "scheduled", 4, "start", "europe"),
    inject("draft", "Leaked draft treaty", "scheduled", 5, "start", *ALL),
    inject("tape", "A journalist has the tape", "hand", 0, "by hand", "white_house"),
    inject("drone", "Drone over a capital", "hand", 0, "if play stalls", "europe",
           contingency=True),
)  # fmt: skip

OBJECTIVES = (
    ObjectiveView("kyiv", "Guarantees come first", None),
    ObjectiveView("kyiv", "No line fixed without you", 0),
    ObjectiveView("kyiv", "Arms keep coming", 6),
    ObjectiveView("europe", "Ukraine supplied", 10),
)

ASK = AskView(
    team="europe", title="Your umbrella, our terms", by="white_house",
    prompt="Washington ties its guarantee to your deliveries to Kyiv. One answer, for "
    "all of Europe.", secret=False,
    options=(
        OptionView("give_way", "Give way", "Washington hears it now.", YES, (),
                   (effect("European aid", -1, "20"), effect("Cohesion", -1, "5"))),
        OptionView("push_back", "Push back", "", YES, (),
                   (effect("Cohesion", 1, "10"), effect("Rapport US–EU", -1, "15"))),
        OptionView("stall", "Ask for a summit", "", NO,
                   (Term(met=False, text="needs Cohesion > 50, now 48"),), ()),
    ),
)  # fmt: skip

PHASES = (
    PhaseView("brief", "Brief", 5, "done"), PhaseView("plan", "Plan", 15, "done"),
    PhaseView("play", "Play", 20, "now"),
    PhaseView("hotwash", "Hot wash", 10, "to come"),
)  # fmt: skip

WHY = Why(
    "us_aid", "US military aid", 60, 38,
    (WhyLine(14, 1, "Suspend deliveries", 60, 55, "white_house"),
     WhyLine(39, 2, "Oval Office, second act", 55, 50, CONTROL),
     WhyLine(71, 3, "Your umbrella, our terms", 50, 38, "white_house")),
)  # fmt: skip


def preview(item: str = "belt") -> Preview:
    """What a card or an inject would do."""
    kind = "fire" if item == "congress" else "play"
    return Preview(
        Move(kind, "kyiv", item), "Hold the fortress belt",
        (change("front", "Front line", 14, 11, tone="warn"),
         change("manpower_ua", "Kyiv's manpower", 31, 27, tone="bad",
                band_before="strained", band_after="low"),
         Change("flag", "dug_in", "Dug in", 0, 1),
         Change("points", "kyiv", "Points", 2, 0, team="kyiv"),
         change("us_aid", "US military aid", 38, 43, tone="warn", cause=RULE)),
        rows=ROWS if item == "refinery" else (),
        asks=("europe",) if item == "workshops" else (),
        notes=("Then opens Counter-stroke next month.",),
    )  # fmt: skip


def answer_previews() -> dict[str, Preview]:
    """What each answer would do."""
    give = Preview(
        Move("answer", "europe", "give_way"), "Give way",
        (change("eu_aid", "European aid", 55, 35, tone="warn", band_before="steady",
                band_after="patchy"),
         change("cohesion", "Cohesion", 48, 43, tone="warn")),
    )  # fmt: skip
    push = Preview(
        Move("answer", "europe", "push_back"), "Push back",
        (change("cohesion", "Cohesion", 48, 58, tone="good", band_before="strained",
                band_after="solid"),
         change("rapport", "Rapport US–EU", 52, 37)),
        notes=("Sets the flag pushback.",),
    )  # fmt: skip
    return {"give_way": give, "push_back": push}


def _moves(seat: str) -> tuple[MoveView, ...]:
    if seat == CONTROL:
        return (
            MoveView(Move("advance"), "Open Hot wash"),
            MoveView(Move("fire", item="congress"), "Fire Congress stirs"),
            MoveView(Move("release", item="embassy"), "Let go Embassy staff return"),
        )
    played = (c for c in HAND if c.playable)
    cards = tuple(MoveView(Move("play", seat, c.id), f"Play {c.title}") for c in played)
    return (*cards, MoveView(Move("pass", seat), "Pass"))


def friendly(seat: str = "kyiv") -> View:
    """The third month, as Kyiv, Europe or control sees it."""
    control = seat == CONTROL
    prompts = {
        "kyiv": "It is your turn. Play a card, or pass.",
        "europe": "You owe an answer. Your turn comes after it.",
        CONTROL: "Kyiv plays; Europe owes an answer.",
    }
    seen = (
        TRACKS
        if control
        else tuple(t for t in TRACKS if seat == "kyiv" or not t.secret)
    )
    return View(
        seat=seat, deck="bright-days", title="Bright days for Moscow?",
        brief="Spring. The **front** holds.", team_brief="You hold.", move=71, round=3,
        rounds=8, round_label="Month", phase="play", phases=PHASES, play="turns",
        prompt=prompts[seat], to_act=("kyiv", "europe"), teams=TEAMS,
        tracks=seen, flags=(
            FlagView("pushback", "Europe pushes back", NO, NO),
            FlagView("talks", "Talks are open", YES, NO),
        ),
        hand=HAND if seat == "kyiv" else (),
        hands={"kyiv": HAND} if seat in ("kyiv", CONTROL) else {}, laid=(),
        asks=(ASK,) if seat in ("europe", CONTROL) else (), moves=_moves(seat), log=LOG,
        injects=INJECTS if control else (),
        objectives=tuple(o for o in OBJECTIVES if control or o.team == seat), over=None,
        names={team.id: team.name for team in TEAMS}
        | {card.id: card.title for card in HAND}
        | {"umbrella": "Your umbrella, our terms",
           "mobilization": "Partial mobilization"},
    )  # fmt: skip


def ended(view: View) -> View:
    """The same table when the game is over."""
    over = EndView("stalled", "The stalled offensive", "An *epilogue*.",
                   (("kremlin", 12), ("kyiv", 34)))  # fmt: skip
    return replace(view, over=over, moves=(), to_act=(), prompt="The game is over.")


KEPT = {"kind", "color", "status", "state", "play", "tone"}
"""Fields whose values are ours, not the deck's."""


def hostile(value: T, text: str = HOSTILE) -> T:
    """The same value with every text of a deck or a person replaced.

    Ids stay: a deck's are checked; what hangs on them keeps hanging together.
    """
    changed = _hostile(value, "", text)
    assert isinstance(changed, type(value))
    return changed


IDS = {
    "id", "seat", "seats", "team", "deck", "phase", "to_act", "audience", "asks", "by",
    "subject", "item", "ending", "letter", "at",
}  # fmt: skip


def _hostile(value: Any, name: str, text: str) -> Any:
    if isinstance(value, str):
        return value if name in KEPT | IDS else text
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{f.name: _field(value, f.name, text) for f in fields(value)}
        )
    if isinstance(value, Mapping):
        return {key: _hostile(item, name, text) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_hostile(item, name, text) for item in value)
    return value


def _field(owner: Any, name: str, text: str) -> Any:
    found = getattr(owner, name)
    if name == "asks" and found and isinstance(found[0], AskView):
        return tuple(replace(_hostile(ask, "", text), sender="") for ask in found)
    return _hostile(found, name, text)
