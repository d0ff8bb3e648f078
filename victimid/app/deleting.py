"""Deletion of cases whose time is over, after headquarters' receipt or for a stated reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from victimid.app.backing_up import Renewal, renewed
from victimid.app.failing import failure_noted
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.retention import Certificate, DueCase, Override
from victimid.store.watching import Watch


@dataclass(frozen=True, slots=True)
class Deleted:
    """What the audit keeps of each case, what became of backups that still held them, and where they may still be."""

    certificates: tuple[Certificate, ...]
    renewal: Renewal
    left: tuple[Path, ...]


def due(session: Session) -> tuple[DueCase, ...]:
    """Return the cases to delete by the policy of this laptop; raises ``officer.not_allowed``."""
    session.access.require(Right.DELETE_DUE)
    return session.vault.retention.due(session.vault.policies.read(), session.clock())


def delete(
    session: Session, case_refs: Sequence[str], override: Override | None = None, watch: Watch | None = None
) -> Deleted:
    """Delete cases for good, all of them or none, then let a new backup take the place of those that hold them.

    Unless a reason overrides it they have to be due and at headquarters. Backups that were taken elsewhere still hold
    them, and so may what restores and repairs set aside: that stays, for its other records may be the only ones of
    their time. Raises ``officer.not_allowed``, ``case.unknown``, ``case.not_due``, ``case.not_received``; a backup that
    cannot be made undoes nothing.
    """
    session.access.require(Right.DELETE_DUE)
    left = session.vault.beside if case_refs else ()
    with failure_noted(session.vault, Action.CASE_DELETED, *case_refs), session.vault.together():
        retention, by = session.vault.retention, session.officer_id
        if override is None:
            _require_due(session, case_refs)
        certificates = tuple(retention.delete(ref, by, override) for ref in case_refs)
    return Deleted(certificates, renewed(session, watch), left)


def _require_due(session: Session, case_refs: Sequence[str]) -> None:
    listed = {case.ref for case in due(session)}
    for ref in case_refs:
        if ref not in listed:
            raise VictimIDError("case.not_due", case=session.vault.cases.get(ref).ref)
