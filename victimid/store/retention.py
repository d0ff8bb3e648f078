"""Cases whose time is over, and their deletion: only after headquarters' receipt or for a stated reason."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.finding import Outcome
from victimid.model.policy import Due, Policy
from victimid.model.retention import Certificate, DueCase, Override
from victimid.store import link_index, search_index
from victimid.store.audit import Audit
from victimid.store.connection import Database, Row
from victimid.store.contents import digest_of
from victimid.store.moments import from_text, to_text
from victimid.store.recorded import Recorded

_DUE: Final = """SELECT ref, outcome, changed_at, practice FROM cases
    WHERE outcome IS ? AND opened_at <= ? AND changed_at <= ? ORDER BY changed_at, ref"""
_CARRIED_BY: Final = """SELECT min(export.sequence) FROM exported_case JOIN export USING (sequence)
    WHERE case_ref = ? AND revision >= ? AND received_at IS NOT NULL"""
# Children before what they refer to.
_DELETIONS: Final = (
    "DELETE FROM draft WHERE case_ref = ?",
    """DELETE FROM attachment_part WHERE attachment_id IN (SELECT attachment.id FROM attachment
        JOIN interview ON interview.id = interview_id WHERE case_ref = ?)""",
    "DELETE FROM attachment WHERE interview_id IN (SELECT id FROM interview WHERE case_ref = ?)",
    "DELETE FROM mark WHERE case_ref = ?",
    "DELETE FROM answer WHERE interview_id IN (SELECT id FROM interview WHERE case_ref = ?)",
    "DELETE FROM consent_permission WHERE consent_number IN (SELECT number FROM consent WHERE case_ref = ?)",
    "DELETE FROM consent WHERE case_ref = ?",
    "DELETE FROM review WHERE case_ref = ?",
    "DELETE FROM decision WHERE case_ref = ?",
    "DELETE FROM referral WHERE case_ref = ?",
    "DELETE FROM handover WHERE case_ref = ?",
    "DELETE FROM interview WHERE case_ref = ?",
    "DELETE FROM cases WHERE ref = ?",
)


class Retention:
    """The due list and the deletion of one laptop."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def due(self, policy: Policy, now: datetime) -> tuple[DueCase, ...]:
        """Return the cases whose time is over, the longest overdue first."""
        found = [case for due in policy.due(now) for case in self._due(due, now - due.until)]
        return tuple(sorted(found, key=lambda case: (case.due_at, case.ref)))

    def delete(self, ref: str, by: str, override: Override | None = None) -> Certificate:
        """Delete everything recorded in a case, leaving a certificate in the audit.

        Raises ``case.unknown``, and ``case.not_received`` without headquarters' receipt for its last revision
        unless a reason overrides it.
        """
        with self._database.transaction():
            bundle = self._carried_by(ref)
            if not bundle and override is None and not self._practice(ref):
                raise VictimIDError("case.not_received", case=ref)
            records = Recorded(self._database, self._audit).kept(ref)
            certificate = Certificate(ref, records.total(), digest_of(sorted(records.elements())), bundle, override)
            search_index.forget_case(self._database, ref)
            link_index.forget_case(self._database, ref)
            for statement in _DELETIONS:
                self._database.execute(statement, (ref,))
            detail = f"records={certificate.records} bundle={bundle} override={override or ''}"
            self._audit.append(Action.CASE_DELETED, by, ref, detail, content=certificate.sha256)
        return certificate

    def _due(self, due: Due, kept: timedelta) -> Iterator[DueCase]:
        until = to_text(due.until)
        for row in self._database.rows(_DUE, (due.outcome and due.outcome.value, until, until)):
            yield self._due_case(row, kept)

    def _due_case(self, row: Row, kept: timedelta) -> DueCase:
        ref, outcome, changed_at, practice = row
        changed = from_text(changed_at)
        received = bool(practice) or bool(self._carried_by(ref))
        return DueCase(ref, Outcome(outcome) if outcome else None, changed, changed + kept, received)

    def _carried_by(self, ref: str) -> int:
        """Return the received bundle that carried the last revision of a case; 0 if there is none."""
        revision = self._database.value("SELECT revision FROM cases WHERE ref = ?", (ref,))
        if revision is None:
            raise VictimIDError("case.unknown", case=ref)
        return int(self._database.value(_CARRIED_BY, (ref, revision)) or 0)

    def _practice(self, ref: str) -> bool:
        return bool(self._database.value("SELECT practice FROM cases WHERE ref = ?", (ref,)))
