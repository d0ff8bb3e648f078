"""Jobs: in order, off the interface thread, and with callbacks that die with their owner."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from victimid.errors import VictimIDError
from victimid.ui.jobs import InlineJobs, Jobs, WorkerJobs, retire


class Owner(QObject):
    """Notes what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def explain(self, error: VictimIDError) -> None:
        self.told.append(error.code)


@pytest.fixture(params=["inline", "worker"])
def any_jobs(request: pytest.FixtureRequest) -> Iterator[Jobs]:
    if request.param == "inline":
        yield InlineJobs()
        return
    jobs = WorkerJobs()
    yield jobs
    jobs.drain_and_stop()


def fail(error: Exception) -> None:
    raise error


def test_results_come_back_in_order(qtbot: QtBot, any_jobs: Jobs) -> None:
    owner, results = QObject(), list[int]()
    for number in range(20):
        any_jobs.run(lambda n=number: n, results.append, owner)  # type: ignore[misc]  # mypy cannot infer the default
    qtbot.waitUntil(lambda: results == list(range(20)))


def test_work_is_done_on_one_other_thread_and_reported_on_this_one(qtbot: QtBot, worker: WorkerJobs) -> None:
    owner, threads, reported = QObject(), list[int](), list[int]()

    def report(thread: int) -> None:
        threads.append(thread)
        reported.append(threading.get_ident())

    for _ in range(3):
        worker.run(threading.get_ident, report, owner)
    qtbot.waitUntil(lambda: len(reported) == 3)
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()
    assert set(reported) == {threading.get_ident()}


def test_an_error_goes_to_its_handler_or_to_the_owner_or_to_what_that_lies_on(qtbot: QtBot, any_jobs: Jobs) -> None:
    page, owner, caught = Owner(), Owner(), list[str]()
    owner.setParent(page)
    part = QObject(QObject(page))
    error = VictimIDError("case.unknown")
    any_jobs.run(lambda: fail(error), print, owner, lambda e: caught.append(e.code))
    any_jobs.run(lambda: fail(error), print, owner)
    any_jobs.run(lambda: fail(error), print, part)
    any_jobs.run(lambda: fail(error), print, QObject(part.parent()))
    qtbot.waitUntil(lambda: len(page.told) == 2)
    assert (caught, owner.told, page.told) == (["case.unknown"], ["case.unknown"], ["case.unknown"] * 2)


def test_the_unexpected_is_said_and_logged_as_such(
    qtbot: QtBot, any_jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    owner = Owner()
    with caplog.at_level(logging.ERROR):
        any_jobs.run(lambda: fail(RuntimeError("typed by a person")), print, owner)
        qtbot.waitUntil(lambda: owner.told == ["program.unexpected"])
    assert [record.getMessage() for record in caplog.records] == ["job failed"]
    caplog.clear()


def test_work_goes_on_but_nobody_is_told_when_the_owner_is_gone(qtbot: QtBot, worker: WorkerJobs) -> None:
    gone, retired, here = QWidget(), QWidget(), QObject()
    part = QWidget(retired)
    stored: list[str] = []
    told: list[str] = []
    hold = threading.Event()
    worker.run(hold.wait, lambda _: None, here)
    for owner in (gone, retired, part):
        worker.run(lambda: stored.append("draft"), lambda _: told.append("dead owner"), owner)
    worker.run(lambda: None, lambda _: told.append("end"), here)
    gone.deleteLater()
    retire(retired)
    hold.set()
    qtbot.waitUntil(lambda: "end" in told)
    assert (stored, told) == (["draft"] * 3, ["end"])


def test_stopping_does_everything_first() -> None:
    jobs, owner, stored = WorkerJobs(), QObject(), list[int]()
    for number in range(50):
        jobs.run(lambda n=number: stored.append(n), lambda _: None, owner)  # type: ignore[misc]  # as above
    jobs.drain_and_stop()
    assert stored == list(range(50))


def test_pending_counts_up_and_down(qtbot: QtBot, worker: WorkerJobs) -> None:
    counts: list[int] = []
    worker.pending.connect(counts.append)
    owner = QObject()
    worker.run(lambda: None, lambda _: None, owner)
    worker.run(lambda: None, lambda _: None, owner)
    qtbot.waitUntil(lambda: len(counts) == 4)
    assert counts == [1, 2, 1, 0]


def test_thousands_of_signals_do_not_end_the_program() -> None:
    """PySide6 6.12.0 gives away a reference to True with each signal, until the interpreter aborts."""
    script = """
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Sender(QObject):
    sent = Signal()

application = QCoreApplication([])
sender = Sender()
for _ in range(20000):
    sender.sent.emit()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_widgets_are_never_collected_on_the_worker() -> None:
    """A collection on another thread would destroy widgets there: without our collector this hangs or crashes."""
    script = """
import threading
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from victimid.ui.collecting import Collector, collect

application = QApplication([])
collector = Collector(application)
here, destroyed = threading.get_ident(), []

class Cycle(QWidget):
    def __init__(self):
        super().__init__()
        self.me, self.part = self, QLabel("part", self)
        self.destroyed.connect(lambda: destroyed.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)

for _ in range(50):
    Cycle()
worker = threading.Thread(target=lambda: [[] for _ in range(100_000)])
worker.start()
worker.join()
assert destroyed == [], "destroyed on the worker"
more = [[] for _ in range(20_000)]
collect()
assert destroyed == [here] * 50, destroyed
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_settling_waits_for_what_was_asked_and_the_jobs_go_on(qtbot: QtBot, any_jobs: Jobs) -> None:
    owner, done, reported = QObject(), list[int](), list[None]()
    for number in range(20):
        any_jobs.run(partial(done.append, number), reported.append, owner)
    any_jobs.settle()
    assert done == list(range(20))
    any_jobs.run(partial(done.append, 20), reported.append, owner)
    qtbot.waitUntil(lambda: len(reported) == 21)
    assert done == list(range(21))
