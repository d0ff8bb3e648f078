"""Handing cases over at the end of a shift: another officer answers for them, and the reason stays on record."""

from collections.abc import Sequence

from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.handover import Handover
from victimid.model.people import Officer, Role


def receivers(session: Session) -> tuple[Officer, ...]:
    """Return the officers who can take cases on."""
    everyone = session.vault.officers.all()
    return tuple(each for each in everyone if each.role is not Role.ADMINISTRATOR and not each.disabled_at)


def hand_over(session: Session, case_refs: Sequence[str], to_officer: str, reason: str) -> tuple[Handover, ...]:
    """Make another officer answer for cases, all of them or none; a supervisor may do so with anybody's.

    Raises ``handover.reason_missing``, ``handover.receiver``, ``handover.same_officer``, ``case.unknown``,
    ``case.not_yours``, ``officer.not_allowed``.
    """
    session.access.require(Right.WORK_ON_OWN_CASES)
    if not reason.strip():
        raise VictimIDError("handover.reason_missing")
    if to_officer not in {officer.id for officer in receivers(session)}:
        raise VictimIDError("handover.receiver")
    for ref in case_refs:
        session.access.to_hand_over(ref)
    with session.vault.together():
        handovers = tuple(_recorded(session, ref, to_officer, reason.strip()) for ref in case_refs)
    for ref in case_refs:
        session.access.forget(ref)
    return handovers


def _recorded(session: Session, ref: str, to_officer: str, reason: str) -> Handover:
    case = session.vault.cases.get(ref)
    if case.owner == to_officer:
        raise VictimIDError("handover.same_officer", case=ref)
    handover = Handover(ref, case.owner, to_officer, reason, session.officer_id, session.clock())
    session.vault.handovers.record(handover)
    return handover
