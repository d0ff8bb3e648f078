"""What each role is offered; reasons, hand-overs and reviews between colleagues, in the window."""

from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.colleagues import EVA, KEEPER, decided, enrol
from tests.support.screens import texts
from tests.support.sessions import begun
from tests.support.vaults import NAME
from tests.support.windows import Desktop, banner, unlock
from victimid.app.session import Session
from victimid.model.audit import Action
from victimid.model.people import Role
from victimid.ui.destinations import ToDesk, ToExport, ToHandOver, ToInterview, ToNewInterview, ToSummary
from victimid.ui.screen import Screen
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.export import ExportScreen
from victimid.ui.screens.hand_over import HandOverScreen
from victimid.ui.screens.officers import OfficersScreen
from victimid.ui.screens.reason import ReasonScreen
from victimid.ui.screens.summary import SummaryScreen
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.side_nav import NavButton
from victimid.ui.window import Window

P = TypeVar("P", bound=QWidget)


@pytest.fixture
def window(office: Desktop) -> Window:
    """Return the window of the first officer, a supervisor, with two colleagues enrolled."""
    made = office.open()
    unlock(made)
    enrol(session(made))
    enrol(session(made), KEEPER, Role.ADMINISTRATOR)
    return made


def session(window: Window) -> Session:
    assert isinstance(window.page, Screen)
    return window.page.context.session


def page(window: Window, kind: type[P]) -> P:
    assert isinstance(window.page, kind), window.page
    return window.page


def become(window: Window, name: str) -> None:
    window.lock()
    unlock(window, name)


def offered(window: Window) -> list[str]:
    return [button.accessibleName() for button in window.findChildren(NavButton) if button.isVisible()]


def listed(window: Window) -> list[str]:
    table = page(window, DeskScreen).cases.table.rows
    return [table.row(number).ref for number in range(table.rowCount())]


def test_each_role_is_offered_what_it_may_do(window: Window) -> None:
    window.go(ToDesk())
    assert offered(window) == [
        "Desk",
        "Headquarters",
        "Officers",
        "Record of actions",
        "Vault",
        "Backups",
        "Your passphrase",
    ]
    become(window, EVA)
    assert offered(window) == ["Desk", "Headquarters", "Your passphrase"]
    become(window, KEEPER)
    assert isinstance(window.page, OfficersScreen)
    own = ["Headquarters", "Officers", "Vault", "Backups", "Settings", "Content", "Your passphrase"]
    assert offered(window) == own


def test_an_administrator_sees_no_case_even_on_the_way_there(window: Window) -> None:
    ref = begun(session(window)).case_ref
    become(window, KEEPER)
    for place in (ToDesk(), ToSummary(ref), ToNewInterview(ref), ToHandOver()):
        window.go(place)
        assert banner(window) == (
            "Your role on this laptop does not allow this. Nothing was changed. Ask your supervisor."
        ), place
        assert ref not in " ".join(texts(window))
    window.go(ToExport())
    export = page(window, ExportScreen)
    assert [part.isVisible() for part in (export.sending, export.receipt, export.sent)] == [False] * 3
    assert export.laptop.isVisible()


def test_an_officer_lists_own_cases_only_and_a_supervisor_sees_whose_they_are(window: Window) -> None:
    own = begun(session(window)).case_ref
    become(window, EVA)
    hers = begun(session(window)).case_ref
    window.go(ToDesk())
    assert listed(window) == [hers]
    assert page(window, DeskScreen).counts.unfinished.number.text() == "1"
    become(window, NAME)
    assert set(listed(window)) == {own, hers}
    rows = [page(window, DeskScreen).cases.table.rows.row(number).cells for number in range(2)]
    assert {(row[0], row[4]) for row in rows} == {(own, NAME), (hers, EVA)}


def test_another_officer_s_case_is_opened_for_a_reason_that_is_recorded(window: Window, qtbot: QtBot) -> None:
    become(window, EVA)
    talk = begun(session(window))
    become(window, NAME)
    page(window, DeskScreen).open_case(talk.case_ref)
    qtbot.waitUntil(lambda: isinstance(window.page, ReasonScreen))
    reason = page(window, ReasonScreen)
    assert not reason.open.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_4)
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert not isinstance(window.page, ReasonScreen)
    entries = session(window).vault.audit.entries(20)
    [viewed] = [e for e in entries if e.action is Action.CASE_VIEWED and e.officer == session(window).officer_id]
    assert (viewed.subject, viewed.detail) == (talk.case_ref, "danger")
    window.go(ToInterview(talk.interview_id))
    qtbot.wait(0)
    assert not isinstance(window.page, ReasonScreen)


