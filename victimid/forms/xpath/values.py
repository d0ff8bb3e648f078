"""XPath values as Python values, and the conversions between them.

A string is ``str``, a number ``float`` (or ``Moment``), a boolean ``bool``, a node-set a list of nodes.
"""

import math
import re
from datetime import datetime
from decimal import Decimal
from typing import Final

from victimid.forms.effort import Effort
from victimid.forms.nodes import Node
from victimid.forms.xpath import moments
from victimid.forms.xpath.moments import Moment

Value = str | float | bool | list[Node]
NAN: Final = math.nan
_NUMBER: Final = re.compile(r"[ \t\r\n]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[ \t\r\n]*", re.ASCII)
_MOST: Final = 2.0**53
_LEAST: Final = -_MOST
_SPACE: Final = re.compile(r"[ \t\r\n]+")


def number_of_text(text: str) -> float:
    """Convert text: a number, a date or date and time as days, else not a number."""
    if (text.isascii() and text.isdigit()) or _NUMBER.fullmatch(text) is not None:
        return float(text)
    if len(text) >= 10 and text[4] == "-":
        found: datetime | None = moments.parse(text)
        if found is not None:
            return moments.days(found)
    return NAN


def number_of_node(node: Node) -> float:
    """Convert a node's text, remembered until the text changes."""
    number = node.number
    if number is None:
        number = node.number = number_of_text(node.value or node.text())
    return number


def text_of_number(number: float) -> str:
    """Write a number as XPath does, except that not-a-number is blank as everywhere in ODK."""
    if type(number) is float and number.is_integer() and _LEAST < number < _MOST:
        return str(int(number))
    if type(number) is Moment:
        return number.text
    if number != number:
        return ""
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    written = f"{Decimal(repr(float(number))):f}"
    return written.removesuffix(".0")


def to_text(value: Value, effort: Effort | None = None) -> str:
    """Convert any value to text; that of many nodes is counted."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return value[0].text(effort) if value else ""
    return text_of_number(value)


def to_number(value: Value) -> float:
    """Convert any value to a number."""
    if isinstance(value, str):
        return number_of_text(value)
    if isinstance(value, list):
        return number_of_node(value[0]) if value else NAN
    return float(value) if isinstance(value, bool) else value


def to_boolean(value: Value) -> bool:
    """Convert any value to a boolean: non-blank text, a number but zero, a node-set with nodes."""
    if isinstance(value, float):
        return value != 0 and value == value
    return bool(value)


def words(text: str) -> list[str]:
    """Split a select-multiple value."""
    return [word for word in _SPACE.split(text) if word]


def normalised(text: str) -> str:
    """Trim and collapse XML white space."""
    return " ".join(words(text))
