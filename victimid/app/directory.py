"""The directory of services that referrals go to: headquarters' own, or the examples shipped with the program."""

from victimid.app import service_directory
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.referral import Service


def services(session: Session) -> tuple[Service, ...]:
    """List the services in their own order."""
    installed = session.vault.content.services()
    return service_directory.read(installed) if installed else session.content.services()


def service(session: Session, service_id: str) -> Service:
    """Return one service; raises ``service.unknown``, also for one that a newer directory has no more."""
    for each in services(session):
        if each.id == service_id:
            return each
    raise VictimIDError("service.unknown", service=service_id)
