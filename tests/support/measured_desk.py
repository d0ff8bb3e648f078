"""Opens the window on a vault in a process of its own and prints what the desk cost: ``measured_desk FOLDER``.

``shown`` is from the open vault to the first cases on the screen, ``complete`` to the counts above them;
``shown_cpu`` is what both threads worked until then.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import TYPE_CHECKING, Any, TypeVar, cast

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from tests.support.speakers import Silent
from tests.support.vaults import NAME, PASSPHRASE, TEST_COST, FakeClock
from victimid import i18n
from victimid.model.case_list import CaseFilter
from victimid.ui.context import Entrance
from victimid.ui.idle import IdleWatch
from victimid.ui.jobs import WorkerJobs
from victimid.ui.look import apply_look, dress
from victimid.ui.screen import Screen
from victimid.ui.sound import Sound
from victimid.ui.window import Window

if TYPE_CHECKING:  # the window loads these when it needs them, which is part of what is measured
    from victimid.app.session import Door, Session
    from victimid.ui.screens.desk import DeskScreen

WORDS = (
    "رئيس العمل", "护照", "板", "хозяин", "хоз", "pran paspò", "ma", "mar", "mari", "marip", "si", "sí", "w3x7",
    "w12x150", "nowhere", "te po", "patwon an", "拿走了", "جوازي", "vé",
)  # fmt: skip
PIECES = ("77", "RU09", "012", "RU-099", "nomatch", "9", "ZZ", "4321")
_MOST_S = 60.0
# Vaults for tests are cheap to unlock; in real ones the window has as long as this while the key is derived.
_DERIVING_S = 0.5

T = TypeVar("T")


class Opening:
    """The way into one vault, and when it was opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._door: Door | None = None
        self.began = self.opened = self.worked = 0.0

    def door(self) -> "Door":
        """Return the door, made on the worker as the program does it."""
        if self._door is None:
            from victimid.app.content import Content
            from victimid.app.session import Door

            opening = self

            class TimedDoor(Door):
                def unlock(self, name: str, passphrase: str) -> "Session":
                    sleep(_DERIVING_S)
                    opening.began = perf_counter()
                    session = super().unlock(name, passphrase)
                    opening.opened, opening.worked = perf_counter(), process_time()
                    return session

            clock = FakeClock()
            self._door = TimedDoor(self._folder, Content(), clock, TEST_COST, TEST_COST, clock.uptime)
        return self._door


class Painted(QObject):
    """Notes when something was painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        """Count."""
        self.count += event.type() is QEvent.Type.Paint
        return False


def main(folder: Path) -> None:
    """Print milliseconds and MiB as one JSON object."""
    app = QApplication([])
    apply_look(app, "light")
    jobs, opening = WorkerJobs(), Opening(folder)
    window = Window(Entrance(i18n.load("victimid", "en"), jobs, opening.door, Sound(Silent())), IdleWatch(60), print)
    dress(window, "light")
    window.show()
    window.begin()
    figures = _shown(app, jobs, window, opening)
    desk = cast("DeskScreen", window.page)
    figures |= _used(app, jobs, desk)
    figures["memory"] = _most_memory() / 1024
    figures["cases"] = desk.cases.table.rows.rowCount()
    window.lock()
    jobs.drain_and_stop()
    sys.stdout.write(json.dumps(figures))


def _shown(app: QApplication, jobs: WorkerJobs, window: Window, opening: Opening) -> dict[str, float]:
    """Unlock as an officer does, and wait for the first cases to be painted, then for the counts above them."""
    unlock: Any = _until(app, lambda: window.page)
    jobs.settle()
    app.processEvents()
    unlock.name.set_text(NAME)
    unlock.passphrase.set_text(PASSPHRASE)
    unlock.submit()
    desk: Any = _until(app, lambda: isinstance(window.page, Screen) and window.page)
    painted = Painted(desk.cases.table.viewport())
    _until(app, desk.cases.table.rows.rowCount)
    before = painted.count
    _until(app, lambda: painted.count > before)
    shown, worked = perf_counter(), process_time()
    _until(app, lambda: desk.counts.unfinished.number.text() != "–")
    app.processEvents()
    complete = perf_counter()
    return {
        "unlock": (opening.opened - opening.began) * 1000,
        "shown": (shown - opening.opened) * 1000,
        "shown_cpu": (worked - opening.worked) * 1000,
        "complete": (complete - opening.opened) * 1000,
    }


def _used(app: QApplication, jobs: WorkerJobs, desk: "DeskScreen") -> dict[str, float]:
    from victimid.app import searching
    from victimid.app.desk import Desk

    def timed(step: Callable[[], object]) -> float:
        began = perf_counter()
        step()
        jobs.settle()
        app.processEvents()
        return (perf_counter() - began) * 1000

    session = desk.context.session
    searches = [timed(partial(searching.find, session, words)) for words in WORDS * 5]
    return {
        "scroll": p99([timed(partial(_scroll, desk)) for _ in range(150)]),
        "filter": p99([timed(step) for step in _filters(desk) * 4]),
        "reference": p99([timed(partial(Desk(session).page, CaseFilter(piece))) for piece in PIECES * 10]),
        "search": p99(searches),
        "search_median": sorted(searches)[len(searches) // 2],
    }


def _until(app: QApplication, found: Callable[[], T]) -> T:
    """Let the window work until there is something, and return it."""
    ends = perf_counter() + _MOST_S
    while not (value := found()):
        if perf_counter() > ends:
            raise TimeoutError
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return value


def _most_memory() -> int:
    """Return the most KiB this process ever held; what ``getrusage`` says includes the process that began it."""
    return int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))[0])


def p99(taken: list[float]) -> float:
    """Return the figure that 99 of 100 stay below."""
    return sorted(taken)[max(len(taken) * 99 // 100 - 1, 0)]


def _scroll(desk: "DeskScreen") -> None:
    """Go to the end of what there is, and read on."""
    desk.cases.table.scrollToBottom()
    desk.cases.table.rows.fetchMore(desk.cases.table.rootIndex())


def _filters(desk: "DeskScreen") -> list[Callable[[], None]]:
    box, language = desk.cases.filters.shown.box, desk.cases.filters.language.box
    steps: list[Callable[[], None]] = []
    for chosen in (box, language):
        steps += [partial(chosen.setCurrentIndex, number) for number in (*range(chosen.count()), 0)]
    return steps


if __name__ == "__main__":
    main(Path(sys.argv[1]))
