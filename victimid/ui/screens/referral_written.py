"""After writing: where the document lies, and its passphrase, shown this once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app.referring import WrittenReferral
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card, scrolling
from victimid.ui.widgets.text import label, set_direction


class WrittenPage(QWidget):
    """The passphrase lives in this page's label alone; leaving the page or locking takes it away."""

    done = Signal()

    def __init__(self, words: Words, written: WrittenReferral) -> None:
        super().__init__()
        card = Card(margin=32, spacing=16)
        card.setMaximumWidth(760)
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
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(28, 28, 28, 28)
        rows.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

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
