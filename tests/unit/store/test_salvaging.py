"""Salvage: nearly everything comes out of a damaged vault, the rest is told, the damaged files stay as they are."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from tests.support.vaults import (
    CONSENT,
    FORM,
    NAME,
    NOON,
    PASSPHRASE,
    TEST_COST,
    FakeClock,
    a_case,
    an_answer,
    an_interview,
    drawn_from,
    new_vault,
    reopened,
)
from victimid.crypto import keyfile
from victimid.errors import VictimIDError
from victimid.model.attachment import Attachment
from victimid.model.audit import Action
from victimid.model.bundle import Export
from victimid.model.people import Officer, Role
from victimid.model.salvage import Salvaged, TableCount
from victimid.store import damaged_copy, link_index, search_index
from victimid.store.audit import Audit
from victimid.store.backup_folder import BackupFiles, BackupFolder
from victimid.store.connection import Database, open_database, open_reader
from victimid.store.damaged import DamagedDatabase
from victimid.store.filling import tables_of
from victimid.store.salvaging import Salvage, unlocked_key
from victimid.store.vault import Vault
from victimid.store.verifying import Verifying
from victimid.store.watching import Watch

PAGE = 4096
CASES, ANSWERS = 60, 10
RECORDS = 70
"""From this page on there are records; before it are also the pages that say where the tables begin."""


def fill(vault: Vault) -> None:
    """Put in enough that every table of an interview has many pages."""
    vault.interviews.keep_form(FORM)
    with vault.together():
        for case in range(CASES):
            ref, interview = f"RU-{case:05d}", f"interview-{case}"
            vault.cases.add(a_case(ref))
            vault.interviews.begin(an_interview(interview, ref))
            for question in range(ANSWERS):
                answer = replace(an_answer(f"/data/q{question}"), own_words="x" * 300)
                vault.interviews.save_answer(interview, answer, "/data/q", f"<data>{'y' * 1500}</data>")
            vault.consents.record(replace(CONSENT, id=f"consent-{case}", case_ref=ref))
    png = [b"\x89PNG\r\n\x1a\n" + os.urandom(20_000)]
    vault.attachments.add(Attachment("attachment-1", "interview-1", "/data/photo", "officer-1", NOON), png)
    changed = vault.exports.changed_cases()
    vault.exports.record(Export(1, "c" * 64, 9, NOON, vault.officer.id, None, vault.audit.head()), changed, "officer-1")


@dataclass
class Damaged:
    """A vault whose pages can be damaged, and what it held."""

    folder: Path
    contents: dict[str, set[tuple[object, ...]]]
    backup: BackupFiles

    @property
    def database(self) -> Path:
        return self.folder / "records.db"

    def pages(self) -> int:
        return self.database.stat().st_size // PAGE

    def damage(self, *pages: int) -> None:
        """Change a byte in each of these pages, counted from 1."""
        with self.database.open("r+b") as stream:
            for page in pages:
                stream.seek((page - 1) * PAGE + 100)
                byte = stream.read(1)
                stream.seek(-1, os.SEEK_CUR)
                stream.write(bytes([byte[0] ^ 1]))

    def salvaged(self, folder: Path, backup: BackupFiles | None = None, watch: Watch | None = None) -> Salvaged:
        with unlocked_key(self.folder, NAME, PASSPHRASE, TEST_COST) as unlocked:
            return Salvage(self.folder, unlocked, NAME, FakeClock()).into(folder, backup, watch)


def contents(database: Database) -> dict[str, set[tuple[object, ...]]]:
    """Return every row of every table of records."""
    return {table.name: set(database.rows(table.select)) for table in tables_of(database)}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled") / "vault"
    vault = new_vault(folder)
    fill(vault)
    vault.back_up()
    vault.lock()
    return folder


@pytest.fixture
def damaged(filled: Path, tmp_path: Path) -> Iterator[Damaged]:
    folder = tmp_path / "vault"
    damaged_copy_of(filled, folder)
    own = BackupFolder(folder / "backups")
    with opened(folder) as database:
        yield Damaged(folder, contents(database), own.files(own.all()[0]))


def damaged_copy_of(folder: Path, target: Path) -> None:
    shutil.copytree(folder, target)


def opened(folder: Path) -> closing[Database]:
    key = keyfile.unlock(folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST).key
    return closing(open_database(folder / "records.db", key))


def kept(damaged: Damaged, folder: Path, table: str) -> float:
    """Return which part of a table's rows came over as they were."""
    with opened(folder) as database:
        found = contents(database)[table]
    return len(damaged.contents[table] & found) / len(damaged.contents[table])


