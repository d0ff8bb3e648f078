"""A recursive-descent parser for XPath 1.0; it builds a tree and evaluates nothing."""

import re
from functools import lru_cache
from typing import Final, cast, get_args

from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.xpath.syntax import Axis, Call, Chain, Expression, Literal, Negation, Path, Step
from victimid.forms.xpath.tokens import operand_at, operator_at, step_at

_LEVEL: Final = {
    "or": 0,
    "and": 1,
    **dict.fromkeys(("=", "!="), 2),
    **dict.fromkeys(("<", "<=", ">", ">="), 3),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("*", "div", "mod"), 5),
}
_NONE: Final = -1
_AXES: Final = frozenset(get_args(Axis))
_DESCENDANTS: Final = Step("descendant-or-self", "node()")
_DOTS: Final = {".": Step("self", "node()"), "..": Step("parent", "node()")}


@lru_cache(maxsize=4096)
def parse(source: str) -> Expression:
    """Parse an expression; raises ``form.syntax`` with the position, ``form.too_large`` over a limit."""
    limits.require(limits.EXPRESSION_CHARACTERS, len(source), "expression")
    return _Parser(source).whole()


@lru_cache(maxsize=4096)
def _plain_path(text: str) -> Path:
    """Make a path of nothing but dots and names."""
    steps = tuple([_DOTS.get(name) or Step("child", name) for name in text.removeprefix("/").split("/")])
    return Path("root", steps) if text[0] == "/" else Path("context", steps)


class _Parser:
    """One pass over one expression: after every operand it has read on to the operator that follows, if any does."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._sign = ""
        self._level = _NONE
        self._depth = 0

    def whole(self) -> Expression:
        """Parse everything up to the end."""
        found = self._binary()
        if self._at != len(self._source):
            raise self._error()
        return found

    def _error(self) -> VictimIDError:
        return VictimIDError("form.syntax", expression=self._source[:200], at=self._at + 1)

    def _next(self, text: str) -> bool:
        """Tell whether this is what comes next, with no operator before it."""
        return not self._sign and self._source.startswith(text, self._at)

    def _enter(self) -> None:
        self._depth += 1
        limits.require(limits.EXPRESSION_DEPTH, self._depth, "expression depth")

    def _leave(self, bracket: str) -> None:
        """Move past a closing bracket."""
        if not self._next(bracket):
            raise self._error()
        self._depth -= 1
        self._ended(self._at + 1)

    def _ended(self, at: int) -> None:
        """Read the operator after an operand that ends here."""
        found = operator_at(self._source, at)
        self._at = found.end()
        self._sign = found[1] or ""
        self._level = _LEVEL.get(self._sign, _NONE)

    def _binary(self) -> Expression:
        return self._climb(self._unary(), 0)

    def _climb(self, left: Expression, level: int) -> Expression:
        """Parse from a precedence level down, climbing rather than descending through every level."""
        while self._level >= level:
            found = self._level
            rest: list[tuple[str, Expression]] = []
            while self._level == found:
                sign, self._sign = self._sign, ""
                right = self._unary()
                if self._level > found:
                    right = self._climb(right, found + 1)
                rest.append((sign, right))
            left = Chain(left, tuple(rest))
        return left

    def _unary(self) -> Expression:
        found, minus = operand_at(self._source, self._at), 0
        while found.lastgroup == "minus":
            minus += 1
            found = operand_at(self._source, found.end())
        first = self._operand(found)
        if self._sign == "|":
            rest = []
            while self._sign == "|":
                self._sign = ""
                rest.append(("|", self._operand(operand_at(self._source, self._at))))
            first = Chain(first, tuple(rest))
        if not minus:
            return first
        return Negation(first) if minus % 2 else Negation(Negation(first))

    def _operand(self, found: re.Match[str]) -> Expression:
        kind = found.lastgroup
        if kind == "path":
            self._ended(found.end())
            return _plain_path(found["path"])
        if kind == "document":
            self._ended(found.end())
            return Path("root", ())
        if kind == "root":
            self._at = found.end()
            return Path("root", self._more([]))
        if kind is None or kind == "minus":
            self._at = found.start()
            return Path("context", self._more([self._step()]))
        primary = self._primary(kind, found)
        if self._sign or not self._source.startswith(("[", "/"), self._at):
            return primary
        return Path(primary, predicates=self._predicates(), steps=self._more([]))

    def _more(self, steps: list[Step]) -> tuple[Step, ...]:
        """Parse the steps behind slashes."""
        while self._next("/"):
            self._at += 1
            if self._next("/"):
                self._at += 1
                steps.append(_DESCENDANTS)
            steps.append(self._step())
        return tuple(steps)

    def _step(self) -> Step:
        found = step_at(self._source, self._at)
        kind = found.lastgroup
        if kind is None:
            self._at = found.end()
            raise self._error()
        axis = found["axis"] or ("attribute" if found["attribute"] else "child")
        if axis not in _AXES:
            self._at = found.start("axis")
            raise self._error()
        self._ended(found.end())
        predicates = self._predicates()
        if kind == "dots":
            return _DOTS[found["dots"]]._replace(predicates=predicates)
        test = found["test"].rpartition(":")[2] if kind == "test" else found["type"].partition("(")[0].rstrip() + "()"
        return Step(cast("Axis", axis), test, predicates)

    def _predicates(self) -> tuple[Expression, ...]:
        found = []
        while self._next("["):
            self._at += 1
            self._enter()
            found.append(self._binary())
            self._leave("]")
        return tuple(found)

    def _primary(self, kind: str, found: re.Match[str]) -> Expression:
        if kind == "open":
            self._at = found.end()
            self._enter()
            inner = self._binary()
            self._leave(")")
            return inner
        if kind == "call":
            return Call(found["call"], self._arguments(found.end()), found.start("call"))
        self._ended(found.end())
        if kind == "string":
            return Literal(found["string"][1:-1])
        if kind == "number":
            return Literal(float(found["number"]))
        return Call(found["call"], (), found.start("call"))

    def _arguments(self, at: int) -> tuple[Expression, ...]:
        self._at = at
        self._enter()
        found = [self._binary()]
        while self._next(","):
            self._at += 1
            found.append(self._binary())
        self._leave(")")
        return tuple(found)
