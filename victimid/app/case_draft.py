"""What is typed on a screen of a case, outside its interviews, and not yet recorded."""

from victimid.app.session import Session


def keep(session: Session, case_ref: str, purpose: str, text: str) -> None:
    """Keep the words of one purpose, such as the reason of a decision; no words leave nothing."""
    session.access.case(case_ref)
    session.vault.drafts.keep(case_ref, purpose, text)


def read(session: Session, case_ref: str, purpose: str) -> str:
    """Return the words kept for a purpose, or an empty text."""
    session.access.case(case_ref)
    return session.vault.drafts.read(case_ref, purpose)
