"""A deck whose words change while its game is played, and whose rules can't."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.deck.loader import load_text
from tabletop.errors import DeckError, DivergenceError
from tabletop.session.drafts import NewInject
from tabletop.session.editing import EditedDeck
from tabletop.session.rewording import RulesDifferError, differences
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Move

TUTORIAL = Path(__file__).parents[2] / "decks" / "tutorial.toml"
TEXT = TUTORIAL.read_text("utf-8")


def files(text: str) -> dict[str, str]:
    return {TUTORIAL.name: text}


def game(path: Path | None = None) -> Session:
    deck = load_text(files(TEXT))
    return Session.new(deck, seed=1, seats={CONTROL: "person"}, path=path)


def other_title(text: str = TEXT) -> str:
    """The deck with another title for a card."""
    card = re.search(r'\[cards\.(\w+)\]\n(?:.*\n)*?title = "(.*)"', text)
    assert card
    return text.replace(f'title = "{card[2]}"', 'title = "Quite another [/] title"')


def cards(session: Session) -> list[str]:
    return [card.title for card in session.cards()]


def test_new_words_are_shown_at_once_and_after_opening_the_save(tmp_path: Path) -> None:
    save = tmp_path / "game.jsonl"
    session = game(save)
    session.submit(CONTROL, Move("advance"))
    before = session.tree.digest(session.head)
    (where,) = session.reword(files(other_title()))
    assert where.startswith("cards.")
    assert where.endswith(".title")
    assert "Quite another [/] title" in cards(session)
    assert session.tree.digest(session.head) == before
    assert session.reword(files(other_title())) == ()
    session.close()
    again = Session.open(save)
    assert "Quite another [/] title" in cards(again)
    assert again.tree.digest(again.head) == before
    again.close()


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (r"\ncost = \d+", "\ncost = 7", r"cards\.\w+\.cost"),
        (r"\nstart = \d+", "\nstart = 3", r"tracks\.\w+\.start"),
        (r"\ncount = \d+", "\ncount = 9", r"rounds\.count"),
        (r"\[cards\.(\w+)\]", r"[cards.\1_new]", "cards"),
    ],
)
def test_other_rules_are_refused_and_named(old: str, new: str, path: str) -> None:
    session = game()
    shown = cards(session)
    changed = re.sub(old, new, other_title(), count=1)
    assert changed != other_title()
    with pytest.raises((RulesDifferError, DeckError)) as refused:
        session.reword(files(changed))
    if isinstance(refused.value, RulesDifferError):
        assert any(re.fullmatch(path, each) for each in refused.value.paths)
    assert cards(session) == shown


def test_what_a_check_may_pass_over_is_no_difference() -> None:
    allowing = f'{TEXT}\n[lint]\nallow = {{ W402 = "a reminder" }}\n# a comment\n'
    assert differences(*(load_text(files(t)) for t in (TEXT, allowing))) == ((), ())


def test_what_was_added_to_the_game_stays() -> None:
    session = game()
    id_ = session.write_inject(NewInject(title="On the spot"))
    session.reword(files(other_title()))
    assert "Quite another [/] title" in cards(session)
    assert session.deck.model.injects[id_].title == "On the spot"
    session.submit(CONTROL, Move("fire", item=id_))
    assert "On the spot" in session.view(CONTROL).log[-1].title


def test_what_was_told_stays_told_as_it_was(tmp_path: Path) -> None:
    session = game(tmp_path / "game.jsonl")
    session.submit(CONTROL, Move("advance"))
    told = [entry.changes for entry in session.view(CONTROL).log]
    session.reword(files(TEXT.replace('label = "', 'label = "New ')))
    assert [entry.changes for entry in session.view(CONTROL).log] == told
    session.close()


def test_a_save_whose_line_would_change_rules_is_refused(tmp_path: Path) -> None:
    save = tmp_path / "game.jsonl"
    session = game(save)
    session.reword(files(other_title()))
    session.close()
    *lines, last = save.read_text("utf-8").splitlines()
    line = json.loads(last)
    text = line["data"]["files"][TUTORIAL.name]
    line["data"]["files"][TUTORIAL.name] = re.sub("cost = .", "cost = 9", text, count=1)
    save.write_text("\n".join([*lines, json.dumps(line)]) + "\n", "utf-8")
    with pytest.raises(DivergenceError, match="rules were changed"):
        Session.open(save)


@given(
    st.sampled_from([m.span(1) for m in re.finditer(r'= "([^"\\\n]+)"', TEXT)]),
    st.text("abc [/]界é", min_size=1, max_size=12),
)
def test_only_what_leaves_every_state_alike_counts_as_words(
    span: tuple[int, int], text: str
) -> None:
    """Whatever text of the deck is exchanged: taken in, it plays the same game."""
    changed = TEXT[: span[0]] + text + TEXT[span[1] :]
    try:
        deck = load_text(files(changed))
    except DeckError:
        return
    rules = differences(load_text(files(TEXT)), deck)[1]
    if not rules:
        other = Session.new(deck, seed=1, seats={CONTROL: "person"})
        assert other.tree.program.words == game().tree.program.words
        assert other.tree.program.cards == game().tree.program.cards


def test_an_edited_deck_is_read_once_for_each_change(tmp_path: Path) -> None:
    path = tmp_path / TUTORIAL.name
    path.write_text(TEXT, "utf-8")
    edited, session = EditedDeck(path), game()
    assert edited.look(session) is None
    path.write_text(other_title(), "utf-8")
    news = edited.look(session)
    assert news is not None
    assert news.taken
    assert edited.look(session) is None
    path.write_text(TEXT + "\n[[", "utf-8")
    broken = edited.look(session)
    assert broken is not None
    assert "errors" in broken.text
    assert broken.text.endswith(".")  # a hint follows
    path.write_text(re.sub("cost = .", "cost = 9", TEXT, count=1), "utf-8")
    refused = edited.look(session)
    assert refused is not None
    assert "rules were changed: cards." in refused.text
    assert "Quite another [/] title" in cards(session)
    path.unlink()
    gone = edited.look(session)
    assert gone is not None
    assert not gone.taken
