"""Officers, passphrases, record of actions, settings and the care of the vault, on screen and in a real vault."""

from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.colleagues import EVA, KEEPER, decided, enrol
from tests.support.screens import texts
from tests.support.sessions import begun
from tests.support.vaults import NAME, NOON, PASSPHRASE
from tests.support.windows import Desktop, banner, unlock
from victimid import i18n
from victimid.app import exporting, officers, vault_care
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditEntry, AuditQuery
from victimid.model.finding import Outcome
from victimid.model.people import Role
from victimid.model.policy import Policy
from victimid.ui.destinations import (
    ToActions,
    ToCare,
    ToDesk,
    ToExport,
    ToInterview,
    ToOfficers,
    ToPassphrase,
    ToSettings,
)
from victimid.ui.jobs import WorkerJobs
from victimid.ui.screen import Screen
from victimid.ui.screens.action_rows import action_row
from victimid.ui.screens.actions import ActionsScreen
from victimid.ui.screens.actions_filters import read_day, typed_day
from victimid.ui.screens.care import CareScreen
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.gone_wrong import gone_wrong
from victimid.ui.screens.officers import OfficersScreen
from victimid.ui.screens.own_passphrase import OwnPassphraseScreen
from victimid.ui.screens.policy import PolicyScreen, read_days
from victimid.ui.screens.restoring import Restoring
from victimid.ui.screens.unlock import Unlock
from victimid.ui.widgets.side_nav import NavButton
from victimid.ui.window import Window

NEW = "quiet herons crossing slowly northward"

P = TypeVar("P", bound=QWidget)


@pytest.fixture
def window(office: Desktop) -> Window:
    made = office.open()
    unlock(made)
    return made


def session(window: Window) -> Session:
    assert isinstance(window.page, Screen)
    return window.page.context.session


def page(window: Window, kind: type[P]) -> P:
    assert isinstance(window.page, kind), window.page
    return window.page


def test_an_officer_is_enrolled_with_a_passphrase_shown_once(window: Window) -> None:
    window.go(ToOfficers())
    screen = page(window, OfficersScreen)
    screen.enrol.enrol.click()
    assert screen.enrol.problem.text() == "Enter the officer's name."
    QTest.keyClicks(screen.enrol.name.edit, EVA)
    screen.enrol.enrol.click()
    assert screen.enrol.problem.text() == "Choose a role."
    screen.enrol.roles.buttons[0].click()
    screen.enrol.enrol.click()
    first = screen.told.passphrase.text()
    assert first
    screen.told.done.click()
    assert first not in " ".join(texts(screen)) + screen.told.passphrase.text()
    window.lock()
    unlock(window, EVA, first)
    assert isinstance(window.page, OwnPassphraseScreen)


def test_a_given_passphrase_is_changed_before_anything_else_opens(window: Window) -> None:
    first = officers.one_time_passphrase()
    officers.enrol(session(window), EVA, first, Role.OFFICER)
    for _ in range(2):
        window.lock()
        unlock(window, EVA, first)
        for place in (ToDesk(), ToOfficers(), ToInterview("any"), ToExport()):
            window.go(place)
            assert isinstance(window.page, OwnPassphraseScreen)
    screen = page(window, OwnPassphraseScreen)
    assert not any(button.isVisible() for button in screen.findChildren(NavButton))
    assert "Somebody else gave you your passphrase. Choose your own to begin." in texts(screen)
    change_to(screen, first, first)
    assert banner(window).startswith("This is the passphrase until now.")
    change_to(screen, first, NEW)
    assert isinstance(window.page, DeskScreen)
    window.lock()
    unlock(window, EVA, NEW)
    assert isinstance(window.page, DeskScreen)


def change_to(screen: OwnPassphraseScreen, old: str, new: str) -> None:
    screen.old.set_text(old)
    for field in (screen.new.first, screen.new.again):
        field.set_text(new)
    screen.change.click()


def test_a_typed_first_passphrase_has_to_be_good(window: Window) -> None:
    window.go(ToOfficers())
    card = page(window, OfficersScreen).enrol
    card.name.set_text(EVA)
    card.roles.buttons[1].click()
    card.way.buttons[1].click()
    card.secret.first.set_text("password1")
    card.enrol.click()
    assert card.problem.text() == "This passphrase is too easy to guess. Add another word."
    card.secret.first.set_text(NEW)
    card.enrol.click()
    assert card.problem.text() == "The two passphrases differ."
    card.secret.again.set_text(NEW)
    card.enrol.click()
    eva = session(window).vault.officers.named(EVA)
    assert (eva.role, eva.passphrase_given) == (Role.SUPERVISOR, False)
    assert card.secret.first.text() == ""