def test_cases_change_hands_and_wait_on_the_desk_until_they_are_opened(window: Window) -> None:
    first, second = (decided(session(window)).case_ref for _ in range(2))
    window.go(ToDesk())
    page(window, DeskScreen).hand_over.click()
    screen = page(window, HandOverScreen)
    assert (screen.cases.title.text(), screen.hand.isEnabled()) == ("2 open cases", False)
    screen.cases.way.buttons[0].click()
    screen.to.buttons[0].click()
    assert screen.missing.text() == "Write in a sentence why."
    QTest.keyClicks(screen.reason.edit, "end of shift")
    screen.hand.click()
    assert "2 cases go to" in screen.question.text.text()
    screen.question.no.click()
    assert screen.reason.isEnabled()
    screen.hand.click()
    screen.question.yes.click()
    assert isinstance(window.page, DeskScreen)
    become(window, EVA)
    desk = page(window, DeskScreen)
    assert [text for text in texts(desk.waiting) if NAME in text]
    assert not [text for text in texts(desk.waiting) if "end of shift" in text]
    why, *cases = _buttons(desk.waiting)
    assert len(cases) == 2
    why.click()
    assert [text for text in texts(desk.waiting) if "end of shift" in text]
    assert set(listed(window)) == {first, second}
    desk.waiting.chosen.emit(first)
    said = texts(page(window, SummaryScreen))
    assert [text for text in said if NAME in text and EVA in text and "arranged" not in text]
    assert [text for text in said if "end of shift" in text]
    window.go(ToDesk())
    assert [b.words().replace("\u2060", "") for b in _buttons(page(window, DeskScreen).waiting)] == ["Why", second]


def _buttons(card: QWidget) -> list[Button]:
    return [button for button in card.findChildren(Button) if button.isVisible()]


def test_a_supervisor_hands_over_for_somebody_absent(window: Window) -> None:
    become(window, EVA)
    ref = decided(session(window)).case_ref
    become(window, NAME)
    window.go(ToHandOver())
    screen = page(window, HandOverScreen)
    screen.whose.box.setCurrentText(EVA)
    assert screen.cases.listed == (ref,)
    screen.cases.way.buttons[1].click()
    screen.cases.choose((ref,))
    assert NAME in screen.to.buttons[0].accessibleName()
    screen.to.buttons[0].click()
    screen.reason.set_text("ill today")
    screen.hand.click()
    screen.question.yes.click()
    assert session(window).vault.cases.get(ref).owner == session(window).officer_id
    window.go(ToSummary(ref))
    said = [text.replace("\u2068", "").replace("\u2069", "") for text in texts(window)]
    assert [text for text in said if text.startswith(f"{EVA} to {NAME}, ") and text.endswith(f"arranged by {NAME}")]
    assert "ill today" in said


def test_a_supervisor_asks_to_look_again_and_the_officer_sees_it(window: Window, office: Desktop, qtbot: QtBot) -> None:
    become(window, EVA)
    ref = decided(session(window)).case_ref
    window.go(ToSummary(ref))
    assert page(window, SummaryScreen).review.isHidden()
    become(window, NAME)
    window.go(ToSummary(ref))
    qtbot.waitUntil(lambda: isinstance(window.page, ReasonScreen))
    page(window, ReasonScreen).choices.buttons[0].click()
    page(window, ReasonScreen).open.click()
    card = page(window, SummaryScreen).review
    card.verdict.buttons[1].click()
    assert not card.record.isEnabled()
    QTest.keyClicks(card.note.edit, "ask about the papers")
    card.record.click()
    assert "ask about the papers" in card.said.text()
    assert card.note.text() == ""
    become(window, EVA)
    desk = page(window, DeskScreen)
    assert not [text for text in texts(desk.waiting) if "ask about the papers" in text]
    _buttons(desk.waiting)[0].click()
    assert [text for text in texts(desk.waiting) if "ask about the papers" in text]
    desk.open_case(ref)
    summary = page(window, SummaryScreen)
    assert (summary.review.property("tone"), summary.review.record.isVisible()) == ("attention", False)
    assert summary.decision is not None
    office.clock.move(timedelta(minutes=1).total_seconds())
    summary.decision.choices.buttons[1].click()
    summary.decision.reason.set_text("asked again")
    summary.decision.record.click()
    assert page(window, DeskScreen).waiting.isHidden()
