"""The lid of a laptop that does not sleep when it is closed, on a message bus of our own."""

from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject
from pytestqt.qtbot import QtBot

from tests.support.windows import Desktop, unlock
from tests.ui.test_system_bus import LOGIN_PATH, bus, pytestmark, system
from victimid.ui.lid import LidWatch
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.unlock import Unlock

__all__ = ["bus", "pytestmark", "system"]


class Login(QDBusVirtualObject):
    """Answers like the system's session manager how the lid stands."""

    def __init__(self) -> None:
        super().__init__()
        self.lid: bool | None = False
        self.times = 0

    def introspect(self, path: str) -> str:
        """Say nothing of ourselves."""
        del path
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802 - overrides Qt
        """Say how the lid stands, or that there is no such thing."""
        assert message.arguments() == ["org.freedesktop.login1.Manager", "LidClosed"]
        self.times += 1
        if self.lid is None:
            connection.send(message.createErrorReply("org.freedesktop.DBus.Error.UnknownProperty", "none"))
        else:
            connection.send(message.createReply(QDBusVariant(self.lid)))
        return True


def test_a_closed_lid_locks_and_an_open_or_missing_one_does_not(
    qtbot: QtBot, office: Desktop, bus: str, system: QDBusConnection
) -> None:
    login = Login()
    system.registerVirtualObject(LOGIN_PATH, login)
    ours = QDBusConnection.connectToBus(bus, "ours")
    window = office.open()
    unlock(window)
    watch = LidWatch(ours)
    heard: list[str] = []
    watch.closed.connect(lambda: heard.append("closed"))
    watch.closed.connect(window.lock_and_wait)

    def standing(*, lid: bool | None) -> None:
        login.lid, before = lid, login.times
        watch.ask()
        qtbot.waitUntil(lambda: login.times > before and watch._asked is None)

    standing(lid=None)
    standing(lid=True)  # worked with the lid down from the beginning
    standing(lid=False)
    assert (heard, type(window.page)) == ([], DeskScreen)
    standing(lid=True)
    assert (heard, type(window.page)) == (["closed"], Unlock)
    standing(lid=True)
    assert heard == ["closed"]


def test_without_a_bus_nobody_is_asked(qtbot: QtBot) -> None:
    del qtbot
    assert not LidWatch(QDBusConnection("not connected"))._timer.isActive()
