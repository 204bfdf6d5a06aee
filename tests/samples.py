"""The games in `saves/`, with what pins them: what was shipped is never changed."""

from pathlib import Path

SAVES = Path(__file__).resolve().parent.parent / "saves"
DIGESTS = {
    "tutorial": "0986595387496fad",
    "bright-days": "7cd9502759f65717",
    "bright-days-exercise": "0cee07d090c2e724",
    "bright-days-evening": "870b35c9331f03bf",
    "bright-days-quiet-front": "9a60c754f6d4c633",
    "bright-days-hour-refused-deal": "e61276d04b223bc2",
    "hospital-key-found": "578b278482c28724",
    "bright-days-dream-deal": "137f944ce73983f6",
    "bright-days-europe-carries-it": "ece3dad27f7a9ef4",
    "bright-days-snap-back": "c2ed5403b90ad8f6",
    "bright-days-normal-ties": "26d6f2657f1f863f",
    "bright-days-rearmed-war": "149246fe155bbe0a",
    "bright-days-stalled-offensive": "cfa59026851e9de8",
    "bright-days-attrition": "d499a02a00c3fdeb",
    "bright-days-strain-shows": "41a9781ea07c2c5f",
    "bright-days-no-end": "7e9579eff0645724",
}
"""Every save by its name, with the beginning of its SHA-256."""
PLAYED = [
    SAVES / f"{name}.jsonl"
    for name in (
        "tutorial",
        "bright-days",
        "bright-days-exercise",
        "bright-days-evening",
        "bright-days-quiet-front",
        "bright-days-hour-refused-deal",
        "hospital-key-found",
    )
]
"""Those played by hand: with intents, notes, rulings and what was undone."""
GROUPS = sorted(
    SAVES / f"{name}.jsonl"
    for name in ("bright-days", "bright-days-exercise", "bright-days-evening")
)
"""Groups that played one deck, to be compared."""
BY_BOTS = [
    SAVES / f"{name}.jsonl" for name in DIGESTS if SAVES / f"{name}.jsonl" not in PLAYED
]
"""Those that bots played."""
ENDINGS = {
    "bright-days-quiet-front": "quiet_front",
    "bright-days-hour-refused-deal": "refused_deal",
    "hospital-key-found": "key_found",
    "bright-days-dream-deal": "dream_deal",
    "bright-days-europe-carries-it": "europe_carries",
    "bright-days-snap-back": "snap_back",
    "bright-days-normal-ties": "normal_ties",
    "bright-days-rearmed-war": "rearmed_war",
    "bright-days-stalled-offensive": "stalled",
    "bright-days-attrition": "attrition",
    "bright-days-strain-shows": "strain",
    "bright-days-no-end": "no_end",
}
"""The ending of each save that is named by it."""
REPORTS = sorted((SAVES / "reports").glob("*.md"))
"""After-action reports that stand beside their saves."""


def stem(path: Path) -> str:
    """What a test of this save is called."""
    return path.stem
