"""A calm, unmissable bar at the top of a screen, in place of dialogs."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from victimid.ui.widgets.button import Button
from victimid.ui.widgets.text import label, restyle

Tone = Literal["neutral", "primary", "attention", "danger", "done"]


class Banner(QFrame):
    """Shows one message until it is closed or replaced; hidden at first."""

    def __init__(self, close_name: str) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "danger")
        self._text = label("", "body")
        self._close = Button("✕", "quiet")
        self._close.setAccessibleName(close_name)
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 12, 8)
        row.addWidget(self._text, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def text(self) -> str:
        """Return what is shown; empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    def show_text(self, text: str, tone: Tone = "danger") -> None:
        """Show a message and tell it to a screen reader."""
        self._text.setText(text)
        self.setAccessibleName(text)
        restyle(self, "tone", tone)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
