"""Locking from every screen, by button, key and idling: nothing typed is lost, nothing of the case stays in memory."""

from datetime import timedelta
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from tests.support.colleagues import EVA, decided, enrol
from tests.support.journey import put, texts_held
from tests.support.locks import (
    Lock,
    by_button,
    by_idling,
    by_key,
    by_key_wherever_keys_go,
    by_panic,
    by_the_system,
    held_anywhere,
)
from tests.support.places import everywhere
from tests.support.screens import answer_as_invented
from tests.support.sessions import answer_all, begun
from tests.support.windows import Desktop, unlock
from victimid.app.access import Why
from victimid.app.session import Session
from victimid.model.audit import Action, AuditQuery
from victimid.model.policy import Policy
from victimid.ui.destinations import (
    Destination,
    ToActions,
    ToCare,
    ToExport,
    ToHandOver,
    ToInterview,
    ToOfficers,
    ToPassphrase,
    ToReason,
    ToReferral,
    ToSummary,
)
from victimid.ui.screen import Screen
from victimid.ui.screens.actions import ActionsScreen
from victimid.ui.screens.answer_fields import AreaInput
from victimid.ui.screens.care import CareScreen
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.export import ExportScreen
from victimid.ui.screens.hand_over import HandOverScreen
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.officers import OfficersScreen
from victimid.ui.screens.own_passphrase import OwnPassphraseScreen
from victimid.ui.screens.person_view import PersonView
from victimid.ui.screens.reason import ReasonScreen
from victimid.ui.screens.referral import ReferralScreen
from victimid.ui.screens.summary import SummaryScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window

TYPED = "Wq4half a word"


LOCKS = pytest.mark.parametrize("lock", [by_button, by_key, by_idling])


def session_of(window: Window) -> Session:
    assert isinstance(window.page, Screen)
    return window.page.context.session


@pytest.fixture
def cases(window: Window) -> tuple[str, str]:
    """Return a finished case, and an interview that stands where the person tells their story."""
    session = session_of(window)
    finished, open_ = begun(session), begun(session)
    answer_all(finished)
    finished.finish()
    view = open_.view()
    while view.question is not None and not view.question.ref.endswith("/account"):
        view = answer_as_invented(open_)
    return finished.view().case_ref, open_.interview_id


def test_no_place_is_forgotten_here() -> None:
    assert {type(place) for place in everywhere("", "")} == set(get_args(Destination))


def edits(page: QWidget | None, destination: Destination) -> list[QLineEdit | QPlainTextEdit]:
    """Return where something of the case can be typed on a screen and has to outlast the lock."""
    match page:
        case InterviewScreen(pane=pane) if pane is not None and isinstance(pane.input, AreaInput):
            return [pane.input.area.edit]
        case SummaryScreen(decision=panel) if panel is not None:
            return [panel.reason.edit]
        case ReferralScreen(form=form) if form is not None:
            form.request.services.buttons[0].click()
            return [form.request.contact.edit, form.request.deputy.edit, form.consent.interpreter.edit]
        case HandOverScreen():
            return [page.reason.edit]
        case DeskScreen():
            return []
    assert not isinstance(destination, (ToInterview, ToSummary, ToReferral, ToHandOver))
    return []


@LOCKS
def test_every_screen_gives_up_the_case_and_keeps_what_was_typed(
    window: Window, office: Desktop, cases: tuple[str, str], lock: Lock
) -> None:
    for destination in everywhere(*cases):
        window.go(destination)
        fields = edits(window.page, destination)
        for edit in fields:
            put(edit, TYPED)
        session = session_of(window)
        lock(window, office)
        assert isinstance(window.page, Unlock), destination
        with pytest.raises(Exception, match=r"closed|locked"):
            session.vault.overview.rows()
        left = [text for text in held_anywhere() if TYPED in text or "RU-" in text or "Ejemplo" in text]
        assert left == [], destination
        unlock(window)
        window.go(destination)
        shown = [text for widget in window.findChildren(QWidget) for text in texts_held(widget)]
        assert len([text for text in shown if text == TYPED]) == len(fields), destination


