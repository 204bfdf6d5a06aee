"""What the keys of a step mean together."""

from tabletop.deck.diagnostics import KeyPath, Report, Spot
from tabletop.testing.ids import Ids
from tabletop.testing.models import Step

TEAM_MOVES = ("play", "lay", "pass", "choose")
INJECT_MOVES = ("inject", "hold", "release", "skip", "forward")
CARD_RULINGS = ("give", "take", "force", "reveal", "veto", "lift")
MOVES = (
    *TEAM_MOVES, "advance", *INJECT_MOVES, "set", "add", *CARD_RULINGS, "reseed",
)  # fmt: skip
"""Keys that each make a move."""
VERBS = (*MOVES, "try", "view")
"""Keys that say what a step does; at most one of them."""
WITH_TEAM = (*TEAM_MOVES, "try", "give", "take", "force", "reveal")
LOOKS = ("then", "where", "offered")
"""What a step without a verb may look at."""
USES = {
    "roll": MOVES, "draws": MOVES, "discards": MOVES, "comes": MOVES, "log": MOVES,
    "no_log": MOVES, "illegal": ("try",), "hides": ("view",), "shows": ("view",),
    "to": ("forward", "reveal"),
}  # fmt: skip
"""Keys that go with certain verbs alone."""


def check_step(path: KeyPath, step: Step, ids: Ids, report: Report) -> None:
    """Reports what is wrong with a step as a whole."""
    given = keys_of(step)
    verbs = [key for key in VERBS if key in given]
    if len(verbs) > 1:
        message = f"a step does one thing, not {' and '.join(f'`{v}`' for v in verbs)}"
        report.add("T103", message, Spot((*path, verbs[1]), part="key"))
        return
    if not verbs and not any(key in given for key in LOOKS):
        hint = f"a step has one of: {', '.join(VERBS)}; or only {', '.join(LOOKS)}"
        report.add("T103", "this step does nothing", Spot(path), hint=hint)
        return
    verb = verbs[0] if verbs else ""
    _check_uses(path, given, verb, report)
    _check_needs(path, step, verb, ids, report)


def keys_of(step: Step) -> list[str]:
    """The keys that a step has, as they are written."""
    fields = Step.model_fields
    return [fields[name].alias or name for name in step.model_fields_set]


def verb_of(step: Step) -> str:
    """What a step does; empty when it only looks."""
    given = keys_of(step)
    return next((key for key in VERBS if key in given), "")


def _check_uses(path: KeyPath, given: list[str], verb: str, report: Report) -> None:
    for key, verbs in USES.items():
        if key in given and verb not in verbs:
            after = f"`{verb}` has" if verb else "a step that makes no move has"
            hint = "" if verbs is MOVES else f"it goes with `{'` or `'.join(verbs)}`"
            spot = Spot((*path, key), part="key")
            report.add("T104", f"{after} no use for `{key}`", spot, hint=hint)
    if "team" in given and verb not in WITH_TEAM and "offered" not in given:
        spot = Spot((*path, "team"), part="key")
        report.add("T104", f"`{verb or 'then'}` has no use for `team`", spot)


def _check_needs(
    path: KeyPath, step: Step, verb: str, ids: Ids, report: Report
) -> None:
    spot = Spot((*path, verb), part="key") if verb else Spot(path)
    team = verb in WITH_TEAM or step.offered is not None
    needs = {
        "team": team and step.team is None,
        "illegal": verb == "try" and step.illegal is None,
        "to": verb == "forward" and step.to is None,
        "hides` or `shows": verb == "view" and not (step.hides or step.shows),
    }
    for key, missing in needs.items():
        if missing:
            message = f"`{verb or 'offered'}` needs `{key}`"
            report.add("T003", message, spot)
    if verb == "forward" and isinstance(step.to, str):
        report.add("T004", "`to` is the number of a round", Spot((*path, "to")))
    if verb == "reveal" and step.to is not None and step.to not in ids.tables["team"]:
        report.add("T101", "`to` is the id of a team", Spot((*path, "to")))
