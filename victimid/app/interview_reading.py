"""Reading a running interview: from the form, the vault and the place it stands at to what the screen shows."""

from dataclasses import replace

from victimid.app import attaching, interview_repeats, interview_view, linking
from victimid.app.interview_media import Shelf
from victimid.app.interview_repeats import is_page
from victimid.app.interview_running import END, Running
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.model.link import Shared
from victimid.store import drafts


def view(running: Running) -> InterviewView:
    """Return what the screen shows now."""
    interview, stops = running.interview, running.stops()
    stop = running.stop(stops)
    gone_through = stops[: stops.index(stop) + 1] if stop != END else stops
    passed = [ref for ref in gone_through if not is_page(ref)]
    refs = [ref for ref in stops if not is_page(ref)]
    # A page after a repeat stands in the section of the question before it.
    here = END if stop == END else passed[-1] if passed else ""
    return InterviewView(
        interview_id=interview.id,
        case_ref=interview.case_ref,
        form_id=running.form.id,
        form_title=running.form.title,
        officer_language=running.officer_tag,
        person_language=running.person_tag,
        question=_question(running, stop) if stop != END and not is_page(stop) else None,
        position=len(passed),
        total=len(refs),
        sections=interview_view.sections([running.ask(ref) for ref in refs], here, running.officer_tag),
        finished=interview.finished_at is not None,
        repeat=_repeat(running, stop) if is_page(stop) else None,
        shared=_shared(running, stop),
    )


def titles(running: Running, ref: str) -> tuple[str, ...]:
    """Name the groups around a question, outermost first."""
    return interview_repeats.titles(running.ask(ref), running.officer_tag)


def _question(running: Running, ref: str) -> QuestionView:
    vault, interview = running.session.vault, running.interview
    answers = {answer.ref: answer for answer in vault.interviews.answers(interview.id)}
    draft = vault.drafts.read(interview.case_ref, drafts.of_question(interview.id, ref))
    shelf = Shelf(running.form.model.files, vault.form_media)
    found = interview_view.question_view(running.ask_both(ref), shelf, answers.get(ref), draft, running.officer_tag)
    if found.type == "binary":
        return replace(found, attachment=attaching.view(running.session, found.value))
    return replace(found, marks=vault.links.marks(interview.id, ref))


def _shared(running: Running, stop: str) -> tuple[Shared, ...]:
    refs = dict.fromkeys(ref for ref in (running.answered, stop) if ref)
    found = (each for ref in refs for each in linking.of_answer(running.session, running.interview.id, ref))
    return tuple(dict.fromkeys(found))


def _repeat(running: Running, stop: str) -> interview_repeats.RepeatView:
    return interview_repeats.repeat_view(running.state, stop, (running.officer, running.person), running.officer_tag)
