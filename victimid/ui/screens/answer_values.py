"""From what an officer types to the text of an XForms value, and back."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from victimid.model.answer import Precision

_PRECISION = "~"
_SAME = {"٫": ".", ",": ".", "−": "-", "‒": "-", "–": "-", "\u00a0": "", "\u202f": "", "٬": "", "'": ""}


@dataclass(frozen=True, slots=True)
class DateParts:
    """The boxes of a date as typed; ``hour`` and ``minute`` only where a time is asked for."""

    day: str = ""
    month: str = ""
    year: str = ""
    hour: str = ""
    minute: str = ""


def write_boxes(boxes: Mapping[str, str]) -> str:
    """Write what stands in several boxes as one text; nothing in any is the empty text."""
    filled = {name: text for name, text in boxes.items() if text}
    return json.dumps(filled) if filled else ""


def read_boxes(text: str) -> dict[str, str] | None:
    """Read what `write_boxes` wrote; None where the text is something else."""
    try:
        boxes = json.loads(text)
    except ValueError:
        return None
    return {str(name): str(typed) for name, typed in boxes.items()} if isinstance(boxes, dict) else None


def western_digits(text: str) -> str:
    """Turn the digits of any script into 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if unicodedata.decimal(c, None) is not None else c for c in text)


def number(text: str) -> str:
    """Turn a number typed with the digits and the decimal mark of any language into an XForms number.

    What is not a number passes through, so that the form can say what is wrong with it.
    """
    plain = western_digits(text.strip())
    return "".join(_SAME.get(c, c) for c in plain).replace(" ", "")


def date_value(parts: DateParts, appearance: str) -> str:
    """Join the boxes of a date to ``YYYY-MM-DD``; a form that asks for less gets the first day of it."""
    day, month, year = (western_digits(p.strip()) for p in (parts.day, parts.month, parts.year))
    if "month-year" in appearance:
        day = "1" if month or year else ""
    elif "year" in appearance:
        day, month = ("1", "1") if year else ("", "")
    if not (day or month or year):
        return ""
    return f"{year:0>4}-{month:0>2}-{day:0>2}"


def date_time_value(parts: DateParts) -> str:
    """Join date and time to ``YYYY-MM-DDThh:mm:00``; no time means midnight."""
    day = date_value(parts, "")
    hour, minute = (western_digits(p.strip()) for p in (parts.hour, parts.minute))
    return f"{day}T{hour:0>2}:{minute:0>2}:00" if day else ""


def time_value(parts: DateParts) -> str:
    """Join hour and minute to ``hh:mm:00``; an hour alone is a full hour."""
    hour, minute = (western_digits(p.strip()) for p in (parts.hour, parts.minute))
    return f"{hour:0>2}:{minute:0>2}:00" if hour or minute else ""


def with_precision(value: str, precision: Precision, *, always: bool = False) -> str:
    """Add to a date on screen how exact it is; ``always`` says so of an exact one too."""
    if not value or (precision is Precision.EXACT and not always):
        return value
    return f"{value}{_PRECISION}{precision.value}"


def split_precision(text: str) -> tuple[str, Precision | None]:
    """Return date and precision of a text made by ``with_precision``, None where it says none."""
    value, said, name = text.partition(_PRECISION)
    known = next((precision for precision in Precision if said and precision.value == name), None)
    return value, known


def shown(parts: DateParts, precision: Precision) -> DateParts:
    """Return the boxes of a date without those its precision leaves open."""
    if precision in {Precision.EXACT, Precision.ABOUT_DAY}:
        return parts
    if precision in {Precision.MONTH, Precision.ABOUT_MONTH}:
        return replace(parts, day="")
    return replace(parts, day="", month="")


def date_parts(value: str) -> DateParts:
    """Split an XForms date or date and time into its boxes."""
    day, _, time = value.partition("T") if "-" in value[:10] else ("", "", value)
    numbers = [part.lstrip("0") or part for part in day.split("-")]
    clock = [*time.split(":"), "", ""] if time else ["", ""]
    if len(numbers) != 3:
        return DateParts(hour=clock[0], minute=clock[1])
    return DateParts(numbers[2], numbers[1], numbers[0], clock[0], clock[1])
