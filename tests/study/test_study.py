"""A study says of a deck what is so: by hand, by other ways to count, by playing."""

from collections import Counter
from dataclasses import replace
from math import comb

import pytest

from tabletop.bots.bulk import play_one
from tabletop.deck.loader import load_text
from tabletop.engine.gear import has_fast
from tabletop.errors import UsageError
from tabletop.session.view import CONTROL
from tabletop.study.crew import local_crew
from tabletop.study.named import values
from tabletop.study.result import StudyResult
from tabletop.study.study import StudyPlan, names_of, study
from tests.study.studied import (
    CARDS,
    Stopping,
    made,
    near,
    silent,
    studied,
    tutorial,
    wager,
)

GAMES = 2_500


@pytest.fixture(scope="module")
def of_wager() -> StudyResult:
    return studied(wager(), GAMES)


# --- what can be worked out by hand: each first choice comes in a third of the games


def test_endings_and_scores(of_wager: StudyResult) -> None:
    """Good comes when the dare is taken (1/3) and won (2/3)."""
    over, good = of_wager.endings
    assert near(good.share, 2 / 9)
    assert near(over.share, 7 / 9)
    assert (over.by_last_round, good.by_last_round) == (over.share.count, 0)
    kinds = {each.kind: each.share.count for each in of_wager.terminations}
    assert kinds == {
        "ending": good.share.count, "last round": over.share.count, "machine": 0,
    }  # fmt: skip
    (ada,) = of_wager.teams
    assert abs(ada.score.mean - 11 / 9) < 4 * (356 / 81 / GAMES) ** 0.5
    assert abs(ada.score.deviation - (356 / 81) ** 0.5) < 0.05
    assert (ada.score.least, ada.score.greatest) == (-3, 4)
    assert ada.best.share == ada.best_alone.share == 1.0
    assert ada.success == good.share


def test_choices(of_wager: StudyResult) -> None:
    """Safe is worth 2, the dare 5/3, to pass nothing."""
    safe, dare = of_wager.choices
    for card, gain in ((safe, 2 - 5 / 6), (dare, 5 / 3 - 1)):
        assert near(card.taken, 1 / 3)
        assert card.offered == GAMES
        assert near(card.gain, gain)
    assert near(safe.better, chance_of_less_than_two())


def test_cards_that_others_crowd_out_wait(of_wager: StudyResult) -> None:
    """Both cards lie in the hand at the close, but for the one that was played. A team
    that always holds all cards does not wait for any."""
    assert {choice.waits for choice in of_wager.choices} == {None}
    [text] = wager().files.values()
    of = load_text({"wager.toml": text.replace("points = 1", "points = 1\nhand = 2")})
    for choice in studied(of, 200, "choices").choices:
        assert choice.waits == (200 - choice.taken.count) / choice.taken.count


def chance_of_less_than_two() -> float:
    """16 dares that lose 3 with 1/3 and win 4 with 2/3 come to 32 or less: that needs
    5 losses of 16 or more."""
    return sum(comb(16, k) * float(2 ** (16 - k)) for k in range(5, 17)) / 3**16


def test_decisions_and_pace(of_wager: StudyResult) -> None:
    """One decision when Ada passes at once, else two, the second without a choice."""
    (ada,) = of_wager.teams
    assert abs(ada.decisions - 5 / 3) < 0.05
    assert near(ada.forced, 2 / 5)
    assert ada.few == ada.forced
    assert abs(ada.options - (3 + 2 / 3) / (5 / 3)) < 0.05
    pace = of_wager.pace
    assert (pace.real.least, pace.real.greatest, pace.real.games) == (1, 1, GAMES)
    assert (ada.few_options.count, ada.few_options.of) == (0, GAMES)
    assert pace.decisions.mean == ada.decisions == pace.by_round[0][1]
    assert pace.planned == 5
    assert pace.per_decision == 4 / ada.decisions
    assert abs(pace.minutes.mean - 5) < 0.4  # whole minutes


