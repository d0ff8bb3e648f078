"""Rows and cells of a sheet in an .xlsx, with the values that openpyxl gives them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from sys import maxsize
from typing import Final

from victimid.forms.safexml import Element

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DIMENSION: Final = f"{MAIN}dimension"
ROW: Final = f"{MAIN}row"
_VALUE: Final = f"{MAIN}v"
_INLINE: Final = f"{MAIN}is"
_TEXT: Final = f"{MAIN}t"
_RUN: Final = f"{MAIN}r"
_DIGITS: Final = "0123456789"

Row = dict[int, object]


@dataclass(frozen=True, slots=True)
class Cells:
    """What the cells of a workbook refer to: its texts, the styles that show a number as a date, and its first day.

    ``column`` tells the number of a column from its letters.
    """

    texts: Sequence[str]
    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime
    column: Callable[[str], int]

    def rows(self, found: Iterable[Element]) -> Iterator[Row]:
        """Yield values by column of every row from the first on, of rows that the file leaves out as well.

        ``found`` are the dimension of a sheet, beyond which nothing counts, and its rows.
        """
        last_column = last_row = maxsize
        expected, number = 1, 0
        for element in found:
            if element.tag == DIMENSION:
                last_column, last_row = _corner(element)
                continue
            number = int(element.get("r") or number + 1)
            if number > last_row:
                return
            while expected < number:
                expected += 1
                yield {}
            if expected == number:
                expected += 1
                yield self._row(element, last_column)

    def _row(self, row: Element, last_column: int) -> Row:
        values: Row = {}
        column = 0
        for cell in row:
            place = cell.get("r")
            column = self.column(place.rstrip(_DIGITS)) if place else column + 1
            if column <= last_column:
                values[column] = self._value(cell)
        return values

    def _value(self, cell: Element) -> object:
        kind = cell.get("t", "n")
        wanted = _INLINE if kind == "inlineStr" else _VALUE
        for part in cell:
            if part.tag == wanted:
                return text_of(part) if wanted is _INLINE else self._typed(kind, part.text or "", cell)
        return None

    def _typed(self, kind: str, text: str, cell: Element) -> object:
        if not text:
            return None
        if kind == "s":
            return self.texts[int(text)]
        if kind == "b":
            return bool(int(text))
        if kind == "n":
            return self._number(text, int(cell.get("s") or 0))
        return _moment(text) if kind == "d" else text

    def _number(self, text: str, style: int) -> object:
        number = float(text) if {".", "e", "E"}.intersection(text) else int(text)
        if style not in self.dates:
            return number
        from openpyxl.utils.datetime import from_excel  # type: ignore[import-untyped]  # has no stubs

        try:
            moment: object = from_excel(number, self.epoch, timedelta=style in self.durations)
        except (OverflowError, ValueError):
            return "#VALUE!"
        return moment


def text_of(item: Element) -> str:
    """Return a text without its formatting and without how it is pronounced."""
    texts: list[str] = []
    for part in item:
        if part.tag == _TEXT:
            texts.append(part.text or "")
        elif part.tag == _RUN:
            texts.append(text_of(part))
    return "".join(texts)


def _moment(text: str) -> object:
    from openpyxl.utils.datetime import from_ISO8601

    moment: object = from_ISO8601(text)
    return moment


def _corner(dimension: Element) -> tuple[int, int]:
    from openpyxl.utils.cell import range_boundaries  # type: ignore[import-untyped]  # has no stubs

    _, _, column, row = range_boundaries(dimension.get("ref", ""))
    return column or maxsize, row or maxsize
