"""Walks through the real program as an officer would: ``python -m tests.support.walk VAULT PASSPHRASE MARKER``."""

import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from victimid.paths import places
from victimid.ui.app import run
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.first_start import FirstStart
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window

_STEP_MS, _PATIENCE = 20, 1500


def steps(window: Window, passphrase: str, marker: str) -> Iterator[type]:
    """Act, and yield the kind of page that has to appear before the next step."""
    yield FirstStart
    start = window.page
    assert isinstance(start, FirstStart)
    post, officer = start.post_step, start.officer_step
    for field in (post.organisation, post.unit, post.place, post.country, post.laptop, officer.name):
        field.set_text(marker)
    post.prefix.set_text("RU")
    start.show_step(2)
    officer.passphrase.set_text(passphrase)
    officer.again.set_text(passphrase)
    yield FirstStart
    while officer.problem():
        yield FirstStart
    start.forward()
    start.forward()
    yield DeskScreen
    desk = window.page
    assert isinstance(desk, DeskScreen)
    desk.cases.filters.search.set_text(marker)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    yield Unlock
    page = window.page
    assert isinstance(page, Unlock)
    page.name.set_text(marker)
    page.passphrase.set_text(passphrase)
    page.submit()
    yield DeskScreen
    titles = {w.windowTitle() for w in QApplication.topLevelWidgets() if w.isVisible()}
    sys.stdout.write(f"titles: {titles}\n")
    window.close()


class Walker:
    """Takes a step whenever the page it waits for is there; gives up after a while."""

    def __init__(self, passphrase: str, marker: str) -> None:
        self._given = (passphrase, marker)
        self._steps: Iterator[type] | None = None
        self._wanted: type = object
        self._left = _PATIENCE

    def tick(self) -> None:
        """Look, and act if it is time."""
        self._left -= 1
        window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, Window)), None)
        if self._left < 0:
            QApplication.exit(3)
        elif window is not None and isinstance(window.page, self._wanted):
            self._steps = self._steps or steps(window, *self._given)
            self._wanted = next(self._steps, type(None))


def main() -> int:
    """Run the program with a walker in it."""
    vault, passphrase, marker = sys.argv[1:]
    walker = Walker(passphrase, marker)

    def begin() -> None:
        timer = QTimer(QApplication.instance())
        timer.timeout.connect(walker.tick)
        timer.start(_STEP_MS)

    QTimer.singleShot(0, begin)
    return run(places(Path(vault)))


if __name__ == "__main__":
    sys.exit(main())
