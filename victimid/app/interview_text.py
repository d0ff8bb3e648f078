"""An answer in words, as a person of a language would read it."""

from datetime import date, datetime, time, timedelta

from victimid import formats, i18n
from victimid.app.document_words import date_given, file_kind
from victimid.forms.state import Question
from victimid.model.answer import Precision

_DATES = frozenset({"date", "dateTime"})
_YEARS = frozenset({Precision.YEAR, Precision.ABOUT_YEAR, Precision.SPRING, Precision.SUMMER})
_BY_YEAR = _YEARS | {Precision.AUTUMN, Precision.WINTER}
_BY_MONTH = frozenset({Precision.MONTH, Precision.ABOUT_MONTH})


def answer_text(question: Question, value: str, language: str, precision: Precision = Precision.EXACT) -> str:
    """Return an answer in words: labels of what is chosen, a date as exact as it was given, or the value itself.

    ``language`` is the tag of the reader's language; the labels are in the question's own.
    """
    if not value:
        return ""
    if question.options:
        labels = {option.value: option.label for option in question.options}
        chosen = value.split() if question.type in {"select", "rank"} else [value]
        return ", ".join(labels.get(item, item) for item in chosen)
    if question.type == "binary":
        return file_kind(i18n.load("documents", language), value)
    if question.type in _DATES:
        return _date_text(value, asked_for(question.appearance, precision), language)
    if question.type == "time":
        return _time_text(value, language)
    return value


def asked_for(appearance: str, precision: Precision) -> Precision:
    """Return how exact a date is where the form itself asks only for a month or a year."""
    wanted = appearance.split()
    if precision is Precision.EXACT and "month-year" in wanted:
        return Precision.MONTH
    if precision is Precision.EXACT and "year" in wanted:
        return Precision.YEAR
    return precision


def latest_day(day: date, precision: Precision) -> date:
    """Return the latest day a date can mean, so that somebody who may be a child is not taken for an adult.

    A date that is only about right may be off by a year: our own margin.
    """
    if precision is Precision.EXACT:
        return day
    if precision is Precision.MONTH:
        return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    about = precision in {Precision.ABOUT_DAY, Precision.ABOUT_MONTH, Precision.ABOUT_YEAR}
    return date(min(day.year + about, date.max.year), 12, 31)


def _date_text(value: str, precision: Precision, language: str) -> str:
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return value
    if precision in _BY_YEAR:
        written = formats.year(day, language)
    elif precision in _BY_MONTH:
        written = formats.month(day, language)
    else:
        written = formats.day(day, language)
    if "T" in value and precision is Precision.EXACT:
        written = f"{written}, {_time_text(value.partition('T')[2], language)}"
    if precision in {Precision.EXACT, Precision.MONTH, Precision.YEAR}:
        return written
    return date_given(i18n.load("documents", language), written, precision)


def _time_text(value: str, language: str) -> str:
    """Write hours and minutes as they were given, whatever the zone they were given in."""
    try:
        given = time.fromisoformat(value)
    except ValueError:
        return value
    moment = datetime.combine(date.min.replace(year=2000), given.replace(tzinfo=None)).astimezone()
    return formats.time_of_day(moment, language)
