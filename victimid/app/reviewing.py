"""A supervisor's review of the decision that stands: agrees, or asks the officer to look again."""

from collections.abc import Mapping
from dataclasses import dataclass

from victimid.app import officers
from victimid.app.failing import failure_noted
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.finding import Decision
from victimid.model.review import Review, Verdict


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The last review of a case, whether it is about the decision that stands, and whether one may be added."""

    last: Review | None
    current: bool
    offered: bool
    names: Mapping[str, str]


def view(session: Session, case_ref: str) -> ReviewView:
    """Return how a case was reviewed; raises what `Access.case` does."""
    session.access.case(case_ref)
    decision = session.vault.decisions.latest(case_ref)
    last = next(reversed(session.vault.reviews.of_case(case_ref)), None)
    current = last is not None and decision is not None and last.decided_at == decision.at
    offered = session.access.may(Right.REVIEW_DECISIONS) and decision is not None and not _own(session, decision)
    return ReviewView(last, current, offered, officers.names(session))


def review(session: Session, case_ref: str, verdict: Verdict, note: str) -> Review:
    """Record a review; nobody reviews their own decision, and asking to look again needs a note.

    Raises ``officer.not_allowed``, what `Access.case` does, ``review.no_decision``, ``review.own_decision``,
    ``review.note_missing``.
    """
    session.access.require(Right.REVIEW_DECISIONS, case_ref)
    session.access.case(case_ref)
    with failure_noted(session.vault, Action.REVIEWED, case_ref):
        made = _review(session, case_ref, verdict, note.strip())
        session.vault.reviews.record(made)
    return made


def _review(session: Session, case_ref: str, verdict: Verdict, note: str) -> Review:
    decision = session.vault.decisions.latest(case_ref)
    if decision is None:
        raise VictimIDError("review.no_decision", case=case_ref)
    if _own(session, decision):
        raise VictimIDError("review.own_decision")
    if verdict is Verdict.LOOK_AGAIN and not note:
        raise VictimIDError("review.note_missing")
    return Review(case_ref, decision.at, verdict, note, session.officer_id, session.clock())


def _own(session: Session, decision: Decision) -> bool:
    return decision.by == session.officer_id
