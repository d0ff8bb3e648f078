"""Pictures of backups: on the laptop, on a stick, on a new laptop that restores one, and of saving a damaged vault."""

from pathlib import Path

from camera import Camera, shown

from victimid.ui.destinations import ToBackups
from victimid.ui.screens.backups import BackupsScreen
from victimid.ui.screens.first_start import FirstStart
from victimid.ui.screens.restoring import Restoring
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.window import Window

_PAGE = 4096
_FIRST_RECORDS = 120


def backups(window: Window, camera: Camera, stick: Path) -> None:
    """Make backups, here and on a stick."""
    window.go(ToBackups())
    camera.take(window, "backups-none")
    page = shown(window, BackupsScreen)
    page.make()
    stick.mkdir()
    choose(page.elsewhere.folders, stick)
    page.write(stick)
    camera.take(window, "backups")


def restore(window: Window, camera: Camera, stick: Path, officer: str, passphrase: str) -> None:
    """Restore on a laptop that has no vault yet."""
    shown(window, FirstStart).restore.click()
    page = shown(window, Restoring)
    choose(page.source.folders, stick)
    page.secret.name.set_text(officer)
    page.secret.passphrase.set_text(passphrase)
    camera.take(window, "restoring")
    page.secret.restoring.click()
    camera.take(window, "restored")


def salvage(window: Window, camera: Camera, folder: Path, officer: str, passphrase: str) -> None:
    """Damage the vault, and save what can be read; the window is locked afterwards."""
    window.lock()
    damage(folder / "records.db")
    window.repair()
    page = shown(window, Restoring)
    page.source.offers.set_values([])
    page.secret.name.set_text(officer)
    page.secret.passphrase.set_text(passphrase)
    camera.take(window, "damaged")
    page.secret.salvaging.click()
    camera.take(window, "salvaged")
    page.salvaged.unlock.emit()


def choose(folders: FolderChooser, place: Path) -> None:
    """Type a folder."""
    folders.choices.buttons[-1].click()
    folders.typed.set_text(str(place))


def damage(database: Path) -> None:
    """Change a byte in some pages of a database."""
    content = bytearray(database.read_bytes())
    for start in range(_FIRST_RECORDS * _PAGE, len(content), 30 * _PAGE):
        content[start] ^= 1
    database.write_bytes(content)
