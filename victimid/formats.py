"""Dates, times, numbers and lists as people of a language write them (CLDR, through Babel)."""

from datetime import UTC, date, datetime, tzinfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton, format_time, get_date_format
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def locale(language: str) -> Locale:
    """Return the CLDR locale of a language tag; languages CLDR does not know read English."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def prepare(language: str) -> None:
    """Read what dates and numbers of a language need, which takes a moment the first time."""
    number(0, language)
    time_of_day(datetime(2026, 1, 1, tzinfo=UTC), language)


def day(value: date, language: str) -> str:
    """Write a date, for example 21 Nov 2026."""
    return format_date(value, "medium", locale=locale(language))


def month(value: date, language: str) -> str:
    """Write month and year, for example Nov 2026."""
    return format_skeleton("yMMM", value, locale=locale(language))


def year(value: date, language: str) -> str:
    """Write a year alone, for example 2026."""
    return format_skeleton("y", value, locale=locale(language))


def date_order(language: str) -> str:
    """Return the order of day, month and year in typed dates, for example ``dmy``."""
    pattern = get_date_format("short", locale=locale(language)).pattern
    return "".join(dict.fromkeys(letter for letter in pattern.lower() if letter in "dmy"))


def moment(value: datetime, language: str, zone: tzinfo | None = None) -> str:
    """Write date and time in a time zone, the machine's own by default."""
    return format_datetime(value.astimezone(zone), "medium", locale=locale(language))


def time_of_day(value: datetime, language: str, zone: tzinfo | None = None) -> str:
    """Write hours and minutes in a time zone, the machine's own by default."""
    return format_time(value.astimezone(zone), "short", locale=locale(language))


def number(value: float, language: str) -> str:
    """Write a number with the separators of the language."""
    return format_decimal(value, locale=locale(language))


def percent(part: float, language: str) -> str:
    """Write a part of one in whole hundredths, for example 40%."""
    return format_percent(part, locale=locale(language))


def listing(values: list[str], language: str) -> str:
    """Join words into a list, for example a, b and c."""
    return format_list(values, locale=locale(language))


def isolated(text: str) -> str:
    """Keep the direction of inserted text from disturbing its surroundings (Unicode isolates)."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
