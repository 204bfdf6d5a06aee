"""The ids of a deck by kind, as test files name them."""

from collections.abc import Sequence

from tabletop.deck.deck import Deck


class Ids:
    """Looks ids up."""

    def __init__(self, deck: Deck) -> None:
        """Gathers the ids of a deck."""
        model = deck.model
        happenings = (*model.cards.values(), *model.injects.values())
        self.tables: dict[str, Sequence[str]] = {
            "track": tuple(model.tracks),
            "flag": tuple(model.flags),
            "team": tuple(model.teams),
            "card": tuple(model.cards),
            "inject": tuple(model.injects),
            "ending": tuple(model.endings),
            "rule": tuple(model.rules),
            "phase": tuple(model.rounds.minutes),
            "option": tuple(
                dict.fromkeys(
                    option.id
                    for happening in happenings
                    for ask in happening.ask
                    for option in ask.options
                )
            ),
        }
        points = [f"{team}.points" for team in model.teams]
        self.targets = (*model.tracks, *model.flags, *points)
        """What rulings can set."""

    def known(self, kinds: Sequence[str]) -> list[str]:
        """The ids of some kinds."""
        return [id_ for kind in kinds for id_ in self.tables[kind]]

    def kinds(self, word: str) -> list[str]:
        """The kinds that have this id."""
        return [kind for kind, ids in self.tables.items() if word in ids]
