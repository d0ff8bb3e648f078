"""Sleep and locked screens of a Linux system, on a message bus of our own with the system's names taken by the test."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject
from pytestqt.qtbot import QtBot

from tests.support.windows import Desktop, unlock
from victimid.ui.screens.unlock import Unlock
from victimid.ui.system_bus import BusWatch

LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs a message bus")


@pytest.fixture
def bus() -> Iterator[str]:
    """Run a message bus of our own and return its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        for name in ("ours", "system"):
            QDBusConnection.disconnectFromBus(name)
        daemon.terminate()


class Login(QDBusVirtualObject):
    """Answers like the system's session manager: whoever wants to be waited for gets one end of a pipe."""

    def __init__(self) -> None:
        super().__init__()
        self.reading, self._writing = os.pipe()
        os.set_blocking(self.reading, False)
        self.asked: list[list[str]] = []

    def introspect(self, path: str) -> str:
        """Say nothing of ourselves."""
        del path
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802 - overrides Qt
        """Give the pipe away."""
        self.asked.append(message.arguments())
        connection.send(message.createReply(QDBusUnixFileDescriptor(self._writing)))
        os.close(self._writing)
        return True

    def let_go(self) -> bool:
        """Tell whether nobody holds the other end any more."""
        try:
            return os.read(self.reading, 1) == b""
        except BlockingIOError:
            return False


@pytest.fixture
def system(bus: str) -> QDBusConnection:
    made = QDBusConnection.connectToBus(bus, "system")
    for name in (LOGIN, "org.gnome.ScreenSaver"):
        assert made.registerService(name)
    return made


def tell(system: QDBusConnection, path: str, interface: str, name: str, arguments: tuple[bool, ...]) -> None:
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(arguments))
    assert system.send(message)


def test_sleep_waits_until_the_window_is_locked(
    qtbot: QtBot, office: Desktop, bus: str, system: QDBusConnection
) -> None:
    login = Login()
    system.registerVirtualObject(LOGIN_PATH, login)
    ours = QDBusConnection.connectToBus(bus, "ours")
    window = office.open()
    unlock(window)
    watch = BusWatch(ours, ours)
    assert watch.available
    qtbot.waitUntil(lambda: watch.holds_sleep)
    assert login.asked == [["sleep", "Casework", "", "delay"]]
    locked_before_sleep: list[bool] = []

    def away() -> None:
        window.lock_and_wait()
        locked_before_sleep.append(not login.let_go())

    watch.away.connect(away)
    tell(system, LOGIN_PATH, MANAGER, "PrepareForSleep", (True,))
    qtbot.waitUntil(login.let_go)
    assert locked_before_sleep == [True]
    assert isinstance(window.page, Unlock)
    os.close(login.reading)


@pytest.mark.parametrize(
    ("path", "interface", "name", "arguments", "locks"),
    [
        (LOGIN_PATH, MANAGER, "PrepareForSleep", (True,), True),
        (LOGIN_PATH, MANAGER, "PrepareForSleep", (False,), False),
        (LOGIN_PATH, MANAGER, "PrepareForShutdown", (True,), True),
        (f"{LOGIN_PATH}/session/_32", "org.freedesktop.login1.Session", "Lock", (), True),
        (f"{LOGIN_PATH}/session/_32", "org.freedesktop.login1.Session", "Unlock", (), False),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", (True,), True),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", (False,), False),
    ],
)
def test_what_the_system_says_locks_or_does_not(
    qtbot: QtBot, bus: str, system: QDBusConnection, path: str, interface: str, name: str,
    arguments: tuple[bool, ...], locks: bool,
) -> None:  # fmt: skip
    ours = QDBusConnection.connectToBus(bus, "ours")
    watch = BusWatch(ours, ours)
    heard: list[str] = []
    watch.away.connect(lambda: heard.append("away"))
    tell(system, path, interface, name, arguments)
    # What comes after it on the same bus has it pass first.
    tell(system, LOGIN_PATH, MANAGER, "PrepareForShutdown", (True,))
    qtbot.waitUntil(lambda: len(heard) == 1 + locks)


def test_without_a_bus_nothing_breaks() -> None:
    nowhere = QDBusConnection("not connected")
    watch = BusWatch(nowhere, nowhere)
    assert not watch.available
    assert not watch.holds_sleep
