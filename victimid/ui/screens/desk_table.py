"""The table of cases: plain text by reference, never a name."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from victimid.i18n import Words
from victimid.ui.widgets.frames import Tag
from victimid.ui.widgets.paged_table import Index, PagedTable

OWNER, TAG = 4, 5
_CELL_PADDING, _LEAST_ROWS = 8, 4
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class TagDelegate(QStyledItemDelegate):
    """Paints a word as a tag, at the leading end of its cell; the tag of a word is drawn once and kept as a picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._pictures: dict[str, QPixmap] = {}

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - overrides Qt
        """Leave the text to the tag."""
        super().initStyleOption(option, index)
        option.text = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - overrides Qt
        """Leave room for the tag."""
        size = super().sizeHint(option, index)
        size.setWidth(_size(self._picture(index)).width() + 2 * _CELL_PADDING)
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row's background, then the tag."""
        super().paint(painter, option, index)
        picture = self._picture(index)
        cell: QRect = option.rect
        cell = cell.adjusted(_CELL_PADDING, 0, -_CELL_PADDING, 0)
        place = QStyle.alignedRect(self._parent.layoutDirection(), _LEADING, _size(picture), cell)
        painter.drawPixmap(place.topLeft(), picture)

    def _picture(self, index: Index) -> QPixmap:
        text = str(index.data() or "")
        if text not in self._pictures:
            self._pictures[text] = _drawn(text, self._parent) if text else QPixmap()
        return self._pictures[text]


def _drawn(text: str, parent: QWidget) -> QPixmap:
    tag = Tag(text, "attention")
    tag.setParent(parent)
    tag.ensurePolished()
    tag.resize(tag.sizeHint())
    ratio = parent.devicePixelRatioF()
    picture = QPixmap(tag.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    tag.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    tag.deleteLater()
    return picture


def _size(picture: QPixmap) -> QSize:
    return picture.deviceIndependentSize().toSize()


class CasesTable(PagedTable):
    """Cases with a tag for what each waits for; a row stands for its reference."""

    def __init__(self, words: Words) -> None:
        super().__init__(_headings(words), words.gettext("Cases"), narrow=(0, 1, TAG))
        self.setItemDelegateForColumn(TAG, TagDelegate(self))
        self.setMinimumHeight(_LEAST_ROWS * self.verticalHeader().defaultSectionSize())

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
