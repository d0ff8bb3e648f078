"""The check at every start: a sample of everything, small enough that nobody waits for it."""

import secrets
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.audit import Standing
from victimid.store.audit import Audit
from victimid.store.case_log import state_of
from victimid.store.connection import Database
from victimid.store.filling import tables_of
from victimid.store.migrations import STEPS, schema_version
from victimid.store.recorded import Recorded

_PLACES: Final = 8
_ROWS: Final = 4
_ENTRIES: Final = 200
_CHANGED: Final = """SELECT subject, case_state FROM audit WHERE case_state <> '' AND sequence > ?
    AND subject IN (SELECT ref FROM cases) ORDER BY sequence DESC"""


def quick_check(database: Database, audit: Audit, anchor: Standing | None = None) -> None:
    """Look at the schema, the end of the audit, the cases changed last, who gets in, and random rows of every table.

    All of it is of one moment, also where somebody goes on working. Raises ``vault.database_damaged``,
    ``audit.broken``, ``audit.rolled_back``, ``audit.case_altered``, ``audit.row_altered``. What it does not raise may
    still be damaged elsewhere; the full check reads everything.
    """
    with database.snapshot():
        if schema_version(database) != len(STEPS):
            raise VictimIDError("vault.database_damaged")
        if anchor is not None and anchor.sequence and audit.hash_at(anchor.sequence) != anchor.hash:
            raise VictimIDError("audit.rolled_back", sequence=anchor.sequence)
        _check_newest(database, audit)
        _check_settings(database, audit)
        _read_samples(database)


def _check_newest(database: Database, audit: Audit) -> None:
    since = max(0, audit.standing().sequence - _ENTRIES)
    audit.verify(since)
    seen: set[str] = set()
    for ref, state in database.rows(_CHANGED, (since,)):
        if ref not in seen and state_of(database, ref) != state:
            raise VictimIDError("audit.case_altered", case=ref)
        seen.add(ref)


def _check_settings(database: Database, audit: Audit) -> None:
    """Compare officers, policy and laptop: an old page of them could let somebody in again."""
    for table, row, noted, now in Recorded(database, audit).settings():
        if noted != now:
            raise VictimIDError("audit.row_altered", table=table, row=row)


def _read_samples(database: Database) -> None:
    """Read rows at random: every page that is read is authenticated."""
    for table in tables_of(database):
        last = f"SELECT max({table.key}) FROM {table.name}"  # noqa: S608 - own names
        highest = 0 if table.parent else database.value(last) or 0
        for _ in range(_PLACES if highest else 1):
            after = secrets.randbelow(highest + 1) - 1
            database.rows(f"{table.select} WHERE {table.key} > ? LIMIT {_ROWS}", (after,))
