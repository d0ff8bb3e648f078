"""Tables for spreadsheets: CSV in which no cell is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

# What spreadsheets begin a formula with, also behind white space and in the wide forms of East Asian scripts.
_FORMULA: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20|%")
_CONTROLS: Final = "\t\r\n"


def csv_bytes(rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return rows as CSV (RFC 4180) in UTF-8 with a mark at the start, so that spreadsheets read it as such."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str | int) -> str | int:
    """Put an apostrophe before what could be a formula, as OWASP advises."""
    if isinstance(cell, int):
        return cell
    begins = cell.lstrip().startswith(_FORMULA) or cell.startswith(tuple(_CONTROLS))
    return f"'{cell}" if begins else cell
