"""What it means that the records are older than this laptop had confirmed, and a supervisor's acceptance."""

from PySide6.QtCore import Qt, Signal

from victimid.i18n import Words
from victimid.model.why import WhyAccepted
from victimid.ui.screens.why_words import accepted_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice
from victimid.ui.widgets.confirm import ConfirmWhy
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label


class RollbackCard(Card):
    """``accepted`` carries the reason with which a supervisor has confirmed."""

    accepted = Signal(object)

    def __init__(self, words: Words, *, may_accept: bool) -> None:
        super().__init__("danger", spacing=12)
        self._words = words
        self.button = Button(words.gettext("Go on with these records"), "danger")
        self.button.clicked.connect(self._ask)
        reasons = [Choice(each.value, accepted_words(words, each)) for each in WhyAccepted]
        self.question = ConfirmWhy(words, words.gettext("Go on with these records"), reasons)
        self.question.confirmed.connect(lambda: self.accepted.emit(WhyAccepted(self.question.reasons.value())))
        self.question.refused.connect(self.button.show)
        explanation = words.gettext(
            "This laptop had confirmed more actions than its records now hold. Either somebody put an old copy back, "
            "for example a backup made by copying the folder, or the records were altered. What was recorded since "
            "that copy is missing. Tell headquarters, and compare with the exports it holds."
        )
        after = words.gettext("Until a supervisor accepts these records, nothing can be exported.")
        title = words.gettext("The records are older than they should be")
        for part in (label(title, "section"), label(explanation), label(after, "strong")):
            self.body.addWidget(part)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.question)
        self.button.setVisible(may_accept)

    def _ask(self) -> None:
        self.button.hide()
        self.question.ask(
            self._words.gettext(
                "Accept that the newer records are lost, and go on with these? Your name, the time and the reason are "
                "recorded, and headquarters sees it."
            )
        )
