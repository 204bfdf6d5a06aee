"""The style of a report: calm on a screen, and made for A4 or letter paper.

It names no font that must be there, and loads nothing from anywhere.
"""

from tabletop.report.style import COLORS


def look(reader: str) -> str:
    """The style sheet; `reader` stands at the foot of every printed page."""
    teams = "".join(
        f".sign.{name} {{ --team: {hue}; }}\n" for name, hue in COLORS.items()
    )
    foot = (
        "@page { size: A4; margin: 16mm 16mm 18mm;\n"
        f'  @bottom-left {{ content: "{quoted(reader)}"; }}\n'
        '  @bottom-right { content: counter(page) " / " counter(pages); } }\n'
        "@page { @bottom-left { font: 8pt sans-serif; color: #5a6672; }\n"
        "  @bottom-right { font: 8pt sans-serif; color: #5a6672; } }\n"
    )
    return f"{foot}{teams}{FIXED}"


def quoted(words: str) -> str:
    r"""Words inside a string of CSS, where nothing of them is CSS or HTML.

    >>> quoted('a"</style>')
    'a\\22 \\3c \\2f style\\3e '
    """
    return "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in words)


FIXED = """
* { box-sizing: border-box; }
html { font: 15px/1.5 "Helvetica Neue", Helvetica, Arial, "Liberation Sans",
  "DejaVu Sans", sans-serif; color: #1b2530; background: #f2f3f1; }
body { margin: 0; overflow-wrap: break-word; -webkit-print-color-adjust: exact;
  print-color-adjust: exact; }
main { max-width: 62rem; margin: 0 auto; background: #fff;
  padding: 3.2rem 4rem 5rem; }
header { border-bottom: 3px solid #1b2530; padding-bottom: 1.6rem;
  margin-bottom: 1rem; }
header .kind { text-transform: uppercase; letter-spacing: 0.09em; font-size: 0.8rem;
  color: #5a6672; margin: 0; }
h1 { font-size: 2.3rem; line-height: 1.15; margin: 0.2rem 0 0.5rem; font-weight: 700;
  letter-spacing: -0.01em; }
header .reader { display: inline-block; border: 1.5px solid #1b2530;
  padding: 0.1rem 0.7rem;  border-radius: 3px; font-size: 0.85rem; margin: 0 0 1.4rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1.6rem;
  margin: 0; }
dt { color: #5a6672; }
dd { margin: 0; }
h2 { font-size: 1.45rem; line-height: 1.2; margin: 3rem 0 0.9rem; padding-top: 0.6rem;
  border-top: 1px solid #c9d0d6; break-after: avoid; }
header + section h2 { border-top: 0; margin-top: 1rem; }
h2 .number { color: #8a949d; font-weight: 400; margin-right: 0.4rem; }
h3 { font-size: 1.08rem; margin: 1.8rem 0 0.5rem; break-after: avoid; }
h4 { font-size: 0.98rem; margin: 1.2rem 0 0.4rem; color: #3b4650; break-after: avoid; }
p { margin: 0 0 0.7rem; max-width: 46rem; }
ul { margin: 0 0 0.8rem; padding-left: 1.2rem; }
li { margin-bottom: 0.3rem; }
.prose { border-left: 3px solid #c9d0d6; padding: 0.1rem 0 0.1rem 1.1rem;
  margin: 0 0 1.2rem;  max-width: 46rem; }
.prose p:last-child { margin-bottom: 0; }
p.strong { font-size: 1.15rem; font-weight: 700; }
.muted, .caption { color: #5a6672; }
p.muted, p.caption, td .muted { font-size: 0.92em; }
i { font-style: italic; }
b, i, span, bdi, dd, td, li, p, h1, h2, h3, h4 { unicode-bidi: isolate; }
.good { color: #1f6b3a; }
.warn { color: #805900; }
.bad { color: #9a1b14; }
.sign { display: inline-block; color: var(--team, #1b2530);
  border: 1px solid currentColor; border-radius: 3px;
  padding: 0 0.3em; font-size: 0.82em; line-height: 1.35;
  white-space: nowrap; font-weight: 600; }
.figures { display: flex; flex-wrap: wrap; gap: 0.8rem 2.6rem;
  margin: 1.2rem 0 1.4rem; }
.figures div { display: flex; flex-direction: column; }
.figures b { font-size: 1.7rem; line-height: 1.15; font-weight: 600; }
.figures span { color: #5a6672; font-size: 0.85rem; }
table { width: 100%; border-collapse: collapse; margin: 0 0 1.1rem; font-size: 0.87rem;
  line-height: 1.4; font-variant-numeric: tabular-nums; }
table.fixed { table-layout: fixed; }
table.free { width: auto; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; vertical-align: bottom; padding: 0.3rem 0.9rem 0.3rem 0;
  border-bottom: 1.5px solid #1b2530; font-weight: 600; }
td { vertical-align: top; padding: 0.42rem 0.9rem 0.42rem 0;
  border-bottom: 1px solid #dde1e5;  overflow-wrap: anywhere; }
td > div + div { margin-top: 0.12rem; }
table.facts td:first-child { color: #5a6672; }
table.facts td { border-bottom: 0; padding: 0.14rem 0.9rem 0.14rem 0; }
table.tight td:not(:first-child) { white-space: nowrap; overflow-wrap: normal; }
table.tight td { padding: 0.13rem 0.9rem 0.13rem 0; }
table.form td { border: 1px solid #8a949d; padding: 0.5rem; height: 3.4rem; }
table.form th { padding-left: 0.5rem; }
figure { margin: 0; break-inside: avoid; }
svg.chart { display: block; width: 100%; height: auto; font-family: inherit; }
svg text { unicode-bidi: isolate; }
table.facts { break-inside: avoid; }
.part > h3 + figure, .part > h3 + figure + figure { break-after: avoid; }
figure + figure { margin-top: 0.1rem; }
.part > h3 + figure { margin-top: 0.4rem; }
@media (max-width: 700px) {
  main { padding: 1.2rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.5rem; }
  table { display: block; overflow-x: auto; }
}
@media print {
  html { font-size: 9.4pt; background: #fff; line-height: 1.42; }
  main { max-width: none; padding: 0; margin: 0; }
  h2 { margin-top: 1.9rem; }
  header { margin-bottom: 0.4rem; }
  .part > figure { break-inside: avoid; }
}
"""
