"""The person's side: their language alone, over the whole window, and the officer's way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.screens import answer_as_invented, clipped, context, press, shown, texts
from tests.support.sessions import begun, open_session
from victimid import i18n
from victimid.app.content import Content
from victimid.app.demo import answer_one, read_case
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.model.answer import Answer, Delivery, NonAnswer
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.screens.answer_making import takes_answer
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.person_view import PersonView, ThanksView

_MANY = 22


@pytest.fixture
def session(tmp_path: Path, content: Content) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


def at(interview: Interviewing, name: str) -> None:
    view = interview.view()
    while view.question is not None and not view.question.ref.endswith(f"/{name}"):
        view = answer_one(interview, view.question, read_case())


def turned(qtbot: QtBot, session: Session, name: str, person: str = "ar") -> tuple[InterviewScreen, Interviewing]:
    """Return a talk whose screen is turned to the person at a question."""
    interview = begun(session, officer="en", person=person)
    at(interview, name)
    screen = InterviewScreen(context(session), interview.interview_id)
    shown(qtbot, screen, 1280, 800)
    press(screen, Qt.Key.Key_F7)
    return screen, interview


def view(screen: InterviewScreen) -> PersonView:
    assert isinstance(screen.person.shown, PersonView)
    return screen.person.shown


def button(widget: QWidget, name: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.accessibleName() == name)


def answer(session: Session, interview: Interviewing, name: str) -> Answer:
    answers = session.vault.interviews.answers(interview.interview_id)
    return next(each for each in answers if each.ref.endswith(f"/{name}"))


def test_only_the_person_s_language_is_on_screen_from_right_to_left(qtbot: QtBot, session: Session) -> None:
    screen, _ = turned(qtbot, session, "safe_now")
    question = view(screen).question
    on_screen = texts(screen)
    assert question.label.person.text in on_screen
    assert question.label.officer.text not in on_screen
    assert question.guidance not in on_screen
    assert all(option.label.officer.text not in on_screen for option in question.options)
    assert view(screen).layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert not clipped(screen)


def test_the_window_is_asked_for_alone_and_given_back(qtbot: QtBot, session: Session) -> None:
    interview = begun(session, officer="en", person="ar")
    at(interview, "safe_now")
    screen = InterviewScreen(context(session), interview.interview_id)
    alone: list[bool] = []
    screen.alone.connect(alone.append)
    shown(qtbot, screen)
    press(screen, Qt.Key.Key_F7)
    press(screen, Qt.Key.Key_F7)
    assert alone == [True, False]
    assert "For you only" in texts(screen)
    assert screen.guidance.delivery() is Delivery.SHOWN


def test_an_answer_on_the_screen_is_recorded_as_the_person_s_own(qtbot: QtBot, session: Session) -> None:
    screen, interview = turned(qtbot, session, "safe_now")
    shown_first = view(screen)
    assert shown_first.following.isHidden()
    options = shown_first.input
    assert isinstance(options, ChoiceInput)
    options.buttons[1].click()
    assert not shown_first.following.isHidden()
    shown_first.following.click()
    kept = answer(session, interview, "safe_now")
    assert (kept.value, kept.delivery) == (shown_first.question.options[1].value, Delivery.SELF)
    assert kept.person_wording.language == "ar"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("I do not want to answer", NonAnswer.DECLINED),
        ("I do not know", NonAnswer.UNKNOWN),
        ("I did not understand", NonAnswer.NOT_UNDERSTOOD),
    ],
)
def test_refusing_is_one_touch(qtbot: QtBot, session: Session, said: str, reason: NonAnswer) -> None:
    screen, interview = turned(qtbot, session, "safe_now")
    words = i18n.load("victimid", "ar")
    button(screen.person, words.gettext(said)).click()
    kept = answer(session, interview, "safe_now")
    assert (kept.non_answer, kept.delivery) == (reason, Delivery.SELF)


def test_stop_needs_no_reason_and_leads_the_officer_to_the_end(qtbot: QtBot, session: Session) -> None:
    screen, interview = turned(qtbot, session, "safe_now")
    words = i18n.load("victimid", "ar")
    button(screen.person, words.gettext("I want to stop")).click()
    assert words.gettext("We stop here. You do not have to explain why. Thank you.") in texts(screen)
    press(screen, Qt.Key.Key_F7)
    assert "The interview is stopped" in texts(screen)
    assert session.vault.interviews.get(interview.interview_id).finished_at is None


def test_what_is_not_for_the_person_is_never_shown_to_them(qtbot: QtBot, session: Session) -> None:
    screen, _ = turned(qtbot, session, "safe_now")
    steps = 0
    while isinstance(screen.person.shown, PersonView):
        steps += 1
        assert screen.person.shown.question.audience != "officer"
        if takes_answer(screen.person.shown.question):
            screen.person.skipped.emit(NonAnswer.DECLINED)
        else:
            screen.person.answered.emit("")
        assert steps < 80
    assert isinstance(screen.person.shown, ThanksView)
    asked = screen.talk.view.question if screen.talk.view else None
    assert asked is None or asked.label.person.text not in texts(screen)


def test_no_question_clips_a_word(qtbot: QtBot, session: Session) -> None:
    screen, _ = turned(qtbot, session, "safe_now")
    screen.resize(1024, 640)
    faults: dict[str, list[str]] = {}
    for _ in range(_MANY):
        if screen.pane is None:
            break
        if isinstance(screen.person.shown, PersonView) and (cut := clipped(screen.person)):
            faults[screen.pane.question.ref] = cut
        screen.talk.step(answer_as_invented)
    assert not faults
