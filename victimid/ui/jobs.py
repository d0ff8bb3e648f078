"""Work off the interface thread: one worker in order, results back as signals, callbacks that die with their owner."""

import itertools
import logging
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from victimid.errors import VictimIDError

_log = logging.getLogger(__name__)
_RETIRED, _YES = "retired", "yes"
_NOBODY: Final = -1
_LONGEST_SETTLING_S: Final = 4.0

T = TypeVar("T")
Failed = Callable[[VictimIDError], None]


@runtime_checkable
class Explains(Protocol):
    """An owner, or one of its parents, that can show an error by itself."""

    def explain(self, error: VictimIDError) -> None:
        """Show the sentence of an error."""


class Jobs(Protocol):
    """Runs use cases; every call on the session goes through here."""

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        owner: QObject,
        failed: Failed | None = None,
    ) -> None:
        """Run ``work``, then ``done`` with its result while ``owner`` lives.

        An error goes to ``failed``, or where none is given to the nearest ``explain`` of the owner and its parents.
        """

    def settle(self) -> None:
        """Wait until what was asked so far is done; only where the machine sleeps or the program ends."""


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    owner: QObject
    failed: Failed | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: Any
    error: VictimIDError | None


class InlineJobs:
    """Runs each job at once, on the calling thread: for tests and pictures."""

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        owner: QObject,
        failed: Failed | None = None,
    ) -> None:
        """Run work and report before returning."""
        _report(_Job(work, done, owner, failed), _carry_out(work))

    def settle(self) -> None:
        """Have nothing to wait for."""


class WorkerJobs(QObject):
    """Runs jobs one after the other on one thread, which thereby owns the database connection.

    ``pending`` tells how many jobs wait or run. Jobs are never dropped: what was asked before a lock is done
    before the lock. The worker is never the last to hold a job, because what a job holds may be a widget.
    """

    pending = Signal(int)
    _finished = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: queue.SimpleQueue[tuple[int, Callable[[], Any]] | None] = queue.SimpleQueue()
        self._jobs: dict[int, _Job] = {}
        self._numbers = itertools.count()
        self._finished.connect(self._receive)
        self._thread = threading.Thread(target=self._work, name="worker", daemon=True)
        self._thread.start()

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        owner: QObject,
        failed: Failed | None = None,
    ) -> None:
        """Queue a job; returns at once."""
        number = next(self._numbers)
        self._jobs[number] = _Job(work, done, owner, failed)
        self._waiting.put((number, work))
        self.pending.emit(len(self._jobs))

    def settle(self) -> None:
        """Wait until what is queued is done, but for no longer than a system waits before it sleeps."""
        reached = threading.Event()
        self._waiting.put((_NOBODY, reached.set))
        reached.wait(_LONGEST_SETTLING_S)

    def drain_and_stop(self) -> None:
        """Do everything that is queued, then end the thread; for the end of the program."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (taken := self._waiting.get()) is not None:
            number, work = taken
            outcome = _carry_out(work)
            del taken, work
            if number != _NOBODY:
                self._finished.emit(number, outcome)

    def _receive(self, number: int, outcome: _Outcome) -> None:
        job = self._jobs.pop(number)
        self.pending.emit(len(self._jobs))
        _report(job, outcome)


def retire(owner: QObject) -> None:
    """Let no callback reach an owner any more, and delete it when the event loop turns."""
    owner.setProperty(_RETIRED, _YES)
    owner.deleteLater()


def _upwards(owner: QObject) -> Iterator[QObject]:
    """Yield an owner, its parent, and so on."""
    found: QObject | None = owner
    while found is not None:
        yield found
        found = found.parent()


def _alive(owner: QObject) -> bool:
    return isValid(owner) and not any(each.property(_RETIRED) for each in _upwards(owner))


def _carry_out(work: Callable[[], Any]) -> _Outcome:
    try:
        return _Outcome(work(), None)
    except VictimIDError as error:  # a fresh one: the traceback of the first would hold what the job held
        return _Outcome(None, VictimIDError(error.code, **error.fields))
    except Exception:  # noqa: BLE001 - the edge of a job; the log names type and place, never values
        _log.exception("job failed")
        return _Outcome(None, VictimIDError("program.unexpected"))


def _report(job: _Job, outcome: _Outcome) -> None:
    if not _alive(job.owner):
        return
    if outcome.error is None:
        job.done(outcome.result)
    elif job.failed is not None:
        job.failed(outcome.error)
    elif explains := next((each for each in _upwards(job.owner) if isinstance(each, Explains)), None):
        explains.explain(outcome.error)
