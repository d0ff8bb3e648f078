"""One text typed into every field of the window: nowhere in the clear, and never taken for markup."""

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.integration.test_nothing_in_clear import HOSTILE
from tests.support.form_files import written
from tests.support.journey import Journey, texts_held
from tests.support.screens import context, shown
from tests.support.sessions import open_session
from tests.support.windows import Desktop
from victimid import log
from victimid.app import form_choice
from victimid.app.content import Content
from victimid.forms.markup import plain, runs
from victimid.ui.screens.interview import InterviewScreen

MARKER = "Zq7markeR"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point temporary files, settings and whatever else Qt may write into the folder of the test."""
    folder = tmp_path / "home"
    (folder / "temporary").mkdir(parents=True)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("TMPDIR", str(folder / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "log" / "victimid.log"
    logger = log.start(path)
    yield path
    for handler in list(logger.handlers):
        handler.close()
        logger.removeHandler(handler)
    logger.propagate = True


class Titles(QObject):
    """Notes every title any window ever gets."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        """Note the title of a window that shows or changes its title."""
        if event.type() in {QEvent.Type.WindowTitleChange, QEvent.Type.Show} and isinstance(watched, QWidget):
            self.seen.add(watched.windowTitle())
        return False


@pytest.fixture
def titles(qapp: QApplication) -> Iterator[Titles]:
    made = Titles()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def found_in(folder: Path) -> list[str]:
    """Return what below a folder holds the marker in its name or bytes."""
    spellings = [MARKER.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        str(path)
        for path in folder.rglob("*")
        if MARKER in path.name or (path.is_file() and any(each in path.read_bytes() for each in spellings))
    ]


def test_what_is_typed_is_nowhere_in_the_clear(
    desktop: Desktop, tmp_path: Path, home: Path, logged: Path, titles: Titles, caplog: pytest.LogCaptureFixture
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    places: list[list[str]] = []
    window = desktop.open("es")
    journey = Journey(window, MARKER, stick, lambda: places.append(found_in(tmp_path)))
    journey.go()
    logging.getLogger("victimid").info("journey done")
    window.lock()
    assert journey.typed > 50
    assert len(list(stick.iterdir())) == 2
    assert [each for each in (*places, found_in(tmp_path)) if each] == []
    assert logged.read_text("utf-8").endswith("journey done\n")
    assert MARKER not in caplog.text
    assert list((home / "temporary").iterdir()) == []
    assert list(home.rglob("QtProject.conf")) == []
    assert {title for title in titles.seen if title} <= {"Gestión de casos"}


def faults(window: QWidget) -> list[str]:
    """Return every widget that could take a text for markup."""
    labels = [each for each in window.findChildren(QLabel) if each.textFormat() is not Qt.TextFormat.PlainText]
    areas = [each for each in window.findChildren(QPlainTextEdit) if each.document().toRawText().find("￼") >= 0]
    tips = [each for each in window.findChildren(QWidget) if each.toolTip() or each.whatsThis()]
    return [repr(each) for each in (*labels, *areas, *tips, *window.findChildren(QTextEdit))]


def test_what_is_typed_is_never_taken_for_markup(desktop: Desktop, tmp_path: Path) -> None:
    stick, text = tmp_path / "stick", " ".join(HOSTILE)
    stick.mkdir()
    window = desktop.open("en")
    seen: list[str] = []

    def look() -> None:
        assert faults(window) == []
        held = [each for widget in window.findChildren(QWidget) for each in texts_held(widget)]
        page = type(window.page).__name__
        if any(text in each for each in held):
            seen.append(page)

    Journey(window, text, stick, look).go()
    assert set(seen) == {
        "FirstStart",
        "RecoveryScreen",
        "Unlock",
        "DeskScreen",
        "NewInterviewScreen",
        "InterviewScreen",
        "SummaryScreen",
        "ReferralScreen",
        "ExportScreen",
    }


def test_labels_and_choices_of_a_form_are_shown_as_text(qtbot: QtBot, tmp_path: Path, content: Content) -> None:
    hostile = [text for text in HOSTILE if "\\" not in text]  # a form's labels have the backslash for themselves
    survey = [
        {"type": "select_one all", "name": f"q{number}", "label": text, "hint": text}
        for number, text in enumerate(hostile)
    ]
    choices = [{"list_name": "all", "name": f"c{number}", "label": text} for number, text in enumerate(hostile)]
    offer = form_choice.from_file(written(tmp_path, survey, choices))
    session = open_session(tmp_path / "vault", content=content)
    screen = InterviewScreen(context(session), form_choice.begin_interview(session, offer.form, "en", "ht"))
    shown(qtbot, screen)
    for text in (plain(runs(each)) for each in hostile):  # what Markdown and ODK's few tags leave of it
        assert screen.pane is not None
        assert faults(screen) == []
        held = [each.text() for each in screen.pane.findChildren(QLabel)]
        assert held.count(text) >= 2, text
        screen._turn()
        assert screen.person.shown is not None
        assert faults(screen.person.shown) == []
        assert text in {each.text() for each in screen.person.shown.findChildren(QLabel)}
        screen._turn()
        screen.talk.step(lambda talk: talk.next())
    session.lock()
