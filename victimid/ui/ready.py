"""While a key is derived, the head and the desk are made, laid out and painted once, unseen: they then come at once.

Nothing of the vault is in them, it is still locked. What is not prepared is made when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from victimid.ui.head import Head
from victimid.ui.jobs import retire

if TYPE_CHECKING:  # the desk is loaded when it is first needed, so that the window opens quickly
    from PySide6.QtWidgets import QWidget

    from victimid.i18n import Words
    from victimid.ui.jobs import Jobs
    from victimid.ui.screens.desk import DeskScreen


class Ready:
    """Makes heads and desks for one window and one language, and hands out each of them once."""

    def __init__(self, words: Words, jobs: Jobs, window: QWidget) -> None:
        self._words, self._jobs, self._window = words, jobs, window
        self._head: Head | None = None
        self._desk: DeskScreen | None = None

    def prepare(self) -> None:
        """Have both ready in the window they will be shown in, so that they are styled only once."""
        if self._head is not None and self._desk is not None:
            return  # a passphrase was wrong, and another is tried
        self._head, self._desk = self.head(), self.desk()
        for part in (self._head, self._desk):
            part.setParent(self._window)
            part.hide()
        height = self._head.sizeHint().height()
        self._head.resize(self._window.width(), height)
        self._desk.resize(self._window.width(), self._window.height() - height)
        for part in (self._head, self._desk):
            part.grab()

    def head(self) -> Head:
        """Return a head that was not opened yet."""
        made, self._head = self._head or Head(self._words), None
        return made

    def desk(self) -> DeskScreen:
        """Return a desk that was not opened yet."""
        from victimid.ui.screens.desk import DeskScreen

        made, self._desk = self._desk or DeskScreen(self._words, self._jobs), None
        return made

    def discard(self) -> None:
        """Let go of what is ready."""
        for part in (self._head, self._desk):
            if part is not None:
                retire(part)
        self._head = self._desk = None
