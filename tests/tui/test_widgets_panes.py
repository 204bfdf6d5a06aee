"""Previews, questions, injects, reasons, header, cue: the same grammar everywhere."""

from dataclasses import replace

import pytest

from tabletop.session.view import (
    CONTROL,
    PUBLIC,
    Asking,
    Change,
    ChoiceView,
    EffectView,
    EndView,
    FlagView,
    MoveView,
    OutcomeView,
    Preview,
    QuestionView,
    Why,
)
from tabletop.tui.widgets import (
    AskPane,
    BigName,
    CueBand,
    Header,
    InjectsPane,
    KeysBar,
    PreviewPane,
    SituationPane,
    TeamsPane,
    TeamsStrip,
    WhyPane,
)
from tests.tui.bench import rows, screen, shown
from tests.tui.views import (
    ASK,
    HAND,
    INJECTS,
    WHY,
    answer_previews,
    change,
    ended,
    entry,
    friendly,
    preview,
)

KYIV = friendly("kyiv")
TABLE = friendly(CONTROL)


def words(text: str) -> str:
    """The text with every run of spaces made one."""
    return " ".join(text.split())


async def test_a_preview_has_the_grammar_of_all_previews() -> None:
    show = lambda pane: pane.show(preview(), KYIV)  # noqa: E731
    async with shown(PreviewPane(), show, (64, 20)) as pilot:
        found = [words(row) for row in rows(pilot.app)]
    assert "Front line 14 → 11 ▼3 low" in found
    assert "Kyiv's manpower 31 → 27 ▼4 strained ⇒ low" in found
    assert "sets Dug in" in found
    start = found.index("Sets off")
    assert found[start + 1] == "the_hill_wakes"
    assert found[start + 2] == "US military aid 38 → 43 ▲5 grudging"
    assert "Then opens Counter-stroke next month." in found


async def test_numbers_of_a_preview_stand_in_columns() -> None:
    show = lambda pane: pane.show(preview(), KYIV)  # noqa: E731
    async with shown(PreviewPane(), show, (64, 20)) as pilot:
        arrows = [row.index("→") for row in rows(pilot.app)[:8] if "→" in row]
    assert len(arrows) == 3
    assert len(set(arrows)) == 1


@pytest.mark.parametrize("cells", range(16, 60, 4))
async def test_neither_a_number_nor_a_band_that_is_entered_is_cut(cells: int) -> None:
    show = lambda pane: pane.show(preview(), KYIV)  # noqa: E731
    async with shown(PreviewPane(), show, (cells, 40)) as pilot:
        text = words(screen(pilot.app))
    for figures in ("14 → 11 ▼3", "31 → 27 ▼4", "2 → 0 ▼2", "38 → 43 ▲5", "⇒ low"):
        assert figures in text


async def test_a_short_name_stands_beside_its_figures() -> None:
    found = replace(preview(), changes=(change("aid", "Aid", 5, 7),), notes=())
    async with shown(PreviewPane(), lambda pane: pane.show(found, KYIV)) as pilot:
        assert "Aid 5 → 7 ▲2" in words(screen(pilot.app))


async def test_a_previewed_inject_says_what_to_read() -> None:
    show = lambda pane: pane.show(preview("congress"), TABLE)  # noqa: E731
    async with shown(PreviewPane(), show, (70, 24)) as pilot:
        text = words(screen(pilot.app))
    assert "read “Three senators break ranks" in text
    assert "cue Ask the White House who owns this." in text
    assert "expect The White House signals" in text


async def test_a_card_out_of_turn_still_says_what_it_does() -> None:
    card = HAND[2]
    waiting = Preview(replace(preview().move, item=card.id), card.title, ())
    view = replace(KYIV, moves=())
    show = lambda pane: pane.show(waiting, view)  # noqa: E731
    async with shown(PreviewPane(), show, (60, 20)) as pilot:
        text = words(screen(pilot.app))
    assert "Front line ▼ 3" in text
    assert "Nothing would change" not in text


ASKING = Asking(
    (
        QuestionView(
            ("kyiv", "europe"),
            "Do you sign?",
            (
                ChoiceView("Sign", ()),
                ChoiceView("Refuse", (EffectView("Terms", -1, "4"),)),
            ),
        ),
    ),
    (OutcomeView("all say 'Sign'", "Peace.", (EffectView("Front", -1, "9"),)),),
)


