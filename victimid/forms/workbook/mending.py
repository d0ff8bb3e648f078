"""A workbook without the faults of its rows, so that faults which only show after conversion can be found as well."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from victimid.forms.problems import FormProblem
from victimid.forms.workbook.book import Row, Sheet, Workbook
from victimid.forms.workbook.survey import TEXTS

_TYPES: Final = frozenset({"form.no_type", "form.unknown_type", "form.unknown_list"})
_NAMES: Final = frozenset({"form.no_name", "form.bad_name", "form.duplicate_name"})
_ROWS: Final = frozenset({"form.duplicate_choice", "form.choice_without_name", "form.end_without_begin"})
_ENDS: Final = {"group": "end_group", "repeat": "end_repeat"}


def mended(book: Workbook, problems: Sequence[FormProblem]) -> Workbook:
    """Leave out or replace what the errors are about; rows keep their numbers. Groups left open end inside out."""
    wrong: dict[str, list[FormProblem]] = {}
    for problem in reversed(problems):
        if problem.severity == "error":
            wrong.setdefault(problem.sheet, []).append(problem)
    for name, errors in wrong.items():
        book = book.with_sheet(_mended(book.sheet(name), errors))
    return book


def _mended(sheet: Sheet, errors: Sequence[FormProblem]) -> Sheet:
    rows, headings = list(sheet.rows), dict.fromkeys(sheet.headings)
    for problem in errors:
        at = problem.row - 2
        rows[at] = _row(rows[at], problem)
        headings.update(dict.fromkeys(rows[at]))
        if problem.code == "form.begin_without_end":
            kind = rows[at].get("type", "").partition("repeat")[1] or "group"
            rows.append({"type": _ENDS[kind]})
    return replace(sheet, headings=tuple(headings), rows=tuple(rows))


def _row(row: Row, problem: FormProblem) -> Row:
    if problem.code in _ROWS:
        return {}
    if problem.code in _TYPES:
        return {**row, "type": "text"}
    if problem.code in _NAMES:
        return {**row, "name": f"row-{problem.row}"}
    if problem.code == "form.begin_without_end":
        return row
    if problem.column.partition("::")[0] in TEXTS:
        return {**row, problem.column: "?"}
    return {heading: text for heading, text in row.items() if heading != problem.column}
