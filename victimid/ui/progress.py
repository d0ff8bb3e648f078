"""Between a long job and its screen: how far it is, and the wish to stop it."""

import threading

from PySide6.QtCore import QObject, Signal

from victimid.errors import VictimIDError


class Progress(QObject):
    """``moved`` carries how many of how many steps are done, to the thread of the screen."""

    moved = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stopped = threading.Event()
        self._told = (-1, -1)

    def report(self, done: int, total: int) -> None:
        """Tell, from within the job, how far it is; ``job.cancelled`` where it is to stop."""
        if self._stopped.is_set():
            raise VictimIDError("job.cancelled")
        if self._told != (done, total):
            self._told = (done, total)
            self.moved.emit(done, total)

    def stop(self) -> None:
        """Let the job end at its next step."""
        self._stopped.set()
