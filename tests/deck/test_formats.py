"""The forms of a check's results that other programs read."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from tabletop.deck.diagnostics import Diagnostic, Place
from tabletop.deck.formats import FORMATS, FailOn, Format, fails, written
from tabletop.deck.loader import check, check_text
from tabletop.deck.result import CheckResult
from tabletop.deck.sift import Wanted
from tests.deck.clean import DECK, card, check_of
from tests.deck.mutate import mutated

HERE = Path(__file__).parent
WRONG = card('requires = "frnt < 3"\neffects = ["front += 500"]')
ALWAYS = card('requires = "front >= 0"\neffects = ["front += 1"]')


def obj(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """A schema of an object that has nothing else."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def many(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT = {"type": "string", "minLength": 1}
NUMBER = {"type": "integer", "minimum": 1}
MESSAGE = obj({"text": TEXT})
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REGION = obj(
    {
        "startLine": NUMBER,
        "startColumn": NUMBER,
        "endLine": NUMBER,
        "endColumn": NUMBER,
    },
    snippet=obj({"text": {"type": "string"}}),
)
LOCATION = {
    "physicalLocation": obj(
        {
            "artifactLocation": obj(
                {"uri": {"type": "string", "format": "uri-reference"}}
            )
        },
        region=REGION,
    ),
}
RESULT = obj(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {**many({}), "minItems": 1},
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT},
    },
    rank={"type": "number", "minimum": 0, "maximum": 100},
    relatedLocations=many(
        obj({**LOCATION, "id": {"type": "integer", "minimum": 0}, "message": MESSAGE})
    ),
)
RESULT["properties"]["locations"]["items"] = obj(
    LOCATION, logicalLocations=many(obj({"fullyQualifiedName": TEXT}))
)
RULE = obj(
    {"id": TEXT},
    name=TEXT,
    shortDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=obj({}, level=LEVEL),
)
DRIVER = obj({"name": TEXT}, version=TEXT, rules={**many(RULE), "uniqueItems": True})
INVOCATION = obj(
    {"executionSuccessful": {"type": "boolean"}},
    toolExecutionNotifications=many(obj({"message": MESSAGE}, level=LEVEL)),
)
RUN = obj(
    {"tool": obj({"driver": DRIVER})},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=many(INVOCATION),
    results=many(RESULT),
)
SARIF = obj({"version": {"const": "2.1.0"}, "runs": many(RUN)}, **{"$schema": TEXT})
"""The part of the schema of SARIF 2.1.0 that results of a check make use of, after the
OASIS standard, sections 3.13 to 3.52; stricter in that nothing else may be there."""


def sarif(*results: CheckResult) -> dict[str, Any]:
    data = json.loads(written(results, "sarif"))
    Draft202012Validator(SARIF).validate(data)
    (run,) = data["runs"]
    for result in run["results"]:
        assert (
            run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
            == (result["ruleId"])
        )
    return dict(run)


def prints(text: str) -> list[dict[str, str]]:
    """The fingerprints of a deck's problems."""
    return [each["partialFingerprints"] for each in sarif(check_of(text))["results"]]


BAD = sorted((HERE / "bad").glob("*.toml"))


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_can_tell_of_every_bad_deck(form: Format) -> None:
    results = [check(path, Wanted(most=5, guesses=True)) for path in BAD]
    text = written(results, form)
    if form == "sarif":
        told = [result["ruleId"] for result in sarif(*results)["results"]]
        assert told == [d.code for result in results for d in result.diagnostics]
    elif form == "junit":
        suites = ElementTree.fromstring(text)
        assert [suite.get("name") for suite in suites] == [r.path for r in results]
    else:
        assert all(path.name in text for path in BAD)


def test_columns_in_sarif_count_utf16_units() -> None:
    text = card("ask = [{ team = 'red', prompt = '😀é', promt = 1, options = [] }]")
    run = sarif(check_of(text))
    (region,) = [
        result["locations"][0]["physicalLocation"]["region"]
        for result in run["results"]
        if result["ruleId"] == "E010"
    ]
    line = text.split("\n")[region["startLine"] - 1].encode("utf-16-le")
    marked = line[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)]
    assert marked.decode("utf-16-le") == "promt"


