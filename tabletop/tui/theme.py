"""The looks: dark, light and high contrast, and what other themes need to carry ours.

All colours of the program live here; styles and widgets name them as variables.
"""

from dataclasses import dataclass
from typing import Any

from textual.app import App
from textual.color import Color
from textual.theme import Theme

TEAM_COLORS = ("red", "blue", "yellow", "violet", "teal", "pink")
"""The colours a team may have, in the order in which decks get them."""


FILL = 0.35
"""How far the ground of a chart goes from its ink to the screen's ground."""


@dataclass(frozen=True, slots=True)
class Palette:
    """One look, as colours by what they are for."""

    background: str
    surface: str
    """Bands: header, keys, a playable card."""
    panel: str
    """The chosen card, the cue."""
    raised: str
    """The chosen row."""
    foreground: str
    muted: str
    """The second level of text."""
    dim: str
    """The third level; never the only carrier of a fact."""
    line: str
    """Borders and rules."""
    accent: str
    """Keys, focus, the current phase."""
    on_accent: str
    secondary: str
    """Branches, conditions, places."""
    good: str
    warn: str
    bad: str
    teams: tuple[str, ...]
    """One for each of `TEAM_COLORS`."""

    def variables(self) -> dict[str, str]:
        """The variables that Textual does not have already."""
        own = {
            "muted": self.muted,
            "dim": self.dim,
            "line": self.line,
            "raise": self.raised,
            "on-accent": self.on_accent,
            "good": self.good,
            "warn": self.warn,
            "bad": self.bad,
        }
        teams = zip(TEAM_COLORS, self.teams, strict=True)
        own |= {f"team-{name}": color for name, color in teams}
        return own | self.fills()

    def fills(self) -> dict[str, str]:
        """Grounds for charts: calmer than the inks, so that signs stand out on them."""
        teams = zip(TEAM_COLORS, self.teams, strict=True)
        inks = {**dict(teams), "track": self.secondary, "rest": self.line}
        ground = Color.parse(self.background)
        return {
            f"fill-{name}": Color.parse(ink).blend(ground, FILL).hex6
            for name, ink in inks.items()
        }


NIGHT_COLORS = Palette(
    background="#0e131a", surface="#141b24", panel="#1c2530", raised="#243040",
    foreground="#dde4ec", muted="#9aa8b8", dim="#748294", line="#364454",
    accent="#e8b64c", on_accent="#0e131a", secondary="#7fa6c9",
    good="#5cc98f", warn="#f0a04b", bad="#ff7b72",
    teams=("#e2826d", "#a9dbff", "#ffeb42", "#ac76fe", "#07fdc2", "#fc4dad"),
)  # fmt: skip
PAPER_COLORS = Palette(
    background="#f3efe5", surface="#fbf8f1", panel="#ebe5d6", raised="#e2d9c4",
    foreground="#1b2530", muted="#505c69", dim="#667181", line="#c4baa4",
    accent="#8a5a00", on_accent="#fbf8f1", secondary="#2f5d86",
    good="#1d6b41", warn="#8f4a00", bad="#ad2018",
    teams=("#9a1b14", "#0a4d8c", "#736600", "#6f14d8", "#03735f", "#c80157"),
)  # fmt: skip
CONTRAST_COLORS = Palette(
    background="#000000", surface="#000000", panel="#16161c", raised="#2a2a36",
    foreground="#ffffff", muted="#dcdce4", dim="#b8b8c4", line="#8c8c98",
    accent="#ffd23e", on_accent="#000000", secondary="#a8d4ff",
    good="#6cf0a4", warn="#ffb45e", bad="#ff9c94",
    teams=("#f48368", "#b1eaff", "#f8fd3b", "#c786fb", "#14feab", "#df95b7"),
)  # fmt: skip


def _theme(name: str, colors: Palette, *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=colors.accent,
        secondary=colors.secondary,
        warning=colors.warn,
        error=colors.bad,
        success=colors.good,
        accent=colors.accent,
        foreground=colors.foreground,
        background=colors.background,
        surface=colors.surface,
        panel=colors.panel,
        dark=dark,
        variables=colors.variables() | _textual_variables(colors),
    )


