"""One instance of a repeat in the list after it, which asks once more before it goes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app.interview_repeats import InstanceView
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import line
from victimid.ui.widgets.text import label


class InstanceRow(QWidget):
    """Title and first answers of an instance; ``removal`` carries its reference once the officer is sure."""

    removal = Signal(str)

    def __init__(self, words: Words, instance: InstanceView, *, removable: bool) -> None:
        super().__init__()
        self._words, self.instance = words, instance
        # Translators: button that takes one person or thing out of a list of them.
        self.remove = Button(words.gettext("Remove"), "quiet")
        self.remove.setAccessibleDescription(instance.title)
        self.remove.clicked.connect(lambda: self._ask(asking=True))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(isolated(instance.title), "strong"))
        if instance.text:
            texts.addWidget(label(isolated(instance.text), "muted"))
        row = QHBoxLayout()
        row.addLayout(texts, 1)
        row.addWidget(self.remove)
        self.question = self._question()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(line())
        rows.addLayout(row)
        rows.addWidget(self.question)
        self.question.hide()
        self.remove.setVisible(removable)

    def _question(self) -> QWidget:
        words, title = self._words, isolated(self.instance.title)
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 8)
        # Translators: {name} is one of several persons or things, such as Child 2.
        text = words.gettext("Remove {name}? What is recorded for it no longer counts.", name=title)
        rows.addWidget(label(text))
        self.sure = Button(words.gettext("Remove"), "danger")
        self.sure.setAccessibleDescription(text)
        self.sure.clicked.connect(lambda: self.removal.emit(self.instance.ref))
        # Translators: button; leave in the list what was about to be removed.
        self.keep = Button(words.gettext("Keep"))
        self.keep.clicked.connect(lambda: self._ask(asking=False))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.sure)
        rows.addLayout(row)
        return holder

    def _ask(self, *, asking: bool) -> None:
        self.question.setVisible(asking)
        self.remove.setVisible(not asking)
        (self.keep if asking else self.remove).setFocus()
