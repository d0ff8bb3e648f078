"""Tables of the register; times are ISO 8601 in UTC."""

from typing import Final

from victimid.errors import VictimIDError
from victimid.store.connection import Database

_FIRST: Final = (
    """CREATE TABLE identity (
        only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
        age_secret TEXT NOT NULL, age_recipient TEXT NOT NULL,
        signing_private BLOB NOT NULL, signing_public TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE device (
        device TEXT PRIMARY KEY, public_key TEXT NOT NULL, name TEXT NOT NULL, enrolled_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE bundle (
        device TEXT NOT NULL REFERENCES device (device), sequence INTEGER NOT NULL,
        manifest_sha256 TEXT NOT NULL, previous_sha256 TEXT NOT NULL, audit_head TEXT NOT NULL,
        created_at TEXT NOT NULL, records INTEGER NOT NULL, received_at TEXT NOT NULL,
        PRIMARY KEY (device, sequence)
    ) STRICT""",
    """CREATE TABLE record (
        device TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL,
        sequence INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (device, kind, id, revision),
        FOREIGN KEY (device, sequence) REFERENCES bundle (device, sequence)
    ) STRICT""",
)

_SECOND: Final = (
    """CREATE TABLE publication (
        number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, issued_at TEXT NOT NULL
    ) STRICT""",
)
_STEPS: Final = (_FIRST, _SECOND)
VERSION: Final = len(_STEPS)


def lay_out(database: Database) -> None:
    """Make the tables that are missing, all or none; an empty register has none yet."""
    with database.transaction():
        for number, statements in enumerate(_STEPS[_version(database) :], start=_version(database) + 1):
            for statement in statements:
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {number}")


def bring_up(database: Database) -> None:
    """Give a register of an earlier program what it has not yet; refuse one of a newer program, or none at all.

    Raises register.newer_version and register.incomplete.
    """
    version = _version(database)
    if version > VERSION:
        raise VictimIDError("register.newer_version", version=version)
    if version < 1:
        raise VictimIDError("register.incomplete")
    if version < VERSION:
        lay_out(database)


def _version(database: Database) -> int:
    return int(database.value("PRAGMA user_version"))
