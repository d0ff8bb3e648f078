"""What an officer typed outside any case and has not yet recorded, such as the name of somebody to be enrolled."""

from victimid.app.session import Session


def keep(session: Session, place: str, text: str) -> None:
    """Keep the words of one place for this officer alone; no words leave nothing."""
    session.vault.drafts.keep_own(session.officer_id, place, text)


def read(session: Session, place: str) -> str:
    """Return the words this officer left at a place, or an empty text."""
    return session.vault.drafts.read_own(session.officer_id, place)
