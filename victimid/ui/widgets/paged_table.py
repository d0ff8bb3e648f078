"""Tables of plain text that fetch further rows while they are scrolled; a click or Enter chooses a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 47
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
# Qt asks a thousand times for a page of cells; looking up a member of an enumeration takes longer than the answer.
_DISPLAY, _FONT, _ALIGNMENT = (
    role.value for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.FontRole, Qt.ItemDataRole.TextAlignmentRole)
)
_HORIZONTAL = Qt.Orientation.Horizontal


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as written; ``ref`` is what it stands for."""

    ref: str
    cells: tuple[str, ...]


Written = Callable[[], TableRow]
"""Writes a row when it comes into sight: most of a page is scrolled past, and words for dates and stages take time."""


class PagedModel(QAbstractTableModel):
    """Rows under translated headings; ``wanted`` asks for the page after the last one, once at a time."""

    wanted = Signal()

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self._rows: list[TableRow | Written] = []
        self._more = self._asked = False
        self._bold = QFont()
        self._bold.setBold(True)

    def set_rows(self, rows: Sequence[Written], *, more: bool = False) -> None:
        """Replace all rows; ``more`` tells whether others may follow."""
        self.beginResetModel()
        self._rows = list(rows)
        self._more, self._asked = more, False
        self.endResetModel()

    def add_rows(self, rows: Sequence[Written], *, more: bool) -> None:
        """Add the page that was asked for."""
        self._more, self._asked = more, False
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def row(self, number: int) -> TableRow:
        """Return one row."""
        row = self._rows[number]
        if not isinstance(row, TableRow):
            row = self._rows[number] = row()
        return row

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - overrides Qt
        """Tell whether rows may follow that nobody has asked for yet."""
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - overrides Qt
        """Ask for the next page; it comes when it is read."""
        if self.canFetchMore(parent):
            self._asked = True
            self.wanted.emit()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - overrides Qt
        """Return the number of rows there are so far."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - overrides Qt
        """Return the number of headings."""
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, weight and alignment of a cell."""
        if role == _DISPLAY:
            return self.row(index.row()).cells[index.column()]
        if role == _ALIGNMENT:
            return _LEADING
        return self._bold if role == _FONT and index.column() == 0 else None

    def headerData(  # noqa: N802 - overrides Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a heading."""
        if orientation is not _HORIZONTAL:
            return None
        if role == _DISPLAY:
            return self._headings[section]
        return _LEADING if role == _ALIGNMENT else None


class PagedTable(QTableView):
    """A table on one such model; ``chosen`` carries what a row stands for. ``narrow`` columns fit their words."""

    chosen = Signal(str)

    def __init__(self, headings: Sequence[str], name: str, narrow: Sequence[int]) -> None:
        super().__init__()
        self.rows = PagedModel(headings)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self._dress(narrow)
        self.clicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - overrides Qt
        """Open with Enter; Tab leaves the table."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.row(index.row()).ref)

    def _dress(self, narrow: Sequence[int]) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        heading = self.horizontalHeader()
        heading.setHighlightSections(False)
        # Columns fit the rows in sight; measuring all rows would cost more with every page.
        heading.setResizeContentsPrecision(0)
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in narrow:
            heading.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