def test_what_luck_and_choice_explain(of_wager: StudyResult) -> None:
    """Of a variance of 356/81 the choice alone explains 62/81, the die 98/81."""
    (ada,) = of_wager.causes
    assert near(ada.choice, 62 / 356)
    assert near(ada.luck, 98 / 356)
    assert ada.together == 1 - ada.choice.value - ada.luck.value


def test_tracks_and_things_reached(of_wager: StudyResult) -> None:
    (x,) = of_wager.tracks
    start, end = x.rounds
    assert (start.least, start.greatest, start.games) == (50, 50, GAMES)
    assert (end.least, end.greatest, end.median) == (47, 54, 52)
    assert x.at_low.count == x.at_high.count == 0
    assert x.at_low.of == GAMES
    shares = {each.name: each.share for each in of_wager.reached}
    assert near(shares["dare.row1"], 1 / 9)
    assert near(shares["safe"], 1 / 3)
    assert all(each.example >= 0 for each in of_wager.reached)
    (term,) = of_wager.terms
    assert term.held == of_wager.endings[1].share.count
    assert term.held + term.failed == GAMES


# --- the same by other ways


def test_a_study_counts_what_its_games_come_to_when_each_is_played_alone() -> None:
    plan = tutorial(50, parts=frozenset())
    with local_crew() as crew:
        result = study(plan, crew)
    endings: Counter[str] = Counter()
    scores: dict[str, Counter[int]] = {
        team: Counter() for team in plan.deck.model.teams
    }
    rounds: Counter[int] = Counter()
    for game in range(plan.games):
        view = play_one(plan.deck, 0, game, {}).view(CONTROL)
        assert view.over is not None
        endings[view.over.ending] += 1
        rounds[view.round] += 1
        for id_, score in view.over.scores:
            scores[id_][score] += 1
    assert {e.id: e.share.count for e in result.endings if e.share.count} == endings
    assert dict(result.by_rounds) == rounds
    for team in result.teams:
        counts = scores[team.id]
        assert team.score.mean == sum(s * n for s, n in counts.items()) / plan.games
        assert (team.score.least, team.score.greatest) == (min(counts), max(counts))


def test_examples_are_games_in_which_it_happens() -> None:
    plan = tutorial(60, parts=frozenset())
    with local_crew() as crew:
        result = study(plan, crew)
    for ending in result.endings:
        if ending.share.count:
            over = play_one(plan.deck, 0, ending.example, {}).view(CONTROL).over
            assert over is not None
            assert over.ending == ending.id
    cards = [each for each in result.reached if each.kind == "card"]
    assert len(cards) == len(plan.deck.model.cards)
    for card in cards:
        played = set()
        for entry in play_one(plan.deck, 0, card.example, {}).view(CONTROL).log:
            played |= {c.subject for c in entry.changes if c.kind == "play"}
        assert card.name in played


# --- the same whoever does it


@pytest.mark.parametrize("policy", ["random", "least-used"])
def test_gears_and_workers_make_no_difference(policy: str) -> None:
    """Byte for byte. Low gear's workers are processes, high gear's are threads."""
    plan = tutorial(70, policies={"town": policy, "board": "first"})
    plan = replace(plan, parts=frozenset({"causes", "order"}))
    crews = [("low", 1), ("low", 2)] if policy == "random" else [("low", 1)]
    if has_fast():
        crews += [("high", 1), ("high", 3)]
    found = set()
    for name, workers in crews:
        with local_crew(workers, name) as crew:  # type: ignore[arg-type]
            found.add(repr(study(plan, crew)))
    assert len(found) == 1


@pytest.mark.skipif(not has_fast(), reason="high gear is not installed")
def test_gears_and_workers_make_no_difference_to_choices() -> None:
    plan = tutorial(3, parts=frozenset({"choices"}))
    found = []
    for name, workers in (("low", 1), ("high", 3)):
        with local_crew(workers, name) as crew:  # type: ignore[arg-type]
            found.append(study(plan, crew))
    assert found[0] == found[1]


# --- stopped early


