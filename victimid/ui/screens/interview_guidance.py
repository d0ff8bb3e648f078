"""The right side of the talk, for the officer alone: guidance, how the question is put, what is not reviewed."""

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from victimid.app.interview_view import QuestionView
from victimid.i18n import Words
from victimid.model.answer import Delivery
from victimid.ui.screens import interview_words
from victimid.ui.screens.shared_cases import SharedCases
from victimid.ui.widgets.field import Chooser
from victimid.ui.widgets.frames import Card, Side, scrolling
from victimid.ui.widgets.text import label, reads_right_to_left, set_direction

_BY_OFFICER = (Delivery.READ, Delivery.SHOWN, Delivery.INTERPRETER, Delivery.AUDIO)


class Guidance(Side):
    """Stays through the whole talk, so that the way of putting questions is chosen once."""

    def __init__(self, words: Words) -> None:
        super().__init__(trailing=True)
        self.setProperty("sheet", "true")
        self.setFixedWidth(248)
        self._usual: Delivery | None = None
        self._text = label("", "body")
        ways = [(way.value, interview_words.delivery(words, way)) for way in _BY_OFFICER]
        self._way = Chooser(words.gettext("How the question was put"), ways, Delivery.READ.value)
        self._way.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._way.box.setMinimumContentsLength(8)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(20, 20, 20, 20)
        rows.setSpacing(16)
        rows.addWidget(label(words.gettext("For you only"), "section"))
        rows.addWidget(self._text)
        rows.addWidget(self._way)
        self._note, self._card = label("", "body"), Card("attention", margin=14)
        self._card.body.addWidget(self._note)
        rows.addWidget(self._card)
        self.shared = SharedCases(words)
        rows.addWidget(self.shared)
        rows.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 1, 0)
        whole.addWidget(scrolling(inside))

    def show_question(self, question: QuestionView, note: str) -> None:
        """Show the guidance of a question, and what the officer must know about its language."""
        self._text.setText(question.guidance)
        self._text.setVisible(bool(question.guidance))
        set_direction(self._text, right_to_left=reads_right_to_left(question.guidance))
        self._way.setVisible(question.audience != "officer")
        if self._usual is not None:
            self.set_delivery(self._usual)
        self._note.setText(note)
        self._card.setVisible(bool(note))

    def suggest(self, way: Delivery) -> None:
        """Choose how the question on screen is put, such as by its recording; the next one is put as before."""
        usual = self._usual or self.delivery()
        self.set_delivery(way)
        self._usual = usual

    def delivery(self) -> Delivery:
        """Return how the questions are put."""
        return Delivery(self._way.value())

    def set_delivery(self, way: Delivery) -> None:
        """Choose how the questions are put, until it is chosen anew."""
        self._usual = None
        self._way.box.setCurrentIndex(max(self._way.box.findData(way.value), 0))
