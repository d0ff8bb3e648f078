"""A list that shows its first rows, and more of them whenever asked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.ui.widgets.button import Button

SHOWN_AT_FIRST, SHOWN_MORE = 8, 50


class ShortList(QWidget):
    """Rows one below the other, made when they are shown; ``more_words`` names the button that shows more."""

    def __init__(self, rows: Sequence[Callable[[], QWidget]], more_words: str) -> None:
        super().__init__()
        self._rest = list(rows)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.button = Button(more_words, "quiet")
        self.button.clicked.connect(lambda: self._show_more(SHOWN_MORE))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(self._column)
        whole.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self._show_more(SHOWN_AT_FIRST)

    def _show_more(self, count: int) -> None:
        shown, self._rest = self._rest[:count], self._rest[count:]
        for make in shown:
            self._column.addWidget(make())
        self.button.setVisible(bool(self._rest))
