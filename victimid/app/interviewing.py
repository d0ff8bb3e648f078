"""One running interview: asks, records durably, moves, resumes at the same question."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from victimid.app import attaching, interview_repeats, interview_view
from victimid.app.content import as_version
from victimid.app.form_languages import matching
from victimid.app.interview_answer import Given, answer_of
from victimid.app.interview_repeats import is_page
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.app.session import Session, new_id
from victimid.errors import VictimIDError
from victimid.forms.form import Form
from victimid.forms.session import Session as FormSession
from victimid.forms.state import Question
from victimid.model.answer import Delivery, NonAnswer, Precision
from victimid.model.interview import Interview
from victimid.store import drafts

END = "end"


def begin(session: Session, case_ref: str, form: Form, officer_language: str, person_language: str) -> "Interviewing":
    """Begin an interview in a case; the form is kept in the vault as it is now."""
    session.access.case(case_ref)
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
    session.access.case(interview.case_ref)
    form = session.content.kept_form(session.vault.interviews.form(interview.form_sha256))
    return Interviewing(session, interview, form)


class Interviewing:
    """The interview at hand; every change is durable in the vault before a new view is returned."""

    def __init__(self, session: Session, interview: Interview, form: Form) -> None:
        self._session = session
        self._interview = interview
        self._form = form
        self._state = self._restored(interview.instance)
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
        stops = self._stops()
        stop = self._current(stops)
        gone_through = stops[: stops.index(stop) + 1] if stop != END else stops
        passed = [ref for ref in gone_through if not is_page(ref)]
        refs = [ref for ref in stops if not is_page(ref)]
        # A page after a repeat stands in the section of the question before it.
        here = END if stop == END else passed[-1] if passed else ""
        tag = self._interview.officer_language
        return InterviewView(
            interview_id=self.interview_id,
            case_ref=self._interview.case_ref,
            form_id=self._form.id,
            form_title=self._form.title,
            officer_language=self._interview.officer_language,
            person_language=self._person_tag,
            question=self._question_view(stop) if stop != END and not is_page(stop) else None,
            position=len(passed),
            total=len(refs),
            sections=interview_view.sections([self._ask(ref, self._officer) for ref in refs], here, tag),
            finished=self._interview.finished_at is not None,
            repeat=self._repeat_view(stop) if is_page(stop) else None,
        )

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
        before = self._state.question(ref, self._officer).value
        self._state.set(ref, value)
        if value and not self._state.question(ref, self._officer).valid:
            view = self.view()
            self._state.set(ref, before)
            if view.question is None or view.question.ref != ref:
                return view
            return replace(view, question=replace(view.question, own_words=own_words, precision=precision))
        if value or own_words or before:
            self._save(ref, Given(value, None, own_words, delivery, precision))
            return self.view()
        return self.next()

    def attach(self, ref: str, path: Path, *, own_words: str = "", delivery: Delivery = Delivery.READ) -> InterviewView:
        """Take a file into the vault as the answer, both or neither, and go on; raises ``attachment.*``."""
        wanted = self._ask(ref, self._officer).parameters.get("mediatype", "")
        with self._all_or_nothing(), self._session.vault.together():
            kept = attaching.keep(self._session, self.interview_id, ref, path, wanted)
            return self.answer(ref, kept.name, own_words=own_words, delivery=delivery)

    def skip(
        self, ref: str, reason: NonAnswer, *, own_words: str = "", delivery: Delivery = Delivery.READ
    ) -> InterviewView:
        """Record why there is no answer and go on; the form sees a blank."""
        self._state.set(ref, "")
        self._save(ref, Given("", reason, own_words, delivery))
        return self.view()

    def next(self) -> InterviewView:
        """Go to the next question without recording anything."""
        stops = self._stops()
        return self._move(self._after(stops, self._current(stops)))

    def back(self) -> InterviewView:
        """Go to the question before."""
        stops = self._stops()
        current = self._current(stops)
        index = len(stops) if current == END else stops.index(current)
        return self._move(stops[max(index - 1, 0)])

    def go_to_section(self, title: str) -> InterviewView:
        """Go to the first question of a section of the outline."""
        for ref in self._state.questions():
            if self._titles(ref)[:1] == (title,):
                return self._move(ref)
        return self.view()

    def add_instance(self, repeat_ref: str) -> InterviewView:
        """Add an instance to a repeat and go to its first question.

        Raises ``form.not_a_repeat``, ``form.fixed_repeat``.
        """
        with self._all_or_nothing():
            self._state.add(repeat_ref)
            repeats = {repeat.ref: repeat for repeat in self._state.repeats(self._officer)}
            added = f"{repeat_ref}[{repeats[repeat_ref].instances}]"
            page = interview_repeats.page(repeat_ref)
            inside = (stop for stop in self._stops() if interview_repeats.within(stop, added))
            position = next(inside, page)
            self._session.vault.interviews.add_instance(
                self.interview_id, added, position, self._state.instance_xml(), self._session.officer_id
            )
        self._position = position
        return self.view()

    def remove_instance(self, instance_ref: str) -> InterviewView:
        """Remove a repeat instance; what is recorded in it no longer counts, what comes after it moves up.

        Raises ``form.not_a_repeat``, ``form.fixed_repeat``.
        """
        with self._all_or_nothing():
            self._state.remove(instance_ref)
            where = interview_repeats.after_removal(instance_ref)
            position = where(self._position) or interview_repeats.page(instance_ref.rpartition("[")[0])
            self._session.vault.interviews.remove_instance(
                self.interview_id,
                instance_ref,
                where,
                position,
                self._state.instance_xml(),
                self._session.officer_id,
                self._session.clock(),
            )
        self._position = position
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
                self._save(ref, Given(non_answer=NonAnswer.NOT_ASKED))
        vault.interviews.finish(self.interview_id, self._session.clock(), self._session.officer_id)
        self._interview = vault.interviews.get(self.interview_id)

    def _restored(self, instance: str) -> FormSession:
        return FormSession(self._form, instance=instance or None, clock=self._session.clock)

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Let the form go back to what it was where a change cannot be kept."""
        before, position = self._state.instance_xml(), self._position
        try:
            yield
        except VictimIDError:
            self._state, self._position = self._restored(before), position
            raise

    def _stops(self) -> tuple[str, ...]:
        return interview_repeats.stops(self._state, self._officer)

    def _titles(self, ref: str) -> tuple[str, ...]:
        return interview_repeats.titles(self._ask(ref, self._officer), self._interview.officer_language)

    def _question_view(self, ref: str) -> QuestionView:
        vault = self._session.vault
        answers = {answer.ref: answer for answer in vault.interviews.answers(self.interview_id)}
        place = drafts.of_question(self.interview_id, ref)
        view = interview_view.question_view(
            self._ask(ref, self._officer),
            self._ask(ref, self._person),
            answers.get(ref),
            vault.drafts.read(self._interview.case_ref, place),
            self._interview.officer_language,
        )
        return replace(view, attachment=attaching.view(self._session, view.value)) if view.type == "binary" else view

    def _repeat_view(self, stop: str) -> interview_repeats.RepeatView:
        languages = (self._officer, self._person)
        return interview_repeats.repeat_view(self._state, stop, languages, self._interview.officer_language)

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

    def _save(self, ref: str, given: Given) -> None:
        following = self._after(self._stops(), ref)
        answer = answer_of(
            (self._ask(ref, self._officer), self._ask(ref, self._person)),
            (self._interview.officer_language, self._person_tag),
            given,
            self._session.officer_id,
            self._session.clock(),
        )
        instance = self._state.instance_xml()
        self._session.vault.interviews.save_answer(self.interview_id, answer, following, instance, self._gone())
        self._position = following

    def _gone(self) -> list[str]:
        """List recorded answers whose instance is no more, because the form now counts fewer."""
        if not any(definition.count is not None for definition in self._form.model.definitions):
            return []
        recorded = (answer.ref for answer in self._session.vault.interviews.answers(self.interview_id))
        repeated = [ref for ref in recorded if "[" in ref]
        standing = {node.ref for node in self._state.state()} if repeated else set()
        return [ref for ref in repeated if ref not in standing]
