"""From what an officer types to the text of an XForms value, and back."""

import unicodedata
from dataclasses import dataclass

_SAME = {"٫": ".", ",": ".", "−": "-", "‒": "-", "–": "-", "\u00a0": "", "\u202f": "", "٬": "", "'": ""}


@dataclass(frozen=True, slots=True)
class DateParts:
    """The boxes of a date as typed; ``hour`` and ``minute`` only where a time is asked for."""

    day: str = ""
    month: str = ""
    year: str = ""
    hour: str = ""
    minute: str = ""


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


def date_parts(value: str) -> DateParts:
    """Split an XForms date or date and time into its boxes."""
    day, _, time = value.partition("T")
    numbers = [part.lstrip("0") or part for part in day.split("-")]
    if len(numbers) != 3:
        return DateParts()
    clock = time.split(":") if time else ["", ""]
    return DateParts(numbers[2], numbers[1], numbers[0], clock[0], clock[1] if len(clock) > 1 else "")
