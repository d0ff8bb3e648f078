"""Pictures of what concerns keys: rehearsal, forgotten passphrase, panic, and destroying the keys."""

from pathlib import Path

from camera import Camera, shown

from victimid import i18n
from victimid.ui.destinations import ToRecovery
from victimid.ui.screens.erasing import Erasing
from victimid.ui.screens.forgotten import Forgotten
from victimid.ui.screens.recovery import RecoveryScreen
from victimid.ui.screens.recovery_cards import AskCard
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window

OFFICER = "M. Andrade"


def recovery(window: Window, camera: Camera, passphrase: str, folder: Path) -> None:
    """Take a rehearsal with its code, and what an officer sees who forgot the passphrase."""
    window.go(ToRecovery())
    request(shown(window, RecoveryScreen).asking, passphrase, folder)
    camera.take(window, "rehearsal-code")
    window.lock()
    shown(window, Unlock).forgot.click()
    page = shown(window, Forgotten)
    camera.take(window, "forgotten")
    page.ask.name.set_text(OFFICER)
    (folder / "request.txt").unlink()
    request(page.ask, passphrase, folder)
    camera.take(window, "forgotten-code")
    page.back.click()
    unlock(window, passphrase)


def request(card: AskCard, passphrase: str, folder: Path) -> None:
    """Write a request to headquarters."""
    card.passphrase.first.set_text(passphrase)
    card.passphrase.again.set_text(passphrase)
    card.folders.choices.buttons[-1].click()
    card.folders.typed.set_text(str(folder))
    card.button.click()


def unlock(window: Window, passphrase: str) -> None:
    """Come in."""
    page = shown(window, Unlock)
    page.name.set_text(OFFICER)
    page.passphrase.set_text(passphrase)
    page.submit()


def emergency(window: Window, camera: Camera) -> None:
    """Take what the panic key leaves, and the page that destroys the keys."""
    window.panic()
    camera.take(window, "panic")
    window.show_screen()
    camera.take(window, "unlock-erasable")
    shown(window, Unlock).erase_asked.emit()
    camera.take(window, "erasing")
    page = shown(window, Erasing)
    page.typed.set_text(i18n.load("victimid", page.words.language).pgettext("typed to confirm", "DESTROY"))
    page.erase()
    camera.take(window, "erased")
