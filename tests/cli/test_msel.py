"""`tabletop msel`: a schedule of injects to CSV, and a planner's CSV to a deck."""

from pathlib import Path

from tests.cli.conftest import DECK, TO_THE_END, Shell

INJECT = """
[injects.fog]
title = "=Fog"
at = { round = 2, phase = "play" }
read = "Fog comes in."
sender = "The coast guard"
audience = ["crew"]
effects = ["nerves += 5"]
"""
PLAN = """\
#;Event;Hour;To;Expected response;Effects;Notes
1;Fog, again;2;Crew;They wait;"nerves += 5
aboard -= 1";"Say ""fog"", slowly
then wait"
2;A horn;;all;;;
"""


def files(folder: Path) -> None:
    """A deck with an inject, and a planner's table."""
    (folder / "fog.toml").write_text(DECK + INJECT, encoding="utf-8")
    (folder / "plan.csv").write_text(PLAN, encoding="utf-8")


def test_a_decks_schedule_is_written_for_a_spreadsheet(shell: Shell) -> None:
    files(Path())
    said = shell("msel", "fog.toml", "-o", "fog.csv")
    assert (said.code, said.out) == (0, "Wrote fog.csv.\n")
    data = Path("fog.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfNo,Id,Round,Phase,")
    row = data.decode("utf-8-sig").split("\r\n")[1]
    assert row.startswith("1,fog,2,Play,,scheduled,'=Fog,,The coast guard,Crew,Fog")
    assert shell("msel", "fog.toml").out.splitlines()[1] == row
    again = shell("msel", "fog.toml", "-o", "fog.csv")
    assert again.code != 0
    assert "exists already" in again.err
    assert shell("msel", "fog.toml", "-o", "fog.csv", "-f").code == 0
    unchanged = shell("msel", "fog.toml", "--from", "fog.csv")
    assert (unchanged.code, unchanged.out.strip()) == (0, "")
    assert "in the deck already" in unchanged.err


def test_a_games_schedule_tells_how_it_stands(shell: Shell) -> None:
    files(Path())
    typed = TO_THE_END
    shell("play", "fog.toml", "--save", "a.jsonl", "--plain", "--seed", "1",
          "--seat", "harbour=bot:first", typed=typed)  # fmt: skip
    said = shell("msel", "a.jsonl")
    assert said.code == 0, said.err
    assert said.out.splitlines()[1].startswith("1,fog,2,Play,,fired,'=Fog")
    assert "needs a deck" in shell("msel", "a.jsonl", "--from", "plan.csv").err


def test_a_planners_table_becomes_injects_of_the_deck(shell: Shell) -> None:
    files(Path())
    said = shell("msel", "fog.toml", "--from", "plan.csv", "-o", "more.toml")
    assert said.code == 0, said.err
    text = Path("more.toml").read_text(encoding="utf-8")
    assert "[injects.fog_again]" in text
    with Path("fog.toml").open("a", encoding="utf-8") as deck:
        deck.write(text)
    assert shell("check", "fog.toml", "--fail-on", "error").code == 0
    rows = shell("msel", "fog.toml").out
    assert 'scheduled,"Fog, again",' in rows
    assert '"Say ""fog"", slowly\nthen wait"' in rows
    assert "by hand,A horn," in rows


def test_a_table_that_is_wrong_writes_nothing(shell: Shell) -> None:
    files(Path())
    plan = PLAN.replace("nerves", "nervs").replace(";Crew;", ";Crow;")
    Path("plan.csv").write_text(plan, encoding="utf-8")
    said = shell("msel", "fog.toml", "--from", "plan.csv", "-o", "more.toml")
    assert said.code == 1
    assert "plan.csv, row 2, column To: there is no team `Crow`" in said.err
    assert "Traceback" not in said.err
    assert not Path("more.toml").exists()
    plan = PLAN.replace("aboard", "abroad")
    Path("plan.csv").write_text(plan, encoding="utf-8")
    said = shell("msel", "fog.toml", "--from", "plan.csv")
    assert "row 2, column Effects: line 2, character 1: unknown" in said.err
    assert "did you mean `aboard`?" in said.err


def test_a_table_that_is_not_there_is_said(shell: Shell) -> None:
    files(Path())
    said = shell("msel", "fog.toml", "--from", "none.csv")
    assert said.code == 2
    assert "cannot read none.csv" in said.err
