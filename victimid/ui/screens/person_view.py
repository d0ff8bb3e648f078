"""The person's side: one question in the person's language over the whole window, and nothing else."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from victimid.app.interview_view import QuestionView
from victimid.i18n import Words
from victimid.model.answer import NonAnswer
from victimid.ui.screens import interview_words
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.screens.answer_making import make_input, takes_answer
from victimid.ui.screens.direction import directed, direction_of, said
from victimid.ui.screens.question_media import Media
from victimid.ui.widgets.button import ButtonKind, ContentButton, key_hint
from victimid.ui.widgets.frames import pill, scrolling
from victimid.ui.widgets.text import label

_REASONS = (NonAnswer.DECLINED, NonAnswer.UNKNOWN, NonAnswer.NOT_UNDERSTOOD)
_WIDE = 72
_PICTURE = QSize(480, 230)


class PersonButton(ContentButton):
    """A button with larger words that wrap."""

    def __init__(self, text: str, kind: ButtonKind = "plain") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setMinimumHeight(60)
        said = label(text, "section")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        said.setMinimumWidth(180)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.addWidget(said)


class PersonView(QWidget):
    """Made anew for each question; ``words`` are in the person's language, ``typed`` is what is entered so far."""

    answered = Signal(str)
    edited = Signal(str)
    skipped = Signal(object)
    stopped = Signal()

    def __init__(self, words: Words, language_name: str, question: QuestionView, media: Media, typed: str) -> None:
        super().__init__()
        self.setProperty("sheet", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayoutDirection(direction_of(question.label.person.text))
        self.question = question
        self._words, self._media = words, media
        self.input = make_input(words, question, media, person=True)
        self.input.set_typed(typed)
        self.input.edited.connect(self._offer_next)
        self.input.edited.connect(lambda: self.edited.emit(self.input.typed()))
        # Translators: the person goes on to the next question.
        self.following = PersonButton(words.gettext("Go on"), "primary")
        self.following.clicked.connect(lambda: self.answered.emit(self.input.value()))
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self.following).activated.connect(self.following.click)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_WIDE, 40, _WIDE, 32)
        rows.setSpacing(24)
        rows.addLayout(self._top(language_name))
        rows.addWidget(scrolling(self._middle()), 1)
        rows.addLayout(self._bottom())
        self._offer_next()

    def start(self) -> None:
        """Put the cursor where the answer goes; never on a button that ends the talk."""
        (self.input.focusProxy() or self).setFocus()

    def _top(self, language_name: str) -> QHBoxLayout:
        # Translators: the person speaks; a button that ends the talk at any time.
        stop = PersonButton(self._words.gettext("I want to stop"))
        stop.clicked.connect(self.stopped)
        row = QHBoxLayout()
        row.addWidget(pill(language_name), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(stop)
        return row

    def _middle(self) -> QWidget:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(20)
        if self.question.sensitive:
            rows.addWidget(directed(interview_words.announcement(self._words), "muted"))
        words, hint = self.question.label.person, self.question.hint.person
        rows.addWidget(said(words, "person_question"))
        if hint.text:
            rows.addWidget(said(hint, "body"))
        beside = self._media.beside((words, hint), _PICTURE, person=True)
        if beside is not None:
            rows.addWidget(beside)
        if self.question.refused:
            # Translators: said to the person when an answer cannot be taken as it is.
            rows.addWidget(label(self._words.gettext("Please look at this answer again."), "strong"))
        rows.addWidget(self.input)
        if isinstance(self.input, ChoiceInput):
            self._enlarge(self.input)
        rows.addStretch(1)
        return inside

    def _enlarge(self, options: ChoiceInput) -> None:
        for button in options.buttons:
            button.setMinimumHeight(76)

    def _bottom(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        if takes_answer(self.question):
            for reason in _REASONS:
                button = PersonButton(interview_words.non_answer_by_person(self._words, reason))
                button.clicked.connect(lambda _=False, r=reason: self.skipped.emit(r))
                row.addWidget(button, 1)
        row.addWidget(self.following, 1)
        rows = QVBoxLayout()
        rows.addLayout(row)
        rows.addWidget(key_hint("F7"), 0, Qt.AlignmentFlag.AlignTrailing)
        return rows

    def _offer_next(self) -> None:
        nothing_to_answer = not takes_answer(self.question)
        self.following.setVisible(nothing_to_answer or bool(self.input.value()))


class ThanksView(QWidget):
    """Shown to the person when the talk stops, or when what comes next is not for them."""

    def __init__(self, words: Words, *, stopped: bool) -> None:
        super().__init__()
        self.setProperty("sheet", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if stopped:
            # Translators: said to the person who pressed "I want to stop"; warm, without any reproach.
            text = words.gettext("We stop here. You do not have to explain why. Thank you.")
        else:
            # Translators: said to the person when the officer takes the screen back.
            text = words.gettext("Thank you.")
        said = directed(text, "person_question")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_WIDE, 40, _WIDE, 32)
        rows.addStretch(1)
        rows.addWidget(said)
        rows.addStretch(1)
        rows.addWidget(key_hint("F7"), 0, Qt.AlignmentFlag.AlignTrailing)


class PersonSide(QWidget):
    """What stands before the person, one view after the other; ``edited`` carries what they have entered so far."""

    answered = Signal(str)
    edited = Signal(str)
    skipped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.stopped = False
        self._words: Words | None = None
        self.shown: PersonView | ThanksView | None = None
        self._stack = QStackedLayout(self)

    def show_question(
        self, words: Words, language_name: str, question: QuestionView | None, media: Media, typed: str
    ) -> None:
        """Show a question, or thanks where what comes next is not for the person; ``media`` speaks their language."""
        self.stopped = False
        self._words = words
        if question is None or question.audience == "officer":
            self._replace(ThanksView(words, stopped=False))
            return
        view = PersonView(words, language_name, question, media, typed)
        view.answered.connect(self.answered)
        view.edited.connect(self.edited)
        view.skipped.connect(self.skipped)
        view.stopped.connect(self._stop)
        self._replace(view)

    def start(self) -> None:
        """Put the cursor where the answer goes."""
        if isinstance(self.shown, PersonView):
            self.shown.start()

    def _stop(self) -> None:
        if self._words is not None:
            self.stopped = True
            self._replace(ThanksView(self._words, stopped=True))

    def _replace(self, view: PersonView | ThanksView) -> None:
        old, self.shown = self.shown, view
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        if old is not None:
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
