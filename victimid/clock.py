"""Time as values that are handed in, so that tests can hold them still."""

import ctypes
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
Seconds = Callable[[], float]


def now() -> datetime:
    """Return the current moment in UTC."""
    return datetime.now(UTC)


if sys.platform == "win32":

    def uptime() -> float:
        """Return the seconds since the machine started, sleep included; nobody can set this clock."""
        ticks = ctypes.windll.kernel32.GetTickCount64
        ticks.restype = ctypes.c_ulonglong
        return float(ticks()) / 1000

    def awake() -> float:
        """Return the seconds the machine was awake since it started."""
        hundreds = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(hundreds))
        return hundreds.value / 10_000_000

else:
    _WITH_SLEEP = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

    def uptime() -> float:
        """Return the seconds since the machine started, sleep included; nobody can set this clock."""
        return time.clock_gettime(_WITH_SLEEP)

    def awake() -> float:
        """Return the seconds the machine was awake since it started."""
        return time.clock_gettime(time.CLOCK_MONOTONIC)
