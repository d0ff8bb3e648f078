"""After writing: where the document lies, and its passphrase, shown this once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app.referring import WrittenReferral
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.screens.centred import centred
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label, set_direction


class WrittenPage(QWidget):
    """The passphrase lives in this page's label alone; leaving the page or locking takes it away."""

    done = Signal()

    def __init__(self, words: Words, written: WrittenReferral) -> None:
        super().__init__()
        card = Card(margin=32, spacing=16)
        card.body.addWidget(label(words.gettext("The referral is written"), "title"))
        # Translators: {name} is a file name, {folder} the folder it lies in.
        where = words.gettext(
            "{name} in {folder}", name=isolated(written.path.name), folder=isolated(str(written.path.parent))
        )
        card.body.addWidget(label(where))
        card.body.addWidget(self._passphrase(words, written.passphrase))
        for text in self._advice(words):
            card.body.addWidget(label(text))
        card.body.addLayout(self._foot(words))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(centred(card))

    def _passphrase(self, words: Words, passphrase: str) -> Card:
        box = Card("attention", margin=20)
        box.body.addWidget(label(words.gettext("Passphrase of this document, shown only now"), "strong"))
        self.shown = label(passphrase, "person_answer")
        set_direction(self.shown, right_to_left=False)
        box.body.addWidget(self.shown)
        return box

    def _advice(self, words: Words) -> list[str]:
        return [
            words.gettext("Tell it to the service by another way than the file: by phone or in person, never with it."),
            words.gettext("It is stored nowhere. If it is lost, write the referral again."),
        ]

    def _foot(self, words: Words) -> QHBoxLayout:
        row = QHBoxLayout()
        self.finished = Button(words.gettext("I have noted it: back to the desk"), "primary")
        self.finished.clicked.connect(self.done)
        row.addStretch(1)
        row.addWidget(self.finished)
        return row
