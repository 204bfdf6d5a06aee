"""The list of decks in some folders."""

from pathlib import Path

from tabletop.deck.catalogue import find_decks
from tests.deck.small import HEAD

ROOT = Path(__file__).parents[2]


def test_shipped_decks() -> None:
    found = {deck.path.name: deck for deck in find_decks([ROOT / "decks"])}
    assert set(found) == {"bright-days", "hour.toml", "hospital", "tutorial.toml"}
    assert all(deck.ok for deck in found.values())
    tutorial = found["tutorial.toml"]
    assert (tutorial.teams, tutorial.rounds) == (2, 4)
    assert tutorial.cards > 10
    assert found["bright-days"].minutes > 60


def test_order_bad_decks_and_what_is_no_deck(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(HEAD.replace('"Small"', '"beta"'))
    (tmp_path / "a.toml").write_text(HEAD.replace('"Small"', '"Gamma"'))
    (tmp_path / "bad.toml").write_text("format = 1\nid = \n")
    (tmp_path / "a.test.toml").write_text("deck = 'a.toml'\n")
    (tmp_path / ".hidden.toml").write_text(HEAD)
    (tmp_path / "notes.md").write_text("# Notes\n")
    (tmp_path / "empty").mkdir()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "deck.toml").write_text(HEAD.replace('"Small"', '"Alpha"'))
    found = find_decks([tmp_path, tmp_path / "nowhere", folder])
    titles = [deck.title for deck in found]
    assert titles == ["Alpha", "bad", "beta", "Gamma"]
    bad = found[1]
    assert not bad.ok
    assert bad.problem.startswith(f"{tmp_path / 'bad.toml'}:2:6: not valid TOML")
    alpha = found[0]
    assert alpha.path == folder
    assert (alpha.teams, alpha.cards, alpha.injects) == (2, 2, 1)
    assert (alpha.tracks, alpha.endings, alpha.minutes) == (2, 1, 80)


def test_of_several_with_one_name_the_first_is_listed(tmp_path: Path) -> None:
    """As in a checkout whose program is installed too: the decks are there twice."""
    for place in ("mine", "shipped"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "same.toml").write_text(
            HEAD.replace('"Small"', f'"{place}"')
        )
    found = find_decks([tmp_path / "mine", tmp_path / "shipped"])
    assert [deck.title for deck in found] == ["mine"]
