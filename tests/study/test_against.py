"""Two decks are compared in the same games, so that only what differs is told."""

from tabletop.study.result import Change, StudyResult
from tests.decks.shipped import TUTORIAL, deck
from tests.study.studied import CARDS, made, near, studied, wager


def changed(result: StudyResult) -> dict[str, Change]:
    return {each.what: each for each in result.against}


def test_a_deck_differs_in_nothing_from_itself() -> None:
    of = deck(TUTORIAL)
    result = studied(of, 100, "against", against=of)
    assert {each.what.partition(".")[0] for each in result.against} == {
        "ending", "score", "success", "track", "rounds", "decisions",
    }  # fmt: skip
    for each in result.against:
        assert each.before == each.after
        assert each.difference.value == 0
        assert not each.sure


def test_what_is_new_is_told_with_its_sign() -> None:
    """Now the dare is won always: good in a third of the games, not two ninths."""
    new = made(CARDS.replace("to = 2", "to = 0"))
    found = changed(studied(new, 2_000, "against", against=wager()))
    good = found["ending.good"]
    assert near(good.difference, 1 / 3 - 2 / 9)
    assert good.sure
    assert good.after > good.before
    assert found["success.ada"].difference == good.difference
    assert found["success.ada"].text == "Ada: success"
    score = found["score.ada"]
    assert near(score.difference, (4 + 3) / 9)
    assert abs(score.after - score.before - score.difference.value) < 1e-9
    assert not found["rounds"].sure


def test_pairs_of_games_tell_what_their_means_alone_would_not() -> None:
    """A third of a point in 400 games: each deck's own mean is not as sure as that."""
    new = made(CARDS.replace("x += 2", "x += 3"))
    result = studied(new, 400, "against", against=wager())
    score = changed(result)["score.ada"]
    assert score.sure
    alone = result.teams[0].score
    assert 1.96 * alone.deviation / 20 > 0.5 * abs(score.difference.value)


def test_endings_and_tracks_that_only_one_of_the_decks_has() -> None:
    more = '[tracks.y]\nlabel = "Y"\nstart = 5\n[endings.late]\ntitle = "Late"\n'
    late = f'{more}when = "x == 52"\n'
    new, old = made(CARDS, late), wager()
    found = changed(studied(new, 300, "against", against=old))
    assert found["ending.late"].before == 0
    assert found["ending.late"].difference.value > 0.2
    assert "track.y" not in found
    back = changed(studied(old, 300, "against", against=new))
    assert back["ending.late"].after == 0
    assert back["ending.late"].text == "Late"
    assert (
        back["ending.late"].difference.value == -found["ending.late"].difference.value
    )
