"""The audit: append-only entries, each hashed together with the hash before it, the last one signed now and then."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from json.encoder import encode_basestring_ascii as _quoted
from typing import Final

from victimid.clock import Clock
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditEntry, AuditQuery, AuditSeal, Standing
from victimid.store.connection import Database, Row, Value
from victimid.store.moments import from_text, to_text

Signer = Callable[[bytes], bytes]

_INSERT: Final = """INSERT INTO audit (sequence, at, officer, action, subject, detail, hash, content, case_state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_SELECT: Final = "SELECT sequence, at, officer, action, subject, detail, hash, content, case_state FROM audit"
# A number below one would be a forgery, and is met first.
_BEGINNING: Final = -(2**63)
_PAGE: Final = f"{_SELECT} WHERE sequence >= ? ORDER BY sequence LIMIT 5000"
_KNOWN: Final = "SELECT hash FROM audit WHERE hash IN (SELECT value FROM json_each(?))"
# Locks of the first schema were not signed, nor did its entries have content.
_UNSEALED: Final = """SELECT sequence FROM audit WHERE action = 'locked'
    AND sequence > (SELECT min(sequence) FROM audit WHERE content <> '')
    AND sequence NOT IN (SELECT sequence FROM audit_seal) ORDER BY sequence"""
_SEALS: Final = "SELECT sequence, at, signature FROM audit_seal ORDER BY sequence"


class Audit:
    """Who did what to which case, when; subjects and details are references and codes, never what was typed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def append(
        self,
        action: Action,
        officer: str,
        subject: str = "",
        detail: str = "",
        *,
        content: str = "",
        case_state: str = "",
    ) -> AuditEntry:
        """Write one entry, as part of the transaction in which it happens."""
        with self._database.transaction():
            last = self.standing()
            facts = (last.sequence + 1, to_text(self._clock()), officer, action.value, subject, detail)
            row = (*facts, _link((*facts, "", content, case_state), last.hash), content, case_state)
            self._database.execute(_INSERT, row)
        return _entry(row)

    def now(self) -> datetime:
        """Return the moment, by the clock that entries are timed with."""
        return self._clock()

    def standing(self) -> Standing:
        """Return number and hash of the last entry; zero and blank before the first."""
        last = self._database.row("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
        return Standing(*last) if last else Standing(0, "")

    def head(self) -> str:
        """Return the hash of the last entry, which stands for all of them; empty before the first."""
        return self.standing().hash

    def hash_at(self, sequence: int) -> str:
        """Return the hash of one entry; empty if there is none."""
        return str(self._database.value("SELECT hash FROM audit WHERE sequence = ?", (sequence,)) or "")

    def known(self, hashes: Collection[str]) -> set[str]:
        """Return which of these are hashes of entries; one walk through all entries, however many they are."""
        return {found for (found,) in self._database.rows(_KNOWN, (json.dumps(list(hashes)),))}

    def entries(self, limit: int = 100, query: AuditQuery | None = None) -> tuple[AuditEntry, ...]:
        """Return the newest entries that a query asks for, newest first."""
        where, values = _conditions(query or AuditQuery())
        newest_first = " ORDER BY sequence DESC LIMIT ?"
        return tuple(_entry(row) for row in self._database.rows(_SELECT + where + newest_first, (*values, limit)))

    def verify(self, since: int = 0) -> int:
        """Check the chain after an entry, all of it unless told otherwise, and return the number of its last entry.

        ``audit.broken`` names the first entry that does not fit. Some thousand entries at a time are in memory.
        """
        last, link, begin = since, self.hash_at(since), since + 1 if since else _BEGINNING
        while page := self._database.rows(_PAGE, (begin,)):
            last, link = _check(page, last, link)
            begin = last + 1
        return last

    def seal(self, sign: Signer) -> None:
        """Sign the chain as it stands; what is signed stands already signed once only."""
        with self._database.transaction():
            standing = self.standing()
            known = self._database.value("SELECT max(sequence) FROM audit_seal") or 0
            if standing.sequence > known:
                seal = (standing.sequence, to_text(self._clock()), sign(sealed_message(standing)))
                self._database.execute("INSERT INTO audit_seal (sequence, at, signature) VALUES (?, ?, ?)", seal)

    def seals(self) -> tuple[AuditSeal, ...]:
        """Return every signature over the chain, oldest first."""
        rows = self._database.rows(_SEALS)
        return tuple(AuditSeal(sequence, from_text(at), signature) for sequence, at, signature in rows)

    def unsealed_locks(self) -> tuple[int, ...]:
        """Return the locks whose signature is not there, although both are always written together."""
        return tuple(sequence for (sequence,) in self._database.rows(_UNSEALED))


def sealed_message(standing: Standing) -> bytes:
    """Return what is signed when the chain is sealed: the number and the hash of its last entry."""
    return f"{standing.sequence} {standing.hash}\n".encode("ascii")


def _conditions(query: AuditQuery) -> tuple[str, tuple[Value, ...]]:
    """Return the WHERE clause of a query, of fixed words and question marks only, and its values."""
    actions = ", ".join("?" * len(query.actions))
    asked: list[tuple[str, tuple[Value, ...]]] = [
        ("officer = ?", (query.officer,) if query.officer else ()),
        (f"action IN ({actions})", tuple(action.value for action in query.actions)),
        ("subject = ?", (query.subject,) if query.subject else ()),
        ("at >= ?", (to_text(query.since),) if query.since else ()),
        ("at < ?", (to_text(query.until),) if query.until else ()),
        ("sequence < ?", (query.before,) if query.before is not None else ()),
    ]
    used = [(condition, values) for condition, values in asked if values]
    clause = " AND ".join(condition for condition, _ in used)
    return f" WHERE {clause}" if clause else "", tuple(value for _, values in used for value in values)


def _check(rows: Iterable[Row], last: int, previous: str) -> tuple[int, str]:
    """Check entries that follow one of this number and hash; return the number and the hash of the last."""
    for row in rows:
        if row[0] != last + 1 or row[6] != _link(row, previous):
            raise VictimIDError("audit.broken", sequence=last + 1)
        last, previous = row[0], row[6]
    return last, previous


def _link(row: Row, previous: str) -> str:
    """Hash the canonical JSON of an entry with the hash before it.

    Entries of the first schema have no content and no case state. The JSON encoder would take five times as long.
    """
    sequence, at, officer, action, subject, detail, _, content, case_state = row
    covered = f'"case_state":{_quoted(case_state)},' if case_state else ""
    covered += f'"content":{_quoted(content)},' if content else ""
    facts = f'"detail":{_quoted(detail)},"officer":{_quoted(officer)},"previous":{_quoted(previous)}'
    entry = f'{{"action":{_quoted(action)},"at":{_quoted(at)},{covered}{facts},"sequence":{sequence},'
    return hashlib.sha256(f'{entry}"subject":{_quoted(subject)}}}'.encode("ascii")).hexdigest()


def _entry(row: Row) -> AuditEntry:
    sequence, at, officer, action, subject, detail, link, content, case_state = row
    return AuditEntry(sequence, from_text(at), officer, Action(action), subject, detail, link, content, case_state)
