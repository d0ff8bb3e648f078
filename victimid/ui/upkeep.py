"""Upkeep of the vault on a thread of its own, so that neither the officer nor any other work waits for a backup."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from victimid.app.session import Session
    from victimid.errors import VictimIDError

_LONGEST_END_S = 10.0


class Upkeep(QObject):
    """Begins with every unlocking; locking the vault ends it. ``told`` carries what went wrong."""

    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._thread: threading.Thread | None = None

    def begin(self, session: Session) -> None:
        """Do what is due for a vault that was just opened."""
        self._thread = threading.Thread(target=self._keep, args=(session,), name="upkeep", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Wait for the end of what runs; the vault is locked by now."""
        if self._thread is not None:
            self._thread.join(_LONGEST_END_S)

    def _keep(self, session: Session) -> None:
        from victimid.app import upkeep

        upkeep.at_start(session, self._tell)

    def _tell(self, error: VictimIDError) -> None:
        self.told.emit(error)
