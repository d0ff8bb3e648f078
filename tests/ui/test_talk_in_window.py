"""The talk within the window and with a real worker: lock, person's side, and coming back."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.screens import answer_as_invented, focused
from tests.support.windows import Desktop, unlock
from victimid.model.answer import Answer
from victimid.ui.destinations import ToInterview, ToNewInterview, ToReferral, ToSummary
from victimid.ui.jobs import WorkerJobs
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.new_interview import NewInterviewScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window


def talk(window: Window) -> InterviewScreen:
    assert isinstance(window.page, InterviewScreen)
    return window.page


def come_in(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: isinstance(window.page, Unlock), timeout=10_000)
    unlock(window)
    qtbot.waitUntil(lambda: isinstance(window.page, DeskScreen), timeout=10_000)


def begin(qtbot: QtBot, window: Window) -> InterviewScreen:
    """Begin an interview as the officer does, and wait for its first question."""
    come_in(qtbot, window)
    window.go(ToNewInterview())
    page = window.page
    assert isinstance(page, NewInterviewScreen)
    qtbot.waitUntil(lambda: bool(page.person.buttons), timeout=10_000)
    next(button for button in page.person.buttons if button.tag == "ar").click()
    page.begin.click()
    qtbot.waitUntil(lambda: isinstance(window.page, InterviewScreen) and window.page.pane is not None, timeout=10_000)
    return talk(window)


def go_to(qtbot: QtBot, screen: InterviewScreen, name: str) -> None:
    while screen.pane is not None and not screen.pane.question.ref.endswith(f"/{name}"):
        before = screen.pane
        screen.talk.step(answer_as_invented)
        qtbot.waitUntil(lambda before=before: screen.pane is not before, timeout=10_000)  # type: ignore[misc]  # mypy cannot infer a lambda with a default


def test_locking_in_the_middle_of_a_word_loses_nothing(qtbot: QtBot, office: Desktop, worker: WorkerJobs) -> None:
    window = office.open(jobs=worker)
    screen = begin(qtbot, window)
    go_to(qtbot, screen, "account")
    interview_id = screen.talk.view.interview_id if screen.talk.view else ""
    assert screen.pane is not None
    assert window.isActiveWindow()
    QTest.keyClicks(focused(), "They took my pap")
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.page, Unlock)
    come_in(qtbot, window)
    window.go(ToInterview(interview_id))
    resumed = talk(window)
    qtbot.waitUntil(lambda: resumed.pane is not None, timeout=10_000)
    assert resumed.pane is not None
    assert resumed.pane.question.ref.endswith("/account")
    assert resumed.pane.input.value() == "They took my pap"


def test_two_quick_keys_record_one_answer_each(qtbot: QtBot, office: Desktop, worker: WorkerJobs) -> None:
    window = office.open(jobs=worker)
    screen = begin(qtbot, window)
    go_to(qtbot, screen, "needs_now")
    pane = screen.pane
    assert pane is not None
    assert isinstance(pane.input, ChoiceInput)
    pane.input.buttons[0].click()
    QTest.keyClick(screen, Qt.Key.Key_Return)
    QTest.keyClick(screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.pane is not pane and not screen.talk.busy, timeout=10_000)
    interview_id = screen.talk.view.interview_id if screen.talk.view else ""
    answers: list[Answer] = []
    interviews = screen.context.session.vault.interviews
    worker.run(lambda: interviews.answers(interview_id), answers.extend, window)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    assert [each.revision for each in answers if each.ref == pane.question.ref] == [1]
    assert screen.pane is not None
    assert screen.pane.question.ref not in {each.ref for each in answers}


def test_the_person_s_side_takes_the_whole_window(qtbot: QtBot, office: Desktop) -> None:
    window = office.open()
    screen = begin(qtbot, window)
    go_to(qtbot, screen, "safe_now")
    QTest.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: screen.height() == window.height())
    QTest.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: screen.height() < window.height())
    QTest.keyClick(window, Qt.Key.Key_F7)
    window.lock()
    assert isinstance(window.page, Unlock)
    assert "Casework" in window.windowTitle()


class Windows(QObject):
    """Notes every window that comes on screen."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        """Note a widget that shows as a window of its own."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_no_part_of_a_screen_flashes_up_as_a_window(qtbot: QtBot, office: Desktop, qapp: QApplication) -> None:
    window = office.open()
    windows = Windows()
    qapp.installEventFilter(windows)
    try:
        screen = begin(qtbot, window)
        go_to(qtbot, screen, "needs_now")
        screen.talk.finish()
        case_ref = screen.talk.view.case_ref if screen.talk.view else ""
        for place in (ToSummary(case_ref), ToReferral(case_ref)):
            window.go(place)
    finally:
        qapp.removeEventFilter(windows)
    assert windows.shown == []
