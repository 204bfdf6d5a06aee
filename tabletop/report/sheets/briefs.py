"""Each team's briefing: the situation manual. Nothing of what other teams hide."""

from collections.abc import Iterator

from tabletop.report.html import Markup, bullets, join, table, tag
from tabletop.report.markdown import markdown
from tabletop.report.pages import Page, Source, section
from tabletop.session.cited import fact_views
from tabletop.session.names import plain
from tabletop.session.view import PUBLIC, SeatId

FOR_ALL = (
    "A card does what stands on it, from top to bottom.",
    "Every number stops at the ends of its scale.",
    "The facilitator keeps the numbers and throws the dice.",
    "Say why when you play: one line on the order sheet is enough.",
)


def briefs(source: Source) -> Iterator[Page]:
    """One briefing for each team; then for everybody the facts, if there are any."""
    for team in source.teams:
        yield Page(team, "Briefing", brief(source, team))
    if source.deck.model.facts:
        yield Page(PUBLIC, "Facts", facts(source))


def facts(source: Source) -> Markup:
    """The facts by the numbers that stand on cards; not which card has which."""
    model = source.deck.model
    rows = [(fact.id, fact.said) for fact in fact_views(model, list(model.facts))]
    note = "A claim is what somebody says, and is not to be taken for true."
    claims = any(fact.claim for fact in model.facts.values())
    body = table(("Number", "Fact"), rows, (12, 88))
    return join(tag("h1", "Facts"), tag("p", note) if claims else Markup(), body)


def brief(source: Source, team: str) -> Markup:
    """What a team reads before play."""
    model = source.deck.model
    own = model.teams[team]
    goals = bullets(objective.text for objective in own.objectives)
    return join(
        tag("h1", model.title),
        markdown(model.brief),
        tag("h2", "You are ", source.mark(team), " ", own.name),
        markdown(own.brief),
        section("You score for", goals),
        section("How a round runs", play(source, team)),
        section("The numbers you see", track_table(source, team), flags(source, team)),
        section("Your cards", card_list(source, team)),
    )


def play(source: Source, reader: SeatId) -> Markup:
    """The rules of play in a few lines."""
    rounds = source.deck.model.rounds
    label = rounds.label
    how = (
        "In the play phase teams act in turn: play cards one at a time, while your"
        " points last, then pass."
        if rounds.play == "turns"
        else "Every team lays its orders face down. When all are ready they are"
        " revealed together and carried out one by one; an order whose condition no"
        " longer holds fails, and its cost comes back."
    )
    lines: list[str] = [
        f"There are {rounds.count} rounds, each called {label}: {phases(source)}.",
        *_own_means(source, reader),
        how,
        *FOR_ALL,
    ]
    return bullets(lines)


def phases(source: Source) -> str:
    """A round's phases with their minutes, in one line."""
    minutes = source.deck.model.rounds.minutes
    return ", then ".join(
        f"{plain(phase)} ({time} min)" if time else plain(phase)
        for phase, time in minutes.items()
    )


def _own_means(source: Source, team: SeatId) -> Iterator[str]:
    own = source.deck.model.teams.get(team)
    if own is None:
        return
    spent = "what you do not spend is kept" if own.carry else "they do not keep"
    yield f"Points in a round: {source.words.points(team, team)}; {spent}."
    if own.hand == "all":
        yield "You hold all of your cards, always."
    else:
        yield (
            f"You hold {own.hand} cards, filled up from your shuffled pile as a round"
            " begins; played cards go to your discards."
        )


def track_table(source: Source, reader: SeatId) -> Markup:
    """The tracks that a reader may see, with their bands."""
    model, public = source.deck.model, source.words.public_tracks()
    rows = [
        (
            join(
                tag("b", model.tracks[id_].label),
                "" if id_ in public else " (secret)",
                tag("div", model.tracks[id_].text, class_="muted"),
            ),
            str(model.tracks[id_].start),
            f"{model.tracks[id_].min} to {model.tracks[id_].max}",
            bands(source, id_),
        )
        for id_ in source.words.tracks(reader)
    ]
    head = ("Number", "At the start", "Scale", "Bands")
    return table(head, rows, (38, 10, 14, 38)) if rows else Markup()


def bands(source: Source, track: str) -> str:
    """A track's bands in a line: 'calm to 40, high to 70'."""
    return ", ".join(
        f"{band.label} to {band.to}" for band in source.deck.model.tracks[track].bands
    )


def flags(source: Source, reader: SeatId) -> Markup:
    """The yes-or-no facts that a reader may see."""
    model = source.deck.model
    said = [
        f"{model.flags[id_].label}: {'yes' if model.flags[id_].start else 'no'}"
        for id_ in source.words.flags(reader)
    ]
    return tag("p", "Yes or no, at the start: ", "; ".join(said)) if said else Markup()


def card_list(source: Source, team: str) -> Markup:
    """A team's cards in a table, as it may read them."""
    words, model = source.words, source.deck.model
    rows = []
    for id_, copies in words.copies(team):
        card = model.cards[id_]
        needs = words.needs(team, "cards", id_, "requires").replace("needs ", "")
        rows.append(
            (
                join(tag("b", card.title), f" ×{copies}" if copies > 1 else ""),
                str(card.cost),
                does(source, id_),
                " · ".join(filter(None, (needs, words.marks(card)))),
            )
        )
    head = ("Card", "Cost", "Does", "Needs")
    return table(head, rows, (24, 7, 44, 25)) if rows else Markup()


def does(source: Source, id_: str) -> str:
    """What a card does, in a line, as its team's screen shows it."""
    words, names = source.words, source.words.names
    card = source.deck.model.cards[id_]
    parts = [words.effects(source.deck.effects("cards", id_, "effects"))]
    if card.roll is not None:
        parts.append(f"throws {card.roll.dice}")
    asked = [t for ask in card.ask for t in (ask.teams or [ask.team or ""])]
    if asked:
        parts.append(f"asks {', '.join(names.team(t) for t in dict.fromkeys(asked))}")
    return "; ".join(filter(None, (*parts, names.lasting(id_))))
