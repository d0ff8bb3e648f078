"""Links: what answers of several cases have in common, compared by keyed fingerprints.

A fingerprint is the HMAC of kind and value under a random key of the vault. Beside it stands the value itself, so
that headquarters can later give a key of its own and the fingerprints be made again.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.answer import Answer
from victimid.model.audit import Action
from victimid.model.link import Identifier, LinkKind, Shared
from victimid.store import identifiers
from victimid.store.audit import Audit
from victimid.store.connection import Database, Row, Value
from victimid.store.search_words import normalise

_KEY_BYTES: Final = 32
_PUT: Final = """INSERT INTO link (kind, fingerprint, case_ref, interview_id, ref, value, marked)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET marked = excluded.marked WHERE excluded.marked <> ''"""
_MARKS: Final = "SELECT kind, marked FROM link WHERE interview_id = ? AND ref = ? AND marked <> ''"
_MOVING: Final = (
    "SELECT kind, fingerprint, case_ref, ref, value, marked FROM link WHERE interview_id = ? AND marked <> ''"
)
_OF_CASE: Final = "SELECT interview_id, ref, kind, value, fingerprint, marked FROM link WHERE case_ref = ?"
_DROP: Final = """DELETE FROM link WHERE kind = ? AND fingerprint = ? AND case_ref = ? AND interview_id = ?
    AND ref = ?"""
_OTHERS: Final = """SELECT DISTINCT mine.kind, mine.value, other.ref, other.owner, other.opened_at FROM link AS mine
    JOIN cases AS own ON own.ref = mine.case_ref
    JOIN link AS same ON same.kind = mine.kind AND same.fingerprint = mine.fingerprint
        AND same.case_ref <> mine.case_ref
    JOIN cases AS other ON other.ref = same.case_ref AND other.practice = own.practice
    WHERE """
_IN_ORDER: Final = " ORDER BY mine.kind, mine.value, other.opened_at DESC, other.ref"

Stated = tuple[str, Answer]
"""An answer with the id of its interview."""


class Links:
    """The links of one laptop; a case that an officer may not see is counted, never named."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def mark(self, case_ref: str, interview_id: str, ref: str, kind: LinkKind, text: str, by: str) -> Identifier:
        """Take words that an officer marked in an answer for a thing of this kind.

        Raises ``link.nothing_to_compare``, ``interview.unknown``.
        """
        with self._database.transaction():
            found = identifiers.identifier(kind, text, _country(self._database))
            if found is None:
                raise VictimIDError("link.nothing_to_compare", kind=kind.value)
            known = "SELECT 1 FROM interview WHERE id = ? AND case_ref = ?"
            if self._database.row(known, (interview_id, case_ref)) is None:
                raise VictimIDError("interview.unknown")
            _put(self._database, (case_ref, interview_id, ref), found, text.strip())
            self._audit.append(Action.MARKED, by, case_ref, f"{interview_id} {ref} {kind.value}")
        return found

    def marks(self, interview_id: str, ref: str) -> tuple[tuple[LinkKind, str], ...]:
        """Return what an officer marked in one answer: the kind and the words."""
        rows = self._database.rows(_MARKS, (interview_id, ref))
        return tuple((LinkKind(kind), text) for kind, text in rows)

    def of_case(self, case_ref: str, owner: str | None = None) -> tuple[Shared, ...]:
        """Return what other cases share with this one; ``owner`` is whose cases may be named, None for all."""
        return self._shared("mine.case_ref = ?", (case_ref,), owner)

    def of_answer(self, interview_id: str, ref: str, owner: str | None = None) -> tuple[Shared, ...]:
        """Return what other cases share with one answer; ``owner`` is whose cases may be named, None for all."""
        return self._shared("mine.interview_id = ? AND mine.ref = ?", (interview_id, ref), owner)

    def _shared(self, where: str, values: tuple[Value, ...], owner: str | None) -> tuple[Shared, ...]:
        rows = self._database.rows(_OTHERS + where + _IN_ORDER, values)
        return tuple(_shared(kind, value, list(group), owner) for (kind, value), group in groupby(rows, _thing))


def learn(database: Database, case_ref: str, interview_id: str, answer: Answer) -> None:
    """Take what an answer names, instead of what its revision before did; marks stay while their words do."""
    where = (case_ref, interview_id, answer.ref)
    marks = database.rows(_MARKS, where[1:])
    database.execute("DELETE FROM link WHERE interview_id = ? AND ref = ?", where[1:])
    country = _country(database)
    for found in identifiers.of_answer(answer, country):
        _put(database, where, found, "")
    said = f" {normalise(identifiers.words_of(answer))} "
    for kind, marked in marks:
        if f" {normalise(marked)} " in said:
            named = identifiers.identifier(LinkKind(kind), marked, country)
            if named is not None:
                _put(database, where, named, marked)


def differ(database: Database, case_ref: str, answers: Sequence[Stated]) -> bool:
    """Tell whether the links of a case are not what its latest answers and the officer's marks name."""
    country = _country(database)
    named = {(i, each.ref, found) for i, each in answers for found in identifiers.of_answer(each, country)}
    wanted = {(i, ref, found.kind.value, found.value) for i, ref, found in named}
    kept = database.rows(_OF_CASE, (case_ref,))
    found = {(i, ref, kind, value) for i, ref, kind, value, _, marked in kept if not marked}
    if any(row[4] != _fingerprint(_key(database), Identifier(LinkKind(row[2]), row[3])) for row in kept):
        return True
    return not found <= wanted or bool(wanted - {row[:4] for row in kept})


def move_marks(database: Database, interview_id: str, where: Callable[[str], str | None]) -> None:
    """Let marks follow answers that are about to move; ``where`` tells which the reference will be, None for gone."""
    moving = [row for row in database.rows(_MOVING, (interview_id,)) if where(row[3]) != row[3]]
    for kind, fingerprint, case_ref, ref, _, _ in moving:
        database.execute(_DROP, (kind, fingerprint, case_ref, interview_id, ref))
    for kind, fingerprint, case_ref, ref, value, marked in moving:
        if (new := where(ref)) is not None:
            database.execute(_PUT, (kind, fingerprint, case_ref, interview_id, new, value, marked))


def forget_case(database: Database, case_ref: str) -> None:
    """Drop what the answers of a case name."""
    database.execute("DELETE FROM link WHERE case_ref = ?", (case_ref,))


def _put(database: Database, where: tuple[str, str, str], found: Identifier, marked: str) -> None:
    fingerprint = _fingerprint(_key(database), found)
    database.execute(_PUT, (found.kind.value, fingerprint, *where, found.value, marked))


def _fingerprint(key: bytes, found: Identifier) -> bytes:
    message = f"{found.kind.value}\0{found.value}".encode()
    return hmac.digest(key, message, hashlib.sha256)


def _key(database: Database) -> bytes:
    """Return the key of fingerprints, drawn when it is first needed."""
    key = database.value("SELECT link_key FROM laptop")
    if key is None:
        key = secrets.token_bytes(_KEY_BYTES)
        database.execute("UPDATE laptop SET link_key = ?", (key,))
    return bytes(key)


def _country(database: Database) -> str:
    return str(database.value("SELECT country FROM laptop") or "")


def _thing(row: Row) -> tuple[str, str]:
    return row[0], row[1]


def _shared(kind: str, value: str, rows: list[Row], owner: str | None) -> Shared:
    named = tuple(ref for _, _, ref, whose, _ in rows if owner is None or whose == owner)
    return Shared(Identifier(LinkKind(kind), value), named, len(rows) - len(named))
