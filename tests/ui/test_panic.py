"""The panic key from everywhere, and destroying the keys: only where allowed, only confirmed, never for good."""

import gc
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.sessions import HEADQUARTERS, reopen
from tests.support.vaults import NAME, PASSPHRASE, POST, TEST_COST, FakeClock
from tests.support.windows import Desktop, banner, unlock
from victimid.app import recovering
from victimid.app.content import Content
from victimid.app.session import Door, Session, VaultSetup
from victimid.errors import VictimIDError
from victimid.i18n import load
from victimid.model.audit import Action
from victimid.model.policy import Policy
from victimid.ui.jobs import WorkerJobs
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.erasing import Erasing
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window

ALLOWED = Policy(erase_allowed=True)
NEW = "seven copper lanterns drifting"


def test_nothing_holds_on_to_a_vault_that_was_locked(office: Desktop) -> None:
    window = office.open()
    unlock(window)
    assert isinstance(window.page, DeskScreen)
    vault = ref(window.page.context.session.vault)
    window.lock()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    gc.collect()
    assert vault() is None


def press(widget: QWidget) -> None:
    QTest.keyPress(widget, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)


def seen(window: Window) -> set[str]:
    """Return what can be read on the window: whatever lies under the curtain cannot."""
    return {
        each.text() for each in window.findChildren(QLabel) if each.isVisible() and window._curtain.isAncestorOf(each)
    }


def test_one_key_locks_and_leaves_nothing_but_the_curtain(window: Window, office: Desktop) -> None:
    assert isinstance(window.page, DeskScreen)
    vault = window.page.context.session.vault
    press(window.page.cases.filters.search.edit)
    assert isinstance(window.page, Unlock)
    assert window._curtain.isVisible()
    assert window._curtain.geometry() == window.rect()
    assert not any("RU-" in text or "Ana" in text for text in seen(window))
    with pytest.raises(VictimIDError):
        vault.overview.rows()
    QTest.mouseClick(window._curtain.button, Qt.MouseButton.LeftButton)
    unlock(window)
    assert isinstance(window.page, DeskScreen)
    session = window.page.context.session
    assert [entry.action for entry in session.vault.audit.entries(2)] == [Action.UNLOCKED, Action.LOCKED]
    assert office.remembered == []


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_the_key_works_with_a_list_open(window: Window) -> None:
    window.lock()
    assert isinstance(window.page, Unlock)
    box = window.page.languages.box
    box.showPopup()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    press(box.view())
    assert QApplication.activePopupWidget() is None
    assert window._curtain.isVisible()


def test_what_was_typed_before_the_lock_is_forgotten_too(office: Desktop) -> None:
    window = office.open()
    before = window.page
    assert isinstance(before, Unlock)
    before.name.set_text(NAME)
    before.passphrase.set_text(PASSPHRASE)
    press(before.passphrase.edit)
    assert isinstance(window.page, Unlock)
    assert window.page is not before
    assert window._curtain.isVisible()
    assert not any(field.text() for field in window.page.findChildren(QLineEdit))


def test_a_passphrase_that_only_waits_for_enter_does_not_outlast_a_closed_lid(office: Desktop) -> None:
    window = office.open()
    assert isinstance(window.page, Unlock)
    window.page.name.set_text(NAME)
    window.page.passphrase.set_text(PASSPHRASE)
    window.lock_and_wait()
    assert isinstance(window.page, Unlock)
    assert not any(field.text() for field in window.page.findChildren(QLineEdit))


class SlowDoor(Door):
    """Lets the test say when a vault is open."""

    def __init__(self, folder: Path, clock: FakeClock, content: Content) -> None:
        super().__init__(folder, content, clock, TEST_COST, TEST_COST, clock.uptime)
        self.opens = threading.Event()

    def unlock(self, name: str, passphrase: str) -> Session:
        opened = super().unlock(name, passphrase)
        self.opens.wait(10)
        return opened


