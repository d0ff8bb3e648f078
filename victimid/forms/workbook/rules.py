"""What can be wrong with the rows of a workbook, each found on its own and all reported."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from victimid.errors import VictimIDError
from victimid.forms.problems import FormProblem, of_error
from victimid.forms.workbook.book import Row, Workbook
from victimid.forms.workbook.survey import REFERENCE, TEXTS, Question, Survey, cell, expressions, named
from victimid.forms.workbook.types import is_name, is_type
from victimid.forms.xform.binds import entries
from victimid.forms.xpath.functions import FUNCTIONS
from victimid.forms.xpath.parser import parse
from victimid.forms.xpath.syntax import Call, Chain, Expression, Literal, Negation

_SHEETS: Final = ("survey", "choices")


def row_problems(book: Workbook, found: Survey) -> Iterator[FormProblem]:
    """Yield everything that can be seen from the rows alone, errors first."""
    yield from _structure(found)
    yield from _names(found)
    yield from _lists(book, found)
    yield from _choices(book)
    yield from _references(found)
    yield from _expressions(found)
    yield from _translations(book)


def _survey(code: str, question: Question, column: str, **fields: str | int) -> FormProblem:
    return FormProblem("error", code, fields, "survey", question.number, column)


def _structure(found: Survey) -> Iterator[FormProblem]:
    for number in found.unopened:
        yield FormProblem("error", "form.end_without_begin", {}, "survey", number, "type")
    for question in found.unclosed:
        yield _survey("form.begin_without_end", question, "type", name=question.name)
    for question in found.questions:
        if not question.type:
            yield _survey("form.no_type", question, "type", name=question.name)
        elif not question.begins and not is_type(question.type):
            yield _survey("form.unknown_type", question, "type", type=question.type[:100])


def _names(found: Survey) -> Iterator[FormProblem]:
    seen: set[str] = set()
    for question in found.questions:
        if not question.name:
            yield _survey("form.no_name", question, "name")
            continue
        if not is_name(question.name):
            yield _survey("form.bad_name", question, "name", name=question.name[:100])
        if question.path.lower() in seen:
            yield _survey("form.duplicate_name", question, "name", name=question.name[:100])
        seen.add(question.path.lower())


def _lists(book: Workbook, found: Survey) -> Iterator[FormProblem]:
    choices = book.sheet("choices")
    known = {list_name(row) for row in choices.rows if row}
    for question in found.questions:
        name = question.list_name
        if name and not question.from_file and name not in known and "${" not in name:
            yield _survey("form.unknown_list", question, "type", list=name[:100])


def list_name(row: Row) -> str:
    """Return the list a choice belongs to, under either spelling of the heading."""
    return (cell(row, "list_name") or cell(row, "list name")).strip()


def choice_name(row: Row) -> str:
    """Return the value of a choice, under either spelling of the heading."""
    return (cell(row, "name") or cell(row, "value")).strip()


def _choices(book: Workbook) -> Iterator[FormProblem]:
    seen: set[tuple[str, str]] = set()
    repeats = _allows_duplicates(book)
    for number, row in book.sheet("choices").numbered():
        key = list_name(row), choice_name(row)
        if not key[0]:
            continue
        if not key[1]:
            yield FormProblem("error", "form.choice_without_name", {"list": key[0][:100]}, "choices", number, "name")
        elif key in seen and not repeats:
            fields: dict[str, str | int] = {"list": key[0][:100], "name": key[1][:100]}
            yield FormProblem("error", "form.duplicate_choice", fields, "choices", number, "name")
        seen.add(key)


def _allows_duplicates(book: Workbook) -> bool:
    settings = book.sheet("settings").rows
    return bool(settings) and cell(settings[0], "allow_choice_duplicates").lower() in {"yes", "true", "true()"}


def _references(found: Survey) -> Iterator[FormProblem]:
    counted = Counter(question.name for question in found.questions)
    for question in found.questions:
        for heading, text in question.row.items():
            for match in REFERENCE.finditer(text):
                name = match.group(2).strip()
                if not counted[name]:
                    yield _survey("form.unknown_reference", question, heading, reference=name[:100])
                elif counted[name] > 1:
                    yield _survey("form.ambiguous_reference", question, heading, reference=name[:100])


def _expressions(found: Survey) -> Iterator[FormProblem]:
    for question in found.questions:
        for heading, known, text in expressions(question):
            for source in entries(text) if known == "vid:when" else [text]:
                problem = expression_problem(source)
                if problem is not None:
                    yield of_error(problem, "survey", question.number, heading)


def expression_problem(source: str) -> VictimIDError | None:
    """Return what is wrong with the syntax or the functions of an expression, if anything."""
    try:
        tree = parse(named(source)) if source else Literal("")
        for part in parts_of(tree):
            if isinstance(part, Call):
                _require_function(part)
    except VictimIDError as error:
        return error
    return None


def _require_function(call: Call) -> None:
    name = call.name.removeprefix("jr:").removeprefix("fn:").removeprefix("xf:")
    function = FUNCTIONS.get(name)
    if function is None:
        raise VictimIDError("form.unknown_function", function=call.name[:100], at=call.at + 1)
    count = len(call.arguments)
    if count < function.least or (function.most is not None and count > function.most):
        raise VictimIDError("form.argument_count", function=call.name[:100], at=call.at + 1, count=count)


def parts_of(tree: Expression) -> Iterator[Expression]:
    """Yield an expression and everything in it, from left to right."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(_inside(part)))


def _inside(tree: Expression) -> Sequence[Expression]:
    if isinstance(tree, Call):
        return tree.arguments
    if isinstance(tree, Chain):
        return [tree.first, *(right for _, right in tree.rest)]
    if isinstance(tree, Negation):
        return [tree.operand]
    if isinstance(tree, Literal):
        return ()
    inner = [each for step in tree.steps for each in step.predicates] + list(tree.predicates)
    return inner if isinstance(tree.start, str) else [*inner, tree.start]


def _translations(book: Workbook) -> Iterator[FormProblem]:
    """Warn where a text stands in one language and not in another."""
    for name in _SHEETS:
        sheet = book.sheet(name)
        for column in TEXTS:
            headings = [each for each in sheet.headings if each.partition("::")[0].strip() == column]
            if len(headings) < 2:
                continue
            for number, row in sheet.numbered():
                missing = [each for each in headings if not row.get(each)]
                if len(missing) < len(headings):
                    for heading in missing:
                        language = heading.partition("::")[2].strip() or "default"
                        fields: dict[str, str | int] = {"language": language[:100]}
                        yield FormProblem("warning", "form.missing_translation", fields, name, number, heading)
