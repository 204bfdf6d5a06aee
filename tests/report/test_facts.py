"""Facts on paper: their texts for everybody, and what names them for control alone."""

from tabletop.deck.loader import load_text
from tabletop.report.pages import Source
from tabletop.session.view import CONTROL, PUBLIC
from tests.deck.test_facts import DECK, FACTS, files
from tests.report.pages import of, words_of


def test_everybody_reads_the_facts_and_control_what_names_them() -> None:
    source = Source(load_text(files(DECK, FACTS)))
    public = words_of(of(source, PUBLIC, "briefs"))
    assert "F1 It rained for a week." in public
    assert "F2 Claim (The harbour): The dike was inspected." in public
    assert "Dig" not in public
    assert "It rains on" not in public
    control = words_of(of(source, CONTROL, "guide"))
    assert "F2 Claim (The harbour): The dike was inspected. objectives: Dry" in control


def test_a_deck_without_facts_has_no_page_of_them() -> None:
    source = Source(load_text(files(DECK)))
    assert of(source, PUBLIC, "briefs") == []
    assert "Facts" not in {page.title for page in of(source, CONTROL, "guide")}
