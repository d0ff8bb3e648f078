"""Everything that is recorded in a case, answer by answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid import i18n
from victimid.app.summary import AnswerLine, Summary
from victimid.i18n import Words
from victimid.model.answer import Kind
from victimid.ui.screens import interview_words
from victimid.ui.screens.direction import directed
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.flow import FlowLayout
from victimid.ui.widgets.frames import Card, Tag, line, scrolling
from victimid.ui.widgets.text import keep_together, label


class AnswersView(QWidget):
    """A plain list: question, answer or why there is none, who said or saw it, in which language."""

    back = Signal()

    def __init__(self, words: Words, summary: Summary) -> None:
        super().__init__()
        self._words = words
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(12)
        rows.addLayout(self._heading(summary))
        card = Card()
        for number, answer in enumerate(summary.answers):
            if number:
                card.body.addWidget(line())
            card.body.addLayout(self._row(answer))
        if not summary.answers:
            card.body.addWidget(label(words.gettext("Nothing is recorded yet."), "muted"))
        rows.addWidget(card)
        rows.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

    def _heading(self, summary: Summary) -> QHBoxLayout:
        words = self._words
        row = QHBoxLayout()
        title = words.gettext("What is recorded · {reference}", reference=keep_together(summary.case.ref))
        row.addWidget(label(title, "title"), 1)
        back = Button(words.gettext("Back to the summary"))
        back.clicked.connect(self.back)
        row.addWidget(back)
        return row

    def _row(self, recorded: AnswerLine) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        number = label(str(recorded.number), "muted", wrap=False)
        number.setFixedWidth(32)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        question = QVBoxLayout()
        question.addWidget(directed(recorded.question))
        question.addLayout(self._tags(recorded))
        question.addStretch(1)
        row.addLayout(question, 5)
        answer = QVBoxLayout()
        answer.addWidget(self._answer(recorded))
        if recorded.answer.own_words:
            answer.addWidget(directed(f"“{recorded.answer.own_words}”"))
        answer.addStretch(1)
        row.addLayout(answer, 4)
        return row

    def _answer(self, recorded: AnswerLine) -> QWidget:
        reason = recorded.answer.non_answer
        if reason is not None:
            return label(interview_words.non_answer(self._words, reason), "muted")
        return directed(recorded.text or "–", "strong")

    def _tags(self, recorded: AnswerLine) -> FlowLayout:
        words, answer = self._words, recorded.answer
        flow = FlowLayout(None, spacing=6)
        spoken = answer.kind is Kind.STATEMENT
        flow.addWidget(Tag(interview_words.kind_short(words, answer.kind), "primary" if spoken else "neutral"))
        if spoken:
            language = i18n.language(answer.person_wording.language).own_name
            flow.addWidget(label(language, "caption", wrap=False))
            flow.addWidget(label(interview_words.delivery(words, answer.delivery), "caption", wrap=False))
        return flow
