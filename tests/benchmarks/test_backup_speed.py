"""What a verified backup, a restore and a salvage cost, as ratios within one run, so that they hold on any machine."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from tests.support.vaults import NAME, NOON, PASSPHRASE, TEST_COST, FakeClock, begin, new_vault
from victimid.model.attachment import Attachment
from victimid.store.backup_check import describe
from victimid.store.quick_check import quick_check
from victimid.store.restoring import restore_vault
from victimid.store.salvaging import Salvage, unlocked_key
from victimid.store.vault import Vault
from victimid.store.verifying import Verifying

MEBIBYTES = 48


def seconds(action: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of some runs, the one least disturbed."""
    taken = []
    for _ in range(times):
        start = process_time()
        action()
        taken.append(process_time() - start)
    return min(taken)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    opened = new_vault(tmp_path / "vault")
    begin(opened)
    for number in range(MEBIBYTES // 16):
        parts = [b"\x89PNG\r\n\x1a\n", *(os.urandom(2**16) for _ in range(256))]
        opened.attachments.add(Attachment(f"attachment-{number}", "interview-1", "/data/p", "officer-1", NOON), parts)
    opened._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return opened


def test_a_verified_backup_costs_a_few_readings_of_the_whole(vault: Vault, tmp_path: Path) -> None:
    """Copied (decrypted and encrypted), hashed, decrypted twice more; reading and hashing the file is the measure."""
    database = tmp_path / "vault" / "records.db"
    read = seconds(lambda: describe(database))
    backup = seconds(vault.back_up)
    copy = seconds(lambda: shutil.copyfile(database, tmp_path / "plain"))
    quick = seconds(lambda: quick_check(vault._database, vault.audit))
    full = seconds(lambda: Verifying(vault._database, vault.audit, vault.keys.key, None).run(), 1)
    files = vault.backups.own.files(vault.back_up())
    vault.lock()
    with unlocked_key(tmp_path / "vault", NAME, PASSPHRASE, FakeClock(), TEST_COST) as unlocked:
        restore = seconds(lambda: restore_vault(files, tmp_path / "restored", unlocked, FakeClock()), 1)
        salvage = seconds(lambda: Salvage(tmp_path / "vault", unlocked, NAME, FakeClock()).into(tmp_path / "new"), 1)
    sys.stdout.write(
        f"\n{MEBIBYTES} MiB: read and hash {read:.2f} s, plain copy {copy:.3f} s, backup {backup:.2f} s "
        f"({backup / read:.1f} readings), restore {restore:.2f} s, salvage {salvage:.2f} s, "
        f"quick check {quick * 1000:.1f} ms, full check {full:.2f} s\n"
    )
    assert backup < 40 * read
    assert restore < 40 * read
    assert salvage < 80 * read
    assert quick < 0.25 * full
