"""A warning above every screen, for what must not be overlooked by going to another one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.text import label


class WarningBar(QFrame):
    """Hidden until said; ``look``, if offered, asks for the screen where something can be done about it."""

    look = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "danger")
        self._text = label("")
        # Translators: button that leads from a warning to the screen where it is explained.
        self.button = Button(words.gettext("Look into it"), "plain")
        self.button.clicked.connect(self.look)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 20, 8)
        row.setSpacing(16)
        row.addWidget(self._text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.button.hide()
        self.hide()

    def offer(self, *, may_look: bool) -> None:
        """Offer to look, to somebody who may."""
        self.button.setVisible(may_look)

    def say(self, text: str) -> None:
        """Appear with a text."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
