"""Any steps on any deck: a test passes or fails, and always says why."""

import random
from pathlib import Path
from typing import Any

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.deck.writing import value
from tabletop.testing.files import Case, TestFile, read
from tabletop.testing.ids import Ids
from tabletop.testing.making import deck_text
from tabletop.testing.runner import run_case

Step = dict[str, Any]
DECKS = 12


class Maker:
    """Makes steps that are read without a problem, and may make no sense at all."""

    def __init__(self, deck: Deck, luck: random.Random) -> None:
        self.deck = deck
        self.luck = luck
        self.ids = Ids(deck).tables

    def one(self, kind: str) -> str:
        return self.luck.choice(list(self.ids[kind]))

    def some(self, kind: str, most: int = 2) -> list[str]:
        return [self.one(kind) for _ in range(self.luck.randint(1, most))]

    def script(self, number: int) -> Step:
        steps = [self.step() for _ in range(self.luck.randint(1, 6))]
        table: Step = {"name": str(number), "steps": steps, "start": self.start()}
        table["expect"] = {"where": ["round > 0"]}
        if self.luck.random() < 0.5:
            table["else"] = self.luck.choice(["first", "greedy", "random", "random:3"])
        elif self.luck.random() < 0.7:
            table["allow"] = ["draws", "rolls", "injects"]
        return table

    def start(self) -> Step:
        rounds = self.deck.model.rounds.count
        choices: Step = {
            "phase": self.one("phase"),
            "round": self.luck.randint(1, rounds),
            "points": {self.one("team"): self.luck.randint(0, 9)},
            "played": {self.one("card"): self.luck.randint(0, 3)},
            "roll": [self.luck.randint(1, 6)],
        }
        drawing = [t for t, team in self.deck.model.teams.items() if team.hand != "all"]
        if drawing:
            choices["hand"] = {self.luck.choice(drawing): self.some("card")}
        if self.ids["track"]:
            track = self.one("track")
            model = self.deck.model.tracks[track]
            choices["tracks"] = {track: self.luck.randint(model.min, model.max)}
        return {k: v for k, v in choices.items() if self.luck.random() < 0.2}

    def step(self) -> Step:
        moves = [self.of_team, self.of_control, self.of_control, self.ruling, self.look]
        step = self.luck.choice(moves)()
        does = not {"view", "try", "then", "where"} & set(step)
        if does and self.luck.random() < 0.2:
            step["roll"] = [self.luck.randint(1, 20)]
        if does and self.luck.random() < 0.1:
            step["draws"] = {self.one("team"): self.some("card", 1)}
        return step

    def of_team(self) -> Step:
        team, card = self.one("team"), self.one("card")
        verbs: list[Step] = [
            {"play": card}, {"lay": card}, {"pass": True}, {"pass": True},
            {"try": card, "illegal": "cost"}, {"give": card}, {"take": card},
            {"force": card}, {"reveal": card}, {"play": card, "offered": [card]},
        ]  # fmt: skip
        if self.ids["option"]:
            verbs.append({"choose": self.one("option")})
        return {"team": team, **self.luck.choice(verbs)}

    def of_control(self) -> Step:
        to = self.luck.choice(["phase", "round", "end", self.one("phase")])
        verbs: list[Step] = [{"advance": to}, {"advance": "phase"}]
        if self.ids["inject"]:
            id_ = self.one("inject")
            verbs += [{verb: id_} for verb in ("inject", "hold", "skip", "release")]
            verbs.append({"forward": id_, "to": self.luck.randint(1, 9)})
        return self.luck.choice(verbs)

    def ruling(self) -> Step:
        card = self.one("card")
        verbs: list[Step] = [{"veto": card}, {"lift": card}]
        verbs.append({"set": {f"{self.one('team')}.points": self.luck.randint(0, 9)}})
        if self.ids["track"]:
            verbs.append({"add": {self.one("track"): self.luck.randint(-9, 9)}})
        if self.ids["flag"]:
            verbs.append({"set": {self.one("flag"): self.luck.random() < 0.5}})
        return self.luck.choice(verbs)

    def look(self) -> Step:
        seat = self.luck.choice([*self.ids["team"], "public", "control"])
        views: list[Step] = [
            {"view": seat, "hides": self.some("card"), "shows": self.some("team")},
            {"then": {"round": 1}}, {"where": ["round < 3"]},
        ]  # fmt: skip
        return self.luck.choice(views)


def made(folder: Path, number: int) -> TestFile:
    luck = random.Random(number)
    text = deck_text(luck)
    (folder / "deck.toml").write_text(text, "utf-8")
    maker = Maker(load_text({"deck.toml": text}), luck)
    tests: list[Any] = [maker.script(i) for i in range(8)]
    path = folder / "deck.test.toml"
    path.write_text(f'deck = "deck.toml"\ntest = {value(tests)}\n', "utf-8")
    return read(path)


def test_any_test_passes_or_says_why(tmp_path: Path) -> None:
    passed = failed = 0
    for number in range(DECKS):
        file = made(tmp_path, number)
        for case in file.cases:
            failure = told(file, case)
            passed += failure == ""
            failed += failure != ""
    assert passed > 5
    assert failed > 5


def told(file: TestFile, case: Case) -> str:
    """Why a test failed, the same each time; empty when it passed."""
    found = [run_case(file, case).failure for _ in range(2)]
    assert found[0] == found[1]
    failure = found[0]
    if failure is None:
        return ""
    assert "runner failed" not in failure.message, (file.text, case.name)
    assert failure.place.line > 0
    return failure.message
