"""One running interview: asks, records durably, moves, resumes at the same question."""

from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from victimid.app import attaching, interview_reading, interview_recording, linking
from victimid.app.content import as_version
from victimid.app.failing import failure_noted
from victimid.app.interview_answer import Given
from victimid.app.interview_running import Running, after, before
from victimid.app.interview_view import InterviewView
from victimid.app.session import Session, new_id
from victimid.forms.form import Form
from victimid.model.answer import Delivery, NonAnswer, Precision
from victimid.model.audit import Action
from victimid.model.interview import Interview
from victimid.model.link import LinkKind
from victimid.store import drafts


def begin(session: Session, case_ref: str, form: Form, officer_language: str, person_language: str) -> "Interviewing":
    """Begin an interview in a case; the form is kept in the vault as it is now, with its pictures and recordings."""
    session.access.case(case_ref)
    at = session.clock()
    interview = Interview(
        id=new_id(),
        case_ref=case_ref,
        form_id=form.id,
        form_version=form.version,
        form_sha256=form.sha256,
        officer_language=officer_language,
        person_language=person_language,
        started_at=at,
        started_by=session.officer_id,
        position="",
        instance="",
    )
    with session.vault.together():
        session.vault.interviews.keep_form(as_version(form))
        session.vault.form_media.keep(form.media)
        session.vault.interviews.begin(interview)
    return Interviewing(session, interview, form)


def resume(session: Session, interview_id: str) -> "Interviewing":
    """Go on with an interview where it was left, on the version of the form it began with."""
    interview = session.vault.interviews.get(interview_id)
    session.access.case(interview.case_ref)
    form = session.content.kept_form(session.vault.interviews.form(interview.form_sha256))
    return Interviewing(session, interview, form)


class Interviewing:
    """The interview at hand; every change is durable in the vault before a new view is returned."""

    def __init__(self, session: Session, interview: Interview, form: Form) -> None:
        self._begun = Running(session, interview, form)

    @property
    def _running(self) -> Running:
        """The interview, as long as this officer may work on its case: it may be handed over while it is open."""
        self._begun.session.access.case(self._begun.interview.case_ref)
        return self._begun

    @property
    def interview_id(self) -> str:
        """Id of this interview in the vault."""
        return self._begun.interview.id

    @property
    def case_ref(self) -> str:
        """Reference of the case it belongs to."""
        return self._begun.interview.case_ref

    def view(self) -> InterviewView:
        """Return what the screen shows now."""
        return interview_reading.view(self._running)

    def answer(
        self,
        ref: str,
        value: str,
        *,
        own_words: str = "",
        delivery: Delivery = Delivery.READ,
        precision: Precision = Precision.EXACT,
    ) -> InterviewView:
        """Record an answer and go on; a value against the form's rules stays on screen with the problem.

        ``precision`` says how exactly the person gave a date.

        Raises ``form.bad_value`` where the text is not of the question's type.
        """
        state = self._running.state
        kept = self._running.ask(ref).value
        state.set(ref, value)
        if value and not self._running.ask(ref).valid:
            view = self.view()
            state.set(ref, kept)
            if view.question is None or view.question.ref != ref:
                return view
            return replace(view, question=replace(view.question, own_words=own_words, precision=precision))
        if value or own_words or kept:
            with self._failure_noted():
                interview_recording.record(self._running, ref, Given(value, None, own_words, delivery, precision))
            return self.view()
        return self.next()

    def attach(self, ref: str, path: Path, *, own_words: str = "", delivery: Delivery = Delivery.READ) -> InterviewView:
        """Take a file into the vault as the answer, both or neither, and go on; raises ``attachment.*``."""
        session = self._running.session
        wanted = self._running.ask(ref).parameters.get("mediatype", "")
        with self._failure_noted(), self._running.all_or_nothing(), session.vault.together():
            kept = attaching.keep(session, self.interview_id, ref, path, wanted)
            return self.answer(ref, kept.name, own_words=own_words, delivery=delivery)

    def skip(
        self, ref: str, reason: NonAnswer, *, own_words: str = "", delivery: Delivery = Delivery.READ
    ) -> InterviewView:
        """Record why there is no answer and go on; the form sees a blank."""
        self._running.state.set(ref, "")
        with self._failure_noted():
            interview_recording.record(self._running, ref, Given("", reason, own_words, delivery))
        return self.view()

    def next(self) -> InterviewView:
        """Go to the next question without recording anything."""
        stops = self._running.stops()
        return self._move(after(stops, self._running.stop(stops)))

    def back(self) -> InterviewView:
        """Go to the question before."""
        stops = self._running.stops()
        return self._move(before(stops, self._running.stop(stops)))

    def go_to_section(self, title: str) -> InterviewView:
        """Go to the first question of a section of the outline."""
        for ref in self._running.state.questions():
            if interview_reading.titles(self._running, ref)[:1] == (title,):
                return self._move(ref)
        return self.view()

    def add_instance(self, repeat_ref: str) -> InterviewView:
        """Add an instance to a repeat and go to its first question.

        Raises ``form.not_a_repeat``, ``form.fixed_repeat``.
        """
        running = self._running
        with self._failure_noted(Action.INSTANCE_ADDED):
            interview_recording.add_instance(running, repeat_ref)
        return self.view()

    def remove_instance(self, instance_ref: str) -> InterviewView:
        """Remove a repeat instance; what is recorded in it no longer counts, what comes after it moves up.

        Raises ``form.not_a_repeat``, ``form.fixed_repeat``.
        """
        running = self._running
        with self._failure_noted(Action.INSTANCE_REMOVED):
            interview_recording.remove_instance(running, instance_ref)
        return self.view()

    def keep_draft(self, ref: str, text: str) -> None:
        """Keep words typed but not yet recorded, so that locking loses none."""
        place = drafts.of_question(self.interview_id, ref)
        self._running.session.vault.drafts.keep(self.case_ref, place, text)

    def mark(self, ref: str, kind: LinkKind, text: str) -> InterviewView:
        """Let words of an answer, recorded or being typed, be compared with other cases, and return what is shared.

        Raises ``link.nothing_to_compare``.
        """
        linking.mark(self._running.session, self.case_ref, self.interview_id, ref, kind, text)
        return self.view()

    def unmark(self, ref: str, kind: LinkKind, text: str) -> InterviewView:
        """Take back a mark of an answer; raises ``link.not_marked``."""
        linking.unmark(self._running.session, self.case_ref, self.interview_id, ref, kind, text)
        return self.view()

    def finish(self) -> None:
        """Close the interview; what was never put to the person is recorded as not asked."""
        running = self._running
        with self._failure_noted():
            interview_recording.finish(running)

    def _failure_noted(self, tried: Action = Action.ANSWERED) -> AbstractContextManager[None]:
        """Let what cannot be saved leave an entry in the record of actions."""
        return failure_noted(self._begun.session.vault, tried, self.case_ref)

    def _move(self, position: str) -> InterviewView:
        interview_recording.move(self._running, position)
        return self.view()
