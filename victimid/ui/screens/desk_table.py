"""The table of cases: plain text by reference, never a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from victimid.ui.widgets.frames import Tag

Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT, _CELL_PADDING = 47, 8
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class TableRow:
    """One case as written; the last cell is its tag."""

    ref: str
    cells: tuple[str, ...]


class CasesModel(QAbstractTableModel):
    """Rows of cases under translated headings."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self._rows: tuple[TableRow, ...] = ()

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, number: int) -> TableRow:
        """Return one row."""
        return self._rows[number]

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - overrides Qt
        """Return the number of cases."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - overrides Qt
        """Return the number of headings."""
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, weight and alignment of a cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            font = QFont()
            font.setBold(True)
            return font
        return _LEADING if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(  # noqa: N802 - overrides Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a heading."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return _LEADING if role == Qt.ItemDataRole.TextAlignmentRole else None


class TagDelegate(QStyledItemDelegate):
    """Paints a word as a tag, at the leading end of its cell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tag = Tag("", "attention")
        self._tag.setParent(parent)
        self._tag.hide()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - overrides Qt
        """Leave the text to the tag."""
        super().initStyleOption(option, index)
        option.text = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - overrides Qt
        """Leave room for the tag."""
        self._show(index)
        return QSize(self._tag.width() + 2 * _CELL_PADDING, super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row's background, then the tag."""
        super().paint(painter, option, index)
        if not self._show(index):
            return
        cell: QRect = option.rect
        place = QStyle.alignedRect(
            self._tag.layoutDirection(), _LEADING, self._tag.size(), cell.adjusted(_CELL_PADDING, 0, -_CELL_PADDING, 0)
        )
        painter.save()
        painter.translate(place.topLeft())
        self._tag.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
        painter.restore()

    def _show(self, index: Index) -> bool:
        text = str(index.data() or "")
        self._tag.setText(text)
        self._tag.ensurePolished()
        self._tag.resize(self._tag.sizeHint())
        return bool(text)


class CasesTable(QTableView):
    """Cases; a click or Enter opens one, and ``chosen`` carries its reference."""

    chosen = Signal(str)

    def __init__(self, headings: Sequence[str], name: str) -> None:
        super().__init__()
        self.cases = CasesModel(headings)
        self.setModel(self.cases)
        self.tag_column = len(headings) - 1
        self.setItemDelegateForColumn(self.tag_column, TagDelegate(self))
        self.setAccessibleName(name)
        self._dress()
        self.clicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - overrides Qt
        """Open with Enter; Tab leaves the table."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.chosen.emit(self.cases.row(index.row()).ref)

    def _dress(self) -> None:
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
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in (0, 1, self.tag_column):
            heading.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
