"""The window: locking from everywhere without losing a word, hiding, idling, and a title that says nothing."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.support.places import everywhere
from tests.support.sessions import begun, screened, typed
from tests.support.windows import Desktop, banner, unlock
from victimid import i18n
from victimid.app import interviewing
from victimid.app.session import Door
from victimid.errors import VictimIDError
from victimid.formats import isolated
from victimid.ui.context import Context
from victimid.ui.destinations import (
    Destination,
    ToExport,
)
from victimid.ui.jobs import WorkerJobs
from victimid.ui.look import dress
from victimid.ui.screen import Screen, SessionScreen
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.top_bar import TopBar
from victimid.ui.window import Window


def context(window: Window) -> Context:
    assert isinstance(window.page, Screen)
    return window.page.context


def places(window: Window) -> tuple[Destination, ...]:
    """Return one destination of each kind, on a finished and an open interview."""
    session = context(window).session
    return everywhere(screened(session), begun(session).interview_id)


def test_screens_are_gone_after_a_lock(window: Window, qtbot: QtBot) -> None:
    window.go(ToExport())
    window.lock()
    qtbot.waitUntil(lambda: not window.findChildren(Screen))
    said = {label.text() for label in window.findChildren(QLabel)}
    assert not any(text.startswith("RU-") for text in said)


class DraftScreen(SessionScreen):
    """A screen with words typed but not recorded."""

    def __init__(self, context: Context, store: Callable[[], None]) -> None:
        super().__init__(context)
        self._store = store

    def unsaved(self) -> list[Callable[[], None]]:
        return [self._store]


def test_a_draft_is_stored_before_the_vault_closes(window: Window) -> None:
    interview = begun(context(window).session)
    ref = interview.view().question.ref  # type: ignore[union-attr]  # the interview has just begun
    screen = DraftScreen(context(window), lambda: interview.keep_draft(ref, "typed so far"))
    window._show(screen)
    window.lock()
    unlock(window)
    assert typed(interviewing.resume(context(window).session, interview.interview_id)) == "typed so far"


def test_a_draft_that_cannot_be_stored_does_not_hold_up_the_lock(window: Window) -> None:
    def store() -> None:
        raise VictimIDError("vault.disk_full")

    window._show(DraftScreen(context(window), store))
    window.lock()
    assert isinstance(window.page, Unlock)
    assert len(banner(window)) > 20


def test_a_lock_while_work_is_under_way_finishes_the_work(office: Desktop, worker: WorkerJobs, qtbot: QtBot) -> None:
    made: list[Door] = []

    def the_door() -> Door:
        made[:] = made or [office.door()]
        return made[0]

    window = office.open(jobs=worker, make_door=the_door)
    qtbot.waitUntil(lambda: isinstance(window.page, Unlock))
    unlock(window)
    qtbot.waitUntil(lambda: isinstance(window.page, DeskScreen))
    session, screen, hold = context(window).session, window.page, threading.Event()
    done: list[str] = []

    def work() -> str:
        hold.wait()
        return begun(session).case_ref

    assert screen is not None
    worker.run(work, done.append, screen)
    window.lock()
    assert isinstance(window.page, Unlock)
    hold.set()
    unlock(window)
    qtbot.waitUntil(lambda: isinstance(window.page, DeskScreen))
    desk = window.page
    assert isinstance(desk, DeskScreen)
    qtbot.waitUntil(lambda: desk.cases.table.rows.rowCount() == 1)
    assert done == []
    window.lock()


def test_idling_locks_also_behind_the_curtain(window: Window, office: Desktop) -> None:
    window.hide_screen()
    office.clock.moment += timedelta(minutes=5)
    window._idle.check()
    assert isinstance(window.page, Unlock)
    assert window._curtain.isHidden()
    assert window._front.isEnabled()


def test_minimised_while_it_is_unlocked_counts_as_minimised(office: Desktop) -> None:
    window = office.open()
    window.showMinimized()
    unlock(window)
    office.clock.moment += timedelta(seconds=61)
    window._idle.check()
    assert isinstance(window.page, Unlock)


def test_the_first_touch_after_sleep_locks_instead_of_waking(window: Window, office: Desktop) -> None:
    office.clock.moment += timedelta(hours=8)
    centre = window.rect().center().toPointF()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    touch = QMouseEvent(QEvent.Type.MouseButtonPress, centre, window.mapToGlobal(centre), left, left, none)
    QApplication.sendEvent(window, touch)
    assert isinstance(window.page, Unlock)


def test_the_curtain_covers_all_and_stops_all_keys(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window._curtain.isVisible()
    assert window._curtain.geometry() == window.rect()
    said = {label.text() for label in window._curtain.findChildren(QLabel) if label.text()}
    assert said == {"Casework", "Continue", f"{isolated('Shift Esc')} locks at once, from everywhere"}
    before = window.page
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.page is before
    window.resize(1024, 640)
    assert window._curtain.geometry() == window.rect()
    assert QApplication.focusWidget() is window._curtain
    QTest.keyClicks(window._curtain, "what somebody goes on typing ")
    assert window._curtain.isVisible()
    QTest.keyClick(window._curtain, Qt.Key.Key_Return)
    assert window._curtain.isHidden()
    window.hide_screen()
    QTest.mouseClick(window._curtain.button, Qt.MouseButton.LeftButton)
    assert window._curtain.isHidden()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.page is not before


def test_no_screen_changes_the_title_or_reads_markup(window: Window) -> None:
    titles = set()
    for destination in places(window):
        window.go(destination)
        window.setWindowTitle("RU-7K2M")
        QApplication.processEvents()
        titles |= {widget.windowTitle() for widget in QApplication.topLevelWidgets() if widget.isVisible()}
        labels = [label for label in window.findChildren(QLabel) if label.text()]
        assert labels
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert titles == {"Casework"}


def test_a_page_alone_hides_the_bar_and_the_next_brings_it_back(window: Window) -> None:
    assert isinstance(window.page, Screen)
    window.page.alone.emit(True)  # noqa: FBT003 - a signal takes no names
    assert window._head is not None
    assert window._head.isHidden()
    window.go(ToExport())
    assert window._head.isVisible()


def test_the_bar_says_who_and_where_and_what_is_saved(window: Window) -> None:
    assert window._head is not None
    said = {label.text() for label in window._head.findChildren(QLabel)}
    assert {"Casework", "Rumichaca", "Ana Example", "Saved · encrypted", "Hide", "Lock"} <= said
    window.set_pending(1)
    window._head.bar._slow.timeout.emit()
    assert window._head.bar.state.text() == "Saving …"
    window.set_pending(0)
    assert window._head.bar.state.text() == "Saved · encrypted"


def test_closing_the_window_locks(window: Window) -> None:
    session = context(window).session
    window.close()
    with pytest.raises(Exception, match=r"closed|locked"):
        session.vault.overview.rows()


def test_a_program_that_cannot_look_for_its_vault_says_so(desktop: Desktop) -> None:
    def broken() -> Door:
        raise VictimIDError("vault.read_only", reason="EACCES")

    assert len(banner(desktop.open(make_door=broken))) > 20


def test_long_names_leave_room_for_hide_and_lock(qtbot: QtBot) -> None:
    spanish = i18n.load("victimid", "es")
    bar = TopBar(spanish)
    bar.show_names("Puesto fronterizo de San Miguel de los Ejemplos", "María Fernanda " * 4)
    dress(bar, "light")
    qtbot.addWidget(bar)
    bar.resize(1024, 56)
    bar.show()
    said = {part.accessibleName() or part.text(): part.text() for part in bar.findChildren(QLabel)}
    assert bar.minimumSizeHint().width() <= 1024
    assert said["María Fernanda " * 4].endswith("…")
    assert spanish.gettext("draft translation") in said
