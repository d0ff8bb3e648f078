"""The sheets of an XLSForm as rows of text, read as the converter reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.files import require_ordinary
from victimid.forms.workbook import xlsx
from victimid.forms.workbook.texts import require_short
from victimid.forms.workbook.zips import require_harmless

Row = Mapping[str, str]
SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".csv", ".md")
_FIRST_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its headings, and its rows in order; row numbers are as a spreadsheet shows them."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    def numbered(self) -> list[tuple[int, Row]]:
        """Return rows that hold anything, with their numbers."""
        return [(number, row) for number, row in enumerate(self.rows, _FIRST_ROW) if row]


@dataclass(frozen=True, slots=True)
class Workbook:
    """An XLSForm before conversion."""

    stem: str
    sheets: Mapping[str, Sheet]

    def sheet(self, name: str) -> Sheet:
        """Return a sheet, empty where there is none."""
        return self.sheets.get(name) or Sheet(name, (), ())

    def with_sheet(self, sheet: Sheet) -> "Workbook":
        """Return the workbook with a sheet replaced."""
        return replace(self, sheets={**self.sheets, sheet.name: sheet})

    def for_converter(self) -> dict[str, Any]:
        """Return the sheets in the form pyxform takes."""
        book: dict[str, Any] = {"sheet_names": list(self.sheets), "fallback_form_name": self.stem}
        for sheet in self.sheets.values():
            book[sheet.name] = [dict(row) for row in sheet.rows]
            book[f"{sheet.name}_header"] = [dict.fromkeys(sheet.headings)] if sheet.headings else []
        return book


def read(path: Path) -> Workbook:
    """Read a workbook within the limits; raises ``form.unreadable_workbook`` or ``form.too_large``."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise VictimIDError("form.unknown_format", format=suffix[:20])
    require_ordinary(path)
    if suffix in {".xlsx", ".xlsm"}:
        require_harmless(path)
    elif suffix in {".csv", ".md"}:
        require_short(path)
    return _workbook(path.stem, _raw(path, suffix))


def _raw(path: Path, suffix: str) -> dict[str, Any]:
    from pyxform import xls2json_backends as backends

    readers = {".xls": backends.xls_to_dict, ".csv": backends.csv_to_dict, ".md": backends.md_to_dict}
    try:
        found: dict[str, Any] = readers[suffix](str(path)) if suffix in readers else xlsx.sheets(path)
    except VictimIDError:
        raise
    except Exception as error:  # noqa: BLE001 - damaged files make the readers raise anything at all
        code = "form.encrypted_workbook" if "encrypted" in str(error) else "form.unreadable_workbook"
        raise VictimIDError(code) from None
    return found


def _workbook(stem: str, raw: dict[str, Any]) -> Workbook:
    sheets: dict[str, Sheet] = {}
    for name, rows in raw.items():
        if name.endswith("_header") or not isinstance(rows, list) or name == "sheet_names":
            continue
        header = raw.get(f"{name}_header") or [{}]
        headings = tuple(str(key) for key in header[0] if key is not None)
        limits.require(limits.SURVEY_ROWS if name == "survey" else limits.SHEET_ROWS, len(rows), "rows")
        limits.require(limits.SHEET_COLUMNS, len(headings), "columns")
        sheets[name] = Sheet(name, headings, tuple(_row(row) for row in rows))
    if "survey" not in sheets:
        raise VictimIDError("form.no_survey_sheet")
    return Workbook(stem, sheets)


def _row(cells: Mapping[str | None, object]) -> Row:
    row = {key: str(value) for key, value in cells.items() if key and value not in {None, ""}}
    for value in row.values():
        limits.require(limits.CELL_CHARACTERS, len(value), "cell")
    return row
