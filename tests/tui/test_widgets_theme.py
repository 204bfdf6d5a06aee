"""The palettes hold what they promise: contrast, and teams that can be told apart."""

from itertools import combinations
from math import dist

import pytest
from textual.app import App
from textual.color import Color
from textual.style import Style
from textual.theme import BUILTIN_THEMES

from tabletop.tui.theme import (
    CONTRAST,
    NIGHT,
    NIGHT_COLORS,
    PALETTES,
    TEAM_COLORS,
    THEMES,
    register,
    team_style,
    variable_defaults,
)

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

SIGHTS: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
               (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
               (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
"""Machado, Oliveira and Fernandes 2009, at full severity, on linear RGB."""

TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE: Vector = (0.95047, 1.0, 1.08883)


def linear(color: str) -> Vector:
    r, g, b = (channel / 255 for channel in Color.parse(color).rgb)
    return (_lin(r), _lin(g), _lin(b))


def _lin(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def times(matrix: Matrix, vector: Vector) -> Vector:
    x, y, z = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return (x, y, z)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    light, dark = sorted(times(TO_XYZ, linear(c))[1] for c in (one, other))[::-1]
    return (light + 0.05) / (dark + 0.05)


def lab(color: str, sight: str) -> Vector:
    seen = times(SIGHTS[sight], linear(color))
    clipped = (_clip(seen[0]), _clip(seen[1]), _clip(seen[2]))
    x, y, z = (_cube(v / w) for v, w in zip(times(TO_XYZ, clipped), WHITE, strict=True))
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def _clip(channel: float) -> float:
    return min(1.0, max(0.0, channel))


def _cube(ratio: float) -> float:
    return (
        float(ratio ** (1 / 3))
        if ratio > 216 / 24389
        else (24389 / 27 * ratio + 16) / 116
    )


def closest(colors: tuple[str, ...], sights: tuple[str, ...] = tuple(SIGHTS)) -> float:
    """The smallest distance (CIE76) between two of them, for any of these sights."""
    return min(
        dist(lab(one, sight), lab(other, sight))
        for one, other in combinations(colors, 2)
        for sight in sights
    )


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read_on_every_ground(name: str) -> None:
    colors = PALETTES[name]
    texts = (
        colors.foreground, colors.muted, colors.accent, colors.secondary, colors.good,
        colors.warn, colors.bad, *colors.teams,
    )  # fmt: skip
    for ground in (colors.background, colors.surface, colors.panel):
        for text in texts:
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(colors.foreground, colors.raised) >= 7
    assert contrast(colors.on_accent, colors.accent) >= 4.5
    assert contrast(colors.dim, colors.background) >= 4.2
    assert contrast(colors.line, colors.background) >= 1.6


def test_high_contrast_is_high() -> None:
    colors = PALETTES[CONTRAST.name]
    for ground in (colors.background, colors.surface, colors.panel):
        for text in (colors.foreground, colors.muted, colors.dim, *colors.teams,
                     colors.good, colors.warn, colors.bad, colors.accent):  # fmt: skip
            assert contrast(text, ground) >= 7, (text, ground)
    assert contrast(colors.line, colors.background) >= 4.5


@pytest.mark.parametrize(
    ("name", "four", "six"), [("night", 38, 23), ("high-contrast", 36, 21)]
)
def test_teams_can_be_told_apart_by_every_sight(
    name: str, four: float, six: float
) -> None:
    teams = PALETTES[name].teams
    assert closest(teams[:4]) >= four
    assert closest(teams) >= six


def test_on_paper_teams_can_be_told_apart_by_most_sights() -> None:
    """Red and yellow come close under deutan sight: there the sign tells them."""
    teams = PALETTES["paper"].teams
    assert closest(teams[:4], ("normal",)) >= 40
    assert closest(teams) >= 8.5


def test_every_theme_has_every_variable_of_ours() -> None:
    for theme in (*BUILTIN_THEMES.values(), NIGHT):
        found = variable_defaults(theme)
        assert found.keys() == NIGHT_COLORS.variables().keys(), theme.name
        for value in found.values():
            Color.parse(value)


def test_borrowed_inks_can_be_read() -> None:
    """On a theme of someone else's, second-level text is still text."""
    for theme in BUILTIN_THEMES.values():
        if theme.ansi:
            continue
        ground = theme.to_color_system().generate()["background"]
        assert contrast(variable_defaults(theme)["muted"], ground) >= 3, theme.name


def test_a_team_with_an_unknown_colour_is_drawn_plain() -> None:
    assert team_style("red") == "$team-red"
    assert team_style("[/red]") == "$foreground"


class Bare(App[None]):
    def __init__(self) -> None:
        super().__init__()
        register(self)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)


@pytest.mark.parametrize("name", [*THEMES, "textual-light", "ansi-dark", "nord"])
async def test_styles_can_name_our_colours_in_every_theme(name: str) -> None:
    app = Bare()
    async with app.run_test():
        app.theme = name
        for color in TEAM_COLORS:
            assert Style.parse(
                f"bold {team_style(color)} on $raise", app.theme_variables
            )
