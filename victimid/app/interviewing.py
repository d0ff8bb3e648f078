"""One running interview: asks, records durably, moves, resumes at the same question."""

from victimid.app import interview_view
from victimid.app.content import as_version
from victimid.app.form_languages import matching
from victimid.app.interview_view import InterviewView
from victimid.app.session import Session, new_id
from victimid.forms.form import Form
from victimid.forms.session import Session as FormSession
from victimid.forms.state import Question
from victimid.model.answer import Answer, Delivery, Kind, NonAnswer, Wording
from victimid.model.interview import Interview
from victimid.store import drafts

END = "end"


def begin(session: Session, case_ref: str, form: Form, officer_language: str, person_language: str) -> "Interviewing":
    """Begin an interview in a case; the form is kept in the vault as it is now."""
    at = session.clock()
    session.vault.interviews.keep_form(as_version(form))
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
    session.vault.interviews.begin(interview)
    return Interviewing(session, interview, form)


def resume(session: Session, interview_id: str) -> "Interviewing":
    """Go on with an interview where it was left, on the version of the form it began with."""
    interview = session.vault.interviews.get(interview_id)
    form = session.content.kept_form(session.vault.interviews.form(interview.form_sha256))
    return Interviewing(session, interview, form)


class Interviewing:
    """The interview at hand; every change is durable in the vault before a new view is returned."""

    def __init__(self, session: Session, interview: Interview, form: Form) -> None:
        self._session = session
        self._interview = interview
        self._form = form
        self._state = FormSession(form, instance=interview.instance or None, clock=session.clock)
        self._officer = matching(form.languages, form.default_language, interview.officer_language)
        # Before a person's language is known, as in the first line, both sides read the officer's.
        self._person_tag = interview.person_language or interview.officer_language
        self._person = matching(form.languages, form.default_language, self._person_tag)
        self._position = interview.position

    @property
    def interview_id(self) -> str:
        """Id of this interview in the vault."""
        return self._interview.id

    def view(self) -> InterviewView:
        """Return what the screen shows now."""
        refs = self._state.questions()
        ref = self._current(refs)
        vault = self._session.vault.interviews
        answers = {answer.ref: answer for answer in vault.answers(self.interview_id)}
        asked = None
        if ref != END:
            place = drafts.of_question(self.interview_id, ref)
            asked = interview_view.question_view(
                self._ask(ref, self._officer),
                self._ask(ref, self._person),
                answers.get(ref),
                self._session.vault.drafts.read(self._interview.case_ref, place),
            )
        return InterviewView(
            interview_id=self.interview_id,
            case_ref=self._interview.case_ref,
            form_id=self._form.id,
            form_title=self._form.title,
            officer_language=self._interview.officer_language,
            person_language=self._person_tag,
            question=asked,
            position=refs.index(ref) + 1 if ref != END else len(refs),
            total=len(refs),
            sections=interview_view.sections([self._ask(r, self._officer) for r in refs], ref),
            finished=self._interview.finished_at is not None,
        )

    def answer(self, ref: str, value: str, *, own_words: str = "", delivery: Delivery = Delivery.READ) -> InterviewView:
        """Record an answer and go on; a value against the form's rules stays on screen with the problem.

        Raises ``form.bad_value`` where the text is not of the question's type.
        """
        before = self._state.question(ref, self._officer).value
        self._state.set(ref, value)
        if value and not self._state.question(ref, self._officer).valid:
            view = self.view()
            self._state.set(ref, before)
            return view
        if value or own_words or before:
            self._save(ref, value, None, own_words, delivery)
            return self.view()
        return self.next()

    def skip(
        self, ref: str, reason: NonAnswer, *, own_words: str = "", delivery: Delivery = Delivery.READ
    ) -> InterviewView:
        """Record why there is no answer and go on; the form sees a blank."""
        self._state.set(ref, "")
        self._save(ref, "", reason, own_words, delivery)
        return self.view()

    def next(self) -> InterviewView:
        """Go to the next question without recording anything."""
        refs = self._state.questions()
        return self._move(self._after(refs, self._current(refs)))

    def back(self) -> InterviewView:
        """Go to the question before."""
        refs = self._state.questions()
        current = self._current(refs)
        index = len(refs) if current == END else refs.index(current)
        return self._move(refs[max(index - 1, 0)])

    def go_to_section(self, title: str) -> InterviewView:
        """Go to the first question of a section of the outline."""
        for ref in self._state.questions():
            if self._ask(ref, self._officer).groups[:1] == (title,):
                return self._move(ref)
        return self.view()

    def keep_draft(self, ref: str, text: str) -> None:
        """Keep words typed but not yet recorded, so that locking loses none."""
        place = drafts.of_question(self.interview_id, ref)
        self._session.vault.drafts.keep(self._interview.case_ref, place, text)

    def finish(self) -> None:
        """Close the interview; what was never put to the person is recorded as not asked."""
        vault = self._session.vault
        recorded = {answer.ref for answer in vault.interviews.answers(self.interview_id)}
        for ref in self._state.questions():
            question = self._ask(ref, self._officer)
            if ref not in recorded and question.type != "note" and not question.readonly:
                self._save(ref, "", NonAnswer.NOT_ASKED, "", Delivery.READ)
        vault.interviews.finish(self.interview_id, self._session.clock(), self._session.officer_id)
        self._interview = vault.interviews.get(self.interview_id)

    def _ask(self, ref: str, language: str) -> Question:
        return self._state.question(ref, language)

    def _current(self, refs: tuple[str, ...]) -> str:
        if self._position == END or not refs:
            return END
        return self._position if self._position in refs else refs[0]

    def _after(self, refs: tuple[str, ...], ref: str) -> str:
        if ref == END:
            return END
        index = refs.index(ref) + 1 if ref in refs else 0
        return refs[index] if index < len(refs) else END

    def _move(self, position: str) -> InterviewView:
        self._session.vault.interviews.move(
            self.interview_id, position, self._session.officer_id, self._session.clock()
        )
        self._position = position
        return self.view()

    def _save(self, ref: str, value: str, reason: NonAnswer | None, own_words: str, delivery: Delivery) -> None:
        following = self._after(self._state.questions(), ref)
        officer, person = self._ask(ref, self._officer), self._ask(ref, self._person)
        answer = Answer(
            ref=ref,
            value=value,
            non_answer=reason,
            kind=Kind(officer.vid.get("kind", Kind.STATEMENT)),
            own_words=own_words,
            officer_wording=_wording(self._interview.officer_language, officer, value),
            person_wording=_wording(self._person_tag, person, value),
            delivery=delivery,
            by=self._session.officer_id,
            at=self._session.clock(),
        )
        self._session.vault.interviews.save_answer(self.interview_id, answer, following, self._state.instance_xml())
        self._position = following


def _wording(language: str, question: Question, value: str) -> Wording:
    return Wording(language, question.label, interview_view.answer_text(question, value))
