"""One application for all tests of the window, offscreen and dressed as the officer sees it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.sessions import open_session
from tests.support.windows import Desktop, unlock
from victimid.app.content import Content
from victimid.i18n import Words, load
from victimid.ui.collecting import Collector, collect
from victimid.ui.jobs import InlineJobs, WorkerJobs
from victimid.ui.look import apply_look
from victimid.ui.window import Window


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what the offscreen platform says of itself whenever a window is shown."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    apply_look(qapp, "light")
    Collector(qapp)
    return qapp


@pytest.fixture(autouse=True)
def look(dressed: QApplication) -> Iterator[QApplication]:
    yield dressed
    collect()
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def words() -> Words:
    return load("victimid", "en")


@pytest.fixture
def jobs() -> InlineJobs:
    return InlineJobs()


@pytest.fixture
def worker() -> Iterator[WorkerJobs]:
    """Jobs on a thread of their own, as the program has them."""
    made = WorkerJobs()
    yield made
    made.drain_and_stop()


@pytest.fixture(scope="session")
def content() -> Content:
    """Forms and catalogues, read once: reading them is most of the time a test would take."""
    return Content()


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path, content: Content) -> Iterator[Desktop]:
    """Windows on a folder without a vault; whatever is open is locked at the end."""
    opened = Desktop(qtbot, tmp_path / "vault", content)
    yield opened
    for window in opened.windows:
        window.lock()


@pytest.fixture(scope="session")
def made_vault(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Path:
    """Make a vault once, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "vault"
    open_session(folder, content=content).lock()
    return folder


@pytest.fixture
def office(desktop: Desktop, made_vault: Path) -> Desktop:
    """Windows on a folder with a vault."""
    shutil.copytree(made_vault, desktop.folder)
    return desktop


@pytest.fixture
def window(office: Desktop) -> Window:
    """Unlock a window, with its supervisor at work."""
    made = office.open()
    unlock(made)
    return made
