"""A question before something that cannot be undone, in the screen itself: a dialog could hold up a lock."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from victimid.i18n import Words
from victimid.ui.widgets.banner import Tone
from victimid.ui.widgets.button import Button, ButtonKind
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label


class Confirm(Card):
    """Hidden until asked; ``confirmed`` comes after yes, ``refused`` after no."""

    confirmed = Signal()
    refused = Signal()

    def __init__(self, words: Words, action: str, tone: Tone = "attention", kind: ButtonKind = "danger") -> None:
        super().__init__(tone, margin=16, spacing=12)
        self.text = label("")
        self.yes = Button(action, kind)
        # Translators: button that leaves everything as it is, beside a button that does something for good.
        self.no = Button(words.gettext("Not now"), "plain")
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.close_question)
        self.body.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()

    def ask(self, question: str) -> None:
        """Show the question; whoever goes on typing or presses Enter by mistake says no."""
        self.text.setText(question)
        self.setAccessibleName(question)
        self.show()
        self.no.setFocus()

    def close_question(self) -> None:
        """Leave everything as it is."""
        self.hide()
        self.refused.emit()

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit()
