"""Where things stand: from a path in the deck's data to a file, line and column.

Loading never needs this. It is imported, and a file is parsed, only when a problem
has to be shown; then only along the paths that are asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from tabletop.deck.diagnostics import Finding, KeyPath, Place, Spot
from tabletop.deck.sources import Sources
from tabletop.deck.strings import offsets
from tabletop.deck.suggest import quoted
from tabletop.deck.toml import line_place, plain_key

_TOML = Language(tree_sitter_toml.language())
_KEYS = ("bare_key", "quoted_key")


@dataclass
class Entry:
    """What a file says about one key or list position."""

    key: Node | None = None
    header: Node | None = None
    """The table's first line, as its key stands there."""
    value: Node | None = None
    children: dict[str | int, "Entry"] = field(default_factory=dict)
    expanded: bool = False

    def child(self, step: str | int) -> "Entry":
        """The entry below this one, made when it is not there yet."""
        return self.children.setdefault(step, Entry())

    def expand(self) -> None:
        """Read the entries inside of an inline table or an array."""
        if self.expanded or self.value is None:
            return
        self.expanded = True
        if self.value.type == "inline_table":
            for pair in _of_type(self.value, "pair"):
                add_pair(self, pair)
        elif self.value.type == "array":
            values = [n for n in self.value.named_children if n.type != "comment"]
            for index, value in enumerate(values):
                self.child(index).value = value


class FileIndex:
    """The places in one file."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._data = text.encode()
        # The tree must outlive its nodes.
        self._tree = Parser(_TOML).parse(self._data)
        self.duplicates: list[tuple[KeyPath, Node, Node]] = []
        """Keys that are given twice: the path, the first one and the second one."""
        self.root = self._read()

    def _read(self) -> Entry:
        """The file's tables and keys."""
        root = Entry()
        for node in self._tree.root_node.named_children:
            if node.type == "pair":
                self._pair(root, node, ())
            elif node.type in ("table", "table_array_element"):
                self._table(root, node)
        return root

    def _table(self, root: Entry, node: Node) -> None:
        header = node.named_children[0]
        entry = root
        path: KeyPath = ()
        for key in key_nodes(header):
            entry = _last(entry).child(word_of(key))
            path = (*path, word_of(key))
            entry.key = entry.key or key
        if node.type == "table_array_element":
            entry = entry.child(len(entry.children))
        elif (before := entry.header or (entry.value and entry.key)) is not None:
            self.duplicates.append((path, before, header))
        entry.header = entry.header or header
        for pair in _of_type(node, "pair"):
            self._pair(entry, pair, path)

    def _pair(self, entry: Entry, pair: Node, path: KeyPath) -> None:
        before = add_pair(entry, pair)
        if before is not None:
            keys = key_nodes(pair.named_children[0])
            words = tuple(word_of(key) for key in keys)
            self.duplicates.append(((*path, *words), before, keys[-1]))

    def find(self, path: KeyPath) -> tuple[Entry, bool]:
        """The entry at a path, or the nearest above it; and whether it is the one."""
        entry = self.root
        for step in path:
            entry.expand()
            if step not in entry.children:
                return entry, False
            entry = entry.children[step]
        return entry, True

    def place(self, spot: Spot) -> Place:
        """The place of a spot in this file."""
        entry, found = self.find(spot.path)
        part = spot.part if found else "header"
        node = _chosen(entry, part)
        if node is None:
            return line_place(self.name, self.text, 0)
        if found and spot.span is not None and node.type == "string":
            return self._inside(node, spot.span)
        return self._node(node, header=node is entry.header and part != "key")

    def of(self, node: Node) -> Place:
        """The place of a node."""
        return self._node(node, header=False)

    def _node(self, node: Node, *, header: bool) -> Place:
        start, end = node.start_byte, node.end_byte
        if header:
            # The header's key stands between one or two pairs of brackets.
            brackets = b"[[" if _is_list(node) else b"["
            start = self._data.rfind(brackets, 0, start)
            end = self._data.find(b"]", end) + len(brackets)
        offset = self._characters(start)
        length = len(self._data[start:end].decode(errors="replace"))
        return line_place(self.name, self.text, offset, length)

    def _inside(self, node: Node, span: tuple[int, int]) -> Place:
        """A part of a string's value."""
        raw = self._data[node.start_byte : node.end_byte].decode()
        known = offsets(raw)
        start, end = (known[min(max(at, 0), len(known) - 1)] for at in span)
        first = self._characters(node.start_byte)
        return line_place(self.name, self.text, first + start, max(1, end - start))

    def _characters(self, byte: int) -> int:
        return len(self._data[:byte].decode(errors="replace"))


class Places:
    """The places in all files of a deck."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._indexes: dict[str, FileIndex] = {}

    def index(self, name: str) -> FileIndex | None:
        """The index of a file, when it was read."""
        if name not in self._indexes and name in self._sources.files:
            self._indexes[name] = FileIndex(name, self._sources.files[name])
        return self._indexes.get(name)

    def place(self, spot: Spot | Place) -> Place:
        """The place of a spot, or of the whole file when it can't be found."""
        if isinstance(spot, Place):
            return spot
        name = self._sources.file_of(spot)
        index = self.index(name)
        return Place(name) if index is None else index.place(spot)

    def repeated(self, finding: Finding) -> Finding:
        """The same problem; for a key given twice, with both of its places."""
        if finding.code != "E012" or not isinstance(finding.spot, Place):
            return finding
        index = self.index(finding.spot.file)
        if index is None or not index.duplicates:
            return finding
        path, first, second = index.duplicates[0]
        return Finding(
            "E012",
            f"{quoted('.'.join(map(str, path)))} is given twice",
            index.of(second),
            related=((index.of(first), "first given here"),),
        )


def add_pair(entry: Entry, pair: Node) -> Node | None:
    """Note a key and its value below an entry; the earlier key if there is one."""
    parts = pair.named_children
    if len(parts) < 2:
        return None
    for key in key_nodes(parts[0]):
        entry = entry.child(word_of(key))
        before, entry.key = entry.key, entry.key or key
    if entry.value is not None:
        return before
    entry.value = next((n for n in parts[1:] if n.type != "comment"), None)
    return None


def key_nodes(node: Node) -> list[Node]:
    """The words of a key, which may be dotted, in their order."""
    stack, words = [node], []
    while stack:
        top = stack.pop()
        if top.type in _KEYS:
            words.append(top)
        stack += reversed(top.named_children)
    return words


def word_of(key: Node) -> str:
    """A key's word as the data has it."""
    return plain_key((key.text or b"").decode(errors="replace"))


def _of_type(node: Node, kind: str) -> Iterator[Node]:
    return (child for child in node.named_children if child.type == kind)


def _is_list(header: Node) -> bool:
    """Whether a header stands in double brackets."""
    return header.parent is not None and header.parent.type == "table_array_element"


def _last(entry: Entry) -> Entry:
    """For an array of tables, its last one; tables below it belong to that."""
    last = len(entry.children) - 1
    if last >= 0 and last in entry.children:
        return entry.children[last]
    return entry


def _chosen(entry: Entry, part: str) -> Node | None:
    """The node that stands for a part of an entry."""
    if part == "key" and entry.key is not None:
        return entry.key
    if part == "header":
        return entry.header or entry.value or entry.key
    return entry.value or entry.header or entry.key
