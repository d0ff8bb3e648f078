"""Repeats on screen: another one, one less, by mouse and by key, without a dialog."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.screens import clipped, focused, press, texts
from tests.support.sessions import open_session
from tests.support.talks import pane_of, recorded, screen_on, talk_on
from victimid import i18n
from victimid.app.content import Content
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.widgets.text import set_window_direction

SURVEY = [
    {"type": "begin_repeat", "name": "child", "label::Español (es)": "Hijo o hija", "label::العربية (ar)": "طفل"},
    {"type": "text", "name": "name", "label::Español (es)": "¿Cómo se llama?", "label::العربية (ar)": "ما اسمه؟"},
    {"type": "end_repeat"},
    {"type": "text", "name": "more", "label::Español (es)": "¿Algo más?", "label::العربية (ar)": "شيء آخر؟"},
]


@pytest.fixture
def session(tmp_path: Path, content: Content) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


@pytest.fixture
def talk(session: Session, tmp_path: Path) -> Interviewing:
    return talk_on(session, tmp_path, SURVEY)


def name_one(screen: InterviewScreen, name: str) -> None:
    QTest.keyClicks(focused(), name)
    press(screen, Qt.Key.Key_Return)


def test_plus_adds_and_enter_goes_on(qtbot: QtBot, session: Session, talk: Interviewing) -> None:
    screen = screen_on(qtbot, session, talk)
    name_one(screen, "Ana")
    assert screen.repeat.isVisible()
    press(screen, Qt.Key.Key_Plus)
    assert pane_of(screen).question.ref == "/data/child[2]/name"
    assert "Hijo o hija 2" in texts(pane_of(screen))
    name_one(screen, "Bea")
    assert [row.instance.text for row in screen.repeat.rows] == ["Ana", "Bea"]
    press(screen, Qt.Key.Key_Return)
    assert pane_of(screen).question.ref == "/data/more"
    pane_of(screen).back.emit()
    assert screen.repeat.isVisible()
    screen.repeat.back.click()
    assert pane_of(screen).question.ref == "/data/child[2]/name"


def test_removing_asks_once_more_on_the_page(qtbot: QtBot, session: Session, talk: Interviewing) -> None:
    talk.answer("/data/child[1]/name", "Ana")
    talk.add_instance("/data/child")
    talk.answer("/data/child[2]/name", "Bea")
    screen = screen_on(qtbot, session, talk)
    first = screen.repeat.rows[0]
    QTest.mouseClick(first.remove, Qt.MouseButton.LeftButton)
    assert first.question.isVisible()
    assert focused() is first.keep
    press(screen, Qt.Key.Key_Space)
    assert not first.question.isVisible()
    assert len(screen.repeat.rows) == 2
    first.remove.click()
    QTest.mouseClick(first.sure, Qt.MouseButton.LeftButton)
    assert [row.instance.text for row in screen.repeat.rows] == ["Bea"]
    assert {ref: answer.value for ref, answer in recorded(session, talk).items()} == {"/data/child[1]/name": "Bea"}


def test_stopping_at_the_page_and_going_on_comes_back_to_it(qtbot: QtBot, session: Session, talk: Interviewing) -> None:
    talk.answer("/data/child[1]/name", "Ana")
    screen = screen_on(qtbot, session, talk)
    screen.outline.stop.emit()
    assert not screen.repeat.isVisible()
    screen.closing.back.click()
    assert screen.repeat.isVisible()


@pytest.mark.parametrize("language", ["es", "ar"])
def test_the_page_fits(qtbot: QtBot, session: Session, talk: Interviewing, language: str) -> None:
    set_window_direction(right_to_left=i18n.language(language).right_to_left)
    talk.answer("/data/child[1]/name", "Ana " * 30)
    for place, name in enumerate(("Bea", "سارة", "Cid"), 2):
        talk.add_instance("/data/child")
        talk.answer(f"/data/child[{place}]/name", name)
    screen = screen_on(qtbot, session, talk, language, (1024, 584))
    screen.repeat.rows[1].remove.click()
    assert clipped(screen) == []
