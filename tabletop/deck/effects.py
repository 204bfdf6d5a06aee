"""The text of an effect to a checked effect.

An effect is a change (`x += 2`, `x -= 2`, `x = 2`) or one of the six words `draw`,
`discard`, `give`, `schedule`, `end` and `cancel` with its values in brackets.
"""

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tabletop.deck.diagnostics import Trouble
from tabletop.deck.expressions import (
    EFFECT_WORDS,
    MAX_HAND,
    Effect,
    Expr,
    Name,
    Span,
    moved,
)
from tabletop.deck.reader import POISON, Reader, number
from tabletop.deck.scope import Scope
from tabletop.deck.suggest import Guess, quoted
from tabletop.deck.symbols import Part
from tabletop.deck.syntax import MAX_LENGTH, parse, screen

_CHANGE = re.compile(
    r"""\s*(?P<target>[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)
    \s*(?P<op>[-+*/%&|@]{0,2}=)(?!=)""",
    re.VERBOSE | re.ASCII,
)
_KINDS = {"flag": "bool"}
_WORD = re.compile(r"[A-Za-z_]\w*")
_HELP = (
    "effects are `x += 2`, `x -= 2`, `x = 2`, draw(TEAM), discard(TEAM), "
    "give(CARD, TEAM), schedule(INJECT, 2), end(ENDING) and cancel()"
)


def read_effect(
    text: str, scope: Scope, *, nested: bool = False
) -> tuple[Effect | None, list[Trouble]]:
    """The effect that a text says, or None; and everything that is wrong with it."""
    reader = _EffectReader(text, scope, nested=nested)
    try:
        effect = reader.read()
    except Trouble as trouble:
        reader.troubles.append(trouble)
        effect = None
    return (None if reader.troubles else effect), reader.troubles


