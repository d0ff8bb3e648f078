"""The running interview as the screen holds it: one step at a time, each durable before its view is shown."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from victimid import i18n
from victimid.app import interviewing
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.app.interviewing import Interviewing
from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.model.answer import Delivery
from victimid.ui.context import Context
from victimid.ui.screens.answer_file import chosen_path
from victimid.ui.screens.answer_making import given, takes_answer

_READ_ONLY = "form.readonly"

Step = Callable[[Interviewing], InterviewView]


class Talk(QObject):
    """Runs the steps of one interview in jobs; while one is under way no other is taken."""

    opened = Signal()
    viewed = Signal(object)
    refused = Signal(object)
    finished = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._session = context.jobs, context.session
        self._interviewing: Interviewing | None = None
        self._language = context.words.language
        self.person_words: Words = context.words
        self.form_title = ""
        self.view: InterviewView | None = None
        self.busy = False

    def open(self, interview_id: str) -> None:
        """Go on with an interview where it was left."""
        self.busy = True
        session, language = self._session, self._language

        def resume() -> tuple[Interviewing, InterviewView, Words, str]:
            interview = interviewing.resume(session, interview_id)
            view = interview.view()
            title = i18n.load("forms", language).gettext(view.form_title)
            return interview, view, i18n.load("victimid", view.person_language), title

        self._jobs.run(resume, self._resumed, self, self._refuse)

    def step(self, step: Step) -> None:
        """Take one step, unless another is under way."""
        interview = self._interviewing
        if interview is None or self.busy:
            return
        self.busy = True
        self._jobs.run(lambda: step(interview), self._stepped, self, self._refuse)

    def finish(self) -> None:
        """Close the interview; what was never put is recorded as not asked."""
        interview = self._interviewing
        if interview is None or self.busy:
            return
        self.busy = True
        self._jobs.run(interview.finish, lambda _: self._finish(), self, self._refuse)

    def keep_draft(self, ref: str, text: str) -> None:
        """Keep what is typed for a question; on the worker."""
        if self._interviewing is not None:
            self._interviewing.keep_draft(ref, text)

    def _resumed(self, opened: tuple[Interviewing, InterviewView, Words, str]) -> None:
        self._interviewing, self.view, self.person_words, self.form_title = opened
        self.busy = False
        self.opened.emit()
        self.viewed.emit(self.view)

    def _stepped(self, view: InterviewView) -> None:
        self.busy = False
        self.view = view
        self.viewed.emit(view)

    def _finish(self) -> None:
        self.busy = False
        self.finished.emit()

    def _refuse(self, error: VictimIDError) -> None:
        self.busy = False
        self.refused.emit(error)


def answer_or_pass(
    talk: Interviewing, question: QuestionView, value: str, own_words: str, delivery: Delivery
) -> InterviewView:
    """Record an answer and go on; what the form only shows is passed by."""
    if not takes_answer(question):
        return talk.next()
    file = chosen_path(value) if question.type == "binary" else None
    value, precision = given(question, value)
    try:
        if file is not None:
            return talk.attach(question.ref, file, own_words=own_words, delivery=delivery)
        return talk.answer(question.ref, value, own_words=own_words, delivery=delivery, precision=precision)
    except VictimIDError as error:
        if error.code != _READ_ONLY:
            raise
        return talk.next()
