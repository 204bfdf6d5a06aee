"""Readers of printed pages: is it well-formed, and what stands on it for whom."""

from collections.abc import Sequence
from html.parser import HTMLParser

from tabletop.deck.deck import Deck
from tabletop.report.document import pages
from tabletop.report.html import VOID
from tabletop.report.pages import Page, Source
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC

STRUCTURE = "html head meta title style body div section article header footer"
TABLES = "table thead tbody tr th td col"
TEXT = "h1 h2 h3 h4 h5 h6 p b i em strong code pre blockquote ul ol li hr br span"
TAGS = frozenset(f"{STRUCTURE} {TABLES} {TEXT}".split())
ATTRIBUTES = frozenset(
    {"class", "style", "colspan", "lang", "charset", "role", "start"}
)


Attributes = Sequence[tuple[str, str | None]]


class Reader(HTMLParser):
    """Follows the elements, and gathers the words and whatever is not right."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.words: list[str] = []

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        self.wrong += [f"{tag} {key}" for key, _ in attrs if key not in ATTRIBUTES]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> Reader:
    """A page or document, followed to its end."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.wrong += [f"<{tag}> stays open" for tag in reader.open]
    return reader


def words_of(found: Sequence[Page]) -> str:
    """All that people read on some pages, on one line."""
    text = " ".join(word for page in found for word in read(page.body).words)
    return " ".join(text.split())


def of(source: Source, reader: str, *sheets: str) -> list[Page]:
    """The pages that one reader is handed, without those for everybody."""
    return [page for page in pages(source, sheets) if page.reader == reader]


def at_this_moment(session: Session) -> Source:
    """What is printed of a game as it stands."""
    seats = (*session.deck.model.teams, CONTROL, PUBLIC)
    return Source(session.deck, {seat: session.view(seat) for seat in seats})


def texts_of(deck: Deck) -> dict[str, str]:
    """The texts of a deck that control alone may read, by a name for messages."""
    model = deck.model
    found = {f"{k}.cue": inject.cue for k, inject in model.injects.items()}
    found |= {f"{k}.expects": inject.expects for k, inject in model.injects.items()}
    found |= {f"{k}.title": inject.title for k, inject in model.injects.items()}
    return {name: text for name, text in found.items() if text}
