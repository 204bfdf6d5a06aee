"""The style of the sheets: for paper first, and for a screen before it is printed.

It names no font that must be there, and loads nothing from anywhere.
"""

from tabletop.report.pages import Paper

SIZES: dict[Paper, tuple[str, float, float]] = {
    "a4": ("A4", 210, 297),
    "letter": ("letter", 215.9, 279.4),
}
"""The name of each paper, its width and height in millimetres."""
CARD = (63, 88)
COLORS = {
    "red": "#9a1b14", "blue": "#0a4d8c", "yellow": "#736600", "violet": "#6f14d8",
    "teal": "#03735f", "pink": "#c80157", "control": "#1b2530",
}  # fmt: skip


def style(paper: Paper) -> str:
    """The style sheet for one size of paper."""
    name, wide, high = SIZES[paper]
    left = (wide - 3 * CARD[0]) / 2
    top = (high - 3 * CARD[1]) / 2
    sizes = (
        f"@page {{ size: {name}; margin: 14mm 15mm; }}\n"
        f"@page cards {{ size: {name}; margin: 0; }}\n"
        f".cards {{ width: {wide:g}mm; height: {high - 0.5:g}mm; }}\n"
        f".cards .nine {{ left: {left:g}mm; top: {top:g}mm; }}\n"
        f".cards .side {{ left: {left - 7.5:g}mm; top: {top + 257:g}mm; }}\n"
    )
    teams = "".join(
        f".{color} {{ --team: {value}; }}\n" for color, value in COLORS.items()
    )
    return f"{sizes}{teams}{_marks()}{FIXED}"


def _marks() -> str:
    """Where the nine cards and the crop marks stand: at each cut, outside of them."""
    rules = []
    for number, at in enumerate("abcd"):
        across, down = number * CARD[0], number * CARD[1]
        rules += [
            f".crop.top.{at}, .crop.bottom.{at} {{ left: {across}mm; }}",
            f".crop.left.{at}, .crop.right.{at} {{ top: {down}mm; }}",
        ]
    for place in range(9):
        down, across = divmod(place, 3)
        at = f"left: {across * CARD[0]}mm; top: {down * CARD[1]}mm;"
        rules.append(f".card.at{place + 1} {{ {at} }}")
    return "\n".join(rules) + "\n"


