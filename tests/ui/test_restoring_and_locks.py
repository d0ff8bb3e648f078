"""What a restore or a salvage says, and what was typed for it, goes as an open vault does: at every lock."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.support.locks import Lock, by_idling, by_key, by_panic, by_the_system, held_anywhere
from tests.support.restoring import backed_up, filled, from_the_first_start, page, sign
from tests.support.screens import press, texts
from tests.support.sessions import answer_all, begun
from tests.support.vaults import PASSPHRASE
from tests.support.windows import Desktop, unlock
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.first_start import FirstStart
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window


@pytest.fixture
def stick(desktop: Desktop, tmp_path: Path) -> Path:
    return backed_up(desktop, tmp_path)


@pytest.fixture
def reporting(desktop: Desktop) -> Window:
    """Return a window that reports on a salvage, in which a case is named."""
    session = filled(desktop)
    answer_all(begun(session))
    session.vault._database.execute("PRAGMA foreign_keys = OFF")
    session.vault._database.execute("DELETE FROM answer WHERE id = 3")
    session.lock()
    window = desktop.open()
    window.repair()
    sign(page(window))
    page(window).secret.salvaging.click()
    assert any("RU-" in text for text in texts(page(window).salvaged.flaws))
    return window


def out_of_sight(window: Window, office: Desktop) -> None:
    window._idle.minimise(minimised=True)
    office.clock.move(60)
    window._idle.check()


AWAY = pytest.mark.parametrize("away", [by_idling, by_key, by_the_system, by_panic, out_of_sight])


@AWAY
def test_a_report_goes_as_an_open_vault_does(reporting: Window, desktop: Desktop, away: Lock) -> None:
    kept = [page(reporting).salvaged.aside.text(), page(reporting).salvaged.laptop.key.text(), "RU-"]
    assert all(any(each in text for text in held_anywhere()) for each in kept)
    away(reporting, desktop)
    assert isinstance(reporting.page, Unlock)
    assert [text for text in held_anywhere() if any(each in text for each in kept)] == []
    desktop.clock.move(3600)
    before = reporting.page
    assert not reporting._idle.check()
    assert reporting.page is before
    unlock(reporting)
    assert isinstance(reporting.page, DeskScreen)
    away(reporting, desktop)
    assert isinstance(reporting.page, Unlock)


@AWAY
def test_what_a_restore_says_goes_too(desktop: Desktop, stick: Path, away: Lock) -> None:
    window = desktop.open()
    found = from_the_first_start(window, stick)
    sign(found)
    found.secret.restoring.click()
    key = found.restored.laptop.key.text()
    assert any(key in text for text in held_anywhere())
    away(window, desktop)
    assert isinstance(window.page, Unlock)
    assert [text for text in held_anywhere() if key in text] == []


def test_a_report_is_read_as_long_as_somebody_is_there(reporting: Window, desktop: Desktop) -> None:
    for _ in range(4):
        desktop.clock.move(200)
        QTest.mouseMove(reporting)
        press(reporting, Qt.Key.Key_Shift)
        assert not reporting._idle.check()
    assert page(reporting).salvaged.isVisible()


@pytest.mark.parametrize("away", [by_key, by_the_system, by_panic])
def test_a_passphrase_of_a_backup_does_not_wait_for_enter_over_a_lock(
    desktop: Desktop, stick: Path, away: Lock
) -> None:
    window = desktop.open()
    sign(from_the_first_start(window, stick))
    away(window, desktop)
    assert isinstance(window.page, FirstStart)
    assert [text for text in held_anywhere() if PASSPHRASE in text] == []
    from_the_first_start(window, stick).back.click()
    assert isinstance(window.page, FirstStart)
    window.page.forward()
    kept = window.page
    away(window, desktop)
    assert (window.page is kept) is (away is not by_panic)
