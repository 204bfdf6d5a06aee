"""Code grey: what it stands on, what its envelopes ask for, and how games of it end."""

import re

import pytest

from tabletop.cli.main import main
from tabletop.deck.facts import citations
from tests.decks.shipped import HOSPITAL, deck, sourced

MODEL = deck(HOSPITAL).model
IN_PLAY = {"cards", "injects", "tracks", "rules", "teams", "endings"}
CLAIMS = ["F32", "F33"]
NARROW_ROW = 73
"""Cells for a question in the cue of a window of 80."""
SLACK = 0.05
"""What so few games may be off a share that the deck's README promises."""


@pytest.mark.parametrize("fact", MODEL.facts)
def test_every_fact_is_in_play(fact: str) -> None:
    kinds = {each.kind for each in citations(MODEL)[fact]}
    assert kinds & IN_PLAY, f"no card, inject, track, rule, team or ending names {fact}"


def test_every_fact_says_where_to_read_on() -> None:
    assert [id_ for id_, fact in MODEL.facts.items() if not fact.by] == []


def test_every_part_names_its_facts() -> None:
    assert [name for name, part in sourced(MODEL) if not part.source] == []


def test_what_attackers_say_is_a_claim_and_nothing_else_is() -> None:
    claims = {id_: fact.by for id_, fact in MODEL.facts.items() if fact.claim}
    assert claims == dict.fromkeys(CLAIMS, "the attackers")


@pytest.mark.parametrize("team", MODEL.teams)
def test_a_team_alone_reads_its_envelope(team: str) -> None:
    envelope = MODEL.injects[f"envelope_{team}"]
    assert envelope.roll
    rows = [row.effects for row in envelope.roll.table]
    wanted = [effect.removesuffix(" = true") for [effect] in rows]
    assert len(set(wanted)) == 3
    assert envelope.audience == [team]
    assert all(MODEL.flags[flag].visible_to == [team] for flag in wanted)
    scores = MODEL.teams[team].objectives[-1].score
    assert all(flag in scores for flag in wanted)


def test_each_day_has_two_questions_that_fit_beside_the_cue() -> None:
    asked = dict(MODEL.exercise.hot_washes())
    assert list(asked) == list(range(1, MODEL.rounds.count + 1))
    for questions in asked.values():
        assert len(questions) == 2
        assert max(map(len, questions)) <= NARROW_ROW


def test_each_agenda_takes_the_time_that_it_says() -> None:
    said = [225, 120]
    for minutes, (_, items) in zip(said, MODEL.exercise.agendas(), strict=True):
        assert sum(int(re.split(r" +min", item)[0]) for item in items) == minutes


@pytest.mark.parametrize(("policy", "games"), [("random", 400), ("greedy", 100)])
def test_games_end_in_every_way_and_each_team_can_call_some_a_success(
    policy: str, games: int
) -> None:
    shares = [f"ending.{id_} > {0.35 + SLACK}" for id_ in MODEL.endings]
    shares += [f"success.{team} < {0.25 - SLACK}" for team in MODEL.teams]
    shares += [f"success.{team} > {0.60 + SLACK}" for team in MODEL.teams]
    shares += [f"few_options.{team} > 0.05" for team in MODEL.teams]
    shares += ["real_decisions < 40", "real_decisions > 70"]
    words = [word for share in shares for word in ("--fail-if", share)]
    words += ["--policy", policy, "--games", str(games), "--measure", "none"]
    assert main(["study", str(HOSPITAL), *words, "--show", "endings"]) == 0