@pytest.mark.parametrize("done", [0, 64, 128])
def test_a_stopped_study_holds_the_first_games(done: int) -> None:
    plan = replace(tutorial(1_000), seed=4)
    with local_crew() as crew:
        result = study(plan, crew, Stopping("games", done))
    games = result.method.games
    assert result.stopped_early
    assert done <= games < plan.games
    whole = studied(plan.deck, games, "causes", seed=4) if games else None
    assert whole is None or whole.endings == result.endings
    assert whole is None or whole.tracks == result.tracks
    assert result.method.asked == 1_000
    assert not result.causes
    assert all(choice.gain is None for choice in result.choices)


def test_a_study_of_which_a_later_part_is_stopped_keeps_all_before() -> None:
    stopping = Stopping("choices", 16)
    plan = tutorial(80)
    with local_crew() as crew:
        result = study(plan, crew, stopping)
    assert result.stopped_early
    assert result.method.games == 80
    assert result.causes
    assert any(choice.gain is not None for choice in result.choices)
    assert stopping.told[-1].part == "choices"
    assert [p.part for p in stopping.told] == sorted(
        (p.part for p in stopping.told), key=["games", "replays", "choices"].index
    )
    assert all(0 <= p.done <= p.of for p in stopping.told)


def test_a_study_that_is_stopped_when_all_is_done_is_whole() -> None:
    plan = tutorial(64, parts=frozenset())
    with local_crew() as crew:
        result = study(plan, crew, Stopping("replays", 64))
    assert not result.stopped_early


# --- what an author is told


def remarks(result: StudyResult, kind: str) -> list[str]:
    return [each.text for each in result.remarks if each.kind == kind]


CARD = """
[cards.{0}]
team = "ada"
title = "{0}"
effects = ["x += 1"]
{1}
"""
SIXES = """
[cards.{0}.roll]
dice = "6d6"
table = [{{ to = 6, text = "All ones", effects = ["x += 2"] }}, {{ text = "Other" }}]
"""
"""All ones come in one of 46,656 throws."""


def test_what_was_never_reached_is_told_apart_from_what_never_can_be() -> None:
    deck = made(
        CARD.format("plain", ""),
        CARD.format("proved", 'requires = "x > 200"'),
        CARD.format("later", 'requires = "played.proved > 0"'),
        CARD.format("rare", SIXES.format("rare")),
        '[injects.called]\ntitle = "By control"\neffects = ["x += 1"]',
    )
    result = studied(deck, 100, "order")
    assert {each.name: each.proof for each in result.reached} == {
        "plain": "", "proved": "W401", "later": "W406", "rare": "", "rare.row1": "",
        "rare.row2": "", "called": "by hand", "over": "", "good": "",
    }  # fmt: skip
    (cards,) = remarks(result, "unreachable")
    assert "proved (W401), later (W406)" in cards
    never = " ".join(remarks(result, "never-reached"))
    assert "rare.row1" in never
    assert "called" not in never


def test_a_part_of_a_condition_that_never_holds_proves_nothing() -> None:
    """The other part may hold, by luck that hardly any game has."""
    deck = made(
        CARD.format("either", 'requires = "x > 200 or x == 53"'),
        CARD.format("rare", SIXES.format("rare")),
        rounds=2,
    )
    proofs = {each.name: each.proof for each in studied(deck, 20, "order").reached}
    assert proofs["either"] == proofs["rare.row1"] == ""