def test_a_sound_vault_comes_over_whole_but_as_a_new_device(damaged: Damaged, tmp_path: Path) -> None:
    told = damaged.salvaged(tmp_path / "new")
    assert (told.whole, told.lost, told.audit_gaps, told.checkup.flaws) == (True, 0, (), ())
    changed = {"laptop", "cases", "export", "exported_case"}
    for table in {name for name, rows in damaged.contents.items() if rows} - changed:
        assert kept(damaged, tmp_path / "new", table) == 1, table
    vault = reopened(tmp_path / "new")
    assert vault.device_id == told.device_id
    assert len(vault.exports.changed_cases()) == CASES
    vault.lock()


def test_one_bad_page_after_another_costs_what_is_on_it_and_no_more(damaged: Damaged, tmp_path: Path) -> None:
    rng = drawn_from(31)
    good = damaged.database.read_bytes()
    rows = sum(map(len, damaged.contents.values()))
    worst = 0
    tried = 0
    schema = []
    for page in rng.sample(range(2, damaged.pages() + 1), 18):
        damaged.damage(page)
        before = hashlib.sha256(damaged.database.read_bytes()).digest()
        try:
            told = damaged.salvaged(tmp_path / f"new-{page}")
        except VictimIDError:
            schema.append(page)
        else:
            tried += 1
            worst = max(worst, rows - told.read)
            assert told.whole is (told.read == rows)
            assert told.read + told.lost + sum(count.unknown for count in told.tables.values()) >= rows
            reopened(tmp_path / f"new-{page}").lock()
        assert hashlib.sha256(damaged.database.read_bytes()).digest() == before
        damaged.database.write_bytes(good)
    assert tried > 15
    assert all(page < 40 for page in schema)
    # The smallest rows, of which revisions were exported, stand on one page for all cases.
    assert worst <= CASES


def test_what_a_bad_page_held_comes_from_the_backup(damaged: Damaged, tmp_path: Path) -> None:
    last = damaged.pages()
    damaged.damage(*drawn_from(5).sample(range(RECORDS, last), 12))
    told = damaged.salvaged(tmp_path / "alone")
    assert told.lost > 0
    assert not told.whole
    assert told.cases
    filled = damaged.salvaged(tmp_path / "filled", damaged.backup)
    assert filled.lost <= 1
    assert sum(count.from_backup for count in filled.tables.values()) >= told.lost - 1
    assert kept(damaged, tmp_path / "filled", "answer") == 1


def test_a_backup_fills_places_without_an_index_and_brings_no_deleted_case_back(
    damaged: Damaged, tmp_path: Path
) -> None:
    with opened(damaged.folder) as database:
        leaves = []
        index = int(database.value("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_answer_1'"))
        deleted = [(number,) for (number,) in database.rows("SELECT id FROM answer WHERE interview_id = 'interview-5'")]
        with database.transaction():
            for table in ("answer WHERE interview_id = 'interview-5'", "consent WHERE case_ref = 'RU-00005'"):
                if table.startswith("consent"):
                    database.execute("DELETE FROM consent_permission WHERE consent_number = 6")
                database.execute(f"DELETE FROM {table}")  # noqa: S608 - own words
            search_index.forget_case(database, "RU-00005")
            link_index.forget_case(database, "RU-00005")
            database.execute("DELETE FROM interview WHERE id = 'interview-5'")
            database.execute("DELETE FROM cases WHERE ref = 'RU-00005'")
            Audit(database, FakeClock()).append(Action.CASE_DELETED, "officer-1", "RU-00005")
        expected = contents(database)["answer"]
    damaged.damage(index)
    for page in range(RECORDS, damaged.pages()):
        damaged.damage(page)
        with unlocked_key(damaged.folder, NAME, PASSPHRASE, TEST_COST) as unlocked:
            source = DamagedDatabase(partial(open_reader, damaged.database, unlocked.key))
            around = source.rows("SELECT * FROM answer NOT INDEXED WHERE id BETWEEN 40 AND 49")
            leaves += [page] if around is None else []
            source.close()
        if leaves:
            break
        damaged.damage(page)
    told = damaged.salvaged(tmp_path / "new", damaged.backup)
    assert told.tables["answer"].unknown == 1
    assert told.tables["answer"].from_backup > 0
    with opened(tmp_path / "new") as database:
        assert contents(database)["answer"] == expected
        assert not database.rows("SELECT 1 FROM cases WHERE ref = 'RU-00005'")
    assert len(deleted) == ANSWERS


