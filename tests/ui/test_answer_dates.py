"""Dates on screen: typed in the order of the language, as exact as the person can say, recorded and told as such."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.screens import clipped, focused, press
from tests.support.sessions import open_session
from tests.support.talks import pane_of, recorded, screen_on, talk_on
from victimid import i18n
from victimid.app import summary
from victimid.app.content import Content
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.model.answer import Precision
from victimid.ui.screens import answer_precision, answer_values
from victimid.ui.screens.answer_date import DateAsked, DateInput
from victimid.ui.screens.answer_values import DateParts
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.widgets.text import set_window_direction

ES, AR = "label::Español (es)", "label::العربية (ar)"
END = [{"type": "text", "name": "end", ES: "¿Algo más?", AR: "شيء آخر؟"}]


@pytest.fixture
def session(tmp_path: Path, content: Content) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


def asked(
    qtbot: QtBot, session: Session, folder: Path, kind: str = "date", **more: str
) -> tuple[InterviewScreen, DateInput, Interviewing]:
    talk = talk_on(session, folder, [{"type": kind, "name": "q", ES: "¿Cuándo?", AR: "متى؟", **more}, *END])
    screen = screen_on(qtbot, session, talk)
    return screen, dates(screen), talk


def dates(screen: InterviewScreen) -> DateInput:
    made = pane_of(screen).input
    assert isinstance(made, DateInput)
    return made


def fill(dates: DateInput, **parts: str) -> None:
    for name, text in parts.items():
        dates.boxes[name].set_text(text)


def told(session: Session, talk: Interviewing, language: str) -> str:
    case = talk.view().case_ref
    return summary.summarise(session, case, language).answers[0].text


@pytest.mark.parametrize(("language", "order"), [("en", ["month", "day", "year"]), ("es", ["day", "month", "year"])])
def test_boxes_stand_in_the_order_of_the_language(qtbot: QtBot, language: str, order: list[str]) -> None:
    made = DateInput(i18n.load("victimid", language), DateAsked("date"))
    qtbot.addWidget(made)
    assert list(made.boxes) == order


def test_an_exact_date_by_keyboard(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, _, talk = asked(qtbot, session, tmp_path)
    for text in ("3", "9", "2019"):
        QTest.keyClicks(focused(), text)
        press(screen, Qt.Key.Key_Tab)
    press(screen, Qt.Key.Key_Return)
    answer = recorded(session, talk)["/data/q"]
    assert (answer.value, answer.precision) == ("2019-03-09", Precision.EXACT)
    assert told(session, talk, "es") == "9 mar 2019"


def test_digits_of_another_script_count(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, made, talk = asked(qtbot, session, tmp_path)
    fill(made, day="٩", month="٣", year="٢٠١٩")
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/q"].value == "2019-03-09"


@pytest.mark.parametrize(
    ("mode", "parts", "value", "precision", "english", "spanish"),
    [
        ("year", {"year": "2019"}, "2019-01-01", "year", "2019", "2019"),
        ("about", {"year": "2019"}, "2019-01-01", "about_year", "about 2019", None),
        ("about", {"year": "2019", "month": "3"}, "2019-03-01", "about_month", "about Mar 2019", None),
        ("about", {"year": "2019", "month": "3", "day": "9"}, "2019-03-09", "about_day", "about Mar 9, 2019", None),
        ("season", {"year": "2019"}, "2019-01-01", "year", "2019", "2019"),
    ],
)
def test_how_exact_a_date_is_is_recorded_and_told(
    qtbot: QtBot,
    session: Session,
    tmp_path: Path,
    mode: str,
    parts: dict[str, str],
    value: str,
    precision: str,
    english: str,
    spanish: str | None,
) -> None:
    screen, made, talk = asked(qtbot, session, tmp_path)
    made.choices.modes[mode].click()
    fill(made, **parts)
    pane_of(screen).own_words.set_text("lontan")
    press(screen, Qt.Key.Key_Return)
    answer = recorded(session, talk)["/data/q"]
    assert (answer.value, answer.precision, answer.own_words) == (value, precision, "lontan")
    assert told(session, talk, "en") == english
    assert spanish is None or told(session, talk, "es") == spanish
    pane_of(screen).back.emit()
    again = dates(screen)
    shown = {name: box.text() for name, box in again.boxes.items() if box.text()}
    assert shown == parts
    assert pane_of(screen).input.value() == f"{value}~{precision}"


@pytest.mark.parametrize("season", ["spring", "summer", "autumn", "winter"])
def test_a_season(qtbot: QtBot, session: Session, tmp_path: Path, season: str) -> None:
    screen, made, talk = asked(qtbot, session, tmp_path)
    made.choices.modes["season"].click()
    made.choices.seasons[Precision(season)].click()
    fill(made, year="2024")
    assert made.boxes["day"].isHidden()
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/q"].value == "2024-01-01"
    assert told(session, talk, "en") == f"{season} 2024"


def test_an_approximate_date_can_become_exact(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, made, talk = asked(qtbot, session, tmp_path)
    made.choices.modes["about"].click()
    fill(made, year="2019")
    press(screen, Qt.Key.Key_Return)
    pane_of(screen).back.emit()
    again = dates(screen)
    again.choices.modes["exactly"].click()
    fill(again, day="9", month="3", year="2019")
    press(screen, Qt.Key.Key_Return)
    revisions = session.vault.interviews.revisions(talk.interview_id, "/data/q")
    assert [(r.value, r.precision) for r in revisions] == [
        ("2019-01-01", Precision.ABOUT_YEAR),
        ("2019-03-09", Precision.EXACT),
    ]


def test_locking_keeps_a_date_that_is_not_recorded_yet(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, made, talk = asked(qtbot, session, tmp_path)
    made.choices.modes["about"].click()
    fill(made, year="2019", month="3")
    [work] = screen.unsaved()
    work()
    resumed = dates(screen_on(qtbot, session, talk))
    assert resumed.choices.mode() == answer_precision.ABOUT
    assert {name: box.text() for name, box in resumed.boxes.items()} == {"month": "3", "day": "", "year": "2019"}


def test_what_the_form_refuses_stays_as_it_was_typed(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, made, talk = asked(qtbot, session, tmp_path, constraint=". < date('2020-01-01')")
    made.choices.modes["about"].click()
    fill(made, year="2024")
    pane_of(screen).own_words.set_text("lontan")
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk) == {}
    assert (dates(screen).choices.mode(), dates(screen).boxes["year"].text()) == ("about", "2024")
    assert pane_of(screen).own_words.text() == "lontan"


@pytest.mark.parametrize(
    ("kind", "appearance", "parts", "value", "english"),
    [
        ("date", "year", {"year": "2019"}, "2019-01-01", "2019"),
        ("date", "month-year", {"month": "3", "year": "2019"}, "2019-03-01", "Mar 2019"),
        ("date", "no-calendar", {"day": "1", "month": "3", "year": "2019"}, "2019-03-01", "Mar 1, 2019"),
        ("time", "", {"hour": "7", "minute": "5"}, "07:05:00", "7:05\u202fAM"),
        ("time", "", {"hour": "19"}, "19:00:00", "7:00\u202fPM"),
    ],
)
def test_forms_that_ask_for_less(
    qtbot: QtBot,
    session: Session,
    tmp_path: Path,
    kind: str,
    appearance: str,
    parts: dict[str, str],
    value: str,
    english: str,
) -> None:
    screen, made, talk = asked(qtbot, session, tmp_path, kind, appearance=appearance)
    assert set(parts) <= set(made.boxes)
    fill(made, **parts)
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/q"].value == value
    assert told(session, talk, "en") == english
    pane_of(screen).back.emit()
    assert dates(screen).value() == value


def test_date_and_time(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, made, talk = asked(qtbot, session, tmp_path, "dateTime")
    fill(made, day="9", month="3", year="2019", hour="19", minute="30")
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/q"].value == "2019-03-09T19:30:00"
    assert told(session, talk, "es") == "9 mar 2019, 19:30"


@pytest.mark.parametrize("language", ["es", "ar"])
@pytest.mark.parametrize("kind", ["date", "dateTime", "time"])
def test_they_fit_on_both_sides(qtbot: QtBot, session: Session, tmp_path: Path, language: str, kind: str) -> None:
    set_window_direction(right_to_left=i18n.language(language).right_to_left)
    talk = talk_on(session, tmp_path, [{"type": kind, "name": "q", ES: "¿Cuándo?", AR: "متى؟"}, *END])
    screen = screen_on(qtbot, session, talk, language, (1024, 584))
    if kind == "date":
        dates(screen).choices.modes["season"].click()
    assert clipped(screen) == []
    press(screen, Qt.Key.Key_F7)
    assert clipped(screen) == []


def test_a_date_without_precision_says_none() -> None:
    assert answer_values.split_precision("2019-03-09") == ("2019-03-09", None)
    assert answer_values.split_precision("2019-03-09~sometime") == ("2019-03-09", None)
    assert answer_values.split_precision("2019-03-09~") == ("2019-03-09", Precision.EXACT)
    assert answer_values.date_parts("07:05:00.000+01:00") == DateParts(hour="07", minute="05")
