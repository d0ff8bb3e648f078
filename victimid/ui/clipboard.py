"""The clipboard: emptied on locking if what it holds came from this program."""

import hmac
import secrets
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

_MODES: Final = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection, QClipboard.Mode.FindBuffer)


class ClipboardWatch(QObject):
    """Knows what was copied from our fields, also where the system does not say whose the clipboard is."""

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._key = secrets.token_bytes(32)
        self._ours: dict[QClipboard.Mode, bytes] = {}
        clipboard.changed.connect(self._note)

    def empty_if_ours(self) -> None:
        """Leave nothing of ours to paste; what another program put there stays."""
        for mode in _MODES:
            if self._is_ours(mode):
                self._clipboard.clear(mode)
        self._ours.clear()

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        owns = {
            QClipboard.Mode.Clipboard: self._clipboard.ownsClipboard,
            QClipboard.Mode.Selection: self._clipboard.ownsSelection,
            QClipboard.Mode.FindBuffer: self._clipboard.ownsFindBuffer,
        }
        return owns[mode]() or (mode in self._ours and self._digest(self._clipboard.text(mode)) == self._ours[mode])

    def _note(self, mode: QClipboard.Mode) -> None:
        text = self._clipboard.text(mode)
        if text and text == _selected():
            self._ours[mode] = self._digest(text)
        else:
            self._ours.pop(mode, None)

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), "sha256")


def _selected() -> str:
    """Return what is selected in the field that has the cursor."""
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit):
        return field.selectedText()
    if isinstance(field, QPlainTextEdit):
        return field.textCursor().selection().toPlainText()
    return ""
