"""Interviews through the use cases: durable, resumable, five non-answers, two languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.form_files import written
from tests.support.sessions import answer_all, begun, open_session, reopen
from victimid.app import form_choice, form_tools, interviewing
from victimid.app.content import SECOND_LINE
from victimid.app.desk import Desk
from victimid.app.interview_view import InterviewView, QuestionView
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.app.stepping import NON_ANSWER_STEPS, take_steps
from victimid.errors import VictimIDError
from victimid.forms.form import Form
from victimid.forms.loading import load
from victimid.model.answer import NonAnswer
from victimid.model.case import Stage
from victimid.model.case_list import CaseFilter

HTCDS = Path(__file__).resolve().parents[2] / "data" / "forms" / "htcds_xlsform.xlsx"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


@pytest.fixture
def interview(session: Session) -> Interviewing:
    return begun(session)


def on_screen(view: InterviewView) -> QuestionView:
    assert view.question is not None
    return view.question


def go_to(interview: Interviewing, name: str) -> QuestionView:
    """Step to a question by its name, alone with the person."""
    view = interview.view()
    if on_screen(view).ref.endswith("/alone") and name != "alone":
        view = interview.answer(on_screen(view).ref, "yes")
    while on_screen(view).ref.rsplit("/", 1)[-1] != name:
        view = interview.next()
    return on_screen(view)


def test_both_languages_stand_side_by_side(interview: Interviewing) -> None:
    question = go_to(interview, "safe_now")
    assert question.label.officer.text != question.label.person.text
    assert "¿" in question.label.officer.text
    assert [option.value for option in question.options] == ["yes", "no", "unsure"]
    assert all(option.label.officer.text and option.label.person.text for option in question.options)


def test_an_answer_is_on_disk_before_the_next_question_shows(session: Session, interview: Interviewing) -> None:
    question = go_to(interview, "safe_now")
    view = interview.answer(question.ref, "yes", own_words="Wi, kounye a")
    assert on_screen(view).ref != question.ref
    kept = {a.ref: a for a in session.vault.interviews.answers(interview.interview_id)}[question.ref]
    assert (kept.value, kept.own_words, kept.non_answer) == ("yes", "Wi, kounye a", None)
    assert kept.officer_wording.language == "es"
    assert kept.officer_wording.question == question.label.officer.text
    assert kept.person_wording.answer == question.options[0].label.person.text


@pytest.mark.parametrize("reason", NonAnswer)
def test_non_answers_are_kept_and_leave_the_form_blank(
    session: Session, interview: Interviewing, reason: NonAnswer
) -> None:
    question = go_to(interview, "safe_now")
    interview.answer(question.ref, "no")
    interview.back()
    interview.skip(question.ref, reason)
    again = go_to_again(interview, question.ref)
    assert (again.value, again.non_answer) == ("", reason)
    revisions = session.vault.interviews.revisions(interview.interview_id, question.ref)
    assert [(r.value, r.non_answer) for r in revisions] == [("no", None), ("", reason)]


def go_to_again(interview: Interviewing, ref: str) -> QuestionView:
    view = interview.view()
    while on_screen(view).ref != ref:
        view = interview.back()
    return on_screen(view)


def test_leaving_and_resuming_lands_on_the_same_question(tmp_path: Path) -> None:
    session = open_session(tmp_path / "vault")
    interview = begun(session)
    question = go_to(interview, "tonight")
    interview.answer(question.ref, "no")
    left = on_screen(interview.view())
    interview.keep_draft(left.ref, "Li di ke")
    session.lock()
    session = reopen(tmp_path / "vault")
    row = Desk(session).page(CaseFilter()).cases[0]
    resumed = interviewing.resume(session, row.open_interview)
    there = on_screen(resumed.view())
    assert (there.ref, there.draft) == (left.ref, "Li di ke")
    assert go_to_again(resumed, question.ref).value == "no"
    session.lock()


def test_a_value_against_the_rules_of_the_form_stays_with_the_problem(interview: Interviewing) -> None:
    question = go_to(interview, "needs_now")
    view = interview.answer(question.ref, "rest none")
    assert on_screen(view).ref == question.ref
    assert on_screen(view).problem
    assert on_screen(interview.view()).value == ""


def test_questions_that_do_not_apply_are_left_out(interview: Interviewing) -> None:
    question = go_to(interview, "alone")
    assert on_screen(interview.answer(question.ref, "no")).ref.endswith("/alone_note")
    interview.back()
    assert not on_screen(interview.answer(question.ref, "yes")).ref.endswith("/alone_note")


def test_the_outline_follows(interview: Interviewing) -> None:
    first = interview.view()
    assert first.sections[0].current
    assert not any(section.done for section in first.sections)
    second = interview.go_to_section(first.sections[1].title)
    assert second.sections[0].done
    assert second.sections[1].current


def test_what_was_never_put_is_recorded_as_not_asked_at_the_end(session: Session, interview: Interviewing) -> None:
    answer_all(interview)
    assert interview.view().question is None
    interview.finish()
    answers = {a.ref.rsplit("/", 1)[-1]: a for a in session.vault.interviews.answers(interview.interview_id)}
    assert answers["add"].non_answer is NonAnswer.NOT_ASKED
    assert answers["work_same"].non_answer is None
    assert session.vault.cases.get(interview.view().case_ref).stage is Stage.INTERVIEWED
    assert interview.view().finished


def test_going_back_from_the_end_shows_the_last_question(interview: Interviewing) -> None:
    answer_all(interview)
    assert on_screen(interview.back()).ref.endswith("/police_later")


def test_an_interview_goes_on_with_the_version_it_began_with(session: Session, interview: Interviewing) -> None:
    kept = session.vault.interviews.get(interview.interview_id)
    form = session.content.own_form("second_line")
    assert (kept.form_version, kept.form_sha256) == (form.version, form.sha256)
    assert session.vault.interviews.form(form.sha256).xform == form.xform


def test_an_interview_ends_with_its_version_after_another_is_there(session: Session, tmp_path: Path) -> None:
    def form(version: str, last: str) -> Form:
        survey = [{"type": "text", "name": name, "label": f"{name} {version}?"} for name in ("first", last)]
        return load(written(tmp_path, survey, settings={"form_id": "agency", "version": version}))

    case = Desk(session).open_case("es")
    old = interviewing.begin(session, case.ref, form("1", "old"), "en", "es")
    old.answer("/data/first", "a")
    new = interviewing.begin(session, case.ref, form("2", "new"), "en", "es")
    session.lock()
    opened = reopen(tmp_path / "vault")
    again = interviewing.resume(opened, old.interview_id)
    assert on_screen(again.view()).label.officer.text == "old 1?"
    assert again.answer("/data/old", "b").question is None
    again.finish()
    interviews = opened.vault.interviews
    assert [interviews.get(each.interview_id).form_version for each in (old, new)] == ["1", "2"]
    assert [each.ref for each in interviews.answers(old.interview_id)] == ["/data/first", "/data/old"]
    opened.lock()


def test_a_child_closes_the_adult_interview(interview: Interviewing) -> None:
    go_to(interview, "agrees")
    interview.answer(on_screen(interview.view()).ref, "yes")
    question = go_to(interview, "age")
    interview.answer(question.ref, "under_18")
    titles = [section.title for section in interview.view().sections]
    names = set()
    view = interview.view()
    while view.question is not None:
        names.add(view.question.ref.rsplit("/", 1)[-1])
        view = interview.next()
    assert "guardian" in names
    assert not names & {"work_same", "work_harm", "papers_where", "debt"}
    assert len(titles) < 8


def test_the_questionnaire_of_the_data_standard_runs(session: Session) -> None:
    form = form_tools.load_file(HTCDS)
    case = Desk(session).open_case("es")
    interview = interviewing.begin(session, case.ref, form, "en", "es")
    view = interview.view()
    assert view.total > 20
    while view.question is not None:
        question = view.question
        value = question.options[0].value if question.options else "Ejemplo" if question.type == "string" else ""
        view = interview.answer(question.ref, value) if value else interview.skip(question.ref, NonAnswer.UNKNOWN)
        assert view.question is None or view.question.ref != question.ref
    interview.finish()
    assert len(session.vault.interviews.answers(interview.interview_id)) > 20


def test_steps_drive_an_interview(session: Session, interview: Interviewing) -> None:
    refs = {name: go_to(interview, name).ref for name in ("alone", "safe_now", "urgent_medical")}
    take_steps(interview, [{"set": refs["alone"], "value": "yes"}, {"decline": refs["safe_now"]}])
    answers = {a.ref: a for a in session.vault.interviews.answers(interview.interview_id)}
    assert answers[refs["safe_now"]].non_answer is NON_ANSWER_STEPS["decline"]
    with pytest.raises(VictimIDError) as refused:
        take_steps(interview, [{"set": refs["alone"], "value": "yes"}, {"jump": "x"}])
    assert (refused.value.code, refused.value.fields) == ("interview.bad_step", {"step": 2})


def test_a_case_opened_by_looking_learns_the_language_with_the_talk(session: Session) -> None:
    looked = form_choice.begin_first_line(session, "es")
    first = interviewing.resume(session, looked)
    case_ref = first.view().case_ref
    assert session.vault.cases.get(case_ref).person_language == ""
    assert on_screen(first.view()).label.person.text == on_screen(first.view()).label.officer.text
    form = session.content.own_form(SECOND_LINE)
    form_choice.begin_interview(session, form, "es", "ar", case_ref)
    assert session.vault.cases.get(case_ref).person_language == "ar"
    form_choice.begin_interview(session, form, "es", "fr", case_ref)
    assert session.vault.cases.get(case_ref).person_language == "ar"
