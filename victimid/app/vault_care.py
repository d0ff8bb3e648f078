"""Looking after the vault: policy, checks, the record of actions, a new data key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from victimid.app.action_filter import typed_reference
from victimid.app.backing_up import Renewal, renewed
from victimid.app.failing import failure_noted
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditEntry, AuditQuery
from victimid.model.checkup import Checkup, OutsideAnchor
from victimid.model.policy import Policy
from victimid.model.why import WhyAccepted, WhyRekeyed
from victimid.store.watching import Progress, Watch


@dataclass(frozen=True, slots=True)
class Device:
    """The laptop as headquarters knows it, and whether headquarters can recover its records."""

    id: str
    public_key: str
    recovers: bool


def device(session: Session) -> Device:
    """Return what headquarters has to know of this laptop."""
    vault = session.vault
    return Device(vault.device_id, vault.device_public_key, vault.recovers)


PAGE: Final = 100


def policy(session: Session) -> Policy:
    """Return the policy of this laptop."""
    return session.vault.policies.read()


def change_policy(session: Session, changed: Policy) -> None:
    """Keep another policy; raises ``officer.not_allowed``, ``policy.out_of_range``."""
    session.access.require(Right.SET_POLICY)
    session.vault.policies.change(changed, session.officer_id)
    session.vault.mark_erasable()


def actions(session: Session, query: AuditQuery, limit: int = PAGE) -> tuple[AuditEntry, ...]:
    """Return the newest entries of the record of actions that a query asks for; ``officer.not_allowed``.

    The reading itself is an entry, once for the first page of a query; of what was typed as a case, only a reference.
    """
    session.access.require(Right.READ_AUDIT)
    if query.before is None:
        case_ref = typed_reference(query.subject)
        session.vault.audit.append(Action.AUDIT_VIEWED, session.officer_id, case_ref, query.officer)
    return session.vault.audit.entries(limit, query)


def look_over(session: Session) -> None:
    """Look at a sample of everything, quickly, as at every start; raises what `quick_check` does."""
    with failure_noted(session.vault, Action.CHECKED):
        session.vault.quick_check()


def check(
    session: Session,
    outside: Sequence[OutsideAnchor] = (),
    progress: Progress = lambda _done, _all: None,
    *,
    full: bool = True,
) -> Checkup:
    """Check everything against the audit and the audit against its anchors; raises ``officer.not_allowed``.

    What is not ``full`` leaves out what takes longest: the content of attachments and the pages of the database.
    """
    session.access.require(Right.CHECK_VAULT)
    with failure_noted(session.vault, Action.CHECKED):
        found = session.vault.verify(outside, progress, full=full)
    try:
        session.vault.audit.append(Action.CHECKED, session.officer_id, "", f"flaws={len(found.flaws)}")
    except VictimIDError:
        # Damage that was found is told even where nothing more can be written.
        if found.sound:
            raise
    return found


def accept_rollback(session: Session, why: WhyAccepted) -> None:
    """Go on with a database older than its anchor, on record.

    Raises ``officer.not_allowed``, ``audit.not_rolled_back``.
    """
    session.access.require(Right.APPOINT_SUPERVISORS)
    session.vault.accept_rollback(why)


def add_recovery_pair(session: Session, first: str, second: str, watch: Watch | None = None) -> Renewal:
    """From now on it takes two persons at headquarters to recover this vault; ``officer.not_allowed``, ``age.*``.

    Backups give its key to one alone, so a new one takes the place of those on this laptop. Copies elsewhere do so
    until `rekey`.
    """
    session.access.require(Right.MANAGE_KEYS)
    with failure_noted(session.vault, Action.HEADQUARTERS_KEY_ADDED):
        session.vault.keys.add_recovery_pair(first, second, session.officer_id)
    return renewed(session, watch)


def remove_recovery_pair(session: Session, first: str, second: str) -> None:
    """Let these two persons recover the vault no more.

    Raises ``officer.not_allowed``, ``age.*``, ``vault.key_unknown``, ``vault.last_key``.
    """
    session.access.require(Right.MANAGE_KEYS)
    with failure_noted(session.vault, Action.HEADQUARTERS_KEY_REMOVED):
        session.vault.keys.remove_recovery_pair(first, second, session.officer_id)


def rekey(session: Session, why: WhyRekeyed, watch: Watch | None = None) -> Renewal:
    """Encrypt everything anew under a new data key, and let a new backup take the place of those under the old one.

    Raises ``officer.not_allowed``, ``backup.being_made``, ``vault.no_room``, ``vault.rekey_cut_off`` where it had to be
    locked, ``keyfile.not_written``.
    """
    session.access.require(Right.RENEW_KEYS)
    with failure_noted(session.vault, Action.VAULT_REKEYED), session.vault.backups.alone():
        session.vault.rekey(why)
    return renewed(session, watch)
