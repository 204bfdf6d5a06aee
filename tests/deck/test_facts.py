"""Facts of a deck: what names them is found, and the rules never read them."""

from pathlib import Path

from tabletop.deck.facts import by_kind, citations
from tabletop.deck.loader import check_text, load_text
from tabletop.engine.compile import compile_deck
from tabletop.session.rewording import differences

DECK = """\
format = 1
id = "rain"
title = "Rain"

[rounds]
count = 2
ending = "over"

[teams.town]
name = "Town"
source = ["F1"]
objectives = [{ text = "Dry feet", score = "10 - water", source = ["F2", "F2"] }]

[tracks.water]
label = "Water"
start = 5
source = ["F1"]

[cards.dig]
team = "town"
title = "Dig"
source = ["F1", "F2"]
effects = ["water -= 1"]

[rules.it_rains_on]
at = "round_end"
source = ["F1"]
effects = ["water += 1"]

[endings.over]
title = "Over"

[checkpoints.first]
text = "Somebody asks how high it stands"
team = "town"
source = ["F1"]
"""
FACTS = """
[facts.F1]
text = "It rained for a week."

[facts.F2]
text = "The dike was inspected."
claim = true
by = "The harbour"

[facts.idle]
text = "Nobody swims."
"""


def files(*parts: str) -> dict[str, str]:
    return {"rain.toml": "".join(parts)}


def test_what_names_a_fact_is_found_with_its_title_and_team() -> None:
    found = citations(load_text(files(DECK, FACTS)).model)
    assert list(found) == ["F1", "F2", "idle"]
    named = {
        kind: [str(each) for each in of] for kind, of in by_kind(found["F1"]).items()
    }
    assert named == {
        "teams": ["Town"],
        "tracks": ["Water"],
        "cards": ["Dig (Town)"],
        "rules": ["It rains on"],
        "checkpoints": ["Somebody asks how high it stands (Town)"],
    }
    assert list(map(str, found["F2"])) == ["Dry feet (Town)", "Dig (Town)"]
    assert found["idle"] == ()


def test_a_deck_without_facts_may_name_any_source() -> None:
    free = DECK.replace('"F1"', '"Annex B, page 3"')
    codes = {each.code for each in check_text(files(free)).diagnostics}
    assert not codes & {"E211", "W411"}
    assert load_text(files(free)).model.facts == {}


def test_one_fact_is_enough_for_sources_to_be_held_to_it() -> None:
    result = check_text(files(DECK, '\n[facts.F1]\ntext = "It rained."\n'))
    wrong = [each for each in result.diagnostics if each.code == "E211"]
    assert [each.path for each in wrong] == [
        "teams.town.objectives[0].source[]",
        "teams.town.objectives[0].source[]",
        "cards.dig.source[]",
    ]
    assert {each.hint for each in wrong} == {"known facts: F1"}


def test_the_facts_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    main = DECK.replace("[rounds]", 'include = ["facts.toml"]\n\n[rounds]', 1)
    deck = load_text({"deck.toml": main, "facts.toml": FACTS})
    assert list(deck.model.facts) == ["F1", "F2", "idle"]
    twice = check_text({"deck.toml": main + FACTS, "facts.toml": FACTS})
    assert {each.code for each in twice.diagnostics} >= {"E012"}


def test_rules_are_the_same_with_facts_and_without() -> None:
    bare = load_text(files(DECK))
    deck = load_text(files(DECK, FACTS))
    assert compile_deck(bare).words == compile_deck(deck).words


def test_a_game_that_runs_takes_other_facts_as_other_words() -> None:
    old, new = load_text(files(DECK)), load_text(files(DECK, FACTS))
    assert differences(old, new) == (("facts",), ())
    dry = load_text(files(DECK, FACTS.replace("for a week", "for a day")))
    assert differences(new, dry) == (("facts.F1.text",), ())
