"""What a Linux system says of sleep and locked screens, over its message bus."""

from typing import Final, cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

_LOGIN: Final = "org.freedesktop.login1"
_LOGIN_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = "org.freedesktop.login1.Manager"
# One name for each desktop that has its own screen lock.
_SCREEN_LOCKS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver",
                        "org.mate.ScreenSaver", "org.xfce.ScreenSaver")  # fmt: skip


class BusWatch(QObject):
    """Emits ``away`` before sleep and when the screen is locked; what handles it may take a few seconds before sleep.

    The system waits with going to sleep while somebody holds a delay, which is let go of once ``away`` was handled.
    """

    away = Signal()

    def __init__(self, system: QDBusConnection, session: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._system = system
        self._delay: QDBusUnixFileDescriptor | None = None
        self._asked: QDBusPendingCallWatcher | None = None
        sleep, lock = _slot("_sleep(bool)"), _slot("_lock()")
        heard = [
            system.connect(_LOGIN, _LOGIN_PATH, _MANAGER, "PrepareForSleep", self, sleep),
            system.connect(_LOGIN, _LOGIN_PATH, _MANAGER, "PrepareForShutdown", self, sleep),
            # Of whichever session: one lock too many does no harm.
            system.connect(_LOGIN, "", "org.freedesktop.login1.Session", "Lock", self, lock),
        ]
        saver = _slot("_saver(bool)")
        heard += [session.connect(name, "", name, "ActiveChanged", self, saver) for name in _SCREEN_LOCKS]
        self.available = any(heard)
        self._hold()

    @property
    def holds_sleep(self) -> bool:
        """Whether the system waits for us before it sleeps."""
        return self._delay is not None

    @Slot(bool)
    def _sleep(self, begins: bool) -> None:
        if not begins:
            self._hold()
            return
        self.away.emit()
        self._delay = None

    @Slot(bool)
    def _saver(self, active: bool) -> None:
        if active:
            self.away.emit()

    @Slot()
    def _lock(self) -> None:
        self.away.emit()

    def _hold(self) -> None:
        if not self._system.isConnected() or self._delay is not None:
            return
        call = QDBusMessage.createMethodCall(_LOGIN, _LOGIN_PATH, _MANAGER, "Inhibit")
        call.setArguments(["sleep", "Casework", "", "delay"])
        self._asked = QDBusPendingCallWatcher(self._system.asyncCall(call), self)
        self._asked.finished.connect(self._held)

    def _held(self) -> None:
        asked, self._asked = self._asked, None
        given = asked.reply().arguments() if asked is not None and not asked.isError() else []
        self._delay = next((each for each in given if isinstance(each, QDBusUnixFileDescriptor)), None)
        if asked is not None:
            asked.deleteLater()


def _slot(signature: str) -> bytes:
    """Return a slot's name as Qt wants it; the stub of `connect` says bytes, its code takes the text of `SLOT`."""
    return cast("bytes", SLOT(signature))
