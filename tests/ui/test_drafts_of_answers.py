"""Half an answer is there again: after any step, after a lock, in its boxes as it was typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.support.half_typed import (
    SECTIONS,
    WORDS,
    line,
    lock_and_return,
    open_talk,
    press,
    question,
    screen_of,
    session_of,
)
from tests.support.journey import put
from tests.support.media import png
from tests.support.talks import pane_of, recorded, talk_on
from tests.support.windows import unlock
from victimid.model.answer import Precision
from victimid.store import drafts
from victimid.ui.destinations import (
    ToDesk,
    ToInterview,
)
from victimid.ui.screens.answer_fields import AreaInput, LineInput
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.screens.person_view import PersonView
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window


def test_half_an_answer_is_there_again_after_going_back_at_once(window: Window, tmp_path: Path) -> None:
    open_talk(window, tmp_path, WORDS)
    put(line(window), "one")
    press(window, "Next")
    put(line(window), "half ")
    press(window, "Back")
    assert line(window).text() == "one"
    press(window, "Next")
    assert line(window).text() == "half "


def test_half_an_answer_is_there_again_after_another_section(window: Window, tmp_path: Path) -> None:
    open_talk(window, tmp_path, SECTIONS)
    put(line(window), "half")
    screen_of(window).outline.section.emit("Dos")
    assert pane_of(screen_of(window)).question.ref == "/data/two/second"
    screen_of(window).outline.section.emit("Uno")
    assert line(window).text() == "half"


@pytest.mark.parametrize(("reason", "there"), [("Later", "half"), ("Does not want to answer", "")])
def test_what_is_typed_for_a_question_put_off_waits_for_it(
    window: Window, tmp_path: Path, reason: str, there: str
) -> None:
    talk = open_talk(window, tmp_path, WORDS)
    put(line(window), "half")
    press(window, reason)
    assert recorded(session_of(window), talk)["/data/first"].value == ""
    press(window, "Back")
    assert line(window).text() == there
    assert pane_of(lock_and_return(window, talk.interview_id)).input.value() == there


def test_an_answer_the_form_refuses_outlasts_a_lock(window: Window, tmp_path: Path) -> None:
    talk = open_talk(window, tmp_path, [question("int", "first", constraint=". < 5"), *WORDS[1:]])
    put(line(window), "7")
    press(window, "Next")
    assert recorded(session_of(window), talk) == {}
    assert pane_of(lock_and_return(window, talk.interview_id)).input.value() == "7"


def compose(edit: QWidget, text: str) -> None:
    """Show a text as an input method does that has not yet committed it."""
    edit.setFocus()
    QApplication.sendEvent(edit, QInputMethodEvent(text, []))


@pytest.mark.parametrize("appearance", ["", "multiline"])
@pytest.mark.parametrize("leave", [Window.lock, lambda window: window.go(ToDesk())])
def test_what_an_input_method_is_still_composing_is_typed(
    window: Window, tmp_path: Path, leave: Callable[[Window], None], appearance: str
) -> None:
    talk = open_talk(window, tmp_path, [question("text", "first", appearance=appearance), *WORDS[1:]])
    answer = pane_of(screen_of(window)).input
    assert isinstance(answer, AreaInput | LineInput)
    edit = answer.area.edit if isinstance(answer, AreaInput) else answer.field.edit
    put(edit, "say ")
    compose(edit, "にほん")
    assert answer.value() == "say"
    leave(window)
    if isinstance(window.page, Unlock):
        unlock(window)
    window.go(ToInterview(talk.interview_id))
    assert pane_of(screen_of(window)).input.value() == "say にほん"


def boxes(answer: AnswerInput) -> list[str]:
    return [each.text() for each in answer.findChildren(QLineEdit)]


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("dateTime", ["", "", "", "14", "3"]),
        ("dateTime", ["12", "", "", "", ""]),
        ("dateTime", ["3", "5", "1990", "", ""]),
        ("date", ["12", "", ""]),
        ("date", ["1-2", "5", "1990"]),
        ("date", ["", "", "19"]),
        ("date", ["٠٣", "٠٥", "١٩٩٠"]),
        ("time", ["", "30"]),
        ("int", ["about 5"]),
        ("geopoint", ["12,5 N", ""]),
        ("geopoint", ["", "-7"]),
        ("text", [" half a word "]),
        ("range", ["about 5"]),
    ],
)
def test_boxes_half_filled_come_back_as_they_were(window: Window, tmp_path: Path, kind: str, typed: list[str]) -> None:
    row = question("range", "first", parameters="start=1 end=9") if kind == "range" else question(kind, "first")
    talk = open_talk(window, tmp_path, [row, *WORDS[1:]])
    for edit, text in zip(pane_of(screen_of(window)).input.findChildren(QLineEdit), typed, strict=True):
        edit.insert(text)
    again = lock_and_return(window, talk.interview_id)
    assert boxes(pane_of(again).input) == typed
    assert again.unsaved() == []


@pytest.mark.parametrize(
    ("kind", "draft", "shown"),
    [
        ("date", '["2019-03-01~about_month", ""]', "2019-03-01~about_month"),
        ("dateTime", '["2019-03-09T19:30:00", ""]', "2019-03-09T19:30:00"),
        ("geopoint", '["12.5 ? 0 0", ""]', "12.5 ? 0 0"),
        ("int", '["7", ""]', "7"),
        ("text", "words alone", "words alone"),
    ],
)
def test_a_draft_of_the_first_release_is_still_read(
    window: Window, tmp_path: Path, kind: str, draft: str, shown: str
) -> None:
    session = session_of(window)
    talk = talk_on(session, tmp_path, [question(kind, "first"), *WORDS[1:]])
    session.vault.drafts.keep(talk.case_ref, drafts.of_question(talk.interview_id, "/data/first"), draft)
    window.go(ToInterview(talk.interview_id))
    assert pane_of(screen_of(window)).input.value() == shown


def test_how_exact_a_date_is_comes_back_before_there_is_a_date(window: Window, tmp_path: Path) -> None:
    talk = open_talk(window, tmp_path, [question("date", "first"), *WORDS[1:]])
    answer = pane_of(screen_of(window)).input
    answer.choices.modes["season"].click()  # type: ignore[attr-defined]  # a date
    answer.choices.seasons[Precision.AUTUMN].click()  # type: ignore[attr-defined]  # a date
    again = pane_of(lock_and_return(window, talk.interview_id)).input
    put(again.boxes["year"].edit, "2024")  # type: ignore[attr-defined]  # a date
    assert again.value() == "2024-01-01~autumn"


def test_a_draft_beside_a_file_leaves_the_file_alone(window: Window, tmp_path: Path) -> None:
    session = session_of(window)
    talk = talk_on(session, tmp_path, [question("image", "first"), *WORDS[1:]])
    picture = tmp_path / "a.png"
    picture.write_bytes(png(8, 8))
    talk.attach("/data/first", picture)
    talk.back()
    draft = f'["path:{picture}", "her words"]'
    session.vault.drafts.keep(talk.case_ref, drafts.of_question(talk.interview_id, "/data/first"), draft)
    window.go(ToInterview(talk.interview_id))
    assert pane_of(screen_of(window)).input.value() == recorded(session, talk)["/data/first"].value
    assert pane_of(screen_of(window)).own_words.text() == "her words"


def test_half_a_date_entered_by_the_person_comes_back_as_it_was(window: Window, tmp_path: Path) -> None:
    talk = open_talk(window, tmp_path, [question("date", "first"), *WORDS[1:]])
    screen = screen_of(window)
    screen._turn()
    assert isinstance(screen.person.shown, PersonView)
    screen.person.shown.input.findChildren(QLineEdit)[0].insert("12")
    # The person's language begins with the day, the officer's with the month.
    assert boxes(pane_of(lock_and_return(window, talk.interview_id)).input) == ["", "12", ""]
