"""Hand-overs of cases at the end of a shift; each stays on record."""

from typing import Final

from victimid.model.audit import Action
from victimid.model.handover import Handover
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row
from victimid.store.contents import digest
from victimid.store.moments import from_text, to_text

_INSERT: Final = """INSERT INTO handover (case_ref, from_officer, to_officer, reason, by, at)
    VALUES (?, ?, ?, ?, ?, ?)"""
_OF_CASE: Final = """SELECT case_ref, from_officer, to_officer, reason, by, at FROM handover
    WHERE case_ref = ? ORDER BY id"""
_WAITING: Final = """SELECT case_ref, from_officer, to_officer, reason, by, handover.at FROM handover
    JOIN cases ON ref = case_ref WHERE waiting AND to_officer = ?1 AND owner = ?1 ORDER BY id DESC"""
# Whatever still asks something of the officer: nothing sent on to a service, nothing closed by a decision.
_OPEN_CASES: Final = """SELECT ref FROM cases WHERE owner = ? AND stage <> 'referred'
    AND coalesce(outcome, '') NOT IN ('inform', 'no_further_step') ORDER BY opened_at DESC, ref"""


class Handovers:
    """The hand-overs of one laptop."""

    def __init__(self, database: Database, log: CaseLog) -> None:
        self._database = database
        self._log = log

    def record(self, handover: Handover) -> None:
        """Make the other officer answer for the case; ``case.unknown``."""
        by, ref, to_officer = handover.by, handover.case_ref, handover.to_officer
        values = (ref, handover.from_officer, to_officer, handover.reason, by, to_text(handover.at))
        with self._database.transaction():
            self.opened(ref)
            content = digest(handover)
            self._log.note(Action.CASE_HANDED_OVER, by, ref, to_officer, content=content, owner=to_officer)
            self._database.execute(_INSERT, values)

    def of_case(self, case_ref: str) -> tuple[Handover, ...]:
        """Return the hand-overs of a case, oldest first."""
        return tuple(_handover(row) for row in self._database.rows(_OF_CASE, (case_ref,)))

    def waiting(self, officer: str) -> tuple[Handover, ...]:
        """Return what was handed over to an officer who has not opened it since, newest first."""
        return tuple(_handover(row) for row in self._database.rows(_WAITING, (officer,)))

    def opened(self, case_ref: str) -> None:
        """Let the last hand-over of a case wait no longer: its receiver has opened the case, or passed it on."""
        self._database.execute("UPDATE handover SET waiting = 0 WHERE case_ref = ? AND waiting", (case_ref,))

    def open_cases(self, owner: str) -> tuple[str, ...]:
        """Return the references of an officer's cases that are neither referred nor closed, newest first."""
        return tuple(ref for (ref,) in self._database.rows(_OPEN_CASES, (owner,)))


def _handover(row: Row) -> Handover:
    case_ref, from_officer, to_officer, reason, by, at = row
    return Handover(case_ref, from_officer, to_officer, reason, by, from_text(at))
