"""What ends or suspends the program: signals, log-off, sleep noticed by real time, the window out of sight."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.sessions import open_session, reopen
from tests.support.vaults import FakeClock
from tests.support.windows import Desktop, unlock
from victimid.model.audit import Action
from victimid.ui.idle import IdleWatch
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.system_watch import SystemWatch, stays_here
from victimid.ui.system_windows import WindowsWatch, means_away
from victimid.ui.touches import Touches
from victimid.ui.window import Window

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.support.sessions import door
from tests.support.speakers import Silent
from tests.support.vaults import NAME, PASSPHRASE
from victimid import i18n
from victimid.ui.context import Entrance
from victimid.ui.idle import IdleWatch
from victimid.ui.jobs import WorkerJobs
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.sound import Sound
from victimid.ui.system_watch import SystemWatch, stays_here
from victimid.ui.window import Window

app, jobs, way_in = QApplication([]), WorkerJobs(), door(Path(sys.argv[1]))
window = Window(Entrance(i18n.load("victimid", "en"), jobs, lambda: way_in, Sound(Silent())), IdleWatch(5), print)
watch = SystemWatch(app, window)
window.begin()

def come_in():
    if isinstance(window.page, DeskScreen):
        look.stop()
        print("open", flush=True)
    elif hasattr(window.page, "submit") and window.page.button.isEnabled():
        window.page.name.set_text(NAME)
        window.page.passphrase.set_text(PASSPHRASE)
        window.page.submit()

look = QTimer()
look.timeout.connect(come_in)
look.start(20)
code = app.exec()
watch.close()
jobs.drain_and_stop()
sys.exit(code)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_an_order_to_end_locks_first_and_ends(desktop: Desktop, number: signal.Signals) -> None:
    open_session(desktop.folder).lock()
    command = [sys.executable, "-c", PROGRAM, str(desktop.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        program.send_signal(number)
        assert program.wait(20) == 0
    session = reopen(desktop.folder)
    assert [entry.action for entry in session.vault.audit.entries(3)] == [
        Action.UNLOCKED,
        Action.LOCKED,
        Action.UNLOCKED,
    ]
    session.lock()


@pytest.fixture
def watch(dressed: QApplication, window: Window) -> Iterator[SystemWatch]:
    made = SystemWatch(dressed, window)
    yield made
    made.close()


def test_log_off_locks_and_the_program_goes_on_if_it_is_called_off(window: Window, watch: SystemWatch) -> None:
    watch._log_off(None)  # type: ignore[arg-type]  # only the system can make a session manager
    assert isinstance(window.page, Unlock)
    unlock(window)
    assert isinstance(window.page, DeskScreen)


def test_sleep_is_noticed_by_real_time_and_the_touch_after_it_does_nothing(qtbot: QtBot) -> None:
    field, asleep = QLineEdit(), [0.0]
    qtbot.addWidget(field)
    watch = IdleWatch(5, FakeClock(), lambda: 0.0, lambda: asleep[0])
    Touches(watch, watch.touched)
    told: list[int] = []
    watch.expired.connect(lambda: told.append(1))
    asleep[0] = 7200.0
    watch.start()
    assert not watch.check()
    asleep[0] += 2.0
    assert not watch.check()
    asleep[0] += 5.0
    QTest.keyClick(field, Qt.Key.Key_A)
    assert (field.text(), told) == ("", [1])


@pytest.mark.parametrize("minutes", [1, 15])
def test_the_policy_says_how_long_the_program_waits(minutes: int) -> None:
    clock = FakeClock()
    watch = IdleWatch(5, clock, lambda: 0.0)
    watch.start(minutes)
    clock.move(minutes * 60 - 1)
    assert not watch.check()
    clock.move(2)
    assert watch.check()
    watch.stop()


def test_a_minute_out_of_sight_locks_also_if_no_timer_ran(window: Window, office: Desktop) -> None:
    window.showMinimized()
    QApplication.processEvents()
    office.clock.move(59)
    window.showNormal()
    QApplication.processEvents()
    assert isinstance(window.page, DeskScreen)
    window.showMinimized()
    QApplication.processEvents()
    office.clock.move(61)
    window.showNormal()
    QApplication.processEvents()
    assert isinstance(window.page, Unlock)


def test_a_minute_out_of_sight_locks_while_it_lasts(window: Window, office: Desktop) -> None:
    window.showMinimized()
    QApplication.processEvents()
    office.clock.move(61)
    assert window._idle.check()
    assert isinstance(window.page, Unlock)


WINDOWS = [
    (0x0218, 0x04, True),  # suspend
    (0x0218, 0x12, True),  # resumed by itself
    (0x0218, 0x0A, False),  # battery or mains
    (0x02B1, 0x07, True),  # session locked
    (0x02B1, 0x08, False),  # session unlocked
    (0x02B1, 0x02, True),  # another user at the console
    (0x000F, 0x04, False),  # a window is painted
]


@pytest.mark.parametrize(("message", "event", "away"), WINDOWS)
def test_windows_messages_that_lock(message: int, event: int, away: bool) -> None:
    import ctypes

    from victimid.ui.system_windows import _Message

    assert means_away(message, event) is away
    watch = WindowsWatch()
    heard: list[int] = []
    watch.away.connect(lambda: heard.append(1))
    told = _Message(None, message, event)
    assert watch.filter.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(told)) == (False, 0)
    assert watch.filter.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), 0) == (False, 0)
    assert heard == [1] * away


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("", True),
        ("unix:path=/run/user/1000/bus", True),
        ("unix:path=/a;unix:abstract=b", True),
        ("tcp:host=192.0.2.1,port=1", False),
        ("unix:path=/a;tcp:host=192.0.2.1", False),
        ("autolaunch:", False),
    ],
)
def test_a_message_bus_over_the_network_is_not_used(monkeypatch: pytest.MonkeyPatch, address: str, here: bool) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert stays_here("DBUS_SESSION_BUS_ADDRESS") is here
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert stays_here("DBUS_SESSION_BUS_ADDRESS")
