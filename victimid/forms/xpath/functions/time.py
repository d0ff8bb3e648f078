"""Dates and times: conversion, today and now, formatting."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from victimid.forms.nodes import Node
from victimid.forms.xpath import moments
from victimid.forms.xpath.code import Code, Scene, as_text
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.functions.simple import gone_through, of_texts
from victimid.forms.xpath.moments import Moment
from victimid.forms.xpath.syntax import Expression
from victimid.forms.xpath.values import NAN, Value, to_text

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FORMATS: Final[Mapping[str, Callable[[datetime], str]]] = {
    "%Y": lambda at: f"{at.year:04}",
    "%y": lambda at: f"{at.year:04}"[2:],
    "%m": lambda at: f"{at.month:02}",
    "%n": lambda at: str(at.month),
    "%b": lambda at: _MONTHS[at.month - 1],
    "%d": lambda at: f"{at.day:02}",
    "%e": lambda at: str(at.day),
    "%a": lambda at: _DAYS[at.weekday()],
    "%H": lambda at: f"{at.hour:02}",
    "%h": lambda at: str(at.hour),
    "%M": lambda at: f"{at.minute:02}",
    "%S": lambda at: f"{at.second:02}",
    "%3": lambda at: f"{at.microsecond // 1000:03}",
}
_DATE_ONLY: Final = re.compile("%[Yymnbdea]")
_DATE_AND_TIME: Final = re.compile("%[YymnbdeaHhMS3]")


def _convert(value: Value) -> Moment | str:
    """Convert a number of days or a text to a date; booleans have none."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, Moment):
        return value
    if isinstance(value, float):
        found = moments.from_days(value)
        return Moment(NAN, moments.INVALID) if found is None else moments.of(found)
    return moments.from_text(to_text(value))


def _date(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    run = compiler.code(arguments[0]).run
    return Code("any", lambda node, scene: _convert(run(node, scene)))


def _decimal_date_time(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    run = compiler.code(arguments[0]).run

    def evaluate(node: Node, scene: Scene) -> float:
        found = _convert(run(node, scene))
        return float(found) if isinstance(found, Moment) else NAN

    return Code("number", evaluate)


def _formatted(letters: re.Pattern[str]) -> Function:
    def build(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
        value = as_text(compiler.code(arguments[0]))
        pattern = gone_through(as_text(compiler.code(arguments[1])), 1)

        def evaluate(node: Node, scene: Scene) -> str:
            at = moments.parse(value(node, scene))
            if at is None:
                return ""
            return letters.sub(lambda found: _FORMATS[found.group()](at), pattern(node, scene))

        return Code("text", evaluate)

    return Function(build, 2, 2)


def _months_between(earlier: str, later: str) -> float:
    """Return whole calendar months, as forms of the Community Health Toolkit ask; not a number without two dates."""
    begin, end = moments.parse(earlier[:10]), moments.parse(later[:10])
    if begin is None or end is None:
        return NAN
    return float(12 * (end.year - begin.year) + end.month - begin.month - (end.day < begin.day))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "today": Function(lambda _c, _a: Code("number", lambda _n, scene: moments.today(scene.world.moment())), 0, 0),
    "now": Function(lambda _c, _a: Code("number", lambda _n, scene: moments.now(scene.world.moment())), 0, 0),
    "date": Function(_date, 1, 1),
    "date-time": Function(_date, 1, 1),
    "decimal-date-time": Function(_decimal_date_time, 1, 1),
    "decimal-time": of_texts(float, moments.time_fraction, 1, 1),
    "difference-in-months": of_texts(float, _months_between, 2, 2),
    "format-date": _formatted(_DATE_ONLY),
    "format-date-time": _formatted(_DATE_AND_TIME),
}