@pytest.mark.parametrize("moves", [KYIV.moves, ()])
async def test_a_card_that_only_asks_says_whom_and_what_follows(
    moves: tuple[MoveView, ...],
) -> None:
    found = Preview(preview().move, "The deal", (), asking=ASKING)
    view = replace(KYIV, moves=moves)
    show = lambda pane: pane.show(found, view)  # noqa: E731
    async with shown(PreviewPane(), show, (60, 24)) as pilot:
        text = words(screen(pilot.app))
    assert "asks ▲ Kyiv, ■ Europe Do you sign?" in text
    assert "“Sign” nothing by itself “Refuse” Terms ▼4" in text
    assert "If all say 'Sign': Peace. Front ▼9" in text
    assert "Nothing would change" not in text


async def test_a_card_that_can_be_answered_says_what_it_would_do() -> None:
    card = replace(HAND[2], notes=("can be answered",))
    cost = Change("points", "kyiv", "Points", 2, 1, team="kyiv")
    note = "Others may respond first."
    move = replace(preview().move, item=card.id)
    found = Preview(move, card.title, (cost,), notes=(note,))
    view = replace(KYIV, hand=(card,), moves=(MoveView(move, "Play"),))
    async with shown(PreviewPane(), lambda p: p.show(found, view), (60, 20)) as pilot:
        text = words(screen(pilot.app))
    assert note in text
    assert "Front line ▼ 3" in text


async def test_in_three_rows_a_preview_leaves_nothing_blank() -> None:
    found = replace(preview("refinery"), notes=("Dice decide the rest.",))
    four = [change(f"t{i}", f"Track {i}", 5, 7) for i in range(4)]
    plain = replace(preview(), changes=tuple(four), notes=())
    async with shown(PreviewPane(), lambda p: p.show(plain, KYIV), (78, 3)) as pilot:
        text = words(screen(pilot.app))
        assert all(f"Track {i} 5→7" in text for i in range(4))
        dice = replace(found, changes=found.changes[:1])
        pilot.app.query_one(PreviewPane).show(dice, KYIV)
        await pilot.pause()
        text = words(screen(pilot.app))
    assert "Front line 14→11 2-5 28 % Manpower ▼10" in text


async def test_a_question_says_what_all_answers_together_lead_to() -> None:
    whole = {key: replace(p, asking=ASKING) for key, p in answer_previews().items()}
    show = lambda pane: pane.show(ASK, whole, friendly("europe"))  # noqa: E731
    async with shown(AskPane(), show, (100, 30)) as pilot:
        text = words(screen(pilot.app))
    assert "Once all have answered: ▲ Kyiv, ■ Europe" in text
    assert text.count("If all say 'Sign': Peace. Front ▼9") == 1


async def test_points_are_never_cut_from_their_words() -> None:
    long = Change("points", "it", "IT and everything else: points", 3, 1, team="kyiv")
    found = replace(preview(), changes=(long,), notes=())
    async with shown(PreviewPane(), lambda pane: pane.show(found, KYIV)) as pilot:
        assert "Points" in screen(pilot.app)
        assert "…" not in screen(pilot.app)


async def test_a_move_without_effects_says_so() -> None:
    found = Preview(replace(preview().move, kind="pass", item=""), "Pass", ())
    view = replace(KYIV, moves=(replace(KYIV.moves[0], move=found.move),))
    async with shown(PreviewPane(), lambda pane: pane.show(found, view)) as pilot:
        assert "Nothing would change." in screen(pilot.app)


async def test_dice_are_previewed_row_by_row() -> None:
    show = lambda pane: pane.show(preview("refinery"), KYIV)  # noqa: E731
    async with shown(PreviewPane(), show, (64, 30)) as pilot:
        text = words(screen(pilot.app))
    assert "2-5 28 % It stalls. Manpower ▼10 6-9 56 % Villages" in text


async def test_answers_stand_side_by_side_with_what_they_would_do() -> None:
    show = lambda pane: pane.show(ASK, answer_previews(), friendly("europe"))  # noqa: E731
    async with shown(AskPane(), show, (150, 20)) as pilot:
        found = [words(row) for row in rows(pilot.app)]
    assert found[0] == "● White House asks you: “Your umbrella, our terms”"
    assert "▶1 Give way 2 Push back 3 Ask for a summit" in found
    assert any("European aid 55 → 35 ▼20 steady ⇒ patchy" in row for row in found)
    assert any("✗ needs Cohesion > 50, now 48" in row for row in found)


