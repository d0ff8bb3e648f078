"""Shows every key, click and touch of the program, wherever it goes, to those who must see it first."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QInputEvent, QInputMethodEvent

_TOUCHES: Final = (QInputEvent, QInputMethodEvent)


class Touches(QObject):
    """Asks each taker in turn, as long as the parent lives; what one of them takes goes nowhere else.

    One watches for all: every event of the program comes by here, of which making a screen has thousands.
    """

    def __init__(self, parent: QObject, *takers: Callable[[QEvent], bool]) -> None:
        super().__init__(parent)
        self._takers = takers
        application = QCoreApplication.instance()
        assert application is not None  # noqa: S101 - what is touched lives in an application
        application.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        """Tell whether somebody takes the event."""
        # Its class is asked first: to ask for its type costs ten times as much.
        return isinstance(event, _TOUCHES) and any(take(event) for take in self._takers)
