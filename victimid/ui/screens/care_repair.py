"""The way from an open vault to repairing it, which is done while it is locked."""

from PySide6.QtCore import Qt, Signal

from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label


class RepairCard(Card):
    """``asked`` changes nothing yet: what is to be done is chosen behind the lock."""

    asked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self.button = Button(words.gettext("Repair the vault"), "plain")
        self.button.clicked.connect(self.asked)
        explanation = words.gettext(
            "If files of the vault are damaged, you can go back to a backup, or save what can still be read. "
            "The damaged files are kept. The program locks first."
        )
        self.body.addWidget(label(words.gettext("Damaged vault"), "section"))
        self.body.addWidget(label(explanation))
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
