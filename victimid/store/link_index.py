"""What answers and marks name, as keyed fingerprints that are the same where the thing is the same.

A fingerprint is the HMAC of kind and value under a random key of the vault. Beside it stands the value itself, so
that headquarters can later give a key of its own and the fingerprints be made again.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Sequence
from typing import Final

from victimid.model.answer import Answer
from victimid.model.link import Identifier
from victimid.store import identifiers, marks
from victimid.store.connection import Database

_KEY_BYTES: Final = 32
_PUT: Final = """INSERT INTO link (kind, fingerprint, case_ref, interview_id, ref, value)
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
_OF_CASE: Final = "SELECT interview_id, ref, kind, value, fingerprint FROM link WHERE case_ref = ?"
_INTERVIEWS: Final = "SELECT id FROM interview WHERE case_ref = ?"

Stated = tuple[str, Answer]
"""An answer with the id of its interview."""
Named = tuple[str, str, Identifier]
"""A thing with the interview and the reference of the answer that names it."""


def learn(database: Database, case_ref: str, interview_id: str, ref: str, answer: Answer | None) -> None:
    """Take what an answer and its marks name, instead of what they named before."""
    database.execute("DELETE FROM link WHERE interview_id = ? AND ref = ?", (interview_id, ref))
    country = country_of(database)
    found = [] if answer is None else identifiers.of_answer(answer, country)
    named = ((interview_id, ref, each) for each in found)
    _put(database, case_ref, [*named, *_marked(database, interview_id, ref, country)])


def learn_case(database: Database, case_ref: str, answers: Sequence[Stated]) -> None:
    """Take what the latest answers of a case and its marks name, instead of what is there."""
    forget_case(database, case_ref)
    _put(database, case_ref, list(_named(database, case_ref, answers)))


def differ(database: Database, case_ref: str, answers: Sequence[Stated]) -> bool:
    """Tell whether the links of a case are not what its latest answers and the officer's marks name."""
    key = _key(database)
    wanted = {
        (i, ref, found.kind.value, found.value, _fingerprint(key, found))
        for i, ref, found in _named(database, case_ref, answers)
    }
    return set(database.rows(_OF_CASE, (case_ref,))) != wanted


def forget_case(database: Database, case_ref: str) -> None:
    """Drop what the answers of a case name."""
    database.execute("DELETE FROM link WHERE case_ref = ?", (case_ref,))


def country_of(database: Database) -> str:
    """Return the country whose phones are written without a prefix, blank where none was given."""
    return str(database.value("SELECT country FROM laptop") or "")


def _named(database: Database, case_ref: str, answers: Sequence[Stated]) -> Iterator[Named]:
    country = country_of(database)
    for interview_id, answer in answers:
        for found in identifiers.of_answer(answer, country):
            yield interview_id, answer.ref, found
    for (interview_id,) in database.rows(_INTERVIEWS, (case_ref,)):
        yield from _marked(database, interview_id, None, country)


def _marked(database: Database, interview_id: str, ref: str | None, country: str) -> Iterator[Named]:
    for mark in marks.standing(database, interview_id, ref):
        found = identifiers.identifier(mark.kind, mark.text, country)
        if found is not None:
            yield interview_id, mark.ref, found


def _put(database: Database, case_ref: str, named: Sequence[Named]) -> None:
    key = _key(database) if named else b""
    for interview_id, ref, found in named:
        row = (found.kind.value, _fingerprint(key, found), case_ref, interview_id, ref, found.value)
        database.execute(_PUT, row)


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
