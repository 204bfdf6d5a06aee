"""Orders that lie face down: which, what they cost, and what points are left."""

from collections.abc import Iterator, Sequence

from tabletop.session.view import TeamView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.line import Line, joined, line


def laid_costs(view: View) -> list[tuple[str, int | None]]:
    """The seat's orders in their order, each with what was paid for it, if known."""
    paid: list[tuple[str, int]] = []
    for entry in view.log:
        if entry.kind == "lay":  # those of others end with no title
            cost = sum(
                change.before - change.after
                for change in entry.changes
                if change.kind == "points" and change.team == view.seat
            )
            paid.append((entry.title, cost))
    found: list[tuple[str, int | None]] = []
    for title in reversed(view.laid):
        match = next((p for p in reversed(paid) if p[0].endswith(title)), None)
        if match is not None:
            paid.remove(match)
        found.append((title, match[1] if match else None))
    return found[::-1]


class OrdersStrip(Band):
    """One row over a team's panes, in games that are played by orders."""

    DEFAULT_CSS = """
    OrdersStrip {
        dock: top;
        height: 1;
        display: none;
        background: $panel;
    }
    OrdersStrip.-shown {
        display: block;
    }
    """
    _view: View | None = None

    def show(self, view: View) -> None:
        """Show what lies; nothing outside of orders."""
        self._view = view
        mine = next((t for t in view.teams if t.id == view.seat), None)
        laying = mine is not None and mine.status == "lays"
        shown = view.play == "orders" and (laying or bool(view.laid))
        self.set_class(shown, "-shown")
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """One row: the orders at the left, points and what to press at the right."""
        view = self._view
        mine = None if view is None else _mine(view)
        if view is None or mine is None:
            return ()
        right = _right(mine)
        left = line((" Orders  ", "bold $accent"), joined(_orders(view), "  "))
        return [left.spread(right, room)]


def _mine(view: View) -> TeamView | None:
    return next((team for team in view.teams if team.id == view.seat), None)


def _orders(view: View) -> Iterator[Line]:
    if not view.laid:
        yield line(("none lies face down yet", "$muted"))
    for place, (title, cost) in enumerate(laid_costs(view), start=1):
        price = "" if cost is None else f" {cost}"
        yield line((f"{place} ", "$muted"), title, (price, "bold $muted"))


def _right(team: TeamView) -> Line:
    """Points left, and the key that says ready; or that it was said."""
    points = "1 point" if team.points == 1 else f"{team.points} points"
    left = line((points, "bold"), (" left   ", "$muted"))
    if team.status == "lays":
        return line(left, ("p", "bold $accent"), (" ready ", "$muted"))
    return line(left, (f"{glyphs().check} ready ", "$good"))
