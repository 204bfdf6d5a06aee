"""Every sheet holds what it must, is well-formed, and needs nothing but paper."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.errors import UsageError
from tabletop.report.document import SHEETS, document, pages
from tabletop.report.html import join, tag
from tabletop.report.markdown import markdown
from tabletop.report.pages import Page, Source
from tabletop.report.sheets.tracks import steps
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move
from tests.decks import shipped
from tests.report.pages import at_this_moment, of, read, words_of
from tests.session.twins import clock

DECKS = (shipped.TUTORIAL, shipped.BRIGHT_DAYS)
HOSTILE = (
    "</style></title><script>alert(1)</script><img src=x onerror=y> &lt; ' \" `]]> -->"
    " ![i](http://a.b/c.png) [l](javascript:x) \x1b[2J\u202e\u2028\x00"
)
TEXTS = re.compile(
    r'^((?:title|label|name|text|read|cue|expects|prompt) = "(?!""))', re.M
)


@pytest.fixture(params=DECKS, ids=lambda path: path.stem)
def deck(request: pytest.FixtureRequest) -> Deck:
    return shipped.deck(request.param)


def game(deck: Deck, rounds: int = 2) -> Session:
    """A game of bots that has run for some rounds, and waits inside the next one."""
    seats = dict.fromkeys(deck.model.teams, "bot:greedy")
    session = Session.new(deck, seed=3, seats=seats, clock=clock)
    while not session.over and session.view(CONTROL).round <= rounds:
        session.bot_moves()
    session.bot_moves()
    return session


def title_cards(found: list[Page]) -> list[str]:
    """The titles of the cards on some pages."""
    return [
        title for page in found for title in re.findall("<h4>(.*?)</h4>", page.body)
    ]


# --- what stands where


def test_each_team_gets_all_copies_of_its_cards_and_of_no_others(deck: Deck) -> None:
    source = Source(deck)
    for team in deck.model.teams:
        found = title_cards(of(source, team, "cards"))
        for id_, card in deck.model.cards.items():
            printed = [t for t in found if read(t).words[0].startswith(card.title)]
            wanted = card.copies if card.team == team else 0
            assert len(printed) == wanted or " of " in "".join(printed), id_
    injects = title_cards(of(source, CONTROL, "cards"))
    assert len(injects) >= len(deck.model.injects)


def test_nine_cards_to_a_page_between_crop_marks(deck: Deck) -> None:
    found = pages(Source(deck), ["cards"])
    assert {page.kind for page in found} == {"cards"}
    for reader in (*deck.model.teams, CONTROL):
        counts = [p.body.count("<article") for p in found if p.reader == reader]
        assert all(count == 9 for count in counts[:-1])
        assert 1 <= counts[-1] <= 9
    assert all(page.body.count('class="crop') == 16 for page in found)


def test_a_card_that_does_not_fit_goes_on_on_another_one() -> None:
    text = shipped.TUTORIAL.read_text(encoding="utf-8")
    word = "billow "
    long = text.replace('text = "Good for trade', f'text = "{word * 300}Good', 1)
    assert long != text
    source = Source(load_text({"deck.toml": long}))
    found = of(source, "town", "cards")
    parts = [t for t in title_cards(found) if "Market day" in t]
    assert len(parts) > 1
    assert f"(1 of {len(parts)})" in parts[0]
    assert words_of(found).count("billow") == 300


def test_control_gets_every_secret_of_the_deck(deck: Deck) -> None:
    source = Source(deck)
    told = words_of(of(source, CONTROL, "guide"))
    model = deck.model
    for inject in model.injects.values():
        for said in (inject.title, inject.read, inject.cue, inject.expects):
            assert " ".join(said.split()) in told
    labels = [part.label for part in model.tracks.values()]
    labels += [part.label for part in model.flags.values()]
    titles = [part.title for part in model.cards.values()]
    titles += [part.title for part in model.endings.values()]
    for said in (*labels, *titles):
        assert said in told
    for team in model.teams.values():
        assert all(goal.text in told for goal in team.objectives)
        assert words_of([Page(CONTROL, "", markdown(team.brief))]) in told


def test_the_schedule_has_boxes_and_runs_in_the_order_of_play() -> None:
    deck = shipped.deck(shipped.BRIGHT_DAYS)
    [page] = [p for p in of(Source(deck), CONTROL, "guide") if "MSEL" in p.title]
    assert page.body.count('class="box"') == 3 * len(deck.model.injects)
    rounds = [int(n) for n in re.findall(r"<td>Month (\d+),", page.body)]
    assert len(rounds) > 4
    assert rounds == sorted(rounds)


def test_each_team_gets_an_order_sheet_for_every_round(deck: Deck) -> None:
    for team, own in deck.model.teams.items():
        told = words_of(of(Source(deck), team, "orders"))
        for number in range(1, deck.model.rounds.count + 1):
            label = deck.model.rounds.label
            assert told.count(f"{own.name}: orders for {label} {number} ") == 1
        assert "Why" in told
        assert "Handed in at" in told


def test_tracks_are_scales_for_those_who_may_see_them(deck: Deck) -> None:
    public = words_of(of(Source(deck), PUBLIC, "tracks"))
    for track in deck.model.tracks.values():
        assert (track.label in public) == (track.visible_to is None)
        for team in track.visible_to or ():
            assert track.label in words_of(of(Source(deck), team, "tracks"))


@pytest.mark.parametrize(
    ("low", "high"), [(0, 0), (0, 1), (-7, 3), (0, 100), (3, 1_000_000), (-999, 1)]
)
def test_a_scale_has_its_ends_and_fits_on_a_line(low: int, high: int) -> None:
    cells = steps(low, high)
    assert cells[0] == low
    assert cells[-1] == high
    assert len(cells) <= 24
    assert cells == sorted(set(cells))


# --- a game that goes on on paper


def test_a_save_is_printed_as_it_stands(deck: Deck) -> None:
    session = game(deck)
    source = at_this_moment(session)
    view = session.view(CONTROL)
    moment = source.moment()
    assert f"{view.round_label} {view.round} of {view.rounds}" in moment
    assert f"move {session.head}" in moment
    assert document(source).count(moment) >= len(pages(source))
    told = words_of(of(source, CONTROL, "now"))
    left = [i for i in view.injects if i.state not in ("fired", "skipped")]
    for inject in view.injects:
        assert (f"{inject.title} " in told) >= (inject in left)
    for team, hand in view.hands.items():
        own = words_of(of(source, team, "now"))
        for card in hand:
            assert card.title in told
            assert f"{card.title} (costs {card.cost})" in own
        printed = [p for p in of(source, team, "now") if p.kind == "cards"]
        cards = [t for t in title_cards(printed) if "(2 of " not in t]
        assert len(cards) == sum(card.count for card in hand)
    for track in view.tracks:
        assert f"{track.label} " in told


def test_only_the_rounds_that_are_left_get_order_sheets() -> None:
    session = game(shipped.deck(shipped.TUTORIAL))
    found = words_of(of(at_this_moment(session), "town", "orders"))
    assert re.findall(r"orders for Day (\d)", found) == ["3", "4"]


def test_questions_that_wait_are_on_the_sheets_of_those_who_owe_an_answer() -> None:
    seats = dict.fromkeys(("town", "board"), "person")
    deck = shipped.deck(shipped.TUTORIAL)
    session = Session.new(deck, seed=1, seats=seats, clock=clock)
    session.submit(CONTROL, Move("fire", item="minister_calls"), note="")
    [ask] = session.view("board").asks
    source = at_this_moment(session)
    for seat in ("board", CONTROL):
        told = words_of(of(source, seat, "now"))
        assert ask.prompt in told
        assert all(option.label in told for option in ask.options)
    assert ask.prompt not in words_of(of(source, PUBLIC, "now"))


def test_what_is_under_way_is_told_to_control() -> None:
    deck = shipped.deck(shipped.TUTORIAL)
    session = Session.new(
        deck, seed=1, seats=dict.fromkeys(deck.model.teams, "person"), clock=clock
    )
    while session.view(CONTROL).phase != "play":
        session.submit(CONTROL, Move("advance"))
    session.submit(CONTROL, Move("force", "town", "call_for_hands"), note="to see it")
    told = words_of(of(at_this_moment(session), CONTROL, "now"))
    assert "Call for hands lasts" in told


# --- the file


def test_the_file_is_well_formed_and_needs_nothing_from_outside(deck: Deck) -> None:
    for source in (Source(deck), at_this_moment(game(deck))):
        html = document(source)
        assert read(html).wrong == []
        for outside in ("http", "url(", "src=", "href", "@import", "<script", "<link"):
            assert outside not in html


def test_a_hostile_deck_can_not_break_a_page() -> None:
    text = shipped.TUTORIAL.read_text(encoding="utf-8")
    bad = "".join(
        rf"\u{ord(c):04x}" if ord(c) < 32 or c in '"\\' or ord(c) > 126 else c
        for c in HOSTILE
    )
    head, watched, rest = text.partition("[checkpoints.")  # with shorter texts
    spoilt, count = TEXTS.subn(lambda found: found[1] + bad + " ", head)
    spoilt += watched + TEXTS.sub(lambda found: found[1] + "<script>", rest)
    assert count > 60
    source = Source(load_text({"deck.toml": spoilt}))
    for whole in (source, at_this_moment(game(source.deck))):
        html = document(whole)
        assert read(html).wrong == []
        assert "<script" not in html
        assert not set("\x1b\u202e\u2028\x00") & set(html)
        assert "alert(1)" in "".join(read(html).words)


def test_text_is_escaped_wherever_it_is_put() -> None:
    assert tag("p", "<b>", tag("i", "&"), class_='"') == (
        '<p class="&quot;">&lt;b&gt;<i>&amp;</i></p>'
    )
    assert join(["<", tag("br")]) == "&lt;<br>"
    assert "<img" not in markdown("![x](y.png) <img src=x>")


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_same_input_gives_the_same_bytes(paper: str) -> None:
    program = (
        "import sys, hashlib; from pathlib import Path;"
        "from tabletop.deck.loader import load;"
        "from tabletop.report.document import document;"
        "from tabletop.report.pages import Source;"
        f"html = document(Source(load(Path(sys.argv[1]))), paper={paper!r});"
        "print(hashlib.sha256(html.encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program, str(shipped.BRIGHT_DAYS)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1


def test_paper_sizes_are_told_to_the_printer() -> None:
    source = Source(shipped.deck(shipped.TUTORIAL))
    assert "size: A4" in document(source)
    assert "size: letter" in document(source, paper="letter")


def test_one_team_gets_its_own_pages_and_those_for_everybody() -> None:
    source = Source(shipped.deck(shipped.TUTORIAL))
    readers = {page.reader for page in pages(source, seat="board")}
    assert readers == {"board", PUBLIC}
    with pytest.raises(UsageError, match="no seat 'boat'"):
        pages(source, seat="boat")
    with pytest.raises(UsageError, match="nothing to print"):
        document(source, ["now"])


def test_who_may_read_it_stands_on_every_page() -> None:
    source = Source(shipped.deck(shipped.TUTORIAL))
    html = document(source)
    every = pages(source)
    assert html.count("For the facilitator only") == sum(
        page.reader == CONTROL for page in every
    )
    assert html.count("For River board only") == sum(
        page.reader == "board" for page in every
    )
    assert set(SHEETS) >= {"cards", "briefs", "guide", "orders", "tracks", "now"}
