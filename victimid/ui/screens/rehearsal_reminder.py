"""A quiet reminder that the recovery by headquarters was never rehearsed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label


class RehearsalReminder(Card):
    """Hidden until it is due; ``rehearse`` asks for the rehearsal."""

    rehearse = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(margin=12)
        row = QHBoxLayout()
        text = words.gettext("Nobody has yet rehearsed what to do when a passphrase is forgotten.")
        self.button = Button(words.gettext("Rehearse it"), "plain")
        self.button.clicked.connect(self.rehearse)
        row.addWidget(label(text, "caption"), 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.hide()
