"""Talks in a real window with something half typed, and a worker that is held up at will."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.sessions import answer_all, begun
from tests.support.talks import Rows, pane_of, recorded, talk_on
from tests.support.windows import Desktop, unlock
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.store import drafts
from victimid.ui.destinations import ToInterview
from victimid.ui.jobs import WorkerJobs
from victimid.ui.screen import Screen
from victimid.ui.screens.answer_fields import LineInput
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.widgets.button import Button
from victimid.ui.window import Window

ES, AR = "label::Español (es)", "label::العربية (ar)"


def question(kind: str, name: str, **more: str) -> dict[str, str]:
    return {"type": kind, "name": name, ES: f"¿{name}?", AR: f"{name}؟", **more}


WORDS: Rows = [question("text", name) for name in ("first", "second", "third")]
SECTIONS: Rows = [
    {"type": "begin_group", "name": "one", ES: "Uno", AR: "واحد"},
    question("text", "first"),
    {"type": "end_group"},
    {"type": "begin_group", "name": "two", ES: "Dos", AR: "اثنان"},
    question("text", "second"),
    {"type": "end_group"},
]
CHOSEN: Rows = [question("select_one yes", "first"), question("select_one yes", "second"), question("text", "third")]
CHOICES: Rows = [{"list_name": "yes", "name": name, ES: name, AR: name} for name in ("yes", "no", "maybe")]


def session_of(window: Window) -> Session:
    assert isinstance(window.page, Screen)
    return window.page.context.session


def screen_of(window: Window) -> InterviewScreen:
    assert isinstance(window.page, InterviewScreen)
    return window.page


def line(window: Window) -> QLineEdit:
    """Return the line that takes the answer on screen."""
    answer = pane_of(screen_of(window)).input
    assert isinstance(answer, LineInput)
    return answer.field.edit


def press(window: Window, words: str) -> None:
    """Click on a button of the question."""
    buttons = pane_of(screen_of(window)).findChildren(Button)
    QTest.mouseClick(next(each for each in buttons if each.words() == words), Qt.MouseButton.LeftButton)


def open_talk(window: Window, folder: Path, survey: Rows, choices: Rows | None = None) -> Interviewing:
    talk = talk_on(session_of(window), folder, survey, choices)
    window.go(ToInterview(talk.interview_id))
    return talk


def lock_and_return(window: Window, interview_id: str) -> InterviewScreen:
    window.lock()
    unlock(window)
    window.go(ToInterview(interview_id))
    return screen_of(window)


def kept(session: Session, talk: Interviewing, name: str) -> str:
    """Return the draft of a question as the vault has it."""
    return session.vault.drafts.read(talk.case_ref, drafts.of_question(talk.interview_id, f"/data/{name}"))


def case_of(window: Window) -> str:
    """Return a finished case."""
    talk = begun(session_of(window))
    answer_all(talk)
    talk.finish()
    return talk.case_ref


class Busy:
    """A real window whose worker is held up until it is let go."""

    def __init__(self, qtbot: QtBot, office: Desktop, worker: WorkerJobs) -> None:
        self.qtbot, self.worker, self._hold = qtbot, worker, threading.Event()
        self.window = office.open(jobs=worker)
        self.come_in()

    def come_in(self) -> None:
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, Unlock), timeout=20_000)
        unlock(self.window)
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, Screen), timeout=20_000)

    def do(self, work: Callable[[], object]) -> None:
        """Do something on the worker and wait for it."""
        done: list[object] = []
        self.worker.run(work, done.append, self.window)
        self.qtbot.waitUntil(lambda: bool(done), timeout=20_000)

    def talk(self, folder: Path, survey: Rows, choices: Rows | None = None) -> Interviewing:
        made: list[Interviewing] = []
        session = session_of(self.window)
        self.do(lambda: made.append(talk_on(session, folder, survey, choices)))
        self.show(made[0])
        return made[0]

    def show(self, talk: Interviewing) -> None:
        self.window.go(ToInterview(talk.interview_id))
        self.qtbot.waitUntil(lambda: screen_of(self.window).pane is not None, timeout=20_000)

    def hold(self) -> None:
        hold = self._hold = threading.Event()
        self.worker.run(lambda: hold.wait(60), lambda _: None, self.window)

    def let_go(self) -> None:
        self._hold.set()

    def read(self, talk: Interviewing, name: str) -> tuple[str, str]:
        """Return what is recorded of a question, and its draft."""
        session, found = session_of(self.window), []

        def read() -> None:
            answers = recorded(session, talk)
            value = answers[f"/data/{name}"].value if f"/data/{name}" in answers else ""
            found.append((value, kept(session, talk, name)))

        self.do(read)
        return found[0]
