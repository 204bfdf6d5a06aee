"""The after-action report: what stands in it, in both forms, always the same."""

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tabletop.deck.loader import load_text
from tabletop.report.aar.record import Record, record_of
from tabletop.report.aar.report import after_action
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC, Move
from tabletop.session.whatif import play_on
from tests.decks import shipped
from tests.engine.games import some_decks
from tests.report.reports import EXERCISE, SAVES, forms, played, read_report, told
from tests.report.test_sheets import HOSTILE, TEXTS
from tests.samples import PLAYED, stem
from tests.session.twins import clock, moved

HEADINGS = [
    "Overview", "Timeline", "Decisions", "Objectives and checkpoints", "Rulings",
    "Injects and responses", "Observations", "What was undone", "Questions",
    "Improvement plan", "How this report was made",
]  # fmt: skip


@pytest.fixture(scope="module")
def exercise() -> Session:
    return Session.open(EXERCISE, read_only=True)


@pytest.fixture(scope="module")
def record(exercise: Session) -> Record:
    return record_of(exercise, CONTROL)


def section(words: str, title: str) -> str:
    """The words of one section."""
    names = [*HEADINGS, "\0"]
    after = names[names.index(title) + 1]
    number = names.index(title) + 1
    return words.split(f"{number} {title}", 1)[1].split(f"{number + 1} {after}", 1)[0]


# --- what stands in it


def test_the_sections_follow_the_doctrine(exercise: Session) -> None:
    html, text = forms(exercise, CONTROL)
    assert re.findall(r"<h2><span[^>]*>\d+</span> (.*?)</h2>", html) == HEADINGS
    assert re.findall(r"^## \d+\. (.*)$", text, re.M) == HEADINGS


def test_the_title_block_says_what_when_and_who(exercise: Session) -> None:
    words = told(forms(exercise, CONTROL)[0])
    for said in (
        "Bright days for Moscow?", "bright-days-exercise.jsonl", "20 November 2026",
        "StartEx to EndEx", "Kyiv: person, at the end bot:greedy",
        "7 of 8", "The stalled offensive", "every state as recorded",
    ):  # fmt: skip
        assert said in words, said
    assert str(EXERCISE.parent) not in words


def test_each_decision_has_its_intent_consequence_and_time(
    exercise: Session, record: Record
) -> None:
    words = section(told(forms(exercise, CONTROL)[0]), "Decisions")
    made = [d for d in record.decisions if d.entry.kind != "pass"]
    assert len(made) > 50
    for each in made:
        assert f"move {each.entry.number}" in words
        assert " ".join(each.title.split()) in words
    assert "“Guarantees first.” Kyiv's manpower 43 → 57 (+14) , now enough" in words
    assert "26 s" in words


def test_the_time_of_a_decision_leaves_out_pauses(record: Record) -> None:
    """Move 31 came 74 s after move 25; 47 s of them were the exercise's pause."""
    took = {d.entry.number: d.waited for d in record.decisions}
    assert took[31] == 27


def test_rulings_stand_with_their_reasons_and_what_they_changed(
    exercise: Session,
) -> None:
    words = section(told(forms(exercise, CONTROL)[0]), "Rulings")
    assert "Brigades recruit for themselves is vetoed" in words
    assert "It was promised away at the table." in words


def test_a_ruling_on_a_number_says_from_what_to_what() -> None:
    session = Session.new(
        shipped.deck(shipped.TUTORIAL), seed=1, seats={"control": "person"}, clock=clock
    )
    track = session.view(CONTROL).tracks[0]
    move = Move("set", item=track.id, value=track.low)
    session.submit(CONTROL, move, note="The gauge was misread.")
    words = section(told(forms(session, CONTROL)[0]), "Rulings")
    assert f"{track.label} {track.value} → {track.low}" in words
    assert "The gauge was misread." in words


def test_injects_stand_with_what_was_expected_and_what_followed(
    exercise: Session, record: Record
) -> None:
    words = section(told(forms(exercise, CONTROL)[0]), "Injects and responses")
    call = words.split("The call of 18 March", 1)[1].split("Congress stirs", 1)[0]
    assert "Planned Month 2" in call
    assert "Came Month 2, 09:05" in call
    assert "Expected The Kremlin builds on it; Kyiv asks for the record." in call
    assert "Kremlin plays Call the president" in call
    assert "Kyiv plays Brigades" not in call
    came = {fired.change.subject for fired in record.fired}
    left = [i.title for i in record.view.injects if i.id not in came]
    assert left
    assert all(title in words.split("Injects that did not come")[1] for title in left)


def test_words_that_stand_out_keep_their_distance_in_markdown(
    exercise: Session,
) -> None:
    text = forms(exercise, CONTROL)[1]
    assert "**Inject:** " in text
    assert not re.search(r"\*\*Inject:\*\*\S", text)


def test_checkpoints_notes_and_the_plan_follow_from_what_was_judged(
    exercise: Session,
) -> None:
    words = told(forms(exercise, CONTROL)[0])
    goals = section(words, "Objectives and checkpoints")
    assert "✗ not met Each team says what it leaves undone, and for whom" in goals
    assert "Kyiv whispers; nobody has spoken to the room yet." in goals
    seen = section(words, "Observations")
    assert seen.index("Kyiv whispers") < seen.index("Two voices at once")
    assert "Ann Lee (observer)" in seen
    plan = section(words, "Improvement plan")
    assert "Not met: Each team says" in plan
    assert plan.index("Not met:") < plan.index("Partly:")


