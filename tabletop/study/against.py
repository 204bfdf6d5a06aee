"""What differs between two decks, in the same games: another version, for instance."""

from tabletop.deck.deck import Deck
from tabletop.deck.models import DeckModel
from tabletop.study.figures import share_change
from tabletop.study.pairs import Differences, Moved
from tabletop.study.result import Change


def changes(deck: Deck, old: Deck, found: Differences) -> tuple[Change, ...]:
    """Every ending of either deck, every score, track and success of both, rounds,
    decisions.

    The difference is what `deck` has more than `old`.
    """
    games = found.games
    if not games:
        return ()
    told = [
        _share(f"ending.{id_}", _ending(id_, deck.model, old.model), moved, games)
        for id_, moved in found.endings.items()
    ]
    told += [
        _share(f"success.{id_}", f"{deck.model.teams[id_].name}: success", moved, games)
        for id_, moved in found.successes.items()
    ]
    told += [
        Change(
            name, _text(name, deck.model), shift.before / games, shift.after / games,
            shift.change.estimate(),
        )
        for name, shift in found.numbers.items()
    ]  # fmt: skip
    return tuple(told)


def _share(what: str, text: str, moved: Moved, games: int) -> Change:
    change = share_change(moved.gained, moved.lost, games)
    return Change(what, text, moved.before / games, moved.after / games, change)


def _ending(id_: str, model: DeckModel, old: DeckModel) -> str:
    ending = model.endings.get(id_) or old.endings[id_]
    return ending.title


def _text(name: str, model: DeckModel) -> str:
    """What people call a number."""
    kind, _, id_ = name.partition(".")
    if kind == "score":
        return f"{model.teams[id_].name}: score"
    if kind == "track":
        return f"{model.tracks[id_].label} at the end"
    return {"rounds": "Rounds", "decisions": "Decisions"}[kind]
