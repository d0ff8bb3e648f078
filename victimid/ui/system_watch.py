"""What the operating system says that has to lock the program: sleep, lid, locked screen, log-off, an order to end.

Where a system does not tell (no message bus, no such signal), the watch over idling still locks: it measures real time
and notices sleep by itself.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QSessionManager

from victimid.ui.window import Window

_ENDINGS: Final = ("SIGTERM", "SIGHUP", "SIGINT")


class SystemWatch(QObject):
    """Locks a window when the system says so, and has it locked before the program ends."""

    def __init__(self, app: QGuiApplication, window: Window) -> None:
        super().__init__(app)
        self._app, self._window = app, window
        self._ending: EndingSignals | None = None
        app.commitDataRequest.connect(self._log_off)
        if sys.platform == "win32":
            self._watch_windows()
        else:
            self._watch_bus()
            self._ending = EndingSignals(self._end, self)

    def close(self) -> None:
        """Give the signals back."""
        if self._ending is not None:
            self._ending.close()

    def _watch_bus(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        from victimid.ui.lid import LidWatch
        from victimid.ui.system_bus import BusWatch

        none = QDBusConnection("none")
        system = QDBusConnection.systemBus() if stays_here("DBUS_SYSTEM_BUS_ADDRESS") else none
        session = QDBusConnection.sessionBus() if stays_here("DBUS_SESSION_BUS_ADDRESS") else none
        self._bus = BusWatch(system, session, self)
        self._bus.away.connect(self._window.lock_and_wait)
        self._lid = LidWatch(system, self)
        self._lid.closed.connect(self._window.lock_and_wait)

    def _watch_windows(self) -> None:
        from victimid.ui.system_windows import WindowsWatch

        self._windows = WindowsWatch(self)
        self._windows.away.connect(self._window.lock_and_wait)
        self._app.installNativeEventFilter(self._windows.filter)
        self._windows.install(int(self._window.winId()))

    def _log_off(self, manager: QSessionManager) -> None:
        """Lock before the session ends; it may not end after all, so the program goes on."""
        del manager
        self._window.lock_and_wait()

    def _end(self) -> None:
        self._window.lock_and_wait()
        self._app.quit()


def stays_here(variable: str) -> bool:
    """Tell whether the message bus named by a variable of the environment is on this machine, which is usual."""
    addresses = filter(None, os.environ.get(variable, "").split(";"))
    return all(address.startswith("unix:") for address in addresses)


class EndingSignals(QObject):
    """Turns the signals that end a program into a call on the interface thread (POSIX)."""

    def __init__(self, ended: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended = ended
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._receive)
        self._wakeup_before = signal.set_wakeup_fd(self._writing)
        numbers = (signal.Signals[name] for name in _ENDINGS)
        # The handler does nothing: the byte that Python writes into the pipe wakes Qt up, which no handler could.
        self._before = {number: signal.signal(number, lambda *_: None) for number in numbers}

    def close(self) -> None:
        """Put back what was there before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        for descriptor in (self._reading, self._writing):
            os.close(descriptor)

    def _receive(self) -> None:
        received = os.read(self._reading, 64)
        if any(number in self._before for number in received):
            self._ended()
