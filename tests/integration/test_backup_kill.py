"""Killed while a backup is made, older ones go, or a vault is put together again: what was whole stays whole."""

import shutil
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.support.killed import back_up_for_ever, killed_while, restore, salvage
from tests.support.vaults import an_answer, begin, drawn_from, new_vault, reopened
from victimid.store.backup_folder import NEWEST_KEPT
from victimid.store.vault import vault_exists


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    vault = new_vault(tmp_path / "vault")
    begin(vault)
    vault.interviews.save_answer("interview-1", an_answer(), "/data/q2", "<data/>")
    vault.back_up()
    vault.lock()
    return tmp_path / "vault"


def test_kills_while_backups_are_made_and_rotated_leave_whole_ones(folder: Path) -> None:
    rng = drawn_from(41)
    rotated = 0
    for _ in range(25):
        before = killed_while(back_up_for_ever, folder, rng.randint(1, 5), rng.random() * 0.06)
        vault = reopened(folder)
        own = vault.backups.own
        backups = own.all()
        assert all(backup.record for backup in backups)
        assert len(backups) >= before
        for backup in backups:
            vault.backups.check(backup)
        vault.back_up()
        assert len(own.all()) <= NEWEST_KEPT
        assert sorted(path.name for path in own.folder.iterdir()) == [backup.name for backup in own.all()]
        rotated = own.all()[0].number
        vault.lock()
    assert rotated > NEWEST_KEPT


@pytest.mark.parametrize("work", [restore, salvage])
def test_a_kill_leaves_no_vault_or_a_whole_one(folder: Path, work: Callable[[Path, Connection], None]) -> None:
    rng = drawn_from(43)
    target = folder.with_name(f"{work.__name__}d")
    finished = 0
    for number in range(16):
        done = killed_while(work, folder, 2 if number % 8 == 7 else 1, rng.random() * 0.1) == 1
        assert vault_exists(target) or not done
        if vault_exists(target):
            finished += 1
            vault = reopened(target)
            assert [answer.value for answer in vault.interviews.answers("interview-1")] == ["yes"]
            assert vault.audit.verify() > 0
            vault.lock()
            shutil.rmtree(target)
        reopened(folder).lock()
    assert finished >= 2
