"""The one door to sqlcipher3: opens an encrypted database, runs statements, and names what went wrong."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher

from victimid.crypto.secret import DataKey, wipe
from victimid.errors import VictimIDError
from victimid.store.folder import named_disk_errors

Row = tuple[Any, ...]
Value = str | int | float | bytes | None

_SETTINGS: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "mmap_size = 0",
    "cache_size = -65536",
    "busy_timeout = 5000",
    "wal_autocheckpoint = 4000",
    "journal_size_limit = 67108864",
)
_READING: Final = (
    "query_only = ON",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "mmap_size = 0",
    "cache_size = -2048",
    "busy_timeout = 5000",
)
# A copy that does not come about is thrown away, and a whole one is forced to the disk by whoever made it.
_COPYING: Final = ("journal_mode = OFF", "synchronous = OFF", "mmap_size = 0", "cache_size = -2048")
_PAGES_AT_A_TIME: Final = 256
_FRAME_BYTES: Final = 24
_CODES: Final = {
    "SQLITE_FULL": "vault.disk_full",
    "SQLITE_BUSY": "vault.in_use",
    "SQLITE_LOCKED": "vault.in_use",
    "SQLITE_READONLY": "vault.read_only",
    "SQLITE_CANTOPEN": "vault.read_only",
    "SQLITE_PERM": "vault.read_only",
    "SQLITE_NOTADB": "vault.database_damaged",
    "SQLITE_CORRUPT": "vault.database_damaged",
    "SQLITE_CONSTRAINT": "vault.conflict",
    "SQLITE_IOERR_READ": "vault.database_damaged",
    "SQLITE_IOERR_SHORT_READ": "vault.database_damaged",
    "SQLITE_IOERR_CORRUPTFS": "vault.database_damaged",
    "SQLITE_IOERR_DATA": "vault.database_damaged",
    "SQLITE_IOERR": "vault.write_failed",
}
# What SQLite says of a copy in steps, which comes without a name.
_NAMES: Final = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
}


class Database:
    """An open encrypted database. Calls from several threads take turns; a transaction keeps its turn."""

    def __init__(self, connection: sqlcipher.Connection, *, writes: bool = True) -> None:
        self._connection = connection
        self._writes = writes
        self._turn = threading.RLock()

    def execute(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Run one statement and return how many rows it changed."""
        with self._turn, _named_errors():
            return int(self._connection.execute(sql, values).rowcount)

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return all rows of a query."""
        with self._turn, _named_errors():
            found: list[Row] = self._connection.execute(sql, values).fetchall()
            return found

    def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        with self._turn, _named_errors():
            found: Row | None = self._connection.execute(sql, values).fetchone()
            return found

    def value(self, sql: str, values: Sequence[Value] = ()) -> Any:
        """Return the first column of the first row, or None."""
        found = self.row(sql, values)
        return found[0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of it durably or none of it; an inner transaction is part of the outer one."""
        with self._turn:
            if self.in_transaction():
                yield
                return
            self.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.execute("COMMIT")
            except BaseException:
                with suppress(VictimIDError):
                    self._roll_back()
                raise

    def room_for_rekey(self) -> int:
        """Return the bytes that a rekey takes beside the main file: every page is in the journal before."""
        pages, size = self.value("PRAGMA page_count"), self.value("PRAGMA page_size")
        return int(pages) * (int(size) + _FRAME_BYTES)

    def rekey(self, key: DataKey) -> None:
        """Encrypt the whole database anew under another key, all or nothing, and go on with it.

        Where it fails, whatever it raises, the connection is of no more use.
        """
        raw_key = key.sqlcipher_key()
        try:
            with self._turn, _named_errors():
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                self._connection.reset_key(raw_key)
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            wipe(raw_key)

    def take_journal_over(self) -> None:
        """Bring what the journal holds into the main file, as far as nobody reads it, waiting for nobody."""
        self.rows("PRAGMA wal_checkpoint(PASSIVE)")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Go on seeing the database as it is now, whatever others write meanwhile; on this connection they wait."""
        with self._turn:
            self.execute("BEGIN")
            try:
                self.rows("SELECT count(*) FROM sqlite_master")
                yield
            finally:
                self._roll_back()

    def copy_to(self, target: "Database", step: Callable[[int, int], None]) -> None:
        """Copy every page, a mebibyte at a time; between steps, ``step`` gets pages done and all, and may raise."""
        with _named_errors():
            self._connection.backup(
                target._connection,  # noqa: SLF001 - of this very class
                pages=_PAGES_AT_A_TIME,
                progress=lambda _status, remaining, pages: step(pages - remaining, pages),
            )

    def close(self) -> None:
        """Bring everything into the main file if there is room, and close; the journal holds what did not fit."""
        with self._turn:
            with suppress(VictimIDError):
                self._roll_back()
                if self._writes:
                    self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
            with _named_errors():
                self._connection.close()

    def in_transaction(self) -> bool:
        """Tell whether this thread does a transaction."""
        with self._turn, _named_errors():
            return bool(self._connection.in_transaction)

    def _roll_back(self) -> None:
        if self.in_transaction():
            self.execute("ROLLBACK")


def open_database(path: Path, key: DataKey) -> Database:
    """Open an encrypted database, made if it is not there.

    Raises ``vault.database_damaged`` (also for a wrong key), ``vault.in_use``, ``vault.disk_full``,
    ``vault.read_only``.
    """
    if not path.exists():
        with named_disk_errors():
            path.touch(mode=0o600)
    return _connected(str(path), key, _SETTINGS)


def open_reader(path: Path, key: DataKey) -> Database:
    """Open a database beside whoever writes to it, with little memory; errors as of `open_database`."""
    return _connected(f"{path.absolute().as_uri()}?mode=rw", key, _READING)


def open_unchanging(path: Path, key: DataKey) -> Database:
    """Open a closed database that nobody changes, leaving no trace beside it; also where nothing can be written."""
    return _connected(f"{path.absolute().as_uri()}?immutable=1", key, _READING)


def open_copy(path: Path, key: DataKey) -> Database:
    """Make a database to copy into; what is half copied at a crash is of no use."""
    with named_disk_errors():
        path.touch(mode=0o600, exist_ok=False)
    return _connected(str(path), key, _COPYING)


def _connected(name: str, key: DataKey, settings: Sequence[str]) -> Database:
    with _named_errors():
        is_uri = name.startswith("file:")
        connection = sqlcipher.connect(name, isolation_level=None, check_same_thread=False, uri=is_uri)
    try:
        with _named_errors():
            # SQLCipher would otherwise write its errors to the terminal.
            connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
            _set_key(connection, key)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for setting in settings:
                connection.execute(f"PRAGMA {setting}").fetchall()
    except BaseException:
        connection.close()
        raise
    return Database(connection, writes=settings is not _READING)


def _set_key(connection: sqlcipher.Connection, key: DataKey) -> None:
    """Hand over the raw key as a buffer that is then overwritten: as SQL text it would stay in memory."""
    raw_key = key.sqlcipher_key()
    try:
        connection.set_key(raw_key)
    finally:
        wipe(raw_key)


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError:
        # Half of a character pair; the exception would carry the text itself.
        raise VictimIDError("vault.not_text") from None
    except MemoryError as error:
        # SQLCipher says so of everything once a page did not authenticate; a new connection helps.
        raise VictimIDError("vault.failed", reason="SQLITE_NOMEM") from error
    except sqlcipher.ProgrammingError as error:
        raise VictimIDError("vault.closed") from error
    except sqlcipher.Error as error:
        name = getattr(error, "sqlite_errorname", "") or _NAMES.get(str(error), "")
        code = _CODES.get(name) or _CODES.get("_".join(name.split("_")[:2]), "vault.failed")
        raise VictimIDError(code, reason=name) from error