@LOCKS
def test_the_person_s_side_locks_too(window: Window, office: Desktop, cases: tuple[str, str], lock: Lock) -> None:
    window.go(ToInterview(cases[1]))
    screen = window.page
    assert isinstance(screen, InterviewScreen)
    screen._turn()
    view = screen.person.shown
    assert isinstance(view, PersonView)
    assert isinstance(view.input, AreaInput)
    put(view.input.area.edit, TYPED)
    if lock is by_button:
        QTest.keyClick(window, Qt.Key.Key_F7)
    lock(window, office)
    assert isinstance(window.page, Unlock)
    assert [text for text in held_anywhere() if TYPED in text] == []
    unlock(window)
    window.go(ToInterview(cases[1]))
    again = window.page
    assert isinstance(again, InterviewScreen)
    assert again.pane is not None
    assert again.pane.input.value() == TYPED


def overlays(window: Window) -> list[QWidget]:
    """Open everything that can lie over a screen: its lists, a menu of a field, the curtain; return the windows."""
    page = window.page
    assert page is not None
    for box in page.findChildren(QComboBox):
        if box.isVisible():
            box.showPopup()
    field = next((each for each in page.findChildren(QLineEdit) if each.isVisible()), None)
    if field is not None:
        menu = field.createStandardContextMenu()
        menu.setParent(window, Qt.WindowType.Popup)
        menu.popup(window.mapToGlobal(window.rect().center()))
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]


@pytest.mark.qt_log_ignore("does not support", extend=True)
@pytest.mark.parametrize("lock", [by_key_wherever_keys_go, by_idling, by_panic, by_the_system])
def test_a_lock_closes_every_list_and_menu(window: Window, office: Desktop, cases: tuple[str, str], lock: Lock) -> None:
    opened = 0
    for destination in everywhere(*cases):
        window.go(destination)
        opened += len(overlays(window))
        lock(window, office)
        assert isinstance(window.page, Unlock), destination
        assert QApplication.activePopupWidget() is None
        others = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]
        assert others == [], destination
        unlock(window)
    assert opened >= 12


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_the_screen_is_hidden_also_from_a_list_or_a_menu(window: Window, cases: tuple[str, str]) -> None:
    opened = 0
    for destination in everywhere(*cases):
        window.go(destination)
        opened += len(overlays(window))
        QTest.keyPress(QApplication.activePopupWidget() or window, Qt.Key.Key_F9)
        assert window._curtain.isVisible(), destination
        assert QApplication.activePopupWidget() is None
        window.show_screen()
    assert opened >= 12


def by_closing(window: Window, office: Desktop) -> None:
    del office
    window.close()
    window.show()


WAYS = {by_button: "officer", by_key: "officer", by_idling: "idle", by_panic: "panic", by_the_system: "system"}


@pytest.mark.parametrize(("lock", "why"), [*WAYS.items(), (by_closing, "closed")])
def test_the_record_says_what_locked(window: Window, office: Desktop, lock: Lock, why: str) -> None:
    lock(window, office)
    unlock(window)
    assert isinstance(window.page, DeskScreen)
    [locked] = window.page.context.session.vault.audit.entries(1, AuditQuery(actions=(Action.LOCKED,)))
    assert locked.detail == why


def test_a_lock_empties_the_clipboard_of_what_was_copied_here(window: Window) -> None:
    assert isinstance(window.page, DeskScreen)
    clipboard = QApplication.clipboard()
    for copy in (QLineEdit.copy, QLineEdit.cut):
        assert isinstance(window.page, DeskScreen)
        put(window.page.cases.filters.search.edit, TYPED)
        window.page.cases.filters.search.edit.selectAll()
        copy(window.page.cases.filters.search.edit)
        assert clipboard.text() == TYPED
        window.lock()
        assert clipboard.text() == ""
        unlock(window)


