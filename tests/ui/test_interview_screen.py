"""The talk on the officer's side, with real forms and a real vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.form_files import written
from tests.support.screens import answer_as_invented, clipped, context, focused, press, shown, texts
from tests.support.sessions import begun, open_session, reopen, typed
from victimid.app import form_choice, interviewing
from victimid.app.content import Content
from victimid.app.demo import answer_one, read_case
from victimid.app.desk import Desk
from victimid.app.form_choice import from_file
from victimid.app.interview_view import QuestionView
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.answer import Answer, Delivery, NonAnswer
from victimid.ui.destinations import ToDesk, ToSummary
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.screens.answer_fields import AreaInput, LineInput
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.interview_question import QuestionPane

_MANY = 22


@pytest.fixture
def session(tmp_path: Path, content: Content) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


def pane(screen: InterviewScreen) -> QuestionPane:
    assert screen.pane is not None
    return screen.pane


def recorded(session: Session, interview_id: str) -> dict[str, Answer]:
    answers = session.vault.interviews.answers(interview_id)
    return {answer.ref.rsplit("/", 1)[-1]: answer for answer in answers}


def go_to(interview: Interviewing, name: str) -> QuestionView:
    """Answer as the invented person does, until a question of this name is on screen."""
    case = read_case()
    view = interview.view()
    while view.question is not None and not view.question.ref.endswith(f"/{name}"):
        view = answer_one(interview, view.question, case)
    assert view.question is not None, name
    return view.question


def test_a_number_key_and_enter_record_an_answer_before_the_next_question(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    screen = InterviewScreen(context(session, "es"), interview.interview_id)
    shown(qtbot, screen)
    first = pane(screen).question
    press(screen, Qt.Key.Key_1)
    press(screen, Qt.Key.Key_Return)
    answer = recorded(session, interview.interview_id)[first.ref.rsplit("/", 1)[-1]]
    assert answer.value == first.options[0].value
    assert pane(screen).question.ref != first.ref


def test_both_languages_stand_side_by_side(qtbot: QtBot, session: Session) -> None:
    interview = begun(session, person="ar")
    go_to(interview, "safe_now")
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    question = pane(screen).question
    on_screen = texts(screen)
    assert question.label.officer.text in on_screen
    assert question.label.person.text in on_screen
    assert question.label.officer.text != question.label.person.text
    assert question.guidance in on_screen


def test_what_only_the_officer_answers_shows_no_words_for_the_person(qtbot: QtBot, session: Session) -> None:
    interview = begun(session, person="ar")
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    question = pane(screen).question
    assert question.audience == "officer"
    assert question.label.person.text not in texts(screen)
    assert pane(screen).own_words.isHidden()


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (Qt.Key.Key_7, NonAnswer.DECLINED),
        (Qt.Key.Key_8, NonAnswer.UNKNOWN),
        (Qt.Key.Key_9, NonAnswer.NOT_UNDERSTOOD),
        (Qt.Key.Key_0, NonAnswer.DEFERRED),
        (Qt.Key.Key_Minus, NonAnswer.NOT_ASKED),
    ],
)
def test_each_key_of_the_five_non_answers(qtbot: QtBot, session: Session, key: Qt.Key, reason: NonAnswer) -> None:
    interview = begun(session)
    go_to(interview, "safe_now")
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    press(screen, key)
    answer = recorded(session, interview.interview_id)["safe_now"]
    assert (answer.value, answer.non_answer) == ("", reason)
    assert not pane(screen).question.ref.endswith("safe_now")


def test_digits_typed_into_a_text_are_text(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    go_to(interview, "name")
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    assert isinstance(pane(screen).input, LineInput)
    for key in (Qt.Key.Key_7, Qt.Key.Key_1, Qt.Key.Key_Minus):
        press(screen, key)
    assert pane(screen).input.value() == "71-"
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, interview.interview_id)["name"].value == "71-"


def test_markup_in_answers_stays_text(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    interview.answer(go_to(interview, "name").ref, "<img src='x'> & <b>")
    interview.back()
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    assert pane(screen).input.value() == "<img src='x'> & <b>"


def test_own_words_and_the_way_of_asking_are_kept(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    go_to(interview, "safe_now")
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    screen.guidance.set_delivery(Delivery.INTERPRETER)
    press(screen, Qt.Key.Key_2)
    pane(screen).own_words.edit.setFocus()
    QTest.keyClicks(pane(screen).own_words.edit, "Non, 7 fwa")
    pane(screen).answered.emit(pane(screen).input.value(), pane(screen).own_words_said())
    answer = recorded(session, interview.interview_id)["safe_now"]
    assert (answer.own_words, answer.delivery) == ("Non, 7 fwa", Delivery.INTERPRETER)


def test_several_choices_and_a_rule_of_the_form_that_refuses(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    go_to(interview, "needs_now")
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    choices = pane(screen).input
    assert isinstance(choices, ChoiceInput)
    choices.buttons[0].click()
    choices.buttons[1].click()
    assert len(choices.value().split()) == 2
    choices.buttons[0].click()
    press(screen, Qt.Key.Key_Return)
    assert len(recorded(session, interview.interview_id)["needs_now"].value.split()) == 1


def test_leaving_and_coming_back_to_the_same_question_with_the_draft(
    qtbot: QtBot, session: Session, tmp_path: Path, content: Content
) -> None:
    interview = begun(session)
    go_to(interview, "account")
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    assert isinstance(pane(screen).input, AreaInput | LineInput)
    QTest.keyClicks(focused(), "They said kitchen")
    [work] = screen.unsaved()
    work()
    session.lock()
    again = reopen(tmp_path / "vault", content=content)
    try:
        resumed = InterviewScreen(context(again), interview.interview_id)
        shown(qtbot, resumed)
        assert pane(resumed).question.ref.endswith("/account")
        assert pane(resumed).input.value() == "They said kitchen"
        assert resumed.unsaved() == []
    finally:
        again.lock()


def test_typing_is_kept_after_a_moment_without_any_key(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    go_to(interview, "account")
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    QTest.keyClicks(focused(), "dwol")
    qtbot.waitUntil(lambda: "dw" in typed(interview), timeout=3000)


def test_an_error_leaves_what_was_typed_and_says_what_is_wrong(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = begun(session)
    go_to(interview, "name")
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    QTest.keyClicks(focused(), "Premye")

    def full(*_: object, **__: object) -> None:
        raise VictimIDError("vault.disk_full")

    monkeypatch.setattr(Interviewing, "answer", full)
    press(screen, Qt.Key.Key_Return)
    assert screen.banner.text()
    assert pane(screen).input.value() == "Premye"
    assert screen.unsaved() == []
    assert "Premye" in typed(interview)


def test_pause_shows_nothing_of_the_talk(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    question = pane(screen).question.label.officer.text
    press(screen, Qt.Key.Key_F8)
    assert texts(screen) == ["Continue", "Enter"]
    press(screen, Qt.Key.Key_Return)
    assert question in texts(screen)
    assert not recorded(session, interview.interview_id)


def test_stop_and_leave_open_keeps_the_interview_for_another_day(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    screen = InterviewScreen(context(session), interview.interview_id)
    gone = shown(qtbot, screen)
    screen.outline.stop.emit()
    assert "The interview is stopped" in texts(screen)
    screen.closing.open.click()
    case_ref = session.vault.interviews.get(interview.interview_id).case_ref
    assert gone == [ToSummary(case_ref)]
    assert session.vault.interviews.get(interview.interview_id).finished_at is None
    assert not recorded(session, interview.interview_id)


def test_stop_and_finish_records_the_rest_as_not_asked(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    screen = InterviewScreen(context(session), interview.interview_id)
    gone = shown(qtbot, screen)
    press(screen, Qt.Key.Key_1)
    press(screen, Qt.Key.Key_Return)
    screen.outline.stop.emit()
    screen.closing.first.click()
    answers = recorded(session, interview.interview_id)
    assert session.vault.interviews.get(interview.interview_id).finished_at is not None
    assert sum(answer.non_answer is None for answer in answers.values()) == 1
    assert {answer.non_answer for answer in answers.values()} == {None, NonAnswer.NOT_ASKED}
    assert gone == [ToSummary(session.vault.interviews.get(interview.interview_id).case_ref)]


def test_after_the_last_question_one_can_go_back(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    while interview.next().question is not None:
        pass
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen)
    assert "That was the last question" in texts(screen)
    screen.closing.back.click()
    assert pane(screen).isVisible()


def test_sections_and_the_way_to_the_desk(qtbot: QtBot, session: Session) -> None:
    interview = begun(session)
    screen = InterviewScreen(context(session), interview.interview_id)
    gone = shown(qtbot, screen)
    view = screen.talk.view
    assert view is not None
    last = view.sections[-1].title
    screen.outline.section.emit(last)
    assert screen.talk.view is not None
    assert next(each.title for each in screen.talk.view.sections if each.current) == last
    QApplication.processEvents()
    assert "✓" in texts(screen.outline)
    screen.outline.leave.emit()
    assert gone == [ToDesk()]


def test_no_question_clips_a_word(qtbot: QtBot, session: Session) -> None:
    interview = begun(session, officer="es", person="ar")
    screen = InterviewScreen(context(session, "es"), interview.interview_id)
    shown(qtbot, screen, 1024, 584)
    faults: dict[str, list[str]] = {}
    for _ in range(_MANY):
        if screen.pane is None:
            break
        cut = clipped(screen)
        if cut:
            faults[screen.pane.question.ref] = cut
        screen.talk.step(answer_as_invented)
    assert not faults


def test_the_agency_questionnaire_runs_to_its_end(qtbot: QtBot, session: Session) -> None:
    form = from_file(Path("tests/data/forms/htcds_xlsform.xlsx")).form
    talk = interviewing.begin(session, Desk(session).open_case("es").ref, form, "en", "es")
    screen = InterviewScreen(context(session), talk.interview_id)
    shown(qtbot, screen)
    steps = 0
    while screen.pane is not None:
        steps += 1
        if isinstance(screen.pane.input, ChoiceInput):
            screen.pane.input.buttons[0].click()
        press(screen, Qt.Key.Key_Return)
        assert steps < 100
    assert steps > 20
    assert recorded(session, talk.interview_id)


def test_an_answer_that_the_form_refuses_without_a_word_is_asked_again_in_words(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    survey = [
        {"type": "integer", "name": "years", "label": "How many years?", "constraint": ". < 100"},
        {"type": "text", "name": "then", "label": "And then?", "constraint": ""},
    ]
    interview_id = form_choice.begin_interview(session, from_file(written(tmp_path, survey)).form, "en", "es")
    screen = InterviewScreen(context(session), interview_id)
    shown(qtbot, screen)
    pane(screen).input.set_value("700")
    pane(screen)._answer()
    assert pane(screen).question.ref == "/data/years"
    assert "Please look at this answer again." in texts(pane(screen))
    assert recorded(session, interview_id) == {}
    screen._turn()
    assert screen.person.shown is not None
    assert "Por favor, mire otra vez esta respuesta." in texts(screen.person.shown)
