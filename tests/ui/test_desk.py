"""The desk: what waits, cases by reference and never by name, and where each goes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.colleagues import enrol
from tests.support.sessions import answer_all, begun
from tests.support.vaults import NAME
from tests.support.windows import Desktop, unlock
from victimid.app import summary
from victimid.app.desk import Desk
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.case_list import CaseFilter
from victimid.model.finding import Outcome
from victimid.model.policy import Policy
from victimid.ui.destinations import ToFirstLine, ToInterview, ToNewInterview, ToSummary
from victimid.ui.screens.desk import DeskScreen, next_step
from victimid.ui.screens.desk_table import TAG
from victimid.ui.window import Window


def desk(window: Window) -> DeskScreen:
    shown = window.page
    assert isinstance(shown, DeskScreen)
    return shown


def session(window: Window) -> Session:
    return desk(window).context.session


def cells(screen: DeskScreen) -> list[tuple[str, ...]]:
    return [screen.cases.table.rows.row(number).cells for number in range(screen.cases.table.rows.rowCount())]


def test_an_empty_desk_says_how_to_begin(window: Window) -> None:
    assert desk(window).cases.empty.text() == "No cases yet. Begin with a new interview."
    assert desk(window).cases.table.isHidden()
    assert desk(window).counts.not_exported.below.text() == "nothing exported yet"


def test_cases_are_listed_with_language_stage_and_what_they_wait_for(window: Window) -> None:
    unfinished = begun(session(window))
    finished = begun(session(window), person="ar")
    answer_all(finished)
    finished.finish()
    desk(window).refresh()
    rows = {row[0]: row for row in cells(desk(window))}
    refs = [interview.case_ref for interview in (unfinished, finished)]
    assert rows[refs[0]][2:] == ("Kreyòl ayisyen", "Interview under way", NAME, "unfinished")
    assert rows[refs[1]][2:] == ("العربية", "To be decided", NAME, "decide")
    assert desk(window).counts.unfinished.number.text() == "1"
    assert desk(window).counts.not_exported.number.text() == "2"


def test_a_decided_case_tells_the_decision(window: Window) -> None:
    interview = begun(session(window))
    answer_all(interview)
    interview.finish()
    found = summary.summarise(session(window), interview.case_ref, "es")
    summary.decide(session(window), found, Outcome.INFORM, "asked to think about it")
    desk(window).refresh()
    assert cells(desk(window))[0][3:] == ("Decided: information given", NAME, "")
    assert desk(window).cases.table.rows.index(0, TAG).data() == ""


def test_a_supervisor_sees_what_is_due(office: Desktop, window: Window) -> None:
    old = begun(session(window)).case_ref
    session(window).vault.policies.change(Policy({None: 10}), "administrator")
    office.clock.move(10 * 24 * 3600)
    begun(session(window))
    screen = desk(window)
    box = screen.cases.filters.shown.box
    box.setCurrentIndex(box.findData("due"))
    assert [row[0] for row in cells(screen)] == [old]


def test_who_may_not_delete_is_not_offered_what_is_due(window: Window) -> None:
    enrol(session(window), "Olga")
    window.lock()
    unlock(window, "Olga")
    assert desk(window).cases.filters.shown.box.findData("due") < 0
    with pytest.raises(VictimIDError, match=r"officer\.not_allowed"):
        Desk(session(window)).page(CaseFilter(due=True))


def test_a_case_is_found_by_part_of_its_reference(window: Window) -> None:
    refs = [begun(session(window)).case_ref for _ in range(3)]
    screen = desk(window)
    screen.refresh()
    QTest.keyClicks(screen.cases.filters.search.edit, refs[1].replace("-", "").lower())
    screen.cases.filters.typing.timeout.emit()
    assert [row[0] for row in cells(screen)] == [refs[1]]
    screen.cases.filters.search.set_text("no such case")
    screen.cases.filters.typing.timeout.emit()
    assert (cells(screen), screen.cases.empty.text()) == ([], "No case has this in its reference.")
    assert screen.counts.unfinished.number.text() == "3"


def test_a_case_opens_where_it_stands(window: Window) -> None:
    interview = begun(session(window))
    screen = desk(window)
    screen.refresh()
    row = Desk(session(window)).case(interview.case_ref)
    assert next_step(row) == ToInterview(interview.interview_id)
    answer_all(interview)
    interview.finish()
    screen.refresh()
    assert next_step(Desk(session(window)).case(row.ref)) == ToSummary(row.ref)


def test_a_click_and_the_enter_key_open_a_case(window: Window) -> None:
    begun(session(window))
    screen = desk(window)
    screen.refresh()
    chosen: list[str] = []
    screen.cases.chosen.disconnect(screen.open_case)
    screen.cases.chosen.connect(chosen.append)
    cell = screen.cases.table.visualRect(screen.cases.table.rows.index(0, 0)).center()
    QTest.mouseClick(screen.cases.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, cell)
    QTest.keyClick(screen.cases.table, Qt.Key.Key_Return)
    assert chosen == [cells(screen)[0][0]] * 2


def test_keys_begin_an_interview(window: Window) -> None:
    screen = desk(window)
    screen.go.disconnect(window.go)
    wanted: list[object] = []
    screen.go.connect(wanted.append)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert wanted == [ToNewInterview(), ToFirstLine()]


def test_a_low_window_leaves_its_height_to_the_cases(window: Window) -> None:
    for _ in range(6):
        begun(session(window))
    screen = desk(window)
    screen.refresh()
    screen.reminder.show()
    heights = {}
    for height in (800, 640):
        window.resize(1024, height)
        for _ in range(3):
            QApplication.processEvents()
        heights[height] = screen.counts.height()
        assert screen.cases.filters.search.edit.height() >= screen.cases.filters.search.edit.minimumSizeHint().height()
        assert screen.cases.table.viewport().height() >= 3 * screen.cases.table.rowHeight(0)
        assert screen.counts.unfinished.below.isVisible() is (height == 800)
    assert heights[640] < heights[800] / 2
