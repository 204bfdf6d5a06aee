"""Cards, nine to a page, to be cut out: each team's, and the injects as control's.

A card whose words do not fit in the smallest letters goes on on a second one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tabletop.deck.display import width
from tabletop.report.html import Markup, join, tag
from tabletop.report.pages import Page, Source
from tabletop.report.words import DiceRow, Question
from tabletop.session.view import CONTROL, SeatId

PER_PAGE = 9
SIZES = (("large", 19, 35), ("medium", 22, 40), ("small", 27, 47))
"""Letters from large to small: lines on a card, and columns in a line."""
LONGEST = 400
"""Columns of a paragraph; a longer one is cut into several."""
MARKS = ("a", "b", "c", "d")


@dataclass(frozen=True, slots=True)
class Face:
    """One piece of card."""

    title: str
    corner: str
    """Its cost."""
    foot: str
    body: Markup
    size: str = "large"
    sign: Markup = field(default_factory=Markup)
    color: str = "control"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a card, and how many columns it takes."""

    html: Markup
    columns: int


def cards(source: Source) -> Iterator[Page]:
    """Every team's cards with all their copies, then the injects."""
    for team in source.teams:
        faces = [
            face
            for id_, copies in source.words.copies(team)
            for face in card_faces(source, id_, team, copies)
        ]
        yield from sheets(faces, team, f"{source.words.names.team(team)}: cards")
    injects = [
        face for id_ in source.deck.model.injects for face in inject_faces(source, id_)
    ]
    yield from sheets(injects, CONTROL, "Injects")


def sheets(faces: Sequence[Face], reader: SeatId, title: str) -> Iterator[Page]:
    """Pages of nine cards with their crop marks."""
    for start in range(0, len(faces), PER_PAGE):
        nine = faces[start : start + PER_PAGE]
        drawn = [_draw(face, place) for place, face in enumerate(nine, start=1)]
        yield Page(reader, title, join(_crop_marks(), *drawn), "cards")


def _crop_marks() -> Markup:
    """Marks where the cuts go, outside of the cards."""
    return join(
        tag("i", class_=f"crop {side} {at}")
        for side in ("top", "bottom", "left", "right")
        for at in MARKS
    )


def _draw(face: Face, place: int) -> Markup:
    head = tag(
        "header",
        tag("span", face.sign, class_="who"),
        tag("h4", face.title),
        tag("span", face.corner, class_="corner") if face.corner else "",
    )
    foot = tag("footer", face.foot)
    body = tag("div", face.body, class_="says")
    return tag(
        "article", head, body, foot, class_=f"card at{place} {face.size} {face.color}"
    )


# --- what stands on a card


def card_faces(source: Source, id_: str, reader: SeatId, copies: int) -> list[Face]:
    """A card as its team may read it, as often as there are copies."""
    words, card = source.words, source.deck.model.cards[id_]
    blocks = [
        *_happening(source, id_, reader),
        *paragraphs("Needs", _needs(words.needs(reader, "cards", id_, "requires"))),
        *paragraphs("", words.marks(card)),
    ]
    face = Face(
        title=card.title,
        corner=f"{card.cost}",
        foot=", ".join(card.source),
        body=Markup(),
        sign=tag("b", words.sign(card.team), class_="sign"),
        color=words.names.color(card.team),
    )
    faces = _fitted(face, blocks)
    return [
        replace(each, foot=_foot(each.foot, copy, copies))
        for copy in range(1, copies + 1)
        for each in faces
    ]


def _needs(terms: str) -> str:
    return terms.replace("needs ", "")


def _foot(foot: str, copy: int, copies: int) -> str:
    count = f"copy {copy} of {copies}" if copies > 1 else ""
    return " · ".join(filter(None, (foot, count)))


def inject_faces(source: Source, id_: str) -> list[Face]:
    """An inject as control's card."""
    words, inject = source.words, source.deck.model.injects[id_]
    blocks = [
        *paragraphs("When", words.when_due(id_, inject)),
        *paragraphs("From", inject.sender),
        *paragraphs("Read aloud", inject.read, "aloud"),
        *paragraphs("Cue", inject.cue),
        *paragraphs("Expected", inject.expects),
        *_happening(source, id_, CONTROL),
        *paragraphs("Told", words.told(inject)),
        *paragraphs("Headline", inject.headline or ""),
    ]
    face = Face(
        title=inject.title,
        corner="",
        foot=", ".join(inject.source),
        body=Markup(),
        sign=tag("b", "§", class_="sign"),
    )
    return _fitted(face, blocks)


