"""The words of XPath 1.0, by what may stand where: an operand, a step of a path, and what follows either.

As each place has a pattern of its own, ``div`` or ``*`` is an operator exactly after an operand (XPath 1.0, 3.7).
Every pattern matches, if only white space, so that a match ends where something else stands.
"""

import re
from collections.abc import Callable
from typing import Final, cast

_At = Callable[[str, int], re.Match[str]]

_SPACE: Final = r"[ \t\r\n]*+"
_NAME: Final = r"[^\W\d][\w.\-]*+"
_QUALIFIED: Final = rf"{_NAME}(?::(?!:){_NAME})?+"
_STRING: Final = r""""[^"]*+"|'[^']*+'"""
_TYPE: Final = rf"(?:node|text|comment|processing-instruction){_SPACE}\((?:{_SPACE}(?:{_STRING}))?{_SPACE}\)"


def _always(pattern: str) -> _At:
    """Return a function that matches at a position; a pattern that matches nothing too always does."""
    return cast("_At", re.compile(pattern, re.VERBOSE).match)


# Plain paths such as /data/name, ../name and . are one word: most of every form is made of them.
operand_at: Final = _always(
    rf"""{_SPACE}(?:
    (?P<path>(?:(?:/|(?:\.\./)*+){_NAME}(?:/{_NAME})*+|\.\.?+)(?!\d|{_SPACE}[(:/\[]))
    |(?P<string>{_STRING})
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
    |(?!{_TYPE})(?P<call>{_QUALIFIED}){_SPACE}\((?P<empty>{_SPACE}\))?+
    |(?P<minus>-)
    |(?P<open>\()
    |(?P<document>/(?!{_SPACE}[\w.@*/]))
    |(?P<root>(?=/))
    )?+"""
)
step_at: Final = _always(
    rf"""{_SPACE}(?:
    (?P<dots>\.\.?+)
    |(?:(?P<axis>{_NAME}){_SPACE}::|(?P<attribute>@))?+{_SPACE}(?:(?P<type>{_TYPE})|(?P<test>\*|{_NAME}:\*|{_QUALIFIED}))
    )?+"""
)
operator_at: Final = _always(rf"{_SPACE}([=+*|\-]|!=|[<>]=?|(?:and|or|div|mod)(?![\w.\-]))?+")
