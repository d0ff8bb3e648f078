"""Talks on screen with a form written as a table, for tests of what takes answers."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.support.form_files import table
from tests.support.screens import context, shown
from victimid.app import interviewing
from victimid.app.desk import Desk
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.forms.loading import load
from victimid.model.answer import Answer
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.interview_question import QuestionPane
from victimid.ui.sound import Plays

Rows = list[dict[str, str]]


def talk_on(
    session: Session, folder: Path, survey: Rows, choices: Rows | None = None, languages: tuple[str, str] = ("es", "ar")
) -> Interviewing:
    """Begin a talk in a new case, in the officer's and the person's language."""
    path = folder / "form.md"
    sheets = {"survey": survey, "choices": choices} if choices else {"survey": survey}
    path.write_text(table(sheets), "utf-8")
    return interviewing.begin(session, Desk(session).open_case(languages[1]).ref, load(path), *languages)


def screen_on(
    qtbot: QtBot,
    session: Session,
    talk: Interviewing,
    language: str = "en",
    size: tuple[int, int] = (1280, 744),
    speaker: Plays | None = None,
) -> InterviewScreen:
    """Show the talk to an officer."""
    screen = InterviewScreen(context(session, language, speaker), talk.interview_id)
    shown(qtbot, screen, *size)
    return screen


def pane_of(screen: InterviewScreen) -> QuestionPane:
    """Return the question on screen."""
    assert screen.pane is not None
    return screen.pane


def recorded(session: Session, talk: Interviewing) -> dict[str, Answer]:
    """Return what is recorded, by reference."""
    return {answer.ref: answer for answer in session.vault.interviews.answers(talk.interview_id)}
