"""The talk itself: one question at a time, each answer durable before the next question shows."""

from dataclasses import replace
from functools import partial

from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut

from victimid.app.interview_media import MediaFile
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.errors import VictimIDError
from victimid.model.answer import Delivery, NonAnswer
from victimid.model.link import LinkKind
from victimid.ui.context import Context
from victimid.ui.destinations import ToDesk, ToSummary
from victimid.ui.draft import Draft
from victimid.ui.screen import SessionScreen
from victimid.ui.screens import interview_words
from victimid.ui.screens.interview_guidance import Guidance
from victimid.ui.screens.interview_outline import Outline
from victimid.ui.screens.interview_pages import ClosingPage, PausePage
from victimid.ui.screens.interview_question import QuestionPane
from victimid.ui.screens.interview_stage import Stage
from victimid.ui.screens.interview_talk import Step, Talk, answer_or_pass
from victimid.ui.screens.large_picture import LargePicture
from victimid.ui.screens.person_view import PersonSide
from victimid.ui.screens.question_media import Media
from victimid.ui.screens.repeat_page import RepeatPage
from victimid.ui.widgets.editing import take_composed


class InterviewScreen(SessionScreen):
    """Joins the running talk to what stands on the screen."""

    def __init__(self, context: Context, interview_id: str) -> None:
        super().__init__(context)
        self.talk = Talk(context, self)
        self.outline, self.guidance = Outline(self.words), Guidance(self.words)
        self.closing, self.pause, self.person = ClosingPage(self.words), PausePage(self.words), PersonSide()
        self.repeat = RepeatPage(self.words, self._step)
        self.stage = Stage((self.outline, self.guidance), self.person, (self.closing, self.repeat, self.pause))
        self.draft: Draft | None = None
        self.media = Media(self.words, self.jobs, context.sound, self._cover, self._heard)
        self.large = LargePicture(self, self.words, self.jobs, self.media.unshown())
        self.body.addWidget(self.stage)
        self._follow_talk()
        self._follow_officer()
        self._follow_person()
        self._follow_media()
        self.talk.open(interview_id)

    @property
    def pane(self) -> QuestionPane | None:
        """The question on the officer's side."""
        return self.stage.pane

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - overrides Qt
        """Give the cursor to the question."""
        super().focusInEvent(event)
        if self.pane is not None:
            self.pane.start()

    def _follow_talk(self) -> None:
        self.talk.opened.connect(self.stage.show_officer)
        self.talk.viewed.connect(self._show)
        self.talk.refused.connect(self._refused)
        self.talk.finished.connect(self._summary)
        self.stage.alone.connect(self.alone)

    def _follow_officer(self) -> None:
        self.outline.section.connect(lambda title: self._step(lambda talk: talk.go_to_section(title)))
        self.outline.pause.connect(self._rest)
        self.outline.stop.connect(self._stop)
        self.guidance.shared.chosen.connect(lambda ref: self.go.emit(ToSummary(ref)))
        self.outline.leave.connect(lambda: self.go.emit(ToDesk()))
        self.pause.resumed.connect(self.stage.resume)
        self.closing.finish.connect(self.talk.finish)
        self.closing.leave_open.connect(self._summary)
        self.closing.go_on.connect(self._go_on)
        QShortcut(QKeySequence("F7"), self.stage).activated.connect(self._turn)
        QShortcut(QKeySequence("F8"), self).activated.connect(self._rest_or_resume)  # even from a large picture

    def _follow_person(self) -> None:
        self.person.answered.connect(lambda value: self._answer(value, self._own_words(), Delivery.SELF))
        self.person.skipped.connect(lambda reason: self._skip(reason, self._own_words(), Delivery.SELF))
        self.person.edited.connect(self._take_over)

    def _follow_media(self) -> None:
        """Let what plays or lies over the screen go with the question it belongs to."""
        self.stage.turned.connect(self.context.sound.stop)
        self.stage.turned.connect(self.large.put_away)
        self.large.closed.connect(self._uncover)
        self.context.sound.failed.connect(self.explain)

    def _heard(self) -> None:
        self.guidance.suggest(Delivery.AUDIO)

    def _cover(self, file: MediaFile) -> None:
        """Show a picture over everything; what is below takes no keys."""
        self.stage.setEnabled(False)
        self.large.show_file(file)

    def _uncover(self) -> None:
        self.stage.setEnabled(True)
        self.stage.start()

    def _show(self, view: InterviewView) -> None:
        self.banner.hide()
        self.outline.show_view(view, self.talk.form_title)
        self.guidance.shared.show_shared(view.shared)
        self._replace_pane(self._new_pane(view, view.question) if view.question is not None else None)
        if self.pane is None and view.repeat is None:
            self._close(ended=True)
        else:
            self._go_on()
        if self.stage.with_person():
            self._show_person()

    def _replace_pane(self, pane: QuestionPane | None) -> None:
        """Show another question, or the same anew; what was typed while that was under way stays with its question."""
        take_composed(self.window().focusWidget())
        old, before = self.pane, self.draft
        self.stage.replace_pane(pane)
        self.draft = self._draft_of(pane) if pane is not None else None
        if old is None or before is None:
            return
        if before.unsaved() is not None:
            self._carry_on(old, before)
        before.end()

    def _carry_on(self, old: QuestionPane, typed: Draft) -> None:
        if self.pane is not None and self.pane.question.ref == old.question.ref:
            self.pane.show_typed(old.typed())
            return
        typed.keep()
        text = self.words.gettext("What you typed after going on is kept with the previous question.")
        self.banner.show_text(text, "attention")

    def _draft_of(self, pane: QuestionPane) -> Draft:
        keep = partial(self.talk.keep_draft, pane.question.ref)
        draft = Draft(self, self.jobs, lambda: pane.typed().text(), keep)
        pane.edited.connect(draft.soon)
        return draft

    def _step(self, step: Step) -> None:
        """Take a step; what is typed is kept first, so that it is there whenever its question is again."""
        if self.pane is None or self.draft is None:
            self.talk.step(step)
        elif not self.talk.busy:
            self.pane.hold(held=True)
            self.talk.step(self.draft.keeping(step))

    def _new_pane(self, view: InterviewView, question: QuestionView) -> QuestionPane:
        names = interview_words.language_names(view)
        pane = QuestionPane(self.words, self.talk.person_words, names, question, self.media, first=view.position == 1)
        pane.answered.connect(self._answer)
        pane.skipped.connect(self._skip)
        pane.back.connect(lambda: self._step(lambda talk: talk.back()))
        pane.shown.connect(self._show_person)
        pane.marking.marked.connect(self._mark)
        pane.marking.unmarked.connect(self._unmark)
        self.guidance.show_question(question, interview_words.language_note(self.words, view))
        return pane

    def _answer(self, value: str, own_words: str, way: Delivery | None = None) -> None:
        if self.pane is not None:
            question, put = self.pane.question, way or self.guidance.delivery()
            self._step(lambda talk: answer_or_pass(talk, question, value, own_words, put))

    def _skip(self, reason: NonAnswer, own_words: str, way: Delivery | None = None) -> None:
        if self.pane is not None:
            ref, put = self.pane.question.ref, way or self.guidance.delivery()
            self._step(lambda talk: talk.skip(ref, reason, own_words=own_words, delivery=put))

    def _mark(self, kind: LinkKind, text: str) -> None:
        if self.pane is not None:
            ref = self.pane.question.ref
            self._step(lambda talk: talk.mark(ref, kind, text))

    def _unmark(self, kind: LinkKind, text: str) -> None:
        if self.pane is not None:
            ref = self.pane.question.ref
            self._step(lambda talk: talk.unmark(ref, kind, text))

    def _take_over(self, typed: str) -> None:
        """Hold what the person enters in the officer's field too, so that a draft of it is kept."""
        if self.pane is not None and self.draft is not None:
            self.pane.input.set_typed(typed)
            self.draft.soon()

    def _own_words(self) -> str:
        return self.pane.own_words_said() if self.pane is not None else ""

    def _refused(self, error: VictimIDError) -> None:
        """Leave everything as typed, keep it as a draft, and say what is wrong."""
        self.stage.show_officer()
        self.explain(error)
        if self.pane is not None and self.draft is not None:
            self.pane.hold(held=False)
            self.draft.soon()

    def _turn(self) -> None:
        """Turn the screen to the person, or back to the officer."""
        if not self.stage.with_person():
            if self.stage.on_question():
                self._show_person()
            return
        stopped = self.person.stopped
        self.stage.show_officer()
        if stopped:
            self._stop()

    def _show_person(self) -> None:
        view = self.talk.view
        if view is not None:
            name = interview_words.language_names(view)[1]
            typed = self.pane.input.typed() if self.pane is not None else ""
            media = replace(self.media, words=self.talk.person_words)
            self.person.show_question(self.talk.person_words, name, view.question, media, typed)
            self.stage.show_person()
            self.guidance.set_delivery(Delivery.SHOWN)

    def _rest_or_resume(self) -> None:
        self.stage.resume() if self.stage.resting() else self._rest()

    def _rest(self) -> None:
        if self.talk.view is not None:
            self.stage.rest()

    def _stop(self) -> None:
        if self.draft is not None:
            self.draft.keep()
        self._close(ended=False)

    def _close(self, *, ended: bool) -> None:
        self.closing.show_end() if ended else self.closing.show_stop()
        self.stage.show_closing()

    def _go_on(self) -> None:
        view = self.talk.view
        if view is not None and view.repeat is not None:
            self.repeat.show_repeat(view.repeat)
            self.stage.show_repeat()
        elif self.pane is None:
            self._step(lambda talk: talk.back())
        else:
            self.stage.show_question(self.pane)

    def _summary(self) -> None:
        if self.talk.view is not None:
            self.go.emit(ToSummary(self.talk.view.case_ref))
