"""One question on the officer's side: both languages, the answer, why there may be none, the person's words."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from victimid.app.interview_view import QuestionView
from victimid.i18n import Words
from victimid.model.answer import Kind, NonAnswer
from victimid.ui.screens import interview_typed, interview_words
from victimid.ui.screens.answer_making import is_chosen, make_input, takes_answer, takes_free_text
from victimid.ui.screens.direction import directed, direction_of, said
from victimid.ui.screens.interview_typed import Typed
from victimid.ui.screens.marking import Marking
from victimid.ui.screens.question_media import Media
from victimid.ui.widgets.banner import Tone
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import TextArea
from victimid.ui.widgets.flow import FlowLayout
from victimid.ui.widgets.frames import Card, Tag, line, scrolling
from victimid.ui.widgets.text import label

_BOUNDS = QSize(300, 160)
_ROWS = 4


class QuestionPane(QWidget):
    """Made anew for each question; what is recorded or drafted for it stands in its fields from the start."""

    answered = Signal(str, str)
    skipped = Signal(object, str)
    back = Signal()
    shown = Signal()
    edited = Signal()

    def __init__(
        self,
        words: Words,
        person_words: Words,
        languages: tuple[str, str],
        question: QuestionView,
        media: Media,
        *,
        first: bool = False,
    ) -> None:
        super().__init__()
        self.question = question
        self._first, self._media = first, media
        self._sent: str | None = None
        self._words, self._person_words, self._languages = words, person_words, languages
        self.input = make_input(words, question, media, person=False)
        self.own_words = self._own_words_field()
        self.marking = Marking(words, self._fields_of_words(), question.marks)
        self._content = QVBoxLayout()
        self._content.setContentsMargins(28, 20, 28, 16)
        self._content.setSpacing(12)
        self._fill()
        self._restore()
        inside = QWidget()
        inside.setLayout(self._content)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(scrolling(inside), 1)
        rows.addWidget(line())
        rows.addLayout(self._footer())
        self.input.edited.connect(self.edited)
        self.own_words.changed.connect(self.edited)

    def typed(self) -> Typed:
        """Return what stands in the fields now."""
        return Typed(self.input.typed() if self._sent is None else self._sent, self.own_words.text())

    def own_words_said(self) -> str:
        """Return the person's own words as they are recorded."""
        return self.own_words.text().strip()

    def show_typed(self, typed: Typed) -> None:
        """Show what was typed before."""
        self.input.set_typed(typed.answer)
        self.own_words.set_text(typed.own_words)

    def hold(self, *, held: bool) -> None:
        """While an answer is under way, let what is picked meant for the next question say nothing about this one."""
        self._sent = self.input.typed() if held and is_chosen(self.question) else None

    def start(self) -> None:
        """Put the cursor where the answer goes; options are chosen by key without it."""
        target = self.input.focusProxy()
        (target or self).setFocus()

    def _fill(self) -> None:
        self._content.addLayout(self._tags())
        if self.question.sensitive and self._for_person():
            self._content.addWidget(self._announcement())
        self._content.addLayout(self._texts())
        if self.question.refused:
            self._content.addWidget(self._problem())
        self._content.addWidget(self.input)
        self._content.addWidget(self.own_words)
        self._content.addWidget(self.marking)
        self._content.addStretch(1)

    def _tags(self) -> QHBoxLayout:
        words = self._words
        holder = QWidget()
        tags = FlowLayout(holder, spacing=8)
        if takes_answer(self.question):
            tone: Tone = "primary" if self.question.kind is Kind.STATEMENT else "neutral"
            tags.addWidget(Tag(interview_words.kind_tag(words, self.question.kind), tone))
        if self.question.instance:
            tags.addWidget(Tag(self.question.instance, "neutral"))
        if self.question.sensitive:
            # Translators: a tag on a sensitive question.
            tags.addWidget(Tag(words.gettext("may be hard to answer"), "attention"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(holder, 1, Qt.AlignmentFlag.AlignVCenter)
        if self._for_person():
            show = Button(words.gettext("Show to the person"), shown_key="F7")
            show.clicked.connect(self.shown)
            row.addWidget(show)
        else:
            tags.addWidget(Tag(words.gettext("not for the person's eyes"), "neutral"))
        return row

    def _announcement(self) -> Card:
        card = Card("attention", margin=12, spacing=4)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        # Translators: {announcement} is a sentence the officer says to the person before a sensitive question.
        said = self._words.gettext("Say first: {announcement}", announcement=interview_words.announcement(self._words))
        columns.addWidget(label(said), 1)
        if self._person_words.language != self._words.language:
            columns.addWidget(directed(interview_words.announcement(self._person_words)), 1)
        card.body.addLayout(columns)
        return card

    def _texts(self) -> QGridLayout:
        words, question = self._words, self.question
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        # Translators: {language} is the language's own name; this column is read by the officer.
        self._column(
            grid, 0, words.gettext("{language} · officer", language=self._languages[0]), question, person=False
        )
        if self._for_person() and self._languages[0] != self._languages[1]:
            divider = QFrame()
            divider.setProperty("role", "line")
            divider.setFixedWidth(1)
            grid.addWidget(divider, 0, 1, _ROWS, 1)
            # Translators: {language} is the language's own name; this column is for the person interviewed.
            caption = words.gettext("{language} · person", language=self._languages[1])
            self._column(grid, 2, caption, question, person=True)
        return grid

    def _column(self, grid: QGridLayout, at: int, caption: str, question: QuestionView, *, person: bool) -> None:
        text = question.label.unseen_by_officer() if person else question.label.officer
        hint = question.hint.person if person else question.hint.officer
        heading = label(caption, "caption")
        heading.setLayoutDirection(direction_of(text.text))
        heading.setAlignment(Qt.AlignmentFlag.AlignLeading)
        grid.addWidget(heading, 0, at)
        grid.addWidget(said(text, "question"), 1, at)
        if hint.text:
            grid.addWidget(said(hint, "muted"), 2, at)
        beside = self._media.beside((text, hint), _BOUNDS, person=person or self._one_language())
        if beside is not None:
            grid.addWidget(beside, 3, at, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(at, 1)

    def _one_language(self) -> bool:
        return self._for_person() and self._languages[0] == self._languages[1]

    def _problem(self) -> Card:
        card = Card("attention", margin=14)
        said = self.question.problem or self._words.gettext("Please look at this answer again.")
        card.body.addWidget(label(said, "strong"))
        card.setAccessibleName(said)
        return card

    def _reason(self, reason: NonAnswer, name: str) -> Button:
        button = Button(name, "plain", interview_words.NON_ANSWER_KEYS[reason], compact=True)
        button.setCheckable(True)
        button.setProperty("kind", "choice")
        button.setChecked(reason is self.question.non_answer)
        said = interview_words.non_answer_by_person(self._person_words, reason) if self._for_person() else ""
        button.setAccessibleDescription(said)
        button.clicked.connect(lambda _=False: self._skip(reason))
        return button

    def _own_words_field(self) -> TextArea:
        field = TextArea(self._words.gettext("In the person's words (optional)"), lines=1)
        spoken = self.question.kind is Kind.STATEMENT and self._for_person()
        if not spoken or not takes_answer(self.question) or takes_free_text(self.question):
            field.hide()
        return field

    def _fields_of_words(self) -> list[QPlainTextEdit | QLineEdit]:
        if takes_free_text(self.question):
            return [*self.input.findChildren(QPlainTextEdit), *self.input.findChildren(QLineEdit)]
        return [] if self.own_words.isHidden() else [self.own_words.edit]

    def _footer(self) -> QVBoxLayout:
        """Keep every way on in sight: why there is no answer, and below it back and next."""
        reasons = interview_words.reasons(self._words, self.question) if takes_answer(self.question) else []
        back = Button(self._words.gettext("Back"))
        back.setEnabled(not self._first)
        back.clicked.connect(self.back)
        following = Button(self._words.gettext("Next"), "primary", "Enter")
        following.clicked.connect(self._answer)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(following)
        rows = QVBoxLayout()
        rows.setContentsMargins(28, 12, 28, 16)
        rows.setSpacing(12)
        if reasons:
            rows.addWidget(_flowing([self._reason(*each) for each in reasons]))
        rows.addLayout(row)
        return rows

    def _restore(self) -> None:
        if self.question.draft:
            self.show_typed(interview_typed.read(self.question.draft))
        else:
            self.input.set_value(self.question.value)
            self.own_words.set_text(self.question.own_words)

    def _answer(self) -> None:
        self.answered.emit(self.input.value(), self.own_words_said())

    def _skip(self, reason: NonAnswer) -> None:
        self.skipped.emit(reason, self.own_words_said())

    def _for_person(self) -> bool:
        return self.question.audience != "officer"


def _flowing(buttons: list[Button]) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, spacing=6)
    for button in buttons:
        flow.addWidget(button)
    return holder