def test_what_was_undone_stands_with_what_had_been_seen(exercise: Session) -> None:
    words = section(told(forms(exercise, CONTROL)[0]), "What was undone")
    assert "kept as practice" in words
    assert "White House draws Threaten Moscow" in words
    assert "practice, off the record" in words


def test_a_game_that_has_not_ended_and_one_without_a_move_are_reported() -> None:
    deck = shipped.deck(shipped.TUTORIAL)
    for moves in (0, 7):
        session = played(deck, moves=moves)
        for seat in (*deck.model.teams, CONTROL, PUBLIC):
            html, text = forms(session, seat)
            assert read_report(html).wrong == []
            assert "has not ended" in html
            assert "has not ended" in text


def test_what_somebody_tried_in_a_what_if_is_not_reported(tmp_path: Path) -> None:
    for file in SAVES.glob("bright-days-exercise*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / EXERCISE.name
    teams = ("kremlin", "white_house", "kyiv", "europe")
    tried = play_on(
        path, 58, dict.fromkeys(teams, "bot:greedy"), into_save=True, clock=clock
    )
    for _ in range(12):
        tried.bot_moves()
    tried.close()
    assert path.read_bytes() != EXERCISE.read_bytes()
    before, after = (Session.open(p, read_only=True) for p in (EXERCISE, path))
    for seat in (*teams, PUBLIC):
        assert forms(before, seat) == forms(after, seat)
    assert record_of(before, CONTROL).places == record_of(after, CONTROL).places


# --- its form


@pytest.mark.parametrize("path", PLAYED, ids=stem)
def test_every_sample_save_is_reported_for_every_seat(path: Path) -> None:
    session = Session.open(path, read_only=True)
    for seat in (*session.deck.model.teams, CONTROL, PUBLIC):
        html, text = forms(session, seat)
        reader = read_report(html)
        assert reader.wrong == []
        assert reader.svgs > 5
        assert "default-src &#x27;none&#x27;" in html
        for said in after_action(record_of(session, seat)).sections:
            assert said.title in text
    session.close()


def test_the_same_bytes_in_any_folder_and_process(tmp_path: Path) -> None:
    copies = []
    for folder, seed in (("a", "1"), ("b", "77")):
        there = tmp_path / folder
        there.mkdir()
        for file in SAVES.glob("bright-days-exercise*"):
            (there / file.name).write_bytes(file.read_bytes())
        command = [
            sys.executable, "-m", "tabletop", "report", EXERCISE.name, "-o", "r.html",
        ]  # fmt: skip
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{len(seed)}"}
        root = str(SAVES.parent)
        env["PYTHONPATH"] = os.pathsep.join(filter(None, (root, env.get("PYTHONPATH"))))
        subprocess.run(command, cwd=there, env=env, check=True, capture_output=True)
        copies.append((there / "r.html").read_bytes())
    assert copies[0] == copies[1]


def test_games_of_made_up_decks_are_reported() -> None:
    for name, deck in some_decks(25).items():
        chance = random.Random(name)
        session = Session.new(
            deck, seed=2, seats=dict.fromkeys(deck.model.teams, "bot:greedy"),
            clock=clock,
        )  # fmt: skip
        for _ in range(40):
            if session.over:
                break
            moved(session, chance)
            if chance.random() < 0.1:
                session.undo(CONTROL, session.tree.now.parent)
        for seat in (*deck.model.teams, CONTROL, PUBLIC):
            assert read_report(forms(session, seat)[0]).wrong == [], (name, seat)


def hostile() -> Session:
    """A whole exercise whose every text would like to be something else."""
    text = shipped.TUTORIAL.read_text(encoding="utf-8")
    said = r"1. <b> # | </style> [l](http://a.b) ![i](x) `c` *e* \u05d0 \u202e &lt; "
    deck = load_text({"deck.toml": TEXTS.sub(lambda m: m[0] + said, text)})
    seats = dict.fromkeys(deck.model.teams, "person")
    session = Session.new(deck, seed=1, seats=seats, clock=clock)
    for _ in range(40):
        owing = session.owing()
        if session.over or not owing:
            break
        move = session.view(owing[0]).moves[0].move
        session.submit(owing[0], move, note=HOSTILE)
    session.note(CONTROL, f"1. {HOSTILE}\n# b\n| a |", author="<b>&amp;")
    return session


def test_hostile_texts_stay_texts() -> None:
    session = hostile()
    for seat in (*session.deck.model.teams, CONTROL, PUBLIC):
        html, text = forms(session, seat)
        assert read_report(html).wrong == []
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2028]", html + text)
        assert "<script" not in html
        assert "<img" not in html


def test_hostile_texts_are_no_markdown() -> None:
    session = hostile()
    text = forms(session, CONTROL)[1]
    reader = MarkdownIt("commonmark").enable("table")
    kinds: dict[str, int] = {}
    for token in reader.parse(text):
        for each in (token, *(token.children or ())):
            kinds[each.type] = kinds.get(each.type, 0) + 1
    assert not set(kinds) & {
        "html_block", "html_inline", "link_open", "image", "fence", "code_block", "hr",
        "code_inline", "ordered_list_open",
    }  # fmt: skip
    written = len(re.findall(r"^#{1,6} ", text, re.M))
    assert kinds["heading_open"] == written
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert kinds["tr_open"] == len(rows) - kinds["table_open"]
    widths = {line.count(" | ") for line in rows if "Stated" in line}
    assert widths == {5}
