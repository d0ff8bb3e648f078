"""What is typed or recorded at the very moment of a lock, or while an answer is under way."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.half_typed import CHOICES, CHOSEN, WORDS, Busy, case_of, line, press, question, screen_of, session_of
from tests.support.journey import put
from tests.support.talks import pane_of
from tests.support.windows import Desktop, banner
from victimid.app import case_draft
from victimid.model.finding import Outcome
from victimid.ui.destinations import ToSummary
from victimid.ui.jobs import WorkerJobs
from victimid.ui.screens import interview_typed
from victimid.ui.screens.summary import SummaryScreen


@pytest.fixture
def busy(qtbot: QtBot, office: Desktop, worker: WorkerJobs) -> Busy:
    return Busy(qtbot, office, worker)


def test_what_is_typed_on_while_an_answer_is_recorded_stays_with_its_question(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, WORDS)
    old = pane_of(screen_of(busy.window))
    put(line(busy.window), "one")
    busy.hold()
    press(busy.window, "Next")
    put(line(busy.window), "more")
    busy.let_go()
    busy.qtbot.waitUntil(lambda: screen_of(busy.window).pane is not old, timeout=20_000)
    assert "kept with the previous question" in banner(busy.window)
    assert line(busy.window).text() == ""
    assert busy.read(talk, "first") == ("one", '["onemore", ""]')


def test_a_lock_while_an_answer_is_recorded_keeps_what_was_typed_since(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, WORDS)
    put(line(busy.window), "one")
    busy.hold()
    press(busy.window, "Next")
    put(line(busy.window), "more")
    busy.window.lock()
    busy.let_go()
    busy.come_in()
    assert busy.read(talk, "first") == ("one", '["onemore", ""]')


def test_a_lock_right_after_an_answer_leaves_the_answer_alone(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, WORDS)
    put(line(busy.window), "one")
    busy.hold()
    press(busy.window, "Next")
    busy.window.lock()
    busy.let_go()
    busy.come_in()
    assert busy.read(talk, "first") == ("one", "")


def test_a_lock_right_after_an_answer_the_form_refuses_keeps_it(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, [question("text", "first", constraint="string-length(.) < 5"), *WORDS[1:]])
    put(line(busy.window), "too long")
    busy.hold()
    press(busy.window, "Next")
    busy.window.lock()
    busy.let_go()
    busy.come_in()
    busy.show(talk)
    assert line(busy.window).text() == "too long"


def test_a_key_meant_for_the_next_question_changes_nothing_in_the_last(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, CHOSEN, CHOICES)
    old = pane_of(screen_of(busy.window))
    QTest.keyClick(busy.window, Qt.Key.Key_1)
    busy.hold()
    QTest.keyClick(busy.window, Qt.Key.Key_Return)
    QTest.keyClick(busy.window, Qt.Key.Key_2)
    busy.let_go()
    busy.qtbot.waitUntil(lambda: screen_of(busy.window).pane is not old, timeout=20_000)
    assert busy.read(talk, "first") == ("yes", "")
    assert banner(busy.window) == ""


def test_what_is_typed_on_stays_in_a_question_that_is_shown_anew(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, [question("text", "first", constraint="string-length(.) < 5"), *WORDS[1:]])
    old = pane_of(screen_of(busy.window))
    put(line(busy.window), "too long")
    busy.hold()
    press(busy.window, "Next")
    put(line(busy.window), " yet")
    busy.let_go()
    busy.qtbot.waitUntil(lambda: screen_of(busy.window).pane is not old, timeout=20_000)
    assert line(busy.window).text() == "too long yet"
    busy.window.lock()
    busy.come_in()
    assert busy.read(talk, "first") == ("", '["too long yet", ""]')


def test_what_is_recorded_is_no_draft_even_if_the_lock_comes_first(busy: Busy) -> None:
    refs: list[str] = []
    busy.do(lambda: refs.append(case_of(busy.window)))
    busy.window.go(ToSummary(refs[0]))
    busy.qtbot.waitUntil(lambda: busy.window.page.decision is not None, timeout=20_000)  # type: ignore[union-attr]  # a summary
    page = busy.window.page
    assert isinstance(page, SummaryScreen)
    assert page.decision is not None
    put(page.decision.reason.edit, "cannot leave")
    page.decision.choices.buttons[0].click()
    busy.hold()
    page.decision.record.click()
    busy.window.lock()
    busy.let_go()
    busy.come_in()
    session, found = session_of(busy.window), []
    busy.do(lambda: found.append(case_draft.read(session, refs[0], "decision")))
    busy.do(lambda: found.append(session.vault.decisions.of_case(refs[0])[0].outcome))
    assert found == ["", next(iter(Outcome))]


def test_what_is_being_composed_while_an_answer_is_recorded_stays_too(busy: Busy, tmp_path: Path) -> None:
    talk = busy.talk(tmp_path, WORDS)
    old = pane_of(screen_of(busy.window))
    put(line(busy.window), "one")
    busy.hold()
    press(busy.window, "Next")
    line(busy.window).setFocus()
    QApplication.sendEvent(line(busy.window), QInputMethodEvent("にほん", []))
    busy.let_go()
    busy.qtbot.waitUntil(lambda: screen_of(busy.window).pane is not old, timeout=20_000)
    value, draft = busy.read(talk, "first")
    assert (value, interview_typed.read(draft).answer) == ("one", "oneにほん")