def test_gaps_of_the_audit_are_told_and_the_cases_named(damaged: Damaged, tmp_path: Path) -> None:
    gaps: tuple[tuple[int, int], ...] = ()
    for page in range(RECORDS, damaged.pages()):
        damaged.damage(page)
        told = damaged.salvaged(tmp_path / f"new-{page}")
        damaged.damage(page)
        if told.tables["audit"].lost:
            gaps = told.audit_gaps
            break
    [(first, last)] = gaps
    assert last - first + 1 == told.tables["audit"].lost
    assert "audit.broken" in {flaw.code for flaw in told.checkup.flaws}
    assert told.cases
    vault = reopened(tmp_path / f"new-{page}")
    restored = next(entry for entry in vault.audit.entries() if entry.action is Action.VAULT_RESTORED)
    assert restored.detail == f"salvage lost={told.lost} gaps=1"
    assert vault.audit.verify(last + 1) == vault.audit.standing().sequence
    vault.lock()


def test_a_damaged_attachment_is_named(damaged: Damaged, tmp_path: Path) -> None:
    for page in range(damaged.pages(), 1, -1):
        damaged.damage(page)
        told = damaged.salvaged(tmp_path / f"new-{page}")
        damaged.damage(page)
        if told.tables["attachment_part"].lost:
            break
    assert told.attachments == ("attachment-1.png",)
    assert told.tables["attachment_part"] == TableCount(0, 0, 1, 0)


