"""The tokens of XPath 1.0, with the rule that tells a name from an operator.

Plain paths such as ``/data/name`` and ``../name`` are one token: most of every form is made of them.
"""

import re
from typing import Final, Literal, NamedTuple

from victimid.errors import VictimIDError

Kind = Literal["number", "string", "name", "path", "operator", "symbol", "end"]

_NAME: Final = r"[^\W\d][\w.\-]*+"
_SPACE: Final = r"[ \t\r\n]*+"
_PATTERN: Final = re.compile(
    rf"""{_SPACE}(?:
    (?P<path>(?:/|(?:\.\./)++){_NAME}(?:/{_NAME})*+)(?!{_SPACE}[(:/\[])
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<string>"[^"]*"|'[^']*')
    |(?P<symbol>::|\.\.|//|!=|<=|>=|[()\[\]@,./|+\-=<>*$])
    |(?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    )""",
    re.VERBOSE,
)
_BLANK: Final = re.compile(_SPACE)
_PIECES: Final = re.compile(r"\.\.|/|[^/]+")
_WORD_OPERATORS: Final = frozenset({"and", "or", "div", "mod"})
_OPERATORS: Final = frozenset({"+", "-", "=", "!=", "<", "<=", ">", ">=", "|", "and", "or", "div", "mod", "*"})
_BEFORE_OPERAND: Final = frozenset({"::", "(", "[", ",", "@", "/", "//"})
_BEFORE_PATH: Final = frozenset({"(", "[", ","})


class Token(NamedTuple):
    """One token and its character position."""

    kind: Kind
    text: str
    at: int


def tokens(source: str) -> list[Token]:
    """Split an expression into tokens; raises ``form.syntax`` with the position of what is no token."""
    found: list[Token] = []
    at = 0
    before = Token("operator", "", 0)
    while match := _PATTERN.match(source, at):
        kind = match.lastgroup or ""
        text = match[kind]
        at = match.end()
        if kind == "path" and not _may_start_path(before):
            found.extend(_pieces(text, at - len(text)))
            before = found[-1]
            continue
        before = _token(kind, text, at - len(text), before)
        found.append(before)
    at = _BLANK.match(source, at).end()  # type: ignore[union-attr]  # it matches nothing too
    if at != len(source):
        raise VictimIDError("form.syntax", expression=source[:200], at=at + 1)
    found.append(Token("end", "", at))
    return found


def _may_start_path(before: Token) -> bool:
    return before.kind == "operator" or before.text in _BEFORE_PATH


def _pieces(path: str, start: int) -> list[Token]:
    """Split a path that goes on from an expression before it into its steps."""
    return [
        Token("symbol" if match[0] in {"..", "/"} else "name", match[0], start + match.start())
        for match in _PIECES.finditer(path)
    ]


def _token(kind: str, text: str, at: int, before: Token) -> Token:
    """Decide by the token before whether ``*`` and words such as ``div`` are operators (XPath 1.0, 3.7)."""
    if kind == "name" or text == "*":
        after_operand = (text == "*" or text in _WORD_OPERATORS) and _is_operand_end(before)
        return Token("operator" if after_operand else "name", text, at)
    if kind == "symbol":
        return Token("operator" if text in _OPERATORS else "symbol", text, at)
    return Token("path" if kind == "path" else "number" if kind == "number" else "string", text, at)


def _is_operand_end(token: Token) -> bool:
    return token.kind != "operator" and token.text not in _BEFORE_OPERAND
