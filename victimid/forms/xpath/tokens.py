"""The tokens of XPath 1.0, with the rule that tells a name from an operator."""

import re
from typing import Final, Literal, NamedTuple

from victimid.errors import VictimIDError

Kind = Literal["number", "string", "name", "operator", "symbol", "end"]

_NAME: Final = r"[^\W\d][\w.\-]*"
_PATTERN: Final = re.compile(
    rf"""(?P<space>[ \t\r\n]+)
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<string>"[^"]*"|'[^']*')
    |(?P<symbol>::|\.\.|//|!=|<=|>=|[()\[\]@,./|+\-=<>*$])
    |(?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)""",
    re.VERBOSE,
)
_WORD_OPERATORS: Final = frozenset({"and", "or", "div", "mod"})
_OPERATORS: Final = frozenset({"+", "-", "=", "!=", "<", "<=", ">", ">=", "|", "and", "or", "div", "mod", "*"})
_BEFORE_OPERAND: Final = frozenset({"::", "(", "[", ",", "@", "/", "//"})


class Token(NamedTuple):
    """One token and its character position."""

    kind: Kind
    text: str
    at: int


def tokens(source: str) -> list[Token]:
    """Split an expression into tokens; raises ``form.syntax`` with the position of what is no token."""
    found: list[Token] = []
    at = 0
    before: Token | None = None
    for match in _PATTERN.finditer(source):
        if match.start() != at:
            break
        at = match.end()
        kind = match.lastgroup
        if kind == "space":
            continue
        before = _token(kind or "", match.group(), match.start(), before)
        found.append(before)
    if at != len(source):
        raise VictimIDError("form.syntax", expression=source[:200], at=at + 1)
    found.append(Token("end", "", at))
    return found


def _token(kind: str, text: str, at: int, before: Token | None) -> Token:
    """Decide by the token before whether ``*`` and words such as ``div`` are operators (XPath 1.0, 3.7)."""
    if kind == "name" or text == "*":
        ambiguous = text == "*" or text in _WORD_OPERATORS
        after_operand = ambiguous and before is not None and _is_operand_end(before)
        return Token("operator" if after_operand else "name", text, at)
    if kind == "symbol":
        return Token("operator" if text in _OPERATORS else "symbol", text, at)
    return Token("number" if kind == "number" else "string", text, at)


def _is_operand_end(token: Token) -> bool:
    return token.kind != "operator" and token.text not in _BEFORE_OPERAND
