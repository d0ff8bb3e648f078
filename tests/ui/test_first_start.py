"""First start: leads through the steps, insists on what is needed, and makes a vault that opens again."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.support.sessions import HEADQUARTERS
from tests.support.windows import Desktop, banner, unlock
from victimid.model.people import Post, Role
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.first_start import FirstStart
from victimid.ui.window import Window

PHRASE = "seven blue kettles whistle"
POST = Post("Example Police", "Border unit", "Rumichaca", "Ecuador", "RU", "R-03")


def page(window: Window) -> FirstStart:
    shown = window.page
    assert isinstance(shown, FirstStart)
    return shown


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def fill_post(start: FirstStart) -> None:
    click(start.next)
    step = start.post_step
    for field, text in (
        (step.organisation, POST.organisation),
        (step.unit, POST.unit),
        (step.place, POST.place),
        (step.country, POST.country),
        (step.prefix, "ru"),
        (step.laptop, POST.laptop),
    ):
        QTest.keyClicks(field.edit, text)
    click(start.next)


def fill_officer(start: FirstStart, phrase: str = PHRASE, again: str = PHRASE) -> None:
    step = start.officer_step
    step.name.set_text("M. Andrade")
    step.passphrase.set_text(phrase)
    step.again.set_text(again)
    click(start.next)


def test_a_vault_is_made_and_opens_again(desktop: Desktop) -> None:
    window = desktop.open()
    start = page(window)
    fill_post(start)
    fill_officer(start)
    click(start.next)
    assert isinstance(window.page, DeskScreen)
    assert start.officer_step.passphrase.text() == start.officer_step.again.text() == ""
    window.lock()
    unlock(window, "M. Andrade", PHRASE)
    assert isinstance(window.page, DeskScreen)
    vault = window.page.context.session.vault
    assert (vault.post, vault.officer.name, vault.officer.role) == (POST, "M. Andrade", Role.SUPERVISOR)
    assert vault.recovery_keys == ()


def test_headquarters_key_is_checked_before_it_is_taken(desktop: Desktop) -> None:
    window = desktop.open()
    start = page(window)
    fill_post(start)
    fill_officer(start)
    step, key = start.headquarters_step, HEADQUARTERS.recipient
    step.key.set_text(key[:-1] + ("q" if key[-1] != "q" else "p"))
    click(start.next)
    assert banner(window) == "Check the key first, or leave the field empty."
    click(step.check)
    assert step.keys() == ()
    assert len(step.result.text()) > 20
    step.key.set_text(f"  {key}\n")
    click(step.check)
    assert step.result.text() == "The key is whole."
    click(start.next)
    assert isinstance(window.page, DeskScreen)
    assert window.page.context.session.vault.recovery_keys == (key,)


def test_a_weak_passphrase_is_not_taken(desktop: Desktop) -> None:
    window = desktop.open()
    start = page(window)
    fill_post(start)
    fill_officer(start, "Password123", "Password123")
    assert banner(window) == "This passphrase is too easy to guess. Add another word."
    assert start.officer_step.secret.strength.text() == "Too easy to guess"
    fill_officer(start, PHRASE, PHRASE + "x")
    assert banner(window) == "The two passphrases differ."
    assert start.officer_step.secret.strength.text() in {"Enough", "Good", "Very good"}
    assert start.step is start.officer_step
    assert not desktop.folder.exists()


def test_every_line_about_the_laptop_is_needed(desktop: Desktop) -> None:
    window = desktop.open()
    start = page(window)
    click(start.next)
    QTest.keyClicks(start.post_step.prefix.edit, "R2D")
    assert start.post_step.prefix.text() == "RD"
    click(start.next)
    assert banner(window) == "Fill in every line."
    start.post_step.prefix.set_text("R")
    click(start.next)
    assert banner(window) == "Enter two letters for the case references."


def test_going_back_keeps_what_was_entered(desktop: Desktop) -> None:
    start = page(desktop.open())
    fill_post(start)
    click(start.back)
    assert start.step is start.post_step
    assert start.post_step.post() == POST


def test_the_language_changes_at_once(desktop: Desktop) -> None:
    window = desktop.open()
    arabic = next(b for b in page(window).language_step.list.buttons if b.choice.value == "ar")
    click(arabic)
    assert page(window).words.language == "ar"
    assert page(window).language_step.list.value() == "ar"
    assert page(window).layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert desktop.remembered == ["ar"]
