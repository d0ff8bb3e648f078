"""What colleagues left for the officer at work: cases handed over, decisions to look at again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from victimid.app import officers
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.model.handover import Handover
from victimid.model.review import Review


@dataclass(frozen=True, slots=True)
class Waiting:
    """Hand-overs whose cases were not opened since, reviews that no decision answers, officers by id; as of ``at``."""

    handed_over: tuple[Handover, ...]
    look_again: tuple[Review, ...]
    names: Mapping[str, str]
    at: datetime


def for_me(session: Session) -> Waiting:
    """Return what waits for this officer; raises ``officer.not_allowed``."""
    session.access.require(Right.WORK_ON_OWN_CASES)
    vault, me = session.vault, session.officer_id
    return Waiting(vault.handovers.waiting(me), vault.reviews.waiting(me), officers.names(session), session.clock())
