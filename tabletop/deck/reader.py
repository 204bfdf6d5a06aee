"""A syntax tree to a checked expression: white list, names, types and bounds.

Every problem in a text is gathered. A part that could not be read counts as POISON,
which fits everywhere, so that no problem is reported for its consequences.
"""

import ast
from collections.abc import Sequence

from tabletop.deck.diagnostics import Trouble
from tabletop.deck.expressions import FUNCTIONS, OVERFLOW, Expr, Span
from tabletop.deck.intervals import Interval, bounds
from tabletop.deck.scope import Scope
from tabletop.deck.suggest import Guess, quoted
from tabletop.deck.symbols import Part
from tabletop.deck.syntax import Lines, parse

MAX_TREE = 100
"""Levels of a tree, so that nothing that walks it can run out of stack."""
POISON = Expr("const", "any", low=-1, high=1)

_BINARY = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
_COMPARE = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_SAID = {"int": "a number", "bool": "true or false"}
_FORBIDDEN = {
    ast.Lambda: "functions cannot be made here",
    ast.JoinedStr: "texts are not values here",
    ast.GeneratorExp: "there are no loops here",
    ast.NamedExpr: "names cannot be given to values here",
    ast.Tuple: "lists are not values here",
    ast.Starred: "`*` needs a value on both sides",
    ast.Await: "`await` has no meaning here",
    ast.Yield: "`yield` has no meaning here",
    ast.YieldFrom: "`yield` has no meaning here",
    ast.Subscript: "brackets `[]` have no meaning here",
}


