"""The officer's decision: what, and why; nothing is preselected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.i18n import Words
from victimid.model.finding import Outcome
from victimid.ui.screens import summary_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.field import TextArea
from victimid.ui.widgets.frames import Side, line, scrolling
from victimid.ui.widgets.text import label


class DecisionPanel(Side):
    """Choices and a reason; recorded only with both."""

    decided = Signal(object, str)

    def __init__(self, words: Words, reason: str) -> None:
        super().__init__(trailing=True)
        self._words = words
        self.setProperty("sheet", "true")
        self.setFixedWidth(340)
        self.choices = ChoiceList(
            [Choice(each.value, summary_words.outcome(words, each)) for each in Outcome], keys=False, role="body"
        )
        self.reason = TextArea(words.gettext("Reason (needed)"), reason, lines=4)
        self.record = Button(words.gettext("Record decision"), "primary")
        self._missing = label("", "caption")
        self.choices.picked.connect(lambda _: self._refresh())
        self.reason.changed.connect(self._refresh)
        self.record.clicked.connect(self._record)
        self._lay_out()
        self._refresh()

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(24, 24, 24, 12)
        rows.setSpacing(12)
        rows.addWidget(label(self._words.gettext("Your decision"), "section"))
        rows.addWidget(self.choices)
        rows.addWidget(self.reason)
        rows.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 12, 24, 20)
        foot.setSpacing(8)
        foot.addWidget(self._missing)
        foot.addWidget(self.record)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 1, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolling(inside), 1)
        whole.addWidget(line())
        whole.addLayout(foot)

    def _refresh(self) -> None:
        chosen, why = bool(self.choices.value()), bool(self.reason.text().strip())
        self.record.setEnabled(chosen and why)
        words = self._words
        missing = "" if chosen else words.gettext("Choose what you decide.")
        if chosen and not why:
            missing = words.gettext("Write in a sentence why.")
        self._missing.setText(missing)
        self._missing.setVisible(bool(missing))

    def _record(self) -> None:
        self.decided.emit(Outcome(self.choices.value()), self.reason.text())
