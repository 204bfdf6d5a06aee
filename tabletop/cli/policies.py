"""Which bot plays which team, from the command line."""

from collections.abc import Iterable, Sequence

DEFAULT = "random"


def assign(teams: Iterable[str], words: Sequence[str]) -> dict[str, str]:
    """Each team's policy: `greedy` is for all, `kyiv=greedy` for that one alone.

    The last word for a team counts. Whether teams and policies exist is not judged.

    >>> assign(["kyiv", "europe"], ["kyiv=greedy", "first"])
    {'kyiv': 'greedy', 'europe': 'first'}
    >>> assign(["kyiv"], ["weights:a=b.toml"])
    {'kyiv': 'weights:a=b.toml'}
    """
    named = [
        (word, "", "") if ":" in word.partition("=")[0] else word.partition("=")
        for word in words
    ]
    general = [policy for policy, equals, _ in named if not equals]
    chosen = dict.fromkeys(teams, general[-1] if general else DEFAULT)
    return chosen | {team: policy for team, equals, policy in named if equals}
