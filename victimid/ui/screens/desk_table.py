"""The table of cases: plain text by reference, never a name."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from victimid.i18n import Words
from victimid.ui.widgets.frames import Tag
from victimid.ui.widgets.paged_table import Index, PagedTable

OWNER, TAG = 4, 5
_CELL_PADDING = 8
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


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


class CasesTable(PagedTable):
    """Cases with a tag for what each waits for; a row stands for its reference."""

    def __init__(self, words: Words) -> None:
        super().__init__(_headings(words), words.gettext("Cases"), narrow=(0, 1, TAG))
        self.setItemDelegateForColumn(TAG, TagDelegate(self))

    def show_owners(self, *, shown: bool) -> None:
        """Show who answers for each case, or leave the column out."""
        self.setColumnHidden(OWNER, not shown)


def _headings(words: Words) -> list[str]:
    return [
        words.gettext("Case"),
        # Translators: heading of a column: when the case was opened.
        words.pgettext("column", "Opened"),
        words.gettext("Language"),
        # Translators: heading of a column: how far the case has come.
        words.gettext("Stage"),
        # Translators: heading of a column: the officer who answers for a case.
        words.pgettext("column", "Officer"),
        "",
    ]