def _happening(source: Source, id_: str, reader: SeatId) -> Iterator[Block]:
    """What a card and an inject have in common."""
    words, names = source.words, source.words.names
    happening = names.happenings[id_]
    yield from paragraphs("", happening.text, "tale")
    effects = words.deck.effects(names.where(id_), id_, "effects")
    yield from paragraphs("", words.effects(effects), "does")
    thrown, rows = words.dice(id_, reader)
    yield from _dice(thrown, rows)
    for question in words.questions(id_, reader):
        yield from _question(question, secret=happening.answers == "secret")
    for when, said, does in words.outcomes(id_, reader):
        yield from paragraphs(f"If {when}", " ".join(filter(None, (said, does))))
    lasting = names.lasting(id_)
    yield from paragraphs("", lasting[:1].upper() + lasting[1:])


def _dice(thrown: str, rows: Iterable[DiceRow]) -> Iterator[Block]:
    yield from paragraphs("⚂ Throw", thrown)
    for row in rows:
        chance = f" ({row.chance})" if row.chance else ""
        said = " — ".join(filter(None, (row.text, row.effects)))
        yield from paragraphs(f"{row.span}{chance}", said, "row")


def _question(question: Question, *, secret: bool) -> Iterator[Block]:
    how = " (in secret)" if secret else ""
    yield from paragraphs(f"Asks {question.who}{how}", question.prompt)
    for choice in question.choices:
        needs = f"({choice.needs})" if choice.needs else ""
        parts = (choice.text, choice.effects, needs)
        yield from paragraphs(f"○ {choice.label}", " ".join(filter(None, parts)), "row")


# --- making it fit


def paragraphs(label: str, words: str, class_: str = "") -> Iterator[Block]:
    """Words as blocks, the first one behind its label; none without words."""
    for said in filter(None, (part.strip() for part in words.split("\n\n"))):
        for piece in pieces(" ".join(said.split())):
            head = tag("b", label, class_="label") if label else Markup()
            body = join(head, " " if label else "", piece)
            yield Block(tag("p", body, class_=class_), width(label) + width(piece))
            label = ""
    if label.startswith("○"):
        yield Block(tag("p", tag("b", label), class_=class_), width(label))


def pieces(words: str) -> Iterator[str]:
    """A text in parts that are not too long for a card, cut between words.

    >>> [len(piece) for piece in pieces("word " * 200)]
    [399, 399, 199]
    """
    now = ""
    for word in words.split(" "):
        for part in _parts(word):
            longer = f"{now} {part}" if now else part
            if now and width(longer) > LONGEST:
                yield now
                now = part
            else:
                now = longer
    if now:
        yield now


def _parts(word: str) -> Iterator[str]:
    for start in range(0, max(len(word), 1), LONGEST // 2):
        yield word[start : start + LONGEST // 2]


def _fitted(face: Face, blocks: Sequence[Block]) -> list[Face]:
    """The card in the largest letters that it fits in, or on several cards."""
    for size, room, columns in SIZES:
        found = _filled(face, blocks, room, columns)
        if len(found) == 1 or size == SIZES[-1][0]:
            break
    return [
        replace(
            face,
            size=size,
            body=join(*(block.html for block in part)),
            title=f"{face.title} ({number} of {len(found)})"
            if len(found) > 1
            else face.title,
        )
        for number, part in enumerate(found, start=1)
    ]


def _filled(
    face: Face, blocks: Sequence[Block], room: int, columns: int
) -> list[list[Block]]:
    """The blocks, as many on each card as there is room for."""
    title = max(0, _lines(width(face.title), columns // 2) - 2)
    room = max(room - title - _lines(width(face.foot), columns) + 1, 8)
    found: list[list[Block]] = [[]]
    left = float(room)
    for block in blocks:
        needed = _lines(block.columns, columns) + 0.25
        if needed > left and found[-1]:
            found.append([])
            left = room
        found[-1].append(block)
        left -= needed
    return found


def _lines(columns: int, wide: int) -> int:
    return max(1, -(-columns // wide))
