"""Which backups are kept and when one is due, whatever else lies in their folder."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vaults import NOON, FakeClock, begin, new_vault
from victimid.model.audit import Standing
from victimid.model.backup import Backup, BackupFile, BackupRecord
from victimid.store.backup_folder import DAYS_KEPT, NEWEST_KEPT, BackupFolder, is_due, to_keep
from victimid.store.vault import Vault

FILE = BackupFile(1, "a" * 64)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def vault(tmp_path: Path, clock: FakeClock) -> Iterator[Vault]:
    opened = new_vault(tmp_path / "vault", clock)
    begin(opened)
    yield opened
    opened.lock()


def own_folders(vault: Vault) -> list[str]:
    return sorted(path.name for path in vault.backups.own.folder.iterdir())


def test_the_newest_and_the_last_of_each_day_are_kept(vault: Vault, clock: FakeClock) -> None:
    for _ in range(5):
        vault.back_up()
        clock.move(86400)
    for _ in range(12):
        vault.back_up()
    days = [backup.day.day for backup in vault.backups.own.all()]
    assert days == [21, 22, 23, 24, 25] + [26] * 10


def test_older_backups_can_be_given_up(vault: Vault) -> None:
    made = [vault.back_up() for _ in range(3)]
    vault.backups.own.keep_none_before(made[-1])
    assert own_folders(vault) == ["0003-2026-11-21"]


def test_one_is_due_every_day_and_after_the_clock_was_set_back(vault: Vault, clock: FakeClock) -> None:
    assert vault.backups.due()
    vault.back_up()
    assert not vault.backups.due()
    clock.move(86399)
    assert not vault.backups.due()
    clock.move(1)
    assert vault.backups.due()
    clock.move(-3 * 86400)
    assert vault.backups.due()


def test_what_is_no_backup_is_left_alone(vault: Vault) -> None:
    folder = vault.backups.own.folder
    for name in ("0001-2026-02-30", "notes", "1-2026-11-21", "0005-2026-11-20"):
        (folder / name).mkdir(parents=True)
    assert vault.back_up().name == "0006-2026-11-21"
    assert len(own_folders(vault)) == 5


def test_nothing_that_lies_there_keeps_a_backup_from_being_made(vault: Vault, tmp_path: Path) -> None:
    folder, elsewhere = vault.backups.own.folder, tmp_path / "elsewhere"
    vault.back_up()
    elsewhere.mkdir()
    (elsewhere / "precious").write_bytes(b"kept")
    (folder / "x.partial").write_bytes(b"kept")
    (folder / "y.partial").symlink_to(elsewhere)
    (folder / "0002-2026-11-21").write_bytes(b"kept")
    (folder / "999999999-2026-01-01").mkdir()
    strange = set(own_folders(vault))
    (folder / "0003-2026-11-21.partial").write_bytes(b"in its place")
    (folder / "0004-2026-11-21.partial").symlink_to(elsewhere)
    assert [vault.back_up().name for _ in range(2)] == ["0003-2026-11-21", "0004-2026-11-21"]
    assert set(own_folders(vault)) == strange | {"0003-2026-11-21", "0004-2026-11-21"}
    assert (elsewhere / "precious").read_bytes() == b"kept"


def test_an_older_backup_that_became_a_link_is_neither_listed_nor_followed(vault: Vault, tmp_path: Path) -> None:
    older, elsewhere = vault.backups.own.files(vault.back_up()).folder, tmp_path / "elsewhere"
    older.rename(elsewhere)
    older.symlink_to(elsewhere)
    newer = [vault.back_up() for _ in range(NEWEST_KEPT + 1)]
    assert vault.backups.own.all() == tuple(newer[1:])
    assert older.is_symlink()
    assert (elsewhere / "records.db").exists()


def test_the_backup_of_another_vault_holds_back_none(vault: Vault, clock: FakeClock, tmp_path: Path) -> None:
    vault.back_up()
    clock.move(2 * 86400)
    other = new_vault(tmp_path / "other", clock)
    foreign = other.backups.own.files(other.back_up()).folder
    other.lock()
    shutil.copytree(foreign, vault.backups.own.folder / "0009-2026-11-23")
    assert vault.backups.due()
    assert vault.back_up().number == 10
    assert not vault.backups.due()


def described(number: int, day: int) -> Backup:
    made = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    record = BackupRecord(made, 1, Standing(1, "a" * 64), FILE, FILE)
    return Backup(number, date(2026, 1, 1) + timedelta(days=day), record)


@given(st.lists(st.integers(0, 40), max_size=60).map(sorted))
def test_rotation_never_drops_the_newest_or_a_recent_day(days: list[int]) -> None:
    backups = [described(number, day) for number, day in enumerate(days, start=1)]
    kept = to_keep(backups)
    assert kept >= set(backups[-NEWEST_KEPT:])
    assert {backup.day for backup in kept} >= set(sorted({backup.day for backup in backups})[-DAYS_KEPT:])
    assert len(kept) <= NEWEST_KEPT + DAYS_KEPT
    assert to_keep(kept) == kept


def test_what_cannot_be_read_neither_counts_nor_goes() -> None:
    unreadable = Backup(3, date(2026, 1, 1), None)
    assert to_keep([unreadable]) == {unreadable}
    assert is_due([unreadable], NOON)


def test_a_folder_that_is_not_there_holds_no_backups(tmp_path: Path) -> None:
    assert BackupFolder(tmp_path / "none").all() == ()
