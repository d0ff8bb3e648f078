"""Officers and passphrases, on screen and in a real vault."""

from PySide6.QtTest import QTest

from tests.support.colleagues import EVA, KEEPER, enrol
from tests.support.screens import texts
from tests.support.vaults import NAME, PASSPHRASE
from tests.support.windows import banner, page, session_of, unlock
from victimid.app import officers
from victimid.model.people import Role
from victimid.ui.destinations import (
    ToActions,
    ToDesk,
    ToExport,
    ToInterview,
    ToOfficers,
    ToPassphrase,
)
from victimid.ui.screens.actions import ActionsScreen
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.officers import OfficersScreen
from victimid.ui.screens.own_passphrase import OwnPassphraseScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.widgets.side_nav import NavButton
from victimid.ui.window import Window

NEW = "quiet herons crossing slowly northward"


def test_an_officer_is_enrolled_with_a_passphrase_shown_once(window: Window) -> None:
    window.go(ToOfficers())
    screen = page(window, OfficersScreen)
    screen.enrol.enrol.click()
    assert screen.enrol.problem.text() == "Enter the officer's name."
    QTest.keyClicks(screen.enrol.name.edit, EVA)
    screen.enrol.enrol.click()
    assert screen.enrol.problem.text() == "Choose a role."
    screen.enrol.roles.buttons[0].click()
    screen.enrol.enrol.click()
    first = screen.told.passphrase.text()
    assert first
    screen.told.done.click()
    assert first not in " ".join(texts(screen)) + screen.told.passphrase.text()
    window.lock()
    unlock(window, EVA, first)
    assert isinstance(window.page, OwnPassphraseScreen)


def test_a_given_passphrase_is_changed_before_anything_else_opens(window: Window) -> None:
    first = officers.one_time_passphrase()
    officers.enrol(session_of(window), EVA, first, Role.OFFICER)
    for _ in range(2):
        window.lock()
        unlock(window, EVA, first)
        for place in (ToDesk(), ToOfficers(), ToInterview("any"), ToExport()):
            window.go(place)
            assert isinstance(window.page, OwnPassphraseScreen)
    screen = page(window, OwnPassphraseScreen)
    assert not any(button.isVisible() for button in screen.findChildren(NavButton))
    assert "Somebody else gave you your passphrase. Choose your own to begin." in texts(screen)
    change_to(screen, first, first)
    assert banner(window).startswith("This is the passphrase until now.")
    change_to(screen, first, NEW)
    assert isinstance(window.page, DeskScreen)
    window.lock()
    unlock(window, EVA, NEW)
    assert isinstance(window.page, DeskScreen)


def change_to(screen: OwnPassphraseScreen, old: str, new: str) -> None:
    screen.old.set_text(old)
    for field in (screen.new.first, screen.new.again):
        field.set_text(new)
    screen.change.click()


def test_a_typed_first_passphrase_has_to_be_good(window: Window) -> None:
    window.go(ToOfficers())
    card = page(window, OfficersScreen).enrol
    card.name.set_text(EVA)
    card.roles.buttons[1].click()
    card.way.buttons[1].click()
    card.secret.first.set_text("password1")
    card.enrol.click()
    assert card.problem.text() == "This passphrase is too easy to guess. Add another word."
    card.secret.first.set_text(NEW)
    card.enrol.click()
    assert card.problem.text() == "The two passphrases differ."
    card.secret.again.set_text(NEW)
    card.enrol.click()
    eva = session_of(window).vault.officers.named(EVA)
    assert (eva.role, eva.passphrase_given) == (Role.SUPERVISOR, False)
    assert card.secret.first.text() == ""


def test_a_passphrase_that_a_lock_kept_from_being_told_is_drawn_again(window: Window) -> None:
    window.go(ToOfficers())
    card = page(window, OfficersScreen).enrol
    card.name.set_text(EVA)
    card.roles.buttons[0].click()
    card.enrol.click()
    window.lock()
    unlock(window)
    window.go(ToOfficers())
    screen = page(window, OfficersScreen)
    eva = session_of(window).vault.officers.named(EVA)
    assert not screen.told.isVisible()
    screen.list.drawing[eva.id].click()
    first = screen.told.passphrase.text()
    assert screen.told.isVisible()
    window.lock()
    unlock(window, EVA, first)
    assert isinstance(window.page, OwnPassphraseScreen)


def test_access_ends_after_a_question(window: Window) -> None:
    eva = enrol(session_of(window))
    window.go(ToOfficers())
    screen = page(window, OfficersScreen)
    assert list(screen.list.buttons) == [eva.id]
    screen.list.buttons[eva.id].click()
    assert EVA in screen.question.text.text()
    screen.question.no.click()
    assert session_of(window).vault.officers.get(eva.id).disabled_at is None
    screen.list.buttons[eva.id].click()
    assert not screen.question.yes.isEnabled()
    screen.question.reasons.buttons[0].click()
    screen.question.yes.click()
    assert screen.list.buttons == {}
    window.go(ToActions())
    told = page(window, ActionsScreen).table.rows.row(1).cells[1:]
    assert told == (NAME, "ended an officer's access", EVA, "The officer has left this unit")
    window.go(ToOfficers())
    screen = page(window, OfficersScreen)
    assert any(text.startswith("no access since") for text in texts(screen))
    window.lock()
    unlock(window, EVA)
    assert isinstance(window.page, Unlock)


def test_an_administrator_appoints_no_supervisor(window: Window) -> None:
    enrol(session_of(window), KEEPER, Role.ADMINISTRATOR)
    window.lock()
    unlock(window, KEEPER)
    screen = page(window, OfficersScreen)
    assert [button.choice.value for button in screen.enrol.roles.buttons] == ["officer", "administrator"]
    assert screen.list.buttons == {}


def test_the_own_passphrase_is_changed(window: Window) -> None:
    window.go(ToPassphrase())
    screen = page(window, OwnPassphraseScreen)
    screen.old.set_text("not this")
    for field in (screen.new.first, screen.new.again):
        field.set_text(NEW)
    screen.change.click()
    assert (bool(banner(window)), screen.old.text()) == (True, "")
    screen.old.set_text(PASSPHRASE)
    screen.change.click()
    assert banner(window) == "Your passphrase is changed. The old one opens nothing now."
    assert screen.new.text() == ""
    window.lock()
    unlock(window, NAME, NEW)
    assert isinstance(window.page, DeskScreen)
