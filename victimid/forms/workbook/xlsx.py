"""Reads an .xlsx into what the converter's own reader makes of it, whose XML parser is written in Python and slow."""

import zipfile
from functools import lru_cache
from pathlib import Path
from posixpath import join, normpath, split
from typing import Any, Final, NamedTuple

from victimid.forms.safexml import elements, parse
from victimid.forms.workbook.cells import DIMENSION, MAIN, ROW, Cells, text_of

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK: Final = "xl/workbook.xml"
_STYLES: Final = "xl/styles.xml"
_TRUE: Final = frozenset({"1", "true"})


class _Cell(NamedTuple):
    """What the converter looks for in a cell."""

    value: object


def sheets(path: Path) -> dict[str, Any]:
    """Return rows and headings of the sheets a form is made of; a damaged file raises anything at all."""
    from pyxform.constants import SUPPORTED_SHEET_NAMES, SURVEY

    found: dict[str, Any] = {}
    with zipfile.ZipFile(path) as archive:
        package = _Package(archive)
        members = package.sheets()
        cells = package.cells()
        for title, member in members:
            known = title.lower() in SUPPORTED_SHEET_NAMES
            if known or len(members) == 1:
                name = title.lower() if known else SURVEY
                found[name], found[f"{name}_header"] = _sheet(archive, member, cells)
    return found


def _sheet(archive: zipfile.ZipFile, member: str, cells: Cells) -> tuple[list[dict[str, str]], list[dict[str, None]]]:
    from pyxform import xls2json_backends as converter

    def text_of_cell(cell: _Cell, *_: object) -> str:
        value = cell.value
        text: str = converter.xlsx_value_to_str(value.strip() if isinstance(value, str) else value)
        return text

    with archive.open(member) as stream:
        rows = cells.rows(elements(stream, DIMENSION, ROW))
        first = next(rows, {})
        headings = converter.get_excel_column_headers(
            first.get(column) for column in range(1, max(first, default=0) + 1)
        )
        columns = range(1, len(headings) + 1)
        filled = (tuple(_Cell(row.get(column)) for column in columns) for row in rows)
        found = converter.get_excel_rows(headings, filled, text_of_cell)
    return found, [dict.fromkeys(each for each in headings if each is not None)]


class _Package:
    """The parts of an .xlsx and what they are."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        from openpyxl.xml import constants  # type: ignore[import-untyped]  # has no stubs

        self._archive = archive
        self._members = frozenset(archive.namelist())
        types = parse(archive.read("[Content_Types].xml")).iterchildren("{*}Override")
        parts = {each.get("ContentType"): each.get("PartName", "")[1:] for each in types}
        kinds = (constants.XLTM, constants.XLTX, constants.XLSM, constants.XLSX)
        self._main = next((parts[each] for each in kinds if each in parts), _WORKBOOK)
        self._strings = parts.get(constants.SHARED_STRINGS)
        self._workbook = parse(archive.read(self._main))

    def sheets(self) -> list[tuple[str, str]]:
        """Return the titles of the sheets, in order, and the members they are in."""
        folder, name = split(self._main)
        related = parse(self._archive.read(join(folder, "_rels", f"{name}.rels")))
        target = {each.get("Id"): normpath(join("/", folder, each.get("Target", "")))[1:] for each in related}
        listed = [each for each in self._workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet") if each.get(_RELATION)]
        found = [(each.get("name", ""), target[each.get(_RELATION)]) for each in listed]
        return [(title, member) for title, member in found if member in self._members]

    def cells(self) -> Cells:
        """Return what the cells of all sheets refer to."""
        from openpyxl.utils.cell import column_index_from_string  # type: ignore[import-untyped]  # has no stubs
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH  # type: ignore[import-untyped]  # has no stubs

        properties = self._workbook.find(f"{MAIN}workbookPr")
        old_mac = properties is not None and properties.get("date1904") in _TRUE
        dates, durations = self._dates()
        epoch = MAC_EPOCH if old_mac else WINDOWS_EPOCH
        return Cells(self._texts(), dates, durations, epoch, lru_cache(maxsize=None)(column_index_from_string))

    def _texts(self) -> list[str]:
        if self._strings is None:
            return []
        with self._archive.open(self._strings) as stream:
            # An underscore that begins what looks like an escape is itself escaped.
            return [text_of(each).replace("x005F_", "") for each in elements(stream, f"{MAIN}si")]

    def _dates(self) -> tuple[frozenset[int], frozenset[int]]:
        """Return the styles that show a number as a date or time, and among them those that show a duration."""
        from openpyxl.styles.numbers import (  # type: ignore[import-untyped]  # has no stubs
            builtin_format_code,
            is_date_format,
            is_timedelta_format,
        )

        if _STYLES not in self._members:
            return frozenset(), frozenset()
        styles = parse(self._archive.read(_STYLES))
        own = {each.get("numFmtId"): each.get("formatCode") for each in styles.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")}
        used = [each.get("numFmtId", "0") for each in styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf")]
        formats = [own.get(each) or builtin_format_code(int(each)) for each in used]
        dates = frozenset(style for style, each in enumerate(formats) if is_date_format(each))
        return dates, frozenset(style for style in dates if is_timedelta_format(formats[style]))
