"""Cards, tags and scrolling areas."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from victimid.ui.widgets.banner import Tone
from victimid.ui.widgets.text import label

_NAME_MINIMUM, _ROUNDING = 72, 2
_ABOVE = 24


class Card(QFrame):
    """A white sheet on the paper; content goes into ``body``. ``tone`` tints it for notes and warnings."""

    def __init__(self, tone: Tone | None = None, margin: int = 20, spacing: int = 8) -> None:
        super().__init__()
        self.setProperty("role", "card")
        if tone is not None:
            self.setProperty("tone", tone)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(spacing)


class Side(QFrame):
    """A panel at the leading or, where ``trailing``, the other edge of a screen, with a line towards the middle.

    Layouts leave a pixel on both sides for the line, which Qt mirrors and makes room for on different sides.
    """

    def __init__(self, *, trailing: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setProperty("mirrored", "true" if self.isRightToLeft() is not trailing else "false")


class Tag(QLabel):
    """A short word in a tinted box; never the only carrier of a meaning."""

    def __init__(self, text: str, tone: Tone = "neutral") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setProperty("role", "tag")
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def pill(text: str) -> QLabel:
    """Make a rounded, outlined label such as those of the top bar."""
    made = label(text, "caption", wrap=False)
    made.setProperty("shape", "pill")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


class NamePill(QLabel):
    """A pill that gives way to its neighbours: a long name is cut with an ellipsis, but read out in full."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "caption")
        self.setProperty("shape", "pill")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._name = ""

    def set_name(self, name: str) -> None:
        """Show a name."""
        self._name = name
        self.setText(name)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:  # noqa: N802 - overrides Qt
        """Ask for room for the whole name."""
        return QSize(self._wanted() + self._around(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - overrides Qt
        """Be content with a few letters."""
        return QSize(min(_NAME_MINIMUM, self.sizeHint().width()), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - overrides Qt
        """Show as much of the name as fits."""
        super().resizeEvent(event)
        room = self.width() - self._around()
        self.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room))

    def _wanted(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._name) + _ROUNDING

    def _around(self) -> int:
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())


def scrolling(content: QWidget) -> QScrollArea:
    """Let content scroll up and down; it never scrolls sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def centred(column: QWidget, width: int, margin: int = 24) -> QScrollArea:
    """Put a column in the middle of the page, both ways; it scrolls where the page is too small for it."""
    column.setFixedWidth(width)
    beside = QHBoxLayout()
    beside.addStretch(1)
    beside.addWidget(column)
    beside.addStretch(1)
    sheet = QWidget()
    around = QVBoxLayout(sheet)
    around.setContentsMargins(0, margin, 0, margin)
    around.addStretch(1)
    around.addLayout(beside)
    around.addStretch(1)
    return scrolling(sheet)


def area_around(widget: QWidget) -> QScrollArea | None:
    """Return the area a widget scrolls in."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around


def show_from_its_top(widget: QWidget) -> None:
    """Scroll until a widget begins at the top, or as near to it as the page allows."""
    area = area_around(widget)
    inside = area.widget() if area is not None else None
    if area is not None and inside is not None:
        area.verticalScrollBar().setValue(widget.mapTo(inside, QPoint()).y() - _ABOVE)


def replace(layout: QLayout, old: QWidget, fresh: QWidget) -> None:
    """Put one widget in the place of another, which goes at once."""
    layout.replaceWidget(old, fresh)
    old.hide()
    old.deleteLater()
    fresh.show()


def line() -> QFrame:
    """Make a thin horizontal line."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made
