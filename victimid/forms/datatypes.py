"""The value spaces of bind types: lenient for what a form computes, strict for what a person enters."""

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from victimid.forms.effort import SHORT
from victimid.forms.xpath import moments
from victimid.forms.xpath.values import number_of_text

Normalise = Callable[[str], str]

_LINES: Final = frozenset({"geotrace", "geoshape"})
_INT_MOST: Final = 2**31
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?", re.ASCII)
_DATE_TIME: Final = re.compile(r".{10}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_PLAIN_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_PLAIN_INT: Final = re.compile(r"[+-]?\d{1,10}", re.ASCII)


def _int(text: str) -> str:
    if not text or _PLAIN_NUMBER.fullmatch(text.strip()) is None:
        return ""
    number = float(text)
    return str(int(number)) if -_INT_MOST - 1 < number < _INT_MOST else ""


def _decimal(text: str) -> str:
    if not text or _PLAIN_NUMBER.fullmatch(text.strip()) is None:
        return ""
    number = float(text)
    return decimal_text(number) if number_of_text(text) == number and abs(number) < float("inf") else ""


def decimal_text(number: float) -> str:
    """Write a decimal with at least one digit after the point and no exponent."""
    written = f"{Decimal(repr(number)):f}"
    return written if "." in written else f"{written}.0"


def _date(text: str) -> str:
    return text[:10] if moments.is_date(text) else ""


def _date_time(text: str) -> str:
    return text if _DATE_TIME.fullmatch(text) and moments.parse(text) is not None else ""


def _time(text: str) -> str:
    return text if _TIME.fullmatch(text) else ""


def _geopoint(text: str) -> str:
    words = text.split()[:4]
    if not all(_PLAIN_NUMBER.fullmatch(word) for word in words):
        return ""
    numbers = [float(word) for word in words]
    if (
        len(numbers) < 2
        or math.inf in map(abs, numbers)
        or abs(numbers[0]) > 90
        or abs(numbers[1]) > 180
        or numbers[:2] == [0, 0]
    ):
        return ""
    return " ".join(decimal_text(number) for number in numbers)


def _line(text: str) -> str:
    points = [_geopoint(part) for part in text.strip().rstrip(";").split(";")]
    return ";".join(points) if len(points) >= 2 and all(points) else ""


def _shape(text: str) -> str:
    line = _line(text)
    points = line.split(";")
    closed = len(points) >= 4 and points[0].split()[:2] == points[-1].split()[:2]
    return line if closed else ""


def _ok(text: str) -> str:
    return "OK" if text.lower() == "ok" else ""


NORMALISE: Final[Mapping[str, Normalise]] = MappingProxyType(
    {
        "string": str,
        "int": _int,
        "decimal": _decimal,
        "date": _date,
        "dateTime": _date_time,
        "time": _time,
        "geopoint": _geopoint,
        "geotrace": _line,
        "geoshape": _shape,
        "trigger": _ok,
    }
)


def normaliser(value_type: str) -> Normalise:
    """Return the conversion of a bind type; other types hold any text."""
    return NORMALISE.get(value_type, str)


def toil(value_type: str, text: str) -> int:
    """Return how many nodes looked at are as much work as converting a text; a short one is free."""
    if len(text) < SHORT:
        return 0
    return 2 * len(text) if value_type in _LINES else len(text) // SHORT


def accepted(value_type: str, text: str) -> str | None:
    """Convert what a person entered; None where it is not of the type. Blank is always of the type."""
    if not text:
        return ""
    if value_type == "int" and _PLAIN_INT.fullmatch(text.strip()) is None:
        return None
    return normaliser(value_type)(text) or None
