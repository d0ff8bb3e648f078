"""Text to be copied by hand or selected: keys, paths and commands, always left to right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from victimid.ui.widgets.text import label

_PADDING = 30


class Readout(QWidget):
    """A caption above read-only text that can be selected; ``lines`` is its height."""

    def __init__(self, caption: str, lines: int = 1) -> None:
        super().__init__()
        self.edit = QPlainTextEdit()
        self.edit.setReadOnly(True)
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(caption)
        self.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.edit.setFixedHeight(lines * QFontMetrics(self.edit.font()).lineSpacing() + _PADDING)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(label(caption, "caption"))
        rows.addWidget(self.edit)

    def text(self) -> str:
        """Return what is shown."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text."""
        self.edit.setPlainText(text)