@pytest.mark.parametrize("lock", [Window.panic, Window.lock])
def test_a_vault_that_is_just_being_opened_is_locked_again(
    qtbot: QtBot, office: Desktop, lock: Callable[[Window], None]
) -> None:
    jobs, way_in = WorkerJobs(), SlowDoor(office.folder, office.clock, office.content)
    window = office.open(jobs=jobs, make_door=lambda: way_in)
    jobs.pending.connect(window.set_pending)
    qtbot.waitUntil(lambda: isinstance(window.page, Unlock))
    unlock(window)
    lock(window)
    way_in.opens.set()
    qtbot.waitUntil(lambda: isinstance(window.page, Unlock))
    jobs.settle()
    window.show_screen()
    office.door().unlock(NAME, PASSPHRASE).lock()  # in use by nobody
    assert isinstance(window.page, Unlock)
    window.close()
    jobs.drain_and_stop()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_other_keys_do_not_lock(window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    assert isinstance(window.page, DeskScreen)
    QTest.keyClick(window.page.cases.filters.search.edit, key, modifier)
    assert isinstance(window.page, DeskScreen)


def allow(folder: Path, policy: Policy = ALLOWED) -> None:
    """Set the policy as an administrator does."""
    session = reopen(folder)
    session.vault.policies.change(policy, session.officer_id)
    session.vault.mark_erasable()
    session.lock()


def erasing(window: Window) -> Erasing:
    assert isinstance(window.page, Unlock)
    assert window.page.erase.isVisible()
    QTest.mouseClick(window.page.erase, Qt.MouseButton.LeftButton)
    page = window.page
    assert isinstance(page, Erasing)
    return page


def test_destroyed_keys_open_to_nobody_and_headquarters_still_recovers(office: Desktop, tmp_path: Path) -> None:
    allow(office.folder)
    window = office.open()
    unlock(window)
    press(window)
    QTest.mouseClick(window._curtain.button, Qt.MouseButton.LeftButton)
    page = erasing(window)
    header = office.folder / "header.json"
    before = header.read_bytes()
    assert not page.button.isEnabled()
    page.typed.set_text("destroy")
    assert not page.button.isEnabled()
    page.erase()
    assert header.read_bytes() == before
    page.typed.set_text(" DESTROY ")
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert banner(window).startswith("The keys are destroyed.")
    assert not page.button.isEnabled()
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    unlock(window)
    assert banner(window).startswith("The keys of this vault were destroyed")
    asked = recovering.ask(office.door(), NAME, NEW, tmp_path, load("victimid", "en"))
    answer = tmp_path / "answer.age"
    answer.write_bytes(recovering.answer(asked.path.read_bytes(), 1, [HEADQUARTERS.secret]))
    session = recovering.take_answer(office.door(), NAME, NEW, answer)
    [entry] = session.vault.audit.entries(1)
    assert (entry.action, entry.detail.split()[0]) == (Action.SLOT_RECOVERED, "erased")
    session.lock()


def test_nothing_is_offered_unless_the_policy_allows_it(office: Desktop) -> None:
    window = office.open()
    assert isinstance(window.page, Unlock)
    assert window.page.erase.isHidden()
    with pytest.raises(VictimIDError, match=r"erase\.not_allowed"):
        office.door().erase()
    allow(office.folder)
    assert office.door().may_erase()
    allow(office.folder, replace(ALLOWED, erase_allowed=False))
    assert not office.door().may_erase()
    unlock(window)
    assert isinstance(window.page, DeskScreen)


def test_nothing_is_offered_where_nobody_could_recover(desktop: Desktop) -> None:
    session = desktop.door().create(VaultSetup(POST, NAME, PASSPHRASE))
    session.vault.policies.change(ALLOWED, session.officer_id)
    session.vault.mark_erasable()
    session.lock()
    assert not desktop.door().may_erase()
    (desktop.folder / "erasable").touch()
    assert not desktop.door().may_erase()
    with pytest.raises(VictimIDError, match=r"recovery\.no_way"):
        desktop.door().erase()
    reopen(desktop.folder).lock()
    assert not (desktop.folder / "erasable").exists()
