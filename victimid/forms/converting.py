"""Writing a form as a multi-language workbook for other tools."""

from collections.abc import Sequence
from pathlib import Path

from victimid.forms.examining import examine
from victimid.forms.workbook import book as books
from victimid.forms.workbook.translating import Translation, translated

_FORMULA_SIGNS = ("=", "+", "-", "@")


def write_xlsx(path: Path, translations: Sequence[Translation], target: Path) -> None:
    """Write an XLSForm with a column per language; raises the first error of the form.

    Every cell is written as text, so that no spreadsheet takes a label for a formula.
    """
    error = examine(path).first_error()
    if error is not None:
        raise error.error()
    from openpyxl import Workbook  # type: ignore[import-untyped]  # has no stubs

    book = translated(books.read(path), translations)
    out = Workbook()
    out.remove(out.worksheets[0])
    for sheet in book.sheets.values():
        page = out.create_sheet(sheet.name)
        page.append(list(sheet.headings))
        for row in sheet.rows:
            page.append([row.get(heading) for heading in sheet.headings])
        for cells in page.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and cell.value.startswith(_FORMULA_SIGNS):
                    cell.data_type = "s"
    out.save(target)
