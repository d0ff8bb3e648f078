"""Officers of a shared laptop: who is there, enrolling, disabling, one's own passphrase."""

from victimid.app.backing_up import Renewal, renewed
from victimid.app.failing import failure_noted
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.crypto import passphrase as passphrases
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.people import Officer, Role
from victimid.model.why import WhyDisabled
from victimid.model.wrong_try import TriedAt
from victimid.store.watching import Watch


def everyone(session: Session) -> tuple[Officer, ...]:
    """Return all officers, also disabled ones: whoever hands a case over has to choose among them."""
    return session.vault.officers.all()


def names(session: Session) -> dict[str, str]:
    """Return the names of all officers by their ids, also of disabled ones, whose actions stay on record."""
    return {officer.id: officer.name for officer in session.vault.officers.all()}


def named(session: Session, name: str) -> Officer:
    """Return the officer of this name, as it is told apart at sign-in; raises ``officer.nobody``."""
    try:
        return session.vault.officers.named(name)
    except VictimIDError as error:
        raise VictimIDError("officer.nobody") from error


def roles_to_give(session: Session) -> tuple[Role, ...]:
    """Return the roles this officer may enrol others in."""
    if not session.access.may(Right.MANAGE_OFFICERS):
        return ()
    appoints = session.access.may(Right.APPOINT_SUPERVISORS)
    return tuple(role for role in Role if appoints or role is not Role.SUPERVISOR)


def may_disable(session: Session, officer: Officer) -> bool:
    """Tell whether this officer may end another's access."""
    given = officer.role in roles_to_give(session)
    return given and officer.id != session.officer_id and officer.disabled_at is None


def one_time_passphrase() -> str:
    """Draw a first passphrase to be told to an officer, who then chooses an own one."""
    return passphrases.one_time()


def enrol(session: Session, name: str, passphrase: str, role: Role, *, given: bool = True) -> Officer:
    """Let an officer in; a first passphrase that was ``given`` to them they change before anything else.

    Raises ``officer.not_allowed``, ``officer.name_taken``, ``officer.name_unfit``, ``keyfile.name_empty``,
    ``keyfile.full``, ``passphrase.too_weak``.
    """
    session.access.require(Right.MANAGE_OFFICERS)
    if role is Role.SUPERVISOR:
        session.access.require(Right.APPOINT_SUPERVISORS)
    with failure_noted(session.vault, Action.OFFICER_ENROLLED):
        return session.vault.keys.enrol(name, passphrase, role, session.officer_id, given=given)


def may_give_passphrase(session: Session, officer: Officer) -> bool:
    """Tell whether another first passphrase may be given to an officer: only until they chose their own."""
    return officer.passphrase_given and officer.disabled_at is None and officer.role in roles_to_give(session)


def give_passphrase(session: Session, officer_id: str, passphrase: str) -> Officer:
    """Give an officer another first passphrase, where the one before was never told.

    Raises ``officer.not_allowed``, ``officer.unknown``, ``officer.disabled``, ``officer.own_passphrase``,
    ``passphrase.too_weak``.
    """
    _require_may_manage(session, officer_id)
    with failure_noted(session.vault, Action.SLOT_GIVEN):
        return session.vault.keys.give_passphrase(officer_id, passphrase, session.officer_id)


def disable(session: Session, officer_id: str, why: WhyDisabled, watch: Watch | None = None) -> Renewal:
    """Let an officer in no more from this moment; their cases stay theirs until they are handed over.

    Their passphrase opens the older backups on this laptop, so a new one takes their place. Raises
    ``officer.not_allowed``, ``officer.unknown``, ``officer.own``, ``officer.last_manager``.
    """
    _require_may_manage(session, officer_id)
    if officer_id == session.officer_id:
        raise VictimIDError("officer.own")
    session.vault.keys.disable(officer_id, session.officer_id, why)
    return renewed(session, watch)


def change_passphrase(session: Session, old: str, new: str) -> None:
    """Exchange one's own passphrase; a wrong old one counts as a wrong try at the lock and is written down.

    Raises ``vault.wrong_passphrase``, ``vault.wait``, ``passphrase.too_weak``, ``passphrase.same``, ``vault.no_room``,
    and ``officer.passphrase_not_noted`` where the new one counts all the same.
    """
    if old == new:
        raise VictimIDError("passphrase.same")
    try:
        with session.tries.one(TriedAt.CHANGE):
            session.vault.change_passphrase(old, new, session.floor)
    finally:
        session.note_tries()


def _require_may_manage(session: Session, officer_id: str) -> None:
    session.access.require(Right.MANAGE_OFFICERS)
    if session.vault.officers.get(officer_id).role is Role.SUPERVISOR:
        session.access.require(Right.APPOINT_SUPERVISORS)
