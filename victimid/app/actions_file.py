"""The record of actions as a file for others to read: CSV, signed beside it by this laptop's key."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from victimid.app import officers
from victimid.app.action_filter import typed_reference
from victimid.app.failing import failure_noted
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.exchange import newfile
from victimid.exchange.spreadsheet import csv_bytes
from victimid.model.audit import Action, AuditEntry, AuditQuery

AUDIT_NAMESPACE: Final = sshsig.AUDIT_NAMESPACE
_COLUMNS: Final = (
    "sequence", "at", "officer", "officer_name", "action", "subject", "detail", "content", "case_state", "hash",
)  # fmt: skip
_PAGE: Final = 2000


@dataclass(frozen=True, slots=True)
class WrittenActions:
    """The file, the signature beside it, and how many actions it holds."""

    path: Path
    signature: Path
    entries: int


def write(session: Session, query: AuditQuery, folder: Path) -> WrittenActions:
    """Write the actions a query asks for, oldest first, into a folder.

    Raises ``officer.not_allowed``, ``exchange.disk_full``, ``exchange.cannot_write``.
    """
    session.access.require(Right.READ_AUDIT)
    entries = sorted(_all(session, query), key=lambda entry: entry.sequence)
    content = csv_bytes(_rows(session, entries))
    path = folder / f"actions-{session.clock():%Y%m%d-%H%M%S}.csv"
    signature = path.with_name(path.name + ".sig")

    def noted(partial: Path) -> None:
        """Compare what is on the medium, and note it before it gets its name."""
        _same(partial, content)
        detail = f"entries={len(entries)} {hashlib.sha256(content).hexdigest()}"
        session.vault.audit.append(Action.AUDIT_EXPORTED, session.officer_id, typed_reference(query.subject), detail)

    signed = session.vault.sign(AUDIT_NAMESPACE, content)
    with failure_noted(session.vault, Action.AUDIT_EXPORTED):
        newfile.create(signature, lambda stream: _put(stream, signed), lambda partial: _same(partial, signed))
        try:
            newfile.create(path, lambda stream: _put(stream, content), noted)
        except VictimIDError:
            signature.unlink(missing_ok=True)
            raise
    return WrittenActions(path, signature, len(entries))


def _all(session: Session, query: AuditQuery) -> Iterator[AuditEntry]:
    while page := session.vault.audit.entries(_PAGE, query):
        yield from page
        query = replace(query, before=page[-1].sequence)


def _rows(session: Session, entries: list[AuditEntry]) -> Iterator[tuple[str | int, ...]]:
    names = officers.names(session)
    yield _COLUMNS
    for entry in entries:
        who = (entry.officer, names.get(entry.officer, ""))
        what = (entry.action.value, entry.subject, entry.detail)
        yield (entry.sequence, entry.at.isoformat(), *who, *what, entry.content, entry.case_state, entry.hash)


def _put(stream: BinaryIO, content: bytes) -> None:
    stream.write(content)


def _same(path: Path, content: bytes) -> None:
    if path.read_bytes() != content:
        raise VictimIDError("exchange.cannot_write")
