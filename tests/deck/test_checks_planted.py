"""One defect at a time, planted in the shipped decks: it is found, and nothing else."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tabletop.deck.loader import check_text
from tabletop.deck.render import one_line
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck

Plant = tuple[str, str, str, str]
"""What is replaced and by what; the code and the path that must be found."""

IN_TUTORIAL: tuple[Plant, ...] = (
    ("water > 40", "water > 100", "W401", "cards.move_uphill.requires"),
    ("room >= 15", "room >= 15 and room < 10", "W401", "cards.hold_back.requires"),
    ("trust < 40 or f", "trade > 75 or f", "W401", "rules.talk_of_the_town.when"),
    ('when = "water > 60"', 'when = "fired.surge > 1"', "W401",
     "injects.wet_cellars.when"),
    ("chose.share == 1", "chose.share > 2", "W401",
     "injects.minister_calls.outcomes[1].when"),
    ('requires = "room >= 20"', 'requires = "room >= -1"', "W402",
     "cards.ask_for_room.ask[0].options[take].requires"),
    ("round < rounds", "round <= rounds", "W402", "cards.clay_barges.requires"),
    ('"water > dike"', '"water > dike and dike <= water"', "W402",
     "rules.seepage.when"),
    ('"dike > 65"', '"dike > 65 or not lasts.surge"', "E209",
     "cards.call_for_hands.lasting.until"),
    ("3 if trust >= 40 else 2", "3 if trust >= 0 else 2", "W402",
     "teams.board.points"),
    ('"uphill = true", ', "", "W403", "flags.uphill"),
    ('label = "Moved uphill"', 'label = "Uphill"\n[flags.lost]\nlabel = "L"', "W403",
     "flags.lost"),
    ("not lasts.call_for_hands", "lasts.call_for_hands", "W405",
     "cards.call_for_hands.requires"),
    ('"playing.open_sluice"', '"playing.open_sluice and played.shut_gate > 0"', "W405",
     "cards.shut_gate.requires"),
    ('"Lend pumps"', '"Lend pumps"\nlimit = 1\nrequires = "board.points > 20"', "W401",
     "cards.lend_pumps.requires"),
    ('schedule("dike += 10", 1)', 'schedule("dike += 10", 4)', "W406",
     "cards.clay_barges.effects[]"),
    ('["end(washed_over)"]', '["dike -= 1"]', "W406", "endings.washed_over"),
    ("round == rounds and uphill", "round == rounds and uphill and dike > water",
     "W408", "endings.nobody_hurt.when"),
    ("priority = 10", "priority = 2", "", ""),
    ('"trust += 8"]', '"trust += 8", "trust += 8"]', "W409",
     "cards.lend_pumps.effects[]"),
    ('"dike += 5", "d', '"dike += room", "d', "W501", "cards.inspection.effects[]"),
    ("(trust - 50) // 10", "min(room, 4)", "W501", "cards.night_shift.roll.modifier"),
    ("(trust - 50) // 10", "(room - 50) // 10", "", ""),
    ('"water > 60"', '"room < 20"', "W501", "injects.wet_cellars.when"),
    ('dice = "1d6", table = [\n    { to = 4', 'dice = "4d6", table = [\n    { to = 4',
     "W602", "injects.surge.roll.table[0].to"),
    ("room // 10", "7", "W603", "teams.board.objectives[2].score"),
    ("The river comes", "The rivеr comes", "", ""),
    ('title = "Pump all night"', 'title = "Pump all nіght"', "N001",
     "cards.pumps.title"),
)  # fmt: skip
IN_BRIGHT_DAYS: tuple[Plant, ...] = (
    ("patience <= 20 and not", "patience > 100 and not", "W401",
     "rules.out_of_patience.when"),
    ('"holding = false", "g', '"g', "", ""),
    ("1 and not ceasefire and front", "1 and not ceasefire and ceasefire and front",
     "W401", "endings.attrition.when"),
    ("relations >= 70 and s", "relations >= 0 and s", "W402",
     "endings.normal_ties.when"),
    ('audience = ["kremlin"]\n', "", "W501", "injects.worn_out.when"),
    ("not ceasefire and armour <= 40", "not ceasefire and ceasefire", "W401",
     "rules.more_for_the_war.when"),
    ("resumed = true", "resumed = false", "W403", "flags.resumed"),
)  # fmt: skip


@cache
def files_of(path: Path) -> Mapping[str, str]:
    return deck(path).files


def planted(path: Path, old: str, new: str) -> list[tuple[str, str]]:
    """What is found when a text of a deck is replaced, which stands in it once."""
    files = {name: text.replace(old, new) for name, text in files_of(path).items()}
    assert files != files_of(path), f"{old!r} is not in the deck"
    found = check_text(files).diagnostics
    return [(each.code, each.path) for each in found]


@pytest.mark.parametrize("plant", IN_TUTORIAL, ids=lambda plant: plant[1])
def test_a_defect_of_the_tutorial_is_found_alone(plant: Plant) -> None:
    old, new, code, path = plant
    assert planted(TUTORIAL, old, new) == ([(code, path)] if code else [])


@pytest.mark.parametrize("plant", IN_BRIGHT_DAYS, ids=lambda plant: plant[1])
def test_a_defect_of_bright_days_is_found_alone(plant: Plant) -> None:
    old, new, code, path = plant
    assert planted(BRIGHT_DAYS, old, new) == ([(code, path)] if code else [])


@pytest.mark.parametrize("path", [TUTORIAL, BRIGHT_DAYS], ids=lambda path: path.stem)
def test_nothing_is_found_in_the_shipped_decks(path: Path) -> None:
    assert list(map(one_line, check_text(files_of(path)).diagnostics)) == []
