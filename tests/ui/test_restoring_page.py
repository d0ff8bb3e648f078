"""Before the lock: a vault from a backup on a new laptop, and a damaged one restored or salvaged in its place."""

import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.damaged_vaults import PAGE, RECORDS
from tests.support.restoring import backed_up, filled, from_the_first_start, page, sign, with_a_stick
from tests.support.screens import focused, press, texts
from tests.support.sessions import answer_all, begun
from tests.support.vaults import NAME, PASSPHRASE
from tests.support.windows import Desktop, banner, unlock
from victimid.app import backing_up, vault_care
from victimid.app.desk import Desk
from victimid.errors import VictimIDError
from victimid.model.case_list import CaseFilter
from victimid.ui.jobs import WorkerJobs
from victimid.ui.progress import Progress
from victimid.ui.screen import Screen
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.first_start import FirstStart
from victimid.ui.screens.restoring import Restoring
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window

COUNTED = [".vault.tries"]


@pytest.fixture
def stick(desktop: Desktop, tmp_path: Path) -> Path:
    return backed_up(desktop, tmp_path)


@pytest.fixture
def hurt(desktop: Desktop) -> Desktop:
    """Return a laptop with two cases whose database no longer opens, and a backup of when it had one."""
    session = filled(desktop)
    backing_up.make(session)
    begun(session)
    session.lock()
    damage(desktop.folder, 1)
    return desktop


def damage(folder: Path, page: int) -> None:
    """Change a byte of a page of the database, counted from 1."""
    with (folder / "records.db").open("r+b") as stream:
        stream.seek((page - 1) * PAGE + 100)
        byte = stream.read(1)
        stream.seek((page - 1) * PAGE + 100)
        stream.write(bytes([byte[0] ^ 1]))


def cases(window: Window) -> int:
    assert isinstance(window.page, Screen)
    return len(Desk(window.page.context.session).page(CaseFilter()).cases)


def beside(folder: Path) -> list[str]:
    """Return what there is beside the place of the vault that belongs to it."""
    return sorted(path.name for path in folder.parent.iterdir() if folder.name in path.name and path != folder)


def test_a_new_laptop_restores_from_a_stick_and_says_what_headquarters_has_to_know(
    desktop: Desktop, stick: Path
) -> None:
    window = desktop.open()
    found = from_the_first_start(window, stick)
    [offer] = found.source.offers.buttons
    said = offer.choice.text
    assert ("Nov 21, 2026" in said, "1 MiB" in said, "victimid-backup-" in said) == (True, True, True)
    assert NAME not in said
    assert not found.secret.restoring.isEnabled()
    assert not found.secret.salvaging.isVisible()
    sign(found)
    found.secret.restoring.click()
    result = found.restored
    assert (result.isVisible(), found.secret.isVisible(), result.aside.isVisible()) == (True, False, False)
    assert (found.secret.passphrase.text(), result.button.hasFocus()) == ("", True)
    device, key = result.laptop.device.text(), result.laptop.key.text()
    result.button.click()
    unlock(window)
    assert cases(window) == 1
    assert isinstance(window.page, DeskScreen)
    known = vault_care.device(window.page.context.session)
    assert (known.id, known.public_key) == (device, key)
    assert device not in said


def test_it_is_done_by_keyboard_alone(desktop: Desktop, stick: Path) -> None:
    window = desktop.open()
    found = from_the_first_start(window, stick)
    source, secret = found.source, found.secret
    along = [*source.folders.choices.buttons, source.folders.typed.edit, *source.offers.buttons, secret.name.edit]
    source.folders.again.setFocus()
    for expected in along:
        press(window, Qt.Key.Key_Tab)
        assert focused() is expected
    QTest.keyClicks(focused(), NAME)
    press(window, Qt.Key.Key_Return)
    QTest.keyClicks(focused(), PASSPHRASE)
    press(window, Qt.Key.Key_Return)
    assert found.restored.isVisible()
    press(window, Qt.Key.Key_Space)
    assert isinstance(window.page, Unlock)


