"""Captioned fields for typing; nothing typed is learnt or predicted by the system."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from victimid.ui.widgets.button import Button
from victimid.ui.widgets.editing import LineEdit, TextEdit
from victimid.ui.widgets.text import label

_PRIVATE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


class Field(QWidget):
    """A caption above a line to type in; ``help_text`` stands below it."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, caption: str, text: str = "", help_text: str = "", max_length: int = 500) -> None:
        super().__init__()
        self.caption = label(caption, "caption")
        self.edit = LineEdit(text)
        self.edit.setInputMethodHints(_PRIVATE)
        self.edit.setMaxLength(max_length)
        self.edit.setAccessibleName(caption)
        self.edit.setAccessibleDescription(help_text)
        self.caption.setBuddy(self.edit)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        self.setFocusProxy(self.edit)
        self.rows = _rows(self, self.caption)
        self.rows.addWidget(self.edit)
        self.help = _help(help_text)
        self.rows.addWidget(self.help)

    def text(self) -> str:
        """Return what is typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Replace what is typed."""
        self.edit.setText(text)


class PassphraseField(Field):
    """A field whose text is hidden until shown on purpose, and hidden again when it loses the screen."""

    def __init__(self, caption: str, show: str, hide: str, help_text: str = "") -> None:
        super().__init__(caption, help_text=help_text)
        self._show, self._hide = show, hide
        self.edit.setInputMethodHints(_PRIVATE | Qt.InputMethodHint.ImhHiddenText)
        self.edit.setEchoMode(LineEdit.EchoMode.Password)
        self.toggle = Button(show, "plain")
        self.toggle.clicked.connect(self._turn)
        self.rows.removeWidget(self.edit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.toggle)
        self.rows.insertLayout(1, row)

    def clear(self) -> None:
        """Empty the field and hide what will be typed next."""
        self.edit.clear()
        self._set_shown(shown=False)

    def _turn(self) -> None:
        self._set_shown(shown=self.edit.echoMode() is LineEdit.EchoMode.Password)

    def _set_shown(self, *, shown: bool) -> None:
        mode = LineEdit.EchoMode.Normal if shown else LineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self.toggle.set_text(self._hide if shown else self._show)


class TextArea(QWidget):
    """A caption above room for several lines of plain text."""

    changed = Signal()

    def __init__(self, caption: str, text: str = "", lines: int = 3, help_text: str = "") -> None:
        super().__init__()
        self.caption = label(caption, "caption")
        self.edit = TextEdit()
        self.set_text(text)
        self.edit.setInputMethodHints(_PRIVATE | Qt.InputMethodHint.ImhMultiLine)
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(caption)
        self.edit.setAccessibleDescription(help_text)
        self.edit.setFixedHeight(lines * self.edit.fontMetrics().lineSpacing() + 28)
        self.caption.setBuddy(self.edit)
        self.edit.textChanged.connect(self.changed)
        self.setFocusProxy(self.edit)
        rows = _rows(self, self.caption)
        rows.addWidget(self.edit)
        self.help = _help(help_text)
        rows.addWidget(self.help)

    def text(self) -> str:
        """Return what is typed."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace what is typed; the next key adds to it."""
        self.edit.setPlainText(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)


class Chooser(QWidget):
    """A caption above a list to pick one value from; ``options`` are pairs of value and words."""

    changed = Signal(str)

    def __init__(self, caption: str, options: list[tuple[str, str]], chosen: str = "") -> None:
        super().__init__()
        self.caption = label(caption, "caption")
        self.box = _Box()
        for value, words in options:
            self.box.addItem(words, value)
        self.box.setAccessibleName(caption)
        self.box.setCurrentIndex(max(self.box.findData(chosen), 0))
        self.caption.setBuddy(self.box)
        if not caption:
            self.caption.hide()
        self.setFocusProxy(self.box)
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit(self.value()))
        _rows(self, self.caption).addWidget(self.box)

    def value(self) -> str:
        """Return the value picked."""
        return str(self.box.currentData())


class _Box(QComboBox):
    """A list with an arrow drawn as text, which follows font and colour."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - overrides Qt
        """Paint the list, then the arrow at its trailing end."""
        super().paintEvent(event)
        painter = QPainter(self)
        room = self.rect().adjusted(14, 0, -14, 0)
        end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, QStyle.visualAlignment(self.layoutDirection(), end), "▾")


def _help(text: str) -> QLabel:
    made = label(text, "caption")
    if not text:
        made.hide()
    return made


def _rows(widget: QWidget, caption: QFrame) -> QVBoxLayout:
    rows = QVBoxLayout(widget)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(4)
    rows.addWidget(caption)
    return rows
