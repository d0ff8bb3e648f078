"""Conditions that compare an answer with a choice the question does not have, and so never hold."""

from collections.abc import Iterator, Mapping

from victimid.errors import VictimIDError
from victimid.forms.problems import FormProblem
from victimid.forms.workbook.book import Workbook
from victimid.forms.workbook.rules import choice_name, list_name, parts_of
from victimid.forms.workbook.survey import REFERENCE, Survey, expressions, named, reference_of
from victimid.forms.xpath.parser import parse
from victimid.forms.xpath.syntax import Call, Chain, Expression, Literal, Path

_Offered = Mapping[str, frozenset[str]]


def unknown_choices(book: Workbook, found: Survey) -> Iterator[FormProblem]:
    """Warn of each such comparison."""
    offered = _offered(book, found)
    for question in found.questions:
        for heading, _, source in expressions(question):
            if offered.keys().isdisjoint(each[2].strip() for each in REFERENCE.finditer(source)):
                continue
            for name, choice in _compared(source):
                if name in offered and choice and choice not in offered[name]:
                    fields: dict[str, str | int] = {"name": name[:100], "choice": choice[:100]}
                    yield FormProblem("warning", "form.unknown_choice", fields, "survey", question.number, heading)


def _offered(book: Workbook, found: Survey) -> _Offered:
    """Return the choices of every select that has them in this workbook."""
    lists: dict[str, set[str]] = {}
    for row in book.sheet("choices").rows:
        lists.setdefault(list_name(row), set()).add(choice_name(row))
    return {
        each.name: frozenset(lists[each.list_name])
        for each in found.questions
        if each.list_name in lists and not each.from_file and not each.or_other
    }


def _compared(source: str) -> Iterator[tuple[str, str]]:
    try:
        tree = parse(named(source))
    except VictimIDError:
        return
    for part in parts_of(tree):
        pair: tuple[Expression, ...] = ()
        if isinstance(part, Chain) and len(part.rest) == 1 and part.rest[0][0] in {"=", "!="}:
            pair = part.first, part.rest[0][1]
        elif isinstance(part, Call) and part.name == "selected":
            pair = part.arguments
        for left, right in (pair, pair[::-1]) if len(pair) == 2 else ():
            if (
                isinstance(left, Path)
                and left.start == "context"
                and len(left.steps) == 1
                and isinstance(right, Literal)
            ):
                yield reference_of(left.steps[0].test), str(right.value)
