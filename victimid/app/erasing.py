"""Destroying the keys of this laptop in an emergency: from then on only headquarters can recover its records."""

from victimid.app.session import Door, Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action


def erase(session: Session, door: Door) -> None:
    """Note it, lock, and destroy every officer's key, those in the backups on this laptop too.

    Any officer may, for an emergency does not wait for a supervisor. Raises ``erase.not_allowed``,
    ``recovery.no_way`` before anything is destroyed.
    """
    if not session.vault.policies.read().erase_allowed:
        raise VictimIDError("erase.not_allowed")
    if not session.vault.recovers:
        raise VictimIDError("recovery.no_way")
    session.vault.mark_erasable()
    session.vault.audit.append(Action.KEYS_ERASED, session.officer_id)
    session.lock()
    door.erase()
