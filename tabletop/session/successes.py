"""How it is told whether a game ended as a team would call a success."""

SUCCESS = "a success by its own measure"
MISSED = "not what it wanted"
HEADING = "By their own measure"


def success_words(*, success: bool) -> str:
    """The words for whoever reads them beside a team's name.

    >>> success_words(success=True), success_words(success=False)
    ('a success by its own measure', 'not what it wanted')
    """
    return SUCCESS if success else MISSED
