"""A supervisor says why, before a case of another officer is opened; the reason is recorded."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app.access import Why
from victimid.i18n import Words
from victimid.ui.context import Context
from victimid.ui.destinations import Place, ToDesk
from victimid.ui.screen import SessionScreen
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.frames import Card, centred
from victimid.ui.widgets.text import keep_together, label

_WIDTH = 560


class ReasonScreen(SessionScreen):
    """Nothing of the case is shown before a reason is given; ``then`` is where to go on."""

    def __init__(self, context: Context, case_ref: str, then: Place) -> None:
        super().__init__(context)
        self._case_ref, self._then = case_ref, then
        words = self.words
        self.choices = ChoiceList([Choice(each.value, why_words(words, each)) for each in Why], role="body")
        self.open = Button(words.gettext("Open the case"), "primary", "Enter")
        self.open.setEnabled(False)
        self.desk = Button(words.gettext("Back to the desk"))
        self.choices.picked.connect(lambda _: self.open.setEnabled(True))
        self.open.clicked.connect(self._open)
        self.desk.clicked.connect(lambda: self.go.emit(ToDesk()))
        self.body.addWidget(centred(self._sheet(), _WIDTH))
        self.setFocusProxy(self.choices.buttons[0])

    def _sheet(self) -> QWidget:
        words = self.words
        card = Card(margin=24, spacing=12)
        card.body.addWidget(label(keep_together(self._case_ref), "title"))
        card.body.addWidget(
            label(words.gettext("Another officer answers for this case. Why do you open it?"), "strong")
        )
        card.body.addWidget(
            label(words.gettext("Your reason stands in the record of actions, with your name and the time."), "muted")
        )
        card.body.addWidget(self.choices)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.open)
        row.addWidget(self.desk)
        row.addStretch(1)
        card.body.addLayout(row)
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(card)
        return column

    def _open(self) -> None:
        session, ref, why = self.context.session, self._case_ref, Why(self.choices.value())
        self.jobs.run(lambda: session.access.open_other(ref, why), lambda _: self.go.emit(self._then), self)


def why_words(words: Words, why: Why) -> str:
    """Say why a supervisor opens another officer's case."""
    match why:
        case Why.REVIEW:
            return words.gettext("To review the decision")
        case Why.ASKED_BY_OFFICER:
            return words.gettext("The officer asked me to")
        case Why.OFFICER_ABSENT:
            return words.gettext("The officer is absent")
        case Why.DANGER:
            return words.gettext("Somebody may be in danger now")