def test_without_its_first_page_nothing_can_be_read_and_nothing_is_left_behind(
    damaged: Damaged, tmp_path: Path
) -> None:
    damaged.damage(1)
    with pytest.raises(VictimIDError, match=r"salvage\.nothing_readable"):
        damaged.salvaged(tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_a_salvage_that_is_stopped_leaves_nothing(damaged: Damaged, tmp_path: Path) -> None:
    with pytest.raises(VictimIDError, match=r"job\.cancelled"):
        damaged.salvaged(tmp_path / "new", watch=Watch(cancelled=lambda: True))
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_a_newer_schema_is_left_to_the_newer_program(damaged: Damaged, tmp_path: Path) -> None:
    with opened(damaged.folder) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(VictimIDError, match=r"vault\.newer_version version=99"):
        damaged.salvaged(tmp_path / "new")


def test_what_a_vault_cannot_do_without_is_put_back(damaged: Damaged, tmp_path: Path) -> None:
    with opened(damaged.folder) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("DELETE FROM laptop")
        database.execute("DELETE FROM officer")
        database.execute("DELETE FROM cases WHERE ref = 'RU-00007'")
    told = damaged.salvaged(tmp_path / "new")
    assert "RU-00007" in told.cases
    vault = reopened(tmp_path / "new")
    assert (vault.post.prefix, vault.officer.name, vault.officer.role) == ("RU", NAME, Role.SUPERVISOR)
    assert len(vault.interviews.answers("interview-7")) == ANSWERS
    assert vault.cases.get("RU-00007").opened_by == "officer-1"
    vault.lock()


def test_an_officer_put_back_beside_a_supervisor_is_none(damaged: Damaged, tmp_path: Path) -> None:
    vault = reopened(damaged.folder)
    vault.officers.add(Officer("officer-2", "Other Example", Role.SUPERVISOR, NOON), "slot-2", "officer-1")
    vault._database.execute("DELETE FROM officer WHERE id = ?", (vault.officer.id,))
    vault.lock()
    damaged.salvaged(tmp_path / "new")
    vault = reopened(tmp_path / "new")
    assert vault.officer.role is Role.OFFICER
    vault.lock()


def test_a_journal_left_by_a_crash_is_part_of_the_records(filled: Path, tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "live")
    vault.cases.add(a_case())
    shutil.copytree(tmp_path / "live", tmp_path / "vault")
    vault.lock()
    assert (tmp_path / "vault" / "records.db-wal").stat().st_size > 0
    with unlocked_key(tmp_path / "vault", NAME, PASSPHRASE, TEST_COST) as unlocked:
        told = Salvage(tmp_path / "vault", unlocked, NAME, FakeClock()).into(tmp_path / "new")
    assert (told.whole, told.tables["cases"].read) == (True, 1)
    assert filled.exists()


def test_blocks_that_the_disk_no_longer_gives_back_are_left_blank(
    damaged: Damaged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = 70 * PAGE
    read_at = damaged_copy.read_at

    def on_a_bad_disk(source: int, start: int, length: int) -> bytes:
        if start <= bad < start + length:
            raise OSError(5, "Input/output error")
        return read_at(source, start, length)

    monkeypatch.setattr(damaged_copy, "read_at", on_a_bad_disk)
    told = damaged.salvaged(tmp_path / "new")
    assert told.unreadable_blocks == 1
    assert told.read > 0.98 * sum(map(len, damaged.contents.values()))


def test_rows_without_an_index_are_read_around_a_bad_page(tmp_path: Path) -> None:
    """Whichever page it is, at the beginning, in the middle, at the end: what is before and behind is read."""
    vault = new_vault(tmp_path / "vault")
    database = vault._database
    with vault.together():
        for number in range(1, 201):
            database.execute("INSERT INTO recovery_key (position, recipient) VALUES (?, ?)", (number, "k" * 300))
    [table] = [each for each in tables_of(database) if each.name == "recovery_key"]
    key = keyfile.unlock(tmp_path / "vault" / "header.json", NAME, PASSPHRASE, floor=TEST_COST).key
    vault.lock()
    path = tmp_path / "vault" / "records.db"
    leaves = path.stat().st_size // PAGE
    good = path.read_bytes()
    found = 0
    for page in range(40, leaves):
        content = bytearray(good)
        content[page * PAGE + 7] ^= 1
        path.write_bytes(content)
        with closing(DamagedDatabase(partial(open_reader, path, key))) as source:
            batches = list(source.read(table))
        numbers = {row[0] for batch in batches if isinstance(batch, list) for row in batch}
        missing = sorted(set(range(1, 201)) - numbers)
        if missing and numbers:
            assert len(missing) <= 14
            assert missing == list(range(missing[0], missing[-1] + 1))
            found += 1
    assert found >= 200 // 14


def test_a_wrong_passphrase_costs_a_try_and_an_open_vault_is_left_alone(damaged: Damaged) -> None:
    with (
        pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase tries_left=2"),
        unlocked_key(damaged.folder, NAME, "wrong", TEST_COST),
    ):
        pytest.fail("opened")
    vault = reopened(damaged.folder)
    with (
        pytest.raises(VictimIDError, match=r"vault\.in_use"),
        unlocked_key(damaged.folder, NAME, PASSPHRASE, TEST_COST),
    ):
        pytest.fail("opened")
    assert Verifying(vault._database, vault.audit, None).run().sound
    vault.lock()


def test_no_key_without_a_header(tmp_path: Path) -> None:
    with (
        pytest.raises(VictimIDError, match=r"keyfile\.missing"),
        unlocked_key(tmp_path, NAME, PASSPHRASE, TEST_COST),
    ):
        pytest.fail("opened")
