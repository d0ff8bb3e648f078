"""Every way in which a window is locked, and what is then left in its widgets."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.journey import texts_held
from tests.support.windows import Desktop
from victimid.ui.widgets.button import Button
from victimid.ui.window import Window

Lock = Callable[[Window, Desktop], None]


def by_button(window: Window, office: Desktop) -> None:
    del office
    QTest.mouseClick(next(b for b in window.findChildren(Button) if b.words() == "Lock"), Qt.MouseButton.LeftButton)


def by_key(window: Window, office: Desktop) -> None:
    del office
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def by_key_wherever_keys_go(window: Window, office: Desktop) -> None:
    """Press the key where the system delivers it: an open list or menu takes all keys."""
    del office
    taker = QApplication.activePopupWidget() or window
    QTest.keyClick(taker, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def by_idling(window: Window, office: Desktop) -> None:
    office.clock.move(timedelta(minutes=5).total_seconds())
    window._idle.check()


def by_panic(window: Window, office: Desktop) -> None:
    del office
    QTest.keyPress(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(window._curtain.button, Qt.MouseButton.LeftButton)


def by_the_system(window: Window, office: Desktop) -> None:
    del office
    window.lock_and_wait()


def held_anywhere() -> list[str]:
    """Return every text in any living widget, once what was given up is destroyed."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    return [text for widget in QApplication.allWidgets() for text in texts_held(widget) if text]
