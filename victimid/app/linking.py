"""What cases have in common: shown to those who may see it, and words that an officer marks to be compared."""

from victimid.app.session import Session
from victimid.model.link import Identifier, LinkKind, Mark, Shared


def of_case(session: Session, case_ref: str) -> tuple[Shared, ...]:
    """Return what other cases share with a case; those this officer may not see are counted only."""
    session.access.case(case_ref)
    return session.vault.links.of_case(case_ref, session.access.only_of)


def of_answer(session: Session, interview_id: str, ref: str) -> tuple[Shared, ...]:
    """Return what other cases share with one answer; those this officer may not see are counted only."""
    session.access.case(session.vault.interviews.get(interview_id).case_ref)
    return session.vault.links.of_answer(interview_id, ref, session.access.only_of)


def mark(session: Session, case_ref: str, interview_id: str, ref: str, kind: LinkKind, text: str) -> Identifier:
    """Let words of an answer be compared with other cases; raises ``link.nothing_to_compare``."""
    session.access.case(case_ref)
    marked = Mark(interview_id, ref, kind, text.strip(), session.officer_id, session.clock())
    return session.vault.links.mark(case_ref, marked)


def unmark(session: Session, case_ref: str, interview_id: str, ref: str, kind: LinkKind, text: str) -> None:
    """Take back a mark that an officer set; both stay on record. Raises ``link.not_marked``."""
    session.access.case(case_ref)
    session.vault.links.unmark(case_ref, Mark(interview_id, ref, kind, text, session.officer_id, session.clock()))
