"""What the style of reports needs more for a study: commands, and a dark screen."""

from tabletop.report.study.drawing import BLUE, PALE, RUST
from tabletop.report.svg import HAIR, INK, SOFT

DARK = {
    INK: "#dde4ec", SOFT: "#9aa8b8", HAIR: "#364454", BLUE: "#6db3f2",
    RUST: "#f0a04b", PALE: "#5f6f80", "#fff": "#141b24", "#edf0f2": "#1c2530",
}  # fmt: skip
"""The inks of charts, and what they become on a dark screen."""


def style() -> str:
    """The style sheet's addition."""
    turned = "".join(
        f'  svg [{what}="{light}"] {{ {what}: {dark}; }}\n'
        for light, dark in DARK.items()
        for what in ("fill", "stroke")
    )
    dark = "@media screen and (prefers-color-scheme: dark)"
    return f"{FIXED}{dark} {{\n{NIGHT}{turned}}}\n"


FIXED = """
.code { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.86em;
  overflow-wrap: anywhere; user-select: all; }
figure + table, figure + p { margin-top: 1rem; }
li .code { display: inline-block; margin-top: 0.1rem; }
table.tight td:first-child { min-width: 11rem; }
table.tight th { white-space: nowrap; }
:root { color-scheme: light dark; }
"""
NIGHT = """  html { color: #dde4ec; background: #0e131a; }
  main { background: #141b24; }
  header { border-color: #dde4ec; }
  header .reader { border-color: #9aa8b8; }
  header .kind, dt, .muted, .caption, .figures span, h2 .number,
    table.facts td:first-child { color: #9aa8b8; }
  h2 { border-color: #364454; }
  h4 { color: #c3ccd6; }
  th { border-color: #9aa8b8; }
  td { border-color: #2a3644; }
  .good { color: #5cc98f; }
  .warn { color: #f0a04b; }
  .bad { color: #ff7b72; }
"""
