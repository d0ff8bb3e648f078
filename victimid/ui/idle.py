"""Locks after a time without anybody at the machine, by real time and not by ticks, so that sleep counts."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from victimid.clock import Clock, Seconds, awake, now, uptime

_CHECK_MS: Final = 1000
_SLEPT_SECONDS: Final = 3.0
_MINIMISED_SECONDS: Final = 60.0
_ACTIVITY: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


def slept() -> float:
    """Return how many seconds the machine has slept since it was started."""
    return uptime() - awake()


class IdleWatch(QObject):
    """Is told of every touch, and counts while started; emits ``expired`` once when the time is up.

    The time is up after ``minutes`` without a touch, a minute out of sight, and whenever the machine has slept. The
    first touch after that comes too late: it is swallowed, and ``expired`` is emitted instead.
    """

    expired = Signal()

    def __init__(
        self,
        minutes: int,
        clock: Clock = now,
        monotonic: Callable[[], float] = time.monotonic,
        slept: Seconds = slept,
    ) -> None:
        super().__init__()
        self._usual = self._limit = minutes * 60
        self._clock, self._monotonic, self._slept = clock, monotonic, slept
        self._seen = self._moment()
        self._minimised: tuple[float, float] | None = None
        self._slept_before = slept()
        self._running = False
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.check)

    def set_minutes(self, minutes: int) -> None:
        """Change the time without a touch, also while it is running."""
        self._limit = minutes * 60

    def start(self, minutes: int | None = None) -> None:
        """Begin to watch, from now, for the time given instead of the usual one."""
        self._limit = self._usual if minutes is None else minutes * 60
        self._seen, self._slept_before, self._minimised = self._moment(), self._slept(), None
        self._running = True
        self._timer.start()

    def stop(self) -> None:
        """Stop watching."""
        self._running = False
        self._timer.stop()

    def minimise(self, *, minimised: bool) -> None:
        """Take note that the window goes out of sight, or is back."""
        self.check()
        self._minimised = self._moment() if minimised else None

    def check(self) -> bool:
        """Expire if the time is up; tell whether it was."""
        if not self._running or not self._is_up():
            return False
        self.stop()
        self.expired.emit()
        return True

    def touched(self, event: QEvent) -> bool:
        """Note activity; take what comes after the time is up."""
        if event.type() not in _ACTIVITY:
            return False
        if self.check():
            return True
        self._seen = self._moment()
        return False

    def _is_up(self) -> bool:
        return (
            self._since(self._seen) >= self._limit
            or (self._minimised is not None and self._since(self._minimised) >= _MINIMISED_SECONDS)
            or self._slept() - self._slept_before >= _SLEPT_SECONDS
        )

    def _moment(self) -> tuple[float, float]:
        return self._clock().timestamp(), self._monotonic()

    def _since(self, moment: tuple[float, float]) -> float:
        """Return the longer of both clocks: one may sleep with the machine, the other may be set back."""
        return max(now - then for now, then in zip(self._moment(), moment, strict=True))
