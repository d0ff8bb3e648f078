"""Screens of the talk on a real vault, without the window around them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.support.speakers import Silent
from victimid import i18n
from victimid.app.demo import answer_one, read_case
from victimid.app.interview_view import InterviewView
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.ui.context import Context
from victimid.ui.destinations import Destination
from victimid.ui.jobs import InlineJobs
from victimid.ui.look import dress
from victimid.ui.screen import Screen
from victimid.ui.sound import Plays, Sound


def context(session: Session, language: str = "en", speaker: Plays | None = None) -> Context:
    """Return what a screen is given, with jobs run at once."""
    return Context(i18n.load("victimid", language), InlineJobs(), session, Sound(speaker or Silent()))


def shown(qtbot: QtBot, screen: Screen, width: int = 1280, height: int = 744) -> list[Destination]:
    """Put a screen on, and return the list that fills with where it wants to go."""
    gone: list[Destination] = []
    screen.go.connect(gone.append)
    dress(screen, "light")
    qtbot.addWidget(screen)
    screen.resize(width, height)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.setFocus()
    return gone


def answer_as_invented(talk: Interviewing) -> InterviewView:
    """Answer the question on screen as the invented person does."""
    question = talk.view().question
    return talk.view() if question is None else answer_one(talk, question, read_case())


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press a key where the cursor is, as a person does."""
    target = QApplication.focusWidget() or widget
    QTest.keyClick(target, key)


def texts(widget: QWidget) -> list[str]:
    """Return every text on screen below a widget."""
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget) and each.text()]


def focused() -> QWidget:
    """Return the widget that gets the keys."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def clipped(widget: QWidget) -> list[str]:
    """Return labels that have less room than their words need, and areas that are wider than what they show."""
    for _ in range(3):  # new rows, then their sizes, then the place they take
        QApplication.processEvents()
    areas = ((each, each.widget()) for each in widget.findChildren(QScrollArea) if each.isVisible())
    wide = [
        f"{type(area.parentWidget()).__name__}: {inside.width()} in {area.viewport().width()}"
        for area, inside in areas
        if inside is not None and inside.width() > area.viewport().width()
    ]
    labels = (each for each in widget.findChildren(QLabel) if each.isVisible() and each.text())
    return wide + [each.text() for each in labels if not _fits(each)]


def _fits(label: QLabel) -> bool:
    if label.wordWrap():
        return label.heightForWidth(label.width()) <= label.height() + 1
    return label.sizeHint().width() <= label.width() + 1
