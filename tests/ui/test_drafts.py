"""Reasons, referrals, names and keys half typed are kept a moment after the typing rests, and there again."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.colleagues import EVA, KEEPER, decided, enrol
from tests.support.half_typed import case_of, session_of
from tests.support.journey import put
from tests.support.screens import texts
from tests.support.sessions import begun
from tests.support.windows import banner, unlock
from victimid.app import case_draft, handing_over, officer_draft
from victimid.app.access import Why
from victimid.errors import VictimIDError
from victimid.model.finding import Outcome
from victimid.model.people import Role
from victimid.ui.destinations import (
    ToExport,
    ToHandOver,
    ToOfficers,
    ToRecovery,
    ToReferral,
    ToSettings,
    ToSummary,
)
from victimid.ui.draft import Draft
from victimid.ui.jobs import InlineJobs
from victimid.ui.screens.export import ExportScreen
from victimid.ui.screens.hand_over import HandOverScreen
from victimid.ui.screens.officers import OfficersScreen
from victimid.ui.screens.policy import PolicyScreen
from victimid.ui.screens.recovery import RecoveryScreen
from victimid.ui.screens.referral import ReferralScreen
from victimid.ui.screens.summary import SummaryScreen
from victimid.ui.window import Window


def rests(qtbot: QtBot, edit: QLineEdit | QPlainTextEdit, read: Callable[[], str]) -> None:
    """Type, touch nothing more, and find it in the vault."""
    put(edit, "half a reason")
    assert "half a reason" not in read()
    qtbot.waitUntil(lambda: "half a reason" in read(), timeout=5000)


def test_every_form_of_a_case_is_kept_a_moment_after_the_typing_rests(qtbot: QtBot, window: Window) -> None:
    session, ref = session_of(window), case_of(window)
    window.go(ToSummary(ref))
    assert isinstance(window.page, SummaryScreen)
    assert window.page.decision is not None
    rests(qtbot, window.page.decision.reason.edit, lambda: case_draft.read(session, ref, "decision"))
    window.go(ToReferral(ref))
    assert isinstance(window.page, ReferralScreen)
    assert window.page.form is not None
    rests(qtbot, window.page.form.request.deputy.edit, lambda: case_draft.read(session, ref, "referral"))
    window.go(ToHandOver((ref,)))
    assert isinstance(window.page, HandOverScreen)
    rests(qtbot, window.page.reason.edit, lambda: handing_over.kept_reason(session, (ref,)))


def test_a_note_of_a_review_is_kept_a_moment_after_the_typing_rests(qtbot: QtBot, window: Window) -> None:
    enrol(session_of(window))
    window.lock()
    unlock(window, EVA)
    ref = decided(session_of(window)).case_ref
    window.lock()
    unlock(window)
    session = session_of(window)
    session.access.open_other(ref, Why.REVIEW)
    window.go(ToSummary(ref))
    assert isinstance(window.page, SummaryScreen)
    rests(qtbot, window.page.review.note.edit, lambda: case_draft.read(session, ref, "review"))
    window.page.review.verdict.buttons[1].click()
    window.page.review.record.click()
    assert window.page.review.note.text() == ""
    assert case_draft.read(session, ref, "review") == ""


def test_a_referral_begun_without_a_service_is_there_again(window: Window) -> None:
    ref = case_of(window)
    window.go(ToReferral(ref))
    assert isinstance(window.page, ReferralScreen)
    assert window.page.form is not None
    put(window.page.form.request.contact.edit, "desk 2")
    window.lock()
    unlock(window)
    window.go(ToReferral(ref))
    assert isinstance(window.page, ReferralScreen)
    assert window.page.form is not None
    assert window.page.form.request.contact.text() == "desk 2"
    assert window.page.form.draft().request is None


def test_the_reason_of_a_hand_over_waits_beside_none_of_the_cases_that_stay(window: Window) -> None:
    session = session_of(window)
    eva = enrol(session)
    begun(session)
    begun(session)
    window.go(ToHandOver())
    page = window.page
    assert isinstance(page, HandOverScreen)
    stays, goes = page.cases.listed
    put(page.reason.edit, "end of shift")
    page.cases.choose((goes,))
    page.to.set_values([eva.id])
    page._refresh()
    page.hand.click()
    page.question.confirmed.emit()
    assert session.vault.cases.get(goes).owner == eva.id
    assert handing_over.kept_reason(session, (stays,)) == ""
    assert page.unsaved() == []


def office_fields(window: Window) -> dict[str, QLineEdit | QPlainTextEdit]:
    """Show one office screen after the other, and return what is typed there for others, by place."""
    found: dict[str, QLineEdit | QPlainTextEdit] = {}
    match window.page:
        case OfficersScreen() as page:
            found["name"] = page.enrol.name.edit
        case ExportScreen() as page:
            found |= {"key": page.key.key.edit, "signing key": page.receipt_key.key.edit}
        case RecoveryScreen() as page:
            found |= {"first": page.pair.first.edit, "second": page.pair.second.edit}
    return found


def text_of(edit: QLineEdit | QPlainTextEdit) -> str:
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


def test_names_and_keys_half_typed_are_there_again_for_the_officer_who_typed_them(window: Window) -> None:
    enrol(session_of(window), role=Role.SUPERVISOR)
    for place in (ToOfficers(), ToExport(), ToRecovery()):
        window.go(place)
        for name, edit in office_fields(window).items():
            put(edit, f"half {name}")
        window.lock()
        unlock(window)
        window.go(place)
        assert {name: text_of(edit) for name, edit in office_fields(window).items()} == {
            name: f"half {name}" for name in office_fields(window)
        }
        window.lock()
        unlock(window, EVA)
        window.go(place)
        assert {text_of(edit) for edit in office_fields(window).values()} == {""}
        window.lock()
        unlock(window)


def test_days_half_changed_are_there_again_and_said_not_to_hold(window: Window) -> None:
    enrol(session_of(window), KEEPER, Role.ADMINISTRATOR)
    window.lock()
    unlock(window, KEEPER)
    for typed in ("3", "36"):
        window.go(ToSettings())
        assert isinstance(window.page, PolicyScreen)
        assert window.page.days[Outcome.REFER].text() == typed[:-1]
        put(window.page.days[Outcome.REFER].edit, typed[-1])
        window.lock()
        unlock(window, KEEPER)
    window.go(ToSettings())
    assert isinstance(window.page, PolicyScreen)
    assert "once you keep" in banner(window)
    window.page.keep.click()
    window.lock()
    unlock(window, KEEPER)
    window.go(ToSettings())
    assert isinstance(window.page, PolicyScreen)
    assert window.page.days[Outcome.REFER].text() == "36"
    assert banner(window) == ""


def test_a_name_is_forgotten_once_the_officer_is_enrolled(window: Window) -> None:
    session = session_of(window)
    window.go(ToOfficers())
    assert isinstance(window.page, OfficersScreen)
    put(window.page.enrol.name.edit, "Ida Example")
    window.page.draft.keep()
    assert officer_draft.read(session, "name to enrol") == "Ida Example"
    window.page.enrol.roles.buttons[0].click()
    window.page.enrol.enrol.click()
    assert window.page.told.isVisible(), texts(window.page)
    assert officer_draft.read(session, "name to enrol") == ""


class Shelf:
    """Holds what is kept; full for as long as it is said to be."""

    def __init__(self) -> None:
        self.full, self.kept = False, ""

    def keep(self, text: str) -> None:
        if self.full:
            raise VictimIDError("vault.disk_full")
        self.kept = text


def test_a_draft_that_could_not_be_kept_is_still_waiting(qtbot: QtBot) -> None:
    owner, shelf = QWidget(), Shelf()
    qtbot.addWidget(owner)
    edit = QLineEdit(owner)
    draft = Draft(owner, InlineJobs(), edit.text, shelf.keep)
    edit.setText("half")
    shelf.full = True
    draft.keep()
    assert draft.unsaved() is not None
    shelf.full = False
    draft.keep()
    assert (shelf.kept, draft.unsaved()) == ("half", None)


def test_work_that_fails_leaves_the_draft(qtbot: QtBot) -> None:
    owner, shelf = QWidget(), Shelf()
    qtbot.addWidget(owner)
    edit = QLineEdit(owner)
    draft = Draft(owner, InlineJobs(), edit.text, shelf.keep)
    edit.setText("half")

    def refuse() -> None:
        raise VictimIDError("case.not_yours")

    with pytest.raises(VictimIDError):
        draft.recording(refuse)()
    assert shelf.kept == "half"
    draft.recording(lambda: None)()
    assert (shelf.kept, draft.unsaved()) == ("", None)
