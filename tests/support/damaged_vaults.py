"""A vault with enough in it that pages can be damaged one by one, and what comes out of it."""

import os
import shutil
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

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
    new_vault,
)
from victimid.crypto import keyfile
from victimid.model.attachment import Attachment
from victimid.model.bundle import Export
from victimid.model.salvage import Salvaged
from victimid.store.backup_folder import BackupFiles, BackupFolder
from victimid.store.connection import Database, open_database
from victimid.store.filling import tables_of
from victimid.store.salvaging import Salvage, unlocked_key
from victimid.store.vault import Vault
from victimid.store.watching import Watch

PAGE = 4096
CASES, ANSWERS = 60, 10
RECORDS = 90
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
        with unlocked_key(self.folder, NAME, PASSPHRASE, FakeClock(), TEST_COST) as unlocked:
            return Salvage(self.folder, unlocked, NAME, FakeClock()).into(folder, backup, watch)


def contents(database: Database) -> dict[str, set[tuple[object, ...]]]:
    """Return every row of every table of records."""
    return {table.name: set(database.rows(table.select)) for table in tables_of(database)}


def opened(folder: Path) -> closing[Database]:
    key = keyfile.unlock(folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST).key
    return closing(open_database(folder / "records.db", key))


def kept(damaged: Damaged, folder: Path, table: str) -> float:
    """Return which part of a table's rows came over as they were."""
    with opened(folder) as database:
        found = contents(database)[table]
    return len(damaged.contents[table] & found) / len(damaged.contents[table])


def filled_vault(folder: Path) -> Path:
    """Make a vault with many records and a backup, and lock it."""
    vault = new_vault(folder)
    fill(vault)
    vault.back_up()
    vault.lock()
    return folder


def to_damage(filled: Path, folder: Path) -> Damaged:
    """Return a copy of a filled vault."""
    shutil.copytree(filled, folder)
    own = BackupFolder(folder / "backups")
    with opened(folder) as database:
        return Damaged(folder, contents(database), own.files(own.all()[0]))