def _textual_variables(colors: Palette) -> dict[str, str]:
    """Variables of Textual's own widgets, as our palettes want them."""
    return {
        "block-cursor-background": colors.raised,
        "block-cursor-foreground": colors.foreground,
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": colors.panel,
        "block-cursor-blurred-foreground": colors.foreground,
        "border": colors.accent,
        "border-blurred": colors.line,
        "footer-key-foreground": colors.accent,
        "input-cursor-background": colors.accent,
        "input-cursor-foreground": colors.on_accent,
        "input-selection-background": f"{colors.secondary} 40%",
        "scrollbar": colors.line,
        "scrollbar-hover": colors.dim,
        "scrollbar-active": colors.accent,
        "scrollbar-background": colors.background,
        "scrollbar-background-hover": colors.background,
        "scrollbar-background-active": colors.background,
        "scrollbar-corner-color": colors.background,
    }


NIGHT = _theme("night", NIGHT_COLORS, dark=True)
PAPER = _theme("paper", PAPER_COLORS, dark=False)
CONTRAST = _theme("high-contrast", CONTRAST_COLORS, dark=True)

PALETTES = {
    NIGHT.name: NIGHT_COLORS,
    PAPER.name: PAPER_COLORS,
    CONTRAST.name: CONTRAST_COLORS,
}
"""The palette of each of our themes."""

THEMES = tuple(PALETTES)
"""Names of our themes, the usual one first."""

ANSI_VARIABLES = {
    "muted": "ansi_default", "dim": "ansi_bright_black", "line": "ansi_bright_black",
    "raise": "ansi_default", "on-accent": "ansi_black", "good": "ansi_green",
    "warn": "ansi_yellow", "bad": "ansi_red", "team-red": "ansi_red",
    "team-blue": "ansi_blue", "team-yellow": "ansi_yellow",
    "team-violet": "ansi_magenta", "team-teal": "ansi_cyan",
    "team-pink": "ansi_bright_magenta", "fill-red": "ansi_red",
    "fill-blue": "ansi_blue", "fill-yellow": "ansi_yellow",
    "fill-violet": "ansi_magenta", "fill-teal": "ansi_cyan",
    "fill-pink": "ansi_bright_magenta", "fill-track": "ansi_blue",
    "fill-rest": "ansi_bright_black",
}  # fmt: skip
"""For themes that leave the sixteen colours to the terminal."""

MUTED, DIM, LINE = 0.2, 0.4, 0.72
"""How far text of each level goes from the foreground to the background."""


def register(app: App[Any]) -> None:
    """Make our themes known to an app."""
    for theme in (NIGHT, PAPER, CONTRAST):
        app.register_theme(theme)


def variable_defaults(theme: Theme) -> dict[str, str]:
    """Our variables for any theme: made from its own colours where it has no ours."""
    if theme.name in PALETTES:
        return PALETTES[theme.name].variables()
    if theme.ansi:
        return ANSI_VARIABLES
    return _borrowed(theme)


def _borrowed(theme: Theme) -> dict[str, str]:
    """Inks between a foreign theme's own colours; team colours for its brightness."""
    made = theme.to_color_system().generate()
    ink, ground = Color.parse(made["foreground"]), Color.parse(made["background"])
    base = NIGHT_COLORS if theme.dark else PAPER_COLORS
    accent = Color.parse(made["accent"])
    return base.variables() | {
        "muted": ink.blend(ground, MUTED).hex6,
        "dim": ink.blend(ground, DIM).hex6,
        "line": ink.blend(ground, LINE).hex6,
        "raise": ground.blend(ink, 0.12).hex6,
        "on-accent": accent.get_contrast_text(alpha=1.0).hex6,
    }


def team_style(color: str) -> str:
    """The ink of a team; the plain one when the colour is unknown."""
    return f"$team-{color}" if color in TEAM_COLORS else "$foreground"


def fill_style(color: str) -> str:
    """The ground of a team in a chart; that of a track when the colour is unknown."""
    return f"$fill-{color}" if color in TEAM_COLORS else "$fill-track"
