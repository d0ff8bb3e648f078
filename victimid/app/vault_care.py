"""Looking after the vault: policy, checks, the record of actions, a new data key."""

from collections.abc import Sequence
from typing import Final

from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.model.audit import Action, AuditEntry, AuditQuery
from victimid.model.checkup import Checkup, OutsideAnchor
from victimid.model.policy import Policy
from victimid.store.verifying import Progress

PAGE: Final = 100


def policy(session: Session) -> Policy:
    """Return the policy of this laptop."""
    return session.vault.policies.read()


def change_policy(session: Session, changed: Policy) -> None:
    """Keep another policy; raises ``officer.not_allowed``, ``policy.out_of_range``."""
    session.access.require(Right.SET_POLICY)
    session.vault.policies.change(changed, session.officer_id)


def actions(session: Session, query: AuditQuery, limit: int = PAGE) -> tuple[AuditEntry, ...]:
    """Return the newest entries of the record of actions that a query asks for; ``officer.not_allowed``.

    The reading itself is an entry, once for the first page of a query.
    """
    session.access.require(Right.READ_AUDIT)
    if query.before is None:
        session.vault.audit.append(Action.AUDIT_VIEWED, session.officer_id, query.subject, query.officer)
    return session.vault.audit.entries(limit, query)


def check(
    session: Session, outside: Sequence[OutsideAnchor] = (), progress: Progress = lambda _done, _all: None
) -> Checkup:
    """Check everything against the audit and the audit against its anchors; raises ``officer.not_allowed``."""
    session.access.require(Right.CHECK_VAULT)
    found = session.vault.verify(outside, progress)
    session.vault.audit.append(Action.CHECKED, session.officer_id, "", f"flaws={len(found.flaws)}")
    return found


def accept_rollback(session: Session) -> None:
    """Go on with a database older than its anchor, on record; raises ``officer.not_allowed``."""
    session.access.require(Right.APPOINT_SUPERVISORS)
    session.vault.accept_rollback()


def add_recovery_pair(session: Session, first: str, second: str) -> None:
    """From now on it takes two persons at headquarters to recover this vault; ``officer.not_allowed``, ``age.*``."""
    session.access.require(Right.MANAGE_KEYS)
    session.vault.keys.add_recovery_pair(first, second, session.officer_id)


def rekey(session: Session) -> None:
    """Encrypt everything anew under a new data key; raises ``officer.not_allowed`` and errors of the disk."""
    session.access.require(Right.MANAGE_KEYS)
    session.vault.keys.rekey(session.officer_id)
