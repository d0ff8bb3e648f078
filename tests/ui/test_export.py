"""Export: a bundle goes out, headquarters' receipt comes back, and no file dialog leaves a trace."""

import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from tests.support.sessions import HEADQUARTERS, begun, door
from tests.support.vaults import NAME, PASSPHRASE, POST
from tests.support.windows import Desktop, banner, unlock
from victimid.app import officers
from victimid.app.exporting import BUNDLE_NAMESPACE
from victimid.app.session import VaultSetup
from victimid.crypto import sshsig
from victimid.exchange.bundle import write_receipt
from victimid.model.bundle import Receipt
from victimid.model.people import Role
from victimid.ui.destinations import ToExport
from victimid.ui.screens.export import ExportScreen
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.window import Window


@pytest.fixture
def window(office: Desktop) -> Window:
    window = office.open()
    unlock(window)
    window.go(ToExport())
    return window


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def export(window: Window) -> ExportScreen:
    shown = window.page
    assert isinstance(shown, ExportScreen)
    return shown


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(folders: FolderChooser, folder: Path) -> None:
    click(folders.choices.buttons[-1])
    folders.typed.set_text(str(folder))


def words_on(widget: QWidget) -> list[str]:
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisible()]


def set_key(screen: ExportScreen, public_key: str) -> None:
    screen.receipt_key.key.set_text(public_key)
    click(screen.receipt_key.button)


def bare(text: str) -> str:
    """Return a text without the marks that keep what is in it from turning round."""
    return text.replace("\u2066", "").replace("\u2068", "").replace("\u2069", "")


def write(window: Window, stick: Path) -> Path:
    screen = export(window)
    begun(screen.context.session)
    screen.refresh()
    choose(screen.sending.folders, stick)
    click(screen.sending.button)
    return Path(screen.written.path.text())


def test_nothing_to_send_is_said(window: Window) -> None:
    screen = export(window)
    assert screen.sending.waiting.text() == "Nothing waits for headquarters"
    assert not screen.sending.button.isVisible()
    assert "Nothing exported yet." in words_on(screen.sent)
    assert screen.laptop.device.text() == screen.context.session.vault.device_id
    assert screen.laptop.key.text() == screen.context.session.vault.device_public_key


def test_without_a_key_nothing_can_be_sent(desktop: Desktop) -> None:
    door(desktop.folder, desktop.clock).create(VaultSetup(POST, NAME, PASSPHRASE, ())).lock()
    window = desktop.open()
    unlock(window)
    window.go(ToExport())
    screen = export(window)
    begun(screen.context.session)
    screen.refresh()
    assert screen.sending.waiting.text() == "1 case waits for headquarters"
    assert screen.sending.key.text() == "This laptop has no key of headquarters, so nothing can be exported yet."
    assert not screen.sending.button.isVisible()


def test_a_bundle_is_written_where_the_officer_chose(window: Window, stick: Path) -> None:
    screen = export(window)
    bundle = write(window, stick)
    assert list(stick.iterdir()) == [bundle]
    assert screen.written.title.text() == "Bundle 1 is written"
    assert screen.sending.waiting.text() == "Nothing waits for headquarters"
    assert HEADQUARTERS.recipient in screen.sending.key.text()
    assert "no receipt yet" in words_on(screen.sent)


