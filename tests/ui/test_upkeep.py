"""After unlocking, the vault is looked over and backed up beside the officer's work, and a lock ends that."""

from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from tests.support.sessions import open_session, reopen
from tests.support.vaults import a_case
from tests.support.windows import Desktop, banner, unlock
from victimid.app import upkeep
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.store.ballast import Ballast
from victimid.ui.upkeep import Upkeep


def test_the_backup_of_the_day_is_made_on_a_thread_of_its_own(tmp_path: Path, qtbot: QtBot) -> None:
    session = open_session(tmp_path / "vault")
    care = Upkeep()
    told = QSignalSpy(care.told)
    care.begin(session)
    qtbot.waitUntil(lambda: session.vault.audit.entries(1)[0].action is Action.BACKUP_MADE)
    care.close()
    assert told.count() == 0
    assert len(session.vault.backups.own.all()) == 1
    assert (tmp_path / "vault" / "ballast").exists()
    session.lock()


def test_a_second_unlocking_on_the_same_day_makes_no_other(tmp_path: Path) -> None:
    told: list[VictimIDError] = []
    session = open_session(tmp_path / "vault")
    upkeep.at_start(session, told.append)
    session.lock()
    again = reopen(tmp_path / "vault")
    upkeep.at_start(again, told.append)
    assert (len(again.vault.backups.own.all()), told) == (1, [])
    again.lock()
    upkeep.at_start(again, told.append)
    assert told == []


def test_what_goes_wrong_is_told_and_the_rest_is_done_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[VictimIDError] = []
    session = open_session(tmp_path / "vault")
    session.vault.cases.add(a_case())
    session.vault._database.execute("UPDATE cases SET stage = 'decided'")
    monkeypatch.setattr(Ballast, "ensure", lambda _: False)
    upkeep.at_start(session, told.append)
    assert [error.code for error in told] == ["audit.case_altered", "vault.disk_nearly_full"]
    assert len(session.vault.backups.own.all()) == 1
    session.lock()


def test_the_officer_is_told_on_the_screen_and_not_after_a_lock(office: Desktop) -> None:
    window = office.open()
    unlock(window)
    window.tell(VictimIDError("vault.disk_nearly_full"))
    assert "disk" in banner(window)
    window.lock()
    window.tell(VictimIDError("vault.disk_nearly_full"))
    assert "disk" not in banner(window)
