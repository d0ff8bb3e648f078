"""Restoring: everything comes back, in a new place, as a device that headquarters can tell from the one before."""

import shutil
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.disks import mounted
from tests.support.sessions import HEADQUARTERS
from tests.support.vaults import (
    NAME,
    NOON,
    PASSPHRASE,
    REF,
    TEST_COST,
    FakeClock,
    an_answer,
    begin,
    drawn_from,
    new_vault,
    reopened,
)
from victimid.crypto import keyfile
from victimid.errors import VictimIDError
from victimid.exchange.bundle import BundleContent, verify_bundle, write_bundle
from victimid.headquarters.chain import Link, gaps, judge
from victimid.model.attachment import Attachment
from victimid.model.audit import Action
from victimid.model.backup import Restored
from victimid.model.bundle import Export
from victimid.model.checkup import Checkup, OutsideAnchor
from victimid.store.backup_folder import BackupFiles, sync_file
from victimid.store.connection import open_database
from victimid.store.restoring import restore_vault
from victimid.store.vault import Vault
from victimid.store.verifying import Verifying
from victimid.store.watching import Watch
from victimid.store.workshop import set_aside, take_place

PNG = b"\x89PNG\r\n\x1a\n" + bytes(5000)


@dataclass
class Made:
    """A backup, what was in the vault then, and where it lies."""

    files: BackupFiles
    head: str
    device_id: str
    exports: tuple[Export, ...]


def sent(vault: Vault, manifest: str = "c" * 64) -> Export:
    """Note an export of everything that changed."""
    number = vault.exports.next_sequence()
    export = Export(number, manifest, 9, NOON, vault.officer.id, None, vault.audit.head())
    vault.exports.record(export, vault.exports.changed_cases(), vault.officer.id)
    return export


@pytest.fixture
def made(tmp_path: Path) -> Made:
    vault = new_vault(tmp_path / "vault")
    begin(vault)
    vault.interviews.save_answer("interview-1", an_answer(), "/data/q2", "<data/>")
    kept = vault.attachments.add(Attachment("attachment-1", "interview-1", "/data/photo", "officer-1", NOON), [PNG])
    vault.interviews.save_answer("interview-1", an_answer("/data/photo", kept.name), "/data/q2", "<data/>")
    sent(vault)
    vault.exports.mark_received(1, NOON + timedelta(days=1))
    sent(vault, "d" * 64)
    vault.seal_audit()
    head = vault.audit.head()
    files = vault.backups.own.files(vault.back_up())
    noted = Made(files, head, vault.device_id, vault.exports.all())
    vault.interviews.save_answer("interview-1", an_answer(value="after"), "/data/q2", "<data/>")
    vault.lock()
    return noted


def restored(files: BackupFiles, folder: Path, watch: Watch | None = None) -> Restored:
    """Restore with the name and passphrase of the tests."""
    unlocked = keyfile.unlock(files.header, NAME, PASSPHRASE, floor=TEST_COST)
    try:
        return restore_vault(files, folder, unlocked, FakeClock(), watch)
    finally:
        unlocked.key.wipe()


def checked(vault: Vault, *outside: OutsideAnchor) -> Checkup:
    """Run the full check."""
    return Verifying(vault._database, vault.audit, vault.keys.key, None, outside).run()


def test_everything_of_the_time_of_the_backup_comes_back(made: Made, tmp_path: Path) -> None:
    told = restored(made.files, tmp_path / "new")
    vault = reopened(tmp_path / "new")
    assert [answer.value for answer in vault.interviews.answers("interview-1")] == ["yes", "attachment-1.png"]
    [attachment] = vault.attachments.of_case(REF)
    assert b"".join(vault.attachments.read(attachment)) == PNG
    entry = next(entry for entry in vault.audit.entries() if entry.action is Action.VAULT_RESTORED)
    assert (entry.officer, entry.detail) == (vault.officer.id, f"backup {told.standing.sequence} {made.head}")
    assert checked(vault).flaws == ()
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "header.json", "lock", "records.db", "records.db-shm", "records.db-wal", "tries",
    ]  # fmt: skip
    vault.lock()


