"""Handing cases over at the end of a shift: another officer answers for them, and the reason stays on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from victimid.app import officers
from victimid.app.failing import failure_noted
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.handover import Handover
from victimid.model.people import Officer, Role

_DRAFT: Final = "handover"


@dataclass(frozen=True, slots=True)
class HandoverView:
    """How a case changed hands, oldest first, and the names of officers by their ids."""

    handovers: tuple[Handover, ...]
    names: Mapping[str, str]


def of_case(session: Session, case_ref: str) -> HandoverView:
    """Return who passed a case to whom, when and why; raises what `Access.case` does."""
    session.access.case(case_ref)
    return HandoverView(session.vault.handovers.of_case(case_ref), officers.names(session))


def receivers(session: Session) -> tuple[Officer, ...]:
    """Return the officers who can take cases on: until they chose their passphrase, somebody else has it too."""
    with_access = (each for each in session.vault.officers.all() if not each.disabled_at and not each.passphrase_given)
    return tuple(each for each in with_access if each.role is not Role.ADMINISTRATOR)


def open_cases(session: Session, officer_id: str = "") -> tuple[str, ...]:
    """Return the open cases of an officer, by default one's own; raises ``officer.not_allowed``."""
    session.access.require(Right.WORK_ON_OWN_CASES)
    if officer_id not in {"", session.officer_id}:
        session.access.require(Right.HAND_OVER_OTHERS)
    return session.vault.handovers.open_cases(officer_id or session.officer_id)


def kept_reason(session: Session, case_refs: Sequence[str]) -> str:
    """Return the reason that was typed for some of these cases and not yet recorded; raises as `hand_over`."""
    _require_all(session, case_refs)
    kept = (session.vault.drafts.read(ref, _DRAFT) for ref in case_refs)
    return next(filter(None, kept), "")


def keep_reason(session: Session, case_refs: Sequence[str], reason: str) -> None:
    """Keep a reason typed for these cases; no words leave nothing. Raises as `hand_over`."""
    _require_all(session, case_refs)
    with session.vault.together():
        for number, ref in enumerate(case_refs):
            session.vault.drafts.keep(ref, _DRAFT, "" if number else reason)


def hand_over(session: Session, case_refs: Sequence[str], to_officer: str, reason: str) -> tuple[Handover, ...]:
    """Make another officer answer for cases, all of them or none; a supervisor may do so with anybody's.

    Raises ``handover.reason_missing``, ``handover.receiver``, ``handover.same_officer``, ``case.unknown``,
    ``case.not_yours``, ``officer.not_allowed``.
    """
    _require_all(session, case_refs)
    with failure_noted(session.vault, Action.CASE_HANDED_OVER, *case_refs):
        if not reason.strip():
            raise VictimIDError("handover.reason_missing")
        if to_officer not in {officer.id for officer in receivers(session)}:
            raise VictimIDError("handover.receiver")
        at = session.clock()
        with session.vault.together():
            handovers = tuple(_recorded(session, ref, to_officer, reason.strip(), at) for ref in case_refs)
    for ref in case_refs:
        session.access.forget(ref)
    return handovers


def _require_all(session: Session, case_refs: Sequence[str]) -> None:
    session.access.require(Right.WORK_ON_OWN_CASES)
    for ref in case_refs:
        session.access.to_hand_over(ref)


def _recorded(session: Session, ref: str, to_officer: str, reason: str, at: datetime) -> Handover:
    case = session.vault.cases.get(ref)
    if case.owner == to_officer:
        raise VictimIDError("handover.same_officer", case=ref)
    handover = Handover(ref, case.owner, to_officer, reason, session.officer_id, at)
    session.vault.handovers.record(handover)
    session.vault.drafts.keep(ref, _DRAFT, "")
    return handover