@pytest.mark.parametrize(
    ("asked", "cells", "head"),
    [
        ({"sender": "The [/]"}, 150, ["The [/] asks you: “Your umbrella, our terms”"]),
        ({"sender": "The mayor of the old town"}, 50,
         ["The mayor of the old town asks you:", "“Your umbrella, our terms”"]),
        ({"by": "europe"}, 150, ["Your own card asks: “Your umbrella, our terms”"]),
    ],
)  # fmt: skip
async def test_a_question_says_who_asks_in_the_story(
    asked: dict[str, str], cells: int, head: list[str]
) -> None:
    ask = replace(ASK, **asked)  # type: ignore[arg-type]
    show = lambda pane: pane.show(ask, answer_previews(), friendly("europe"))  # noqa: E731
    async with shown(AskPane(), show, (cells, 20)) as pilot:
        assert [words(row) for row in rows(pilot.app)][: len(head)] == head


async def test_a_question_begins_with_what_the_team_is_told_alone() -> None:
    ask = replace(ASK, told="For Europe alone: [/] lorries can be repainted.")
    show = lambda pane: pane.show(ask, answer_previews(), friendly("europe"))  # noqa: E731
    async with shown(AskPane(), show, (76, 20)) as pilot:
        found = [words(row) for row in rows(pilot.app)]
    assert found[1] == "“For Europe alone: [/] lorries can be repainted.”"
    assert found[2].startswith("Washington ties its guarantee")


@pytest.mark.parametrize("cells", [150, 80, 50])
async def test_answers_are_chosen_by_keys_of_every_kind(cells: int) -> None:
    chosen: list[str] = []

    class Listening(AskPane):
        def chosen(self, item: str) -> None:
            chosen.append(item)

    show = lambda pane: pane.show(ASK, answer_previews())  # noqa: E731
    async with shown(Listening(), show, (cells, 30)) as pilot:
        pane = pilot.app.query_one(Listening)
        pane.focus()
        assert pane.selected == "give_way"
        await pilot.press("2")
        assert pane.selected == "push_back"
        await pilot.press("right")
        assert pane.selected == "stall"
        await pilot.press("9", "up", "enter")
        assert chosen == ["push_back"]


@pytest.mark.parametrize(("cells", "where"), [(150, (60, 4)), (80, (60, 6))])
async def test_an_answer_is_clicked_where_it_stands(
    cells: int, where: tuple[int, int]
) -> None:
    show = lambda pane: pane.show(ASK, answer_previews())  # noqa: E731
    async with shown(AskPane(), show, (cells, 30)) as pilot:
        await pilot.click(AskPane, offset=where)
        assert pilot.app.query_one(AskPane).selected == "push_back"


async def test_a_secret_question_says_so() -> None:
    ask = replace(ASK, secret=True)
    async with shown(AskPane(), lambda p: p.show(ask, {})) as pilot:
        assert "answered in secret" in rows(pilot.app)[0]


async def test_injects_stand_in_their_rounds_with_state_and_audience() -> None:
    async with shown(InjectsPane(), lambda pane: pane.show(TABLE), (62, 30)) as pilot:
        found = [words(row) for row in rows(pilot.app)]
    now = next(i for i, row in enumerate(found) if row.startswith("Month 3 now"))
    assert found[now + 1] == "✓ start Central bank holds at 21 % ◆··· fired"
    assert found[now + 2] == "▌○ end Congress stirs ·●·· scheduled"
    assert any("‖ start Embassy staff return ◆●·· held" in row for row in found)
    bank = next(i for i, row in enumerate(found) if row.startswith("In the bank"))
    assert found[bank + 1].startswith("◇ when Recruits run short ··▲·")
    assert found[bank + 3] == "· hand Drone over a capital ···■ if stuck"


async def test_the_cursor_begins_on_the_inject_that_is_due_and_stays_on_it() -> None:
    pane = InjectsPane()
    async with shown(pane, lambda p: p.show(TABLE), (62, 30)) as pilot:
        assert pane.selected == "congress"
        later = replace(TABLE, round=4)
        pane.show(later)
        assert pane.selected == "congress"
        pane.focus()
        await pilot.press("down")
        assert pane.selected == "embassy"