def test_a_passphrase_that_a_lock_kept_from_being_told_is_drawn_again(window: Window) -> None:
    window.go(ToOfficers())
    card = page(window, OfficersScreen).enrol
    card.name.set_text(EVA)
    card.roles.buttons[0].click()
    card.enrol.click()
    window.lock()
    unlock(window)
    window.go(ToOfficers())
    screen = page(window, OfficersScreen)
    eva = session(window).vault.officers.named(EVA)
    assert not screen.told.isVisible()
    screen.list.drawing[eva.id].click()
    first = screen.told.passphrase.text()
    assert screen.told.isVisible()
    window.lock()
    unlock(window, EVA, first)
    assert isinstance(window.page, OwnPassphraseScreen)


def test_access_ends_after_a_question(window: Window) -> None:
    eva = enrol(session(window))
    window.go(ToOfficers())
    screen = page(window, OfficersScreen)
    assert list(screen.list.buttons) == [eva.id]
    screen.list.buttons[eva.id].click()
    assert EVA in screen.question.text.text()
    screen.question.no.click()
    assert session(window).vault.officers.get(eva.id).disabled_at is None
    screen.list.buttons[eva.id].click()
    assert not screen.question.yes.isEnabled()
    screen.question.reasons.buttons[0].click()
    screen.question.yes.click()
    assert screen.list.buttons == {}
    window.go(ToActions())
    told = page(window, ActionsScreen).table.rows.row(1).cells[1:]
    assert told == (NAME, "ended an officer's access", EVA, "The officer has left this unit")
    window.go(ToOfficers())
    screen = page(window, OfficersScreen)
    assert any(text.startswith("no access since") for text in texts(screen))
    window.lock()
    unlock(window, EVA)
    assert isinstance(window.page, Unlock)


def test_an_administrator_appoints_no_supervisor(window: Window) -> None:
    enrol(session(window), KEEPER, Role.ADMINISTRATOR)
    window.lock()
    unlock(window, KEEPER)
    screen = page(window, OfficersScreen)
    assert [button.choice.value for button in screen.enrol.roles.buttons] == ["officer", "administrator"]
    assert screen.list.buttons == {}


def test_the_own_passphrase_is_changed(window: Window) -> None:
    window.go(ToPassphrase())
    screen = page(window, OwnPassphraseScreen)
    screen.old.set_text("not this")
    for field in (screen.new.first, screen.new.again):
        field.set_text(NEW)
    screen.change.click()
    assert (bool(banner(window)), screen.old.text()) == (True, "")
    screen.old.set_text(PASSPHRASE)
    screen.change.click()
    assert banner(window) == "Your passphrase is changed. The old one opens nothing now."
    assert screen.new.text() == ""
    window.lock()
    unlock(window, NAME, NEW)
    assert isinstance(window.page, DeskScreen)


def test_a_supervisor_reads_how_often_a_passphrase_was_wrong(window: Window) -> None:
    window.lock()
    for _ in range(2):
        unlock(window, NAME, "wrong")
    unlock(window)
    window.go(ToActions())
    rows = page(window, ActionsScreen).table.rows
    assert rows.row(1).cells[1:] == (NAME, "unlocked", "", "after 2 wrong tries")
    for row in (2, 3):
        who, what, about, detail = rows.row(row).cells[1:]
        assert (who, what, about) == ("", "was refused", "")
        assert detail.startswith("wrong passphrase to unlock, ")
    assert rows.row(4).cells[1:] == (NAME, "locked", "", "by the officer")


