"""Lists, menus and windows over the one window, which the lock and the curtain close."""

from PySide6.QtWidgets import QApplication, QWidget


def close_popups(window: QWidget) -> None:
    """Close every one of them; none is asked whether it agrees."""
    for part in window.findChildren(QWidget):
        if part.isWindow() and part.isVisible():
            part.hide()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
