"""The warning on every screen while the database is older than what this laptop had confirmed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.text import label


class RollbackBar(QFrame):
    """Stays until a supervisor accepts it; ``look`` asks for the screen where that is done."""

    look = Signal()

    def __init__(self, words: Words, *, may_look: bool) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "danger")
        text = words.gettext(
            "The records are older than this laptop had confirmed: an old copy may have been put back. "
            "Nothing can be exported until a supervisor has looked into it."
        )
        self.setAccessibleName(text)
        # Translators: button that leads from a warning to the screen where it is explained.
        self.button = Button(words.gettext("Look into it"), "plain")
        self.button.clicked.connect(self.look)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 20, 8)
        row.setSpacing(16)
        row.addWidget(label(text), 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.button.setVisible(may_look)
        self.hide()
