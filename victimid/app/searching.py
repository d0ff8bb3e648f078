"""Searching what was recorded, and bringing the index up to date beside the officer's work."""

from collections.abc import Iterator
from dataclasses import replace

from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.model.audit import Action
from victimid.model.search import Found
from victimid.store.search import PAGE
from victimid.store.search_words import worth_a_search

__all__ = ["PAGE", "find", "rebuilding", "tidy", "worth_a_search"]


def find(session: Session, text: str, before: int | None = None) -> tuple[Found, ...]:
    """Return a page of the records that hold these words, newest first, and note that a search was made.

    The audit says how many were found on the first page, never what was looked for. ``before`` is the number of the
    last one of the page above. Of another officer's case nothing is shown but that it has the words, until it was
    opened for a reason.
    """
    if not worth_a_search(text):
        return ()
    session.access.require(Right.WORK_ON_OWN_CASES)
    found = session.vault.search.find(text, session.access.only_of, before)
    if before is None:
        count = f"{PAGE}+" if len(found) == PAGE else str(len(found))
        session.vault.audit.append(Action.SEARCHED, session.officer_id, detail=f"found={count}")
    cases = {each.case_ref: session.vault.cases.get(each.case_ref) for each in found}
    seen = {ref for ref, case in cases.items() if session.access.lets_see(case)}
    return tuple(
        each if each.case_ref in seen else replace(each, question="", snippet="", shown=False) for each in found
    )


def tidy(session: Session) -> None:
    """Bring the index a little more up to date and in order, in a calm moment."""
    session.vault.search_upkeep.tidy()


def rebuilding(session: Session) -> Iterator[tuple[int, int]] | None:
    """Return the work that makes an outdated index again, or takes in very many cases, yielding done and all.

    None where a search takes in on its way whatever is due.
    """
    upkeep = session.vault.search_upkeep
    return upkeep.catch_up() if upkeep.behind() else None
