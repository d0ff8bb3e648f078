"""Pictures and recordings in the talk: shown and played in both languages, silent as soon as something else matters."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.media import OPUS, png, wav
from tests.support.screens import clipped, press, texts
from tests.support.sessions import open_session
from tests.support.speakers import Silent
from tests.support.talks import Rows, pane_of, recorded, screen_on, talk_on
from tests.support.windows import Desktop, unlock
from victimid import i18n
from victimid.app.content import Content
from victimid.app.interviewing import Interviewing, resume
from victimid.app.session import Session
from victimid.model.answer import Delivery
from victimid.ui.destinations import ToDesk, ToInterview
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.person_view import PersonView
from victimid.ui.screens.question_media import PlayButton
from victimid.ui.sound import Sound
from victimid.ui.speaker import Speaker
from victimid.ui.widgets.picture import Picture
from victimid.ui.widgets.sign_button import SignButton
from victimid.ui.widgets.styled_text import StyledLabel
from victimid.ui.widgets.text import set_window_direction

ES, AR = "Español (es)", "العربية (ar)"
SURVEY: Rows = [
    {
        "type": "select_one doors",
        "name": "door",
        f"label::{ES}": "¿Por qué **puerta** entró?",
        f"label::{AR}": "من أي **باب** دخلت؟",
        f"hint::{ES}": "Sin *prisa*",
        f"hint::{AR}": "خذ *وقتك*",
        f"media::image::{ES}": "doors.png",
        f"media::image::{AR}": "doors.png",
        f"media::big-image::{ES}": "large.png",
        f"media::big-image::{AR}": "large.png",
        f"media::audio::{ES}": "es.wav",
        f"media::audio::{AR}": "ar.wav",
    },
    {"type": "text", "name": "after", f"label::{ES}": "¿Y después?", f"label::{AR}": "وبعد ذلك؟"},
]
CHOICES: Rows = [
    {
        "list_name": "doors",
        "name": name,
        f"label::{ES}": f"**{es}** de entrada",
        f"label::{AR}": f"**{ar}** الدخول",
        f"media::image::{ES}": f"{name}.png",
        f"media::image::{AR}": f"{name}.png",
        f"media::audio::{AR}": f"{name}.wav",
    }
    for name, es, ar in (("red", "Roja", "أحمر"), ("blue", "Azul", "أزرق"))
]


def fill(folder: Path) -> None:
    for number, name in enumerate(("doors", "large", "red", "blue"), 1):
        (folder / f"{name}.png").write_bytes(png(400 * number, 300))
    for number, name in enumerate(("es", "ar", "red", "blue"), 1):
        (folder / f"{name}.wav").write_bytes(wav(number / 10))


@pytest.fixture
def session(tmp_path: Path, content: Content) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


@pytest.fixture
def talk(session: Session, tmp_path: Path) -> Interviewing:
    fill(tmp_path)
    return talk_on(session, tmp_path, SURVEY, CHOICES)


def players(widget: QWidget) -> list[PlayButton]:
    return [each for each in widget.findChildren(PlayButton) if each.isVisible()]


def pictures(widget: QWidget) -> list[Picture]:
    return [each for each in widget.findChildren(Picture) if each.isVisible() and not each.pixmap().isNull()]


def larger(widget: QWidget) -> SignButton:
    return next(each for each in widget.findChildren(SignButton) if each.isVisible() and each.sign() == "larger")


def person(screen: InterviewScreen) -> PersonView:
    assert isinstance(screen.person.shown, PersonView)
    return screen.person.shown


def test_pictures_and_recordings_stand_with_both_languages(
    qtbot: QtBot, session: Session, talk: Interviewing, tmp_path: Path
) -> None:
    for path in tmp_path.glob("*.png"):
        path.unlink()  # they are kept in the vault
    speaker = Silent()
    screen = screen_on(qtbot, session, talk, speaker=speaker)
    pane = pane_of(screen)
    assert len(pictures(pane)) == 3  # the same picture in both languages stands once
    assert len(players(pane)) == 4
    for button in players(pane)[:2]:
        button.click()
    assert speaker.heard == [wav(0.1), wav(0.2)]
    shown = [each for each in pane.findChildren(StyledLabel) if each.isVisible()]
    assert {"¿Por qué puerta entró?", "من أي باب دخلت؟", "Roja de entrada", "أزرق الدخول", "Sin prisa"} <= {
        each.text() for each in shown
    }
    assert "**" not in "".join(texts(screen))


def test_the_person_sees_and_hears_their_own_language(qtbot: QtBot, session: Session, talk: Interviewing) -> None:
    speaker = Silent()
    screen = screen_on(qtbot, session, talk, speaker=speaker)
    press(screen, Qt.Key.Key_F7)
    view = person(screen)
    assert len(pictures(view)) == 3
    assert [button.sign() for button in players(view)] == ["play", "play", "play"]
    for button in players(view):
        button.click()
    assert speaker.heard == [wav(0.2), wav(0.3), wav(0.4)]


def test_playing_and_stopping_by_keyboard(qtbot: QtBot, session: Session, talk: Interviewing) -> None:
    speaker = Silent()
    screen = screen_on(qtbot, session, talk, speaker=speaker)
    button = players(pane_of(screen))[1]
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    press(screen, Qt.Key.Key_Space)
    assert button.sign() == "stop"
    assert button.accessibleName().startswith("Stop: ")
    press(screen, Qt.Key.Key_Space)
    assert button.sign() == "play"
    assert speaker.stops == 1
    press(screen, Qt.Key.Key_Space)
    speaker.end()
    qtbot.waitUntil(lambda: button.sign() == "play")


def test_a_recording_played_to_the_person_is_noted_with_the_answer_and_only_with_this_one(
    qtbot: QtBot, session: Session, talk: Interviewing
) -> None:
    screen = screen_on(qtbot, session, talk)
    players(pane_of(screen))[0].click()
    assert screen.guidance.delivery() is Delivery.READ  # in the officer's language it reaches nobody
    players(pane_of(screen))[1].click()
    assert screen.guidance.delivery() is Delivery.AUDIO
    press(screen, Qt.Key.Key_1)
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/door"].delivery is Delivery.AUDIO
    assert screen.guidance.delivery() is Delivery.READ


def test_playing_a_choice_does_not_choose_it_and_picking_does(
    qtbot: QtBot, session: Session, talk: Interviewing
) -> None:
    speaker = Silent()
    screen = screen_on(qtbot, session, talk, speaker=speaker)
    choices = pane_of(screen).input
    assert isinstance(choices, ChoiceInput)
    inside = players(choices.buttons[0])[0]
    QTest.mouseClick(inside, Qt.MouseButton.LeftButton)
    assert speaker.heard == [wav(0.3)]
    assert choices.value() == ""
    QTest.mouseClick(choices.buttons[0], Qt.MouseButton.LeftButton, pos=pictures(choices.buttons[0])[0].pos())
    assert choices.value() == "red"


@pytest.mark.parametrize("leave", ["next", "turn", "pause", "section", "stop"])
def test_it_falls_silent_on_leaving_the_question(
    qtbot: QtBot, session: Session, talk: Interviewing, leave: str
) -> None:
    speaker = Silent()
    screen = screen_on(qtbot, session, talk, speaker=speaker)
    players(pane_of(screen))[1].click()
    acts: dict[str, Callable[[], object]] = {
        "next": lambda: press(screen, Qt.Key.Key_Return),
        "turn": lambda: press(screen, Qt.Key.Key_F7),
        "pause": lambda: press(screen, Qt.Key.Key_F8),
        "section": lambda: screen.outline.section.emit("nowhere"),
        "stop": screen.outline.stop.emit,
    }
    acts[leave]()
    assert speaker.stops == 1


@pytest.mark.parametrize("act", ["lock", "hide_screen", "go"])
def test_it_falls_silent_when_the_window_locks_hides_or_goes_elsewhere(
    office: Desktop, tmp_path: Path, act: str
) -> None:
    speaker = Silent()
    office.sound = Sound(speaker)
    window = office.open()
    unlock(window)
    assert window._opened is not None
    fill(tmp_path)
    talk = talk_on(window._opened.context.session, tmp_path, SURVEY, CHOICES)
    window.go(ToInterview(talk.interview_id))
    assert isinstance(window.page, InterviewScreen)
    players(pane_of(window.page))[0].click()
    window.go(ToDesk()) if act == "go" else getattr(window, act)()
    assert speaker.heard
    assert speaker.stops == 1


def test_a_large_picture_opens_inside_the_window_and_holds_back_every_key(
    qtbot: QtBot, session: Session, talk: Interviewing
) -> None:
    screen = screen_on(qtbot, session, talk)
    windows = len(QApplication.topLevelWidgets())
    larger(pane_of(screen)).click()
    assert screen.large.isVisible()
    assert screen.large.geometry() == screen.rect()
    assert len(QApplication.topLevelWidgets()) == windows
    assert screen.large.picture is not None
    assert screen.large.picture.pixmap().width() > 700
    press(screen, Qt.Key.Key_1)
    press(screen, Qt.Key.Key_Return)
    press(screen, Qt.Key.Key_F7)
    assert recorded(session, talk) == {}
    assert pane_of(screen).input.value() == ""
    press(screen, Qt.Key.Key_Escape)
    assert not screen.large.isVisible()
    press(screen, Qt.Key.Key_1)
    assert pane_of(screen).input.value() == "red"


def test_a_large_picture_goes_with_the_lock(office: Desktop, tmp_path: Path) -> None:
    window = office.open()
    unlock(window)
    assert window._opened is not None
    fill(tmp_path)
    talk = talk_on(window._opened.context.session, tmp_path, SURVEY, CHOICES)
    window.go(ToInterview(talk.interview_id))
    assert isinstance(window.page, InterviewScreen)
    larger(window.page).click()
    large = window.page.large
    assert large.isVisible()
    window.lock()
    assert not large.isVisible()


@pytest.mark.qt_log_ignore("libpng|Read Error|propagateSizeHints", extend=True)  # what the decoder says of damage
def test_damaged_and_missing_media_are_said_in_words(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "doors.png").write_bytes(png(400, 300)[:80])
    (tmp_path / "large.png").unlink()
    (tmp_path / "red.png").write_bytes(b"MZ")
    speaker = Silent()
    talk = talk_on(session, tmp_path, SURVEY, CHOICES)
    screen = screen_on(qtbot, session, talk, speaker=speaker)
    assert texts(pane_of(screen)).count("This picture cannot be shown.") == 2
    assert len(pictures(pane_of(screen))) == 1
    players(pane_of(screen))[0].click()
    speaker.end("sound.unreadable")
    qtbot.waitUntil(screen.banner.isVisible)
    assert "damaged" in screen.banner.text()


@pytest.mark.parametrize("width", [1024, 1280])
def test_a_recording_that_cannot_be_played_is_said_in_words(
    qtbot: QtBot, session: Session, tmp_path: Path, width: int
) -> None:
    fill(tmp_path)
    (tmp_path / "es.wav").write_bytes(OPUS)
    (tmp_path / "red.wav").unlink()
    talk = talk_on(session, tmp_path, SURVEY, CHOICES)
    screen = screen_on(qtbot, session, talk, size=(width, 584))
    assert texts(pane_of(screen)).count("This recording cannot be played. Read it aloud.") == 2
    assert len(players(pane_of(screen))) == 2
    assert clipped(screen) == []


def test_a_machine_without_a_speaker_says_so(qtbot: QtBot, session: Session, talk: Interviewing) -> None:
    screen = screen_on(qtbot, session, talk, speaker=Speaker(("CUSTOM",)))
    button = players(pane_of(screen))[0]
    button.click()
    qtbot.waitUntil(screen.banner.isVisible)
    assert "no speaker" in screen.banner.text()
    assert button.sign() == "play"


def test_an_interview_goes_on_with_the_pictures_it_began_with(
    session: Session, talk: Interviewing, tmp_path: Path
) -> None:
    (tmp_path / "doors.png").write_bytes(png(10, 10))
    newer = talk_on(session, tmp_path, SURVEY, CHOICES)
    kept = [resume(session, each.interview_id).view().question for each in (talk, newer)]
    found = [each.label.person.picture for each in kept if each is not None]
    assert [each.content for each in found if each is not None] == [png(400, 300), png(10, 10)]


def test_no_media_of_a_form_lie_in_the_clear(talk: Interviewing, tmp_path: Path) -> None:
    assert talk.view().question is not None
    vault = b"".join(path.read_bytes() for path in (tmp_path / "vault").rglob("*") if path.is_file())
    assert b"IHDR" not in vault
    assert b"WAVEfmt" not in vault


@pytest.mark.parametrize("language", ["es", "ar"])
def test_it_fits(qtbot: QtBot, session: Session, talk: Interviewing, language: str) -> None:
    set_window_direction(right_to_left=i18n.language(language).right_to_left)
    screen = screen_on(qtbot, session, talk, language, (1024, 584))
    assert clipped(screen) == []
    press(screen, Qt.Key.Key_F7)
    assert clipped(screen) == []


@pytest.mark.parametrize("recording", [b"", b"ID3", b"OggS", b"fLaC", wav(0.1)[:30], b"\xff\xfb" + bytes(500)])
def test_damaged_recordings_end_with_a_code(recording: bytes) -> None:
    ended: list[str] = []
    speaker = Speaker(("NULL",))
    speaker.play(recording, ended.append)
    speaker.close()
    assert ended in ([""], ["sound.unreadable"])


def test_the_speaker_plays_to_the_end_and_falls_silent_when_told() -> None:
    ended: list[str] = []
    speaker = Speaker(("NULL",))
    speaker.play(wav(0.1), ended.append)
    thread = speaker._thread
    assert thread is not None
    thread.join(5)
    assert ended == [""]
    began = time.monotonic()
    speaker.play(wav(60), ended.append)
    speaker.close()
    assert time.monotonic() - began < 2
    assert ended == ["", ""]