def test_it_is_a_new_device_that_sends_everything_again_from_number_one(made: Made, tmp_path: Path) -> None:
    told = restored(made.files, tmp_path / "new")
    vault = reopened(tmp_path / "new")
    assert vault.device_id == told.device_id != made.device_id
    assert vault.device_public_key == told.public_key
    assert [ref for ref, _ in vault.exports.changed_cases()] == [REF]
    assert len(vault.attachments.to_export(REF)) == 1
    assert (vault.exports.next_sequence(), vault.exports.last_manifest_sha256()) == (1, "")
    [(last_entry, former)] = vault._laptop.former_devices()
    assert former == made.device_id
    assert [export for export, _ in vault.exports.former(last_entry).values()] == list(made.exports)
    vault.lock()


def test_headquarters_takes_the_new_chain_without_a_gap_or_a_fork(made: Made, tmp_path: Path) -> None:
    restored(made.files, tmp_path / "new")
    vault = reopened(tmp_path / "new")
    known: dict[int, Link] = {}
    for _ in range(2):
        content = BundleContent(
            vault.device_id,
            vault.exports.next_sequence(),
            vault.exports.last_manifest_sha256(),
            vault.audit.head(),
            NOON,
        )
        records = [{"kind": "case", "id": REF, "revision": 1, "data": {"ref": REF}}]
        written = write_bundle(tmp_path, content, records, (HEADQUARTERS.recipient,), vault.sign, lambda _written: None)
        manifest = verify_bundle(written.path, vault.device_public_key)
        link = Link(manifest.sequence, written.manifest_sha256, manifest.previous_sha256)
        assert judge(link, known) == "new"
        known[link.sequence] = link
        sent(vault, written.manifest_sha256)
    assert gaps(known) == ()
    assert checked(vault).flaws == ()
    vault.lock()


def test_a_restored_vault_is_restored_again(made: Made, tmp_path: Path) -> None:
    restored(made.files, tmp_path / "second")
    vault = reopened(tmp_path / "second")
    sent(vault, "e" * 64)
    files = vault.backups.own.files(vault.back_up())
    vault.lock()
    restored(files, tmp_path / "third")
    vault = reopened(tmp_path / "third")
    sent(vault, "f" * 64)
    assert checked(vault).flaws == ()
    assert len({device for _, device in vault._laptop.former_devices()} | {vault.device_id}) == 3
    vault.lock()


def test_a_bundle_younger_than_the_backup_shows_what_is_missing(made: Made, tmp_path: Path) -> None:
    vault = reopened(tmp_path / "vault")
    late = sent(vault, "e" * 64)
    vault.lock()
    restored(made.files, tmp_path / "new")
    vault = reopened(tmp_path / "new")
    early = made.exports[0]
    assert checked(vault, OutsideAnchor(1, early.manifest_sha256, early.audit_head)).flaws == ()
    flaws = checked(vault, OutsideAnchor(3, late.manifest_sha256, late.audit_head)).flaws
    assert [flaw.code for flaw in flaws] == ["audit.bundle_unknown", "audit.rolled_back_to"]
    vault.lock()


def test_former_bundles_and_signatures_stay_covered(made: Made, tmp_path: Path) -> None:
    restored(made.files, tmp_path / "new")
    vault = reopened(tmp_path / "new")
    vault._database.execute("UPDATE former_export SET records = 1 WHERE sequence = 1")
    vault._database.execute("UPDATE former_device SET public_key = (SELECT public_key FROM laptop)")
    assert {flaw.code for flaw in checked(vault).flaws} == {"audit.row_altered", "audit.seal_broken"}
    vault.lock()


def test_it_takes_the_passphrase_of_that_time(made: Made, tmp_path: Path) -> None:
    header = tmp_path / "vault" / "header.json"
    keyfile.change_passphrase(header, NAME, PASSPHRASE, "seven copper lanterns drifting", floor=TEST_COST)
    restored(made.files, tmp_path / "new")
    reopened(tmp_path / "new", passphrase=PASSPHRASE).lock()
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        keyfile.unlock(made.files.header, NAME, "seven copper lanterns drifting", floor=TEST_COST)


