"""What is typed in a case outside an interview and not yet recorded, so that locking loses no word of it."""

from victimid.app.session import Session


def keep(session: Session, case_ref: str, purpose: str, text: str) -> None:
    """Keep a draft with the case's last interview, unless that one waits with a draft of its own."""
    found = _last_interview(session, case_ref)
    drafts = session.vault.interviews
    if found and _is_ours(drafts.draft(found), purpose):
        drafts.keep_draft(found, purpose, text)


def read(session: Session, case_ref: str, purpose: str) -> str:
    """Return the draft kept for a purpose, or an empty text."""
    found = _last_interview(session, case_ref)
    kept = session.vault.interviews.draft(found) if found else None
    return kept[1] if kept and kept[0] == purpose else ""


def _is_ours(kept: tuple[str, str] | None, purpose: str) -> bool:
    return kept is None or kept[0] == purpose or not kept[1] or not kept[0].startswith("/")


def _last_interview(session: Session, case_ref: str) -> str:
    interviews = session.vault.interviews.of_case(case_ref)
    return interviews[-1].id if interviews else ""