class Reader:
    """Reads the expressions of one text."""

    def __init__(self, text: str, scope: Scope, start: int = 0) -> None:
        self.text = text
        self.start = start
        """Where the text begins in the one that places are offsets of."""
        self.scope = scope
        self.troubles: list[Trouble] = []
        self._lines = Lines(text, start)

    def expression(self, kind: str, said: str = "the value") -> Expr:
        """The whole text as an expression of a type; 'any' takes both.

        `said` is what a message calls it.
        """
        try:
            expr = self.read(parse(self.text))
        except Trouble as trouble:
            self.troubles.append(trouble.moved(self.start))
            return POISON
        return expr if kind == "any" else self._expect(expr, kind, said)

    def typed(self, node: ast.expr, kind: str, where: str) -> Expr:
        """A node that must be of a type; `where` begins the message."""
        return self._expect(self.read(node), kind, where)

    def read(self, node: ast.expr, depth: int = 0) -> Expr:
        """A node, or POISON when it could not be read."""
        try:
            return self._read(node, depth)
        except Trouble as trouble:
            self.troubles.append(trouble)
            return POISON

    def span(self, node: ast.expr) -> Span:
        """Where a node stands in the text."""
        return self._lines.span(node)

    def _read(self, node: ast.expr, depth: int) -> Expr:
        if depth > MAX_TREE:
            raise Trouble("E103", "too deeply nested", self.span(node))
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name() | ast.Attribute():
                return self._name(node)
            case ast.BinOp():
                return self._binary(node, depth + 1)
            case ast.UnaryOp():
                return self._unary(node, depth + 1)
            case ast.BoolOp():
                op = "and" if isinstance(node.op, ast.And) else "or"
                return self._logic(op, node.values, self.span(node), depth + 1)
            case ast.Compare():
                return self._comparison(node, depth + 1)
            case ast.IfExp():
                return self._choice(node, depth + 1)
            case ast.Call():
                return self._call(node, depth + 1)
        message = _FORBIDDEN.get(type(node), "this has no meaning in an expression")
        raise Trouble("E102", message, self.span(node))

    def _constant(self, node: ast.Constant) -> Expr:
        span = self.span(node)
        if isinstance(node.value, bool):
            value = int(node.value)
            return Expr("const", "bool", value=value, low=value, high=value, span=span)
        if type(node.value) is not int:
            message = "only whole numbers and names are values here"
            raise Trouble("E102", message, span)
        return number(node.value, span)

    def _name(self, node: ast.Name | ast.Attribute) -> Expr:
        parts, span = self.parts(node), self.span(node)
        if len(parts) == 1 and parts[0].text in ("true", "false"):
            value = int(parts[0].text == "true")
            return Expr("const", "bool", value=value, low=value, high=value, span=span)
        meaning = self.scope.meaning(parts)
        low, high = meaning.bounds
        if meaning.name.kind == "rounds":
            return number(low, span)
        return Expr(
            "name", meaning.type, name=meaning.name, low=low, high=high, span=span
        )

    def parts(self, node: ast.expr) -> list[Part]:
        """The words of a dotted name."""
        words: list[Part] = []
        while isinstance(node, ast.Attribute):
            _, end = self.span(node)
            words.append(Part(node.attr, (end - len(node.attr), end)))
            node = node.value
        if not isinstance(node, ast.Name) or len(words) > 2:
            raise Trouble("E102", "only names of the deck have parts", self.span(node))
        words.append(Part(node.id, self.span(node)))
        return words[::-1]

    def _binary(self, node: ast.BinOp, depth: int) -> Expr:
        op = _BINARY.get(type(node.op))
        if op is None:
            caption = "write `//`" if isinstance(node.op, ast.Div) else ""
            sign, span = self._between(node)
            raise Trouble("E104", f"`{sign}` is not an operator here", span, caption)
        args = [self.read(side, depth) for side in (node.left, node.right)]
        typed = [self._expect(arg, "int", f"each side of `{op}`") for arg in args]
        return self.node(op, "int", typed, self.span(node))

    def _between(self, node: ast.BinOp) -> tuple[str, Span]:
        """The operator as it was written, and where it stands."""
        start, end = self.span(node.left)[1], self.span(node.right)[0]
        between = self.text[start - self.start : end - self.start]
        sign = between.strip(" \t\r\n()")
        start += between.find(sign)
        return sign, (start, start + len(sign))

    def _unary(self, node: ast.UnaryOp, depth: int) -> Expr:
        arg, span = self.read(node.operand, depth), self.span(node)
        if isinstance(node.op, ast.Not):
            typed = self._expect(arg, "bool", "what follows `not`")
            return self.node("not", "bool", [typed], span)
        if isinstance(node.op, ast.USub):
            typed = self._expect(arg, "int", "what follows `-`")
            return self.node("neg", "int", [typed], span)
        return self._expect(arg, "int", "what follows `+`")

    def _logic(
        self, op: str, values: Sequence[ast.expr], span: Span, depth: int
    ) -> Expr:
        args = [self.read(value, depth) for value in values]
        typed = [self._expect(arg, "bool", f"each side of `{op}`") for arg in args]
        return self.node(op, "bool", typed, span)

    def _comparison(self, node: ast.Compare, depth: int) -> Expr:
        if any(type(op) not in _COMPARE for op in node.ops):
            message = "only < <= == != > >= compare values here"
            raise Trouble("E104", message, self.span(node))
        sides = [self.read(side, depth) for side in (node.left, *node.comparators)]
        pairs = [
            self._compare(op, left, right)
            for op, left, right in zip(node.ops, sides[:-1], sides[1:], strict=True)
        ]
        if len(pairs) == 1:
            return pairs[0]
        return self.node("and", "bool", pairs, self.span(node))

    def _compare(self, op: ast.cmpop, left: Expr, right: Expr) -> Expr:
        span = (left.span[0], right.span[1])
        sign = _COMPARE[type(op)]
        if sign not in ("==", "!="):
            left = self._expect(left, "int", f"each side of `{sign}`")
            right = self._expect(right, "int", f"each side of `{sign}`")
        elif "any" not in (left.type, right.type) and left.type != right.type:
            message = f"`{sign}` compares {_SAID[left.type]} with {_SAID[right.type]}"
            raise Trouble("E301", message, span)
        return self.node(sign, "bool", [left, right], span)

    def _choice(self, node: ast.IfExp, depth: int) -> Expr:
        test = self._expect(self.read(node.test, depth), "bool", "the part after `if`")
        then, other = self.read(node.body, depth), self.read(node.orelse, depth)
        kinds = {then.type, other.type} - {"any"}
        if len(kinds) > 1:
            message = "both results of `if ... else` must be of one type"
            raise Trouble("E301", message, self.span(node))
        kind = kinds.pop() if kinds else "any"
        return self.node("if", kind, [test, then, other], self.span(node))

    def _call(self, node: ast.Call, depth: int) -> Expr:
        if not isinstance(node.func, ast.Name):
            raise Trouble("E102", "only min, max and abs are called", self.span(node))
        name, span = node.func.id, self.span(node.func)
        if name not in FUNCTIONS:
            raise Trouble(
                "E207",
                f"unknown function {quoted(name)}",
                span,
                Guess(name, FUNCTIONS),
                "functions in expressions: min, max, abs",
            )
        if node.keywords:
            raise Trouble("E102", "values are given without names", self.span(node))
        args = [self.read(arg, depth) for arg in node.args]
        if any(arg is POISON for arg in args):
            return POISON
        if (name == "abs") != (len(args) == 1) or not args:
            wanted = "one value" if name == "abs" else "two values or more"
            raise Trouble("E301", f"`{name}` takes {wanted}", self.span(node))
        typed = [self._expect(arg, "int", f"each value of `{name}`") for arg in args]
        return self.node(name, "int", typed, self.span(node))

    def node(self, op: str, kind: str, args: Sequence[Expr], span: Span) -> Expr:
        """An operator's node with its bounds; a constant when all its parts are."""
        if any(arg.type == "any" for arg in args):
            return POISON
        low, high = bounds(op, [(arg.low, arg.high) for arg in args])
        if max(abs(low), abs(high)) >= OVERFLOW:
            self.troubles.append(_overflow((low, high), span))
            return POISON
        if all(arg.op == "const" for arg in args):
            return Expr("const", kind, value=low, low=low, high=high, span=span)
        return Expr(op, kind, tuple(args), low=low, high=high, span=span)

    def _expect(self, expr: Expr, kind: str, where: str) -> Expr:
        if expr.type in (kind, "any"):
            return expr
        message = f"{where} must be {_SAID[kind]}; this is {_SAID[expr.type]}"
        self.troubles.append(Trouble("E301", message, expr.span, _cure(expr, kind)))
        return POISON


def number(value: int, span: Span) -> Expr:
    """A constant."""
    return Expr("const", "int", value=value, low=value, high=value, span=span)


def _cure(expr: Expr, kind: str) -> str:
    if kind == "bool" and expr.op == "name":
        return "compare it, such as with `> 0`"
    if kind == "int" and expr.op == "name":
        return "write `1 if ... else 0`"
    return ""


def _overflow(interval: Interval, span: Span) -> Trouble:
    digits = len(str(max(abs(bound) for bound in interval)))
    return Trouble(
        "E309",
        f"this may become a number of {digits} digits, too large to count with",
        span,
        hint="divide in between, or set narrower bounds on the tracks",
    )