@pytest.mark.parametrize(
    ("action", "detail", "said"),
    [
        (Action.REFUSED, "wrong_passphrase change 2026-11-21T12:00:00+00:00", "wrong passphrase to change it, "),
        (Action.REFUSED, "wrong_passphrase recovery 2026-11-21T12:00:00+00:00", "wrong passphrase with headquarters'"),
        (Action.REFUSED, "wrong_passphrase salvage 2026-11-21T12:00:00+00:00", "wrong passphrase to repair the vault"),
        (Action.REFUSED, "wrong_passphrase backup 2026-11-21T12:00:00+00:00", "wrong passphrase to restore a backup"),
        (Action.REFUSED, "wrong_passphrase list_gone 2026-11-21T12:00:00+00:00", "the list of wrong tries was gone"),
        (Action.REFUSED, "see_all_cases", ""),
        (Action.UNLOCKED, "rolled_back=1", ""),
        (Action.FAILED, "backup_made vault.no_room", "Backup: no room on the disk"),
        (Action.FAILED, "export_written exchange.cannot_write", "Export for headquarters: it could not be written"),
        (Action.FAILED, "answered vault.disk_full", "Answer: no room on the disk"),
        (Action.FAILED, "checked vault.page_damaged", "Check: something is damaged"),
        (Action.FAILED, "case_deleted case.unknown", "Deletion: "),
        (Action.FAILED, "case_handed_over handover.receiver", "Hand-over: "),
        (Action.FAILED, "", ""),
        (Action.LOCKED, "idle", "nobody was at work"),
        (Action.LOCKED, "system", "sleep, closed lid"),
        (Action.LOCKED, "panic", "by the panic key"),
        (Action.LOCKED, "closed", "the program was closed"),
        (Action.LOCKED, "", ""),
        (Action.OFFICER_DISABLED, "doubt", "Somebody else may use this access"),
        (Action.OFFICER_DISABLED, "", ""),
        (Action.VAULT_REKEYED, "exposed", "A passphrase or a copy may be in wrong hands"),
        (Action.ROLLBACK_ACCEPTED, "headquarters anchor=7", "Headquarters told us to go on"),
        (Action.ROLLBACK_ACCEPTED, "anchor=7", ""),
        (Action.HEADQUARTERS_KEY_ADDED, f"{'a' * 64} {'b' * 64}", f"\u2068{'a' * 16} {'b' * 16}\u2069"),
        (Action.POLICY_CHANGED, "erase=no>yes", "Destroying the keys in an emergency: yes, before no"),
        (Action.POLICY_CHANGED, "keep_days.undecided=>30", "Days to keep (Nothing decided yet): 30, before none"),
        (Action.POLICY_CHANGED, "keep_days.other=3>", "keep_days.other: none, before 3"),
        (Action.POLICY_CHANGED, "idle_minutes=3>5 whatever", "Lock without a touch after: 5, before 3"),
    ],
)
def test_what_an_entry_keeps_is_said_in_words(action: Action, detail: str, said: str) -> None:
    entry = AuditEntry(1, NOON, "officer-1", action, "", detail, "")
    shown = action_row(i18n.load("victimid", "en"), entry, {}).cells[-1]
    assert shown.startswith(said)
    assert bool(shown) == bool(said)


@pytest.mark.parametrize("action", [action for action in Action if action is not Action.FAILED])
def test_what_only_looks_like_a_failure_is_not_said_to_be_one(action: Action) -> None:
    entry = AuditEntry(1, NOON, "officer-1", action, "", "backup_made vault.no_room", "")
    assert gone_wrong(i18n.load("victimid", "en"), entry) == ""


def test_a_failure_is_read_among_the_actions(window: Window, tmp_path: Path) -> None:
    decided(session(window))
    with pytest.raises(VictimIDError):
        exporting.write(session(window), tmp_path / "gone")
    window.go(ToActions())
    rows = page(window, ActionsScreen).table.rows
    assert rows.row(1).cells[1:4] == (NAME, "did not succeed", "")
    assert rows.row(1).cells[4].startswith("Export for headquarters: ")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("first", "40/13/2026", "This is no day."),
        ("last", "yesterday", "This is no day."),
        ("case", "Maria", "This is no reference of a case."),
    ],
)
def test_what_is_no_day_or_case_is_said_and_neither_listed_nor_written(
    window: Window, field: str, typed: str, said: str
) -> None:
    window.go(ToActions())
    screen = page(window, ActionsScreen)
    edited = getattr(screen.filters, field)
    problem = screen.filters.problems[edited]
    assert not problem.isVisible()
    edited.set_text(typed)
    screen.to_file.click()
    assert (problem.text(), problem.isVisible()) == (said, True)
    assert not screen.writing.isVisible()
    assert [part.isVisible() for part in (screen.table, screen.empty, screen.to_file)] == [False] * 3
    edited.set_text("")
    screen.filters.typing.timeout.emit()
    assert (problem.isVisible(), screen.table.isVisible(), screen.to_file.isVisible()) == (False, True, True)


