"""Care beside the officer's work: the search index brought up to date, tidied or made again; the records anchored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from victimid.app.session import Session
    from victimid.errors import VictimIDError
    from victimid.ui.jobs import Jobs

_CALM_MS = 2000


class Indexing(QObject):
    """Takes one short step at a time, each a job of its own, so that nothing else waits long.

    ``progress`` tells how many of how many cases were taken in where the index is far behind; none of none where
    that stopped.
    """

    progress = Signal(int, int)

    def __init__(self, jobs: Jobs, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._session = jobs, session
        self._work: Iterator[tuple[int, int]] | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._step)
        jobs.run(lambda: _rebuilding(session), self._begin, self, self._stop)

    def _begin(self, work: Iterator[tuple[int, int]] | None) -> None:
        self._work = work
        self._next.start(_CALM_MS if work is None else 0)

    def _step(self) -> None:
        session, work = self._session, self._work
        if work is None:
            self._jobs.run(lambda: _tidy(session), self._begin, self, self._stop)
        else:
            self._jobs.run(lambda: _go_on(session, work), self._stepped, self, self._stop)

    def _stepped(self, progress: tuple[int, int] | None) -> None:
        if progress is None:
            self._work = None
        else:
            self.progress.emit(*progress)
        self._next.start(0)

    def _stop(self, error: VictimIDError) -> None:
        """Leave it until the next unlock: the vault was closed, or the disk is full, which the officer is told."""
        del error
        self._next.stop()
        self.progress.emit(0, 0)


def _rebuilding(session: Session) -> Iterator[tuple[int, int]] | None:
    from victimid.app import searching

    return searching.rebuilding(session)


def _tidy(session: Session) -> Iterator[tuple[int, int]] | None:
    from victimid.app import searching, upkeep

    upkeep.now_and_then(session)
    searching.tidy(session)
    return searching.rebuilding(session)


def _go_on(session: Session, work: Iterator[tuple[int, int]]) -> tuple[int, int] | None:
    from victimid.app import upkeep

    upkeep.now_and_then(session)
    return next(work, None)