FIXED = """
* { box-sizing: border-box; }
html { font: 10pt/1.35 "Helvetica Neue", Helvetica, Arial, "Liberation Sans",
  "DejaVu Sans", sans-serif; color: #111; background: #fff; }
body { margin: 0; overflow-wrap: break-word; -webkit-print-color-adjust: exact;
  print-color-adjust: exact; }
h1 { font-size: 19pt; line-height: 1.15; margin: 0 0 3mm; }
h2 { font-size: 14pt; margin: 0 0 2mm; }
h3 { font-size: 11pt; margin: 5mm 0 1.5mm; break-after: avoid;
  border-bottom: 0.3mm solid #999; }
section h1, section h2 { font-size: 10.5pt; margin: 2.5mm 0 1mm; }
h4, h5 { font-size: 10pt; margin: 3mm 0 1mm; break-after: avoid; }
p { margin: 0 0 1.5mm; }
ul, ol { margin: 0 0 2mm; padding-left: 5mm; }
li { margin-bottom: 0.7mm; }
.flow { width: 100%; border-collapse: collapse; break-before: page; }
.flow > thead > tr > td { padding: 0 0 4mm; }
.flow > tbody > tr > td { padding: 0; vertical-align: top; }
.running { display: flex; gap: 4mm; justify-content: space-between;
  border-bottom: 0.6mm solid #111; padding-bottom: 1mm; font-size: 8.5pt; }
.running b.reader { font-size: 9.5pt; }
.running .moment { flex: 1; text-align: right; }
.running .page { flex: none; max-width: 45mm; overflow: hidden; }
.first { break-before: auto; }
.sign { display: inline-block; border: 0.4mm solid var(--team, #111);
  color: var(--team, #111); border-radius: 1mm; padding: 0 1.2mm; white-space: nowrap; }
table.grid { width: 100%; border-collapse: collapse; margin: 0 0 3mm; font-size: 8.5pt;
  line-height: 1.25; }
table.grid th { text-align: left; border-bottom: 0.5mm solid #111; padding: 0.8mm;
  vertical-align: bottom; }
.running span { overflow-wrap: anywhere; }
table.fixed { table-layout: fixed; }
table.grid td { border-bottom: 0.2mm solid #999; padding: 0.8mm; vertical-align: top; }
table.grid tr { break-inside: avoid; }
table.write td { height: 12mm; border: 0.2mm solid #777; }
table.write th { border: 0.2mm solid #777; }
.box { display: inline-block; width: 3mm; height: 3mm; border: 0.3mm solid #111;
  margin-right: 1mm; vertical-align: -0.4mm; }
.states { white-space: nowrap; }
.aloud { border-left: 0.8mm solid #111; padding-left: 2mm; font-style: italic; }
.muted { color: #444; font-size: 8.5pt; }
.order { break-inside: avoid; margin-bottom: 6mm; padding-bottom: 6mm;
  border-bottom: 0.3mm dashed #777; }
.fill { display: inline-block; border-bottom: 0.3mm solid #111; min-width: 35mm;
  height: 1em; }
.track { break-inside: avoid; margin-bottom: 4mm; }
.track h4 { margin: 0 0 1mm; }
table.scale { width: 100%; border-collapse: collapse; table-layout: fixed;
  font-size: 7.5pt; text-align: center; }
table.scale td { border: 0.25mm solid #555; padding: 0.6mm 0; height: 6mm; }
table.scale tr.bands td { height: auto; border: 0; border-top: 0.8mm solid #111;
  border-left: 0.25mm solid #555; border-right: 0.25mm solid #555; }
table.scale td.now { border: 0.9mm solid #111; font-weight: bold; }
table.scale tr.rounds td { height: 7mm; vertical-align: top; text-align: left;
  padding: 0.3mm 0.8mm; color: #444; }
.cards { position: relative; page: cards; break-before: page; overflow: hidden; }
.cards .nine { position: absolute; width: 189mm; height: 264mm; }
.cards .side { position: absolute; width: 250mm; overflow: hidden; white-space: nowrap;
  text-overflow: ellipsis; transform-origin: 0 0; transform: rotate(-90deg);
  font-size: 6.5pt; line-height: 3mm; }
.crop { position: absolute; }
.crop.top, .crop.bottom { width: 0; height: 3mm; border-left: 0.2mm solid #111; }
.crop.left, .crop.right { height: 0; width: 3mm; border-top: 0.2mm solid #111; }
.crop.top { top: -4mm; }
.crop.bottom { bottom: -4mm; }
.crop.left { left: -4mm; }
.crop.right { right: -4mm; }
.card { position: absolute; width: 63mm; height: 88mm; padding: 3mm; display: flex;
  flex-direction: column; overflow: hidden; border: 0.1mm solid #bbb; }
.card header { display: flex; gap: 1.5mm; align-items: flex-start;
  border-bottom: 0.7mm solid var(--team); padding-bottom: 1mm; margin-bottom: 1mm; }
.card h4 { flex: 1; margin: 0; font-size: 9.5pt; line-height: 1.1; }
.card .who { font-size: 8pt; line-height: 1.1; }
.card .corner { border: 0.4mm solid #111; border-radius: 2mm; padding: 0.2mm 1.4mm;
  font-weight: bold; font-size: 11pt; line-height: 1.1; max-width: 20mm; }
.card .says { flex: 1; min-height: 0; }
.card p { margin: 0 0 0.7mm; }
.card .tale { font-style: italic; }
.card .does { font-weight: bold; }
.card .row { padding-left: 2mm; }
.card footer { font-size: 6pt; color: #444; border-top: 0.1mm solid #999;
  padding-top: 0.5mm; }
.card.large .says { font-size: 8pt; line-height: 3.3mm; }
.card.medium .says { font-size: 7pt; line-height: 2.9mm; }
.card.small .says { font-size: 6pt; line-height: 2.45mm; }
@media screen {
  html { background: #ddd; }
  .flow, .cards { background: #fff; margin: 5mm auto; }
  .flow { max-width: 210mm; border: 10mm solid #fff; }
}
"""