async def test_injects_are_gone_through_as_they_are_drawn() -> None:
    """Those without a round come last, wherever the deck has them."""
    pane = InjectsPane()
    async with shown(pane, lambda p: p.show(TABLE)):
        ids = list(pane.ids())
    assert sorted(ids) == sorted(inject.id for inject in INJECTS)
    assert ids[-3:] == ["recruits", "tape", "drone"]


async def test_the_reasons_add_up_to_the_number() -> None:
    async with shown(WhyPane(), lambda pane: pane.show(WHY, TABLE), (56, 9)) as pilot:
        found = [words(row) for row in rows(pilot.app)]
    assert found[0] == "US military aid is 38 because start 60"
    assert found[1] == "−5 M1 ● Suspend deliveries move 14"
    assert found[2] == "−5 M2 § Oval Office, second act move 39"
    assert "60 −5 −5 −12 = 38" in found


async def test_a_number_that_nothing_has_changed_says_so() -> None:
    why = Why("congress", "Congress", 42, 42, ())
    async with shown(WhyPane(), lambda pane: pane.show(why)) as pilot:
        assert "Nothing has changed it." in screen(pilot.app)


async def test_a_team_reads_its_name_its_prompt_and_its_purse() -> None:
    async with shown(Header(), lambda header: header.show(KYIV), (120, 5)) as pilot:
        top, middle, low = rows(pilot.app)[:3]
    assert "█▄█" in low or "█ █" in top
    assert "Month ●●◉○○○○○ 3 of 8" in top
    assert "✓ Brief ── ✓ Plan ──  ▶ PLAY  ── ○ Hot wash" in top
    assert top.endswith("move 71")
    assert "▲" in middle
    assert "It is your turn. Play a card, or pass." in middle
    assert middle.endswith("saved ✓")
    assert "Points ●●○○ 2 of 4   Hand 5   Pile 9   Played 1" in low


async def test_what_is_not_saved_is_said_in_words() -> None:
    for size in ((120, 5), (80, 5)):
        show = lambda header: header.show(KYIV, saved=False)  # noqa: E731
        async with shown(Header(), show, size) as pilot:
            assert "✗ not saved" in screen(pilot.app)
            assert "saved ✓" not in screen(pilot.app)


@pytest.mark.parametrize("seat", ["kyiv", CONTROL])
async def test_a_narrow_header_has_everything_in_one_row(seat: str) -> None:
    async with shown(Header(), lambda h: h.show(friendly(seat)), (80, 5)) as pilot:
        assert pilot.app.query_one(Header).size.height == 1
        first = rows(pilot.app)[0]
    assert "3 of 8" in first
    assert "✓ Brief ✓ Plan ▶ PLAY ○ Hot wash" in words(first)
    assert ("▲ Kyiv" if seat == "kyiv" else "§ Control") in first
    assert first.endswith("71 ✓")


async def test_the_header_says_that_the_game_is_over() -> None:
    async with shown(Header(), lambda h: h.show(ended(KYIV)), (120, 5)) as pilot:
        assert "THE END  The stalled offensive" in screen(pilot.app)


async def test_the_display_and_a_long_game_have_a_header() -> None:
    view = replace(KYIV, seat=PUBLIC, rounds=60, round=33)
    for size in ((120, 5), (80, 5)):
        async with shown(Header(), lambda h: h.show(view), size) as pilot:
            assert "33 of 60" in screen(pilot.app)
            assert "◉" not in screen(pilot.app)


async def test_control_is_told_what_to_say() -> None:
    fired = entry(72, 30, CONTROL, "fire", "Control fires Congress stirs")
    fact = Change("inject", "congress", "Congress stirs")
    view = replace(TABLE, log=(*TABLE.log, replace(fired, changes=(fact,))))
    async with shown(CueBand(), lambda cue: cue.show(view), (120, 5)) as pilot:
        say, then, wait = (words(row) for row in rows(pilot.app)[:3])
    assert say.startswith("SAY NOW “Three senators break ranks this morning.")
    assert then == "then Ask the White House who owns this."
    assert wait.startswith("waiting ▲ Kyiv to play, 2 points · ■ Europe owes an")
    assert wait.endswith("next ○ Congress stirs end of Play")


