"""Long work on a screen: how far it is, and a button that stops it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget
from shiboken6 import isValid

from victimid.i18n import Words
from victimid.ui.progress import Progress
from victimid.ui.widgets.button import Button


class UnderWay(QWidget):
    """Hidden while nothing is under way; the cursor waits on the button meanwhile, then goes back to where it was."""

    def __init__(self, words: Words, name: str) -> None:
        super().__init__()
        self._progress: Progress | None = None
        self._begun_from: QWidget | None = None
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        # Translators: button that ends long work before it is done.
        self.button = Button(words.gettext("Stop"), "plain")
        self.button.clicked.connect(self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.bar, 1)
        row.addWidget(self.button)
        self.hide()

    def begin(self) -> Progress:
        """Appear, and return what the work tells how far it is."""
        progress = self._progress = Progress()
        progress.moved.connect(self._move)
        self.bar.setRange(0, 0)
        self._begun_from = self.window().focusWidget()
        self.button.setEnabled(True)
        self.show()
        self.button.setFocus()
        return progress

    def stop(self) -> None:
        """Let work under way end at its next step."""
        if self._progress is not None:
            self._progress.stop()
            self.button.setEnabled(False)

    def end(self) -> None:
        """Disappear: the work is over, however it ended; whatever was disabled for it is enabled by now."""
        begun_from, self._begun_from = self._begun_from, None
        self._progress = None
        if begun_from is not None and isValid(begun_from):
            begun_from.setFocus()
        self.hide()

    def _move(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