def test_fingerprints_stay_while_lines_move() -> None:
    assert prints(ALWAYS) == prints(f"# one\n\n{ALWAYS}") != []
    other = ALWAYS.replace("cards.test", "cards.other")
    assert prints(other) != prints(ALWAYS)


def test_addresses_are_those_of_files(tmp_path: Path) -> None:
    path = tmp_path / "a deck ü%.toml"
    path.write_text(WRONG, encoding="utf-8")
    for shown, uri in (
        (path, path.as_uri()),
        (Path("a deck ü%.toml"), "a%20deck%20%C3%BC%25.toml"),
    ):
        diagnostic = Diagnostic(
            "E001", "syntax", "error", "no", Place(str(shown), 1, 1, 1, 2)
        )
        run = sarif(CheckResult(str(shown), None, (diagnostic,)))
        location = run["results"][0]["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] == uri


def test_problems_beyond_the_most_are_told_in_every_form() -> None:
    effects = ", ".join(f'"frnt += {number}"' for number in range(57))
    result = check_of(card(f"effects = [{effects}]"))
    for form in FORMATS:
        assert "37" in written([result], form), form


def test_a_fault_of_ours_is_told_to_scanners() -> None:
    fault = Diagnostic("E900", "internal", "error", "oops", Place("a.toml"))
    run = sarif(CheckResult("a.toml", None, (fault,)))
    assert run["invocations"][0]["executionSuccessful"] is False


def test_commands_for_github() -> None:
    name = "odd,name:50%.toml"
    result = check_text({name: WRONG}, name)
    first = written([result], "github").split("\n")[0]
    found = re.fullmatch(r"::error ([^:]*)::(.*)", first)
    assert found is not None
    values = dict(part.split("=", 1) for part in found[1].split(","))
    assert values["file"] == "odd%2Cname%3A50%25.toml"
    line = WRONG.split("\n")[int(values["line"]) - 1]
    assert line[int(values["col"]) - 1 : int(values["endColumn"]) - 1] == "frnt"
    assert found[2] == "unknown track or flag `frnt` (did you mean `front`?)"


def test_a_line_break_never_ends_a_command() -> None:
    diagnostic = Diagnostic(
        "E001", "syntax", "error", "one\n::error::two\r", Place("a\nb.toml", 1, 1)
    )
    text = written([CheckResult("a", None, (diagnostic,))], "github")
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "fail_on", "failed"),
    [
        (WRONG, "warning", {"names", "warnings"}),
        (WRONG, "error", {"names"}),
        (WRONG, "never", set()),
        (ALWAYS, "note", {"warnings"}),
        (ALWAYS, "error", set()),
        (DECK, "note", set()),
    ],
)
def test_test_cases_for_ci(text: str, fail_on: FailOn, failed: set[str]) -> None:
    result = check_of(text)
    root = ElementTree.fromstring(written([result, result], "junit", fail_on=fail_on))
    assert fails(result, fail_on) == bool(failed)
    assert root.get("failures") == str(2 * len(failed))
    for suite in root:
        cases = {case.get("name"): case for case in suite}
        assert suite.get("tests") == str(len(cases))
        bad = {name for name, case in cases.items() if case.find("failure") is not None}
        assert bad == failed
        said = "".join(case.findtext("failure") or "" for case in suite)
        assert all(d.message in said for d in result.diagnostics[:1] if failed)


def test_no_character_breaks_the_xml() -> None:
    odd = "\x00\x1b<&\"'>]]>\ud800\uffff"
    diagnostic = Diagnostic("E001", "syntax", "error", odd, Place(odd, 1, 1))
    text = written([CheckResult(odd, None, (diagnostic,))], "junit")
    assert ElementTree.fromstring(text.encode("utf-8", "replace")) is not None


@pytest.mark.parametrize("source", ["allow", "warnings", "exercise"])
def test_damaged_decks_can_be_told_in_every_form(source: str, tmp_path: Path) -> None:
    path = tmp_path / "deck.toml"
    data = (HERE / "bad" / f"{source}.toml").read_bytes()
    for number in range(25):
        path.write_bytes(mutated(data, f"{source} {number}"))
        result = check(path)
        assert not result.fault
        for form in FORMATS:
            text = written([result], form)
            assert text or form in ("concise", "github")
