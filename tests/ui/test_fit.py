"""Nothing is clipped, nothing overlaps, nothing leaves the window: every screen, six languages, two sizes."""

import itertools
from gettext import NullTranslations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support.colleagues import KEEPER, as_officer
from tests.support.packs import a_form, content_of, directory, keeper, packed
from tests.support.places import everywhere
from tests.support.sessions import begun, screened
from tests.support.vaults import NAME, PASSPHRASE
from tests.support.windows import Desktop, page, session_of, unlock
from victimid import i18n
from victimid.app import content_packs
from victimid.app.session import Session
from victimid.ui.destinations import ToContent
from victimid.ui.look import dress
from victimid.ui.screen import Screen
from victimid.ui.screens.content import ContentScreen
from victimid.ui.screens.erasing import Erasing
from victimid.ui.screens.first_start import FirstStart
from victimid.ui.screens.forgotten import Forgotten
from victimid.ui.screens.restoring import Restoring
from victimid.ui.screens.unlock import Unlock
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import NamePill
from victimid.ui.widgets.text import set_window_direction
from victimid.ui.window import Window

SIZES = (QSize(1280, 800), QSize(1024, 640))
LANGUAGES = ("en", "es", "pt", "fr", "ht", "ar")
ONE_LINE = (QAbstractButton, QLineEdit, QComboBox)
PARTS = (QLabel, QPlainTextEdit, *ONE_LINE)


def clipped(label: QLabel) -> bool:
    if isinstance(label, NamePill):
        return False
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    return label.sizeHint().width() > label.width() + 1


def least(part: QWidget) -> int:
    return part.minimumHeight() or part.minimumSizeHint().height()


def across(part: QWidget, window: QWidget) -> QRect:
    """Return where a part lies from side to side; downwards it may be scrolled away."""
    return QRect(part.mapTo(window, QPoint()).x(), 0, part.width(), 1)


def name(part: QWidget) -> str:
    return part.accessibleName() or str(part)


def faults(window: Window) -> list[str]:
    """Return what is clipped, outside or on top of something else, by its text."""
    parts = [p for kind in PARTS for p in window.findChildren(kind) if p.isVisible()]
    found = [f"clipped: {p.text()!r}" for p in parts if isinstance(p, QLabel) and clipped(p)]
    found += [f"squeezed: {name(p)}" for p in parts if isinstance(p, ONE_LINE) and p.height() < least(p)]
    found += [f"outside: {name(p)}" for p in parts if not window.rect().contains(across(p, window))]
    found += [
        f"overlap: {name(one)} / {name(other)}"
        for one, other in itertools.combinations(parts, 2)
        if one.parent() is other.parent() and one.geometry().intersects(other.geometry())
    ]
    return found


def examine(window: Window, screen: str) -> list[str]:
    found = []
    for size in SIZES:
        window.resize(size)
        for _ in range(3):
            QApplication.processEvents()
        found += [f"{screen} {size.width()}: {fault}" for fault in faults(window)]
    return found


def direct(language: str) -> None:
    set_window_direction(right_to_left=i18n.language(language).right_to_left)


def before_the_lock(window: Window, folder: Path) -> list[str]:
    """Examine what the locked screen leads to, with a request written, and come back."""
    assert isinstance(window.page, Unlock)
    window.page.erase_asked.emit()
    found = examine(window, "erasing")
    assert isinstance(window.page, Erasing)
    window.page.left.emit()
    assert isinstance(window.page, Unlock)
    window.page.forgot.click()
    found += examine(window, "forgotten")
    page = window.page
    assert isinstance(page, Forgotten)
    page.ask_headquarters(NAME, "seven copper lanterns drifting", folder)
    found += examine(window, "forgotten, asked")
    page.left.emit()
    assert isinstance(window.page, Unlock)
    return found + repairing(window)


def repairing(window: Window) -> list[str]:
    """Examine what helps a damaged vault, with the result of a salvage, and come back."""
    assert isinstance(window.page, Unlock)
    window.page.repair.show()
    found = examine(window, "unlock, damaged")
    window.page.repair.click()
    assert isinstance(window.page, Restoring)
    found += examine(window, "damaged")
    window.page.salvage(NAME, PASSPHRASE)
    assert window.page.salvaged.isVisible()
    found += examine(window, "salvaged")
    window.page.salvaged.button.click()
    return found