def test_what_goes_wrong_is_said_and_leaves_no_vault(desktop: Desktop, stick: Path) -> None:
    window = desktop.open()
    found = from_the_first_start(window, stick)
    sign(found, "not the right one at all")
    found.secret.restoring.click()
    assert found.secret.note.text() == "Name and passphrase do not belong together. 2 tries left before a wait."
    assert (found.secret.passphrase.text(), found.secret.name.text()) == ("", NAME)
    database = next(stick.rglob("records.db"))
    content = bytearray(database.read_bytes())
    content[-100] ^= 1
    database.write_bytes(content)
    sign(found)
    found.secret.restoring.click()
    assert banner(window).startswith("This backup is damaged or not complete")
    assert (desktop.folder.exists(), beside(desktop.folder)) == (False, COUNTED)
    found.back.click()
    assert isinstance(window.page, FirstStart)


@pytest.mark.parametrize("damaged", [False, True])
def test_wrong_tries_have_to_wait_also_on_a_page_made_anew(desktop: Desktop, stick: Path, *, damaged: bool) -> None:
    if damaged:
        filled(desktop).lock()
        damage(desktop.folder, 1)
    window = desktop.open()

    def begin() -> Restoring:
        if not damaged:
            return from_the_first_start(window, stick)
        window.repair()
        return with_a_stick(window, stick)

    found = begin()
    for _ in range(3):
        sign(found, "not the right one at all")
        found.secret.restoring.click()
    said = "Too many wrong tries. Wait 5 seconds, then try again."
    sign(found)
    assert (found.secret.note.text(), found.secret.restoring.isEnabled()) == (said, False)
    assert found.secret.restoring.accessibleDescription() == said
    found.back.click()
    found = begin()
    sign(found)
    assert (found.secret.note.text(), found.secret.restoring.isEnabled()) == (said, False)
    assert not found.secret.salvaging.isEnabled()
    for _ in range(4):
        found.secret.note._second.timeout.emit()
    assert found.secret.note.text() == "Too many wrong tries. Wait 1 second, then try again."
    found.secret.note._second.timeout.emit()
    assert (found.secret.note.text(), found.secret.restoring.isEnabled()) == ("You can try again now.", True)
    found.secret.restoring.click()  # the page has waited, the vault's own clock has not moved
    assert found.secret.note.text() == said
    desktop.clock.move(5)
    found.secret.note.set_wait(0)
    sign(found)
    found.secret.restoring.click()
    assert found.restored.isVisible()


def test_a_folder_without_a_backup_says_so(desktop: Desktop, tmp_path: Path) -> None:
    found = from_the_first_start(desktop.open(), tmp_path)
    assert (found.source.none.isVisible(), found.source.path()) == (True, None)
    sign(found)
    assert not found.secret.restoring.isEnabled()


def test_a_restore_stopped_in_the_middle_leaves_nothing(desktop: Desktop, stick: Path) -> None:
    window = desktop.open()
    found = from_the_first_start(window, stick)
    found.secret.work.bar.valueChanged.connect(lambda _: found.secret.work.button.click())
    sign(found)
    found.secret.restoring.click()
    assert banner(window) == "Stopped as you wished. Everything is as it was before."
    assert (desktop.folder.exists(), beside(desktop.folder)) == (False, COUNTED)
    assert (found.secret.work.isVisible(), found.back.isEnabled()) == (False, True)


