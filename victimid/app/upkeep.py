"""What the program does for the vault after every unlocking and now and then, beside the officer's work."""

from collections.abc import Callable

from victimid.app import backing_up, vault_care
from victimid.app.failing import NO_FAILURES
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.errors import VictimIDError


def at_start(session: Session, tell: Callable[[VictimIDError], None]) -> None:
    """Look at a sample of everything, keep room for a full disk, make the backup of the day; tell what goes wrong.

    It may run on any thread, and ends early where the vault is locked meanwhile.
    """
    for step in (vault_care.look_over, _keep_room, _back_up):
        try:
            step(session)
        except VictimIDError as error:
            if error.code not in NO_FAILURES:
                tell(error)


def now_and_then(session: Session) -> None:
    """Let the header follow the record of actions, every few minutes; to be called more often, between other work."""
    session.vault.anchors.renew_now_and_then()


def _keep_room(session: Session) -> None:
    if not session.vault.ballast.ensure():
        raise VictimIDError("vault.disk_nearly_full")


def _back_up(session: Session) -> None:
    if session.access.may(Right.BACK_UP) and not session.vault.officer.passphrase_given:
        backing_up.make_if_due(session)
