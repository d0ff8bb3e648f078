"""The talk itself: one question at a time, each answer durable before the next question shows."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from victimid.app.interview_repeats import RepeatView
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.errors import VictimIDError
from victimid.model.answer import Delivery, NonAnswer
from victimid.ui.context import Context
from victimid.ui.destinations import ToDesk, ToSummary
from victimid.ui.screen import Screen
from victimid.ui.screens import interview_words
from victimid.ui.screens.interview_draft import Draft
from victimid.ui.screens.interview_guidance import Guidance
from victimid.ui.screens.interview_outline import Outline
from victimid.ui.screens.interview_pages import ClosingPage, PausePage
from victimid.ui.screens.interview_question import QuestionPane
from victimid.ui.screens.interview_talk import Talk, answer_or_pass
from victimid.ui.screens.person_view import PersonSide
from victimid.ui.screens.repeat_page import RepeatPage

_DRAFT_AFTER_MS = 600


class InterviewScreen(Screen):
    """Three columns for the officer, the person's side over the whole window, a pause, and the ways to end."""

    def __init__(self, context: Context, interview_id: str) -> None:
        super().__init__(context)
        self.talk = Talk(context, self)
        self.pane: QuestionPane | None = None
        self._kept = Draft()
        self._before_pause: QWidget | None = None
        self.outline, self.guidance = Outline(self.words), Guidance(self.words)
        self.closing, self.pause, self.person = ClosingPage(self.words), PausePage(self.words), PersonSide()
        self.repeat = RepeatPage(self.words, self.talk.step)
        self._drafts = QTimer(self)
        self._drafts.setSingleShot(True)
        self._drafts.setInterval(_DRAFT_AFTER_MS)
        self._build()
        self._connect()
        self.talk.open(interview_id)

    def unsaved(self) -> Callable[[], None] | None:
        """Return the work that keeps what is typed and not yet recorded."""
        pane = self.pane
        if pane is None or pane.draft() == self._kept:
            return None
        return self.talk.keeping(pane.question.ref, pane.draft().text())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - overrides Qt
        """Give the cursor to the question."""
        super().focusInEvent(event)
        if self.pane is not None:
            self.pane.start()

    def _build(self) -> None:
        self._middle = QStackedWidget()
        self._middle.addWidget(self.closing)
        self._middle.addWidget(self.repeat)
        self._columns = QWidget()
        row = QHBoxLayout(self._columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.outline)
        row.addWidget(self._middle, 1)
        row.addWidget(self.guidance)
        self._pages = QStackedWidget()
        for page in (QWidget(), self._columns, self.person, self.pause):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.talk.opened.connect(self._opened)
        self.talk.viewed.connect(self._show)
        self.talk.refused.connect(self._refused)
        self.talk.finished.connect(self._summary)
        self._drafts.timeout.connect(self._keep_draft)
        self.outline.section.connect(lambda title: self.talk.step(lambda talk: talk.go_to_section(title)))
        self.outline.pause.connect(self._rest)
        self.outline.stop.connect(self._stop)
        self.outline.leave.connect(lambda: self.go.emit(ToDesk()))
        self.pause.resumed.connect(self._resume)
        self.closing.finish.connect(self.talk.finish)
        self.closing.leave_open.connect(self._summary)
        self.closing.go_on.connect(self._go_on)
        self.person.answered.connect(self._answer_by_person)
        self.person.skipped.connect(self._skip_by_person)
        self.person.edited.connect(self._take_over)
        for key, act in (("F7", self._turn), ("F8", self._rest_or_resume)):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _opened(self) -> None:
        self._pages.setCurrentWidget(self._columns)

    def _show(self, view: InterviewView) -> None:
        self.banner.hide()
        self.outline.show_view(view, self.talk.form_title)
        self._replace_pane(view)
        if view.repeat is not None:
            self._show_repeat(view.repeat)
        elif view.question is None:
            self._close(ended=True)
        if self._with_person():
            self._show_person()

    def _replace_pane(self, view: InterviewView) -> None:
        self._drafts.stop()
        old, self.pane = self.pane, None
        if old is not None:
            self._middle.removeWidget(old)
            old.hide()
            old.deleteLater()
        if view.question is not None:
            self.pane = self._new_pane(view, view.question)
            self._kept = self.pane.draft()
            self._middle.addWidget(self.pane)
            self._go_on()

    def _new_pane(self, view: InterviewView, question: QuestionView) -> QuestionPane:
        names = interview_words.language_names(view)
        pane = QuestionPane(self.words, self.talk.person_words, names, question, first=view.position == 1)
        pane.answered.connect(self._answer)
        pane.skipped.connect(self._skip)
        pane.back.connect(lambda: self.talk.step(lambda talk: talk.back()))
        pane.shown.connect(self._show_person)
        pane.edited.connect(self._drafts.start)
        self.guidance.show_question(question, interview_words.language_note(self.words, view))
        return pane

    def _answer(self, value: str, own_words: str, way: Delivery | None = None) -> None:
        if self.pane is not None:
            question, put = self.pane.question, way or self.guidance.delivery()
            self.talk.step(lambda talk: answer_or_pass(talk, question, value, own_words, put))

    def _skip(self, reason: NonAnswer, own_words: str, way: Delivery | None = None) -> None:
        if self.pane is not None:
            ref, put = self.pane.question.ref, way or self.guidance.delivery()
            self.talk.step(lambda talk: talk.skip(ref, reason, own_words=own_words, delivery=put))

    def _answer_by_person(self, value: str) -> None:
        self._answer(value, self._own_words(), Delivery.SELF)

    def _skip_by_person(self, reason: NonAnswer) -> None:
        self._skip(reason, self._own_words(), Delivery.SELF)

    def _take_over(self, value: str) -> None:
        """Hold what the person enters in the officer's field too, so that a draft of it is kept."""
        if self.pane is not None:
            self.pane.input.set_value(value)
            self._drafts.start()

    def _own_words(self) -> str:
        return self.pane.draft().own_words if self.pane is not None else ""

    def _refused(self, error: VictimIDError) -> None:
        """Leave everything as typed, keep it as a draft, and say what is wrong."""
        self._officer_side()
        self.explain(error)
        if self.pane is not None:
            self._drafts.start()

    def _keep_draft(self) -> None:
        if self.pane is not None and self.pane.draft() != self._kept and not self.talk.busy:
            self._kept = self.pane.draft()
            self.talk.keep(self.pane.question.ref, self._kept.text())

    def _with_person(self) -> bool:
        return self._pages.currentWidget() is self.person

    def _turn(self) -> None:
        """Turn the screen to the person, or back to the officer."""
        if not self._with_person():
            if self._pages.currentWidget() is self._columns and self.pane is not None and self.pane.isVisible():
                self._show_person()
            return
        stopped = self.person.stopped
        self._officer_side()
        if stopped:
            self._stop()

    def _show_person(self) -> None:
        view = self.talk.view
        if view is not None:
            name = interview_words.language_names(view)[1]
            value = self.pane.input.value() if self.pane is not None else ""
            self.person.show_question(self.talk.person_words, name, view.question, value)
            self._pages.setCurrentWidget(self.person)
            self.person.start()
            self.guidance.set_delivery(Delivery.SHOWN)
            self._alone(alone=True)

    def _officer_side(self) -> None:
        self._pages.setCurrentWidget(self._columns)
        self._alone(alone=False)

    def _alone(self, *, alone: bool) -> None:
        self.alone.emit(alone)

    def _rest_or_resume(self) -> None:
        self._resume() if self._pages.currentWidget() is self.pause else self._rest()

    def _rest(self) -> None:
        if self.talk.view is not None:
            self._before_pause = self._pages.currentWidget()
            self._pages.setCurrentWidget(self.pause)
            self.pause.go_on.setFocus()

    def _resume(self) -> None:
        self._pages.setCurrentWidget(self._before_pause or self._columns)
        if self.pane is not None and self.pane.isVisible():
            self.pane.start()

    def _stop(self) -> None:
        self._keep_draft()
        self._close(ended=False)

    def _close(self, *, ended: bool) -> None:
        self.closing.show_end() if ended else self.closing.show_stop()
        self.guidance.hide()
        self._middle.setCurrentWidget(self.closing)
        self.closing.first.setFocus()

    def _show_repeat(self, repeat: RepeatView) -> None:
        self.repeat.show_repeat(repeat)
        self.guidance.hide()
        self._middle.setCurrentWidget(self.repeat)
        self.repeat.start()

    def _go_on(self) -> None:
        view = self.talk.view
        if view is not None and view.repeat is not None:
            self._show_repeat(view.repeat)
            return
        if self.pane is None:
            self.talk.step(lambda talk: talk.back())
            return
        self._middle.setCurrentWidget(self.pane)
        self.guidance.show()
        self.pane.start()

    def _summary(self) -> None:
        if self.talk.view is not None:
            self.go.emit(ToSummary(self.talk.view.case_ref))
