"""What Windows says of sleep, locked screens and log-off, through the messages of our window.

Written after the documentation of the Windows API and not tried on Windows yet; what decides is `means_away`,
which is tested everywhere.
"""

import ctypes
import sys
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QObject, Signal

_MESSAGE: Final = b"windows_generic_MSG"
_POWER, _SESSION = 0x0218, 0x02B1  # WM_POWERBROADCAST, WM_WTSSESSION_CHANGE
# Suspending, suspended without warning and now awake again; by somebody and by itself.
_POWER_EVENTS: Final = frozenset({0x04, 0x06, 0x07, 0x12})
# Console or remote disconnected (also by switching users), logged off, locked.
_SESSION_EVENTS: Final = frozenset({0x2, 0x4, 0x6, 0x7})


def means_away(message: int, event: int) -> bool:
    """Tell whether a window message says that the machine sleeps or its screen is locked."""
    return (message == _POWER and event in _POWER_EVENTS) or (message == _SESSION and event in _SESSION_EVENTS)


class _Message(ctypes.Structure):
    """The beginning of Windows' MSG."""

    _fields_ = (("window", ctypes.c_void_p), ("message", ctypes.c_uint), ("event", ctypes.c_size_t))


class WindowsWatch(QObject):
    """Emits ``away``; to be installed with `install` once the window has its handle."""

    away = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter = _Filter(self)

    def install(self, handle: int) -> bool:
        """Ask Windows to tell our window of locked screens; sleep is told to every window. False where it refuses."""
        if sys.platform != "win32":
            return False
        return bool(ctypes.windll.wtsapi32.WTSRegisterSessionNotification(ctypes.c_void_p(handle), 0))


class _Filter(QAbstractNativeEventFilter):
    """Looks at every message of the system, and lets all of them pass."""

    def __init__(self, watch: WindowsWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(  # noqa: N802 - overrides Qt
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Tell the watch."""
        if kind == _MESSAGE:
            found = _Message.from_address(int(message))
            if means_away(int(found.message), int(found.event)):
                self._watch.away.emit()
        return False, 0
