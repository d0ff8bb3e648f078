"""The audit: append-only entries, each hashed together with the hash before it."""

import hashlib
import json
from collections.abc import Iterable
from typing import Final

from victimid.clock import Clock
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditEntry
from victimid.store.connection import Database, Row
from victimid.store.moments import from_text, to_text

_INSERT: Final = """INSERT INTO audit (sequence, at, officer, action, subject, detail, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""
_NEWEST: Final = """SELECT sequence, at, officer, action, subject, detail, hash FROM audit
    ORDER BY sequence DESC LIMIT ?"""
_ALL: Final = "SELECT sequence, at, officer, action, subject, detail, hash FROM audit ORDER BY sequence"


class Audit:
    """Who did what to which case, when; subjects and details are references and codes, never what was typed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def append(self, action: Action, officer: str, subject: str = "", detail: str = "") -> AuditEntry:
        """Write one entry, as part of the transaction in which it happens."""
        with self._database.transaction():
            last = self._last()
            sequence, previous = (last[0] + 1, last[1]) if last else (1, "")
            facts = (sequence, to_text(self._clock()), officer, action.value, subject, detail)
            link = _link(facts, previous)
            self._database.execute(_INSERT, (*facts, link))
        return _entry((*facts, link))

    def head(self) -> str:
        """Return the hash of the last entry, which stands for all of them; empty before the first."""
        last = self._last()
        return str(last[1]) if last else ""

    def entries(self, limit: int = 100) -> tuple[AuditEntry, ...]:
        """Return the newest entries, newest first."""
        found = self._database.rows(_NEWEST, (limit,))
        return tuple(_entry(row) for row in found)

    def verify(self) -> int:
        """Check the whole chain and return its length; ``audit.broken`` names the first entry that does not fit."""
        return _check(self._database.rows(_ALL))

    def _last(self) -> Row | None:
        return self._database.row("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")


def _check(rows: Iterable[Row]) -> int:
    previous, expected = "", 1
    for *facts, link in rows:
        if facts[0] != expected or link != _link(facts, previous):
            raise VictimIDError("audit.broken", sequence=expected)
        previous, expected = link, expected + 1
    return expected - 1


def _link(facts: Iterable[object], previous: str) -> str:
    names = ("sequence", "at", "officer", "action", "subject", "detail")
    entry = {**dict(zip(names, facts, strict=True)), "previous": previous}
    return hashlib.sha256(json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _entry(row: Row) -> AuditEntry:
    sequence, at, officer, action, subject, detail, link = row
    return AuditEntry(sequence, from_text(at), officer, Action(action), subject, detail, link)
