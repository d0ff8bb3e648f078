"""Idle: locks by the clock on the wall, also after sleep, and swallows the touch that comes too late."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.vaults import FakeClock
from victimid.ui.idle import IdleWatch
from victimid.ui.touches import Touches


class Clocks:
    """The wall's clock and the machine's own, moved apart or together."""

    def __init__(self) -> None:
        self.wall = FakeClock()
        self.steady = 0.0

    def watch(self, minutes: int) -> IdleWatch:
        return IdleWatch(minutes, self.wall, lambda: self.steady)

    def move(self, seconds: float) -> None:
        self.wall.moment += timedelta(seconds=seconds)
        self.steady += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def expirations(watch: IdleWatch) -> list[int]:
    told: list[int] = []
    watch.expired.connect(lambda: told.append(1))
    watch.start()
    return told


def test_expires_once_when_the_time_is_up(clocks: Clocks) -> None:
    watch = clocks.watch(5)
    told = expirations(watch)
    clocks.move(299)
    assert not watch.check()
    clocks.move(1)
    assert watch.check()
    clocks.move(600)
    assert not watch.check()
    assert told == [1]


def test_keys_put_it_off(qtbot: QtBot, clocks: Clocks) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    watch = clocks.watch(5)
    Touches(watch, watch.touched)
    told = expirations(watch)
    for _ in range(4):
        clocks.move(200)
        QTest.keyClick(field, Qt.Key.Key_A)
        assert not watch.check()
    watch.stop()
    assert (field.text(), told) == ("aaaa", [])


def test_sleep_counts_and_the_first_key_after_it_is_swallowed(qtbot: QtBot, clocks: Clocks) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    watch = clocks.watch(5)
    Touches(watch, watch.touched)
    told = expirations(watch)
    clocks.wall.move(3600)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert (field.text(), told) == ("", [1])


def test_a_clock_set_back_does_not_keep_it_open(clocks: Clocks) -> None:
    watch = clocks.watch(5)
    told = expirations(watch)
    clocks.wall.move(-86400)
    clocks.steady += 301
    assert watch.check()
    assert told == [1]
