"""A recursive-descent parser for XPath 1.0; it builds a tree and evaluates nothing."""

from functools import lru_cache
from typing import Final, cast, get_args

from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.xpath.syntax import Axis, Call, Chain, Expression, Literal, Negation, Path, Step
from victimid.forms.xpath.tokens import Token, tokens

_LEVEL: Final = {
    "or": 0,
    "and": 1,
    **dict.fromkeys(("=", "!="), 2),
    **dict.fromkeys(("<", "<=", ">", ">="), 3),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("*", "div", "mod"), 5),
}
_AXES: Final = frozenset(get_args(Axis))
_NODE_TYPES: Final = frozenset({"node", "text", "comment", "processing-instruction"})
_DESCENDANTS: Final = Step("descendant-or-self", "node()")
_PARENT: Final = Step("parent", "node()")


@lru_cache(maxsize=4096)
def parse(source: str) -> Expression:
    """Parse an expression; raises ``form.syntax`` with the position, ``form.too_large`` over a limit."""
    limits.require(limits.EXPRESSION_CHARACTERS, len(source), "expression")
    return _Parser(source).whole()


def _plain_path(text: str) -> Path:
    """Make a path of a token that is nothing but parents and names."""
    start, _, rest = text.partition("/")
    steps = tuple([_PARENT if name == ".." else Step("child", name) for name in rest.split("/")])
    return Path("context", (_PARENT, *steps)) if start else Path("root", steps)


class _Parser:
    """One pass over the tokens of one expression."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = tokens(source)
        self._index = 0
        self._depth = 0

    def whole(self) -> Expression:
        """Parse everything up to the end."""
        found = self._binary(0)
        if self._now.kind != "end":
            raise self._error()
        return found

    @property
    def _now(self) -> Token:
        return self._tokens[self._index]

    def _error(self) -> VictimIDError:
        return VictimIDError("form.syntax", expression=self._source[:200], at=self._now.at + 1)

    def _take(self, text: str) -> bool:
        """Move past a symbol or operator if it is next."""
        if self._now.text == text and self._now.kind in {"symbol", "operator"}:
            self._index += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._error()

    def _enter(self) -> None:
        self._depth += 1
        limits.require(limits.EXPRESSION_DEPTH, self._depth, "expression depth")

    def _binary(self, level: int) -> Expression:
        """Parse from a precedence level down, climbing rather than descending through every level."""
        left = self._unary()
        return self._climb(left, level)

    def _climb(self, left: Expression, level: int) -> Expression:
        while (found := self._level()) is not None and found >= level:
            rest: list[tuple[str, Expression]] = []
            while self._level() == found:
                operator = self._now.text
                self._index += 1
                right = self._unary()
                deeper = self._level()
                if deeper is not None and deeper > found:
                    right = self._climb(right, found + 1)
                rest.append((operator, right))
            left = Chain(left, tuple(rest))
        return left

    def _level(self) -> int | None:
        """Return the precedence of the operator that is next, if one is."""
        token = self._tokens[self._index]
        return _LEVEL.get(token.text) if token.kind == "operator" else None

    def _unary(self) -> Expression:
        minus = 0
        while self._take("-"):
            minus += 1
        first = self._path()
        if self._now.text == "|" and self._now.kind == "operator":
            rest = []
            while self._take("|"):
                rest.append(("|", self._path()))
            first = Chain(first, tuple(rest))
        if not minus:
            return first
        return Negation(first) if minus % 2 else Negation(Negation(first))

    def _path(self) -> Expression:
        token = self._tokens[self._index]
        if token.kind == "path":
            self._index += 1
            return _plain_path(token.text)
        if self._now.text == "//" or self._now.text == "/":
            return self._absolute()
        if self._starts_step():
            return Path("context", self._steps())
        primary = self._primary()
        predicates = self._predicates()
        if self._now.kind == "symbol" and self._now.text in {"/", "//"}:
            leading = (_DESCENDANTS,) if self._now.text == "//" else ()
            self._index += 1
            return Path(primary, (*leading, *self._steps()), predicates)
        return Path(primary, (), predicates) if predicates else primary

    def _absolute(self) -> Path:
        if self._take("//"):
            return Path("root", (_DESCENDANTS, *self._steps()))
        self._expect("/")
        return Path("root", self._steps() if self._starts_step() else ())

    def _starts_step(self) -> bool:
        token = self._now
        if token.kind == "symbol":
            return token.text in {".", "..", "@"}
        if token.kind != "name":
            return False
        following = self._tokens[self._index + 1]
        return following.text != "(" or token.text in _NODE_TYPES

    def _steps(self) -> tuple[Step, ...]:
        steps = [self._step()]
        while self._now.kind == "symbol" and self._now.text in {"/", "//"}:
            if self._now.text == "//":
                steps.append(_DESCENDANTS)
            self._index += 1
            steps.append(self._step())
        return tuple(steps)

    def _step(self) -> Step:
        if self._take("."):
            return Step("self", "node()", self._predicates())
        if self._take(".."):
            return Step("parent", "node()", self._predicates())
        axis: Axis = "attribute" if self._take("@") else "child"
        if self._tokens[self._index].kind == "name" and self._tokens[self._index + 1].text == "::":
            if self._now.text not in _AXES:
                raise self._error()
            axis = cast("Axis", self._now.text)
            self._index += 2
        return Step(axis, self._test(), self._predicates())

    def _test(self) -> str:
        token = self._now
        if token.kind != "name":
            raise self._error()
        self._index += 1
        if token.text in _NODE_TYPES and self._take("("):
            if self._now.kind == "string":
                self._index += 1
            self._expect(")")
            return f"{token.text}()"
        return token.text.rpartition(":")[2]

    def _predicates(self) -> tuple[Expression, ...]:
        found = []
        while self._take("["):
            self._enter()
            found.append(self._binary(0))
            self._depth -= 1
            self._expect("]")
        return tuple(found)

    def _primary(self) -> Expression:
        token = self._now
        self._index += 1
        if token.kind == "string":
            return Literal(token.text[1:-1])
        if token.kind == "number":
            return Literal(float(token.text))
        if token.kind == "symbol" and token.text == "(":
            self._enter()
            inner = self._binary(0)
            self._depth -= 1
            self._expect(")")
            return inner
        if token.kind == "name" and self._now.text == "(":
            return Call(token.text, self._arguments(), token.at)
        self._index -= 1
        raise self._error()

    def _arguments(self) -> tuple[Expression, ...]:
        self._expect("(")
        self._enter()
        found: list[Expression] = []
        if not self._take(")"):
            found.append(self._binary(0))
            while self._take(","):
                found.append(self._binary(0))
            self._expect(")")
        self._depth -= 1
        return tuple(found)
