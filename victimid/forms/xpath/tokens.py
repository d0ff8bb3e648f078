"""The tokens of XPath 1.0, with the rule that tells a name from an operator."""

import re
from dataclasses import dataclass
from typing import Final, Literal

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


@dataclass(frozen=True, slots=True)
class Token:
    """One token and its character position."""

    kind: Kind
    text: str
    at: int


def tokens(source: str) -> list[Token]:
    """Split an expression into tokens; raises ``form.syntax`` with the position of what is no token."""
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _PATTERN.match(source, at)
        if match is None:
            raise VictimIDError("form.syntax", expression=source[:200], at=at + 1)
        if match.lastgroup != "space":
            found.append(_token(match, found[-1] if found else None))
        at = match.end()
    found.append(Token("end", "", at))
    return found


def _token(match: re.Match[str], before: Token | None) -> Token:
    """Decide by the token before whether ``*`` and words such as ``div`` are operators (XPath 1.0, 3.7)."""
    text = match.group()
    after_operand = before is not None and before.kind != "operator" and before.text not in _BEFORE_OPERAND
    if text == "*":
        return Token("operator" if after_operand else "name", text, match.start())
    if match.lastgroup == "name":
        word = after_operand and text in _WORD_OPERATORS
        return Token("operator" if word else "name", text, match.start())
    if match.lastgroup == "symbol" and text in _OPERATORS:
        return Token("operator", text, match.start())
    kind: Kind = "number" if match.lastgroup == "number" else "string" if match.lastgroup == "string" else "symbol"
    return Token(kind, text, match.start())
