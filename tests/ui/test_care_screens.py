"""Settings and the care of the vault, on screen and in a real vault."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.colleagues import EVA, KEEPER, decided, enrol
from tests.support.screens import texts
from tests.support.sessions import begun
from tests.support.windows import Desktop, banner, page, session_of, unlock
from victimid.app import exporting, vault_care
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.finding import Outcome
from victimid.model.people import Role
from victimid.model.policy import Policy
from victimid.ui.destinations import (
    ToCare,
    ToDesk,
    ToSettings,
)
from victimid.ui.jobs import WorkerJobs
from victimid.ui.screens.care import CareScreen
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.policy import PolicyScreen, read_days
from victimid.ui.screens.restoring import Restoring
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window


def test_settings_hold_at_once_and_after_the_next_unlocking(window: Window, office: Desktop) -> None:
    enrol(session_of(window), KEEPER, Role.ADMINISTRATOR)
    window.lock()
    unlock(window, KEEPER)
    window.go(ToSettings())
    screen = page(window, PolicyScreen)
    screen.days[Outcome.REFER].set_text("a year")
    screen.keep.click()
    assert banner(window) == "Type days as a number from 1 to 36,500."
    screen.days[Outcome.REFER].set_text("٣٦٥")
    screen.idle.box.setCurrentIndex(screen.idle.box.findData("7"))
    screen.erase.buttons[1].click()
    screen.keep.click()
    assert banner(window) == "The settings are kept and hold from now on."
    assert vault_care.policy(session_of(window)) == Policy({Outcome.REFER: 365}, 7, erase_allowed=True)
    for minutes, locked in ((6, False), (7, True)):
        window.lock()
        unlock(window, KEEPER)
        office.clock.move(timedelta(minutes=minutes).total_seconds())
        window._idle.check()
        assert isinstance(window.page, Unlock) is locked


def test_idling_is_by_the_policy_from_the_first_unlocking_on(window: Window, office: Desktop) -> None:
    office.clock.move(timedelta(minutes=Policy().idle_minutes).total_seconds() - 1)
    assert not window._idle.check()
    office.clock.move(1)
    assert window._idle.check()
    assert isinstance(window.page, Unlock)


def test_days_out_of_bounds_are_not_read() -> None:
    assert read_days({None: "", Outcome.INFORM: " 30 "}) == {Outcome.INFORM: 30}
    for typed in ("0", "-1", "1.5", "36501", "x"):
        assert read_days({None: typed}) is None


def test_a_check_says_what_it_compared_and_what_it_cannot_prove(window: Window) -> None:
    decided(session_of(window))
    window.go(ToCare())
    check = page(window, CareScreen).check
    check.button.click()
    said = texts(check)
    assert "Nothing was found that does not fit." in said
    assert any("only an export written before shows that" in text for text in said)
    assert session_of(window).vault.audit.entries(1)[0].action is Action.CHECKED
    ref = begun(session_of(window)).case_ref
    session_of(window).vault._database.execute("UPDATE cases SET person_language = 'xx' WHERE ref = ?", (ref,))
    check.button.click()
    said = texts(check)
    assert "1 thing does not fit." in said
    assert f"Case {ref} is not as the record of actions says it was left." in said


def test_a_check_stops_when_asked_and_when_the_screen_is_left(window: Window) -> None:
    window.go(ToCare())
    screen = page(window, CareScreen)
    progress = screen.check.work.begin()
    screen.check.work.button.click()
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        vault_care.check(session_of(window), progress=progress.report)
    progress = screen.check.work.begin()
    window.lock()
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        progress.report(0, 1)


def test_a_check_on_the_worker_tells_how_far_it_is(office: Desktop, worker: WorkerJobs, qtbot: QtBot) -> None:
    window = office.open(jobs=worker)
    qtbot.waitUntil(lambda: isinstance(window.page, Unlock))
    unlock(window)
    qtbot.waitUntil(lambda: isinstance(window.page, DeskScreen))
    window.go(ToCare())
    check = page(window, CareScreen).check
    bar, told = check.work.bar, list[int]()
    bar.valueChanged.connect(told.append)
    check.button.setFocus()
    check.button.click()
    assert (check.button.isEnabled(), check.work.button.hasFocus()) == (False, True)
    qtbot.waitUntil(check.button.isEnabled)
    assert (told == sorted(told), bar.value(), check.work.isVisible()) == (True, bar.maximum(), False)
    assert check.button.hasFocus()
    window.lock()


def test_what_is_due_is_deleted_after_a_question(window: Window, office: Desktop) -> None:
    ref = decided(session_of(window)).case_ref
    policy = Policy({Outcome.REFER: 1})
    session_of(window).vault.policies.change(policy, session_of(window).officer_id)
    office.clock.move(timedelta(days=2).total_seconds())
    window.lock()
    aside = office.folder.with_name(f"{office.folder.name}-set-aside-20261101-120000")
    shutil.copytree(office.folder, aside)
    unlock(window)
    window.go(ToCare())
    due = page(window, CareScreen).due
    assert due is not None
    due.buttons[ref].click()
    assert not due.deletion.question.yes.isEnabled()
    due.deletion.question.no.click()
    due.buttons[ref].click()
    due.deletion.reasons.buttons[0].click()
    due.deletion.question.yes.click()
    assert (list(due.buttons), due.deleted.isVisible()) == ([], True)
    entry = session_of(window).vault.audit.entries(1)[0]
    assert (entry.action, entry.subject) == (Action.CASE_DELETED, ref)
    assert entry.detail.endswith("override=person_asked")
    assert f"{aside}\u2069 may still hold it." in due.deleted.text()


def test_an_old_database_is_said_on_every_screen_until_a_supervisor_accepts_it(
    window: Window, office: Desktop, tmp_path: Path
) -> None:
    enrol(session_of(window))
    begun(session_of(window))
    window.lock()
    database = office.folder / "records.db"
    old = database.read_bytes()
    unlock(window)
    begun(session_of(window))
    window.lock()
    database.write_bytes(old)
    unlock(window, EVA)
    assert window._head is not None
    assert (window._head.warning.isVisible(), window._head.warning.button.isVisible()) == (True, False)
    window.lock()
    unlock(window)
    assert window._head is not None
    window._head.warning.button.click()
    with pytest.raises(VictimIDError, match=r"export\.rolled_back"):
        exporting.write(session_of(window), tmp_path)
    card = page(window, CareScreen).rollback
    card.button.click()
    card.question.no.click()
    assert window._head.warning.isVisible()
    card.button.click()
    assert not card.question.yes.isEnabled()
    card.question.reasons.buttons[1].click()
    card.question.yes.click()
    accepted = session_of(window).vault.audit.entries(1, AuditQuery(actions=(Action.ROLLBACK_ACCEPTED,)))[0]
    assert accepted.detail.startswith("disk_failed anchor=")
    assert not window._head.warning.isVisible()
    assert page(window, CareScreen).rollback.isHidden()
    window.go(ToDesk())
    assert exporting.write(session_of(window), tmp_path).path.is_file()


def test_damage_that_was_found_stays_said_and_leads_to_repairing(window: Window) -> None:
    enrol(session_of(window))
    window.tell(VictimIDError("vault.database_damaged"))
    window.go(ToDesk())
    assert window._head is not None
    said = window._head.damage
    assert (said.isVisible(), said.button.isVisible()) == (True, True)
    assert said.accessibleName().startswith("The records cannot be read")
    said.button.click()
    page(window, CareScreen).repair.button.click()
    assert isinstance(window.page, Restoring)
    window.page.back.click()
    unlock(window, EVA)
    window.tell(VictimIDError("vault.database_damaged"))
    assert window._head is not None
    assert (window._head.damage.isVisible(), window._head.damage.button.isVisible()) == (True, False)
