"""Bad input says on the screen what is wrong in a sentence, and nothing that was there is lost."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.disks import mounted
from tests.support.journey import put
from tests.support.screens import answer_as_invented
from tests.support.sessions import begun, open_session
from tests.support.windows import Desktop, banner, unlock
from victimid.app.content import Content
from victimid.crypto import sshsig
from victimid.exchange.bundle import write_receipt
from victimid.model.bundle import Receipt
from victimid.ui.destinations import ToExport, ToInterview
from victimid.ui.screen import Screen
from victimid.ui.screens.answer_fields import AreaInput
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.export import ExportScreen
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.unlock import Unlock


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path) as disk:
        yield disk


def in_a_sentence(text: str) -> bool:
    return len(text) > 20 and text.endswith(".") and not re.search(r"[a-z]\.[a-z]", text)


def at_the_account(office: Desktop) -> InterviewScreen:
    """Open a vault and an interview at a question that is answered in words."""
    open_session(office.folder, office.clock, office.content).lock()
    window = office.open()
    unlock(window)
    assert isinstance(window.page, Screen)
    interview = begun(window.page.context.session)
    while not answer_as_invented(interview).question.ref.endswith("/account"):  # type: ignore[union-attr]  # it is asked
        pass
    window.go(ToInterview(interview.interview_id))
    assert isinstance(window.page, InterviewScreen)
    return window.page


def test_a_damaged_database_is_not_opened_and_not_touched(office: Desktop) -> None:
    (database,) = office.folder.glob("*.db")
    whole = database.read_bytes()
    damaged = whole[:4096] + bytes(byte ^ 0xFF for byte in whole[4096:8192]) + whole[8192:]
    database.write_bytes(damaged)
    window = office.open()
    unlock(window)
    assert isinstance(window.page, Unlock)
    assert in_a_sentence(banner(window))
    assert database.read_bytes() == damaged
    assert window.page.name.text()
    database.write_bytes(whole)
    unlock(window)
    assert isinstance(window.page, DeskScreen)


def test_a_full_disk_keeps_the_answer_on_screen(qtbot: QtBot, small_disk: Path, content: Content) -> None:
    office = Desktop(qtbot, small_disk / "vault", content)
    screen = at_the_account(office)
    (window,) = office.windows
    pane = screen.pane
    assert pane is not None
    assert isinstance(pane.input, AreaInput)
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(bytes(4 * 1024 * 1024))
    put(pane.input.area.edit, "They took my passport. " * 2000)
    typed = pane.input.value()
    pane._answer()
    assert in_a_sentence(banner(window))
    assert screen.pane is pane
    assert pane.input.value() == typed
    ballast.unlink()
    pane._answer()
    assert screen.pane is not pane
    kept = screen.context.session.vault.interviews.answers(screen.talk.view.interview_id if screen.talk.view else "")
    assert next(each.value for each in kept if each.ref == pane.question.ref) == typed
    window.lock()


def test_a_damaged_receipt_changes_nothing(office: Desktop, tmp_path: Path) -> None:
    window = office.open()
    unlock(window)
    window.go(ToExport())
    screen = window.page
    assert isinstance(screen, ExportScreen)
    session, stick = screen.context.session, tmp_path / "stick"
    stick.mkdir()
    begun(session)
    screen.write(stick)
    sent = session.vault.exports.all()[0]
    key = sshsig.new_key()
    receipt = Receipt(session.vault.device_id, 1, sent.manifest_sha256, sent.records, session.clock())
    path = write_receipt(stick, receipt, partial(sshsig.sign, key.private))
    data = bytearray(path.read_bytes())
    data[data.index(sent.manifest_sha256.encode())] ^= 1
    path.write_bytes(data)
    screen.receipt.found.folders.choices.buttons[-1].click()
    screen.receipt.found.folders.typed.set_text(str(stick))
    screen.set_receipt_key(key.public)
    screen.receipt.button.click()
    assert in_a_sentence(banner(window))
    assert session.vault.exports.all()[0].received_at is None
    assert screen.receipt.found.path() == path
