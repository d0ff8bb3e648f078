"""Supervisors' reviews of decisions; each stays on record beside the decision it is about."""

from typing import Final

from victimid.model.audit import Action
from victimid.model.review import Review, Verdict
from victimid.store.case_log import CaseLog
from victimid.store.connection import Database, Row
from victimid.store.contents import digest
from victimid.store.moments import from_text, to_text

_INSERT: Final = """INSERT INTO review (case_ref, decided_at, verdict, note, by, at)
    VALUES (?, ?, ?, ?, ?, ?)"""
_SELECT: Final = "SELECT case_ref, decided_at, verdict, note, by, review.at FROM review"
# Only the last review of a case, and only while the decision it is about is the last one too.
_WAITING: Final = """ JOIN cases ON ref = case_ref WHERE verdict = 'look_again' AND owner = ?
    AND id = (SELECT max(id) FROM review WHERE case_ref = ref)
    AND decided_at = (SELECT at FROM decision WHERE case_ref = ref ORDER BY id DESC LIMIT 1) ORDER BY id DESC"""


class Reviews:
    """The reviews of one laptop; one that asks to look again waits until the officer decides anew."""

    def __init__(self, database: Database, log: CaseLog) -> None:
        self._database = database
        self._log = log

    def record(self, review: Review) -> None:
        """Keep a review; ``case.unknown``."""
        whose = (review.case_ref, to_text(review.decided_at))
        values = (*whose, review.verdict.value, review.note, review.by, to_text(review.at))
        with self._database.transaction():
            self._log.note(Action.REVIEWED, review.by, review.case_ref, review.verdict.value, content=digest(review))
            self._database.execute(_INSERT, values)

    def of_case(self, case_ref: str) -> tuple[Review, ...]:
        """Return the reviews of a case, oldest first."""
        rows = self._database.rows(_SELECT + " WHERE case_ref = ? ORDER BY id", (case_ref,))
        return tuple(_review(row) for row in rows)

    def waiting(self, owner: str) -> tuple[Review, ...]:
        """Return the reviews that ask this officer to look again, newest first."""
        return tuple(_review(row) for row in self._database.rows(_SELECT + _WAITING, (owner,)))


def _review(row: Row) -> Review:
    case_ref, decided_at, verdict, note, by, at = row
    return Review(case_ref, from_text(decided_at), Verdict(verdict), note, by, from_text(at))
