"""How large a deck may be."""

from pathlib import Path

import pytest

from tabletop.deck import sources, texts
from tabletop.deck.loader import check
from tests.deck.small import HEAD, card, check_of, codes


def many(table: str, count: int, fields: str) -> str:
    return "\n".join(f"[{table}.x{n}]\n{fields}" for n in range(count))


def test_cards_with_their_copies() -> None:
    fields = 'team = "red"\ntitle = "X"\ncopies = 20'
    assert codes(HEAD + many("cards", 99, fields)) == []
    assert codes(HEAD + many("cards", 100, fields)) == ["E005"]


def test_tracks_and_flags() -> None:
    assert codes(HEAD + many("flags", 497, 'label = "X"')) == []
    assert codes(HEAD + many("flags", 498, 'label = "X"')) == ["E005"]


def test_scheduled_effects() -> None:
    def deck(count: int) -> str:
        effects = ", ".join(['"schedule(storm, 1)"'] * count)
        return card(f"effects = [{effects}]").replace("count = 4", "count = 99")

    assert "E005" not in codes(deck(200))
    assert codes(deck(201)) == ["E005"]


def test_phases() -> None:
    minutes = ", ".join(f"x{number} = 1" for number in range(12))
    assert codes(
        HEAD.replace("count = 4", f"count = 4\nminutes = {{ {minutes} }}")
    ) == ["E313"]
    minutes += ", play = 3"
    assert codes(
        HEAD.replace("count = 4", f"count = 4\nminutes = {{ {minutes} }}")
    ) == ["E016"]


def test_all_texts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    text = card('requires = "front > 3"\neffects = ["front += 1", "frnt += 2"]')
    monkeypatch.setattr(texts, "MAX_CHARACTERS", 45)
    (diagnostic,) = check_of(text).diagnostics
    assert (diagnostic.code, diagnostic.place.line) == ("E005", 53)


def test_all_files_together(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "deck.toml").write_text('include = ["a.toml", "b.toml"]\n' + HEAD)
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text("# " + "x" * 3000 + "\n[flags]\n")
    assert check(tmp_path).ok
    monkeypatch.setattr(sources, "MAX_DECK_BYTES", 5000)
    (diagnostic,) = check(tmp_path).diagnostics
    assert (diagnostic.code, diagnostic.place.line) == ("E005", 1)
    assert "b.toml" in diagnostic.place.source


def test_suggestions_stay_cheap_in_a_deck_that_is_very_wrong() -> None:
    """Only what is shown is worked out: thousands of names times thousands."""
    effects = ", ".join(f'"trak_{number} += 1"' for number in range(3000))
    tracks = many("tracks", 480, 'label = "X"\nstart = 1').replace(".x", ".track_")
    result = check_of(card(f"effects = [{effects}]") + tracks)
    assert result.errors == 3000
    assert "did you mean `track_" in result.diagnostics[0].caption
