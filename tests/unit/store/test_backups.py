"""Backups: made while work goes on, read back before older ones go, and refused when anything about them is wrong."""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from tests.support.vaults import NOON, REF, FakeClock, an_answer, begin, drawn_from, new_vault, reopened
from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.attachment import Attachment
from victimid.model.audit import Action
from victimid.model.backup import Backup, BackupRecord
from victimid.store import backups, disk_room, migrations, preparing
from victimid.store.backup_check import check_backup, check_database
from victimid.store.backup_folder import sync_file
from victimid.store.backups import Backups, outside_folder
from victimid.store.connection import Database, open_unchanging
from victimid.store.vault import Vault
from victimid.store.watching import Watch


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


def large(vault: Vault) -> None:
    """Put in enough for several steps of a copy."""
    parts = [b"\x89PNG\r\n\x1a\n", *(os.urandom(2**18) for _ in range(12))]
    vault.attachments.add(Attachment("attachment-1", "interview-1", "/data/photo", "officer-1", NOON), parts)


def test_a_backup_holds_everything_and_can_be_checked(vault: Vault) -> None:
    vault.interviews.save_answer("interview-1", an_answer(), "/data/q2", "<data/>")
    standing = vault.audit.standing()
    made = vault.back_up()
    assert made.name == "0001-2026-11-21"
    record = vault.backups.check(made)
    assert (record, record.standing) == (made.record, standing)
    assert vault.backups.own.all() == (made,)
    files = vault.backups.own.files(made)
    assert sorted(path.name for path in files.folder.iterdir()) == ["backup.json", "header.json", "records.db"]
    with closing(open_unchanging(files.database, vault.keys.key)) as database:
        assert database.value("SELECT value FROM answer") == "yes"
    assert sorted(path.name for path in files.folder.iterdir()) == ["backup.json", "header.json", "records.db"]
    assert vault.audit.entries(1)[0].action is Action.BACKUP_MADE


def test_work_goes_on_between_the_steps_and_the_backup_is_of_one_moment(vault: Vault) -> None:
    large(vault)
    before, told = vault.audit.standing(), list[tuple[int, int]]()

    def work(done: int, total: int) -> None:
        told.append((done, total))
        vault.interviews.save_answer("interview-1", an_answer(value=str(len(told))), "/data/q2", "<data/>")

    made = vault.back_up(watch=Watch(work))
    assert len([step for step in told if step[0] < step[1]]) >= 3
    assert len(vault.interviews.revisions("interview-1", "/data/q1")) == len(told)
    assert vault.backups.check(made).standing == before


def test_a_cancelled_backup_leaves_nothing_and_the_older_ones(vault: Vault) -> None:
    large(vault)
    first = vault.back_up()
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        vault.back_up(watch=Watch(cancelled=lambda: True))
    assert own_folders(vault) == [first.name]
    assert vault.back_up().number == 2


