"""Attachments in the vault: kept and read back a part at a time, never changed, encrypted like everything else."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.attachment import HEAD, LIMIT, SUFFIXES, Attachment, fits, media_type
from victimid.model.audit import Action
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row
from victimid.store.contents import digest
from victimid.store.moments import from_text, to_text

_INSERT: Final = """INSERT INTO attachment (id, interview_id, ref, by, at, name, media_type, size, sha256,
    case_revision) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, cases.revision FROM cases WHERE cases.ref = ?"""
_INSERT_PART: Final = "INSERT INTO attachment_part (attachment_id, number, content) VALUES (?, ?, ?)"
_OF_NAME: Final = """SELECT id, interview_id, ref, by, at, name, media_type, size, sha256 FROM attachment
    WHERE name = ?"""
_OF_CASE: Final = """SELECT attachment.id, interview_id, ref, by, at, name, media_type, size, sha256
    FROM attachment JOIN interview ON interview.id = interview_id WHERE case_ref = ? ORDER BY attachment.rowid"""
_TO_EXPORT: Final = """SELECT attachment.id, interview_id, attachment.ref, by, at, name, media_type, size, sha256
    FROM attachment JOIN interview ON interview.id = interview_id JOIN cases ON cases.ref = case_ref
    WHERE case_ref = ? AND case_revision > exported_revision AND name IN (SELECT value FROM (
        SELECT value, withdrawn, max(revision) FROM answer WHERE interview_id = interview.id GROUP BY answer.ref
    ) WHERE NOT withdrawn) ORDER BY attachment.rowid"""


class Attachments:
    """The attachments of one laptop, by the neutral name that their answer holds."""

    def __init__(self, database: Database, log: CaseLog) -> None:
        self._database = database
        self._log = log

    def add(self, arriving: Attachment, parts: Iterable[bytes], wanted: str = "") -> Attachment:
        """Keep a file that comes in parts, all of it or nothing, and return it with what its bytes say.

        ``wanted`` is what the question takes. Raises ``attachment.empty``, ``attachment.kind_refused``,
        ``attachment.wrong_kind``, ``attachment.too_large``, ``interview.unknown``.
        """
        with self._database.transaction():
            case_ref = self._case_ref(arriving.interview_id)
            size, hashed, kind = 0, hashlib.sha256(), ""
            for number, part in enumerate(parts):
                kind = kind or _accepted(part[:HEAD], wanted)
                size += len(part)
                if size > LIMIT:
                    raise VictimIDError("attachment.too_large", megabytes=LIMIT // 1024**2)
                hashed.update(part)
                self._database.execute(_INSERT_PART, (arriving.id, number, part))
            if not size:
                raise VictimIDError("attachment.empty")
            name = f"{arriving.id}{SUFFIXES[kind]}"
            kept = replace(arriving, name=name, media_type=kind, size=size, sha256=hashed.hexdigest())
            detail = f"{kept.interview_id} {kept.ref} {name}"
            self._log.note(Action.ATTACHED, kept.by, case_ref, detail, content=digest(kept))
            self._database.execute(_INSERT, (*_values(kept), case_ref))
        return kept

    def of_case(self, case_ref: str) -> tuple[Attachment, ...]:
        """Return the attachments of a case in the order in which they came."""
        return tuple(_attachment(row) for row in self._database.rows(_OF_CASE, (case_ref,)))

    def find(self, name: str) -> Attachment | None:
        """Return what is kept under a name, if anything."""
        row = self._database.row(_OF_NAME, (name,))
        return _attachment(row) if row else None

    def read(self, attachment: Attachment) -> Iterator[bytes]:
        """Yield the parts in order; raises ``attachment.damaged`` where they are not what was kept."""
        hashed, number = hashlib.sha256(), 0
        query = "SELECT content FROM attachment_part WHERE attachment_id = ? AND number = ?"
        while (part := self._database.value(query, (attachment.id, number))) is not None:
            hashed.update(part)
            number += 1
            yield part
        if hashed.hexdigest() != attachment.sha256:
            raise VictimIDError("attachment.damaged")

    def to_export(self, case_ref: str) -> tuple[Attachment, ...]:
        """Return the attachments of a case that no export has carried yet, as far as an answer names them now.

        What was attached by mistake and replaced stays here, as answers do that others took the place of.
        """
        return tuple(_attachment(row) for row in self._database.rows(_TO_EXPORT, (case_ref,)))

    def _case_ref(self, interview_id: str) -> str:
        found = self._database.value("SELECT case_ref FROM interview WHERE id = ?", (interview_id,))
        if found is None:
            raise VictimIDError("interview.unknown")
        return str(found)


def _accepted(head: bytes, wanted: str) -> str:
    kind = media_type(head)
    if not kind:
        raise VictimIDError("attachment.kind_refused")
    if not fits(kind, wanted):
        raise VictimIDError("attachment.wrong_kind")
    return kind


def _values(kept: Attachment) -> tuple[str | int, ...]:
    return (
        kept.id,
        kept.interview_id,
        kept.ref,
        kept.by,
        to_text(kept.at),
        kept.name,
        kept.media_type,
        kept.size,
        kept.sha256,
    )


def _attachment(row: Row) -> Attachment:
    attachment_id, interview_id, ref, by, at, *facts = row
    return Attachment(attachment_id, interview_id, ref, by, from_text(at), *facts)
