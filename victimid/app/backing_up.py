"""Backups: made when they are due or wanted, listed, and renewed where older ones hold what should be gone."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from victimid.app.failing import failure_noted
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.backup import Backup
from victimid.store.watching import Watch

# After these an older backup holds what was deleted, or opens with a key or passphrase that is no longer good.
_OUTDATING: Final = (
    Action.CASE_DELETED,
    Action.VAULT_REKEYED,
    Action.OFFICER_DISABLED,
    Action.SLOT_GIVEN,
    Action.SLOT_CHANGED,
    Action.SLOT_RECOVERED,
    Action.HEADQUARTERS_KEY_ADDED,
    Action.HEADQUARTERS_KEY_REMOVED,
)


@dataclass(frozen=True, slots=True)
class BackupsView:
    """The backups on this laptop, oldest first, and how many bytes the next one takes at most and are free."""

    backups: tuple[Backup, ...]
    due: bool
    outdated: int
    needed: int
    free: int


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A new backup, and how many older ones on this laptop went because they held what should be gone."""

    backup: Backup
    folder: Path
    removed: int


@dataclass(frozen=True, slots=True)
class Renewal:
    """What became of backups that held what should be gone; with a ``problem`` they are still there."""

    made: MadeBackup | None
    problem: VictimIDError | None = None


def view(session: Session) -> BackupsView:
    """Return what there is; raises ``officer.not_allowed``."""
    session.access.require(Right.BACK_UP)
    backups = session.vault.backups
    needed, free = backups.room()
    return BackupsView(backups.own.all(), due(session), len(_outdated(session)), needed, free)


def due(session: Session) -> bool:
    """Tell whether a backup should be made now: none is a day old, or older ones hold what should be gone."""
    return session.vault.backups.due() or bool(_outdated(session))


def make(session: Session, chosen: Path | None = None, watch: Watch | None = None) -> MadeBackup:
    """Make a backup on this laptop, or in a folder such as on a stick; may run beside other work.

    Raises ``officer.not_allowed`` and what `Backups.make` does.
    """
    session.access.require(Right.BACK_UP)
    outdated = () if chosen else _outdated(session)
    with failure_noted(session.vault, Action.BACKUP_MADE):
        made = session.vault.back_up(chosen, watch)
        if outdated:
            session.vault.backups.own.keep_none_before(made)
    return MadeBackup(made, session.vault.backups_in(chosen).files(made).folder, len(outdated))


def make_if_due(session: Session, watch: Watch | None = None) -> MadeBackup | None:
    """Make the backup of the day; the window starts this beside the work after every unlocking."""
    return make(session, watch=watch) if due(session) else None


def check(session: Session, watch: Watch | None = None) -> frozenset[str]:
    """Read every backup on this laptop from end to end and return the names of those that are whole.

    Raises ``officer.not_allowed``, ``job.cancelled``.
    """
    session.access.require(Right.CHECK_VAULT)
    kept = session.vault.backups.own.all()
    return frozenset(backup.name for backup in kept if _whole(session, backup, watch))


def renewed(session: Session, watch: Watch | None = None) -> Renewal:
    """Let a new backup take the place of those on this laptop that hold what should be gone.

    Where it cannot be made now, it is due until it could be.
    """
    if not _outdated(session):
        return Renewal(None)
    try:
        return Renewal(make(session, watch=watch))
    except VictimIDError as error:
        return Renewal(None, error)


def _whole(session: Session, backup: Backup, watch: Watch | None) -> bool:
    try:
        with failure_noted(session.vault, Action.CHECKED):
            session.vault.backups.check(backup, watch=watch)
    except VictimIDError as error:
        if error.code == "job.cancelled":
            raise
        return False
    return True


def _outdated(session: Session) -> tuple[Backup, ...]:
    newest = session.vault.audit.entries(1, AuditQuery(actions=_OUTDATING))
    since = newest[0].sequence if newest else 0
    kept = session.vault.backups.own.all()
    return tuple(backup for backup in kept if backup.record and backup.record.standing.sequence < since)
