"""Every change to a case, written down once: next revision, audit entry that covers its new state, due for search."""

from typing import Final

from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.case import Stage
from victimid.model.finding import Outcome
from victimid.store import search_index
from victimid.store.audit import Audit
from victimid.store.connection import Database
from victimid.store.contents import digest_of
from victimid.store.moments import to_text

_CHANGE: Final = """UPDATE cases SET revision = revision + 1, changed_at = ?, stage = coalesce(?, stage),
    outcome = coalesce(?, outcome), owner = coalesce(?, owner) WHERE ref = ?"""
_CASE: Final = """SELECT ref, opened_at, opened_by, stage, person_language, practice, owner, changed_at, outcome,
    revision, open_interview FROM cases WHERE ref = ?"""
# Where an interview stands on screen is left out: going to another question changes no record.
_INTERVIEWS: Final = """SELECT id, form_id, form_version, form_sha256, officer_language, person_language, started_at,
    started_by, instance, finished_at FROM interview WHERE case_ref = ? ORDER BY id"""


class CaseLog:
    """Notes changes to cases within the transactions that make them."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def note(
        self,
        action: Action,
        by: str,
        ref: str,
        detail: str = "",
        *,
        content: str = "",
        stage: Stage | None = None,
        outcome: Outcome | None = None,
        owner: str | None = None,
    ) -> None:
        """Note a change, which the next export takes along, and what it moves on; ``case.unknown``."""
        at = to_text(self._audit.now())
        values = (at, stage and stage.value, outcome and outcome.value, owner, ref)
        if not self._database.execute(_CHANGE, values):
            raise VictimIDError("case.unknown", case=ref)
        self._audit.append(action, by, ref, detail, content=content, case_state=state_of(self._database, ref))
        search_index.mark_due(self._database, ref)


def state_of(database: Database, ref: str) -> str:
    """Return the hash of a case's row and its interviews as they are now."""
    return digest_of([database.row(_CASE, (ref,)), database.rows(_INTERVIEWS, (ref,))])
