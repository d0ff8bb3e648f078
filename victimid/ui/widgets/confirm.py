"""A question before something that cannot be undone, in the screen itself: a dialog could hold up a lock."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from victimid.i18n import Words
from victimid.ui.widgets.banner import Tone
from victimid.ui.widgets.button import Button, ButtonKind
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.frames import Card, area_around
from victimid.ui.widgets.text import label


class Confirm(Card):
    """Hidden until asked; ``confirmed`` comes after yes, ``refused`` after no."""

    confirmed = Signal()
    refused = Signal()

    def __init__(self, words: Words, action: str, tone: Tone = "attention", kind: ButtonKind = "danger") -> None:
        super().__init__(tone, margin=16, spacing=12)
        self._asked_from: QWidget | None = None
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
        self._asked_from = self.window().focusWidget()
        self.show()
        self.no.setFocus()
        QTimer.singleShot(0, self, self._come_into_sight)

    def close_question(self) -> None:
        """Leave everything as it is."""
        asked_from, self._asked_from = self._asked_from, None
        self.refused.emit()
        if asked_from is not None and isValid(asked_from):
            asked_from.setFocus()
        self.hide()

    def _come_into_sight(self) -> None:
        area = area_around(self)
        if area is not None:
            area.ensureWidgetVisible(self)

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit()


class ConfirmWhy(Confirm):
    """A question whose yes takes one of a few reasons, which the record of actions keeps."""

    def __init__(self, words: Words, action: str, reasons: Sequence[Choice], kind: ButtonKind = "danger") -> None:
        super().__init__(words, action, kind=kind)
        self.reasons = ChoiceList(reasons, keys=False, role="body")
        self.reasons.picked.connect(lambda _: self.yes.setEnabled(True))
        noted = words.gettext("Your reason stands in the record of actions, with your name and the time.")
        self.body.insertWidget(1, label(noted, "muted"))
        self.body.insertWidget(2, self.reasons)

    def ask(self, question: str) -> None:
        """Show the question with no reason chosen."""
        self.reasons.set_values([])
        self.yes.setEnabled(False)
        super().ask(question)
