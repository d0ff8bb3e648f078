"""The panic key: one movement of one hand, from everywhere, also with a list open."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

# Both keys lie at the edge under one hand; together they mean nothing to the fields and the systems we run on.
KEY_SHOWN: Final = "Shift Esc"
_PRESSES: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})


class PanicKey(QObject):
    """Watches the whole application; emits ``pressed`` and lets nothing else have the key."""

    pressed = Signal()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        """Notice the key before any field, list or button does."""
        if event.type() not in _PRESSES or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Escape or event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            self.pressed.emit()
        return True
