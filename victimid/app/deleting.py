"""Deletion of cases whose time is over, after headquarters' receipt or for a stated reason."""

from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.model.retention import Certificate, DueCase, Override


def due(session: Session) -> tuple[DueCase, ...]:
    """Return the cases to delete by the policy of this laptop; raises ``officer.not_allowed``."""
    session.access.require(Right.DELETE_DUE)
    return session.vault.retention.due(session.vault.policies.read(), session.clock())


def delete(session: Session, case_ref: str, override: Override | None = None) -> Certificate:
    """Delete a case for good; raises ``officer.not_allowed``, ``case.unknown``, ``case.not_received``."""
    session.access.require(Right.DELETE_DUE)
    return session.vault.retention.delete(case_ref, session.officer_id, override)
