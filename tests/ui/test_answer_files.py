"""Files as answers on screen: chosen without a dialog, shown in memory, never written in the clear."""

import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.media import BMP, JPEG_HEAD, MARKER, png, stick
from tests.support.screens import clipped, press, texts
from tests.support.sessions import open_session
from tests.support.talks import pane_of, recorded, screen_on, talk_on
from victimid import i18n
from victimid.app.content import Content
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.ui.pictures import decoded
from victimid.ui.screens.answer_file import FileInput, files_in
from victimid.ui.screens.answer_place import PlaceInput
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.widgets.picture import Picture
from victimid.ui.widgets.text import set_window_direction

ES, AR = "label::Español (es)", "label::العربية (ar)"
SURVEY = [
    {"type": "image", "name": "photo", ES: "¿Hay una foto?", AR: "هل توجد صورة؟"},
    {"type": "geopoint", "name": "place", ES: "¿Dónde?", AR: "أين؟"},
    {"type": "barcode", "name": "code", ES: "Código", AR: "رمز"},
    {"type": "acknowledge", "name": "told", ES: "Lo dijo", AR: "قال ذلك"},
    {"type": "geoshape", "name": "area", ES: "Zona", AR: "منطقة"},
]


@pytest.fixture
def session(tmp_path: Path, content: Content) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


@pytest.fixture
def talk(session: Session, tmp_path: Path) -> Interviewing:
    return talk_on(session, tmp_path, SURVEY)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return stick(tmp_path / "stick", face__png=png(900, 600), voice__mp3=b"ID3", notes__txt=b"x", fake__jpg=b"MZ")


def file_of(screen: InterviewScreen) -> FileInput:
    made = pane_of(screen).input
    assert isinstance(made, FileInput)
    return made


def choose(screen: InterviewScreen, path: Path) -> None:
    """Type a folder or a file and choose the first file found there."""
    folders = file_of(screen).folders
    folders.choices.buttons[-1].click()
    folders.typed.set_text(str(path))


def test_a_picture_is_chosen_kept_and_shown(
    qtbot: QtBot, session: Session, talk: Interviewing, media: Path, tmp_path: Path
) -> None:
    screen = screen_on(qtbot, session, talk)
    choose(screen, media)
    offered = {button.choice.text: button for button in file_of(screen).files.buttons}
    assert set(offered) == {"face.png", "fake.jpg"}
    offered["face.png"].click()
    press(screen, Qt.Key.Key_Return)
    name = recorded(session, talk)["/data/photo"].value
    assert name.endswith(".png")
    pane_of(screen).back.emit()
    kept = file_of(screen).kept
    assert kept.isVisible()
    assert kept.facts.text() == "Attached: picture, 0.1 MB"
    pixels = kept.picture.pixmap()
    assert (pixels.width(), pixels.height()) == (330, 220)
    (media / "face.png").unlink()
    found = subprocess.run(["grep", "-rla", MARKER.decode(), str(tmp_path)], capture_output=True, text=True)
    assert found.stdout == ""
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/photo"].value == name


def test_a_typed_path_of_a_file_does_too(qtbot: QtBot, session: Session, talk: Interviewing, media: Path) -> None:
    screen = screen_on(qtbot, session, talk)
    choose(screen, media / "face.png")
    file_of(screen).files.buttons[0].click()
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/photo"].value


def test_a_file_that_is_not_what_its_name_says_is_refused_in_words(
    qtbot: QtBot, session: Session, talk: Interviewing, media: Path
) -> None:
    screen = screen_on(qtbot, session, talk)
    choose(screen, media / "fake.jpg")
    file_of(screen).files.buttons[0].click()
    press(screen, Qt.Key.Key_Return)
    assert "Nothing was attached" in screen.banner.text()
    assert recorded(session, talk) == {}