def test_a_lock_while_it_runs_stops_it_and_forgets_what_was_typed(
    desktop: Desktop, stick: Path, worker: WorkerJobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on, report = threading.Event(), threading.Event(), Progress.report

    def held(progress: Progress, done: int, total: int) -> None:
        reached.set()
        go_on.wait(10)
        report(progress, done, total)

    monkeypatch.setattr(Progress, "report", held)
    window = desktop.open(jobs=worker)
    worker.pending.connect(window.set_pending)
    qtbot.waitUntil(lambda: isinstance(window.page, FirstStart))
    found = from_the_first_start(window, stick)
    qtbot.waitUntil(lambda: found.source.path() is not None)
    sign(found)
    found.secret.restoring.click()
    qtbot.waitUntil(reached.is_set)
    window.lock()
    go_on.set()
    qtbot.waitUntil(lambda: isinstance(window.page, FirstStart))
    assert (desktop.folder.exists(), beside(desktop.folder)) == (False, COUNTED)


def test_a_vault_that_does_not_open_is_restored_from_this_laptop(hurt: Desktop) -> None:
    window, kept = hurt.open(), (hurt.folder / "records.db").read_bytes()
    assert isinstance(window.page, Unlock)
    assert not window.page.repair.isVisible()
    unlock(window)
    assert "damaged" in banner(window)
    window.page.repair.click()
    found = page(window)
    assert (len(found.source.offers.buttons), found.source.folders.isVisible()) == (1, False)
    sign(found)
    found.secret.restoring.click()
    aside = Path(found.restored.aside.text())
    assert (aside / "records.db").read_bytes() == kept
    found.restored.button.click()
    unlock(window)
    assert cases(window) == 1


def test_another_place_can_be_chosen_for_a_damaged_vault(hurt: Desktop, tmp_path: Path) -> None:
    shutil.copytree(hurt.folder / "backups", tmp_path / "stick" / "backups")
    window = hurt.open()
    window.repair()
    found = page(window)
    found.source.elsewhere.click()
    assert found.source.path() is None
    found.source.folders.choices.buttons[-1].click()
    found.source.folders.typed.set_text(str(tmp_path / "stick"))
    assert found.source.path() == tmp_path / "stick" / "backups" / "0001-2026-11-21"


def test_a_salvage_ends_with_a_report_and_keeps_the_damaged_files(desktop: Desktop) -> None:
    session = filled(desktop)
    answer_all(begun(session))
    session.lock()
    database = desktop.folder / "records.db"
    for number in range(RECORDS, database.stat().st_size // PAGE):
        damage(desktop.folder, number)
    kept = database.read_bytes()
    window = desktop.open()
    window.repair()
    found = page(window)
    sign(found)
    found.secret.salvaging.click()
    result = found.salvaged
    assert (result.isVisible(), result.title.text()) == (True, "Not everything was saved")
    assert "answer: lost=" in result.report.text()
    assert len(texts(result.flaws)) > 1
    aside = Path(result.aside.text())
    assert (aside / "records.db").read_bytes() == kept
    assert beside(desktop.folder) == [aside.name]
    result.button.click()
    unlock(window)
    assert isinstance(window.page, DeskScreen)


def test_a_sound_vault_is_saved_whole(desktop: Desktop) -> None:
    filled(desktop).lock()
    window = desktop.open()
    window.repair()
    found = page(window)
    sign(found, "not the right one at all")
    found.secret.salvaging.click()
    assert found.secret.note.text() == "Name and passphrase do not belong together. 2 tries left before a wait."
    found.secret.work.bar.valueChanged.connect(lambda _: found.secret.work.button.click())
    sign(found)
    found.secret.salvaging.click()
    assert banner(window) == "Stopped as you wished. Everything is as it was before."
    assert beside(desktop.folder) == []
    found.secret.work.bar.valueChanged.disconnect()
    sign(found)
    found.secret.salvaging.click()
    result = found.salvaged
    assert (result.title.text(), result.report.isVisible()) == ("Everything was saved", False)
    result.button.click()
    unlock(window)
    assert cases(window) == 1


def test_an_error_that_is_no_damage_offers_no_repair(hurt: Desktop) -> None:
    window = hurt.open()
    assert isinstance(window.page, Unlock)
    unlock(window, passphrase="not the right one at all")
    window.page._refused(VictimIDError("vault.in_use"))
    assert not window.page.repair.isVisible()
