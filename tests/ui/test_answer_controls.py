"""Ranges, ranks and long lists on screen: by key, by mouse, and what is recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.screens import clipped, focused, press
from tests.support.sessions import open_session
from tests.support.talks import pane_of, recorded, screen_on, talk_on
from victimid import i18n
from victimid.app.content import Content
from victimid.app.interviewing import Interviewing
from victimid.app.session import Session
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.screens.answer_fields import NumberInput
from victimid.ui.screens.answer_range import RangeInput, RatingInput
from victimid.ui.screens.answer_rank import RankInput
from victimid.ui.screens.answer_search import SearchInput
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.widgets.text import set_window_direction

ES, AR = "label::Español (es)", "label::العربية (ar)"
END = [{"type": "text", "name": "end", ES: "¿Algo más?", AR: "شيء آخر؟"}]
NEEDS = [
    {"list_name": "needs", "name": "food", ES: "Comida", AR: "طعام"},
    {"list_name": "needs", "name": "rest", ES: "Descanso", AR: "راحة"},
    {"list_name": "needs", "name": "doctor", ES: "Médico", AR: "طبيب"},
]
COUNTRIES = [
    {"list_name": "countries", "name": f"c{n}", ES: es, AR: ar}
    for n, (es, ar) in enumerate(
        [("Perú", "بيرو"), ("Haití", "هايتي"), ("México", "المكسيك"), *((f"País {n}", f"بلد {n}") for n in range(40))]
    )
]


@pytest.fixture
def session(tmp_path: Path, content: Content) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


def asked(
    qtbot: QtBot, session: Session, folder: Path, question: dict[str, str], choices: list[dict[str, str]] | None = None
) -> tuple[InterviewScreen, Interviewing]:
    """Ask one question, and return the screen and the talk."""
    talk = talk_on(session, folder, [{"name": "q", ES: "¿Cuánto?", AR: "كم؟", **question}, *END], choices)
    return screen_on(qtbot, session, talk), talk


def range_of(screen: InterviewScreen) -> RangeInput:
    made = pane_of(screen).input
    assert isinstance(made, RangeInput)
    return made


SCALE = {"type": "range", "parameters": "start=0 end=10 step=2"}


def test_a_range_is_blank_until_touched_then_keys_buttons_and_typing_agree(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    screen, talk = asked(qtbot, session, tmp_path, SCALE)
    scale = range_of(screen)
    assert scale.value() == ""
    assert focused() is scale.slider
    press(screen, Qt.Key.Key_Right)
    assert scale.value() == "2"
    QTest.mouseClick(scale.more, Qt.MouseButton.LeftButton)
    assert scale.value() == "4"
    scale.field.set_text("٨")
    assert (scale.value(), scale.slider.value()) == ("8", 4)
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/q"].value == "8"


def test_the_first_press_of_a_button_gives_the_start_itself(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, _ = asked(qtbot, session, tmp_path, SCALE)
    range_of(screen).less.click()
    assert range_of(screen).value() == "0"
    range_of(screen).less.click()
    assert range_of(screen).value() == "0"


def test_nothing_touched_records_nothing(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, talk = asked(qtbot, session, tmp_path, SCALE)
    press(screen, Qt.Key.Key_Return)
    assert pane_of(screen).question.ref == "/data/end"
    assert recorded(session, talk) == {}


def test_a_typed_value_out_of_bounds_is_refused_and_stays(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, _ = asked(qtbot, session, tmp_path, SCALE)
    range_of(screen).field.set_text("12")
    press(screen, Qt.Key.Key_Return)
    assert screen.banner.text()
    assert range_of(screen).value() == "12"


@pytest.mark.parametrize(
    ("parameters", "steps", "expected"),
    [("start=0 end=1 step=0.25", 3, "0.50"), ("start=10 end=0 step=5", 2, "5"), ("start=-4 end=4 step=2", 1, "-4")],
)
def test_scales_of_all_kinds(
    qtbot: QtBot, session: Session, tmp_path: Path, parameters: str, steps: int, expected: str
) -> None:
    screen, talk = asked(qtbot, session, tmp_path, {"type": "range", "parameters": parameters})
    for _ in range(steps):
        range_of(screen).more.click()
    assert range_of(screen).value() == expected
    press(screen, Qt.Key.Key_Return)
    assert float(recorded(session, talk)["/data/q"].value) == float(expected)


def test_a_range_of_very_many_steps_is_typed(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, _ = asked(qtbot, session, tmp_path, {"type": "range", "parameters": "start=0 end=1000000000 step=1"})
    assert isinstance(pane_of(screen).input, NumberInput)


def test_a_rating_is_chosen(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    question = {"type": "range", "parameters": "start=1 end=5 step=1", "appearance": "rating"}
    screen, talk = asked(qtbot, session, tmp_path, question)
    rating = pane_of(screen).input
    assert isinstance(rating, RatingInput)
    assert rating.value() == ""
    rating.buttons[3].click()
    rating.buttons[2].click()
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/q"].value == "3"


def rank_of(screen: InterviewScreen) -> RankInput:
    made = pane_of(screen).input
    assert isinstance(made, RankInput)
    return made


def test_a_rank_by_keys(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, talk = asked(qtbot, session, tmp_path, {"type": "rank needs"}, NEEDS)
    rank = rank_of(screen)
    assert rank.value() == ""
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert rank.value() == "food doctor rest"
    QTest.keyClick(focused(), Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(focused(), Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/q"].value == "doctor food rest"


def test_a_rank_by_buttons_and_by_dragging(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, talk = asked(qtbot, session, tmp_path, {"type": "rank needs"}, NEEDS)
    rank = rank_of(screen)
    rank.rows[0].down.click()
    assert rank.value() == "rest food doctor"
    dragged = rank.rows[0]
    QTest.mousePress(dragged, Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    QTest.mouseMove(dragged, QPoint(60, rank.rows[2].geometry().center().y() - dragged.y() + 5))
    QTest.mouseRelease(dragged, Qt.MouseButton.LeftButton)
    assert rank.value() == "food rest doctor"
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/q"].value == "food rest doctor"
    pane_of(screen).back.emit()
    assert [row.choice.value for row in rank_of(screen).rows] == ["food", "rest", "doctor"]


def test_agreeing_with_the_order_makes_it_the_answer(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, _ = asked(qtbot, session, tmp_path, {"type": "rank needs"}, NEEDS)
    rank_of(screen).agree.click()
    assert rank_of(screen).value() == "food rest doctor"
    assert rank_of(screen).agree.isHidden()


def search_of(screen: InterviewScreen) -> SearchInput:
    made = pane_of(screen).input
    assert isinstance(made, SearchInput)
    return made


@pytest.mark.parametrize("typed", ["mexi", "MÉX", "المك", "  méx"])
def test_a_long_list_is_searched_in_either_language(qtbot: QtBot, session: Session, tmp_path: Path, typed: str) -> None:
    screen, talk = asked(qtbot, session, tmp_path, {"type": "select_one countries"}, COUNTRIES)
    search_of(screen).search.set_text(typed)
    assert [button.choice.text for button in search_of(screen).buttons] == ["México"]
    press(screen, Qt.Key.Key_Return)
    assert search_of(screen).value() == "c2"
    assert search_of(screen).search.text() == ""
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/q"].value == "c2"


def test_arrows_walk_through_the_list_and_space_chooses(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, talk = asked(qtbot, session, tmp_path, {"type": "select_multiple countries"}, COUNTRIES)
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Space)
    QTest.keyClicks(focused(), "peru")
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Up)
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Space)
    assert [button.isChecked() for button in search_of(screen).buttons[:3]] == [True, True, False]
    press(screen, Qt.Key.Key_Return)
    assert recorded(session, talk)["/data/q"].value == "c0 c1"


def test_everything_can_be_reached_without_typing(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    screen, _ = asked(qtbot, session, tmp_path, {"type": "select_one countries"}, COUNTRIES)
    search = search_of(screen)
    pages = 0
    while search.more.isVisible():
        search.more.click()
        pages += 1
        assert pages < 10
    assert [button.choice.value for button in search.buttons] == [f"c{n}" for n in range(len(COUNTRIES))]
    search.buttons[-1].click()
    assert search.value() == f"c{len(COUNTRIES) - 1}"
    search.buttons[0].click()
    assert search.value() == ""


@pytest.mark.parametrize(
    ("appearance", "kind"), [("minimal", SearchInput), ("autocomplete", SearchInput), ("likert", ChoiceInput)]
)
def test_appearances_of_short_lists(
    qtbot: QtBot, session: Session, tmp_path: Path, appearance: str, kind: type
) -> None:
    question = {"type": "select_one needs", "appearance": appearance}
    screen, _ = asked(qtbot, session, tmp_path, question, NEEDS)
    assert isinstance(pane_of(screen).input, kind)


@pytest.mark.parametrize("language", ["es", "ar"])
@pytest.mark.parametrize("kind", ["range", "rank needs", "select_one countries"])
def test_they_fit_on_both_sides(qtbot: QtBot, session: Session, tmp_path: Path, language: str, kind: str) -> None:
    set_window_direction(right_to_left=i18n.language(language).right_to_left)
    question = {"type": kind, "name": "q", ES: "¿Cuánto?", AR: "كم؟"}
    talk = talk_on(session, tmp_path, [question, *END], NEEDS + COUNTRIES)
    screen = screen_on(qtbot, session, talk, language, (1024, 584))
    assert clipped(screen) == []
    press(screen, Qt.Key.Key_F7)
    assert screen.person.isVisible()
    assert clipped(screen) == []
