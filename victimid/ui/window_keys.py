"""The keys that hide, lock and panic: from everywhere, also with a list or a menu open, which takes all other keys."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent

HIDE_SHOWN: Final = "F9"
LOCK_SHOWN: Final = "Ctrl L"
# Both keys lie at the edge under one hand; together they mean nothing to the fields and the systems we run on.
PANIC_SHOWN: Final = "Shift Esc"
_PRESSES: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})


class WindowKeys(QObject):
    """Is shown every key first, and lets nothing else have its own."""

    hide = Signal()
    lock = Signal()
    panic = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._signals: Mapping[tuple[int, Qt.KeyboardModifier], SignalInstance] = {
            (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier): self.hide,
            (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier): self.lock,
            (Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier): self.panic,
        }

    def taken(self, event: QEvent) -> bool:
        """Notice a key before any field, list or button does."""
        if not isinstance(event, QKeyEvent) or event.type() not in _PRESSES:
            return False
        pressed = self._signals.get((event.key(), event.modifiers()))
        if pressed is None:
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            pressed.emit()
        return True
