"""Dates and times as XPath numbers: days since 1 January 1970, in the wall time of this machine."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Self

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - wall time on purpose, see the module docstring
_DAY: Final = timedelta(days=1)
_MOMENT: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?",
    re.ASCII,
)
_TIME: Final = re.compile(r"\d{2}:\d{2}(:[0-5]\d)?(\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_UNPADDED: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?", re.ASCII)
INVALID: Final = "Invalid Date"


class Moment(float):
    """A number of days that reads as a date or date and time where text is wanted."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, days: float, text: str) -> Self:
        """Keep the text beside the number."""
        made = super().__new__(cls, days)
        made.text = text
        return made


def wall_time(moment: datetime) -> datetime:
    """Return local wall time without a zone."""
    return moment.astimezone().replace(tzinfo=None)


def parse(text: str) -> datetime | None:
    """Read an ISO date or date and time as wall time; None where it is none or not in the calendar."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    micro = int(((fraction or "0") + "000000")[:6])
    try:
        found = datetime(  # noqa: DTZ001 - the zone, if any, is applied below
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), micro
        )
    except ValueError:
        return None
    return _in_wall_time(found, offset)


def _in_wall_time(found: datetime, offset: str | None) -> datetime | None:
    if not offset:
        return found
    try:
        if offset == "Z":
            return wall_time(found.replace(tzinfo=UTC))
        sign = -1 if offset[0] == "-" else 1
        east = sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
        return wall_time((found - east).replace(tzinfo=UTC))
    except OverflowError:
        return None


def days(moment: datetime) -> float:
    """Return days since the epoch, with the time of day as a fraction."""
    return (moment - _EPOCH) / _DAY


def from_days(number: float) -> datetime | None:
    """Return the moment a number of days stands for, to the millisecond; None out of range."""
    try:
        return _EPOCH + timedelta(milliseconds=round(number * 86_400_000))
    except (OverflowError, ValueError):
        return None


def of(moment: datetime) -> Moment:
    """Make a moment of wall time: a plain date at midnight, else with time and zone."""
    if moment.time() == time(0):
        return Moment(days(moment), f"{moment:%Y-%m-%d}".rjust(10, "0"))
    return Moment(days(moment), iso(moment))


def iso(moment: datetime) -> str:
    """Write wall time with milliseconds and the machine's offset, as ODK stores it."""
    try:
        offset = f"{moment.astimezone():%z}"
    except (OverflowError, ValueError):
        offset = "+0000"
    return f"{moment.isoformat(timespec='milliseconds')}{offset[:3]}:{offset[3:5]}"


def today(moment: datetime) -> Moment:
    """Return this day."""
    return of(datetime.combine(wall_time(moment).date(), time(0)))


def now(moment: datetime) -> Moment:
    """Return this moment; midnight too keeps its time."""
    local = wall_time(moment)
    return Moment(days(local), iso(local))


def from_text(text: str) -> Moment | str:
    """Convert text to a date as ``date()`` does: blank stays blank, months and days may lack a zero."""
    if not text:
        return ""
    unpadded = _UNPADDED.fullmatch(text)
    if unpadded is not None:
        year, month, day, rest = unpadded.groups()
        text = f"{year}-{month:>02}-{day:>02}{rest or ''}"
    found = parse(text)
    return Moment(float("nan"), INVALID) if found is None else of(found)


def time_fraction(text: str) -> float:
    """Return the part of a day that a time of day is; NaN where it is none."""
    if _TIME.fullmatch(text) is None:
        return float("nan")
    found = parse(f"1970-01-01T{text}")
    return float("nan") if found is None else days(found) % 1


def is_date(text: str) -> bool:
    """Tell whether the text is a date of the calendar, with or without a time after it."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return parse(text) is not None