def test_a_key_copied_from_a_screen_does_not_stay(window: Window) -> None:
    window.go(ToExport())
    assert isinstance(window.page, ExportScreen)
    shown = window.page.laptop.key.edit
    shown.setFocus()
    shown.selectAll()
    shown.copy()
    assert QApplication.clipboard().text().startswith("ssh-ed25519")
    window.lock()
    assert QApplication.clipboard().text() == ""


def test_a_lock_leaves_what_another_program_copied(window: Window) -> None:
    assert isinstance(window.page, DeskScreen)
    put(window.page.cases.filters.search.edit, TYPED)
    window.page.cases.filters.search.edit.selectAll()
    window.page.cases.filters.search.edit.copy()
    QApplication.clipboard().setText("from elsewhere")
    window.lock()
    assert QApplication.clipboard().text() == "from elsewhere"


def ask_everything(page: QWidget | None, eva: str) -> bool:
    """Open whatever a screen can ask, with something typed wherever something can be typed; tell whether it asks."""
    for edit in page.findChildren(QLineEdit) if page is not None else []:
        if edit.isVisible() and edit.isEnabled():
            put(edit, TYPED)
    match page:
        case OfficersScreen():
            page.told.show_passphrase("Eva Ejemplo", TYPED)
            page.list.buttons[eva].click()
            return page.question.isVisible()
        case CareScreen(due=due) if due is not None:
            next(iter(due.buttons.values())).click()
            page.rollback.show()
            page.rollback.button.click()
            return due.deletion.isVisible() and page.rollback.question.isVisible()
        case HandOverScreen():
            page.cases.way.buttons[0].click()
            page.to.buttons[0].click()
            page.reason.set_text("RU-7K2M Ejemplo")
            page.hand.click()
            return page.question.isVisible()
        case ReasonScreen():
            page.choices.buttons[0].click()
            return page.open.isEnabled()
        case ActionsScreen():
            for each in (page.filters.case, page.filters.first, page.filters.last):
                each.set_text("")
            page.filters.typing.timeout.emit()
            page.to_file.click()
            return page.writing.isVisible()
        case _:
            assert isinstance(page, OwnPassphraseScreen)
            page.new.first.toggle.click()
            return True


@LOCKS
def test_no_open_question_holds_up_a_lock_or_leaves_anything(
    window: Window, office: Desktop, cases: tuple[str, str], lock: Lock
) -> None:
    session = session_of(window)
    eva = enrol(session).id
    session.vault.policies.change(Policy({None: 1}), session.officer_id)
    office.clock.move(timedelta(days=2).total_seconds())
    window.lock()
    unlock(window)
    ref = cases[0]
    places = (ToOfficers(), ToCare(), ToHandOver(), ToReason(ref, ToSummary(ref)), ToActions(), ToPassphrase())
    for destination in places:
        window.go(destination)
        assert ask_everything(window.page, eva), destination
        lock(window, office)
        assert isinstance(window.page, Unlock), destination
        left = [text for text in held_anywhere() if TYPED in text or "RU-" in text or "Ejemplo" in text]
        assert left == [], destination
        unlock(window)


@LOCKS
def test_a_review_half_typed_is_there_again(window: Window, office: Desktop, lock: Lock) -> None:
    enrol(session_of(window))
    window.lock()
    unlock(window, EVA)
    ref = decided(session_of(window)).case_ref
    window.lock()
    unlock(window)
    session_of(window).access.open_other(ref, Why.REVIEW)
    window.go(ToSummary(ref))
    assert isinstance(window.page, SummaryScreen)
    put(window.page.review.note.edit, TYPED)
    lock(window, office)
    assert [text for text in held_anywhere() if TYPED in text] == []
    unlock(window)
    session_of(window).access.open_other(ref, Why.REVIEW)
    window.go(ToSummary(ref))
    assert isinstance(window.page, SummaryScreen)
    assert window.page.review.note.text() == TYPED