def test_order_matters_where_the_first_takes_all() -> None:
    """Whoever acts first takes the one point: in reverse order that is the other."""
    bob = '[teams.bob]\nname = "Bob"\npoints = 1\n'
    score = '[[teams.{0}.objectives]]\ntext = "{0}"\nscore = "y if {1} else 0"\n'
    card = (
        '[cards.take_{0}]\nteam = "{0}"\ntitle = "Take"\nlimit = 1\n'
        'requires = "not ada_has and not bob_has"\neffects = ["{0}_has = true"]\n'
    )
    flags = '[flags.ada_has]\nlabel = "A"\n[flags.bob_has]\nlabel = "B"\n'
    track = '[tracks.y]\nlabel = "Y"\nstart = 10\n'
    deck = made(
        bob + score.format("bob", "bob_has"), score.format("ada", "ada_has"), flags,
        track, card.format("ada"), card.format("bob"),
    )  # fmt: skip
    result = studied(deck, 1_000, "order", policies={"ada": "first", "bob": "first"})
    ada, bob_ = result.teams
    assert ada.order is not None
    assert bob_.order is not None
    assert (ada.order.value, bob_.order.value) == (-10, 10)
    assert len(remarks(result, "order")) == 2


def test_a_team_whose_turns_offer_one_card_is_named() -> None:
    poor = studied(made(CARD.format("only", "")), 50, "order")
    assert poor.teams[0].few_options.share == 1.0
    (text,) = remarks(poor, "few-options")
    assert "Ada begins 100 % of its turns" in text
    assert "92.9 to 100.0 %" in text
    assert not remarks(studied(wager(), 50, "order"), "few-options")


def test_luck_is_remarked_on_only_where_bots_could_decide_otherwise() -> None:
    fate = (
        '[injects.fate]\ntitle = "Fate"\nat = { round = 1 }\n'
        'roll = { dice = "1d6", table = [{ to = 3, text = "bad", effects = ["x -= 9"]'
        ' }, { text = "good", effects = ["x += 9"] }] }\n'
    )
    deck = made(CARD.format("mite", ""), fate)
    assert remarks(studied(deck, 200, "choices", "causes"), "luck")
    who = {"ada": "greedy"}
    steady = studied(deck, 200, "choices", "causes", policies=who)
    assert not remarks(steady, "luck")


def test_cards_that_are_always_or_never_worth_it_are_named_with_their_interval() -> (
    None
):
    loss = CARD.format("loss", "").replace("x += 1", "x -= 1")
    result = studied(made(CARD.format("gift", ""), loss), 100, "choices")
    gains = {each.name: each.gain for each in result.choices}
    told = remarks(result, "dominated")
    for text, (name, verdict) in zip(
        told, (("gift", "always"), ("loss", "never")), strict=True
    ):
        gain = gains[name]
        assert gain is not None
        assert f"Card {name} '{name}' is {verdict} worth taking" in text
        assert f"interval {gain.low:+.1f} to {gain.high:+.1f})" in text


def test_a_success_that_nobody_states_is_not_counted() -> None:
    """And what another deck does not state is not compared."""
    result = studied(silent(), 30, "against", against=wager())
    assert result.teams[0].success is None
    assert "success.ada" not in values(result)
    assert not [each for each in result.against if each.what == "success.ada"]


def test_every_finding_has_a_command_that_plays_it() -> None:
    plan = replace(tutorial(300), seed=7, policies={"town": "greedy"})
    with local_crew() as crew:
        result = study(replace(plan, parts=frozenset({"causes"})), crew)
    for each in result.remarks:
        if each.command and each.kind not in ("never-reached", "unreachable"):
            head = "tabletop run decks/tutorial.toml --seed 7 --policy town=greedy"
            assert each.command.startswith(f"{head} --only ")
    assert result.method.command == (
        "tabletop study decks/tutorial.toml --seed 7 --policy town=greedy --games 300"
    )


# --- what makes no sense is said before any game


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"policies": {"town": "grady"}}, "grady"),
        ({"policies": {"twon": "first"}}, "twon"),
        ({"parts": frozenset({"luck"})}, "luck"),
        ({"games": 0}, "no games"),
        ({"vary": ("tracks.watr",)}, "tracks.watr"),
    ],
)
def test_bad_plans(more: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        tutorial(**({"games": 10} | more))  # type: ignore[arg-type]


def test_names_that_conditions_may_use_are_known_before() -> None:
    plan = StudyPlan(wager(), 50, against=made(CARDS))
    with local_crew() as crew:
        result = study(plan, crew)
    assert values(result).keys() == names_of(plan).keys()