def test_what_is_kept_can_be_left_out_again(qtbot: QtBot, session: Session, talk: Interviewing, media: Path) -> None:
    talk.attach("/data/photo", media / "face.png")
    talk.back()
    screen = screen_on(qtbot, session, talk)
    file_of(screen).kept.remove.click()
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/photo"].value == ""


def test_the_person_sees_no_files(qtbot: QtBot, session: Session, talk: Interviewing, media: Path) -> None:
    talk.attach("/data/photo", media / "face.png")
    talk.back()
    screen = screen_on(qtbot, session, talk)
    press(screen, Qt.Key.Key_F7)
    assert screen.person.isVisible()
    assert not screen.person.findChildren(FileInput)
    assert not screen.person.findChildren(Picture)


def test_a_place_a_code_a_tick_and_what_is_passed_by(qtbot: QtBot, session: Session, talk: Interviewing) -> None:
    talk.next()
    screen = screen_on(qtbot, session, talk)
    place = pane_of(screen).input
    assert isinstance(place, PlaceInput)
    place.latitude.set_value("-2,15")
    press(screen, Qt.Key.Key_Return)
    assert screen.banner.text()
    assert place.latitude.field.text() == "-2,15"
    place.longitude.set_value("-79.9")
    press(screen, Qt.Key.Key_Return)
    pane_of(screen).input.set_value("4006381333931")
    press(screen, Qt.Key.Key_Return)
    press(screen, Qt.Key.Key_1)
    press(screen, Qt.Key.Key_Return)
    press(screen, Qt.Key.Key_Return)
    assert screen.pane is None
    values = {ref.rsplit("/", 1)[-1]: answer.value for ref, answer in recorded(session, talk).items()}
    assert values == {"place": "-2.15 -79.9 0 0", "code": "4006381333931", "told": "OK"}


@pytest.mark.qt_log_ignore("libpng|JPEG|JFIF", extend=True)  # what the decoders say of damage
def test_pictures_are_decoded_within_limits() -> None:
    room = QSize(330, 220)
    whole = decoded(png(30, 20), "image/png", room)
    assert whole is not None
    assert (whole.width(), whole.height()) == (30, 20)
    assert decoded(BMP, "image/bmp", room) is not None
    assert decoded(png(30, 20)[:60], "image/png", room) is None
    assert decoded(png(30, 20), "image/jpeg", room) is None
    assert decoded(b"<svg/>", "image/svg+xml", room) is None
    assert decoded(JPEG_HEAD, "image/jpeg", room) is None
    assert decoded(png(21_000, 1), "image/png", room) is None
    thin = decoded(png(19_000, 2), "image/png", room)
    assert thin is not None
    assert (thin.width(), thin.height()) == (330, 1)


@pytest.mark.qt_log_ignore("allocation|libpng", extend=True)
def test_a_small_file_that_is_a_huge_picture_takes_no_memory() -> None:
    bomb = png(15_000, 15_000)
    assert len(bomb) < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert decoded(bomb, "image/png", QSize(330, 220)) is None
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_files_are_offered_by_kind_newest_first(tmp_path: Path, media: Path) -> None:
    assert [path.name for path in files_in(media, "audio/*")] == ["voice.mp3"]
    assert files_in(None, "image/*") == []
    assert files_in(tmp_path / "not there", "image/*") == []
    (media / ".hidden.png").write_bytes(png())
    (media / "folder.png").mkdir()
    assert {path.name for path in files_in(media, "image/*")} == {"face.png", "fake.jpg"}


@pytest.mark.parametrize("language", ["es", "ar"])
def test_it_fits(qtbot: QtBot, session: Session, talk: Interviewing, media: Path, language: str) -> None:
    set_window_direction(right_to_left=i18n.language(language).right_to_left)
    talk.attach("/data/photo", media / "face.png")
    talk.back()
    screen = screen_on(qtbot, session, talk, language, (1024, 584))
    assert clipped(screen) == []
    file_of(screen).kept.remove.click()
    choose(screen, media)
    QApplication.processEvents()
    assert clipped(screen) == []
    assert "face.png" in texts(screen)
