"""What cases share is told to the officer after an answer and in the summary, never on the person's side."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.support.form_files import table
from tests.support.screens import context, shown, texts
from tests.support.sessions import open_session
from tests.support.talks import pane_of, screen_on
from victimid import i18n
from victimid.app import interviewing
from victimid.app.desk import Desk
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.forms.loading import load
from victimid.model.audit import Action
from victimid.model.link import Identifier, LinkKind, Shared
from victimid.ui.destinations import ToSummary
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.shared_cases import sentence
from victimid.ui.screens.summary import SummaryScreen

SURVEY = [
    {"type": "text", "name": "who", "label": "Who?", "appearance": "multiline"},
    {"type": "text", "name": "plate", "label": "Plate?", "bind::vid:link": "plate"},
    {"type": "note", "name": "end", "label": "Thanks"},
]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


def talks(session: Session, folder: Path) -> tuple[Interviewing, Interviewing]:
    """Begin two talks on a form that asks for a plate, and answer the first."""
    path = folder / "form.md"
    settings = [{"form_title": "Form", "form_id": "form", "namespaces": 'vid="https://victimid.example/xforms"'}]
    path.write_text(table({"survey": SURVEY, "settings": settings}), "utf-8")
    form, desk = load(path), Desk(session)
    one, other = (interviewing.begin(session, desk.open_case("ar").ref, form, "es", "ar") for _ in range(2))
    one.answer("/data/who", "call 099 123 4567, ask for Ramiro Cueva")
    one.answer("/data/plate", "PBA-1234")
    return one, other


def type_in(screen: InterviewScreen, text: str) -> None:
    pane_of(screen).input.set_value(text)
    pane_of(screen)._answer()


def test_after_an_answer_the_officer_learns_of_the_other_case(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    one, other = talks(session, tmp_path)
    screen = screen_on(qtbot, session, other)
    card = screen.guidance.shared
    assert card.isHidden()
    type_in(screen, "+593 99 123 4567")
    assert "The same phone is in 1 other case." in texts(card)
    gone: list[object] = []
    screen.go.connect(gone.append)
    card.buttons[0].click()
    assert gone == [ToSummary(one.case_ref)]
    QTest.keyClick(screen, Qt.Key.Key_F7)
    assert screen.stage.with_person()
    assert not card.isVisible()


def test_a_question_for_a_plate_links_by_it(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    _, other = talks(session, tmp_path)
    screen = screen_on(qtbot, session, other)
    screen.talk.step(lambda talk: talk.next())
    type_in(screen, "pba 1234")
    assert "The same number plate is in 1 other case." in texts(screen.guidance.shared)


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_selected_words_are_marked_by_keyboard_and_link(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    one, other = talks(session, tmp_path)
    one.mark("/data/who", LinkKind.NAME, "Ramiro Cueva")
    screen = screen_on(qtbot, session, other)
    pane = pane_of(screen)
    assert not pane.marking.button.isEnabled()
    pane.input.set_value("CUEVA Ramiro brought me")
    [field] = pane.input.findChildren(QPlainTextEdit)
    cursor = field.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(12, cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    QTest.keyClick(screen, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert pane.marking.menu.isVisible()
    QTest.keyClick(pane.marking.menu, Qt.Key.Key_Down)
    QTest.keyClick(pane.marking.menu, Qt.Key.Key_Return)
    assert "The same name is in 1 other case." in texts(screen.guidance.shared)
    assert pane_of(screen).input.value() == "CUEVA Ramiro brought me"
    assert any("CUEVA Ramiro" in text for text in texts(pane_of(screen).marking))
    type_in(screen, "CUEVA Ramiro brought me")
    [shared] = session.vault.links.of_case(other.case_ref)
    assert shared.cases == (one.case_ref,)


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_wrong_mark_is_taken_back_and_links_no_more(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    one, other = talks(session, tmp_path)
    for talk in (one, other):
        talk.mark("/data/who", LinkKind.NAME, "Cueva & Ramiro")
    screen = screen_on(qtbot, session, other)
    assert "The same name is in 1 other case." in texts(screen.guidance.shared)
    pane_of(screen).input.set_value("not recorded yet")
    marking = pane_of(screen).marking
    marking.back.click()
    assert marking.marks.isVisible()
    QTest.keyClick(marking.marks, Qt.Key.Key_Down)
    QTest.keyClick(marking.marks, Qt.Key.Key_Return)
    assert screen.guidance.shared.isHidden()
    assert pane_of(screen).marking.back.isHidden()
    assert pane_of(screen).input.value() == "not recorded yet"
    assert session.vault.links.marks(other.interview_id, "/data/who") == ()
    assert session.vault.audit.entries(1)[0].action is Action.UNMARKED


def test_words_that_cannot_be_compared_are_refused_and_stay(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    _, other = talks(session, tmp_path)
    screen = screen_on(qtbot, session, other)
    pane_of(screen).input.set_value("he knows")
    pane_of(screen).marking.marked.emit(LinkKind.PHONE, "he")
    assert screen.banner.text().startswith("There is nothing in these words")
    assert pane_of(screen).input.value() == "he knows"


def test_the_summary_names_the_other_cases(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    one, other = talks(session, tmp_path)
    other.answer("/data/who", "0991234567")
    screen = SummaryScreen(context(session), other.case_ref)
    gone = shown(qtbot, screen)
    assert "The same phone is in 1 other case." in texts(screen.shared)
    screen.shared.buttons[0].click()
    assert gone == [ToSummary(one.case_ref)]


@pytest.mark.parametrize("kind", LinkKind)
def test_a_case_of_another_officer_is_counted_only(kind: LinkKind) -> None:
    said = sentence(i18n.load("victimid", "en"), Shared(Identifier(kind, "x"), ("RU-1",), 2))
    assert said.endswith("in 3 other cases. 2 of them are with other officers.")
