"""Authenticating every page of a database that is open, also those that nothing reads.

SQLCipher has such a check of its own, but it cannot be stopped on its way.
"""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from victimid.crypto.pages import PAGE_BYTES, SALT_BYTES, PageCheck
from victimid.crypto.secret import DataKey
from victimid.store.connection import Database
from victimid.store.damaged_copy import read_at, readable_blocks
from victimid.store.folder import named_disk_errors

_AT_A_TIME: Final = 256
_FILE: Final = "SELECT file FROM pragma_database_list WHERE name = 'main'"


def page_check(database: Database, key: DataKey) -> Iterator[tuple[int, list[int]]]:
    """Yield, a mebibyte at a time, how many pages there were and the numbers of those that are damaged.

    Others write in between, never while pages are read. Closing the file lets go of SQLite's own lock on it, which
    only other programs would look at; the lock of the folder keeps these away.
    """
    database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    with named_disk_errors(), Path(database.value(_FILE)).open("rb", buffering=0) as stream:
        source = stream.fileno()
        with closing(PageCheck(key, read_at(source, 0, SALT_BYTES))) as check:
            first = 1
            while pages := _pages(database, source, first):
                yield len(pages), [n for n, page in enumerate(pages, first) if not check.whole(n, page)]
                first += len(pages)


def _pages(database: Database, source: int, first: int) -> list[bytes]:
    """Return the pages from a number on, with zeros where the disk gives nothing back."""
    start = (first - 1) * PAGE_BYTES
    with database.snapshot():
        size = min(_AT_A_TIME * PAGE_BYTES, os.fstat(source).st_size - start)
        content = b"".join(block or bytes(PAGE_BYTES) for block in readable_blocks(source, start, size))
    return [content[at : at + PAGE_BYTES] for at in range(0, size, PAGE_BYTES)]
