"""The page that restores or salvages a vault, and what it needs: a stick with a backup."""

import shutil
from pathlib import Path

from tests.support.sessions import begun, open_session
from tests.support.vaults import NAME, PASSPHRASE
from tests.support.windows import Desktop
from victimid.app import backing_up
from victimid.app.session import Session
from victimid.ui.screens.first_start import FirstStart
from victimid.ui.screens.restoring import Restoring
from victimid.ui.window import Window


def filled(desktop: Desktop) -> Session:
    """Make a vault with one case and return its session."""
    session = open_session(desktop.folder, desktop.clock, desktop.content)
    begun(session)
    return session


def page(window: Window) -> Restoring:
    """Return the page, which is on screen."""
    assert isinstance(window.page, Restoring), window.page
    return window.page


def from_the_first_start(window: Window, stick: Path) -> Restoring:
    """Go to the page on a new laptop and choose the stick there."""
    assert isinstance(window.page, FirstStart)
    window.page.restore.click()
    return with_a_stick(window, stick)


def with_a_stick(window: Window, stick: Path) -> Restoring:
    """Choose the stick on the page, which finds no backups on the laptop."""
    folders = page(window).source.folders
    folders.choices.buttons[-1].click()
    folders.typed.set_text(str(stick))
    return page(window)


def sign(found: Restoring, passphrase: str = PASSPHRASE) -> None:
    """Type name and passphrase."""
    found.secret.name.set_text(NAME)
    found.secret.passphrase.set_text(passphrase)


def backed_up(desktop: Desktop, folder: Path) -> Path:
    """Return a stick with the backup of a laptop that is gone, made while it had one case."""
    stick = folder / "stick"
    stick.mkdir()
    session = filled(desktop)
    backing_up.make(session, stick)
    session.lock()
    shutil.rmtree(desktop.folder)
    return stick