def test_locking_breaks_a_backup_off(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault")
    begin(vault)
    large(vault)
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        vault.backups.make(watch=Watch(lambda _done, _all: vault.backups._stopped.set()))
    assert own_folders(vault) == []
    vault.lock()
    with pytest.raises(VictimIDError, match=r"keyfile\.locked|job\.cancelled"):
        vault.backups.make()


def test_a_disk_that_no_longer_answers_does_not_hold_up_the_lock(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "_LONGEST_STEP", 0.01)
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        vault.back_up(watch=Watch(lambda _done, _all: vault.backups.stop()))
    assert own_folders(vault) == []


def test_reading_a_backup_back_stops_when_asked(vault: Vault) -> None:
    large(vault)
    made = vault.back_up()
    assert made.record is not None
    record, database = made.record, vault.backups.own.files(made).database
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        check_database(database, vault.keys.key, record.schema, record.standing, Watch(cancelled=lambda: True))
    check_database(database, vault.keys.key, record.schema, record.standing)
    with pytest.raises(VictimIDError, match=r"backup\.damaged"):
        check_database(database, vault.keys.key, record.schema + 1, record.standing)


def test_a_copy_goes_to_the_disk_little_by_little(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    large(vault)
    sent: list[int] = []

    def sync(path: Path) -> None:
        sent.append(path.stat().st_size)
        sync_file(path)

    monkeypatch.setattr(backups, "sync_file", sync)
    monkeypatch.setattr(backups, "_STEPS_UNSENT", 1)
    made = vault.back_up()
    assert vault.backups.check(made) == made.record
    assert len(sent) > 3
    assert sent[0] < sent[-1]


def test_stopping_breaks_off_what_is_under_way_and_what_begins(vault: Vault) -> None:
    large(vault)
    done: list[int] = []

    def stop(at: int, _all: int) -> None:
        done.append(at)
        vault.stop()

    for long_work in (lambda: vault.back_up(None, Watch(stop)), lambda: vault.verify((), stop)):
        with pytest.raises(VictimIDError, match=r"job\.cancelled"):
            long_work()
    assert (len(done), own_folders(vault)) == (2, [])


def test_what_a_crash_left_of_a_backup_goes_with_the_next(vault: Vault) -> None:
    half = vault.backups.own.folder / "0001-2026-11-21.partial"
    half.mkdir(parents=True)
    (half / "records.db").write_bytes(bytes(4096))
    assert own_folders(vault) == [half.name]
    made = vault.back_up()
    assert own_folders(vault) == [made.name]


def test_a_system_that_cannot_be_told_to_read_from_the_disk_reads_all_the_same(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "posix_fadvise")
    made = vault.back_up()
    assert vault.backups.check(made) == made.record


def test_only_one_backup_is_made_at_a_time(vault: Vault) -> None:
    def again(_done: int, _all: int) -> None:
        with pytest.raises(VictimIDError, match=r"backup\.being_made"):
            vault.back_up()

    vault.back_up(watch=Watch(again))
    assert len(own_folders(vault)) == 1


def test_a_backup_goes_to_a_stick_beside_those_of_other_laptops(vault: Vault, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = vault.back_up(stick)
    folder = outside_folder(stick, vault.device_id)
    assert [path.name for path in stick.iterdir()] == [f"victimid-backup-{vault.device_id}"]
    assert folder.all() == (made,)
    assert vault.backups.check(made, folder) == made.record
    assert vault.backups.due()


def test_a_disk_without_room_is_told_before_anything_is_written(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_room, "free_bytes", lambda _folder: 100_000)
    with pytest.raises(VictimIDError, match=r"vault\.no_room needed=2 free=0"):
        vault.back_up()
    assert own_folders(vault) == []


def test_no_changed_byte_of_a_backup_passes(vault: Vault) -> None:
    made = vault.back_up()
    files = vault.backups.own.files(made)
    rng = drawn_from(17)
    for path in (files.header, files.record, files.database):
        good = path.read_bytes()
        for at in rng.sample(range(len(good)), 40):
            path.write_bytes(good[:at] + bytes([good[at] ^ 16]) + good[at + 1 :])
            with pytest.raises(VictimIDError, match=r"^backup\."):
                vault.backups.check(made)
        path.write_bytes(good[:-1])
        with pytest.raises(VictimIDError, match=r"backup\.damaged"):
            vault.backups.check(made)
        path.unlink()
        with pytest.raises(VictimIDError, match=r"backup\.damaged"):
            vault.backups.check(made)
        assert vault.backups.own.all() == (Backup(made.number, made.day, None),)
        path.write_bytes(good)
    assert vault.backups.check(made) == made.record


def test_files_of_two_backups_do_not_make_one(vault: Vault) -> None:
    first = vault.back_up()
    second = vault.back_up()
    own = vault.backups.own
    shutil.copy(own.files(first).database, own.files(second).database)
    with pytest.raises(VictimIDError, match=r"backup\.damaged"):
        vault.backups.check(second)


def test_a_backup_of_another_vault_is_told(vault: Vault, tmp_path: Path) -> None:
    other = new_vault(tmp_path / "other")
    files = other.backups.own.files(other.back_up())
    with pytest.raises(VictimIDError, match=r"backup\.altered"):
        check_backup(files, vault.keys.key)
    other.lock()


@pytest.mark.parametrize("page", [0, 5])
def test_a_page_that_the_disk_wrote_wrongly_keeps_the_older_backups(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    first = vault.back_up()
    copied = Backups._copied

    def on_a_bad_disk(self: Backups, files: object, watch: Watch) -> BackupRecord:
        record = copied(self, files, watch)  # type: ignore[arg-type] # handed through
        path = files.database  # type: ignore[attr-defined] # handed through
        content = bytearray(path.read_bytes())
        content[page * 4096 + 99] ^= 1
        path.write_bytes(content)
        return record

    monkeypatch.setattr(Backups, "_copied", on_a_bad_disk)
    with pytest.raises(VictimIDError, match=r"backup\.damaged"):
        vault.back_up()
    assert own_folders(vault) == [first.name]


def test_a_header_written_meanwhile_does_not_tear_header_and_records_apart(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, snapshot = vault.backups._files.header, Database.snapshot
    before = header.read_bytes()
    left = [b"last", b"first"]

    def with_a_change_just_before(self: Database) -> AbstractContextManager[None]:
        header.write_bytes(left.pop() if left else b"changed")
        return snapshot(self)

    monkeypatch.setattr(Database, "snapshot", with_a_change_just_before)
    made = vault.back_up()
    assert vault.backups.own.files(made).header.read_bytes() == b"changed"
    header.write_bytes(before)


def test_a_header_that_never_stands_still_stops_the_backup(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    header, snapshot = vault.backups._files.header, Database.snapshot
    before = header.read_bytes()

    def with_a_change_just_before(self: Database) -> AbstractContextManager[None]:
        header.write_bytes(header.read_bytes() + b" ")
        return snapshot(self)

    monkeypatch.setattr(Database, "snapshot", with_a_change_just_before)
    with pytest.raises(VictimIDError, match=r"vault\.in_use"):
        vault.back_up()
    assert own_folders(vault) == []
    header.write_bytes(before)


def test_records_of_an_earlier_schema_are_backed_up_before_they_change(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = ("CREATE TABLE later (number INTEGER PRIMARY KEY) STRICT",)
    vault.lock()
    changed = (*migrations.STEPS, steps)
    monkeypatch.setattr(preparing, "STEPS", changed)
    monkeypatch.setattr(preparing, "migrate", lambda database: migrations.migrate(database, changed))
    monkeypatch.setattr(disk_room, "free_bytes", lambda _folder: 0)
    with pytest.raises(VictimIDError, match=r"vault\.upgrade_needs_room"):
        reopened(tmp_path / "vault")
    monkeypatch.undo()
    reopened(tmp_path / "vault").lock()
    monkeypatch.setattr(preparing, "STEPS", changed)
    place = tmp_path / "vault" / "backups"
    place.rmdir()
    place.write_bytes(b"in its place")
    with pytest.raises(VictimIDError, match=r"vault\.write_failed"):
        reopened(tmp_path / "vault")
    place.unlink()
    monkeypatch.setattr(preparing, "migrate", lambda database: migrations.migrate(database, changed))
    again = reopened(tmp_path / "vault")
    [backup] = again.backups.own.all()
    assert backup.record
    assert backup.record.schema == len(migrations.STEPS)
    assert Action.BACKUP_MADE in {entry.action for entry in again.audit.entries(2)}
    assert again._database.value("PRAGMA user_version") == len(changed)
    again.lock()


def test_the_key_is_needed_to_say_what_a_backup_says(vault: Vault) -> None:
    made = vault.back_up()
    with pytest.raises(VictimIDError, match=r"backup\.altered"):
        check_backup(vault.backups.own.files(made), DataKey(bytearray(32)))
    assert vault.cases.get(REF).ref == REF