def install(session: Session, folder: Path) -> None:
    """Let an administrator install forms and services of headquarters; the same officer goes on."""
    officer = session.vault.officer
    services = directory(**{f"point_{number}": f"Help point {number}" for number in range(1, 31)})
    path = packed(folder / "first", 1, content_of([a_form(folder), a_form(folder, "market")], services))
    content_packs.install(keeper(session), path)
    as_officer(session, officer)


def all_places(window: Window, case_ref: str, interview_id: str) -> list[str]:
    found = []
    for destination in everywhere(case_ref, interview_id):
        window.go(destination)
        found += examine(window, type(destination).__name__)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_start_fits(desktop: Desktop, language: str) -> None:
    direct(language)
    window = desktop.open(language)
    start = window.page
    assert isinstance(start, FirstStart)
    found = []
    for number in range(len(start.steps)):
        start.show_step(number)
        found += examine(window, f"step {number}")
    start.restore.click()
    assert isinstance(window.page, Restoring)
    found += examine(window, "restoring")
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits(office: Desktop, tmp_path: Path, language: str) -> None:
    direct(language)
    window = office.open(language)
    unlock(window, passphrase="wrong")
    found = examine(window, "unlock")
    found += before_the_lock(window, tmp_path)
    unlock(window)
    assert isinstance(window.page, Screen)
    session = window.page.context.session
    install(session, tmp_path)
    found += all_places(window, screened(session, language), begun(session, officer=language).interview_id)
    window.hide_screen()
    found += examine(window, "curtain")
    assert found == []


def stretched(text: str) -> str:
    return f"{text} {'lorem ipsum dolor ' * 9}"[: max(len(text) + 3, int(len(text) * 1.4))]


class LongWords(i18n.Words):
    """A language two fifths longer than English, as some of ours are."""

    def __init__(self) -> None:
        super().__init__("en", NullTranslations())

    def gettext(self, message: str, /, **fields: i18n.Field) -> str:
        return stretched(super().gettext(message, **fields))

    def pgettext(self, context: str, message: str, /, **fields: i18n.Field) -> str:
        return stretched(super().pgettext(context, message, **fields))

    def ngettext(self, singular: str, plural: str, count: int, /, **fields: i18n.Field) -> str:
        return stretched(super().ngettext(singular, plural, count, **fields))


def test_a_long_language_fits_before_the_lock(desktop: Desktop) -> None:
    window = desktop.open(words=LongWords())
    start = window.page
    assert isinstance(start, FirstStart)
    found = []
    for number in range(len(start.steps)):
        start.show_step(number)
        found += examine(window, f"step {number}")
    assert found == []


def test_a_long_language_fits_in_the_office(office: Desktop, tmp_path: Path) -> None:
    window = office.open(words=LongWords())
    unlock(window, passphrase="wrong")
    found = examine(window, "unlock")
    found += before_the_lock(window, tmp_path)
    unlock(window)
    assert isinstance(window.page, Screen)
    session = window.page.context.session
    install(session, tmp_path)
    found += all_places(window, screened(session), begun(session).interview_id)
    assert found == []


@pytest.mark.parametrize("words", [i18n.load("victimid", "ar"), LongWords()], ids=["ar", "long"])
def test_a_checked_content_pack_fits(office: Desktop, tmp_path: Path, words: i18n.Words) -> None:
    direct(words.language)
    window = office.open(words=words)
    unlock(window)
    session = session_of(window)
    install(session, tmp_path)
    window.lock()
    unlock(window, KEEPER)
    window.go(ToContent())
    screen = page(window, ContentScreen)
    screen.check(packed(tmp_path / "second", 2, content_of([a_form(tmp_path, version="2")], "")))
    assert screen.pack.checked.isVisible()
    assert examine(window, "checked pack") == []


def test_words_wrap_on_a_button_in_a_narrow_column(qtbot: QtBot) -> None:
    column, words = QWidget(), "Stop the interview and go back to the desk"
    button = Button(words, "danger", wrap=True)
    rows = QVBoxLayout(column)
    rows.addWidget(button)
    rows.addStretch(1)
    column.setFixedSize(200, 300)
    dress(column, "light")
    qtbot.addWidget(column)
    column.show()
    qtbot.waitUntil(lambda: button.height() > button.minimumHeight())
    said = next(part for part in button.findChildren(QLabel) if part.text() == words)
    assert not clipped(said)
    assert button.height() > 2 * said.fontMetrics().height()
