"""While a key is derived, head and desk are made ready; nothing of the vault is in them before it is open."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.support.vaults import NAME, POST
from tests.support.windows import Desktop, unlock
from victimid.ui.head import Head
from victimid.ui.jobs import WorkerJobs
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window


def parts(window: Window) -> tuple[list[Head], list[DeskScreen]]:
    """Return every head and every desk there is in a window."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return window.findChildren(Head), window.findChildren(DeskScreen)


def opening(window: Window) -> None:
    """Let the page say that a key is being derived, as it does while the worker derives one."""
    assert isinstance(window.page, Unlock)
    window.page.opening.emit()


def test_what_was_made_ready_is_what_is_shown(office: Desktop, worker: WorkerJobs, qtbot: QtBot) -> None:
    window = office.open(jobs=worker)
    qtbot.waitUntil(lambda: isinstance(window.page, Unlock))
    opening(window)
    before = parts(window)
    unlock(window)
    qtbot.waitUntil(lambda: isinstance(window.page, DeskScreen))
    assert parts(window) == before == ([window._head], [window.page])
    assert all(part.isVisible() for part in (window._head, window.page) if part)
    window.lock()
    assert parts(window) == ([], [])


def test_what_is_ready_is_hidden_and_names_nobody(office: Desktop) -> None:
    window = office.open()
    opening(window)
    [head], [desk] = parts(window)
    texts = {label.text() for part in (head, desk) for label in part.findChildren(QLabel)}
    assert "Cases" not in texts
    assert {NAME, POST.place}.isdisjoint(texts)
    assert not head.isVisible()
    assert not desk.isVisible()
    assert desk.cases.table.rows.rowCount() == 0


def test_after_a_wrong_passphrase_it_stays_ready(office: Desktop) -> None:
    window = office.open()
    opening(window)
    before = parts(window)
    unlock(window, passphrase="wrong")
    opening(window)
    assert parts(window) == before
    unlock(window)
    assert parts(window) == before


def test_in_another_language_it_is_made_anew(office: Desktop) -> None:
    window = office.open()
    opening(window)
    assert isinstance(window.page, Unlock)
    window.page.language_chosen.emit("es")
    assert parts(window) == ([], [])
    unlock(window)
    assert isinstance(window.page, DeskScreen)
    assert window.page.new.words() == "Nueva entrevista"


def test_nothing_is_made_ready_for_a_vault_that_is_open(office: Desktop) -> None:
    window = office.open()
    page = window.page
    assert isinstance(page, Unlock)
    unlock(window)
    window._gate.opening.emit()
    assert parts(window) == ([window._head], [window.page])


def test_each_unlocking_has_a_desk_of_its_own(office: Desktop) -> None:
    window = office.open()
    unlock(window)
    first = window.page
    window.lock()
    opening(window)
    [_], [ready] = parts(window)
    unlock(window)
    assert window.page is ready is not first