def test_a_backup_on_a_medium_that_nobody_can_write_to_is_restored(made: Made, tmp_path: Path) -> None:
    with mounted(tmp_path) as disk:
        shutil.copytree(made.files.folder, disk / "backup")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        restored(BackupFiles(disk / "backup"), tmp_path / "new")
        assert len(list((disk / "backup").iterdir())) == 3
    reopened(tmp_path / "new").lock()


def test_a_vault_out_of_order_is_set_aside_with_its_backups(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    (folder / "records.db").write_bytes(b"\x00" * 8192)
    aside = set_aside(folder, FakeClock())
    assert aside.name == "vault-set-aside-20261121-120000"
    restored(BackupFiles(aside / made.files.folder.relative_to(folder)), folder)
    reopened(folder).lock()
    assert (aside / "records.db").stat().st_size == 8192


def test_an_open_vault_is_not_set_aside(made: Made, tmp_path: Path) -> None:
    assert made.device_id
    vault = reopened(tmp_path / "vault")
    with pytest.raises(VictimIDError, match=r"vault\.in_use"):
        set_aside(tmp_path / "vault", FakeClock())
    vault.lock()


def test_a_place_that_holds_something_is_left_alone(made: Made, tmp_path: Path) -> None:
    with pytest.raises(VictimIDError, match=r"vault\.exists"):
        restored(made.files, tmp_path / "vault")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter").touch()
    with pytest.raises(VictimIDError, match=r"vault\.folder_not_empty"):
        restored(made.files, tmp_path / "other")


def test_a_damaged_backup_or_a_wish_to_stop_leaves_nothing(made: Made, tmp_path: Path) -> None:
    good = made.files.database.read_bytes()
    for at in drawn_from(23).sample(range(len(good)), 20):
        made.files.database.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        with pytest.raises(VictimIDError, match=r"backup\.damaged"):
            restored(made.files, tmp_path / "new")
    made.files.database.write_bytes(good)
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        restored(made.files, tmp_path / "new", Watch(cancelled=lambda: True))
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_a_new_disk_that_writes_wrongly_is_noticed_before_the_vault_takes_its_place(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_bad_disk(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[5 * 4096 + 9] ^= 1
        path.write_bytes(content)
        sync_file(path)

    monkeypatch.setattr("victimid.store.restoring.sync_file", on_a_bad_disk)
    with pytest.raises(VictimIDError, match=r"backup\.damaged"):
        restored(made.files, tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_an_officer_whom_the_backup_does_not_know_restores_nothing(made: Made, tmp_path: Path) -> None:
    unlocked = keyfile.unlock(made.files.header, NAME, PASSPHRASE, floor=TEST_COST)
    stranger = keyfile.Unlocked("another slot", unlocked.key, unlocked.written)
    with pytest.raises(VictimIDError, match=r"officer\.unknown"):
        restore_vault(made.files, tmp_path / "new", stranger, FakeClock())
    assert not (tmp_path / "new").exists()
    with closing(open_database(tmp_path / "vault" / "records.db", unlocked.key)) as database:
        assert database.value("SELECT count(*) FROM former_device") == 0


def test_what_was_built_goes_where_it_cannot_take_its_place(made: Made, tmp_path: Path) -> None:
    restored(made.files, tmp_path / "built")
    vault = reopened(tmp_path / "vault")
    with pytest.raises(VictimIDError, match=r"vault\.in_use"):
        take_place(tmp_path / "built", tmp_path / "vault", FakeClock())
    assert not (tmp_path / "built").exists()
    vault.lock()


def test_the_keys_of_former_devices_stay_known_newest_first(made: Made, tmp_path: Path) -> None:
    restored(made.files, tmp_path / "new")
    vault = reopened(tmp_path / "new")
    present, former = vault.device_keys()
    assert present == vault.device_public_key
    vault.lock()
    before = reopened(tmp_path / "vault")
    assert before.device_keys() == (former,)
    assert not before.recovers
    before.lock()
