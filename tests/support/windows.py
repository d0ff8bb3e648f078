"""A real window on a real vault that is cheap to unlock, with jobs run at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.sessions import door
from tests.support.speakers import Silent
from tests.support.vaults import NAME, PASSPHRASE, FakeClock
from victimid import i18n
from victimid.app.content import Content
from victimid.app.session import Door, Session
from victimid.ui.context import Entrance
from victimid.ui.idle import IdleWatch
from victimid.ui.jobs import InlineJobs, Jobs
from victimid.ui.look import dress
from victimid.ui.screen import Page, Screen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.sound import Sound
from victimid.ui.window import Window

P = TypeVar("P", bound=QWidget)


@dataclass
class Desktop:
    """Opens windows on one vault; ``clock`` is that of the vault and of the idle watch."""

    qtbot: QtBot
    folder: Path
    content: Content
    clock: FakeClock = field(default_factory=FakeClock)
    sound: Sound = field(default_factory=lambda: Sound(Silent()))
    remembered: list[str] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    way_in: Door | None = None

    def door(self) -> Door:
        """Return the way into the vault, one for all windows as in the program."""
        self.way_in = self.way_in or door(self.folder, self.clock, self.content)
        return self.way_in

    def open(
        self,
        language: str = "en",
        jobs: Jobs | None = None,
        make_door: Callable[[], Door] | None = None,
        words: i18n.Words | None = None,
    ) -> Window:
        """Open the window on whatever is in the folder."""
        words = words or i18n.load("victimid", language)
        entrance = Entrance(words, jobs or InlineJobs(), make_door or self.door, self.sound)
        window = Window(entrance, IdleWatch(5, self.clock, lambda: 0.0), self.remembered.append)
        dress(window, "light")
        self.qtbot.addWidget(window)
        self.windows.append(window)
        window.begin()
        with self.qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window


def unlock(window: Window, name: str = NAME, passphrase: str = PASSPHRASE) -> None:
    """Type name and passphrase and press Enter."""
    page = window.page
    assert isinstance(page, Unlock)
    page.name.set_text(name)
    QTest.keyClicks(page.passphrase.edit, passphrase)
    QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)


def banner(window: Window) -> str:
    """Return what the bar at the top of the page says."""
    assert isinstance(window.page, Page)
    return window.page.banner.text()


def session_of(window: Window) -> Session:
    """Return the session of the screen that is shown."""
    assert isinstance(window.page, Screen)
    return window.page.context.session


def page(window: Window, kind: type[P]) -> P:
    """Return the page that is shown, which is of this kind."""
    assert isinstance(window.page, kind), window.page
    return window.page