class _EffectReader:
    """Reads one effect."""

    def __init__(self, text: str, scope: Scope, *, nested: bool) -> None:
        self.text = text
        self.scope = scope
        self.nested = nested
        self.troubles: list[Trouble] = []
        self._reader = Reader(text, scope)
        self._reader.troubles = self.troubles

    @property
    def span(self) -> Span:
        """The text without the space around it."""
        start = len(self.text) - len(self.text.lstrip())
        return start, max(start + 1, len(self.text.rstrip()))

    def read(self) -> Effect:
        """The effect; raises Trouble, or leaves some in `troubles`."""
        if len(self.text) > MAX_LENGTH:
            screen(self.text)
        if change := _CHANGE.match(self.text):
            return self._change(change)
        return self._word()

    def _change(self, change: re.Match[str]) -> Effect:
        target = self._target(change)
        op = change.group("op")
        kind = _KINDS.get(target.kind, "int") if target is not None else "any"
        fits = op == "=" or (kind != "bool" and op in ("+=", "-="))
        value = self._value(change.end(), kind if fits else "any")
        if op not in ("=", "+=", "-="):
            message = f"`{op}` is not a change; there are `+=`, `-=` and `=`"
            raise Trouble("E105", message, change.span("op"))
        if kind == "bool" and op != "=":
            message = "a flag is set, with `= true` or `= false`"
            raise Trouble("E301", message, change.span("op"), "write `=`")
        if op == "-=":
            value = self._reader.node("neg", "int", [value], value.span)
        return Effect(
            "set" if op == "=" else "add",
            self.text,
            self.span,
            target=target,
            value=value,
        )

    def _value(self, start: int, kind: str) -> Expr:
        """The right side of a change."""
        right = Reader(self.text[start:], self.scope, start)
        value = right.expression(kind)
        self.troubles += right.troubles
        return value

    def _target(self, change: re.Match[str]) -> Name | None:
        """What is changed; None when there is no such thing."""
        parts = [
            Part(word.group(), word.span())
            for word in _WORD.finditer(self.text, *change.span("target"))
        ]
        try:
            name = self.scope.meaning(parts).name
            if name.kind not in ("track", "flag", "points"):
                message = f"{quoted(change.group('target'))} cannot be changed"
                said = "tracks, flags and `TEAM.points` can be changed"
                raise Trouble("E105", message, change.span("target"), hint=said)
        except Trouble as trouble:
            self.troubles.append(trouble)
            return None
        return name

    def _word(self) -> Effect:
        tree = parse(self.text)
        if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
            caption = ""
            if isinstance(tree, ast.Compare):
                caption = "write `=` to change a value"
            message = "this changes nothing"
            raise Trouble("E105", message, self.span, caption, _HELP)
        word, args = tree.func.id, tree.args
        if tree.keywords:
            message = "values are given without names"
            raise Trouble("E102", message, self._reader.span(tree))
        if word not in _WORDS:
            raise Trouble(
                "E207",
                f"unknown effect {quoted(word)}",
                self._reader.span(tree.func),
                Guess(word, EFFECT_WORDS),
                _HELP,
            )
        least, most, form, read = _WORDS[word]
        if not least <= len(args) <= most:
            span = self._reader.span(tree)
            message = f"`{word}` does not take {len(args)} values"
            raise Trouble("E105", message, span, f"write {form}")
        return read(self, args)

    def _effect(self, op: str) -> Effect:
        return Effect(op, self.text, self.span)

    def _draw(self, args: Sequence[ast.expr]) -> Effect:
        team = self.scope.symbols.require("team", self._id(args[0], "a team"))
        return replace(self._effect("draw"), team=team, value=self._count(args[1:]))

    def _discard(self, args: Sequence[ast.expr]) -> Effect:
        part, symbols = self._id(args[0], "a team or a card"), self.scope.symbols
        if part.text in symbols.ids("card"):
            if len(args) > 1:
                message = "one named card is discarded, so there is no number"
                raise Trouble("E105", message, self._reader.span(args[1]))
            return replace(self._effect("discard_card"), card=part.text)
        if part.text not in symbols.ids("team") and not symbols.kinds(part.text):
            message = f"unknown team or card {quoted(part.text)}"
            guess = Guess(part.text, symbols.ids("team"), symbols.ids("card"))
            raise Trouble("E202", message, part.span, guess)
        team = symbols.require("team", part)
        value = self._count(args[1:])
        return replace(self._effect("discard"), team=team, value=value)

    def _count(self, args: Sequence[ast.expr]) -> Expr:
        """How many cards: 1 when it is left out."""
        if not args:
            return number(1, self.span)
        count = self._reader.typed(args[0], "int", "how many cards")
        if count.type == "int" and (count.high < 1 or count.low > MAX_HAND):
            message = f"the number of cards must be 1 to {MAX_HAND}"
            self.troubles.append(Trouble("E302", message, self._reader.span(args[0])))
        return count

    def _give(self, args: Sequence[ast.expr]) -> Effect:
        card, team = self._id(args[0], "a card"), self._id(args[1], "a team")
        symbols = self.scope.symbols
        for kind, part in (("card", card), ("team", team)):
            try:
                symbols.require(kind, part)
            except Trouble as trouble:
                self.troubles.append(trouble)
        return replace(self._effect("give"), card=card.text, team=team.text)

    def _end(self, args: Sequence[ast.expr]) -> Effect:
        part = self._id(args[0], "an ending")
        ending = self.scope.symbols.require("ending", part)
        return replace(self._effect("end"), ending=ending)

    def _cancel(self, args: Sequence[ast.expr]) -> Effect:
        if self.nested or not self.scope.cancels:
            message = "only a response card can cancel the card that it answers"
            raise Trouble("E209", message, self.span)
        return self._effect("cancel")

    def _schedule(self, args: Sequence[ast.expr]) -> Effect:
        if self.nested:
            message = "a scheduled effect cannot schedule another"
            raise Trouble("E105", message, self.span)
        rounds = self._rounds(args[1])
        scheduled = replace(self._effect("schedule"), rounds=rounds)
        first = args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            return replace(scheduled, effect=self._scheduled(first, first.value))
        part = self._id(first, "an inject, a card or an effect in quotes")
        self.scope.symbols.require("happening", part)
        if part.text in self.scope.symbols.ids("card"):
            return replace(scheduled, card=part.text)
        return replace(scheduled, inject=part.text)

    def _rounds(self, node: ast.expr) -> int:
        value = self._reader.typed(node, "int", "how many rounds")
        last = self.scope.symbols.rounds
        if value is POISON:
            return 0
        if value.op != "const":
            message = "how many rounds must be a plain number"
            self.troubles.append(Trouble("E301", message, value.span))
        elif not 1 <= value.value <= last:
            message = f"how many rounds must be 1 to {last}, the game's length"
            self.troubles.append(Trouble("E307", message, value.span))
        return value.value

    def _scheduled(self, node: ast.Constant, text: str) -> Effect | None:
        """The effect in quotes."""
        start, end = self._reader.span(node)
        if end - start != len(text) + 2:
            message = "write the effect between one pair of quotes"
            raise Trouble("E101", message, (start, end))
        effect, troubles = read_effect(text, self.scope, nested=True)
        self.troubles += [trouble.moved(start + 1) for trouble in troubles]
        return None if effect is None else _moved(effect, start + 1)

    def _id(self, node: ast.expr, said: str) -> Part:
        """A plain id."""
        if isinstance(node, ast.Name):
            return Part(node.id, self._reader.span(node))
        raise Trouble("E105", f"here stands the id of {said}", self._reader.span(node))


def _moved(effect: Effect, by: int) -> Effect:
    """An effect that stands in a longer text."""
    span = (effect.span[0] + by, effect.span[1] + by)
    value = None if effect.value is None else moved(effect.value, by)
    return replace(effect, span=span, value=value)


_Read = Callable[[_EffectReader, Sequence[ast.expr]], Effect]
_WORDS: dict[str, tuple[int, int, str, _Read]] = {
    "draw": (1, 2, "`draw(TEAM)` or `draw(TEAM, 2)`", _EffectReader._draw),
    "discard": (
        1,
        2,
        "`discard(TEAM)`, `discard(TEAM, 2)` or `discard(CARD)`",
        _EffectReader._discard,
    ),
    "give": (2, 2, "`give(CARD, TEAM)`", _EffectReader._give),
    "schedule": (
        2,
        2,
        '`schedule(INJECT, 2)` or `schedule("x += 1", 2)`',
        _EffectReader._schedule,
    ),
    "end": (1, 1, "`end(ENDING)`", _EffectReader._end),
    "cancel": (0, 0, "`cancel()`", _EffectReader._cancel),
}
