"""Locks after a time without anybody at the machine, by the clock on the wall, so that sleep counts."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from victimid.clock import Clock, now

_CHECK_MS: Final = 1000
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


class IdleWatch(QObject):
    """Watches the whole application while started; emits ``expired`` once when the time is up.

    The first touch after a long sleep comes too late: it is swallowed, and ``expired`` is emitted instead.
    """

    expired = Signal()

    def __init__(
        self,
        minutes: int,
        clock: Clock = now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._limit = minutes * 60
        self._clock, self._monotonic = clock, monotonic
        self._seen = (clock(), monotonic())
        self._running = False
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.check)

    def set_minutes(self, minutes: int) -> None:
        """Change the time without a touch, also while it is running."""
        self._limit = minutes * 60

    def start(self) -> None:
        """Begin to watch, from now."""
        self._touch()
        self._running = True
        self._timer.start()
        self._application().installEventFilter(self)

    def stop(self) -> None:
        """Stop watching."""
        self._running = False
        self._timer.stop()
        self._application().removeEventFilter(self)

    def check(self) -> bool:
        """Expire if the time is up; tell whether it was."""
        if not self._running or self._seconds() < self._limit:
            return False
        self.stop()
        self.expired.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        """Note activity; swallow what comes after the time is up."""
        if event.type() not in _ACTIVITY:
            return super().eventFilter(watched, event)
        if self.check():
            return True
        self._touch()
        return super().eventFilter(watched, event)

    def _touch(self) -> None:
        self._seen = (self._clock(), self._monotonic())

    def _seconds(self) -> float:
        """Return the longer of both clocks: one may sleep with the machine, the other may be set back."""
        wall, steady = self._seen
        return max((self._clock() - wall).total_seconds(), self._monotonic() - steady)

    def _application(self) -> QCoreApplication:
        application = QCoreApplication.instance()
        assert application is not None  # noqa: S101 - a QObject with a timer lives in an application
        return application
