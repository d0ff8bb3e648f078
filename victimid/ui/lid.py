"""The lid of a laptop, which need not send it to sleep: asked for every second, because not every system tells."""

from typing import Final, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

_EVERY_MS: Final = 1000
_ASKED: Final = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.DBus.Properties", "Get")
_PROPERTY: Final = ["org.freedesktop.login1.Manager", "LidClosed"]


class LidWatch(QObject):
    """Emits ``closed`` when the lid goes down; silent on a machine that has none or does not say.

    Who works with the lid down, at a screen of its own, is left alone.
    """

    closed = Signal()

    def __init__(self, system: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._system = system
        self._down = True
        self._asked: QDBusPendingCallWatcher | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.ask)
        if system.isConnected():
            self._timer.start()

    def ask(self) -> None:
        """Ask how the lid stands, unless the answer before is still awaited."""
        if self._asked is None:
            call = QDBusMessage.createMethodCall(*_ASKED)
            call.setArguments(_PROPERTY)
            self._asked = QDBusPendingCallWatcher(self._system.asyncCall(call), self)
            self._asked.finished.connect(self._answered)

    def _answered(self) -> None:
        asked, self._asked = self._asked, None
        given = asked.reply().arguments() if asked is not None and not asked.isError() else []
        if asked is not None:
            asked.deleteLater()
        for answer in given:
            before, self._down = self._down, bool(cast("QDBusVariant", answer).variant())
            if self._down and not before:
                self.closed.emit()
