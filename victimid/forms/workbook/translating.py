"""Adds translated columns to a form whose table has English labels only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from victimid.forms.workbook.book import Row, Sheet, Workbook

SOURCE: Final = "English (en)"
_COLUMNS: Final = {
    "survey": ("label", "hint", "guidance_hint", "constraint_message", "required_message"),
    "choices": ("label",),
}


@dataclass(frozen=True, slots=True)
class Translation:
    """A language as it is named in forms, such as ``Español (es)``, and how to get from English to it.

    ``translate`` returns None where there is no translation; the English text then stands in.
    """

    language: str
    translate: Callable[[str], str | None]


def translated(book: Workbook, translations: Sequence[Translation]) -> Workbook:
    """Return the workbook with a column per language for everything people read."""
    if not translations:
        return book
    for name, columns in _COLUMNS.items():
        if name in book.sheets:
            book = book.with_sheet(_sheet(book.sheets[name], columns, translations))
    return _with_default(book)


def _sheet(sheet: Sheet, columns: Sequence[str], translations: Sequence[Translation]) -> Sheet:
    headings: list[str] = []
    for heading in sheet.headings:
        if heading in columns:
            headings.append(f"{heading}::{SOURCE}")
            headings.extend(f"{heading}::{each.language}" for each in translations)
        else:
            headings.append(heading)
    rows = tuple(_row(row, columns, translations) for row in sheet.rows)
    return replace(sheet, headings=tuple(headings), rows=rows)


def _row(row: Row, columns: Sequence[str], translations: Sequence[Translation]) -> Row:
    cells: dict[str, str] = {}
    for heading, text in row.items():
        if heading not in columns:
            cells[heading] = text
            continue
        cells[f"{heading}::{SOURCE}"] = text
        for each in translations:
            cells[f"{heading}::{each.language}"] = each.translate(text) or text
    return cells


def _with_default(book: Workbook) -> Workbook:
    settings = book.sheet("settings")
    row = dict(settings.rows[0]) if settings.rows else {}
    row.setdefault("default_language", SOURCE)
    headings = tuple(dict.fromkeys((*settings.headings, "default_language")))
    return book.with_sheet(replace(settings, headings=headings, rows=(row,)))
