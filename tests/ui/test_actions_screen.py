"""The record of actions: what is said, narrowed and written, on screen and in a real vault."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from tests.support.colleagues import decided
from tests.support.vaults import NAME, NOON
from tests.support.windows import Desktop, page, session_of, unlock
from victimid import i18n
from victimid.app import exporting
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditEntry
from victimid.ui.destinations import (
    ToActions,
)
from victimid.ui.screens.action_rows import action_row
from victimid.ui.screens.actions import ActionsScreen
from victimid.ui.screens.actions_filters import read_day, typed_day
from victimid.ui.screens.gone_wrong import gone_wrong
from victimid.ui.window import Window


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
        (Action.FAILED, "instance_added vault.disk_full", "Another entry: no room on the disk"),
        (Action.FAILED, "instance_removed vault.read_only", "Removing an entry: it could not be written"),
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
        (Action.CONTENT_INSTALLED, f"number=12 sha256={'a' * 16}", "Content pack 12"),
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
    decided(session_of(window))
    with pytest.raises(VictimIDError):
        exporting.write(session_of(window), tmp_path / "gone")
    window.go(ToActions())
    rows = page(window, ActionsScreen).table.rows
    assert rows.row(1).cells[1:4] == (NAME, "did not succeed", "")
    assert rows.row(1).cells[4].startswith("Export for headquarters: ")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("first", "40/13/2026", "This is not a date."),
        ("last", "yesterday", "This is not a date."),
        ("case", "Maria", "This is not a case reference."),
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
    ref = decided(session_of(window)).case_ref
    office.clock.move(timedelta(days=1).total_seconds())
    window.lock()
    unlock(window)
    window.go(ToActions())
    screen = page(window, ActionsScreen)
    rows = screen.table.rows
    whole = session_of(window).vault.audit.standing().sequence
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
