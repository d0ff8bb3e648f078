"""Unlock: the right passphrase opens, wrong ones are counted and waited for, in words."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.support.locks import held_anywhere
from tests.support.vaults import NAME, PASSPHRASE
from tests.support.windows import Desktop, banner, unlock
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window


def page(window: Window) -> Unlock:
    shown = window.page
    assert isinstance(shown, Unlock)
    return shown


def test_name_and_passphrase_open_the_desk(office: Desktop) -> None:
    window = office.open()
    before = page(window)
    unlock(window)
    assert isinstance(window.page, DeskScreen)
    assert before.passphrase.text() == ""


def test_nothing_is_tried_without_a_name(office: Desktop) -> None:
    window = office.open()
    unlock(window, name="")
    assert page(window).note.text() == "Enter your name and your passphrase."
    assert page(window).passphrase.text() == PASSPHRASE


def test_a_wrong_passphrase_says_how_many_tries_are_left(office: Desktop) -> None:
    window = office.open()
    unlock(window, passphrase="wrong")
    assert page(window).note.text() == "Name and passphrase do not belong together. 2 tries left before a wait."
    assert page(window).passphrase.text() == ""
    unlock(window, passphrase="wrong again")
    assert page(window).note.text().endswith("1 try left before a wait.")
    unlock(window)
    assert isinstance(window.page, DeskScreen)


def test_the_third_wrong_try_starts_a_countdown(office: Desktop) -> None:
    window = office.open()
    for _ in range(3):
        unlock(window, passphrase="wrong")
    asked = page(window)
    assert asked.note.text() == "Too many wrong tries. Wait 5 seconds, then try again."
    assert not asked.button.isEnabled()
    asked.note._second.timeout.emit()
    assert asked.note.text() == "Too many wrong tries. Wait 4 seconds, then try again."
    for _ in range(4):
        asked.note._second.timeout.emit()
    assert asked.note.text() == "You can try again now."
    office.clock.move(5)
    unlock(window)
    assert isinstance(window.page, DeskScreen)


def test_closing_and_opening_the_program_does_not_shorten_the_wait(office: Desktop) -> None:
    first = office.open()
    for _ in range(3):
        unlock(first, passphrase="wrong")
    again = page(office.open())
    assert again.note.text() == "Too many wrong tries. Wait 5 seconds, then try again."
    again.name.set_text(NAME)
    QTest.keyClicks(again.passphrase.edit, PASSPHRASE)
    QTest.keyClick(again.passphrase.edit, Qt.Key.Key_Return)
    assert again.note.text() == "Too many wrong tries. Wait 5 seconds, then try again."


def test_a_damaged_vault_is_said_in_the_bar(office: Desktop) -> None:
    header = office.folder / "header.json"
    header.write_bytes(header.read_bytes()[:-20])
    window = office.open()
    unlock(window)
    assert isinstance(window.page, Unlock)
    assert len(banner(window)) > 20
    assert "keyfile." not in banner(window)


def test_the_language_is_chosen_by_its_own_name_and_remembered(office: Desktop) -> None:
    window = office.open()
    languages = page(window).languages.box
    names = [languages.itemText(index) for index in range(languages.count())]
    assert names == ["Español", "English", "Português", "Français", "Kreyòl ayisyen", "العربية"]
    languages.setCurrentIndex(names.index("العربية"))
    assert office.remembered == ["ar"]
    assert page(window).words.language == "ar"
    assert page(window).layoutDirection() is Qt.LayoutDirection.RightToLeft
    unlock(window)
    assert isinstance(window.page, DeskScreen)
    assert window.page.words.language == "ar"


def test_a_passphrase_that_was_typed_and_left_does_not_stay(office: Desktop) -> None:
    window = office.open()
    page = window.page
    assert isinstance(page, Unlock)
    QTest.keyClicks(page.passphrase.edit, "four quiet")
    office.clock.move(5 * 60)
    window._idle.check()
    assert window.page is not page
    assert isinstance(window.page, Unlock)
    assert "four quiet" not in " ".join(held_anywhere())