async def test_without_anything_to_say_control_has_its_prompt_and_what_comes() -> None:
    async with shown(CueBand(), lambda cue: cue.show(TABLE), (120, 5)) as pilot:
        now, soon, _ = (words(row) for row in rows(pilot.app)[:3])
    assert now == "NOW Kyiv plays; Europe owes an answer."
    assert soon == "soon Congress stirs: Ask the White House who owns this."


@pytest.mark.parametrize(("cells", "rows_"), [(120, 0), (80, 2)])
async def test_a_team_has_its_cue_where_its_header_has_no_room(
    cells: int, rows_: int
) -> None:
    async with shown(CueBand(), lambda cue: cue.show(KYIV), (cells, 9)) as pilot:
        assert pilot.app.query_one(CueBand).size.height == rows_


async def test_teams_tell_status_in_signs_and_words() -> None:
    async with shown(TeamsPane(), lambda pane: pane.show(TABLE), (46, 24)) as pilot:
        found = [words(row) for row in rows(pilot.app)]
    assert found[:2] == ["◆ Kremlin ✓ passed ●○○○", "5 cards · person 1 of 4 points"]
    assert "▲ Kyiv ▶ to play ●●○○" in found
    assert "■ Europe ? owes an answer ●●●○" in found


async def test_the_strip_names_every_team_in_one_row() -> None:
    async with shown(TeamsStrip(), lambda strip: strip.show(TABLE), (80, 3)) as pilot:
        assert words(rows(pilot.app)[0]) == (
            "◆ Kremlin ✓ 1/4 ● White House ✓ 0/4 ▲ Kyiv ▶ 2/4 ■ Europe ? 3/4"
        )
        await pilot.resize_terminal(40, 3)
        await pilot.pause()
        assert words(rows(pilot.app)[0]) == "◆ ✓ 1/4 ● ✓ 0/4 ▲ ▶ 2/4 ■ ? 3/4"


async def test_the_situation_has_objectives_flags_and_the_last_moves() -> None:
    view = replace(KYIV, laid=("Dig in",), flags=(
        *KYIV.flags, FlagView("deal", "A deal is near", value=True, secret=True),
    ))  # fmt: skip
    async with shown(SituationPane(), lambda pane: pane.show(view), (50, 24)) as pilot:
        found = [words(row) for row in rows(pilot.app)]
    assert found[0] == "You want"
    assert "Guarantees come first ◇ open" in found
    assert "Arms keep coming 6 now" in found
    known = ["What stands", "✓ Talks are open", "secret ✓ A deal is near"]
    assert found[found.index("What stands") :][:3] == known
    assert found.index("What stands") < found.index("Just now")
    assert found[found.index("Not so") + 1] == "○ Europe pushes back"
    assert "Dig in" in found
    assert "● White House plays Your umbrella, our terms" in found
    assert "Ukraine supplied" not in " ".join(found)


KEYS = [("f", "fire"), ("h", "hold"), ("r", "ruling"), ("n", "note"), ("w", "why"),
        ("u", "undo"), ("→", "next phase"), ("^p", "palette"),
        ("?", "help")]  # fmt: skip


@pytest.mark.parametrize("cells", range(30, 130, 7))
async def test_the_row_of_keys_never_runs_off_the_edge(cells: int) -> None:
    async with shown(KeysBar(), lambda bar: bar.show(KEYS), (cells, 3)) as pilot:
        found = rows(pilot.app)[0]
    assert found.endswith("^p palette   ? help")
    kept = [f"{key} {verb}" for key, verb in KEYS[:-2] if f"{key} {verb}" in found]
    assert kept == [f"{key} {verb}" for key, verb in KEYS[: len(kept)]]
    assert "…" not in found


async def test_a_name_is_large_only_where_it_can_be() -> None:
    for name, size, large in (("Kyiv", (40, 4), True), ("Київ", (40, 4), False),
                              ("Kyiv", (12, 4), False)):  # fmt: skip
        async with shown(BigName(name), lambda widget: None, size) as pilot:
            assert ("█" in screen(pilot.app)) is large
            assert (name in screen(pilot.app)) is not large


async def test_an_ending_is_named_in_a_narrow_header() -> None:
    over = EndView("x", "A very long ending that has no room " * 3, "", ())
    view = replace(KYIV, over=over)
    async with shown(Header(), lambda h: h.show(view), (80, 5)) as pilot:
        assert "THE END" in rows(pilot.app)[0]