def test_the_commands_shown_check_the_bundle(window: Window, stick: Path, tmp_path: Path) -> None:
    write(window, stick)
    (tmp_path / "headquarters.key").write_text(HEADQUARTERS.secret + "\n", "ascii")
    script = export(window).written.commands.text().replace("headquarters.key", str(tmp_path / "headquarters.key"))
    done = subprocess.run(["sh", "-e", "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert f'Good "{BUNDLE_NAMESPACE}" signature' in done.stdout
    assert '"kind"' in done.stdout.splitlines()[-1]


def test_a_receipt_closes_the_loop(window: Window, stick: Path) -> None:
    screen = export(window)
    write(window, stick)
    sent = screen.context.session.vault.exports.all()[0]
    headquarters = sshsig.new_key()
    receipt = Receipt(
        screen.context.session.vault.device_id, 1, sent.manifest_sha256, sent.records, screen.context.session.clock()
    )
    write_receipt(stick, receipt, partial(sshsig.sign, headquarters.private))
    assert not screen.receipt.button.isVisible()
    set_key(screen, sshsig.new_key().public)
    choose(screen.receipt.found.folders, stick)
    click(screen.receipt.button)
    assert banner(window) == "This was signed with another key than the expected one. Nothing was taken in."
    assert "no receipt yet" in words_on(screen.sent)
    click(screen.receipt_key.replace)
    set_key(screen, headquarters.public)
    click(screen.receipt.button)
    assert banner(window) == "Headquarters has received bundle 1."
    assert any(text.startswith("received ") for text in words_on(screen.sent))


def test_the_fingerprint_is_compared_before_the_key_is_set(window: Window) -> None:
    card, key = export(window).receipt_key, sshsig.new_key().public
    assert not card.button.isEnabled()
    card.key.set_text(f"{key[:-3]} ")
    assert card.result.text().startswith("This is not a complete public key.")
    assert not card.button.isEnabled()
    card.key.set_text(f" {key}\n")
    assert bare(card.result.text()) == f"Fingerprint: {sshsig.fingerprint(key)}"
    export(window).refresh()
    assert card.key.text().strip() == key
    click(card.button)
    assert bare(card.known.text()) == f"Fingerprint: {sshsig.fingerprint(key)}"
    assert not card.key.isVisible()
    click(card.replace)
    card.key.set_text(key)
    click(card.button)
    assert banner(window) == "This laptop has this key of headquarters already. Nothing was changed."


def test_an_officer_types_no_key_and_is_told_who_sets_it(office: Desktop) -> None:
    window = office.open()
    unlock(window)
    window.go(ToExport())
    officers.enrol(export(window).context.session, "Eva Example", PASSPHRASE, Role.OFFICER, given=False)
    window.lock()
    unlock(window, "Eva Example")
    window.go(ToExport())
    screen = export(window)
    assert not screen.receipt_key.isVisible()
    assert not screen.receipt.found.isVisible()
    assert screen.receipt.no_key.text().endswith("A supervisor has to set it first.")
    assert screen.receipt.no_key.isVisible()


def test_a_stick_that_is_gone_is_said_and_the_number_is_not_used_up(window: Window, stick: Path) -> None:
    screen = export(window)
    begun(screen.context.session)
    screen.refresh()
    choose(screen.sending.folders, stick)
    shutil.rmtree(stick)
    screen.sending.write.emit(stick)
    assert len(banner(window)) > 20
    assert "exchange." not in banner(window)
    assert screen.sending.isEnabled()
    assert screen.context.session.vault.exports.next_sequence() == 1


def test_choosing_folders_leaves_no_trace(
    window: Window, stick: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(window, stick)
    written = [
        path for path in tmp_path_factory.getbasetemp().rglob("*") if path.is_file() and stick not in path.parents
    ]
    assert [path.name for path in written if str(stick).encode() in path.read_bytes()] == []
    assert [path.name for path in written if path.suffix == ".conf"] == []


def test_a_key_left_out_at_the_first_start_is_added_here(desktop: Desktop) -> None:
    desktop.door().create(VaultSetup(POST, NAME, PASSPHRASE)).lock()
    window = desktop.open()
    unlock(window)
    window.go(ToExport())
    assert export(window).key.isVisible()
    export(window).key.key.set_text("age1typo")
    click(export(window).key.button)
    assert banner(window)
    assert export(window).key.isVisible()
    export(window).key.key.set_text(f"  {HEADQUARTERS.recipient} ")
    click(export(window).key.button)
    assert not export(window).key.isVisible()
    assert HEADQUARTERS.recipient in export(window).sending.key.text()
