"""Checking that a backup is whole and can be opened: every byte, every page, and the audit's standing."""

import hashlib
import os
from contextlib import closing
from pathlib import Path
from typing import Final

from victimid.crypto.secret import DataKey
from victimid.errors import VictimIDError
from victimid.model.audit import Standing
from victimid.model.backup import BackupFile, BackupRecord
from victimid.store import backup_record
from victimid.store.backup_folder import BackupFiles
from victimid.store.connection import Database, open_unchanging
from victimid.store.folder import named_disk_errors
from victimid.store.migrations import schema_version
from victimid.store.watching import Watch

_BLOCK: Final = 1024**2
_LAST: Final = "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"


def describe(path: Path, watch: Watch | None = None) -> BackupFile:
    """Read a file from the disk, in blocks, for its size and SHA-256."""
    hashed, size, watch = hashlib.sha256(), 0, watch or Watch()
    with named_disk_errors(), path.open("rb") as stream:
        total = os.fstat(stream.fileno()).st_size
        if hasattr(os, "posix_fadvise"):
            # From the disk, not from what the system still remembers of it.
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := stream.read(_BLOCK):
            hashed.update(block)
            size += len(block)
            watch.step(size, total)
    return BackupFile(size, hashed.hexdigest())


def check_backup(files: BackupFiles, key: DataKey, watch: Watch | None = None) -> BackupRecord:
    """Check everything about a backup and return what it says of itself.

    Raises ``backup.damaged``, ``backup.altered``, ``backup.newer_version``.
    """
    record = backup_record.authenticate(files.record_bytes(), key)
    for path, expected in ((files.header, record.header), (files.database, record.database)):
        if not path.is_file() or describe(path, watch) != expected:
            raise VictimIDError("backup.damaged")
    check_database(files.database, key, record.schema, record.standing, watch)
    return record


def check_database(path: Path, key: DataKey, schema: int, standing: Standing, watch: Watch | None = None) -> None:
    """Check every page in use of a closed database and that it has come as far as it should.

    Raises ``backup.damaged``, ``job.cancelled``.
    """
    cancelled = (watch or Watch()).cancelled
    try:
        with closing(open_unchanging(path, key)) as database:
            whole = database.long_rows("PRAGMA quick_check", cancelled) == [("ok",)] and (
                schema_version(database),
                standing_of(database),
            ) == (schema, standing)
    except VictimIDError as error:
        if error.code == "job.cancelled":
            raise
        raise VictimIDError("backup.damaged") from error
    if not whole:
        raise VictimIDError("backup.damaged")


def standing_of(database: Database) -> Standing:
    """Return how far the audit has come, whatever the schema."""
    last = database.row(_LAST)
    return Standing(*last) if last else Standing(0, "")