def test_actions_are_read_page_by_page_narrowed_and_written(window: Window, office: Desktop, tmp_path: Path) -> None:
    ref = decided(session(window)).case_ref
    office.clock.move(timedelta(days=1).total_seconds())
    window.lock()
    unlock(window)
    window.go(ToActions())
    screen = page(window, ActionsScreen)
    rows = screen.table.rows
    whole = session(window).vault.audit.standing().sequence
    while rows.canFetchMore(rows.index(-1, -1)):
        rows.fetchMore(rows.index(-1, -1))
    assert rows.rowCount() == whole
    assert rows.row(whole - 1).cells[1:3] == (NAME, "made the vault")
    assert rows.row(whole - 2).cells[1:] == (NAME, "enrolled an officer", NAME, "Supervisor")
    assert rows.row(0).cells[2] == "read the record of actions"
    screen.filters.kind.box.setCurrentIndex(screen.filters.kind.box.findData("decisions"))
    assert rows.row(0).cells[1:] == (NAME, "decided", ref, "Refer to a protection service")
    QTest.keyClicks(screen.filters.case.edit, ref.lower())
    screen.filters.typing.timeout.emit()
    assert rows.rowCount() == 1
    screen.filters.first.set_text(typed_day(office.clock().astimezone().date(), "en"))
    screen.filters.typing.timeout.emit()
    assert (rows.rowCount(), screen.empty.isVisible(), screen.to_file.isVisible()) == (0, True, False)
    screen.filters.first.set_text("")
    screen.filters.typing.timeout.emit()
    screen.to_file.click()
    screen.writing.folders.choices.buttons[-1].click()
    screen.writing.folders.typed.set_text(str(tmp_path))
    screen.writing.button.click()
    assert screen.writing.title.text() == "1 action is written"
    assert Path(screen.writing.path.text()).is_file()
    assert "ssh-keygen -Y verify" in screen.writing.commands.text()
    screen.writing.back.click()
    assert screen.table.isVisible()


@pytest.mark.parametrize(
    ("typed", "language", "day"),
    [
        ("11/21/2026", "en", date(2026, 11, 21)),
        ("21.11.2026", "es", date(2026, 11, 21)),
        ("٢١/١١/٢٠٢٦", "ar", date(2026, 11, 21)),
        ("2026-11-21", "es", date(2026, 11, 21)),
        ("31/2/2026", "es", None),
        ("21/11", "es", None),
        ("yesterday", "en", None),
    ],
)
def test_days_are_read_as_the_language_writes_them(typed: str, language: str, day: date | None) -> None:
    assert read_day(typed, language) == day


def test_settings_hold_at_once_and_after_the_next_unlocking(window: Window, office: Desktop) -> None:
    enrol(session(window), KEEPER, Role.ADMINISTRATOR)
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
    assert vault_care.policy(session(window)) == Policy({Outcome.REFER: 365}, 7, erase_allowed=True)
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
    decided(session(window))
    window.go(ToCare())
    check = page(window, CareScreen).check
    check.button.click()
    said = texts(check)
    assert "Nothing was found that does not fit." in said
    assert any("only an export written before shows that" in text for text in said)
    assert session(window).vault.audit.entries(1)[0].action is Action.CHECKED
    ref = begun(session(window)).case_ref
    session(window).vault._database.execute("UPDATE cases SET person_language = 'xx' WHERE ref = ?", (ref,))
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
        vault_care.check(session(window), progress=progress.report)
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
    ref = decided(session(window)).case_ref
    policy = Policy({Outcome.REFER: 1})
    session(window).vault.policies.change(policy, session(window).officer_id)
    office.clock.move(timedelta(days=2).total_seconds())
    window.lock()
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
    entry = session(window).vault.audit.entries(1)[0]
    assert (entry.action, entry.subject) == (Action.CASE_DELETED, ref)
    assert entry.detail.endswith("override=person_asked")


def test_an_old_database_is_said_on_every_screen_until_a_supervisor_accepts_it(
    window: Window, office: Desktop, tmp_path: Path
) -> None:
    enrol(session(window))
    begun(session(window))
    window.lock()
    database = office.folder / "records.db"
    old = database.read_bytes()
    unlock(window)
    begun(session(window))
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
        exporting.write(session(window), tmp_path)
    card = page(window, CareScreen).rollback
    card.button.click()
    card.question.no.click()
    assert window._head.warning.isVisible()
    card.button.click()
    assert not card.question.yes.isEnabled()
    card.question.reasons.buttons[1].click()
    card.question.yes.click()
    accepted = session(window).vault.audit.entries(1, AuditQuery(actions=(Action.ROLLBACK_ACCEPTED,)))[0]
    assert accepted.detail.startswith("disk_failed anchor=")
    assert not window._head.warning.isVisible()
    assert page(window, CareScreen).rollback.isHidden()
    window.go(ToDesk())
    assert exporting.write(session(window), tmp_path).path.is_file()


def test_damage_that_was_found_stays_said_and_leads_to_repairing(window: Window) -> None:
    enrol(session(window))
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
