"""A forgotten passphrase in the window: the request, its code, headquarters' answer; the same as a rehearsal."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.support.colleagues import enrol
from tests.support.sessions import HEADQUARTERS, reopen
from tests.support.vaults import NAME, PASSPHRASE, POST
from tests.support.windows import Desktop, banner, unlock
from victimid.app import recovering, vault_care
from victimid.app.session import VaultSetup
from victimid.crypto import age
from victimid.formats import isolated
from victimid.model.people import Role
from victimid.ui.destinations import ToDesk, ToExport, ToRecovery
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.export import ExportScreen
from victimid.ui.screens.forgotten import Forgotten
from victimid.ui.screens.recovery import RecoveryScreen
from victimid.ui.screens.recovery_cards import AnswerCard, AskCard
from victimid.ui.screens.unlock import Unlock
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.window import Window

NEW = "seven copper lanterns drifting"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(folders: FolderChooser, folder: Path) -> None:
    folders.choices.buttons[-1].click()
    folders.typed.set_text(str(folder))


def ask(card: AskCard, stick: Path, again: str = NEW) -> None:
    card.passphrase.first.set_text(NEW)
    card.passphrase.again.set_text(again)
    choose(card.folders, stick)
    click(card.button)


def answer(stick: Path, identity: age.AgeIdentity = HEADQUARTERS) -> None:
    """Answer the request on the stick, as headquarters does."""
    made = recovering.answer((stick / "request.txt").read_bytes(), 1, [identity.secret])
    (stick / "answer.age").write_bytes(made)


def take(card: AnswerCard, stick: Path, passphrase: str = NEW) -> None:
    choose(card.files.folders, stick)
    card.passphrase.set_text(passphrase)
    assert card.button.isEnabled()
    click(card.button)


def forgotten(window: Window) -> Forgotten:
    assert isinstance(window.page, Unlock)
    click(window.page.forgot)
    page = window.page
    assert isinstance(page, Forgotten)
    return page


def rehearsal(window: Window) -> RecoveryScreen:
    window.go(ToRecovery())
    assert isinstance(window.page, RecoveryScreen)
    return window.page


def test_the_officer_comes_in_with_the_answer_and_the_new_passphrase(office: Desktop, stick: Path) -> None:
    window = office.open()
    page = forgotten(window)
    page.ask.name.set_text(NAME)
    ask(page.ask, stick)
    assert page.code.isVisible()
    made = recovering.asked_in(recovering.read_request(stick / "request.txt"))
    assert page.code.code.text() == isolated(made.code)
    assert page.code.path.text() == str(stick / "request.txt")
    assert page.ask.passphrase.text() == ""
    answer(stick)
    later = office.open()  # days later, the laptop was switched off in between
    assert isinstance(later.page, Unlock)
    assert later.page.forgot.words() == "I have the answer of headquarters"
    back = forgotten(later)
    assert back.code.isHidden()  # it could be that of somebody else's request
    back.answer.name.set_text(NAME)
    take(back.answer, stick)
    assert isinstance(later.page, DeskScreen)
    later.lock()
    unlock(later)
    assert isinstance(later.page, Unlock)
    unlock(later, passphrase=NEW)
    assert isinstance(later.page, DeskScreen)


def test_an_answer_that_comes_too_late_is_refused_and_a_new_request_leads_in(office: Desktop, stick: Path) -> None:
    window = office.open()
    page = forgotten(window)
    page.ask.name.set_text(NAME)
    ask(page.ask, stick)
    answer(stick)
    office.clock.move(timedelta(days=91).total_seconds())
    take(page.answer, stick)
    assert banner(window).startswith("This answers a request that is more than 90 days old by the clock of this laptop")
    for file in stick.iterdir():
        file.unlink()
    click(page.anew)
    ask(page.ask, stick)
    answer(stick)
    take(page.answer, stick)
    assert isinstance(window.page, DeskScreen)


def test_what_is_missing_is_said_and_nothing_is_written(office: Desktop, stick: Path) -> None:
    page = forgotten(office.open())
    click(page.ask.button)
    assert page.ask.problem.text() == "Enter your name."
    page.ask.name.set_text(NAME)
    ask(page.ask, stick, again=NEW + "x")
    assert page.ask.problem.text() == "The two passphrases differ."
    page.ask.passphrase.again.set_text(NEW)
    page.ask.folders.typed.set_text(str(stick / "nowhere"))
    click(page.ask.button)
    assert page.ask.problem.text() == "Choose a folder that is there."
    assert list(stick.iterdir()) == []
    assert not office.door().awaits_answer()


def test_a_wrong_answer_is_said_in_a_sentence_and_the_old_passphrase_stays(office: Desktop, stick: Path) -> None:
    window = office.open()
    page = forgotten(window)
    page.ask.name.set_text(NAME)
    ask(page.ask, stick)
    (stick / "answer.age").write_bytes(b"not an answer")
    take(page.answer, stick)
    assert banner(window).startswith("This answer is damaged")
    answer(stick)
    take(page.answer, stick, passphrase="another one altogether")
    assert banner(window).startswith("Name and passphrase do not fit together.")
    click(page.back)
    unlock(window)
    assert isinstance(window.page, DeskScreen)


def test_a_request_that_somebody_else_makes_leaves_the_officers_answer_of_use(office: Desktop, stick: Path) -> None:
    window = office.open()
    page = forgotten(window)
    page.ask.name.set_text(NAME)
    ask(page.ask, stick)
    answer(stick)
    (stick / "request.txt").unlink()
    first = page.code.code.text()
    click(page.anew)
    page.ask.name.set_text("Somebody Else")
    ask(page.ask, stick)
    assert page.code.code.text() != first
    take(page.answer, stick)
    assert banner(window).startswith("This answer belongs to another request.")
    page.answer.name.set_text(NAME)
    take(page.answer, stick)
    assert isinstance(window.page, DeskScreen)


def test_without_a_key_of_headquarters_nothing_is_offered(desktop: Desktop, stick: Path) -> None:
    session = desktop.door().create(desktop_setup())
    session.lock()
    window = desktop.open()
    assert isinstance(window.page, Unlock)
    assert window.page.forgot.isHidden()
    unlock(window)
    assert isinstance(window.page, DeskScreen)
    assert window.page.reminder.isHidden()
    page = rehearsal(window)
    assert page.who.text() == "Nobody can recover this vault: it has no key of headquarters."
    assert page.asking.isHidden()
    assert list(stick.iterdir()) == []


def desktop_setup() -> VaultSetup:
    return VaultSetup(POST, NAME, PASSPHRASE)


def test_a_rehearsal_changes_nothing_but_its_date_and_ends_the_reminder(office: Desktop, stick: Path) -> None:
    window = office.open()
    unlock(window)
    assert isinstance(window.page, DeskScreen)
    assert window.page.reminder.isVisible()
    click(window.page.reminder.button)
    page = rehearsal(window)
    assert page.rehearsed.text() == "This was never rehearsed."
    assert page.asking.name.isHidden()
    ask(page.asking, stick)
    answer(stick)
    window.lock()
    unlock(window)
    page = rehearsal(window)
    assert page.code.isVisible()
    take(page.answer, stick)
    assert banner(window) == "The rehearsal is done: headquarters can recover this vault."
    assert page.rehearsed.text().startswith("Last rehearsed on ")
    window.go(ToDesk())
    assert isinstance(window.page, DeskScreen)
    assert window.page.reminder.isHidden()
    window.lock()
    unlock(window)
    assert isinstance(window.page, DeskScreen)


def test_two_persons_are_set_where_headquarters_key_is(office: Desktop) -> None:
    window, first, second = office.open(), age.new_identity(), age.new_identity()
    unlock(window)
    window.go(ToExport())
    assert isinstance(window.page, ExportScreen)
    click(window.page.recovery)
    page = window.page
    assert isinstance(page, RecoveryScreen)
    assert page.who.text() == "Headquarters can recover this vault with its key."
    page.pair.first.set_text(first.recipient)
    page.pair.second.set_text(second.recipient[:-1])
    click(page.add_pair)
    assert len(banner(window)) > 20
    assert page.pair.keys()[0] == first.recipient
    page.pair.second.set_text(second.recipient)
    click(page.add_pair)
    assert page.who.text() == "Two persons at headquarters can recover this vault together."
    assert page.pair.keys() == ("", "")
    assert "Older backups and copies" in banner(window)
    assert "victimid vault rekey" in banner(window)


def test_a_lost_key_of_headquarters_is_replaced(office: Desktop) -> None:
    window, fresh = office.open(), age.new_identity().recipient
    unlock(window)
    window.go(ToRecovery())
    page = window.page
    assert isinstance(page, RecoveryScreen)
    assert page.keys.buttons == {}
    page.keys.key.set_text("age1wrong")
    click(page.keys.button)
    assert len(banner(window)) > 20
    page.keys.key.set_text(fresh)
    click(page.keys.button)
    assert set(page.keys.buttons) == {(HEADQUARTERS.recipient,), (fresh,)}
    click(page.keys.buttons[HEADQUARTERS.recipient,])
    assert "Headquarters is told" in page.keys.question.text.text()
    click(page.keys.question.yes)
    vault = page.context.session.vault
    assert (vault.recovery_keys, page.keys.buttons) == ((fresh,), {})
    persons = [age.new_identity().recipient for _ in range(4)]
    for first, second in (persons[:2], persons[2:]):
        vault_care.add_recovery_pair(page.context.session, first, second)
    page.refresh()
    click(page.keys.buttons[persons[0], persons[1]])
    click(page.keys.question.yes)
    assert vault.keys.recovery_pairs == ((persons[2], persons[3]),)


def test_an_administrator_rehearses_and_sets_no_keys(office: Desktop) -> None:
    session = reopen(office.folder)
    enrol(session, "Nadia Sample", Role.ADMINISTRATOR, NEW)
    session.lock()
    window = office.open()
    unlock(window, "Nadia Sample", NEW)
    window.go(ToRecovery())
    page = window.page
    assert isinstance(page, RecoveryScreen)
    assert page.asking.isVisible()
    assert [part.isVisible() for part in (page.pair, page.add_pair, page.keys)] == [False] * 3


def test_an_officer_is_not_reminded_and_sets_no_keys(office: Desktop) -> None:
    session = reopen(office.folder)
    enrol(session, "Eva Sample", Role.OFFICER, NEW)
    session.lock()
    window = office.open()
    unlock(window, "Eva Sample", NEW)
    assert isinstance(window.page, DeskScreen)
    assert window.page.reminder.isHidden()
    page = rehearsal(window)
    assert page.asking.isVisible()
    assert page.pair.isHidden()
    assert page.add_pair.isHidden()
